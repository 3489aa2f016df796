/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-pin-layout.h"

/* The world is TILE_PX wide at zoom 0; four cells make a tile, 64 px each. */
#define CELL_LEVELS 2
#define TILE_PX     256.0

/* A cell with so few pins shows each of them if they do not cover each other. */
#define MAX_SINGLES 8
#define PIN_GAP_PX  19.0

/* In each round an item's fate hangs on items up to two cells away, so that the outermost cells of
 * what was looked at are not to be trusted; one more for items that hang over their cell's edge.
 * PAN_CELLS more are laid out so that not every step of a pan lays out anew. */
#define ROUNDS      2
#define TRUST_CELLS (ROUNDS * 2 + 1)
#define PAN_CELLS   2

static double
get_radius (const LzPinLayout *self, guint count)
{
  double radius = count <= 1      ? 9
                  : count < 10    ? 16
                  : count < 100   ? 18
                  : count < 1000  ? 20
                  : count < 10000 ? 23
                                  : 26;

  return radius * self->scale;
}

void
lz_pin_layout_clear (LzPinLayout *self)
{
  g_clear_pointer (&self->items, g_array_unref);
}

static gboolean
are_apart (const LzPinSet *pins, guint first, guint end, double gap)
{
  for (guint i = first; i < end; i++)
    for (guint j = i + 1; j < end; j++)
      {
        LzWorld a = lz_pin_set_get_place (pins, i), b = lz_pin_set_get_place (pins, j);

        if (hypot (a.x - b.x, a.y - b.y) < gap)
          return FALSE;
      }

  return TRUE;
}

static void
add_item (LzPinLayout *self, const LzPinSet *pins, guint first, guint end, int x, int y)
{
  LzPinItem item = { .first = first, .end = end, .owner = self->items->len };

  lz_pin_set_sum (pins, first, end, &item.sum);
  item.at = (LzWorld){ item.sum.x / item.sum.count, item.sum.y / item.sum.count };
  item.radius = get_radius (self, item.sum.count);
  item.cell_x = x;
  item.cell_y = y;
  g_array_append_val (self->items, item);
}

/* Where each cell's items begin; one more entry at the end. */
static guint *
add_cells (LzPinLayout *self, const LzPinSet *pins, double world_px)
{
  int columns = self->x1 - self->x0 + 1, rows = self->y1 - self->y0 + 1;
  guint *starts = g_new (guint, columns * rows + 1);
  guint *next = starts;

  for (int y = self->y0; y <= self->y1; y++)
    for (int x = self->x0; x <= self->x1; x++)
      {
        guint first, end;

        *next++ = self->items->len;
        lz_pin_set_find_cell (pins, self->level, (guint) x, (guint) y, &first, &end);
        if (first == end)
          continue;
        if (end - first > 1 && (end - first > MAX_SINGLES ||
                                !are_apart (pins, first, end, PIN_GAP_PX * self->scale / world_px)))
          add_item (self, pins, first, end, x, y);
        else
          for (guint i = first; i < end; i++)
            add_item (self, pins, i, i + 1, x, y);
      }
  *next = self->items->len;

  return starts;
}

static gboolean
outranks (const LzPinItem *a, const LzPinItem *b)
{
  return a->sum.count != b->sum.count ? a->sum.count > b->sum.count : a->first < b->first;
}

static gboolean
covers (const LzPinItem *a, const LzPinItem *b, double world_px)
{
  double reach = a->radius + b->radius + (a->sum.count > 1 && b->sum.count > 1 ? 8 : -1);

  return hypot (a->at.x - b->at.x, a->at.y - b->at.y) * world_px < reach;
}

typedef struct
{
  LzPinLayout *layout;
  const guint *starts;
  double world_px;
} Joining;

/* The highest ranking of the live items that touch item @number: itself if none does. */
static guint
find_peak (const Joining *self, guint number, const gboolean *peaks)
{
  const LzPinLayout *layout = self->layout;
  const LzPinItem *items = (const LzPinItem *) (gpointer) layout->items->data;
  const LzPinItem *item = &items[number];
  int columns = layout->x1 - layout->x0 + 1;
  guint best = peaks == NULL ? number : G_MAXUINT;

  for (int y = MAX (item->cell_y - 1, layout->y0); y <= MIN (item->cell_y + 1, layout->y1); y++)
    for (int x = MAX (item->cell_x - 1, layout->x0); x <= MIN (item->cell_x + 1, layout->x1); x++)
      {
        int cell = (y - layout->y0) * columns + x - layout->x0;

        for (guint i = self->starts[cell]; i < self->starts[cell + 1]; i++)
          {
            if (i == number || items[i].owner != i || (peaks != NULL && !peaks[i]) ||
                !covers (item, &items[i], self->world_px))
              continue;
            if (best == G_MAXUINT || outranks (&items[i], &items[best]))
              best = i;
          }
      }

  return best;
}

