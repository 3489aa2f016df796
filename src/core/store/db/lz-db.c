/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-db"

#include "config.h"

#include "lz-db-private.h"

#define BUSY_TIMEOUT_MS 10000
/* SQLite's own handler sleeps up to 100 ms: beside a writer that commits all the time, as a sync
 * does, it would come too late again and again. */
#define BUSY_PAUSE_US  2000
#define PROGRESS_STEPS 4000

struct _LzDb
{
  sqlite3 *handle;
  GHashTable *statements; /* constant SQL text, by address -> sqlite3_stmt */
  GCancellable *cancellable;
  guint depth;
  gboolean doomed;
  gint64 busy_since_us; /* another connection writes */
};

/**
 * lz_error_set_sqlite:
 * @error: (nullable): where to put the error
 * @db: the connection that failed
 * @doing: what was being done
 *
 * Turns the last failure on @db into an error that callers can act on.
 *
 * Returns: always %FALSE, so that a caller can return it
 */
gboolean
lz_error_set_sqlite (GError **error, sqlite3 *db, const char *doing)
{
  LzError code = LZ_ERROR_FAILED;

  switch (sqlite3_errcode (db) & 0xff)
    {
    case SQLITE_INTERRUPT:
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled");
      return FALSE;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      code = LZ_ERROR_BUSY;
      break;
    case SQLITE_CONSTRAINT:
      code = LZ_ERROR_CONSTRAINT;
      break;
    case SQLITE_FULL:
      code = LZ_ERROR_NO_SPACE;
      break;
    case SQLITE_IOERR: /* a write cut short by a limit or a full disk comes as this */
      if (sqlite3_extended_errcode (db) == SQLITE_IOERR_WRITE ||
          sqlite3_extended_errcode (db) == SQLITE_IOERR_SHMSIZE ||
          sqlite3_extended_errcode (db) == SQLITE_IOERR_TRUNCATE ||
          sqlite3_extended_errcode (db) == SQLITE_IOERR_FSYNC)
        code = LZ_ERROR_NO_SPACE;
      break;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      code = LZ_ERROR_READ_ONLY;
      break;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      code = LZ_ERROR_CORRUPT;
      break;
    default:
      break;
    }

  g_set_error (error, LZ_ERROR, code, "%s: %s", doing, sqlite3_errmsg (db));
  return FALSE;
}

static void
finalize_statement (gpointer stmt)
{
  sqlite3_finalize (stmt);
}

static int
stop_if_cancelled (void *data)
{
  LzDb *self = data;

  return g_cancellable_is_cancelled (self->cancellable);
}

/* Going over to WAL can say BUSY at once, in spite of the timeout, when two processes start
 * together (SQLite 3.40). */
static gboolean
use_wal (LzDb *self, GError **error)
{
  g_autoptr (GError) failure = NULL;

  for (int attempt = 0; attempt < 50; attempt++)
    {
      g_clear_error (&failure);
      if (lz_db_exec (self, "PRAGMA journal_mode = WAL", &failure))
        return TRUE;
      if (!g_error_matches (failure, LZ_ERROR, LZ_ERROR_BUSY))
        break;
      g_usleep (20000);
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
set_cache (LzDb *self, guint kib, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("PRAGMA cache_size = -%u", kib);

  return lz_db_exec (self, sql, error) && lz_db_exec (self, "PRAGMA temp_store = MEMORY", error);
}

static gboolean
configure (LzDb *self, const LzDbSchema *schema, gboolean read_only, GError **error)
{
  if (schema == NULL)
    return TRUE;
  if (read_only)
    return set_cache (self, schema->reader_cache_kib, error);

  return set_cache (self, schema->writer_cache_kib, error) && use_wal (self, error) &&
         lz_db_exec (self, "PRAGMA synchronous = FULL", error) && schema->mark (self, error) &&
         lz_db_migrate (self, schema, error) &&
         lz_db_exec (self, "PRAGMA foreign_keys = ON", error);
}

/* Another connection writes: looks again in a moment, for BUSY_TIMEOUT_MS at most. */
static int
wait_for_writer (void *data, int n_tries)
{
  LzDb *self = data;
  gint64 now_us = g_get_monotonic_time ();

  if (n_tries == 0)
    self->busy_since_us = now_us;
  if (now_us - self->busy_since_us > BUSY_TIMEOUT_MS * G_GINT64_CONSTANT (1000))
    return 0;
  g_usleep (BUSY_PAUSE_US);
  return 1;
}

/**
 * lz_db_open:
 * @path: the database file; made if it is missing and @read_only is %FALSE
 * @schema: (nullable): what the file is made of; %NULL for a foreign one, which is only read
 * @read_only: for queries only
 * @error: (nullable): %LZ_ERROR_CORRUPT, %LZ_ERROR_TOO_NEW, %LZ_ERROR_NO_SPACE …
 *
 * Opens a connection, brings the schema up to date and sets WAL with synchronous=FULL, so that what
 * is committed survives a power cut.
 *
 * Returns: (transfer full) (nullable): the connection
 */
LzDb *
lz_db_open (const char *path, const LzDbSchema *schema, gboolean read_only, GError **error)
{
  g_autoptr (LzDb) self = g_new0 (LzDb, 1);
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;

  g_return_val_if_fail (schema != NULL || read_only, NULL);

  flags |= read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  self->statements =
      g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, finalize_statement);
  if (sqlite3_open_v2 (path, &self->handle, flags, NULL) != SQLITE_OK)
    {
      lz_error_set_sqlite (error, self->handle, path);
      return NULL;
    }
  sqlite3_busy_handler (self->handle, wait_for_writer, self);
  if (!configure (self, schema, read_only, error))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  sqlite3_progress_handler (self->handle, PROGRESS_STEPS, stop_if_cancelled, self);
  return g_steal_pointer (&self);
}

void
lz_db_close (LzDb *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->statements, g_hash_table_unref);
  g_clear_object (&self->cancellable);
  sqlite3_close (self->handle);
  g_free (self);
}

