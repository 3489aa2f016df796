/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-street-labels.h"

#include "lz-street-lettering.h"

/*
 * The world at one zoom is cut into blocks of BLOCK px; a name belongs to the block in which its
 * anchor lies and reaches into the eight neighbours at most.  Blocks are filled in four rounds, by
 * whether their column and row are odd.  A block sees what its neighbours of earlier rounds hold,
 * never those of its own round (they do not touch) nor of later ones: so its names are the same
 * whichever tile was asked for first.
 */
#define BLOCK      512
#define TILE       256
#define REACH      (BLOCK * 0.6)
#define MAX_BLOCKS 4096

typedef struct
{
  guint zoom;
  int x;
  int y;
} BlockKey;

struct _LzStreetLabels
{
  gatomicrefcount ref_count;
  LzStreetMap *map;
  double text_scale;
  GMutex lock; /* guards what follows */
  LzStreetText *text;
  GHashTable *blocks;    /* BlockKey -> GPtrArray of LzStreetLabel */
  GPtrArray *places[21]; /* for each zoom: names of places, which go before all streets */
};

static guint
block_key_hash (gconstpointer data)
{
  const BlockKey *key = data;

  return ((guint) key->x * 73856093u) ^ ((guint) key->y * 19349663u) ^ (key->zoom * 83492791u);
}

static gboolean
block_key_equal (gconstpointer a, gconstpointer b)
{
  const BlockKey *left = a, *right = b;

  return left->zoom == right->zoom && left->x == right->x && left->y == right->y;
}

