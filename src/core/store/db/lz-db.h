/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-error.h"
#include "lz-stmt.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LzDb:
 *
 * One connection to a SQLite file, with its prepared statements.  One thread at a time.
 */
typedef struct _LzDb LzDb;

/**
 * LzDbSchema:
 * @reader_cache_kib: memory for pages of a connection that only reads
 * @writer_cache_kib: the same of one that writes
 * @mark: writes into a new file what it is, so that file(1) and we know it
 * @get_resource: where the scripts are
 * @folder: their path there, with a slash at its end
 * @scripts: the migrations in their order.  Append only: a released one is never edited
 * @n_scripts: how many
 * @read_version: how many of them the file has had
 * @write_version: notes that; inside the transaction of the scripts
 *
 * What a kind of file is made of.
 */
typedef struct
{
  guint reader_cache_kib;
  guint writer_cache_kib;
  gboolean (*mark) (LzDb *db, GError **error);
  GResource *(*get_resource) (void);
  const char *folder;
  const char *const *scripts;
  guint n_scripts;
  gboolean (*read_version) (LzDb *db, gint64 *version, GError **error);
  gboolean (*write_version) (LzDb *db, guint version, GError **error);
} LzDbSchema;

LzDb *lz_db_open (const char *path, const LzDbSchema *schema, gboolean read_only, GError **error);
void lz_db_close (LzDb *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzDb, lz_db_close)

sqlite3 *lz_db_get_handle (LzDb *self);
/* Of SQLite as it runs, for reports of trouble. */
const char *lz_db_get_library_version (void);

/* @sql must be a string constant: its address is the key under which the statement is kept. */
LzStmt *lz_db_borrow (LzDb *self, const char *sql, GError **error);

gboolean lz_db_exec (LzDb *self, const char *sql, GError **error);
gboolean lz_db_get_int64 (LzDb *self, const char *sql, gint64 *value, GError **error);

/* TRUE on a row; FALSE with @error unset at the end, FALSE with @error set on failure. */
gboolean lz_db_step (LzDb *self, LzStmt *stmt, const char *doing, GError **error);
/* For statements that give no rows. */
gboolean lz_db_run (LzDb *self, LzStmt *stmt, const char *doing, GError **error);

/* Run to its end what lists rows: their first column, gint64 or LzId. */
GArray *lz_db_read_fids (LzDb *self, LzStmt *stmt, const char *doing, GError **error);
GArray *lz_db_read_ids (LzDb *self, LzStmt *stmt, const char *doing, GError **error);

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
