/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-sdb.h"
#include "lz-server-store-resources.h"

#include <string.h>

#define BUSY_TIMEOUT_MS 10000

/* "LzSv": so that file(1) and we know the file. */
#define APPLICATION_ID 1283085174

/* Append only: a released migration is never edited. */
static const char *const migrations[] = {
  "0001-server.sql",
  "0002-suspensions.sql",
};

struct _LzSdb
{
  sqlite3 *handle;
  GHashTable *statements; /* constant SQL text, by address -> sqlite3_stmt */
};

/**
 * lz_sdb_set_error:
 * @doing: what was being done
 *
 * Turns the last failure of @self into an error that callers can act on.
 *
 * Returns: always %FALSE, so that a caller can return it
 */
gboolean
lz_sdb_set_error (LzSdb *self, const char *doing, GError **error)
{
  LzError code = LZ_ERROR_FAILED;
  int extended = sqlite3_extended_errcode (self->handle);

  switch (extended & 0xff)
    {
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
      if (extended == SQLITE_IOERR_WRITE || extended == SQLITE_IOERR_SHMSIZE ||
          extended == SQLITE_IOERR_TRUNCATE || extended == SQLITE_IOERR_FSYNC)
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

  g_set_error (error, LZ_ERROR, code, "%s: %s", doing, sqlite3_errmsg (self->handle));
  return FALSE;
}

static void
finalize_statement (gpointer stmt)
{
  sqlite3_finalize (stmt);
}

static gboolean
read_number (LzSdb *self, const char *sql, gint64 *value, GError **error)
{
  g_autoptr (LzSdbStmt) stmt = lz_sdb_borrow (self, sql, error);

  if (stmt == NULL || !lz_sdb_step (self, stmt, sql, error))
    return FALSE;
  *value = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

static gboolean
run_migration (LzSdb *self, guint index, GError **error)
{
  g_autofree char *path = g_strconcat ("/org/luzhang/Luzhang/server/sql/", migrations[index], NULL);
  g_autofree char *stamp = g_strdup_printf ("PRAGMA user_version = %u", index + 1);
  g_autoptr (GBytes) script = g_resource_lookup_data (lz_server_store_get_resource (), path,
                                                      G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  return script != NULL && lz_sdb_exec (self, g_bytes_get_data (script, NULL), error) &&
         lz_sdb_exec (self, stamp, error);
}

/* All or nothing; the version is read under the write lock. */
static gboolean
migrate (LzSdb *self, GError **error)
{
  gint64 have;

  if (!lz_sdb_exec (self, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (!read_number (self, "PRAGMA user_version", &have, error))
    goto rollback;
  if (have > (gint64) G_N_ELEMENTS (migrations))
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_TOO_NEW,
                   "schema %" G_GINT64_FORMAT " was written by a newer version", have);
      goto rollback;
    }
  for (guint i = (guint) have; i < G_N_ELEMENTS (migrations); i++)
    if (!run_migration (self, i, error))
      {
        g_prefix_error (error, "%s: ", migrations[i]);
        goto rollback;
      }
  if (lz_sdb_exec (self, "COMMIT", error))
    return TRUE;

rollback:
  sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}

static gboolean
configure (LzSdb *self, gboolean read_only, GError **error)
{
  if (!lz_sdb_exec (self, "PRAGMA cache_size = -4096", error) ||
      !lz_sdb_exec (self, "PRAGMA temp_store = MEMORY", error))
    return FALSE;
  if (read_only)
    return TRUE;

  /* Photos come by hash, that is all over the index. */
  return lz_sdb_exec (self, "PRAGMA cache_size = -24576", error) &&
         lz_sdb_exec (self, "PRAGMA journal_mode = WAL", error) &&
         lz_sdb_exec (self, "PRAGMA synchronous = FULL", error) &&
         lz_sdb_exec (self, "PRAGMA application_id = " G_STRINGIFY (APPLICATION_ID), error) &&
         migrate (self, error) && lz_sdb_exec (self, "PRAGMA foreign_keys = ON", error);
}

LzSdb *
lz_sdb_open (const char *path, gboolean read_only, GError **error)
{
  g_autoptr (LzSdb) self = g_new0 (LzSdb, 1);
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;

  flags |= read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  self->statements =
      g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, finalize_statement);
  if (sqlite3_open_v2 (path, &self->handle, flags, NULL) != SQLITE_OK)
    {
      lz_sdb_set_error (self, path, error);
      return NULL;
    }
  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  if (!configure (self, read_only, error))
    {
      g_prefix_error (error, "%s: ", path);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
lz_sdb_close (LzSdb *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->statements, g_hash_table_unref);
  sqlite3_close (self->handle);
  g_free (self);
}

sqlite3 *
lz_sdb_get_handle (LzSdb *self)
{
  return self->handle;
}

LzSdbStmt *
lz_sdb_borrow (LzSdb *self, const char *sql, GError **error)
{
  sqlite3_stmt *stmt = g_hash_table_lookup (self->statements, sql);

  if (stmt == NULL)
    {
      if (sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) !=
          SQLITE_OK)
        {
          lz_sdb_set_error (self, sql, error);
          return NULL;
        }
      g_hash_table_insert (self->statements, (gpointer) sql, stmt);
    }

  g_assert (!sqlite3_stmt_busy (stmt)); /* lent twice: a bug here, not in the caller */
  return stmt;
}

gboolean
lz_sdb_step (LzSdb *self, LzSdbStmt *stmt, const char *doing, GError **error)
{
  switch (sqlite3_step (stmt))
    {
    case SQLITE_ROW:
      return TRUE;
    case SQLITE_DONE:
      return FALSE;
    default:
      return lz_sdb_set_error (self, doing, error);
    }
}

gboolean
lz_sdb_run (LzSdb *self, LzSdbStmt *stmt, const char *doing, GError **error)
{
  int result;

  do
    result = sqlite3_step (stmt);
  while (result == SQLITE_ROW);

  return result == SQLITE_DONE || lz_sdb_set_error (self, doing, error);
}

gboolean
lz_sdb_exec (LzSdb *self, const char *sql, GError **error)
{
  return sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK ||
         lz_sdb_set_error (self, sql, error);
}

/* Copies a blob that must have exactly @size bytes. */
gboolean
lz_sdb_column_blob (LzSdbStmt *stmt, int column, void *to, gsize size)
{
  if ((gsize) sqlite3_column_bytes (stmt, column) != size)
    return FALSE;
  memcpy (to, sqlite3_column_blob (stmt, column), size);
  return TRUE;
}
