/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-roads-match.h"

/* Two surveys of one street, or its two carriageways, are nearer than this. */
#define SAME_PLACE_M 50.0

#define N_SAMPLES 24

/* A possible match, and how long the common piece is. */
typedef struct
{
  guint shape;
  LzKnownRoad *road;
  double common_m;
} Pair;

void
lz_known_road_free (LzKnownRoad *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_clear_pointer (&self->line, lz_line_free);
  g_free (self);
}

/* How many metres of @a lie beside @b, by samples. */
static double
measure_beside (const LzLine *a, double length_m, const LzLine *b)
{
  guint n_beside = 0;

  for (guint i = 0; i < N_SAMPLES; i++)
    {
      LzPoint sample = lz_line_point_at (a, length_m * (i + 0.5) / N_SAMPLES);
      LzProjection projection;

      lz_line_project (b, sample, &projection);
      if (projection.offset_m <= SAME_PLACE_M)
        n_beside++;
    }
  return length_m * n_beside / N_SAMPLES;
}

static double
measure_common (const LzLine *a, const LzLine *b)
{
  double a_m = lz_line_length_m (a);
  double b_m = lz_line_length_m (b);
  double shorter_m = MIN (a_m, b_m);
  double common_m = a_m <= b_m ? measure_beside (a, a_m, b) : measure_beside (b, b_m, a);

  return common_m > shorter_m / 2 ? common_m : 0;
}

static void
add_pairs (GArray *pairs, guint index, const LzRoadShape *shape, GPtrArray *namesakes)
{
  for (guint i = 0; i < namesakes->len; i++)
    {
      LzKnownRoad *road = g_ptr_array_index (namesakes, i);
      double common_m = road->line != NULL ? measure_common (shape->line, road->line) : 1;

      if (common_m > 0)
        g_array_append_val (pairs, ((Pair){ index, road, common_m }));
    }
}

static int
compare_pairs (gconstpointer a, gconstpointer b)
{
  const Pair *x = a;
  const Pair *y = b;

  if (x->common_m != y->common_m)
    return x->common_m > y->common_m ? -1 : 1;
  if (x->shape != y->shape)
    return x->shape < y->shape ? -1 : 1;
  return lz_id_compare (&x->road->id, &y->road->id);
}

static GHashTable *
group_by_name (GPtrArray *known)
{
  GHashTable *by_name =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < known->len; i++)
    {
      LzKnownRoad *road = g_ptr_array_index (known, i);
      GPtrArray *namesakes = g_hash_table_lookup (by_name, road->name);

      road->matched = FALSE;
      if (namesakes == NULL)
        {
          namesakes = g_ptr_array_new ();
          g_hash_table_insert (by_name, road->name, namesakes);
        }
      g_ptr_array_add (namesakes, road);
    }
  return by_name;
}

LzKnownRoad **
lz_roads_match (GPtrArray *shapes, GPtrArray *known)
{
  LzKnownRoad **matches = g_new0 (LzKnownRoad *, MAX (shapes->len, 1));
  g_autoptr (GHashTable) by_name = group_by_name (known);
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (Pair));

  for (guint i = 0; i < shapes->len; i++)
    {
      const LzRoadShape *shape = g_ptr_array_index (shapes, i);
      GPtrArray *namesakes = g_hash_table_lookup (by_name, shape->name);

      if (namesakes != NULL)
        add_pairs (pairs, i, shape, namesakes);
    }

  g_array_sort (pairs, compare_pairs);
  for (guint i = 0; i < pairs->len; i++)
    {
      const Pair *pair = &g_array_index (pairs, Pair, i);

      if (matches[pair->shape] != NULL || pair->road->matched)
        continue;
      matches[pair->shape] = pair->road;
      pair->road->matched = TRUE;
    }
  return matches;
}
