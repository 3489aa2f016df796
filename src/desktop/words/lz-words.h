/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-catalogue.h"
#include "lz-event.h"
#include "lz-state.h"

G_BEGIN_DECLS

/*
 * How times, places and lengths are put into words for the window.  Pure functions; times are ms
 * UTC and shown in the zone @offset_min minutes east of it; results are (transfer full).
 */

char *lz_words_dup_time (gint64 at_ms, gint64 now_ms, int offset_min);
char *lz_words_dup_date_time (gint64 at_ms, int offset_min);
char *lz_words_dup_due (gint64 due_ms, gint64 now_ms, int offset_min);
/* "3 h 2 min", "2 d 5 h" */
char *lz_words_dup_span (gint64 span_ms);
char *lz_words_dup_left (gint64 due_ms, gint64 now_ms);
char *lz_words_dup_deadline (gint64 due_ms, gint64 stopped_ms, gint64 now_ms, int offset_min);
char *lz_words_dup_stage (gint64 due_ms, gint64 now_ms, int offset_min);
char *lz_words_dup_place (const char *road_name, gint64 chainage_cm, gint64 offset_cm, LzSide side);
char *lz_words_dup_coordinates (LzPoint place);
char *lz_words_dup_length (double length_m);
/* "dispatcher, administrator" of bits of #LzRole */
char *lz_words_dup_roles (guint roles);

const char *lz_words_get_state_class (LzState state);
const char *lz_words_get_lamp_class (LzLamp lamp);
const char *lz_words_get_lamp_icon (LzLamp lamp);

/* The person reads Chinese: the trade's own names are shown, not their English ones. */
gboolean lz_words_is_chinese (void);
/* A category's name in the person's language; its code where the catalogue does not know it. */
const char *lz_words_get_category (const LzCatalogue *catalogue, const char *code);

G_END_DECLS
