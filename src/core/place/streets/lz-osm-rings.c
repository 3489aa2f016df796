/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-osm-rings.h"

/* An end of a piece, sorted by node. */
typedef struct
{
  gint64 node;
  guint piece;
  guint next; /* of the first end at a node: where to go on looking there */
} End;

typedef struct
{
  const LzOsmPiece *pieces;
  GArray *ends;
  gboolean *is_used;
} Rings;

static gint64
piece_end (const LzOsmPiece *piece, gboolean at_end)
{
  return piece->refs[at_end ? piece->n - 1 : 0];
}

static int
compare_ends (gconstpointer a, gconstpointer b)
{
  const End *ea = a, *eb = b;

  if (ea->node != eb->node)
    return ea->node < eb->node ? -1 : 1;
  return ea->piece < eb->piece ? -1 : ea->piece > eb->piece;
}

static guint
find_first_end (const Rings *self, gint64 node)
{
  guint low = 0, high = self->ends->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (self->ends, End, middle).node < node)
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

/* An unused piece that touches @node, or -1.  Never looks at an end twice that was used, so that a
 * thousand pieces at one node cost no more than elsewhere. */
static int
find_piece (Rings *self, gint64 node)
{
  guint first = find_first_end (self, node);
  End *head;

  if (first >= self->ends->len)
    return -1;

  head = &g_array_index (self->ends, End, first);
  for (guint i = MAX (head->next, first); i < self->ends->len; i++)
    {
      const End *end = &g_array_index (self->ends, End, i);

      head->next = i;
      if (end->node != node)
        return -1;
      if (!self->is_used[end->piece])
        return (int) end->piece;
    }
  return -1;
}

/* Adds a piece, without the node that is there already, so that it leads away from @from. */
static gint64
append_piece (GArray *ring, const LzOsmPiece *piece, gint64 from)
{
  gboolean is_forward = piece_end (piece, FALSE) == from;

  for (guint i = 1; i < piece->n; i++)
    g_array_append_val (ring, piece->refs[is_forward ? i : piece->n - 1 - i]);
  return piece_end (piece, is_forward);
}

static GArray *
walk (Rings *self, guint start)
{
  GArray *ring = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 first = piece_end (&self->pieces[start], FALSE);
  gint64 at;

  self->is_used[start] = TRUE;
  g_array_append_val (ring, first);
  at = append_piece (ring, &self->pieces[start], first);
  while (at != first)
    {
      int next = find_piece (self, at);

      if (next < 0)
        {
          g_array_unref (ring);
          return NULL;
        }
      self->is_used[next] = TRUE;
      at = append_piece (ring, &self->pieces[next], at);
    }
  return ring;
}

static void
free_ring (gpointer data)
{
  g_array_unref (data);
}

/**
 * lz_osm_rings:
 * @pieces: (array length=n): the ways of an outline
 * @n: how many
 * @n_open: (out): how many chains of ways do not close
 *
 * Joins ways that share end nodes into closed rings.
 *
 * Returns: (transfer full) (element-type GArray): the rings, each an array of node ids whose first
 *   and last are the same
 */
GPtrArray *
lz_osm_rings (const LzOsmPiece *pieces, guint n, guint *n_open)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (free_ring);
  Rings self = { pieces, g_array_new (FALSE, FALSE, sizeof (End)), g_new0 (gboolean, MAX (n, 1)) };

  *n_open = 0;
  for (guint i = 0; i < n; i++)
    {
      End ends[] = { { piece_end (&pieces[i], FALSE), i, 0 },
                     { piece_end (&pieces[i], TRUE), i, 0 } };

      g_array_append_vals (self.ends, ends, 2);
    }
  g_array_sort (self.ends, compare_ends);

  for (guint i = 0; i < n; i++)
    {
      GArray *ring;

      if (self.is_used[i])
        continue;

      ring = walk (&self, i);
      if (ring != NULL)
        g_ptr_array_add (found, ring);
      else
        (*n_open)++;
    }
  g_array_unref (self.ends);
  g_free (self.is_used);
  return found;
}
