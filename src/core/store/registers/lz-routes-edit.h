/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-routes.h"

G_BEGIN_DECLS

gboolean lz_routes_set (LzStation *station,
                        const char *category,
                        const char *unit,
                        const char *assist,
                        GError **error);
gboolean lz_routes_reset (LzStation *station, const char *category, GError **error);

/**
 * LzRouteImport:
 * @n_set: routes that changed
 * @n_same: that were so already
 * @reasons: (element-type utf8): "row 3: …" of what was left out, translated
 */
typedef struct
{
  guint n_set;
  guint n_same;
  GPtrArray *reasons;
} LzRouteImport;

void lz_route_import_free (LzRouteImport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzRouteImport, lz_route_import_free)

LzRouteImport *lz_routes_import_csv (LzStation *station, const char *path, GError **error);
gboolean lz_routes_export_csv (LzStation *station, const char *path, GError **error);

G_END_DECLS
