/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-error.h"
#include "lz-id.h"

#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * LzSdb:
 *
 * One connection of the server to its SQLite file, with its prepared statements.  One thread at a
 * time.
 */
typedef struct _LzSdb LzSdb;

/* A statement lent by a LzSdb: goes back, reset and unbound, at the end of its scope. */
typedef sqlite3_stmt LzSdbStmt;

static inline void
lz_sdb_give_back (LzSdbStmt *stmt)
{
  sqlite3_reset (stmt);
  sqlite3_clear_bindings (stmt);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzSdbStmt, lz_sdb_give_back)

/* Opens the file; the one that may write makes it and brings its schema up to date. */
LzSdb *lz_sdb_open (const char *path, gboolean read_only, GError **error);
void lz_sdb_close (LzSdb *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzSdb, lz_sdb_close)

sqlite3 *lz_sdb_get_handle (LzSdb *self);

/* @sql must be a string constant: its address is the key under which the statement is kept. */
LzSdbStmt *lz_sdb_borrow (LzSdb *self, const char *sql, GError **error);

/* TRUE on a row; FALSE with @error unset at the end, FALSE with @error set on failure. */
gboolean lz_sdb_step (LzSdb *self, LzSdbStmt *stmt, const char *doing, GError **error);
/* For statements that give no rows. */
gboolean lz_sdb_run (LzSdb *self, LzSdbStmt *stmt, const char *doing, GError **error);
gboolean lz_sdb_exec (LzSdb *self, const char *sql, GError **error);

gboolean lz_sdb_set_error (LzSdb *self, const char *doing, GError **error);

static inline void
lz_sdb_bind_text (LzSdbStmt *stmt, int column, const char *text)
{
  sqlite3_bind_text (stmt, column, text, -1, SQLITE_TRANSIENT);
}

/* Hashes and ids are not copied: they must live until the statement has run. */
static inline void
lz_sdb_bind_hash (LzSdbStmt *stmt, int column, const guint8 hash[32])
{
  sqlite3_bind_blob (stmt, column, hash, 32, SQLITE_STATIC);
}

static inline void
lz_sdb_bind_id (LzSdbStmt *stmt, int column, const LzId *id)
{
  sqlite3_bind_blob (stmt, column, id->bytes, sizeof id->bytes, SQLITE_STATIC);
}

static inline char *
lz_sdb_dup_text (LzSdbStmt *stmt, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (stmt, column));
}

gboolean lz_sdb_column_blob (LzSdbStmt *stmt, int column, void *to, gsize size);

G_END_DECLS
