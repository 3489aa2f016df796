/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-paper.h"
#include "lz-station.h"

G_BEGIN_DECLS

/**
 * lz_paper_new_board:
 * @station: a station
 * @kind: which board: "exposed", "praised" or "focus"
 * @cancellable: (nullable): stops it between photos
 * @error: (nullable): return location
 *
 * What is up on a board, the last first, with photos, as a page to hang up.  Blocks.
 *
 * Returns: (transfer full) (nullable): the paper
 */
LzPaper *lz_paper_new_board (LzStation *station,
                             const char *kind,
                             GCancellable *cancellable,
                             GError **error);

G_END_DECLS
