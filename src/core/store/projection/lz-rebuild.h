/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-station.h"

G_BEGIN_DECLS

/* Makes every projection anew from the log, in one transaction; the result is what it was, unless
 * something had gone wrong. */
gboolean lz_rebuild (LzStation *station, GError **error);

G_END_DECLS
