/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-store-private.h"
#include "lz-wire.h"

#include <stdio.h>
#include <string.h>

/* clang-format off */
static const char sql_put_streets[] =
  "INSERT INTO reference VALUES ('streets', ?1, ?2)"
  " ON CONFLICT (part) DO UPDATE SET content = excluded.content, note = excluded.note";

static const char sql_list_feed[] = "SELECT id, name, box FROM road WHERE feed = ?1 ORDER BY id";

static const char sql_drop_feed[] = "DELETE FROM road WHERE feed = ?1";

static const char sql_add[] = "INSERT INTO road VALUES (?1, ?2, ?3, ?4, ?5)";

static const char sql_drop_orphans[] =
  "DELETE FROM assignment WHERE road NOT IN (SELECT id FROM road)";

static const char sql_write[] =
  "SELECT id, feed, json FROM road WHERE ?1 IS NULL"
  " OR feed IN (SELECT feed FROM user_feed WHERE user = ?1)"
  " OR EXISTS (SELECT 1 FROM user_feed WHERE user = ?1 AND feed LIKE 'unit:%') ORDER BY name, id";

static const char sql_assignments[] =
  "SELECT a.road, a.person, a.level, a.since FROM assignment AS a JOIN road AS r ON r.id = a.road"
  " WHERE ?1 IS NULL OR r.feed IN (SELECT feed FROM user_feed WHERE user = ?1) ORDER BY 1, 2";

static const char sql_find_id[] = "SELECT id FROM road WHERE id = ?1";
static const char sql_find_name[] = "SELECT id FROM road WHERE name = ?1 ORDER BY id";

static const char sql_assign[] =
  "INSERT INTO assignment VALUES (?1, ?2, ?3, ?4)"
  " ON CONFLICT (road, person) DO UPDATE SET level = excluded.level";

static const char sql_unassign[] = "DELETE FROM assignment WHERE road = ?1 AND person = ?2";
/* clang-format on */

void
lz_server_road_free (LzServerRoad *self)
{
  g_free (self->name);
  g_free (self->json);
  g_free (self);
}

typedef struct
{
  const char *feed;
  GPtrArray *roads;
  GBytes *streets;
  const char *attribution;
  gint64 rev;
} Put;

/* A road is the same if name and place are: the boxes touch, and no other took the old id. */
static void
keep_id (GPtrArray *roads, const LzId *id, const char *name, const char *box)
{
  gint32 south7, west7, north7, east7;

  if (sscanf (box, "%d,%d,%d,%d", &south7, &west7, &north7, &east7) != 4)
    return;
  for (guint i = 0; i < roads->len; i++)
    {
      LzServerRoad *road = roads->pdata[i];

      if (lz_id_is_nil (&road->id) && g_str_equal (road->name, name) && road->south7 <= north7 &&
          road->north7 >= south7 && road->west7 <= east7 && road->east7 >= west7)
        {
          road->id = *id;
          return;
        }
    }
}

static gboolean
keep_ids (LzDb *db, const Put *put, GError **error)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_list_feed, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, put->feed);
  while (lz_db_step (db, stmt, "listing roads", &failure))
    {
      LzId id;

      if (lz_stmt_column_blob (stmt, 0, id.bytes, sizeof id.bytes))
        keep_id (put->roads, &id, (const char *) sqlite3_column_text (stmt, 1),
                 (const char *) sqlite3_column_text (stmt, 2));
    }
  return lz_stmt_ended (&failure, error);
}

static gboolean
add_road (LzDb *db, const Put *put, LzServerRoad *road, GError **error)
{
  g_autofree char *box =
      g_strdup_printf ("%d,%d,%d,%d", road->south7, road->west7, road->north7, road->east7);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_add, error);

  if (stmt == NULL)
    return FALSE;
  if (lz_id_is_nil (&road->id))
    road->id = lz_id_new (lz_store_now_ms ());
  lz_stmt_bind_key (stmt, 1, &road->id);
  lz_stmt_bind_text (stmt, 2, put->feed);
  lz_stmt_bind_text (stmt, 3, road->name);
  lz_stmt_bind_text (stmt, 4, road->json);
  lz_stmt_bind_text (stmt, 5, box);
  return lz_db_run (db, stmt, "adding a road", error);
}

static gboolean
put_roads (LzServerStore *store, LzDb *db, gpointer data, GError **error)
{
  Put *put = data;
  g_autoptr (LzStmt) streets = lz_db_borrow (db, sql_put_streets, error);
  g_autoptr (LzStmt) drop = lz_db_borrow (db, sql_drop_feed, error);

  (void) store;
  if (streets == NULL || drop == NULL || !keep_ids (db, put, error))
    return FALSE;
  sqlite3_bind_blob64 (streets, 1, g_bytes_get_data (put->streets, NULL),
                       g_bytes_get_size (put->streets), SQLITE_STATIC);
  lz_stmt_bind_text (streets, 2, put->attribution);
  lz_stmt_bind_text (drop, 1, put->feed);
  if (!lz_db_run (db, streets, "putting the street map", error) ||
      !lz_db_run (db, drop, "replacing roads", error))
    return FALSE;
  for (guint i = 0; i < put->roads->len; i++)
    if (!add_road (db, put, put->roads->pdata[i], error))
      return FALSE;
  return lz_db_exec (db, sql_drop_orphans, error) && lz_store_raise_rev (db, &put->rev, error);
}

