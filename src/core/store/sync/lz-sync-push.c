/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-event-table.h"
#include "lz-projection.h"
#include "lz-stmt.h"
#include "lz-sync-table.h"

/* clang-format off */
/* What waits is little beside the log, and has an index of its own that the planner passes over. */
static const char sql_waiting[] =
  "SELECT " LZ_EVENT_COLUMNS " FROM event INDEXED BY event_waiting"
  " WHERE home_seq IS NULL AND status = 0 AND device = ?1 AND device_seq > ?3 ORDER BY device_seq LIMIT ?2";

static const char sql_authors[] =
  "SELECT DISTINCT actor FROM event INDEXED BY event_waiting WHERE home_seq IS NULL AND status = 0 AND device = ?1";

static const char sql_unconfirm[] =
  "UPDATE event SET home_seq = NULL, received_at = NULL, status = 0"
  " WHERE device = ?1 AND device_seq > ?2 AND (home_seq IS NOT NULL OR status = 1)";

static const char sql_unconfirmed_subjects[] =
  "SELECT DISTINCT subject FROM event WHERE device = ?1 AND device_seq > ?2";

static const char sql_forget_refusals[] =
  "DELETE FROM refusal WHERE decision IS NULL"
  " AND event IN (SELECT id FROM event WHERE device = ?1 AND device_seq > ?2)";

static const char sql_restamp[] =
  "UPDATE event SET device = ?2, device_seq = ?3 WHERE id = ?1";
/* clang-format on */

/* @whole_run: only as far as the numbers follow each other: one request takes no more. */
static GPtrArray *
list_waiting (LzStation *station,
              const char *device,
              gint64 after,
              guint limit,
              gsize max_bytes,
              gboolean whole_run,
              GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_waiting, error);
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_event_free);
  g_autoptr (GError) failure = NULL;
  gsize bytes = 0;

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_text (stmt, 1, device);
  sqlite3_bind_int64 (stmt, 2, limit);
  sqlite3_bind_int64 (stmt, 3, after);
  while (bytes < max_bytes && lz_db_step (db, stmt, "reading what waits", &failure))
    {
      LzEvent *event = lz_event_table_read_unparsed (stmt);
      const LzEvent *last = events->len > 0 ? g_ptr_array_index (events, events->len - 1) : NULL;

      if (whole_run && last != NULL && event->device_seq != last->device_seq + 1)
        {
          lz_event_free (event);
          break;
        }
      bytes += strlen (event->body_json) + 400; /* the envelope */
      g_ptr_array_add (events, event);
    }
  if (!lz_stmt_ended (&failure, error))
    return NULL;
  return g_steal_pointer (&events);
}

GPtrArray *
lz_sync_list_waiting (LzStation *station, GError **error)
{
  return list_waiting (station, lz_station_get_device (station), 0, G_MAXINT32, G_MAXSIZE, FALSE,
                       error);
}

GPtrArray *
lz_sync_list_carried (LzStation *station,
                      const char *device,
                      guint limit,
                      gsize max_bytes,
                      GError **error)
{
  return list_waiting (station, device, 0, limit, max_bytes, TRUE, error);
}

static gboolean
mark_offered (LzStation *station, GPtrArray *events, GError **error)
{
  g_autofree char *known = lz_station_dup_setting (station, LZ_SETTING_OFFERED, "0");
  g_autofree char *now = NULL;
  const LzEvent *last;

  if (events->len == 0)
    return TRUE;
  last = g_ptr_array_index (events, events->len - 1);
  if (last->device_seq <= g_ascii_strtoll (known, NULL, 10))
    return TRUE;
  now = g_strdup_printf ("%" G_GINT64_FORMAT, last->device_seq);
  return lz_station_set_setting (station, LZ_SETTING_OFFERED, now, error);
}

