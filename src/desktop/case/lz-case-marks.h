/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-case-facts.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzCaseMarks:
 *
 * What is said of a case beside its state: supervised, appealed, extended, suspended until, who
 * assists, which case it goes back to or went into.  Hidden where there is nothing to say.
 */
#define LZ_TYPE_CASE_MARKS (lz_case_marks_get_type ())
G_DECLARE_FINAL_TYPE (LzCaseMarks, lz_case_marks, LZ, CASE_MARKS, GtkWidget)

/* @facts: lent, not kept */
void lz_case_marks_show (LzCaseMarks *self, LzSession *session, const LzCaseFacts *facts);

G_END_DECLS