gboolean
lz_server_store_put_roads (LzServerStore *self,
                           const char *feed,
                           GPtrArray *roads,
                           GBytes *streets,
                           const char *attribution,
                           gint64 *rev,
                           GError **error)
{
  Put put = { feed, roads, streets, attribution, 0 };

  if (!lz_writer_run (self->writer, put_roads, &put, error))
    return FALSE;
  *rev = put.rev;
  return TRUE;
}

static void
append_id (GString *out, LzStmt *stmt, int column)
{
  char text[LZ_ID_STRING_SIZE];
  LzId id = { { 0 } };

  lz_stmt_column_blob (stmt, column, id.bytes, sizeof id.bytes);
  lz_id_format (&id, text);
  g_string_append_printf (out, "\"%s\"", text);
}

typedef void (*RowFunc) (GString *out, LzStmt *stmt);

static void
write_road (GString *out, LzStmt *stmt)
{
  g_string_append (out, "{\"id\":");
  append_id (out, stmt, 0);
  g_string_append (out, ",\"feed\":");
  lz_json_append_string (out, (const char *) sqlite3_column_text (stmt, 1));
  g_string_append_printf (out, ",%s}", (const char *) sqlite3_column_text (stmt, 2));
}

static void
write_assignment (GString *out, LzStmt *stmt)
{
  g_string_append (out, "{\"road\":");
  append_id (out, stmt, 0);
  g_string_append (out, ",\"person\":");
  lz_json_append_string (out, (const char *) sqlite3_column_text (stmt, 1));
  g_string_append_printf (out, ",\"level\":%d,\"since\":%" G_GINT64_FORMAT "}",
                          sqlite3_column_int (stmt, 2), (gint64) sqlite3_column_int64 (stmt, 3));
}

static gboolean
write_rows (LzServerStore *self,
            const char *sql,
            const LzAccount *account,
            RowFunc func,
            GString *out,
            GError **error)
{
  g_auto (LzReader) reader = lz_reader_borrow (self, error);
  g_autoptr (LzStmt) stmt = reader.db != NULL ? lz_db_borrow (reader.db, sql, error) : NULL;
  g_autoptr (GError) failure = NULL;
  gboolean first = TRUE;

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, account != NULL ? account->user : NULL);
  g_string_append_c (out, '[');
  while (lz_db_step (reader.db, stmt, "reading roads", &failure))
    {
      if (!first)
        g_string_append_c (out, ',');
      first = FALSE;
      func (out, stmt);
    }
  g_string_append_c (out, ']');
  return lz_stmt_ended (&failure, error);
}

gboolean
lz_server_store_write_roads (LzServerStore *self,
                             const LzAccount *account,
                             GString *out,
                             GError **error)
{
  return write_rows (self, sql_write, account, write_road, out, error);
}

gboolean
lz_server_store_write_assignments (LzServerStore *self,
                                   const LzAccount *account,
                                   GString *out,
                                   GError **error)
{
  return write_rows (self, sql_assignments, account, write_assignment, out, error);
}

typedef struct
{
  const char *road;
  const char *person;
  guint level;
  gint64 rev;
} Assign;

static gboolean
find_road (LzDb *db, const char *road, LzId *id, GError **error)
{
  gboolean by_id = lz_id_parse (road, id);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, by_id ? sql_find_id : sql_find_name, error);

  if (stmt == NULL)
    return FALSE;
  if (by_id)
    lz_stmt_bind_key (stmt, 1, id);
  else
    lz_stmt_bind_text (stmt, 1, road);
  if (lz_db_step (db, stmt, "looking for a road", error))
    return lz_stmt_column_blob (stmt, 0, id->bytes, sizeof id->bytes);
  if (error != NULL && *error == NULL)
    g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, "no road “%s”", road);
  return FALSE;
}

static gboolean
assign (LzServerStore *store, LzDb *db, gpointer data, GError **error)
{
  Assign *assignment = data;
  g_autoptr (LzAccount) account = lz_store_read_account (db, assignment->person, error);
  g_autoptr (LzStmt) stmt = NULL;
  LzId id;

  (void) store;
  if (account == NULL || !find_road (db, assignment->road, &id, error))
    return FALSE;
  stmt = lz_db_borrow (db, assignment->level > 0 ? sql_assign : sql_unassign, error);
  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_key (stmt, 1, &id);
  lz_stmt_bind_text (stmt, 2, assignment->person);
  if (assignment->level > 0)
    {
      sqlite3_bind_int (stmt, 3, (int) assignment->level);
      sqlite3_bind_int64 (stmt, 4, lz_store_now_ms ());
    }
  return lz_db_run (db, stmt, "assigning a road", error) &&
         lz_store_raise_rev (db, &assignment->rev, error);
}

gboolean
lz_server_store_assign (LzServerStore *self,
                        const char *road,
                        const char *person,
                        guint level,
                        gint64 *rev,
                        GError **error)
{
  Assign assignment = { road, person, level, 0 };

  if (!lz_writer_run (self->writer, assign, &assignment, error))
    return FALSE;
  *rev = assignment.rev;
  return TRUE;
}
