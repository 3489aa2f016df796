/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-asset-rows.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "lz-photo-thumb.h"
#include "lz-photo-window.h"
#include "lz-words.h"

#define PICTURE_HEIGHT 140

static GtkWidget *
add_group (GtkBox *box, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (box, group);
  return group;
}

static GtkWidget *
add_row (GtkWidget *group, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *more = subtitle != NULL ? g_markup_escape_text (subtitle, -1) : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  if (more != NULL && *more != '\0')
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), more);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

/* A row that leads to its entry in the register. */
static void
add_entry (GtkWidget *group, const LzRecord *record, const char *title, const char *subtitle)
{
  GtkWidget *row = add_row (group, title, subtitle);
  g_autofree char *id = lz_id_dup_string (&record->id);

  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.show-asset");
}

/* A button at the head of a group that puts another one of that kind on file, on this road. */
static void
add_button (GtkWidget *group, const LzDeskFile *file, const char *kind, const char *label)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("list-add-symbolic");
  g_autofree char *road = lz_id_dup_string (&file->summary->road->id);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "(ss)", kind, road);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.add-asset");
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (group), button);
}

static gboolean
is_kind (const LzRecord *record, const char *kind)
{
  return g_strcmp0 (lz_record_get_text (record, "kind"), kind) == 0;
}

