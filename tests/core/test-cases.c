/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Queries over cases: lists, counts, search, the map's view, similar ones. */

#include "lz-station-fixture.h"

#include "lz-catalogue.h"
#include "lz-line.h"
#include "lz-search.h"

#define LAT7    282900000
#define LON7    1172000000
#define HOUR_MS G_GINT64_CONSTANT (3600000)

/* T01-01 pothole 5 working days, T01-06 collapse 2 urgent hours. */
#define POTHOLE  "T01-01"
#define COLLAPSE "T01-06"

static guint
count (StationFixture *f, LzCaseQuery query)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) fids = NULL;
  gint64 n;

  query.now_ms = f->now_ms;
  fids = lz_cases_list (f->station, &query, 0, &error);
  g_assert_no_error (error);
  n = lz_cases_count (f->station, &query, &error);
  g_assert_no_error (error);
  g_assert_cmpint (n, ==, fids->len); /* two ways to the same figure */
  return fids->len;
}

static guint
hits (StationFixture *f, const char *text)
{
  return count (f, (LzCaseQuery){ .text = text });
}

/* The rows behind a figure: these and no others, whatever else the query says of places. */
static void
test_among (StationFixture *f, gconstpointer data)
{
  const LzId nowhere = { { 9 } };
  const LzCaseQuery all = { .sort = LZ_SORT_REPORTED };
  g_autoptr (GArray) fids = NULL;
  g_autofree char *among = NULL;

  station_fixture_report (f, POTHOLE, LAT7, LON7, "坑槽");
  station_fixture_report (f, COLLAPSE, LAT7, LON7, "路面下沉");
  station_fixture_report (f, COLLAPSE, LAT7, LON7, "路面坑槽");

  fids = lz_cases_list (f->station, &all, 0, NULL);
  g_assert_cmpuint (fids->len, ==, 3);
  among = g_strdup_printf ("[%" G_GINT64_FORMAT ",%" G_GINT64_FORMAT ",777]",
                           g_array_index (fids, gint64, 0), g_array_index (fids, gint64, 2));

  g_assert_cmpuint (count (f, (LzCaseQuery){ .among = "[]" }), ==, 0);
  g_assert_cmpuint (count (f, (LzCaseQuery){ .among = among }), ==, 2);
  g_assert_cmpuint (count (f, (LzCaseQuery){ .among = among, .road = nowhere }), ==, 0);
  g_assert_cmpuint (count (f, (LzCaseQuery){ .among = among, .text = "下沉" }), ==, 0);
}

static void
test_search (StationFixture *f, gconstpointer data)
{
  const LzCatalogue *catalogue = lz_station_get_catalogue (f->station);
  const LzCategory *pothole = lz_catalogue_find (catalogue, POTHOLE);

  station_fixture_report (f, POTHOLE, LAT7, LON7, "冶金大道行道树旁坑槽, near GATE-3");
  station_fixture_report (f, COLLAPSE, LAT7, LON7, "路面下沉");

  g_assert_nonnull (pothole);
  g_assert_cmpuint (hits (f, "坑"), ==, 1);
  g_assert_cmpuint (hits (f, "坑槽"), ==, 1);
  g_assert_cmpuint (hits (f, "冶金大道"), ==, 1);
  g_assert_cmpuint (hits (f, "大冶"), ==, 0); /* the pair must stand together */
  g_assert_cmpuint (hits (f, "路面"), ==, 2);
  g_assert_cmpuint (hits (f, "路面 下沉"), ==, 1);
  g_assert_cmpuint (hits (f, "xds"), ==, 1); /* 行道树 */
  g_assert_cmpuint (hits (f, "YJDD"), ==, 1);
  g_assert_cmpuint (hits (f, "gate"), ==, 1);
  g_assert_cmpuint (hits (f, "T01-06"), ==, 1);
  g_assert_cmpuint (hits (f, "260302"), ==, 2); /* a part of the number */
  g_assert_cmpuint (hits (f, "没有的"), ==, 0);
  g_assert_cmpuint (hits (f, "\" OR *"), ==, 0);
  g_assert_cmpuint (hits (f, "，。"), ==, 0);
  g_assert_cmpuint (hits (f, "   "), ==, 0);
}

