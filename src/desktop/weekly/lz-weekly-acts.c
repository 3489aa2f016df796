/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the buttons and menus of the editor do. */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-weekly-private.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lz-bulletin-view.h"
#include "lz-case-chooser.h"
#include "lz-chosen.h"
#include "lz-paper-print.h"
#include "lz-reason-dialog.h"

static GtkWindow *
get_window (LzWeeklyView *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

/* -- typical cases ------------------------------------------------------------------------------
 */

static void
chosen_cb (LzCaseChooser *chooser, GPtrArray *cases, LzWeeklyView *self)
{
  lz_typical_cases_show (self->cases, cases, TRUE);
  lz_weekly_view_changed (self);
}

static void
choose_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzWeeklyView *self = LZ_WEEKLY_VIEW (widget);
  g_autoptr (LzBulletinText) text = lz_weekly_view_collect (self);
  GtkWindow *chooser =
      lz_case_chooser_new (get_window (self), self->session, &self->period, text->cases);

  g_signal_connect_object (chooser, "chosen", G_CALLBACK (chosen_cb), self, 0);
  gtk_window_present (chooser);
}

/* -- proposing anew -----------------------------------------------------------------------------
 */

static void
discarded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzWeeklyView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!lz_weekly_data_finish (result, &error))
    lz_weekly_view_tell_error (self, error);
  else if (self->session != NULL)
    {
      g_clear_pointer (&self->data, lz_weekly_data_free);
      lz_weekly_view_load (self);
    }
}

/* The old words can be had back: by Undo in the editor they cannot, so it asks. */
static void
propose_answered_cb (GtkWidget *dialog, const char *response, LzWeeklyView *self)
{
  if (strcmp (response, "propose") != 0)
    return;
  g_clear_handle_id (&self->saving, g_source_remove);
  self->unsaved = FALSE;
  lz_weekly_data_discard_async (self->session, self->kind, &self->period, discarded_cb,
                                g_object_ref (self));
}

static void
propose_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzWeeklyView *self = LZ_WEEKLY_VIEW (widget);
  GtkWidget *dialog = adw_message_dialog_new (
      get_window (self), _ ("Propose Everything Anew?"),
      _ ("What has been written for this period is replaced by what the figures propose."));

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "propose",
                                    _ ("_Propose Anew"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "propose",
                                              ADW_RESPONSE_DESTRUCTIVE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (propose_answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* -- publishing ---------------------------------------------------------------------------------
 */

static void
published_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzWeeklyView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!lz_weekly_data_finish (result, &error))
    lz_weekly_view_tell_error (self, error);
  else
    lz_bulletin_view_tell (GTK_WIDGET (self), _ ("The bulletin is published: its figures stay."));
  if (self->session != NULL)
    lz_weekly_view_load (self);
}

static void
publish_answered_cb (GtkWidget *dialog, const char *response, LzWeeklyView *self)
{
  if (strcmp (response, "publish") != 0 || self->data == NULL)
    return;
  g_clear_handle_id (&self->saving, g_source_remove);
  self->unsaved = FALSE;
  lz_weekly_data_publish_async (self->session, self->kind, &self->period,
                                lz_weekly_view_collect (self), published_cb, g_object_ref (self));
}

/* It cannot be undone. */
static void
publish_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzWeeklyView *self = LZ_WEEKLY_VIEW (widget);
  g_autofree char *period = lz_period_dup_label (&self->period);
  GtkWidget *dialog =
      adw_message_dialog_new (get_window (self), _ ("Publish This Bulletin?"), NULL);

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  _ ("%s: the figures, the words and the list of cases are sealed. "
                                     " What arrives later is shown "
                                     "as corrections."),
                                  period);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "publish",
                                    _ ("_Publish"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "publish",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "publish");
  g_signal_connect_object (dialog, "response", G_CALLBACK (publish_answered_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
reason_cb (GtkWidget *asker, const char *reason, gpointer user_data)
{
  LzWeeklyView *self = LZ_WEEKLY_VIEW (asker);

  if (self->data != NULL && self->data->edition->sealed != NULL)
    lz_weekly_data_correct_async (self->session, &self->data->edition->sealed->id, reason,
                                  published_cb, g_object_ref (self));
}

static void
correct_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const LzReasonWords words = {
    .heading = _ ("Publish a Correction"),
    .body = _ ("What differs now is published beside the bulletin, with the reason."),
    .yes = _ ("_Publish"),
  };

  lz_reason_ask (widget, &words, reason_cb, NULL, NULL);
}

/* -- out ----------------------------------------------------------------------------------------
 */

static void
paper_made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzWeeklyView) self = user_data;
  g_autoptr (GError) error = NULL;
  LzPaper *paper = lz_weekly_data_make_paper_finish (result, &error);

  if (paper == NULL)
    lz_weekly_view_tell_error (self, error);
  else if (gtk_widget_get_root (GTK_WIDGET (self)) != NULL)
    lz_paper_print_made (GTK_WIDGET (self), paper);
  else
    lz_paper_free (paper);
}

static void
print_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzWeeklyView *self = LZ_WEEKLY_VIEW (widget);

  lz_weekly_data_make_paper_async (self->session, self->kind, &self->period,
                                   lz_weekly_view_collect (self), NULL, paper_made_cb,
                                   g_object_ref (self));
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzWeeklyView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (lz_weekly_data_finish (result, &error))
    lz_bulletin_view_tell (GTK_WIDGET (self), _ ("The bulletin is saved."));
  else
    lz_weekly_view_tell_error (self, error);
}

