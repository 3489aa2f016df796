/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-error.h"
#include "lz-test-streets.h"
#include "lz-track-code.h"
#include "lz-track-match.h"

#define MONDAY_MS G_GINT64_CONSTANT (1772409600000) /* 2026-03-02T00:00:00Z */

/*
 * A small quarter, in metres east and north:
 *
 *   C  crosses all at x = 500, from y = -300 to 300
 *   A  runs from (0, 0) to (1000, 0), an avenue with its second carriageway at y = 24
 *   B  runs beside A at y = 60, from (0, 60) to (1000, 60)
 *   D  a lane at y = -30
 */
enum
{
  ROAD_A = 1,
  ROAD_B,
  ROAD_C,
  ROAD_D,
};

static LzId
road_id (guint8 number)
{
  return (LzId){ .bytes = { number, 1 } };
}

static LzLine *
line (double x1, double y1, double x2, double y2)
{
  LzPoint points[11];

  for (guint i = 0; i <= 10; i++)
    points[i] = lz_test_at_m (x1 + (x2 - x1) * i / 10, y1 + (y2 - y1) * i / 10);
  return lz_line_new (points, 11);
}

static void
free_line (gpointer data)
{
  lz_line_free (data);
}

static void
add (LzTrackMatcher *matcher, guint8 number, LzStreetClass grade, LzLine *main_line, LzLine *other)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (free_line);
  LzId id = road_id (number);

  g_ptr_array_add (parts, main_line);
  if (other != NULL)
    g_ptr_array_add (parts, other);
  lz_track_matcher_add_road (matcher, &id, grade, main_line, parts);
}

static LzTrackMatcher *
make_quarter (void)
{
  LzTrackMatcher *matcher = lz_track_matcher_new ();

  add (matcher, ROAD_A, LZ_STREET_PRIMARY, line (0, 0, 1000, 0), line (0, 24, 1000, 24));
  add (matcher, ROAD_B, LZ_STREET_RESIDENTIAL, line (0, 60, 1000, 60), NULL);
  add (matcher, ROAD_C, LZ_STREET_TERTIARY, line (500, -300, 500, 300), NULL);
  add (matcher, ROAD_D, LZ_STREET_SERVICE, line (0, -30, 1000, -30), line (300, -30, 300, -200));
  lz_track_matcher_build (matcher);
  return matcher;
}

/* A way of somebody who moves at a steady pace, with a receiver that errs. */
typedef struct
{
  GPtrArray *tracks;
  GArray *points;
  GRand *rand;
  double x, y, second;
  double every_s; /* a fix */
  double noise_m; /* one standard deviation of a slow error, and as much again of a fast one */
  double slow_x, slow_y;
} Walk;

static void
free_track (gpointer data)
{
  lz_track_free (data);
}

static Walk
start (double x, double y, double every_s, double noise_m)
{
  return (Walk){ g_ptr_array_new_with_free_func (free_track),
                 g_array_new (FALSE, FALSE, sizeof (LzTrackPoint)),
                 g_rand_new_with_seed (7),
                 x,
                 y,
                 0,
                 every_s,
                 noise_m,
                 0,
                 0 };
}

static double
gauss (GRand *rand)
{
  double sum = -6;

  for (guint i = 0; i < 12; i++)
    sum += g_rand_double (rand);
  return sum;
}

static void
record (Walk *self)
{
  LzTrackPoint point = { .time_ms = MONDAY_MS + (gint64) (self->second * 1000) };

  self->slow_x = .97 * self->slow_x + .24 * self->noise_m * gauss (self->rand);
  self->slow_y = .97 * self->slow_y + .24 * self->noise_m * gauss (self->rand);
  point.point = lz_test_at_m (self->x + self->slow_x + self->noise_m * .3 * gauss (self->rand),
                              self->y + self->slow_y + self->noise_m * .3 * gauss (self->rand));
  g_array_append_val (self->points, point);
}

