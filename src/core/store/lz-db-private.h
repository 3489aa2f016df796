/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-db.h"

G_BEGIN_DECLS

gboolean lz_db_migrate (LzDb *self, GError **error);

static inline void
lz_stmt_bind_text (LzStmt *stmt, int column, const char *text)
{
  sqlite3_bind_text (stmt, column, text, -1, SQLITE_TRANSIENT);
}

G_END_DECLS
