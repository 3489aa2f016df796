/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-case-query.h"
#include "lz-stmt.h"

#include <string.h>

/* clang-format off */
#define PINS(where, words)                                                                         \
  "SELECT morton, fid, state, warn_at, due_at, stopped_at, dimension FROM case_row WHERE"          \
  LZ_SQL_FILTER where words

#define BY_PLACE(words) PINS (LZ_SQL_ANYWHERE, words) " ORDER BY morton"

static const char *const sql_pins[LZ_N_SCOPES][LZ_N_WORDS] = LZ_SQL_VARIANTS (PINS);

/* Of everything there is an index in this order. */
static const char *const sql_pins_by_place[LZ_N_WORDS] = {
  BY_PLACE (LZ_SQL_NO_WORDS), BY_PLACE (LZ_SQL_FEW_WORDS), BY_PLACE (LZ_SQL_MANY_WORDS),
};
/* clang-format on */

LzPins *
lz_pins_new (guint n)
{
  LzPins *self = g_new0 (LzPins, 1);

  self->n = n;
  self->morton = g_new0 (guint64, n);
  self->fids = g_new0 (gint64, n);
  self->states = g_new0 (guint8, n);
  self->warn_s = g_new0 (guint32, n);
  self->due_s = g_new0 (guint32, n);
  self->stopped = g_new0 (guint8, n);
  self->dimensions = g_new0 (guint8, n);
  return self;
}

void
lz_pins_free (LzPins *self)
{
  if (self == NULL)
    return;

  g_free (self->morton);
  g_free (self->fids);
  g_free (self->states);
  g_free (self->warn_s);
  g_free (self->due_s);
  g_free (self->stopped);
  g_free (self->dimensions);
  g_free (self);
}

static void
pins_grow (LzPins *self, guint size)
{
  self->morton = g_renew (guint64, self->morton, size);
  self->fids = g_renew (gint64, self->fids, size);
  self->states = g_renew (guint8, self->states, size);
  self->warn_s = g_renew (guint32, self->warn_s, size);
  self->due_s = g_renew (guint32, self->due_s, size);
  self->stopped = g_renew (guint8, self->stopped, size);
  self->dimensions = g_renew (guint8, self->dimensions, size);
}

/* Of a clock that stands still the lamp no longer depends on the time: what the map compares with
 * its "now" is set so that the comparison gives the lamp of that moment. */
static void
pins_set_clock (LzPins *self, guint i, gint64 warn_ms, gint64 due_ms, gint64 stopped_ms)
{
  self->stopped[i] = stopped_ms != 0;
  self->warn_s[i] = (guint32) (warn_ms / 1000);
  self->due_s[i] = (guint32) (due_ms / 1000);
  if (stopped_ms == 0 || due_ms == 0)
    return;

  self->due_s[i] = stopped_ms > due_ms ? 1 : G_MAXUINT32;
  self->warn_s[i] = stopped_ms > warn_ms ? 1 : G_MAXUINT32;
}

typedef struct
{
  guint64 morton;
  guint i;
} Place;

static int
compare_places (gconstpointer a, gconstpointer b)
{
  const Place *x = a, *y = b;

  if (x->morton != y->morton)
    return x->morton < y->morton ? -1 : 1;
  return (x->i > y->i) - (x->i < y->i);
}

/* Puts the elements of one of the arrays into the order of @places. */
static gpointer
permute (gpointer array, gsize size, const GArray *places)
{
  guint8 *moved = g_malloc_n (places->len, size);

  for (guint i = 0; i < places->len; i++)
    memcpy (moved + i * size, (guint8 *) array + g_array_index (places, Place, i).i * size, size);
  g_free (array);
  return moved;
}

static void
pins_sort (LzPins *self)
{
  g_autoptr (GArray) places = g_array_sized_new (FALSE, FALSE, sizeof (Place), self->n);

  for (guint i = 0; i < self->n; i++)
    {
      Place place = { self->morton[i], i };

      g_array_append_val (places, place);
    }
  g_array_sort (places, compare_places);
  self->morton = permute (self->morton, sizeof *self->morton, places);
  self->fids = permute (self->fids, sizeof *self->fids, places);
  self->states = permute (self->states, sizeof *self->states, places);
  self->warn_s = permute (self->warn_s, sizeof *self->warn_s, places);
  self->due_s = permute (self->due_s, sizeof *self->due_s, places);
  self->stopped = permute (self->stopped, sizeof *self->stopped, places);
  self->dimensions = permute (self->dimensions, sizeof *self->dimensions, places);
}

/**
 * lz_cases_load_pins:
 * @station: a station
 * @query: which cases; its order is not looked at
 * @error: (nullable): return location
 *
 * Loads the map's view of the cases: about 30 bytes each.
 *
 * Returns: (transfer full) (nullable): the pins by their place on the Z-order curve
 */
LzPins *
lz_cases_load_pins (LzStation *station, const LzCaseQuery *query, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_auto (LzPreparedQuery) prepared = { 0 };
  g_autoptr (LzPins) pins = lz_pins_new (0);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStmt) stmt = NULL;
  guint size = 1024;
  gboolean in_order = TRUE;
  LzScope scope;

  if (!lz_case_query_prepare (station, query, &prepared, error))
    return NULL;
  if (prepared.nothing)
    return g_steal_pointer (&pins);
  scope = lz_case_query_get_unordered_scope (&prepared);
  stmt = lz_db_borrow (db,
                       scope == LZ_SCOPE_ALL ? sql_pins_by_place[prepared.words]
                                             : sql_pins[scope][prepared.words],
                       error);
  if (stmt == NULL)
    return NULL;

  pins_grow (pins, size);
  lz_case_query_bind (station, &prepared, stmt, 0);
  while (lz_db_step (db, stmt, "loading the map", &failure))
    {
      guint i = pins->n++;

      if (i == size)
        pins_grow (pins, size *= 2);
      pins->morton[i] = (guint64) sqlite3_column_int64 (stmt, 0);
      in_order = in_order && (i == 0 || pins->morton[i] >= pins->morton[i - 1]);
      pins->fids[i] = sqlite3_column_int64 (stmt, 1);
      pins->states[i] = (guint8) sqlite3_column_int (stmt, 2);
      pins->dimensions[i] = (guint8) sqlite3_column_int (stmt, 6);
      pins_set_clock (pins, i, sqlite3_column_int64 (stmt, 3), sqlite3_column_int64 (stmt, 4),
                      sqlite3_column_int64 (stmt, 5));
    }
  if (!lz_stmt_ended (&failure, error))
    return NULL;
  pins_grow (pins, MAX (pins->n, 1));
  if (!in_order)
    pins_sort (pins);
  return g_steal_pointer (&pins);
}
