/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-store-push.h"
#include "lz-wire.h"

#include <nettle/sha2.h>
#include <string.h>

/* clang-format off */
static const char sql_add[] =
  "INSERT INTO event (id, subject, home_seq, received_at, user, line)"
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6)";

static const char sql_add_entry[] = "INSERT INTO feed_entry VALUES (?1, ?2, ?3, ?4)";
static const char sql_add_photo[] = "INSERT OR IGNORE INTO event_photo VALUES (?1, ?2)";
static const char sql_save_feed[] = "UPDATE feed SET head = ?2, chain = ?3 WHERE id = ?1";

static const char sql_former[] = "UPDATE case_unit SET current = 0 WHERE subject = ?1";

static const char sql_current[] =
  "INSERT INTO case_unit VALUES (?1, ?2, 1) ON CONFLICT DO UPDATE SET current = 1";

static const char sql_units[] =
  "SELECT f.feed, c.current FROM case_unit AS c JOIN feed AS f ON f.id = c.feed WHERE c.subject = ?1";

static const char sql_lacking[] =
  "SELECT n, line FROM event WHERE subject = ?1 AND NOT EXISTS"
  " (SELECT 1 FROM feed_entry AS f WHERE f.event = event.n AND f.feed = ?2) ORDER BY n";

/* clang-format on */

PushFeed *
lz_push_find_feed (PushJob *job, const char *feed, GError **error)
{
  PushFeed *known = g_hash_table_lookup (job->feeds, feed);
  PushFeed found = { 0 };

  if (known != NULL)
    return known;
  if (!lz_store_find_feed (job->db, feed, &found.id, &found.head, found.chain, error))
    return NULL;
  known = g_memdup2 (&found, sizeof found);
  known->feed = g_strdup (feed);
  g_hash_table_insert (job->feeds, known->feed, known);
  return known;
}

static gboolean
add_entry (PushJob *job, PushFeed *feed, gint64 n, const char *canonical, GError **error)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (job->db, sql_add_entry, error);
  struct sha256_ctx ctx;

  if (stmt == NULL)
    return FALSE;
  sha256_init (&ctx);
  sha256_update (&ctx, LZ_SHA256_SIZE, feed->chain);
  sha256_update (&ctx, strlen (canonical), (const guint8 *) canonical);
  sha256_digest (&ctx, LZ_SHA256_SIZE, feed->chain);
  feed->head++;
  feed->grown = TRUE;

  sqlite3_bind_int64 (stmt, 1, feed->id);
  sqlite3_bind_int64 (stmt, 2, feed->head);
  sqlite3_bind_int64 (stmt, 3, n);
  sqlite3_bind_blob (stmt, 4, feed->chain, LZ_SHA256_SIZE, SQLITE_STATIC);
  return lz_db_run (job->db, stmt, "adding to a feed", error);
}

static gboolean
add_photos (PushJob *job, const LzEvent *event, gint64 n, GError **error)
{
  if (event->body == NULL || event->body->photos == NULL)
    return TRUE;
  for (guint i = 0; i < event->body->photos->len; i++)
    {
      const LzPhotoRef *photo = &g_array_index (event->body->photos, LzPhotoRef, i);
      g_autoptr (LzStmt) stmt = lz_db_borrow (job->db, sql_add_photo, error);

      if (stmt == NULL)
        return FALSE;
      lz_stmt_bind_hash (stmt, 1, photo->sha256);
      sqlite3_bind_int64 (stmt, 2, n);
      if (!lz_db_run (job->db, stmt, "naming a photo", error))
        return FALSE;
    }
  return TRUE;
}

/* Everything of the case that the unit has not got yet, this event included. */
static gboolean
add_lacking (PushJob *job, PushFeed *unit, const LzId *subject, GError **error)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (job->db, sql_lacking, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_key (stmt, 1, subject);
  sqlite3_bind_int64 (stmt, 2, unit->id);
  while (lz_db_step (job->db, stmt, "filling a unit's feed", &failure))
    {
      LzKind kind = LZ_KIND_UNKNOWN;
      g_autofree char *canonical =
          lz_wire_cut_receipt ((const char *) sqlite3_column_text (stmt, 1),
                               (gsize) sqlite3_column_bytes (stmt, 1), &kind);

      if (canonical == NULL)
        g_set_error_literal (&failure, LZ_ERROR, LZ_ERROR_CORRUPT, "a line of the log is damaged");
      else if (kind != LZ_KIND_WITHDRAWN)
        add_entry (job, unit, sqlite3_column_int64 (stmt, 0), canonical, &failure);
      if (failure != NULL)
        break;
    }
  return lz_stmt_ended (&failure, error);
}

static gboolean
run_for_case (PushJob *job,
              const char *sql,
              const LzId *subject,
              const PushFeed *feed,
              GError **error)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (job->db, sql, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_key (stmt, 1, subject);
  if (feed != NULL)
    sqlite3_bind_int64 (stmt, 2, feed->id);
  return lz_db_run (job->db, stmt, "giving a case to a unit", error);
}

static const char *
find_unit_feed (PushJob *job, const char *name, GError **error)
{
  const char *known = g_hash_table_lookup (job->units, name);
  g_autoptr (GError) failure = NULL;
  char *feed;

  if (known != NULL)
    return known;
  feed = lz_push_dup_unit_feed (job, name, &failure);
  if (!lz_stmt_ended (&failure, error))
    return NULL;
  if (feed == NULL)
    feed = g_strdup ("");
  g_hash_table_insert (job->units, g_strdup (name), feed);
  return feed;
}

