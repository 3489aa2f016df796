/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-routes-edit.h"
#include "lz-routing-window.h"

#include <glib/gi18n.h>

#include "lz-chosen.h"
#include "lz-names.h"
#include "lz-route-jobs.h"
#include "lz-unit-choice.h"

struct _LzRoutingWindow
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  GtkSearchEntry *search;
  GtkLabel *summary;
  GtkListBox *list;
  GtkStack *stack;

  LzSession *session;
  LzRouteTable *table;
  GHashTable *found; /* LzCategory that the search finds; %NULL: all */
  GCancellable *cancellable;
  GtkFileChooserNative *chooser;
  char *editing; /* code of the category whose dialog is open */
};

G_DEFINE_FINAL_TYPE (LzRoutingWindow, lz_routing_window, ADW_TYPE_WINDOW)

static void
tell (LzRoutingWindow *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

static const LzRoute *
get_route (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "route");
}

/* The list. */

static char *
dup_units (const LzRoute *route)
{
  const char *unit = route->unit != NULL ? route->unit : _ ("The dispatcher decides each time");

  if (route->assist == NULL || *route->assist == '\0')
    return g_strdup (unit);
  /* Translators: the responsible unit, then those that assist */
  return g_strdup_printf (_ ("%s, assisting: %s"), unit, route->assist);
}

static GtkWidget *
new_row (LzRoutingWindow *self, const LzRoute *route)
{
  GtkWidget *row = adw_action_row_new ();
  gboolean own = route->source == LZ_ROUTE_OFFICE;
  const char *name = lz_session_get_category_name (self->session, route->category);
  g_autofree char *title = g_strdup_printf ("%s  %s", route->category, name);
  g_autofree char *units = dup_units (route);
  GtkWidget *source = gtk_label_new (lz_route_source_label (route->source));

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), units);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_widget_add_css_class (source, "badge");
  gtk_widget_add_css_class (source, own ? "state-open" : "state-void");
  gtk_widget_set_valign (source, GTK_ALIGN_CENTER);
  if (!route->known)
    {
      GtkWidget *unknown = gtk_label_new (_ ("unknown unit"));

      gtk_widget_add_css_class (unknown, "badge");
      gtk_widget_add_css_class (unknown, "lamp-yellow");
      gtk_widget_set_valign (unknown, GTK_ALIGN_CENTER);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), unknown);
    }
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), source);
  if (!own)
    gtk_widget_add_css_class (row, "fallback");
  g_object_set_data (G_OBJECT (row), "route", (gpointer) route);
  return row;
}

static gboolean
is_shown (GtkListBoxRow *row, gpointer user_data)
{
  LzRoutingWindow *self = user_data;
  const LzRoute *route = get_route (row);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  if (self->found == NULL)
    return TRUE;
  return g_hash_table_contains (self->found, route->category) ||
         (route->unit != NULL && strstr (route->unit, text) != NULL);
}

static void
search_changed_cb (LzRoutingWindow *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));
  g_autoptr (GPtrArray) matches = NULL;

  g_clear_pointer (&self->found, g_hash_table_unref);
  if (*text != '\0')
    {
      matches = lz_catalogue_search (lz_session_get_catalogue (self->session), text, NULL);
      self->found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      for (guint i = 0; i < matches->len; i++)
        g_hash_table_add (self->found, g_strdup (((const LzCategory *) matches->pdata[i])->code));
    }
  gtk_list_box_invalidate_filter (self->list);
}

static void
show_table (LzRoutingWindow *self)
{
  GtkWidget *child;
  guint n_own = 0;
  g_autofree char *text = NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL &&
         GTK_IS_LIST_BOX_ROW (child))
    gtk_list_box_remove (self->list, child);

  for (guint i = 0; i < self->table->routes->len; i++)
    {
      const LzRoute *route = self->table->routes->pdata[i];

      n_own += route->source == LZ_ROUTE_OFFICE;
      gtk_list_box_append (self->list, new_row (self, route));
    }

  text =
      g_strdup_printf (_ ("%u categories, %u set by the office"), self->table->routes->len, n_own);
  gtk_label_set_label (self->summary, text);
  if (g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "table") != 0)
    {
      gtk_stack_set_visible_child_name (self->stack, "table");
      gtk_widget_grab_focus (GTK_WIDGET (self->search));
    }
}

static void
table_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzRoutingWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  LzRouteTable *table = lz_route_table_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_ROUTING_WINDOW (self));
  if (table == NULL)
    {
      tell (self, lz_error_explain (error));
      return;
    }

  g_clear_pointer (&self->table, lz_route_table_free);
  self->table = table;
  show_table (self);
}

static void
read_table (LzRoutingWindow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  lz_route_table_read_async (self->session, self->cancellable, table_read_cb, self);
}

/* One category. */

static void
route_set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzRoutingWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!lz_route_set_finish (result, &error))
    tell (self, lz_error_explain (error));
}

static void
response_cb (LzRoutingWindow *self, const char *response, AdwMessageDialog *dialog)
{
  LzUnitChoice *choice = LZ_UNIT_CHOICE (adw_message_dialog_get_extra_child (dialog));
  g_autofree char *unit = lz_unit_choice_dup_unit (choice);
  g_autofree char *assist = lz_unit_choice_dup_assist (choice);

  if (g_str_equal (response, "reset"))
    lz_route_set_async (self->session, self->editing, NULL, NULL, route_set_cb,
                        g_object_ref (self));
  else if (g_str_equal (response, "set"))
    lz_route_set_async (self->session, self->editing, unit, assist, route_set_cb,
                        g_object_ref (self));
}