static void
go (Walk *self, double x, double y, double mps)
{
  double way_m = hypot (x - self->x, y - self->y), from_x = self->x, from_y = self->y;

  for (double at = 0; at < way_m; at += mps * self->every_s)
    {
      self->x = from_x + (x - from_x) * at / way_m;
      self->y = from_y + (y - from_y) * at / way_m;
      record (self);
      self->second += self->every_s;
    }
  self->x = x;
  self->y = y;
}

static void
switch_off (Walk *self)
{
  LzTrack *track = g_new0 (LzTrack, 1);

  track->n = self->points->len;
  track->points = (LzTrackPoint *) (gpointer) g_array_free (self->points, FALSE);
  self->points = g_array_new (FALSE, FALSE, sizeof (LzTrackPoint));
  g_ptr_array_add (self->tracks, track);
}

static LzTrackMatch *
match (Walk *self)
{
  g_autoptr (LzTrackMatcher) matcher = make_quarter ();
  g_autoptr (LzCleanTrack) clean = NULL;
  g_autoptr (LzCleanTrack) again = NULL;
  g_autoptr (LzTrackMatch) second = NULL;
  g_autofree char *code = NULL;
  LzTrackMatch *result;

  switch_off (self);
  clean = lz_clean_track_new (self->tracks);
  result = lz_track_matcher_match (matcher, clean);
  g_ptr_array_unref (self->tracks);
  g_array_unref (self->points);
  g_rand_free (self->rand);

  /* What travels in the event covers the same, to a few metres. */
  code = lz_track_code_write (clean, LZ_TRACK_CODE_MAX_BYTES);
  again = lz_track_code_read (code);
  second = lz_track_matcher_match (matcher, again);
  for (guint i = 0; i < result->covers->len; i++)
    {
      const LzRoadCover *a = result->covers->pdata[i];
      const LzRoadCover *b = lz_road_covers_find (second->covers, &a->road);
      gint64 a_cm = lz_spans_length_cm (a->spans),
             b_cm = b != NULL ? lz_spans_length_cm (b->spans) : 0;

      g_assert_cmpint (ABS (a_cm - b_cm), <=, 6000);
    }
  return result;
}

static gint64
covered_m (const LzTrackMatch *self, guint8 number)
{
  LzId id = road_id (number);
  const LzRoadCover *cover = lz_road_covers_find (self->covers, &id);

  return cover != NULL ? lz_spans_length_cm (cover->spans) / 100 : 0;
}

static guint
percent (const LzTrackMatch *self, guint8 number)
{
  LzId id = road_id (number);
  const LzRoadCover *cover = lz_road_covers_find (self->covers, &id);

  return cover != NULL ? lz_road_cover_get_percent (cover) : 0;
}

/* The gaps of a road are these, each end to within 12 m. */
static void
check_gaps (const LzTrackMatch *self, guint8 number, const double (*expected)[2], guint n)
{
  LzId id = road_id (number);
  const LzRoadCover *cover = lz_road_covers_find (self->covers, &id);
  g_autoptr (GArray) gaps = NULL;

  g_assert_nonnull (cover);
  gaps = lz_spans_dup_gaps (cover->spans, cover->length_cm);
  g_assert_cmpuint (gaps->len, ==, n);
  for (guint i = 0; i < n; i++)
    {
      g_assert_cmpfloat_with_epsilon (lz_spans_get (gaps, i)->from_cm / 100.0, expected[i][0], 12);
      g_assert_cmpfloat_with_epsilon (lz_spans_get (gaps, i)->to_cm / 100.0, expected[i][1], 12);
    }
}

/* On foot, by bicycle, by car; a fix a second, every three, every ten; a good and a bad receiver.
 */
