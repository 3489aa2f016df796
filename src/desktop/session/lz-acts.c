/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-acts.h"

#include <glib/gi18n.h>

#include "lz-event-table.h"
#include "lz-jobs.h"
#include "lz-record-kinds.h"
#include "lz-uses.h"

typedef struct
{
  LzKind kind;
  LzId subject;
  LzBody *body;
  LzDraftCell *draft; /* nullable */
} Request;

static void
request_free (gpointer data)
{
  Request *request = data;

  g_clear_pointer (&request->body, lz_body_free);
  g_clear_pointer (&request->draft, lz_draft_cell_unref);
  g_free (request);
}

static gboolean
do_act (LzStation *station, const Request *request, LzId *subject, GError **error)
{
  g_auto (LzActResult) result = { 0 };
  LzAct act = {
    .kind = request->kind,
    .subject = request->subject,
    .body = request->body,
    .draft = request->draft != NULL ? request->draft->id : 0,
  };

  if (!lz_log_act (station, &act, &result, error))
    return FALSE;

  *subject = result.subject;
  return request->body == NULL || request->body->category == NULL ||
         lz_uses_add (station, request->body->category, error);
}

/* A job of the writing thread. */
static gpointer
run_act (LzStation *station, gpointer data, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  LzId subject;

  if (!lz_db_begin (db, error))
    return NULL;

  if (!do_act (station, data, &subject, error))
    {
      lz_db_rollback (db);
      return NULL;
    }

  if (!lz_db_commit (db, error))
    return NULL;

  if (((Request *) data)->draft != NULL)
    ((Request *) data)->draft->id = 0;
  return g_memdup2 (&subject, sizeof subject);
}

static void
act_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  LzKind kind = (LzKind) GPOINTER_TO_INT (g_task_get_task_data (task));
  GError *error = NULL;
  LzId *subject = lz_store_job_finish (LZ_STORE (source), result, &error);

  if (subject == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  lz_session_tell_act (g_task_get_source_object (task), kind, subject);
  g_task_return_pointer (task, subject, g_free);
}

void
lz_acts_run_async (LzSession *session,
                   LzKind kind,
                   const LzId *subject,
                   LzBody *body,
                   LzDraftCell *draft,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  GTask *task = NULL;
  Request *request = NULL;

  g_return_if_fail (LZ_IS_SESSION (session));

  task = g_task_new (session, cancellable, callback, user_data);
  g_task_set_source_tag (task, lz_acts_run_async);
  request = g_new0 (Request, 1);
  request->kind = kind;
  if (subject != NULL)
    request->subject = *subject;
  request->body = body;
  request->draft = draft != NULL ? lz_draft_cell_ref (draft) : NULL;

  g_task_set_task_data (task, GINT_TO_POINTER (kind), NULL);

  /* Not cancellable once it is asked for: an act that was asked for is done or refused. */
  lz_store_write_async (lz_session_get_store (session), run_act, request, request_free, g_free,
                        NULL, act_done_cb, task);
}

gboolean
lz_acts_run_finish (LzSession *session, GAsyncResult *result, LzId *subject, GError **error)
{
  g_autofree LzId *made = NULL;

  g_return_val_if_fail (g_task_is_valid (result, session), FALSE);

  made = g_task_propagate_pointer (G_TASK (result), error);
  if (made != NULL && subject != NULL)
    *subject = *made;

  return made != NULL;
}

/* Of what is no case the words are in the table of records. */
static const char *
get_label (const LzEvent *event)
{
  const LzRecordKind *row =
      event->kind_name != NULL ? lz_record_kind_find (event->kind_name) : NULL;

  return row != NULL ? _ (row->label) : lz_kind_label (event->kind);
}

/* A job of the writing thread. */
static gpointer
undo_last (LzStation *station, gpointer data, GError **error)
{
  g_autoptr (LzEvent) event = NULL;
  LzUndone undone = { 0 };
  LzId last;

  if (!lz_log_find_last (station, &last))
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, "Nothing to undo");
      return NULL;
    }

  event = lz_event_table_find (station, &last, error);
  undone.n = event != NULL ? lz_log_withdraw_last (station, error) : 0;
  if (undone.n == 0)
    return NULL;

  undone.kind = event->kind;
  undone.label = get_label (event);
  undone.subject = event->subject;
  undone.is_draft = lz_id_is_nil (&event->basis);
  return g_memdup2 (&undone, sizeof undone);
}

void
lz_acts_undo_async (LzSession *session, GAsyncReadyCallback callback, gpointer user_data)
{
  lz_jobs_write_async (session, undo_last, NULL, NULL, g_free, callback, user_data);
}

gboolean
lz_acts_undo_finish (LzSession *session, GAsyncResult *result, LzUndone *undone, GError **error)
{
  g_autofree LzUndone *made = lz_jobs_finish (result, error);

  if (made != NULL)
    *undone = *made;

  return made != NULL;
}

char *
lz_acts_dup_undone_text (const LzUndone *undone, const GError *error)
{
  if (g_error_matches (error, LZ_ERROR, LZ_ERROR_NOT_FOUND))
    return g_strdup (_ ("There is nothing to undo."));
  if (g_error_matches (error, LZ_ERROR, LZ_ERROR_REFUSED))
    return g_strdup (_ ("It has been sent already, or something was built on it."));
  if (error != NULL)
    return g_strdup (lz_error_explain (error));
  if (undone->n > 1)
    return g_strdup_printf (ngettext ("Taken back from %u case: %s.",
                                      "Taken back from %u cases: %s.", undone->n),
                            undone->n, undone->label);
  return g_strdup_printf (undone->is_draft ? _ ("Taken back: %s. It is a draft again.")
                                           : _ ("Taken back: %s."),
                          undone->label);
}
