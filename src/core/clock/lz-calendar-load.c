/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-clock"

#include "config.h"

#include "lz-calendar.h"

#include "lz-civil.h"
#include "lz-error.h"
#include "lz-tsv.h"

typedef struct
{
  int year;
  int month;
  int day;
  gboolean working;
} Line;

enum
{
  COLUMN_DATE,
  COLUMN_DAY,
};

static const char *const columns[] = { "date", "day", NULL };

static gboolean
read_line (const LzTsv *tsv, guint row, GHashTable *seen, Line *line, GError **error)
{
  const char *date = lz_tsv_get (tsv, row, COLUMN_DATE);
  const char *day = lz_tsv_get (tsv, row, COLUMN_DAY);

  if (!lz_civil_parse (date, &line->year, &line->month, &line->day))
    return lz_tsv_set_error (tsv, row, COLUMN_DATE, "is no date like 2026-02-14", error);
  if (!g_hash_table_add (seen, (gpointer) date))
    return lz_tsv_set_error (tsv, row, COLUMN_DATE, "is there twice", error);

  line->working = g_str_equal (day, "work");
  if (!line->working && !g_str_equal (day, "off"))
    return lz_tsv_set_error (tsv, row, COLUMN_DAY, "is neither “off” nor “work”", error);

  return TRUE;
}

gboolean
lz_calendar_load_tsv (LzCalendar *self, GBytes *bytes, GError **error)
{
  g_autoptr (LzTsv) tsv = NULL;
  g_autoptr (GHashTable) seen = NULL;
  g_autofree Line *lines = NULL;
  guint n;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (bytes != NULL, FALSE);

  tsv = lz_tsv_parse (bytes, columns, error);
  if (tsv == NULL)
    {
      g_prefix_error (error, "Reading the working calendar: ");
      return FALSE;
    }

  n = lz_tsv_get_n_rows (tsv);
  lines = g_new0 (Line, n);
  seen = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < n; i++)
    if (!read_line (tsv, i, seen, &lines[i], error))
      {
        g_prefix_error (error, "Reading the working calendar: ");
        return FALSE;
      }

  for (guint i = 0; i < n; i++)
    lz_calendar_set_day (self, lines[i].year, lines[i].month, lines[i].day, lines[i].working);

  return TRUE;
}
