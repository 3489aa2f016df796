/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-road-layer.h"

#include "lz-road-set.h"
#include "lz-street-paint.h"
#include "lz-tile-work.h"

#define MAX_TILES 200
#define PICK_PX   3.0
/* A tile with no more roads is drawn within the frame; more take a worker thread. */
#define MAX_AT_ONCE 6
/* So many levels above are looked at for something to show meanwhile. */
#define MAX_UP 3

typedef struct
{
  guint zoom;
  int x;
  int y;
} TileKey;

/* A tile as last drawn; its texture is NULL where there is no road. */
typedef struct
{
  GdkTexture *texture;
  guint version; /* of the layer's looks when it was asked for, 0 = never */
  gboolean working;
} Tile;

struct _LzRoadLayer
{
  ShumateLayer parent_instance;

  GPtrArray *roads;
  GHashTable *healths; /* LzId -> LzRoadHealth */
  LzId selected;       /* nil: none */
  gboolean dark;
  LzDatum datum;

  LzRoadSet *set;
  guint selected_band; /* G_MAXUINT: none */
  guint version;       /* grows with every change of looks */
  GHashTable *tiles;   /* TileKey -> Tile */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (LzRoadLayer, lz_road_layer, SHUMATE_TYPE_LAYER)

static guint
tile_key_hash (gconstpointer data)
{
  const TileKey *key = data;

  return (guint) key->x * 73856093u ^ (guint) key->y * 19349663u ^ key->zoom * 83492791u;
}

static gboolean
tile_key_equal (gconstpointer a, gconstpointer b)
{
  const TileKey *left = a, *right = b;

  return left->zoom == right->zoom && left->x == right->x && left->y == right->y;
}

static void
tile_free (gpointer data)
{
  Tile *tile = data;

  g_clear_object (&tile->texture);
  g_free (tile);
}

/* Everything looks different now; what was drawn is shown until it is drawn anew. */
static void
change_looks (LzRoadLayer *self)
{
  self->version++;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
drop_tiles (LzRoadLayer *self)
{
  g_hash_table_remove_all (self->tiles);
  change_looks (self);
}

static void
find_selected (LzRoadLayer *self)
{
  self->selected_band = G_MAXUINT;
  for (guint i = 0; self->roads != NULL && i < self->roads->len; i++)
    if (lz_id_equal (&((const LzRoad *) self->roads->pdata[i])->id, &self->selected))
      self->selected_band = i;
}

/* Projects all roads anew: after other roads came, or another datum. */
static void
rebuild (LzRoadLayer *self)
{
  g_clear_pointer (&self->set, lz_road_set_unref);
  self->set = lz_road_set_new (self->roads, self->healths, self->datum);
  find_selected (self);
  change_looks (self);
}

typedef struct
{
  TileKey key;
  LzRoadSet *set;
  GArray *numbers;
  int scale;
  gboolean dark;
  guint selected;
  guint version;
} Job;

static void
job_free (gpointer data)
{
  Job *job = data;

  lz_road_set_unref (job->set);
  g_array_unref (job->numbers);
  g_free (job);
}

static GdkTexture *
paint (const Job *job)
{
  return lz_tile_work_take_surface (lz_road_set_paint_tile (job->set, job->numbers, job->key.zoom,
                                                            job->key.x, job->key.y, job->scale,
                                                            job->dark, job->selected));
}

static void
paint_in_thread (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  g_task_return_pointer (task, paint (task_data), g_object_unref);
}

static void
painted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzRoadLayer *self = LZ_ROAD_LAYER (source);
  const Job *job = g_task_get_task_data (G_TASK (result));
  g_autoptr (GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), NULL);
  Tile *tile = self->tiles != NULL ? g_hash_table_lookup (self->tiles, &job->key) : NULL;

  if (tile == NULL)
    return;

