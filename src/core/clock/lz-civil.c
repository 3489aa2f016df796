/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-clock"

#include "config.h"

#include "lz-civil.h"

#include <string.h>

#define DAYS_IN_400_YEARS 146097
#define DAYS_TO_1970      719468 /* from 0000-03-01 */

static gboolean
is_leap_year (int year)
{
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

gboolean
lz_civil_is_valid (int year, int month, int day)
{
  static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1)
    return FALSE;

  return day <= lengths[month - 1] + (month == 2 && is_leap_year (year));
}

/* Years are counted from 1 March, so that the leap day is a year's last and the lengths of the
 * months before it follow one straight line, (153 m + 2) / 5. */
gint64
lz_civil_to_days (int year, int month, int day)
{
  gint64 y = month <= 2 ? (gint64) year - 1 : year;
  gint64 era = lz_floor_div (y, 400);
  gint64 year_of_era = y - era * 400;
  gint64 month_from_march = (month + 9) % 12;
  gint64 day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
  gint64 day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return era * DAYS_IN_400_YEARS + day_of_era - DAYS_TO_1970;
}

void
lz_civil_from_days (gint64 days, int *year, int *month, int *day)
{
  gint64 shifted = days + DAYS_TO_1970;
  gint64 era = lz_floor_div (shifted, DAYS_IN_400_YEARS);
  gint64 day_of_era = shifted - era * DAYS_IN_400_YEARS;
  gint64 year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  gint64 day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  gint64 month_from_march = (5 * day_of_year + 2) / 153;

  g_return_if_fail (year != NULL && month != NULL && day != NULL);

  *day = (int) (day_of_year - (153 * month_from_march + 2) / 5 + 1);
  *month = (int) (month_from_march < 10 ? month_from_march + 3 : month_from_march - 9);
  *year = (int) (year_of_era + era * 400 + (*month <= 2));
}

gboolean
lz_civil_parse (const char *text, int *year, int *month, int *day)
{
  static const char shape[] = "dddd-dd-dd";
  int numbers[3] = { 0, 0, 0 };
  guint part = 0;

  g_return_val_if_fail (text != NULL, FALSE);
  g_return_val_if_fail (year != NULL && month != NULL && day != NULL, FALSE);

  if (strlen (text) != strlen (shape))
    return FALSE;

  for (guint i = 0; shape[i] != '\0'; i++)
    if (shape[i] == '-' && text[i] == '-')
      part++;
    else if (shape[i] == 'd' && g_ascii_isdigit (text[i]))
      numbers[part] = numbers[part] * 10 + g_ascii_digit_value (text[i]);
    else
      return FALSE;

  if (!lz_civil_is_valid (numbers[0], numbers[1], numbers[2]))
    return FALSE;

  *year = numbers[0];
  *month = numbers[1];
  *day = numbers[2];
  return TRUE;
}
