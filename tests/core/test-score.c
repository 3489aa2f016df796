/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The score models against sums done by hand, ties in ranks, and models that are none. */

#include "lz-data.h"
#include "lz-error.h"
#include "lz-score.h"

#include <math.h>

static LzScoreModel *
load (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_strconcat ("scores/", name, ".tsv", NULL);
  g_autoptr (GBytes) bytes = lz_data_lookup (path, &error);
  LzScoreModel *model;

  g_assert_no_error (error);
  model = lz_score_model_parse (bytes, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lz_score_model_get_key (model), ==, name);
  g_assert_cmpuint (lz_score_model_get_version (model), ==, 1);
  return model;
}

static LzTallyGroup
make_unit (gint64 filed,
           gint64 due_close,
           gint64 closed,
           gint64 due_handle,
           gint64 on_time,
           gint64 late,
           gint64 reworked,
           gint64 extended)
{
  LzTallyGroup group = { .value = (char *) "甲" };

  group.counts[LZ_COUNT_FILED] = filed;
  group.counts[LZ_COUNT_DUE_CLOSE] = due_close;
  group.counts[LZ_COUNT_CLOSED] = closed;
  group.counts[LZ_COUNT_DUE_HANDLE] = due_handle;
  group.counts[LZ_COUNT_HANDLED_ON_TIME] = on_time;
  group.counts[LZ_COUNT_HANDLED_LATE] = late;
  group.counts[LZ_COUNT_REWORKED] = reworked;
  group.counts[LZ_COUNT_EXTENDED] = extended;
  return group;
}

static double
term (const LzScore *score, guint i)
{
  return g_array_index (score->terms, double, i);
}

#define assert_points(a, b) g_assert_cmpfloat_with_epsilon (a, b, 1e-9)

/* 120 filed: 75 of 100 points, weight 10: 7.5.  90 of 100 closed: 27.  72 of 80 on time: 27.  5 of
 * 100 reworked: 28.5.  Together 90.00: an A. */
static void
test_national (void)
{
  g_autoptr (LzScoreModel) model = load ("unit-national");
  LzTallyGroup unit = make_unit (120, 100, 90, 80, 72, 6, 5, 3);
  g_auto (LzScore) score = { 0 };

  lz_score_evaluate_group (model, &unit, NULL, NULL, &score);
  g_assert_true (score.has_value);
  assert_points (term (&score, 0), 7.5);
  assert_points (term (&score, 1), 27);
  assert_points (term (&score, 2), 27);
  assert_points (term (&score, 3), 28.5);
  assert_points (score.points, 90);
  g_assert_cmpint (score.grade, ==, 'A');
}

static void
test_national_steps (void)
{
  static const struct
  {
    gint64 filed;
    double points;
  } rows[] = { { 0, 10 },  { 50, 10 }, { 51, 9 },  { 100, 9 },  { 101, 7.5 }, { 200, 7.5 },
               { 201, 6 }, { 500, 6 }, { 501, 4 }, { 1000, 4 }, { 1001, 0 } };
  g_autoptr (LzScoreModel) model = load ("unit-national");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      LzTallyGroup unit = make_unit (rows[i].filed, 1, 1, 1, 1, 0, 0, 0);
      g_auto (LzScore) score = { 0 };

      lz_score_evaluate_group (model, &unit, NULL, NULL, &score);
      assert_points (term (&score, 0), rows[i].points);
      assert_points (score.points, rows[i].points + 90);
    }
}

/* On time 72/80 = 0.9, late 6/80 = 0.075 counts 0.4 of it = 0.03: 0.93 × 80 = 74.4.  Extensions
 * 3/100: 9.7.  Rework 5/100: 9.5.  Together 93.60. */
static void
test_yuncheng (void)
{
  g_autoptr (LzScoreModel) model = load ("unit-yuncheng");
  LzTallyGroup unit = make_unit (120, 100, 90, 80, 72, 6, 5, 3);
  g_auto (LzScore) score = { 0 };

  lz_score_evaluate_group (model, &unit, NULL, NULL, &score);
  assert_points (score.points, 93.6);
  g_assert_cmpint (score.grade, ==, 'A');
}

