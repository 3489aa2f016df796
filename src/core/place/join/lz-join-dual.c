/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-join.h"
#include "lz-segment-tree.h"

#include <math.h>

/* How far apart the carriageways of one road can be: a boulevard has a broad green strip, a small
 * street that is one-way there and back has not. */
#define WIDE_M   50.0
#define NARROW_M 25.0

/* Nearer than this two lines are one, drawn twice. */
#define MIN_APART_M 4.0

#define SAMPLE_M    15.0
#define MIN_SAMPLES 3
#define MAX_SAMPLES 200

/* cos 40°: still the same direction. */
#define SAME_WAY 0.766

/* A piece is the other carriageway if it runs beside this one for half its length. */
#define MIN_COVERED 0.5

/* Two pieces that belong to one side or to opposite sides, and how surely. */
typedef struct
{
  guint a;
  guint b;
  gboolean is_opposite;
  double weight;
} Bond;

typedef struct
{
  const LzStreet *const *pieces;
  guint n;
  gboolean has_oneways;
  LzSegmentTree *tree; /* of the pieces that may be carriageways */
  guint *n_samples;    /* of each piece */
  GArray *beside;      /* of Bond: a sample of a saw b beside it */
  GArray *bonds;       /* each pair once */
} Finder;

/* Only one-way pieces can be carriageways, where the source tells; where it does not, main roads
 * that run beside each other. */
static gboolean
may_be_carriageway (const Finder *self, const LzStreet *piece)
{
  return self->has_oneways ? piece->oneway != 0 : piece->cls >= LZ_STREET_TERTIARY;
}

static double
get_reach_m (const Finder *self, const LzStreet *piece)
{
  return self->has_oneways && piece->cls >= LZ_STREET_TERTIARY ? WIDE_M : NARROW_M;
}

typedef struct
{
  const Finder *finder;
  guint piece;
  double direction_x, direction_y; /* of traffic, 1 long */
  double best_m;
  guint best;
} Sample;

static void
sample_cb (const LzSegment *segment,
           const LzPlane *plane,
           double distance_m,
           double along,
           gpointer user_data)
{
  Sample *sample = user_data;
  const Finder *self = sample->finder;
  double ax = lz_plane_x (plane, segment->a), ay = lz_plane_y (plane, segment->a);
  double dx = lz_plane_x (plane, segment->b) - ax, dy = lz_plane_y (plane, segment->b) - ay;
  double length_m = hypot (dx, dy);
  double cosine, aside_m;

  if (segment->tag == sample->piece || length_m == 0 || distance_m < MIN_APART_M ||
      distance_m >= sample->best_m)
    return;

  cosine = (dx * sample->direction_x + dy * sample->direction_y) / length_m;
  if (self->pieces[segment->tag]->oneway < 0)
    cosine = -cosine;
  if (self->has_oneways ? cosine > -SAME_WAY : fabs (cosine) < SAME_WAY)
    return;

  /* Beside, not ahead: a piece that goes on where this one ends is no carriageway of it. */
  aside_m = fabs (ax * dy - ay * dx) / length_m;
  if ((along <= 0 || along >= 1) && aside_m < 0.8 * distance_m)
    return;

  sample->best_m = distance_m;
  sample->best = segment->tag;
}

/* Looks to both sides from a point on segment @i of a piece. */
static void
take_sample (Finder *self, guint piece, guint i, double along)
{
  const LzStreet *street = self->pieces[piece];
  LzPoint a = street->line->points[i], b = street->line->points[i + 1];
  LzPoint at = lz_point_between (a, b, along);
  LzPlane plane = lz_plane_at (a);
  double x = lz_plane_x (&plane, b), y = lz_plane_y (&plane, b);
  double scale = hypot (x, y) * (street->oneway < 0 ? -1 : 1);
  Sample sample = { self, piece, 0, 0, get_reach_m (self, street), G_MAXUINT };

  if (scale == 0)
    return;

  sample.direction_x = x / scale;
  sample.direction_y = y / scale;
  lz_segment_tree_visit (self->tree, at, sample.best_m, sample_cb, &sample);
  if (sample.best != G_MAXUINT)
    {
      Bond seen = { piece, sample.best, TRUE, 1 };

      g_array_append_val (self->beside, seen);
    }
}

