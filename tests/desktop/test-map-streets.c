/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include "lz-street-labels.h"
#include "lz-street-lettering.h"
#include "lz-street-paint.h"

#include <string.h>

static const LzPoint origin = { 282900000, 1172200000 };

static LzStreet *
street (LzStreetClass cls, const char *name, guint n, const gint32 (*steps)[2])
{
  g_autofree LzPoint *points = g_new (LzPoint, n);

  for (guint i = 0; i < n; i++)
    points[i] = (LzPoint){ origin.lat7 + steps[i][0], origin.lon7 + steps[i][1] };
  return lz_street_new (cls, name, lz_line_new (points, n));
}

/* A town of 30 by 30 named streets, each in two pieces. */
static GPtrArray *
make_town (void)
{
  GPtrArray *streets = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_street_free);

  for (gint32 i = 0; i < 30; i++)
    for (gint32 half = 0; half < 2; half++)
      {
        g_autofree char *along = g_strdup_printf ("东西%d路", i);
        g_autofree char *across = g_strdup_printf ("南北%d街", i);
        gint32 from = half * 60000, to = from + 60000, at = i * 4000;
        gint32 a[2][2] = { { at, from }, { at + half * 300, to } };
        gint32 b[2][2] = { { from, at }, { to, at } };

        g_ptr_array_add (streets, street (LZ_STREET_RESIDENTIAL + (guint) i % 4, along, 2, a));
        g_ptr_array_add (streets, street (LZ_STREET_RESIDENTIAL, across, 2, b));
      }
  g_ptr_array_add (streets,
                   street (LZ_STREET_PLACE_TOWN, "贵溪", 1, (gint32[][2]){ { 500, 500 } }));

  return streets;
}

static void
tile_of (guint zoom, gint32 north, gint32 east, guint *x, guint *y)
{
  LzWorld at = lz_world_from_point ((LzPoint){ origin.lat7 + north, origin.lon7 + east });

  *x = (guint) (at.x * ldexp (1, (int) zoom));
  *y = (guint) (at.y * ldexp (1, (int) zoom));
}

static void
test_chains (void)
{
  g_autoptr (GPtrArray) streets = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_street_free);
  g_autoptr (LzStreetMap) map = NULL;
  const LzStreetChain *chain;

  /* Three pieces of one street, the middle one backwards, and an arm that leaves it. */
  g_ptr_array_add (streets, street (LZ_STREET_TERTIARY, "雄石路", 2,
                                    (gint32[][2]){ { 0, 0 }, { 0, 1000 } }));
  g_ptr_array_add (streets, street (LZ_STREET_PRIMARY, "雄石路", 2,
                                    (gint32[][2]){ { 0, 2000 }, { 0, 1000 } }));
  g_ptr_array_add (streets, street (LZ_STREET_TERTIARY, "雄石路", 2,
                                    (gint32[][2]){ { 0, 2000 }, { 100, 3000 } }));
  g_ptr_array_add (streets, street (LZ_STREET_TERTIARY, "雄石路", 2,
                                    (gint32[][2]){ { 0, 1000 }, { 500, 1000 } }));
  g_ptr_array_add (streets,
                   street (LZ_STREET_TERTIARY, NULL, 2, (gint32[][2]){ { 0, 3000 }, { 0, 4000 } }));
  map = lz_street_map_new (streets);

  g_assert_cmpuint (map->chains->len, ==, 2);
  chain = &g_array_index (map->chains, LzStreetChain, 0);
  g_assert_cmpuint (chain->n_points, ==, 4);
  g_assert_cmpint (chain->cls, ==, LZ_STREET_PRIMARY);
  g_assert_cmpuint (g_array_index (map->chains, LzStreetChain, 1).n_points, ==, 2);
}

static int
compare_labels (gconstpointer a, gconstpointer b)
{
  const LzStreetLabel *left = *(LzStreetLabel *const *) a, *right = *(LzStreetLabel *const *) b;

  if (left->box.x0 != right->box.x0)
    return left->box.x0 < right->box.x0 ? -1 : 1;
  return left->box.y0 < right->box.y0 ? -1 : left->box.y0 > right->box.y0;
}

