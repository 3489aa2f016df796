/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-intake-dialog.h"

#include <glib/gi18n.h>

#include "lz-intake.h"
#include "lz-names.h"

enum
{
  CLOCK_RIGHT,
  CLOCK_SLOW,
  CLOCK_FAST,
};

struct _LzIntakeDialog
{
  AdwWindow parent_instance;

  GtkStack *stack;
  AdwActionRow *what;
  AdwComboRow *direction;
  GtkWidget *hours_row;
  GtkWidget *minutes_row;
  GtkWidget *seconds_row;
  GtkSpinButton *hours;
  GtkSpinButton *minutes;
  GtkSpinButton *seconds;
  GtkWidget *start;
  GtkProgressBar *bar;
  GtkLabel *result;
  GtkLabel *details;
  GtkWidget *correction;
  GtkLabel *correction_text;
  GtkLabel *skipped_heading;
  GtkWidget *skipped_scroller;
  GtkListView *skipped;
  GtkWidget *review;

  LzIntake *intake;
  GStrv paths;
  GArray *drafts; /* gint64 */
  gint64 batch;
  gint64 suggested_ms; /* by how much the cameras' clock seems to be off */
  gboolean corrected;
};

G_DEFINE_FINAL_TYPE (LzIntakeDialog, lz_intake_dialog, ADW_TYPE_WINDOW)

enum
{
  REVIEW,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gint64
get_shift_ms (LzIntakeDialog *self)
{
  gint64 seconds = gtk_spin_button_get_value_as_int (self->hours) * G_GINT64_CONSTANT (3600) +
                   gtk_spin_button_get_value_as_int (self->minutes) * 60 +
                   gtk_spin_button_get_value_as_int (self->seconds);

  switch (adw_combo_row_get_selected (self->direction))
    {
    case CLOCK_SLOW:
      return seconds * 1000;
    case CLOCK_FAST:
      return -seconds * 1000;
    default:
      return 0;
    }
}

static void
direction_cb (LzIntakeDialog *self)
{
  gboolean wrong = adw_combo_row_get_selected (self->direction) != CLOCK_RIGHT;

  gtk_widget_set_visible (self->hours_row, wrong);
  gtk_widget_set_visible (self->minutes_row, wrong);
  gtk_widget_set_visible (self->seconds_row, wrong);
}

static void
progress_cb (LzIntakeDialog *self, guint done, guint total)
{
  g_autofree char *text = NULL;

  if (total == 0)
    {
      gtk_progress_bar_pulse (self->bar);
      gtk_progress_bar_set_text (self->bar, _ ("Looking for photos…"));
      return;
    }

  text = g_strdup_printf (_ ("%u of %u"), done, total);
  gtk_progress_bar_set_fraction (self->bar, (double) done / total);
  gtk_progress_bar_set_text (self->bar, text);
}

static void
setup_line_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_list_item_set_child (item, label);
  gtk_list_item_set_activatable (item, FALSE);
}

static void
bind_line_cb (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer user_data)
{
  gtk_label_set_label (GTK_LABEL (gtk_list_item_get_child (item)),
                       gtk_string_object_get_string (gtk_list_item_get_item (item)));
}

static void
show_skipped (LzIntakeDialog *self, GPtrArray *skipped)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autofree char *heading =
      g_strdup_printf (ngettext ("%u file was left out", "%u files were left out", skipped->len),
                       skipped->len);
  GtkStringList *lines = gtk_string_list_new (NULL);

  for (guint i = 0; i < skipped->len; i++)
    gtk_string_list_append (lines, skipped->pdata[i]);
  g_signal_connect (factory, "setup", G_CALLBACK (setup_line_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_line_cb), NULL);
  gtk_list_view_set_factory (self->skipped, factory);
  gtk_list_view_set_model (self->skipped,
                           GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (lines))));
  gtk_label_set_label (self->skipped_heading, heading);
  gtk_widget_set_visible (GTK_WIDGET (self->skipped_heading), skipped->len > 0);
  gtk_widget_set_visible (self->skipped_scroller, skipped->len > 0);
}

