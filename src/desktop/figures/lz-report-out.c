/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-report-out.h"

#include <glib/gi18n.h>

#include "lz-chosen.h"
#include "lz-paper-print.h"

/* One report on its way to a file or a printer. */
typedef struct
{
  GtkWidget *from; /* owned */
  LzReportHold *hold;
  GtkFileChooserNative *chooser;
  GCancellable *cancellable;
  char *path;
} Job;

static void
job_free (Job *job)
{
  g_clear_object (&job->chooser);
  g_clear_object (&job->cancellable);
  g_clear_pointer (&job->hold, lz_report_hold_unref);
  g_clear_object (&job->from);
  g_free (job->path);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static void
write_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  LzReportFormat format;
  GError *error = NULL;

  if (!lz_report_format_from_path (job->path, &format))
    g_task_return_new_error (task, LZ_ERROR, LZ_ERROR_INVALID, "%s",
                             _ ("Let the file's name end with .pdf, .xlsx, .csv or .json."));
  else if (lz_report_write (lz_report_hold_get (job->hold), job->path, format, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    lz_paper_print_show_problem (job->from, _ ("The Report Could Not Be Saved"), error);
}

static void
lay_out_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  const Job *job = data;
  g_autoptr (LzPaper) paper = lz_paper_new_for_report (lz_report_hold_get (job->hold));
  GError *error = NULL;

  if (lz_paper_layout (paper, cancellable, &error))
    g_task_return_pointer (task, g_steal_pointer (&paper), (GDestroyNotify) lz_paper_free);
  else
    g_task_return_error (task, error);
}

static void
laid_out_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LzPaper) paper = g_task_propagate_pointer (G_TASK (result), &error);

  if (paper == NULL)
    lz_paper_print_show_problem (job->from, _ ("The Report Could Not Be Printed"), error);
  else
    lz_paper_print_made (job->from, g_steal_pointer (&paper));
}

/* @job is the worker's until @done has it back. */
static void
run (Job *job, GTaskThreadFunc work, GAsyncReadyCallback done)
{
  g_autoptr (GTask) task = g_task_new (NULL, job->cancellable, done, job);

  g_task_set_return_on_cancel (task, FALSE);
  g_task_set_task_data (task, job, NULL);
  g_task_run_in_thread (task, work);
}

static void
chosen_cb (GtkNativeDialog *dialog, int response, Job *job)
{
  g_autofree char *path = lz_chosen_dup_path (dialog, response);

  if (path == NULL)
    {
      job_free (job);
      return;
    }
  job->path = g_steal_pointer (&path);
  run (job, write_in_worker, written_cb);
}

void
lz_report_out_start (GtkWidget *from, LzReportHold *hold, const char *how)
{
  const LzReport *report = lz_report_hold_get (hold);
  g_autofree char *name = NULL;
  GtkWindow *window;
  Job *job;

  g_return_if_fail (GTK_IS_WIDGET (from) && hold != NULL);

  window = GTK_WINDOW (gtk_widget_get_root (from));
  job = g_new0 (Job, 1);
  job->from = g_object_ref (from);
  job->hold = lz_report_hold_ref (hold);
  job->cancellable = g_cancellable_new ();
  g_signal_connect_object (window, "destroy", G_CALLBACK (g_cancellable_cancel), job->cancellable,
                           G_CONNECT_SWAPPED);
  if (g_str_equal (how, "print"))
    {
      run (job, lay_out_in_worker, laid_out_cb);
      return;
    }
  name = g_strdup_printf ("%s %s.%s", lz_report_get_title (report),
                          lz_report_get_period_label (report), how);
  g_strdelimit (name, "/:", '-');
  job->chooser =
      gtk_file_chooser_native_new (_ ("Save the Report"), window, GTK_FILE_CHOOSER_ACTION_SAVE,
                                   _ ("_Save"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (job->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (job->chooser), name);
  g_signal_connect (job->chooser, "response", G_CALLBACK (chosen_cb), job);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (job->chooser));
}
