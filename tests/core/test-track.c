/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-error.h"
#include "lz-spans.h"
#include "lz-test-streets.h"
#include "lz-track-code.h"

#define MONDAY_MS G_GINT64_CONSTANT (1772409600000) /* 2026-03-02T00:00:00Z */
#define NOW_MS    (MONDAY_MS + 24 * 3600 * G_GINT64_CONSTANT (1000))

/* Spans. */

static void
check_spans (const GArray *spans, const char *expected)
{
  g_autofree char *text = lz_spans_to_string (spans);
  g_autoptr (GArray) again = lz_spans_from_string (text);
  g_autofree char *twice = again != NULL ? lz_spans_to_string (again) : NULL;

  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpstr (twice, ==, expected);
}

static void
test_spans (void)
{
  g_autoptr (GArray) spans = lz_spans_new ();
  g_autoptr (GArray) others = lz_spans_new ();
  g_autoptr (GArray) none = NULL;
  g_autoptr (GArray) gaps = NULL;

  check_spans (spans, "");
  lz_spans_add (spans, 100, 200);
  lz_spans_add (spans, 500, 600);
  lz_spans_add (spans, 300, 400);
  lz_spans_add (spans, 7, 7);
  lz_spans_add (spans, 9, 8);
  check_spans (spans, "100-200,300-400,500-600");
  lz_spans_add (spans, 200, 250);
  check_spans (spans, "100-250,300-400,500-600");
  lz_spans_add (spans, 120, 130);
  check_spans (spans, "100-250,300-400,500-600");
  lz_spans_add (spans, 240, 500);
  check_spans (spans, "100-600");
  lz_spans_add (spans, 0, 50);
  lz_spans_add (spans, 700, 900);
  check_spans (spans, "0-50,100-600,700-900");
  g_assert_cmpint (lz_spans_length_cm (spans), ==, 750);

  gaps = lz_spans_dup_gaps (spans, 1000);
  check_spans (gaps, "50-100,600-700,900-1000");
  g_clear_pointer (&gaps, g_array_unref);
  gaps = lz_spans_dup_gaps (spans, 650); /* the road was made shorter since */
  check_spans (gaps, "50-100,600-650");
  none = lz_spans_dup_gaps (others, 10);
  check_spans (none, "0-10");

  lz_spans_add (others, 40, 120);
  lz_spans_add (others, 950, 951);
  lz_spans_add_all (spans, others);
  check_spans (spans, "0-600,700-900,950-951");
}

static void
test_spans_hostile (void)
{
  static const char *const bad[] = { "5",
                                     "5-",
                                     "5-5",
                                     "5-4",
                                     "-1-4",
                                     "1-2,",
                                     ",1-2",
                                     "1-2,2-3",
                                     "3-4,1-2",
                                     "1-2 ",
                                     " 1-2",
                                     "1-2;3-4",
                                     "a-b",
                                     "+1-2",
                                     "1--2",
                                     "99999999999999999999-1",
                                     "1-99999999999999999999x" };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GArray) spans = lz_spans_from_string (bad[i]);

      g_assert_null (spans);
    }
  g_assert_null (lz_spans_from_string (NULL));
}

/* Cleaning. */

typedef struct
{
  GPtrArray *tracks;
  GArray *points;
} Recorder;

static void
free_track (gpointer data)
{
  lz_track_free (data);
}

static Recorder
begin (void)
{
  return (Recorder){ g_ptr_array_new_with_free_func (free_track),
                     g_array_new (FALSE, FALSE, sizeof (LzTrackPoint)) };
}

static void
fix (Recorder *self, double east_m, double north_m, double second, double accuracy_m)
{
  LzTrackPoint point = { lz_test_at_m (east_m, north_m), 0, accuracy_m };

  if (second >= 0)
    point.time_ms = MONDAY_MS + (gint64) (second * 1000);
  g_array_append_val (self->points, point);
}

static void
off (Recorder *self)
{
  LzTrack *track = g_new0 (LzTrack, 1);

  track->n = self->points->len;
  track->points = (LzTrackPoint *) (gpointer) g_array_free (self->points, FALSE);
  self->points = g_array_new (FALSE, FALSE, sizeof (LzTrackPoint));
  g_ptr_array_add (self->tracks, track);
}

static LzCleanTrack *
finish (Recorder *self)
{
  LzCleanTrack *clean;

  if (self->points->len > 0)
    off (self);
  clean = lz_clean_track_new (self->tracks);
  g_ptr_array_unref (self->tracks);
  g_array_unref (self->points);
  return clean;
}

