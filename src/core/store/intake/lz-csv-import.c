/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-bulk.h"
#include "lz-csv-import.h"
#include "lz-csv-map.h"
#include "lz-roads.h"
#include "lz-stmt.h"

#include <glib/gi18n-lib.h>
#include <math.h>

#define ACTOR          "import"
#define CASES_A_COMMIT 2000
#define MAX_REASONS    1000
#define MAX_OFFSET_M   8.0

typedef struct
{
  LzStation *station;
  LzCsv *csv;
  LzCsvMap *map;
  LzBulk *bulk;
  GHashTable *known; /* origins */
  GPtrArray *roads;  /* LzRoad, with @on_streets */
  char *file_name;
  gint64 now_ms;
  LzCsvReport *report;
} Import;

/* A row, understood. */
typedef struct
{
  char *origin;
  const char *category;
  gint64 opened_ms;
  gint64 due_ms;    /* 0 = none */
  gint64 closed_ms; /* 0 = open */
} Row;

/* clang-format off */
static const char sql_origins[] =
  "SELECT json_extract (body, '$.imported_from') FROM event"
  " WHERE actor = 'import' AND kind = 'case.reported'";
/* clang-format on */

void
lz_csv_report_free (LzCsvReport *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->reasons, g_ptr_array_unref);
  g_free (self);
}

