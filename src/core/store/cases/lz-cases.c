/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-cases.h"
#include "lz-event-table.h"
#include "lz-line.h"
#include "lz-projection.h"
#include "lz-stmt.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* clang-format off */
/* Delivered: the server has confirmed every event, and the hash of every photo.  What it refused
 * counts until somebody has settled it. */
#define ROW_COLUMNS                                                                                \
  "c.fid, c.id, c.number, c.state, c.category, k.name, c.dimension, c.road_name, c.chainage_cm,"   \
  " c.offset_cm, c.side, c.lat7, c.lon7, c.text, c.unit, c.reported_at, c.changed_at, c.due_at,"   \
  " c.warn_at, c.stopped_at, c.n_photos, c.thumbnail,"                                             \
  " NOT EXISTS (SELECT 1 FROM event AS e WHERE e.subject = c.id AND e.home_seq IS NULL"            \
  "  AND (e.status = 0 OR EXISTS"                                                                  \
  "   (SELECT 1 FROM refusal AS r WHERE r.event = e.id AND r.decision IS NULL)))"                  \
  " AND NOT EXISTS (SELECT 1 FROM case_photo AS cp LEFT JOIN photo AS p ON p.sha256 = cp.sha256"   \
  "  WHERE cp.case_fid = c.fid AND p.stored AND p.delivered_at IS NULL),"                          \
  " c.stage_at"

static const char sql_row[] =
  "SELECT " ROW_COLUMNS
  " FROM case_row AS c LEFT JOIN category AS k ON k.code = c.category WHERE c.fid = ?1";

/* Boxes first, by the Z-order curve's four corners they are one range at worst: few rows remain. */
static const char sql_similar[] =
  "SELECT " ROW_COLUMNS
  " FROM case_row AS c LEFT JOIN category AS k ON k.code = c.category"
  " WHERE c.category = ?1 AND c.reported_at >= ?2 AND c.closed_at = 0"
  "  AND c.lat7 BETWEEN ?3 AND ?4 AND c.lon7 BETWEEN ?5 AND ?6";

static const char sql_fid[] =
  "SELECT fid FROM case_row WHERE id = ?1";

static const char sql_id[] =
  "SELECT id FROM case_row WHERE fid = ?1";

static const char sql_by_number[] =
  "SELECT id FROM case_row WHERE number = ?1 LIMIT 2";

static const char sql_by_prefix[] =
  "SELECT id FROM case_row WHERE id BETWEEN ?1 AND ?2 LIMIT 2";

static const char sql_photos[] =
  "SELECT p.sha256, p.role, p.size, p.taken_at, p.lat7, p.lon7"
  " FROM case_photo AS p JOIN case_row AS c ON c.fid = p.case_fid"
  " WHERE c.id = ?1 ORDER BY p.position";

/* clang-format on */

LzCaseRow *
lz_case_row_copy (const LzCaseRow *self)
{
  LzCaseRow *copy = g_memdup2 (self, sizeof *self);

  copy->number = g_strdup (self->number);
  copy->category = g_strdup (self->category);
  copy->category_name = g_strdup (self->category_name);
  copy->road_name = g_strdup (self->road_name);
  copy->text = g_strdup (self->text);
  copy->unit = g_strdup (self->unit);
  return copy;
}

void
lz_case_row_free (LzCaseRow *self)
{
  if (self == NULL)
    return;

  g_free (self->number);
  g_free (self->category);
  g_free (self->category_name);
  g_free (self->road_name);
  g_free (self->text);
  g_free (self->unit);
  g_free (self);
}

LzLamp
lz_case_row_lamp_at (const LzCaseRow *self, gint64 now_ms)
{
  return lz_lamp_at (self->warn_ms, self->due_ms,
                     self->stopped_ms != 0 ? self->stopped_ms : now_ms);
}

