/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A cell of a report leads to the cases that it was counted from, by the keys of table, row and
 * column alone. */

#include "lz-report-hold.h"
#include "lz-report-link.h"

#define NOW_MS G_GINT64_CONSTANT (1780000000000)

static LzFigureOf
make_base (void)
{
  LzFigureOf base = { .now_ms = NOW_MS };

  g_assert_true (lz_period_parse ("2026-03", 480, &base.period, NULL));
  return base;
}

/* A name, a count, a rate and a score; one row and the total. */
static LzReportTable *
make_table (const char *key)
{
  LzReportTable *table = lz_report_table_new (key, "title");

  lz_report_table_add_column (table, &(LzReportColumn){ "name", "n", .kind = LZ_CELL_TEXT });
  lz_report_table_add_column (table, &(LzReportColumn){ "filed", "f", .kind = LZ_CELL_COUNT });
  lz_report_table_add_column (table,
                              &(LzReportColumn){ "closing_rate", "c", .kind = LZ_CELL_RATE });
  lz_report_table_add_column (table, &(LzReportColumn){
                                         "score", "s", .definition = "d", .kind = LZ_CELL_NUMBER,
                                         .made_of = "count:filed rate:closing "
                                                    "patrols own:rate:valid_report" });
  for (guint i = 0; i < 2; i++)
    {
      lz_report_table_add_row (table, i == 0 ? LZ_ROW_BODY : LZ_ROW_TOTAL, i == 0 ? "甲" : "");
      lz_report_table_put_text (table, i == 0 ? "甲单位" : "合计");
      lz_report_table_put_count (table, 7);
      lz_report_table_put_rate (table, 3, 4);
      lz_report_table_put_number (table, 88);
    }
  return table;
}

static void
check (const char *key, LzTallyBy by, const char *value)
{
  g_autoptr (LzReportTable) table = make_table (key);
  LzFigureOf base = make_base ();
  LzFigureMeaning meaning;

  g_assert_true (lz_report_link_resolve (table, 0, 1, &base, &meaning));
  g_assert_cmpint (meaning.kind, ==, LZ_MEANING_COUNT);
  g_assert_cmpint (meaning.count, ==, LZ_COUNT_FILED);
  g_assert_cmpint (meaning.n, ==, 7);
  g_assert_cmpint (meaning.of->by, ==, by);
  g_assert_cmpstr (meaning.of->value, ==, value);
  g_assert_cmpstr (meaning.of->name, ==, "甲单位");
  g_assert_cmpint (meaning.of->now_ms, ==, NOW_MS);
  lz_figure_meaning_clear (&meaning);

  g_assert_true (lz_report_link_resolve (table, 0, 2, &base, &meaning));
  g_assert_cmpint (meaning.kind, ==, LZ_MEANING_RATE);
  g_assert_cmpint (meaning.rate, ==, LZ_RATE_CLOSING);
  g_assert_cmpint (meaning.ratio.part, ==, 3);
  g_assert_cmpint (meaning.ratio.whole, ==, 4);
  lz_figure_meaning_clear (&meaning);

  g_assert_false (lz_report_link_resolve (table, 0, 3, &base, &meaning));
  lz_figure_meaning_clear (&meaning);
}

static void
test_groups (void)
{
  check ("unit", LZ_BY_UNIT, "甲");
  check ("rank_unit", LZ_BY_UNIT, "甲");
  check ("rank_unit_order", LZ_BY_DIMENSION_UNIT, "order 甲");
  check ("rank_community_light", LZ_BY_DIMENSION_COMMUNITY, "light 甲");
  check ("rank_road_green", LZ_BY_DIMENSION_ROAD, "green 甲");
  check ("talk_subdistrict", LZ_BY_SUBDISTRICT, "甲");
}

/* A score leads to the counts that it was made of, with their numbers as far as the row has them.
 */