static void
swallow (LzPinItem *owner, LzPinItem *item)
{
  owner->sum.count += item->sum.count;
  for (guint k = 0; k < LZ_PIN_N_KINDS; k++)
    owner->sum.mix[k] += item->sum.mix[k];
  owner->sum.x += item->sum.x;
  owner->sum.y += item->sum.y;
}

/* One round: an item that outranks all that touch it swallows them, unless a greater one does. */
static void
join (const Joining *self)
{
  GArray *array = self->layout->items;
  LzPinItem *items = (LzPinItem *) (gpointer) array->data;
  g_autofree gboolean *peaks = g_new0 (gboolean, array->len);
  g_autofree guint *owners = g_new (guint, array->len);

  for (guint i = 0; i < array->len; i++)
    peaks[i] = items[i].owner == i && find_peak (self, i, NULL) == i;
  for (guint i = 0; i < array->len; i++)
    owners[i] = items[i].owner == i && !peaks[i] ? find_peak (self, i, peaks) : G_MAXUINT;
  for (guint i = 0; i < array->len; i++)
    if (owners[i] != G_MAXUINT)
      {
        items[i].owner = owners[i];
        swallow (&items[owners[i]], &items[i]);
      }
  for (guint i = 0; i < array->len; i++)
    if (peaks[i])
      {
        items[i].at =
            (LzWorld){ items[i].sum.x / items[i].sum.count, items[i].sum.y / items[i].sum.count };
        items[i].radius = get_radius (self->layout, items[i].sum.count);
      }
}

gboolean
lz_pin_layout_update (LzPinLayout *self, const LzPinSet *pins, guint zoom, const LzWorldBox *box)
{
  guint level = zoom + CELL_LEVELS;
  double n = ldexp (1, (int) level), world_px = ldexp (TILE_PX, (int) zoom);
  int last = (int) n - 1;
  int x0 = CLAMP ((int) floor (box->x0 * n) - TRUST_CELLS, 0, last);
  int y0 = CLAMP ((int) floor (box->y0 * n) - TRUST_CELLS, 0, last);
  int x1 = CLAMP ((int) floor (box->x1 * n) + TRUST_CELLS, 0, last);
  int y1 = CLAMP ((int) floor (box->y1 * n) + TRUST_CELLS, 0, last);
  g_autofree guint *starts = NULL;
  Joining joining;

  if (self->items != NULL && self->level == level && x0 >= self->x0 && y0 >= self->y0 &&
      x1 <= self->x1 && y1 <= self->y1)
    return FALSE;

  self->level = level;
  self->x0 = MAX (x0 - PAN_CELLS, 0);
  self->y0 = MAX (y0 - PAN_CELLS, 0);
  self->x1 = MIN (x1 + PAN_CELLS, last);
  self->y1 = MIN (y1 + PAN_CELLS, last);
  g_clear_pointer (&self->items, g_array_unref);
  self->items = g_array_new (FALSE, FALSE, sizeof (LzPinItem));

  starts = add_cells (self, pins, world_px);
  joining = (Joining){ self, starts, world_px };
  for (guint i = 0; i < ROUNDS; i++)
    join (&joining);

  return TRUE;
}

static guint
get_owner (const GArray *items, guint i)
{
  guint owner;

  while ((owner = g_array_index (items, LzPinItem, i).owner) != i)
    i = owner;
  return i;
}

GArray *
lz_pin_layout_list_pins (const LzPinLayout *self, guint number)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < self->items->len; i++)
    {
      const LzPinItem *item = &g_array_index (self->items, LzPinItem, i);

      if (get_owner (self->items, i) != number)
        continue;
      for (guint pin = item->first; pin < item->end; pin++)
        g_array_append_val (list, pin);
    }

  return list;
}
