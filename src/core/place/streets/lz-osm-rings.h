/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LzOsmPiece:
 * @refs: (array length=n): ids of nodes along a way
 * @n: at least two
 *
 * A way that is part of an area's outline.
 */
typedef struct
{
  const gint64 *refs;
  guint n;
} LzOsmPiece;

GPtrArray *lz_osm_rings (const LzOsmPiece *pieces, guint n, guint *n_open);

G_END_DECLS
