/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-cluster-paint.h"

#include "lz-pin-sprites.h"
#include "lz-street-text.h"
#include "lz-tile-work.h"

#define RING_PX   4.0
#define SHADOW_PX 3.0
#define MAX_FONT  14.0

#define N_TURNS 512

/* A pixel of the ring: where it is, how much of it the ring covers (of 256), and at which of
 * N_TURNS parts of the turn, from the top clockwise. */
typedef struct
{
  guint32 offset;
  guint16 cover;
  guint16 turn;
} RingPixel;

typedef struct
{
  cairo_surface_t *disc;
  GArray *ring;
} Base;

typedef struct
{
  cairo_surface_t *mask;
  double advance;
} Letter;

struct _LzClusterPaint
{
  gboolean dark;
  int scale;
  double size;
  PangoContext *context;
  GHashTable *bases;   /* radius -> Base */
  GHashTable *letters; /* character << 8 | font size -> Letter */
};

static void
base_free (gpointer data)
{
  Base *base = data;

  cairo_surface_destroy (base->disc);
  g_array_unref (base->ring);
  g_free (base);
}

static void
letter_free (gpointer data)
{
  Letter *letter = data;

  cairo_surface_destroy (letter->mask);
  g_free (letter);
}

LzClusterPaint *
lz_cluster_paint_new (gboolean dark, int scale, double size)
{
  LzClusterPaint *self = g_new0 (LzClusterPaint, 1);

  self->dark = dark;
  self->scale = scale;
  self->size = size;
  self->context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  self->bases = g_hash_table_new_full (NULL, NULL, NULL, base_free);
  self->letters = g_hash_table_new_full (NULL, NULL, NULL, letter_free);
  return self;
}

void
lz_cluster_paint_free (LzClusterPaint *self)
{
  g_hash_table_unref (self->bases);
  g_hash_table_unref (self->letters);
  g_object_unref (self->context);
  g_free (self);
}

double
lz_cluster_paint_side (double radius)
{
  return 2 * ceil (radius + SHADOW_PX + 1);
}

static cairo_surface_t *
draw_disc (const LzClusterPaint *self, double radius)
{
  double side = lz_cluster_paint_side (radius), middle = side / 2;
  int px = (int) ceil (side * self->scale);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, px, px);
  cairo_t *cr;

  cairo_surface_set_device_scale (surface, self->scale, self->scale);
  cr = cairo_create (surface);
  for (guint i = 0; i < 3; i++)
    {
      cairo_arc (cr, middle, middle + 1, radius + 1.2 + i * .8, 0, 2 * G_PI);
      cairo_set_source_rgba (cr, 0, 0, 0, self->dark ? .18 : .09);
      cairo_fill (cr);
    }
  cairo_arc (cr, middle, middle, radius + 1.2, 0, 2 * G_PI);
  if (self->dark)
    cairo_set_source_rgb (cr, .14, .15, .17);
  else
    cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_fill (cr);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  return surface;
}

static GArray *
list_ring (const LzClusterPaint *self, cairo_surface_t *disc, double radius)
{
  GArray *ring = g_array_new (FALSE, FALSE, sizeof (RingPixel));
  int px = cairo_image_surface_get_width (disc);
  double middle = lz_cluster_paint_side (radius) / 2 * self->scale;
  double centre = (radius - RING_PX * self->size / 2) * self->scale;
  double half = RING_PX * self->size / 2 * self->scale;

  for (int y = 0; y < px; y++)
    for (int x = 0; x < px; x++)
      {
        double dx = x + .5 - middle, dy = y + .5 - middle;
        double cover = half + .5 - fabs (hypot (dx, dy) - centre);
        RingPixel pixel = { (guint) (y * cairo_image_surface_get_stride (disc) + x * 4),
                            (guint16) (CLAMP (cover, 0, 1) * 256),
                            (guint16) (fmod (atan2 (dx, -dy) / (2 * G_PI) + 1, 1) * N_TURNS) };

        if (cover > 0)
          g_array_append_val (ring, pixel);
      }

  return ring;
}

static const Base *
get_base (LzClusterPaint *self, double radius)
{
  gpointer key = GINT_TO_POINTER ((int) lround (radius));
  Base *base = g_hash_table_lookup (self->bases, key);

  if (base == NULL)
    {
      base = g_new (Base, 1);
      base->disc = draw_disc (self, radius);
      base->ring = list_ring (self, base->disc, radius);
      g_hash_table_insert (self->bases, key, base);
    }

  return base;
}

static GdkRGBA
mix (const GdkRGBA *a, const GdkRGBA *b, float share)
{
  return (GdkRGBA){ a->red + (b->red - a->red) * share, a->green + (b->green - a->green) * share,
                    a->blue + (b->blue - a->blue) * share, 1 };
}

/* The colour at a part of the turn; a pixel on the border of two slices gets some of both. */
static GdkRGBA
ring_colour (const guint8 slices[LZ_PIN_N_KINDS], float turn, float pixel_turn)
{
  float from = 0;
  int last = -1;

  for (guint k = 0; k < LZ_PIN_N_KINDS; k++)
    {
      float to = from + (float) slices[k] / LZ_CLUSTER_STEPS;

      if (slices[k] == 0)
        continue;
      if (turn < to || to >= 1)
        {
          float inside = (turn - from) / pixel_turn + .5f;

          return last < 0 || inside >= 1
                     ? *lz_pin_kind_colour (k)
                     : mix (lz_pin_kind_colour ((guint) last), lz_pin_kind_colour (k), inside);
        }
      last = (int) k;
      from = to;
    }

  return *lz_pin_kind_colour (LZ_PIN_CLOSED);
}