static void
test_jumps (void)
{
  Recorder r = begin ();
  g_autoptr (LzCleanTrack) clean = NULL;
  g_autoptr (GError) error = NULL;

  /* A walk of 300 m with two fixes in the next quarter, and one in another city. */
  for (guint i = 0; i <= 60; i++)
    fix (&r, i == 20 || i == 21 ? 900 : i == 40 ? 90000 : i * 5.0, i == 20 ? 700 : 0, i * 4.0, 0);
  clean = finish (&r);

  g_assert_cmpuint (clean->n_all, ==, 61);
  g_assert_cmpuint (clean->n_jumps, ==, 3);
  g_assert_cmpuint (clean->fixes->len, ==, 58);
  g_assert_cmpuint (clean->pieces->len, ==, 1);
  g_assert_cmpfloat_with_epsilon (clean->length_m, 300, 0.5);
  g_assert_cmpint (clean->begun_ms, ==, MONDAY_MS);
  g_assert_cmpint (clean->ended_ms, ==, MONDAY_MS + 240000);
  g_assert_true (lz_clean_track_check (clean, NOW_MS, &error));
  g_assert_no_error (error);
}

/* The receiver was off in a tunnel and wakes a kilometre on: no jump, but another piece. */
static void
test_pieces (void)
{
  Recorder r = begin ();
  g_autoptr (LzCleanTrack) clean = NULL;

  for (guint i = 0; i < 10; i++)
    fix (&r, i * 5.0, 0, i * 4.0, 0);
  for (guint i = 0; i < 10; i++)
    fix (&r, 2000 + i * 5.0, 0, 41 + i * 4.0, 0);
  off (&r);
  for (guint i = 0; i < 10; i++)
    fix (&r, 2050 + i * 5.0, 0, 90 + i * 4.0, 0);
  for (guint i = 0; i < 10; i++)
    fix (&r, 2100 + i * 5.0, 0, 2000 + i * 4.0, 0);
  clean = finish (&r);

  g_assert_cmpuint (clean->n_jumps, ==, 0);
  g_assert_cmpuint (clean->fixes->len, ==, 40);
  g_assert_cmpuint (clean->pieces->len, ==, 4);
  g_assert_cmpfloat_with_epsilon (clean->length_m, 180, 0.5);
}

static void
test_standing (void)
{
  Recorder r = begin ();
  g_autoptr (LzCleanTrack) clean = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 600; i++)
    fix (&r, i % 3 * 0.4, i % 2 * 0.4, i, 0);
  clean = finish (&r);

  g_assert_cmpuint (clean->fixes->len, ==, 30); /* one in 20 s */
  g_assert_cmpuint (clean->pieces->len, ==, 1);
  g_assert_false (lz_clean_track_check (clean, NOW_MS, &error) && clean->length_m < 6);
}

static void
check_refused (LzCleanTrack *clean, const char *because)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (lz_clean_track_check (clean, NOW_MS, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
  if (strstr (error->message, because) == NULL)
    g_error ("“%s” does not say “%s”", error->message, because);
  lz_clean_track_free (clean);
}

static void
test_refused (void)
{
  Recorder r = begin ();

  check_refused (finish (&r), "only one position");
  r = begin ();
  fix (&r, 0, 0, 5, 0);
  check_refused (finish (&r), "only one position");

  r = begin ();
  for (guint i = 0; i < 50; i++)
    fix (&r, i * 5.0, 0, -1, 0);
  check_refused (finish (&r), "does not say when");

  r = begin ();
  for (guint i = 0; i < 50; i++)
    fix (&r, i * 5.0, 0, 1000 - i, 0);
  check_refused (finish (&r), "run backwards (49 of 50");

  r = begin ();
  for (guint i = 0; i < 50; i++)
    fix (&r, i * 5.0, 0, i * 4, i % 2 == 0 ? 200 : 8);
  check_refused (finish (&r), "too uncertain for 25 of 50");

  r = begin ();
  for (guint i = 0; i < 50; i++)
    fix (&r, i % 2 == 0 ? i * 5.0 : 5000.0 * i, 0, i * 4, 0);
  check_refused (finish (&r), "jumps about: 25 of 50");

  r = begin ();
  for (guint i = 0; i < 50; i++)
    fix (&r, 0, 0, i, 0);
  check_refused (finish (&r), "does not move");

  r = begin ();
  for (guint i = 0; i < 50; i++)
    fix (&r, i * 5.0, 0, 24 * 3600 + i * 4, 0);
  check_refused (finish (&r), "in the future");

  r = begin ();
  for (guint i = 0; i < 50; i++)
    fix (&r, i * 5.0, 0, i * 4, 0);
  for (guint i = 0; i < 25; i++)
    g_array_index (r.points, LzTrackPoint, i).time_ms -= 25 * 3600 * G_GINT64_CONSTANT (1000);
  check_refused (finish (&r), "longer than a day");
}

/* What real receivers wrote. */
static void
test_real (void)
{
  static const struct
  {
    const char *file;
    const char *refused;
  } tracks[] = {
    { "around-visnjan-with-car.gpx", NULL },
    { "korita-zbevnica.gpx.gz", NULL },
    { "Mojstrovka.gpx", "does not say when" }, /* its times are all of 1901 */
    { "cerknicko-without-times.gpx", "does not say when" },
    { "bad-track-with-empty-segment.gpx", NULL }, /* short, but a walk */
  };

  for (guint i = 0; i < G_N_ELEMENTS (tracks); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) read =
          lz_gpx_read (lz_test_data ("tracks", tracks[i].file), NULL, NULL, &error);
      g_autoptr (LzCleanTrack) clean = NULL;
      g_autofree char *code = NULL;
      g_autoptr (LzCleanTrack) again = NULL;

      g_assert_no_error (error);
      clean = lz_clean_track_new (read);
      if (tracks[i].refused != NULL)
        {
          check_refused (g_steal_pointer (&clean), tracks[i].refused);
          continue;
        }
      g_assert_true (lz_clean_track_check (clean, NOW_MS, &error));
      g_assert_no_error (error);

      code = lz_track_code_write (clean, LZ_TRACK_CODE_MAX_BYTES);
      again = lz_track_code_read (code);
      g_assert_nonnull (again);
      g_test_message ("%s: %u fixes, %u kept, %u written, %u bytes", tracks[i].file, clean->n_all,
                      clean->fixes->len, again->fixes->len, (guint) strlen (code));
      g_assert_cmpuint (again->pieces->len, ==, clean->pieces->len);
      g_assert_cmpint (again->begun_ms, ==, clean->begun_ms / 1000 * 1000);
      g_assert_cmpint (again->ended_ms, ==, clean->ended_ms / 1000 * 1000);
      g_assert_cmpfloat (fabs (again->length_m / clean->length_m - 1), <, 0.03);
    }
}

