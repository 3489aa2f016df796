/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-event-table.h"
#include "lz-stmt.h"
#include "lz-wire.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* clang-format off */
static const char sql_add[] =
  "INSERT INTO event (id, feed, subject, kind, actor, device, device_seq, basis, occurred_at, body,"
  " home_seq, received_at, cause)"
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)";

static const char sql_add_if_new[] =
  "INSERT INTO event (id, feed, subject, kind, actor, device, device_seq, basis, occurred_at, body,"
  " home_seq, received_at, cause)"
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13) ON CONFLICT (id) DO NOTHING";

static const char sql_next_seq[] =
  "SELECT coalesce (max (device_seq), 0) + 1 FROM event WHERE device = ?1";

/* Confirmed events by the server's order, then this station's own waiting ones, which it learned of
 * in the order of their numbers. */
static const char sql_list[] =
  "SELECT " LZ_EVENT_COLUMNS " FROM event"
  " WHERE subject = ?1 AND (?2 OR (status = 0 AND kind <> 'event.withdrawn'))"
  " ORDER BY home_seq IS NULL, home_seq, n";

static const char sql_find[] =
  "SELECT " LZ_EVENT_COLUMNS " FROM event WHERE id = ?1";

static const char sql_first[] =
  "SELECT " LZ_EVENT_COLUMNS " FROM event WHERE subject = ?1 AND kind = ?2 AND status = 0"
  " ORDER BY home_seq IS NULL, home_seq, n LIMIT 1";

/* Streams through the log in its order. */
static const char sql_subjects[] =
  "SELECT e.subject FROM event AS e WHERE NOT EXISTS"
  " (SELECT 1 FROM event AS f WHERE f.subject = e.subject AND f.n < e.n) ORDER BY e.n";
/* clang-format on */

static void
bind_number_or_null (LzStmt *stmt, int column, gint64 value)
{
  if (value != 0)
    sqlite3_bind_int64 (stmt, column, value);
  else
    sqlite3_bind_null (stmt, column);
}

gboolean
lz_event_table_write_body (LzEvent *event, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzBody) again = NULL;

  g_free (event->body_json);
  event->body_json = lz_wire_write_body (event->body);
  again = lz_wire_parse_body (event->body_json, &failure);
  if (again != NULL && strlen (event->body_json) <= LZ_WIRE_MAX_EVENT_BYTES / 2)
    return TRUE;
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("This is too long, or cannot be stored: %s"),
               failure != NULL ? failure->message : lz_kind_label (event->kind));
  return FALSE;
}

static void
bind_event (LzStmt *stmt, const LzEvent *event, const LzId *cause)
{
  static const LzId nil;

  lz_stmt_lend_id (stmt, 1, &event->id);
  lz_stmt_lend_text (stmt, 2, event->feed);
  lz_stmt_lend_id (stmt, 3, &event->subject);
  lz_stmt_lend_text (stmt, 4, event->kind_name);
  lz_stmt_lend_text (stmt, 5, event->actor);
  lz_stmt_lend_text (stmt, 6, event->device);
  sqlite3_bind_int64 (stmt, 7, event->device_seq);
  lz_stmt_lend_id (stmt, 8, &event->basis);
  sqlite3_bind_int64 (stmt, 9, event->occurred_ms);
  lz_stmt_lend_text (stmt, 10, event->body_json);
  bind_number_or_null (stmt, 11, event->home_seq);
  bind_number_or_null (stmt, 12, event->received_ms);
  lz_stmt_lend_id (stmt, 13, cause != NULL ? cause : &nil);
}

gboolean
lz_event_table_add (LzStation *station, const LzEvent *event, const LzId *cause, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_add, error);

  if (stmt == NULL)
    return FALSE;
  bind_event (stmt, event, cause);
  return lz_db_run (db, stmt, "adding to the log", error);
}

gboolean
lz_event_table_add_if_new (LzStation *station,
                           const LzEvent *event,
                           gboolean *is_new,
                           GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_add_if_new, error);

  if (stmt == NULL)
    return FALSE;
  bind_event (stmt, event, NULL);
  if (!lz_db_run (db, stmt, "adding to the log", error))
    return FALSE;
  *is_new = sqlite3_changes (lz_db_get_handle (db)) == 1;
  return TRUE;
}

/* Call it inside the transaction that uses the number. */
gboolean
lz_event_table_next_seq (LzStation *station, gint64 *seq, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_next_seq, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, lz_station_get_device (station));
  if (!lz_db_step (db, stmt, "numbering an event", error))
    return FALSE;
  *seq = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

LzEvent *
lz_event_table_read_unparsed (LzStmt *stmt)
{
  LzEvent *event = lz_event_new ();

  event->id = lz_stmt_column_id (stmt, 0);
  event->feed = lz_stmt_dup_text (stmt, 1);
  event->subject = lz_stmt_column_id (stmt, 2);
  event->kind_name = lz_stmt_dup_text (stmt, 3);
  event->kind = lz_kind_from_string (event->kind_name);
  event->actor = lz_stmt_dup_text (stmt, 4);
  event->device = lz_stmt_dup_text (stmt, 5);
  event->device_seq = sqlite3_column_int64 (stmt, 6);
  event->basis = lz_stmt_column_id (stmt, 7);
  event->occurred_ms = sqlite3_column_int64 (stmt, 8);
  event->body_json = lz_stmt_dup_text (stmt, 9);
  event->home_seq = sqlite3_column_int64 (stmt, 10);
  event->received_ms = sqlite3_column_int64 (stmt, 11);
  return event;
}

LzEvent *
lz_event_table_read (LzStmt *stmt, GError **error)
{
  g_autoptr (LzEvent) event = lz_event_table_read_unparsed (stmt);

  if (event->kind != LZ_KIND_UNKNOWN)
    {
      event->body = lz_wire_parse_body (event->body_json, error);
      if (event->body == NULL)
        {
          char id[LZ_ID_STRING_SIZE];

          lz_id_format (&event->id, id);
          g_prefix_error (error, "event %s: ", id);
          return NULL;
        }
    }
  return g_steal_pointer (&event);
}

GPtrArray *
lz_event_table_list (LzStation *station, const LzId *subject, gboolean all, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_list, error);
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_event_free);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;

  lz_stmt_bind_id (stmt, 1, subject);
  sqlite3_bind_int (stmt, 2, all);
  while (lz_db_step (db, stmt, "reading the log", &failure))
    {
      LzEvent *event = lz_event_table_read (stmt, error);

      if (event == NULL)
        return NULL;
      g_ptr_array_add (events, event);
    }
  if (!lz_stmt_ended (&failure, error))
    return NULL;
  return g_steal_pointer (&events);
}

LzEvent *
lz_event_table_find (LzStation *station, const LzId *id, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_find, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_id (stmt, 1, id);
  if (lz_db_step (db, stmt, "reading the log", &failure))
    return lz_event_table_read (stmt, error);

  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    g_set_error_literal (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, "no such event");
  return NULL;
}

LzStmt *
lz_event_table_borrow_subjects (LzDb *db, GError **error)
{
  return lz_db_borrow (db, sql_subjects, error);
}

LzEvent *
lz_event_table_find_first (LzStation *station,
                           const LzId *subject,
                           const char *kind,
                           GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_first, error);

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_id (stmt, 1, subject);
  lz_stmt_bind_text (stmt, 2, kind);
  return lz_db_step (db, stmt, "looking for an event", error) ? lz_event_table_read (stmt, error)
                                                              : NULL;
}
