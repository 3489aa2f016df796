/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-pin-sprites.h"

#include "lz-cluster-paint.h"
#include "lz-tile-work.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#define MAX_CLUSTERS 3000

/* A ring is drawn in sixteenths, so that clusters with nearly the same mix share a picture. */
typedef struct
{
  guint count;
  guint8 slices[LZ_PIN_N_KINDS];
} ClusterKey;

struct _LzPinSprites
{
  LzClusterPaint *paint;
  gboolean dark;
  int scale;
  double size;
  GdkTexture *pins[LZ_PIN_N_KINDS];
  GHashTable *clusters; /* ClusterKey -> GdkTexture */
};

static guint
cluster_key_hash (gconstpointer data)
{
  const ClusterKey *key = data;
  guint hash = key->count;

  for (guint k = 0; k < LZ_PIN_N_KINDS; k++)
    hash = hash * 17 + key->slices[k];
  return hash;
}

static gboolean
cluster_key_equal (gconstpointer a, gconstpointer b)
{
  const ClusterKey *left = a, *right = b;

  return left->count == right->count &&
         memcmp (left->slices, right->slices, sizeof left->slices) == 0;
}

LzPinSprites *
lz_pin_sprites_new (gboolean dark, int scale, double size)
{
  LzPinSprites *self = g_new0 (LzPinSprites, 1);

  self->dark = dark;
  self->scale = scale;
  self->size = size;
  self->paint = lz_cluster_paint_new (dark, scale, size);
  self->clusters =
      g_hash_table_new_full (cluster_key_hash, cluster_key_equal, g_free, g_object_unref);
  return self;
}

void
lz_pin_sprites_free (LzPinSprites *self)
{
  for (guint k = 0; k < LZ_PIN_N_KINDS; k++)
    g_clear_object (&self->pins[k]);
  g_hash_table_unref (self->clusters);
  lz_cluster_paint_free (self->paint);
  g_free (self);
}

const GdkRGBA *
lz_pin_kind_colour (LzPinKind kind)
{
  static const GdkRGBA colours[LZ_PIN_N_KINDS] = {
    [LZ_PIN_OVERDUE] = { .878f, .106f, .141f, 1 }, [LZ_PIN_SOON] = { .898f, .627f, .055f, 1 },
    [LZ_PIN_IN_TIME] = { .180f, .761f, .494f, 1 }, [LZ_PIN_DONE] = { .208f, .518f, .894f, 1 },
    [LZ_PIN_CLOSED] = { .56f, .57f, .59f, 1 },
  };

  return &colours[kind];
}

static void
add_polygon (cairo_t *cr, double x, double y, double radius, guint n, double turned)
{
  for (guint i = 0; i < n; i++)
    {
      double angle = turned + i * 2 * G_PI / n;

      cairo_line_to (cr, x + radius * cos (angle), y + radius * sin (angle));
    }
  cairo_close_path (cr);
}

static void
add_shape (cairo_t *cr, LzPinKind kind, double x, double y)
{
  cairo_new_path (cr);
  switch (kind)
    {
    case LZ_PIN_OVERDUE:
      add_polygon (cr, x, y + 1.2, 8.6, 3, -G_PI_2);
      break;
    case LZ_PIN_SOON:
      add_polygon (cr, x, y, 8.2, 4, G_PI_4);
      break;
    case LZ_PIN_DONE:
      add_polygon (cr, x, y, 8.4, 4, 0);
      break;
    case LZ_PIN_IN_TIME:
      cairo_arc (cr, x, y, 6.8, 0, 2 * G_PI);
      break;
    case LZ_PIN_CLOSED:
    case LZ_PIN_N_KINDS:
    default:
      cairo_arc (cr, x, y, 5, 0, 2 * G_PI);
      break;
    }
}

/* A tick in the grey disc of a closed case: it is the only one with something inside. */
static void
draw_tick (cairo_t *cr, double x, double y)
{
  cairo_move_to (cr, x - 2.4, y + .2);
  cairo_line_to (cr, x - .6, y + 2);
  cairo_line_to (cr, x + 2.6, y - 1.8);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_set_line_width (cr, 1.6);
  cairo_stroke (cr);
}

