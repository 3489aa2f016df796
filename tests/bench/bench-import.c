/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Taking in a city's streets, and a card full of photos: bench-import [STREETS [PHOTO]]. */

#include "lz-drafts.h"
#include "lz-photos.h"
#include "lz-roads.h"
#include "lz-test.h"

#include <string.h>
#include <sys/resource.h>

#define N_PHOTOS 200
#define N_SNAPS  10000

static double
now_ms (void)
{
  return (double) g_get_monotonic_time () / 1000;
}

static void
import (LzStation *station, const char *path, const char *title)
{
  g_autoptr (GError) error = NULL;
  double start = now_ms ();
  g_autoptr (LzImportReport) report = lz_roads_import (station, path, NULL, &error);

  g_assert_no_error (error);
  g_print ("%s: %u streets, %u roads, %.1f km in %.0f ms\n", title, report->n_streets,
           report->n_roads, report->length_m / 1000, now_ms () - start);
}

static void
bench_queries (LzStation *station)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  double start = now_ms ();
  g_autoptr (GPtrArray) roads = lz_roads_list (station, FALSE, &error);
  g_autoptr (GPtrArray) streets = NULL;
  guint n_found = 0;
  LzBox box;

  g_assert_no_error (error);
  g_print ("listing %u roads: %.1f ms\n", roads->len, now_ms () - start);
  start = now_ms ();
  streets = lz_roads_list_streets (station, NULL, &error);
  g_assert_no_error (error);
  g_print ("listing %u streets: %.1f ms\n", streets->len, now_ms () - start);

  g_assert_true (lz_roads_get_extent (station, &box, &error));
  for (guint i = 0; i <= N_SNAPS; i++)
    {
      LzPoint place = { g_rand_int_range (rand, box.south7, box.north7),
                        g_rand_int_range (rand, box.west7, box.east7) };
      LzProjection projection;
      LzId road;

      if (i == 0)
        start = now_ms ();
      n_found += lz_roads_snap (station, place, &road, NULL, &projection, &error) ? 1 : 0;
      g_assert_no_error (error);
      if (i == 0)
        {
          g_print ("first place put on its road: %.1f ms\n", now_ms () - start);
          start = now_ms ();
        }
    }
  g_print ("each after that: %.3f ms (%u of %u on a road)\n", (now_ms () - start) / N_SNAPS,
           n_found, N_SNAPS);
}

/* Photos that differ in some bytes after their end, which decoders pass over. */
static void
write_photos (const char *folder, const char *photo)
{
  g_autoptr (GBytes) bytes = lz_test_read (photo);
  gsize size = g_bytes_get_size (bytes);
  g_autofree guint8 *copy = g_malloc (size + 4);

  memcpy (copy, g_bytes_get_data (bytes, NULL), size);
  for (guint i = 0; i < N_PHOTOS; i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/IMG_%04u.jpg", folder, i);
      g_autoptr (GError) error = NULL;
      guint32 mark = GUINT32_TO_LE (i);

      memcpy (copy + size, &mark, sizeof mark);
      g_file_set_contents (path, (const char *) copy, (gssize) size + 4, &error);
      g_assert_no_error (error);
    }
}

static void
intake (LzStation *station, const char *folder, const char *title)
{
  const char *const paths[] = { folder, NULL };
  g_autoptr (GError) error = NULL;
  double start = now_ms ();
  g_autoptr (LzIntakeReport) report =
      lz_intake_run (station, paths, 0, LZ_PHOTOS_OFFSET_MIN, NULL, NULL, NULL, &error);

  g_assert_no_error (error);
  g_print ("%s: %u photos new, %u known, in %.0f ms, %.0f photos/s\n", title, report->n_photos,
           report->n_known, now_ms () - start, report->n_files * 1000 / (now_ms () - start));
}

int
main (int argc, char *argv[])
{
  g_autoptr (LzTestDir) dir = lz_test_make_dir ();
  g_autofree char *station_dir = g_build_filename (dir, "station", NULL);
  g_autofree char *folder = g_build_filename (dir, "DCIM", NULL);
  g_autofree char *streets = NULL;
  g_autofree char *photo = NULL;
  g_autoptr (LzStation) station = NULL;
  g_autoptr (GError) error = NULL;
  struct rusage usage;

  g_test_init (&argc, &argv, NULL);
  streets = argc > 1 ? g_strdup (argv[1])
                     : g_test_build_filename (G_TEST_DIST, "data", "streets",
                                              "heidelberg-streets.geojson.gz", NULL);
  photo = argc > 2
              ? g_strdup (argv[2])
              : g_test_build_filename (G_TEST_DIST, "data", "photos", "gps", "DSCN0010.jpg", NULL);
  g_assert_true (lz_station_create (station_dir, "410185001", "登封市", &error));
  station = lz_station_open (station_dir, LZ_STATION_READ_WRITE, &error);
  g_assert_no_error (error);

  import (station, streets, "streets into an empty station");
  import (station, streets, "the same again, roads matched");
  bench_queries (station);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  write_photos (folder, photo);
  intake (station, folder, "photos");
  intake (station, folder, "the same again");

  getrusage (RUSAGE_SELF, &usage);
  g_print ("peak memory: %.0f MiB\n", (double) usage.ru_maxrss / 1024);
  return 0;
}
