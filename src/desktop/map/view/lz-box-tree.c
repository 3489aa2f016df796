/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-box-tree.h"

#include <stdlib.h>

#define FAN_OUT    16
#define MAX_LEVELS 9 /* 16^8 boxes and the root */

typedef struct
{
  guint64 key;
  guint number;
} Item;

/*
 * Level 0 holds the boxes along the Z-order curve of their middles; a box of level n+1 covers
 * FAN_OUT neighbours of level n; the last level has one.
 */
struct _LzBoxTree
{
  guint n_levels;
  guint sizes[MAX_LEVELS];
  LzWorldBox *levels[MAX_LEVELS];
  guint *numbers;
};

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const Item *left = a, *right = b;

  if (left->key != right->key)
    return left->key < right->key ? -1 : 1;
  return left->number < right->number ? -1 : left->number > right->number;
}

static guint64
spread_bits (guint64 v)
{
  v = (v | v << 16) & 0x0000ffff0000ffff;
  v = (v | v << 8) & 0x00ff00ff00ff00ff;
  v = (v | v << 4) & 0x0f0f0f0f0f0f0f0f;
  v = (v | v << 2) & 0x3333333333333333;
  v = (v | v << 1) & 0x5555555555555555;
  return v;
}

static guint64
box_key (const LzWorldBox *box)
{
  double x = CLAMP ((box->x0 + box->x1) / 2, 0, 1), y = CLAMP ((box->y0 + box->y1) / 2, 0, 1);

  return spread_bits ((guint64) (x * G_MAXINT32)) | spread_bits ((guint64) (y * G_MAXINT32)) << 1;
}

static void
build_levels (LzBoxTree *self)
{
  for (; self->sizes[self->n_levels - 1] > 1; self->n_levels++)
    {
      const LzWorldBox *below = self->levels[self->n_levels - 1];
      guint n_below = self->sizes[self->n_levels - 1];
      guint n = (n_below + FAN_OUT - 1) / FAN_OUT;
      LzWorldBox *boxes = g_new (LzWorldBox, n);

      for (guint i = 0; i < n; i++)
        {
          boxes[i] = LZ_WORLD_BOX_EMPTY;
          for (guint j = i * FAN_OUT; j < MIN ((i + 1) * FAN_OUT, n_below); j++)
            {
              lz_world_box_add (&boxes[i], (LzWorld){ below[j].x0, below[j].y0 });
              lz_world_box_add (&boxes[i], (LzWorld){ below[j].x1, below[j].y1 });
            }
        }
      self->levels[self->n_levels] = boxes;
      self->sizes[self->n_levels] = n;
    }
}

LzBoxTree *
lz_box_tree_new (const LzWorldBox *boxes, guint n)
{
  LzBoxTree *self = g_new0 (LzBoxTree, 1);
  g_autofree Item *items = g_new (Item, n);

  for (guint i = 0; i < n; i++)
    items[i] = (Item){ box_key (&boxes[i]), i };
  if (n > 0)
    qsort (items, n, sizeof *items, compare_items);

  self->levels[0] = g_new (LzWorldBox, n);
  self->numbers = g_new (guint, n);
  for (guint i = 0; i < n; i++)
    {
      self->levels[0][i] = boxes[items[i].number];
      self->numbers[i] = items[i].number;
    }
  self->sizes[0] = n;
  self->n_levels = 1;
  build_levels (self);

  return self;
}

void
lz_box_tree_free (LzBoxTree *self)
{
  for (guint i = 0; i < self->n_levels; i++)
    g_free (self->levels[i]);
  g_free (self->numbers);
  g_free (self);
}

static void
find_below (const LzBoxTree *self, guint level, guint at, const LzWorldBox *box, GArray *hits)
{
  if (!lz_world_box_touches (&self->levels[level][at], box))
    return;

  if (level == 0)
    {
      g_array_append_val (hits, self->numbers[at]);
      return;
    }
  for (guint i = at * FAN_OUT; i < MIN ((at + 1) * FAN_OUT, self->sizes[level - 1]); i++)
    find_below (self, level - 1, i, box, hits);
}

static int
compare_numbers (gconstpointer a, gconstpointer b)
{
  const guint *left = a, *right = b;

  return *left < *right ? -1 : *left > *right;
}

void
lz_box_tree_find (const LzBoxTree *self, const LzWorldBox *box, GArray *hits)
{
  guint before = hits->len;

  if (self->sizes[0] == 0)
    return;

  find_below (self, self->n_levels - 1, 0, box, hits);
  if (hits->len - before > 1)
    qsort (&g_array_index (hits, guint, before), hits->len - before, sizeof (guint),
           compare_numbers);
}
