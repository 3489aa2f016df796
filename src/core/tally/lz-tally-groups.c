/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-tally"

#include "config.h"

#include "lz-civil.h"
#include "lz-tally-groups.h"

#include <string.h>

#define HOUR_MS   G_GINT64_CONSTANT (3600000)
#define MINUTE_MS G_GINT64_CONSTANT (60000)

static void
add_value (LzTallyMembership *members, const char *value)
{
  if (members->n < LZ_TALLY_MAX_GROUPS)
    members->values[members->n++] = value != NULL ? value : "";
}

static void
add_chiefs (LzTallyMembership *members, const LzFigures *figures, GHashTable *chiefs)
{
  GPtrArray *people = chiefs != NULL ? g_hash_table_lookup (chiefs, &figures->road) : NULL;

  for (guint i = 0; people != NULL && i < people->len; i++)
    add_value (members, g_ptr_array_index (people, i));
}

static void
add_road (LzTallyMembership *members, const LzFigures *figures)
{
  if (!lz_id_is_nil (&figures->road))
    lz_id_format (&figures->road, members->buffer);
  add_value (members, members->buffer);
}

static void
add_pair (LzTallyMembership *members, const LzFigures *figures, const char *value)
{
  gsize n =
      g_strlcpy (members->buffer, lz_dimension_to_string (figures->dimension), LZ_TALLY_VALUE_SIZE);

  members->buffer[n++] = ' ';
  g_strlcpy (members->buffer + n, value != NULL ? value : "", LZ_TALLY_VALUE_SIZE - n);
  add_value (members, members->buffer);
}

static void
add_dimension_road (LzTallyMembership *members, const LzFigures *figures)
{
  char road[LZ_ID_STRING_SIZE] = "";

  if (!lz_id_is_nil (&figures->road))
    lz_id_format (&figures->road, road);
  add_pair (members, figures, road);
}

static const char *
find_community (const LzFigures *figures, const LzTallyMaps *maps)
{
  return maps->communities != NULL ? g_hash_table_lookup (maps->communities, &figures->road) : NULL;
}

gboolean
lz_tally_by_is_timed (LzTallyBy by)
{
  return by == LZ_BY_HOUR || by == LZ_BY_WEEKDAY || by == LZ_BY_DAY || by == LZ_BY_ROAD_HOUR ||
         by == LZ_BY_ROAD_WEEKDAY;
}

void
lz_tally_find_groups (LzTallyBy by,
                      const LzFigures *figures,
                      const LzTallyMaps *maps,
                      LzTallyMembership *members)
{
  members->n = 0;
  *members->buffer = '\0';
  switch (by)
    {
    case LZ_BY_ALL:
      add_value (members, "");
      break;
    case LZ_BY_DIMENSION:
      add_value (members, lz_dimension_to_string (figures->dimension));
      break;
    case LZ_BY_CATEGORY:
      add_value (members, figures->category);
      break;
    case LZ_BY_SUBDISTRICT:
      add_value (members, figures->feed);
      break;
    case LZ_BY_COMMUNITY:
      add_value (members, find_community (figures, maps));
      break;
    case LZ_BY_ROAD:
      add_road (members, figures);
      break;
    case LZ_BY_CHIEF:
      add_chiefs (members, figures, maps->chiefs);
      break;
    case LZ_BY_UNIT:
      add_value (members, figures->unit);
      break;
    case LZ_BY_INSPECTOR:
      add_value (members, figures->reporter);
      break;
    case LZ_BY_DIMENSION_SUBDISTRICT:
      add_pair (members, figures, figures->feed);
      break;
    case LZ_BY_DIMENSION_ROAD:
      add_dimension_road (members, figures);
      break;
    case LZ_BY_DIMENSION_UNIT:
      add_pair (members, figures, figures->unit);
      break;
    case LZ_BY_DIMENSION_COMMUNITY:
      add_pair (members, figures, find_community (figures, maps));
      break;
    case LZ_BY_SOURCE:
      add_value (members, lz_source_to_string (figures->source));
      break;
    case LZ_BY_HOUR:
    case LZ_BY_WEEKDAY:
    case LZ_BY_DAY:
    case LZ_BY_ROAD_HOUR:
    case LZ_BY_ROAD_WEEKDAY:
    case LZ_N_BYS:
    default:
      break;
    }
}

void
lz_tally_find_time (LzTallyBy by,
                    const LzFigures *figures,
                    gint64 at_ms,
                    int offset_min,
                    LzTallyMembership *members)
{
  gint64 day = lz_period_day_of (at_ms, offset_min);
  guint hour = (guint) (lz_floor_mod (at_ms + offset_min * MINUTE_MS, 24 * HOUR_MS) / HOUR_MS);
  char *buffer = members->buffer;
  int year, month, of_month;

  members->n = 0;
  *buffer = '\0';
  if (by == LZ_BY_HOUR)
    g_snprintf (buffer, LZ_TALLY_VALUE_SIZE, "%02u", hour);
  else if (by == LZ_BY_WEEKDAY)
    g_snprintf (buffer, LZ_TALLY_VALUE_SIZE, "%u", lz_period_weekday_of (day) + 1);
  else if (by == LZ_BY_DAY)
    {
      lz_civil_from_days (day, &year, &month, &of_month);
      g_snprintf (buffer, LZ_TALLY_VALUE_SIZE, "%04d-%02d-%02d", year, month, of_month);
    }
  else
    {
      if (!lz_id_is_nil (&figures->road))
        lz_id_format (&figures->road, buffer);
      if (by == LZ_BY_ROAD_HOUR)
        g_snprintf (buffer + strlen (buffer), LZ_TALLY_VALUE_SIZE - strlen (buffer), " %02u", hour);
      else
        g_snprintf (buffer + strlen (buffer), LZ_TALLY_VALUE_SIZE - strlen (buffer), " %u",
                    lz_period_weekday_of (day) + 1);
    }
  add_value (members, buffer);
}

static gboolean
has_value (const LzTallyMembership *members, const char *value)
{
  for (guint i = 0; i < members->n; i++)
    if (strcmp (members->values[i], value) == 0)
      return TRUE;
  return FALSE;
}

gboolean
lz_tally_is_within (LzTallyBy by,
                    const char *value,
                    const LzFigures *figures,
                    const LzTallyMaps *maps)
{
  LzTallyMembership members;

  g_return_val_if_fail (!lz_tally_by_is_timed (by), FALSE);

  lz_tally_find_groups (by, figures, maps, &members);
  return has_value (&members, value);
}

gboolean
lz_tally_is_in (LzTallyBy by,
                const char *value,
                LzCount count,
                const LzFigures *figures,
                const LzTallySpan *span,
                const LzTallyMaps *maps)
{
  LzTallyMembership members;

  if ((lz_counts_judge (figures, span) & LZ_COUNT_BIT (count)) == 0)
    return FALSE;
  if (lz_tally_by_is_timed (by))
    lz_tally_find_time (by, figures, lz_count_time (count, figures, span),
                        span->period.utc_offset_min, &members);
  else
    lz_tally_find_groups (by, figures, maps, &members);
  return has_value (&members, value);
}
