/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* A line of a sealed list. */
static inline void
lz_bulletins_seal_line (GChecksum *checksum, const char *line)
{
  g_checksum_update (checksum, (const guint8 *) line, -1);
  g_checksum_update (checksum, (const guint8 *) "\n", 1);
}
