/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-credit.h"
#include "lz-records.h"

G_BEGIN_DECLS

/**
 * SECTION: firms
 *
 * Firms that haul construction waste, with their vehicles and their credit (plan, task 5 (1);
 * domain §5.4).  Records of type %LZ_RECORD_FIRM: facts "name", "licence", "keeper", "phone",
 * "plates" (list of texts).  Blocking functions over a station.
 */

/* The office's own table "credit.tsv", else the built-in one. */
LzCreditRules *lz_firms_dup_rules (LzStation *station, GError **error);

/**
 * LzFirm:
 * @credit: in the year asked for
 */
typedef struct
{
  LzRecord *record;
  LzCredit credit;
} LzFirm;

void lz_firm_free (LzFirm *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzFirm, lz_firm_free)

GPtrArray *lz_firms_list (LzStation *station, int year, GError **error);
LzFirm *lz_firms_load (LzStation *station, const LzId *id, int year, GError **error);
LzFirm *lz_firms_find (LzStation *station, const char *name, int year, GError **error);

gboolean
lz_firms_save (LzStation *station, const LzId *id, JsonObject *facts, LzId *made, GError **error);
gboolean lz_firms_charge (LzStation *station,
                          const LzId *firm,
                          const LzId *kase,
                          const char *rule,
                          GError **error);

/* The calendar year of the station's present, and the first moment of one, in the office's zone. */
int lz_firms_get_year (LzStation *station);
gint64 lz_firms_begin_of_year (LzStation *station, int year);

/* What an official decides; each needs a reason. */
gboolean
lz_firms_blacklist (LzStation *station, const LzId *firm, const char *reason, GError **error);
gboolean lz_firms_spare (LzStation *station, const LzId *firm, const char *reason, GError **error);
/* Takes it off file; that stays in the log. */
gboolean lz_firms_retire (LzStation *station, const LzId *firm, const char *reason, GError **error);
gboolean lz_firms_clear (LzStation *station, const LzId *firm, const char *reason, GError **error);

G_END_DECLS
