/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-track-match.h"

#include "lz-segment-tree.h"

#include <math.h>

/*
 * A hidden Markov model in the manner of Newson and Krumm (Hidden Markov Map Matching Through Noise
 * and Sparseness, 2009), whose states are not places on single streets but whole roads, and "on
 * none".  A fix near a road speaks for it; that the foot on the road moves as far as the receiver
 * does speaks for it too, and for a change of road only where the two roads are at hand at once:
 * at a crossing, not between two parallel streets.  No routes are searched, because what is asked
 * is which road, and a road is one line.  Viterbi's way through all fixes of a piece is the
 * likeliest; all numbers below are costs, -log of a likelihood.
 */

/* Fixes are off by so much (one standard deviation) where the receiver does not say. */
#define SIGMA_M     8.0
#define MIN_SIGMA_M 5.0
#define MAX_SIGMA_M 25.0

/* Beyond this a road is no candidate. */
#define REACH_M 60.0

/* More candidates than this no fix has; the farthest are left out. */
#define MAX_CANDIDATES 7

/* Within the road, from wall to wall, distance from its middle says little. */
#define INSIDE_WEIGHT 0.3

/* On none of the roads is as likely as this far from one. */
#define OFF_M 25.0

/* What the foot's way and the receiver's may differ by. */
#define BETA_M 10.0

/* A change of road, and leaving or joining one. */
#define CHANGE_COST 4.0
#define LEAVE_COST  2.0

/* The other carriageway is no farther from the line that chainage counts along; what is farther is
 * a branch, which has no chainage of its own. */
#define BRANCH_M 60.0

/* Two fixes in a row on one road cover what is between them up to here; where they follow at once,
 * farther: a receiver that saves space leaves out what is straight, and a car comes far. */
#define BRIDGE_M      150.0
#define BRIDGE_FAST_M 400.0
#define FAST_MS       (30 * 1000)

/* The same where the track was elsewhere or broken off in between: a yard, a shop, a tunnel. */
#define BRIDGE_APART_M 40.0
/* The road may wind between the fixes. */
#define WINDING 1.5
#define SLACK_M 25.0

/* A person sees so much before and behind; streets also begin at the middle of a junction. */
#define SEES_M 15.0

typedef struct
{
  LzId id;
  LzLine *line;
  double half_width_m;
  double length_m;
} Road;

struct _LzTrackMatcher
{
  GArray *roads;
  GArray *segments; /* until it is built; the tag is the road's number */
  LzSegmentTree *tree;
};

static void
clear_road (gpointer data)
{
  Road *road = data;

  lz_line_free (road->line);
}

/**
 * lz_track_matcher_new:
 *
 * Returns: (transfer full): a matcher without roads
 */
LzTrackMatcher *
lz_track_matcher_new (void)
{
  LzTrackMatcher *self = g_new0 (LzTrackMatcher, 1);

  self->roads = g_array_new (FALSE, FALSE, sizeof (Road));
  g_array_set_clear_func (self->roads, clear_road);
  self->segments = g_array_new (FALSE, FALSE, sizeof (LzSegment));
  return self;
}

/**
 * lz_track_matcher_free:
 * @self: (nullable) (transfer full): a matcher
 */
void
lz_track_matcher_free (LzTrackMatcher *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->roads);
  g_clear_pointer (&self->segments, g_array_unref);
  lz_segment_tree_free (self->tree);
  g_free (self);
}

/* From the middle of a carriageway to the walls of the houses, footways included. */
static double
get_half_width (LzStreetClass grade)
{
  if (grade >= LZ_STREET_PRIMARY)
    return 18;
  if (grade >= LZ_STREET_SECONDARY)
    return 14;
  return grade >= LZ_STREET_TERTIARY ? 10 : 7;
}

static void
add_segments (LzTrackMatcher *self, const LzLine *line, guint tag)
{
  for (guint i = 0; i + 1 < MAX (line->n, 2); i++)
    {
      LzSegment segment = { line->points[i], line->points[MIN (i + 1, line->n - 1)], tag };

      g_array_append_val (self->segments, segment);
    }
}

