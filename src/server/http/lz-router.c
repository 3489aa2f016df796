/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-api.h"
#include "lz-headers.h"
#include "lz-server-http-private.h"

/* NULL with @status 404 or 405. */
const LzRoute *
lz_router_find (const char *method, const char *path, GStrv segments, guint *status)
{
  *status = 404;
  if (*path != '/')
    return NULL;
  for (guint i = 0; i < lz_n_routes; i++)
    if (lz_path_matches (lz_routes[i].pattern, segments))
      {
        if (g_str_equal (lz_routes[i].method, method))
          return &lz_routes[i];
        *status = 405;
      }
  return NULL;
}
