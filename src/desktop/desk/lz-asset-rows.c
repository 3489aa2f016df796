/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-asset-rows.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "lz-words.h"

static GtkWidget *
add_group (GtkBox *box, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (box, group);
  return group;
}

static void
add_row (GtkWidget *group, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *more = subtitle != NULL ? g_markup_escape_text (subtitle, -1) : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  if (more != NULL && *more != '\0')
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), more);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
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
add_boards (GtkBox *box, const LzDeskFile *file)
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
      add_row (group, scope != NULL ? scope : _ ("Sign board"), facts);
      n++;
    }
  if (n == 0)
    add_row (group, _ ("No sign board is on file."), NULL);
}

/* Dates are texts like 2026-03-05: they compare as they are. */
static void
add_shops (GtkBox *box, const LzDeskFile *file, const char *today)
{
  guint n = 0, pledged = 0, expired = 0;
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
  add_row (add_group (box, _ ("Four Duties at the Door")), title, n > 0 ? subtitle : NULL);
}

static void
add_feature (GtkBox *box, const LzDeskFile *file)
{
  static const char *const keys[] = { "theme", "status", "milestone", "due", NULL };

  for (guint i = 0; i < file->assets->len; i++)
    {
      const LzRecord *record = file->assets->pdata[i];
      const char *name = lz_record_get_text (record, "name");
      g_autofree char *facts = join_facts (record, keys);

      if (is_kind (record, "feature_street"))
        add_row (add_group (box, _ ("Feature Street")), name != NULL ? name : "", facts);
    }
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
      g_autofree char *when = lz_words_dup_date_time (patrol->until_ms, offset_min);
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
  add_boards (box, file);
  add_shops (box, file, today);
  add_feature (box, file);
  add_others (box, file);
}
