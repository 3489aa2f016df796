/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writes a paper with one of everything: make-paper FILE.pdf ROWS PHOTOS [PHOTO.jpg …] */
#include "config.h"

#include "lz-paper.h"

#include <stdio.h>
#include <stdlib.h>

static const char opening[] = "2026年11月16日至11月22日（第47周），我办共受理城市精细化管理案件328"
                              "件，其中巡查上报286件、市民举报30件、"
                              "12345热线转办12件；应结案312件，已结案304件，结案率97.4%"
                              "，按期结案率92.0%。“序化”“洁化”“绿化”“亮化”四类"
                              "案件分别为142件、103件、51件和32件。现将有关情况通报如下：";

static void
add_table (LzPaper *paper, guint n_rows)
{
  g_autoptr (LzReportTable) table = lz_report_table_new ("units", "案件处理统计表");
  const LzReportColumn columns[] = {
    { "unit", "责任单位", .kind = LZ_CELL_TEXT },
    { "filed", "立案数", .kind = LZ_CELL_COUNT, .summed = TRUE },
    { "due", "应结案数", .group = "结案", .kind = LZ_CELL_COUNT },
    { "closed", "结案数", .group = "结案", .kind = LZ_CELL_COUNT },
    { "rate", "结案率", .group = "结案", .kind = LZ_CELL_RATE, .decimals = 1 },
    { "redone", "返工数", .kind = LZ_CELL_COUNT },
    { "overdue", "超期未处置", .kind = LZ_CELL_COUNT },
  };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    lz_report_table_add_column (table, &columns[i]);
  for (guint i = 0; i < n_rows; i++)
    {
      g_autofree char *name =
          i == 3 ? g_strdup (
                       "登封市城市管理综合执法大队少林中队（含市容环境卫生监督管理服务中心第二作业"
                       "分公司及其委托的第三方保洁服务有限责任公司）")
                 : g_strdup_printf ("第%u环卫保洁有限公司", i + 1);

      lz_report_table_add_row (table, LZ_ROW_BODY, NULL);
      lz_report_table_put_text (table, name);
      lz_report_table_put_count (table, 12 + i);
      lz_report_table_put_count (table, 11 + i);
      lz_report_table_put_count (table, 10 + i);
      lz_report_table_put_rate (table, 10 + i, 11 + i);
      lz_report_table_put_count (table, i % 3);
      lz_report_table_put_count (table, i % 2);
    }
  if (n_rows > 0)
    {
      lz_report_table_add_row (table, LZ_ROW_TOTAL, NULL);
      lz_report_table_put_text (table, "合计");
      lz_report_table_put_count (table, 9999);
    }
  lz_report_table_set_note (table, "注：应结案数为期限在本周内到期及此前未结的案件。");
  lz_paper_add_report_table (paper, table, TRUE);
}

static void
add_plots (LzPaper *paper)
{
  static const char *const days[] = { "周一", "周二", "周三", "周四", "周五", "周六", "周日" };
  const double reported[] = { 52, 61, 40, 47, 55, 31, 22 };
  const double closed[] = { 48, 55, 47, 40, 51, 33, 20 };
  LzPlotKind kinds[] = { LZ_PLOT_BARS, LZ_PLOT_STACKED, LZ_PLOT_LINES };
  LzPlot *rows = lz_plot_new (LZ_PLOT_ROWS, "各道路案件数", "件");

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      LzPlot *plot = lz_plot_new (kinds[k], "每日上报与结案", "件");

      for (guint i = 0; i < 7; i++)
        lz_plot_add_label (plot, days[i]);
      lz_plot_add_series (plot, "上报", reported);
      lz_plot_add_series (plot, "结案", closed);
      lz_paper_add_plot (paper, plot, 50);
    }
  lz_plot_add_label (rows, "少林大道（嵩阳路至阳城路段）");
  lz_plot_add_label (rows, "中岳大街");
  lz_plot_add_label (rows, "名称特别长的一条道路及其辅道人行道绿化带与沿街全部建筑退界区域");
  lz_plot_add_series (rows, "案件", reported);
  lz_paper_add_plot (paper, rows, 35);
}

