/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Stores of every version that was ever given out, frozen: each must open, come out with the schema
 * of a new one, and be sound.  A change of the schema adds a migration and a frozen file; a frozen
 * file never changes. */

#include "lz-rebuild.h"
#include "lz-station-fixture.h"

#include "lz-doctor.h"

static const char *const frozen[] = { "v0003.gpkg.gz", "v0012.gpkg.gz" };

static void
unpack (const char *name, const char *to)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "db", name, NULL);
  g_autoptr (GFile) from = g_file_new_for_path (path);
  g_autoptr (GFile) file = g_file_new_for_path (to);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) packed = G_INPUT_STREAM (g_file_read (from, NULL, &error));
  g_autoptr (GConverter) gunzip =
      G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GInputStream) in = NULL;
  g_autoptr (GOutputStream) out = NULL;

  g_assert_no_error (error);
  in = g_converter_input_stream_new (packed, gunzip);
  out = G_OUTPUT_STREAM (g_file_replace (file, NULL, FALSE, G_FILE_CREATE_NONE, NULL, &error));
  g_assert_no_error (error);
  g_output_stream_splice (out, in,
                          G_OUTPUT_STREAM_SPLICE_CLOSE_SOURCE | G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET,
                          NULL, &error);
  g_assert_no_error (error);
}

static char *
describe_schema (LzStation *station)
{
  sqlite3 *handle = lz_db_get_handle (lz_station_get_db (station));
  GString *out = g_string_new (NULL);
  sqlite3_stmt *stmt;

  g_assert_cmpint (sqlite3_prepare_v2 (handle,
                                       "SELECT type, name, sql FROM sqlite_schema"
                                       " WHERE name NOT LIKE 'sqlite_%' ORDER BY type, name",
                                       -1, &stmt, NULL),
                   ==, SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW)
    g_string_append_printf (out, "%s %s: %s\n", (const char *) sqlite3_column_text (stmt, 0),
                            (const char *) sqlite3_column_text (stmt, 1),
                            (const char *) sqlite3_column_text (stmt, 2));
  sqlite3_finalize (stmt);
  return g_string_free (out, FALSE);
}

static void
test_frozen (StationFixture *f, gconstpointer data)
{
  const char *name = data;
  g_autofree char *dir = g_dir_make_tmp ("lz-frozen-XXXXXX", NULL);
  g_autofree char *database = g_build_filename (dir, "station.gpkg", NULL);
  g_autoptr (LzStation) old = NULL;
  g_autoptr (GPtrArray) findings = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *fresh_schema = describe_schema (f->station);
  g_autofree char *old_schema = NULL;
  LzCaseQuery all = { 0 };
  LzCaseQuery found = { .text = "坑槽" };

  unpack (name, database);
  old = lz_station_open (dir, LZ_STATION_READ_WRITE, &error);
  g_assert_no_error (error);
  old_schema = describe_schema (old);
  g_assert_true (strcmp (old_schema, fresh_schema) == 0);
  g_assert_cmpint (lz_cases_count (old, &all, NULL), ==, 3);
  g_assert_cmpint (lz_cases_count (old, &found, NULL), ==, 1);

  findings = lz_doctor_run (old, FALSE, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < findings->len; i++)
    {
      const LzFinding *finding = g_ptr_array_index (findings, i);

      g_test_message ("%s: %s", finding->check, finding->text);
      if (strcmp (finding->check, "photos") != 0) /* the folder is not frozen with it */
        g_assert_cmpint (finding->level, !=, LZ_FINDING_DAMAGE);
    }
  g_assert_true (lz_rebuild (old, &error));
  g_assert_no_error (error);
  g_assert_cmpint (lz_cases_count (old, &all, NULL), ==, 3);

  g_clear_pointer (&old, lz_station_close);
  lz_test_remove_tree (dir);
}

/* A store of a newer program is left alone. */
static void
test_newer (StationFixture *f, gconstpointer data)
{
  g_autoptr (LzStation) station = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (lz_db_exec (lz_station_get_db (f->station),
                             "UPDATE schema_version SET version = version + 1", &error));
  g_assert_no_error (error);
  station = lz_station_open (f->dir, LZ_STATION_READ_WRITE, &error);
  g_assert_null (station);
  g_assert_error (error, LZ_ERROR, LZ_ERROR_TOO_NEW);
}

static void
test_no_database (StationFixture *f, gconstpointer data)
{
  g_autofree char *database = g_build_filename (f->dir, "station.gpkg", NULL);
  g_autoptr (LzStation) station = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&f->station, lz_station_close);
  g_assert_true (
      g_file_set_contents (database, "this is no database, it only has its name", -1, NULL));
  station = lz_station_open (f->dir, LZ_STATION_READ_WRITE, &error);
  g_assert_null (station);
  g_assert_error (error, LZ_ERROR, LZ_ERROR_CORRUPT);
}

/* The lists of the whole store are read from their indexes: none sorts. */
static void
test_lists_do_not_sort (StationFixture *f, gconstpointer data)
{
  sqlite3 *handle = lz_db_get_handle (lz_station_get_db (f->station));

  for (guint i = 0; i < 50; i++)
    station_fixture_report (f, "T01-01", 282900000 + (gint32) i, 1172000000, NULL);
  for (guint sort = 0; sort < LZ_N_SORTS; sort++)
    for (guint descending = 0; descending < 2; descending++)
      {
        LzCaseQuery query = { .sort = (LzSort) sort, .descending = descending != 0 };
        g_autoptr (GArray) fids = lz_cases_list (f->station, &query, 10, NULL);

        g_assert_cmpuint (fids->len, ==, 10);
      }
  for (sqlite3_stmt *stmt = sqlite3_next_stmt (handle, NULL); stmt != NULL;
       stmt = sqlite3_next_stmt (handle, stmt))
    if (g_str_has_prefix (sqlite3_sql (stmt), "SELECT fid FROM case_row"))
      {
        g_test_message ("%s", sqlite3_sql (stmt));
        g_assert_cmpint (sqlite3_stmt_status (stmt, SQLITE_STMTSTATUS_SORT, FALSE), ==, 0);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (frozen); i++)
    {
      g_autofree char *path = g_strconcat ("/core/migrate/", frozen[i], NULL);

      g_test_add (path, StationFixture, frozen[i], station_fixture_set_up, test_frozen,
                  station_fixture_tear_down);
    }
#define ADD(name, function)                                                                  \
  g_test_add ("/core/migrate/" name, StationFixture, NULL, station_fixture_set_up, function, \
              station_fixture_tear_down)
  ADD ("newer", test_newer);
  ADD ("no-database", test_no_database);
  ADD ("lists-do-not-sort", test_lists_do_not_sort);

  return g_test_run ();
}
