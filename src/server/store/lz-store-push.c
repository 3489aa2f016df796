/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-store-push.h"
#include "lz-wire.h"

/* clang-format off */
static const char sql_device[] = "SELECT user, seq FROM device WHERE id = ?1";

static const char sql_save_device[] =
  "INSERT INTO device VALUES (?1, NULL, ?2) ON CONFLICT (id) DO UPDATE SET seq = excluded.seq";

static const char sql_find_event[] = "SELECT home_seq, received_at, line FROM event WHERE id = ?1";

static const char sql_find_refusal[] =
  "SELECT code, state, basis, message, received_at, line FROM refusal WHERE id = ?1";

static const char sql_add_refusal[] =
  "INSERT INTO refusal VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
/* clang-format on */

static void
clear_item (gpointer data)
{
  LzPushItem *item = data;

  lz_event_free (item->event);
  g_free (item->canonical);
  g_free (item->refused);
  g_free (item->state);
  g_free (item->message);
}

/**
 * lz_push_new:
 * @account: who hands in; must outlive the push
 * @device: whose numbers the events have; must outlive the push
 */
LzPush *
lz_push_new (const LzAccount *account, const char *device, gint64 now_ms)
{
  LzPush *self = g_new0 (LzPush, 1);

  self->account = account;
  self->device = device;
  self->now_ms = now_ms;
  self->items = g_array_new (FALSE, TRUE, sizeof (LzPushItem));
  g_array_set_clear_func (self->items, clear_item);
  self->fed = g_ptr_array_new_with_free_func (g_free);
  self->heads = g_array_new (FALSE, TRUE, sizeof (LzServerFeed));
  g_array_set_clear_func (self->heads, (GDestroyNotify) lz_server_feed_clear);
  return self;
}

/* Takes both over. */
void
lz_push_add (LzPush *self, LzEvent *event, char *canonical)
{
  LzPushItem item = { .event = event, .canonical = canonical };

  g_array_append_val (self->items, item);
}

void
lz_push_free (LzPush *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->items);
  g_ptr_array_unref (self->fed);
  g_array_unref (self->heads);
  g_clear_error (&self->error);
  g_free (self);
}

static void
push_feed_free (gpointer data)
{
  PushFeed *feed = data;

  g_free (feed->feed);
  g_free (feed);
}

/* A station's numbers are used up by whoever hands in for it: only somebody of its own office may,
 * and for a unit, which serves them all, anybody's dispatcher. */
static gboolean
may_carry_for_owner (PushJob *job)
{
  g_autoptr (LzAccount) owner =
      job->owner != NULL ? lz_store_read_account (job->db, job->owner, NULL) : NULL;

  if (owner == NULL)
    return TRUE;
  for (guint i = 0; owner->feeds[i] != NULL; i++)
    if (g_str_has_prefix (owner->feeds[i], "unit:") ||
        lz_account_reads (job->push->account, owner->feeds[i]))
      return TRUE;
  return FALSE;
}

static gboolean
open_device (PushJob *job, GError **error)
{
  LzPush *push = job->push;
  g_autoptr (LzStmt) stmt = lz_db_borrow (job->db, sql_device, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, push->device);
  if (lz_db_step (job->db, stmt, "looking for a device", &failure))
    {
      job->owner = lz_stmt_dup_text (stmt, 0);
      push->have = sqlite3_column_int64 (stmt, 1);
    }
  if (!lz_stmt_ended (&failure, error))
    return FALSE;
  if (job->carried ? !may_carry_for_owner (job) : g_strcmp0 (job->owner, push->account->user) != 0)
    push->result = LZ_PUSH_DEVICE;
  return push->result == LZ_PUSH_OK;
}

/* Who knows an id only must not learn what became of another station's event. */
static gboolean
is_same_device (sqlite3_stmt *row, int column, const LzEvent *event)
{
  g_autoptr (LzEvent) was = lz_wire_parse_event ((const char *) sqlite3_column_text (row, column),
                                                 sqlite3_column_bytes (row, column), NULL);

  return was != NULL && g_strcmp0 (was->device, event->device) == 0;
}

/* The answer that the event got when it came first; FALSE with @error unset: it never did. */
static gboolean
recall (PushJob *job, LzPushItem *item, GError **error)
{
  g_autoptr (LzStmt) event = lz_db_borrow (job->db, sql_find_event, error);
  g_autoptr (LzStmt) refusal = lz_db_borrow (job->db, sql_find_refusal, error);

  if (event == NULL || refusal == NULL)
    return FALSE;
  lz_stmt_bind_key (event, 1, &item->event->id);
  if (lz_db_step (job->db, event, "looking for an event", error))
    {
      item->seq = sqlite3_column_int64 (event, 0);
      item->received_ms = sqlite3_column_int64 (event, 1);
      return is_same_device (event, 2, item->event);
    }
  lz_stmt_bind_key (refusal, 1, &item->event->id);
  if (!lz_db_step (job->db, refusal, "looking for a refusal", error) ||
      !is_same_device (refusal, 5, item->event))
    return FALSE;
  item->refused = lz_stmt_dup_text (refusal, 0);
  item->state = lz_stmt_dup_text (refusal, 1);
  lz_stmt_column_blob (refusal, 2, item->basis.bytes, sizeof item->basis.bytes);
  item->message = lz_stmt_dup_text (refusal, 3);
  item->received_ms = sqlite3_column_int64 (refusal, 4);
  return TRUE;
}

