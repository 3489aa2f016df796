/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-case-sql.h"
#include "lz-cases.h"

G_BEGIN_DECLS

/* A query made ready: which variant of a statement serves it, and its words. */
typedef struct
{
  const LzCaseQuery *query;
  LzScope scope;
  LzWords words;
  char *expression;
  gboolean nothing; /* the words hold nothing to look for: no case matches */
} LzPreparedQuery;

gboolean lz_case_query_prepare (LzStation *station,
                                const LzCaseQuery *query,
                                LzPreparedQuery *prepared,
                                GError **error);
/* Of a statement that wants no order: along an order, going past the cases that are not open is
 * faster than sorting all that are. */
LzScope lz_case_query_get_unordered_scope (const LzPreparedQuery *prepared);
void lz_case_query_bind (LzStation *station,
                         const LzPreparedQuery *prepared,
                         LzStmt *stmt,
                         gint64 limit);
void lz_case_query_clear (LzPreparedQuery *prepared);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LzPreparedQuery, lz_case_query_clear)

G_END_DECLS
