/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-bulletin-text.h"
#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzTypicalCases:
 *
 * The typical cases of a bulletin, with their photos before and after; words can be edited, cases
 * moved and removed.
 *
 * Signal `changed`: somebody edited something.
 * Signal `case-wanted` (const LzId *id): show this case.
 */
#define LZ_TYPE_TYPICAL_CASES (lz_typical_cases_get_type ())
G_DECLARE_FINAL_TYPE (LzTypicalCases, lz_typical_cases, LZ, TYPICAL_CASES, GtkWidget)

GtkWidget *lz_typical_cases_new (LzSession *session);
/* (element-type LzTypicalCase): copied. */
void lz_typical_cases_show (LzTypicalCases *self, const GPtrArray *cases, gboolean editable);
/* Adds them to a text. */
void lz_typical_cases_collect (LzTypicalCases *self, LzBulletinText *text);

/* A case with its photos, as a row: also for choosing. */
GtkWidget *lz_typical_case_make_photos (LzSession *session, const LzTypicalCase *of);

G_END_DECLS
