/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-areas.h"
#include "lz-communities.h"
#include "lz-csv.h"
#include "lz-divisions.h"
#include "lz-event-table.h"
#include "lz-records-act.h"
#include "lz-records.h"
#include "lz-roads.h"
#include "lz-stmt.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define CODE_LENGTH 12
#define SAMPLE_M    20.0

/* clang-format off */
/* What this station alone knew before communities travelled; nothing is added any more. */
static const char sql_list_own[] = "SELECT road, community FROM road_community";
static const char sql_forget_own[] = "DELETE FROM road_community";
/* clang-format on */

static const char *const road_names[] = { "road", "道路", "道路名称", NULL };
static const char *const community_names[] = {
  "community", "社区", "社区(村)", "code", "name", NULL
};

void
lz_communities_report_free (LzCommunitiesReport *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->reasons);
  g_free (self);
}

static GHashTable *
load_own (LzStation *station, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_list_own, error);
  g_autoptr (GHashTable) communities =
      g_hash_table_new_full (lz_id_hash, lz_id_equal, g_free, g_free);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;
  while (lz_db_step (db, stmt, "reading the communities of the roads", &failure))
    {
      LzId road = lz_stmt_column_id (stmt, 0);

      g_hash_table_insert (communities, g_memdup2 (&road, sizeof road), lz_stmt_dup_text (stmt, 1));
    }
  return lz_stmt_ended (&failure, error) ? g_steal_pointer (&communities) : NULL;
}

GHashTable *
lz_communities_load (LzStation *station, GError **error)
{
  LzRecordQuery query = { .type = LZ_RECORD_COMMUNITY };
  g_autoptr (GHashTable) communities = load_own (station, error);
  g_autoptr (GPtrArray) records =
      communities != NULL ? lz_records_list (station, &query, error) : NULL;

  if (records == NULL)
    return NULL;
  for (guint i = 0; i < records->len; i++)
    {
      const LzRecord *record = records->pdata[i];
      const char *code = lz_record_get_text (record, "community");

      if (record->state == LZ_RECORD_OPEN && code != NULL)
        g_hash_table_replace (communities, g_memdup2 (&record->road, sizeof record->road),
                              g_strdup (code));
      else
        g_hash_table_remove (communities, &record->road);
    }
  return g_steal_pointer (&communities);
}

static gboolean
set_community (LzStation *station, const LzId *road, const char *community, GError **error)
{
  g_autofree char *key = lz_id_dup_string (road);
  LzId id = lz_records_make_id (lz_station_get_feed (station), LZ_RECORD_COMMUNITY, key);
  g_autoptr (LzRecord) old = lz_records_load (station, &id, NULL);
  gboolean is_set = old != NULL && old->state == LZ_RECORD_OPEN;
  g_autoptr (JsonObject) facts = json_object_new ();
  g_autoptr (LzBody) body = lz_body_new ();

  if (community == NULL)
    return !is_set || lz_records_act (station, "community.removed", &id, NULL, NULL, NULL, error);
  if (is_set && g_strcmp0 (lz_record_get_text (old, "community"), community) == 0)
    return TRUE;
  body->road = *road;
  json_object_set_string_member (facts, "community", community);
  return lz_records_act (station, "community.set", &id, facts, body, NULL, error);
}

/* What only this station knew goes the way of everything else as soon as somebody who may says
 * something about communities. */
static gboolean
hand_over_own (LzStation *station, GError **error)
{
  g_autoptr (GHashTable) own = load_own (station, error);
  GHashTableIter iter;
  LzId *road;
  const char *community;

  if (own == NULL)
    return FALSE;
  if (g_hash_table_size (own) == 0)
    return TRUE;
  g_hash_table_iter_init (&iter, own);
  while (g_hash_table_iter_next (&iter, (gpointer *) &road, (gpointer *) &community))
    {
      g_autofree char *key = lz_id_dup_string (road);
      LzId id = lz_records_make_id (lz_station_get_feed (station), LZ_RECORD_COMMUNITY, key);
      g_autoptr (LzRecord) known = lz_records_load (station, &id, NULL);

      if (known == NULL && !set_community (station, road, community, error))
        return FALSE;
    }
  return lz_db_exec (lz_station_get_db (station), sql_forget_own, error);
}

gboolean
lz_communities_set (LzStation *station, const LzId *road, const char *community, GError **error)
{
  LzDb *db = lz_station_get_db (station);

  if (!lz_db_begin (db, error))
    return FALSE;
  if (!hand_over_own (station, error) || !set_community (station, road, community, error))
    {
      lz_db_rollback (db);
      return FALSE;
    }
  return lz_db_commit (db, error);
}

char *
lz_communities_find (LzStation *station, const char *name, GError **error)
{
  g_autoptr (GBytes) table = lz_station_dup_reference (station, "divisions.tsv", NULL);
  g_autoptr (LzDivisions) divisions = table != NULL ? lz_divisions_parse (table, NULL) : NULL;
  const LzDivision *found = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  if (strlen (name) == CODE_LENGTH && strspn (name, "0123456789") == CODE_LENGTH)
    return g_strdup (name);
  if (divisions != NULL)
    found = lz_divisions_find_name (divisions, name, lz_station_get_feed (station));
  if (found != NULL && strlen (found->code) == CODE_LENGTH)
    return g_strdup (found->code);
  g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND,
               _ ("“%s” is no community of this office; its 12-digit code would do."), name);
  return NULL;
}

