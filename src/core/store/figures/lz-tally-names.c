/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-data.h"
#include "lz-divisions.h"
#include "lz-event-table.h"
#include "lz-stmt.h"
#include "lz-tally-query.h"

#include <glib/gi18n-lib.h>
#include <string.h>

struct _LzTallyNames
{
  GHashTable *roads;      /* id as text → name */
  GHashTable *people;     /* id → name */
  LzDivisions *divisions; /* nullable */
  LzCatalogue *catalogue;
};

void
lz_tally_names_free (LzTallyNames *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->roads, g_hash_table_unref);
  g_clear_pointer (&self->people, g_hash_table_unref);
  g_clear_pointer (&self->divisions, lz_divisions_unref);
  g_clear_pointer (&self->catalogue, lz_catalogue_unref);
  g_free (self);
}

static gboolean
load_roads (LzTallyNames *self, LzStation *station, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, "SELECT id, name FROM road", error);
  g_autoptr (GError) failure = NULL;

  self->roads = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (stmt == NULL)
    return FALSE;
  while (lz_db_step (db, stmt, "reading the names of the roads", &failure))
    {
      LzId id = lz_stmt_column_id (stmt, 0);
      char text[LZ_ID_STRING_SIZE];

      lz_id_format (&id, text);
      g_hash_table_insert (self->roads, g_strdup (text), lz_stmt_dup_text (stmt, 1));
    }
  return lz_stmt_ended (&failure, error);
}

static gboolean
load_people (LzTallyNames *self, LzStation *station, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, "SELECT id, name FROM person", error);
  g_autoptr (GError) failure = NULL;

  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (stmt == NULL)
    return FALSE;
  while (lz_db_step (db, stmt, "reading the names of the people", &failure))
    g_hash_table_insert (self->people, lz_stmt_dup_text (stmt, 0), lz_stmt_dup_text (stmt, 1));
  return lz_stmt_ended (&failure, error);
}

/* An office without a table of divisions has their codes. */
static gboolean
load_divisions (LzTallyNames *self, LzStation *station, GError **error)
{
  g_autoptr (GBytes) table = NULL;

  if (!lz_station_find_reference (station, "divisions.tsv", &table, error))
    return FALSE;
  if (table != NULL)
    self->divisions = lz_divisions_parse (table, error);
  return table == NULL || self->divisions != NULL;
}

LzTallyNames *
lz_tally_names_load (LzStation *station, GError **error)
{
  g_autoptr (LzTallyNames) self = g_new0 (LzTallyNames, 1);

  if (!load_roads (self, station, error) || !load_people (self, station, error) ||
      !load_divisions (self, station, error))
    return NULL;
  self->catalogue = lz_catalogue_ref ((LzCatalogue *) lz_station_get_catalogue (station));
  return g_steal_pointer (&self);
}

static const char *
find_division (const LzTallyNames *self, const char *code)
{
  const LzDivision *division =
      self->divisions != NULL ? lz_divisions_find (self->divisions, code) : NULL;

  return division != NULL ? division->name : NULL;
}

static const char *
find_category (const LzTallyNames *self, const char *code)
{
  const LzCategory *category = lz_catalogue_find (self->catalogue, code);

  return category != NULL ? category->name : NULL;
}

static const char *
find_weekday (const char *value)
{
  static const char *const days[] = { N_ ("Monday"),   N_ ("Tuesday"), N_ ("Wednesday"),
                                      N_ ("Thursday"), N_ ("Friday"),  N_ ("Saturday"),
                                      N_ ("Sunday") };

  return *value >= '1' && *value <= '7' ? _ (days[*value - '1']) : NULL;
}

static const char *find_name (const LzTallyNames *self, LzTallyBy by, const char *value);

