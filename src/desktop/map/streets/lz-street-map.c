/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-street-map.h"

#include "lz-street-chains.h"

static LzStreetSpot
area_spot (const LzStreet *street, const LzStreetShape *shape)
{
  const LzWorldBox *box = &shape->box;

  return (LzStreetSpot){ street->cls,
                         street->name,
                         { (box->x0 + box->x1) / 2, (box->y0 + box->y1) / 2 },
                         MAX (box->x1 - box->x0, box->y1 - box->y0) };
}

static gboolean
is_place (LzStreetClass cls)
{
  return cls >= LZ_STREET_PLACE_CITY && cls <= LZ_STREET_POI;
}

static gboolean
is_area (LzStreetClass cls)
{
  return cls == LZ_STREET_WATER_AREA || cls == LZ_STREET_GREEN_AREA;
}

static guint
count_holes (const LzStreet *street)
{
  return street->holes != NULL ? street->holes->len : 0;
}

static gsize
count_points (const LzStreet *street)
{
  gsize n = street->line->n;

  for (guint i = 0; i < count_holes (street); i++)
    n += ((const LzLine *) street->holes->pdata[i])->n;
  return n;
}

/* Projects a line into @points. */
static LzStreetShape
project (const LzStreet *street, const LzLine *line, LzWorld *points)
{
  LzStreetShape shape = { .cls = street->cls,
                          .height = street->layer,
                          .oneway = street->oneway,
                          .n_points = line->n,
                          .points = points,
                          .box = LZ_WORLD_BOX_EMPTY };

  if (street->bridge)
    shape.height = MAX (shape.height, 1);
  for (guint i = 0; i < line->n; i++)
    {
      points[i] = lz_world_from_point (line->points[i]);
      lz_world_box_add (&shape.box, points[i]);
    }
  return shape;
}

/* Projects one street into @points and files it under its class; @holes takes its holes. */
static void
add_street (LzStreetMap *self, const LzStreet *street, LzWorld *points, LzStreetShape *holes)
{
  LzStreetShape shape = project (street, street->line, points);

  points += street->line->n;
  shape.holes = holes;
  shape.n_holes = count_holes (street);
  for (guint i = 0; i < shape.n_holes; i++)
    {
      const LzLine *ring = street->holes->pdata[i];

      holes[i] = project (street, ring, points);
      points += ring->n;
    }

  if (is_place (street->cls))
    {
      LzStreetSpot spot = area_spot (street, &shape);

      if (street->name != NULL)
        g_array_append_val (self->spots, spot);
      return;
    }
  if (is_area (street->cls) && street->name != NULL)
    {
      LzStreetSpot spot = area_spot (street, &shape);

      g_array_append_val (self->spots, spot);
    }
  if (shape.n_points < 2)
    return;
  if (self->shapes[street->cls] == NULL)
    self->shapes[street->cls] = g_array_new (FALSE, FALSE, sizeof (LzStreetShape));
  g_array_append_val (self->shapes[street->cls], shape);
}

/* Cities first, then the smaller places, then ponds, parks and the rest. */
static int
compare_spots (gconstpointer a, gconstpointer b)
{
  const LzStreetSpot *left = a, *right = b;
  int l = is_place (left->cls) ? (int) left->cls : 100 - (int) left->cls;
  int r = is_place (right->cls) ? (int) right->cls : 100 - (int) right->cls;

  if (l != r)
    return l - r;
  if (left->extent != right->extent)
    return left->extent > right->extent ? -1 : 1;
  if (left->at.x != right->at.x)
    return left->at.x < right->at.x ? -1 : 1;
  return left->at.y < right->at.y ? -1 : left->at.y > right->at.y;
}

static LzBoxTree *
index_shapes (const GArray *shapes)
{
  g_autofree LzWorldBox *boxes = g_new (LzWorldBox, shapes->len);

  for (guint i = 0; i < shapes->len; i++)
    boxes[i] = g_array_index (shapes, LzStreetShape, i).box;
  return lz_box_tree_new (boxes, shapes->len);
}

static void
index_names (LzStreetMap *self)
{
  g_autofree LzWorldBox *boxes = g_new (LzWorldBox, MAX (self->chains->len, self->spots->len));

  for (guint i = 0; i < self->chains->len; i++)
    boxes[i] = g_array_index (self->chains, LzStreetChain, i).box;
  self->chain_tree = lz_box_tree_new (boxes, self->chains->len);

  g_array_sort (self->spots, compare_spots);
  for (guint i = 0; i < self->spots->len; i++)
    {
      LzWorld at = g_array_index (self->spots, LzStreetSpot, i).at;

      boxes[i] = (LzWorldBox){ at.x, at.y, at.x, at.y };
    }
  self->spot_tree = lz_box_tree_new (boxes, self->spots->len);
}

/**
 * lz_street_map_new:
 * @streets: (element-type LzStreet): the street map; kept by reference, not to be changed any more
 *
 * Prepares the streets; about 1 µs a point, so worth a worker thread for a large city.
 */
LzStreetMap *
lz_street_map_new (GPtrArray *streets)
{
  LzStreetMap *self = g_new0 (LzStreetMap, 1);
  gsize n_points = 0, n_holes = 0;
  LzStreetShape *next_hole;
  LzWorld *next;

  g_atomic_ref_count_init (&self->ref_count);
  self->streets = g_ptr_array_ref (streets);
  self->spots = g_array_new (FALSE, FALSE, sizeof (LzStreetSpot));

  for (guint i = 0; i < streets->len; i++)
    {
      n_points += count_points (streets->pdata[i]);
      n_holes += count_holes (streets->pdata[i]);
    }
  next = self->points = g_new (LzWorld, n_points);
  next_hole = self->holes = g_new (LzStreetShape, n_holes);
  for (guint i = 0; i < streets->len; i++)
    {
      const LzStreet *street = streets->pdata[i];

      if (street->line->n == 0 || street->cls >= LZ_STREET_N_CLASSES)
        continue;
      add_street (self, street, next, next_hole);
      next += count_points (street);
      next_hole += count_holes (street);
    }

  for (guint i = 0; i < LZ_STREET_N_CLASSES; i++)
    if (self->shapes[i] != NULL)
      self->trees[i] = index_shapes (self->shapes[i]);
  self->chains = lz_street_chains_new (streets);
  index_names (self);

  return self;
}

LzStreetMap *
lz_street_map_ref (LzStreetMap *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
lz_street_map_unref (LzStreetMap *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (guint i = 0; i < LZ_STREET_N_CLASSES; i++)
    {
      g_clear_pointer (&self->shapes[i], g_array_unref);
      g_clear_pointer (&self->trees[i], lz_box_tree_free);
    }
  g_clear_pointer (&self->chain_tree, lz_box_tree_free);
  g_clear_pointer (&self->spot_tree, lz_box_tree_free);
  g_array_unref (self->chains);
  g_array_unref (self->spots);
  g_ptr_array_unref (self->streets);
  g_free (self->holes);
  g_free (self->points);
  g_free (self);
}