static void
edit (LzRoutingWindow *self, const LzRoute *route)
{
  const char *name = lz_session_get_category_name (self->session, route->category);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), name, NULL);
  GtkWidget *choice = g_object_new (LZ_TYPE_UNIT_CHOICE, NULL);

  lz_unit_choice_set_units (LZ_UNIT_CHOICE (choice), self->table->units);
  lz_unit_choice_set_chosen (LZ_UNIT_CHOICE (choice), route->unit, route->assist);
  gtk_window_set_title (GTK_WINDOW (dialog), name);
  g_free (self->editing);
  self->editing = g_strdup (route->category);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), choice);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"));
  if (route->source == LZ_ROUTE_OFFICE)
    adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "reset",
                                     _ ("As _Without the Office's Own"));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "set", _ ("_Set"));
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "set",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "set");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
row_activated_cb (LzRoutingWindow *self, GtkListBoxRow *row)
{
  edit (self, get_route (row));
}

/* CSV. */

static void
exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzRoutingWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  tell (self, lz_route_export_finish (result, &error) ? _ ("Exported.") : lz_error_explain (error));
}

static void
show_report (LzRoutingWindow *self, const LzRouteImport *report)
{
  g_autoptr (GString) body = g_string_new (NULL);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _ ("Duties Taken In"), NULL);

  g_string_append_printf (body, ngettext ("%u changed", "%u changed", report->n_set),
                          report->n_set);
  g_string_append_printf (body, " · ");
  g_string_append_printf (body, ngettext ("%u as before", "%u as before", report->n_same),
                          report->n_same);
  if (report->reasons->len > 0)
    {
      g_string_append (body, "\n\n");
      g_string_append_printf (body, ngettext ("%u left out:", "%u left out:", report->reasons->len),
                              report->reasons->len);
    }
  for (guint i = 0; i < report->reasons->len; i++)
    g_string_append_printf (body, "\n%s", (const char *) report->reasons->pdata[i]);

  gtk_window_set_title (GTK_WINDOW (dialog), _ ("Duties Taken In"));
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body->str);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
imported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzRoutingWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LzRouteImport) report = lz_route_import_finish (result, &error);

  if (report != NULL)
    show_report (self, report);
  else
    tell (self, lz_error_explain (error));
}

static void
chosen_cb (GtkNativeDialog *dialog, int response, LzRoutingWindow *self)
{
  g_autofree char *path = lz_chosen_dup_path (dialog, response);

  if (path == NULL)
    return;

  if (gtk_file_chooser_get_action (GTK_FILE_CHOOSER (dialog)) == GTK_FILE_CHOOSER_ACTION_SAVE)
    lz_route_export_async (self->session, path, exported_cb, g_object_ref (self));
  else
    lz_route_import_async (self->session, path, imported_cb, g_object_ref (self));
}

static void
choose (LzRoutingWindow *self, const char *title, GtkFileChooserAction what, const char *accept)
{
  g_clear_object (&self->chooser);
  self->chooser =
      gtk_file_chooser_native_new (title, GTK_WINDOW (self), what, accept, _ ("_Cancel"));
  if (what == GTK_FILE_CHOOSER_ACTION_SAVE)
    gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), _ ("duties.csv"));
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
import_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  choose (LZ_ROUTING_WINDOW (widget), _ ("Import Duties"), GTK_FILE_CHOOSER_ACTION_OPEN,
          _ ("_Import"));
}

static void
export_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  choose (LZ_ROUTING_WINDOW (widget), _ ("Export Duties"), GTK_FILE_CHOOSER_ACTION_SAVE,
          _ ("_Export"));
}

LzRoutingWindow *
lz_routing_window_new (GtkWindow *parent, LzSession *session)
{
  LzRoutingWindow *self = NULL;

  g_return_val_if_fail (LZ_IS_SESSION (session), NULL);

  self = g_object_new (LZ_TYPE_ROUTING_WINDOW, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (read_table), self, G_CONNECT_SWAPPED);
  read_table (self);
  return self;
}

static void
lz_routing_window_dispose (GObject *object)
{
  LzRoutingWindow *self = LZ_ROUTING_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->chooser);
  g_clear_object (&self->session);
  g_clear_pointer (&self->table, lz_route_table_free);
  g_clear_pointer (&self->found, g_hash_table_unref);
  g_clear_pointer (&self->editing, g_free);

  G_OBJECT_CLASS (lz_routing_window_parent_class)->dispose (object);
}

static void
lz_routing_window_class_init (LzRoutingWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_routing_window_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-routing-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LzRoutingWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, LzRoutingWindow, search);
  gtk_widget_class_bind_template_child (widget_class, LzRoutingWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, LzRoutingWindow, list);
  gtk_widget_class_bind_template_child (widget_class, LzRoutingWindow, stack);
  gtk_widget_class_install_action (widget_class, "routing.import", NULL, import_cb);
  gtk_widget_class_install_action (widget_class, "routing.export", NULL, export_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
lz_routing_window_init (LzRoutingWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lz_names_from_tooltips (GTK_WIDGET (self));
  gtk_list_box_set_filter_func (self->list, is_shown, self, NULL);
  /* The entry keeps Escape for itself. */
  g_signal_connect_swapped (self->search, "stop-search", G_CALLBACK (gtk_window_close), self);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (search_changed_cb), self);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
}
