/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-photo"

#include "config.h"

#include "lz-exif-values.h"

#include <string.h>

#define MAX_OFFSET_MIN (14 * 60)

/* Reads @n digits, no more and no fewer. */
static gboolean
take_digits (const char **text, guint n, int *value)
{
  int result = 0;

  for (guint i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit ((*text)[i]))
        return FALSE;
      result = result * 10 + ((*text)[i] - '0');
    }
  *text += n;
  *value = result;
  return TRUE;
}

static gboolean
take_one_of (const char **text, const char *set)
{
  if (**text == '\0' || strchr (set, **text) == NULL)
    return FALSE;

  (*text)++;
  return TRUE;
}

/* Days from 1970-01-01 in the Gregorian calendar, by integers alone. */
static gint64
days_from_civil (int year, int month, int day)
{
  int y = year - (month <= 2); /* the year begins in March, so that the leap day is its last */
  int era = y / 400;
  int year_of_era = y - era * 400;
  int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;

  return (gint64) era * 146097 + day_of_era - 719468;
}

static gboolean
take_date (const char **text, gint64 *ms)
{
  int year, month, day;

  if (!take_digits (text, 4, &year) || !take_one_of (text, ":-/.") ||
      !take_digits (text, 2, &month) || !take_one_of (text, ":-/.") || !take_digits (text, 2, &day))
    return FALSE;
  if (year < 1 || month < 1 || month > 12 || day < 1 ||
      day > g_date_get_days_in_month ((GDateMonth) month, (GDateYear) year))
    return FALSE;

  *ms = days_from_civil (year, month, day) * 86400000;
  return TRUE;
}

gboolean
lz_exif_parse_date (const char *text, gint64 *ms)
{
  return take_date (&text, ms) && *text == '\0';
}

gboolean
lz_exif_parse_time (const char *text, gint64 *ms)
{
  int hour, minute, second;
  gint64 day_ms;

  if (!take_date (&text, &day_ms) || !take_one_of (&text, " T") || !take_digits (&text, 2, &hour) ||
      !take_one_of (&text, ":") || !take_digits (&text, 2, &minute) || !take_one_of (&text, ":") ||
      !take_digits (&text, 2, &second))
    return FALSE;
  if (hour > 23 || minute > 59 || second > 60)
    return FALSE;

  *ms = day_ms + ((hour * 60 + minute) * 60 + second) * G_GINT64_CONSTANT (1000);
  return TRUE;
}

gboolean
lz_exif_is_blank_time (const char *text)
{
  return text[strspn (text, "0 :-/T")] == '\0';
}

gboolean
lz_exif_parse_offset (const char *text, int *minutes)
{
  int hour, minute, sign = *text == '-' ? -1 : 1;

  if (g_ascii_strcasecmp (text, "Z") == 0)
    {
      *minutes = 0;
      return TRUE;
    }

  if (!take_one_of (&text, "+-") || !take_digits (&text, 2, &hour))
    return FALSE;
  take_one_of (&text, ":");
  if (!take_digits (&text, 2, &minute) || *text != '\0' || minute > 59 ||
      hour * 60 + minute > MAX_OFFSET_MIN)
    return FALSE;

  *minutes = sign * (hour * 60 + minute);
  return TRUE;
}

gint64
lz_exif_parse_subsec (const char *text)
{
  gint64 ms = 0, weight = 100;

  for (; text != NULL && g_ascii_isdigit (*text) && weight > 0; text++, weight /= 10)
    ms += (*text - '0') * weight;
  return ms;
}

gboolean
lz_exif_parse_rationals (const char *text, guint n, double *values)
{
  guint i;

  for (i = 0; i < n && *text != '\0'; i++)
    {
      guint64 above, below;
      char *end;

      if (!g_ascii_isdigit (*text))
        return FALSE;
      above = g_ascii_strtoull (text, &end, 10);
      if (*end != '/' || !g_ascii_isdigit (end[1]))
        return FALSE;
      below = g_ascii_strtoull (end + 1, &end, 10);
      if (below == 0 || above > G_MAXUINT32 || below > G_MAXUINT32)
        return FALSE;
      values[i] = (double) above / (double) below;
      text = end;
      while (*text == ' ')
        text++;
    }
  if (i == 0 || *text != '\0')
    return FALSE;

  for (; i < n; i++)
    values[i] = 0;
  return TRUE;
}

gboolean
lz_exif_is_wgs84 (const char *datum)
{
  g_autofree char *plain = g_ascii_strup (datum, -1);
  char *out = plain;

  for (const char *in = plain; *in != '\0'; in++)
    if (g_ascii_isalnum (*in))
      *out++ = *in;
  *out = '\0';
  /* CGCS2000 differs by centimetres. */
  return *plain == '\0' || g_str_has_prefix (plain, "WGS84") || g_str_equal (plain, "WGS1984") ||
         g_str_equal (plain, "CGCS2000");
}
