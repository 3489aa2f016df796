/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-event-table.h"
#include "lz-log-private.h"
#include "lz-projection.h"
#include "lz-stmt.h"
#include "lz-sync-feeds.h"
#include "lz-sync-table.h"

#include <string.h>

/* clang-format off */
/* Numbers of the device that follow each other got places that follow each other. */
static const char sql_confirm[] =
  "UPDATE event SET home_seq = ?4 + (device_seq - ?2), received_at = ?5"
  " WHERE device = ?1 AND device_seq BETWEEN ?2 AND ?3 AND home_seq IS NULL";

static const char sql_refuse[] =
  "UPDATE event SET status = 1, received_at = ?2 WHERE id = ?1 AND home_seq IS NULL";

/* What the rules answered to a refused act goes with it, unseen; and what they do as time passes
 * somebody else has done before. */
static const char sql_add_refusal[] =
  "INSERT INTO refusal (event, code, state, message, refused_at)"
  " SELECT id, ?2, ?3, ?4, ?5 FROM event"
  "  WHERE id = ?1 AND cause IS NULL AND actor <> '" LZ_RULE_ACTOR "' AND kind <> 'event.withdrawn'"
  " ON CONFLICT (event) DO NOTHING";
/* clang-format on */

/* Receipts @from to @to, exclusive, which continue each other. */
static gboolean
confirm (LzStation *station,
         GPtrArray *events,
         const LzReceipts *answer,
         guint from,
         guint to,
         GError **error)
{
  LzDb *db = lz_station_get_db (station);
  const LzEvent *first = g_ptr_array_index (events, from);
  const LzReceipt *receipt = &g_array_index (answer->receipts, LzReceipt, from);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_confirm, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, first->device);
  sqlite3_bind_int64 (stmt, 2, first->device_seq);
  sqlite3_bind_int64 (stmt, 3, first->device_seq + (to - from) - 1);
  sqlite3_bind_int64 (stmt, 4, receipt->home_seq);
  sqlite3_bind_int64 (stmt, 5, receipt->received_ms);
  return lz_db_run (db, stmt, "keeping receipts", error);
}

static gboolean
add_refusal (LzStation *station, const LzReceipt *receipt, guint *n_refused, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_add_refusal, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, &receipt->id);
  lz_stmt_bind_text (stmt, 2, receipt->code);
  lz_stmt_bind_text (stmt, 3, receipt->state);
  lz_stmt_bind_text (stmt, 4, receipt->message != NULL ? receipt->message : "");
  sqlite3_bind_int64 (stmt, 5, lz_station_now (station));
  if (!lz_db_run (db, stmt, "keeping a refusal", error))
    return FALSE;
  *n_refused += (guint) sqlite3_changes (lz_db_get_handle (db));
  return TRUE;
}

static gboolean
refuse (LzStation *station,
        const LzEvent *event,
        const LzReceipt *receipt,
        guint *n_refused,
        GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_refuse, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, &receipt->id);
  sqlite3_bind_int64 (stmt, 2, receipt->received_ms);
  return lz_db_run (db, stmt, "keeping a refusal", error) &&
         add_refusal (station, receipt, n_refused, error) &&
         lz_projection_refold (station, &event->subject, error);
}

/* Whether receipt @i continues the one before it. */
static gboolean
continues (GPtrArray *events, const LzReceipts *answer, guint i)
{
  const LzEvent *event = g_ptr_array_index (events, i);
  const LzEvent *before = g_ptr_array_index (events, i - 1);
  const LzReceipt *receipt = &g_array_index (answer->receipts, LzReceipt, i);

  return receipt->home_seq == receipt[-1].home_seq + 1 &&
         receipt->received_ms == receipt[-1].received_ms &&
         event->device_seq == before->device_seq + 1 && strcmp (event->device, before->device) == 0;
}