/* Takes samples along a piece, at even distances. */
static void
sample_piece (Finder *self, guint piece)
{
  const LzLine *line = self->pieces[piece]->line;
  double length_m = lz_line_length_m (line);
  guint n = (guint) CLAMP (length_m / SAMPLE_M, MIN_SAMPLES, MAX_SAMPLES);
  double passed_m = 0; /* up to segment i */
  double segment_m = lz_distance_m (line->points[0], line->points[1]);

  self->n_samples[piece] = n;
  for (guint k = 0, i = 0; k < n; k++)
    {
      double chainage_m = length_m * (k + 0.5) / n;

      while (i + 2 < line->n && passed_m + segment_m < chainage_m)
        {
          passed_m += segment_m;
          i++;
          segment_m = lz_distance_m (line->points[i], line->points[i + 1]);
        }
      if (segment_m > 0)
        take_sample (self, piece, i, CLAMP ((chainage_m - passed_m) / segment_m, 0, 1));
    }
}

static int
compare_bonds (gconstpointer a, gconstpointer b)
{
  const Bond *ba = a, *bb = b;

  if (ba->a != bb->a)
    return ba->a < bb->a ? -1 : 1;
  if (ba->b != bb->b)
    return ba->b < bb->b ? -1 : 1;
  return ba->is_opposite - bb->is_opposite;
}

static int
compare_weights (gconstpointer a, gconstpointer b)
{
  const Bond *ba = a, *bb = b;

  if (ba->weight != bb->weight)
    return ba->weight > bb->weight ? -1 : 1;
  return compare_bonds (a, b);
}

/* Makes each pair one bond, the surest first. */
static void
merge_bonds (Finder *self)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (Bond));

  for (guint i = 0; i < self->beside->len; i++)
    {
      Bond bond = g_array_index (self->beside, Bond, i);

      if (bond.a > bond.b)
        bond = (Bond){ bond.b, bond.a, TRUE, 1 };
      g_array_append_val (pairs, bond);
    }
  g_array_sort (pairs, compare_bonds);

  for (guint i = 0; i < pairs->len; i++)
    {
      const Bond *bond = &g_array_index (pairs, Bond, i);
      guint n = self->bonds->len;
      Bond *last = n > 0 ? &g_array_index (self->bonds, Bond, n - 1) : NULL;

      if (last != NULL && compare_bonds (last, bond) == 0)
        last->weight += bond->weight;
      else
        g_array_append_vals (self->bonds, bond, 1);
    }
  g_array_sort (self->bonds, compare_weights);
}

static LzPoint
traffic_end (const LzStreet *piece, gboolean at_end)
{
  return piece->line->points[at_end == (piece->oneway >= 0) ? piece->line->n - 1 : 0];
}

typedef struct
{
  Finder *finder;
  guint piece;
} Follow;

static void
follow_cb (const LzSegment *segment,
           const LzPlane *plane,
           double distance_m,
           double along,
           gpointer user_data)
{
  Follow *follow = user_data;

  (void) plane;
  (void) distance_m;
  (void) along;
  if (segment->tag != follow->piece)
    {
      Bond bond = { follow->piece, segment->tag, FALSE, 0 };

      g_array_append_val (follow->finder->bonds, bond);
    }
}

/* Traffic that leaves one piece for the next stays on its side of the road.  These bonds come after
 * the others: where a carriageway ends, traffic may also turn back. */
static void
bond_followers (Finder *self)
{
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (LzSegment));
  g_autoptr (LzSegmentTree) tree = NULL;

  for (guint i = 0; i < self->n; i++)
    if (may_be_carriageway (self, self->pieces[i]))
      {
        LzPoint start = traffic_end (self->pieces[i], FALSE);
        LzSegment segment = { start, start, i };

        g_array_append_val (starts, segment);
      }

  tree = lz_segment_tree_new (starts);
  for (guint i = 0; i < self->n; i++)
    if (may_be_carriageway (self, self->pieces[i]))
      {
        Follow follow = { self, i };

        lz_segment_tree_visit (tree, traffic_end (self->pieces[i], TRUE), LZ_JOIN_TOUCH_M,
                               follow_cb, &follow);
      }
}

/* A union-find that knows for each member whether it is on the side of its root. */
typedef struct
{
  guint *parents;
  gboolean *is_opposite; /* to the parent */
} Sides;

static guint
find_side (Sides *sides, guint i, gboolean *is_opposite)
{
  guint root = i;
  gboolean parity = FALSE;

  while (sides->parents[root] != root)
    {
      parity ^= sides->is_opposite[root];
      root = sides->parents[root];
    }
  *is_opposite = parity;

  /* All on the way point to the root from now on. */
  while (sides->parents[i] != i)
    {
      guint parent = sides->parents[i];
      gboolean own = sides->is_opposite[i];

      sides->parents[i] = root;
      sides->is_opposite[i] = parity;
      parity ^= own;
      i = parent;
    }
  return root;
}

