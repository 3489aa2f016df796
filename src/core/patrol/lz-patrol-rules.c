/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-patrol"

#include "config.h"

#include "lz-patrol-rules.h"

#include "lz-civil.h"
#include "lz-tsv.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_LEVEL 4
#define DAY_MS    (24 * 3600 * G_GINT64_CONSTANT (1000))

struct _LzPatrolRules
{
  LzPatrolRule rules[MAX_LEVEL + 1]; /* level 0: that one owes nothing */
};

enum
{
  LEVEL,
  PERIOD,
  DAYS,
  PERCENT,
  SOURCE,
};

static const char *const columns[] = { "level", "period", "days", "percent", "source", NULL };

/* By LzPatrolEvery. */
static const char *const periods[] = { "day", "week", "half_month", "month" };

static gboolean
read_row (LzPatrolRules *self, const LzTsv *table, guint row, GError **error)
{
  LzPatrolRule rule = { 0 };
  const char *period = lz_tsv_get (table, row, PERIOD);
  const char *days = lz_tsv_get (table, row, DAYS);

  if (!lz_tsv_get_uint (table, row, LEVEL, 1, MAX_LEVEL, &rule.level, error) ||
      !lz_tsv_get_uint (table, row, PERCENT, 1, 100, &rule.percent, error))
    return FALSE;
  if (self->rules[rule.level].level != 0)
    return lz_tsv_set_error (table, row, LEVEL, "is there twice", error);

  while (rule.every < G_N_ELEMENTS (periods) && strcmp (period, periods[rule.every]) != 0)
    rule.every++;
  if (rule.every == G_N_ELEMENTS (periods))
    return lz_tsv_set_error (table, row, PERIOD, "is not day, week, half_month or month", error);
  rule.workdays = strcmp (days, "work") == 0;
  if (!rule.workdays && strcmp (days, "all") != 0)
    return lz_tsv_set_error (table, row, DAYS, "is neither work nor all", error);

  rule.source = lz_tsv_dup (table, row, SOURCE);
  self->rules[rule.level] = rule;
  return TRUE;
}

LzPatrolRules *
lz_patrol_rules_parse (GBytes *bytes, GError **error)
{
  g_autoptr (LzTsv) table = NULL;
  g_autoptr (LzPatrolRules) self = NULL;

  g_return_val_if_fail (bytes != NULL, NULL);

  table = lz_tsv_parse (bytes, columns, error);
  if (table == NULL)
    return NULL;
  self = g_new0 (LzPatrolRules, 1);
  for (guint row = 0; row < lz_tsv_get_n_rows (table); row++)
    if (!read_row (self, table, row, error))
      return NULL;
  return g_steal_pointer (&self);
}

void
lz_patrol_rules_free (LzPatrolRules *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i <= MAX_LEVEL; i++)
    g_free (self->rules[i].source);
  g_free (self);
}

const LzPatrolRule *
lz_patrol_rules_find (const LzPatrolRules *self, guint level)
{
  g_return_val_if_fail (self != NULL, NULL);

  return level >= 1 && level <= MAX_LEVEL && self->rules[level].level != 0 ? &self->rules[level]
                                                                           : NULL;
}

const char *
lz_patrol_rule_label (const LzPatrolRule *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  switch (self->every)
    {
    case LZ_PATROL_EVERY_DAY:
      return self->workdays ? _ ("every workday") : _ ("every day");
    case LZ_PATROL_EVERY_WEEK:
      return _ ("every week");
    case LZ_PATROL_EVERY_HALF_MONTH:
      return _ ("every half-month");
    case LZ_PATROL_EVERY_MONTH:
    default:
      return _ ("every month");
    }
}

/* First day of the period and the day after its last. */
static void
find_days (LzPatrolEvery every, gint64 day, gint64 *first, gint64 *end)
{
  int year, month, of_month;

  *first = day;
  *end = day + 1;
  if (every == LZ_PATROL_EVERY_DAY)
    return;
  if (every == LZ_PATROL_EVERY_WEEK)
    {
      *first = day - lz_floor_mod (day + 3, 7); /* 1970-01-01 was a Thursday */
      *end = *first + 7;
      return;
    }

  lz_civil_from_days (day, &year, &month, &of_month);
  *first = lz_civil_to_days (year, month, 1);
  *end = month == 12 ? lz_civil_to_days (year + 1, 1, 1) : lz_civil_to_days (year, month + 1, 1);
  if (every == LZ_PATROL_EVERY_HALF_MONTH && of_month <= 15)
    *end = *first + 15;
  else if (every == LZ_PATROL_EVERY_HALF_MONTH)
    *first += 15;
}

gboolean
lz_patrol_period_at (const LzPatrolRule *rule,
                     const LzCalendar *calendar,
                     gint64 at_ms,
                     LzPatrolPeriod *period)
{
  gint64 offset_ms, first, end, last;

  g_return_val_if_fail (rule != NULL && calendar != NULL && period != NULL, FALSE);

  offset_ms = lz_calendar_get_utc_offset_min (calendar) * G_GINT64_CONSTANT (60000);
  find_days (rule->every, lz_floor_div (at_ms + offset_ms, DAY_MS), &first, &end);
  last = end;
  while (rule->workdays && last > first &&
         !lz_calendar_is_working_day (calendar, (last - 1) * DAY_MS - offset_ms))
    last--;

  *period = (LzPatrolPeriod){ first * DAY_MS - offset_ms, end * DAY_MS - offset_ms,
                              last * DAY_MS - offset_ms };
  return last > first;
}
