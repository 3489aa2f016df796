/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-street-map.h"

G_BEGIN_DECLS

/* Joins the named lines of @streets where they meet, straight on first: an array of LzStreetChain,
 * main streets first, then the longer ones.  Names stay owned by @streets. */
GArray *lz_street_chains_new (GPtrArray *streets);

G_END_DECLS
