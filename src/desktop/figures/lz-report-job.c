/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-report-job.h"

#include "lz-jobs.h"

typedef struct
{
  LzFiguresKind kind;
  LzTallyQuery query;
  char *of;
  char *model;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->of);
  g_free (question->model);
  g_free (question);
}

/* A job of the read thread. */
static gpointer
make_report (LzStation *station, gpointer data, GError **error)
{
  const Question *question = data;
  LzReport *report = lz_figures_report_new (station, question->kind, &question->query, question->of,
                                            question->model, error);

  return report != NULL ? lz_report_hold_new (report) : NULL;
}

void
lz_report_job_async (LzSession *session,
                     LzFiguresKind kind,
                     const LzTallyQuery *query,
                     const char *of,
                     const char *model,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  Question *question = g_new0 (Question, 1);

  question->kind = kind;
  question->query = (LzTallyQuery){ .period = query->period, .now_ms = query->now_ms };
  question->of = g_strdup (of);
  question->model = g_strdup (model);
  lz_jobs_read_async (session, make_report, question, question_free,
                      (GDestroyNotify) lz_report_hold_unref, cancellable, callback, user_data);
}

LzReportHold *
lz_report_job_finish (GAsyncResult *result, GError **error)
{
  return lz_jobs_finish (result, error);
}