static void
draw_ring (const LzClusterPaint *self,
           const Base *base,
           const guint8 slices[LZ_PIN_N_KINDS],
           double radius,
           guint8 *data)
{
  float pixel_turn = (float) (1 / (2 * G_PI * radius * self->scale));
  guint8 colours[N_TURNS][3];

  for (guint i = 0; i < N_TURNS; i++)
    {
      GdkRGBA colour = ring_colour (slices, (i + .5f) / N_TURNS, pixel_turn);

      colours[i][0] = (guint8) (colour.blue * 255);
      colours[i][1] = (guint8) (colour.green * 255);
      colours[i][2] = (guint8) (colour.red * 255);
    }

  /* Beneath the ring the disc is opaque. */
  for (guint i = 0; i < base->ring->len; i++)
    {
      const RingPixel *pixel = &g_array_index (base->ring, RingPixel, i);
      guint32 *at = (guint32 *) (gpointer) (data + pixel->offset);
      guint32 was = *at, now = 0xff000000;

      for (guint c = 0; c < 3; c++)
        {
          guint32 old = was >> (8 * c) & 0xff;

          now |= (old * (256u - pixel->cover) + colours[pixel->turn][c] * (guint32) pixel->cover) >>
                 8 << (8 * c);
        }
      *at = now;
    }
}

static const Letter *
get_letter (LzClusterPaint *self, gunichar c, guint font_px)
{
  gpointer key = GUINT_TO_POINTER (c << 8 | font_px);
  Letter *letter = g_hash_table_lookup (self->letters, key);
  g_autoptr (PangoLayout) layout = NULL;
  PangoFontDescription *font;
  char text[7] = { 0 };
  int width, height;
  cairo_t *cr;

  if (letter != NULL)
    return letter;

  letter = g_new (Letter, 1);
  g_unichar_to_utf8 (c, text);
  font = pango_font_description_from_string (LZ_STREET_TEXT_FAMILIES);
  pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_font_description_set_absolute_size (font, font_px * PANGO_SCALE);
  layout = pango_layout_new (self->context);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_size (layout, &width, &height);
  letter->advance = width / (double) PANGO_SCALE;
  /* The baseline lies 1.5 em down, with room above, below and to both sides. */
  letter->mask = cairo_image_surface_create (CAIRO_FORMAT_A8, (int) (font_px * 2) * self->scale,
                                             (int) (font_px * 2) * self->scale);
  cairo_surface_set_device_scale (letter->mask, self->scale, self->scale);
  cr = cairo_create (letter->mask);
  cairo_move_to (cr, font_px / 2.0,
                 font_px * 1.5 - pango_layout_get_baseline (layout) / (double) PANGO_SCALE);
  pango_cairo_show_layout (cr, layout);
  cairo_destroy (cr);
  g_hash_table_insert (self->letters, key, letter);

  return letter;
}

static void
draw_label (LzClusterPaint *self, cairo_t *cr, double radius, const char *label)
{
  double middle = lz_cluster_paint_side (radius) / 2,
         room = (radius - RING_PX * self->size) * 2 - 5;
  double size = room / (double) g_utf8_strlen (label, -1) / .58, width = 0, x;
  guint font_px = (guint) CLAMP (size, 7, MAX_FONT * self->size);

  for (const char *p = label; *p != '\0'; p = g_utf8_next_char (p))
    width += get_letter (self, g_utf8_get_char (p), font_px)->advance;

  if (self->dark)
    cairo_set_source_rgb (cr, 1, 1, 1);
  else
    cairo_set_source_rgb (cr, .14, .15, .17);
  x = middle - width / 2;
  for (const char *p = label; *p != '\0'; p = g_utf8_next_char (p))
    {
      const Letter *letter = get_letter (self, g_utf8_get_char (p), font_px);

      /* Digits are .73 em high: their middle goes to the disc's, on a whole pixel. */
      cairo_mask_surface (cr, letter->mask, round ((x - font_px / 2.0) * self->scale) / self->scale,
                          round ((middle + font_px * (.365 - 1.5)) * self->scale) / self->scale);
      x += letter->advance;
    }
}

GdkTexture *
lz_cluster_paint_draw (LzClusterPaint *self,
                       double radius,
                       const guint8 slices[LZ_PIN_N_KINDS],
                       const char *label)
{
  const Base *base = get_base (self, radius);
  int px = cairo_image_surface_get_width (base->disc);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, px, px);
  cairo_t *cr;

  memcpy (cairo_image_surface_get_data (surface), cairo_image_surface_get_data (base->disc),
          (gsize) (cairo_image_surface_get_stride (surface) * px));
  draw_ring (self, base, slices, radius, cairo_image_surface_get_data (surface));
  cairo_surface_mark_dirty (surface);
  cairo_surface_set_device_scale (surface, self->scale, self->scale);
  cr = cairo_create (surface);
  draw_label (self, cr, radius, label);
  cairo_destroy (cr);
  cairo_surface_flush (surface);

  return lz_tile_work_take_surface (surface);
}
