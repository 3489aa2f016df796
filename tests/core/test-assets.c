/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Assets on the map and around a place; the words that find them; an import stopped and undone. */

#include "lz-station-fixture.h"

#include "lz-assets.h"
#include "lz-point.h"

static LzId
put (StationFixture *f, const char *species, double latitude, double longitude)
{
  g_autoptr (JsonObject) facts = json_object_new ();
  g_autoptr (GError) error = NULL;
  LzAssetEntry entry = { .kind = "street_tree", .facts = facts };
  LzId id;

  json_object_set_string_member (facts, "chip", "E2");
  json_object_set_string_member (facts, "species", species);
  if (latitude != 0)
    lz_point_from_degrees (latitude, longitude, &entry.place);
  lz_assets_record (f->station, &entry, &id, &error);
  g_assert_no_error (error);
  return id;
}

/* Offsets of 1e-4 degrees of latitude are 11.1 m. */
static void
test_near (StationFixture *f, gconstpointer data)
{
  LzId far = put (f, "far", 34.4500 + 6e-4, 113.03);
  LzId near = put (f, "near", 34.4500 + 1e-4, 113.03);
  LzId nearer = put (f, "nearer", 34.4500 - 5e-5, 113.03);
  LzId nowhere = put (f, "nowhere", 0, 0);
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GError) error = NULL;
  LzPoint place;

  (void) far;
  (void) nowhere;
  lz_point_from_degrees (34.45, 113.03, &place);
  found = lz_assets_find_near (f->station, place, 50, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_true (lz_id_equal (&((LzRecord *) found->pdata[0])->id, &nearer));
  g_assert_true (lz_id_equal (&((LzRecord *) found->pdata[1])->id, &near));
  first = lz_assets_find_near (f->station, place, 500, 1, &error);
  g_assert_cmpuint (first->len, ==, 1);
}

/* Around the seam of the largest map tiles, where the curve jumps. */
static void
test_seam (StationFixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  LzPoint place;

  put (f, "west", 0.00005, -0.0001);
  put (f, "east", -0.00005, 0.0001);
  lz_point_from_degrees (0.00001, 0.00001, &place);
  found = lz_assets_find_near (f->station, place, 50, 10, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->len, ==, 2);
}

static void
test_marks (StationFixture *f, gconstpointer data)
{
  LzId id = put (f, "甲", 34.45, 113.03);
  g_autoptr (LzAssetMarks) marks = NULL;
  g_autoptr (LzAssetMarks) after = NULL;
  g_autoptr (LzAssetKinds) kinds = NULL;
  g_autoptr (LzRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  put (f, "乙", 34.46, 113.04);
  put (f, "丙", 0, 0);
  marks = lz_assets_load_marks (f->station, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (marks->n, ==, 2);
  g_assert_cmpuint (marks->morton[0], <, marks->morton[1]);
  kinds = lz_assets_dup_kinds (f->station, &error);
  g_assert_cmpstr (lz_asset_kinds_get (kinds, marks->kinds[0])->sign, ==, "树");
  record = lz_assets_load_row (f->station, marks->fids[0], &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lz_record_get_text (record, "kind"), ==, "street_tree");

  g_assert_true (lz_assets_retire (f->station, &id, "枯死", &error));
  after = lz_assets_load_marks (f->station, &error);
  g_assert_cmpuint (after->n, ==, 1);
}

static guint
count (StationFixture *f, const char *text)
{
  LzRecordQuery query = { .type = LZ_RECORD_ASSET, .text = text };
  g_autoptr (GError) error = NULL;
  gint64 n = 0;

  g_assert_true (lz_records_count (f->station, &query, &n, &error));
  return (guint) n;
}

static void
test_words (StationFixture *f, gconstpointer data)
{
  put (f, "Camphor \"A\"", 0, 0);
  put (f, "香樟", 0, 0);
  g_assert_cmpuint (count (f, "CAMPHOR"), ==, 1);
  g_assert_cmpuint (count (f, "香"), ==, 1);
  g_assert_cmpuint (count (f, "\"a\""), ==, 1);
  g_assert_cmpuint (count (f, "street_tree"), ==, 0); /* its kind is no text of it */
  g_assert_cmpuint (count (f, "species"), ==, 0);     /* nor is the name of a field */
  g_assert_cmpuint (count (f, ""), ==, 2);
}

static gint64
count_on_file (StationFixture *f)
{
  LzRecordQuery query = { .type = LZ_RECORD_ASSET, .states = LZ_RECORD_BIT (LZ_RECORD_OPEN) };
  g_autoptr (GError) error = NULL;
  gint64 n = -1;

  lz_records_count (f->station, &query, &n, &error);
  g_assert_no_error (error);
  return n;
}

/* A register whose import is stopped leaves nothing; one that is not is
 * undone as a whole. */
static void
test_stopped_import (StationFixture *f, gconstpointer data)
{
  g_autofree char *path = g_build_filename (f->dir, "trees.csv", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GString) table = g_string_new ("chip,species\n");
  g_autoptr (LzAssetReport) report = NULL;
  g_autoptr (GError) error = NULL;
  LzAssetImport last;
  guint n_gone = 0;

  for (guint i = 0; i < 50; i++)
    g_string_append_printf (table, "E%u,香樟\n", i);
  g_assert_true (g_file_set_contents (path, table->str, -1, NULL));
  g_cancellable_cancel (cancellable);
  g_assert_null (lz_assets_import (f->station, path, "street_tree", cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  g_assert_cmpint (count_on_file (f), ==, 0);

  report = lz_assets_import (f->station, path, "street_tree", NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (report->n_added, ==, 50);
  g_assert_true (lz_assets_find_import (f->station, &last, &error));
  g_assert_true (lz_id_equal (&last.bulk, &report->bulk));
  g_assert_cmpuint (last.n_on_file, ==, 50);
  g_assert_true (lz_assets_undo_import (f->station, &last.bulk, &n_gone, &error));
  g_assert_cmpuint (n_gone, ==, 50);
  g_assert_cmpint (count_on_file (f), ==, 0);
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*run) (StationFixture *f, gconstpointer data);
  } tests[] = {
    { "/core/assets/near", test_near },
    { "/core/assets/seam", test_seam },
    { "/core/assets/marks", test_marks },
    { "/core/assets/words", test_words },
    { "/core/assets/stopped-import", test_stopped_import },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, StationFixture, NULL, station_fixture_set_up, tests[i].run,
                station_fixture_tear_down);
  return g_test_run ();
}
