/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-map-source.h"

/* The numbers of the schema's enum. */
enum
{
  SOURCE_STREETS = 0,
  SOURCE_MBTILES = 1,
  SOURCE_ONLINE = 2,
};

static gboolean
apply_mbtiles (GSettings *settings, LzMap *map, GError **error)
{
  g_autofree char *path = g_settings_get_string (settings, "map-mbtiles");

  if (*path == '\0')
    {
      lz_map_set_base_streets (map);
      return TRUE;
    }

  return lz_map_set_base_mbtiles (map, path,
                                  (LzDatum) g_settings_get_enum (settings, "map-mbtiles-datum"),
                                  error);
}

static gboolean
apply_online (GSettings *settings, LzMap *map, GError **error)
{
  g_autofree char *url = g_settings_get_string (settings, "map-online-url");
  g_autofree char *key = g_settings_get_string (settings, "map-online-key");
  g_autofree char *attribution = g_settings_get_string (settings, "map-online-attribution");

  if (*url == '\0')
    {
      lz_map_set_base_streets (map);
      return TRUE;
    }

  return lz_map_set_base_online (map, url, key, attribution, 0,
                                 (LzDatum) g_settings_get_enum (settings, "map-online-datum"),
                                 error);
}

void
lz_map_source_apply (GSettings *settings,
                     LzMap *map,
                     LzMapSourceProblem problem,
                     gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gboolean done = TRUE;

  switch (g_settings_get_enum (settings, "map-source"))
    {
    case SOURCE_MBTILES:
      done = apply_mbtiles (settings, map, &error);
      break;
    case SOURCE_ONLINE:
      done = apply_online (settings, map, &error);
      break;
    case SOURCE_STREETS:
    default:
      lz_map_set_base_streets (map);
    }

  if (!done)
    {
      lz_map_set_base_streets (map);
      problem (lz_error_explain (error), user_data);
    }
}
