/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-period.h"
#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzPeriodPicker:
 *
 * Which week or month is shown: previous, next, week or month, and whether its figures are sealed
 * (published), still running, or counted and not published.  It begins with the last whole period.
 * A period that begins in the future cannot be chosen.
 *
 * Signal `changed`: another period was chosen.
 */
#define LZ_TYPE_PERIOD_PICKER (lz_period_picker_get_type ())
G_DECLARE_FINAL_TYPE (LzPeriodPicker, lz_period_picker, LZ, PERIOD_PICKER, GtkWidget)

void lz_period_picker_set_session (LzPeriodPicker *self, LzSession *session);

/* A set of 1 << %LZ_PERIOD_WEEK and 1 << %LZ_PERIOD_MONTH; 0 hides the picker.  A week or month
 * that can no longer be chosen gives way to the other one around it. */
void lz_period_picker_set_kinds (LzPeriodPicker *self, guint kinds);

/* FALSE until there is a session. */
gboolean lz_period_picker_get_period (LzPeriodPicker *self, LzPeriod *period);
void lz_period_picker_set_period (LzPeriodPicker *self, const LzPeriod *period);

/* What follows; FALSE if that has not begun. */
gboolean lz_period_picker_go (LzPeriodPicker *self, int step);

G_END_DECLS
