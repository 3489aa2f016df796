/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-campaign-report.h"

#include "lz-cases.h"
#include "lz-paper-words.h"
#include "lz-wire.h"

#include <glib/gi18n-lib.h>

#define ROWS_AT_ONCE 500

/* How a group of the cases stands. */
typedef struct
{
  char *name;
  guint n;
  guint n_closed;
  guint n_late;
} Group;

typedef enum
{
  BY_CATEGORY,
  BY_ROAD,
  BY_UNIT,
  N_BYS
} By;

typedef struct
{
  LzReportTable *cases;
  GPtrArray *groups[N_BYS]; /* Group */
  gint64 now_ms;
} Work;

static void
free_group (gpointer data)
{
  g_free (((Group *) data)->name);
  g_free (data);
}

static Group *
find_group (GPtrArray *groups, const char *name)
{
  Group *group;

  for (guint i = 0; i < groups->len; i++)
    if (g_str_equal (((Group *) groups->pdata[i])->name, name))
      return groups->pdata[i];
  group = g_new0 (Group, 1);
  group->name = g_strdup (name);
  g_ptr_array_add (groups, group);
  return group;
}

static int
compare_groups (gconstpointer a, gconstpointer b)
{
  const Group *left = *(Group *const *) a, *right = *(Group *const *) b;

  return left->n != right->n ? (left->n > right->n ? -1 : 1) : strcmp (left->name, right->name);
}

static const char *
or_none (const char *text)
{
  return text != NULL && *text != '\0' ? text : "—";
}

static void
count_case (Work *work, const LzCaseRow *row)
{
  const char *names[N_BYS] = { or_none (row->category_name), or_none (row->road_name),
                               or_none (row->unit) };
  gboolean late = lz_case_row_lamp_at (row, work->now_ms) == LZ_LAMP_RED;

  for (guint by = 0; by < N_BYS; by++)
    {
      Group *group = find_group (work->groups[by], names[by]);

      group->n++;
      group->n_closed += !lz_state_is_open (row->state);
      group->n_late += late;
    }
  lz_report_table_add_row (work->cases, LZ_ROW_BODY, row->number);
  lz_report_table_put_text (work->cases, row->number);
  lz_report_table_put_text (work->cases, row->category_name);
  lz_report_table_put_text (work->cases, row->road_name);
  lz_report_table_put_time (work->cases, row->reported_ms);
  lz_report_table_put_text (work->cases, lz_state_label (row->state));
  lz_report_table_put_text (work->cases, row->unit);
}

static gboolean
count_cases (LzStation *station, const LzRecord *campaign, Work *work, GError **error)
{
  g_autoptr (GArray) fids = lz_campaigns_list_cases (station, campaign, error);

  for (guint at = 0; fids != NULL && at < fids->len; at += ROWS_AT_ONCE)
    {
      g_autoptr (GPtrArray) rows = lz_cases_load_rows (station, &g_array_index (fids, gint64, at),
                                                       MIN (ROWS_AT_ONCE, fids->len - at), error);

      if (rows == NULL)
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        count_case (work, rows->pdata[i]);
    }
  return fids != NULL;
}

static LzReportTable *
make_group_table (const char *key, const char *title, const char *name, GPtrArray *groups)
{
  LzReportTable *table = lz_report_table_new (key, title);
  const LzReportColumn columns[] = {
    { "name", name, .kind = LZ_CELL_TEXT, .width = 14 },
    { "cases", _ ("Cases"), .kind = LZ_CELL_COUNT, .summed = TRUE },
    { "closed", _ ("Closed"), .kind = LZ_CELL_COUNT, .summed = TRUE },
    { "late", _ ("Overdue"), .kind = LZ_CELL_COUNT, .summed = TRUE },
    { "rate", _ ("Closed, %"), .kind = LZ_CELL_RATE, .decimals = 1, .above = "closed",
      .below = "cases" },
  };
  guint n = 0, n_closed = 0, n_late = 0;

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    lz_report_table_add_column (table, &columns[i]);
  g_ptr_array_sort (groups, compare_groups);
  for (guint i = 0; i <= groups->len; i++)
    {
      const Group all = { (char *) _ ("Total"), n, n_closed, n_late };
      const Group *group = i < groups->len ? groups->pdata[i] : &all;

      lz_report_table_add_row (table, i < groups->len ? LZ_ROW_BODY : LZ_ROW_TOTAL, group->name);
      lz_report_table_put_text (table, group->name);
      lz_report_table_put_count (table, group->n);
      lz_report_table_put_count (table, group->n_closed);
      lz_report_table_put_count (table, group->n_late);
      lz_report_table_put_rate (table, group->n_closed, group->n);
      n += group->n;
      n_closed += group->n_closed;
      n_late += group->n_late;
    }
  return table;
}

static void
put_figure (LzReportTable *table, const char *key, const char *label, gint64 count)
{
  lz_report_table_add_row (table, LZ_ROW_BODY, key);
  lz_report_table_put_text (table, label);
  lz_report_table_put_count (table, count);
}

