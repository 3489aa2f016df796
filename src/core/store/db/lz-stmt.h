/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-id.h"

#include <sqlite3.h>
#include <string.h>

G_BEGIN_DECLS

/* A statement lent by a LzDb: goes back, reset and unbound, at the end of its scope. */
typedef sqlite3_stmt LzStmt;

static inline void
lz_stmt_give_back (LzStmt *stmt)
{
  sqlite3_reset (stmt);
  sqlite3_clear_bindings (stmt);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzStmt, lz_stmt_give_back)

static inline void
lz_stmt_bind_text (LzStmt *stmt, int column, const char *text)
{
  sqlite3_bind_text (stmt, column, text, -1, SQLITE_TRANSIENT);
}

/* The nil id is NULL. */
static inline void
lz_stmt_bind_id (LzStmt *stmt, int column, const LzId *id)
{
  if (lz_id_is_nil (id))
    sqlite3_bind_null (stmt, column);
  else
    sqlite3_bind_blob (stmt, column, id->bytes, sizeof id->bytes, SQLITE_TRANSIENT);
}

/* The same two without a copy, for what is written thousands of times: the value must live until
 * the statement has run. */
static inline void
lz_stmt_lend_text (LzStmt *stmt, int column, const char *text)
{
  sqlite3_bind_text (stmt, column, text, -1, SQLITE_STATIC);
}

static inline void
lz_stmt_lend_id (LzStmt *stmt, int column, const LzId *id)
{
  if (lz_id_is_nil (id))
    sqlite3_bind_null (stmt, column);
  else
    sqlite3_bind_blob (stmt, column, id->bytes, sizeof id->bytes, SQLITE_STATIC);
}

/* Whatever it is, and not copied: it must live until the statement has run. */
static inline void
lz_stmt_bind_key (LzStmt *stmt, int column, const LzId *id)
{
  sqlite3_bind_blob (stmt, column, id->bytes, sizeof id->bytes, SQLITE_STATIC);
}

/* Not copied: it must live until the statement has run. */
static inline void
lz_stmt_bind_hash (LzStmt *stmt, int column, const guint8 hash[32])
{
  sqlite3_bind_blob (stmt, column, hash, 32, SQLITE_STATIC);
}

/* Copies a blob that must have exactly @size bytes. */
static inline gboolean
lz_stmt_column_blob (LzStmt *stmt, int column, void *to, gsize size)
{
  if ((gsize) sqlite3_column_bytes (stmt, column) != size)
    return FALSE;
  memcpy (to, sqlite3_column_blob (stmt, column), size);
  return TRUE;
}

/* NULL, and what is no id, is the nil id. */
static inline LzId
lz_stmt_column_id (LzStmt *stmt, int column)
{
  LzId id = { { 0 } };

  lz_stmt_column_blob (stmt, column, id.bytes, sizeof id.bytes);
  return id;
}

static inline char *
lz_stmt_dup_text (LzStmt *stmt, int column)
{
  return g_strdup ((const char *) sqlite3_column_text (stmt, column));
}

/* After the last row: FALSE, with the failure handed on, if it was not the end. */
static inline gboolean
lz_stmt_ended (GError **failure, GError **error)
{
  if (*failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (failure));
  return FALSE;
}

G_END_DECLS
