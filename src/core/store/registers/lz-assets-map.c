/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-assets.h"
#include "lz-line.h"
#include "lz-record-projection.h"
#include "lz-stmt.h"

#include <math.h>

#define EQUATOR_M  40075016.7
#define CURVE_BITS 31 /* of lz_point_morton(), each way */

/* clang-format off */
#define PLACED " (lat7 <> 0 OR lon7 <> 0)"

static const char sql_marks[] =
  "SELECT morton, fid, kind FROM record WHERE type = 3 AND state = 1 AND" PLACED " ORDER BY morton";

static const char sql_row[] =
  "SELECT " LZ_RECORD_COLUMNS " FROM record WHERE fid = ?1 AND type = 3";

static const char sql_near[] =
  "SELECT " LZ_RECORD_COLUMNS " FROM record WHERE type = 3 AND state = 1 AND" PLACED
  " AND morton BETWEEN ?1 AND ?2 AND lat7 BETWEEN ?3 AND ?4 AND lon7 BETWEEN ?5 AND ?6";
/* clang-format on */

void
lz_asset_marks_free (LzAssetMarks *self)
{
  if (self == NULL)
    return;
  g_free (self->morton);
  g_free (self->fids);
  g_free (self->kinds);
  g_free (self);
}

static guint8
find_kind (const LzAssetKinds *kinds, const char *key)
{
  guint n = MIN (lz_asset_kinds_get_n (kinds), LZ_ASSET_NO_KIND);

  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (lz_asset_kinds_get (kinds, i)->key, key) == 0)
      return (guint8) i;
  return LZ_ASSET_NO_KIND;
}

static void
add_mark (LzAssetMarks *self, guint64 morton, gint64 fid, guint8 kind)
{
  /* Doubles whenever the count is a power of two. */
  if ((self->n & (self->n - 1)) == 0)
    {
      guint size = MAX (self->n * 2, 1);

      self->morton = g_renew (guint64, self->morton, size);
      self->fids = g_renew (gint64, self->fids, size);
      self->kinds = g_renew (guint8, self->kinds, size);
    }
  self->morton[self->n] = morton;
  self->fids[self->n] = fid;
  self->kinds[self->n++] = kind;
}

/**
 * lz_assets_load_marks:
 * @station: a station
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (nullable): where everything lies that is on file and has a place
 */
LzAssetMarks *
lz_assets_load_marks (LzStation *station, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzAssetMarks) self = g_new0 (LzAssetMarks, 1);
  g_autoptr (LzAssetKinds) kinds = lz_assets_dup_kinds (station, error);
  g_autoptr (LzStmt) stmt = kinds != NULL ? lz_db_borrow (db, sql_marks, error) : NULL;
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;
  while (lz_db_step (db, stmt, "reading where assets lie", &failure))
    add_mark (self, (guint64) sqlite3_column_int64 (stmt, 0), sqlite3_column_int64 (stmt, 1),
              find_kind (kinds, (const char *) sqlite3_column_text (stmt, 2)));
  return lz_stmt_ended (&failure, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * lz_assets_load_row:
 * @station: a station
 * @fid: of the marks
 * @error: (nullable): %LZ_ERROR_NOT_FOUND if it is none any more
 *
 * Returns: (transfer full) (nullable): the asset
 */
LzRecord *
lz_assets_load_row (LzStation *station, gint64 fid, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_row, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, fid);
  if (lz_db_step (db, stmt, "reading an asset", &failure))
    return lz_record_read (stmt, error);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, "no asset in row %" G_GINT64_FORMAT, fid);
  return NULL;
}

static gboolean
add_cell (LzDb *db, guint64 cell, guint bits, const LzBox *box, GPtrArray *found, GError **error)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_near, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, (gint64) (cell << bits));
  sqlite3_bind_int64 (stmt, 2, (gint64) (((cell + 1) << bits) - 1));
  sqlite3_bind_int (stmt, 3, box->south7);
  sqlite3_bind_int (stmt, 4, box->north7);
  sqlite3_bind_int (stmt, 5, box->west7);
  sqlite3_bind_int (stmt, 6, box->east7);
  while (failure == NULL && lz_db_step (db, stmt, "looking for assets nearby", &failure))
    {
      LzRecord *record = lz_record_read (stmt, &failure);

      if (record != NULL)
        g_ptr_array_add (found, record);
    }
  return lz_stmt_ended (&failure, error);
}

/* The box lies in the map tiles of its four corners, if these are no smaller than it is; each is
 * one range of the curve. */
static gboolean
find_in_box (LzDb *db, const LzBox *box, double side_m, GPtrArray *found, GError **error)
{
  const LzPoint corners[] = { { box->north7, box->west7 },
                              { box->north7, box->east7 },
                              { box->south7, box->west7 },
                              { box->south7, box->east7 } };
  double tile_m = EQUATOR_M * cos (lz_point_latitude (corners[0]) * G_PI / 180);
  guint level = (guint) CLAMP (floor (log2 (tile_m / side_m)), 0, CURVE_BITS);
  guint bits = 2 * (CURVE_BITS - level);
  guint64 cells[G_N_ELEMENTS (corners)];

  for (guint i = 0; i < G_N_ELEMENTS (corners); i++)
    {
      gboolean known = FALSE;

      cells[i] = lz_point_morton (corners[i]) >> bits;
      for (guint k = 0; k < i; k++)
        known |= cells[k] == cells[i];
      if (!known && !add_cell (db, cells[i], bits, box, found, error))
        return FALSE;
    }
  return TRUE;
}

static int
compare_distance (gconstpointer a, gconstpointer b, gpointer data)
{
  const LzPoint *place = data;
  double near = lz_distance_m ((*(LzRecord *const *) a)->place, *place);
  double far = lz_distance_m ((*(LzRecord *const *) b)->place, *place);

  return near < far ? -1 : near > far;
}

/**
 * lz_assets_find_near:
 * @station: a station
 * @place: where
 * @radius_m: how far around, metres
 * @limit: at most so many
 * @error: (nullable): return location
 *
 * Finds what is on file around a place: what a case there may be about.
 *
 * Returns: (transfer full) (nullable) (element-type LzRecord): the nearest first
 */
GPtrArray *
lz_assets_find_near (LzStation *station,
                     LzPoint place,
                     double radius_m,
                     guint limit,
                     GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_record_free);
  double d_lat = radius_m / 111000 * LZ_POINT_SCALE;
  double d_lon = d_lat / MAX (0.01, cos (lz_point_latitude (place) * G_PI / 180));
  LzBox box = { (gint32) (place.lat7 - d_lat), (gint32) (place.lon7 - d_lon),
                (gint32) (place.lat7 + d_lat), (gint32) (place.lon7 + d_lon) };

  if (!find_in_box (lz_station_get_db (station), &box, 2.1 * radius_m, found, error))
    return NULL;
  for (guint i = 0; i < found->len;)
    if (lz_distance_m (((LzRecord *) found->pdata[i])->place, place) > radius_m)
      g_ptr_array_remove_index_fast (found, i);
    else
      i++;
  g_ptr_array_sort_with_data (found, compare_distance, &place);
  if (found->len > limit)
    g_ptr_array_set_size (found, (int) limit);
  return g_steal_pointer (&found);
}
