/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-cases.h"
#include "lz-world.h"

G_BEGIN_DECLS

/**
 * LzPinKind:
 *
 * How a case stands, as the map shows it: each has a colour and a shape.  The order is that of the
 * slices of a cluster's ring, the worst first.
 */
typedef enum
{
  LZ_PIN_OVERDUE,
  LZ_PIN_SOON,
  LZ_PIN_IN_TIME,
  LZ_PIN_DONE,   /* done, waits to be checked */
  LZ_PIN_CLOSED, /* in a final state */
  LZ_PIN_N_KINDS
} LzPinKind;

/* Translated words. */
const char *lz_pin_kind_label (LzPinKind kind);

/**
 * LzPinSum:
 * @count: how many
 * @mix: how many of each kind
 * @x: sum of their columns
 * @y: sum of their rows
 */
typedef struct
{
  guint count;
  guint mix[LZ_PIN_N_KINDS];
  double x;
  double y;
} LzPinSum;

/**
 * LzPinSet:
 *
 * The cases with what is needed to sum up any range of them at once: running totals every 64 pins.
 * Costs 2 bytes a pin on top of the pins.  One thread.
 */
typedef struct _LzPinSet LzPinSet;

/* @pins: (transfer full) (nullable) */
LzPinSet *lz_pin_set_new (LzPins *pins, gint64 now_ms);
void lz_pin_set_free (LzPinSet *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzPinSet, lz_pin_set_free)

/* Judges the lamps anew; FALSE if none changed. */
gboolean lz_pin_set_set_now (LzPinSet *self, gint64 now_ms);

guint lz_pin_set_get_n (const LzPinSet *self);
/* The pins of cell (x, y) where the world is 2^level cells wide: [first, end). */
void lz_pin_set_find_cell (const LzPinSet *self,
                           guint level,
                           guint x,
                           guint y,
                           guint *first,
                           guint *end);
void lz_pin_set_sum (const LzPinSet *self, guint first, guint end, LzPinSum *sum);

LzWorld lz_pin_set_get_place (const LzPinSet *self, guint i);
LzPinKind lz_pin_set_get_kind (const LzPinSet *self, guint i);
LzState lz_pin_set_get_state (const LzPinSet *self, guint i);
gint64 lz_pin_set_get_fid (const LzPinSet *self, guint i);
/* FALSE if no pin has it.  Looks at all of them. */
gboolean lz_pin_set_find_fid (const LzPinSet *self, gint64 fid, guint *i);

G_END_DECLS
