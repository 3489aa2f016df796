/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-case-query.h"
#include "lz-event-table.h"
#include "lz-search.h"
#include "lz-stmt.h"

/* Up to so many hits are looked up one by one; beyond, walking the order and testing is faster. */
#define FEW_HITS 4000

/* clang-format off */
static const char sql_has_many[] =
  "SELECT count(*) FROM (SELECT rowid FROM case_words WHERE case_words MATCH ?1 LIMIT ?2)";
/* clang-format on */

void
lz_case_query_clear (LzPreparedQuery *prepared)
{
  g_clear_pointer (&prepared->expression, g_free);
}

static gboolean
choose_words (LzStation *station, LzPreparedQuery *prepared, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_has_many, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, prepared->expression);
  sqlite3_bind_int (stmt, 2, FEW_HITS + 1);
  if (!lz_db_step (db, stmt, "searching", error))
    return FALSE;
  prepared->words = sqlite3_column_int (stmt, 0) > FEW_HITS ? LZ_WORDS_MANY : LZ_WORDS_FEW;
  return TRUE;
}

/* Whether nothing but open cases can match, and no words are looked for. */
static gboolean
is_open_only (const LzPreparedQuery *prepared)
{
  guint32 states = prepared->query->states;

  return states != 0 && (states & ~(guint32) LZ_STATES_OPEN) == 0 &&
         prepared->words == LZ_WORDS_NONE;
}

LzScope
lz_case_query_get_unordered_scope (const LzPreparedQuery *prepared)
{
  return prepared->scope == LZ_SCOPE_ALL && is_open_only (prepared) ? LZ_SCOPE_OPEN
                                                                    : prepared->scope;
}

gboolean
lz_case_query_prepare (LzStation *station,
                       const LzCaseQuery *query,
                       LzPreparedQuery *prepared,
                       GError **error)
{
  *prepared = (LzPreparedQuery){ .query = query };
  if (query->among != NULL)
    prepared->scope = LZ_SCOPE_AMONG;
  else if (!lz_id_is_nil (&query->road))
    prepared->scope = LZ_SCOPE_ROAD;
  else if (query->my_roads)
    prepared->scope = LZ_SCOPE_MINE;

  if (query->text == NULL || *query->text == '\0')
    {
      if (prepared->scope == LZ_SCOPE_ROAD && is_open_only (prepared))
        prepared->scope = LZ_SCOPE_OPEN_ROAD;
      else if (prepared->scope == LZ_SCOPE_MINE && is_open_only (prepared))
        prepared->scope = LZ_SCOPE_OPEN_MINE;
      return TRUE;
    }
  prepared->expression = lz_search_expression (query->text, lz_station_get_catalogue (station));
  prepared->nothing = prepared->expression == NULL;
  return prepared->nothing || choose_words (station, prepared, error);
}

static int
compare_fids (gconstpointer a, gconstpointer b)
{
  gint64 x = *(const gint64 *) a, y = *(const gint64 *) b;

  return (x > y) - (x < y);
}

void
lz_fids_sort (GArray *fids)
{
  g_array_sort (fids, compare_fids);
}

char *
lz_fids_dup_json (const GArray *fids)
{
  GString *json = g_string_new ("[");

  for (guint i = 0; i < fids->len; i++)
    g_string_append_printf (json, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "",
                            g_array_index (fids, gint64, i));
  g_string_append_c (json, ']');
  return g_string_free (json, FALSE);
}

/* Among given rows a road and the person's roads narrow further. */
static void
bind_among (LzStation *station, const LzCaseQuery *query, LzStmt *stmt)
{
  lz_stmt_bind_text (stmt, 5, query->among);
  if (!lz_id_is_nil (&query->road))
    lz_stmt_bind_id (stmt, 8, &query->road);
  if (query->my_roads)
    lz_stmt_bind_text (stmt, 9, lz_station_get_actor (station));
}

void
lz_case_query_bind (LzStation *station, const LzPreparedQuery *prepared, LzStmt *stmt, gint64 limit)
{
  const LzCaseQuery *query = prepared->query;

  sqlite3_bind_int64 (stmt, 1, query->states);
  sqlite3_bind_int64 (stmt, 2, query->dimensions);
  sqlite3_bind_int64 (stmt, 3, query->lamps);
  sqlite3_bind_int64 (stmt, 4, query->now_ms);
  if (prepared->scope == LZ_SCOPE_ROAD || prepared->scope == LZ_SCOPE_OPEN_ROAD)
    lz_stmt_bind_id (stmt, 5, &query->road);
  else if (prepared->scope == LZ_SCOPE_MINE || prepared->scope == LZ_SCOPE_OPEN_MINE)
    lz_stmt_bind_text (stmt, 5, lz_station_get_actor (station));
  else if (prepared->scope == LZ_SCOPE_AMONG)
    bind_among (station, query, stmt);
  if (prepared->words != LZ_WORDS_NONE)
    lz_stmt_bind_text (stmt, 6, prepared->expression);
  if (limit != 0)
    sqlite3_bind_int64 (stmt, 7, limit);
}
