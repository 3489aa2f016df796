/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes a report: make-report FILE ROWS.  Its figures follow from the row's number, so that the
 * reader can work them out by itself. */
#include "config.h"

#include "lz-report-table.h"

#include <stdio.h>
#include <stdlib.h>

static const LzReportColumn columns[] = {
  { "unit", "责任单位", .kind = LZ_CELL_TEXT },
  { "due", "应结案数", .group = "结案", .definition = "本期应当结案的案件数", .kind = LZ_CELL_COUNT,
    .summed = TRUE },
  { "closed", "结案数", .group = "结案", .definition = "本期内结案的案件数", .kind = LZ_CELL_COUNT,
    .summed = TRUE },
  { "rate", "结案率", .group = "结案", .definition = "结案数/应结案数", .kind = LZ_CELL_RATE,
    .decimals = 1, .above = "closed", .below = "due" },
  { "score", "得分", .definition = "结案率×100", .kind = LZ_CELL_NUMBER, .decimals = 2 },
  { "rank", "名次", .kind = LZ_CELL_COUNT, .formula = "=RANK({score},{score:all})" },
  { "median", "处置用时中位数(小时)", .kind = LZ_CELL_HOURS, .decimals = 1 },
  { "latest", "最近结案", .kind = LZ_CELL_TIME },
  { "day", "日期", .kind = LZ_CELL_DATE },
};

/* 2026-11-23 18:30 in the city. */
#define MOMENT_MS (G_GINT64_CONSTANT (1795429800) * 1000)

static void
add_rows (LzReportTable *table, guint n_rows)
{
  gint64 due = 0;
  gint64 closed = 0;

  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *name = g_strdup_printf ("第%u环卫保洁\"服务\"有限公司,分公司", i);
      gint64 row_due = i % 7;
      gint64 row_closed = row_due - i % 2 > 0 ? row_due - i % 2 : 0;

      lz_report_table_add_row (table, LZ_ROW_BODY, i == 0 ? "first" : NULL);
      lz_report_table_put_text (table, i == 1 ? "=HYPERLINK(\"http://x\")" : name);
      lz_report_table_put_count (table, row_due);
      lz_report_table_put_count (table, row_closed);
      lz_report_table_put_rate (table, row_closed, row_due);
      lz_report_table_put_number (table, 100.0 - i / 8.0);
      lz_report_table_put_count (table, i + 1);
      lz_report_table_put_hours (table, i == 2 ? -1 : (gint64) i * 1800000);
      lz_report_table_put_time (table, MOMENT_MS + i * 60000);
      lz_report_table_put_time (table, MOMENT_MS);
      due += row_due;
      closed += row_closed;
    }
  lz_report_table_add_row (table, LZ_ROW_TOTAL, NULL);
  lz_report_table_put_text (table, "合计");
  lz_report_table_put_count (table, due);
  lz_report_table_put_count (table, closed);
  lz_report_table_put_rate (table, closed, due);
}

int
main (int argc, char **argv)
{
  g_autoptr (LzReport) report = lz_report_new ("weekly", "城市精细化管理周通报");
  g_autoptr (GError) error = NULL;
  LzReportTable *table =
      lz_report_table_new ("units", "附件1 案件处理统计表: 按责任单位[全部]/合计");
  LzReportTable *second =
      lz_report_table_new ("empty", "附件1 案件处理统计表: 按责任单位[全部]/合计");
  LzReportFormat format;

  if (argc != 3 || !lz_report_format_from_path (argv[1], &format))
    return 2;
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    lz_report_table_add_column (table, &columns[i]);
  add_rows (table, (guint) atoi (argv[2]));
  lz_report_table_set_note (table, "数据来源: 本站案件");
  lz_report_table_add_column (second, &columns[0]);

  lz_report_set_office (report, "登封市少林街道办事处");
  lz_report_set_period (report, MOMENT_MS - 7 * 86400000ll, MOMENT_MS, "2026年第47周");
  lz_report_set_made (report, MOMENT_MS);
  lz_report_add_table (report, table);
  lz_report_add_table (report, second);
  lz_report_add_definition (report, "四化", "序化、洁化、绿化、亮化");
  if (!lz_report_write (report, argv[1], format, NULL, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  return 0;
}