/* The satellites in the photos know better than the camera what time it was. */
static void
show_suggestion (LzIntakeDialog *self, const LzIntakeReport *report)
{
  g_autofree char *text = NULL;
  gint64 minutes;

  self->batch = report->batch;
  self->suggested_ms = self->corrected ? 0 : report->suggested_shift_ms;
  minutes = ABS (self->suggested_ms) / 60000;
  text = g_strdup_printf (self->suggested_ms > 0
                              ? _ ("The camera's clock was %d h %d min behind the satellites'.")
                              : _ ("The camera's clock was %d h %d min ahead of the satellites'."),
                          (int) (minutes / 60), (int) (minutes % 60));
  gtk_label_set_label (self->correction_text, text);
  gtk_widget_set_visible (self->correction, self->suggested_ms != 0 && report->drafts->len > 0);
}

static char *
dup_result (const LzIntakeReport *report)
{
  g_autofree char *photos =
      g_strdup_printf (ngettext ("%u photo taken in", "%u photos taken in", report->n_photos),
                       report->n_photos);
  g_autofree char *drafts =
      g_strdup_printf (ngettext ("%u draft to confirm", "%u drafts to confirm", report->n_drafts),
                       report->n_drafts);

  return g_strdup_printf ("%s · %s", photos, drafts);
}

static void
finished_cb (LzIntakeDialog *self, LzIntakeReport *report, const GError *error)
{
  g_autofree char *result = NULL;
  g_autofree char *details = NULL;

  gtk_stack_set_visible_child_name (self->stack, "done");
  if (report == NULL)
    {
      gboolean stopped = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

      gtk_label_set_label (self->result,
                           stopped ? _ ("Stopped") : _ ("The photos could not be taken in"));
      gtk_label_set_label (self->details,
                           stopped ? _ ("What was taken in before waits in the list of drafts.")
                                   : lz_error_explain (error));
      gtk_widget_set_visible (GTK_WIDGET (self->skipped_heading), FALSE);
      gtk_widget_set_visible (self->skipped_scroller, FALSE);
      gtk_widget_set_visible (self->review, FALSE);
      return;
    }

  if (self->corrected)
    {
      g_clear_pointer (&self->drafts, g_array_unref);
      self->drafts = g_array_ref (report->drafts);
      result = g_strdup_printf (ngettext ("%u draft to confirm", "%u drafts to confirm",
                                          report->n_drafts),
                                report->n_drafts);
      gtk_label_set_label (self->result, result);
      gtk_label_set_label (self->details, _ ("Every photo of the batch was set right."));
      show_suggestion (self, report);
      return;
    }

  show_suggestion (self, report);
  result = dup_result (report);
  details = g_strdup_printf (ngettext ("Of %u file. %u of the photos had been here before.",
                                       "Of %u files. %u of the photos had been here before.",
                                       report->n_files),
                             report->n_files, report->n_known);
  gtk_label_set_label (self->result, result);
  gtk_label_set_label (self->details, details);
  show_skipped (self, report->skipped);
  g_clear_pointer (&self->drafts, g_array_unref);
  self->drafts = g_array_ref (report->drafts);
  gtk_widget_set_visible (self->review, report->drafts->len > 0);
  if (report->drafts->len > 0)
    gtk_widget_grab_focus (self->review);
}

static void
start_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzIntakeDialog *self = LZ_INTAKE_DIALOG (widget);

  gtk_stack_set_visible_child_name (self->stack, "running");
  lz_intake_start (self->intake, (const char *const *) self->paths, get_shift_ms (self));
}

static void
stop_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lz_intake_cancel (LZ_INTAKE_DIALOG (widget)->intake);
}

static void
correct_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzIntakeDialog *self = LZ_INTAKE_DIALOG (widget);

  self->corrected = TRUE;
  lz_intake_correct (self->intake, self->batch, get_shift_ms (self) + self->suggested_ms);
}

static void
review_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzIntakeDialog *self = LZ_INTAKE_DIALOG (widget);

  g_signal_emit (self, signals[REVIEW], 0, self->drafts);
  gtk_window_close (GTK_WINDOW (self));
}

static gboolean
lz_intake_dialog_close_request (GtkWindow *window)
{
  LzIntakeDialog *self = LZ_INTAKE_DIALOG (window);

  if (lz_intake_is_running (self->intake))
    lz_intake_cancel (self->intake);

  return GTK_WINDOW_CLASS (lz_intake_dialog_parent_class)->close_request (window);
}