static void
test_search_expressions (StationFixture *f, gconstpointer data)
{
  const LzCatalogue *catalogue = lz_station_get_catalogue (f->station);
  g_autofree char *nothing = lz_search_expression ("，。 \"*", catalogue);
  g_autofree char *single = lz_search_expression ("鑫", catalogue);
  g_autofree char *pairs = lz_search_expression ("鑫源路", catalogue);

  g_assert_null (nothing);
  g_assert_cmpstr (single, ==, "(\"鑫\")");
  g_assert_cmpstr (pairs, ==, "((\"鑫源\" AND \"源路\"))");
}

static void
test_filters (StationFixture *f, gconstpointer data)
{
  station_fixture_report (f, POTHOLE, LAT7, LON7, NULL);
  station_fixture_report (f, COLLAPSE, LAT7, LON7, NULL);

  g_assert_cmpuint (count (f, (LzCaseQuery){ 0 }), ==, 2);
  g_assert_cmpuint (count (f, (LzCaseQuery){ .lamps = 1 << LZ_LAMP_GREEN }), ==, 2);
  g_assert_cmpuint (count (f, (LzCaseQuery){ .states = LZ_STATES_FINAL }), ==, 0);
  g_assert_cmpuint (count (f, (LzCaseQuery){ .dimensions = 1 << LZ_DIMENSION_ORDER }), ==, 2);
  g_assert_cmpuint (count (f, (LzCaseQuery){ .dimensions = 1 << LZ_DIMENSION_LIGHT }), ==, 0);

  f->now_ms += 2 * HOUR_MS - 1; /* the collapse: 99 % of two hours */
  g_assert_cmpuint (count (f, (LzCaseQuery){ .lamps = 1 << LZ_LAMP_YELLOW }), ==, 1);
  f->now_ms += 2;
  g_assert_cmpuint (count (f, (LzCaseQuery){ .lamps = 1 << LZ_LAMP_RED }), ==, 1);
  g_assert_cmpuint (count (f, (LzCaseQuery){ .lamps = 1 << LZ_LAMP_RED,
                                             .states = LZ_STATES_OPEN,
                                             .text = "路面" }),
                    ==, 1);
}

static void
test_sorts (StationFixture *f, gconstpointer data)
{
  for (guint i = 0; i < 40; i++)
    {
      f->now_ms += 1000;
      station_fixture_report (f, i % 3 == 0 ? COLLAPSE : POTHOLE, LAT7 + (gint32) i, LON7, "x");
    }

  for (guint sort = 0; sort < LZ_N_SORTS; sort++)
    for (guint words = 0; words < 2; words++)
      {
        LzCaseQuery query = { .sort = (LzSort) sort,
                              .now_ms = f->now_ms,
                              .text = words ? "x" : NULL };
        g_autoptr (GArray) up = lz_cases_list (f->station, &query, 0, NULL);
        g_autoptr (GArray) down = NULL;
        g_autoptr (GArray) head = NULL;

        query.descending = TRUE;
        down = lz_cases_list (f->station, &query, 0, NULL);
        head = lz_cases_list (f->station, &query, 7, NULL);
        g_assert_cmpuint (up->len, ==, 40);
        g_assert_cmpuint (down->len, ==, 40);
        g_assert_cmpuint (head->len, ==, 7);
        for (guint i = 0; i < 40; i++) /* the fid makes it whole: exactly the reverse */
          g_assert_cmpint (g_array_index (up, gint64, i), ==, g_array_index (down, gint64, 39 - i));
        g_assert_cmpmem (head->data, 7 * sizeof (gint64), down->data, 7 * sizeof (gint64));
      }
}

static void
test_rows (StationFixture *f, gconstpointer data)
{
  LzId id = station_fixture_report (f, POTHOLE, LAT7, LON7, "坑槽");
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (LzCase) self = lz_cases_load (f->station, &id, NULL);
  gint64 fids[2] = { 0, 999999 };
  const LzCaseRow *row;

  g_assert_true (lz_cases_get_fid (f->station, &id, &fids[0], NULL));
  rows = lz_cases_load_rows (f->station, fids, 2, NULL);
  g_assert_cmpuint (rows->len, ==, 1); /* what is gone is left out */
  row = g_ptr_array_index (rows, 0);
  g_assert_cmpstr (row->number, ==, self->number);
  g_assert_cmpstr (row->category_name, ==, "车行道路面破损");
  g_assert_cmpuint (row->dimension, ==, LZ_DIMENSION_ORDER);
  g_assert_false (row->delivered);
  g_assert_cmpint (lz_case_row_lamp_at (row, f->now_ms), ==, LZ_LAMP_GREEN);
}

