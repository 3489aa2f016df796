/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-event-table.h"
#include "lz-stmt.h"
#include "lz-sync-table.h"

/* clang-format off */
static const char sql_waiting[] =
  "SELECT"
  " (SELECT count(*) FROM"
  "   (SELECT subject FROM event INDEXED BY event_waiting WHERE home_seq IS NULL AND status = 0 AND device = ?1"
  "     AND kind <> 'event.withdrawn'"
  "    UNION SELECT c.id FROM photo AS p JOIN case_photo AS cp ON cp.sha256 = p.sha256"
  "     JOIN case_row AS c ON c.fid = cp.case_fid WHERE p.stored AND p.delivered_at IS NULL)),"
  " (SELECT count(*) FROM event INDEXED BY event_waiting WHERE home_seq IS NULL AND status = 0 AND device = ?1)";

static const char sql_last_waiting[] =
  "SELECT device_seq FROM event INDEXED BY event_waiting WHERE home_seq IS NULL AND device = ?1"
  " ORDER BY device_seq DESC LIMIT 1";

static const char sql_status[] =
  "SELECT"
  " (SELECT count(*) FROM refusal WHERE decision IS NULL),"
  " (SELECT min (next_at) FROM (SELECT next_at FROM retry WHERE NOT permanent"
  "   UNION ALL SELECT next_at FROM upload WHERE NOT permanent AND next_at > 0)),"
  " (SELECT error FROM retry WHERE permanent"
  "   UNION ALL SELECT error FROM upload WHERE permanent LIMIT 1)";

static const char sql_photos[] =
  "SELECT count(*), coalesce (sum (p.size - coalesce (u.sent, 0)), 0)"
  " FROM photo AS p LEFT JOIN upload AS u ON u.sha256 = p.sha256"
  " WHERE p.stored AND p.delivered_at IS NULL"
  "  AND EXISTS (SELECT 1 FROM used_photo AS c WHERE c.sha256 = p.sha256)";

/* An act counts unless the server refused it and somebody settled that. */
#define COUNTS                                                                                     \
  "e.subject = c.id AND e.kind <> 'event.withdrawn' AND (e.status = 0 OR EXISTS"                   \
  " (SELECT 1 FROM refusal AS r WHERE r.event = e.id AND r.decision IS NULL))"

/* Cases that this station's own acts touched. */
static const char sql_deliveries[] =
  "SELECT * FROM (SELECT c.id, c.number, c.category, k.name, c.road_name, c.changed_at,"
  " (SELECT count(*) FROM event AS e WHERE " COUNTS "),"
  " (SELECT count(*) FROM event AS e WHERE " COUNTS " AND e.home_seq IS NOT NULL),"
  " (SELECT count(*) FROM case_photo AS cp WHERE cp.case_fid = c.fid),"
  " (SELECT count(*) FROM case_photo AS cp LEFT JOIN photo AS p ON p.sha256 = cp.sha256"
  "   WHERE cp.case_fid = c.fid AND (p.sha256 IS NULL OR NOT p.stored OR p.delivered_at IS NOT NULL)),"
  " (SELECT count(*) FROM refusal AS r JOIN event AS e ON e.id = r.event"
  "   WHERE e.subject = c.id AND r.decision IS NULL)"
  " FROM case_row AS c LEFT JOIN category AS k ON k.code = c.category"
  " WHERE EXISTS (SELECT 1 FROM event AS e WHERE e.subject = c.id AND e.device = ?1)"
  " ORDER BY c.changed_at DESC)";
/* clang-format on */

void
lz_sync_status_clear (LzSyncStatus *self)
{
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->problem, g_free);
}

static gint64
get_number (LzStation *station, const char *key)
{
  g_autofree char *text = lz_station_dup_setting (station, key, "0");

  return g_ascii_strtoll (text, NULL, 10);
}

static gboolean
count_acts (LzStation *station, LzSyncStatus *status, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_waiting, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, lz_station_get_device (station));
  if (!lz_db_step (db, stmt, "counting acts to send", error))
    return FALSE;
  status->n_cases = (guint) sqlite3_column_int64 (stmt, 0);
  status->n_events = (guint) sqlite3_column_int64 (stmt, 1);
  return TRUE;
}

