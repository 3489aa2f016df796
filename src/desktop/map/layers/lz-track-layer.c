/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-track-layer.h"

#define MARGIN_PX 16.0

/* Points that come to lie nearer than this are one. */
#define STEP_PX 1.5

typedef enum
{
  COVERED,
  GAPS,
  TRACK,
  N_KINDS
} Kind;

/* A line on the square of the world. */
typedef struct
{
  LzWorld *points;
  guint n;
  LzWorldBox box;
} Path;

/* One stroke of a look; a kind has a light one below it, so that it shows on any map. */
typedef struct
{
  GdkRGBA colour;
  double width_px;
  double dashes[2]; /* 0, 0 = drawn through */
  cairo_line_cap_t cap;
} Stroke;

static const Stroke strokes[N_KINDS][3] = {
  [COVERED] = { { { 1, 1, 1, .85f }, 13, { 0, 0 }, CAIRO_LINE_CAP_ROUND },
                { { .15f, .64f, .41f, .9f }, 9, { 0, 0 }, CAIRO_LINE_CAP_ROUND } },
  /* A thin line with broad bars across it, as a ladder. */
  [GAPS] = { { { 1, 1, 1, .85f }, 13, { 0, 0 }, CAIRO_LINE_CAP_BUTT },
             { { .75f, .11f, .16f, 1 }, 2.2, { 0, 0 }, CAIRO_LINE_CAP_BUTT },
             { { .75f, .11f, .16f, 1 }, 11, { 2.5, 6.5 }, CAIRO_LINE_CAP_BUTT } },
  [TRACK] = { { { 1, 1, 1, .8f }, 4.5, { 0, 0 }, CAIRO_LINE_CAP_ROUND },
              { { .10f, .37f, .71f, 1 }, 2.2, { 0, 0 }, CAIRO_LINE_CAP_ROUND } },
};

struct _LzTrackLayer
{
  ShumateLayer parent_instance;

  GArray *paths[N_KINDS]; /* of Path */
  LzDatum datum;
};

G_DEFINE_FINAL_TYPE (LzTrackLayer, lz_track_layer, SHUMATE_TYPE_LAYER)

static void
clear_path (gpointer data)
{
  Path *path = data;

  g_free (path->points);
}

static void
add_path (cairo_t *cr, const LzMapView *view, const Path *path)
{
  double last_x = 0, last_y = 0;

  for (guint i = 0; i < path->n; i++)
    {
      double x, y;

      lz_map_view_to_widget (view, path->points[i], &x, &y);
      if (i == 0)
        cairo_move_to (cr, x, y);
      else if (i + 1 == path->n || fabs (x - last_x) >= STEP_PX || fabs (y - last_y) >= STEP_PX)
        cairo_line_to (cr, x, y);
      else
        continue;
      last_x = x;
      last_y = y;
    }
}

static void
draw_kind (LzTrackLayer *self, cairo_t *cr, const LzMapView *view, Kind kind)
{
  LzWorldBox seen = lz_map_view_get_box (view, MARGIN_PX);

  for (guint s = 0; s < G_N_ELEMENTS (strokes[kind]) && strokes[kind][s].width_px > 0; s++)
    {
      const Stroke *stroke = &strokes[kind][s];

      cairo_new_path (cr);
      for (guint i = 0; i < self->paths[kind]->len; i++)
        {
          const Path *path = &g_array_index (self->paths[kind], Path, i);

          if (lz_world_box_touches (&path->box, &seen))
            add_path (cr, view, path);
        }
      gdk_cairo_set_source_rgba (cr, &stroke->colour);
      cairo_set_line_width (cr, stroke->width_px);
      cairo_set_line_cap (cr, stroke->cap);
      cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
      cairo_set_dash (cr, stroke->dashes, stroke->dashes[0] > 0 ? 2 : 0, 0);
      cairo_stroke (cr);
    }
}

static void
lz_track_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LzTrackLayer *self = LZ_TRACK_LAYER (widget);
  guint n = 0;
  LzMapView view;
  cairo_t *cr;

  for (Kind kind = 0; kind < N_KINDS; kind++)
    n += self->paths[kind]->len;
  if (n == 0 || !lz_map_view_init (&view, shumate_layer_get_viewport (SHUMATE_LAYER (self)), widget,
                                   self->datum))
    return;

  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, (float) (2 * view.half_width_px),
                                                       (float) (2 * view.half_height_px)));
  for (Kind kind = 0; kind < N_KINDS; kind++)
    draw_kind (self, cr, &view, kind);
  cairo_destroy (cr);
}

static void
lz_track_layer_constructed (GObject *object)
{
  G_OBJECT_CLASS (lz_track_layer_parent_class)->constructed (object);

  g_signal_connect_object (shumate_layer_get_viewport (SHUMATE_LAYER (object)), "notify",
                           G_CALLBACK (gtk_widget_queue_draw), object, G_CONNECT_SWAPPED);
}

static void
lz_track_layer_finalize (GObject *object)
{
  LzTrackLayer *self = LZ_TRACK_LAYER (object);

  for (Kind kind = 0; kind < N_KINDS; kind++)
    g_array_unref (self->paths[kind]);

  G_OBJECT_CLASS (lz_track_layer_parent_class)->finalize (object);
}

static void
lz_track_layer_class_init (LzTrackLayerClass *klass)
{
  G_OBJECT_CLASS (klass)->constructed = lz_track_layer_constructed;
  G_OBJECT_CLASS (klass)->finalize = lz_track_layer_finalize;
  GTK_WIDGET_CLASS (klass)->snapshot = lz_track_layer_snapshot;
}

static void
lz_track_layer_init (LzTrackLayer *self)
{
  for (Kind kind = 0; kind < N_KINDS; kind++)
    {
      self->paths[kind] = g_array_new (FALSE, FALSE, sizeof (Path));
      g_array_set_clear_func (self->paths[kind], clear_path);
    }
}

LzTrackLayer *
lz_track_layer_new (ShumateViewport *viewport)
{
  g_return_val_if_fail (SHUMATE_IS_VIEWPORT (viewport), NULL);

  return g_object_new (LZ_TYPE_TRACK_LAYER, "viewport", viewport, NULL);
}

static void
take_lines (GArray *paths, GPtrArray *lines)
{
  g_array_set_size (paths, 0);
  for (guint i = 0; lines != NULL && i < lines->len; i++)
    {
      const LzLine *line = lines->pdata[i];
      Path path = { g_new (LzWorld, line->n), line->n, LZ_WORLD_BOX_EMPTY };

      for (guint k = 0; k < line->n; k++)
        {
          path.points[k] = lz_world_from_point (line->points[k]);
          lz_world_box_add (&path.box, path.points[k]);
        }
      g_array_append_val (paths, path);
    }
}

void
lz_track_layer_set_lines (LzTrackLayer *self, GPtrArray *track, GPtrArray *covered, GPtrArray *gaps)
{
  g_return_if_fail (LZ_IS_TRACK_LAYER (self));

  take_lines (self->paths[TRACK], track);
  take_lines (self->paths[COVERED], covered);
  take_lines (self->paths[GAPS], gaps);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
lz_track_layer_set_datum (LzTrackLayer *self, LzDatum datum)
{
  g_return_if_fail (LZ_IS_TRACK_LAYER (self));

  self->datum = datum;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
