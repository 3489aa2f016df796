/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-asset-import-window.h"

#include <glib/gi18n.h>

#include "lz-jobs.h"
#include "lz-undo-toast.h"

struct _LzAssetImportWindow
{
  AdwWindow parent_instance;

  GtkStack *stack;
  AdwStatusPage *problem;
  GtkLabel *summary;
  AdwComboRow *kind;
  GtkListBox *list;
  GtkButton *import;

  LzSession *session;
  LzAssetKinds *kinds;
  AdwToastOverlay *toasts;
  GtkFileChooserNative *chooser;
  GCancellable *cancellable;
  char *path;
  gboolean filling;
  gboolean importing;
};

G_DEFINE_FINAL_TYPE (LzAssetImportWindow, lz_asset_import_window, ADW_TYPE_WINDOW)

/* What the chosen kind is: the first choice is that each row says its own. */
static const char *
get_kind (LzAssetImportWindow *self)
{
  guint at = adw_combo_row_get_selected (self->kind);
  const LzAssetKind *kind = at > 0 ? lz_asset_kinds_get (self->kinds, at - 1) : NULL;

  return kind != NULL ? kind->key : NULL;
}

static GtkWidget *
new_badge (LzAssetFate fate)
{
  static const char *const classes[] = { "lamp-green", "lamp-yellow", "state-void", "lamp-red" };
  const char *words[] = { _ ("new"), _ ("changes"), _ ("known"), _ ("left out") };
  GtkWidget *badge = gtk_label_new (words[fate]);

  gtk_widget_add_css_class (badge, "badge");
  gtk_widget_add_css_class (badge, classes[fate]);
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  return badge;
}

static GtkWidget *
new_row (const LzAssetLine *line)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *number = g_strdup_printf (_ ("Row %u"), line->row);
  g_autofree char *title =
      line->title != NULL ? g_strdup_printf ("%s · %s", number, line->title) : g_strdup (number);
  const char *more = line->reason != NULL ? line->reason : line->kind;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), more != NULL ? more : "");
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_badge (line->fate));
  return row;
}

/* What is left out comes first: that is what somebody has to look at. */
static void
show_lines (LzAssetImportWindow *self, GPtrArray *lines)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < lines->len; i++)
      {
        const LzAssetLine *line = lines->pdata[i];

        if ((line->fate == LZ_ASSET_SKIPPED) == (pass == 0))
          gtk_list_box_append (self->list, new_row (line));
      }
}

static char *
dup_counts (const LzAssetReport *report)
{
  return g_strdup_printf (_ ("%u rows: %u new, %u changed, %u known already, %u left out"),
                          report->n_rows, report->n_added, report->n_changed, report->n_known,
                          report->n_skipped);
}

static void
show_problem (LzAssetImportWindow *self, const GError *error)
{
  g_autofree char *escaped = g_markup_escape_text (lz_jobs_explain (error), -1);

  adw_status_page_set_description (self->problem, escaped);
  gtk_stack_set_visible_child_name (self->stack, "problem");
  gtk_widget_set_sensitive (GTK_WIDGET (self->import), FALSE);
}

static void
previewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzAssetImportWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LzAssetReport) report = lz_asset_register_read_finish (result, &error);
  guint n;
  g_autofree char *counts = NULL;
  g_autofree char *label = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_ASSET_IMPORT_WINDOW (self));
  if (report == NULL)
    {
      show_problem (self, error);
      return;
    }
  n = report->n_added + report->n_changed;
  counts = dup_counts (report);
  label = g_strdup_printf (ngettext ("_Take in %u Entry", "_Take in %u Entries", n), n);
  gtk_label_set_label (self->summary, counts);
  show_lines (self, report->lines);
  gtk_button_set_label (self->import, label);
  gtk_widget_set_sensitive (GTK_WIDGET (self->import), n > 0);
  gtk_stack_set_visible_child_name (self->stack, "preview");
}

static void
preview (LzAssetImportWindow *self)
{
  if (self->filling)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_sensitive (GTK_WIDGET (self->import), FALSE);
  gtk_stack_set_visible_child_name (self->stack, "reading");
  lz_asset_register_read_async (self->session, self->path, get_kind (self), TRUE, self->cancellable,
                                previewed_cb, self);
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzAssetImportWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LzAssetReport) report = lz_asset_register_read_finish (result, &error);
  g_autofree char *counts = NULL;

  self->importing = FALSE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      lz_undo_toast_tell (self->toasts, _ ("The import was stopped: nothing was taken in."));
    }
  else if (report == NULL)
    {
      show_problem (self, error);
      return;
    }
  else
    {
      g_autofree char *bulk = lz_id_dup_string (&report->bulk);

      counts = dup_counts (report);
      lz_undo_toast_offer (self->toasts, counts, "assets.take-back", bulk);
    }
  gtk_window_destroy (GTK_WINDOW (self));
}

