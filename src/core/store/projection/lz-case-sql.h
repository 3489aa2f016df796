/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The pieces of which the statements over many cases are made, all at compile time.
 *
 * ?1 states, ?2 dimensions, ?3 lamps (sets; 0 = all), ?4 now in ms, ?5 road, person or rows, ?6
 * search expression, ?7 limit (-1 = none), ?8 road and ?9 person among given rows.
 *
 * Every column here rides in the indexes of the orders, so that a filtered list is read from one
 * index without touching the table. */

/* clang-format off */
#define LZ_SQL_LAMP                                                                                \
  "(CASE WHEN due_at = 0 THEN 0"                                                                   \
  "  WHEN (CASE stopped_at WHEN 0 THEN ?4 ELSE stopped_at END) > due_at THEN 3"                    \
  "  WHEN (CASE stopped_at WHEN 0 THEN ?4 ELSE stopped_at END) > warn_at THEN 2 ELSE 1 END)"

#define LZ_SQL_FILTER                                                                              \
  " (?1 = 0 OR (1 << state) & ?1) AND (?2 = 0 OR (1 << dimension) & ?2)"                           \
  " AND (?3 = 0 OR (1 << " LZ_SQL_LAMP ") & ?3)"

/* Which cases: all, of one road, of the person's roads, these rows; and of all but the last those
 * that are open, which have a small index of their own. */
#define LZ_SQL_ANYWHERE ""
#define LZ_SQL_ON_ROAD " AND road = ?5"
#define LZ_SQL_ON_MINE " AND road IN (SELECT road FROM assignment WHERE person = ?5)"
#define LZ_SQL_OPEN " AND closed_at = 0"
#define LZ_SQL_OPEN_ON_ROAD LZ_SQL_OPEN LZ_SQL_ON_ROAD
#define LZ_SQL_OPEN_ON_MINE LZ_SQL_OPEN LZ_SQL_ON_MINE
#define LZ_SQL_AMONG                                                                               \
  " AND fid IN (SELECT value FROM json_each(?5)) AND (?8 IS NULL OR road = ?8)"                    \
  " AND (?9 IS NULL OR road IN (SELECT road FROM assignment WHERE person = ?9))"

/* With which words: none; few hits, looked up one by one; many hits, tested along the order. */
#define LZ_SQL_NO_WORDS ""
#define LZ_SQL_FEW_WORDS                                                                           \
  " AND fid IN (SELECT rowid FROM case_words WHERE case_words MATCH ?6)"
#define LZ_SQL_MANY_WORDS                                                                          \
  " AND +fid IN (SELECT rowid FROM case_words WHERE case_words MATCH ?6)"

typedef enum {
  LZ_SCOPE_ALL, LZ_SCOPE_ROAD, LZ_SCOPE_MINE, LZ_SCOPE_AMONG,
  LZ_SCOPE_OPEN, LZ_SCOPE_OPEN_ROAD, LZ_SCOPE_OPEN_MINE, LZ_N_SCOPES
} LzScope;
typedef enum { LZ_WORDS_NONE, LZ_WORDS_FEW, LZ_WORDS_MANY, LZ_N_WORDS } LzWords;

/* M (where, words) for each scope and each way to search; with words the index of open cases is of no
 * use. */
#define LZ_SQL_VARIANTS(M)                                                                         \
  {                                                                                                \
    { M (LZ_SQL_ANYWHERE, LZ_SQL_NO_WORDS), M (LZ_SQL_ANYWHERE, LZ_SQL_FEW_WORDS),                 \
      M (LZ_SQL_ANYWHERE, LZ_SQL_MANY_WORDS) },                                                    \
    { M (LZ_SQL_ON_ROAD, LZ_SQL_NO_WORDS), M (LZ_SQL_ON_ROAD, LZ_SQL_FEW_WORDS),                   \
      M (LZ_SQL_ON_ROAD, LZ_SQL_MANY_WORDS) },                                                     \
    { M (LZ_SQL_ON_MINE, LZ_SQL_NO_WORDS), M (LZ_SQL_ON_MINE, LZ_SQL_FEW_WORDS),                   \
      M (LZ_SQL_ON_MINE, LZ_SQL_MANY_WORDS) },                                                     \
    { M (LZ_SQL_AMONG, LZ_SQL_NO_WORDS), M (LZ_SQL_AMONG, LZ_SQL_FEW_WORDS),                       \
      M (LZ_SQL_AMONG, LZ_SQL_MANY_WORDS) },                                                       \
    { M (LZ_SQL_OPEN, LZ_SQL_NO_WORDS), },                                                         \
    { M (LZ_SQL_OPEN_ON_ROAD, LZ_SQL_NO_WORDS), },                                                 \
    { M (LZ_SQL_OPEN_ON_MINE, LZ_SQL_NO_WORDS), },                                                 \
  }
/* clang-format on */
