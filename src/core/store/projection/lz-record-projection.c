/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-event-table.h"
#include "lz-patrol-projection.h"
#include "lz-record-projection.h"
#include "lz-stmt.h"
#include "lz-wire.h"

/* clang-format off */
static const char sql_load[] =
  "SELECT " LZ_RECORD_COLUMNS " FROM record WHERE id = ?1";

/* The row's number is that of the first event: a rebuild gives the same. */
static const char sql_put[] =
  "INSERT INTO record (" LZ_RECORD_COLUMNS ", morton, fid)"
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15,"
  "  (SELECT min (n) FROM event WHERE subject = ?1))"
  " ON CONFLICT (id) DO UPDATE SET state = excluded.state, lat7 = excluded.lat7,"
  " lon7 = excluded.lon7, morton = excluded.morton, road = excluded.road, facts = excluded.facts,"
  " changed_at = excluded.changed_at, n_photos = excluded.n_photos, n_events = excluded.n_events,"
  " last_event = excluded.last_event";

static const char sql_remove_photos[] =
  "DELETE FROM record_photo WHERE record_fid = (SELECT fid FROM record WHERE id = ?1)";

static const char sql_remove[] = "DELETE FROM record WHERE id = ?1";

static const char sql_add_photo[] =
  "INSERT INTO record_photo (record_fid, position, event, sha256, role, size, taken_at, lat7, lon7)"
  " SELECT fid, (SELECT count(*) FROM record_photo WHERE record_fid = fid), ?2, ?3, ?4, ?5, ?6,"
  "  ?7, ?8 FROM record WHERE id = ?1";

static const char sql_count_photos[] =
  "SELECT count(*) FROM record_photo AS p JOIN record AS r ON r.fid = p.record_fid WHERE r.id = ?1";
/* clang-format on */

LzRecord *
lz_record_read (LzStmt *stmt, GError **error)
{
  g_autoptr (LzRecord) self = lz_record_new ();

  self->id = lz_stmt_column_id (stmt, 0);
  self->type = (LzRecordType) sqlite3_column_int (stmt, 1);
  self->state = (LzRecordState) sqlite3_column_int (stmt, 2);
  self->feed = lz_stmt_dup_text (stmt, 3);
  self->author = lz_stmt_dup_text (stmt, 4);
  self->place.lat7 = sqlite3_column_int (stmt, 5);
  self->place.lon7 = sqlite3_column_int (stmt, 6);
  self->road = lz_stmt_column_id (stmt, 7);
  json_object_unref (self->facts);
  self->facts = lz_wire_read_facts ((const char *) sqlite3_column_text (stmt, 8), error);
  if (self->facts == NULL)
    {
      self->facts = json_object_new ();
      g_prefix_error (error, "the row of an entry: ");
      return NULL;
    }
  self->begun_ms = sqlite3_column_int64 (stmt, 9);
  self->changed_ms = sqlite3_column_int64 (stmt, 10);
  self->n_photos = (guint) sqlite3_column_int64 (stmt, 11);
  self->n_events = (guint) sqlite3_column_int64 (stmt, 12);
  self->last_event = lz_stmt_column_id (stmt, 13);
  return g_steal_pointer (&self);
}

LzRecord *
lz_record_projection_load (LzStation *station, const LzId *subject, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_load, error);

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_id (stmt, 1, subject);
  return lz_db_step (db, stmt, "reading an entry", error) ? lz_record_read (stmt, error) : NULL;
}

static gboolean
put_row (LzStation *station, const LzRecord *self, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autofree char *facts = lz_wire_make_facts (self->facts, error);
  g_autoptr (LzStmt) stmt = facts != NULL ? lz_db_borrow (db, sql_put, error) : NULL;

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, &self->id);
  sqlite3_bind_int (stmt, 2, self->type);
  sqlite3_bind_int (stmt, 3, self->state);
  lz_stmt_bind_text (stmt, 4, self->feed);
  lz_stmt_bind_text (stmt, 5, self->author);
  sqlite3_bind_int (stmt, 6, self->place.lat7);
  sqlite3_bind_int (stmt, 7, self->place.lon7);
  lz_stmt_bind_id (stmt, 8, &self->road);
  lz_stmt_bind_text (stmt, 9, facts);
  sqlite3_bind_int64 (stmt, 10, self->begun_ms);
  sqlite3_bind_int64 (stmt, 11, self->changed_ms);
  sqlite3_bind_int64 (stmt, 12, self->n_photos);
  sqlite3_bind_int64 (stmt, 13, self->n_events);
  lz_stmt_bind_id (stmt, 14, &self->last_event);
  sqlite3_bind_int64 (stmt, 15, (gint64) lz_point_morton (self->place));
  return lz_db_run (db, stmt, "keeping an entry", error) &&
         lz_patrol_projection_put (station, self, error);
}