sqlite3 *
lz_db_get_handle (LzDb *self)
{
  return self->handle;
}

const char *
lz_db_get_library_version (void)
{
  return sqlite3_libversion ();
}

void
lz_db_set_cancellable (LzDb *self, GCancellable *cancellable)
{
  g_set_object (&self->cancellable, cancellable);
}

/**
 * lz_db_borrow:
 * @self: a connection
 * @sql: one statement, a string constant
 * @error: (nullable): return location
 *
 * Prepares @sql, or takes the one prepared before.  It goes back, reset and unbound, when the
 * `g_autoptr (LzStmt)` that holds it ends.
 *
 * Returns: (nullable): the statement
 */
LzStmt *
lz_db_borrow (LzDb *self, const char *sql, GError **error)
{
  sqlite3_stmt *stmt = g_hash_table_lookup (self->statements, sql);

  if (stmt == NULL)
    {
      if (sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) !=
          SQLITE_OK)
        {
          lz_error_set_sqlite (error, self->handle, sql);
          return NULL;
        }
      g_hash_table_insert (self->statements, (gpointer) sql, stmt);
    }

  g_assert (!sqlite3_stmt_busy (stmt)); /* lent twice: a bug here, not in the caller */
  return stmt;
}

gboolean
lz_db_step (LzDb *self, LzStmt *stmt, const char *doing, GError **error)
{
  switch (sqlite3_step (stmt))
    {
    case SQLITE_ROW:
      return TRUE;
    case SQLITE_DONE:
      return FALSE;
    default:
      return lz_error_set_sqlite (error, self->handle, doing);
    }
}

gboolean
lz_db_run (LzDb *self, LzStmt *stmt, const char *doing, GError **error)
{
  int result;

  do
    result = sqlite3_step (stmt);
  while (result == SQLITE_ROW);

  return result == SQLITE_DONE || lz_error_set_sqlite (error, self->handle, doing);
}

GArray *
lz_db_read_fids (LzDb *self, LzStmt *stmt, const char *doing, GError **error)
{
  g_autoptr (GArray) fids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) failure = NULL;

  while (lz_db_step (self, stmt, doing, &failure))
    {
      gint64 fid = sqlite3_column_int64 (stmt, 0);

      g_array_append_val (fids, fid);
    }
  return lz_stmt_ended (&failure, error) ? g_steal_pointer (&fids) : NULL;
}

GArray *
lz_db_read_ids (LzDb *self, LzStmt *stmt, const char *doing, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (LzId));
  g_autoptr (GError) failure = NULL;

  while (lz_db_step (self, stmt, doing, &failure))
    {
      LzId id = lz_stmt_column_id (stmt, 0);

      g_array_append_val (ids, id);
    }
  return lz_stmt_ended (&failure, error) ? g_steal_pointer (&ids) : NULL;
}

gboolean
lz_db_exec (LzDb *self, const char *sql, GError **error)
{
  return sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK ||
         lz_error_set_sqlite (error, self->handle, sql);
}

/* For a statement that gives one row with one number. */
gboolean
lz_db_get_int64 (LzDb *self, const char *sql, gint64 *value, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  gboolean ok;

  if (sqlite3_prepare_v2 (self->handle, sql, -1, &stmt, NULL) != SQLITE_OK)
    return lz_error_set_sqlite (error, self->handle, sql);

  ok = sqlite3_step (stmt) == SQLITE_ROW;
  if (ok)
    *value = sqlite3_column_int64 (stmt, 0);
  else
    lz_error_set_sqlite (error, self->handle, sql);
  sqlite3_finalize (stmt);
  return ok;
}

gboolean
lz_db_begin (LzDb *self, GError **error)
{
  if (self->depth == 0)
    {
      if (!lz_db_exec (self, "BEGIN IMMEDIATE", error))
        return FALSE;
      self->doomed = FALSE;
    }
  self->depth++;
  return TRUE;
}

gboolean
lz_db_commit (LzDb *self, GError **error)
{
  g_return_val_if_fail (self->depth > 0, FALSE);

  self->depth--;
  if (self->depth > 0)
    return TRUE;
  if (self->doomed)
    {
      sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_FAILED, "a part of the work failed before");
      return FALSE;
    }
  if (lz_db_exec (self, "COMMIT", error))
    return TRUE;

  sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

void
lz_db_rollback (LzDb *self)
{
  g_return_if_fail (self->depth > 0);

  self->depth--;
  self->doomed = TRUE;
  if (self->depth == 0)
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
}

gboolean
lz_db_in_transaction (LzDb *self)
{
  return self->depth > 0;
}
