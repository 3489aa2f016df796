/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-export.h"
#include "lz-test-station.h"

#include <json-glib/json-glib.h>
#include <string.h>

typedef struct
{
  LzTestStation base;
  char *file;
  LzId first;
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  lz_test_station_set_up (&f->base, data);
  f->file = g_build_filename (f->base.dir, "out", NULL);
  f->first = lz_test_station_report (&f->base, "T06-01", "a, \"b\"\r\n=c", NULL);
  lz_test_station_report (&f->base, "T01-01", NULL, NULL);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  g_free (f->file);
  lz_test_station_tear_down (&f->base, data);
}

static char *export(Fixture *f, LzExport how, const char *search, gint64 expected)
{
  LzCaseQuery query = { .text = search, .sort = LZ_SORT_REPORTED };
  g_autoptr (GError) error = NULL;
  gint64 n_cases = -1;
  char *text;

  lz_export_cases (f->base.station, &query, &how, f->file, &n_cases, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n_cases, ==, expected);
  g_file_get_contents (f->file, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void
test_csv (Fixture *f, gconstpointer data)
{
  g_autofree char *plain = export(f, (LzExport){ LZ_EXPORT_CSV, FALSE }, NULL, 2);
  g_autofree char *marked = export(f, (LzExport){ LZ_EXPORT_CSV, TRUE }, NULL, 2);
  g_autofree char *none = export(f, (LzExport){ LZ_EXPORT_CSV, FALSE }, "没有的", 0);

  (void) data;
  g_assert_true (g_str_has_prefix (plain, "number,uuid,code,category,"));
  g_assert_nonnull (strstr (plain, ",\"a, \"\"b\"\"\r\n=c\","));
  g_assert_true (g_str_has_suffix (plain, ",34.4540000,113.0500000\r\n"));
  g_assert_true (g_str_has_prefix (marked, "\xef\xbb\xbfnumber,"));
  g_assert_cmpstr (marked + 3, ==, plain);
  g_assert_true (g_str_has_prefix (plain, none)); /* the head alone */
  g_assert_true (g_str_has_suffix (none, ",lat,lon\r\n"));
}

static void
test_geojson (Fixture *f, gconstpointer data)
{
  g_autofree char *text = export(f, (LzExport){ LZ_EXPORT_GEOJSON, FALSE }, NULL, 2);
  g_autofree char *id = lz_id_dup_string (&f->first);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  JsonArray *features, *place;
  JsonObject *first;

  (void) data;
  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  features = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)),
                                           "features");
  g_assert_cmpuint (json_array_get_length (features), ==, 2);
  first = json_array_get_object_element (features, 0);
  place = json_object_get_array_member (json_object_get_object_member (first, "geometry"),
                                        "coordinates");
  g_assert_cmpfloat (json_array_get_double_element (place, 0), ==, 113.05);
  g_assert_cmpfloat (json_array_get_double_element (place, 1), ==, 34.454);
  first = json_object_get_object_member (first, "properties");
  g_assert_cmpstr (json_object_get_string_member (first, "uuid"), ==, id);
  g_assert_cmpstr (json_object_get_string_member (first, "description"), ==, "a, \"b\"\r\n=c");
  g_assert_true (json_object_get_null_member (first, "road"));
}

static void
test_gpkg (Fixture *f, gconstpointer data)
{
  g_autofree char *text = export(f, (LzExport){ LZ_EXPORT_GPKG, FALSE }, NULL, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (LzDb) db = lz_db_open (f->file, NULL, TRUE, &error);
  gint64 value;

  (void) data;
  g_assert_no_error (error);
  lz_db_get_int64 (db, "SELECT count(*) FROM cases WHERE length (geom) = 29", &value, &error);
  g_assert_cmpint (value, ==, 2);
  lz_db_get_int64 (db, "PRAGMA application_id", &value, &error);
  g_assert_cmpint (value, ==, 1196444487);
  lz_db_get_int64 (db, "SELECT min_x = 113.05 AND max_y = 34.454 FROM gpkg_contents", &value,
                   &error);
  g_assert_cmpint (value, ==, 1);
  g_assert_no_error (error);
}

/* Every event of the cases, and of nothing else, in its order. */
static void
test_history (Fixture *f, gconstpointer data)
{
  g_autofree char *text =
      export(f, (LzExport){ .format = LZ_EXPORT_GPKG, .history = TRUE }, NULL, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (LzDb) db = lz_db_open (f->file, NULL, TRUE, &error);
  gint64 value, events;

  (void) data;
  g_assert_no_error (error);
  lz_db_get_int64 (db, "SELECT count(*) FROM events JOIN cases USING (uuid)", &value, &error);
  lz_db_get_int64 (lz_station_get_db (f->base.station), "SELECT count(*) FROM event", &events,
                   &error);
  g_assert_cmpint (value, ==, events);
  lz_db_get_int64 (db, "SELECT count(*) FROM events WHERE n = 1 AND kind = 'case.reported'", &value,
                   &error);
  g_assert_cmpint (value, ==, 2);
  lz_db_get_int64 (
      db,
      "SELECT count(*) FROM events AS e JOIN cases AS c USING (uuid)"
      " WHERE e.kind = 'case.dispatched' AND e.deadline = c.deadline AND e.unit = c.unit",
      &value, &error);
  g_assert_cmpint (value, ==, 2);
  g_assert_no_error (error);
}

/* What fails or is stopped leaves no file, and leaves the one that was there. */
static void
test_stopped (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *before = export(f, (LzExport){ LZ_EXPORT_CSV, FALSE }, NULL, 2);
  g_autofree char *after = NULL;
  g_autoptr (GDir) dir = NULL;
  LzCaseQuery query = { 0 };
  guint n = 0;

  (void) data;
  g_cancellable_cancel (cancellable);
  for (LzExportFormat format = LZ_EXPORT_GEOJSON; format <= LZ_EXPORT_GPKG; format++)
    {
      g_autoptr (GError) error = NULL;
      LzExport how = { format, FALSE };

      g_assert_false (
          lz_export_cases (f->base.station, &query, &how, f->file, NULL, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_clear_error (&error);
      g_assert_false (
          lz_export_cases (f->base.station, &query, &how, f->base.dir, NULL, NULL, &error));
      g_assert_nonnull (error);
    }
  g_file_get_contents (f->file, &after, NULL, NULL);
  g_assert_cmpstr (after, ==, before);
  dir = g_dir_open (f->base.dir, 0, NULL);
  while (g_dir_read_name (dir) != NULL)
    n++;
  g_assert_cmpuint (n, ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

#define ADD(name, func) g_test_add ("/export/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("csv", test_csv);
  ADD ("geojson", test_geojson);
  ADD ("gpkg", test_gpkg);
  ADD ("history", test_history);
  ADD ("stopped", test_stopped);
  return g_test_run ();
}
