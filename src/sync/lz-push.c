/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-sync"

#include "config.h"

#include "lz-log.h"
#include "lz-push-batch.h"
#include "lz-unsent.h"

/* The server lacks what it once answered: it was restored from a backup.  What it lost is sent
 * again. */
static gboolean
go_back (LzSync *self, GError **error)
{
  gint64 have = lz_http_get_have (self->http);

  if (have < 0)
    {
      g_set_error_literal (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_NOT_OURS,
                           "a gap, but not from where on");
      return FALSE;
    }
  g_message ("the server has this device up to %" G_GINT64_FORMAT " only: sending again", have);
  return lz_sync_unconfirm_after (self->station, have, error);
}

/* Another store has used this device's name: this one was copied, or restored from a backup.  It
 * takes a name of its own; what the server has of it already keeps the old one.  The session is the
 * old name's: somebody must log in again. */
static gboolean
part_ways (LzSync *self, GCancellable *cancellable, GError **error)
{
  g_message ("another store uses this station's name: taking a new one");
  lz_token_forget (self->station);
  if (!lz_sync_take_new_device (self->station, error) || !lz_sync_pull (self, cancellable, error) ||
      !lz_sync_take_new_device (self->station, error))
    return FALSE;
  g_set_error_literal (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_DIVERGED,
                       "another store uses this station's name; it has a new one now");
  return FALSE;
}

/* Acts of other stations that came here in a file go up under this account. */
static gboolean
push_carried (LzSync *self, const char *device, GCancellable *cancellable, GError **error)
{
  while (TRUE)
    {
      GPtrArray *events =
          lz_sync_list_carried (self->station, device, LZ_PUSH_EVENTS, LZ_PUSH_BYTES, error);
      g_autoptr (LzPushBatch) batch = NULL;

      if (events == NULL)
        return FALSE;
      if (events->len == 0)
        {
          g_ptr_array_unref (events);
          return TRUE;
        }
      lz_sync_enter (self, LZ_SYNC_PUSHING);
      batch = lz_push_batch_new (self, events, error);
      if (batch == NULL || !lz_push_batch_send (batch, self, cancellable, error) ||
          !lz_push_batch_keep (batch, self, error))
        return FALSE;
      lz_push_batch_tell (batch, self);
    }
}

gboolean
lz_sync_carry (LzSync *self, GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) devices = lz_unsent_list_devices (self->station);

  for (char **device = devices; *device != NULL; device++)
    if (!push_carried (self, *device, cancellable, error))
      return FALSE;
  return TRUE;
}

/* What the station does while the server is at a batch: its disk and the server's work together. */
typedef struct
{
  LzSync *sync;
  LzPushBatch *answered; /* (nullable): the batch before, whose receipts are to be kept */
  gint64 after;          /* the number after which the next batch begins; -1 = none is to be made */
  LzPushBatch *next;     /* (out) (nullable) */
  GError *error;
} Meanwhile;

/* NULL without @error: nothing waits. */
static LzPushBatch *
offer (LzSync *self, gint64 after, GError **error)
{
  GPtrArray *events = lz_sync_offer (self->station, after, LZ_PUSH_EVENTS, LZ_PUSH_BYTES, error);

  if (events != NULL && events->len > 0)
    return lz_push_batch_new (self, events, error);
  g_clear_pointer (&events, g_ptr_array_unref);
  return NULL;
}

static gpointer
work_meanwhile (gpointer data)
{
  Meanwhile *work = data;

  if ((work->answered == NULL || lz_push_batch_keep (work->answered, work->sync, &work->error)) &&
      work->after >= 0)
    work->next = offer (work->sync, work->after, &work->error);
  return NULL;
}

/* Sends @batch.  Nothing here touches the station until the thread that does has ended. */
static gboolean
send_batch (LzPushBatch *batch, Meanwhile *work, GCancellable *cancellable, GError **error)
{
  GThread *thread = NULL;
  GError *failure = NULL;

  if (work->answered != NULL || work->after >= 0)
    thread = g_thread_new ("luzhang-push", work_meanwhile, work);
  lz_push_batch_send (batch, work->sync, cancellable, &failure);
  if (thread != NULL)
    g_thread_join (thread);
  if (work->error == NULL && work->answered != NULL)
    lz_push_batch_tell (work->answered, work->sync);
  if (work->error != NULL)
    {
      g_clear_error (&failure);
      failure = work->error;
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, failure);
  return FALSE;
}

/* Sends what waits, a batch after the other; @sent: whether there was any. */
static gboolean
push_waiting (LzSync *self, gboolean *sent, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzPushBatch) batch = offer (self, 0, &failure);
  g_autoptr (LzPushBatch) answered = NULL;

  *sent = batch != NULL;
  if (batch != NULL)
    lz_sync_enter (self, LZ_SYNC_PUSHING);
  while (batch != NULL)
    {
      /* A small batch has nothing behind it, and is not worth a thread. */
      gboolean more = batch->events->len >= LZ_PUSH_EVENTS / 2 ||
                      g_bytes_get_size (batch->lines) >= LZ_PUSH_BYTES / 2;
      Meanwhile work = { self, answered, more ? lz_push_batch_get_last (batch) : -1, NULL, NULL };
      gboolean ok = send_batch (batch, &work, cancellable, &failure);

      g_clear_pointer (&answered, lz_push_batch_free);
      answered = g_steal_pointer (&batch);
      batch = work.next;
      if (!ok)
        break;
    }
  if (failure == NULL && answered != NULL && lz_push_batch_keep (answered, self, &failure))
    lz_push_batch_tell (answered, self);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* Sends what waits, in the order of its numbers; what time has ended by itself goes along.  Every
 * pass either shrinks what waits or ends. */
gboolean
lz_sync_push (LzSync *self, GCancellable *cancellable, GError **error)
{
  gboolean went_back = FALSE;

  if (!lz_log_follow_time (self->station, NULL, error))
    return FALSE;
  while (TRUE)
    {
      g_autoptr (GError) failure = NULL;
      gboolean sent = FALSE;

      if (push_waiting (self, &sent, cancellable, &failure))
        {
          if (!sent)
            return TRUE;
          continue;
        }
      if (g_error_matches (failure, LZ_SYNC_ERROR, LZ_SYNC_ERROR_GAP) && !went_back)
        {
          went_back = TRUE;
          if (go_back (self, error))
            continue;
          return FALSE;
        }
      if (g_error_matches (failure, LZ_SYNC_ERROR, LZ_SYNC_ERROR_DIVERGED))
        return part_ways (self, cancellable, error);
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
}
