/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-station.h"

G_BEGIN_DECLS

/**
 * SECTION: routes
 *
 * Which unit handles which category.  The office's own route (a record "route.set", one for each
 * category, named alike on every station) comes first, then the server's routing for all offices,
 * then the lead unit that the plan names.  A case that no route leads anywhere stays filed, on the
 * dispatcher's list.
 */

typedef enum
{
  LZ_ROUTE_CATALOGUE, /* the plan's lead unit */
  LZ_ROUTE_SERVER,    /* the reference part "routing" */
  LZ_ROUTE_OFFICE,    /* the office's own */
} LzRouteSource;

/* Stable keys, "catalogue", "server", "office", and translated words. */
const char *lz_route_source_to_string (LzRouteSource source);
const char *lz_route_source_label (LzRouteSource source);

/**
 * LzRoute:
 * @category: code
 * @unit: (nullable): who handles it; %NULL = the dispatcher decides each time
 * @assist: (nullable): who assists
 * @known: the unit is one of those that the server names; %TRUE where it names none
 */
typedef struct
{
  char *category;
  char *unit;
  char *assist;
  LzRouteSource source;
  gboolean known;
} LzRoute;

void lz_route_free (LzRoute *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzRoute, lz_route_free)

LzRoute *lz_routes_find (LzStation *station, const char *category, GError **error);
GPtrArray *lz_routes_list (LzStation *station, GError **error);

/* Names of the units that the server knows, utf8; empty where it names none. */
GPtrArray *lz_routes_list_units (LzStation *station, GError **error);
/* All names of the unit that is called so, as a JSON array. */
char *lz_routes_dup_unit_names (LzStation *station, const char *unit, GError **error);

G_END_DECLS
