/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-desk.h"
#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzRoadFile:
 *
 * The file of one road, 一路一档: its health and how it is reckoned, its cases by 化 and along it,
 * the weeks, where problems come back, who answers for it, what is on file, its patrols.
 *
 * Signal `case-wanted` (const LzId *id): show this case.
 */
#define LZ_TYPE_ROAD_FILE (lz_road_file_get_type ())
G_DECLARE_FINAL_TYPE (LzRoadFile, lz_road_file, LZ, ROAD_FILE, GtkWidget)

GtkWidget *lz_road_file_new (void);
/* @file: only looked at during the call, apart from its lists, which are kept. */
void lz_road_file_show (LzRoadFile *self, LzSession *session, const LzDeskFile *file);

/* The colour and shape of a grade, on an image. */
void lz_road_file_set_grade (GtkImage *image, LzHealthGrade grade);

G_END_DECLS
