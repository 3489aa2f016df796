/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LzSpan:
 * @from_cm: chainage where it starts, in centimetres from the road's start
 * @to_cm: chainage where it ends, greater than @from_cm
 *
 * A stretch of a road.
 */
typedef struct
{
  gint64 from_cm;
  gint64 to_cm;
} LzSpan;

/*
 * Sets of stretches: arrays of #LzSpan that ascend and neither touch nor overlap.  Pure functions,
 * any thread.
 */

GArray *lz_spans_new (void);
GArray *lz_spans_copy (const GArray *spans);
void lz_spans_add (GArray *spans, gint64 from_cm, gint64 to_cm);
void lz_spans_add_all (GArray *spans, const GArray *others);
gint64 lz_spans_length_cm (const GArray *spans);
GArray *lz_spans_dup_gaps (const GArray *spans, gint64 length_cm);

char *lz_spans_to_string (const GArray *spans);
GArray *lz_spans_from_string (const char *text);

static inline const LzSpan *
lz_spans_get (const GArray *spans, guint i)
{
  return &g_array_index (spans, LzSpan, i);
}

G_END_DECLS
