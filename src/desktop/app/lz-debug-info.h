/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What a report from the field should carry: versions, screen, settings that differ. */
char *lz_debug_info_dup (GSettings *settings, const char *station_dir);

G_END_DECLS
