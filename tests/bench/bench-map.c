/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "bench"

#include "config.h"

#include "lz-asset-layer.h"
#include "lz-case-layer.h"
#include "lz-pin-layout.h"
#include "lz-pin-sprites.h"
#include "lz-road-layer.h"
#include "lz-street-paint.h"

#include "lz-test-pins.h"

#include <sys/resource.h>
#include <time.h>

/*
 * The map of a city with a million cases on its streets: CPU time of tiles and of frames while the
 * view pans.  Streets: the first argument, or the sample under tests/data.
 */

#define N_CASES  1000000
#define N_ASSETS 100000
#define N_SIGNS  12
#define N_FRAMES 120
#define WIDTH    1600
#define HEIGHT   900

static double
cpu_ms (void)
{
  struct timespec t;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &t);
  return (double) t.tv_sec * 1e3 + (double) t.tv_nsec / 1e6;
}

static int
compare_doubles (gconstpointer a, gconstpointer b)
{
  const double *left = a, *right = b;

  return *left < *right ? -1 : *left > *right;
}

static void
print_times (const char *what, GArray *times)
{
  double sum = 0;

  g_array_sort (times, compare_doubles);
  for (guint i = 0; i < times->len; i++)
    sum += g_array_index (times, double, i);
  g_print ("%-44s n %5u  median %7.3f  p99 %7.3f  max %7.3f  mean %7.3f ms\n", what, times->len,
           g_array_index (times, double, times->len / 2),
           g_array_index (times, double, times->len * 99 / 100),
           g_array_index (times, double, times->len - 1), sum / times->len);
}

/* Tiles as a user meets them: a view's worth around places where there are streets. */
static void
bench_tiles (LzStreetMap *map, GRand *rand)
{
  g_autoptr (GArray) all_ground = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) all_names = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint zoom = 10; zoom <= 20; zoom++)
    {
      g_autoptr (LzStreetLabels) labels = lz_street_labels_new (map, 1);
      g_autoptr (GArray) ground = g_array_new (FALSE, FALSE, sizeof (double));
      g_autoptr (GArray) names = g_array_new (FALSE, FALSE, sizeof (double));
      g_autofree char *ground_title = g_strdup_printf ("tile, ground, zoom %u", zoom);
      g_autofree char *names_title = g_strdup_printf ("tile, names, zoom %u", zoom);

      for (guint view = 0; view < 4; view++)
        {
          LzWorld at = lz_world_from_point (lz_test_place_on_streets (map->streets, rand));
          guint x0 = (guint) (at.x * ldexp (1, (int) zoom)) - 2;
          guint y0 = (guint) (at.y * ldexp (1, (int) zoom)) - 2;

          for (guint i = 0; i < 20; i++)
            {
              double start = cpu_ms (), took;
              cairo_surface_t *surface =
                  lz_street_paint_ground (map, lz_street_style_get (FALSE, FALSE), zoom, x0 + i % 5,
                                          y0 + i / 5, 1, NULL);

              took = cpu_ms () - start;
              if (surface != NULL)
                {
                  g_array_append_val (ground, took);
                  g_array_append_val (all_ground, took);
                }
              g_clear_pointer (&surface, cairo_surface_destroy);

              start = cpu_ms ();
              surface = lz_street_paint_labels (labels, lz_street_style_get (FALSE, FALSE), zoom,
                                                x0 + i % 5, y0 + i / 5, 1, NULL);
              took = cpu_ms () - start;
              g_array_append_val (names, took);
              g_array_append_val (all_names, took);
              g_clear_pointer (&surface, cairo_surface_destroy);
            }
        }
      print_times (ground_title, ground);
      print_times (names_title, names);
    }
  print_times ("tile, ground, all zooms", all_ground);
  print_times ("tile, names, all zooms", all_names);
}

/* One frame of the case layer. */
static void
draw_frame (GtkWidget *layer)
{
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  GskRenderNode *node;

  GTK_WIDGET_GET_CLASS (layer)->snapshot (layer, snapshot);
  node = gtk_snapshot_free_to_node (snapshot);
  g_clear_pointer (&node, gsk_render_node_unref);
}