/**
 * lz_track_matcher_add_road:
 * @self: a matcher that is not built yet
 * @road: its id
 * @grade: says how wide it is about
 * @line: along which its chainage counts; copied
 * @parts: (element-type LzLine) (nullable): every piece of it: both carriageways, branches
 *
 * Adds a road.  A track on either carriageway covers the chainage beside it; on a branch that leads
 * away from the line it covers nothing but where the branch begins.
 */
void
lz_track_matcher_add_road (LzTrackMatcher *self,
                           const LzId *road,
                           LzStreetClass grade,
                           const LzLine *line,
                           const GPtrArray *parts)
{
  Road entry;

  g_return_if_fail (self != NULL && self->tree == NULL);
  g_return_if_fail (road != NULL && line != NULL);

  entry = (Road){ *road, lz_line_copy (line), get_half_width (grade), lz_line_length_m (line) };
  add_segments (self, line, self->roads->len);
  for (guint i = 0; parts != NULL && i < parts->len; i++)
    add_segments (self, parts->pdata[i], self->roads->len);
  g_array_append_val (self->roads, entry);
}

/**
 * lz_track_matcher_build:
 * @self: a matcher
 *
 * Makes @self ready; from here on no road can be added.
 */
void
lz_track_matcher_build (LzTrackMatcher *self)
{
  g_return_if_fail (self != NULL && self->tree == NULL);

  self->tree = lz_segment_tree_new (g_steal_pointer (&self->segments));
}

/* A state of one fix.  The first of each fix is "on none". */
typedef struct
{
  guint road; /* G_MAXUINT: on none */
  double distance_m;
  LzPoint foot;
  double cost;   /* of the cheapest way here */
  guint8 before; /* which state of the fix before it comes from */
} State;

typedef struct
{
  const LzTrackMatcher *matcher;
  State *states; /* MAX_CANDIDATES + 1 for each fix */
  guint8 *n_states;
} Trellis;

typedef struct
{
  State *states;
  guint n;
} Finding;

/* Keeps the nearest place on each road, and the nearest roads. */
static void
near_cb (const LzSegment *segment,
         const LzPlane *plane,
         double distance_m,
         double along,
         gpointer user_data)
{
  Finding *finding = user_data;
  guint worst = 0;
  State *state = NULL;

  (void) plane;
  for (guint i = 1; i < finding->n && state == NULL; i++)
    if (finding->states[i].road == segment->tag)
      state = &finding->states[i];

  if (state == NULL && finding->n <= MAX_CANDIDATES)
    {
      state = &finding->states[finding->n++];
      state->distance_m = HUGE_VAL;
    }
  for (guint i = 1; state == NULL && i < finding->n; i++)
    if (worst == 0 || finding->states[i].distance_m > finding->states[worst].distance_m)
      worst = i;
  if (state == NULL)
    state = &finding->states[worst];

  if (distance_m >= state->distance_m)
    return;
  state->road = segment->tag;
  state->distance_m = distance_m;
  state->foot = lz_point_between (segment->a, segment->b, along);
}

static double
get_emission (const LzTrackMatcher *self, const State *state, double sigma_m)
{
  double half_width_m, off_m;

  if (state->road == G_MAXUINT)
    off_m = OFF_M;
  else
    {
      half_width_m = g_array_index (self->roads, Road, state->road).half_width_m;
      off_m = INSIDE_WEIGHT * MIN (state->distance_m, half_width_m) +
              MAX (0, state->distance_m - half_width_m);
    }
  return off_m * off_m / (2 * sigma_m * sigma_m);
}

static double
get_transition (const State *from, const State *to, double way_m)
{
  double foot_m;

  if (from->road == G_MAXUINT || to->road == G_MAXUINT)
    return from->road == to->road ? 0 : LEAVE_COST;

  foot_m = lz_distance_m (from->foot, to->foot);
  return fabs (foot_m - way_m) / BETA_M + (from->road != to->road ? CHANGE_COST : 0);
}

