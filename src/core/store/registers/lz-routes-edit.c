/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-records-act.h"
#include "lz-records.h"
#include "lz-routes-edit.h"

#include <glib/gi18n-lib.h>

static gboolean
set_route (LzStation *station,
           const char *category,
           const char *unit,
           const char *assist,
           GError **error)
{
  LzId id = lz_records_make_id (lz_station_get_feed (station), LZ_RECORD_ROUTE, category);
  g_autoptr (JsonObject) facts = json_object_new ();

  if (lz_catalogue_find (lz_station_get_catalogue (station), category) == NULL)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("There is no category “%s”."), category);
      return FALSE;
    }
  json_object_set_string_member (facts, "category", category);
  if (unit != NULL)
    json_object_set_string_member (facts, "unit", unit);
  else
    json_object_set_null_member (facts, "unit");
  if (assist != NULL && *assist != '\0')
    json_object_set_string_member (facts, "assist", assist);
  else
    json_object_set_null_member (facts, "assist");
  return lz_records_act (station, "route.set", &id, facts, NULL, NULL, error);
}

/**
 * lz_routes_set:
 * @station: a station
 * @category: code of a category
 * @unit: who handles it in this office from now on; "" = the dispatcher decides each time
 * @assist: (nullable): who assists
 * @error: (nullable): %LZ_ERROR_REFUSED if the station's person may not;
 *   %LZ_ERROR_INVALID if there is no such category
 *
 * Sets the office's own route; cases that are with a unit stay there.
 *
 * Returns: %TRUE once it is durable
 */
gboolean
lz_routes_set (LzStation *station,
               const char *category,
               const char *unit,
               const char *assist,
               GError **error)
{
  g_return_val_if_fail (unit != NULL, FALSE);

  return set_route (station, category, unit, assist, error);
}

/* Takes the office's own route back: the city's or the plan's counts again. */
gboolean
lz_routes_reset (LzStation *station, const char *category, GError **error)
{
  return set_route (station, category, NULL, NULL, error);
}
