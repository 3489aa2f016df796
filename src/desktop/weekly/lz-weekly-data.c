/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-weekly-data.h"

#include <glib/gi18n.h>

#include "lz-bulletin-drafts.h"
#include "lz-jobs.h"
#include "lz-log.h"
#include "lz-words.h"

/* So many cases are offered as typical ones. */
#define MAX_OFFERED 120

void
lz_weekly_data_free (LzWeeklyData *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->edition, lz_edition_free);
  g_clear_pointer (&self->tables, lz_report_hold_unref);
  g_clear_pointer (&self->corrections, lz_corrections_free);
  g_clear_pointer (&self->names, lz_tally_names_free);
  g_clear_pointer (&self->published, g_ptr_array_unref);
  g_free (self);
}

/* What a job is about; it owns what it has. */
typedef struct
{
  LzFiguresKind kind;
  LzPeriod period;
  LzBulletinText *text;
  LzId bulletin;
  char *words; /* a reason, a path */
  int offset_min;
  GCancellable *cancellable;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  g_clear_pointer (&job->text, lz_bulletin_text_free);
  g_free (job->words);
  g_clear_object (&job->cancellable);
  g_free (job);
}

static Job *
job_new (LzFiguresKind kind, const LzPeriod *period, LzBulletinText *text)
{
  Job *job = g_new0 (Job, 1);

  job->kind = kind;
  job->period = *period;
  job->text = text;
  return job;
}

/* A job that only does something. */
static gpointer
done (gboolean good)
{
  return GINT_TO_POINTER (good);
}

gboolean
lz_weekly_data_finish (GAsyncResult *result, GError **error)
{
  return lz_jobs_finish (result, error) != NULL;
}

/* -- loading ------------------------------------------------------------------------------------
 */

static gboolean
list_published (LzStation *station, LzWeeklyData *data, int offset_min, GError **error)
{
  g_autoptr (GPtrArray) events = lz_log_list_events (station, &data->edition->sealed->id, error);

  for (guint i = 0; events != NULL && i < events->len; i++)
    {
      const LzEvent *event = events->pdata[i];
      g_autofree char *when = lz_words_dup_date_time (event->occurred_ms, offset_min);

      if (g_str_equal (event->kind_name, "bulletin.corrected"))
        g_ptr_array_add (data->published,
                         g_strdup_printf ("%s  %s  %s", when, event->actor,
                                          event->body != NULL && event->body->text != NULL
                                              ? event->body->text
                                              : ""));
    }
  return events != NULL;
}

static gboolean
load_corrections (LzStation *station, LzWeeklyData *data, int offset_min, GError **error)
{
  if (data->edition->state != LZ_EDITION_SEALED)
    return TRUE;
  data->corrections = lz_bulletins_compare (station, data->edition->sealed, error);
  data->names = data->corrections != NULL ? lz_tally_names_load (station, error) : NULL;
  return data->names != NULL && list_published (station, data, offset_min, error);
}

static gboolean
load_tables (LzStation *station, LzWeeklyData *data, GError **error)
{
  LzReport *tables = lz_edition_make_tables (data->edition, station, error);

  data->tables = tables != NULL ? lz_report_hold_new (tables) : NULL;
  return tables != NULL;
}

static gpointer
load_job (LzStation *station, gpointer user_data, GError **error)
{
  const Job *job = user_data;
  const LzTallyQuery query = { .period = job->period, .now_ms = lz_station_now (station) };
  g_autoptr (LzWeeklyData) data = g_new0 (LzWeeklyData, 1);
  const guint publishers = LZ_ROLE_DISPATCHER | LZ_ROLE_SUPERVISOR | LZ_ROLE_ADMIN;

  data->now_ms = query.now_ms;
  data->published = g_ptr_array_new_with_free_func (g_free);
  data->edition = lz_edition_load (station, job->kind, &query, error);
  if (data->edition == NULL || !load_tables (station, data, error) ||
      !load_corrections (station, data, job->offset_min, error))
    return NULL;
  data->has_ended = query.now_ms >= job->period.to_ms;
  data->may_publish = data->has_ended && data->edition->state != LZ_EDITION_SEALED &&
                      (lz_station_get_roles (station) & publishers) != 0;
  return g_steal_pointer (&data);
}

void
lz_weekly_data_load_async (LzSession *session,
                           LzFiguresKind kind,
                           const LzPeriod *period,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Job *job = job_new (kind, period, NULL);

  job->offset_min = lz_session_get_offset_min (session);
  lz_jobs_read_async (session, load_job, job, job_free, (GDestroyNotify) lz_weekly_data_free,
                      cancellable, callback, user_data);
}

LzWeeklyData *
lz_weekly_data_load_finish (GAsyncResult *result, GError **error)
{
  return lz_jobs_finish (result, error);
}

/* -- the draft ----------------------------------------------------------------------------------
 */

static gpointer
save_job (LzStation *station, gpointer user_data, GError **error)
{
  const Job *job = user_data;

  return done (lz_bulletin_drafts_save (station, &job->period,
                                        lz_figures_kind_to_string (job->kind), job->text, error));
}

