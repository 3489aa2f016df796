/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-csv-map.h"
#include "lz-csv.h"
#include "lz-error.h"
#include "lz-test.h"

#include <string.h>

static LzCsv *
open_text (const char *dir, const char *text, gssize length, GError **error)
{
  g_autofree char *path = g_build_filename (dir, "t.csv", NULL);

  g_assert_true (g_file_set_contents (path, text, length, NULL));
  return lz_csv_open (path, error);
}

/* Rows as "a|b" lines; "!" for one that is refused. */
static char *
read_all (const char *text, gssize length)
{
  g_autoptr (LzTestDir) dir = lz_test_make_dir ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LzCsv) csv = open_text (dir, text, length, &error);
  GString *out = g_string_new (NULL);

  g_assert_no_error (error);
  while (TRUE)
    {
      g_autoptr (GError) failure = NULL;

      if (lz_csv_next (csv, &failure))
        g_string_append_printf (out, "%s|%s\n", lz_csv_get (csv, 0), lz_csv_get (csv, 1));
      else if (failure == NULL)
        return g_string_free (out, FALSE);
      else
        g_string_append (out, "!\n");
    }
}

static void
test_rows (void)
{
  static const struct
  {
    const char *text;
    const char *rows;
  } cases[] = {
    { "a,b\n1,2\n", "1|2\n" },
    { "a,b\r\n1,2", "1|2\n" },
    { "\xef\xbb\xbf"
      "a,b\n1,2\n",
      "1|2\n" },
    { "a,b\n\"1,\"\"x\"\"\",2\n", "1,\"x\"|2\n" },
    { "a,b\n\"1\r\n2\",3\n", "1\r\n2|3\n" },
    { "a,b\n,\n\n1,2\n", "|\n1|2\n" },
    { "a,b\n1\n1,2,3\n1,2\n", "!\n!\n1|2\n" },
    { "a,b\n\xff,2\n1,2\n", "!\n1|2\n" },
    { "a,b\n\"1,2\n3,4\n", "!\n" }, /* a quote without an end */
    { "a,b\n", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *rows = read_all (cases[i].text, -1);

      g_assert_cmpstr (rows, ==, cases[i].rows);
    }
}

static void
test_head (void)
{
  g_autoptr (LzTestDir) dir = lz_test_make_dir ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LzCsv) csv = open_text (dir, "\xef\xbb\xbf\"one\",two\n", -1, &error);

  g_assert_no_error (error);
  g_assert_cmpint (lz_csv_find_column (csv, "one"), ==, 0);
  g_assert_cmpint (lz_csv_find_column (csv, "two"), ==, 1);
  g_assert_cmpint (lz_csv_find_column (csv, "three"), ==, -1);
  g_assert_cmpstr (lz_csv_get (csv, -1), ==, "");
  g_assert_null (open_text (dir, "", 0, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
}

/* A row that never ends must not take all memory. */
static void
test_endless (void)
{
  g_autofree char *text = g_malloc (3 * 1024 * 1024);
  g_autoptr (LzTestDir) dir = lz_test_make_dir ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LzCsv) csv = NULL;

  memset (text, 'x', 3 * 1024 * 1024);
  memcpy (text, "a,b\n\"", 5);
  csv = open_text (dir, text, 3 * 1024 * 1024, &error);
  g_assert_no_error (error);
  g_assert_false (lz_csv_next (csv, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_TOO_LARGE);
}

static void
test_times (void)
{
  static const struct
  {
    const char *text;
    const char *format;
    gint64 time_ms; /* -1: no time */
  } cases[] = {
    { "07/01/2011 01:32:33 AM", "%m/%d/%Y %I:%M:%S %p", 1309455153000 },
    { "07/01/2011 12:00:00 AM", "%m/%d/%Y %I:%M:%S %p", 1309449600000 },
    { "07/01/2011 12:00:00 PM", "%m/%d/%Y %I:%M:%S %p", 1309492800000 },
    { "07/01/2011 13:00:00 PM", "%m/%d/%Y %I:%M:%S %p", -1 },
    { "07/01/2011 00:00:00 AM", "%m/%d/%Y %I:%M:%S %p", -1 },
    { "07/01/2011 01:32:33", "%m/%d/%Y %I:%M:%S %p", -1 },
    { "07/01/2011 01:32:33 AM!", "%m/%d/%Y %I:%M:%S %p", -1 },
    { "2011-7-1", "%Y-%m-%d", 1309449600000 },
    { "2011-02-30", "%Y-%m-%d", -1 },
    { "2011-13-01", "%Y-%m-%d", -1 },
    { "2011", "%Y-%m-%d", -1 },
    { "", "%Y-%m-%d", -1 },
    { "100%2011", "100%%%Y", 1293811200000 },
    { "2011-07-01T00:00:00", "iso", 1309449600000 },
    { "2011-06-30T16:00:00Z", "iso", 1309449600000 },
    { "yesterday", "iso", -1 },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Asia/Shanghai");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 time_ms = -1;

      g_test_message ("%s", cases[i].text);
      g_assert_cmpint (lz_csv_parse_time (cases[i].text, cases[i].format, zone, &time_ms), ==,
                       cases[i].time_ms != -1);
      g_assert_cmpint (time_ms, ==, cases[i].time_ms);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/csv/rows", test_rows);
  g_test_add_func ("/csv/head", test_head);
  g_test_add_func ("/csv/endless", test_endless);
  g_test_add_func ("/csv/times", test_times);
  return g_test_run ();
}
