/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-firms-window.h"

#include <glib/gi18n.h>

#include "lz-civil.h"
#include "lz-firm-form.h"
#include "lz-firm-pane.h"
#include "lz-names.h"
#include "lz-reason-dialog.h"
#include "lz-record-kinds.h"
#include "lz-save-as.h"

#define N_YEARS 5

struct _LzFirmsWindow
{
  AdwWindow parent_instance;

  AdwToastOverlay *toasts;
  AdwLeaflet *leaflet;
  GtkDropDown *years;
  GtkStack *stack;
  GtkListBox *list;
  AdwWindowTitle *title;
  LzFirmPane *pane;

  LzSession *session;
  LzFirmFile *file;
  LzId open; /* the firm that is shown; nil = none yet */
  int this_year;
  gboolean filling;
  GCancellable *reading;
  GtkFileChooserNative *chooser;
};

G_DEFINE_FINAL_TYPE (LzFirmsWindow, lz_firms_window, ADW_TYPE_WINDOW)

enum
{
  CASE_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void read_again (LzFirmsWindow *self);

static void
tell (LzFirmsWindow *self, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (escaped));
}

static int
get_year (LzFirmsWindow *self)
{
  guint at = gtk_drop_down_get_selected (self->years);

  return self->this_year - (at < N_YEARS ? (int) at : 0);
}

/* The list. */

static GtkWidget *
new_row (const LzFirm *firm)
{
  const char *name = lz_record_get_text (firm->record, "name");
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *mark =
      gtk_image_new_from_icon_name (lz_firm_get_standing_icon (firm->credit.standing));
  g_autofree char *points = g_strdup_printf ("%d", firm->credit.points);
  GtkWidget *label = gtk_label_new (points);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name != NULL ? name : "");
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row),
                               lz_credit_standing_label (firm->credit.standing));
  gtk_image_set_pixel_size (GTK_IMAGE (mark), 12);
  gtk_widget_add_css_class (mark, lz_firm_get_standing_class (firm->credit.standing));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), mark);
  gtk_widget_add_css_class (label, "numeric");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  g_object_set_data_full (G_OBJECT (row), "id",
                          g_memdup2 (&firm->record->id, sizeof firm->record->id), g_free);
  return row;
}

static void
show_open (LzFirmsWindow *self)
{
  const LzFirm *firm = lz_firm_file_find (self->file, &self->open);
  const char *name = firm != NULL ? lz_record_get_text (firm->record, "name") : NULL;

  adw_window_title_set_title (self->title, name != NULL ? name : "");
  lz_firm_pane_show (self->pane, self->session, self->file, firm, get_year (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "firms.edit", firm != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "firms.decide", firm != NULL);
}

static void
show_list (LzFirmsWindow *self)
{
  GtkWidget *child;

  self->filling = TRUE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < self->file->firms->len; i++)
    {
      const LzFirm *firm = self->file->firms->pdata[i];
      GtkWidget *row = new_row (firm);

      gtk_list_box_append (self->list, row);
      if (lz_id_equal (&firm->record->id, &self->open))
        gtk_list_box_select_row (self->list, GTK_LIST_BOX_ROW (row));
    }
  self->filling = FALSE;
  gtk_stack_set_visible_child_name (self->stack, self->file->firms->len > 0 ? "firms" : "empty");
}

static void
file_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzFirmsWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  LzFirmFile *file = lz_firm_file_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_FIRMS_WINDOW (self));
  if (file == NULL)
    {
      tell (self, lz_error_explain (error));
      return;
    }
  g_clear_pointer (&self->file, lz_firm_file_free);
  self->file = file;
  if (lz_firm_file_find (file, &self->open) == NULL && file->firms->len > 0)
    {
      self->open = ((const LzFirm *) file->firms->pdata[0])->record->id;
      read_again (self); /* its cases too */
      return;
    }
  show_list (self);
  show_open (self);
}

static void
read_again (LzFirmsWindow *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  lz_firm_file_read_async (self->session, get_year (self), &self->open, self->reading, file_read_cb,
                           self);
}

static void
row_activated_cb (LzFirmsWindow *self, GtkListBoxRow *row)
{
  const LzId *id = row != NULL ? g_object_get_data (G_OBJECT (row), "id") : NULL;

  if (id == NULL || self->filling)
    return;
  self->open = *id;
  adw_leaflet_set_visible_child_name (self->leaflet, "firm");
  read_again (self);
}