void
lz_weekly_data_save_async (LzSession *session,
                           LzFiguresKind kind,
                           const LzPeriod *period,
                           LzBulletinText *text,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  lz_jobs_write_async (session, save_job, job_new (kind, period, text), job_free, NULL, callback,
                       user_data);
}

static gpointer
discard_job (LzStation *station, gpointer user_data, GError **error)
{
  const Job *job = user_data;

  return done (lz_bulletin_drafts_remove (station, &job->period,
                                          lz_figures_kind_to_string (job->kind), error));
}

void
lz_weekly_data_discard_async (LzSession *session,
                              LzFiguresKind kind,
                              const LzPeriod *period,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  lz_jobs_write_async (session, discard_job, job_new (kind, period, NULL), job_free, NULL, callback,
                       user_data);
}

/* -- publishing ---------------------------------------------------------------------------------
 */

static gpointer
publish_job (LzStation *station, gpointer user_data, GError **error)
{
  const Job *job = user_data;

  return done (lz_edition_publish (station, job->kind, &job->period, job->text, NULL, NULL, error));
}

void
lz_weekly_data_publish_async (LzSession *session,
                              LzFiguresKind kind,
                              const LzPeriod *period,
                              LzBulletinText *text,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  lz_jobs_write_async (session, publish_job, job_new (kind, period, text), job_free, NULL, callback,
                       user_data);
}

static gpointer
correct_job (LzStation *station, gpointer user_data, GError **error)
{
  const Job *job = user_data;
  g_autoptr (LzBulletin) bulletin = lz_bulletins_load (station, &job->bulletin, error);

  return done (bulletin != NULL && lz_bulletins_correct (station, bulletin, job->words, error));
}

void
lz_weekly_data_correct_async (LzSession *session,
                              const LzId *bulletin,
                              const char *reason,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  Job *job = g_new0 (Job, 1);

  job->bulletin = *bulletin;
  job->words = g_strdup (reason);
  lz_jobs_write_async (session, correct_job, job, job_free, NULL, callback, user_data);
}

/* -- typical cases ------------------------------------------------------------------------------
 */

static gpointer
list_cases_job (LzStation *station, gpointer user_data, GError **error)
{
  const Job *job = user_data;

  return lz_edition_list_cases (station, &job->period, MAX_OFFERED, job->cancellable, error);
}

void
lz_weekly_data_list_cases_async (LzSession *session,
                                 const LzPeriod *period,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  Job *job = job_new (LZ_FIGURES_WEEKLY, period, NULL);

  job->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  lz_jobs_read_async (session, list_cases_job, job, job_free, (GDestroyNotify) g_ptr_array_unref,
                      cancellable, callback, user_data);
}

GPtrArray *
lz_weekly_data_list_cases_finish (GAsyncResult *result, GError **error)
{
  return lz_jobs_finish (result, error);
}

/* -- the paper ----------------------------------------------------------------------------------
 */

static LzEdition *
load_edition (LzStation *station, Job *job, GError **error)
{
  const LzTallyQuery query = { .period = job->period, .now_ms = lz_station_now (station) };
  LzEdition *edition = lz_edition_load (station, job->kind, &query, error);

  if (edition != NULL && edition->state != LZ_EDITION_SEALED)
    lz_edition_take_text (edition, g_steal_pointer (&job->text));
  return edition;
}

static gpointer
make_paper_job (LzStation *station, gpointer user_data, GError **error)
{
  Job *job = user_data;
  g_autoptr (LzEdition) edition = load_edition (station, job, error);
  g_autoptr (LzPaper) paper =
      edition != NULL
          ? lz_edition_make_paper (edition, station, edition->text, job->cancellable, error)
          : NULL;

  if (paper == NULL || !lz_paper_layout (paper, job->cancellable, error))
    return NULL;
  return g_steal_pointer (&paper);
}

void
lz_weekly_data_make_paper_async (LzSession *session,
                                 LzFiguresKind kind,
                                 const LzPeriod *period,
                                 LzBulletinText *text,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  Job *job = job_new (kind, period, text);

  job->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  lz_jobs_read_async (session, make_paper_job, job, job_free, (GDestroyNotify) lz_paper_free,
                      cancellable, callback, user_data);
}

LzPaper *
lz_weekly_data_make_paper_finish (GAsyncResult *result, GError **error)
{
  return lz_jobs_finish (result, error);
}

static gpointer
write_job (LzStation *station, gpointer user_data, GError **error)
{
  Job *job = user_data;
  g_autoptr (LzEdition) edition = NULL;
  LzReportFormat format;

  if (!lz_report_format_from_path (job->words, &format))
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID,
                           _ ("Let the file's name end with .pdf, .xlsx, .csv or .json."));
      return NULL;
    }
  edition = load_edition (station, job, error);
  return done (edition != NULL &&
               lz_edition_write (edition, station, job->words, format, job->cancellable, error));
}

void
lz_weekly_data_write_async (LzSession *session,
                            LzFiguresKind kind,
                            const LzPeriod *period,
                            LzBulletinText *text,
                            const char *path,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  Job *job = job_new (kind, period, text);

  job->words = g_strdup (path);
  job->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  lz_jobs_read_async (session, write_job, job, job_free, NULL, cancellable, callback, user_data);
}