static void
add_body (LzPaper *paper)
{
  lz_paper_add_red_head (paper, "登封市少林街道办事处", "登少办通报〔2026〕47号");
  lz_paper_add_title (paper, "关于2026年第47周城市精细化管理案件办理情况的通报");
  lz_paper_add_lines (paper, LZ_PAPER_LEFT, FALSE, "各社区（村），各有关单位：");
  lz_paper_add_paragraph (paper, opening);
  lz_paper_add_heading (paper, 1, "总体情况");
  lz_paper_add_heading (paper, 2, "案件数量");
  lz_paper_add_paragraph (paper, opening);
  lz_paper_add_heading (paper, 3, "与上周相比");
  lz_paper_add_paragraph_with_lead (
      paper, "结案率。",
      "环比上升1.2个百分点；《登封市进一步改进城市精细化管理实施方案》（登政文"
      "〔2020〕23号）确定的目标为“两年到三年”……各单位要高度重视，Inspectors "
      "reported https://example.org/a/very/long/address/that/cannot/be/broken 等问题。");
  lz_paper_add_heading (paper, 1, "存在问题");
  for (guint i = 0; i < 4; i++)
    lz_paper_add_paragraph (paper, opening);
  lz_paper_add_heading (paper, 1, "工作要求");
  lz_paper_add_paragraph (paper, opening);
  lz_paper_add_closing (paper, "登封市少林街道办事处", "2026年11月23日");
}

int
main (int argc, char **argv)
{
  g_autoptr (LzPaper) paper = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree LzPaperPhoto *photos = NULL;
  const LzPaperFact facts[] = {
    { "案件编号", "41018520261123000128" },
    { "类别", "占道经营" },
    { "位置", "少林大道 K0+350 右侧 12 m（少林大道与嵩阳路交叉口东北角）", TRUE },
    { "上报人", "张巡查" },
    { "期限", "2个工作日" }
  };
  const char *const labels[] = { "送达人（签字）", "受送达人（签字）", "送达时间", "联系电话" };
  guint n_photos;

  if (argc < 4)
    return 2;
  paper = lz_paper_new (LZ_PAPER_OFFICIAL, "通报");
  lz_paper_set_author (paper, "登封市少林街道办事处");
  lz_paper_set_made (paper, G_GINT64_CONSTANT (1795429800000));
  add_body (paper);
  lz_paper_add_attachment (paper, "附件1", "案件处理统计表");
  add_table (paper, (guint) atoi (argv[2]));
  add_plots (paper);
  lz_paper_add_attachment (paper, "附件2", "典型案件");
  lz_paper_add_facts (paper, facts, G_N_ELEMENTS (facts));
  n_photos = (guint) atoi (argv[3]);
  photos = g_new0 (LzPaperPhoto, n_photos + 1);
  for (guint i = 0; i < n_photos; i++)
    photos[i] =
        (LzPaperPhoto){ .path = argc > 4 ? argv[4 + i % (guint) (argc - 4)] : "/no/such.jpg",
                        .caption = i % 2 ? "整改后  2026-11-22 16:40" : "整改前  2026-11-20 09:12",
                        .missing = "照片未在本机" };
  lz_paper_add_photos (paper, photos, n_photos, 2);
  lz_paper_add_signatures (paper, labels, G_N_ELEMENTS (labels));
  lz_paper_add_qr (paper, "41018520261123000128",
                   "案件编号 41018520261123000128\n扫码可在移动端查看本案办理情况");
  if (!lz_paper_write_pdf (paper, argv[1], NULL, &error))
    {
      fprintf (stderr, "%s\n", error->message);
      return 1;
    }
  printf ("%u\n", lz_paper_get_n_pages (paper));
  return 0;
}
