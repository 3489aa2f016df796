/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-sample-private.h"

#include "lz-data.h"
#include "lz-roads.h"
#include "lz-state.h"

#define SAMPLE_STREETS "sample/guixi.osm.gz"

/* How many of the longest roads the station's person answers for, at which level. */
#define N_SAMPLE_ROADS 8
#define SAMPLE_LEVEL   2

/* Made-up people of the roles that an office has. */
static const struct
{
  const char *id;
  const char *name;
  guint roles;
  const char *unit;
} sample_people[] = {
  { "zhang", "张路长", LZ_ROLE_ROAD_CHIEF, NULL },  { "li", "李巡查员", LZ_ROLE_INSPECTOR, NULL },
  { "wang", "王派遣员", LZ_ROLE_DISPATCHER, NULL }, { "zhao", "赵队长", LZ_ROLE_UNIT, "市城管局" },
  { "qian", "钱核查员", LZ_ROLE_CHECKER, NULL },    { "sun", "孙督导", LZ_ROLE_SUPERVISOR, NULL },
};

/* Who sits at the station; keeps every role that a station without a server gives. */
#define SAMPLE_ACTOR_NAME "陈路长"

static gboolean
add_person (LzStation *station,
            const char *id,
            const char *name,
            guint roles,
            const char *unit,
            GError **error)
{
  g_autoptr (LzPerson) person = g_new0 (LzPerson, 1);

  person->id = g_strdup (id);
  person->name = g_strdup (name);
  person->roles = roles;
  person->unit = g_strdup (unit);
  return lz_people_save (station, person, error);
}

static gboolean
add_people (LzStation *station, GError **error)
{
  if (!add_person (station, lz_station_get_actor (station), SAMPLE_ACTOR_NAME,
                   lz_station_get_roles (station), NULL, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (sample_people); i++)
    if (!add_person (station, sample_people[i].id, sample_people[i].name, sample_people[i].roles,
                     sample_people[i].unit, error))
      return FALSE;
  return TRUE;
}

static int
compare_length (gconstpointer a, gconstpointer b)
{
  const LzRoad *x = *(LzRoad *const *) a;
  const LzRoad *y = *(LzRoad *const *) b;

  return (x->length_m < y->length_m) - (x->length_m > y->length_m);
}

static gboolean
assign_roads (LzStation *station, GError **error)
{
  g_autoptr (GPtrArray) roads = lz_roads_list (station, FALSE, error);

  if (roads == NULL)
    return FALSE;
  g_ptr_array_sort (roads, compare_length);
  for (guint i = 0; i < MIN (roads->len, N_SAMPLE_ROADS); i++)
    {
      const LzRoad *road = g_ptr_array_index (roads, i);

      if (!lz_roads_assign (station, &road->id, NULL, SAMPLE_LEVEL, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
lz_sample_fill (LzStation *station, GError **error)
{
  g_autoptr (GBytes) streets = lz_data_lookup (SAMPLE_STREETS, error);
  g_autoptr (LzImportReport) report = NULL;

  if (streets == NULL || !add_people (station, error))
    return FALSE;
  report = lz_roads_import_bytes (station, streets, NULL, error);
  return report != NULL && assign_roads (station, error);
}
