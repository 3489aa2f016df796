/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-event"

#include "config.h"

#include "lz-civil.h"
#include "lz-rules.h"
#include "lz-tsv.h"

#include <glib/gi18n-lib.h>

#define MINUTE_MS   G_GINT64_CONSTANT (60000)
#define DAY_MS      G_GINT64_CONSTANT (86400000)
#define MAX_MINUTES (366 * 24 * 60)

typedef struct
{
  gint64 limit_ms;
  LzClock clock;
} Stage;

struct _LzRules
{
  gint64 values[LZ_N_RULES];
  Stage stages[LZ_N_STATES];
};

static const char *const keys[LZ_N_RULES] = {
  [LZ_RULE_SIMILAR_M] = "similar_m",
  [LZ_RULE_SIMILAR_HOURS] = "similar_hours",
  [LZ_RULE_MERGE_DAYS] = "merge_days",
  [LZ_RULE_RECURS_M] = "recurs_m",
  [LZ_RULE_RECURS_DAYS] = "recurs_days",
  [LZ_RULE_PHOTO_FAR_M] = "photo_far_m",
  [LZ_RULE_PHOTO_EARLY_HOURS] = "photo_early_hours",
  [LZ_RULE_PHOTO_LATE_MINUTES] = "photo_late_minutes",
  [LZ_RULE_PAIR_FAR_M] = "pair_far_m",
  [LZ_RULE_CLOCK_OFF_MINUTES] = "clock_off_minutes",
  [LZ_RULE_SENT_BACK_DAYS] = "sent_back_days",
};

static const char *const rule_columns[] = { "key", "value", NULL };
static const char *const stage_columns[] = { "state", "minutes", "clock", NULL };

static gboolean
read_rules (LzRules *self, const LzTsv *tsv, GError **error)
{
  gboolean seen[LZ_N_RULES] = { FALSE };

  for (guint row = 0; row < lz_tsv_get_n_rows (tsv); row++)
    for (guint i = 0; i < LZ_N_RULES; i++)
      {
        guint value = 0;

        if (!g_str_equal (lz_tsv_get (tsv, row, 0), keys[i]))
          continue;
        if (seen[i])
          return lz_tsv_set_error (tsv, row, 0, "is there twice", error);
        if (!lz_tsv_get_uint (tsv, row, 1, 0, G_MAXINT32, &value, error))
          return FALSE;
        self->values[i] = value;
        seen[i] = TRUE;
      }
  for (guint i = 0; i < LZ_N_RULES; i++)
    if (!seen[i])
      {
        g_autofree char *problem = g_strdup_printf ("lacks “%s”", keys[i]);

        return lz_tsv_set_error (tsv, 0, 0, problem, error);
      }
  return TRUE;
}

static gboolean
read_stages (LzRules *self, const LzTsv *tsv, GError **error)
{
  for (guint row = 0; row < lz_tsv_get_n_rows (tsv); row++)
    {
      guint minutes = 0;
      LzState state;
      Stage *stage;

      if (!lz_state_from_string (lz_tsv_get (tsv, row, 0), &state) || !lz_state_is_open (state))
        return lz_tsv_set_error (tsv, row, 0, "is no state in which a case waits", error);
      stage = &self->stages[state];
      if (stage->limit_ms != 0)
        return lz_tsv_set_error (tsv, row, 0, "is there twice", error);
      if (!lz_tsv_get_uint (tsv, row, 1, 1, MAX_MINUTES, &minutes, error))
        return FALSE;
      if (!lz_clock_from_string (lz_tsv_get (tsv, row, 2), &stage->clock))
        return lz_tsv_set_error (tsv, row, 2, "is no clock", error);
      stage->limit_ms = minutes * MINUTE_MS;
    }
  return TRUE;
}