static gboolean
keep_receipts (LzStation *station,
               GPtrArray *events,
               const LzReceipts *answer,
               guint *n_refused,
               GError **error)
{
  for (guint i = 0; i < events->len;)
    {
      const LzReceipt *receipt = &g_array_index (answer->receipts, LzReceipt, i);
      guint to = i + 1;

      if (receipt->home_seq == 0)
        {
          if (!refuse (station, g_ptr_array_index (events, i), receipt, n_refused, error))
            return FALSE;
        }
      else
        {
          while (to < events->len && continues (events, answer, to))
            to++;
          if (!confirm (station, events, answer, i, to, error))
            return FALSE;
        }
      i = to;
    }
  return TRUE;
}

/* ------------------------------------------------------------------------ lines one knows */

/* The lines that @head's feed has grown by, if they are those of @events from where it was read to
 * its end, and give the server's chain; else an empty array. */
static GArray *
find_lines (const LzFeed *feed,
            GPtrArray *events,
            GBytes *sent,
            const LzReceipts *answer,
            const LzFeedHead *head)
{
  GArray *lines = g_array_new (FALSE, TRUE, sizeof (LzFeedLine));
  gsize size;
  const char *text = g_bytes_get_data (sent, &size);
  const char *end = text + size;
  LzFeedLine line = { .seq = feed->seq };

  memcpy (line.chain, feed->chain, sizeof line.chain);
  for (guint i = 0; i < events->len; i++)
    {
      const LzReceipt *receipt = &g_array_index (answer->receipts, LzReceipt, i);
      const char *stop = memchr (text, '\n', (gsize) (end - text));

      line.event = g_ptr_array_index (events, i);
      g_return_val_if_fail (stop != NULL, lines);
      if (receipt->home_seq != 0 && strcmp (line.event->feed, feed->name) == 0)
        {
          if (receipt->home_seq != line.seq + 1)
            break;
          line.seq++;
          lz_wire_chain_bytes (line.chain, text, (gsize) (stop - text), line.chain);
          g_array_append_val (lines, line);
        }
      text = stop + 1;
    }
  if (line.seq != head->seq || memcmp (line.chain, head->chain, sizeof line.chain) != 0)
    g_array_set_size (lines, 0);
  return lines;
}

static gboolean
take_own_lines (LzStation *station,
                GPtrArray *events,
                GBytes *sent,
                const LzReceipts *answer,
                const LzFeedHead *head,
                GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzFeed) feed = lz_sync_load_feed (station, head->feed, &failure);
  g_autoptr (GArray) lines = NULL;

  if (feed == NULL)
    {
      if (g_error_matches (failure, LZ_ERROR, LZ_ERROR_NOT_FOUND))
        return TRUE; /* one that this account does not read */
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (feed->head < 0)
    return TRUE;
  lines = find_lines (feed, events, sent, answer, head);
  for (guint i = 0; i < lines->len; i++)
    if (!lz_sync_add_line (station, feed, &g_array_index (lines, LzFeedLine, i), error))
      return FALSE;
  if (lines->len == 0)
    return TRUE;
  feed->seq = head->seq;
  memcpy (feed->chain, head->chain, LZ_SHA256_SIZE);
  return lz_sync_move_cursor (station, feed, error);
}

gboolean
lz_sync_take_receipts (LzStation *station,
                       GPtrArray *events,
                       GBytes *lines,
                       const LzReceipts *answer,
                       guint *n_refused,
                       GError **error)
{
  LzDb *db = lz_station_get_db (station);
  guint n = 0;
  gboolean ok;

  g_return_val_if_fail (answer->receipts->len == events->len, FALSE);

  if (!lz_db_begin (db, error))
    return FALSE;
  ok = keep_receipts (station, events, answer, &n, error);
  for (guint i = 0; ok && i < answer->heads->len; i++)
    ok = take_own_lines (station, events, lines, answer,
                         &g_array_index (answer->heads, LzFeedHead, i), error);
  if (!ok)
    {
      lz_db_rollback (db);
      return FALSE;
    }
  if (!lz_db_commit (db, error))
    return FALSE;
  *n_refused += n;
  return TRUE;
}
