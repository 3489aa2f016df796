/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-filter.h"

#define NOW_S 1000000u

static LzPins *
new_pins (guint n)
{
  LzPins *pins = lz_pins_new (n);

  for (guint i = 0; i < n; i++)
    {
      pins->morton[i] = i;
      pins->fids[i] = i + 1;
      pins->dimensions[i] = 1 + i % 4;
      /* green, yellow, red in turn */
      pins->warn_s[i] = i % 3 == 0 ? NOW_S + 10 : NOW_S - 10;
      pins->due_s[i] = i % 3 == 2 ? NOW_S - 5 : NOW_S + 20;
    }

  return pins;
}

static void
test_sift_all (void)
{
  LzCaseQuery query = { .now_ms = NOW_S * G_GINT64_CONSTANT (1000) };
  g_autoptr (LzPins) pins = new_pins (12);
  LzFilterCounts counts;

  lz_filter_sift_pins (&query, pins, &counts);

  g_assert_cmpuint (pins->n, ==, 12);
  g_assert_cmpuint (counts.total, ==, 12);
  g_assert_cmpuint (counts.dimensions[1], ==, 3);
  g_assert_cmpuint (counts.lamps[LZ_LAMP_GREEN], ==, 4);
  g_assert_cmpuint (counts.lamps[LZ_LAMP_YELLOW], ==, 4);
  g_assert_cmpuint (counts.lamps[LZ_LAMP_RED], ==, 4);
}

/* The chips go on counting what they would show, whatever is chosen. */
static void
test_sift_some (void)
{
  LzCaseQuery query = { .now_ms = NOW_S * G_GINT64_CONSTANT (1000),
                        .lamps = 1u << LZ_LAMP_RED,
                        .dimensions = (1u << 3) | (1u << 4) };
  g_autoptr (LzPins) pins = new_pins (12);
  LzFilterCounts counts;

  lz_filter_sift_pins (&query, pins, &counts);

  g_assert_cmpuint (counts.total, ==, 12);
  g_assert_cmpuint (pins->n, ==, 2);
  for (guint i = 0; i < pins->n; i++)
    {
      g_assert_cmpuint (pins->dimensions[i], >=, 3);
      g_assert_cmpuint (pins->due_s[i], <, NOW_S);
      g_assert_cmpint (pins->fids[i], ==, (gint64) pins->morton[i] + 1);
      g_assert_true (i == 0 || pins->morton[i] > pins->morton[i - 1]);
    }
}

static void
test_stopped (void)
{
  LzCaseQuery query = { .now_ms = NOW_S * G_GINT64_CONSTANT (1000), .lamps = 1u << LZ_LAMP_RED };
  g_autoptr (LzPins) pins = new_pins (3);
  LzFilterCounts counts;

  pins->stopped[2] = 1;
  lz_filter_sift_pins (&query, pins, &counts);

  g_assert_cmpuint (pins->n, ==, 0);
  g_assert_cmpuint (counts.lamps[LZ_LAMP_RED], ==, 0);
  g_assert_cmpuint (counts.lamps[LZ_LAMP_NONE], ==, 1);
}

static void
count_cb (LzFilter *filter, guint *n)
{
  (*n)++;
}

static void
test_signals (void)
{
  g_autoptr (LzFilter) filter = lz_filter_new (LZ_STATES_OPEN);
  LzCaseQuery *query;
  guint n = 0;

  g_signal_connect (filter, "changed", G_CALLBACK (count_cb), &n);
  g_assert_true (lz_filter_is_default (filter));
  lz_filter_set_text (filter, "雄石路");
  lz_filter_set_text (filter, "雄石路");
  lz_filter_set_dimensions (filter, 1u << 2);
  g_assert_cmpuint (n, ==, 2);

  query = lz_filter_dup_query (filter, LZ_SORT_DUE, TRUE);
  g_assert_cmpstr (query->text, ==, "雄石路");
  g_assert_cmpuint (query->states, ==, LZ_STATES_OPEN);
  g_assert_cmpuint (query->dimensions, ==, 1u << 2);
  lz_filter_query_free (query);

  lz_filter_reset (filter);
  g_assert_true (lz_filter_is_default (filter));
  lz_filter_reset (filter);
  g_assert_cmpuint (n, ==, 3);
}

/* The cases behind a figure: everything else is forgotten, a road shows all of its cases again. */
static void
test_among (void)
{
  g_autoptr (LzFilter) filter = lz_filter_new (0);
  g_autoptr (GArray) fids = g_array_new (FALSE, FALSE, sizeof (gint64));
  const gint64 rows[] = { 3, 12 };
  const LzId road = { { 7 } };
  LzCaseQuery *query;

  g_array_append_vals (fids, rows, G_N_ELEMENTS (rows));
  lz_filter_set_text (filter, "雄石路");
  lz_filter_set_among (filter, fids);
  g_assert_true (lz_filter_has_among (filter));
  g_assert_false (lz_filter_is_default (filter));
  query = lz_filter_dup_query (filter, LZ_SORT_DUE, TRUE);
  g_assert_cmpstr (query->among, ==, "[3,12]");
  g_assert_null (query->text);
  lz_filter_query_free (query);

  lz_filter_set_road (filter, &road);
  g_assert_false (lz_filter_has_among (filter));

  g_array_set_size (fids, 0);
  lz_filter_set_among (filter, fids);
  query = lz_filter_dup_query (filter, LZ_SORT_DUE, TRUE);
  g_assert_cmpstr (query->among, ==, "[]");
  lz_filter_query_free (query);
  lz_filter_reset (filter);
  g_assert_false (lz_filter_has_among (filter));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/desktop/filter/sift-all", test_sift_all);
  g_test_add_func ("/desktop/filter/sift-some", test_sift_some);
  g_test_add_func ("/desktop/filter/stopped", test_stopped);
  g_test_add_func ("/desktop/filter/signals", test_signals);
  g_test_add_func ("/desktop/filter/among", test_among);

  return g_test_run ();
}