/* One case, handled late and closed: national 10 + 30 + 0 + 30 = 70, a C; 运城 32 + 10 + 10 = 52,
 * a D.  One case, overdue: national 10 + 0 + 0 + 30 = 40, a D; 运城 20, an E. */
static void
test_one_case (void)
{
  g_autoptr (LzScoreModel) national = load ("unit-national");
  g_autoptr (LzScoreModel) yuncheng = load ("unit-yuncheng");
  LzTallyGroup late = make_unit (1, 1, 1, 1, 0, 1, 0, 0);
  LzTallyGroup overdue = make_unit (1, 1, 0, 1, 0, 0, 0, 0);
  g_auto (LzScore) a = { 0 };
  g_auto (LzScore) b = { 0 };
  g_auto (LzScore) c = { 0 };
  g_auto (LzScore) d = { 0 };

  lz_score_evaluate_group (national, &late, NULL, NULL, &a);
  lz_score_evaluate_group (yuncheng, &late, NULL, NULL, &b);
  lz_score_evaluate_group (national, &overdue, NULL, NULL, &c);
  lz_score_evaluate_group (yuncheng, &overdue, NULL, NULL, &d);
  assert_points (a.points, 70);
  g_assert_cmpint (a.grade, ==, 'C');
  assert_points (b.points, 52);
  g_assert_cmpint (b.grade, ==, 'D');
  assert_points (c.points, 40);
  g_assert_cmpint (c.grade, ==, 'D');
  assert_points (d.points, 20);
  g_assert_cmpint (d.grade, ==, 'E');
}

/* Nothing was due: no score, neither 0 nor 100. */
static void
test_no_value (void)
{
  g_autoptr (LzScoreModel) model = load ("unit-national");
  LzTallyGroup unit = make_unit (3, 0, 0, 0, 0, 0, 0, 0);
  g_auto (LzScore) score = { 0 };

  lz_score_evaluate_group (model, &unit, NULL, NULL, &score);
  g_assert_false (score.has_value);
  g_assert_cmpuint (score.n_missing, ==, 3);
  g_assert_true (isnan (term (&score, 1)));
}

typedef struct
{
  LzRatio patrols;
  LzRatio valid;
  LzRatio rechecks;
  LzRatio inspection;
  LzRatio records;
  gint64 exposed;
  gint64 praised;
  gint64 false_photos;
} Chief;

static gboolean
read_chief (const char *key, LzRatio *value, gpointer data)
{
  const Chief *chief = data;

  if (strcmp (key, "patrols") == 0)
    *value = chief->patrols;
  else if (strcmp (key, "own:rate:valid_report") == 0)
    *value = chief->valid;
  else if (strcmp (key, "rechecks") == 0)
    *value = chief->rechecks;
  else if (strcmp (key, "inspection") == 0)
    *value = chief->inspection;
  else if (strcmp (key, "records") == 0)
    *value = chief->records;
  else if (strcmp (key, "exposed") == 0)
    *value = (LzRatio){ chief->exposed, 0 };
  else if (strcmp (key, "praised") == 0)
    *value = (LzRatio){ chief->praised, 0 };
  else if (strcmp (key, "false_photos") == 0)
    *value = (LzRatio){ chief->false_photos, 0 };
  else
    return FALSE;
  return TRUE;
}

/* Patrols 20 of 25: 20.  Valid 9 of 10: 13.5.  Closed on time 8 of 10: 20.  Rechecks 4 of 5: 8.
 * Inspection 85 of 100: 17.  Records 19 of 20: 4.75.  Together 83.25; two missed −2, one exposure
 * −2, seven praises +5 at most: 84.25, a B. */