/* Pans a layer by 10 px a frame; the first frame, after a change of zoom, is told apart. */
static void
pan (ShumateViewport *viewport, GtkWidget *layer, LzWorld middle, double zoom, const char *what)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *title = NULL;
  double first = 0;

  shumate_viewport_set_zoom_level (viewport, zoom);
  for (guint i = 0; i < N_FRAMES; i++)
    {
      double size = 256 * exp2 (zoom), latitude, longitude, start, took;

      lz_world_to_degrees ((LzWorld){ middle.x + i * 9 / size, middle.y + i * 4 / size }, &latitude,
                           &longitude);
      shumate_location_set_location (SHUMATE_LOCATION (viewport), latitude, longitude);
      start = cpu_ms ();
      draw_frame (layer);
      took = cpu_ms () - start;
      if (i == 0)
        first = took;
      else
        g_array_append_val (times, took);
    }
  title = g_strdup_printf ("%s, first %.2f", what, first);
  print_times (title, times);
}

/* The same at each zoom. */
static void
pan_at_zooms (ShumateViewport *viewport,
              GtkWidget *layer,
              LzWorld middle,
              double from,
              double to,
              const char *what)
{
  for (double zoom = from; zoom <= to; zoom++)
    {
      g_autofree char *title = g_strdup_printf ("frame of %s, zoom %.0f", what, zoom);

      pan (viewport, layer, middle, zoom, title);
    }
}

static LzPins *
make_pins (GPtrArray *streets, GRand *rand, gint64 now_ms)
{
  g_autofree LzPoint *places = g_new (LzPoint, N_CASES);

  for (guint i = 0; i < N_CASES; i++)
    places[i] = lz_test_place_on_streets (streets, rand);
  return lz_test_make_pins (places, N_CASES, now_ms, rand);
}

static void
bench_cases (LzStreetMap *map, GRand *rand)
{
  gint64 now_ms = g_get_real_time () / 1000;
  LzPins *pins = make_pins (map->streets, rand, now_ms);
  ShumateMap *widget = shumate_map_new_simple ();
  ShumateViewport *viewport = shumate_map_get_viewport (widget);
  LzCaseLayer *layer = lz_case_layer_new (viewport);
  LzWorld middle = lz_world_from_morton (pins->morton[pins->n / 2]);
  double start;

  g_object_ref_sink (widget);
  g_object_ref_sink (layer);
  shumate_viewport_set_min_zoom_level (viewport, 3);
  shumate_viewport_set_max_zoom_level (viewport, 20);
  gtk_widget_allocate (GTK_WIDGET (layer), WIDTH, HEIGHT, -1, NULL);

  start = cpu_ms ();
  lz_case_layer_set_now (layer, now_ms);
  lz_case_layer_set_pins (layer, pins);
  g_print ("taking %d cases in: %.1f ms\n", N_CASES, cpu_ms () - start);
  start = cpu_ms ();
  lz_case_layer_set_now (layer, now_ms + 60000);
  g_print ("a minute later: %.1f ms\n", cpu_ms () - start);
  start = cpu_ms ();
  lz_case_layer_set_selected (layer, N_CASES / 2);
  g_print ("selecting one: %.2f ms\n", cpu_ms () - start);

  pan_at_zooms (viewport, GTK_WIDGET (layer), middle, 3, 20, "cases");
  g_object_unref (layer);
  g_object_unref (widget);
}

static LzAssetMarks *
make_marks (GPtrArray *streets, GRand *rand)
{
  g_autofree LzPoint *places = g_new (LzPoint, N_ASSETS);
  LzAssetMarks *marks = g_new0 (LzAssetMarks, 1);
  g_autoptr (LzPins) pins = NULL;

  for (guint i = 0; i < N_ASSETS; i++)
    places[i] = lz_test_place_on_streets (streets, rand);
  pins = lz_test_make_pins (places, N_ASSETS, 0, rand);
  marks->n = N_ASSETS;
  marks->morton = g_steal_pointer (&pins->morton);
  marks->fids = g_steal_pointer (&pins->fids);
  marks->kinds = g_new (guint8, N_ASSETS);
  for (guint i = 0; i < N_ASSETS; i++)
    marks->kinds[i] = (guint8) g_rand_int_range (rand, 0, N_SIGNS);
  return marks;
}

