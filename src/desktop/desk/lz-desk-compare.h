/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Roads side by side, a column each, the best figure of each line in bold; @roads: (element-type
 * LzDeskRoad), looked at during the call. */
GtkWidget *lz_desk_compare_new (GPtrArray *roads, int offset_min);

G_END_DECLS
