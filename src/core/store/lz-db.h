/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-error.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * LzDb:
 *
 * One connection to the station's database, with its prepared statements.  One thread at a time.
 */
typedef struct _LzDb LzDb;

/* A statement lent by a LzDb: goes back, reset and unbound, at the end of its scope. */
typedef sqlite3_stmt LzStmt;

static inline void
lz_stmt_give_back (LzStmt *stmt)
{
  sqlite3_reset (stmt);
  sqlite3_clear_bindings (stmt);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzStmt, lz_stmt_give_back)

LzDb *lz_db_open (const char *path, gboolean read_only, GError **error);
void lz_db_close (LzDb *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzDb, lz_db_close)

sqlite3 *lz_db_get_handle (LzDb *self);
/* Of SQLite as it runs, for reports of trouble. */
const char *lz_db_get_library_version (void);

/* @sql must be a string constant: it is the key under which the statement is kept. */
LzStmt *lz_db_borrow (LzDb *self, const char *sql, GError **error);

gboolean lz_db_exec (LzDb *self, const char *sql, GError **error);
gboolean lz_db_get_int64 (LzDb *self, const char *sql, gint64 *value, GError **error);

/* TRUE on a row; FALSE with @error unset at the end, FALSE with @error set on failure. */
gboolean lz_db_step (LzDb *self, LzStmt *stmt, const char *doing, GError **error);
/* For statements that give no rows. */
gboolean lz_db_run (LzDb *self, LzStmt *stmt, const char *doing, GError **error);

/* Transactions nest by counting; the outermost one is BEGIN IMMEDIATE … COMMIT.  A rollback at any
 * depth dooms the outermost. */
gboolean lz_db_begin (LzDb *self, GError **error);
gboolean lz_db_commit (LzDb *self, GError **error);
void lz_db_rollback (LzDb *self);
gboolean lz_db_in_transaction (LzDb *self);

/* Looked at while a statement runs: cancelling stops it with G_IO_ERROR_CANCELLED. */
void lz_db_set_cancellable (LzDb *self, GCancellable *cancellable);

gboolean lz_error_set_sqlite (GError **error, sqlite3 *db, const char *doing);

G_END_DECLS
