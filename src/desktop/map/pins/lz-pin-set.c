/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-pin-set.h"

#include <glib/gi18n-lib.h>

#define STRIDE 64
/* lz_point_morton() interleaves two numbers of so many bits. */
#define MORTON_BITS 31

struct _LzPinSet
{
  LzPins *pins;
  guint8 *kinds;
  LzPinSum *totals; /* of all pins before number i * STRIDE */
  guint n_totals;
};

#define STATES_DONE                                                   \
  (LZ_STATE_BIT (LZ_STATE_SELF_DONE) | LZ_STATE_BIT (LZ_STATE_DONE) | \
   LZ_STATE_BIT (LZ_STATE_FED_BACK) | LZ_STATE_BIT (LZ_STATE_CHECKING))

const char *
lz_pin_kind_label (LzPinKind kind)
{
  static const char *const labels[] = {
    [LZ_PIN_OVERDUE] = N_ ("overdue"), [LZ_PIN_SOON] = N_ ("due soon"),
    [LZ_PIN_IN_TIME] = N_ ("in time"), [LZ_PIN_DONE] = N_ ("done, to be checked"),
    [LZ_PIN_CLOSED] = N_ ("closed"),
  };

  g_return_val_if_fail (kind < LZ_PIN_N_KINDS, "");

  return _ (labels[kind]);
}

static LzPinKind
judge (const LzPins *pins, guint i, gint64 now_ms)
{
  guint32 bit = LZ_STATE_BIT (pins->states[i]);
  LzLamp lamp;

  if (bit & LZ_STATES_FINAL)
    return LZ_PIN_CLOSED;
  if (bit & STATES_DONE)
    return LZ_PIN_DONE;
  if (pins->stopped[i] || pins->warn_s[i] == 0)
    return LZ_PIN_IN_TIME;

  lamp = lz_lamp_at (pins->warn_s[i] * G_GINT64_CONSTANT (1000),
                     pins->due_s[i] * G_GINT64_CONSTANT (1000), now_ms);
  return lamp == LZ_LAMP_RED      ? LZ_PIN_OVERDUE
         : lamp == LZ_LAMP_YELLOW ? LZ_PIN_SOON
                                  : LZ_PIN_IN_TIME;
}

static void
add_up (LzPinSet *self)
{
  LzPinSum sum = { 0 };

  for (guint i = 0; i < self->pins->n; i++)
    {
      LzWorld at = lz_world_from_morton (self->pins->morton[i]);

      if (i % STRIDE == 0)
        self->totals[i / STRIDE] = sum;
      sum.count++;
      sum.mix[self->kinds[i]]++;
      sum.x += at.x;
      sum.y += at.y;
    }
  if (self->pins->n % STRIDE == 0)
    self->totals[self->pins->n / STRIDE] = sum;
}

LzPinSet *
lz_pin_set_new (LzPins *pins, gint64 now_ms)
{
  LzPinSet *self = g_new0 (LzPinSet, 1);

  self->pins = pins != NULL ? pins : lz_pins_new (0);
  self->kinds = g_new0 (guint8, self->pins->n);
  self->n_totals = self->pins->n / STRIDE + 1;
  self->totals = g_new0 (LzPinSum, self->n_totals);
  for (guint i = 0; i < self->pins->n; i++)
    self->kinds[i] = (guint8) judge (self->pins, i, now_ms);
  add_up (self);

  return self;
}

void
lz_pin_set_free (LzPinSet *self)
{
  lz_pins_free (self->pins);
  g_free (self->kinds);
  g_free (self->totals);
  g_free (self);
}

gboolean
lz_pin_set_set_now (LzPinSet *self, gint64 now_ms)
{
  gboolean changed = FALSE;

  for (guint i = 0; i < self->pins->n; i++)
    {
      guint8 kind = (guint8) judge (self->pins, i, now_ms);

      changed = changed || kind != self->kinds[i];
      self->kinds[i] = kind;
    }
  if (changed)
    add_up (self);

  return changed;
}

guint
lz_pin_set_get_n (const LzPinSet *self)
{
  return self->pins->n;
}

/* The first pin whose number on the curve is not below @morton. */
static guint
find_first (const LzPinSet *self, guint64 morton)
{
  guint low = 0, high = self->pins->n;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (self->pins->morton[middle] < morton)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
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

void
lz_pin_set_find_cell (const LzPinSet *self, guint level, guint x, guint y, guint *first, guint *end)
{
  guint64 cell = spread_bits (x) | spread_bits (y) << 1;
  guint shift = 2 * (MORTON_BITS - level);

  *first = find_first (self, cell << shift);
  *end = find_first (self, (cell + 1) << shift);
}

static void
sum_before (const LzPinSet *self, guint end, LzPinSum *sum)
{
  guint i = end / STRIDE;

  *sum = self->totals[i];
  for (i *= STRIDE; i < end; i++)
    {
      LzWorld at = lz_world_from_morton (self->pins->morton[i]);

      sum->count++;
      sum->mix[self->kinds[i]]++;
      sum->x += at.x;
      sum->y += at.y;
    }
}

void
lz_pin_set_sum (const LzPinSet *self, guint first, guint end, LzPinSum *sum)
{
  LzPinSum before;

  sum_before (self, first, &before);
  sum_before (self, end, sum);
  sum->count -= before.count;
  for (guint k = 0; k < LZ_PIN_N_KINDS; k++)
    sum->mix[k] -= before.mix[k];
  sum->x -= before.x;
  sum->y -= before.y;
}

LzWorld
lz_pin_set_get_place (const LzPinSet *self, guint i)
{
  return lz_world_from_morton (self->pins->morton[i]);
}

LzPinKind
lz_pin_set_get_kind (const LzPinSet *self, guint i)
{
  return self->kinds[i];
}

LzState
lz_pin_set_get_state (const LzPinSet *self, guint i)
{
  return self->pins->states[i];
}

gint64
lz_pin_set_get_fid (const LzPinSet *self, guint i)
{
  return self->pins->fids[i];
}

gboolean
lz_pin_set_find_fid (const LzPinSet *self, gint64 fid, guint *i)
{
  for (guint j = 0; j < self->pins->n; j++)
    if (self->pins->fids[j] == fid)
      {
        *i = j;
        return TRUE;
      }

  return FALSE;
}
