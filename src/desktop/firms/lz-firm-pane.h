/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-firm-jobs.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzFirmPane:
 *
 * One hauling firm: where it stands, what waits for a decision, its cases, charges and vehicles.
 * Its buttons activate the window's actions "firms.decide" (a #LzFirmDeed), "firms.charge" (id of
 * the case, rule), "firms.show-case" (id).
 */
#define LZ_TYPE_FIRM_PANE (lz_firm_pane_get_type ())
G_DECLARE_FINAL_TYPE (LzFirmPane, lz_firm_pane, LZ, FIRM_PANE, GtkWidget)

/* @firm: (nullable): of @file */
void lz_firm_pane_show (LzFirmPane *self,
                        LzSession *session,
                        const LzFirmFile *file,
                        const LzFirm *firm,
                        int year);

/* The class of the mark beside a standing, and its picture. */
const char *lz_firm_get_standing_icon (LzCreditStanding standing);
const char *lz_firm_get_standing_class (LzCreditStanding standing);

G_END_DECLS