static gboolean
remember_refusal (PushJob *job, LzPushItem *item, GError **error)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (job->db, sql_add_refusal, error);

  if (stmt == NULL)
    return FALSE;
  item->received_ms = job->push->now_ms;
  lz_stmt_bind_key (stmt, 1, &item->event->id);
  lz_stmt_bind_text (stmt, 2, item->refused);
  lz_stmt_bind_text (stmt, 3, item->state);
  if (!lz_id_is_nil (&item->basis))
    lz_stmt_bind_key (stmt, 4, &item->basis);
  lz_stmt_bind_text (stmt, 5, item->message);
  sqlite3_bind_int64 (stmt, 6, item->received_ms);
  lz_stmt_bind_text (stmt, 7, job->push->account->user);
  lz_stmt_bind_text (stmt, 8, item->canonical);
  return lz_db_run (job->db, stmt, "remembering a refusal", error);
}

static gboolean
take_new (PushJob *job, LzPushItem *item, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (lz_push_check (job, item, &failure))
    {
      job->push->n_accepted++;
      return lz_push_accept (job, item, error);
    }
  if (!lz_stmt_ended (&failure, error))
    return FALSE;
  job->push->n_refused++;
  return remember_refusal (job, item, error);
}

static gboolean
take_items (PushJob *job, GError **error)
{
  LzPush *push = job->push;
  gint64 next = push->have + 1;

  for (guint i = 0; i < push->items->len; i++)
    {
      LzPushItem *item = &g_array_index (push->items, LzPushItem, i);
      gint64 number = item->event->device_seq;
      g_autoptr (GError) failure = NULL;

      if (number < next)
        {
          if (recall (job, item, &failure))
            continue;
          push->result = failure == NULL ? LZ_PUSH_DIVERGED : LZ_PUSH_FAILED;
          push->device_seq = number;
          if (failure != NULL)
            g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      if (number > next)
        {
          push->result = LZ_PUSH_GAP;
          return FALSE;
        }
      push->device_seq = number;
      if (job->carried && !lz_account_reads (push->account, item->event->feed))
        {
          push->result = LZ_PUSH_FEED;
          return FALSE;
        }
      if (!take_new (job, item, error))
        return FALSE;
      next++;
    }
  if (next == push->have + 1)
    return TRUE;

  g_autoptr (LzStmt) stmt = lz_db_borrow (job->db, sql_save_device, error);
  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, push->device);
  sqlite3_bind_int64 (stmt, 2, next - 1);
  return lz_db_run (job->db, stmt, "counting a device's events", error);
}

typedef struct
{
  LzPush *push;
  LzPushDone done;
  gpointer data;
} Request;

void
lz_push_job_init (PushJob *self, LzServerStore *store, LzDb *db, LzPush *push)
{
  *self = (PushJob){ .store = store, .db = db, .push = push };
  self->feeds = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, push_feed_free);
  self->actors =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) lz_account_free);
  self->units = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

void
lz_push_job_clear (PushJob *self)
{
  g_hash_table_unref (self->units);
  g_hash_table_unref (self->actors);
  g_hash_table_unref (self->feeds);
  g_clear_pointer (&self->calendar, lz_calendar_unref);
  g_free (self->owner);
}

static gboolean
run_push (LzServerStore *store, LzDb *db, gpointer data, GError **error)
{
  Request *request = data;
  PushJob job;
  gboolean ok;

  lz_push_job_init (&job, store, db, request->push);
  /* Events with the numbers of a station that is not the session's: see find_actor(). */
  job.carried = request->push->device == NULL;
  if (job.carried && request->push->items->len > 0)
    request->push->device = g_array_index (request->push->items, LzPushItem, 0).event->device;
  ok = request->push->device == NULL ||
       (open_device (&job, error) && lz_push_read_rules (&job, error) && take_items (&job, error) &&
        lz_push_save_feeds (&job, error));
  lz_push_job_clear (&job);
  return ok;
}

static void
push_done (gpointer data, const GError *error)
{
  Request *request = data;
  LzPush *push = request->push;

  /* An id that another device has used. */
  if (push->result == LZ_PUSH_OK && g_error_matches (error, LZ_ERROR, LZ_ERROR_CONSTRAINT))
    push->result = LZ_PUSH_DIVERGED;
  if (error != NULL && push->result == LZ_PUSH_OK)
    push->result = LZ_PUSH_FAILED;
  if (push->result == LZ_PUSH_FAILED && error != NULL)
    push->error = g_error_copy (error);
  request->done (push, request->data);
  g_free (request);
}

/**
 * lz_server_store_push:
 * @push: what to take; its @device %NULL: events that the account carries in for others, whose
 *   numbers then are those of the events' own device
 * @done: called in the writer thread when the result is durable
 * @data: for @done
 */
void
lz_server_store_push (LzServerStore *self, LzPush *push, LzPushDone done, gpointer data)
{
  Request *request = g_new0 (Request, 1);

  request->push = push;
  request->done = done;
  request->data = data;
  lz_writer_push (self->writer, run_push, request, push_done);
}