static void
test_names (StationFixture *f, gconstpointer data)
{
  LzId id = station_fixture_report (f, POTHOLE, LAT7, LON7, NULL);
  g_autofree char *text = lz_id_dup_string (&id);
  g_autoptr (LzCase) by_id = lz_cases_load_by_name (f->station, text, NULL);
  g_autoptr (LzCase) by_number = NULL;
  g_autoptr (LzCase) by_prefix = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (by_id);
  by_number = lz_cases_load_by_name (f->station, by_id->number, NULL);
  g_assert_nonnull (by_number);
  text[13] = '\0';
  by_prefix = lz_cases_load_by_name (f->station, text, NULL);
  g_assert_nonnull (by_prefix);
  g_assert_null (lz_cases_load_by_name (f->station, "D-0000-1", &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND);
}

static void
test_pins (StationFixture *f, gconstpointer data)
{
  LzCaseQuery query = { .now_ms = f->now_ms };
  g_autoptr (LzPins) pins = NULL;

  for (guint i = 0; i < 3000; i += 100)
    station_fixture_report (f, POTHOLE, LAT7 + (gint32) ((i * 7919) % 100000),
                            LON7 + (gint32) ((i * 104729) % 100000), NULL);
  pins = lz_cases_load_pins (f->station, &query, NULL);
  g_assert_cmpuint (pins->n, ==, 30);
  for (guint i = 0; i < pins->n; i++)
    {
      g_assert_cmpint (pins->states[i], ==, LZ_STATE_DISPATCHED);
      g_assert_cmpint (pins->dimensions[i], ==, LZ_DIMENSION_ORDER);
      g_assert_cmpuint (pins->due_s[i], >, f->now_ms / 1000);
      if (i > 0)
        g_assert_cmpuint (pins->morton[i], >=, pins->morton[i - 1]);
    }
}

static void
test_similar (StationFixture *f, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = NULL;
  LzPoint here = { LAT7, LON7 };

  station_fixture_report (f, POTHOLE, LAT7 + 2700, LON7, "30 m north");
  station_fixture_report (f, POTHOLE, LAT7 + 900, LON7, "10 m north");
  station_fixture_report (f, POTHOLE, LAT7 + 6300, LON7, "70 m north");
  station_fixture_report (f, COLLAPSE, LAT7, LON7, "another problem");

  rows = lz_cases_find_similar (f->station, POTHOLE, here, 50, 24, NULL);
  g_assert_cmpuint (rows->len, ==, 2);
  g_assert_cmpstr (((LzCaseRow *) g_ptr_array_index (rows, 0))->text, ==, "10 m north");
  g_clear_pointer (&rows, g_ptr_array_unref);

  f->now_ms += 25 * HOUR_MS;
  rows = lz_cases_find_similar (f->station, POTHOLE, here, 50, 24, NULL);
  g_assert_cmpuint (rows->len, ==, 0);
}

static void
test_tallies (StationFixture *f, gconstpointer data)
{
  g_autoptr (GHashTable) uses = NULL;
  LzOpenTally tally;

  station_fixture_report (f, POTHOLE, LAT7, LON7, NULL);
  station_fixture_report (f, COLLAPSE, LAT7, LON7, NULL);
  station_fixture_report (f, COLLAPSE, LAT7, LON7, NULL);
  f->now_ms += 3 * HOUR_MS;

  g_assert_true (
      lz_cases_tally_open (f->station, f->now_ms, f->now_ms + 12 * HOUR_MS, &tally, NULL));
  g_assert_cmpuint (tally.n_open, ==, 3);
  g_assert_cmpuint (tally.n_overdue, ==, 2);
  g_assert_cmpuint (tally.n_warned, ==, 0);
  g_assert_cmpuint (tally.n_by_dimension[LZ_DIMENSION_ORDER], ==, 3);

  uses = lz_cases_count_uses (f->station, 100, NULL);
  g_assert_cmpuint (GPOINTER_TO_UINT (g_hash_table_lookup (uses, COLLAPSE)), ==, 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function)                                                                \
  g_test_add ("/core/cases/" name, StationFixture, NULL, station_fixture_set_up, function, \
              station_fixture_tear_down)

  ADD ("search-expressions", test_search_expressions);
  ADD ("among", test_among);
  ADD ("search", test_search);
  ADD ("filters", test_filters);
  ADD ("sorts", test_sorts);
  ADD ("rows", test_rows);
  ADD ("names", test_names);
  ADD ("pins", test_pins);
  ADD ("similar", test_similar);
  ADD ("tallies", test_tallies);

  return g_test_run ();
}
