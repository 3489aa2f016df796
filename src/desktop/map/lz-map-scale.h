/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <shumate/shumate.h>

G_BEGIN_DECLS

/* A scale bar in metres for the middle of the map. */
#define LZ_TYPE_MAP_SCALE (lz_map_scale_get_type ())
G_DECLARE_FINAL_TYPE (LzMapScale, lz_map_scale, LZ, MAP_SCALE, GtkWidget)

void lz_map_scale_set_viewport (LzMapScale *self, ShumateViewport *viewport);

/* The largest of 1, 2, 5, 10, 20 … m that is no longer than @max_px. */
guint lz_map_scale_choose (double metres_per_px, double max_px);
/* "200 m", "2 km", translated. */
char *lz_map_scale_dup_label (guint metres);

G_END_DECLS
