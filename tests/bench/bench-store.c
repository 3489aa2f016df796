/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the window asks of a large store, timed: bench-store STATION PHOTO.  Prints one line a
 * figure: name, median, 99th percentile, in ms. */

#include "lz-cases.h"
#include "lz-desk.h"
#include "lz-log.h"
#include "lz-tasks.h"

#include <stdio.h>
#include <string.h>

static int
compare (gconstpointer a, gconstpointer b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return left < right ? -1 : left > right;
}

static void
report (const char *name, GArray *ms)
{
  g_array_sort (ms, compare);
  printf ("%-44s median %8.2f ms   p99 %8.2f ms   n %u\n", name,
          g_array_index (ms, double, ms->len / 2), g_array_index (ms, double, (ms->len * 99) / 100),
          ms->len);
  fflush (stdout);
}

static void
must (gboolean ok, GError *error)
{
  if (!ok)
    g_error ("%s", error != NULL ? error->message : "it failed");
}

static void
time_lists (LzStation *station, const char *name, LzCaseQuery query, guint limit, guint rounds)
{
  g_autoptr (GArray) ms = g_array_new (FALSE, FALSE, sizeof (double));
  guint n = 0;
  g_autofree char *title = NULL;

  query.now_ms = lz_station_now (station);
  for (guint i = 0; i < rounds; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GArray) fids = lz_cases_list (station, &query, limit, &error);
      g_autoptr (GPtrArray) rows = NULL;
      double took;

      must (fids != NULL, error);
      rows = lz_cases_load_rows (station, (gint64 *) (gpointer) fids->data, MIN (fids->len, 50),
                                 &error);
      must (rows != NULL, error);
      took = (double) (g_get_monotonic_time () - start) / 1000;
      g_array_append_val (ms, took);
      n = fids->len;
    }
  title = g_strdup_printf ("%s (%u)", name, n);
  report (title, ms);
}

static void
time_map (LzStation *station)
{
  g_autoptr (GArray) pins_ms = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) tally_ms = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < 5; i++)
    {
      LzCaseQuery query = { .now_ms = lz_station_now (station) };
      g_autoptr (GError) error = NULL;
      gint64 start = g_get_monotonic_time ();
      g_autoptr (LzPins) pins = lz_cases_load_pins (station, &query, &error);
      g_autoptr (GArray) roads = NULL;
      LzOpenTally tally;
      double took = (double) (g_get_monotonic_time () - start) / 1000;

      must (pins != NULL, error);
      g_array_append_val (pins_ms, took);
      start = g_get_monotonic_time ();
      roads = lz_cases_tally_roads (station, query.now_ms, &error);
      must (roads != NULL, error);
      must (lz_cases_tally_open (station, query.now_ms, query.now_ms + 1, &tally, &error), error);
      took = (double) (g_get_monotonic_time () - start) / 1000;
      g_array_append_val (tally_ms, took);
    }
  report ("map: load every pin", pins_ms);
  report ("counts by road and dimension", tally_ms);
}

/* What a role sees first: all counts, then the first screen of what is overdue. */
static void
time_tasks (LzStation *station, const char *name, guint roles)
{
  g_autoptr (GArray) ms = g_array_new (FALSE, FALSE, sizeof (double));
  LzTaskQuery query = { .now_ms = lz_station_now (station) };

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GError) error = NULL;
      LzTaskCount counts[LZ_N_TASKS];
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GArray) fids = NULL;
      LzLampChange change;
      double took;

      must (lz_tasks_count (station, &query, roles, counts, &error), error);
      fids = lz_tasks_list (station, LZ_TASKS_OVERDUE, &query, 500, &error);
      must (fids != NULL, error);
      must (lz_tasks_find_lamp_change (station, query.now_ms, NULL, &change, &error), error);
      took = (double) (g_get_monotonic_time () - start) / 1000;
      g_array_append_val (ms, took);
    }
  report (name, ms);
}

/* The desk with every road of the station, then the file of its busiest road, strip map included.
 */
static void
time_desk (LzStation *station)
{
  g_autoptr (GArray) list_ms = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) file_ms = g_array_new (FALSE, FALSE, sizeof (double));
  guint n_roads = 0, n_cases = 0;
  g_autofree char *list_title = NULL;
  g_autofree char *file_title = NULL;

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (GError) error = NULL;
      gint64 start = g_get_monotonic_time ();
      g_autoptr (GPtrArray) roads = lz_desk_list (station, FALSE, lz_station_now (station), &error);
      g_autoptr (LzDeskFile) file = NULL;
      const LzDeskRoad *busiest;
      double took = (double) (g_get_monotonic_time () - start) / 1000;

      must (roads != NULL && roads->len > 0, error);
      g_array_append_val (list_ms, took);
      n_roads = roads->len;
      busiest = g_ptr_array_index (roads, 0);
      for (guint k = 1; k < roads->len; k++)
        if (((const LzDeskRoad *) g_ptr_array_index (roads, k))->facts.open > busiest->facts.open)
          busiest = g_ptr_array_index (roads, k);
      start = g_get_monotonic_time ();
      file = lz_desk_load (station, &busiest->road->id, lz_station_now (station), &error);
      must (file != NULL, error);
      took = (double) (g_get_monotonic_time () - start) / 1000;
      g_array_append_val (file_ms, took);
      n_cases = file->cases->len;
    }
  list_title = g_strdup_printf ("desk (%u roads)", n_roads);
  file_title = g_strdup_printf ("file and strip map of a road (%u open)", n_cases);
  report (list_title, list_ms);
  report (file_title, file_ms);
}