/* From now on the case is with the unit that the dispatch names, and with no other. */
static gboolean
give_to_unit (PushJob *job, const LzEvent *event, GError **error)
{
  const char *name = find_unit_feed (job, event->body->unit, error);
  g_autoptr (GError) failure = NULL;
  PushFeed *unit;

  if (name == NULL || !run_for_case (job, sql_former, &event->subject, NULL, error))
    return FALSE;
  if (*name == '\0')
    return TRUE;
  unit = lz_push_find_feed (job, name, &failure);
  if (!lz_stmt_ended (&failure, error))
    return FALSE;
  return unit == NULL || (run_for_case (job, sql_current, &event->subject, unit, error) &&
                          add_lacking (job, unit, &event->subject, error));
}

/* The unit that has the case gets the event, and so does one that had it if it is its own act. */
static gboolean
add_to_units (PushJob *job, const LzPushItem *item, gint64 n, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (LzStmt) stmt = lz_db_borrow (job->db, sql_units, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_key (stmt, 1, &item->event->subject);
  while (lz_db_step (job->db, stmt, "looking for a case's unit", &failure))
    if (sqlite3_column_int (stmt, 1) != 0 ||
        lz_account_reads (job->push->account, (const char *) sqlite3_column_text (stmt, 0)))
      g_ptr_array_add (names, lz_stmt_dup_text (stmt, 0));
  for (guint i = 0; i < names->len && failure == NULL; i++)
    {
      PushFeed *unit = lz_push_find_feed (job, names->pdata[i], &failure);

      if (unit != NULL)
        add_entry (job, unit, n, item->canonical, &failure);
    }
  return lz_stmt_ended (&failure, error);
}

static gboolean
add_event (PushJob *job, LzPushItem *item, const char *line, gint64 *n, GError **error)
{
  const LzEvent *event = item->event;
  g_autoptr (LzStmt) stmt = lz_db_borrow (job->db, sql_add, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_key (stmt, 1, &event->id);
  lz_stmt_bind_key (stmt, 2, &event->subject);
  sqlite3_bind_int64 (stmt, 3, event->home_seq);
  sqlite3_bind_int64 (stmt, 4, event->received_ms);
  sqlite3_bind_text (stmt, 5, job->push->account->user, -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 6, line, -1, SQLITE_STATIC);
  if (!lz_db_run (job->db, stmt, "adding an event", error))
    return FALSE;
  *n = sqlite3_last_insert_rowid (lz_db_get_handle (job->db));
  return TRUE;
}

gboolean
lz_push_accept (PushJob *job, LzPushItem *item, GError **error)
{
  LzEvent *event = item->event;
  PushFeed *home = lz_push_find_feed (job, event->feed, error);
  g_autofree char *line = NULL;
  g_autoptr (GError) failure = NULL;
  LzDeadline right = { 0 };
  gboolean is_wrong = FALSE, was_suspended = FALSE;
  LzCase *kase = NULL;
  gint64 n;

  if (home == NULL)
    return FALSE;
  event->home_seq = home->head + 1;
  event->received_ms = job->push->now_ms;
  line = lz_wire_add_receipt (item->canonical, event->home_seq, event->received_ms);
  g_return_val_if_fail (line != NULL, FALSE);
  /* Before the row is there: folding it anew must not count it twice. */
  if (event->kind != LZ_KIND_WITHDRAWN && event->kind != LZ_KIND_RECORD)
    {
      kase = lz_case_cache_get (job->store->cases, job->db, &event->subject, error);
      if (kase == NULL)
        return FALSE;
      is_wrong = lz_push_judge_due (job, kase, event, &right, &failure);
    }
  if (!lz_stmt_ended (&failure, error))
    return FALSE;
  if (!add_event (job, item, line, &n, error) ||
      !add_entry (job, home, n, item->canonical, error) || !add_photos (job, event, n, error))
    return FALSE;
  if (kase != NULL)
    {
      was_suspended = kase->state == LZ_STATE_SUSPENDED;
      lz_fold_apply (kase, event);
      if ((was_suspended || kase->state == LZ_STATE_SUSPENDED) &&
          !lz_push_note_suspension (job, kase, error))
        return FALSE;
      if (event->kind == LZ_KIND_DISPATCHED)
        {
          if (!give_to_unit (job, event, error))
            return FALSE;
        }
      else if (kase->unit != NULL && !add_to_units (job, item, n, error))
        return FALSE;
    }
  item->seq = event->home_seq;
  item->received_ms = event->received_ms;
  return !is_wrong || lz_push_put_due_right (job, kase, &right, error);
}

gboolean
lz_push_save_feeds (PushJob *job, GError **error)
{
  GHashTableIter iter;
  PushFeed *feed;

  g_hash_table_iter_init (&iter, job->feeds);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *) &feed))
    {
      g_autoptr (LzStmt) stmt = NULL;
      LzServerFeed head = { 0 };

      if (!feed->grown)
        continue;
      stmt = lz_db_borrow (job->db, sql_save_feed, error);
      if (stmt == NULL)
        return FALSE;
      sqlite3_bind_int64 (stmt, 1, feed->id);
      sqlite3_bind_int64 (stmt, 2, feed->head);
      lz_stmt_bind_hash (stmt, 3, feed->chain);
      if (!lz_db_run (job->db, stmt, "saving a feed", error))
        return FALSE;
      g_ptr_array_add (job->push->fed, g_strdup (feed->feed));
      head.feed = g_strdup (feed->feed);
      head.head = feed->head;
      memcpy (head.chain, feed->chain, sizeof head.chain);
      g_array_append_val (job->push->heads, head);
    }
  return TRUE;
}