static void
year_cb (LzFirmsWindow *self)
{
  if (self->file != NULL)
    read_again (self);
}

/* Acts. */

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzFirmsWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (lz_firm_do_finish (result, &self->open, &error))
    read_again (self);
  else
    tell (self, lz_error_explain (error));
}

/* @facts: (nullable) (transfer full) */
static void
begin (LzFirmsWindow *self,
       LzFirmDeed deed,
       const LzId *firm,
       const LzId *kase,
       const char *text,
       JsonObject *facts)
{
  lz_firm_do_async (self->session, deed, firm, kase, text, facts, done_cb, g_object_ref (self));
}

static void
charge_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzFirmsWindow *self = LZ_FIRMS_WINDOW (widget);
  const char *text, *rule;
  LzId kase;

  g_variant_get (parameter, "(&s&s)", &text, &rule);
  if (lz_id_parse (text, &kase))
    begin (self, LZ_FIRM_CHARGE, &self->open, &kase, rule, NULL);
}

typedef struct
{
  LzFirmDeed deed;
  LzId firm;
} Decision;

static void
decided_cb (GtkWidget *asker, const char *reason, gpointer user_data)
{
  const Decision *decision = user_data;

  begin (LZ_FIRMS_WINDOW (asker), decision->deed, &decision->firm, NULL, reason, NULL);
}

static void
decide_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzFirmsWindow *self = LZ_FIRMS_WINDOW (widget);
  const LzFirm *firm = self->file != NULL ? lz_firm_file_find (self->file, &self->open) : NULL;
  const char *actor = lz_session_get_actor (self->session);
  const char *name = lz_session_get_person_name (self->session, actor);
  g_autofree char *body = NULL;
  Decision *decision = NULL;
  LzReasonWords words[] = {
    [LZ_FIRM_BLACKLIST] = { .heading = _ ("Put It on the Black List?"),
                            .yes = _ ("_Confirm"),
                            .destructive = TRUE },
    [LZ_FIRM_SPARE] = { .heading = _ ("Reject the Proposal?"), .yes = _ ("_Reject") },
    [LZ_FIRM_CLEAR] = { .heading = _ ("Take It Off the Black List?"), .yes = _ ("Take _Off") },
    [LZ_FIRM_RETIRE] = { .heading = _ ("Take the Firm Off File?"),
                         .yes = _ ("Take _Off"),
                         .destructive = TRUE },
  };
  gint32 deed = g_variant_get_int32 (parameter);

  if (firm == NULL || deed < LZ_FIRM_BLACKLIST || deed > LZ_FIRM_RETIRE)
    return;
  body = g_strdup_printf (_ ("%s, decided by %s."), lz_record_get_text (firm->record, "name"),
                          name != NULL ? name : actor);
  decision = g_new0 (Decision, 1);
  *decision = (Decision){ (LzFirmDeed) deed, self->open };
  words[deed].body = body;
  lz_reason_ask (widget, &words[deed], decided_cb, decision, g_free);
}

static void
retire_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_activate_action (widget, "firms.decide", "i", LZ_FIRM_RETIRE);
}

static void
made_cb (JsonObject *facts, gpointer user_data)
{
  begin (user_data, LZ_FIRM_SAVE, NULL, NULL, NULL, facts);
}

static void
new_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lz_firm_form_ask (GTK_WINDOW (widget), NULL, made_cb, widget);
}

static void
changed_cb (JsonObject *facts, gpointer user_data)
{
  LzFirmsWindow *self = user_data;

  begin (self, LZ_FIRM_SAVE, &self->open, NULL, NULL, facts);
}

static void
edit_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzFirmsWindow *self = LZ_FIRMS_WINDOW (widget);
  const LzFirm *firm = self->file != NULL ? lz_firm_file_find (self->file, &self->open) : NULL;

  if (firm != NULL)
    lz_firm_form_ask (GTK_WINDOW (self), firm, changed_cb, self);
}

static void
show_case_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzId id;

  if (lz_id_parse (g_variant_get_string (parameter, NULL), &id))
    g_signal_emit (widget, signals[CASE_WANTED], 0, &id);
}

static void
back_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  adw_leaflet_set_visible_child_name (LZ_FIRMS_WINDOW (widget)->leaflet, "list");
}

/* Files. */

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzFirmsWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  tell (self, lz_firm_write_finish (result, &error) ? _ ("Exported.") : lz_error_explain (error));
}

static void
path_chosen_cb (const char *path, gpointer user_data)
{
  LzFirmsWindow *self = user_data;

  lz_firm_write_async (self->session, get_year (self), path, written_cb, g_object_ref (self));
}

