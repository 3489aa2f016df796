/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-clock"

#include "config.h"

#include "lz-clock.h"

#include <glib/gi18n-lib.h>

static const char *const clock_names[] = {
  [LZ_CLOCK_URGENT_HOURS] = "urgent_hours",
  [LZ_CLOCK_WORKING_HOURS] = "working_hours",
  [LZ_CLOCK_WORKING_DAYS] = "working_days",
  [LZ_CLOCK_CALENDAR_DAYS] = "calendar_days",
};

const char *
lz_clock_to_string (LzClock clock)
{
  g_return_val_if_fail ((guint) clock < G_N_ELEMENTS (clock_names), NULL);

  return clock_names[clock];
}

gboolean
lz_clock_from_string (const char *text, LzClock *clock)
{
  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (clock != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (clock_names); i++)
    if (g_str_equal (text, clock_names[i]))
      {
        *clock = (LzClock) i;
        return TRUE;
      }

  return FALSE;
}

char *
lz_limit_dup_label (LzLimit limit)
{
  guint n = limit.count;

  if (n == 0)
    return g_strdup (_ ("no limit"));

  switch (limit.clock)
    {
    case LZ_CLOCK_URGENT_HOURS:
      return g_strdup_printf (ngettext ("%u urgent hour", "%u urgent hours", n), n);
    case LZ_CLOCK_WORKING_HOURS:
      return g_strdup_printf (ngettext ("%u working hour", "%u working hours", n), n);
    case LZ_CLOCK_WORKING_DAYS:
      return g_strdup_printf (ngettext ("%u working day", "%u working days", n), n);
    case LZ_CLOCK_CALENDAR_DAYS:
      return g_strdup_printf (ngettext ("%u calendar day", "%u calendar days", n), n);
    default:
      g_return_val_if_reached (NULL);
    }
}

LzLamp
lz_lamp_at (gint64 warn_ms, gint64 due_ms, gint64 at_ms)
{
  if (due_ms == 0)
    return LZ_LAMP_NONE;
  if (at_ms > due_ms)
    return LZ_LAMP_RED;

  return at_ms > warn_ms ? LZ_LAMP_YELLOW : LZ_LAMP_GREEN;
}

const char *
lz_lamp_to_string (LzLamp lamp)
{
  static const char *const names[] = { "none", "green", "yellow", "red" };

  g_return_val_if_fail ((guint) lamp < G_N_ELEMENTS (names), NULL);

  return names[lamp];
}

const char *
lz_lamp_label (LzLamp lamp)
{
  switch (lamp)
    {
    case LZ_LAMP_NONE:
      return _ ("No deadline");
    case LZ_LAMP_GREEN:
      return _ ("In time");
    case LZ_LAMP_YELLOW:
      return _ ("Due soon");
    case LZ_LAMP_RED:
      return _ ("Overdue");
    default:
      g_return_val_if_reached (NULL);
    }
}
