/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-data.h"
#include "lz-divisions.h"
#include "lz-sample-private.h"
#include "lz-sample.h"
#include "lz-station-private.h"

#include <glib/gi18n-lib.h>

#define DIVISIONS_FOLDER "divisions/"

/* An office among the built-in divisions, with the table that names it. */
typedef struct
{
  GBytes *content;
  LzDivisions *divisions;
  const LzDivision *office;
} Place;

static void
place_clear (Place *place)
{
  g_clear_pointer (&place->divisions, lz_divisions_unref);
  g_clear_pointer (&place->content, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

/* The office that @name means: itself, the one a community belongs to, or the first of a city. */
static const LzDivision *
find_office (const LzDivisions *divisions, const char *name)
{
  const LzDivision *division = lz_divisions_find (divisions, name);
  g_autoptr (GPtrArray) children = NULL;

  if (division == NULL)
    division = lz_divisions_find_name (divisions, name, NULL);
  if (division == NULL || division->level == LZ_DIVISION_SUBDISTRICT)
    return division;
  if (division->level == LZ_DIVISION_COMMUNITY)
    return lz_divisions_find (divisions, division->parent);

  children = lz_divisions_list (divisions, division->code);
  return children->len > 0 ? g_ptr_array_index (children, 0) : NULL;
}

/* FALSE without @error set if the table does not have @name. */
static gboolean
look_in (const char *table, const char *name, Place *place, GError **error)
{
  g_autofree char *path = g_strconcat (DIVISIONS_FOLDER, table, NULL);
  g_autoptr (GBytes) content = lz_data_lookup (path, error);
  g_autoptr (LzDivisions) divisions = content != NULL ? lz_divisions_parse (content, error) : NULL;
  const LzDivision *office = divisions != NULL ? find_office (divisions, name) : NULL;

  if (office == NULL)
    return FALSE;
  place->content = g_steal_pointer (&content);
  place->divisions = g_steal_pointer (&divisions);
  place->office = office;
  return TRUE;
}

static gboolean
find_place (const char *name, Place *place, GError **error)
{
  g_auto (GStrv) tables = NULL;

  lz_data_ensure ();
  tables = g_resources_enumerate_children (LZ_DATA_PREFIX DIVISIONS_FOLDER,
                                           G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (tables == NULL)
    return FALSE;
  for (guint i = 0; tables[i] != NULL; i++)
    {
      g_autoptr (GError) failure = NULL;

      if (look_in (tables[i], name, place, &failure))
        return TRUE;
      if (failure != NULL)
        {
          g_propagate_prefixed_error (error, g_steal_pointer (&failure), "%s: ", tables[i]);
          return FALSE;
        }
    }
  g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("“%s” is not among the built-in divisions."),
               name);
  return FALSE;
}

/* The station keeps the table, so that it can be edited there. */
static gboolean
fill_city (LzStation *station, gpointer data, GError **error)
{
  const Place *place = data;
  const char *version = lz_divisions_get_note (place->divisions, "version");

  return lz_station_set_reference (station, "divisions.tsv",
                                   version != NULL ? (guint) g_ascii_strtoull (version, NULL, 10)
                                                   : 1,
                                   place->content, "built in", error);
}

static gboolean
fill_city_and_more (LzStation *station, gpointer data, GError **error)
{
  return fill_city (station, data, error) && lz_sample_fill (station, error);
}

static gboolean
create (const char *dir, const char *name, LzStationFill filler, GError **error)
{
  g_auto (Place) place = { 0 };
  const LzDivision *city;

  if (!find_place (name, &place, error))
    return FALSE;
  city = lz_divisions_find (place.divisions, place.office->parent);
  return lz_station_create_with (dir, place.office->code,
                                 city != NULL ? city->name : place.office->name, filler, &place,
                                 error);
}

gboolean
lz_station_create_city (const char *dir, const char *name, GError **error)
{
  return create (dir, name, fill_city, error);
}

gboolean
lz_station_create_sample (const char *dir, GError **error)
{
  return create (dir, LZ_SAMPLE_OFFICE, fill_city_and_more, error);
}