static void
export_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  static const LzSaveKind kinds[] = {
    { ".xlsx", N_ ("Excel workbook (.xlsx)") },
    { ".csv", N_ ("Table (.csv)") },
    { ".pdf", N_ ("PDF (.pdf)") },
    { ".json", N_ ("JSON (.json)") },
  };

  lz_save_as (widget, _ ("Export the Firms"), _ ("Hauling Firms"), kinds, G_N_ELEMENTS (kinds),
              path_chosen_cb, g_object_ref (widget), g_object_unref);
}

static void
import_chosen_cb (GtkNativeDialog *dialog, int response, LzFirmsWindow *self)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL && g_file_peek_path (file) != NULL)
    begin (self, LZ_FIRM_IMPORT, NULL, NULL, g_file_peek_path (file), NULL);
  g_clear_object (&self->chooser);
}

static void
import_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzFirmsWindow *self = LZ_FIRMS_WINDOW (widget);

  g_clear_object (&self->chooser);
  self->chooser =
      gtk_file_chooser_native_new (_ ("Import Firms from CSV"), GTK_WINDOW (self),
                                   GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Import"), _ ("_Cancel"));
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (import_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* The window. */

static void
fill_years (LzFirmsWindow *self)
{
  g_autoptr (GtkStringList) years = gtk_string_list_new (NULL);
  gint64 local_ms =
      lz_session_now () + lz_session_get_offset_min (self->session) * G_GINT64_CONSTANT (60000);
  int month, day;

  lz_civil_from_days (lz_floor_div (local_ms, 86400000), &self->this_year, &month, &day);
  for (int i = 0; i < N_YEARS; i++)
    {
      g_autofree char *year = g_strdup_printf ("%d", self->this_year - i);

      gtk_string_list_append (years, year);
    }
  gtk_drop_down_set_model (self->years, G_LIST_MODEL (years));
}

static void
lz_firms_window_dispose (GObject *object)
{
  LzFirmsWindow *self = LZ_FIRMS_WINDOW (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->file, lz_firm_file_free);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (lz_firms_window_parent_class)->dispose (object);
}

static void
lz_firms_window_class_init (LzFirmsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_firms_window_dispose;
  g_type_ensure (LZ_TYPE_FIRM_PANE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-firms-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LzFirmsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, LzFirmsWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, LzFirmsWindow, years);
  gtk_widget_class_bind_template_child (widget_class, LzFirmsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LzFirmsWindow, list);
  gtk_widget_class_bind_template_child (widget_class, LzFirmsWindow, title);
  gtk_widget_class_bind_template_child (widget_class, LzFirmsWindow, pane);
  gtk_widget_class_install_action (widget_class, "firms.new", NULL, new_cb);
  gtk_widget_class_install_action (widget_class, "firms.edit", NULL, edit_cb);
  gtk_widget_class_install_action (widget_class, "firms.retire", NULL, retire_cb);
  gtk_widget_class_install_action (widget_class, "firms.import", NULL, import_cb);
  gtk_widget_class_install_action (widget_class, "firms.export", NULL, export_cb);
  gtk_widget_class_install_action (widget_class, "firms.decide", "i", decide_cb);
  gtk_widget_class_install_action (widget_class, "firms.charge", "(ss)", charge_cb);
  gtk_widget_class_install_action (widget_class, "firms.show-case", "s", show_case_cb);
  gtk_widget_class_install_action (widget_class, "firms.back", NULL, back_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  signals[CASE_WANTED] = g_signal_new ("case-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
lz_firms_window_init (LzFirmsWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lz_names_from_tooltips (GTK_WIDGET (self));
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  g_signal_connect_swapped (self->years, "notify::selected", G_CALLBACK (year_cb), self);
}

LzFirmsWindow *
lz_firms_window_new (GtkWindow *parent, LzSession *session)
{
  LzFirmsWindow *self = g_object_new (LZ_TYPE_FIRMS_WINDOW, "transient-for", parent, NULL);
  gboolean keeps =
      (lz_record_kind_find ("firm.recorded")->roles & lz_session_get_roles (session)) != 0;

  self->session = g_object_ref (session);
  fill_years (self);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "firms.new", keeps);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "firms.import", keeps);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "firms.retire", keeps);
  g_signal_connect_object (session, "changed", G_CALLBACK (read_again), self, G_CONNECT_SWAPPED);
  read_again (self);
  return self;
}
