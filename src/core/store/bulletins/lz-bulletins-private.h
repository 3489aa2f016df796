/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-bulletins.h"

/* A line of a sealed list. */
static inline void
lz_bulletins_seal_line (GChecksum *checksum, const char *line)
{
  g_checksum_update (checksum, (const guint8 *) line, -1);
  g_checksum_update (checksum, (const guint8 *) "\n", 1);
}

/* By the record's id; NULL without @error: it was not published. */
LzBulletin *lz_bulletins_load_figures (LzStation *station, const LzId *id, GError **error);