/* The code of a track. */

static void
test_code (void)
{
  Recorder r = begin ();
  g_autoptr (LzCleanTrack) clean = NULL;
  g_autoptr (LzCleanTrack) again = NULL;
  g_autofree char *code = NULL;

  for (guint i = 0; i <= 100; i++) /* 500 m east, then 500 m north */
    fix (&r, i * 5.0, 0, i * 4, 0);
  off (&r);
  for (guint i = 0; i <= 100; i++)
    fix (&r, 500, 10 + i * 5.0, 404 + i * 4, 0);
  clean = finish (&r);
  code = lz_track_code_write (clean, LZ_TRACK_CODE_MAX_BYTES);
  again = lz_track_code_read (code);

  g_assert_nonnull (again);
  g_assert_cmpuint (again->pieces->len, ==, 2);
  g_assert_cmpuint (again->fixes->len, <=, 18); /* one a minute or 100 m */
  g_assert_cmpuint (again->fixes->len, >=, 12);
  g_assert_cmpfloat_with_epsilon (again->length_m, 1000, 2);
  for (guint i = 1; i < again->fixes->len; i++)
    {
      const LzTrackPoint *a = &g_array_index (again->fixes, LzTrackPoint, i - 1);
      const LzTrackPoint *b = &g_array_index (again->fixes, LzTrackPoint, i);

      g_assert_cmpint (b->time_ms - a->time_ms, <=, 60000);
      g_assert_cmpfloat (lz_distance_m (a->point, b->point), <=, 100.5);
    }
}

/* A long track with much noise still fits. */
static void
test_code_limit (void)
{
  Recorder r = begin ();
  g_autoptr (GRand) rand = g_rand_new_with_seed (4);
  g_autoptr (LzCleanTrack) clean = NULL;
  g_autoptr (LzCleanTrack) again = NULL;
  g_autofree char *code = NULL;

  for (guint i = 0; i < 40000; i++)
    fix (&r, i * 4.0 + g_rand_double_range (rand, -9, 9), g_rand_double_range (rand, -9, 9), i * 2,
         0);
  clean = finish (&r);
  code = lz_track_code_write (clean, 20000);
  again = lz_track_code_read (code);
  g_assert_cmpuint (strlen (code), <=, 20000);
  g_assert_nonnull (again);
  g_assert_cmpfloat (fabs (again->length_m / 160000 - 1), <, 0.02);
  for (const char *c = code; *c != '\0'; c++)
    g_assert_true (g_ascii_isalnum (*c) || *c == '-' || *c == '_');
}

static void
test_code_hostile (void)
{
  static const char *const bad[] = { "",
                                     "2AAA",
                                     "1A",
                                     "1AA",
                                     "1AA$",
                                     "1g",
                                     "1gggggggggggggggA",
                                     "1_____________A",
                                     "1AAB" /* before 1970 */,
                                     "1_-__-_-_BAA" };
  g_autoptr (LzCleanTrack) empty = lz_track_code_read ("1");

  g_assert_nonnull (empty);
  g_assert_cmpuint (empty->fixes->len, ==, 0);
  g_assert_null (lz_track_code_read (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (LzCleanTrack) track = lz_track_code_read (bad[i]);

      if (strcmp (bad[i], "1AAB") != 0)
        g_assert_null (track);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/track/spans", test_spans);
  g_test_add_func ("/core/track/spans-hostile", test_spans_hostile);
  g_test_add_func ("/core/track/jumps", test_jumps);
  g_test_add_func ("/core/track/pieces", test_pieces);
  g_test_add_func ("/core/track/standing", test_standing);
  g_test_add_func ("/core/track/refused", test_refused);
  g_test_add_func ("/core/track/real", test_real);
  g_test_add_func ("/core/track/code", test_code);
  g_test_add_func ("/core/track/code-limit", test_code_limit);
  g_test_add_func ("/core/track/code-hostile", test_code_hostile);
  return g_test_run ();
}
