/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-desk-private.h"
#include "lz-event-table.h"
#include "lz-period.h"
#include "lz-stmt.h"

#define N_WEEKS     12
#define MS_PER_WEEK G_GINT64_CONSTANT (604800000)
#define N_PATROLS   10

/* clang-format off */
static const char sql_cases[] =
  "SELECT id, chainage_cm, side, state, category, due_at, warn_at, stopped_at FROM case_row"
  " INDEXED BY case_open WHERE closed_at = 0 AND road = ?1 ORDER BY chainage_cm, fid";

static const char sql_reported[] =
  "SELECT (reported_at - ?2) / ?3, count(*) FROM case_row INDEXED BY case_of_road_lately"
  " WHERE road = ?1 AND reported_at >= ?2 AND state NOT IN (4, 18, 19) GROUP BY 1";

static const char sql_ended[] =
  "SELECT (closed_at - ?2) / ?3, count(*) FROM case_row INDEXED BY case_of_road_ended"
  " WHERE road = ?1 AND closed_at > 0 AND closed_at >= ?2 GROUP BY 1";
/* clang-format on */

static void
free_case (gpointer data)
{
  g_free (((LzDeskCase *) data)->category);
  g_free (data);
}

void
lz_desk_file_free (LzDeskFile *self)
{
  if (self == NULL)
    return;
  lz_desk_road_free (self->summary);
  lz_health_model_free (self->model);
  g_clear_pointer (&self->chiefs, g_ptr_array_unref);
  g_clear_pointer (&self->weeks, g_array_unref);
  g_clear_pointer (&self->cases, g_ptr_array_unref);
  g_clear_pointer (&self->spots, g_ptr_array_unref);
  g_clear_pointer (&self->assets, g_ptr_array_unref);
  lz_asset_kinds_unref (self->kinds);
  g_clear_pointer (&self->pictures, g_hash_table_unref);
  g_clear_pointer (&self->patrols, g_ptr_array_unref);
  g_free (self);
}

static gboolean
read_cases (LzDeskFile *self, LzStation *station, const LzId *road, gint64 now_ms, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_cases, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, road);
  while (lz_db_step (db, stmt, "reading a road's open cases", &failure))
    {
      LzDeskCase *kase = g_new0 (LzDeskCase, 1);
      gint64 stopped_ms = sqlite3_column_int64 (stmt, 7);

      kase->id = lz_stmt_column_id (stmt, 0);
      kase->chainage_cm = sqlite3_column_int64 (stmt, 1);
      kase->side = (LzSide) sqlite3_column_int (stmt, 2);
      kase->state = (LzState) sqlite3_column_int (stmt, 3);
      kase->category = lz_stmt_dup_text (stmt, 4);
      kase->lamp = lz_lamp_at (sqlite3_column_int64 (stmt, 6), sqlite3_column_int64 (stmt, 5),
                               stopped_ms != 0 ? stopped_ms : now_ms);
      g_ptr_array_add (self->cases, kase);
    }
  return lz_stmt_ended (&failure, error);
}

static gboolean
count_weeks (LzDeskFile *self,
             LzStation *station,
             const char *sql,
             const LzId *road,
             gsize member,
             GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, road);
  sqlite3_bind_int64 (stmt, 2, g_array_index (self->weeks, LzDeskWeek, 0).begins_ms);
  sqlite3_bind_int64 (stmt, 3, MS_PER_WEEK);
  while (lz_db_step (db, stmt, "counting a road's weeks", &failure))
    {
      gint64 week = sqlite3_column_int64 (stmt, 0);

      if (week < N_WEEKS)
        G_STRUCT_MEMBER (guint, &g_array_index (self->weeks, LzDeskWeek, week), member) =
            (guint) sqlite3_column_int64 (stmt, 1);
    }
  return lz_stmt_ended (&failure, error);
}

static gboolean
read_weeks (LzDeskFile *self, LzStation *station, const LzId *road, gint64 now_ms, GError **error)
{
  int offset_min = lz_calendar_get_utc_offset_min (lz_station_get_calendar (station));
  LzPeriod week = lz_period_at (LZ_PERIOD_WEEK, now_ms, offset_min);

  for (guint i = 0; i < N_WEEKS; i++)
    {
      LzDeskWeek empty = { week.from_ms - (N_WEEKS - 1 - i) * MS_PER_WEEK, 0, 0 };

      g_array_append_val (self->weeks, empty);
    }
  return count_weeks (self, station, sql_reported, road, G_STRUCT_OFFSET (LzDeskWeek, reported),
                      error) &&
         count_weeks (self, station, sql_ended, road, G_STRUCT_OFFSET (LzDeskWeek, closed), error);
}

