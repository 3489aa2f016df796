/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"
#include "lz-tally-query.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzFigureOf:
 * @period: of which period
 * @now_ms: the moment at which it was counted, as the query said; never 0
 * @bulletin: the bulletin that published it: it opens to the cases that were counted then; nil =
 *   counted now
 * @within: only cases of the group @within_value of this; %LZ_BY_ALL = all cases
 * @within_value: (nullable): see @within
 * @by: in which table it stands
 * @value: which group of it, by the words of #LzTallyBy; "" in a table by %LZ_BY_ALL
 * @name: (nullable): what people call that group
 *
 * What a figure is a figure of.  A plain value with lent strings: lz_figure_of_copy() for keeping.
 */
typedef struct
{
  LzPeriod period;
  gint64 now_ms;
  LzId bulletin;
  LzTallyBy within;
  const char *within_value;
  LzTallyBy by;
  const char *value;
  const char *name;
} LzFigureOf;

LzFigureOf *lz_figure_of_copy (const LzFigureOf *self);
void lz_figure_of_free (LzFigureOf *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzFigureOf, lz_figure_of_free)

/**
 * lz_figure_cases_new:
 * @of: of what
 * @count: which figure; of a rate its part or its whole
 *
 * Returns: (transfer floating): the cases behind a figure, not yet looked up: the parameter of the
 *   action win.show-cases
 */
GVariant *lz_figure_cases_new (const LzFigureOf *of, LzCount count);

/**
 * lz_figure_cases_new_for_ids:
 * @title: what these cases are, translated
 * @ids: (array length=n): their names, as a sealed bulletin lists them
 *
 * Returns: (transfer floating): the same for cases that are known by name
 */
GVariant *lz_figure_cases_new_for_ids (const char *title, const LzId *ids, guint n);

/* Shows the cases behind a figure on the page of the cases; from any widget of the window. */
void lz_figure_cases_open (GtkWidget *widget, GVariant *cases);

/* What they are, for the head of their list. */
char *lz_figure_cases_dup_title (GVariant *cases);

/* Looks the cases up, on the read thread: as many as the figure says. */
void lz_figure_cases_list_async (LzSession *session,
                                 GVariant *cases,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/* Returns: (transfer full) (nullable) (element-type gint64): their rows */
GArray *lz_figure_cases_list_finish (GAsyncResult *result, GError **error);

G_END_DECLS