static void
test_chief (void)
{
  g_autoptr (LzScoreModel) model = load ("chief-monthly");
  Chief chief = { { 20, 25 }, { 9, 10 }, { 4, 5 }, { 85, 100 }, { 19, 20 }, 1, 7, 0 };
  LzTallyGroup roads = { 0 };
  g_auto (LzScore) score = { 0 };
  g_auto (LzScore) caught = { 0 };
  g_auto (LzScore) quiet = { 0 };

  roads.counts[LZ_COUNT_DUE_CLOSE] = 10;
  roads.counts[LZ_COUNT_CLOSED_ON_TIME] = 8;
  roads.counts[LZ_COUNT_MISSED] = 2;
  lz_score_evaluate_group (model, &roads, read_chief, &chief, &score);
  assert_points (score.points, 84.25);
  g_assert_cmpint (score.grade, ==, 'B');

  chief.false_photos = 1;
  lz_score_evaluate_group (model, &roads, read_chief, &chief, &caught);
  g_assert_true (caught.has_value);
  assert_points (caught.points, 0);

  /* No recheck was due and nobody inspected: the others stand for all: 25 × 0.8 + 13.5 + 20 + 4.75
   * = 58.25 of 70 = 83.214…; −2 −2 +5. */
  chief.false_photos = 0;
  chief.rechecks = chief.inspection = (LzRatio){ 0, 0 };
  lz_score_evaluate_group (model, &roads, read_chief, &chief, &quiet);
  assert_points (quiet.points, 84.21);
  g_assert_cmpuint (quiet.n_missing, ==, 2);
}

static void
test_grades (void)
{
  static const struct
  {
    double points;
    char grade;
  } rows[] = { { 100, 'A' }, { 90, 'A' },    { 89.99, 'B' }, { 75, 'B' },    { 74.99, 'C' },
               { 60, 'C' },  { 59.99, 'D' }, { 40, 'D' },    { 39.99, 'E' }, { 0, 'E' } };
  g_autoptr (LzScoreModel) model = load ("unit-national");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    g_assert_cmpint (lz_score_grade (model, rows[i].points), ==, rows[i].grade);
}

static void
test_ranks (void)
{
  LzScore scores[] = {
    { .has_value = TRUE, .points = 80 },    { .has_value = FALSE },
    { .has_value = TRUE, .points = 95.5 },  { .has_value = TRUE, .points = 80 },
    { .has_value = TRUE, .points = 79.99 }, { .has_value = TRUE, .points = 95.5 }
  };
  static const guint expected[] = { 3, 0, 1, 3, 5, 1 };
  guint ranks[6];

  lz_score_rank (scores, 6, ranks);
  for (guint i = 0; i < 6; i++)
    g_assert_cmpuint (ranks[i], ==, expected[i]);
}

static void
test_refused (void)
{
  static const char head[] = "# model: x\n# version: 1\n# grades: A:90 E:0\n";
  static const char columns[] = "key\tinput\tform\tweight\tcap\tmissing\tsteps\tname_zh\tname_en\n";
  static const char *const rows[] = {
    "",
    "a\trate:closing\tbest\t10\t\t\t\t甲\tA\n",
    "a\trate:closing\trate\tmuch\t\t\t\t甲\tA\n",
    "a\trate:closing\trate\t10\t\tmaybe\t\t甲\tA\n",
    "a\tcount:filed\tsteps\t10\t\t\t50:100\t甲\tA\n",
    "a\tcount:filed\tsteps\t10\t\t\t50:100 40:90 *:0\t甲\tA\n",
    "a\tcount:filed\tsteps\t10\t\t\tmany\t甲\tA\n",
    "a\t\trate\t10\t\t\t\t甲\tA\n",
    "a\tcount:filed\teach\t10\t-3\t\t\t甲\tA\n",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = g_strconcat (head, columns, rows[i], NULL);
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
      g_autoptr (GError) error = NULL;

      g_assert_null (lz_score_model_parse (bytes, &error));
      g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/score/national", test_national);
  g_test_add_func ("/core/score/national-steps", test_national_steps);
  g_test_add_func ("/core/score/yuncheng", test_yuncheng);
  g_test_add_func ("/core/score/one-case", test_one_case);
  g_test_add_func ("/core/score/no-value", test_no_value);
  g_test_add_func ("/core/score/chief", test_chief);
  g_test_add_func ("/core/score/grades", test_grades);
  g_test_add_func ("/core/score/ranks", test_ranks);
  g_test_add_func ("/core/score/refused", test_refused);

  return g_test_run ();
}
