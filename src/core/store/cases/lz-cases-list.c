/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-case-query.h"
#include "lz-stmt.h"

/* clang-format off */
#define LIST(where, words, order)                                                                  \
  "SELECT fid FROM case_row WHERE" LZ_SQL_FILTER where words " ORDER BY " order " LIMIT ?7"

/* One of each direction; the fid makes the order whole. */
#define REPORTED(where, words)                                                                     \
  { LIST (where, words, "reported_at, fid"), LIST (where, words, "reported_at DESC, fid DESC") }
#define CHANGED(where, words)                                                                      \
  { LIST (where, words, "changed_at, fid"), LIST (where, words, "changed_at DESC, fid DESC") }
#define DUE(where, words)                                                                          \
  { LIST (where, words, "due_at, fid"), LIST (where, words, "due_at DESC, fid DESC") }
#define NUMBER(where, words)                                                                       \
  { LIST (where, words, "number, fid"), LIST (where, words, "number DESC, fid DESC") }
#define CATEGORY(where, words)                                                                     \
  { LIST (where, words, "category, reported_at, fid"),                                             \
    LIST (where, words, "category DESC, reported_at DESC, fid DESC") }
#define STATE(where, words)                                                                        \
  { LIST (where, words, "state, reported_at, fid"),                                                \
    LIST (where, words, "state DESC, reported_at DESC, fid DESC") }
#define ROAD(where, words)                                                                         \
  { LIST (where, words, "road_name, chainage_cm, fid"),                                                 \
    LIST (where, words, "road_name DESC, chainage_cm DESC, fid DESC") }

typedef const char *const Directions[2];

static Directions sql_reported[LZ_N_SCOPES][LZ_N_WORDS] = LZ_SQL_VARIANTS (REPORTED);
static Directions sql_changed[LZ_N_SCOPES][LZ_N_WORDS] = LZ_SQL_VARIANTS (CHANGED);
static Directions sql_due[LZ_N_SCOPES][LZ_N_WORDS] = LZ_SQL_VARIANTS (DUE);
static Directions sql_number[LZ_N_SCOPES][LZ_N_WORDS] = LZ_SQL_VARIANTS (NUMBER);
static Directions sql_category[LZ_N_SCOPES][LZ_N_WORDS] = LZ_SQL_VARIANTS (CATEGORY);
static Directions sql_state[LZ_N_SCOPES][LZ_N_WORDS] = LZ_SQL_VARIANTS (STATE);
static Directions sql_road[LZ_N_SCOPES][LZ_N_WORDS] = LZ_SQL_VARIANTS (ROAD);

static Directions (*const sql_list[LZ_N_SORTS])[LZ_N_WORDS] = {
  [LZ_SORT_REPORTED] = sql_reported,
  [LZ_SORT_CHANGED] = sql_changed,
  [LZ_SORT_DUE] = sql_due,
  [LZ_SORT_NUMBER] = sql_number,
  [LZ_SORT_CATEGORY] = sql_category,
  [LZ_SORT_STATE] = sql_state,
  [LZ_SORT_ROAD] = sql_road,
};

/* Of open cases only, all of them are sorted: along the order of all, those that were closed lie
 * before the first that is open. */
static const char *const sql_due_open[2] = {
  LIST (LZ_SQL_OPEN, LZ_SQL_NO_WORDS, "+due_at, fid"),
  LIST (LZ_SQL_OPEN, LZ_SQL_NO_WORDS, "+due_at DESC, fid DESC"),
};

#define COUNT(where, words)                                                                        \
  "SELECT count(*) FROM case_row WHERE" LZ_SQL_FILTER where words

static const char *const sql_count[LZ_N_SCOPES][LZ_N_WORDS] = LZ_SQL_VARIANTS (COUNT);
/* clang-format on */

static const char *
choose_list (const LzPreparedQuery *prepared)
{
  const LzCaseQuery *query = prepared->query;
  guint direction = query->descending ? 1 : 0;

  if (query->sort == LZ_SORT_DUE && lz_case_query_get_unordered_scope (prepared) == LZ_SCOPE_OPEN)
    return sql_due_open[direction];
  return sql_list[query->sort][prepared->scope][prepared->words][direction];
}

/**
 * lz_cases_list:
 * @station: a station
 * @query: which cases, in which order
 * @limit: at most so many; 0 = all
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (nullable): their fids, gint64, in order
 */
GArray *
lz_cases_list (LzStation *station, const LzCaseQuery *query, guint limit, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_auto (LzPreparedQuery) prepared = { 0 };
  g_autoptr (LzStmt) stmt = NULL;

  g_return_val_if_fail ((guint) query->sort < LZ_N_SORTS, NULL);

  if (!lz_case_query_prepare (station, query, &prepared, error))
    return NULL;
  if (prepared.nothing)
    return g_array_new (FALSE, FALSE, sizeof (gint64));
  stmt = lz_db_borrow (db, choose_list (&prepared), error);
  if (stmt == NULL)
    return NULL;

  lz_case_query_bind (station, &prepared, stmt, limit != 0 ? (gint64) limit : -1);
  return lz_db_read_fids (db, stmt, "listing cases", error);
}

/**
 * lz_cases_count:
 * @station: a station
 * @query: which cases
 * @error: (nullable): return location
 *
 * Returns: how many; -1 with @error set on failure
 */
gint64
lz_cases_count (LzStation *station, const LzCaseQuery *query, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_auto (LzPreparedQuery) prepared = { 0 };
  g_autoptr (LzStmt) stmt = NULL;

  if (!lz_case_query_prepare (station, query, &prepared, error))
    return -1;
  if (prepared.nothing)
    return 0;
  stmt = lz_db_borrow (db, sql_count[lz_case_query_get_unordered_scope (&prepared)][prepared.words],
                       error);
  if (stmt == NULL)
    return -1;
  lz_case_query_bind (station, &prepared, stmt, 0);
  return lz_db_step (db, stmt, "counting cases", error) ? sqlite3_column_int64 (stmt, 0) : -1;
}