static LzCaseRow *
read_row (LzStmt *stmt)
{
  LzCaseRow *row = g_new0 (LzCaseRow, 1);

  row->fid = sqlite3_column_int64 (stmt, 0);
  row->id = lz_stmt_column_id (stmt, 1);
  row->number = lz_stmt_dup_text (stmt, 2);
  row->state = (LzState) sqlite3_column_int (stmt, 3);
  row->category = lz_stmt_dup_text (stmt, 4);
  row->category_name = lz_stmt_dup_text (stmt, 5);
  row->dimension = (guint) sqlite3_column_int (stmt, 6);
  row->road_name = lz_stmt_dup_text (stmt, 7);
  row->chainage_cm = sqlite3_column_int64 (stmt, 8);
  row->offset_cm = sqlite3_column_int64 (stmt, 9);
  row->side = (LzSide) sqlite3_column_int (stmt, 10);
  row->place.lat7 = sqlite3_column_int (stmt, 11);
  row->place.lon7 = sqlite3_column_int (stmt, 12);
  row->text = lz_stmt_dup_text (stmt, 13);
  row->unit = lz_stmt_dup_text (stmt, 14);
  row->reported_ms = sqlite3_column_int64 (stmt, 15);
  row->changed_ms = sqlite3_column_int64 (stmt, 16);
  row->due_ms = sqlite3_column_int64 (stmt, 17);
  row->warn_ms = sqlite3_column_int64 (stmt, 18);
  row->stopped_ms = sqlite3_column_int64 (stmt, 19);
  row->n_photos = (guint) sqlite3_column_int64 (stmt, 20);
  if (sqlite3_column_bytes (stmt, 21) == LZ_SHA256_SIZE)
    memcpy (row->thumbnail, sqlite3_column_blob (stmt, 21), LZ_SHA256_SIZE);
  row->delivered = sqlite3_column_int (stmt, 22);
  row->stage_ms = sqlite3_column_int64 (stmt, 23);
  return row;
}

/**
 * lz_cases_load_rows:
 * @station: a station
 * @fids: (array length=n): which
 * @n: how many
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (nullable) (element-type LzCaseRow): the rows in the order of @fids;
 *   those that are gone are left out
 */
GPtrArray *
lz_cases_load_rows (LzStation *station, const gint64 *fids, guint n, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_case_row_free);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_row, error);
      g_autoptr (GError) failure = NULL;

      if (stmt == NULL)
        return NULL;
      sqlite3_bind_int64 (stmt, 1, fids[i]);
      if (lz_db_step (db, stmt, "reading cases", &failure))
        {
          g_ptr_array_add (rows, read_row (stmt));
        }
      else if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
    }
  return g_steal_pointer (&rows);
}

/**
 * lz_cases_load:
 * @station: a station
 * @id: a case
 * @error: (nullable): %LZ_ERROR_NOT_FOUND if there is no such case
 *
 * Returns: (transfer full) (nullable): the case
 */
LzCase *
lz_cases_load (LzStation *station, const LzId *id, GError **error)
{
  g_autoptr (GError) failure = NULL;
  LzCase *self = lz_projection_load (station, id, &failure);

  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (self == NULL)
    g_set_error_literal (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("There is no such case."));
  return self;
}

/* To the one row of @stmt; %LZ_ERROR_NOT_FOUND where it gives none. */
static gboolean
step_to_case (LzDb *db, LzStmt *stmt, const char *doing, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (lz_db_step (db, stmt, doing, &failure))
    return TRUE;
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    g_set_error_literal (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("There is no such case."));
  return FALSE;
}

gboolean
lz_cases_get_fid (LzStation *station, const LzId *id, gint64 *fid, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_fid, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, id);
  if (!step_to_case (db, stmt, "looking for a case", error))
    return FALSE;
  *fid = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

gboolean
lz_cases_get_id (LzStation *station, gint64 fid, LzId *id, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_id, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, fid);
  if (!step_to_case (db, stmt, "reading the name of a case", error))
    return FALSE;
  *id = lz_stmt_column_id (stmt, 0);
  return TRUE;
}

/* The ids that begin with the hexadecimal digits of @text; FALSE if it is no beginning of an id. */
static gboolean
make_prefix (const char *text, LzId *low, LzId *high)
{
  guint n = 0;

  memset (low, 0, sizeof *low);
  memset (high, 0xff, sizeof *high);
  for (const char *p = text; *p != '\0'; p++)
    {
      int digit = g_ascii_xdigit_value (*p);
      guint shift = n % 2 == 0 ? 4 : 0;

      if (*p == '-')
        continue;
      if (digit < 0 || n >= 32)
        return FALSE;
      low->bytes[n / 2] |= (guint8) (digit << shift);
      high->bytes[n / 2] &= (guint8) (~(0xf << shift) | digit << shift);
      n++;
    }
  return n >= 4;
}

static LzCase *
load_single (LzStation *station, LzStmt *stmt, const char *name, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GError) failure = NULL;
  LzId id;

  if (lz_db_step (db, stmt, "looking for a case", &failure))
    {
      id = lz_stmt_column_id (stmt, 0);
      if (!lz_db_step (db, stmt, "looking for a case", &failure) && failure == NULL)
        return lz_cases_load (station, &id, error);
      if (failure == NULL)
        g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("More than one case is called “%s”."),
                     name);
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return NULL;
}

