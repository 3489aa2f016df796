/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes a weekly bulletin as an office would publish it: make-bulletin FILE.pdf ROWS CASES LINES
 * [PHOTO.jpg …]; LINES: so many lines more at the end of its text. */
#include "config.h"

#include "lz-bulletin-paper.h"

#include <stdio.h>
#include <stdlib.h>

static const char *const overall[] = { "2026年11月16日至11月22日，全办共受理城市精细化管理案件328件"
                                       "，应结案312件，已结案304件，结案率97.4%，按期结案率"
                                       "92.0%；较上周受理量上升6.1%，结案率上升1.2个百分点。",
                                       "按“四化”分：序化142件、洁化103件、绿化51件、亮化32件。",
                                       NULL };
static const char *const problems[] = {
  "部分单位处置不及时。市城管局环卫所、供电公司少林供电所超期未处置案件分别为5件、3件。",
  "返工问题较为突出。全周返工11件，主要集中在店外经营和乱堆物堆料两类。", NULL
};
static const char *const demands[] = { "各责任单位要对照附件1逐件核对，超期案件于11月25日前办结。",
                                       "各社区（村）要落实路长日巡查制度，对复发点位盯守到位。",
                                       NULL };

static LzReport *
make_report (guint n_rows)
{
  LzReport *report = lz_report_new ("weekly", "案件处理统计表");
  LzReportTable *table = lz_report_table_new ("units", "按责任单位");
  const LzReportColumn columns[] = {
    { "rank", "名次", .kind = LZ_CELL_COUNT },
    { "unit", "责任单位", .kind = LZ_CELL_TEXT },
    { "filed", "立案数", .kind = LZ_CELL_COUNT, .summed = TRUE },
    { "due", "应结案数", .definition = "期限在本周内到期及此前未结的案件数", .group = "结案",
      .kind = LZ_CELL_COUNT },
    { "closed", "结案数", .group = "结案", .kind = LZ_CELL_COUNT },
    { "rate", "按期结案率", .definition = "按期结案数/应结案数；应结案数为0时记“—”",
      .group = "结案", .kind = LZ_CELL_RATE, .decimals = 1 },
    { "redone", "返工数", .kind = LZ_CELL_COUNT },
    { "extended", "延期数", .kind = LZ_CELL_COUNT },
    { "overdue", "超期未处置", .kind = LZ_CELL_COUNT },
    { "score", "得分", .kind = LZ_CELL_NUMBER, .decimals = 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    lz_report_table_add_column (table, &columns[i]);
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *name =
          g_strdup_printf (i % 3 == 0 ? "市城管局第%u环卫所" : "第%u社区居民委员会", i + 1);

      lz_report_table_add_row (table, LZ_ROW_BODY, NULL);
      lz_report_table_put_count (table, i + 1);
      lz_report_table_put_text (table, name);
      lz_report_table_put_count (table, 40 - i % 30);
      lz_report_table_put_count (table, 38 - i % 30);
      lz_report_table_put_count (table, 37 - i % 30);
      lz_report_table_put_rate (table, 37 - i % 30, i == 2 ? 0 : 38 - i % 30);
      lz_report_table_put_count (table, i % 4);
      lz_report_table_put_count (table, i % 2);
      lz_report_table_put_count (table, i % 5);
      lz_report_table_put_number (table, 99.5 - i / 4.0);
    }
  lz_report_add_table (report, table);
  return report;
}

static void
add_section (LzBulletinText *text, const char *heading, const char *const *paragraphs)
{
  LzBulletinSection *section = lz_bulletin_text_add_section (text, "", heading);

  for (guint i = 0; paragraphs[i] != NULL; i++)
    lz_bulletin_section_add (section, NULL, paragraphs[i]);
}

static void
add_case (LzBulletinText *text)
{
  LzTypicalCase *of = lz_typical_case_new ();

  of->number = g_strdup ("41018520261120000128");
  of->category = g_strdup ("店外经营");
  of->place = g_strdup ("少林大道 K0+350 右侧 12 米（少林大道与嵩阳路交叉口东北角）");
  of->unit = g_strdup ("少林街道执法中队");
  of->text = g_strdup ("沿街商户超出门窗外墙摆放货物，占用人行道约6平方米，影响行人通行。");
  of->outcome = g_strdup ("按期结案");
  g_ptr_array_add (text->cases, of);
}

static LzBulletinText *
make_text (guint n_cases, guint n_lines)
{
  LzBulletinText *text = lz_bulletin_text_new ();

  text->number = g_strdup ("登少办通报〔2026〕47号");
  text->title = g_strdup ("关于2026年第47周城市精细化管理\n案件办理情况的通报");
  text->addressee = g_strdup ("各社区（村），各有关单位：");
  text->opening =
      g_strdup ("现将2026年第47周（11月16日至11月22日）城市精细化管理案件办理情况通报如下：");
  text->date = g_strdup ("2026年11月23日");
  text->tables_title = g_strdup ("案件处理统计表");
  text->cases_title = g_strdup ("典型案件");
  add_section (text, "总体情况", overall);
  add_section (text, "存在问题", problems);
  add_section (text, "工作要求", demands);
  for (guint i = 0; i < n_lines; i++)
    lz_bulletin_section_add (g_ptr_array_index (text->sections, 2), NULL, "另作要求。");
  for (guint i = 0; i < n_cases; i++)
    add_case (text);
  return text;
}

int
main (int argc, char **argv)
{
  static const double reported[] = { 52, 61, 40, 47, 55, 31, 22 };
  static const char *const days[] = { "周一", "周二", "周三", "周四", "周五", "周六", "周日" };
  g_autoptr (LzBulletinText) text = NULL;
  g_autoptr (LzReport) report = NULL;
  g_autoptr (LzPaper) paper = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree LzPaperPhoto *photos = NULL;
  LzPlot *plot = lz_plot_new (LZ_PLOT_BARS, "每日受理案件", "件");
  guint n_photos;

  if (argc < 5)
    return 2;
  for (guint i = 0; i < G_N_ELEMENTS (days); i++)
    lz_plot_add_label (plot, days[i]);
  lz_plot_add_series (plot, "受理", reported);
  report = make_report ((guint) atoi (argv[2]));
  text = make_text ((guint) atoi (argv[3]), (guint) atoi (argv[4]));
  n_photos = 2 * text->cases->len;
  photos = g_new0 (LzPaperPhoto, n_photos + 1);
  for (guint i = 0; i < n_photos; i++)
    photos[i] = (LzPaperPhoto){ argc > 5 ? argv[5 + i % (guint) (argc - 5)] : NULL,
                                i % 2 == 0 ? "整改前" : "整改后", "照片未在本机" };
  paper =
      lz_paper_new_bulletin (&(LzBulletinPaper){ .office = "登封市少林街道办事处",
                                                 .text = text,
                                                 .tables = report,
                                                 .plots = &plot,
                                                 .n_plots = 1,
                                                 .photos = photos,
                                                 .made_ms = G_GINT64_CONSTANT (1795429800000) });
  if (!lz_paper_write_pdf (paper, argv[1], NULL, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  printf ("%u\n", lz_paper_get_n_pages (paper));
  return 0;
}