static gboolean
count_photos (LzStation *station, LzSyncStatus *status, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_photos, error);

  if (stmt == NULL || !lz_db_step (db, stmt, "counting photos to send", error))
    return FALSE;
  status->n_photos = (guint) sqlite3_column_int64 (stmt, 0);
  status->bytes = sqlite3_column_int64 (stmt, 1);
  return TRUE;
}

/**
 * lz_sync_get_status:
 * @station: a station
 * @status: (out caller-allocates): clear with lz_sync_status_clear(); of a station without a server
 *   nothing waits, however much it has logged
 * @error: (nullable): return location
 *
 * Returns: %TRUE on success
 */
gboolean
lz_sync_get_status (LzStation *station, LzSyncStatus *status, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_status, error);
  g_auto (LzSyncStatus) now = { .server = lz_station_dup_setting (station, "server", NULL) };

  if (stmt == NULL || !lz_db_step (db, stmt, "reading how sync stands", error))
    return FALSE;
  if (now.server != NULL &&
      (!count_acts (station, &now, error) || !count_photos (station, &now, error)))
    return FALSE;

  now.n_inbox = (guint) sqlite3_column_int64 (stmt, 0);
  now.next_try_ms = sqlite3_column_int64 (stmt, 1);
  now.problem = lz_stmt_dup_text (stmt, 2);
  now.user = lz_station_dup_setting (station, "user", NULL);
  now.last_contact_ms = get_number (station, "last_contact");
  now.clock_offset_ms = get_number (station, "clock_offset");
  *status = now;
  now = (LzSyncStatus){ 0 };
  return TRUE;
}

/**
 * lz_sync_find_last_waiting:
 * @station: a station
 * @seq: (out): the number of its last act that the server has not confirmed; 0 = there is none
 * @error: (nullable): return location
 *
 * Tells, at one look, whether there is more to send than before.
 *
 * Returns: %TRUE on success
 */
gboolean
lz_sync_find_last_waiting (LzStation *station, gint64 *seq, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_last_waiting, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, lz_station_get_device (station));
  *seq = lz_db_step (db, stmt, "looking for acts to send", &failure)
             ? sqlite3_column_int64 (stmt, 0)
             : 0;
  return lz_stmt_ended (&failure, error);
}

void
lz_delivery_free (LzDelivery *self)
{
  if (self == NULL)
    return;

  g_free (self->number);
  g_free (self->category);
  g_free (self->category_name);
  g_free (self->road_name);
  g_free (self);
}

static LzDelivery *
read_delivery (LzStmt *stmt)
{
  LzDelivery *delivery = g_new0 (LzDelivery, 1);

  delivery->id = lz_stmt_column_id (stmt, 0);
  delivery->number = lz_stmt_dup_text (stmt, 1);
  delivery->category = lz_stmt_dup_text (stmt, 2);
  delivery->category_name = lz_stmt_dup_text (stmt, 3);
  delivery->road_name = lz_stmt_dup_text (stmt, 4);
  delivery->changed_ms = sqlite3_column_int64 (stmt, 5);
  delivery->n_events = (guint) sqlite3_column_int64 (stmt, 6);
  delivery->n_events_there = (guint) sqlite3_column_int64 (stmt, 7);
  delivery->n_photos = (guint) sqlite3_column_int64 (stmt, 8);
  delivery->n_photos_there = (guint) sqlite3_column_int64 (stmt, 9);
  delivery->n_refused = (guint) sqlite3_column_int64 (stmt, 10);
  return delivery;
}

GPtrArray *
lz_sync_list_deliveries (LzStation *station, gboolean waiting_only, guint limit, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_delivery_free);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_deliveries, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_text (stmt, 1, lz_station_get_device (station));
  while (list->len < limit && lz_db_step (db, stmt, "listing deliveries", &failure))
    {
      LzDelivery *delivery = read_delivery (stmt);

      if (waiting_only && delivery->n_events == delivery->n_events_there &&
          delivery->n_photos == delivery->n_photos_there && delivery->n_refused == 0)
        lz_delivery_free (delivery);
      else
        g_ptr_array_add (list, delivery);
    }
  if (!lz_stmt_ended (&failure, error))
    return NULL;
  return g_steal_pointer (&list);
}
