/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-paper-print.h"

#include "lz-board-paper.h"
#include "lz-case-papers.h"
#include "lz-tasks.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

typedef struct _Making Making;
typedef LzPaper *(*MakePaper) (LzStation *station, const Making *making, GError **error);

/* What a job of the store needs; the window's own part stays on the main thread. */
struct _Making
{
  MakePaper make;
  LzId subject;
  char *unit; /* nullable */
  GCancellable *cancellable;
};

/* One paper on its way to a printer or a file. */
typedef struct
{
  GtkWindow *parent; /* owned; what it is for while nothing else holds it */
  GCancellable *cancellable;
  GtkFileChooserNative *chooser;
  MakePaper make;
  gboolean writes; /* making it writes into the station */
  gboolean as_pdf;
  LzPaper *paper;
} Job;

static void
job_free (Job *job)
{
  g_clear_object (&job->chooser);
  g_clear_pointer (&job->paper, lz_paper_free);
  g_clear_object (&job->cancellable);
  g_clear_object (&job->parent);
  g_free (job);
}

void
lz_paper_print_show_problem (GtkWidget *from, const char *heading, const GError *error)
{
  GtkRoot *root = gtk_widget_get_root (from);
  GtkWidget *dialog;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  dialog = adw_message_dialog_new (root != NULL ? GTK_WINDOW (root) : NULL, heading,
                                   lz_error_explain (error));
  g_debug ("%s: %s", heading, error->message);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
show_problem (Job *job, const char *heading, const GError *error)
{
  lz_paper_print_show_problem (GTK_WIDGET (job->parent), heading, error);
}

/* ------------------------------------------------------------- in the store's threads: making it
 */

static LzPaper *
make_notice (LzStation *station, const Making *making, GError **error)
{
  g_autoptr (LzDossier) dossier =
      lz_dossier_load (station, &making->subject, making->cancellable, error);
  g_autoptr (LzIssued) issued =
      dossier != NULL ? lz_notice_issue (station, dossier, NULL, FALSE, error) : NULL;

  return issued != NULL ? lz_paper_new_notice (dossier, issued, NULL) : NULL;
}

static LzPaper *
make_file (LzStation *station, const Making *making, GError **error)
{
  g_autoptr (LzDossier) dossier =
      lz_dossier_load (station, &making->subject, making->cancellable, error);

  return dossier != NULL ? lz_paper_new_case_file (dossier) : NULL;
}

static LzPaper *
make_tasks (LzStation *station, const Making *making, GError **error)
{
  g_autofree char *own = NULL;
  g_autoptr (LzTaskSheet) sheet = NULL;
  LzTaskQuery query;

  /* Whoever is of a unit gets its tasks; whoever answers for all of them, those of all. */
  if (!lz_tasks_query_init (station, &query, &own, error))
    return NULL;
  sheet = lz_task_sheet_load (station, making->unit != NULL ? making->unit : query.unit, error);
  return sheet != NULL ? lz_paper_new_task_list (sheet) : NULL;
}

static LzPaper *
make_board (LzStation *station, const Making *making, GError **error)
{
  return lz_paper_new_board (station, making->unit, making->cancellable, error);
}

static const struct
{
  const char *name;
  MakePaper make;
  gboolean writes;
} papers[] = {
  { "notice", make_notice, TRUE },
  { "file", make_file, FALSE },
  { "tasks", make_tasks, FALSE },
  { "board", make_board, FALSE },
};

static void
making_free (gpointer data)
{
  Making *making = data;

  g_object_unref (making->cancellable);
  g_free (making->unit);
  g_free (making);
}

static gpointer
make_paper (LzStation *station, gpointer data, GError **error)
{
  Making *making = data;
  g_autoptr (LzPaper) paper = making->make (station, making, error);

  if (paper == NULL || !lz_paper_layout (paper, making->cancellable, error))
    return NULL;
  return g_steal_pointer (&paper);
}

static void
free_paper (gpointer data)
{
  lz_paper_free (data);
}

/* --------------------------------------------------------------------------------- to a printer */

static void
begin_print_cb (GtkPrintOperation *operation, GtkPrintContext *context, Job *job)
{
  gtk_print_operation_set_n_pages (operation, (int) lz_paper_get_n_pages (job->paper));
}

static void
draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, Job *job)
{
  lz_paper_draw_page (job->paper, (guint) page, gtk_print_context_get_cairo_context (context));
}