static void
test_score (void)
{
  static const struct
  {
    LzCount count;
    gint64 n;
    LzTallyBy by;
  } expected[] = { { LZ_COUNT_FILED, 7, LZ_BY_CHIEF },
                   { LZ_COUNT_CLOSED, 3, LZ_BY_CHIEF },
                   { LZ_COUNT_DUE_CLOSE, 4, LZ_BY_CHIEF },
                   { LZ_COUNT_VALID_REPORTED, -1, LZ_BY_INSPECTOR },
                   { LZ_COUNT_OWN_REPORTED, -1, LZ_BY_INSPECTOR } };
  g_autoptr (LzReportTable) table = make_table ("rank_chief");
  LzFigureOf base = make_base ();
  LzFigureMeaning meaning;

  lz_report_link_explain (table, 0, 3, &base, &meaning);
  g_assert_cmpstr (meaning.definition, ==, "d");
  g_assert_cmpuint (meaning.parts->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      const LzFigurePart *part = &g_array_index (meaning.parts, LzFigurePart, i);

      g_assert_cmpint (part->count, ==, expected[i].count);
      g_assert_cmpint (part->n, ==, expected[i].n);
      g_assert_cmpint (part->of->by, ==, expected[i].by);
      g_assert_cmpstr (part->of->value, ==, "甲");
      g_assert_cmpint (part->of->now_ms, ==, NOW_MS);
    }
  lz_figure_meaning_clear (&meaning);
}

/* The total of a table is of everything, and a sheet stays within its own. */
static void
test_total (void)
{
  g_autoptr (LzReportTable) table = make_table ("category");
  LzFigureOf base = make_base ();
  LzFigureMeaning meaning;

  base.within = LZ_BY_ROAD;
  base.within_value = "road";
  g_assert_true (lz_report_link_resolve (table, 1, 1, &base, &meaning));
  g_assert_cmpint (meaning.of->by, ==, LZ_BY_ALL);
  g_assert_cmpstr (meaning.of->value, ==, "");
  g_assert_cmpint (meaning.of->within, ==, LZ_BY_ROAD);
  g_assert_cmpstr (meaning.of->within_value, ==, "road");
  lz_figure_meaning_clear (&meaning);
}

/* Where the rows are figures, the columns say of which period. */
static void
test_periods (void)
{
  static const char *const keys[] = { "now", "previous", "last_year", "change" };
  static const char *const periods[] = { "2026-03", "2026-02", "2025-03" };
  g_autoptr (LzReportTable) table = lz_report_table_new ("counts", "title");
  LzFigureOf base = make_base ();
  LzFigureMeaning meaning;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    lz_report_table_add_column (table, &(LzReportColumn){ keys[i], "k", .kind = LZ_CELL_COUNT });
  lz_report_table_add_row (table, LZ_ROW_BODY, "closed");
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    lz_report_table_put_count (table, 5);

  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    {
      g_autofree char *period = NULL;

      g_assert_true (lz_report_link_resolve (table, 0, i, &base, &meaning));
      period = lz_period_dup_key (&meaning.of->period);
      g_assert_cmpstr (period, ==, periods[i]);
      g_assert_cmpint (meaning.count, ==, LZ_COUNT_CLOSED);
      lz_figure_meaning_clear (&meaning);
    }
  g_assert_false (lz_report_link_resolve (table, 0, 3, &base, &meaning));
  lz_figure_meaning_clear (&meaning);
}

/* What the action of a figure carries says what it opens. */
static void
test_title (void)
{
  LzFigureOf of = make_base ();
  g_autoptr (GVariant) cases = NULL;
  g_autofree char *title = NULL;
  const char *value = NULL;

  of.by = LZ_BY_UNIT;
  of.value = "甲";
  of.name = "甲单位";
  cases = g_variant_ref_sink (lz_figure_cases_new (&of, LZ_COUNT_OVERDUE_OPEN));
  title = lz_figure_cases_dup_title (cases);
  g_assert_cmpstr (title, ==, "Overdue, not handled · 甲单位 · 2026-03");
  g_assert_true (g_variant_lookup (cases, "value", "&s", &value));
  g_assert_cmpstr (value, ==, "甲");
}

/* A report that was counted says of no bulletin that its figures were published. */
static void
test_hold (void)
{
  g_autoptr (LzReportHold) hold = lz_report_hold_new (lz_report_new ("sheet", "title"));
  LzId published = { .bytes = { 7 } };

  g_assert_true (lz_id_is_nil (lz_report_hold_get_bulletin (hold)));
  g_assert_false (lz_report_hold_is_sealed (hold));
  lz_report_hold_set_bulletin (hold, &published, TRUE);
  g_assert_true (lz_id_equal (lz_report_hold_get_bulletin (hold), &published));
  g_assert_true (lz_report_hold_is_sealed (hold));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/desktop/report-link/groups", test_groups);
  g_test_add_func ("/desktop/report-link/score", test_score);
  g_test_add_func ("/desktop/report-link/total", test_total);
  g_test_add_func ("/desktop/report-link/periods", test_periods);
  g_test_add_func ("/desktop/report-link/title", test_title);
  g_test_add_func ("/desktop/report-hold", test_hold);

  return g_test_run ();
}
