/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-report-job.h"

#include "lz-edition.h"
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

/* Of the whole office by its own form: the figures that were published, once they were. */
static LzReportHold *
load_sealed (LzStation *station, const Question *question, GError **error)
{
  g_autoptr (LzEdition) edition =
      lz_edition_load (station, question->kind, &question->query, error);
  LzReportHold *hold;

  if (edition == NULL)
    return NULL;
  hold = lz_report_hold_new (g_steal_pointer (&edition->report));
  lz_report_hold_set_bulletin (hold, &edition->sealed->id, edition->state == LZ_EDITION_SEALED);
  return hold;
}

/* A job of the read thread. */
static gpointer
make_report (LzStation *station, gpointer data, GError **error)
{
  const Question *question = data;
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzBulletin) bulletin = NULL;
  LzReportHold *hold;
  LzReport *report;

  if (question->query.period.kind == LZ_PERIOD_MONTH)
    bulletin = lz_bulletins_find (station, &question->query.period,
                                  lz_figures_kind_to_string (LZ_FIGURES_MONTHLY), &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (bulletin != NULL && question->kind == LZ_FIGURES_MONTHLY && question->model == NULL)
    return load_sealed (station, question, error);
  report = lz_figures_report_new (station, question->kind, &question->query, question->of,
                                  question->model, error);
  if (report == NULL)
    return NULL;
  hold = lz_report_hold_new (report);
  if (bulletin != NULL)
    lz_report_hold_set_bulletin (hold, &bulletin->id, FALSE);
  return hold;
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
