/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-draft-cell.h"

typedef struct
{
  LzDraftCell *cell;
  LzDraft *draft; /* %NULL: remove it */
} Work;

LzDraftCell *
lz_draft_cell_new (gint64 id)
{
  LzDraftCell *self = g_atomic_rc_box_new0 (LzDraftCell);

  self->id = id;
  return self;
}

LzDraftCell *
lz_draft_cell_ref (LzDraftCell *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
lz_draft_cell_unref (LzDraftCell *self)
{
  g_atomic_rc_box_release (self);
}

static void
work_free (gpointer data)
{
  Work *work = data;

  lz_draft_cell_unref (work->cell);
  g_clear_pointer (&work->draft, lz_draft_free);
  g_free (work);
}

/* A job of the writing thread. */
static gpointer
save (LzStation *station, gpointer data, GError **error)
{
  Work *work = data;

  work->draft->id = work->cell->id;
  if (!lz_drafts_save (station, work->draft, error))
    return NULL;

  work->cell->id = work->draft->id;
  return g_memdup2 (&work->draft->id, sizeof work->draft->id);
}

/* A job of the writing thread. */
static gpointer
remove_draft (LzStation *station, gpointer data, GError **error)
{
  Work *work = data;

  if (work->cell->id != 0 && !lz_drafts_remove (station, work->cell->id, error))
    return NULL;

  work->cell->id = 0;
  return g_memdup2 (&work->cell->id, sizeof work->cell->id);
}

static void
job_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autofree gint64 *id = lz_store_job_finish (LZ_STORE (source), result, &error);

  if (id != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
run (LzDraftCell *self,
     LzSession *session,
     LzJob job,
     LzDraft *draft,
     GAsyncReadyCallback callback,
     gpointer user_data)
{
  GTask *task = g_task_new (session, NULL, callback, user_data);
  Work *work = g_new0 (Work, 1);

  work->cell = lz_draft_cell_ref (self);
  work->draft = draft;
  lz_store_write_async (lz_session_get_store (session), job, work, work_free, g_free, NULL,
                        job_done_cb, task);
}

void
lz_draft_cell_save_async (LzDraftCell *self,
                          LzSession *session,
                          LzDraft *draft,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (self != NULL && draft != NULL);
  g_return_if_fail (LZ_IS_SESSION (session));

  run (self, session, save, draft, callback, user_data);
}

gboolean
lz_draft_cell_save_finish (LzSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

void
lz_draft_cell_remove_async (LzDraftCell *self,
                            LzSession *session,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (LZ_IS_SESSION (session));

  run (self, session, remove_draft, NULL, callback, user_data);
}

gboolean
lz_draft_cell_remove_finish (LzSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
