/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-bulletin-text.h"
#include "lz-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LzCaseChooser:
 *
 * A window in which typical cases are chosen among those of the period that have photos.
 *
 * Signal `chosen` (GPtrArray *cases): #LzTypicalCase, in the order of the list; lent.
 */
#define LZ_TYPE_CASE_CHOOSER (lz_case_chooser_get_type ())
G_DECLARE_FINAL_TYPE (LzCaseChooser, lz_case_chooser, LZ, CASE_CHOOSER, AdwWindow)

/* @chosen: (element-type LzTypicalCase): those that are chosen already; copied. */
GtkWindow *lz_case_chooser_new (GtkWindow *parent,
                                LzSession *session,
                                const LzPeriod *period,
                                const GPtrArray *chosen);

G_END_DECLS