static void
import_clear (Import *self)
{
  g_clear_pointer (&self->bulk, lz_bulk_free);
  g_clear_pointer (&self->csv, lz_csv_free);
  g_clear_pointer (&self->map, lz_csv_map_free);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_pointer (&self->roads, g_ptr_array_unref);
  g_clear_pointer (&self->report, lz_csv_report_free);
  g_free (self->file_name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Import, import_clear)

static gboolean
load_known (Import *self, GError **error)
{
  LzDb *db = lz_station_get_db (self->station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_origins, error);
  g_autoptr (GError) failure = NULL;

  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (stmt == NULL)
    return FALSE;
  while (lz_db_step (db, stmt, "looking for earlier imports", &failure))
    {
      const char *origin = (const char *) sqlite3_column_text (stmt, 0);

      if (origin != NULL)
        g_hash_table_add (self->known, g_strdup (origin));
    }
  return lz_stmt_ended (&failure, error);
}

static void
skip (Import *self, const char *reason)
{
  LzCsvReport *report = self->report;

  report->n_skipped++;
  if (report->reasons->len < MAX_REASONS)
    g_ptr_array_add (report->reasons,
                     g_strdup_printf (_ ("row %u: %s"), lz_csv_get_row (self->csv), reason));
}

static const char *
field (Import *self, LzCsvColumn column)
{
  return lz_csv_get (self->csv, self->map->columns[column]);
}

static gboolean
parse_time (Import *self, LzCsvColumn column, gint64 *time_ms)
{
  return lz_csv_parse_time (field (self, column), self->map->format, self->map->zone, time_ms);
}

static const char *
find_category (Import *self)
{
  g_autofree char *type = lz_csv_dup_type (field (self, LZ_CSV_TYPE));
  const char *code = g_hash_table_lookup (self->map->types, type);

  return code != NULL ? code : self->map->fallback;
}

static char *
make_origin (Import *self)
{
  if (*field (self, LZ_CSV_ID) != '\0')
    return g_strdup_printf ("%s:%s", self->file_name, field (self, LZ_CSV_ID));
  return g_strdup_printf ("%s:%u", self->file_name, lz_csv_get_row (self->csv));
}

/* NULL if the row is a case, else why not. */
static const char *
understand (Import *self, Row *row)
{
  row->category = find_category (self);
  if (row->category == NULL)
    return _ ("its type is in no category");
  if (*row->category == '\0')
    return _ ("such rows are left out");
  if (!parse_time (self, LZ_CSV_OPENED, &row->opened_ms) || row->opened_ms <= 0)
    return _ ("the time it was opened cannot be read");
  if (row->opened_ms > self->now_ms)
    return _ ("it was opened in the future");
  if (*field (self, LZ_CSV_DUE) != '\0' && !parse_time (self, LZ_CSV_DUE, &row->due_ms))
    return _ ("the deadline cannot be read");
  if (*field (self, LZ_CSV_CLOSED) != '\0' && !parse_time (self, LZ_CSV_CLOSED, &row->closed_ms))
    return _ ("the time it was closed cannot be read");
  if (row->closed_ms != 0 && row->closed_ms < row->opened_ms)
    return _ ("it was closed before it was opened");
  if (row->due_ms <= row->opened_ms)
    row->due_ms = 0; /* no time to do anything in is no deadline */
  return NULL;
}

/* -- where --------------------------------------------------------------------------------------
 */

/* A place on the station's roads that depends on the origin alone. */
static gboolean
place_on_streets (Import *self, const char *origin, LzBody *body)
{
  guint32 random = g_str_hash (origin) * 2654435761u;
  const LzRoad *road;
  LzProjection projection;

  if (self->roads->len == 0)
    return FALSE;
  road = g_ptr_array_index (self->roads, random % self->roads->len);
  random = random * 1664525u + 1013904223u;
  body->place = lz_line_point_at (road->line, road->length_m * (random >> 8) / 16777216.0);
  random = random * 1664525u + 1013904223u;
  body->place.lat7 += (gint32) ((random >> 8) / 16777216.0 * MAX_OFFSET_M * 90);
  random = random * 1664525u + 1013904223u;
  body->place.lon7 += (gint32) ((random >> 8) / 16777216.0 * MAX_OFFSET_M * 90);
  lz_line_project (road->line, body->place, &projection);
  body->road = road->id;
  body->road_name = g_strdup (road->name);
  body->chainage_cm = llround (projection.chainage_m * 100);
  body->offset_cm = llround (projection.offset_m * 100);
  body->side = projection.side < 0   ? LZ_SIDE_LEFT
               : projection.side > 0 ? LZ_SIDE_RIGHT
                                     : LZ_SIDE_NONE;
  return TRUE;
}

static gboolean
parse_degrees (const char *text, double *value)
{
  char *end;

  *value = g_ascii_strtod (text, &end);
  return end != text && *end == '\0';
}

static gboolean
place_as_given (Import *self, LzBody *body)
{
  double latitude, longitude;

  return parse_degrees (field (self, LZ_CSV_LAT), &latitude) &&
         parse_degrees (field (self, LZ_CSV_LON), &longitude) &&
         lz_point_from_degrees (latitude + self->map->lat_shift, longitude + self->map->lon_shift,
                                &body->place) &&
         lz_point_is_valid (body->place);
}

static gboolean
put_on_road (Import *self, LzBody *body, GError **error)
{
  g_autoptr (GError) failure = NULL;
  LzProjection projection;

  if (lz_roads_snap (self->station, body->place, &body->road, &body->road_name, &projection,
                     &failure))
    {
      body->chainage_cm = llround (projection.chainage_m * 100);
      body->offset_cm = llround (projection.offset_m * 100);
      body->side = projection.side < 0   ? LZ_SIDE_LEFT
                   : projection.side > 0 ? LZ_SIDE_RIGHT
                                         : LZ_SIDE_NONE;
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* -- a case -------------------------------------------------------------------------------------
 */

static LzEvent *
add_event (GPtrArray *events, LzKind kind, gint64 at_ms)
{
  LzEvent *event = lz_event_new ();

  event->kind = kind;
  event->actor = g_strdup (ACTOR);
  event->occurred_ms = at_ms;
  event->body = lz_body_new ();
  g_ptr_array_add (events, event);
  return event;
}

static char *
dup_or_null (const char *text)
{
  return *text != '\0' ? g_strdup (text) : NULL;
}

static char *
make_text (Import *self)
{
  const char *type = field (self, LZ_CSV_TYPE);
  const char *text = field (self, LZ_CSV_TEXT);

  return *text != '\0' ? g_strdup_printf ("%s: %s", type, text) : g_strdup (type);
}

static void
set_deadline (Import *self, const Row *row, const LzCondition *condition, LzBody *body)
{
  const LzCalendar *calendar = lz_station_get_calendar (self->station);

  if (row->due_ms != 0)
    {
      /* The history's own, which no calendar of ours gave. */
      body->imported_from = g_strdup (row->origin);
      body->due_ms = row->due_ms;
      body->warn_ms = row->opened_ms + (row->due_ms - row->opened_ms) / 5 * 4;
      return;
    }
  body->limit = condition->limit;
  body->due_ms = lz_calendar_due (calendar, condition->limit, row->opened_ms);
  body->warn_ms = lz_calendar_warn (calendar, condition->limit, row->opened_ms);
}

/* The rest of its life after the report. */
static void
add_life (Import *self, const Row *row, GPtrArray *events)
{
  const LzCategory *category =
      lz_catalogue_find (lz_station_get_catalogue (self->station), row->category);
  const LzCondition *condition = lz_category_find_condition (category, 1);
  LzEvent *event;

  event = add_event (events, LZ_KIND_FILED, row->opened_ms);
  event->body->condition = condition->number;
  event->body->limit = condition->limit;
  event = add_event (events, LZ_KIND_DISPATCHED, row->opened_ms);
  event->body->unit = g_strdup (category->lead_unit);
  set_deadline (self, row, condition, event->body);
  if (row->closed_ms == 0)
    return;
  event = add_event (events, LZ_KIND_FORCED, row->closed_ms);
  event->body->text = g_strdup (_ ("Closed in the source; imported without photos."));
}

/* FALSE with @error unset: the row was left out. */
static gboolean
add_case (Import *self, const Row *row, GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_event_free);
  LzBody *body = add_event (events, LZ_KIND_REPORTED, row->opened_ms)->body;
  g_autoptr (GError) failure = NULL;

  if (self->map->on_streets ? !place_on_streets (self, row->origin, body)
                            : !place_as_given (self, body))
    {
      skip (self, _ ("it has no place"));
      return TRUE;
    }
  if (!self->map->on_streets && !put_on_road (self, body, error))
    return FALSE;
  body->category = g_strdup (row->category);
  body->text = make_text (self);
  body->address = dup_or_null (field (self, LZ_CSV_ADDRESS));
  body->source =
      lz_source_dup_word (lz_csv_map_find_source (self->map, field (self, LZ_CSV_SOURCE)));
  body->imported_from = g_strdup (row->origin);
  add_life (self, row, events);

  if (lz_bulk_add_case (self->bulk, events, LZ_ROLES_ANY, &failure))
    {
      self->report->n_cases++;
      self->report->n_events += events->len;
      return TRUE;
    }
  if (!g_error_matches (failure, LZ_ERROR, LZ_ERROR_REFUSED) &&
      !g_error_matches (failure, LZ_ERROR, LZ_ERROR_INVALID))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  skip (self, failure->message);
  return TRUE;
}

static gboolean
import_row (Import *self, GError **error)
{
  Row row = { .origin = make_origin (self) };
  const char *reason;
  gboolean ok = TRUE;

  if (g_hash_table_contains (self->known, row.origin))
    self->report->n_known++;
  else if ((reason = understand (self, &row)) != NULL)
    skip (self, reason);
  else
    ok = add_case (self, &row, error);
  g_hash_table_add (self->known, row.origin);
  return ok;
}

static gboolean
import_rows (Import *self,
             LzCsvProgress progress,
             gpointer data,
             GCancellable *cancellable,
             GError **error)
{
  while (TRUE)
    {
      g_autoptr (GError) failure = NULL;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (lz_csv_next (self->csv, &failure))
        {
          if (!import_row (self, error))
            return FALSE;
        }
      else if (failure == NULL)
        return lz_bulk_commit (self->bulk, error);
      else if (g_error_matches (failure, LZ_ERROR, LZ_ERROR_INVALID))
        skip (self, failure->message);
      else
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      if (++self->report->n_rows % CASES_A_COMMIT != 0)
        continue;
      if (!lz_bulk_commit (self->bulk, error))
        return FALSE;
      if (progress != NULL)
        progress (self->report->n_rows, data);
    }
}

static char *
dup_source_name (const LzCsvMap *map, const char *path)
{
  return map->name != NULL ? g_strdup (map->name) : g_path_get_basename (path);
}

LzCsvReport *
lz_csv_import_cases (LzStation *station,
                     const char *path,
                     const char *map_path,
                     const char *place,
                     LzCsvProgress progress,
                     gpointer progress_data,
                     GCancellable *cancellable,
                     GError **error)
{
  g_auto (Import) self = { .station = station, .now_ms = lz_station_now (station) };

  self.csv = lz_csv_open (path, error);
  if (self.csv == NULL)
    return NULL;
  self.map = lz_csv_map_load (map_path, self.csv, lz_station_get_catalogue (station), error);
  if (self.map == NULL || !load_known (&self, error))
    return NULL;
  if (place != NULL)
    self.map->on_streets = g_str_equal (place, "streets");
  if (self.map->on_streets)
    {
      self.roads = lz_roads_list (station, FALSE, error);
      if (self.roads == NULL)
        return NULL;
    }
  self.file_name = dup_source_name (self.map, path);
  self.report = g_new0 (LzCsvReport, 1);
  self.report->reasons = g_ptr_array_new_with_free_func (g_free);
  self.bulk = lz_bulk_new (station);
  if (!import_rows (&self, progress, progress_data, cancellable, error))
    return NULL;
  return g_steal_pointer (&self.report);
}