LzRules *
lz_rules_parse (GBytes *rules, GBytes *stages, GError **error)
{
  g_autoptr (LzTsv) rule_tsv = lz_tsv_parse (rules, rule_columns, error);
  g_autoptr (LzTsv) stage_tsv =
      rule_tsv != NULL ? lz_tsv_parse (stages, stage_columns, error) : NULL;
  g_autoptr (LzRules) self = g_new0 (LzRules, 1);

  if (stage_tsv == NULL || !read_rules (self, rule_tsv, error) ||
      !read_stages (self, stage_tsv, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
lz_rules_free (LzRules *self)
{
  g_free (self);
}

gint64
lz_rules_get (const LzRules *self, LzRule rule)
{
  g_return_val_if_fail (self != NULL && (guint) rule < LZ_N_RULES, 0);

  return self->values[rule];
}

gint64
lz_rules_stage_due (const LzRules *self,
                    const LzCalendar *calendar,
                    LzState state,
                    gint64 stage_ms,
                    gint64 *warn_ms)
{
  const Stage *stage;

  g_return_val_if_fail (self != NULL && (guint) state < LZ_N_STATES, 0);

  stage = &self->stages[state];
  if (warn_ms != NULL)
    *warn_ms = 0;
  if (stage->limit_ms == 0 || stage_ms == 0)
    return 0;
  if (warn_ms != NULL)
    *warn_ms = lz_calendar_advance (calendar, stage->clock, stage_ms,
                                    lz_calendar_warn_ms (stage->limit_ms));
  return lz_calendar_advance (calendar, stage->clock, stage_ms, stage->limit_ms);
}

/* The last moment from which more than @limit_ms have been counted up to @now_ms. */
static gint64
go_back (const LzCalendar *calendar, LzClock clock, gint64 now_ms, gint64 limit_ms)
{
  gint64 low = now_ms - limit_ms, high = now_ms; /* low counts enough, high does not */

  while (lz_calendar_elapsed (calendar, clock, low, now_ms) <= limit_ms)
    low -= MAX (limit_ms, DAY_MS);
  while (high - low > 1)
    {
      gint64 middle = low + (high - low) / 2;

      if (lz_calendar_elapsed (calendar, clock, middle, now_ms) > limit_ms)
        low = middle;
      else
        high = middle;
    }
  return low;
}

gint64
lz_rules_stage_cutoff (const LzRules *self,
                       const LzCalendar *calendar,
                       LzState state,
                       gint64 now_ms,
                       gint64 *warn_ms)
{
  const Stage *stage;

  g_return_val_if_fail (self != NULL && (guint) state < LZ_N_STATES, 0);

  stage = &self->stages[state];
  if (warn_ms != NULL)
    *warn_ms = 0;
  if (stage->limit_ms == 0)
    return 0;
  if (warn_ms != NULL)
    *warn_ms = go_back (calendar, stage->clock, now_ms, lz_calendar_warn_ms (stage->limit_ms));
  return go_back (calendar, stage->clock, now_ms, stage->limit_ms);
}

gint64
lz_calendar_day_end (const LzCalendar *calendar, gint64 at_ms)
{
  gint64 offset_ms = lz_calendar_get_utc_offset_min (calendar) * MINUTE_MS;

  return (lz_floor_div (at_ms + offset_ms, DAY_MS) + 1) * DAY_MS - offset_ms;
}

LzDueDay
lz_due_day (const LzCalendar *calendar, gint64 due_ms, gint64 stopped_ms, gint64 now_ms)
{
  gint64 day_end_ms;

  if (due_ms == 0)
    return LZ_DUE_NONE;
  if ((stopped_ms != 0 ? stopped_ms : now_ms) > due_ms)
    return LZ_DUE_OVERDUE;
  if (stopped_ms != 0)
    return LZ_DUE_NONE;

  day_end_ms = lz_calendar_day_end (calendar, now_ms);
  if (due_ms < day_end_ms)
    return LZ_DUE_TODAY;
  return due_ms < day_end_ms + DAY_MS ? LZ_DUE_TOMORROW : LZ_DUE_LATER;
}

const char *
lz_due_day_to_string (LzDueDay day)
{
  static const char *const names[] = { "none", "overdue", "today", "tomorrow", "later" };

  g_return_val_if_fail ((guint) day < G_N_ELEMENTS (names), NULL);

  return names[day];
}

const char *
lz_due_day_label (LzDueDay day)
{
  static const char *const labels[] = { "", N_ ("Overdue"), N_ ("Due today"), N_ ("Due tomorrow"),
                                        N_ ("Due later") };

  g_return_val_if_fail ((guint) day < G_N_ELEMENTS (labels), NULL);

  return *labels[day] != '\0' ? _ (labels[day]) : "";
}