static void
keep_spot (const LzDeskSpot *spot, gpointer data)
{
  LzDeskSpot *copy = g_memdup2 (spot, sizeof *spot);

  copy->category = g_strdup (spot->category);
  g_ptr_array_add (data, copy);
}

static int
compare_spots (gconstpointer a, gconstpointer b)
{
  const LzDeskSpot *first = *(const LzDeskSpot *const *) a;
  const LzDeskSpot *second = *(const LzDeskSpot *const *) b;

  return (first->n < second->n) - (first->n > second->n);
}

static void
keep_chief (const LzId *road, LzDeskChief *chief, gpointer data)
{
  g_ptr_array_add (data, chief);
}

/* Of the sign boards: what hangs at the road is shown as it is. */
static gboolean
read_pictures (LzDeskFile *self, LzStation *station, GError **error)
{
  self->pictures =
      g_hash_table_new_full (lz_id_hash, lz_id_equal, g_free, (GDestroyNotify) g_array_unref);
  for (guint i = 0; i < self->assets->len; i++)
    {
      const LzRecord *record = self->assets->pdata[i];
      GArray *photos;

      if (record->n_photos == 0 ||
          g_strcmp0 (lz_record_get_text (record, "kind"), "sign_board") != 0)
        continue;
      photos = lz_records_list_photos (station, &record->id, error);
      if (photos == NULL)
        return FALSE;
      g_hash_table_insert (self->pictures, g_memdup2 (&record->id, sizeof record->id), photos);
    }
  return TRUE;
}

static gboolean
read_assets (LzDeskFile *self, LzStation *station, const LzId *road, GError **error)
{
  LzRecordQuery query = { .type = LZ_RECORD_ASSET,
                          .states = LZ_RECORD_BIT (LZ_RECORD_OPEN),
                          .road = *road };

  self->kinds = lz_assets_dup_kinds (station, error);
  self->assets = self->kinds != NULL ? lz_records_list (station, &query, error) : NULL;
  return self->assets != NULL && read_pictures (self, station, error);
}

/* The one road's line of the list, and what its health takes off; its spots are there. */
static gboolean
read_summary (LzDeskFile *self, LzStation *station, const LzId *road, gint64 now_ms, GError **error)
{
  g_autoptr (GHashTable) by_id = g_hash_table_new (lz_id_hash, lz_id_equal);
  LzRoad *loaded = lz_roads_load (station, road, error);

  if (loaded == NULL)
    return FALSE;
  self->summary = lz_desk_road_new (loaded);
  self->summary->facts.spots = self->spots->len;
  g_hash_table_insert (by_id, &loaded->id, self->summary);
  if (!lz_desk_fill (station, by_id, road, now_ms, error))
    return FALSE;
  lz_desk_road_judge (self->summary, self->model, self->terms);
  return TRUE;
}

/**
 * lz_desk_load:
 * @station: a station
 * @road: a road
 * @now_ms: the moment to judge at
 * @error: (nullable): %LZ_ERROR_NOT_FOUND if there is no such road
 *
 * Returns: (transfer full) (nullable): everything on file for the road
 */
LzDeskFile *
lz_desk_load (LzStation *station, const LzId *road, gint64 now_ms, GError **error)
{
  g_autoptr (LzDeskFile) self = g_new0 (LzDeskFile, 1);

  self->chiefs = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_desk_chief_free);
  self->weeks = g_array_new (FALSE, TRUE, sizeof (LzDeskWeek));
  self->cases = g_ptr_array_new_with_free_func (free_case);
  self->spots = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_desk_spot_free);
  self->model = lz_desk_dup_health_model (station, error);
  if (self->model == NULL ||
      !lz_desk_find_spots (station, self->model, road, now_ms, keep_spot, self->spots, error) ||
      !read_summary (self, station, road, now_ms, error) ||
      !read_cases (self, station, road, now_ms, error) ||
      !read_weeks (self, station, road, now_ms, error) ||
      !lz_desk_list_chiefs (station, road, keep_chief, self->chiefs, error) ||
      !read_assets (self, station, road, error))
    return NULL;
  self->patrols = lz_desk_list_patrols (station, road, N_PATROLS, error);
  g_ptr_array_sort (self->spots, compare_spots);
  return self->patrols != NULL ? g_steal_pointer (&self) : NULL;
}