/* While it imports, closing means stopping; what that comes to is said when it has stopped. */
static gboolean
close_request_cb (LzAssetImportWindow *self)
{
  if (!self->importing)
    return FALSE;
  g_cancellable_cancel (self->cancellable);
  return TRUE;
}

static void
import_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzAssetImportWindow *self = LZ_ASSET_IMPORT_WINDOW (widget);

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->import)))
    return;
  gtk_widget_set_sensitive (GTK_WIDGET (self->import), FALSE);
  gtk_stack_set_visible_child_name (self->stack, "importing");
  self->importing = TRUE;
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  lz_asset_register_read_async (self->session, self->path, get_kind (self), FALSE,
                                self->cancellable, imported_cb, g_object_ref (self));
}

static void
fill_kinds (LzAssetImportWindow *self, const char *kind)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  self->filling = TRUE;
  gtk_string_list_append (words, _ ("Each row says its kind"));
  for (guint i = 0; i < lz_asset_kinds_get_n (self->kinds); i++)
    gtk_string_list_append (words, lz_asset_kind_get_label (lz_asset_kinds_get (self->kinds, i)));
  adw_combo_row_set_model (self->kind, G_LIST_MODEL (words));
  for (guint i = 0; kind != NULL && i < lz_asset_kinds_get_n (self->kinds); i++)
    if (g_str_equal (lz_asset_kinds_get (self->kinds, i)->key, kind))
      adw_combo_row_set_selected (self->kind, i + 1);
  self->filling = FALSE;
}

static void
chosen_cb (GtkNativeDialog *dialog, int response, LzAssetImportWindow *self)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *name = NULL;
  g_autofree char *title = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file == NULL || g_file_peek_path (file) == NULL)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  self->path = g_file_get_path (file);
  name = g_file_get_basename (file);
  title = g_strdup_printf (_ ("Import %s"), name);
  gtk_window_set_title (GTK_WINDOW (self), title);
  gtk_window_present (GTK_WINDOW (self));
  preview (self);
}

void
lz_asset_import_window_open (GtkWindow *parent,
                             LzSession *session,
                             LzAssetKinds *kinds,
                             const char *kind,
                             AdwToastOverlay *toasts)
{
  LzAssetImportWindow *self =
      g_object_new (LZ_TYPE_ASSET_IMPORT_WINDOW, "transient-for", parent, NULL);
  g_autoptr (GtkFileFilter) registers = gtk_file_filter_new ();
  static const char *const patterns[] = { "*.csv", "*.geojson", "*.json", "*.gpkg", "*.gz" };

  self->session = g_object_ref (session);
  self->kinds = lz_asset_kinds_ref (kinds);
  self->toasts = g_object_ref (toasts);
  fill_kinds (self, kind);

  self->chooser =
      gtk_file_chooser_native_new (_ ("Import a Register"), parent, GTK_FILE_CHOOSER_ACTION_OPEN,
                                   _ ("_Open"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_filter_set_name (registers, _ ("Registers (CSV, GeoJSON, GeoPackage)"));
  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    gtk_file_filter_add_pattern (registers, patterns[i]);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), registers);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
lz_asset_import_window_dispose (GObject *object)
{
  LzAssetImportWindow *self = LZ_ASSET_IMPORT_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->chooser);
  g_clear_object (&self->session);
  g_clear_object (&self->toasts);
  g_clear_pointer (&self->kinds, lz_asset_kinds_unref);
  g_clear_pointer (&self->path, g_free);

  G_OBJECT_CLASS (lz_asset_import_window_parent_class)->dispose (object);
}

static void
lz_asset_import_window_class_init (LzAssetImportWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_asset_import_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-asset-import-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LzAssetImportWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LzAssetImportWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, LzAssetImportWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, LzAssetImportWindow, kind);
  gtk_widget_class_bind_template_child (widget_class, LzAssetImportWindow, list);
  gtk_widget_class_bind_template_child (widget_class, LzAssetImportWindow, import);
  gtk_widget_class_install_action (widget_class, "register.import", NULL, import_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "register.import", NULL);
}

static void
lz_asset_import_window_init (LzAssetImportWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->kind, "notify::selected", G_CALLBACK (preview), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "close-request", G_CALLBACK (close_request_cb), NULL);
}
