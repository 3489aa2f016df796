/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-assets-private.h"
#include "lz-event-table.h"
#include "lz-log.h"
#include "lz-records-act.h"
#include "lz-stmt.h"

#include <glib/gi18n-lib.h>

/* clang-format off */
#define ENTRIES                                                                                    \
  " FROM bulk_act AS b JOIN event AS e ON e.id = b.event JOIN record AS r ON r.id = e.subject"     \
  " WHERE e.kind IN ('asset.recorded', 'asset.restored') AND r.type = 3 AND r.state = 1"

static const char sql_last[] =
  "SELECT b.bulk, e.occurred_at" ENTRIES " ORDER BY e.n DESC LIMIT 1";

static const char sql_count[] = "SELECT count(*)" ENTRIES " AND b.bulk = ?1";

static const char sql_entries[] = "SELECT e.subject" ENTRIES " AND b.bulk = ?1 ORDER BY e.n";
/* clang-format on */

static gboolean
count_entries (LzStation *station, const LzId *bulk, guint *n, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_count, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, bulk);
  if (!lz_db_step (db, stmt, "counting what an import put on file", error))
    return FALSE;
  *n = (guint) sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

/**
 * lz_assets_find_import:
 * @station: a station
 * @last: (out): the last import here of which something is still on file
 * @error: (nullable): return location
 *
 * Returns: %TRUE on success, also where there is none
 */
gboolean
lz_assets_find_import (LzStation *station, LzAssetImport *last, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_last, error);
  g_autoptr (GError) failure = NULL;

  *last = (LzAssetImport){ 0 };
  if (stmt == NULL)
    return FALSE;
  if (lz_db_step (db, stmt, "looking for the last import", &failure))
    {
      last->bulk = lz_stmt_column_id (stmt, 0);
      last->at_ms = sqlite3_column_int64 (stmt, 1);
      return count_entries (station, &last->bulk, &last->n_on_file, error);
    }
  return lz_stmt_ended (&failure, error);
}

static GArray *
list_entries (LzStation *station, const LzId *bulk, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_entries, error);

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_id (stmt, 1, bulk);
  return lz_db_read_ids (db, stmt, "listing what an import put on file", error);
}

static gboolean
retire (LzStation *station, const LzId *bulk, GError **error)
{
  g_autoptr (GArray) entries = list_entries (station, bulk, error);
  g_autoptr (JsonObject) facts = json_object_new ();
  g_autoptr (LzBody) body = lz_body_new ();
  gint64 first_seq;
  LzId retired;

  if (entries == NULL || !lz_event_table_next_seq (station, &first_seq, error))
    return FALSE;
  body->text = g_strdup (_ ("The import was undone."));
  json_object_set_int_member (facts, LZ_ASSET_UNDONE, 1);
  for (guint i = 0; i < entries->len; i++)
    if (!lz_records_act (station, "asset.retired", &g_array_index (entries, LzId, i), facts, body,
                         NULL, error))
      return FALSE;
  return lz_log_bundle (station, first_seq, &retired, error);
}

/**
 * lz_assets_undo_import:
 * @station: the station that imported
 * @bulk: the import
 * @n_gone: (out): how many entries are not on file any more by it
 * @error: (nullable): %LZ_ERROR_REFUSED if the station's person may not
 *
 * Takes an import back as a whole.  Where nothing of it was sent and nothing was built on it, it is
 * as if it had not been.  Else what it put on file is taken off file, as one act, which travels as
 * any other does; changes that it made to entries which were there before stay.
 *
 * Returns: %TRUE once it is durable
 */
gboolean
lz_assets_undo_import (LzStation *station, const LzId *bulk, guint *n_gone, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  guint n;

  if (!lz_db_begin (db, error))
    return FALSE;
  if (!count_entries (station, bulk, &n, error) ||
      !(lz_log_can_withdraw (station, bulk) ? lz_log_withdraw (station, bulk, error)
                                            : retire (station, bulk, error)))
    {
      lz_db_rollback (db);
      return FALSE;
    }
  if (!lz_db_commit (db, error))
    return FALSE;
  *n_gone = n;
  return TRUE;
}