  tile->working = FALSE;
  if (texture == NULL)
    return;
  g_set_object (&tile->texture, texture);
  tile->version = job->version;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Draws a tile whose looks have changed: at once if that is quick. */
static void
renew (LzRoadLayer *self, const TileKey *key, Tile *tile)
{
  GArray *numbers = lz_road_set_find_tile (self->set, key->zoom, key->x, key->y);
  Job *job = g_new (Job, 1);
  g_autoptr (GTask) task = NULL;

  *job = (Job){ *key,         lz_road_set_ref (self->set),
                numbers,      gtk_widget_get_scale_factor (GTK_WIDGET (self)),
                self->dark,   self->selected_band,
                self->version };
  if (numbers->len <= MAX_AT_ONCE)
    {
      g_clear_object (&tile->texture);
      if (numbers->len > 0)
        tile->texture = paint (job);
      tile->version = self->version;
      job_free (job);
      return;
    }

  tile->working = TRUE;
  task = g_task_new (self, self->cancellable, painted_cb, NULL);
  g_task_set_source_tag (task, renew);
  g_task_set_task_data (task, job, job_free);
  lz_tile_work_push (task, paint_in_thread);
}

static Tile *
get_tile (LzRoadLayer *self, const TileKey *key)
{
  Tile *tile = g_hash_table_lookup (self->tiles, key);

  if (tile == NULL)
    {
      tile = g_new0 (Tile, 1);
      g_hash_table_insert (self->tiles, g_memdup2 (key, sizeof *key), tile);
    }
  if (tile->version != self->version && !tile->working)
    renew (self, key, tile);

  return tile;
}

/* While a tile is being drawn for the first time, its part of one above stands in. */
static void
draw_stand_in (LzRoadLayer *self,
               GtkSnapshot *snapshot,
               const TileKey *key,
               const graphene_rect_t *place)
{
  for (guint up = 1; up <= MIN (MAX_UP, key->zoom); up++)
    {
      TileKey above = { key->zoom - up, key->x >> up, key->y >> up };
      const Tile *tile = g_hash_table_lookup (self->tiles, &above);
      float n = (float) (1 << up), side = place->size.width;

      if (tile == NULL || tile->version == 0)
        continue;
      if (tile->texture == NULL)
        return;
      gtk_snapshot_push_clip (snapshot, place);
      gtk_snapshot_append_texture (
          snapshot, tile->texture,
          &GRAPHENE_RECT_INIT (place->origin.x - (float) (key->x & ((1 << up) - 1)) * side,
                               place->origin.y - (float) (key->y & ((1 << up) - 1)) * side,
                               side * n, side * n));
      gtk_snapshot_pop (snapshot);
      return;
    }
}

typedef struct
{
  guint zoom;
  int x0, y0, x1, y1;
} Range;

static gboolean
is_far (gpointer key, gpointer value, gpointer data)
{
  const TileKey *tile = key;
  const Range *range = data;

  return tile->zoom != range->zoom || tile->x < range->x0 - 1 || tile->x > range->x1 + 1 ||
         tile->y < range->y0 - 1 || tile->y > range->y1 + 1;
}

static void
lz_road_layer_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LzRoadLayer *self = LZ_ROAD_LAYER (widget);
  LzMapView view;
  LzWorldBox box;
  guint zoom;
  double n, side;

  if (self->set == NULL || self->set->bands->len == 0 ||
      !lz_map_view_init (&view, shumate_layer_get_viewport (SHUMATE_LAYER (self)), widget,
                         self->datum))
    return;

  zoom = (guint) view.zoom;
  n = ldexp (1, (int) zoom);
  side = view.size_px / n;
  box = lz_map_view_get_shown_box (&view, 0);
  /* One view needs about 40; what is far from it can be made again. */
  if (g_hash_table_size (self->tiles) > MAX_TILES)
    g_hash_table_foreach_remove (self->tiles, is_far,
                                 &(Range){ zoom, (int) floor (box.x0 * n), (int) floor (box.y0 * n),
                                           (int) floor (box.x1 * n), (int) floor (box.y1 * n) });
  for (int x = (int) floor (box.x0 * n); x <= (int) floor (box.x1 * n); x++)
    for (int y = (int) floor (box.y0 * n); y <= (int) floor (box.y1 * n); y++)
      {
        TileKey key = { zoom, x, y };
        const Tile *tile = get_tile (self, &key);
        graphene_rect_t place;
        double left, top;

        lz_map_view_place (&view, (LzWorld){ x / n, y / n }, &left, &top);
        place = GRAPHENE_RECT_INIT ((float) round (left), (float) round (top), (float) side,
                                    (float) side);
        if (tile->texture != NULL)
          gtk_snapshot_append_texture (snapshot, tile->texture, &place);
        else if (tile->version == 0)
          draw_stand_in (self, snapshot, &key, &place);
      }
}

static double
part_distance_px (const LzRoadPart *part, const LzMapView *view, double x, double y)
{
  double best = G_MAXDOUBLE, ax, ay;

  lz_map_view_place (view, part->points[0], &ax, &ay);
  for (guint i = 1; i < part->n_points; i++)
    {
      double bx, by, length2, t;

      lz_map_view_place (view, part->points[i], &bx, &by);
      length2 = (bx - ax) * (bx - ax) + (by - ay) * (by - ay);
      t = length2 > 0 ? ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length2 : 0;
      t = CLAMP (t, 0, 1);
      best = MIN (best, hypot (ax + t * (bx - ax) - x, ay + t * (by - ay) - y));
      ax = bx;
      ay = by;
    }

  return best;
}