static GPtrArray *
find_sorted (LzStreetLabels *labels, guint zoom, guint x, guint y)
{
  GPtrArray *found = lz_street_labels_find (labels, zoom, x, y);

  g_ptr_array_sort (found, compare_labels);
  return found;
}

/* A name lies where it lies, whichever tile was asked for first. */
static void
test_same_from_all_sides (void)
{
  g_autoptr (GPtrArray) streets = make_town ();
  g_autoptr (LzStreetMap) map = lz_street_map_new (streets);
  guint zoom = 16, x0, y0, n = 0;

  tile_of (zoom, 120000, 0, &x0, &y0);
  for (guint corner = 0; corner < 4; corner++)
    {
      g_autoptr (LzStreetLabels) there = lz_street_labels_new (map, 1);
      g_autoptr (LzStreetLabels) back = lz_street_labels_new (map, 1);

      /* One starts at a corner of the town, the other works its way there. */
      for (guint i = 0; i < 9; i++)
        g_ptr_array_unref (lz_street_labels_find (back, zoom, x0 + (corner & 1 ? i : 8 - i),
                                                  y0 + (corner & 2 ? i : 8 - i)));
      for (guint i = 0; i < 81; i++)
        {
          guint x = x0 + i % 9, y = y0 + i / 9;
          g_autoptr (GPtrArray) a = find_sorted (there, zoom, x, y);
          g_autoptr (GPtrArray) b = find_sorted (back, zoom, x, y);

          g_assert_cmpuint (a->len, ==, b->len);
          for (guint j = 0; j < a->len; j++)
            g_assert_cmpint (compare_labels (&a->pdata[j], &b->pdata[j]), ==, 0);
          n += a->len;
        }
    }
  g_assert_cmpuint (n, >, 100);
}

/* A name that crosses a tile's border is in both tiles, and no two names cover each other. */
static void
test_borders (void)
{
  g_autoptr (GPtrArray) streets = make_town ();
  g_autoptr (LzStreetMap) map = lz_street_map_new (streets);
  g_autoptr (LzStreetLabels) labels = lz_street_labels_new (map, 1);
  guint zoom = 16, x0, y0, crossing = 0;

  tile_of (zoom, 120000, 0, &x0, &y0);
  for (guint i = 0; i < 64; i++)
    {
      guint x = x0 + i % 8, y = y0 + i / 8;
      g_autoptr (GPtrArray) here = lz_street_labels_find (labels, zoom, x, y);
      g_autoptr (GPtrArray) east = lz_street_labels_find (labels, zoom, x + 1, y);

      for (guint j = 0; j < here->len; j++)
        {
          const LzStreetLabel *label = here->pdata[j];

          if (label->box.x1 > (x + 1.0) * LZ_TILE_PX)
            {
              g_assert_true (g_ptr_array_find (east, label, NULL));
              crossing++;
            }
          for (guint k = j + 1; k < here->len; k++)
            {
              const GPtrArray one = { &here->pdata[k], 1 };

              g_assert_false (lz_street_lettering_is_taken (label, &one));
            }
        }
    }
  g_assert_cmpuint (crossing, >, 0);
}

/* Chinese names along a steep street stand upright and read downwards. */
static void
test_upright (void)
{
  g_autoptr (GPtrArray) streets = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_street_free);
  g_autoptr (LzStreetMap) map = NULL;
  g_autoptr (LzStreetLabels) labels = NULL;
  g_autoptr (GPtrArray) found = NULL;
  const LzStreetLabel *label;
  guint x, y;

  g_ptr_array_add (streets, street (LZ_STREET_PRIMARY, "冶金大道", 2,
                                    (gint32[][2]){ { -10000, 0 }, { 10000, 0 } }));
  map = lz_street_map_new (streets);
  labels = lz_street_labels_new (map, 1);
  tile_of (17, 0, 0, &x, &y);
  found = lz_street_labels_find (labels, 17, x, y);
  if (found->len == 0)
    {
      g_test_skip ("No font with Chinese characters");
      return;
    }

  label = found->pdata[0];
  g_assert_cmpuint (label->run->n_glyphs, ==, 4);
  g_assert_cmpfloat (label->glyphs[3].y, >, label->glyphs[0].y + 30);
  for (guint i = 0; i < 4; i++)
    g_assert_cmpfloat_with_epsilon (label->glyphs[i].angle, 0, .01);
}

