/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-doctor-private.h"
#include "lz-event-table.h"
#include "lz-stmt.h"
#include "lz-wire.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* clang-format off */
static const char sql_feeds[] =
  "SELECT name, title, seq, chain FROM feed ORDER BY name";

/* A line whose event is not there is left out, and so shows as a gap. */
static const char sql_lines[] =
  "SELECT " LZ_EVENT_COLUMNS ", line_seq, line_chain"
  " FROM (SELECT seq AS line_seq, event AS line_event, chain AS line_chain"
  "       FROM feed_line AS l WHERE l.feed = ?1) JOIN event ON id = line_event"
  " ORDER BY line_seq";
/* clang-format on */

#define SEQ_COLUMN   12
#define CHAIN_COLUMN 13

/* Where a feed stands so far. */
typedef struct
{
  gint64 seq;
  guint8 chain[LZ_SHA256_SIZE];
} Place;

static gboolean
is_chain (LzStmt *stmt, int column, const guint8 chain[LZ_SHA256_SIZE])
{
  return sqlite3_column_bytes (stmt, column) == LZ_SHA256_SIZE &&
         memcmp (sqlite3_column_blob (stmt, column), chain, LZ_SHA256_SIZE) == 0;
}

/* Follows the chain as far as it holds. */
static gboolean
walk (LzDoctor *self, const char *feed, Place *place, GError **error)
{
  LzDb *db = lz_station_get_db (self->station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_lines, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, feed);
  while (lz_db_step (db, stmt, "following a feed", &failure))
    {
      g_autoptr (LzEvent) event = lz_event_table_read (stmt, error);
      guint8 chain[LZ_SHA256_SIZE];

      if (event == NULL)
        return FALSE;
      lz_wire_chain (place->chain, event, chain);
      if (sqlite3_column_int64 (stmt, SEQ_COLUMN) != place->seq + 1 ||
          !is_chain (stmt, CHAIN_COLUMN, chain))
        return TRUE;
      place->seq++;
      memcpy (place->chain, chain, sizeof chain);
    }
  return lz_stmt_ended (&failure, error);
}

/**
 * lz_doctor_check_feeds:
 *
 * Works out the chain of each feed that came from the server anew: an event that was changed, lost
 * or put elsewhere since shows.
 */
gboolean
lz_doctor_check_feeds (LzDoctor *self, GError **error)
{
  LzDb *db = lz_station_get_db (self->station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_feeds, error);
  g_autoptr (GError) failure = NULL;
  guint n_feeds = 0, n_broken = 0;

  if (stmt == NULL)
    return FALSE;
  while (lz_db_step (db, stmt, "reading the feeds", &failure))
    {
      Place place = { 0 };

      if (!walk (self, (const char *) sqlite3_column_text (stmt, 0), &place, error))
        return FALSE;
      n_feeds++;
      if (place.seq == sqlite3_column_int64 (stmt, 2) && is_chain (stmt, 3, place.chain))
        continue;
      n_broken++;
      lz_doctor_add (self, LZ_FINDING_DAMAGE, "feeds",
                     _ ("What came from the server for %s is not what it was, from line %d on."),
                     (const char *) sqlite3_column_text (stmt, 1), (int) place.seq + 1);
    }
  if (!lz_stmt_ended (&failure, error))
    return FALSE;
  if (n_feeds > 0 && n_broken == 0)
    lz_doctor_add (self, LZ_FINDING_OK, "feeds", _ ("What came from the server is unchanged."));
  return TRUE;
}