LzStreetLabels *
lz_street_labels_new (LzStreetMap *map, double text_scale)
{
  LzStreetLabels *self = g_new0 (LzStreetLabels, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->map = lz_street_map_ref (map);
  self->text_scale = text_scale;
  g_mutex_init (&self->lock);
  self->blocks = g_hash_table_new_full (block_key_hash, block_key_equal, g_free,
                                        (GDestroyNotify) g_ptr_array_unref);

  return self;
}

LzStreetLabels *
lz_street_labels_ref (LzStreetLabels *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
lz_street_labels_unref (LzStreetLabels *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_hash_table_unref (self->blocks);
  for (guint i = 0; i < G_N_ELEMENTS (self->places); i++)
    g_clear_pointer (&self->places[i], g_ptr_array_unref);
  g_clear_pointer (&self->text, lz_street_text_free);
  lz_street_map_unref (self->map);
  g_mutex_clear (&self->lock);
  g_free (self);
}

static gboolean
is_place (LzStreetClass cls)
{
  return cls >= LZ_STREET_PLACE_CITY && cls <= LZ_STREET_PLACE_VILLAGE;
}

static LzStreetLabel *
letter_spot (LzStreetLabels *self, const LzStreetSpot *spot, guint zoom, GPtrArray *taken)
{
  double size = lz_street_style_text_size (spot->cls, zoom) * self->text_scale;
  double world = ldexp (TILE, (int) zoom);
  const LzTextRun *run;
  LzStreetLabel *label;

  if (size <= 0)
    return NULL;

  run = lz_street_text_shape (self->text, spot->name, is_place (spot->cls));
  /* A pond or park is named when its name fits into it. */
  if (spot->extent > 0 && spot->extent * world < run->width * size * 1.2)
    return NULL;

  label = lz_street_lettering_spot (run, spot, size, world);
  if (label != NULL && lz_street_lettering_is_taken (label, taken))
    g_clear_pointer (&label, g_atomic_rc_box_release);

  return label;
}

static GPtrArray *
get_places (LzStreetLabels *self, guint zoom)
{
  GPtrArray *places = self->places[zoom];

  if (places != NULL)
    return places;

  places = self->places[zoom] = g_ptr_array_new_with_free_func (g_atomic_rc_box_release);
  for (guint i = 0; i < self->map->spots->len; i++)
    {
      const LzStreetSpot *spot = &g_array_index (self->map->spots, LzStreetSpot, i);
      LzStreetLabel *label = is_place (spot->cls) ? letter_spot (self, spot, zoom, places) : NULL;

      if (label != NULL)
        g_ptr_array_add (places, label);
    }

  return places;
}

static void
add_touching (GPtrArray *all, const GPtrArray *labels, const LzWorldBox *box)
{
  for (guint i = 0; i < labels->len; i++)
    {
      LzStreetLabel *label = labels->pdata[i];

      if (lz_world_box_touches (&label->box, box))
        g_ptr_array_add (all, g_atomic_rc_box_acquire (label));
    }
}

static void
fill_with_streets (LzStreetLabels *self,
                   const BlockKey *key,
                   const LzWorldBox *part,
                   GPtrArray *taken,
                   GPtrArray *labels)
{
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (guint));
  LzWorldBox px = { key->x * (double) BLOCK, key->y * (double) BLOCK, (key->x + 1.0) * BLOCK,
                    (key->y + 1.0) * BLOCK };
  double world = ldexp (TILE, (int) key->zoom);

  lz_box_tree_find (self->map->chain_tree, part, hits);
  for (guint i = 0; i < hits->len; i++)
    {
      guint number = g_array_index (hits, guint, i);
      const LzStreetChain *chain = &g_array_index (self->map->chains, LzStreetChain, number);
      double size = lz_street_style_text_size (chain->cls, key->zoom) * self->text_scale;
      double length = chain->along[chain->n_points - 1] * world;

      /* No name is narrower than two letters: saves shaping most names when zoomed out. */
      if (size <= 0 || length < 2 * size)
        continue;
      lz_street_lettering_chain (lz_street_text_shape (self->text, chain->name, FALSE), chain, size,
                                 world, &px, taken, labels);
    }
}

static void
fill_with_spots (LzStreetLabels *self,
                 guint zoom,
                 const LzWorldBox *part,
                 GPtrArray *taken,
                 GPtrArray *labels)
{
  g_autoptr (GArray) hits = g_array_new (FALSE, FALSE, sizeof (guint));

  lz_box_tree_find (self->map->spot_tree, part, hits);
  for (guint i = 0; i < hits->len; i++)
    {
      const LzStreetSpot *spot =
          &g_array_index (self->map->spots, LzStreetSpot, g_array_index (hits, guint, i));
      LzStreetLabel *label;

      /* The edges are in both blocks for the tree. */
      if (is_place (spot->cls) || spot->at.x >= part->x1 || spot->at.y >= part->y1)
        continue;
      label = letter_spot (self, spot, zoom, taken);
      if (label == NULL)
        continue;
      g_ptr_array_add (taken, g_atomic_rc_box_acquire (label));
      g_ptr_array_add (labels, label);
    }
}

static guint
get_round (int x, int y)
{
  return (x & 1 ? 1 : 0) + (y & 1 ? 2 : 0);
}

static GPtrArray *
get_block (LzStreetLabels *self, guint zoom, int x, int y)
{
  BlockKey key = { zoom, x, y };
  GPtrArray *labels = g_hash_table_lookup (self->blocks, &key);
  double world = ldexp (TILE, (int) zoom);
  LzWorldBox px = { (double) x * BLOCK, (double) y * BLOCK, (x + 1.0) * BLOCK, (y + 1.0) * BLOCK };
  LzWorldBox reach = lz_world_box_grow (px, REACH);
  LzWorldBox part = { px.x0 / world, px.y0 / world, px.x1 / world, px.y1 / world };
  g_autoptr (GPtrArray) taken = NULL;

  if (labels != NULL)
    return labels;

  taken = g_ptr_array_new_with_free_func (g_atomic_rc_box_release);
  add_touching (taken, get_places (self, zoom), &reach);
  for (int dx = -1; dx <= 1; dx++)
    for (int dy = -1; dy <= 1; dy++)
      if (get_round (x + dx, y + dy) < get_round (x, y))
        add_touching (taken, get_block (self, zoom, x + dx, y + dy), &reach);

  labels = g_ptr_array_new_with_free_func (g_atomic_rc_box_release);
  fill_with_streets (self, &key, &part, taken, labels);
  fill_with_spots (self, zoom, &part, taken, labels);
  g_hash_table_insert (self->blocks, g_memdup2 (&key, sizeof key), labels);

  return labels;
}

/**
 * lz_street_labels_find:
 * @self: the labels
 * @zoom: a whole level
 * @x: column of the tile
 * @y: row of the tile, from the north
 *
 * Returns: (transfer full) (element-type LzStreetLabel): what touches the tile with its halo; valid
 *   as long as @self lives
 */
GPtrArray *
lz_street_labels_find (LzStreetLabels *self, guint zoom, guint x, guint y)
{
  G_GNUC_UNUSED
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  GPtrArray *found = g_ptr_array_new_with_free_func (g_atomic_rc_box_release);
  LzWorldBox tile = { (double) x * TILE, (double) y * TILE, (x + 1.0) * TILE, (y + 1.0) * TILE };
  LzWorldBox reach = lz_world_box_grow (tile, REACH);

  if (self->text == NULL)
    self->text = lz_street_text_new ();
  /* All of it can be made again. */
  if (g_hash_table_size (self->blocks) > MAX_BLOCKS)
    g_hash_table_remove_all (self->blocks);

  add_touching (found, get_places (self, zoom), &tile);
  for (int bx = (int) floor (reach.x0 / BLOCK); bx <= (int) floor (reach.x1 / BLOCK); bx++)
    for (int by = (int) floor (reach.y0 / BLOCK); by <= (int) floor (reach.y1 / BLOCK); by++)
      add_touching (found, get_block (self, zoom, bx, by), &tile);

  return found;
}
