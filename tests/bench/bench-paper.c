/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How long a report of 30 pages with 60 photos takes as PDF, and 100,000 rows as XLSX. */
#include "config.h"

#include "lz-paper.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <time.h>

#define N_PHOTOS 60
#define N_PAGES  30
#define N_ROWS   100000

/* A picture with something in it, as large as a preview for paper. */
static void
make_photo (const char *path, guint seed)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 660, 495);
  guchar *pixels = gdk_pixbuf_get_pixels (pixbuf);
  int stride = gdk_pixbuf_get_rowstride (pixbuf);

  for (int y = 0; y < 495; y++)
    for (int x = 0; x < 660 * 3; x++)
      pixels[y * stride + x] = (guchar) ((x * 7 + y * 13 + (int) seed * 31) ^ (x * y >> 6));
  g_assert_true (gdk_pixbuf_save (pixbuf, path, "jpeg", NULL, "quality", "85", NULL));
}

static LzPaper *
make_paper (const char *dir)
{
  LzPaper *paper = lz_paper_new (LZ_PAPER_OFFICIAL, "通报");

  for (guint page = 0; page < N_PAGES; page++)
    {
      LzPaperPhoto photos[2] = { { .caption = "整改前" }, { .caption = "整改后" } };
      g_autofree char *one = g_strdup_printf ("%s/%u.jpg", dir, 2 * page);
      g_autofree char *two = g_strdup_printf ("%s/%u.jpg", dir, 2 * page + 1);

      photos[0].path = one;
      photos[1].path = two;
      if (page > 0)
        lz_paper_add_page_break (paper);
      for (guint i = 0; i < 3; i++)
        lz_paper_add_paragraph (
            paper, "本周共受理城市精细化管理案件328件，应结案312件，已结案304件，结案率97.4%，"
                   "“序化”“洁化”“绿化”“亮化”四类案件分别为142件、103件、51件和32件。");
      lz_paper_add_photos (paper, photos, 2, 2);
    }
  return paper;
}

static void
bench_pdf (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "bench.pdf", NULL);
  g_autoptr (LzPaper) paper = NULL;
  g_autoptr (GError) error = NULL;
  gint64 begun;
  clock_t ticks;
  GStatBuf file;

  for (guint i = 0; i < N_PHOTOS; i++)
    {
      g_autofree char *photo = g_strdup_printf ("%s/%u.jpg", dir, i);

      make_photo (photo, i);
    }
  begun = g_get_monotonic_time ();
  ticks = clock ();
  paper = make_paper (dir);
  lz_paper_write_pdf (paper, path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lz_paper_get_n_pages (paper), ==, N_PAGES);
  g_stat (path, &file);
  printf ("PDF of %d pages with %d photos: %.2f s (%.2f s of CPU), %.1f MB\n", N_PAGES, N_PHOTOS,
          (double) (g_get_monotonic_time () - begun) / 1e6,
          (double) (clock () - ticks) / CLOCKS_PER_SEC, (double) file.st_size / 1e6);
  for (guint i = 0; i < N_PHOTOS; i++)
    {
      g_autofree char *photo = g_strdup_printf ("%s/%u.jpg", dir, i);

      g_unlink (photo);
    }
  g_unlink (path);
}

static void
bench_xlsx (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "bench.xlsx", NULL);
  g_autoptr (LzReport) report = lz_report_new ("bench", "案件");
  LzReportTable *table = lz_report_table_new ("cases", "案件");
  g_autoptr (GError) error = NULL;
  gint64 begun = g_get_monotonic_time ();
  clock_t ticks = clock ();
  GStatBuf file;

  lz_report_table_add_column (table, &(LzReportColumn){ "number", "编号", .kind = LZ_CELL_TEXT });
  lz_report_table_add_column (table, &(LzReportColumn){ "road", "道路", .kind = LZ_CELL_TEXT });
  lz_report_table_add_column (table, &(LzReportColumn){ "due", "应结案", .kind = LZ_CELL_COUNT });
  lz_report_table_add_column (table, &(LzReportColumn){ "closed", "结案", .kind = LZ_CELL_COUNT });
  lz_report_table_add_column (table, &(LzReportColumn){ "rate", "结案率", .kind = LZ_CELL_RATE,
                                                        .decimals = 1, .above = "closed",
                                                        .below = "due" });
  lz_report_table_add_column (table, &(LzReportColumn){ "at", "上报时间", .kind = LZ_CELL_TIME });
  for (guint i = 0; i < N_ROWS; i++)
    {
      g_autofree char *number = g_strdup_printf ("41018520261123%05u", i);

      lz_report_table_add_row (table, LZ_ROW_BODY, NULL);
      lz_report_table_put_text (table, number);
      lz_report_table_put_text (table, "少林大道");
      lz_report_table_put_count (table, i % 50);
      lz_report_table_put_count (table, i % 50 / 2);
      lz_report_table_put_rate (table, i % 50 / 2, i % 50);
      lz_report_table_put_time (table, G_GINT64_CONSTANT (1795429800000) + i * 60000ll);
    }
  lz_report_add_table (report, table);
  lz_report_write (report, path, LZ_REPORT_XLSX, NULL, &error);
  g_assert_no_error (error);
  g_stat (path, &file);
  printf ("XLSX of %d rows: %.2f s (%.2f s of CPU), %.1f MB\n", N_ROWS,
          (double) (g_get_monotonic_time () - begun) / 1e6,
          (double) (clock () - ticks) / CLOCKS_PER_SEC, (double) file.st_size / 1e6);
  g_unlink (path);
}

int
main (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = g_dir_make_tmp ("lz-bench-paper-XXXXXX", &error);

  g_assert_no_error (error);
  bench_pdf (dir);
  bench_xlsx (dir);
  g_rmdir (dir);
  return 0;
}