/* "甲 · 乙", of what is there. */
static char *
join_facts (const LzRecord *record, const char *const *keys)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; keys[i] != NULL; i++)
    {
      const char *fact = lz_record_get_text (record, keys[i]);

      if (fact != NULL && *fact != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", fact);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
photo_clicked_cb (GtkWidget *thumb, gpointer photos)
{
  LzSession *session = g_object_get_data (G_OBJECT (thumb), "session");

  gtk_window_present (GTK_WINDOW (
      lz_photo_window_new (GTK_WINDOW (gtk_widget_get_root (thumb)), session, photos, 0)));
}

/* The last picture of an entry, as wide as the row; it opens large. */
static void
add_pictures (GtkWidget *group, LzSession *session, const LzDeskFile *file, const LzRecord *record)
{
  GArray *photos = g_hash_table_lookup (file->pictures, &record->id);
  GtkWidget *thumb;

  if (photos == NULL || photos->len == 0)
    return;
  thumb = lz_photo_thumb_new ();
  lz_photo_thumb_set_height (LZ_PHOTO_THUMB (thumb), PICTURE_HEIGHT);
  lz_photo_thumb_set_photo (LZ_PHOTO_THUMB (thumb), session,
                            g_array_index (photos, LzPhotoRef, photos->len - 1).sha256);
  gtk_widget_set_halign (thumb, GTK_ALIGN_START);
  g_object_set_data_full (G_OBJECT (thumb), "session", g_object_ref (session), g_object_unref);
  g_signal_connect_data (thumb, "clicked", G_CALLBACK (photo_clicked_cb), g_array_ref (photos),
                         (GClosureNotify) (void (*) (void)) g_array_unref, 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), thumb);
}

static void
add_boards (GtkBox *box, LzSession *session, const LzDeskFile *file)
{
  static const char *const keys[] = { "chief", "phone", "hotline", "condition", "checked", NULL };
  GtkWidget *group = add_group (box, _ ("Sign Boards"));
  guint n = 0;

  for (guint i = 0; i < file->assets->len; i++)
    {
      const LzRecord *record = file->assets->pdata[i];
      const char *scope = lz_record_get_text (record, "scope");
      g_autofree char *facts = join_facts (record, keys);

      if (!is_kind (record, "sign_board"))
        continue;
      add_entry (group, record, scope != NULL ? scope : _ ("Sign board"), facts);
      add_pictures (group, session, file, record);
      n++;
    }
  add_button (group, file, "sign_board", _ ("Put a Sign Board on File"));
  if (n == 0)
    add_row (group, _ ("No sign board is on file."), NULL);
}

/* "pledge in force until 2026-12-31" */
static char *
dup_pledge (const LzRecord *record, const char *today)
{
  const char *until = lz_record_get_text (record, "pledge_until");

  if (lz_record_get_text (record, "pledged") == NULL)
    return g_strdup (_ ("pledge not signed"));
  if (until == NULL)
    return g_strdup (_ ("pledge in force"));
  return g_strdup_printf (strcmp (until, today) < 0 ? _ ("pledge expired %s")
                                                    : _ ("pledge in force until %s"),
                          until);
}

/* Each of them, below the line that sums them up. */
static void
list_shops (GtkWidget *group, const LzDeskFile *file, const char *today)
{
  static const char *const keys[] = { "address", "keeper", "phone", NULL };

  for (guint i = 0; i < file->assets->len; i++)
    {
      const LzRecord *record = file->assets->pdata[i];
      const char *name = lz_record_get_text (record, "name");
      g_autofree char *facts = NULL;
      g_autofree char *pledge = NULL;
      g_autofree char *line = NULL;

      if (!is_kind (record, "shop"))
        continue;
      facts = join_facts (record, keys);
      pledge = dup_pledge (record, today);
      line = *facts != '\0' ? g_strdup_printf ("%s · %s", pledge, facts) : g_strdup (pledge);
      add_entry (group, record, name != NULL ? name : "—", line);
    }
}

/* Dates are texts like 2026-03-05: they compare as they are. */
static void
add_shops (GtkBox *box, const LzDeskFile *file, const char *today)
{
  guint n = 0, pledged = 0, expired = 0;
  GtkWidget *group;
  g_autofree char *title = NULL;
  g_autofree char *subtitle = NULL;

  for (guint i = 0; i < file->assets->len; i++)
    {
      const LzRecord *record = file->assets->pdata[i];
      const char *until = lz_record_get_text (record, "pledge_until");

      if (!is_kind (record, "shop"))
        continue;
      n++;
      if (lz_record_get_text (record, "pledged") == NULL)
        continue;
      if (until != NULL && strcmp (until, today) < 0)
        expired++;
      else
        pledged++;
    }
  title =
      g_strdup_printf (ngettext ("%u unit along the street", "%u units along the street", n), n);
  subtitle = g_strdup_printf (_ ("%u pledges in force, %u expired, %u not signed"), pledged,
                              expired, n - pledged - expired);
  group = add_group (box, _ ("Four Duties at the Door"));
  add_row (group, title, n > 0 ? subtitle : NULL);
  add_button (group, file, "shop", _ ("Put a Street-Side Unit on File"));
  list_shops (group, file, today);
}

static void
add_feature (GtkBox *box, const LzDeskFile *file)
{
  static const char *const keys[] = { "theme", "status", "milestone", "due", NULL };
  GtkWidget *group = add_group (box, _ ("Feature Street"));
  guint n = 0;

  for (guint i = 0; i < file->assets->len; i++)
    {
      const LzRecord *record = file->assets->pdata[i];
      const char *name = lz_record_get_text (record, "name");
      g_autofree char *facts = join_facts (record, keys);

      if (!is_kind (record, "feature_street"))
        continue;
      add_entry (group, record, name != NULL ? name : "—", facts);
      n++;
    }
  if (n > 0)
    return;
  add_row (group, _ ("This road is no feature street."), NULL);
  add_button (group, file, "feature_street", _ ("Make It a Feature Street"));
}

static void
add_others (GtkBox *box, const LzDeskFile *file)
{
  static const char *const shown[] = { "sign_board", "shop", "feature_street", NULL };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint k = 0; k < lz_asset_kinds_get_n (file->kinds); k++)
    {
      const LzAssetKind *kind = lz_asset_kinds_get (file->kinds, k);
      guint n = 0;

      for (guint i = 0; i < file->assets->len; i++)
        n += is_kind (file->assets->pdata[i], kind->key);
      if (n > 0 && !g_strv_contains (shown, kind->key))
        g_string_append_printf (text, "%s%s %u", text->len > 0 ? " · " : "",
                                lz_words_is_chinese () ? kind->label : kind->label_en, n);
    }
  if (text->len > 0)
    add_row (add_group (box, _ ("Also on File")), text->str, NULL);
}

static void
add_patrols (GtkBox *box, LzSession *session, const LzDeskFile *file)
{
  int offset_min = lz_session_get_offset_min (session);
  GtkWidget *group = add_group (box, _ ("Last Patrols"));

  for (guint i = 0; i < file->patrols->len; i++)
    {
      const LzDeskPatrol *patrol = file->patrols->pdata[i];
      g_autofree char *when = lz_words_dup_time (patrol->until_ms, lz_session_now (), offset_min);
      g_autofree char *covered =
          g_strdup_printf (_ ("%s covered %d %% of the road"),
                           lz_session_get_person_name (session, patrol->person), patrol->percent);

      add_row (group, when, covered);
    }
  if (file->patrols->len == 0)
    add_row (group, _ ("No patrol of this road is on record."), NULL);
}

void
lz_asset_rows_add (GtkBox *box, LzSession *session, const LzDeskFile *file)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (
      lz_session_now () / 1000 + lz_session_get_offset_min (session) * 60);
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");

  add_patrols (box, session, file);
  add_boards (box, session, file);
  add_shops (box, file, today);
  add_feature (box, file);
  add_others (box, file);
}
