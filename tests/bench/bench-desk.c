/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The road chiefs' desk and the lists of tasks over a large store.
 *
 * bench-desk STATION prepare: gives every road its chiefs, two months of patrols and what stands
 * along it, as an office has them, and every list of tasks some cases; once.  bench-desk STATION:
 * times what the pages ask. */

#include "lz-assets.h"
#include "lz-bench.h"
#include "lz-cases.h"
#include "lz-db.h"
#include "lz-desk.h"
#include "lz-log.h"
#include "lz-patrols.h"
#include "lz-tasks.h"
#include "lz-walk.h"

#include <string.h>

#define HOUR_MS G_GINT64_CONSTANT (3600000)
#define DAY_MS  (24 * HOUR_MS)

/* How many there are at each level, 1 to 4, and so how many roads each of them has. */
static const guint n_chiefs[] = { 0, 20, 50, 0, 1 };

#define PATROL_DAYS    60
#define SHOPS_A_ROAD   5
#define FIRST_SCREEN   500
#define EVENTS_OF_CASE 200
#define NEW_CASES      3000
#define CASES_AT_WORK  6000

/* -- an office ----------------------------------------------------------------------------------
 */

/* The station's own person is one of the chiefs of level 1. */
static char *
name_chief (LzStation *station, guint level, guint i)
{
  return level == 1 && i == 0 ? g_strdup (lz_station_get_actor (station))
                              : g_strdup_printf ("chief-%u-%u", level, i);
}

static void
add_chiefs (LzStation *station, guint level)
{
  for (guint i = level == 1 ? 1 : 0; i < n_chiefs[level]; i++)
    {
      g_autoptr (LzPerson) person = g_new0 (LzPerson, 1);
      g_autoptr (GError) error = NULL;

      person->id = name_chief (station, level, i);
      person->name = g_strdup_printf ("路长%u%02u", level, i);
      person->phone = g_strdup_printf ("1390000%u%03u", level, i);
      person->roles = LZ_ROLE_ROAD_CHIEF | LZ_ROLE_INSPECTOR;
      lz_bench_must (lz_people_save (station, person, &error), error);
    }
}

static void
assign (LzStation *station, GPtrArray *roads)
{
  g_autoptr (GArray) assignments = g_array_new (FALSE, FALSE, sizeof (LzAssignment));
  g_autoptr (GError) error = NULL;

  g_array_set_clear_func (assignments, (GDestroyNotify) lz_assignment_clear);
  for (guint i = 0; i < roads->len; i++)
    for (guint level = 1; level < G_N_ELEMENTS (n_chiefs); level++)
      {
        LzAssignment one = { .road = ((const LzRoad *) roads->pdata[i])->id, .level = level };

        if (n_chiefs[level] == 0)
          continue;
        one.person = name_chief (station, level, i * n_chiefs[level] / roads->len);
        one.since_ms = lz_station_now (station) - 365 * DAY_MS;
        g_array_append_val (assignments, one);
      }
  lz_bench_must (lz_roads_take (station, roads, assignments, &error), error);
}

/* A chief of level 2 walks all his roads, on most days all of each. */
static void
patrol (LzStation *station, GPtrArray *roads, guint chief, guint day)
{
  g_autofree char *name = name_chief (station, 2, chief);
  g_autoptr (GPtrArray) covers =
      g_ptr_array_new_with_free_func ((GDestroyNotify) lz_road_cover_free);
  g_autoptr (GError) error = NULL;
  gint64 from_ms = lz_station_now (station) - (PATROL_DAYS - day) * DAY_MS - 3 * HOUR_MS;
  LzId made;

  for (guint i = 0; i < roads->len; i++)
    {
      const LzRoad *road = roads->pdata[i];
      gint64 length_cm = (gint64) (road->length_m * 100);
      LzRoadCover *cover;

      if (i * n_chiefs[2] / roads->len != chief)
        continue;
      cover = lz_road_cover_new (&road->id, length_cm, NULL);
      lz_spans_add (cover->spans, 0, (i + day) % 7 == 0 ? length_cm / 2 : length_cm);
      g_ptr_array_add (covers, cover);
    }
  lz_bench_must (lz_people_set_actor (station, name, &error) &&
                     lz_patrols_enter (station, from_ms, from_ms + 2 * HOUR_MS, covers, NULL, &made,
                                       &error),
                 error);
}

/* Every field that one of them must have. */
static void
record (LzStation *station, const LzRoad *road, const char *kind)
{
  g_autoptr (JsonObject) facts = json_object_new ();
  g_autoptr (GError) error = NULL;
  LzAssetEntry entry = { .kind = kind, .facts = facts, .road = road->id };
  LzId made;

