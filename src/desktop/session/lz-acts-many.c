/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-acts-many.h"

#include "lz-log.h"
#include "lz-routes.h"

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
static gboolean
fill_body (LzStation *station, const LzCase *item, guint needs, LzBody *body, GError **error)
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
    {
      g_autoptr (LzRoute) route = lz_routes_find (station, item->category, error);

      if (route == NULL)
        return FALSE;
      body->unit = g_strdup (route->unit);
      if (body->assist == NULL)
        body->assist = g_strdup (route->assist);
    }
  if ((needs & LZ_NEEDS_UNTIL) && body->until_ms == 0)
    body->until_ms = item->until_ms;
  return TRUE;
}

static void
clear_act (gpointer data)
{
  lz_body_free (((LzAct *) data)->body);
}

/* One act for each case, with a body of its own. */
static GArray *
make_acts (LzStation *station, const Request *request, GError **error)
{
  g_autoptr (GArray) acts = g_array_new (FALSE, TRUE, sizeof (LzAct));
  const gint64 *fids = (const gint64 *) (gpointer) request->fids->data;

  g_array_set_clear_func (acts, clear_act);
  for (guint at = 0; at < request->fids->len; at += ROWS_AT_ONCE)
    {
      g_autoptr (GPtrArray) rows =
          lz_cases_load_rows (station, fids + at, MIN (ROWS_AT_ONCE, request->fids->len - at),
                              error);

      for (guint i = 0; rows != NULL && i < rows->len; i++)
        {
          const LzCaseRow *row = rows->pdata[i];
          g_autoptr (LzCase) item = lz_cases_load (station, &row->id, error);
          const LzTransition *step = item != NULL ? lz_fold_find_row (item, request->kind) : NULL;
          LzAct act = { .kind = request->kind, .subject = row->id };

          if (item == NULL)
            return NULL;
          act.body = lz_body_copy (request->body);
          g_array_append_val (acts, act);
          if (step != NULL && !fill_body (station, item, step->needs, act.body, error))
            return NULL;
        }
      if (rows == NULL)
        return NULL;
    }

  return g_steal_pointer (&acts);
}

/* A job of the writing thread. */
static gpointer
run_many (LzStation *station, gpointer data, GError **error)
{
  const Request *request = data;
  g_autoptr (GArray) acts = make_acts (station, request, error);
  g_auto (LzActMany) many = { 0 };
  LzManyDone *done;

  if (acts == NULL ||
      !lz_log_act_many (station, (const LzAct *) (gpointer) acts->data, acts->len, &many, error))
    return NULL;

  done = g_new0 (LzManyDone, 1);
  done->kind = request->kind;
  done->n_done = many.done->len;
  done->n_refused = many.refused->len;
  if (many.refused->len > 0)
    done->reason = g_strdup (g_array_index (many.refused, LzActRefusal, 0).reason);
  return done;
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
