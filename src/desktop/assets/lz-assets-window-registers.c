/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Registers that the window of assets takes in and writes, and taking an import back. */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-assets-window-private.h"

#include <glib/gi18n.h>

#include "lz-asset-import-window.h"
#include "lz-jobs.h"
#include "lz-reason-dialog.h"
#include "lz-save-as.h"
#include "lz-undo-toast.h"
#include "lz-words.h"

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzAssetsWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  lz_undo_toast_tell (self->toasts, lz_asset_register_write_finish (result, &error)
                                        ? _ ("The register is written.")
                                        : lz_jobs_explain (error));
}

static void
path_chosen_cb (const char *path, gpointer user_data)
{
  LzAssetsWindow *self = user_data;
  LzAssetFilter filter = { 0 };

  lz_assets_window_fill_filter (self, &filter);
  lz_asset_register_write_async (self->session, path, &filter, exported_cb, g_object_ref (self));
  lz_asset_filter_clear (&filter);
}

static void
export_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const LzSaveKind kinds[] = {
    { ".xlsx", N_ ("Excel workbook (.xlsx)") },
    { ".csv", N_ ("Table (.csv)") },
    { ".geojson", N_ ("Map layer (.geojson)") },
    { ".gpkg", N_ ("Map layer (.gpkg)") },
    { ".pdf", N_ ("PDF (.pdf)") },
    { ".json", N_ ("JSON (.json)") },
  };

  lz_save_as (widget, _ ("Export the Register"), _ ("Assets"), kinds, G_N_ELEMENTS (kinds),
              path_chosen_cb, g_object_ref (widget), g_object_unref);
}

static void
import_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzAssetsWindow *self = LZ_ASSETS_WINDOW (widget);

  if (self->list != NULL)
    lz_asset_import_window_open (GTK_WINDOW (self), self->session, self->list->kinds,
                                 lz_assets_window_get_kind (self), self->toasts);
}

static void
import_undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzAssetsWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint n_gone = 0;

  if (lz_asset_import_undo_finish (result, &n_gone, &error))
    text = g_strdup_printf (ngettext ("The import was undone: %u entry is not on file any more",
                                      "The import was undone: %u entries are not on file any more",
                                      n_gone),
                            n_gone);
  lz_undo_toast_tell (self->toasts, text != NULL ? text : lz_jobs_explain (error));
}

/* The import named by the text of its id. */
static void
take_back_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzId bulk;

  if (lz_id_parse (g_variant_get_string (parameter, NULL), &bulk))
    lz_asset_import_undo_async (LZ_ASSETS_WINDOW (widget)->session, &bulk, import_undone_cb,
                                g_object_ref (widget));
}

static void
answered_cb (AdwMessageDialog *dialog, const char *response, LzAssetsWindow *self)
{
  if (g_str_equal (response, "undo"))
    gtk_widget_activate_action (GTK_WIDGET (self), "assets.take-back", "s",
                                g_object_get_data (G_OBJECT (dialog), "bulk"));
}

static void
import_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzAssetsWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *when = NULL;
  g_autofree char *body = NULL;
  AdwMessageDialog *dialog;
  LzAssetImport last;

  if (!lz_asset_import_find_finish (result, &last, &error))
    {
      lz_undo_toast_tell (self->toasts, lz_jobs_explain (error));
      return;
    }
  if (lz_id_is_nil (&last.bulk))
    {
      lz_undo_toast_tell (self->toasts, _ ("No import of this station is on file."));
      return;
    }
  when =
      lz_words_dup_time (last.at_ms, lz_session_now (), lz_session_get_offset_min (self->session));
  body = g_strdup_printf (ngettext ("%u entry that the import of %s put on file goes off file.",
                                    "%u entries that the import of %s put on file go off file.",
                                    last.n_on_file),
                          last.n_on_file, when);
  dialog = lz_question_new (GTK_WINDOW (self), _ ("Undo the Last Import?"), body, "undo",
                            _ ("_Undo the Import"), ADW_RESPONSE_DESTRUCTIVE);
  g_object_set_data_full (G_OBJECT (dialog), "bulk", lz_id_dup_string (&last.bulk), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
undo_import_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lz_asset_import_find_async (LZ_ASSETS_WINDOW (widget)->session, NULL, import_found_cb,
                              g_object_ref (widget));
}

void
lz_assets_window_install_registers (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "assets.import", NULL, import_cb);
  gtk_widget_class_install_action (widget_class, "assets.export", NULL, export_cb);
  gtk_widget_class_install_action (widget_class, "assets.take-back", "s", take_back_cb);
  gtk_widget_class_install_action (widget_class, "assets.undo-import", NULL, undo_import_cb);
}
