/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-asset-layer.h"

#include "lz-pin-layout.h"
#include "lz-tile-work.h"

#define SIDE_PX  22.0
#define REACH_PX 80.0
#define ROUND_PX 5.0
/* Golden section of the colour wheel: neighbours in the table of kinds never look alike. */
#define HUE_STEP    0.618034f
#define SATURATION  0.62f
#define VALUE_LIGHT 0.58f
#define VALUE_DARK  0.72f

struct _LzAssetLayer
{
  ShumateLayer parent_instance;

  LzPinSet *pins;
  guint8 *kinds;        /* one for each pin */
  GPtrArray *signs;     /* nullable */
  GHashTable *textures; /* of text and colour, "井 3" */
  LzPinLayout layout;
  gboolean dark;
  LzDatum datum;
  guint n_drawn;
};

G_DEFINE_FINAL_TYPE (LzAssetLayer, lz_asset_layer, SHUMATE_TYPE_LAYER)

static const LzPinItem *
get_item (LzAssetLayer *self, guint i)
{
  return &g_array_index (self->layout.items, LzPinItem, i);
}

static gboolean
get_view (LzAssetLayer *self, LzMapView *view)
{
  LzWorldBox box;

  if (!lz_map_view_init (view, shumate_layer_get_viewport (SHUMATE_LAYER (self)), GTK_WIDGET (self),
                         self->datum))
    return FALSE;
  box = lz_map_view_get_box (view, REACH_PX);
  lz_pin_layout_update (&self->layout, self->pins, (guint) lround (view->zoom), &box);
  return TRUE;
}

static void
drop_layout (LzAssetLayer *self)
{
  lz_pin_layout_clear (&self->layout);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Signs. */

static void
set_colour (LzAssetLayer *self, cairo_t *cr, guint kind)
{
  float hue = (float) kind * HUE_STEP, red, green, blue;

  if (kind == LZ_ASSET_NO_KIND)
    {
      cairo_set_source_rgb (cr, .45, .47, .5);
      return;
    }
  gtk_hsv_to_rgb (hue - floorf (hue), SATURATION, self->dark ? VALUE_DARK : VALUE_LIGHT, &red,
                  &green, &blue);
  cairo_set_source_rgb (cr, red, green, blue);
}

static void
add_square (cairo_t *cr, double side)
{
  double inset = 1.5, far = side - inset, r = ROUND_PX;

  cairo_new_path (cr);
  cairo_arc (cr, far - r, inset + r, r, -G_PI_2, 0);
  cairo_arc (cr, far - r, far - r, r, 0, G_PI_2);
  cairo_arc (cr, inset + r, far - r, r, G_PI_2, G_PI);
  cairo_arc (cr, inset + r, inset + r, r, G_PI, 1.5 * G_PI);
  cairo_close_path (cr);
}

static void
draw_sign (LzAssetLayer *self, cairo_t *cr, const char *text, guint kind, double side)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cr);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string ("Sans Bold");
  int width, height;

  add_square (cr, side);
  set_colour (self, cr, kind);
  cairo_fill_preserve (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_set_line_width (cr, 1.5);
  cairo_stroke (cr);
  /* A count of four digits is as wide as the square. */
  pango_font_description_set_absolute_size (font, side *
                                                      (g_utf8_strlen (text, -1) > 2 ? .36 : .56) *
                                                      PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  cairo_move_to (cr, (side - width) / 2, (side - height) / 2);
  pango_cairo_show_layout (cr, layout);
}

static GdkTexture *
get_sign (LzAssetLayer *self, const char *text, guint kind, double side)
{
  g_autofree char *key = g_strdup_printf ("%s %u %.0f", text, kind, side);
  GdkTexture *texture = g_hash_table_lookup (self->textures, key);
  int scale = gtk_widget_get_scale_factor (GTK_WIDGET (self));
  cairo_surface_t *surface;
  cairo_t *cr;

  if (texture != NULL)
    return texture;
  surface =
      cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) (side * scale), (int) (side * scale));
  cairo_surface_set_device_scale (surface, scale, scale);
  cr = cairo_create (surface);
  draw_sign (self, cr, text, kind, side);
  cairo_destroy (cr);
  cairo_surface_flush (surface);
  texture = lz_tile_work_take_surface (surface);
  g_hash_table_insert (self->textures, g_steal_pointer (&key), texture);
  return texture;
}

/* "1.2k" takes no more room than four digits. */
static char *
dup_count (guint count)
{
  return count < 1000    ? g_strdup_printf ("%u", count)
         : count < 10000 ? g_strdup_printf ("%.1fk", floor (count / 100.0) / 10)
                         : g_strdup_printf ("%uk", count / 1000);
}

static double
get_side (LzAssetLayer *self, const LzPinItem *item)
{
  return round ((item->sum.count == 1 ? SIDE_PX : SIDE_PX * 1.4) * self->layout.scale);
}

static void
draw_item (LzAssetLayer *self, GtkSnapshot *snapshot, const LzMapView *view, const LzPinItem *item)
{
  guint kind = item->sum.count == 1 ? self->kinds[item->first] : LZ_ASSET_NO_KIND;
  g_autofree char *count = item->sum.count > 1 ? dup_count (item->sum.count) : NULL;
  const char *text = count;
  double side = get_side (self, item), x, y;

  lz_map_view_to_widget (view, item->at, &x, &y);
  if (x < -side || x > 2 * view->half_width_px + side || y < -side ||
      y > 2 * view->half_height_px + side)
    return;
  if (text == NULL)
    text = self->signs != NULL && kind < self->signs->len ? self->signs->pdata[kind] : "?";
  gtk_snapshot_append_texture (snapshot, get_sign (self, text, kind, side),
                               &GRAPHENE_RECT_INIT ((float) round (x - side / 2),
                                                    (float) round (y - side / 2), (float) side,
                                                    (float) side));
  self->n_drawn++;
}

