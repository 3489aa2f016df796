/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-patrol-data.h"

#include "lz-jobs.h"
#include "lz-log.h"
#include "lz-track-code.h"

#include <string.h>

/* What was missed longer ago is the desk's and the bulletin's. */
#define MISSED_MS (14 * 24 * 3600 * G_GINT64_CONSTANT (1000))

#define MAX_HISTORY 300

void
lz_patrol_overview_free (LzPatrolOverview *self)
{
  if (self == NULL)
    return;

  lz_patrol_free (self->open);
  g_clear_pointer (&self->due, g_ptr_array_unref);
  g_clear_pointer (&self->missed, g_ptr_array_unref);
  g_clear_pointer (&self->history, g_ptr_array_unref);
  g_free (self);
}

void
lz_patrol_file_free (LzPatrolFile *self)
{
  if (self == NULL)
    return;

  lz_patrol_free (self->patrol);
  lz_clean_track_free (self->track);
  g_clear_pointer (&self->cases, g_ptr_array_unref);
  g_clear_pointer (&self->notes, g_ptr_array_unref);
  g_free (self);
}

static void
free_overview (gpointer data)
{
  lz_patrol_overview_free (data);
}

static void
free_file (gpointer data)
{
  lz_patrol_file_free (data);
}

/* Overview. */

typedef struct
{
  char *person;
  LzId road;
} Question;

static void
free_question (gpointer data)
{
  Question *question = data;

  g_free (question->person);
  g_free (question);
}

static int
compare_newest (gconstpointer a, gconstpointer b)
{
  const LzPatrolDuty *da = *(const LzPatrolDuty *const *) a;
  const LzPatrolDuty *db = *(const LzPatrolDuty *const *) b;

  if (da->period.from_ms != db->period.from_ms)
    return da->period.from_ms > db->period.from_ms ? -1 : 1;
  return strcmp (da->road_name, db->road_name);
}

static void
keep_missed (GPtrArray *duties)
{
  for (guint i = duties->len; i > 0; i--)
    if (((LzPatrolDuty *) duties->pdata[i - 1])->state != LZ_PATROL_MISSED)
      g_ptr_array_remove_index (duties, i - 1);
  g_ptr_array_sort (duties, compare_newest);
}

/* A job of the read thread. */
static gpointer
read_overview (LzStation *station, gpointer data, GError **error)
{
  const Question *question = data;
  g_autoptr (LzPatrolOverview) self = g_new0 (LzPatrolOverview, 1);
  g_autoptr (GError) failure = NULL;
  LzPatrolQuery query = { .person = question->person,
                          .road = question->road,
                          .limit = MAX_HISTORY };
  const char *me = lz_station_get_actor (station);
  gint64 now_ms = lz_station_now (station);
  LzId open;

  if (lz_patrols_find_open (station, NULL, &open, &failure))
    {
      self->open = lz_patrols_load (station, &open, error);
      if (self->open == NULL)
        return NULL;
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  self->due = lz_patrols_list_duties (station, me, NULL, now_ms, error);
  if (self->due == NULL)
    return NULL;
  self->missed = lz_patrols_list_duties (station, me, NULL, now_ms - MISSED_MS, error);
  if (self->missed == NULL)
    return NULL;
  keep_missed (self->missed);
  self->history = lz_patrols_list (station, &query, error);
  return self->history != NULL ? g_steal_pointer (&self) : NULL;
}

void
lz_patrol_overview_read_async (LzSession *session,
                               const char *person,
                               const LzId *road,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  Question *question = g_new0 (Question, 1);

  question->person = g_strdup (person);
  question->road = *road;
  lz_jobs_read_async (session, read_overview, question, free_question, free_overview, cancellable,
                      callback, user_data);
}

LzPatrolOverview *
lz_patrol_overview_read_finish (GAsyncResult *result, GError **error)
{
  return lz_jobs_finish (result, error);
}

/* One patrol. */

/* A job of the read thread. */
static gpointer
read_file (LzStation *station, gpointer data, GError **error)
{
  const LzId *id = data;
  g_autoptr (LzPatrolFile) self = g_new0 (LzPatrolFile, 1);
  g_autoptr (GArray) fids = NULL;

  self->patrol = lz_patrols_load (station, id, error);
  fids = self->patrol != NULL ? lz_patrols_list_cases (station, id, error) : NULL;
  if (fids == NULL)
    return NULL;
  self->track = lz_track_code_read (self->patrol->track);
  self->cases =
      lz_cases_load_rows (station, (const gint64 *) (gconstpointer) fids->data, fids->len, error);
  if (self->cases == NULL)
    return NULL;
  self->notes = lz_log_list_events (station, id, error);
  if (self->notes == NULL)
    return NULL;
  for (guint i = self->notes->len; i > 0; i--)
    {
      const LzEvent *event = self->notes->pdata[i - 1];

      if (event->body == NULL || event->body->text == NULL)
        g_ptr_array_remove_index (self->notes, i - 1);
    }
  return g_steal_pointer (&self);
}

void
lz_patrol_file_read_async (LzSession *session,
                           const LzId *patrol,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  lz_jobs_read_async (session, read_file, g_memdup2 (patrol, sizeof *patrol), g_free, free_file,
                      cancellable, callback, user_data);
}

LzPatrolFile *
lz_patrol_file_read_finish (GAsyncResult *result, GError **error)
{
  return lz_jobs_finish (result, error);
}

/* Acts. */

LzPatrolAct *
lz_patrol_act_new (LzPatrolActKind kind, const LzId *patrol)
{
  LzPatrolAct *self = g_new0 (LzPatrolAct, 1);

  self->kind = kind;
  if (patrol != NULL)
    self->patrol = *patrol;
  return self;
}

void
lz_patrol_act_free (LzPatrolAct *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_free (self->path);
  g_clear_pointer (&self->covers, g_ptr_array_unref);
  g_free (self);
}

static void
free_act (gpointer data)
{
  lz_patrol_act_free (data);
}

static gboolean
run (LzStation *station, LzPatrolAct *act, GError **error)
{
  switch (act->kind)
    {
    case LZ_PATROL_ACT_START:
      return lz_patrols_start (station, &act->patrol, error);
    case LZ_PATROL_ACT_FIX:
      return lz_patrols_add_fixes (station, &act->patrol, &act->fix, 1, error);
    case LZ_PATROL_ACT_FINISH:
      return lz_patrols_finish (station, &act->patrol, act->covers, act->text, error);
    case LZ_PATROL_ACT_ABANDON:
      return lz_patrols_abandon (station, &act->patrol, act->text, error);
    case LZ_PATROL_ACT_IMPORT:
      return lz_patrols_import (station, act->path, act->text, NULL, &act->patrol, error);
    case LZ_PATROL_ACT_ENTER:
      return lz_patrols_enter (station, act->from_ms, act->until_ms, act->covers, act->text,
                               &act->patrol, error);
    case LZ_PATROL_ACT_NOTE:
    default:
      return lz_patrols_note (station, &act->patrol, act->text, error);
    }
}

/* A job of the writing thread. */
static gpointer
run_act (LzStation *station, gpointer data, GError **error)
{
  LzPatrolAct *act = data;

  return run (station, act, error) ? g_memdup2 (&act->patrol, sizeof act->patrol) : NULL;
}

void
lz_patrol_act_async (LzSession *session,
                     LzPatrolAct *act,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  lz_jobs_write_async (session, run_act, act, free_act, g_free, callback, user_data);
}

gboolean
lz_patrol_act_finish (GAsyncResult *result, LzId *patrol, GError **error)
{
  return lz_jobs_finish_id (result, patrol, error);
}
