/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-station.h"

G_BEGIN_DECLS

/*
 * How often each category was logged on this station, so that the most used come first.  Kept in
 * the station's settings; jobs of the store's threads only.
 */
GHashTable *lz_uses_load (LzStation *station);
gboolean lz_uses_add (LzStation *station, const char *category, GError **error);

G_END_DECLS