static void
lz_asset_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LzAssetLayer *self = LZ_ASSET_LAYER (widget);
  LzMapView view;

  self->n_drawn = 0;
  if (lz_pin_set_get_n (self->pins) == 0 || !get_view (self, &view))
    return;
  for (guint i = 0; i < self->layout.items->len; i++)
    if (get_item (self, i)->owner == i)
      draw_item (self, snapshot, &view, get_item (self, i));
}

/* The extent of all that an item stands for. */
static void
get_extent (LzAssetLayer *self, guint number, LzWorldBox *extent)
{
  g_autoptr (GArray) pins = lz_pin_layout_list_pins (&self->layout, number);

  *extent = LZ_WORLD_BOX_EMPTY;
  for (guint i = 0; i < pins->len; i++)
    lz_world_box_add (extent, lz_pin_set_get_place (self->pins, g_array_index (pins, guint, i)));
}

gboolean
lz_asset_layer_pick (LzAssetLayer *self,
                     double x,
                     double y,
                     gint64 *fid,
                     LzWorld *at,
                     LzWorldBox *extent)
{
  LzMapView view;

  g_return_val_if_fail (LZ_IS_ASSET_LAYER (self), FALSE);

  if (lz_pin_set_get_n (self->pins) == 0 || !get_view (self, &view))
    return FALSE;
  for (guint i = self->layout.items->len; i-- > 0;)
    {
      const LzPinItem *item = get_item (self, i);
      double half = get_side (self, item) / 2, px, py;

      lz_map_view_to_widget (&view, item->at, &px, &py);
      if (item->owner != i || fabs (px - x) > half || fabs (py - y) > half)
        continue;
      *fid = item->sum.count == 1 ? lz_pin_set_get_fid (self->pins, item->first) : 0;
      *at = item->at;
      get_extent (self, i, extent);
      return TRUE;
    }
  return FALSE;
}

static void
forget_signs (LzAssetLayer *self)
{
  g_hash_table_remove_all (self->textures);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
lz_asset_layer_set_marks (LzAssetLayer *self, LzAssetMarks *marks, GPtrArray *signs)
{
  LzPins *pins = NULL;

  g_return_if_fail (LZ_IS_ASSET_LAYER (self));

  g_clear_pointer (&self->kinds, g_free);
  g_clear_pointer (&self->signs, g_ptr_array_unref);
  if (marks != NULL)
    {
      /* As pins without a case's clock: the layout looks at places alone. */
      pins = lz_pins_new (marks->n);
      memcpy (pins->morton, marks->morton, marks->n * sizeof *pins->morton);
      memcpy (pins->fids, marks->fids, marks->n * sizeof *pins->fids);
      self->kinds = g_steal_pointer (&marks->kinds);
      self->signs = signs != NULL ? g_ptr_array_ref (signs) : NULL;
      lz_asset_marks_free (marks);
    }
  lz_pin_set_free (self->pins);
  self->pins = lz_pin_set_new (pins, 0);
  drop_layout (self);
}

void
lz_asset_layer_set_dark (LzAssetLayer *self, gboolean dark)
{
  g_return_if_fail (LZ_IS_ASSET_LAYER (self));

  self->dark = dark;
  forget_signs (self);
}

void
lz_asset_layer_set_size (LzAssetLayer *self, double size)
{
  g_return_if_fail (LZ_IS_ASSET_LAYER (self));
  g_return_if_fail (size > 0);

  self->layout.scale = size;
  drop_layout (self);
}

void
lz_asset_layer_set_datum (LzAssetLayer *self, LzDatum datum)
{
  g_return_if_fail (LZ_IS_ASSET_LAYER (self));

  self->datum = datum;
  drop_layout (self);
}

guint
lz_asset_layer_get_n_drawn (LzAssetLayer *self)
{
  g_return_val_if_fail (LZ_IS_ASSET_LAYER (self), 0);

  return self->n_drawn;
}

static void
lz_asset_layer_constructed (GObject *object)
{
  G_OBJECT_CLASS (lz_asset_layer_parent_class)->constructed (object);

  g_signal_connect_object (shumate_layer_get_viewport (SHUMATE_LAYER (object)), "notify",
                           G_CALLBACK (gtk_widget_queue_draw), object, G_CONNECT_SWAPPED);
}

static void
lz_asset_layer_finalize (GObject *object)
{
  LzAssetLayer *self = LZ_ASSET_LAYER (object);

  lz_pin_layout_clear (&self->layout);
  g_clear_pointer (&self->pins, lz_pin_set_free);
  g_clear_pointer (&self->kinds, g_free);
  g_clear_pointer (&self->signs, g_ptr_array_unref);
  g_clear_pointer (&self->textures, g_hash_table_unref);

  G_OBJECT_CLASS (lz_asset_layer_parent_class)->finalize (object);
}

static void
lz_asset_layer_class_init (LzAssetLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = lz_asset_layer_constructed;
  G_OBJECT_CLASS (klass)->finalize = lz_asset_layer_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = lz_asset_layer_snapshot;
}

static void
lz_asset_layer_init (LzAssetLayer *self)
{
  self->pins = lz_pin_set_new (NULL, 0);
  self->layout.scale = 1;
  self->textures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (forget_signs), NULL);
}

LzAssetLayer *
lz_asset_layer_new (ShumateViewport *viewport)
{
  g_return_val_if_fail (SHUMATE_IS_VIEWPORT (viewport), NULL);

  return g_object_new (LZ_TYPE_ASSET_LAYER, "viewport", viewport, NULL);
}
