/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-map-page-private.h"

#include <glib/gi18n.h>

#include "lz-asset-data.h"
#include "lz-jobs.h"

/* What is on file, on the map: a layer that can be switched on, and what a sign says. */

#define MAX_FACTS 5

/* Where everything lies, with the characters that stand for the kinds. */
typedef struct
{
  LzAssetMarks *marks;
  GPtrArray *signs;
} Signs;

static void
free_signs (gpointer data)
{
  Signs *signs = data;

  lz_asset_marks_free (signs->marks);
  g_clear_pointer (&signs->signs, g_ptr_array_unref);
  g_free (signs);
}

/* A job of the read thread. */
static gpointer
read_signs (LzStation *station, gpointer data, GError **error)
{
  g_autoptr (LzAssetKinds) kinds = lz_assets_dup_kinds (station, error);
  LzAssetMarks *marks = kinds != NULL ? lz_assets_load_marks (station, error) : NULL;
  Signs *signs;

  if (marks == NULL)
    return NULL;
  signs = g_new0 (Signs, 1);
  signs->marks = marks;
  signs->signs = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < lz_asset_kinds_get_n (kinds); i++)
    g_ptr_array_add (signs->signs, g_strdup (lz_asset_kinds_get (kinds, i)->sign));
  return signs;
}

static void
signs_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzMapPage *self = user_data;
  g_autoptr (GError) error = NULL;
  Signs *signs = lz_jobs_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_MAP_PAGE (self));
  if (signs == NULL)
    {
      lz_map_page_tell (self, lz_error_explain (error));
      return;
    }
  lz_map_set_assets (self->map, g_steal_pointer (&signs->marks), signs->signs);
  free_signs (signs);
}

void
lz_map_page_read_assets (LzMapPage *self)
{
  g_cancellable_cancel (self->marks_cancellable);
  g_clear_object (&self->marks_cancellable);
  if (self->session == NULL)
    return;
  if (!gtk_toggle_button_get_active (self->assets))
    {
      lz_map_set_assets (self->map, NULL, NULL);
      return;
    }
  self->marks_cancellable = g_cancellable_new ();
  lz_jobs_read_async (self->session, read_signs, NULL, NULL, free_signs, self->marks_cancellable,
                      signs_read_cb, self);
}

/* What a sign says. */

static void
add_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 36);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
}

static void
add_facts (GtkWidget *box, const LzAssetKind *kind, const LzRecord *record)
{
  guint n = 0;

  for (guint i = 0; kind != NULL && i < kind->fields->len && n < MAX_FACTS; i++)
    {
      const LzAssetField *field = kind->fields->pdata[i];
      g_autofree char *text = lz_asset_field_dup_text (field, record->facts);
      g_autofree char *line = NULL;

      if (text == NULL)
        continue;
      line = g_strdup_printf (_ ("%s: %s"), lz_asset_field_get_label (field), text);
      add_label (box, line, NULL);
      n++;
    }
}

static void
report_clicked_cb (GtkWidget *button, LzMapPage *self)
{
  const LzRecord *record = g_object_get_data (G_OBJECT (button), "record");
  LzPoint place = record->place;
  LzId id = record->id;

  gtk_popover_popdown (GTK_POPOVER (gtk_widget_get_ancestor (button, GTK_TYPE_POPOVER)));
  lz_map_page_log_about (self, place, &id);
}

static void
add_buttons (LzMapPage *self, GtkWidget *box, const LzRecord *record)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *open = gtk_button_new_with_mnemonic (_ ("_Open the Entry"));
  GtkWidget *report = gtk_button_new_with_mnemonic (_ ("_Report a Problem with It"));
  g_autofree char *id = lz_id_dup_string (&record->id);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (open), "s", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (open), "win.show-asset");
  g_object_set_data_full (G_OBJECT (report), "record", lz_record_copy (record),
                          (GDestroyNotify) lz_record_free);
  g_signal_connect_object (report, "clicked", G_CALLBACK (report_clicked_cb), self, 0);
  gtk_box_append (GTK_BOX (line), open);
  gtk_box_append (GTK_BOX (line), report);
  gtk_box_append (GTK_BOX (box), line);
}

static gboolean
unparent_cb (gpointer popover)
{
  if (gtk_widget_get_parent (popover) != NULL)
    gtk_widget_unparent (popover);
  return G_SOURCE_REMOVE;
}

/* Not while it is closing: what was clicked in it still runs. */
static void
popover_closed_cb (GtkWidget *popover)
{
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, unparent_cb, g_object_ref (popover), g_object_unref);
}

typedef struct
{
  LzMapPage *page;
  GdkRectangle at;
} Clicked;

static void
show_popover (LzMapPage *self, const LzAssetFacts *facts, const GdkRectangle *at)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  const LzAssetKind *kind = lz_asset_find_kind (facts->kinds, facts->record);
  g_autofree char *title = lz_asset_dup_title (facts->kinds, facts->record);
  g_autofree char *cases =
      g_strdup_printf (ngettext ("%u case", "%u cases", facts->n_cases), facts->n_cases);
  double x, y;

  add_label (box, title != NULL ? title : "—", "heading");
  if (kind != NULL)
    add_label (box, lz_asset_kind_get_label (kind), "dim-label");
  add_facts (box, kind, facts->record);
  add_label (box, cases, "dim-label");
  add_buttons (self, box, facts->record);
  gtk_widget_add_css_class (popover, "asset-popover");
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_widget_set_parent (popover, GTK_WIDGET (self));
  gtk_widget_translate_coordinates (GTK_WIDGET (self->map), GTK_WIDGET (self), at->x, at->y, &x,
                                    &y);
  gtk_popover_set_pointing_to (GTK_POPOVER (popover),
                               &(GdkRectangle){ (int) x, (int) y, at->width, at->height });
  g_signal_connect (popover, "closed", G_CALLBACK (popover_closed_cb), NULL);
  gtk_popover_popup (GTK_POPOVER (popover));
}

static void
clicked_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Clicked *clicked = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LzAssetFacts) facts = lz_asset_facts_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_MAP_PAGE (clicked->page));
  if (facts == NULL)
    lz_map_page_tell (clicked->page, lz_error_explain (error));
  else
    show_popover (clicked->page, facts, &clicked->at);
}

static void
asset_activated_cb (LzMapPage *self, gint64 fid, int x, int y)
{
  Clicked *clicked = g_new0 (Clicked, 1);

  clicked->page = self;
  clicked->at = (GdkRectangle){ x - 11, y - 11, 22, 22 };
  lz_asset_facts_read_async (self->session, NULL, fid, self->cancellable, clicked_read_cb, clicked);
}

void
lz_map_page_connect_assets (LzMapPage *self)
{
  g_settings_bind (self->settings, "map-assets", self->assets, "active", G_SETTINGS_BIND_DEFAULT);
  g_signal_connect_object (self->assets, "toggled", G_CALLBACK (lz_map_page_read_assets), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->map, "asset-activated", G_CALLBACK (asset_activated_cb), self,
                           G_CONNECT_SWAPPED);
}
