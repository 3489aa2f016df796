/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-tally"

#include "config.h"

#include "lz-tally-groups.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define N_RECENT 256

struct _LzTally
{
  LzTallyBy by;
  LzTallySpan span;
  LzTallyMaps maps;
  GHashTable *groups; /* value → LzTallyGroup */
  GPtrArray *order;
  LzTallyGroup *recent[N_RECENT]; /* by mix_value(): most cases are in a group of a case before */
};

static const struct
{
  const char *key;
  const char *label;
} bys[LZ_N_BYS] = {
  [LZ_BY_ALL] = { "all", N_ ("Total") },
  [LZ_BY_DIMENSION] = { "dimension", N_ ("By Dimension") },
  [LZ_BY_CATEGORY] = { "category", N_ ("By Category") },
  [LZ_BY_SUBDISTRICT] = { "subdistrict", N_ ("By Subdistrict") },
  [LZ_BY_COMMUNITY] = { "community", N_ ("By Community") },
  [LZ_BY_ROAD] = { "road", N_ ("By Road") },
  [LZ_BY_CHIEF] = { "chief", N_ ("By Road Chief") },
  [LZ_BY_UNIT] = { "unit", N_ ("By Unit") },
  [LZ_BY_INSPECTOR] = { "inspector", N_ ("By Inspector") },
  [LZ_BY_SOURCE] = { "source", N_ ("By Source") },
  [LZ_BY_HOUR] = { "hour", N_ ("By Hour") },
  [LZ_BY_WEEKDAY] = { "weekday", N_ ("By Weekday") },
  [LZ_BY_DAY] = { "day", N_ ("By Day") },
  [LZ_BY_ROAD_HOUR] = { "road_hour", N_ ("By Road and Hour") },
  [LZ_BY_DIMENSION_SUBDISTRICT] = { "dimension_subdistrict", N_ ("By Dimension and Subdistrict") },
  [LZ_BY_DIMENSION_ROAD] = { "dimension_road", N_ ("By Dimension and Road") },
  [LZ_BY_DIMENSION_UNIT] = { "dimension_unit", N_ ("By Dimension and Unit") },
  [LZ_BY_DIMENSION_COMMUNITY] = { "dimension_community", N_ ("By Dimension and Community") },
  [LZ_BY_ROAD_WEEKDAY] = { "road_weekday", N_ ("By Road and Weekday") },
};

const char *
lz_tally_by_to_string (LzTallyBy by)
{
  g_return_val_if_fail ((guint) by < LZ_N_BYS, NULL);

  return bys[by].key;
}

gboolean
lz_tally_by_from_string (const char *text, LzTallyBy *by)
{
  for (guint i = 0; i < LZ_N_BYS; i++)
    if (strcmp (bys[i].key, text) == 0)
      {
        *by = (LzTallyBy) i;
        return TRUE;
      }
  return FALSE;
}

const char *
lz_tally_by_label (LzTallyBy by)
{
  g_return_val_if_fail ((guint) by < LZ_N_BYS, NULL);

  return _ (bys[by].label);
}

/* -- groups -------------------------------------------------------------------------------------
 */

static void
group_free (gpointer data)
{
  LzTallyGroup *group = data;

  g_free (group->value);
  g_array_unref (group->times);
  g_free (group);
}

LzTally *
lz_tally_new (LzTallyBy by, const LzTallySpan *span, const LzTallyMaps *maps)
{
  LzTally *self = g_new0 (LzTally, 1);

  self->by = by;
  self->span = *span;
  if (maps != NULL)
    self->maps = *maps;
  self->groups = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, group_free);
  self->order = g_ptr_array_new ();
  return self;
}

void
lz_tally_free (LzTally *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->order);
  g_hash_table_unref (self->groups);
  g_free (self);
}

/* A place in LzTally.recent; looks at the ends only, where names and ids differ. */
static guint
mix_value (const char *value)
{
  gsize n = strlen (value);
  guint64 first = 0, last = 0;

  memcpy (&first, value, MIN (n, sizeof first));
  if (n > sizeof last)
    memcpy (&last, value + n - sizeof last, sizeof last);
  first = (first ^ (last * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15)) ^ n) *
          G_GUINT64_CONSTANT (0xff51afd7ed558ccd);
  return (guint) (first >> 40) % N_RECENT;
}