static GPtrArray *
offer (LzStation *station,
       gint64 after,
       guint limit,
       gsize max_bytes,
       gboolean whole_run,
       GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GPtrArray) events = NULL;

  if (!lz_db_begin (db, error))
    return NULL;
  events = list_waiting (station, lz_station_get_device (station), after, limit, max_bytes,
                         whole_run, error);
  if (events != NULL && mark_offered (station, events, error))
    return lz_db_commit (db, error) ? g_steal_pointer (&events) : NULL;
  lz_db_rollback (db);
  return NULL;
}

GPtrArray *
lz_sync_offer (LzStation *station, gint64 after, guint limit, gsize max_bytes, GError **error)
{
  return offer (station, after, limit, max_bytes, TRUE, error);
}

GPtrArray *
lz_sync_offer_all (LzStation *station, GError **error)
{
  return offer (station, 0, G_MAXINT32, G_MAXSIZE, FALSE, error);
}

GStrv
lz_sync_list_authors (LzStation *station, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_authors, error);
  g_autoptr (GStrvBuilder) authors = g_strv_builder_new ();
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_text (stmt, 1, lz_station_get_device (station));
  while (lz_db_step (db, stmt, "reading what waits", &failure))
    g_strv_builder_add (authors, (const char *) sqlite3_column_text (stmt, 0));
  return lz_stmt_ended (&failure, error) ? g_strv_builder_end (authors) : NULL;
}

static GArray *
list_subjects (LzStation *station, gint64 have, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_unconfirmed_subjects, error);

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_text (stmt, 1, lz_station_get_device (station));
  sqlite3_bind_int64 (stmt, 2, have);
  return lz_db_read_ids (db, stmt, "reading the log", error);
}

static gboolean
run_after (LzStation *station, const char *sql, gint64 have, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, lz_station_get_device (station));
  sqlite3_bind_int64 (stmt, 2, have);
  return lz_db_run (db, stmt, "going back behind a receipt", error);
}

static gboolean
unconfirm_in_transaction (LzStation *station, gint64 have, GError **error)
{
  g_autoptr (GArray) subjects = list_subjects (station, have, error);

  if (subjects == NULL || !run_after (station, sql_forget_refusals, have, error) ||
      !run_after (station, sql_unconfirm, have, error))
    return FALSE;
  for (guint i = 0; i < subjects->len; i++)
    if (!lz_projection_refold (station, &g_array_index (subjects, LzId, i), error))
      return FALSE;
  return TRUE;
}

gboolean
lz_sync_unconfirm_after (LzStation *station, gint64 have, GError **error)
{
  LzDb *db = lz_station_get_db (station);

  if (!lz_db_begin (db, error))
    return FALSE;
  if (unconfirm_in_transaction (station, have, error))
    return lz_db_commit (db, error);
  lz_db_rollback (db);
  return FALSE;
}

static gboolean
restamp (LzStation *station, const LzId *event, const char *device, gint64 seq, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_restamp, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, event);
  lz_stmt_bind_text (stmt, 2, device);
  sqlite3_bind_int64 (stmt, 3, seq);
  return lz_db_run (db, stmt, "renaming the station", error);
}

static gboolean
restamp_waiting (LzStation *station, const char *device, GError **error)
{
  g_autoptr (GPtrArray) events = lz_sync_list_waiting (station, error);

  for (guint i = 0; events != NULL && i < events->len; i++)
    {
      const LzEvent *event = g_ptr_array_index (events, i);

      if (!restamp (station, &event->id, device, i + 1, error))
        return FALSE;
    }
  return events != NULL;
}

gboolean
lz_sync_take_new_device (LzStation *station, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autofree char *device = lz_station_make_device ();

  if (!lz_db_begin (db, error))
    return FALSE;
  if (restamp_waiting (station, device, error) &&
      lz_station_set_setting (station, "device", device, error) &&
      lz_station_set_setting (station, LZ_SETTING_OFFERED, NULL, error) &&
      lz_station_bump_revision (station, error) && lz_station_reload (station, error))
    return lz_db_commit (db, error);
  lz_db_rollback (db);
  lz_station_reload (station, NULL);
  return FALSE;
}
