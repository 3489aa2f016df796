/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-overview-plots.h"

static int
compare (gconstpointer a, gconstpointer b, gpointer count)
{
  gint64 x = (*(const LzTallyGroup *const *) a)->counts[GPOINTER_TO_UINT (count)];
  gint64 y = (*(const LzTallyGroup *const *) b)->counts[GPOINTER_TO_UINT (count)];

  return (x < y) - (x > y);
}

void
lz_plot_sort_groups (GPtrArray *groups, LzCount count)
{
  g_ptr_array_sort_with_data (groups, compare, GUINT_TO_POINTER (count));
}
