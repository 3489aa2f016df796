/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include "lz-map-private.h"

#include "lz-pin-layout.h"
#include "lz-test-pins.h"
#include "lz-test.h"

#include <adwaita.h>

#define NOW_MS G_GINT64_CONSTANT (1790000000000)

static const LzPoint here = { 282900000, 1172200000 };
static const LzBox around = { 282850000, 1172120000, 282950000, 1172280000 };

typedef struct
{
  GtkWidget *window;
  LzMap *map;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  f->window = gtk_window_new ();
  f->map = LZ_MAP (lz_map_new ());
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  gtk_window_set_default_size (GTK_WINDOW (f->window), 800, 600);
  gtk_window_set_child (GTK_WINDOW (f->window), GTK_WIDGET (f->map));
  lz_map_set_extent (f->map, &around);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  gpointer map = f->map;

  g_object_add_weak_pointer (map, &map);
  gtk_window_destroy (GTK_WINDOW (f->window));
  /* A worker thread or an idle handler of Shumate's layers may hold on to it for a moment. */
  lz_await_until (map == NULL);
}

static gboolean
is_shown (Fixture *f)
{
  return gtk_widget_get_mapped (GTK_WIDGET (f->map)) &&
         gtk_widget_get_width (GTK_WIDGET (f->map)) > 0;
}

static void
show (Fixture *f)
{
  gtk_window_present (GTK_WINDOW (f->window));
  lz_await_until (is_shown (f));
}

static void
set_pins (Fixture *f, guint n)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  g_autofree LzPoint *places = g_new (LzPoint, n);

  for (guint i = 0; i < n; i++)
    places[i] = (LzPoint){ here.lat7 + g_rand_int_range (rand, -40000, 40000),
                           here.lon7 + g_rand_int_range (rand, -40000, 40000) };
  lz_map_set_now (f->map, NOW_MS);
  lz_map_set_pins (f->map, lz_test_make_pins (places, n, NOW_MS, rand));
}

static void
test_extent (Fixture *f, gconstpointer data)
{
  LzBox view;

  g_assert_false (lz_map_get_view (f->map, &view));
  show (f);
  g_assert_true (lz_map_get_view (f->map, &view));
  g_assert_cmpint (view.south7, <=, around.south7);
  g_assert_cmpint (view.north7, >=, around.north7);
  g_assert_cmpint (view.west7, <=, around.west7);
  g_assert_cmpint (view.east7, >=, around.east7);

  lz_map_zoom_in (f->map);
  lz_map_go_to (f->map, (LzPoint){ 300000000, 1100000000 }, 12);
  g_assert_cmpfloat (lz_map_get_zoom (f->map), ==, 12);
  lz_map_go_home (f->map);
  g_assert_true (lz_map_get_view (f->map, &view));
  g_assert_cmpint (view.south7, <=, around.south7);
}

static void
test_zoom_limits (Fixture *f, gconstpointer data)
{
  show (f);
  for (guint i = 0; i < 30; i++)
    lz_map_zoom_in (f->map);
  g_assert_cmpfloat (lz_map_get_zoom (f->map), ==, LZ_MAP_MAX_ZOOM);
  for (guint i = 0; i < 30; i++)
    lz_map_zoom_out (f->map);
  g_assert_cmpfloat (lz_map_get_zoom (f->map), ==, LZ_MAP_MIN_ZOOM);
}

static void
test_cases (Fixture *f, gconstpointer data)
{
  GArray *items;
  guint total = 0;

  set_pins (f, 500);
  lz_map_set_selected (f->map, 7);
  show (f);
  lz_await_until (lz_case_layer_get_n_drawn (f->map->case_layer) > 0);

  items = lz_case_layer_get_items (f->map->case_layer);
  for (guint i = 0; i < items->len; i++)
    if (g_array_index (items, LzPinItem, i).owner == i)
      total += g_array_index (items, LzPinItem, i).sum.count;
  g_assert_cmpuint (total, ==, 500);
}

static void
activated_cb (LzMap *map, gint64 fid, gint64 *slot)
{
  *slot = fid;
}

static void
fids_cb (LzMap *map, GArray *fids, guint *n)
{
  *n = fids->len;
}

/* A single case can be opened by pointer and by key; so can one that lies on another. */
static void
test_activate (Fixture *f, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  LzPoint places[3] = { here, { here.lat7 + 20000, here.lon7 }, { here.lat7 + 20000, here.lon7 } };
  LzMapView view;
  gint64 opened = 0;
  guint n_fids = 0;
  double x, y;

  lz_map_set_now (f->map, NOW_MS);
  lz_map_set_pins (f->map, lz_test_make_pins (places, 3, NOW_MS, rand));
  g_signal_connect (f->map, "case-activated", G_CALLBACK (activated_cb), &opened);
  g_signal_connect (f->map, "cluster-activated", G_CALLBACK (fids_cb), &n_fids);
  show (f);
  lz_map_go_to (f->map, here, 16);

  g_assert_true (_lz_map_get_map_view (f->map, &view));
  lz_map_view_to_widget (&view, lz_world_from_point (here), &x, &y);
  g_assert_true (lz_case_layer_pick (f->map->case_layer, x + 4, y - 4));
  g_assert_false (lz_case_layer_pick (f->map->case_layer, x + 60, y));

  lz_case_layer_activate_at (f->map->case_layer, x, y);
  g_assert_cmpint (opened, >, 0);
  lz_map_view_to_widget (&view, lz_world_from_point (places[1]), &x, &y);
  lz_case_layer_activate_at (f->map->case_layer, x, y);
  g_assert_cmpuint (n_fids, ==, 2);

  lz_map_set_pick_mode (f->map, TRUE);
  g_assert_false (lz_case_layer_pick (f->map->case_layer, x, y));
}

