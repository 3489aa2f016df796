/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the window's lists and map ask of a large store, and logging, timed: bench-store STATION
 * PHOTO. The desk and the tasks are bench-desk's. */

#include "lz-bench.h"
#include "lz-cases.h"
#include "lz-log.h"

#include <string.h>

static void
time_lists (LzStation *station, const char *name, LzCaseQuery query, guint limit, guint rounds)
{
  LzBench bench = lz_bench_new ();
  guint n = 0;
  g_autofree char *title = NULL;

  query.now_ms = lz_station_now (station);
  for (guint i = 0; i < rounds; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) fids = NULL;
      g_autoptr (GPtrArray) rows = NULL;

      lz_bench_begin (&bench);
      fids = lz_cases_list (station, &query, limit, &error);
      lz_bench_must (fids != NULL, error);
      rows = lz_cases_load_rows (station, (gint64 *) (gpointer) fids->data, MIN (fids->len, 50),
                                 &error);
      lz_bench_end (&bench);
      lz_bench_must (rows != NULL, error);
      n = fids->len;
    }
  title = g_strdup_printf ("%s (%u)", name, n);
  lz_bench_report (&bench, title);
}

static void
time_pins (LzStation *station, const char *name, guint32 states)
{
  LzBench bench = lz_bench_new ();
  LzCaseQuery query = { .states = states, .now_ms = lz_station_now (station) };
  g_autofree char *title = NULL;
  guint n = 0;

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LzPins) pins = NULL;

      lz_bench_begin (&bench);
      pins = lz_cases_load_pins (station, &query, &error);
      lz_bench_end (&bench);
      lz_bench_must (pins != NULL, error);
      n = pins->n;
    }
  title = g_strdup_printf ("map: load %s pins (%u)", name, n);
  lz_bench_report (&bench, title);
}

static void
time_counts (LzStation *station)
{
  LzBench bench = lz_bench_new ();
  gint64 now_ms = lz_station_now (station);

  for (guint i = 0; i < 5; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GArray) roads = NULL;
      LzOpenTally tally;

      lz_bench_begin (&bench);
      roads = lz_cases_tally_roads (station, now_ms, &error);
      lz_bench_must (roads != NULL, error);
      lz_bench_must (lz_cases_tally_open (station, now_ms, now_ms + 1, &tally, &error), error);
      lz_bench_end (&bench);
    }
  lz_bench_report (&bench, "counts by road and dimension");
}

/* A photo of its own each time, as from a camera: the last bytes differ. */
static void
time_logging (LzStation *station, const char *photo_path, guint rounds)
{
  LzBench bench = lz_bench_new ();
  g_autofree char *bytes = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  lz_bench_must (g_file_get_contents (photo_path, &bytes, &size, &error), error);
  for (guint i = 0; i < rounds; i++)
    {
      g_autoptr (LzBody) body = lz_body_new ();
      g_auto (LzActResult) result = { 0 };
      g_autoptr (GBytes) photo = NULL;
      LzPhotoRef ref = { .role = LZ_PHOTO_BEFORE, .size_bytes = (gint64) size };
      LzAct act = { .kind = LZ_KIND_REPORTED, .body = body };

      memcpy (bytes + size - sizeof i, &i, sizeof i);
      photo = g_bytes_new (bytes, size);
      lz_bench_begin (&bench);
      lz_bench_must (lz_blobs_add_bytes (lz_station_get_blobs (station), photo, ref.sha256, &error),
                     error);
      body->category = g_strdup ("T01-01");
      body->place = (LzPoint){ 282900000 + (gint32) i, 1172000000 };
      body->text = g_strdup ("坑槽");
      lz_body_add_photo (body, &ref);
      lz_bench_must (lz_log_act (station, &act, &result, &error), error);
      lz_bench_end (&bench);
    }
  lz_bench_report (&bench, "log a case with its photo, durable");
}

/* A report with what the rules answered to it, taken back at once. */
static void
time_undo (LzStation *station, guint rounds)
{
  LzBench bench = lz_bench_new ();

  for (guint i = 0; i < rounds; i++)
    {
      g_autoptr (LzBody) body = lz_body_new ();
      g_auto (LzActResult) result = { 0 };
      g_autoptr (GError) error = NULL;
      LzAct act = { .kind = LZ_KIND_REPORTED, .body = body };
      LzId last;

      body->category = g_strdup ("T01-01");
      body->place = (LzPoint){ 282900000, 1172000000 };
      lz_bench_must (lz_log_act (station, &act, &result, &error), error);
      lz_bench_begin (&bench);
      lz_bench_must (lz_log_find_last (station, &last), error);
      lz_bench_must (lz_log_withdraw (station, &last, &error), error);
      lz_bench_end (&bench);
    }
  lz_bench_report (&bench, "undo of a report");
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
  lz_bench_must (station != NULL, error);

  printf ("%" G_GINT64_FORMAT " cases\n", lz_cases_count (station, &newest, NULL));
  for (guint sort = 0; sort < LZ_N_SORTS; sort++)
    {
      g_autofree char *name = g_strdup_printf ("first screen by order %u", sort);

      time_lists (station, name, (LzCaseQuery){ .sort = (LzSort) sort }, 500, 20);
    }
  time_lists (station, "every case, newest first", newest, 0, 3);
  time_lists (station, "overdue, first screen", overdue, 500, 20);
  time_lists (station, "overdue, all", overdue, 0, 3);
  time_lists (station, "open by deadline, first screen",
              (LzCaseQuery){ .states = LZ_STATES_OPEN, .sort = LZ_SORT_DUE }, 500, 20);
  time_lists (station, "one dimension, first screen",
              (LzCaseQuery){ .dimensions = 1 << LZ_DIMENSION_GREEN, .descending = TRUE }, 500, 20);
  time_lists (station, "search 井", (LzCaseQuery){ .text = "井", .descending = TRUE }, 500, 10);
  time_lists (station, "search 井盖", (LzCaseQuery){ .text = "井盖", .descending = TRUE }, 500, 10);
  time_lists (station, "search jg", (LzCaseQuery){ .text = "jg", .descending = TRUE }, 500, 10);
  time_lists (station, "search 占道经营", (LzCaseQuery){ .text = "占道经营", .descending = TRUE },
              500, 10);
  time_lists (station, "search 没有此事", (LzCaseQuery){ .text = "没有此事" }, 500, 10);
  time_pins (station, "all", 0);
  time_pins (station, "open", LZ_STATES_OPEN);
  time_counts (station);
  time_logging (station, argv[2], 200);
  time_undo (station, 10);
  return 0;
}
