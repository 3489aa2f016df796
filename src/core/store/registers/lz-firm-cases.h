/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-firms.h"

G_BEGIN_DECLS

/**
 * SECTION: firm-cases
 *
 * Which case is about which hauling firm and vehicle, and what points that comes to.  A case names
 * its firm by the facts `firm` and `plate` of its report or of a note (`case.noted`), legal in
 * every state, since whose truck it was is often known only later; the last such event holds.
 * Blocking functions over a station.
 */

/* Whether a case of this category is one that a hauling firm can be charged for. */
gboolean lz_firms_is_hauling (const LzCreditRules *rules, const char *category);

/**
 * LzFirmLink:
 * @firm: nil = none is named
 * @name: (nullable): of the firm
 * @plate: (nullable): of the vehicle
 *
 * What a case says of firm and vehicle.
 */
typedef struct
{
  LzId firm;
  char *name;
  char *plate;
} LzFirmLink;

void lz_firm_link_clear (LzFirmLink *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LzFirmLink, lz_firm_link_clear)

/* The part of a body that names a firm. */
char *lz_firm_facts_new (const LzId *firm, const char *plate, GError **error);
gboolean lz_firm_facts_read (const char *text, LzFirmLink *link);

gboolean lz_firms_name (LzStation *station,
                        const LzId *kase,
                        const LzId *firm,
                        const char *plate,
                        GError **error);
gboolean
lz_firms_find_link (LzStation *station, const LzId *kase, LzFirmLink *link, GError **error);

/**
 * LzFirmCase:
 * @kase: the case
 * @fid: its row
 * @number: (nullable): its number
 * @category: its code
 * @state: where it stands
 * @plate: (nullable): of the vehicle
 * @rule: (nullable): key of the credit rule
 * @points: taken, or to be taken
 * @at_ms: when they were taken; 0 = not yet
 * @actor: (nullable): who took them
 *
 * A case and what it costs a firm.
 */
typedef struct
{
  LzId kase;
  gint64 fid;
  char *number;
  char *category;
  LzState state;
  char *plate;
  char *rule;
  guint points;
  gint64 at_ms;
  char *actor;
} LzFirmCase;

void lz_firm_case_free (LzFirmCase *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzFirmCase, lz_firm_case_free)

/* (element-type LzFirmCase): the cases that name the firm, the last named first; @rule is the one
 * that the table gives for the category, @at_ms when that was charged. */
GPtrArray *lz_firms_list_cases (LzStation *station, const LzId *firm, GError **error);
/* (element-type LzFirmCase): the charges of the calendar year, the last first. */
GPtrArray *lz_firms_list_charges (LzStation *station, const LzId *firm, int year, GError **error);

/* What an import did. */
typedef struct
{
  guint n_rows;
  guint n_new;
  guint n_changed;
  guint n_same;
} LzFirmImport;

/* Firms from a CSV file with a column "name", and "licence", "keeper", "phone", "plates" (with
 * blanks between) where it has them, or the translated heads of lz_firm_report_write(); a firm of
 * that name is changed.  All or none. */
gboolean
lz_firms_import (LzStation *station, const char *path, LzFirmImport *report, GError **error);

G_END_DECLS