/**
 * lz_cases_load_by_name:
 * @station: a station
 * @name: what the user calls it: its id, the beginning of its id, or its number
 * @error: (nullable): %LZ_ERROR_NOT_FOUND, or %LZ_ERROR_INVALID if several fit
 *
 * Returns: (transfer full) (nullable): the case
 */
LzCase *
lz_cases_load_by_name (LzStation *station, const char *name, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) by_number = lz_db_borrow (db, sql_by_number, error);
  g_autoptr (LzStmt) by_prefix = NULL;
  g_autoptr (GError) failure = NULL;
  LzCase *self;
  LzId low, high;

  if (by_number == NULL)
    return NULL;
  lz_stmt_bind_text (by_number, 1, name);
  self = load_single (station, by_number, name, &failure);
  if (self == NULL && failure == NULL && make_prefix (name, &low, &high))
    {
      by_prefix = lz_db_borrow (db, sql_by_prefix, error);
      if (by_prefix == NULL)
        return NULL;
      sqlite3_bind_blob (by_prefix, 1, low.bytes, sizeof low.bytes, SQLITE_TRANSIENT);
      sqlite3_bind_blob (by_prefix, 2, high.bytes, sizeof high.bytes, SQLITE_TRANSIENT);
      self = load_single (station, by_prefix, name, &failure);
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (self == NULL)
    g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("There is no case “%s”."), name);
  return self;
}

/**
 * lz_cases_list_photos:
 * @station: a station
 * @id: a case
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (nullable) (element-type LzPhotoRef): its photos in the order of its
 *   events
 */
GArray *
lz_cases_list_photos (LzStation *station, const LzId *id, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GArray) photos = g_array_new (FALSE, TRUE, sizeof (LzPhotoRef));
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_photos, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_id (stmt, 1, id);
  while (lz_db_step (db, stmt, "reading photos", &failure))
    {
      LzPhotoRef photo = { .role = (LzPhotoRole) sqlite3_column_int (stmt, 1),
                           .size_bytes = sqlite3_column_int64 (stmt, 2),
                           .taken_ms = sqlite3_column_int64 (stmt, 3),
                           .place = { sqlite3_column_int (stmt, 4),
                                      sqlite3_column_int (stmt, 5) } };

      if (sqlite3_column_bytes (stmt, 0) == LZ_SHA256_SIZE)
        memcpy (photo.sha256, sqlite3_column_blob (stmt, 0), LZ_SHA256_SIZE);
      g_array_append_val (photos, photo);
    }
  if (!lz_stmt_ended (&failure, error))
    return NULL;
  return g_steal_pointer (&photos);
}

static int
compare_distance (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const LzPoint *place = user_data;
  const LzCaseRow *left = *(LzCaseRow *const *) a;
  const LzCaseRow *right = *(LzCaseRow *const *) b;
  double difference = lz_distance_m (left->place, *place) - lz_distance_m (right->place, *place);

  return difference < 0 ? -1 : difference > 0;
}

/**
 * lz_cases_find_similar:
 * @station: a station
 * @category: code of a category
 * @place: where
 * @radius_m: how far around, metres (50 in practice, domain §2.2)
 * @hours: how long ago at most
 * @error: (nullable): return location
 *
 * Finds open cases that may be the same problem.
 *
 * Returns: (transfer full) (nullable) (element-type LzCaseRow): nearest first
 */
GPtrArray *
lz_cases_find_similar (LzStation *station,
                       const char *category,
                       LzPoint place,
                       double radius_m,
                       guint hours,
                       GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_case_row_free);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_similar, error);
  g_autoptr (GError) failure = NULL;
  double d_lat = radius_m / 111000 * LZ_POINT_SCALE;
  double d_lon = d_lat / MAX (0.01, cos (lz_point_latitude (place) * G_PI / 180));

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_text (stmt, 1, category);
  sqlite3_bind_int64 (stmt, 2, lz_station_now (station) - (gint64) hours * 3600000);
  sqlite3_bind_int64 (stmt, 3, (gint64) (place.lat7 - d_lat));
  sqlite3_bind_int64 (stmt, 4, (gint64) (place.lat7 + d_lat));
  sqlite3_bind_int64 (stmt, 5, (gint64) (place.lon7 - d_lon));
  sqlite3_bind_int64 (stmt, 6, (gint64) (place.lon7 + d_lon));
  while (lz_db_step (db, stmt, "looking for similar cases", &failure))
    {
      LzCaseRow *row = read_row (stmt);

      if (lz_distance_m (row->place, place) <= radius_m)
        g_ptr_array_add (rows, row);
      else
        lz_case_row_free (row);
    }
  if (!lz_stmt_ended (&failure, error))
    return NULL;
  g_ptr_array_sort_with_data (rows, compare_distance, &place);
  return g_steal_pointer (&rows);
}
