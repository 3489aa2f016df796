/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-firm-cases.h"
#include "lz-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LzFirmChoice:
 *
 * Two rows that choose a hauling firm on file and one of its vehicles, or type a plate.
 *
 * Signal `changed`: something else is chosen.
 */
#define LZ_TYPE_FIRM_CHOICE (lz_firm_choice_get_type ())
G_DECLARE_FINAL_TYPE (LzFirmChoice, lz_firm_choice, LZ, FIRM_CHOICE, GtkWidget)

void lz_firm_choice_set_session (LzFirmChoice *self, LzSession *session);
/* What is chosen once the firms are read. */
void lz_firm_choice_set (LzFirmChoice *self, const LzId *firm, const char *plate);
/* Whether cases of this category are about a hauling firm; FALSE while that is being read. */
gboolean lz_firm_choice_is_for (LzFirmChoice *self, const char *category);
/* FALSE: no firm is chosen. */
gboolean lz_firm_choice_get (LzFirmChoice *self, LzId *firm, char **plate);

/* Asks which firm and vehicle a case is about, and notes it.
 * @link: (nullable): what it says so far */
void
lz_firm_name_ask (GtkWindow *parent, LzSession *session, const LzId *kase, const LzFirmLink *link);

G_END_DECLS