  json_object_set_string_member (facts, "name", "沿街商户");
  json_object_set_string_member (facts, "scope", "全段");
  json_object_set_string_member (facts, "chief", "路长");
  entry.place = lz_line_point_at (road->line, road->length_m / 2);
  lz_bench_must (lz_assets_record (station, &entry, &made, &error), error);
}

static void
prepare (LzStation *station)
{
  LzDb *db = lz_station_get_db (station);
  g_autofree char *actor = g_strdup (lz_station_get_actor (station));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) roads = lz_roads_list (station, FALSE, &error);

  lz_bench_must (roads != NULL && lz_db_begin (db, &error), error);
  for (guint level = 1; level < G_N_ELEMENTS (n_chiefs); level++)
    add_chiefs (station, level);
  assign (station, roads);
  for (guint i = 0; i < roads->len; i++)
    {
      record (station, roads->pdata[i], "sign_board");
      for (guint k = 0; k < SHOPS_A_ROAD; k++)
        record (station, roads->pdata[i], "shop");
    }
  for (guint day = 0; day < PATROL_DAYS; day++)
    for (guint chief = 0; chief < n_chiefs[2]; chief++)
      patrol (station, roads, chief, day);
  lz_bench_must (lz_people_set_actor (station, actor, &error) && lz_db_commit (db, &error), error);
  lz_walk_cases (station, NEW_CASES, CASES_AT_WORK);
}

/* -- the desk -----------------------------------------------------------------------------------
 */

static const LzDeskRoad *
find_busiest (const GPtrArray *roads)
{
  const LzDeskRoad *busiest = roads->pdata[0];

  for (guint i = 1; i < roads->len; i++)
    if (((const LzDeskRoad *) roads->pdata[i])->facts.open > busiest->facts.open)
      busiest = roads->pdata[i];
  return busiest;
}

static LzId
time_list (LzStation *station, gboolean mine, const char *what)
{
  LzBench bench = lz_bench_new ();
  g_autofree char *title = NULL;
  LzId busiest = { 0 };
  guint n = 0;

  for (guint i = 0; i < 7; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) roads = NULL;

      lz_bench_begin (&bench);
      roads = lz_desk_list (station, mine, lz_station_now (station), &error);
      lz_bench_end (&bench);
      lz_bench_must (roads != NULL, error);
      n = roads->len;
      if (n > 0)
        busiest = find_busiest (roads)->road->id;
    }
  title = g_strdup_printf ("desk, %s (%u roads)", what, n);
  lz_bench_report (&bench, title);
  return busiest;
}

static void
time_file (LzStation *station, const LzId *road)
{
  LzBench bench = lz_bench_new ();
  g_autofree char *title = NULL;

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LzDeskFile) file = NULL;

      lz_bench_begin (&bench);
      file = lz_desk_load (station, road, lz_station_now (station), &error);
      lz_bench_end (&bench);
      lz_bench_must (file != NULL, error);
      g_free (title);
      title = g_strdup_printf ("file and strip map of a road (%u on it)", file->cases->len);
    }
  lz_bench_report (&bench, title);
}

/* -- tasks --------------------------------------------------------------------------------------
 */

/* The unit that has most to do. */
static char *
dup_busiest_unit (LzStation *station)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) units = lz_tasks_tally_units (station, lz_station_now (station), &error);
  const LzUnitTally *most = NULL;

  lz_bench_must (units != NULL, error);
  for (guint i = 0; i < units->len; i++)
    if (most == NULL || g_array_index (units, LzUnitTally, i).n_open > most->n_open)
      most = &g_array_index (units, LzUnitTally, i);
  return most != NULL ? g_strdup (most->unit) : NULL;
}

/* What a role's first screen waits for: the counts of all its lists and the first rows of one. */
static void
time_counts (LzStation *station, const char *name, guint roles, const char *unit)
{
  LzBench bench = lz_bench_new ();
  LzTaskQuery query = { .now_ms = lz_station_now (station), .unit = unit };
  g_autofree char *title = g_strdup_printf ("tasks of %s: all counts", name);

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GError) error = NULL;
      LzTaskCount counts[LZ_N_TASKS];

      lz_bench_begin (&bench);
      lz_bench_must (lz_tasks_count (station, &query, roles, counts, &error), error);
      lz_bench_end (&bench);
    }
  lz_bench_report (&bench, title);
}

