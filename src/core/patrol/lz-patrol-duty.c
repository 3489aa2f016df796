/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-patrol"

#include "config.h"

#include "lz-patrol-duty.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* So far back nobody asks: ten years of days. */
#define MAX_PERIODS 3700

void
lz_patrol_visit_free (LzPatrolVisit *self)
{
  if (self == NULL)
    return;

  g_free (self->person);
  g_clear_pointer (&self->spans, g_array_unref);
  g_free (self);
}

void
lz_patrol_duty_free (LzPatrolDuty *self)
{
  if (self == NULL)
    return;

  g_free (self->road_name);
  g_free (self->person);
  g_free (self);
}

static void
free_duty (gpointer data)
{
  lz_patrol_duty_free (data);
}

static void
free_visit (gpointer data)
{
  lz_patrol_visit_free (data);
}

GPtrArray *
lz_patrol_duties_new (void)
{
  return g_ptr_array_new_with_free_func (free_duty);
}

GPtrArray *
lz_patrol_visits_new (void)
{
  return g_ptr_array_new_with_free_func (free_visit);
}

const char *
lz_patrol_duty_state_to_string (LzPatrolDutyState state)
{
  static const char *const names[] = { "due", "done", "missed" };

  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (names), NULL);

  return names[state];
}

const char *
lz_patrol_duty_state_label (LzPatrolDutyState state)
{
  switch (state)
    {
    case LZ_PATROL_DONE:
      return C_ ("patrol", "Done");
    case LZ_PATROL_MISSED:
      return C_ ("patrol", "Missed");
    case LZ_PATROL_DUE:
    default:
      return C_ ("patrol", "Due");
    }
}

static gboolean
is_of (const LzPatrolVisit *visit, const LzPatrolCharge *charge)
{
  return lz_id_equal (&visit->road, &charge->road) && strcmp (visit->person, charge->person) == 0;
}

static guint
get_percent (const GArray *spans, gint64 length_cm)
{
  if (length_cm <= 0)
    return spans->len > 0 ? 100 : 0;
  return (guint) CLAMP (lz_spans_length_cm (spans) * 100 / length_cm, 0, 100);
}

static LzPatrolDuty *
make_duty (const LzPatrolCharge *charge,
           const LzPatrolRule *rule,
           const LzPatrolPeriod *period,
           const GPtrArray *visits,
           gint64 now_ms)
{
  LzPatrolDuty *duty = g_new0 (LzPatrolDuty, 1);
  g_autoptr (GArray) spans = lz_spans_new ();

  *duty = (LzPatrolDuty){ .road = charge->road,
                          .road_name = g_strdup (charge->road_name),
                          .person = g_strdup (charge->person),
                          .level = charge->level,
                          .rule = *rule,
                          .period = *period };
  duty->rule.source = NULL;
  for (guint i = 0; i < visits->len; i++)
    {
      const LzPatrolVisit *visit = visits->pdata[i];

      if (!is_of (visit, charge))
        continue;
      duty->last_ms = MAX (duty->last_ms, visit->until_ms);
      if (visit->from_ms >= period->from_ms && visit->from_ms < period->until_ms)
        lz_spans_add_all (spans, visit->spans);
    }

  duty->percent = get_percent (spans, charge->length_cm);
  if (duty->percent >= rule->percent)
    duty->state = LZ_PATROL_DONE;
  else
    duty->state = period->due_ms <= now_ms ? LZ_PATROL_MISSED : LZ_PATROL_DUE;
  return duty;
}

void
lz_patrol_duties (const LzPatrolRules *rules,
                  const LzCalendar *calendar,
                  const LzPatrolCharge *charge,
                  const GPtrArray *visits,
                  gint64 from_ms,
                  gint64 now_ms,
                  GPtrArray *duties)
{
  const LzPatrolRule *rule;
  LzPatrolPeriod period;

  g_return_if_fail (rules != NULL && calendar != NULL && charge != NULL);
  g_return_if_fail (visits != NULL && duties != NULL);

  rule = lz_patrol_rules_find (rules, charge->level);
  if (rule == NULL)
    return;

  from_ms = MAX (from_ms, charge->since_ms);
  for (guint i = 0; from_ms <= now_ms && i < MAX_PERIODS; i++, from_ms = period.until_ms)
    {
      gboolean owed = lz_patrol_period_at (rule, calendar, from_ms, &period);
      LzPatrolDuty *duty;

      if (!owed)
        continue;
      duty = make_duty (charge, rule, &period, visits, now_ms);
      if (duty->state == LZ_PATROL_MISSED && charge->since_ms > period.from_ms)
        lz_patrol_duty_free (duty);
      else
        g_ptr_array_add (duties, duty);
    }
}
