/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-case-facts.h"

/* Streets that cross share a point in the source; the second carriageway lies this far off. */
#define CROSSING_M 12.0
#define MARGIN7    2000 /* 22 m in 1e-7 degree of latitude */

typedef struct
{
  const char *name;
  double distance_m; /* from the case along its road */
} Crossing;

static gboolean
boxes_touch (LzBox a, LzBox b)
{
  return a.south7 - MARGIN7 <= b.north7 && b.south7 - MARGIN7 <= a.north7 &&
         a.west7 - MARGIN7 <= b.east7 && b.west7 - MARGIN7 <= a.east7;
}

static void
look_along (const LzLine *line,
            const LzRoad *other,
            double chainage_m,
            Crossing *before,
            Crossing *after)
{
  for (guint p = 0; p < other->parts->len; p++)
    {
      const LzLine *part = other->parts->pdata[p];

      for (guint i = 0; i < part->n; i++)
        {
          LzProjection projection;
          double distance_m;
          Crossing *crossing;

          lz_line_project (line, part->points[i], &projection);
          if (projection.offset_m > CROSSING_M)
            continue;

          distance_m = ABS (projection.chainage_m - chainage_m);
          crossing = projection.chainage_m < chainage_m ? before : after;
          if (crossing->name == NULL || distance_m < crossing->distance_m)
            *crossing = (Crossing){ other->name, distance_m };
        }
    }
}

/**
 * lz_crossings_dup_between:
 * @roads: (element-type LzRoad): every road of the office
 * @id: the road on which the case lies
 * @chainage_m: how far along it
 *
 * Finds the roads that cross before and after a place.  Reads only; any thread.
 *
 * Returns: (transfer full) (nullable): "A — B", or %NULL if nothing crosses
 */
char *
lz_crossings_dup_between (GPtrArray *roads, const LzId *id, double chainage_m)
{
  const LzRoad *road = NULL;
  Crossing before = { 0 }, after = { 0 };
  LzBox box;

  for (guint i = 0; i < roads->len && road == NULL; i++)
    if (lz_id_equal (&((const LzRoad *) roads->pdata[i])->id, id))
      road = roads->pdata[i];
  if (road == NULL)
    return NULL;

  box = lz_line_box (road->line);
  for (guint i = 0; i < roads->len; i++)
    {
      const LzRoad *other = roads->pdata[i];

      if (g_strcmp0 (other->name, road->name) != 0 && boxes_touch (box, lz_line_box (other->line)))
        look_along (road->line, other, chainage_m, &before, &after);
    }

  if (before.name == NULL && after.name == NULL)
    return NULL;

  return g_strdup_printf ("%s — %s",
                          before.name != NULL       ? before.name
                          : road->from_name != NULL ? road->from_name
                                                    : "…",
                          after.name != NULL      ? after.name
                          : road->to_name != NULL ? road->to_name
                                                  : "…");
}
