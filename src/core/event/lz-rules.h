/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-calendar.h"
#include "lz-state.h"

G_BEGIN_DECLS

/**
 * LzRule:
 *
 * The thresholds of the loop that are data (`data/rules/rules.tsv`); units are in their names
 * there.
 */
typedef enum
{
  LZ_RULE_SIMILAR_M,
  LZ_RULE_SIMILAR_HOURS,
  LZ_RULE_MERGE_DAYS,
  LZ_RULE_RECURS_M,
  LZ_RULE_RECURS_DAYS,
  LZ_RULE_PHOTO_FAR_M,
  LZ_RULE_PHOTO_EARLY_HOURS,
  LZ_RULE_PHOTO_LATE_MINUTES,
  LZ_RULE_PAIR_FAR_M,
  LZ_RULE_CLOCK_OFF_MINUTES,
  LZ_RULE_SENT_BACK_DAYS,
  LZ_N_RULES
} LzRule;

/**
 * LzRules:
 *
 * An office's thresholds and stage limits as data with a version.  Built once, then only read; any
 * thread.
 */
typedef struct _LzRules LzRules;

/**
 * lz_rules_parse:
 * @rules: a table such as `data/rules/rules.tsv`; every key must be there
 * @stages: a table such as `data/rules/stages.tsv`; a state that it does not name has no limit
 * @error: (nullable): %LZ_ERROR_INVALID, naming line and column
 *
 * Returns: (transfer full) (nullable): the rules, or %NULL with @error set
 */
LzRules *lz_rules_parse (GBytes *rules, GBytes *stages, GError **error);
void lz_rules_free (LzRules *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzRules, lz_rules_free)

gint64 lz_rules_get (const LzRules *self, LzRule rule);

/**
 * lz_rules_stage_due:
 * @self: rules
 * @calendar: of the office
 * @state: in which a case waits
 * @stage_ms: since when, ms UTC
 * @warn_ms: (out) (nullable): when 80 % of the limit are used up
 *
 * Returns: until when somebody should have moved it on, ms UTC; 0 = no limit
 */
gint64 lz_rules_stage_due (const LzRules *self,
                           const LzCalendar *calendar,
                           LzState state,
                           gint64 stage_ms,
                           gint64 *warn_ms);

/**
 * lz_rules_stage_cutoff:
 * @self: rules
 * @calendar: of the office
 * @state: in which cases wait
 * @now_ms: the moment to judge at
 * @warn_ms: (out) (nullable): the same for 80 % of the limit
 *
 * The inverse of lz_rules_stage_due(), for queries: what entered @state at or before it is late.
 *
 * Returns: that moment, ms UTC; 0 = no limit
 */
gint64 lz_rules_stage_cutoff (const LzRules *self,
                              const LzCalendar *calendar,
                              LzState state,
                              gint64 now_ms,
                              gint64 *warn_ms);

/**
 * LzDueDay:
 *
 * When something is due, by the office's calendar day.
 */
typedef enum
{
  LZ_DUE_NONE, /* no clock runs */
  LZ_DUE_OVERDUE,
  LZ_DUE_TODAY,
  LZ_DUE_TOMORROW,
  LZ_DUE_LATER,
} LzDueDay;

/* The end of the office's day that holds @at_ms: its next midnight, ms UTC. */
gint64 lz_calendar_day_end (const LzCalendar *calendar, gint64 at_ms);
/* @stopped_ms not 0: the clock stands still since then. */
LzDueDay lz_due_day (const LzCalendar *calendar, gint64 due_ms, gint64 stopped_ms, gint64 now_ms);
/* Stable keys, "none", "overdue", "today", "tomorrow", "later". */
const char *lz_due_day_to_string (LzDueDay day);
/* Translated words. */
const char *lz_due_day_label (LzDueDay day);

G_END_DECLS
