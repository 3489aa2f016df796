/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "shots"

#include "config.h"

#include "lz-map.h"

#include "lz-test-pins.h"
#include "lz-test.h"

#include <adwaita.h>

/*
 * map-shots STREETS FOLDER [LATITUDE LONGITUDE]
 *
 * Draws the map of a street file with cases at random places, in both themes, in three sizes and at
 * all zoom levels from 12 to 19, into PNG files to look at.
 */

#define N_CASES 300
#define N_ROADS 6

/* Lets frames and worker threads go on until nothing new came for @ms. */
static void
settle (guint ms)
{
  gboolean late = FALSE;

  g_timeout_add (ms, lz_test_late_cb, &late);
  while (!late)
    g_main_context_iteration (NULL, TRUE);
}

static void
shoot (GtkWidget *window, const char *path)
{
  int width = gtk_widget_get_width (window), height = gtk_widget_get_height (window);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GdkTexture) texture = NULL;
  GskRenderNode *node;

  gdk_paintable_snapshot (paintable, snapshot, width, height);
  node = gtk_snapshot_to_node (snapshot);
  texture = gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node,
                                         &GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height));
  gsk_render_node_unref (node);
  if (!gdk_texture_save_to_png (texture, path))
    g_error ("Cannot write %s", path);
  g_print ("%s\n", path);
}

static LzBox
get_extent (GPtrArray *streets)
{
  LzBox box = { G_MAXINT32, G_MAXINT32, G_MININT32, G_MININT32 };

  for (guint i = 0; i < streets->len; i++)
    {
      const LzStreet *street = streets->pdata[i];
      LzBox own;

      if (!lz_street_class_is_road (street->cls))
        continue;
      own = lz_line_box (street->line);
      box.south7 = MIN (box.south7, own.south7);
      box.west7 = MIN (box.west7, own.west7);
      box.north7 = MAX (box.north7, own.north7);
      box.east7 = MAX (box.east7, own.east7);
    }

  return box;
}

static int
compare_shapes (gconstpointer a, gconstpointer b)
{
  const LzRoadShape *left = *(LzRoadShape *const *) a, *right = *(LzRoadShape *const *) b;

  return left->length_m > right->length_m ? -1 : 1;
}

/* The longest streets as roads in all healths. */
static void
set_roads (LzMap *map, GPtrArray *streets)
{
  g_autoptr (LzImportReport) report = lz_import_report_new ();
  g_autoptr (GPtrArray) shapes = lz_streets_join (streets, report);
  g_autoptr (GPtrArray) roads = g_ptr_array_new_with_free_func (lz_test_free_road);
  g_autoptr (GArray) tallies = g_array_new (FALSE, FALSE, sizeof (LzRoadTally));

  g_ptr_array_sort (shapes, compare_shapes);
  for (guint i = 0; i < MIN (N_ROADS, shapes->len); i++)
    {
      const LzRoadShape *shape = shapes->pdata[i];
      LzRoad *road = lz_test_make_road (shape, i + 1);
      LzRoadTally tally;

      tally = (LzRoadTally){ road->id, 3, i % 3 == 1, i % 3 == 2 };
      if (i % 5 != 4)
        g_array_append_val (tallies, tally);
      g_ptr_array_add (roads, road);
    }
  lz_map_set_roads (map, roads, tallies);
  if (roads->len > 1)
    lz_map_set_selected_road (map, &((const LzRoad *) roads->pdata[1])->id);
}

static void
set_cases (LzMap *map, GPtrArray *streets)
{
  gint64 now_ms = g_get_real_time () / 1000;
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  LzPoint places[N_CASES];

  for (guint i = 0; i < N_CASES; i++)
    places[i] = lz_test_place_on_streets (streets, rand);
  lz_map_set_now (map, now_ms);
  lz_map_set_pins (map, lz_test_make_pins (places, N_CASES, now_ms, rand));
  lz_map_set_selected (map, 17);
}

static void
shoot_size (GPtrArray *streets,
            const char *folder,
            const LzPoint *place,
            int width,
            int height,
            gboolean dark)
{
  GtkWidget *window = gtk_window_new ();
  LzMap *map = LZ_MAP (lz_map_new ());
  LzBox extent = get_extent (streets);
  LzPoint middle = { extent.south7 / 2 + extent.north7 / 2, extent.west7 / 2 + extent.east7 / 2 };

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      dark ? ADW_COLOR_SCHEME_FORCE_DARK
                                           : ADW_COLOR_SCHEME_FORCE_LIGHT);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_set_child (GTK_WINDOW (window), GTK_WIDGET (map));
  lz_map_set_dark (map, dark);
  lz_map_set_streets (map, streets, "© OpenStreetMap contributors");
  set_roads (map, streets);
  set_cases (map, streets);
  lz_map_set_extent (map, &extent);
  gtk_window_present (GTK_WINDOW (window));

  for (guint zoom = 11; zoom <= 19; zoom++)
    {
      g_autofree char *name =
          g_strdup_printf ("map-%dx%d-%s-%s%u.png", width, height, dark ? "dark" : "light",
                           zoom == 11 ? "fit" : "z", zoom == 11 ? 0 : zoom);
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (zoom > 11)
        lz_map_go_to (map, place != NULL ? *place : middle, zoom);
      settle (1200);
      shoot (window, path);
    }
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char *argv[])
{
  static const int sizes[][2] = { { 1600, 900 }, { 1280, 720 }, { 800, 600 } };
  g_autoptr (LzImportReport) report = lz_import_report_new ();
  g_autoptr (GPtrArray) streets = NULL;
  g_autoptr (GError) error = NULL;
  LzPoint place;
  gboolean has_place;

  if (argc < 3)
    {
      g_printerr ("Usage: map-shots STREETS FOLDER [LATITUDE LONGITUDE]\n");
      return 2;
    }
  adw_init ();
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  streets = lz_streets_read (argv[1], report, NULL, &error);
  if (streets == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  has_place = argc > 4 && lz_point_from_degrees (g_ascii_strtod (argv[3], NULL),
                                                 g_ascii_strtod (argv[4], NULL), &place);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint dark = 0; dark < 2; dark++)
      shoot_size (streets, argv[2], has_place ? &place : NULL, sizes[i][0], sizes[i][1], dark == 1);

  return 0;
}
