/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-desk-private.h"
#include "lz-event-table.h"
#include "lz-stmt.h"

#include <string.h>

#define MS_PER_DAY G_GINT64_CONSTANT (86400000)

/* clang-format off */
/* Road by road, from the index alone; what is of one place is sorted here, a road at a time: that is
 * several times faster than to have a quarter of a million rows sorted.  States 4, 18, 19: what was
 * no problem, or another's. */
#define LATELY(where)                                                                              \
  "SELECT r.fid, c.road, c.category, c.side, c.chainage_cm, c.reported_at FROM road AS r"          \
  " CROSS JOIN case_row AS c INDEXED BY case_of_road_lately"                                       \
  " ON c.road = r.id AND c.reported_at >= ?1 AND c.state NOT IN (4, 18, 19)" where

static const char sql_lately[] = LATELY ("");
static const char sql_lately_of_one[] = LATELY (" WHERE r.id = ?2");
/* clang-format on */

/* A case, as far as it matters here. */
typedef struct
{
  const char *category; /* the one copy of it */
  LzSide side;
  gint64 chainage_cm;
  gint64 reported_ms;
} Seen;

typedef struct
{
  const LzHealthModel *model;
  LzId road;
  GArray *seen; /* of the road */
  GHashTable *categories;
  LzDeskSpotFunc func;
  gpointer data;
} Spots;

static void
spots_clear (Spots *self)
{
  g_clear_pointer (&self->seen, g_array_unref);
  g_clear_pointer (&self->categories, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Spots, spots_clear)

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

/* Hands on the cases from @from up to @end as a spot, if they are enough. */
static void
hand_on (Spots *self, guint from, guint end)
{
  const Seen *first = &g_array_index (self->seen, Seen, from);
  LzDeskSpot spot = { .category = (char *) first->category,
                      .from_cm = first->chainage_cm,
                      .side = first->side,
                      .n = end - from };

  if (spot.n < lz_health_model_get_spot_cases (self->model))
    return;
  spot.to_cm = g_array_index (self->seen, Seen, end - 1).chainage_cm;
  for (guint i = from; i < end; i++)
    spot.last_ms = MAX (spot.last_ms, g_array_index (self->seen, Seen, i).reported_ms);
  self->func (&self->road, &spot, self->data);
}

/* Cases of one category on one side of one road that follow each other closely are one spot. */
static void
end_road (Spots *self)
{
  double radius_cm = 100 * lz_health_model_get_spot_radius_m (self->model);
  guint from = 0;

  g_array_sort (self->seen, compare_seen);
  for (guint i = 1; i <= self->seen->len; i++)
    {
      const Seen *first = &g_array_index (self->seen, Seen, from);
      const Seen *next = &g_array_index (self->seen, Seen, i);

      if (i < self->seen->len && next->category == first->category && next->side == first->side &&
          (double) (next->chainage_cm - first->chainage_cm) <= radius_cm)
        continue;
      hand_on (self, from, i);
      from = i;
    }
  g_array_set_size (self->seen, 0);
}

static const char *
keep_category (Spots *self, const char *category)
{
  gpointer kept = g_hash_table_lookup (self->categories, category);

  if (kept == NULL)
    g_hash_table_add (self->categories, kept = g_strdup (category));
  return kept;
}

static void
take_case (Spots *self, LzStmt *stmt)
{
  Seen seen = { .category = keep_category (self, (const char *) sqlite3_column_text (stmt, 2)),
                .side = (LzSide) sqlite3_column_int (stmt, 3),
                .chainage_cm = sqlite3_column_int64 (stmt, 4),
                .reported_ms = sqlite3_column_int64 (stmt, 5) };

  if (self->seen->len == 0)
    self->road = lz_stmt_column_id (stmt, 1);
  g_array_append_val (self->seen, seen);
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
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, road != NULL ? sql_lately_of_one : sql_lately, error);
  g_autoptr (GError) failure = NULL;
  g_auto (Spots) spots = { .model = model, .func = func, .data = data };
  gint64 fid = 0;

  if (stmt == NULL)
    return FALSE;
  spots.seen = g_array_new (FALSE, FALSE, sizeof (Seen));
  spots.categories = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sqlite3_bind_int64 (stmt, 1, now_ms - lz_health_model_get_spot_days (model) * MS_PER_DAY);
  if (road != NULL)
    lz_stmt_bind_id (stmt, 2, road);
  while (lz_db_step (db, stmt, "looking for recurrence spots", &failure))
    {
      gint64 next = sqlite3_column_int64 (stmt, 0);

      if (next != fid)
        end_road (&spots);
      fid = next;
      take_case (&spots, stmt);
    }
  if (failure == NULL)
    end_road (&spots);
  return lz_stmt_ended (&failure, error);
}
