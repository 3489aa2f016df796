/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-map-scale.h"

#include "lz-map-view.h"

#include <glib/gi18n-lib.h>

#define MAX_PX  130
#define TICK_PX 6

struct _LzMapScale
{
  GtkWidget parent_instance;

  ShumateViewport *viewport;
  guint metres;
  double length_px;
  PangoLayout *layout;
};

G_DEFINE_FINAL_TYPE (LzMapScale, lz_map_scale, GTK_TYPE_WIDGET)

guint
lz_map_scale_choose (double metres_per_px, double max_px)
{
  static const guint steps[] = { 2, 5, 10 };
  guint metres = 1, power = 1, i = 0;

  g_return_val_if_fail (metres_per_px > 0, 1);

  while (steps[i] * power <= metres_per_px * max_px && power < 10000000)
    {
      metres = steps[i] * power;
      if (++i == G_N_ELEMENTS (steps))
        {
          i = 0;
          power *= 10;
        }
    }

  return metres;
}

char *
lz_map_scale_dup_label (guint metres)
{
  if (metres >= 1000)
    return g_strdup_printf (_ ("%u km"), metres / 1000);

  return g_strdup_printf (_ ("%u m"), metres);
}

static void
update (LzMapScale *self)
{
  ShumateMapSource *source = shumate_viewport_get_reference_map_source (self->viewport);
  double latitude = shumate_location_get_latitude (SHUMATE_LOCATION (self->viewport));
  double zoom = shumate_viewport_get_zoom_level (self->viewport), size, per_px;
  guint metres;

  if (source == NULL)
    return;

  size = shumate_map_source_get_tile_size_at_zoom (source, zoom) *
         shumate_map_source_get_column_count (source, (guint) zoom);
  per_px = lz_world_metres (lz_world_from_degrees (latitude, 0).y) / size;
  metres = lz_map_scale_choose (per_px, MAX_PX);
  if (fabs (metres / per_px - self->length_px) >= .5)
    gtk_widget_queue_resize (GTK_WIDGET (self));
  self->length_px = metres / per_px;
  if (metres != self->metres)
    {
      g_autofree char *label = lz_map_scale_dup_label (metres);

      self->metres = metres;
      g_clear_object (&self->layout);
      self->layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                      -1);
    }
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
append_bar (GtkSnapshot *snapshot, const GdkRGBA *colour, double x, double y, double w, double h)
{
  gtk_snapshot_append_color (snapshot, colour,
                             &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) w, (float) h));
}

static void
lz_map_scale_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LzMapScale *self = LZ_MAP_SCALE (widget);
  double length = round (self->length_px), bottom = gtk_widget_get_height (widget) - 2;
  GdkRGBA colour;
  int width, height;

  if (self->layout == NULL)
    return;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  append_bar (snapshot, &colour, 0, bottom, length, 2);
  append_bar (snapshot, &colour, 0, bottom - TICK_PX, 2, TICK_PX);
  append_bar (snapshot, &colour, length - 2, bottom - TICK_PX, 2, TICK_PX);

  pango_layout_get_pixel_size (self->layout, &width, &height);
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) round ((length - width) / 2),
                                                          (float) (bottom - 2 - height)));
  gtk_snapshot_append_layout (snapshot, self->layout, &colour);
  gtk_snapshot_restore (snapshot);
}

static void
lz_map_scale_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  LzMapScale *self = LZ_MAP_SCALE (widget);
  int width = 0, height = 0;

  if (self->layout != NULL)
    pango_layout_get_pixel_size (self->layout, &width, &height);
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL
                            ? MAX ((int) ceil (self->length_px), width)
                            : height + TICK_PX;
}

static void
lz_map_scale_dispose (GObject *object)
{
  LzMapScale *self = LZ_MAP_SCALE (object);

  g_clear_object (&self->layout);
  g_clear_object (&self->viewport);

  G_OBJECT_CLASS (lz_map_scale_parent_class)->dispose (object);
}

static void
lz_map_scale_class_init (LzMapScaleClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_map_scale_dispose;
  widget_class->snapshot = lz_map_scale_snapshot;
  widget_class->measure = lz_map_scale_measure;
  gtk_widget_class_set_css_name (widget_class, "mapscale");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
lz_map_scale_init (LzMapScale *self)
{
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

void
lz_map_scale_set_viewport (LzMapScale *self, ShumateViewport *viewport)
{
  g_return_if_fail (LZ_IS_MAP_SCALE (self));

  g_set_object (&self->viewport, viewport);
  g_signal_connect_object (viewport, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