static void
file_chosen_cb (GtkNativeDialog *dialog, int response, LzWeeklyView *self)
{
  g_autofree char *path = lz_chosen_dup_path (dialog, response);

  if (path != NULL && self->data != NULL)
    lz_weekly_data_write_async (self->session, self->kind, &self->period,
                                lz_weekly_view_collect (self), path, NULL, written_cb,
                                g_object_ref (self));
  g_object_unref (dialog);
}

/* The title, in one line that can be the name of a file. */
static char *
dup_file_name (LzWeeklyView *self, const char *ending)
{
  g_autofree char *title = lz_paragraph_edit_dup_text (self->title);
  g_auto (GStrv) lines = g_strsplit (title, "\n", -1);
  g_autofree char *line = g_strjoinv ("", lines);

  g_strdelimit (line, "/", '-');
  return g_strdup_printf ("%s.%s", line, ending);
}

static void
export_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzWeeklyView *self = LZ_WEEKLY_VIEW (widget);
  g_autofree char *name = dup_file_name (self, g_variant_get_string (parameter, NULL));
  GtkFileChooserNative *chooser =
      gtk_file_chooser_native_new (_ ("Save the Bulletin"), get_window (self),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_signal_connect_object (chooser, "response", G_CALLBACK (file_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

/* -- what a figure means ------------------------------------------------------------------------
 */

static gint64
read_count (const LzWeeklyData *data, const LzFigureToken *token, LzCount count)
{
  LzFigureToken of = *token;
  gint64 n = 0;

  of.form = LZ_FIGURE_COUNT;
  of.which = count;
  of.when = LZ_WHEN_NOW;
  if (data->edition->state == LZ_EDITION_SEALED)
    return lz_bulletin_get_count (data->edition->sealed, token->by, token->value, count);
  lz_figure_token_read (&of, lz_edition_get_figures (data->edition), &n);
  return n;
}

/* Figures of other periods and changes are explained by this period's. */
static void
explain (LzWeeklyView *self, const LzFigureToken *token, LzFigureMeaning *meaning)
{
  const LzWeeklyData *data = self->data;
  gboolean is_sealed = data->edition->state == LZ_EDITION_SEALED;
  const LzFigureOf of = { .period = self->period,
                          .now_ms = data->now_ms,
                          .bulletin = is_sealed ? data->edition->sealed->id : (LzId){ { 0 } },
                          .by = token->by,
                          .value = token->value };
  LzRate rate = (LzRate) token->which;
  LzCount count = token->form == LZ_FIGURE_COUNT ? (LzCount) token->which : LZ_COUNT_HANDLED;

  if (token->form == LZ_FIGURE_SCORE)
    {
      meaning->kind = LZ_MEANING_OTHER;
      meaning->term = g_strdup (_ ("Score"));
      return;
    }
  meaning->of = lz_figure_of_copy (&of);
  meaning->kind = token->form == LZ_FIGURE_RATE ? LZ_MEANING_RATE : LZ_MEANING_COUNT;
  meaning->count = count;
  meaning->n = read_count (data, token, count);
  meaning->rate = token->form == LZ_FIGURE_RATE ? rate : LZ_RATE_CLOSING;
  meaning->ratio = (LzRatio){ read_count (data, token, lz_rate_get_part (meaning->rate)),
                              read_count (data, token, lz_rate_get_whole (meaning->rate)) };
}

void
lz_weekly_view_show_meaning (LzWeeklyView *self,
                             GtkWidget *from,
                             const char *token,
                             const GdkRectangle *at)
{
  g_auto (LzFigureToken) figure = { 0 };
  LzFigureMeaning meaning = { 0 };
  GdkRectangle place = *at;
  double x, y;

  if (self->data == NULL || !lz_figure_token_parse (token, &figure))
    return;
  explain (self, &figure, &meaning);
  gtk_widget_translate_coordinates (from, GTK_WIDGET (self), at->x, at->y, &x, &y);
  place.x = (int) x;
  place.y = (int) y;
  g_clear_pointer (&self->meaning, gtk_widget_unparent);
  self->meaning = lz_figure_popover_new (GTK_WIDGET (self), &meaning);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->meaning), &place);
  gtk_popover_popup (GTK_POPOVER (self->meaning));
  lz_figure_meaning_clear (&meaning);
}

/* -----------------------------------------------------------------------------------------------
 */

void
lz_weekly_view_update_actions (LzWeeklyView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean is_open = self->data != NULL && self->data->edition->state != LZ_EDITION_SEALED;

  gtk_widget_set_visible (self->publish, is_open);
  gtk_widget_set_visible (self->choose, is_open);
  gtk_widget_set_visible (GTK_WIDGET (self->insert), is_open);
  gtk_widget_action_set_enabled (widget, "weekly.publish",
                                 self->data != NULL && self->data->may_publish);
  gtk_widget_action_set_enabled (widget, "weekly.choose", is_open);
  gtk_widget_action_set_enabled (widget, "weekly.propose", is_open);
  gtk_widget_set_tooltip_text (self->publish, self->data == NULL || self->data->may_publish ? NULL
                                              : !self->data->has_ended
                                                  ? _ ("The period has not ended yet.")
                                                  : _ ("Only the office publishes."));
}

void
lz_weekly_view_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "weekly.publish", NULL, publish_cb);
  gtk_widget_class_install_action (widget_class, "weekly.correct", NULL, correct_cb);
  gtk_widget_class_install_action (widget_class, "weekly.choose", NULL, choose_cb);
  gtk_widget_class_install_action (widget_class, "weekly.propose", NULL, propose_cb);
  gtk_widget_class_install_action (widget_class, "weekly.print", NULL, print_cb);
  gtk_widget_class_install_action (widget_class, "weekly.export", "s", export_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK, "weekly.print",
                                       NULL);
}