/* A case that everybody has had something to say about. */
static void
time_long_case (LzStation *station)
{
  g_autoptr (GArray) ms = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (LzBody) body = lz_body_new ();
  g_auto (LzActResult) made = { 0 };
  g_autoptr (GError) error = NULL;

  body->category = g_strdup ("T01-01");
  body->place = (LzPoint){ 282900000, 1172000000 };
  body->text = g_strdup ("坑槽");
  must (lz_log_act (station, &(LzAct){ .kind = LZ_KIND_REPORTED, .body = body }, &made, &error),
        error);
  for (guint i = made.events->len; i < 200; i++)
    {
      g_auto (LzActResult) result = { 0 };
      LzAct note = { .kind = LZ_KIND_NOTED, .subject = made.subject, .body = body };

      must (lz_log_act (station, &note, &result, &error), error);
    }
  events = lz_log_list_events (station, &made.subject, &error);
  must (events != NULL, error);
  for (guint i = 0; i < 100; i++)
    {
      gint64 start = g_get_monotonic_time ();
      g_autoptr (LzCase) folded = lz_case_new ();
      double took;

      for (guint k = 0; k < events->len; k++)
        lz_fold_apply (folded, g_ptr_array_index (events, k));
      took = (double) (g_get_monotonic_time () - start) / 1000;
      g_array_append_val (ms, took);
    }
  report ("fold of a case with 200 events", ms);
}

/* A photo of its own each time, as from a camera: the last bytes differ. */
static void
time_logging (LzStation *station, const char *photo_path, guint rounds)
{
  g_autoptr (GArray) ms = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  must (g_file_get_contents (photo_path, &bytes, &size, &error), error);
  for (guint i = 0; i < rounds; i++)
    {
      g_autoptr (LzBody) body = lz_body_new ();
      g_auto (LzActResult) result = { 0 };
      g_autoptr (GBytes) photo = NULL;
      LzPhotoRef ref = { .role = LZ_PHOTO_BEFORE, .size_bytes = (gint64) size };
      LzAct act = { .kind = LZ_KIND_REPORTED, .body = body };
      gint64 start;
      double took;

      memcpy (bytes + size - sizeof i, &i, sizeof i);
      photo = g_bytes_new (bytes, size);
      start = g_get_monotonic_time ();
      must (lz_blobs_add_bytes (lz_station_get_blobs (station), photo, ref.sha256, &error), error);
      body->category = g_strdup ("T01-01");
      body->place = (LzPoint){ 282900000 + (gint32) i, 1172000000 };
      body->text = g_strdup ("坑槽");
      lz_body_add_photo (body, &ref);
      must (lz_log_act (station, &act, &result, &error), error);
      took = (double) (g_get_monotonic_time () - start) / 1000;
      g_array_append_val (ms, took);
    }
  report ("log a case with its photo, durable", ms);
}

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LzStation) station = NULL;
  LzCaseQuery overdue = { .lamps = 1 << LZ_LAMP_RED, .states = LZ_STATES_OPEN, .descending = TRUE };
  LzCaseQuery newest = { .descending = TRUE };

  if (argc != 3)
    g_error ("usage: %s STATION PHOTO", argv[0]);
  station = lz_station_open (argv[1], LZ_STATION_READ_WRITE, &error);
  must (station != NULL, error);

  printf ("%" G_GINT64_FORMAT " cases\n", lz_cases_count (station, &newest, NULL));
  for (guint sort = 0; sort < LZ_N_SORTS; sort++)
    {
      g_autofree char *name = g_strdup_printf ("first screen by order %u", sort);

      time_lists (station, name, (LzCaseQuery){ .sort = (LzSort) sort }, 500, 20);
    }
  time_lists (station, "every case, newest first", newest, 0, 3);
  time_lists (station, "overdue, first screen", overdue, 500, 20);
  time_lists (station, "overdue, all", overdue, 0, 3);
  time_lists (station, "one dimension, first screen",
              (LzCaseQuery){ .dimensions = 1 << LZ_DIMENSION_GREEN, .descending = TRUE }, 500, 20);
  time_lists (station, "search 井", (LzCaseQuery){ .text = "井", .descending = TRUE }, 500, 10);
  time_lists (station, "search 井盖", (LzCaseQuery){ .text = "井盖", .descending = TRUE }, 500, 10);
  time_lists (station, "search jg", (LzCaseQuery){ .text = "jg", .descending = TRUE }, 500, 10);
  time_lists (station, "search 占道经营", (LzCaseQuery){ .text = "占道经营", .descending = TRUE },
              500, 10);
  time_lists (station, "search 没有此事", (LzCaseQuery){ .text = "没有此事" }, 500, 10);
  time_map (station);
  time_tasks (station, "tasks of a dispatcher", LZ_ROLE_DISPATCHER);
  time_tasks (station, "tasks of a unit", LZ_ROLE_UNIT);
  time_tasks (station, "tasks of every role", LZ_ROLES_ANY);
  time_desk (station);
  time_long_case (station);
  time_logging (station, argv[2], 200);
  return 0;
}