/* -- a file -------------------------------------------------------------------------------------
 */

typedef struct
{
  LzStation *station;
  LzCommunitiesReport *report;
} Import;

static void
skip (Import *self, guint row, const char *reason)
{
  g_ptr_array_add (self->report->reasons, g_strdup_printf (_ ("row %u: %s"), row, reason));
}

static int
find_column (const LzCsv *csv, const char *const *names)
{
  int column = -1;

  for (guint i = 0; names[i] != NULL && column < 0; i++)
    column = lz_csv_find_column (csv, names[i]);
  return column;
}

static gboolean
take_row (Import *self, guint row, const char *road_name, const char *name, GError **error)
{
  g_autoptr (GError) reason = NULL;
  g_autoptr (LzRoad) road = lz_roads_find_by_name (self->station, road_name, &reason);
  g_autofree char *code = road != NULL ? lz_communities_find (self->station, name, &reason) : NULL;

  self->report->n_rows++;
  if (code == NULL)
    {
      skip (self, row, reason->message);
      return TRUE;
    }
  self->report->n_roads++;
  return set_community (self->station, &road->id, code, error);
}

static gboolean
read_csv (Import *self, const char *path, GError **error)
{
  g_autoptr (LzCsv) csv = lz_csv_open (path, error);
  g_autoptr (GError) failure = NULL;
  int road, community;

  if (csv == NULL)
    return FALSE;
  road = find_column (csv, road_names);
  community = find_column (csv, community_names);
  if (road < 0 || community < 0)
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID,
                           _ ("The table needs a column “road” and a column “community”."));
      return FALSE;
    }
  while (lz_csv_next (csv, &failure))
    if (!take_row (self, lz_csv_get_row (csv), lz_csv_get (csv, road), lz_csv_get (csv, community),
                   error))
      return FALSE;
  return lz_stmt_ended (&failure, error);
}

/* The area in which most of the road lies; NULL: in none. */
static const LzArea *
find_area (GPtrArray *areas, const LzRoad *road)
{
  g_autofree guint *n_in = g_new0 (guint, areas->len + 1);
  const LzArea *most = NULL;
  guint best = 0;

  for (double at = 0; at <= road->length_m; at += SAMPLE_M)
    {
      LzPoint point = lz_line_point_at (road->line, at);

      for (guint i = 0; i < areas->len; i++)
        n_in[i] += lz_area_contains (g_ptr_array_index (areas, i), point);
    }
  for (guint i = 0; i < areas->len; i++)
    if (n_in[i] > best)
      {
        best = n_in[i];
        most = g_ptr_array_index (areas, i);
      }
  return most;
}

/* Of the areas only those that are communities; @codes: of each. */
static GPtrArray *
read_areas (Import *self, const char *path, GHashTable *codes, GError **error)
{
  g_autoptr (GPtrArray) areas = lz_areas_read (path, error);

  for (guint i = 0; areas != NULL && i < areas->len; i++)
    {
      const LzArea *area = g_ptr_array_index (areas, i);
      g_autoptr (GError) reason = NULL;
      char *code = NULL;

      self->report->n_rows++;
      if (area->code != NULL)
        code = lz_communities_find (self->station, area->code, NULL);
      if (code == NULL)
        code = lz_communities_find (self->station, area->name != NULL ? area->name : "", &reason);
      if (code == NULL)
        skip (self, i + 1, reason->message);
      else
        g_hash_table_insert (codes, (gpointer) area, code);
    }
  return g_steal_pointer (&areas);
}

static gboolean
read_map (Import *self, const char *path, GError **error)
{
  g_autoptr (GHashTable) codes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GPtrArray) areas = read_areas (self, path, codes, error);
  g_autoptr (GPtrArray) roads = areas != NULL ? lz_roads_list (self->station, FALSE, error) : NULL;

  if (roads == NULL)
    return FALSE;
  for (guint i = 0; i < roads->len; i++)
    {
      const LzRoad *road = g_ptr_array_index (roads, i);
      const LzArea *area = find_area (areas, road);
      const char *code = area != NULL ? g_hash_table_lookup (codes, area) : NULL;

      if (code == NULL)
        continue;
      if (!set_community (self->station, &road->id, code, error))
        return FALSE;
      self->report->n_roads++;
    }
  return TRUE;
}

LzCommunitiesReport *
lz_communities_import (LzStation *station, const char *path, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzCommunitiesReport) report = g_new0 (LzCommunitiesReport, 1);
  g_autofree char *lower = g_ascii_strdown (path, -1);
  Import import = { station, report };
  gboolean is_csv = g_str_has_suffix (lower, ".csv") || g_str_has_suffix (lower, ".csv.gz");

  report->reasons = g_ptr_array_new_with_free_func (g_free);
  if (!lz_db_begin (db, error))
    return NULL;
  if (!hand_over_own (station, error) ||
      !(is_csv ? read_csv (&import, path, error) : read_map (&import, path, error)))
    {
      lz_db_rollback (db);
      return NULL;
    }
  return lz_db_commit (db, error) ? g_steal_pointer (&report) : NULL;
}
