/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-box-tree.h"
#include "lz-street-style.h"

G_BEGIN_DECLS

typedef struct _LzStreetShape LzStreetShape;

/**
 * LzStreetShape:
 * @points: (array length=n_points): its line or ring
 * @holes: (array length=n_holes): rings within an area that are not of it
 * @oneway: 1 along the line, -1 against, 0 both ways
 * @height: what lies above: OSM layer, a bridge at least 1
 *
 * A line or area to draw.
 */
struct _LzStreetShape
{
  LzStreetClass cls;
  int height;
  int oneway;
  guint n_points;
  const LzWorld *points;
  guint n_holes;
  const LzStreetShape *holes;
  LzWorldBox box;
};

/**
 * LzStreetChain:
 * @name: owned by the streets
 * @points: (array length=n_points): the pieces of one name, joined end to end
 * @along: (array length=n_points): distance of each point from the first, in units of the square
 *
 * A line to write a name along.
 */
typedef struct
{
  LzStreetClass cls;
  const char *name;
  guint n_points;
  LzWorld *points;
  double *along;
  LzWorldBox box;
} LzStreetChain;

/**
 * LzStreetSpot:
 *
 * A name written beside or over one point: a place, a square, a pond.
 */
typedef struct
{
  LzStreetClass cls;
  const char *name;
  LzWorld at;
  double extent; /* of the area named, in units of the square; 0 = a point */
} LzStreetSpot;

/**
 * LzStreetMap:
 *
 * The streets prepared for drawing: projected, chained by name and indexed by class.  Built once,
 * then only read; any thread.
 */
typedef struct
{
  gatomicrefcount ref_count;
  GPtrArray *streets;
  LzWorld *points;
  LzStreetShape *holes;
  GArray *shapes[LZ_STREET_N_CLASSES]; /* LzStreetShape */
  LzBoxTree *trees[LZ_STREET_N_CLASSES];
  GArray *chains; /* LzStreetChain, main streets first */
  LzBoxTree *chain_tree;
  GArray *spots; /* LzStreetSpot, places by rank first */
  LzBoxTree *spot_tree;
} LzStreetMap;

/* @streets: (element-type LzStreet): kept by reference. */
LzStreetMap *lz_street_map_new (GPtrArray *streets);
LzStreetMap *lz_street_map_ref (LzStreetMap *self);
void lz_street_map_unref (LzStreetMap *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzStreetMap, lz_street_map_unref)

G_END_DECLS