static gboolean
add_photos (LzStation *station, const LzEvent *event, GError **error)
{
  LzDb *db = lz_station_get_db (station);

  for (guint i = 0; event->body->photos != NULL && i < event->body->photos->len; i++)
    {
      const LzPhotoRef *photo = &g_array_index (event->body->photos, LzPhotoRef, i);
      g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_add_photo, error);

      if (stmt == NULL)
        return FALSE;
      lz_stmt_bind_id (stmt, 1, &event->subject);
      lz_stmt_bind_id (stmt, 2, &event->id);
      sqlite3_bind_blob (stmt, 3, photo->sha256, LZ_SHA256_SIZE, SQLITE_TRANSIENT);
      sqlite3_bind_int (stmt, 4, photo->role);
      sqlite3_bind_int64 (stmt, 5, photo->size_bytes);
      sqlite3_bind_int64 (stmt, 6, photo->taken_ms);
      sqlite3_bind_int (stmt, 7, photo->place.lat7);
      sqlite3_bind_int (stmt, 8, photo->place.lon7);
      if (!lz_db_run (db, stmt, "adding a photo to an entry", error))
        return FALSE;
    }
  return TRUE;
}

gboolean
lz_record_projection_update (LzStation *station, const LzEvent *event, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzRecord) self = lz_record_projection_load (station, &event->subject, &failure);

  if (!lz_stmt_ended (&failure, error))
    return FALSE;
  if (self == NULL)
    self = lz_record_new ();
  return !lz_record_apply (self, event) ||
         (put_row (station, self, error) && add_photos (station, event, error));
}

static gboolean
run_for_subject (LzStation *station, const char *sql, const LzId *subject, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, subject);
  return lz_db_run (db, stmt, "making an entry's rows anew", error);
}

static LzRecord *
fold (GPtrArray *events)
{
  LzRecord *self = lz_record_new ();

  for (guint i = 0; i < events->len; i++)
    lz_record_apply (self, g_ptr_array_index (events, i));
  return self;
}

gboolean
lz_record_projection_refold (LzStation *station,
                             const LzId *subject,
                             GPtrArray *events,
                             GError **error)
{
  g_autoptr (LzRecord) self = NULL;

  /* Nearly everything that is folded again is a case. */
  if (events->len > 0 && ((const LzEvent *) events->pdata[0])->kind != LZ_KIND_RECORD)
    return TRUE;
  if (!run_for_subject (station, sql_remove_photos, subject, error) ||
      !run_for_subject (station, sql_remove, subject, error))
    return FALSE;

  self = lz_record_new ();
  for (guint i = 0; i < events->len; i++)
    {
      const LzEvent *event = g_ptr_array_index (events, i);

      if (lz_record_apply (self, event) &&
          !(put_row (station, self, error) && add_photos (station, event, error)))
        return FALSE;
    }
  return TRUE;
}

gboolean
lz_record_projection_compare (LzStation *station,
                              const LzId *subject,
                              GPtrArray *events,
                              gboolean *equal,
                              GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzRecord) row = lz_record_projection_load (station, subject, &failure);
  g_autoptr (LzRecord) self = fold (events);
  g_autoptr (LzStmt) stmt = NULL;

  if (!lz_stmt_ended (&failure, error))
    return FALSE;
  stmt = lz_db_borrow (db, sql_count_photos, error);
  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, subject);
  if (!lz_db_step (db, stmt, "counting the photos of an entry", error))
    return FALSE;
  *equal = row == NULL ? self->state == LZ_RECORD_NEW
                       : lz_record_equal (row, self) &&
                             sqlite3_column_int64 (stmt, 0) == (gint64) self->n_photos;
  return TRUE;
}
