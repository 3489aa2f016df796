/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-street-chains.h"

/* A name goes on across a bend of up to so much: beyond it the road is another arm. */
#define MAX_BEND (G_PI / 3)

typedef struct
{
  guint street;
  guint next; /* the next end at the same place with the same name, or G_MAXUINT */
  gboolean at_tail;
} End;

typedef struct
{
  GPtrArray *streets;
  gboolean *used;
  GArray *ends;      /* End, two for each street */
  GHashTable *heads; /* place and name -> number of the first End + 1 */
} Joiner;

static gboolean
is_named_line (const LzStreet *street)
{
  return street->name != NULL && street->name[0] != '\0' && street->line->n >= 2 &&
         street->cls >= LZ_STREET_RIVER && street->cls <= LZ_STREET_MOTORWAY;
}

/* Chains are keyed by a hash alone; two streets whose 64-bit keys collide would be checked apart
 * by their points and names in find_next(). */
static gint64
end_key (const LzStreet *street, LzPoint at)
{
  guint64 place = (guint64) (guint32) at.lat7 << 32 | (guint32) at.lon7;

  return (gint64) ((place ^ (place >> 29)) * 0x9e3779b97f4a7c15u + g_str_hash (street->name));
}

static LzPoint
end_point (const LzStreet *street, gboolean at_tail)
{
  return street->line->points[at_tail ? street->line->n - 1 : 0];
}

static void
add_end (Joiner *self, guint number, gboolean at_tail)
{
  const LzStreet *street = self->streets->pdata[number];
  gint64 key = end_key (street, end_point (street, at_tail));
  guint first = GPOINTER_TO_UINT (g_hash_table_lookup (self->heads, &key));
  End end = { number, first == 0 ? G_MAXUINT : first - 1, at_tail };

  g_array_append_val (self->ends, end);
  g_hash_table_insert (self->heads, g_memdup2 (&key, sizeof key),
                       GUINT_TO_POINTER (self->ends->len));
}

static double
bend_between (LzPoint a, LzPoint b, LzPoint c)
{
  LzWorld u = lz_world_from_point (a), v = lz_world_from_point (b), w = lz_world_from_point (c);
  double turn = atan2 (w.y - v.y, w.x - v.x) - atan2 (v.y - u.y, v.x - u.x);

  return fabs (remainder (turn, 2 * G_PI));
}

/* The unused piece of the same name that goes straightest on from @points' last one. */
static const End *
find_next (const Joiner *self, const LzStreet *like, const GArray *points)
{
  LzPoint last = g_array_index (points, LzPoint, points->len - 1);
  LzPoint before = g_array_index (points, LzPoint, points->len - 2);
  gint64 key = end_key (like, last);
  guint i = GPOINTER_TO_UINT (g_hash_table_lookup (self->heads, &key)) - 1;
  const End *best = NULL;
  double best_bend = MAX_BEND;

  for (; i != G_MAXUINT; i = g_array_index (self->ends, End, i).next)
    {
      const End *end = &g_array_index (self->ends, End, i);
      const LzStreet *street = self->streets->pdata[end->street];
      LzPoint at = end_point (street, end->at_tail);
      const LzPoint *line = street->line->points;
      double bend;

      if (self->used[end->street] || at.lat7 != last.lat7 || at.lon7 != last.lon7 ||
          !g_str_equal (street->name, like->name))
        continue;
      bend = bend_between (before, last, line[end->at_tail ? street->line->n - 2 : 1]);
      if (bend <= best_bend)
        {
          best = end;
          best_bend = bend;
        }
    }

  return best;
}

static void
append_street (GArray *points, const LzStreet *street, gboolean reversed)
{
  guint n = street->line->n;

  for (guint i = points->len == 0 ? 0 : 1; i < n; i++)
    g_array_append_val (points, street->line->points[reversed ? n - 1 - i : i]);
}

/* Goes on at the last of @points as long as there is a next piece; gives the highest class. */
static LzStreetClass
extend (Joiner *self, const LzStreet *like, GArray *points, LzStreetClass cls)
{
  const End *end;

  while ((end = find_next (self, like, points)) != NULL)
    {
      const LzStreet *street = self->streets->pdata[end->street];

      self->used[end->street] = TRUE;
      append_street (points, street, end->at_tail);
      cls = MAX (cls, street->cls);
    }

  return cls;
}

static void
reverse_points (GArray *points)
{
  LzPoint *p = (LzPoint *) (gpointer) points->data;

  for (guint i = 0, j = points->len - 1; i < j; i++, j--)
    {
      LzPoint swapped = p[i];

      p[i] = p[j];
      p[j] = swapped;
    }
}

static LzStreetChain
make_chain (const char *name, LzStreetClass cls, const GArray *points)
{
  LzStreetChain chain = {
    cls, name, 0, g_new (LzWorld, points->len), g_new (double, points->len), LZ_WORLD_BOX_EMPTY
  };

  for (guint i = 0; i < points->len; i++)
    {
      LzWorld p = lz_world_from_point (g_array_index (points, LzPoint, i));
      double step = 0;

      if (chain.n_points > 0)
        {
          LzWorld last = chain.points[chain.n_points - 1];

          step = hypot (p.x - last.x, p.y - last.y);
          if (step <= 0)
            continue;
        }
      chain.along[chain.n_points] =
          chain.n_points == 0 ? 0 : chain.along[chain.n_points - 1] + step;
      chain.points[chain.n_points++] = p;
      lz_world_box_add (&chain.box, p);
    }

  return chain;
}

static void
chain_clear (gpointer data)
{
  LzStreetChain *chain = data;

  g_free (chain->points);
  g_free (chain->along);
}

static int
compare_chains (gconstpointer a, gconstpointer b)
{
  const LzStreetChain *left = a, *right = b;
  double l = left->along[left->n_points - 1], r = right->along[right->n_points - 1];

  if (left->cls != right->cls)
    return (int) right->cls - (int) left->cls;
  if (l != r)
    return l > r ? -1 : 1;
  if (left->box.x0 != right->box.x0)
    return left->box.x0 < right->box.x0 ? -1 : 1;
  return left->box.y0 < right->box.y0 ? -1 : left->box.y0 > right->box.y0;
}

GArray *
lz_street_chains_new (GPtrArray *streets)
{
  GArray *chains = g_array_new (FALSE, FALSE, sizeof (LzStreetChain));
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (LzPoint));
  g_autoptr (GArray) ends = g_array_new (FALSE, FALSE, sizeof (End));
  g_autofree gboolean *used = g_new0 (gboolean, streets->len);
  g_autoptr (GHashTable) heads = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Joiner self = { streets, used, ends, heads };

  g_array_set_clear_func (chains, chain_clear);
  for (guint i = 0; i < streets->len; i++)
    if (is_named_line (streets->pdata[i]))
      {
        add_end (&self, i, FALSE);
        add_end (&self, i, TRUE);
      }

  for (guint i = 0; i < streets->len; i++)
    {
      const LzStreet *street = streets->pdata[i];
      LzStreetClass cls;
      LzStreetChain chain;

      if (used[i] || !is_named_line (street))
        continue;
      used[i] = TRUE;
      g_array_set_size (points, 0);
      append_street (points, street, FALSE);
      cls = extend (&self, street, points, street->cls);
      reverse_points (points);
      cls = extend (&self, street, points, cls);

      chain = make_chain (street->name, cls, points);
      if (chain.n_points >= 2)
        g_array_append_val (chains, chain);
      else
        chain_clear (&chain);
    }
  g_array_sort (chains, compare_chains);

  return chains;
}