/* What the base map's datum shifts on the screen comes back unshifted. */
static void
test_datum (Fixture *f, gconstpointer data)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "data", "tiles", "world-png.mbtiles", NULL);
  g_autoptr (GError) error = NULL;
  LzPoint middle;

  set_pins (f, 10);
  show (f);
  lz_map_go_to (f->map, here, 17);
  g_assert_true (lz_map_set_base_mbtiles (f->map, path, LZ_DATUM_GCJ02, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (gtk_label_get_text (f->map->attribution), ==, "MapBox · GCJ-02");

  /* Half a pixel at level 17 is some 0.5 m. */
  middle = lz_map_get_center (f->map);
  g_assert_cmpint (ABS (middle.lat7 - here.lat7), <, 60);
  g_assert_cmpint (ABS (middle.lon7 - here.lon7), <, 60);

  g_assert_false (lz_map_set_base_mbtiles (f->map, "/nonexistent", LZ_DATUM_WGS84, &error));
  g_assert_nonnull (error);
  g_assert_cmpstr (gtk_label_get_text (f->map->attribution), ==, "MapBox · GCJ-02");
  lz_map_set_base_streets (f->map);
  g_assert_cmpstr (gtk_label_get_text (f->map->attribution), ==, "WGS 84");
}

static GPtrArray *
make_roads (void)
{
  GPtrArray *roads = g_ptr_array_new_with_free_func (lz_test_free_road);
  LzPoint points[2] = { { here.lat7, here.lon7 - 30000 }, { here.lat7, here.lon7 + 30000 } };
  LzRoad *road = g_new0 (LzRoad, 1);

  road->id = lz_id_new (NOW_MS);
  road->name = g_strdup ("雄石路");
  road->grade = LZ_STREET_PRIMARY;
  road->line = lz_line_new (points, 2);
  road->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_line_free);
  g_ptr_array_add (road->parts, lz_line_new (points, 2));
  g_ptr_array_add (roads, road);
  return roads;
}

static void
test_roads (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) roads = make_roads ();
  g_autoptr (GArray) tallies = g_array_new (FALSE, FALSE, sizeof (LzRoadTally));
  const LzRoad *road = roads->pdata[0];
  LzRoadTally tally = { road->id, 3, 1, 0 };
  const LzId *found;

  g_array_append_val (tallies, tally);
  lz_map_set_roads (f->map, roads, tallies);
  show (f);
  lz_map_go_to (f->map, here, 16);

  found = lz_road_layer_pick (f->map->road_layer, 400, 303);
  g_assert_nonnull (found);
  g_assert_true (lz_id_equal (found, &road->id));
  g_assert_null (lz_road_layer_pick (f->map->road_layer, 400, 340));

  lz_map_set_selected_road (f->map, &road->id);
  lz_map_set_selected_road (f->map, NULL);
  lz_map_set_roads (f->map, NULL, NULL);
  g_assert_null (lz_road_layer_pick (f->map->road_layer, 400, 300));
}

/* All that can be set, in both themes, drawn; and destroyed while streets are being prepared. */
static void
test_all (Fixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) streets = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_street_free);
  LzPoint points[2] = { { here.lat7, here.lon7 - 30000 }, { here.lat7, here.lon7 + 30000 } };

  g_ptr_array_add (streets, lz_street_new (LZ_STREET_PRIMARY, "雄石路", lz_line_new (points, 2)));
  lz_map_set_streets (f->map, streets, "© OpenStreetMap");
  set_pins (f, 50);
  lz_map_set_position (f->map, &here, 30);
  lz_map_set_draft (f->map, &points[0]);
  lz_map_set_pick_mode (f->map, TRUE);
  show (f);
  lz_await_until (f->map->streets != NULL);
  lz_map_set_dark (f->map, TRUE);
  lz_await_until (lz_case_layer_get_n_drawn (f->map->case_layer) > 0);
  g_assert_cmpstr (gtk_label_get_text (f->map->attribution), ==, "© OpenStreetMap · WGS 84");
  lz_map_set_streets (f->map, streets, NULL);
}

static void
add (const char *path, void (*test) (Fixture *, gconstpointer))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  adw_init ();

  add ("/desktop/map/widget/extent", test_extent);
  add ("/desktop/map/widget/zoom-limits", test_zoom_limits);
  add ("/desktop/map/widget/cases", test_cases);
  add ("/desktop/map/widget/activate", test_activate);
  add ("/desktop/map/widget/datum", test_datum);
  add ("/desktop/map/widget/roads", test_roads);
  add ("/desktop/map/widget/all", test_all);

  return g_test_run ();
}