const LzId *
lz_road_layer_pick (LzRoadLayer *self, double x, double y)
{
  LzMapView view;
  LzWorld at;
  LzWorldBox box;
  g_autoptr (GArray) numbers = NULL;
  const LzId *best = NULL;
  double best_distance = G_MAXDOUBLE;

  g_return_val_if_fail (LZ_IS_ROAD_LAYER (self), NULL);

  if (self->set == NULL ||
      !lz_map_view_init (&view, shumate_layer_get_viewport (SHUMATE_LAYER (self)),
                         GTK_WIDGET (self), self->datum))
    return NULL;

  at = lz_map_view_shift (self->datum, lz_map_view_from_widget (&view, x, y));
  box = lz_world_box_grow ((LzWorldBox){ at.x, at.y, at.x, at.y }, LZ_TILE_PX / 4.0 / view.size_px);
  numbers = lz_road_set_find (self->set, &box);
  for (guint i = 0; i < numbers->len; i++)
    {
      guint number = g_array_index (numbers, guint, i);
      const LzRoadBand *band = &g_array_index (self->set->bands, LzRoadBand, number);
      double reach = lz_road_band_width (band->grade, (guint) view.zoom) / 2 + PICK_PX;

      for (guint j = 0; j < band->parts->len; j++)
        {
          const LzRoadPart *part = &g_array_index (band->parts, LzRoadPart, j);
          double distance = lz_world_box_touches (&part->box, &box)
                                ? part_distance_px (part, &view, x, y)
                                : G_MAXDOUBLE;

          if (distance > reach || distance >= best_distance)
            continue;
          best_distance = distance;
          best = &((const LzRoad *) self->roads->pdata[number])->id;
        }
    }

  return best;
}

static void
lz_road_layer_constructed (GObject *object)
{
  G_OBJECT_CLASS (lz_road_layer_parent_class)->constructed (object);

  g_signal_connect_object (shumate_layer_get_viewport (SHUMATE_LAYER (object)), "notify",
                           G_CALLBACK (gtk_widget_queue_draw), object, G_CONNECT_SWAPPED);
}

static void
lz_road_layer_dispose (GObject *object)
{
  LzRoadLayer *self = LZ_ROAD_LAYER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (lz_road_layer_parent_class)->dispose (object);
}

static void
lz_road_layer_finalize (GObject *object)
{
  LzRoadLayer *self = LZ_ROAD_LAYER (object);

  g_clear_pointer (&self->roads, g_ptr_array_unref);
  g_clear_pointer (&self->healths, g_hash_table_unref);
  g_clear_pointer (&self->set, lz_road_set_unref);
  g_clear_pointer (&self->tiles, g_hash_table_unref);

  G_OBJECT_CLASS (lz_road_layer_parent_class)->finalize (object);
}

static void
lz_road_layer_class_init (LzRoadLayerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = lz_road_layer_constructed;
  object_class->dispose = lz_road_layer_dispose;
  object_class->finalize = lz_road_layer_finalize;
  widget_class->snapshot = lz_road_layer_snapshot;
}

static void
lz_road_layer_init (LzRoadLayer *self)
{
  self->healths = g_hash_table_new_full (lz_id_hash, lz_id_equal, g_free, NULL);
  self->selected_band = G_MAXUINT;
  self->version = 1;
  self->cancellable = g_cancellable_new ();
  self->tiles = g_hash_table_new_full (tile_key_hash, tile_key_equal, g_free, tile_free);
  g_signal_connect (self, "notify::scale-factor", G_CALLBACK (drop_tiles), NULL);
}

LzRoadLayer *
lz_road_layer_new (ShumateViewport *viewport)
{
  g_return_val_if_fail (SHUMATE_IS_VIEWPORT (viewport), NULL);

  return g_object_new (LZ_TYPE_ROAD_LAYER, "viewport", viewport, NULL);
}

void
lz_road_layer_set_roads (LzRoadLayer *self, GPtrArray *roads, GArray *tallies)
{
  g_return_if_fail (LZ_IS_ROAD_LAYER (self));

  if (roads != NULL)
    g_ptr_array_ref (roads);
  g_clear_pointer (&self->roads, g_ptr_array_unref);
  self->roads = roads;

  g_hash_table_remove_all (self->healths);
  for (guint i = 0; tallies != NULL && i < tallies->len; i++)
    {
      const LzRoadTally *tally = &g_array_index (tallies, LzRoadTally, i);
      LzRoadHealth health = tally->n_overdue > 0  ? LZ_ROAD_OVERDUE
                            : tally->n_warned > 0 ? LZ_ROAD_WARNED
                                                  : LZ_ROAD_GOOD;

      g_hash_table_insert (self->healths, g_memdup2 (&tally->road, sizeof tally->road),
                           GUINT_TO_POINTER (health));
    }
  rebuild (self);
}

void
lz_road_layer_set_selected (LzRoadLayer *self, const LzId *road)
{
  g_return_if_fail (LZ_IS_ROAD_LAYER (self));

  self->selected = road != NULL ? *road : (LzId){ { 0 } };
  find_selected (self);
  change_looks (self);
}

void
lz_road_layer_set_dark (LzRoadLayer *self, gboolean dark)
{
  g_return_if_fail (LZ_IS_ROAD_LAYER (self));

  self->dark = dark;
  change_looks (self);
}

void
lz_road_layer_set_datum (LzRoadLayer *self, LzDatum datum)
{
  g_return_if_fail (LZ_IS_ROAD_LAYER (self));

  if (self->datum == datum)
    return;

  self->datum = datum;
  rebuild (self);
  /* They lie elsewhere: the old ones would be wrong, not only out of date. */
  drop_tiles (self);
}