static void
find_states (Trellis *self, const LzTrackPoint *fix, guint i)
{
  State *states = self->states + (gsize) i * (MAX_CANDIDATES + 1);
  Finding finding = { states, 1 };
  double sigma_m =
      fix->accuracy_m > 0 ? CLAMP (fix->accuracy_m, MIN_SIGMA_M, MAX_SIGMA_M) : SIGMA_M;

  states[0] = (State){ .road = G_MAXUINT, .foot = fix->point };
  lz_segment_tree_visit (self->matcher->tree, fix->point, REACH_M, near_cb, &finding);
  self->n_states[i] = (guint8) finding.n;
  for (guint k = 0; k < finding.n; k++)
    {
      states[k].cost = get_emission (self->matcher, &states[k], sigma_m);
      states[k].before = 0;
    }
}

static void
step (Trellis *self, guint i, double way_m)
{
  State *here = self->states + (gsize) i * (MAX_CANDIDATES + 1);
  const State *before = here - (MAX_CANDIDATES + 1);

  for (guint k = 0; k < self->n_states[i]; k++)
    {
      double best = HUGE_VAL;

      for (guint j = 0; j < self->n_states[i - 1]; j++)
        {
          double cost = before[j].cost + get_transition (&before[j], &here[k], way_m);

          if (cost < best)
            {
              best = cost;
              here[k].before = (guint8) j;
            }
        }
      here[k].cost += best;
    }
}

/* Walks back from the cheapest state of the last fix; @path takes for each fix its state. */
static void
trace_back (const Trellis *self, const LzTrackPiece *piece, guint8 *path)
{
  guint last = piece->first + piece->n - 1;
  const State *states = self->states + (gsize) last * (MAX_CANDIDATES + 1);
  guint8 at = 0;

  for (guint8 k = 1; k < self->n_states[last]; k++)
    if (states[k].cost < states[at].cost)
      at = k;

  for (guint i = last;; i--)
    {
      path[i] = at;
      if (i == piece->first)
        break;
      at = self->states[(gsize) i * (MAX_CANDIDATES + 1) + at].before;
    }
}

/* Where a road was met last. */
typedef struct
{
  guint fix;
  guint piece;
  double chainage_m;
} Mark;

typedef struct
{
  const LzTrackMatcher *matcher;
  const LzCleanTrack *track;
  GHashTable *marks;  /* of Mark, by the road's number + 1 */
  GHashTable *covers; /* of LzRoadCover, by the same; owned by the match */
  LzTrackMatch *match;
} Covering;

static gint64
to_cm (double m)
{
  return (gint64) llround (m * 100);
}

static void
cover (Covering *self, guint number, double from_m, double to_m)
{
  const Road *road = &g_array_index (self->matcher->roads, Road, number);
  LzRoadCover *cover = g_hash_table_lookup (self->covers, GUINT_TO_POINTER (number + 1));

  if (cover == NULL)
    {
      cover = lz_road_cover_new (&road->id, to_cm (road->length_m), NULL);
      g_ptr_array_add (self->match->covers, cover);
      g_hash_table_insert (self->covers, GUINT_TO_POINTER (number + 1), cover);
    }
  lz_spans_add (cover->spans, to_cm (MAX (MIN (from_m, to_m) - SEES_M, 0)),
                to_cm (MIN (MAX (from_m, to_m) + SEES_M, road->length_m)));
}

static gboolean
is_bridged (const Covering *self, const Mark *mark, guint fix, guint piece, double chainage_m)
{
  const LzTrackPoint *fixes = (const LzTrackPoint *) (gconstpointer) self->track->fixes->data;
  gboolean in_a_row = mark->piece == piece && mark->fix + 1 == fix;
  double way_m = lz_distance_m (fixes[mark->fix].point, fixes[fix].point);
  gint64 time_ms = fixes[fix].time_ms - fixes[mark->fix].time_ms;
  double bridge_m = !in_a_row                           ? BRIDGE_APART_M
                    : time_ms > 0 && time_ms <= FAST_MS ? BRIDGE_FAST_M
                                                        : BRIDGE_M;

  return way_m <= bridge_m && fabs (chainage_m - mark->chainage_m) <= way_m * WINDING + SLACK_M;
}

