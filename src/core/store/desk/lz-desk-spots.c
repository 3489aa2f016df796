/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-desk-private.h"
#include "lz-event-table.h"
#include "lz-stmt.h"

#include <string.h>

#define MS_PER_DAY G_GINT64_CONSTANT (86400000)

/* clang-format off */
/* From the index alone.  What is of one place is sorted here, a road at a time: that is several times
 * faster than to have a quarter of a million rows sorted.  States 4, 18, 19: what was no problem, or
 * another's. */
static const char sql_lately[] =
  "SELECT category, side, chainage_cm, reported_at FROM case_row INDEXED BY case_of_road_lately"
  " WHERE road = ?1 AND reported_at >= ?2 AND state NOT IN (4, 18, 19)";
/* clang-format on */

/* A case, as far as it matters here. */
typedef struct
{
  const char *category; /* interned */
  LzSide side;
  gint64 chainage_cm;
  gint64 reported_ms;
} Seen;

void
lz_desk_spot_free (LzDeskSpot *self)
{
  g_free (self->category);
  g_free (self);
}

static int
compare_seen (gconstpointer a, gconstpointer b)
{
  const Seen *x = a, *y = b;

  if (x->category != y->category)
    return strcmp (x->category, y->category);
  if (x->side != y->side)
    return x->side < y->side ? -1 : 1;
  return (x->chainage_cm > y->chainage_cm) - (x->chainage_cm < y->chainage_cm);
}

/* Cases of one category on one side of the road that follow each other closely are one spot, if
 * they are enough. */
static void
hand_on (const LzHealthModel *model, GArray *seen, LzDeskSpotFunc func, gpointer data)
{
  double radius_cm = 100 * lz_health_model_get_spot_radius_m (model);
  guint end;

  g_array_sort (seen, compare_seen);
  for (guint from = 0; from < seen->len; from = end)
    {
      const Seen *first = &g_array_index (seen, Seen, from);
      LzDeskSpot spot = { .category = (char *) first->category,
                          .from_cm = first->chainage_cm,
                          .side = first->side };

      for (end = from; end < seen->len; end++)
        {
          const Seen *next = &g_array_index (seen, Seen, end);

          if (next->category != first->category || next->side != first->side ||
              (double) (next->chainage_cm - first->chainage_cm) > radius_cm)
            break;
          spot.to_cm = next->chainage_cm;
          spot.last_ms = MAX (spot.last_ms, next->reported_ms);
        }
      spot.n = end - from;
      if (spot.n >= lz_health_model_get_spot_cases (model))
        func (&spot, data);
    }
}

gboolean
lz_desk_find_spots (LzStation *station,
                    const LzHealthModel *model,
                    const LzId *road,
                    gint64 now_ms,
                    LzDeskSpotFunc func,
                    gpointer data,
                    GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_lately, error);
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (Seen));
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, road);
  sqlite3_bind_int64 (stmt, 2, now_ms - lz_health_model_get_spot_days (model) * MS_PER_DAY);
  while (lz_db_step (db, stmt, "looking for recurrence spots", &failure))
    {
      Seen one = { .category = g_intern_string ((const char *) sqlite3_column_text (stmt, 0)),
                   .side = (LzSide) sqlite3_column_int (stmt, 1),
                   .chainage_cm = sqlite3_column_int64 (stmt, 2),
                   .reported_ms = sqlite3_column_int64 (stmt, 3) };

      g_array_append_val (seen, one);
    }
  if (failure == NULL)
    hand_on (model, seen, func, data);
  return lz_stmt_ended (&failure, error);
}
