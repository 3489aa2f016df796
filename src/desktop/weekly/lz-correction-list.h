/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-weekly-data.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzCorrectionList:
 *
 * What would come out differently now, of a published bulletin: figure by figure, with the cases
 * behind it; and the corrections that were published.
 */
#define LZ_TYPE_CORRECTION_LIST (lz_correction_list_get_type ())
G_DECLARE_FINAL_TYPE (LzCorrectionList, lz_correction_list, LZ, CORRECTION_LIST, GtkWidget)

/* Hidden unless there is something to say. */
void lz_correction_list_show (LzCorrectionList *self, const LzWeeklyData *data);

G_END_DECLS
