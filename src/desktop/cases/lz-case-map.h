/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzCaseMap:
 *
 * A map of the cases of a list, with the office's streets and roads, read once it is seen first.
 *
 * Signal `case-activated` (gint64 fid): a case was chosen on it.
 */
#define LZ_TYPE_CASE_MAP (lz_case_map_get_type ())
G_DECLARE_FINAL_TYPE (LzCaseMap, lz_case_map, LZ, CASE_MAP, GtkWidget)

void lz_case_map_set_session (LzCaseMap *self, LzSession *session);
void lz_case_map_select (LzCaseMap *self, gint64 fid);
/* @pins: (transfer full) */
void lz_case_map_take_pins (LzCaseMap *self, LzPins *pins);

G_END_DECLS
