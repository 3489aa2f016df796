/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-cases.h"
#include "lz-catalogue.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LzFilterCounts:
 * @total: cases that the filter finds when its dimensions and lamps are left out
 * @dimensions: of these, how many of each dimension
 * @lamps: of these, how many show each lamp
 */
typedef struct
{
  guint total;
  guint dimensions[LZ_N_DIMENSIONS];
  guint lamps[4];
} LzFilterCounts;

/**
 * LzFilter:
 *
 * Which cases a page shows, as its chips, its menu and its search say.  Main thread only.
 *
 * Signal `changed`: the page has to ask the store again.
 * Signal `counted`: new counts for the chips.
 */
#define LZ_TYPE_FILTER (lz_filter_get_type ())
G_DECLARE_FINAL_TYPE (LzFilter, lz_filter, LZ, FILTER, GObject)

LzFilter *lz_filter_new (guint32 default_states);

guint32 lz_filter_get_states (LzFilter *self);
void lz_filter_set_states (LzFilter *self, guint32 states);
guint32 lz_filter_get_dimensions (LzFilter *self);
void lz_filter_set_dimensions (LzFilter *self, guint32 dimensions);
guint32 lz_filter_get_lamps (LzFilter *self);
void lz_filter_set_lamps (LzFilter *self, guint32 lamps);
/* Only these rows (GArray of gint64 fids, %NULL = all), as those behind a figure; everything else
 * goes back to the default, and a road chosen afterwards shows all rows of that road again. */
void lz_filter_set_among (LzFilter *self, const GArray *fids);
gboolean lz_filter_has_among (LzFilter *self);
const LzId *lz_filter_get_road (LzFilter *self);
void lz_filter_set_road (LzFilter *self, const LzId *road);
gboolean lz_filter_get_my_roads (LzFilter *self);
void lz_filter_set_my_roads (LzFilter *self, gboolean my_roads);
const char *lz_filter_get_text (LzFilter *self);
void lz_filter_set_text (LzFilter *self, const char *text);
void lz_filter_reset (LzFilter *self);
gboolean lz_filter_is_default (LzFilter *self);

/* A copy for a job, with its own text and the present as the moment of its lamps. */
LzCaseQuery *lz_filter_dup_query (LzFilter *self, LzSort sort, gboolean descending);
void lz_filter_query_free (gpointer query);

const LzFilterCounts *lz_filter_get_counts (LzFilter *self);
void lz_filter_set_counts (LzFilter *self, const LzFilterCounts *counts);
/* Counts @pins and leaves in it what @query wants to see.  Pure. */
void lz_filter_sift_pins (const LzCaseQuery *query, LzPins *pins, LzFilterCounts *counts);

G_END_DECLS
