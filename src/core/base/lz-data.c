/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-base"

#include "config.h"

#include "lz-data.h"

#include "luzhang-core-resources.h"

void
lz_data_ensure (void)
{
  lz_core_get_resource (); /* registers itself */
}

GBytes *
lz_data_lookup (const char *name, GError **error)
{
  g_autofree char *path = g_strconcat (LZ_DATA_PREFIX, name, NULL);

  lz_data_ensure ();
  return g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
}