static char *
dup_pair (const LzTallyNames *self, LzTallyBy by, const char *value)
{
  static const LzTallyBy inner[] = { LZ_BY_SUBDISTRICT, LZ_BY_ROAD, LZ_BY_UNIT, LZ_BY_COMMUNITY };
  const char *space = strchr (value, ' ');
  g_autofree char *dimension = g_strndup (value, (gsize) (space - value));
  g_autofree char *name =
      lz_tally_names_dup (self, inner[by - LZ_BY_DIMENSION_SUBDISTRICT], space + 1);
  const char *word = find_name (self, LZ_BY_DIMENSION, dimension);

  return g_strdup_printf ("%s %s", word != NULL ? word : dimension, name);
}

static char *
dup_road_time (const LzTallyNames *self, LzTallyBy by, const char *value)
{
  const char *space = strrchr (value, ' ');
  g_autofree char *road = g_strndup (value, (gsize) (space - value));
  const char *name = g_hash_table_lookup (self->roads, road);

  if (by == LZ_BY_ROAD_WEEKDAY)
    return g_strdup_printf ("%s %s", name != NULL ? name : road, find_weekday (space + 1));
  return g_strdup_printf ("%s %s:00", name != NULL ? name : road, space + 1);
}

static const char *
find_name (const LzTallyNames *self, LzTallyBy by, const char *value)
{
  LzDimension dimension;

  switch (by)
    {
    case LZ_BY_ALL:
      return _ ("Total");
    case LZ_BY_DIMENSION:
      return lz_dimension_from_string (value, &dimension) ? lz_dimension_label (dimension) : NULL;
    case LZ_BY_CATEGORY:
      return find_category (self, value);
    case LZ_BY_SUBDISTRICT:
    case LZ_BY_COMMUNITY:
      return find_division (self, value);
    case LZ_BY_ROAD:
      return g_hash_table_lookup (self->roads, value);
    case LZ_BY_CHIEF:
    case LZ_BY_INSPECTOR:
      return g_hash_table_lookup (self->people, value);
    case LZ_BY_SOURCE:
      return lz_source_label (lz_source_from_string (value));
    case LZ_BY_WEEKDAY:
      return find_weekday (value);
    case LZ_BY_UNIT:
    case LZ_BY_HOUR:
    case LZ_BY_DAY:
    case LZ_BY_ROAD_HOUR:
    case LZ_BY_DIMENSION_SUBDISTRICT:
    case LZ_BY_DIMENSION_ROAD:
    case LZ_BY_DIMENSION_UNIT:
    case LZ_BY_DIMENSION_COMMUNITY:
    case LZ_BY_ROAD_WEEKDAY:
    case LZ_N_BYS:
    default:
      return NULL;
    }
}

char *
lz_tally_names_dup (const LzTallyNames *self, LzTallyBy by, const char *value)
{
  const char *name;

  g_return_val_if_fail (value != NULL, NULL);

  if (by != LZ_BY_ALL && *value == '\0')
    return g_strdup (_ ("(none)"));
  if (by == LZ_BY_HOUR)
    return g_strdup_printf ("%s:00", value);
  if (by >= LZ_BY_DIMENSION_SUBDISTRICT && by <= LZ_BY_DIMENSION_COMMUNITY &&
      strchr (value, ' ') != NULL)
    return dup_pair (self, by, value);
  if ((by == LZ_BY_ROAD_HOUR || by == LZ_BY_ROAD_WEEKDAY) && strchr (value, ' ') != NULL)
    return dup_road_time (self, by, value);
  name = find_name (self, by, value);
  return g_strdup (name != NULL ? name : value);
}

/* -- the office's data --------------------------------------------------------------------------
 */

/* The station's own table if it has one, else the built-in one. */
static GBytes *
find_table (LzStation *station, const char *name, GError **error)
{
  g_autofree char *path = g_strdup_printf ("scores/%s.tsv", name);
  GBytes *content;

  if (!lz_station_find_reference (station, path, &content, error))
    return NULL;
  if (content == NULL)
    content = lz_data_lookup (path, NULL);
  if (content == NULL)
    g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("There is no score model “%s”."), name);
  return content;
}

LzScoreModel *
lz_scores_load (LzStation *station, const char *key, GError **error)
{
  g_autoptr (GBytes) bytes = find_table (station, key, error);

  return bytes != NULL ? lz_score_model_parse (bytes, error) : NULL;
}