LzIntakeDialog *
lz_intake_dialog_new (GtkWindow *parent, LzSession *session, const char *const *paths)
{
  LzIntakeDialog *self = NULL;
  g_autofree char *title = NULL;
  guint n;

  g_return_val_if_fail (LZ_IS_SESSION (session), NULL);
  g_return_val_if_fail (paths != NULL && *paths != NULL, NULL);

  self = g_object_new (LZ_TYPE_INTAKE_DIALOG, "transient-for", parent, NULL);
  self->paths = g_strdupv ((GStrv) paths);
  self->intake = lz_intake_new (session);
  g_signal_connect_object (self->intake, "progress", G_CALLBACK (progress_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->intake, "finished", G_CALLBACK (finished_cb), self,
                           G_CONNECT_SWAPPED);

  n = g_strv_length (self->paths);
  title = n == 1 ? g_path_get_basename (self->paths[0])
                 : g_strdup_printf (ngettext ("%u file or folder", "%u files and folders", n), n);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->what), title);
  adw_action_row_set_subtitle (
      self->what, _ ("Photos are grouped by time and place into drafts, each on its road."));
  gtk_widget_grab_focus (self->start);

  return self;
}

static void
lz_intake_dialog_dispose (GObject *object)
{
  LzIntakeDialog *self = LZ_INTAKE_DIALOG (object);

  g_clear_object (&self->intake);
  g_clear_pointer (&self->paths, g_strfreev);
  g_clear_pointer (&self->drafts, g_array_unref);

  G_OBJECT_CLASS (lz_intake_dialog_parent_class)->dispose (object);
}

static void
lz_intake_dialog_class_init (LzIntakeDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_intake_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = lz_intake_dialog_close_request;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-intake-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LzIntakeDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, LzIntakeDialog, what);
  gtk_widget_class_bind_template_child (widget_class, LzIntakeDialog, direction);
  gtk_widget_class_bind_template_child (widget_class, LzIntakeDialog, hours_row);
  gtk_widget_class_bind_template_child (widget_class, LzIntakeDialog, minutes_row);
  gtk_widget_class_bind_template_child (widget_class, LzIntakeDialog, seconds_row);
  gtk_widget_class_bind_template_child (widget_class, LzIntakeDialog, hours);
  gtk_widget_class_bind_template_child (widget_class, LzIntakeDialog, minutes);
  gtk_widget_class_bind_template_child (widget_class, LzIntakeDialog, seconds);
  gtk_widget_class_bind_template_child (widget_class, LzIntakeDialog, start);
  gtk_widget_class_bind_template_child (widget_class, LzIntakeDialog, bar);
  gtk_widget_class_bind_template_child (widget_class, LzIntakeDialog, result);
  gtk_widget_class_bind_template_child (widget_class, LzIntakeDialog, details);
  gtk_widget_class_bind_template_child (widget_class, LzIntakeDialog, correction);
  gtk_widget_class_bind_template_child (widget_class, LzIntakeDialog, correction_text);
  gtk_widget_class_bind_template_child (widget_class, LzIntakeDialog, skipped_heading);
  gtk_widget_class_bind_template_child (widget_class, LzIntakeDialog, skipped_scroller);
  gtk_widget_class_bind_template_child (widget_class, LzIntakeDialog, skipped);
  gtk_widget_class_bind_template_child (widget_class, LzIntakeDialog, review);

  gtk_widget_class_install_action (widget_class, "intake.start", NULL, start_cb);
  gtk_widget_class_install_action (widget_class, "intake.stop", NULL, stop_cb);
  gtk_widget_class_install_action (widget_class, "intake.review", NULL, review_cb);
  gtk_widget_class_install_action (widget_class, "intake.correct", NULL, correct_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  signals[REVIEW] = g_signal_new ("review", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
lz_intake_dialog_init (LzIntakeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lz_names_from_tooltips (GTK_WIDGET (self));
  g_signal_connect_swapped (self->direction, "notify::selected", G_CALLBACK (direction_cb), self);
  direction_cb (self);
}