static LzTallyGroup *
add_group (LzTally *self, const char *value)
{
  LzTallyGroup *group = g_new0 (LzTallyGroup, 1);

  group->value = g_strdup (value);
  group->times = g_array_new (FALSE, FALSE, sizeof (LzHandlingTime));
  g_hash_table_insert (self->groups, group->value, group);
  g_ptr_array_add (self->order, group);
  return group;
}

static LzTallyGroup *
ensure_group (LzTally *self, const char *value)
{
  LzTallyGroup **recent = &self->recent[mix_value (value)];

  if (*recent != NULL && strcmp ((*recent)->value, value) == 0)
    return *recent;
  *recent = g_hash_table_lookup (self->groups, value);
  if (*recent == NULL)
    *recent = add_group (self, value);
  return *recent;
}

/* -- adding -------------------------------------------------------------------------------------
 */

LzHandlingTime
lz_tally_measure (const LzCalendar *calendar, const LzFigures *figures)
{
  LzHandlingTime time = { 0 };

  for (guint i = 0; i < figures->n_runs; i++)
    {
      LzRun run = figures->runs[i];
      gint64 to_ms = run.to_ms != 0 ? run.to_ms : figures->done_ms;

      if (to_ms <= run.from_ms)
        continue;
      time.calendar_ms += to_ms - run.from_ms;
      time.clock_ms += lz_calendar_elapsed (calendar, figures->clock, run.from_ms, to_ms);
    }
  return time;
}

static void
add_timed (LzTally *self, const LzFigures *figures, guint64 bits)
{
  LzTallyGroup *group = NULL;
  gint64 group_ms = 0;

  /* Neighbours mostly count for the same moment. */
  for (guint64 left = bits; left != 0; left &= left - 1)
    {
      guint i = (guint) __builtin_ctzll (left);
      gint64 at_ms = lz_count_time ((LzCount) i, figures, &self->span);

      if (group == NULL || at_ms != group_ms)
        {
          LzTallyMembership members;

          lz_tally_find_time (self->by, figures, at_ms, self->span.period.utc_offset_min, &members);
          group = ensure_group (self, members.values[0]);
          group_ms = at_ms;
        }
      group->counts[i]++;
    }
}

void
lz_tally_add (LzTally *self, const LzFigures *figures, guint64 bits, const LzHandlingTime *time)
{
  gboolean handled = (bits & LZ_COUNT_BIT (LZ_COUNT_HANDLED)) != 0;
  LzTallyMembership members;

  if (bits == 0)
    return;
  if (lz_tally_by_is_timed (self->by))
    {
      add_timed (self, figures, bits);
      return;
    }

  lz_tally_find_groups (self->by, figures, &self->maps, &members);
  for (guint k = 0; k < members.n; k++)
    {
      LzTallyGroup *group = ensure_group (self, members.values[k]);

      for (guint64 left = bits; left != 0; left &= left - 1)
        group->counts[__builtin_ctzll (left)]++;
      if (handled)
        g_array_append_vals (group->times, time, 1);
    }
}

/* Sums of the groups of which finer way to set out; of none: LZ_BY_ALL, which is nobody's part. */
static const LzTallyBy sums_of[LZ_N_BYS] = {
  [LZ_BY_ALL] = LZ_BY_DIMENSION_ROAD,       [LZ_BY_DIMENSION] = LZ_BY_DIMENSION_ROAD,
  [LZ_BY_ROAD] = LZ_BY_DIMENSION_ROAD,      [LZ_BY_CHIEF] = LZ_BY_DIMENSION_ROAD,
  [LZ_BY_COMMUNITY] = LZ_BY_DIMENSION_ROAD, [LZ_BY_DIMENSION_COMMUNITY] = LZ_BY_DIMENSION_ROAD,
  [LZ_BY_UNIT] = LZ_BY_DIMENSION_UNIT,      [LZ_BY_SUBDISTRICT] = LZ_BY_DIMENSION_SUBDISTRICT,
};

LzTallyBy
lz_tally_by_get_finer (LzTallyBy by, guint among)
{
  LzTallyBy finer = sums_of[by];

  return finer != LZ_BY_ALL && (among & 1u << finer) != 0 ? finer : by;
}

