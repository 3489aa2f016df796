/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-mark-layer.h"

#define DOT_PX       8.0
#define DRAFT_PX     40.0
#define CROSSHAIR_PX 18.0

struct _LzMarkLayer
{
  ShumateLayer parent_instance;

  gboolean has_position;
  LzWorld position;
  double accuracy_m;
  gboolean has_draft;
  LzWorld draft;
  gboolean crosshair;
  LzDatum datum;
};

G_DEFINE_FINAL_TYPE (LzMarkLayer, lz_mark_layer, SHUMATE_TYPE_LAYER)

static const GdkRGBA blue = { .208f, .518f, .894f, 1 };

static cairo_t *
begin (GtkSnapshot *snapshot, double x, double y, double radius)
{
  return gtk_snapshot_append_cairo (snapshot, &GRAPHENE_RECT_INIT ((float) floor (x - radius),
                                                                   (float) floor (y - radius),
                                                                   (float) ceil (2 * radius) + 1,
                                                                   (float) ceil (2 * radius) + 1));
}

static void
draw_position (LzMarkLayer *self, GtkSnapshot *snapshot, const LzMapView *view)
{
  double x, y, around;
  cairo_t *cr;

  lz_map_view_to_widget (view, self->position, &x, &y);
  around = self->accuracy_m / lz_world_metres (self->position.y) * view->size_px;
  /* Wider than the view it would only tint everything. */
  around = around > MAX (view->half_width_px, view->half_height_px) ? 0 : around;

  cr = begin (snapshot, x, y, MAX (around, DOT_PX) + 4);
  if (around > DOT_PX)
    {
      cairo_arc (cr, x, y, around, 0, 2 * G_PI);
      cairo_set_source_rgba (cr, blue.red, blue.green, blue.blue, .14);
      cairo_fill_preserve (cr);
      cairo_set_source_rgba (cr, blue.red, blue.green, blue.blue, .5);
      cairo_set_line_width (cr, 1);
      cairo_stroke (cr);
    }
  cairo_arc (cr, x, y, DOT_PX + 1, 0, 2 * G_PI);
  cairo_set_source_rgba (cr, 0, 0, 0, .2);
  cairo_fill (cr);
  cairo_arc (cr, x, y, DOT_PX, 0, 2 * G_PI);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_fill (cr);
  cairo_arc (cr, x, y, DOT_PX - 2.5, 0, 2 * G_PI);
  gdk_cairo_set_source_rgba (cr, &blue);
  cairo_fill (cr);
  cairo_destroy (cr);
}

/* A drop whose tip is the place. */
static void
draw_draft (LzMarkLayer *self, GtkSnapshot *snapshot, const LzMapView *view)
{
  double x, y;
  cairo_t *cr;

  lz_map_view_to_widget (view, self->draft, &x, &y);
  cr = begin (snapshot, x, y - DRAFT_PX / 2, DRAFT_PX / 2 + 6);
  cairo_new_path (cr);
  cairo_arc (cr, x, y - 25, 12, G_PI * .83, G_PI * 2.17);
  cairo_curve_to (cr, x + 6, y - 10, x + 2, y - 5, x, y);
  cairo_curve_to (cr, x - 2, y - 5, x - 6, y - 10, x - 10.4, y - 19);
  cairo_close_path (cr);
  cairo_set_source_rgba (cr, 0, 0, 0, .25);
  cairo_set_line_width (cr, 4.5);
  cairo_stroke_preserve (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_set_line_width (cr, 3);
  cairo_stroke_preserve (cr);
  gdk_cairo_set_source_rgba (cr, &blue);
  cairo_fill (cr);
  cairo_arc (cr, x, y - 25, 4.5, 0, 2 * G_PI);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_fill (cr);
  cairo_destroy (cr);
}

static void
draw_crosshair (GtkSnapshot *snapshot, const LzMapView *view)
{
  double x = floor (view->half_width_px) + .5, y = floor (view->half_height_px) + .5;
  cairo_t *cr = begin (snapshot, x, y, CROSSHAIR_PX + 3);

  for (guint i = 0; i < 2; i++)
    {
      cairo_move_to (cr, x - CROSSHAIR_PX, y);
      cairo_line_to (cr, x + CROSSHAIR_PX, y);
      cairo_move_to (cr, x, y - CROSSHAIR_PX);
      cairo_line_to (cr, x, y + CROSSHAIR_PX);
      cairo_set_source_rgba (cr, i == 0 ? 1 : blue.red, i == 0 ? 1 : blue.green,
                             i == 0 ? 1 : blue.blue, i == 0 ? .8 : 1);
      cairo_set_line_width (cr, i == 0 ? 5 : 2);
      cairo_stroke (cr);
    }
  cairo_destroy (cr);
}

static void
lz_mark_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LzMarkLayer *self = LZ_MARK_LAYER (widget);
  LzMapView view;

  if (!lz_map_view_init (&view, shumate_layer_get_viewport (SHUMATE_LAYER (self)), widget,
                         self->datum))
    return;

  if (self->has_position)
    draw_position (self, snapshot, &view);
  if (self->has_draft)
    draw_draft (self, snapshot, &view);
  if (self->crosshair)
    draw_crosshair (snapshot, &view);
}

static void
lz_mark_layer_constructed (GObject *object)
{
  G_OBJECT_CLASS (lz_mark_layer_parent_class)->constructed (object);

  g_signal_connect_object (shumate_layer_get_viewport (SHUMATE_LAYER (object)), "notify",
                           G_CALLBACK (gtk_widget_queue_draw), object, G_CONNECT_SWAPPED);
}

static void
lz_mark_layer_class_init (LzMarkLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = lz_mark_layer_constructed;
  GTK_WIDGET_CLASS (klass)->snapshot = lz_mark_layer_snapshot;
}

static void
lz_mark_layer_init (LzMarkLayer *self)
{
}

LzMarkLayer *
lz_mark_layer_new (ShumateViewport *viewport)
{
  g_return_val_if_fail (SHUMATE_IS_VIEWPORT (viewport), NULL);

  return g_object_new (LZ_TYPE_MARK_LAYER, "viewport", viewport, NULL);
}

void
lz_mark_layer_set_position (LzMarkLayer *self, const LzPoint *place, double accuracy_m)
{
  g_return_if_fail (LZ_IS_MARK_LAYER (self));

  self->has_position = place != NULL;
  if (place != NULL)
    self->position = lz_world_from_point (*place);
  self->accuracy_m = accuracy_m;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
lz_mark_layer_set_draft (LzMarkLayer *self, const LzPoint *place)
{
  g_return_if_fail (LZ_IS_MARK_LAYER (self));

  self->has_draft = place != NULL;
  if (place != NULL)
    self->draft = lz_world_from_point (*place);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
lz_mark_layer_set_crosshair (LzMarkLayer *self, gboolean shown)
{
  g_return_if_fail (LZ_IS_MARK_LAYER (self));

  self->crosshair = shown;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
lz_mark_layer_set_datum (LzMarkLayer *self, LzDatum datum)
{
  g_return_if_fail (LZ_IS_MARK_LAYER (self));

  self->datum = datum;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