static void
cover_fix (Covering *self, const State *state, guint fix, guint piece)
{
  const Road *road = &g_array_index (self->matcher->roads, Road, state->road);
  Mark *mark = g_hash_table_lookup (self->marks, GUINT_TO_POINTER (state->road + 1));
  LzProjection projection;

  lz_line_project (road->line, state->foot, &projection);
  if (projection.offset_m > BRANCH_M)
    return;

  cover (self, state->road,
         mark != NULL && is_bridged (self, mark, fix, piece, projection.chainage_m)
             ? mark->chainage_m
             : projection.chainage_m,
         projection.chainage_m);
  if (mark == NULL)
    {
      mark = g_new (Mark, 1);
      g_hash_table_insert (self->marks, GUINT_TO_POINTER (state->road + 1), mark);
    }
  *mark = (Mark){ fix, piece, projection.chainage_m };
}

static void
match_piece (Trellis *trellis, Covering *covering, guint number, guint8 *path)
{
  const LzCleanTrack *track = covering->track;
  const LzTrackPiece *piece = &g_array_index (track->pieces, LzTrackPiece, number);
  const LzTrackPoint *fixes = (const LzTrackPoint *) (gconstpointer) track->fixes->data;

  for (guint i = piece->first; i < piece->first + piece->n; i++)
    {
      find_states (trellis, &fixes[i], i);
      if (i > piece->first)
        step (trellis, i, lz_distance_m (fixes[i - 1].point, fixes[i].point));
    }
  trace_back (trellis, piece, path);

  for (guint i = piece->first; i < piece->first + piece->n; i++)
    {
      const State *state = &trellis->states[(gsize) i * (MAX_CANDIDATES + 1) + path[i]];

      if (state->road == G_MAXUINT)
        continue;
      covering->match->n_matched++;
      cover_fix (covering, state, i, number);
    }
}

static int
compare_covers (gconstpointer a, gconstpointer b)
{
  const LzRoadCover *ca = *(const LzRoadCover *const *) a, *cb = *(const LzRoadCover *const *) b;
  gint64 la = lz_spans_length_cm (ca->spans), lb = lz_spans_length_cm (cb->spans);

  if (la != lb)
    return la > lb ? -1 : 1;
  return lz_id_compare (&ca->road, &cb->road);
}

/**
 * lz_track_matcher_match:
 * @self: a built matcher
 * @track: a cleaned track
 *
 * Finds what a track covers.  A stretch counts as covered where the track goes along it on either
 * carriageway or footway, and 15 m before and behind; a gap in the recording is bridged along the
 * same road up to 150 m (400 m if it took no half minute), and 40 m where the track was on another
 * road or broken off in between. The work is in proportion to the number of fixes.  Pure; any
 * thread.
 *
 * Returns: (transfer full): the result
 */
LzTrackMatch *
lz_track_matcher_match (const LzTrackMatcher *self, const LzCleanTrack *track)
{
  LzTrackMatch *match = g_new0 (LzTrackMatch, 1);
  g_autoptr (GHashTable) marks = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GHashTable) covers = g_hash_table_new (NULL, NULL);
  Covering covering = { self, track, marks, covers, match };
  g_autofree State *states = NULL;
  g_autofree guint8 *n_states = NULL;
  g_autofree guint8 *path = NULL;
  Trellis trellis;

  match->covers = lz_road_covers_new ();
  g_return_val_if_fail (self != NULL && self->tree != NULL, match);
  g_return_val_if_fail (track != NULL, match);

  match->n_fixes = track->fixes->len;
  states = g_new (State, (gsize) match->n_fixes * (MAX_CANDIDATES + 1));
  n_states = g_new (guint8, match->n_fixes);
  path = g_new (guint8, match->n_fixes);
  trellis = (Trellis){ self, states, n_states };
  for (guint i = 0; i < track->pieces->len; i++)
    match_piece (&trellis, &covering, i, path);

  g_ptr_array_sort (match->covers, compare_covers);
  return match;
}

/**
 * lz_track_match_free:
 * @self: (nullable) (transfer full): a result
 */
void
lz_track_match_free (LzTrackMatch *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->covers);
  g_free (self);
}