static void
test_paint (void)
{
  g_autoptr (GPtrArray) streets = make_town ();
  g_autoptr (LzStreetMap) map = lz_street_map_new (streets);
  g_autoptr (LzStreetLabels) labels = lz_street_labels_new (map, 1);
  guint x, y;

  for (guint zoom = 3; zoom <= 20; zoom++)
    for (guint dark = 0; dark < 2; dark++)
      {
        const LzStreetStyle *style = lz_street_style_get (dark, FALSE);
        cairo_surface_t *surface;
        guint scale = 1 + dark;

        tile_of (zoom, 8000, 8000, &x, &y);
        surface = lz_street_paint_ground (map, style, zoom, x, y, scale, NULL);
        if (zoom >= 12)
          g_assert_nonnull (surface);
        if (surface != NULL)
          {
            g_assert_cmpint (cairo_surface_status (surface), ==, CAIRO_STATUS_SUCCESS);
            g_assert_cmpint (cairo_image_surface_get_width (surface), ==, LZ_TILE_PX * (int) scale);
            cairo_surface_destroy (surface);
          }
        surface = lz_street_paint_labels (labels, style, zoom, x, y, scale, NULL);
        g_clear_pointer (&surface, cairo_surface_destroy);
      }

  /* Out of the data there is nothing but land. */
  tile_of (16, 5000000, 5000000, &x, &y);
  g_assert_null (
      lz_street_paint_ground (map, lz_street_style_get (FALSE, FALSE), 16, x, y, 1, NULL));
  g_assert_null (
      lz_street_paint_labels (labels, lz_street_style_get (FALSE, FALSE), 16, x, y, 1, NULL));
}

/* A street that goes on into the next tile is as wide and as bright there. */
static void
test_seam (void)
{
  g_autoptr (GPtrArray) streets = make_town ();
  g_autoptr (LzStreetMap) map = lz_street_map_new (streets);
  const LzStreetStyle *style = lz_street_style_get (FALSE, FALSE);
  cairo_surface_t *west, *east;
  guint x, y, differing = 0, inked = 0;

  tile_of (16, 8000, 8000, &x, &y);
  west = lz_street_paint_ground (map, style, 16, x, y, 1, NULL);
  east = lz_street_paint_ground (map, style, 16, x + 1, y, 1, NULL);
  for (int row = 0; row < LZ_TILE_PX; row++)
    {
      const guint8 *a = cairo_image_surface_get_data (west) +
                        row * cairo_image_surface_get_stride (west) + (LZ_TILE_PX - 1) * 4;
      const guint8 *b =
          cairo_image_surface_get_data (east) + row * cairo_image_surface_get_stride (east);

      inked += a[0] == 0xff && a[1] == 0xff;
      differing += ABS (a[0] - b[0]) > 24;
    }
  g_assert_cmpuint (inked, >, 5);
  g_assert_cmpuint (differing, <, 3);
  cairo_surface_destroy (west);
  cairo_surface_destroy (east);
}

/* The colour of the middle of the tile around @at, painted large. */
static guint32
colour_at (const LzStreetMap *map, const LzStreetStyle *style, gint32 north, gint32 east)
{
  LzWorld at = lz_world_from_point ((LzPoint){ origin.lat7 + north, origin.lon7 + east });
  guint zoom = 18, x, y;
  cairo_surface_t *surface;
  guint32 colour;
  int px, py;

  tile_of (zoom, north, east, &x, &y);
  px = (int) ((at.x * ldexp (1, (int) zoom) - x) * LZ_TILE_PX);
  py = (int) ((at.y * ldexp (1, (int) zoom) - y) * LZ_TILE_PX);
  surface = lz_street_paint_ground (map, style, zoom, x, y, 1, NULL);
  g_assert_nonnull (surface);
  memcpy (&colour,
          cairo_image_surface_get_data (surface) + py * cairo_image_surface_get_stride (surface) +
              px * 4,
          sizeof colour);
  cairo_surface_destroy (surface);
  return colour & 0xffffff;
}