static void
test_whole_road (void)
{
  static const struct
  {
    double mps, every_s, noise_m, y;
  } ways[] = {
    { 1.3, 1, 0, 0 },   { 1.3, 1, 4, 0 },   { 1.3, 1, 8, 0 },  { 1.3, 3, 5, -12 },
    { 1.3, 10, 5, 30 }, { 4.5, 2, 5, 24 },  { 4.5, 5, 8, 12 }, { 11, 1, 5, 0 },
    { 11, 5, 5, 24 },   { 13.8, 10, 5, 0 }, { 16, 1, 8, 24 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      Walk walk = start (0, ways[i].y, ways[i].every_s, ways[i].noise_m);
      g_autoptr (LzTrackMatch) result = NULL;

      go (&walk, 1000, ways[i].y, ways[i].mps);
      record (&walk);
      result = match (&walk);
      g_test_message ("%g m/s, a fix every %g s, noise %g m: A %u %%, B %d m, C %d m, D %d m",
                      ways[i].mps, ways[i].every_s, ways[i].noise_m, percent (result, ROAD_A),
                      (int) covered_m (result, ROAD_B), (int) covered_m (result, ROAD_C),
                      (int) covered_m (result, ROAD_D));
      g_assert_cmpuint (percent (result, ROAD_A), >=, 97);
      g_assert_cmpint (covered_m (result, ROAD_B), <=, 60);
      g_assert_cmpint (covered_m (result, ROAD_C), <=, 60);
      g_assert_cmpint (covered_m (result, ROAD_D), <=, 60);
    }
}

/* The street beside the avenue is walked: the avenue gets nothing for it. */
static void
test_parallel (void)
{
  for (guint i = 0; i < 3; i++)
    {
      Walk walk = start (0, 60, 1, i * 4);
      g_autoptr (LzTrackMatch) result = NULL;

      go (&walk, 1000, 60, 1.3);
      record (&walk);
      result = match (&walk);
      g_assert_cmpuint (percent (result, ROAD_B), >=, 97);
      g_assert_cmpint (covered_m (result, ROAD_A), <=, 60);
    }
}

/* Half the avenue, off along the crossing street, back on the lane. */
static void
test_turns (void)
{
  Walk walk = start (0, 0, 2, 4);
  g_autoptr (LzTrackMatch) result = NULL;

  go (&walk, 500, 0, 1.3);
  go (&walk, 500, 300, 1.3);
  go (&walk, 500, 60, 1.3);
  go (&walk, 800, 60, 1.3);
  record (&walk);
  result = match (&walk);

  check_gaps (result, ROAD_A, (const double[][2]){ { 515, 1000 } }, 1);
  check_gaps (result, ROAD_B, (const double[][2]){ { 0, 485 }, { 815, 1000 } }, 2);
  check_gaps (result, ROAD_C, (const double[][2]){ { 0, 285 } }, 1);
  g_assert_cmpint (covered_m (result, ROAD_D), <=, 40);
}

/* The battery died for 300 m; a break of 20 m is none. */
static void
test_gap (void)
{
  Walk walk = start (0, 0, 2, 3);
  g_autoptr (LzTrackMatch) result = NULL;

  go (&walk, 300, 0, 1.3);
  switch_off (&walk);
  walk.x = 600;
  walk.second += 230;
  go (&walk, 800, 0, 1.3);
  switch_off (&walk);
  walk.x = 820;
  walk.second += 15;
  go (&walk, 1000, 0, 1.3);
  record (&walk);
  result = match (&walk);

  check_gaps (result, ROAD_A, (const double[][2]){ { 315, 585 } }, 1);
  g_assert_cmpuint (percent (result, ROAD_A), >=, 71);
  g_assert_cmpuint (percent (result, ROAD_A), <=, 75);
}

/* 200 m of the avenue are walked round by the street beside it: they were not seen. */
static void
test_detour (void)
{
  Walk walk = start (0, 0, 2, 2);
  g_autoptr (LzTrackMatch) result = NULL;

  go (&walk, 600, 0, 1.3);
  go (&walk, 600, 60, 1.3);
  go (&walk, 800, 60, 1.3);
  go (&walk, 800, 0, 1.3);
  go (&walk, 1000, 0, 1.3);
  record (&walk);
  result = match (&walk);

  check_gaps (result, ROAD_A, (const double[][2]){ { 615, 785 } }, 1);
  g_assert_cmpint (covered_m (result, ROAD_B), >=, 170);
  g_assert_cmpint (covered_m (result, ROAD_B), <=, 260);
}

/* A branch has no chainage of its own: on it one covers where it begins and no more. */
static void
test_branch (void)
{
  Walk walk = start (300, -30, 2, 2);
  g_autoptr (LzTrackMatch) result = NULL;

  go (&walk, 300, -200, 1.3);
  record (&walk);
  result = match (&walk);

  g_assert_cmpint (covered_m (result, ROAD_D), <=, 45);
  g_assert_cmpint (covered_m (result, ROAD_A), <=, 30);
}

/* Only crossed, and only somewhere else. */
static void
test_elsewhere (void)
{
  Walk walk = start (500, 290, 2, 2);
  Walk far = start (5000, 5000, 2, 2);
  g_autoptr (LzTrackMatch) result = NULL;
  g_autoptr (LzTrackMatch) nothing = NULL;

  go (&walk, 500, -290, 1.3);
  result = match (&walk);
  g_assert_cmpuint (percent (result, ROAD_C), >=, 97);
  g_assert_cmpint (covered_m (result, ROAD_A), <=, 40);
  g_assert_cmpint (covered_m (result, ROAD_B), <=, 40);

  go (&far, 6000, 5000, 1.3);
  nothing = match (&far);
  g_assert_cmpuint (nothing->covers->len, ==, 0);
  g_assert_cmpuint (nothing->n_matched, ==, 0);
  g_assert_cmpuint (nothing->n_fixes, >, 200);
}

/* Real streets, and the errors and rhythm of real receivers: what lies beside a real track's own
 * smoothed way is laid beside a street of 贵溪. */

static LzRoadShape *
find_shape (GPtrArray *shapes, const char *name)
{
  for (guint i = 0; i < shapes->len; i++)
    {
      LzRoadShape *shape = shapes->pdata[i];

      if (strcmp (shape->name, name) == 0)
        return shape;
    }
  g_error ("no road “%s”", name);
}

static LzPoint
middle (LzPoint a, LzPoint b)
{
  return (LzPoint){ (gint32) (((gint64) a.lat7 + b.lat7) / 2),
                    (gint32) (((gint64) a.lon7 + b.lon7) / 2) };
}

/* Puts @track along @line from its start; gives how far it came. */
static double
lay_along (LzTrack *track, const LzLine *line, double from_m, double to_m, double pace)
{
  g_autofree LzPoint *real = g_new (LzPoint, track->n);
  double at_m = from_m;

  for (guint i = 0; i < track->n; i++)
    real[i] = track->points[i].point;
  for (guint i = 0; i < track->n; i++)
    {
      LzPoint on = lz_line_point_at (line, at_m);
      LzPoint smooth = i > 0 && i + 1 < track->n ? middle (real[i - 1], real[i + 1]) : real[i];

      if (at_m > to_m)
        {
          track->n = i;
          break;
        }
      /* The bends of the real way are no error: at most 12 m of it. */
      track->points[i].point =
          (LzPoint){ on.lat7 + CLAMP (real[i].lat7 - smooth.lat7, -1080, 1080),
                     on.lon7 + CLAMP (real[i].lon7 - smooth.lon7, -1220, 1220) };
      if (i + 1 < track->n)
        at_m += lz_distance_m (real[i], real[i + 1]) * pace;
    }
  return MIN (at_m, to_m);
}

static void
test_real (void)
{
  static const struct
  {
    const char *track;
    const char *road;
    double from_m, to_m;
  } ways[] = {
    { "around-visnjan-with-car.gpx", "冶金大道", 0, 9000 },
    { "around-visnjan-with-car.gpx", "雄石路", 0, 9000 },
    { "korita-zbevnica.gpx.gz", "建设路", 0, 9000 },
    { "korita-zbevnica.gpx.gz", "冶金大道", 1000, 4000 },
    { "korita-zbevnica.gpx.gz", "西后街", 200, 1500 },
  };
  g_autoptr (GBytes) map = lz_test_guixi ();
  g_autoptr (GPtrArray) streets = lz_test_read_streets (map, NULL);
  g_autoptr (GPtrArray) shapes = lz_streets_join (streets, NULL);
  g_autoptr (LzTrackMatcher) matcher = lz_track_matcher_new ();

  for (guint i = 0; i < shapes->len; i++)
    {
      LzRoadShape *shape = shapes->pdata[i];
      LzId id = { .bytes = { (guint8) (i >> 8), (guint8) i, 1 } };

      lz_track_matcher_add_road (matcher, &id, shape->cls, shape->line, shape->parts);
    }
  lz_track_matcher_build (matcher);

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) tracks =
          lz_gpx_read (lz_test_data ("tracks", ways[i].track), NULL, NULL, &error);
      LzRoadShape *shape = find_shape (shapes, ways[i].road);
      double to_m = MIN (ways[i].to_m, shape->length_m), came_m;
      g_autoptr (LzCleanTrack) clean = NULL;
      g_autoptr (LzTrackMatch) result = NULL;
      const LzRoadCover *best;
      gint64 strays_cm = 0;

      g_assert_no_error (error);
      while (tracks->len > 1) /* the longest of the file that has times */
        {
          const LzTrack *a = tracks->pdata[0], *b = tracks->pdata[1];

          g_ptr_array_remove_index (tracks, b->points[0].time_ms == 0 ||
                                                    (a->points[0].time_ms != 0 && a->n >= b->n)
                                                ? 1
                                                : 0);
        }
      came_m = lay_along (tracks->pdata[0], shape->line, ways[i].from_m, to_m, 1);
      clean = lz_clean_track_new (tracks);
      result = lz_track_matcher_match (matcher, clean);
      g_assert_cmpuint (result->covers->len, >=, 1);
      best = result->covers->pdata[0];
      for (guint k = 1; k < result->covers->len; k++)
        strays_cm += lz_spans_length_cm (((LzRoadCover *) result->covers->pdata[k])->spans);
      g_test_message (
          "%s on %s: %.0f to %.0f of %.0f m; covered %.0f m in %u stretches, others %.0f m",
          ways[i].track, ways[i].road, ways[i].from_m, came_m, shape->length_m,
          (double) lz_spans_length_cm (best->spans) / 100, best->spans->len,
          (double) strays_cm / 100);
      g_assert_cmpint (best->length_cm, ==, llround (shape->length_m * 100));
      g_assert_cmpfloat ((double) lz_spans_length_cm (best->spans) / 100, >=,
                         (came_m - ways[i].from_m) * .95);
      g_assert_cmpfloat ((double) lz_spans_length_cm (best->spans) / 100, <=,
                         came_m - ways[i].from_m + 60);
      g_assert_cmpfloat ((double) strays_cm / 100, <=, (came_m - ways[i].from_m) * .08 + 60);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/track-match/whole-road", test_whole_road);
  g_test_add_func ("/core/track-match/parallel", test_parallel);
  g_test_add_func ("/core/track-match/turns", test_turns);
  g_test_add_func ("/core/track-match/gap", test_gap);
  g_test_add_func ("/core/track-match/detour", test_detour);
  g_test_add_func ("/core/track-match/branch", test_branch);
  g_test_add_func ("/core/track-match/elsewhere", test_elsewhere);
  g_test_add_func ("/core/track-match/real", test_real);
  return g_test_run ();
}