/* What is alike in all cases of a group by dimension and something. */
static void
read_pair (LzTallyBy by, const char *value, LzFigures *alike)
{
  const char *space = strchr (value, ' ');
  g_autofree char *dimension = g_strndup (value, (gsize) (space - value));

  lz_dimension_from_string (dimension, &alike->dimension);
  if (by == LZ_BY_DIMENSION_ROAD)
    lz_id_parse (space + 1, &alike->road);
  else if (by == LZ_BY_DIMENSION_UNIT)
    alike->unit = (char *) space + 1;
  else
    alike->feed = (char *) space + 1;
}

void
lz_tally_sum_up (LzTally *self, const LzTally *finer)
{
  g_return_if_fail (sums_of[self->by] == finer->by && finer->by != LZ_BY_ALL);

  for (guint i = 0; i < finer->order->len; i++)
    {
      const LzTallyGroup *from = g_ptr_array_index (finer->order, i);
      LzFigures alike = { 0 };
      LzTallyMembership members;

      read_pair (finer->by, from->value, &alike);
      lz_tally_find_groups (self->by, &alike, &self->maps, &members);
      for (guint k = 0; k < members.n; k++)
        {
          LzTallyGroup *group = ensure_group (self, members.values[k]);

          for (guint c = 0; c < LZ_N_COUNTS; c++)
            group->counts[c] += from->counts[c];
          g_array_append_vals (group->times, from->times->data, from->times->len);
        }
    }
}

void
lz_tally_set_group (LzTally *self, const char *value, const gint64 *counts)
{
  memcpy (ensure_group (self, value)->counts, counts, sizeof (gint64) * LZ_N_COUNTS);
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(LzTallyGroup *const *) a)->value, (*(LzTallyGroup *const *) b)->value);
}

void
lz_tally_finish (LzTally *self)
{
  g_ptr_array_sort (self->order, compare_groups);
}

LzTallyBy
lz_tally_get_by (const LzTally *self)
{
  return self->by;
}

guint
lz_tally_get_n_groups (const LzTally *self)
{
  return self->order->len;
}

const LzTallyGroup *
lz_tally_get_group (const LzTally *self, guint index)
{
  g_return_val_if_fail (index < self->order->len, NULL);

  return g_ptr_array_index (self->order, index);
}

const LzTallyGroup *
lz_tally_find (const LzTally *self, const char *value)
{
  return g_hash_table_lookup (self->groups, value);
}

LzRatio
lz_tally_group_get_rate (const LzTallyGroup *self, LzRate rate)
{
  return (LzRatio){ self->counts[lz_rate_get_part (rate)], self->counts[lz_rate_get_whole (rate)] };
}

/* The value that would be at @rank if @times were in order (Hoare's selection); it is shuffled. */
static gint64
select_rank (gint64 *times, guint n, guint rank)
{
  gint64 low = 0, high = (gint64) n - 1;

  while (low < high)
    {
      gint64 pivot = times[low + (high - low) / 2];
      gint64 i = low, k = high;

      while (i <= k)
        {
          while (times[i] < pivot)
            i++;
          while (times[k] > pivot)
            k--;
          if (i <= k)
            {
              gint64 swapped = times[i];

              times[i++] = times[k];
              times[k--] = swapped;
            }
        }
      if ((gint64) rank <= k)
        high = k;
      else if ((gint64) rank >= i)
        low = i;
      else
        break;
    }
  return times[rank];
}

gboolean
lz_tally_group_get_quantile (const LzTallyGroup *self, gboolean by_clock, guint percent, gint64 *ms)
{
  g_autofree gint64 *times = NULL;
  guint n = self->times->len;

  g_return_val_if_fail (percent > 0 && percent <= 100, FALSE);

  if (n == 0)
    return FALSE;
  /* Few are ever asked for: cheaper than to keep all of them in order. */
  times = g_new (gint64, n);
  for (guint i = 0; i < n; i++)
    {
      const LzHandlingTime *time = &g_array_index (self->times, LzHandlingTime, i);

      times[i] = by_clock ? time->clock_ms : time->calendar_ms;
    }
  *ms = select_rank (times, n, (guint) (((guint64) n * percent + 99) / 100) - 1);
  return TRUE;
}