static void
time_task_list (LzStation *station, LzTaskList list, const char *unit)
{
  LzBench bench = lz_bench_new ();
  LzTaskQuery query = { .now_ms = lz_station_now (station), .unit = unit };
  g_autofree char *title = NULL;
  guint n = 0;

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) fids = NULL;
      g_autoptr (GPtrArray) rows = NULL;

      lz_bench_begin (&bench);
      fids = lz_tasks_list (station, list, &query, FIRST_SCREEN, &error);
      lz_bench_must (fids != NULL, error);
      rows = lz_cases_load_rows (station, (gint64 *) (gpointer) fids->data, MIN (fids->len, 50),
                                 &error);
      lz_bench_end (&bench);
      lz_bench_must (rows != NULL, error);
      n = fids->len;
    }
  if (n == 0)
    g_error ("the list %s is empty: nothing was measured", lz_tasks_to_string (list));
  title = g_strdup_printf ("task list %s (%u)", lz_tasks_to_string (list), n);
  lz_bench_report (&bench, title);
}

/* A road chief's own roads: how many are late, and which. */
static void
time_my_roads (LzStation *station)
{
  LzBench bench = lz_bench_new ();
  LzCaseQuery query = { .states = LZ_STATES_OPEN,
                        .lamps = 1 << LZ_LAMP_RED,
                        .my_roads = TRUE,
                        .now_ms = lz_station_now (station),
                        .sort = LZ_SORT_DUE };
  g_autofree char *title = NULL;
  gint64 n = 0;

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) fids = NULL;

      lz_bench_begin (&bench);
      n = lz_cases_count (station, &query, &error);
      lz_bench_must (n >= 0, error);
      fids = lz_cases_list (station, &query, FIRST_SCREEN, &error);
      lz_bench_end (&bench);
      lz_bench_must (fids != NULL, error);
    }
  title = g_strdup_printf ("overdue on my roads (%" G_GINT64_FORMAT ")", n);
  lz_bench_report (&bench, title);
}

static void
time_tasks (LzStation *station)
{
  static const struct
  {
    const char *name;
    guint role;
  } roles[] = {
    { "an inspector", LZ_ROLE_INSPECTOR },  { "a road chief", LZ_ROLE_ROAD_CHIEF },
    { "a dispatcher", LZ_ROLE_DISPATCHER }, { "a unit", LZ_ROLE_UNIT },
    { "a checker", LZ_ROLE_CHECKER },       { "a supervisor", LZ_ROLE_SUPERVISOR },
    { "everybody at once", LZ_ROLES_ANY },
  };
  g_autofree char *unit = dup_busiest_unit (station);

  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    time_counts (station, roles[i].name, roles[i].role,
                 roles[i].role == LZ_ROLE_UNIT ? unit : NULL);
  for (guint list = 0; list < LZ_N_TASKS; list++)
    if (list != LZ_TASKS_DRAFTS)
      time_task_list (station, (LzTaskList) list,
                      lz_tasks_get_roles ((LzTaskList) list) == LZ_ROLE_UNIT ? unit : NULL);
  time_my_roads (station);
}

/* -- a case that everybody has had something to say about ---------------------------------------
 */

static void
time_long_case (LzStation *station)
{
  LzBench bench = lz_bench_new ();
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (LzBody) body = lz_body_new ();
  g_auto (LzActResult) made = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *title = NULL;

  body->category = g_strdup ("T01-01");
  body->place = (LzPoint){ 282900000, 1172000000 };
  body->text = g_strdup ("坑槽");
  lz_bench_must (lz_log_act (station, &(LzAct){ .kind = LZ_KIND_REPORTED, .body = body }, &made,
                             &error),
                 error);
  for (guint i = made.events->len; i < EVENTS_OF_CASE; i++)
    {
      g_auto (LzActResult) result = { 0 };
      LzAct note = { .kind = LZ_KIND_NOTED, .subject = made.subject, .body = body };

      lz_bench_must (lz_log_act (station, &note, &result, &error), error);
    }
  events = lz_log_list_events (station, &made.subject, &error);
  lz_bench_must (events != NULL, error);
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (LzCase) folded = lz_case_new ();

      lz_bench_begin (&bench);
      for (guint k = 0; k < events->len; k++)
        lz_fold_apply (folded, g_ptr_array_index (events, k));
      lz_bench_end (&bench);
    }
  title = g_strdup_printf ("fold of a case with %u events", events->len);
  lz_bench_report (&bench, title);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LzStation) station = NULL;
  LzCaseQuery all = { 0 };
  LzId busiest;

  if (argc < 2)
    g_error ("usage: %s STATION [prepare]", argv[0]);
  station = lz_station_open (argv[1], LZ_STATION_READ_WRITE, &error);
  lz_bench_must (station != NULL, error);
  if (g_strcmp0 (argv[2], "prepare") == 0)
    {
      prepare (station);
      return 0;
    }
  printf ("%" G_GINT64_FORMAT " cases\n", lz_cases_count (station, &all, NULL));
  busiest = time_list (station, FALSE, "all");
  time_list (station, TRUE, "mine");
  time_file (station, &busiest);
  time_tasks (station);
  time_long_case (station);
  return 0;
}
