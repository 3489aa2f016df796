/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-acts-many.h"

#include "lz-log.h"

#define ROWS_AT_ONCE 500

typedef struct
{
  LzKind kind;
  GArray *fids;
  LzBody *body;
} Request;

void
lz_many_done_free (LzManyDone *self)
{
  if (self == NULL)
    return;

  g_free (self->reason);
  g_clear_pointer (&self->events, g_array_unref);
  g_free (self);
}

static void
free_done (gpointer data)
{
  lz_many_done_free (data);
}

static void
request_free (gpointer data)
{
  Request *request = data;

  g_array_unref (request->fids);
  lz_body_free (request->body);
  g_free (request);
}

/* What the office would say of this very case where the person said it of none. */
static void
fill_body (LzStation *station, const LzCase *item, guint needs, LzBody *body)
{
  const LzCategory *category =
      lz_catalogue_find (lz_station_get_catalogue (station), item->category);
  const LzCondition *condition =
      category != NULL ? lz_category_find_condition (category, MAX (item->condition, 1)) : NULL;

  if ((needs & LZ_NEEDS_CONDITION) && body->condition == 0 && condition != NULL)
    {
      body->condition = condition->number;
      body->limit = condition->limit;
    }
  if ((needs & LZ_NEEDS_UNIT) && body->unit == NULL && category != NULL)
    body->unit = g_strdup (category->lead_unit);
  if ((needs & LZ_NEEDS_UNTIL) && body->until_ms == 0)
    body->until_ms = item->until_ms;
}

/* Asks the fold before the log is touched: a refusal in there would end the whole transaction. */
static gboolean
is_allowed (LzStation *station, const LzCase *item, LzKind kind, const LzBody *body, GError **error)
{
  g_autoptr (LzEvent) event = lz_event_new ();

  event->kind = kind;
  event->subject = item->id;
  event->occurred_ms = lz_station_now (station);
  event->body = lz_body_copy (body);
  event->body->due_ms = MAX (event->body->due_ms, 1); /* the log works it out */
  return lz_fold_check (item, event, lz_station_get_roles (station), error);
}

static void
count_refusal (LzManyDone *done, const GError *error)
{
  done->n_refused++;
  if (done->reason == NULL)
    done->reason = g_strdup (error->message);
}

/* FALSE: the whole work is to be given up. */
static gboolean
act_on (LzStation *station,
        const Request *request,
        const LzId *id,
        LzManyDone *done,
        GError **error)
{
  g_autoptr (LzCase) item = lz_cases_load (station, id, error);
  g_autoptr (LzBody) body = NULL;
  g_auto (LzActResult) result = { 0 };
  g_autoptr (GError) refusal = NULL;
  const LzTransition *row;
  LzAct act = { .kind = request->kind };

  if (item == NULL)
    return FALSE;

  body = lz_body_copy (request->body);
  row = lz_fold_find_row (item, request->kind);
  if (row != NULL)
    fill_body (station, item, row->needs, body);
  if (!is_allowed (station, item, request->kind, body, &refusal))
    {
      count_refusal (done, refusal);
      return TRUE;
    }

  act.subject = item->id;
  act.body = body;
  if (!lz_log_act (station, &act, &result, error))
    return FALSE;
  g_array_append_val (done->events, g_array_index (result.events, LzId, 0));
  done->n_done++;
  return TRUE;
}

static gboolean
act_on_all (LzStation *station, const Request *request, LzManyDone *done, GError **error)
{
  const gint64 *fids = (const gint64 *) (gpointer) request->fids->data;

  for (guint at = 0; at < request->fids->len; at += ROWS_AT_ONCE)
    {
      g_autoptr (GPtrArray) rows =
          lz_cases_load_rows (station, fids + at, MIN (ROWS_AT_ONCE, request->fids->len - at),
                              error);

      if (rows == NULL)
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        if (!act_on (station, request, &((const LzCaseRow *) rows->pdata[i])->id, done, error))
          return FALSE;
    }

  return TRUE;
}

/* A job of the writing thread. */
static gpointer
run_many (LzStation *station, gpointer data, GError **error)
{
  const Request *request = data;
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzManyDone) done = g_new0 (LzManyDone, 1);

  done->kind = request->kind;
  done->events = g_array_new (FALSE, FALSE, sizeof (LzId));
  if (!lz_db_begin (db, error))
    return NULL;
  if (!act_on_all (station, request, done, error))
    {
      lz_db_rollback (db);
      return NULL;
    }
  if (!lz_db_commit (db, error))
    return NULL;

  return g_steal_pointer (&done);
}

static void
many_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (LzManyDone) done = lz_store_job_finish (LZ_STORE (source), result, &error);

  if (done == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  lz_session_tell_many (g_task_get_source_object (task), done);
  g_task_return_boolean (task, TRUE);
}

void
lz_acts_run_many_async (LzSession *session,
                        LzKind kind,
                        GArray *fids,
                        LzBody *body,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task = NULL;
  Request *request = NULL;

  g_return_if_fail (LZ_IS_SESSION (session));
  g_return_if_fail (fids != NULL && body != NULL);

  task = g_task_new (session, NULL, callback, user_data);
  g_task_set_source_tag (task, lz_acts_run_many_async);
  request = g_new0 (Request, 1);
  request->kind = kind;
  request->fids = fids;
  request->body = body;
  lz_store_write_async (lz_session_get_store (session), run_many, request, request_free, free_done,
                        NULL, many_done_cb, task);
}

gboolean
lz_acts_run_many_finish (LzSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* A job of the writing thread: the latest first, as each must be the last of its case. */
static gpointer
undo_many (LzStation *station, gpointer data, GError **error)
{
  GArray *events = data;
  LzDb *db = lz_station_get_db (station);

  if (!lz_db_begin (db, error))
    return NULL;
  for (guint i = events->len; i > 0; i--)
    if (!lz_log_withdraw (station, &g_array_index (events, LzId, i - 1), error))
      {
        lz_db_rollback (db);
        return NULL;
      }
  lz_db_commit (db, error);

  return NULL;
}

static void
many_undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  lz_store_job_finish (LZ_STORE (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
free_events (gpointer data)
{
  g_array_unref (data);
}

void
lz_acts_undo_many_async (LzSession *session,
                         GArray *events,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  GTask *task = NULL;

  g_return_if_fail (LZ_IS_SESSION (session));
  g_return_if_fail (events != NULL);

  task = g_task_new (session, NULL, callback, user_data);
  g_task_set_source_tag (task, lz_acts_undo_many_async);
  lz_store_write_async (lz_session_get_store (session), undo_many, g_array_ref (events),
                        free_events, NULL, NULL, many_undone_cb, task);
}

gboolean
lz_acts_undo_many_finish (LzSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
