/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is proposed for a board's entry about a case. */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-cases.h"
#include "lz-civil.h"
#include "lz-notices.h"
#include "lz-office.h"
#include "lz-tsv.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DAY_MS G_GINT64_CONSTANT (86400000)

enum
{
  COLUMN_BOARD,
  COLUMN_TITLE,
  COLUMN_TITLE_EN,
  COLUMN_WORDS,
  COLUMN_WORDS_EN,
};

static const char *const columns[] = {
  "board", "title_zh", "title_en", "words_zh", "words_en", NULL
};

void
lz_notice_draft_clear (LzNoticeDraft *self)
{
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->words, g_free);
}

static char *
dup_day (LzStation *station, gint64 at_ms, gboolean chinese)
{
  int offset_min = lz_calendar_get_utc_offset_min (lz_station_get_calendar (station));
  int year, month, day;

  lz_civil_from_days (lz_floor_div (at_ms + offset_min * G_GINT64_CONSTANT (60000), DAY_MS), &year,
                      &month, &day);
  return chinese ? g_strdup_printf ("%d月%d日", month, day)
                 : g_strdup_printf ("%04d-%02d-%02d", year, month, day);
}

static void
replace (GString *text, const char *token, const char *value)
{
  g_string_replace (text, token, value, 0);
}

static char *
fill (LzStation *station, const char *template, const LzCase *kase, gboolean chinese)
{
  const LzCategory *category =
      lz_catalogue_find (lz_station_get_catalogue (station), kase->category);
  gint64 done_ms = kase->closed_ms != 0 ? kase->closed_ms : lz_station_now (station);
  g_autofree char *day = dup_day (station, kase->reported_ms, chinese);
  g_autofree char *closed = dup_day (station, done_ms, chinese);
  GString *text = g_string_new (template);

  replace (text, "{category}",
           category == NULL ? kase->category : (chinese ? category->name : category->name_en));
  replace (text, "{road}",
           kase->road_name != NULL ? kase->road_name : lz_station_get_city (station));
  replace (text, "{day}", day);
  replace (text, "{closed}", closed);
  replace (text, "{unit}", kase->unit != NULL ? kase->unit : _ ("the responsible unit"));
  return g_string_free (text, FALSE);
}

/**
 * lz_notices_draft:
 * @station: a station
 * @kind: which board
 * @kase: a case
 * @draft: (out caller-allocates): clear it with lz_notice_draft_clear()
 * @error: (nullable): %LZ_ERROR_NOT_FOUND for a case that there is not; %LZ_ERROR_INVALID for a
 * board of which the table says nothing
 *
 * Proposes title and words from the office's table "notices.tsv".  Nothing that a person said or
 * that tells who it was goes into them: category, road, days and unit alone.
 *
 * Returns: %TRUE on success
 */
gboolean
lz_notices_draft (LzStation *station,
                  const char *kind,
                  const LzId *kase,
                  LzNoticeDraft *draft,
                  GError **error)
{
  /* Translators: which of the names in the office's data to show: "zh" or "en". */
  gboolean chinese = strcmp (C_ ("names in data", "en"), "zh") == 0;
  g_autoptr (GBytes) bytes = lz_office_dup_table (station, "notices.tsv", error);
  g_autoptr (LzTsv) table = bytes != NULL ? lz_tsv_parse (bytes, columns, error) : NULL;
  g_autoptr (LzCase) item = table != NULL ? lz_cases_load (station, kase, error) : NULL;

  *draft = (LzNoticeDraft){ 0 };
  if (item == NULL)
    return FALSE;
  for (guint row = 0; row < lz_tsv_get_n_rows (table); row++)
    {
      if (g_strcmp0 (lz_tsv_get (table, row, COLUMN_BOARD), kind) != 0)
        continue;
      draft->title =
          fill (station, lz_tsv_get (table, row, chinese ? COLUMN_TITLE : COLUMN_TITLE_EN), item,
                chinese);
      draft->words =
          fill (station, lz_tsv_get (table, row, chinese ? COLUMN_WORDS : COLUMN_WORDS_EN), item,
                chinese);
      return TRUE;
    }
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("There is no board “%s”."), kind);
  return FALSE;
}
