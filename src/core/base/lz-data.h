/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/** LZ_DATA_PREFIX: where the core's own data files lie among the resources of the program. */
#define LZ_DATA_PREFIX "/org/luzhang/Luzhang/data/"

/**
 * lz_data_ensure:
 *
 * Makes the core's data files (catalogue, calendar, divisions) known to g_resources_lookup_data()
 * under %LZ_DATA_PREFIX.  Needed once before the first look-up: the linker leaves resources of a
 * static library out unless something calls them.  May be called again, from any thread.
 */
void lz_data_ensure (void);

/**
 * lz_data_lookup:
 * @name: a file below %LZ_DATA_PREFIX, such as "catalogue/catalogue.tsv"
 * @error: (nullable): from #GResourceError
 *
 * Calls lz_data_ensure() and gives one data file.
 *
 * Returns: (transfer full) (nullable): its bytes, or %NULL with @error set
 */
GBytes *lz_data_lookup (const char *name, GError **error);

G_END_DECLS