/* Those that were sealed with it, else those of now. */
static gboolean
read_tally (LzStation *station, const LzRecord *campaign, LzCampaignTally *tally, GError **error)
{
  JsonObject *figures = lz_record_get_object (campaign, "figures");

  if (campaign->state != LZ_RECORD_DONE || figures == NULL)
    return lz_campaigns_tally (station, campaign, lz_station_now (station), tally, error);
  *tally = (LzCampaignTally){ lz_json_get_int (figures, "cases", 0),
                              lz_json_get_int (figures, "closed", 0),
                              lz_json_get_int (figures, "open", 0),
                              lz_json_get_int (figures, "overdue", 0),
                              lz_json_get_int (figures, "in_time", 0) };
  return TRUE;
}

static LzReportTable *
make_figures (const LzRecord *campaign, const LzCampaignTally *tally)
{
  LzReportTable *table = lz_report_table_new ("figures", _ ("Figures"));
  gint64 target = lz_record_get_int (campaign, "target", 0);

  lz_report_table_add_column (table, &(LzReportColumn){ "figure", _ ("Figure"),
                                                        .kind = LZ_CELL_TEXT, .width = 16 });
  lz_report_table_add_column (table,
                              &(LzReportColumn){ "count", _ ("Count"), .kind = LZ_CELL_COUNT });
  if (target > 0)
    put_figure (table, "target", _ ("Target"), target);
  put_figure (table, "cases", _ ("Cases found"), tally->n_cases);
  put_figure (table, "closed", _ ("Closed"), tally->n_closed);
  put_figure (table, "in_time", _ ("Closed in time"), tally->n_in_time);
  put_figure (table, "open", _ ("Still open"), tally->n_open);
  put_figure (table, "overdue", _ ("Overdue"), tally->n_overdue);
  lz_report_table_set_note (table, lz_record_get_text (campaign, "report") != NULL
                                       ? lz_record_get_text (campaign, "report")
                                       : lz_record_get_text (campaign, "goal"));
  return table;
}

static LzReportTable *
new_case_table (void)
{
  LzReportTable *table = lz_report_table_new ("cases", _ ("Cases"));
  const LzReportColumn columns[] = {
    { "number", _ ("Number"), .kind = LZ_CELL_TEXT },
    { "category", _ ("Category"), .kind = LZ_CELL_TEXT },
    { "road", _ ("Road"), .kind = LZ_CELL_TEXT },
    { "reported", _ ("Reported"), .kind = LZ_CELL_TIME },
    { "state", _ ("State"), .kind = LZ_CELL_TEXT },
    { "unit", _ ("Unit"), .kind = LZ_CELL_TEXT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    lz_report_table_add_column (table, &columns[i]);
  return table;
}

/* The days as the office's calendar has them. */
static void
set_period (LzReport *report, const LzRecord *campaign)
{
  gint64 from = lz_record_get_int (campaign, "from", 0);
  gint64 until = lz_record_get_int (campaign, "until", 0);
  g_autoptr (GDateTime) first =
      g_date_time_new_from_unix_utc (from / 1000 + LZ_STATION_UTC_OFFSET_MIN * 60);
  g_autoptr (GDateTime) last =
      g_date_time_new_from_unix_utc ((until - 1) / 1000 + LZ_STATION_UTC_OFFSET_MIN * 60);
  g_autofree char *begins = first != NULL ? g_date_time_format (first, "%Y-%m-%d") : NULL;
  g_autofree char *ends = last != NULL ? g_date_time_format (last, "%Y-%m-%d") : NULL;
  g_autofree char *label =
      begins != NULL && ends != NULL ? g_strdup_printf ("%s — %s", begins, ends) : NULL;

  lz_report_set_period (report, from, until, label);
}

LzReport *
lz_campaign_report_new (LzStation *station, const LzRecord *campaign, GError **error)
{
  const char *titles[N_BYS] = { _ ("By Category"), _ ("By Road"), _ ("By Unit") };
  const char *names[N_BYS] = { _ ("Category"), _ ("Road"), _ ("Unit") };
  static const char *const keys[N_BYS] = { "by_category", "by_road", "by_unit" };
  const char *const signers[] = { _ ("Compiled by"), _ ("Responsible for it"), NULL };
  g_autoptr (LzPaperWords) words = lz_paper_words_load (station, error);
  g_autoptr (LzReport) report = lz_report_new ("campaign", lz_record_get_text (campaign, "name"));
  g_autoptr (LzReportTable) cases = new_case_table ();
  Work work = { .cases = cases, .now_ms = lz_station_now (station) };
  LzCampaignTally tally;
  gboolean ok;

  for (guint by = 0; by < N_BYS; by++)
    work.groups[by] = g_ptr_array_new_with_free_func (free_group);
  ok = words != NULL && read_tally (station, campaign, &tally, error) &&
       count_cases (station, campaign, &work, error);
  if (ok)
    lz_report_add_table (report, make_figures (campaign, &tally));
  for (guint by = 0; by < N_BYS; by++)
    {
      if (ok)
        lz_report_add_table (report,
                             make_group_table (keys[by], titles[by], names[by], work.groups[by]));
      g_ptr_array_unref (work.groups[by]);
    }
  if (!ok)
    return NULL;
  lz_report_add_table (report, g_steal_pointer (&cases));
  lz_report_set_made (report, work.now_ms);
  lz_report_set_office (report, lz_paper_words_get_office (words));
  lz_report_set_signers (report, signers);
  set_period (report, campaign);
  return g_steal_pointer (&report);
}
