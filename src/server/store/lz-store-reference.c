/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-store-private.h"

/* clang-format off */
static const char sql_get[] = "SELECT content, note FROM reference WHERE part = ?1";

static const char sql_put[] =
  "INSERT INTO reference VALUES (?1, ?2, ?3)"
  " ON CONFLICT (part) DO UPDATE SET content = excluded.content, note = excluded.note";
/* clang-format on */

gint64
lz_server_store_get_rev (LzServerStore *self, GError **error)
{
  g_auto (LzReader) reader = lz_reader_borrow (self, error);
  g_autofree char *rev = reader.db != NULL ? lz_store_dup_meta (reader.db, "rev", error) : NULL;

  return rev != NULL ? g_ascii_strtoll (rev, NULL, 10) : 0;
}

GBytes *
lz_store_read_part (LzDb *db, const char *part, char **note, GError **error)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_get, error);

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_text (stmt, 1, part);
  if (!lz_db_step (db, stmt, "reading reference data", error))
    return NULL;
  if (note != NULL)
    *note = lz_stmt_dup_text (stmt, 1);
  return g_bytes_new (sqlite3_column_blob (stmt, 0), (gsize) sqlite3_column_bytes (stmt, 0));
}

GBytes *
lz_server_store_get_part (LzServerStore *self, const char *part, char **note, GError **error)
{
  g_auto (LzReader) reader = lz_reader_borrow (self, error);

  return reader.db != NULL ? lz_store_read_part (reader.db, part, note, error) : NULL;
}

typedef struct
{
  const char *part;
  GBytes *content;
  const char *note;
  gint64 rev;
} Put;

static gboolean
put_part (LzServerStore *store, LzDb *db, gpointer data, GError **error)
{
  Put *put = data;
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_put, error);

  (void) store;
  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, put->part);
  sqlite3_bind_blob64 (stmt, 2, g_bytes_get_data (put->content, NULL),
                       g_bytes_get_size (put->content), SQLITE_STATIC);
  lz_stmt_bind_text (stmt, 3, put->note);
  return lz_db_run (db, stmt, "putting reference data", error) &&
         lz_store_raise_rev (db, &put->rev, error);
}

gboolean
lz_server_store_put_part (LzServerStore *self,
                          const char *part,
                          GBytes *content,
                          const char *note,
                          gint64 *rev,
                          GError **error)
{
  Put put = { part, content, note, 0 };

  if (!lz_writer_run (self->writer, put_part, &put, error))
    return FALSE;
  *rev = put.rev;
  return TRUE;
}
