/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-street-sink.h"

G_BEGIN_DECLS

/* Private to place/: what an OSM file holds, gathered before anything is resolved. */

typedef struct
{
  gint64 id;
  LzPoint point;
} LzOsmNode;

typedef struct
{
  gint64 id;
  guint first_ref;
  guint n_refs;
  LzStreetTags *tags; /* NULL if none of ours */
} LzOsmWay;

typedef struct
{
  LzStreetTags *tags;
  guint first_member;
  guint n_members;
  guint n_inner; /* the last so many of them */
} LzOsmArea;

/**
 * LzOsmData:
 * @nodes: (element-type LzOsmNode): those with a place
 * @ways: (element-type LzOsmWay)
 * @refs: (element-type gint64): ids of nodes, of all ways
 * @areas: (element-type LzOsmArea): multipolygons
 * @members: (element-type gint64): ids of ways, of all areas
 * @is_sorted: the nodes are, by id
 */
typedef struct
{
  GArray *nodes;
  GArray *ways;
  GArray *refs;
  GArray *areas;
  GArray *members;
  gboolean is_sorted;
} LzOsmData;

/* Gives every thing its geometry, and @sink the things. */
void lz_osm_data_resolve (LzOsmData *self, LzStreetSink *sink);

G_END_DECLS