/* The surest bonds first; one that contradicts them is passed over. */
static void
sort_into_sides (const Finder *self, Sides *sides)
{
  for (guint i = 0; i < self->bonds->len; i++)
    {
      const Bond *bond = &g_array_index (self->bonds, Bond, i);
      gboolean opposite_a, opposite_b;
      guint a = find_side (sides, bond->a, &opposite_a);
      guint b = find_side (sides, bond->b, &opposite_b);

      if (a == b)
        continue;
      sides->parents[MAX (a, b)] = MIN (a, b);
      sides->is_opposite[MAX (a, b)] = opposite_a ^ opposite_b ^ bond->is_opposite;
    }
}

/* Of each pair of sides the one that leads east is kept, or north if the road runs more that way:
 * the way the road's chainage grows. */
static void
choose_sides (const Finder *self, Sides *sides, gboolean *is_other)
{
  g_autofree double *east = g_new0 (double, self->n), *north = g_new0 (double, self->n);

  for (guint i = 0; i < self->n; i++)
    {
      gboolean is_opposite;
      guint root = find_side (sides, i, &is_opposite);
      LzPlane plane = lz_plane_at (traffic_end (self->pieces[i], FALSE));
      LzPoint end = traffic_end (self->pieces[i], TRUE);
      double sign = is_opposite ? -1 : 1;

      east[root] += sign * lz_plane_x (&plane, end);
      north[root] += sign * lz_plane_y (&plane, end);
    }
  for (guint i = 0; i < self->n; i++)
    {
      gboolean is_opposite;
      guint root = find_side (sides, i, &is_opposite);
      gboolean keeps_root =
          (fabs (east[root]) >= fabs (north[root]) ? east[root] : north[root]) >= 0;

      is_other[i] = is_opposite == keeps_root;
    }
}

/* Only what is really beside the side that is kept is the other side. */
static guint
drop_uncovered (const Finder *self, gboolean *is_other)
{
  g_autofree guint *n_covered = g_new0 (guint, self->n);
  guint n_other = 0;

  for (guint i = 0; i < self->beside->len; i++)
    {
      const Bond *seen = &g_array_index (self->beside, Bond, i);

      n_covered[seen->a] += (guint) (is_other[seen->a] && !is_other[seen->b]);
    }
  for (guint i = 0; i < self->n; i++)
    {
      is_other[i] = is_other[i] && n_covered[i] >= MIN_COVERED * self->n_samples[i];
      n_other += (guint) is_other[i];
    }
  return n_other;
}

static LzSegmentTree *
make_tree (const Finder *self)
{
  GArray *segments = g_array_new (FALSE, FALSE, sizeof (LzSegment));

  for (guint i = 0; i < self->n; i++)
    {
      const LzLine *line = self->pieces[i]->line;

      for (guint k = 0; may_be_carriageway (self, self->pieces[i]) && k + 1 < line->n; k++)
        {
          LzSegment segment = { line->points[k], line->points[k + 1], i };

          g_array_append_val (segments, segment);
        }
    }
  return lz_segment_tree_new (segments);
}

/* Finds the pieces of a road that are the other side of a dual carriageway, so that the road's
 * length counts one side.  Returns how many. */
guint
lz_join_find_duals (const LzStreet *const *pieces,
                    guint n,
                    gboolean has_oneways,
                    gboolean *is_other_side)
{
  Finder self = {
    .pieces = pieces,
    .n = n,
    .has_oneways = has_oneways,
    .n_samples = g_new0 (guint, n),
    .beside = g_array_new (FALSE, FALSE, sizeof (Bond)),
    .bonds = g_array_new (FALSE, FALSE, sizeof (Bond)),
  };
  Sides sides = { g_new (guint, n), g_new0 (gboolean, n) };
  guint n_other = 0;

  for (guint i = 0; i < n; i++)
    sides.parents[i] = i;
  self.tree = make_tree (&self);
  for (guint i = 0; i < n; i++)
    if (may_be_carriageway (&self, pieces[i]))
      sample_piece (&self, i);

  if (self.beside->len > 0)
    {
      merge_bonds (&self);
      if (has_oneways)
        bond_followers (&self);
      sort_into_sides (&self, &sides);
      choose_sides (&self, &sides, is_other_side);
      n_other = drop_uncovered (&self, is_other_side);
    }

  lz_segment_tree_free (self.tree);
  g_array_unref (self.beside);
  g_array_unref (self.bonds);
  g_free (self.n_samples);
  g_free (sides.parents);
  g_free (sides.is_opposite);
  return n_other;
}
