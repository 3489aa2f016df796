/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-streets.h"

G_BEGIN_DECLS

/* Private to place/: the steps of lz_streets_join(), on the pieces of one name. */

/** LZ_JOIN_TOUCH_M: ends this near are the same place. */
#define LZ_JOIN_TOUCH_M 1.0

/** LZ_JOIN_GAP_M: a gap of a road up to this wide is bridged, such as a junction's area. */
#define LZ_JOIN_GAP_M 60.0

/**
 * LzJoinEdge:
 * @node: its two ends
 * @length_m: on the ground
 * @line: (nullable): the piece it is part of; %NULL for a bridged gap
 * @first: its first point in @line
 * @last: its last point in @line
 * @piece: number of the piece, G_MAXUINT for a gap
 */
typedef struct
{
  guint node[2];
  double length_m;
  const LzLine *line;
  guint first;
  guint last;
  guint piece;
} LzJoinEdge;

/**
 * LzJoinGraph:
 * @nodes: (element-type LzPoint): places where pieces end or meet
 * @edges: (element-type LzJoinEdge): what lies between them
 * @component: for each node, the number of the road it belongs to
 * @piece_nodes: for each piece, a node on it
 * @n_components: how many roads
 */
typedef struct
{
  GArray *nodes;
  GArray *edges;
  GArray *component;
  GArray *piece_nodes;
  guint n_components;
} LzJoinGraph;

LzJoinGraph *lz_join_graph_new (const LzStreet *const *pieces, guint n);
void lz_join_graph_free (LzJoinGraph *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzJoinGraph, lz_join_graph_free)

guint lz_join_find_duals (const LzStreet *const *pieces,
                          guint n,
                          gboolean has_oneways,
                          gboolean *is_other_side);

LzLine *lz_join_longest_way (const LzJoinGraph *self);

/* A union-find. */
guint lz_join_find (guint *parents, guint i);
gboolean lz_join_unite (guint *parents, guint a, guint b);

G_END_DECLS
