/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzUnitChoice:
 *
 * Who handles something and who assists: a field with all known units to pick from, and the units
 * to tick.  Emits "changed" when the responsible unit changes.
 */
#define LZ_TYPE_UNIT_CHOICE (lz_unit_choice_get_type ())
G_DECLARE_FINAL_TYPE (LzUnitChoice, lz_unit_choice, LZ, UNIT_CHOICE, GtkWidget)

void lz_unit_choice_set_units (LzUnitChoice *self, const GPtrArray *units);
void lz_unit_choice_set_chosen (LzUnitChoice *self, const char *unit, const char *assist);
void lz_unit_choice_propose (LzUnitChoice *self, LzSession *session, const LzCase *item);
void lz_unit_choice_offer (LzUnitChoice *self, LzSession *session);
char *lz_unit_choice_dup_unit (LzUnitChoice *self);
char *lz_unit_choice_dup_assist (LzUnitChoice *self);

G_END_DECLS