/* A register of manholes, lamps and trees. */
static void
bench_assets (LzStreetMap *map, GRand *rand)
{
  LzAssetMarks *marks = make_marks (map->streets, rand);
  g_autoptr (GPtrArray) signs = g_ptr_array_new ();
  ShumateMap *widget = shumate_map_new_simple ();
  ShumateViewport *viewport = shumate_map_get_viewport (widget);
  LzAssetLayer *layer = lz_asset_layer_new (viewport);
  LzWorld middle = lz_world_from_morton (marks->morton[marks->n / 2]);
  double start;

  for (guint i = 0; i < N_SIGNS; i++)
    g_ptr_array_add (signs, (gpointer) "井");
  g_object_ref_sink (widget);
  g_object_ref_sink (layer);
  gtk_widget_allocate (GTK_WIDGET (layer), WIDTH, HEIGHT, -1, NULL);
  start = cpu_ms ();
  lz_asset_layer_set_marks (layer, marks, signs);
  g_print ("taking %d assets in: %.1f ms\n", N_ASSETS, cpu_ms () - start);
  pan_at_zooms (viewport, GTK_WIDGET (layer), middle, 10, 19, "assets");
  g_object_unref (layer);
  g_object_unref (widget);
}

/* Every street of the city as a road of the office. */
static void
bench_roads (LzStreetMap *map)
{
  g_autoptr (LzImportReport) report = lz_import_report_new ();
  g_autoptr (GPtrArray) shapes = lz_streets_join (map->streets, report);
  g_autoptr (GPtrArray) roads = g_ptr_array_new_with_free_func (lz_test_free_road);
  g_autoptr (GArray) tallies = g_array_new (FALSE, FALSE, sizeof (LzRoadTally));
  ShumateMap *widget = shumate_map_new_simple ();
  ShumateViewport *viewport = shumate_map_get_viewport (widget);
  LzRoadLayer *layer = lz_road_layer_new (viewport);
  LzWorld middle;
  double start;

  for (guint i = 0; i < shapes->len; i++)
    {
      LzRoad *road = lz_test_make_road (shapes->pdata[i], i + 1);
      LzRoadTally tally = { road->id, 3, i % 3 == 1, i % 3 == 2 };

      g_array_append_val (tallies, tally);
      g_ptr_array_add (roads, road);
    }
  middle = lz_world_from_point (((LzRoad *) roads->pdata[0])->line->points[0]);
  g_object_ref_sink (widget);
  g_object_ref_sink (layer);
  gtk_widget_allocate (GTK_WIDGET (layer), WIDTH, HEIGHT, -1, NULL);
  start = cpu_ms ();
  lz_road_layer_set_roads (layer, roads, tallies);
  g_print ("taking %u roads in: %.1f ms\n", roads->len, cpu_ms () - start);

  pan_at_zooms (viewport, GTK_WIDGET (layer), middle, 11, 19, "roads");
  g_object_unref (layer);
  g_object_unref (widget);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  g_autoptr (GError) error = NULL;
  g_autoptr (LzImportReport) report = lz_import_report_new ();
  g_autoptr (GPtrArray) streets = NULL;
  g_autoptr (LzStreetMap) map = NULL;
  g_autofree char *path = NULL;
  struct rusage usage;
  double start;

  g_test_init (&argc, &argv, NULL);
  path = argc > 1 ? g_strdup (argv[1])
                  : g_test_build_filename (G_TEST_DIST, "data", "streets",
                                           "heidelberg-streets.geojson.gz", NULL);
  streets = lz_streets_read (path, report, NULL, &error);
  if (streets == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }

  start = cpu_ms ();
  map = lz_street_map_new (streets);
  g_print ("%u streets, %u names: prepared in %.1f ms\n", streets->len, map->chains->len,
           cpu_ms () - start);
  bench_tiles (map, rand);

  if (gtk_init_check ())
    {
      bench_cases (map, rand);
      bench_assets (map, rand);
      bench_roads (map);
    }
  else
    g_print ("frames: left out, no display\n");

  getrusage (RUSAGE_SELF, &usage);
  g_print ("peak memory: %.0f MiB\n", (double) usage.ru_maxrss / 1024);

  return 0;
}
