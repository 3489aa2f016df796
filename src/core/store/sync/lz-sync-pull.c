/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-event-table.h"
#include "lz-folding.h"
#include "lz-stmt.h"
#include "lz-sync-feeds.h"
#include "lz-wire.h"

/* clang-format off */
static const char sql_feeds[] =
  "SELECT name, title, seq, chain, head FROM feed WHERE head >= 0 ORDER BY name";

static const char sql_feed[] =
  "SELECT name, title, seq, chain, head FROM feed WHERE name = ?1";

/* Until the account names them again. */
static const char sql_drop_feeds[] =
  "UPDATE feed SET head = -1";

static const char sql_set_feed[] =
  "INSERT INTO feed (name, title, seq, chain, head) VALUES (?1, ?2, 0, zeroblob (32), ?3)"
  " ON CONFLICT (name) DO UPDATE SET title = excluded.title, head = excluded.head";

static const char sql_move_cursor[] =
  "UPDATE feed SET seq = ?2, chain = ?3, head = max (head, ?2) WHERE name = ?1";

static const char sql_add_line[] =
  "INSERT INTO feed_line (feed, seq, event, chain) VALUES (?1, ?2, ?3, ?4)";

static const char sql_held[] =
  "SELECT " LZ_EVENT_COLUMNS ", status FROM event WHERE id = ?1";

static const char sql_place[] =
  "UPDATE event SET home_seq = ?2, received_at = ?3, status = 0 WHERE id = ?1";

static const char sql_adopt[] =
  "UPDATE event SET device = ?2, device_seq = ?3 WHERE id = ?1 AND home_seq IS NULL";
/* clang-format on */

void
lz_feed_free (LzFeed *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->title);
  g_free (self);
}

static LzFeed *
read_feed (LzStmt *stmt)
{
  LzFeed *feed = g_new0 (LzFeed, 1);

  feed->name = lz_stmt_dup_text (stmt, 0);
  feed->title = lz_stmt_dup_text (stmt, 1);
  feed->seq = sqlite3_column_int64 (stmt, 2);
  if (sqlite3_column_bytes (stmt, 3) == LZ_SHA256_SIZE)
    memcpy (feed->chain, sqlite3_column_blob (stmt, 3), LZ_SHA256_SIZE);
  feed->head = sqlite3_column_int64 (stmt, 4);
  return feed;
}

GPtrArray *
lz_sync_list_feeds (LzStation *station, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GPtrArray) feeds = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_feed_free);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_feeds, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;
  while (lz_db_step (db, stmt, "reading the feeds", &failure))
    g_ptr_array_add (feeds, read_feed (stmt));
  if (!lz_stmt_ended (&failure, error))
    return NULL;
  return g_steal_pointer (&feeds);
}

static gboolean
set_feed (LzStation *station, const LzFeed *feed, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_set_feed, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, feed->name);
  lz_stmt_bind_text (stmt, 2, feed->title);
  sqlite3_bind_int64 (stmt, 3, feed->head);
  return lz_db_run (db, stmt, "keeping a feed", error);
}

/* Feeds that were taken from the account stay here as far as they were read. */
gboolean
lz_sync_set_feeds (LzStation *station, GPtrArray *feeds, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  gboolean ok;

  if (!lz_db_begin (db, error))
    return FALSE;
  ok = lz_db_exec (db, sql_drop_feeds, error);
  for (guint i = 0; ok && i < feeds->len; i++)
    ok = set_feed (station, g_ptr_array_index (feeds, i), error);
  if (ok)
    return lz_db_commit (db, error);
  lz_db_rollback (db);
  return FALSE;
}

LzFeed *
lz_sync_load_feed (LzStation *station, const char *name, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_feed, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_text (stmt, 1, name);
  if (lz_db_step (db, stmt, "reading a feed", &failure))
    return read_feed (stmt);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, "no feed “%s”", name);
  return NULL;
}

static gboolean
set_broken (GError **error, const LzFeed *feed, const LzFeedLine *line, const char *how)
{
  g_set_error (error, LZ_ERROR, LZ_ERROR_CORRUPT, "feed %s, line %" G_GINT64_FORMAT ": %s",
               feed->name, line->seq, how);
  return FALSE;
}

static gboolean
verify_line (const LzFeed *feed, const LzFeedLine *line, GError **error)
{
  guint8 chain[LZ_SHA256_SIZE];

  if (line->seq != feed->seq + 1)
    return set_broken (error, feed, line, "a line is missing before it");
  if (g_strcmp0 (line->event->feed, feed->name) == 0 && line->event->home_seq != line->seq)
    return set_broken (error, feed, line, "its place is not the one it says");
  if (line->event->home_seq <= 0)
    return set_broken (error, feed, line, "it has no place in its home feed");
  lz_wire_chain_bytes (feed->chain, g_bytes_get_data (line->canonical, NULL),
                       g_bytes_get_size (line->canonical), chain);
  if (memcmp (chain, line->chain, sizeof chain) != 0)
    return set_broken (error, feed, line,
                       "it does not fit the chain: it was changed, or one before it");
  return TRUE;
}

gboolean
lz_sync_add_line (LzStation *station, const LzFeed *feed, const LzFeedLine *line, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_add_line, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_lend_text (stmt, 1, feed->name);
  sqlite3_bind_int64 (stmt, 2, line->seq);
  lz_stmt_lend_id (stmt, 3, &line->event->id);
  sqlite3_bind_blob (stmt, 4, line->chain, LZ_SHA256_SIZE, SQLITE_STATIC);
  return lz_db_run (db, stmt, "keeping a line of a feed", error);
}

