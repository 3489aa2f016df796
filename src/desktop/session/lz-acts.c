/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-acts.h"

#include <glib/gi18n.h>

#include "lz-uses.h"

/* The acts that can be taken back, the last one last: "subject kind event,event…" a line. */
#define UNDO_KEY   "undo"
#define UNDO_DEPTH 20

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

static char *
describe_act (LzKind kind, const LzActResult *result)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *subject = lz_id_dup_string (&result->subject);

  g_string_append_printf (line, "%s %s ", subject, lz_kind_to_string (kind));
  for (guint i = 0; i < result->events->len; i++)
    {
      char text[LZ_ID_STRING_SIZE];

      lz_id_format (&g_array_index (result->events, LzId, i), text);
      g_string_append_printf (line, "%s%s", i > 0 ? "," : "", text);
    }

  return g_string_free (g_steal_pointer (&line), FALSE);
}

static GPtrArray *
load_undo (LzStation *station)
{
  g_autofree char *text = lz_station_dup_setting (station, UNDO_KEY, "");
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GPtrArray *acts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; lines[i] != NULL; i++)
    if (*lines[i] != '\0')
      g_ptr_array_add (acts, g_strdup (lines[i]));

  return acts;
}

static gboolean
save_undo (LzStation *station, GPtrArray *acts, GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  while (acts->len > UNDO_DEPTH)
    g_ptr_array_remove_index (acts, 0);
  for (guint i = 0; i < acts->len; i++)
    g_string_append_printf (text, "%s\n", (const char *) acts->pdata[i]);

  return lz_station_set_setting (station, UNDO_KEY, text->str, error);
}

static gboolean
do_act (LzStation *station, const Request *request, LzId *subject, GError **error)
{
  g_auto (LzActResult) result = { 0 };
  g_autoptr (GPtrArray) undo = NULL;
  LzAct act = {
    .kind = request->kind,
    .subject = request->subject,
    .body = request->body,
    .draft = request->draft != NULL ? request->draft->id : 0,
  };

  if (!lz_log_act (station, &act, &result, error))
    return FALSE;

  *subject = result.subject;
  undo = load_undo (station);
  g_ptr_array_add (undo, describe_act (request->kind, &result));

  return save_undo (station, undo, error) &&
         (request->body == NULL || request->body->category == NULL ||
          lz_uses_add (station, request->body->category, error));
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

static void
job_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  gpointer value = lz_store_job_finish (LZ_STORE (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, value, g_free);
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

/* The newest draft; 0 if there is none. */
static gboolean
find_newest_draft (LzStation *station, gint64 *id, GError **error)
{
  g_autoptr (GPtrArray) drafts = lz_drafts_list (station, error);

  *id = 0;
  for (guint i = 0; drafts != NULL && i < drafts->len; i++)
    *id = MAX (*id, ((const LzDraft *) drafts->pdata[i])->id);

  return drafts != NULL;
}

/* Of the events of an act the first is the person's; what the rules answered goes with it. */
static gboolean
take_back (LzStation *station, const char *line, LzUndone *undone, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (line, " ", 3);
  g_auto (GStrv) events = NULL;
  gint64 before, after;
  LzId act;

  if (g_strv_length (parts) == 3)
    events = g_strsplit (parts[2], ",", 2);
  if (events == NULL || !lz_id_parse (parts[0], &undone->subject) || !lz_id_parse (events[0], &act))
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_CORRUPT, "The note for undoing is damaged");
      return FALSE;
    }

  undone->kind = lz_kind_from_string (parts[1]);
  if (!find_newest_draft (station, &before, error) || !lz_log_withdraw (station, &act, error) ||
      !find_newest_draft (station, &after, error))
    return FALSE;

  undone->draft = after > before ? after : 0; /* the store makes a draft of a report taken back */
  return TRUE;
}

/* A job of the writing thread. */
static gpointer
undo_last (LzStation *station, gpointer data, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GPtrArray) acts = load_undo (station);
  LzUndone undone = { 0 };
  g_autofree char *line = NULL;

  if (acts->len == 0)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, "Nothing to undo");
      return NULL;
    }

  line = g_ptr_array_steal_index (acts, acts->len - 1);
  if (!lz_db_begin (db, error))
    return NULL;

  if (!take_back (station, line, &undone, error) || !save_undo (station, acts, error))
    {
      lz_db_rollback (db);
      /* What was sent meanwhile can never be taken back: the next Undo is about the one before. */
      if (g_error_matches (*error, LZ_ERROR, LZ_ERROR_REFUSED))
        save_undo (station, acts, NULL);
      return NULL;
    }

  return lz_db_commit (db, error) ? g_memdup2 (&undone, sizeof undone) : NULL;
}

void
lz_acts_undo_async (LzSession *session,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  GTask *task = NULL;

  g_return_if_fail (LZ_IS_SESSION (session));

  task = g_task_new (session, cancellable, callback, user_data);
  g_task_set_source_tag (task, lz_acts_undo_async);
  lz_store_write_async (lz_session_get_store (session), undo_last, NULL, NULL, g_free, NULL,
                        job_done_cb, task);
}

gboolean
lz_acts_undo_finish (LzSession *session, GAsyncResult *result, LzUndone *undone, GError **error)
{
  g_autofree LzUndone *made = NULL;

  g_return_val_if_fail (g_task_is_valid (result, session), FALSE);

  made = g_task_propagate_pointer (G_TASK (result), error);
  if (made != NULL)
    *undone = *made;

  return made != NULL;
}
