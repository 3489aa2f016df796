/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-store-private.h"

/* clang-format off */
static const char sql_add[] =
  "INSERT INTO feed (feed, name, head, chain) VALUES (?1, ?2, 0, zeroblob (32))"
  " ON CONFLICT (feed) DO UPDATE SET name = excluded.name";

static const char sql_find[] = "SELECT id, head, chain, name FROM feed WHERE feed = ?1";

static const char sql_pull[] =
  "SELECT f.seq, f.chain, e.line FROM feed_entry AS f JOIN event AS e ON e.n = f.event"
  " WHERE f.feed = ?1 AND f.seq > ?2 AND f.seq <= ?3 ORDER BY f.seq LIMIT ?4";
/* clang-format on */

typedef struct
{
  const char *feed;
  const char *name;
} Add;

static gboolean
add_feed (LzServerStore *store, LzDb *db, gpointer data, GError **error)
{
  const Add *add = data;
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_add, error);
  gint64 rev;

  (void) store;
  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, add->feed);
  lz_stmt_bind_text (stmt, 2, add->name);
  return lz_db_run (db, stmt, "adding a feed", error) && lz_store_raise_rev (db, &rev, error);
}

gboolean
lz_server_store_add_feed (LzServerStore *self, const char *feed, const char *name, GError **error)
{
  Add add = { feed, name };

  return lz_writer_run (self->writer, add_feed, &add, error);
}

/* FALSE with @error unset: there is no such feed. */
gboolean
lz_store_find_feed (LzDb *db,
                    const char *feed,
                    gint64 *id,
                    gint64 *head,
                    guint8 chain[32],
                    GError **error)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_find, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, feed);
  if (!lz_db_step (db, stmt, "looking for a feed", error))
    return FALSE;
  *id = sqlite3_column_int64 (stmt, 0);
  *head = sqlite3_column_int64 (stmt, 1);
  return lz_stmt_column_blob (stmt, 2, chain, LZ_SHA256_SIZE);
}

static gboolean
set_not_found (const char *feed, GError **error)
{
  if (error != NULL && *error == NULL)
    g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, "no feed “%s”", feed);
  return FALSE;
}

gboolean
lz_server_store_get_feed (LzServerStore *self,
                          const char *feed,
                          gint64 *head,
                          char **name,
                          GError **error)
{
  g_auto (LzReader) reader = lz_reader_borrow (self, error);
  g_autoptr (LzStmt) stmt = reader.db != NULL ? lz_db_borrow (reader.db, sql_find, error) : NULL;

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, feed);
  if (!lz_db_step (reader.db, stmt, "looking for a feed", error))
    return set_not_found (feed, error);
  if (head != NULL)
    *head = sqlite3_column_int64 (stmt, 1);
  if (name != NULL)
    *name = lz_stmt_dup_text (stmt, 3);
  return TRUE;
}

void
lz_server_feed_clear (LzServerFeed *self)
{
  g_clear_pointer (&self->feed, g_free);
  g_clear_pointer (&self->name, g_free);
}

static gboolean
list_feeds (LzDb *db, const LzAccount *account, GArray *feeds, gint64 *rev, GError **error)
{
  for (guint i = 0; account->feeds[i] != NULL; i++)
    {
      g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_find, error);
      LzServerFeed feed = { 0 };

      if (stmt == NULL)
        return FALSE;
      lz_stmt_bind_text (stmt, 1, account->feeds[i]);
      if (!lz_db_step (db, stmt, "looking for a feed", error))
        return set_not_found (account->feeds[i], error);
      feed.feed = g_strdup (account->feeds[i]);
      feed.head = sqlite3_column_int64 (stmt, 1);
      lz_stmt_column_blob (stmt, 2, feed.chain, sizeof feed.chain);
      feed.name = lz_stmt_dup_text (stmt, 3);
      g_array_append_val (feeds, feed);
    }
  {
    g_autoptr (GError) failure = NULL;
    g_autofree char *text = lz_store_dup_meta (db, "rev", &failure);

    *rev = text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
    if (failure == NULL)
      return TRUE;
    g_propagate_error (error, g_steal_pointer (&failure));
    return FALSE;
  }
}

GArray *
lz_server_store_list_feeds (LzServerStore *self,
                            const LzAccount *account,
                            gint64 *rev,
                            GError **error)
{
  g_auto (LzReader) reader = lz_reader_borrow (self, error);
  g_autoptr (GArray) feeds = g_array_new (FALSE, TRUE, sizeof (LzServerFeed));
  gboolean ok;

  g_array_set_clear_func (feeds, (GDestroyNotify) lz_server_feed_clear);
  if (reader.db == NULL || !lz_db_exec (reader.db, "BEGIN", error))
    return NULL;
  ok = list_feeds (reader.db, account, feeds, rev, error);
  lz_db_exec (reader.db, "COMMIT", NULL);
  return ok ? g_steal_pointer (&feeds) : NULL;
}

static void
append_hex (GString *out, const guint8 *bytes)
{
  char text[65];

  lz_sha256_format (bytes, text);
  g_string_append_len (out, text, 64);
}

gboolean
lz_server_store_pull (LzServerStore *self,
                      const char *feed,
                      gint64 after,
                      guint limit,
                      gsize max_bytes,
                      GString *out,
                      gint64 *head,
                      GError **error)
{
  g_auto (LzReader) reader = lz_reader_borrow (self, error);
  g_autoptr (LzStmt) stmt = NULL;
  g_autoptr (GError) failure = NULL;
  guint8 chain[LZ_SHA256_SIZE];
  gint64 id;

  if (reader.db == NULL)
    return FALSE;
  if (!lz_store_find_feed (reader.db, feed, &id, head, chain, error))
    return set_not_found (feed, error);
  if (after >= *head)
    return TRUE;
  stmt = lz_db_borrow (reader.db, sql_pull, error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, id);
  sqlite3_bind_int64 (stmt, 2, after);
  sqlite3_bind_int64 (stmt, 3, *head);
  sqlite3_bind_int64 (stmt, 4, limit);
  while (out->len < max_bytes && lz_db_step (reader.db, stmt, "reading a feed", &failure))
    {
      g_string_append (out, "{\"chain\":\"");
      append_hex (out, sqlite3_column_blob (stmt, 1));
      g_string_append (out, "\",\"event\":");
      g_string_append_len (out, (const char *) sqlite3_column_text (stmt, 2),
                           sqlite3_column_bytes (stmt, 2));
      g_string_append_printf (out, ",\"seq\":%" G_GINT64_FORMAT "}\n",
                              (gint64) sqlite3_column_int64 (stmt, 0));
    }
  return lz_stmt_ended (&failure, error);
}
