/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzRanking:
 *
 * The view of the monthly ranking: units, subdistricts, roads, road chiefs and communities, each in
 * total and by 序化 洁化 绿化 亮化, with the change since the month before; who is to be
 * interviewed; the sheet of one of them.
 */
#define LZ_TYPE_RANKING (lz_ranking_get_type ())
G_DECLARE_FINAL_TYPE (LzRanking, lz_ranking, LZ, RANKING, GtkWidget)

G_END_DECLS