/* An island is land, and an area that lies in a hole is drawn in it. */
static void
test_holes (void)
{
  g_autoptr (GPtrArray) streets = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_street_free);
  g_autoptr (LzStreetMap) map = NULL;
  const LzStreetStyle *style = lz_street_style_get (FALSE, FALSE);
  LzStreet *lake =
      street (LZ_STREET_WATER_AREA, NULL, 5,
              (gint32[][2]){ { 0, 0 }, { 9000, 0 }, { 9000, 9000 }, { 0, 9000 }, { 0, 0 } });
  LzStreet *island =
      street (LZ_STREET_BUILDING, NULL, 5,
              (gint32[][2]){
                  { 3000, 3000 }, { 6000, 3000 }, { 6000, 6000 }, { 3000, 6000 }, { 3000, 3000 } });
  guint32 water, land;

  lz_street_add_hole (lake, lz_line_copy (island->line));
  g_ptr_array_add (streets, lake);
  map = lz_street_map_new (streets);
  water = colour_at (map, style, 1500, 1500);
  land = colour_at (map, style, 4500, 4500);
  g_assert_cmphex (water, ==, 0xabd1e8);
  g_assert_cmphex (land, ==, 0xf3f0e8);
  lz_street_free (island);
}

static guint
count_ink (const LzStreetMap *map, guint zoom, guint32 colour)
{
  cairo_surface_t *surface;
  guint x, y, n = 0;

  tile_of (zoom, 0, 6000, &x, &y);
  surface = lz_street_paint_ground (map, lz_street_style_get (FALSE, FALSE), zoom, x, y, 1, NULL);
  g_assert_nonnull (surface);
  for (int row = 0; row < LZ_TILE_PX; row++)
    for (int column = 0; column < LZ_TILE_PX; column++)
      {
        const guint8 *at = cairo_image_surface_get_data (surface) +
                           row * cairo_image_surface_get_stride (surface) + column * 4;

        n += ABS (at[0] - (int) (colour & 0xff)) < 40 &&
             ABS (at[1] - (int) (colour >> 8 & 0xff)) < 40 &&
             ABS (at[2] - (int) (colour >> 16 & 0xff)) < 40;
      }
  cairo_surface_destroy (surface);
  return n;
}

/* Only where a street is open one way, and only near enough to be read. */
static void
test_arrows (void)
{
  for (int oneway = -1; oneway <= 1; oneway++)
    {
      g_autoptr (GPtrArray) streets =
          g_ptr_array_new_with_free_func ((GDestroyNotify) lz_street_free);
      g_autoptr (LzStreetMap) map = NULL;
      LzStreet *one =
          street (LZ_STREET_SECONDARY, NULL, 2, (gint32[][2]){ { 0, 0 }, { 0, 12000 } });

      one->oneway = oneway;
      g_ptr_array_add (streets, one);
      map = lz_street_map_new (streets);
      g_assert_cmpuint (count_ink (map, 14, 0x8f8676), ==, 0);
      if (oneway == 0)
        g_assert_cmpuint (count_ink (map, 17, 0x8f8676), ==, 0);
      else
        g_assert_cmpuint (count_ink (map, 17, 0x8f8676), >, 5);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/desktop/map/streets/chains", test_chains);
  g_test_add_func ("/desktop/map/streets/same-from-all-sides", test_same_from_all_sides);
  g_test_add_func ("/desktop/map/streets/borders", test_borders);
  g_test_add_func ("/desktop/map/streets/upright", test_upright);
  g_test_add_func ("/desktop/map/streets/paint", test_paint);
  g_test_add_func ("/desktop/map/streets/seam", test_seam);
  g_test_add_func ("/desktop/map/streets/holes", test_holes);
  g_test_add_func ("/desktop/map/streets/arrows", test_arrows);

  return g_test_run ();
}
