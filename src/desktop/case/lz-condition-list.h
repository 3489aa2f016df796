/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-catalogue.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzConditionList:
 *
 * The filing conditions of a category, whole, each with its limit; one of them is picked.
 */
#define LZ_TYPE_CONDITION_LIST (lz_condition_list_get_type ())
G_DECLARE_FINAL_TYPE (LzConditionList, lz_condition_list, LZ, CONDITION_LIST, GtkWidget)

/* @category: (nullable); @picked: number of the condition to begin with, 0 = the first */
void
lz_condition_list_set_category (LzConditionList *self, const LzCategory *category, guint picked);
/* Lent by the category; NULL without one. */
const LzCondition *lz_condition_list_get_picked (LzConditionList *self);

G_END_DECLS