static void
print (Job *job)
{
  g_autoptr (GtkPrintOperation) operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = gtk_page_setup_new ();
  g_autoptr (GtkPaperSize) size = gtk_paper_size_new (GTK_PAPER_NAME_A4);
  g_autoptr (GtkPrintSettings) settings = gtk_print_settings_new ();
  g_autoptr (GError) error = NULL;
  double width, height;

  lz_paper_get_size (job->paper, &width, &height);
  gtk_page_setup_set_paper_size (setup, size);
  gtk_page_setup_set_orientation (setup, width > height ? GTK_PAGE_ORIENTATION_LANDSCAPE
                                                        : GTK_PAGE_ORIENTATION_PORTRAIT);
  gtk_print_operation_set_default_page_setup (operation, setup);
  /* Printed into a file, it bears its own name. */
  gtk_print_settings_set (settings, GTK_PRINT_SETTINGS_OUTPUT_BASENAME,
                          lz_paper_get_title (job->paper));
  gtk_print_operation_set_print_settings (operation, settings);
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_job_name (operation, lz_paper_get_title (job->paper));
  g_signal_connect (operation, "begin-print", G_CALLBACK (begin_print_cb), job);
  g_signal_connect (operation, "draw-page", G_CALLBACK (draw_page_cb), job);
  /* Runs a main loop of its own until it is done, so the job lives as long. */
  if (gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, job->parent,
                               &error) == GTK_PRINT_OPERATION_RESULT_ERROR)
    show_problem (job, _ ("The Paper Could Not Be Printed"), error);
  job_free (job);
}

void
lz_paper_print_made (GtkWidget *from, LzPaper *paper)
{
  Job *job;

  g_return_if_fail (GTK_IS_WIDGET (from) && paper != NULL);

  job = g_new0 (Job, 1);
  job->parent = g_object_ref (GTK_WINDOW (gtk_widget_get_root (from)));
  job->cancellable = g_cancellable_new ();
  job->paper = paper;
  print (job);
}

/* ------------------------------------------------------------------------------------ to a file */

typedef struct
{
  LzPaper *paper; /* the job's, which waits */
  char *path;
} Writing;

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  g_free (writing->path);
  g_free (writing);
}

static void
write_in_worker (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Writing *writing = data;
  GError *error = NULL;

  if (lz_paper_write_pdf (writing->paper, writing->path, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job *job = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    show_problem (job, _ ("The Paper Could Not Be Saved"), error);
  job_free (job);
}

static void
chosen_cb (GtkNativeDialog *dialog, int response, Job *job)
{
  g_autoptr (GFile) file = NULL;
  g_autoptr (GTask) task = NULL;
  Writing *writing;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file == NULL || g_file_peek_path (file) == NULL)
    {
      job_free (job);
      return;
    }
  writing = g_new0 (Writing, 1);
  writing->paper = job->paper;
  writing->path = g_strdup (g_file_peek_path (file));
  task = g_task_new (NULL, job->cancellable, written_cb, job);
  /* The worker uses the paper until it says so, even when it was cancelled. */
  g_task_set_return_on_cancel (task, FALSE);
  g_task_set_task_data (task, writing, writing_free);
  g_task_run_in_thread (task, write_in_worker);
}

static void
save (Job *job)
{
  g_autofree char *name = g_strdup_printf ("%s.pdf", lz_paper_get_title (job->paper));

  job->chooser =
      gtk_file_chooser_native_new (_ ("Save as PDF"), job->parent, GTK_FILE_CHOOSER_ACTION_SAVE,
                                   _ ("_Save"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (job->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (job->chooser), name);
  g_signal_connect (job->chooser, "response", G_CALLBACK (chosen_cb), job);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (job->chooser));
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Job *job = user_data;
  g_autoptr (GError) error = NULL;

  job->paper = lz_store_job_finish (LZ_STORE (source), result, &error);
  if (job->paper == NULL)
    {
      show_problem (job, _ ("The Paper Could Not Be Made"), error);
      job_free (job);
    }
  else if (g_cancellable_is_cancelled (job->cancellable))
    job_free (job);
  else if (job->as_pdf)
    save (job);
  else
    print (job);
}

void
lz_paper_print_start (GtkWidget *from,
                      LzSession *session,
                      const char *what,
                      const LzId *subject,
                      const char *unit)
{
  g_autofree char *name = g_strdup (what);
  Making *making;
  Job *job;

  g_return_if_fail (GTK_IS_WIDGET (from) && LZ_IS_SESSION (session));

  job = g_new0 (Job, 1);
  job->as_pdf = g_str_has_suffix (name, "-pdf");
  if (job->as_pdf)
    name[strlen (name) - strlen ("-pdf")] = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (papers); i++)
    if (g_str_equal (papers[i].name, name))
      {
        job->make = papers[i].make;
        job->writes = papers[i].writes;
      }
  g_assert (job->make != NULL);

  job->parent = g_object_ref (GTK_WINDOW (gtk_widget_get_root (from)));
  job->cancellable = g_cancellable_new ();
  g_signal_connect_object (job->parent, "destroy", G_CALLBACK (g_cancellable_cancel),
                           job->cancellable, G_CONNECT_SWAPPED);
  making = g_new0 (Making, 1);
  making->make = job->make;
  making->subject = subject != NULL ? *subject : (LzId){ { 0 } };
  making->unit = g_strdup (unit);
  making->cancellable = g_object_ref (job->cancellable);
  (job->writes ? lz_store_write_async
               : lz_store_read_async) (lz_session_get_store (session), make_paper, making,
                                       making_free, free_paper, job->cancellable, made_cb, job);
}