static gboolean
place_event (LzStation *station, const LzEvent *event, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_place, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, &event->id);
  sqlite3_bind_int64 (stmt, 2, event->home_seq);
  sqlite3_bind_int64 (stmt, 3, event->received_ms);
  return lz_db_run (db, stmt, "placing an event", error);
}

/* A store that had to take another device name hears of an act that the server has under the old
 * one: then that is what it is called. */
static gboolean
adopt_number (LzStation *station, LzEvent *held, const LzEvent *event, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = NULL;

  if (held->home_seq != 0 ||
      (strcmp (held->device, event->device) == 0 && held->device_seq == event->device_seq))
    return TRUE;
  stmt = lz_db_borrow (db, sql_adopt, error);
  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, &event->id);
  lz_stmt_bind_text (stmt, 2, event->device);
  sqlite3_bind_int64 (stmt, 3, event->device_seq);
  g_free (held->device);
  held->device = g_strdup (event->device);
  held->device_seq = event->device_seq;
  return lz_db_run (db, stmt, "numbering an event", error);
}

static LzEvent *
find_held (LzStation *station, const LzId *id, gboolean *counts, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_held, error);
  LzEvent *held = NULL;

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_id (stmt, 1, id);
  if (lz_db_step (db, stmt, "reading the log", error))
    held = lz_event_table_read (stmt, error);
  *counts = held != NULL && sqlite3_column_int (stmt, 12) == 0;
  return held;
}

/* An event that we hold must come back byte by byte as we hold it. */
static gboolean
compare_held (LzStation *station,
              const LzFeed *feed,
              const LzFeedLine *line,
              LzFolding *folding,
              GError **error)
{
  const LzEvent *event = line->event;
  gboolean counts;
  g_autoptr (LzEvent) held = find_held (station, &event->id, &counts, error);
  g_autofree char *ours = NULL;
  gsize size;
  const char *theirs = g_bytes_get_data (line->canonical, &size);

  if (held == NULL || !adopt_number (station, held, event, error))
    return FALSE;
  ours = lz_wire_write_event (held);
  if (strlen (ours) != size || memcmp (ours, theirs, size) != 0)
    return set_broken (error, feed, line, "the event is not the one that this station holds");
  if (held->home_seq != 0 && held->home_seq != event->home_seq)
    return set_broken (error, feed, line, "its place in the home feed has changed");
  if (held->home_seq != 0 && held->received_ms == event->received_ms && counts)
    return TRUE; /* placed by its receipt, or read in another feed */
  lz_folding_renew (folding, &event->subject);
  return place_event (station, event, error);
}

static gboolean
take_event (LzStation *station,
            const LzFeed *feed,
            const LzFeedLine *line,
            LzFolding *folding,
            gboolean *is_new,
            GError **error)
{
  if (!lz_event_table_add_if_new (station, line->event, is_new, error))
    return FALSE;
  return *is_new ? lz_folding_add (folding, line->event, error)
                 : compare_held (station, feed, line, folding, error);
}

gboolean
lz_sync_move_cursor (LzStation *station, const LzFeed *feed, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_move_cursor, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, feed->name);
  sqlite3_bind_int64 (stmt, 2, feed->seq);
  sqlite3_bind_blob (stmt, 3, feed->chain, LZ_SHA256_SIZE, SQLITE_TRANSIENT);
  return lz_db_run (db, stmt, "moving the cursor", error);
}

static gboolean
take_in_transaction (LzStation *station,
                     const char *name,
                     GArray *lines,
                     guint *n_new,
                     GError **error)
{
  g_autoptr (LzFeed) feed = lz_sync_load_feed (station, name, error);
  g_autoptr (LzFolding) folding = lz_folding_new (station);

  if (feed == NULL)
    return FALSE;
  for (guint i = 0; i < lines->len; i++)
    {
      const LzFeedLine *line = &g_array_index (lines, LzFeedLine, i);
      gboolean is_new = FALSE;

      if (!verify_line (feed, line, error) ||
          !take_event (station, feed, line, folding, &is_new, error) ||
          !lz_sync_add_line (station, feed, line, error))
        return FALSE;
      *n_new += is_new;
      feed->seq = line->seq;
      memcpy (feed->chain, line->chain, LZ_SHA256_SIZE);
    }
  return lz_sync_move_cursor (station, feed, error) && lz_folding_write (folding, error);
}

gboolean
lz_sync_take_lines (LzStation *station,
                    const char *feed,
                    GArray *lines,
                    guint *n_new,
                    GError **error)
{
  LzDb *db = lz_station_get_db (station);
  guint n = 0;

  if (!lz_db_begin (db, error))
    return FALSE;
  if (!take_in_transaction (station, feed, lines, &n, error))
    {
      lz_db_rollback (db);
      return FALSE;
    }
  if (!lz_db_commit (db, error))
    return FALSE;
  *n_new += n;
  return TRUE;
}

gboolean
lz_sync_forget_server (LzStation *station, const char *epoch, GError **error)
{
  LzDb *db = lz_station_get_db (station);

  if (!lz_db_begin (db, error))
    return FALSE;
  if (lz_db_exec (db, "UPDATE feed SET seq = 0, chain = zeroblob (32), head = min (head, 0)",
                  error) &&
      lz_db_exec (db, "DELETE FROM feed_line", error) &&
      lz_db_exec (db,
                  "UPDATE event SET home_seq = NULL, received_at = NULL WHERE home_seq IS NOT NULL",
                  error) &&
      lz_db_exec (db, "UPDATE photo SET delivered_at = NULL", error) &&
      lz_db_exec (db, "DELETE FROM upload", error) &&
      lz_station_set_setting (station, "epoch", epoch, error))
    return lz_db_commit (db, error);
  lz_db_rollback (db);
  return FALSE;
}