void
lz_pin_sprites_draw_pin (cairo_t *cr, LzPinKind kind, double x, double y, gboolean dark)
{
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  add_shape (cr, kind, x, y + .8);
  cairo_set_source_rgba (cr, 0, 0, 0, dark ? .45 : .22);
  cairo_set_line_width (cr, 5);
  cairo_stroke (cr);

  add_shape (cr, kind, x, y);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_set_line_width (cr, 3.6);
  cairo_stroke_preserve (cr);
  gdk_cairo_set_source_rgba (cr, lz_pin_kind_colour (kind));
  cairo_fill (cr);
  if (kind == LZ_PIN_CLOSED)
    draw_tick (cr, x, y);
}

static cairo_t *
begin (const LzPinSprites *self, double side)
{
  int px = (int) ceil (side * self->scale);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, px, px);
  cairo_t *cr;

  cairo_surface_set_device_scale (surface, self->scale, self->scale);
  cr = cairo_create (surface);
  cairo_surface_destroy (surface);
  return cr;
}

static GdkTexture *
end (cairo_t *cr)
{
  cairo_surface_t *surface = cairo_surface_reference (cairo_get_target (cr));

  cairo_destroy (cr);
  cairo_surface_flush (surface);
  return lz_tile_work_take_surface (surface);
}

GdkTexture *
lz_pin_sprites_get_pin (LzPinSprites *self, LzPinKind kind, double *side_px)
{
  /* Whole pixels, or the picture would be drawn scaled. */
  *side_px = round (LZ_PIN_SPRITE_PX * self->size);
  if (self->pins[kind] == NULL)
    {
      cairo_t *cr = begin (self, *side_px);

      cairo_scale (cr, *side_px / LZ_PIN_SPRITE_PX, *side_px / LZ_PIN_SPRITE_PX);
      lz_pin_sprites_draw_pin (cr, kind, LZ_PIN_SPRITE_PX / 2.0, LZ_PIN_SPRITE_PX / 2.0,
                               self->dark);
      self->pins[kind] = end (cr);
    }

  return self->pins[kind];
}

/* Large counts are rounded to two digits and a unit, where the language has its units: 1.2万. */
static char *
dup_count_label (guint count)
{
  /* Translators: the size of your unit for large counts: 1000, or 10000 for 万. */
  guint unit = (guint) atoi (C_ ("unit of large counts", "1000"));

  if (count < 10000 || unit == 0)
    return g_strdup_printf ("%u", count);
  /* Translators: a large count in your unit, such as "12k" or "1.2万". */
  if (count < unit * 10)
    return g_strdup_printf (C_ ("large count", "%.1fk"), floor (count * 10.0 / unit) / 10);
  /* Translators: the same in whole units. */
  return g_strdup_printf (C_ ("large count", "%.0fk"), floor ((double) count / unit));
}

/* Sixteenths by the largest remainders; a kind that is there at all gets at least one. */
static void
slice (const LzPinSum *sum, guint8 slices[LZ_PIN_N_KINDS])
{
  int left = LZ_CLUSTER_STEPS;
  guint largest = 0;

  for (guint k = 0; k < LZ_PIN_N_KINDS; k++)
    {
      slices[k] = (guint8) ((guint64) sum->mix[k] * LZ_CLUSTER_STEPS / sum->count);
      if (slices[k] == 0 && sum->mix[k] > 0)
        slices[k] = 1;
      left -= slices[k];
      if (sum->mix[k] > sum->mix[largest])
        largest = k;
    }
  slices[largest] = (guint8) (slices[largest] + left);
}

GdkTexture *
lz_pin_sprites_get_cluster (LzPinSprites *self, const LzPinItem *item, double *side_px)
{
  double radius = item->radius;
  ClusterKey key = { item->sum.count, { 0 } };
  GdkTexture *texture;
  g_autofree char *label = NULL;

  *side_px = lz_cluster_paint_side (radius);
  slice (&item->sum, key.slices);
  texture = g_hash_table_lookup (self->clusters, &key);
  if (texture != NULL)
    return texture;

  if (g_hash_table_size (self->clusters) >= MAX_CLUSTERS)
    g_hash_table_remove_all (self->clusters);
  label = dup_count_label (key.count);
  texture = lz_cluster_paint_draw (self->paint, radius, key.slices, label);
  g_hash_table_insert (self->clusters, g_memdup2 (&key, sizeof key), texture);
  return texture;
}
