/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-atomic.h"
#include "lz-backup-private.h"
#include "lz-backup.h"
#include "lz-station-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <nettle/sha2.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#define APPLICATION_ID 1196444487 /* "GPKG" */

typedef struct
{
  LzDb *backup;
  char *dir; /* where the station is built */
  int lock;  /* held on it meanwhile */
  GCancellable *cancellable;
} Restore;

/* clang-format off */
static const char sql_count_info[] =
  "SELECT count(*) FROM sqlite_schema WHERE name IN ('backup_info', 'backup_photo')";

static const char sql_info[] =
  "SELECT value FROM backup_info WHERE key = ?1";

static const char sql_photos[] =
  "SELECT sha256, data FROM backup_photo ORDER BY n";

/* What belongs to the station; virtual tables have no pages of their own and are made by hand. */
static const char sql_tables[] =
  "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND rootpage > 0"
  " AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT IN ('backup_info', 'backup_photo')";

static const char sql_indexes[] =
  "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL";

static const char sql_columns[] =
  "SELECT group_concat ('\"' || replace (name, '\"', '\"\"') || '\"') FROM pragma_table_info (?1, 'backup')";

static const char sql_copy_rest[] =
  "INSERT INTO main.sqlite_schema SELECT * FROM backup.sqlite_schema"
  " WHERE type = 'view' OR (type = 'table' AND rootpage = 0)";
/* clang-format on */

static void
restore_clear (Restore *self)
{
  g_clear_pointer (&self->backup, lz_db_close);
  g_clear_pointer (&self->dir, g_free);
  if (self->lock >= 0)
    close (self->lock);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Restore, restore_clear)

static gboolean
set_no_backup (GError **error, const char *from)
{
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("“%s” is not a backup of a station."), from);
  return FALSE;
}

static gboolean
set_damaged (GError **error, const char *from, const char *details)
{
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID,
               _ ("The backup “%s” is damaged or cut off, so it was not restored: %s"), from,
               details);
  return FALSE;
}

/* Damage is the backup's, not the station's. */
static gboolean
set_unreadable (GError **error, const char *from, GError *failure)
{
  if (!g_error_matches (failure, LZ_ERROR, LZ_ERROR_CORRUPT))
    {
      g_propagate_error (error, failure);
      return FALSE;
    }
  if (g_str_has_suffix (failure->message, "not a database"))
    set_no_backup (error, from);
  else
    set_damaged (error, from, failure->message);
  g_error_free (failure);
  return FALSE;
}

static char *
dup_info (LzDb *db, const char *key)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_info, NULL);

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_text (stmt, 1, key);
  if (!lz_db_step (db, stmt, "reading the backup", NULL))
    return NULL;
  return g_strdup ((const char *) sqlite3_column_text (stmt, 0));
}

static gboolean
check_pages (LzDb *db, const char *from, GError **error)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, "PRAGMA integrity_check (1)", error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  if (!lz_db_step (db, stmt, "checking the backup", &failure))
    {
      if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      return set_damaged (error, from, failure != NULL ? failure->message : "?");
    }
  if (g_strcmp0 ((const char *) sqlite3_column_text (stmt, 0), "ok") == 0)
    return TRUE;
  return set_damaged (error, from, (const char *) sqlite3_column_text (stmt, 0));
}

static gboolean
check_kind (LzDb *db, const char *from, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autofree char *format = NULL;
  gint64 application_id, n_tables;

  if (!lz_db_get_int64 (db, "PRAGMA application_id", &application_id, &failure) ||
      !lz_db_get_int64 (db, sql_count_info, &n_tables, &failure))
    {
      return set_unreadable (error, from, g_steal_pointer (&failure));
    }
  if (application_id != APPLICATION_ID)
    return set_no_backup (error, from);
  if (n_tables != 2)
    return set_no_backup (error, from);

  format = dup_info (db, "format");
  if (format == NULL)
    return set_damaged (error, from, "no seal");
  if (!g_str_equal (format, LZ_BACKUP_FORMAT))
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_TOO_NEW, "%s: format “%s”", from, format);
      return FALSE;
    }
  return TRUE;
}

static LzDb *
open_backup (const char *from, GCancellable *cancellable, GError **error)
{
  g_autoptr (LzDb) db = NULL;
  g_autoptr (GError) failure = NULL;

  if (!g_file_test (from, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("There is no backup “%s”."), from);
      return NULL;
    }
  db = lz_station_db_open (from, TRUE, &failure);
  if (db == NULL)
    {
      set_unreadable (error, from, g_steal_pointer (&failure));
      return NULL;
    }
  lz_db_set_cancellable (db, cancellable);
  if (!check_kind (db, from, error) || !check_pages (db, from, error))
    return NULL;
  return g_steal_pointer (&db);
}

/* Photos whose bytes are not what their name says make the backup a damaged one. */
static gboolean
restore_photos (Restore *self, const char *from, GError **error)
{
  g_autofree char *photos = g_build_filename (self->dir, LZ_STATION_PHOTOS, NULL);
  g_autoptr (LzBlobs) blobs = lz_blobs_open (photos, error);
  g_autoptr (LzStmt) stmt = NULL;
  g_autoptr (GError) failure = NULL;
  g_autofree char *expected = dup_info (self->backup, "photos");
  gint64 n = 0;

  if (blobs == NULL)
    return FALSE;
  stmt = lz_db_borrow (self->backup, sql_photos, error);
  if (stmt == NULL)
    return FALSE;

  while (lz_db_step (self->backup, stmt, "reading a photo", &failure))
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (sqlite3_column_blob (stmt, 1),
                                                     (gsize) sqlite3_column_bytes (stmt, 1));
      guint8 sha256[32];

      if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
          !lz_blobs_add_bytes (blobs, bytes, sha256, error))
        return FALSE;
      if (sqlite3_column_bytes (stmt, 0) != 32 ||
          memcmp (sqlite3_column_blob (stmt, 0), sha256, 32) != 0)
        return set_damaged (error, from, _ ("a photo is not what it was"));
      n++;
    }
  if (failure != NULL)
    return set_damaged (error, from, failure->message);
  if (expected == NULL || g_ascii_strtoll (expected, NULL, 10) != n)
    return set_damaged (error, from, _ ("photos are missing"));
  return TRUE;
}

static gboolean
exec (sqlite3 *db, const char *sql, GError **error)
{
  return sqlite3_exec (db, sql, NULL, NULL, NULL) == SQLITE_OK ||
         lz_error_set_sqlite (error, db, "restoring the database");
}

/* The columns that a table keeps; those that it reckons are left out. */
static char *
list_columns (sqlite3 *db, const char *table, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  char *columns = NULL;

  if (sqlite3_prepare_v2 (db, sql_columns, -1, &stmt, NULL) == SQLITE_OK &&
      sqlite3_bind_text (stmt, 1, table, -1, SQLITE_STATIC) == SQLITE_OK &&
      sqlite3_step (stmt) == SQLITE_ROW)
    columns = g_strdup ((const char *) sqlite3_column_text (stmt, 0));
  if (columns == NULL)
    lz_error_set_sqlite (error, db, "restoring the database");
  sqlite3_finalize (stmt);
  return columns;
}

static gboolean
copy_rows (sqlite3 *db, const char *table, GError **error)
{
  g_autofree char *columns = list_columns (db, table, error);
  gboolean ok;
  char *sql;

  if (columns == NULL)
    return FALSE;
  sql = sqlite3_mprintf ("INSERT INTO main.\"%w\" (%s) SELECT %s FROM backup.\"%w\"", table,
                         columns, columns, table);
  ok = exec (db, sql, error);
  sqlite3_free (sql);
  return ok;
}

/* Runs the one statement that made a table or an index.  A backup may come from anywhere: what its
 * author put behind that statement is not run. */
static gboolean
create (sqlite3 *db, const char *sql, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  gboolean ok = sqlite3_prepare_v2 (db, sql, -1, &stmt, NULL) == SQLITE_OK && stmt != NULL &&
                sqlite3_step (stmt) == SQLITE_DONE;

  if (!ok)
    lz_error_set_sqlite (error, db, "restoring the database");
  sqlite3_finalize (stmt);
  return ok;
}

/* Runs the statements that made tables or indexes; of tables, copies the rows too. */
static gboolean
copy_objects (Restore *self, sqlite3 *db, const char *list, gboolean rows, GError **error)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (self->backup, list, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  while (lz_db_step (self->backup, stmt, "reading the backup", &failure))
    {
      if (g_cancellable_set_error_if_cancelled (self->cancellable, error) ||
          !create (db, (const char *) sqlite3_column_text (stmt, 1), error))
        return FALSE;
      if (rows && !copy_rows (db, (const char *) sqlite3_column_text (stmt, 0), error))
        return FALSE;
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  return TRUE;
}

static gboolean
attach (sqlite3 *db, const char *from, GError **error)
{
  char *sql = sqlite3_mprintf ("ATTACH %Q AS backup", from);
  gboolean ok = exec (db, sql, error);

  sqlite3_free (sql);
  return ok;
}

/* Copies what belongs to the station, as VACUUM does, and so leaves the photos' pages behind. */
static gboolean
copy_database (Restore *self, sqlite3 *db, const char *from, GError **error)
{
  return exec (db,
               "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
               "PRAGMA application_id = 1196444487; PRAGMA user_version = 10300",
               error) &&
         attach (db, from, error) && exec (db, "BEGIN", error) &&
         copy_objects (self, db, sql_tables, TRUE, error) &&
         copy_objects (self, db, sql_indexes, FALSE, error) &&
         exec (db, "PRAGMA writable_schema = ON", error) && exec (db, sql_copy_rest, error) &&
         exec (db, "PRAGMA writable_schema = OFF", error) && exec (db, "COMMIT", error);
}

static gboolean
restore_database (Restore *self, const char *from, GError **error)
{
  g_autofree char *path = g_build_filename (self->dir, LZ_STATION_DATABASE, NULL);
  sqlite3 *db = NULL;
  gboolean ok;

  ok = sqlite3_open_v2 (path, &db,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXRESCODE,
                        NULL) == SQLITE_OK;
  if (!ok)
    lz_error_set_sqlite (error, db, path);
  ok = ok && copy_database (self, db, from, error);
  sqlite3_close (db);
  return ok && lz_atomic_sync (path, error);
}

/* The restored station must open like any other, and be as sound as the backup was. */
static gboolean
try_station (Restore *self, const char *from, GError **error)
{
  g_autofree char *path = g_build_filename (self->dir, LZ_STATION_DATABASE, NULL);
  g_autoptr (LzStation) station = lz_station_open (self->dir, LZ_STATION_READ_WRITE, error);

  return station != NULL && check_pages (lz_station_get_db (station), from, error);
}

static gboolean
is_empty (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);

  return dir != NULL && g_dir_read_name (dir) == NULL;
}

/* Leaving WAL needs the file for oneself alone. */
static gboolean
check_unused (const char *dir, GError **error)
{
  g_autofree char *path = g_build_filename (dir, LZ_STATION_DATABASE, NULL);
  sqlite3 *db = NULL;
  gboolean busy = FALSE;

  if (sqlite3_open_v2 (path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK)
    {
      int result = sqlite3_exec (db, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);

      busy = (result & 0xff) == SQLITE_BUSY || (result & 0xff) == SQLITE_LOCKED;
    }
  sqlite3_close (db);
  if (busy)
    g_set_error (error, LZ_ERROR, LZ_ERROR_BUSY,
                 _ ("The station in “%s” is open in another program."), dir);
  return !busy;
}

static char *
dup_aside_name (const char *dir)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *stamp = g_date_time_format (now, "%Y%m%d-%H%M%S");

  for (guint i = 0;; i++)
    {
      g_autofree char *name = i == 0 ? g_strdup_printf ("%s.before-restore-%s", dir, stamp)
                                     : g_strdup_printf ("%s.before-restore-%s-%u", dir, stamp, i);

      if (!g_file_test (name, G_FILE_TEST_EXISTS))
        return g_steal_pointer (&name);
    }
}

/* What is at @dir must make way: FALSE if it may not. */
static gboolean
check_target (const char *dir, gboolean replace, gboolean *move_aside, GError **error)
{
  g_autofree char *database = g_build_filename (dir, LZ_STATION_DATABASE, NULL);

  *move_aside = FALSE;
  if (!g_file_test (dir, G_FILE_TEST_EXISTS) || is_empty (dir))
    return TRUE;
  if (!g_file_test (database, G_FILE_TEST_EXISTS))
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_CONSTRAINT,
                   _ ("“%s” is not empty and holds no station. Choose an empty folder."), dir);
      return FALSE;
    }
  if (!replace)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_CONSTRAINT, _ ("There is a station in “%s” already."),
                   dir);
      return FALSE;
    }
  *move_aside = TRUE;
  return check_unused (dir, error);
}

/* Puts the finished folder in its place; if that fails, what was there before is there again. */
static gboolean
put_in_place (const char *built, const char *dir, gboolean move_aside, char **moved, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (dir);
  g_autofree char *aside = move_aside ? dup_aside_name (dir) : NULL;

  if (aside != NULL && rename (dir, aside) < 0)
    return lz_error_set_errno (error, errno, "moving aside", dir);
  if (rename (built, dir) < 0)
    {
      int saved_errno = errno;

      if (aside != NULL && rename (aside, dir) < 0)
        g_warning ("%s stays at %s: %s", dir, aside, g_strerror (errno));
      return lz_error_set_errno (error, saved_errno, "renaming", built);
    }
  *moved = g_steal_pointer (&aside);
  return lz_atomic_sync (parent, error);
}

/* The folder to build in; what restores that died have left of theirs goes. */
static gboolean
make_dir (Restore *self, const char *dir, const char *parent, GError **error)
{
  g_autofree char *name = g_path_get_basename (dir);
  g_autofree char *prefix = g_strconcat (name, ".restoring-", NULL);
  g_autofree char *temp = g_strconcat (prefix, "XXXXXX", NULL);

  lz_atomic_sweep (parent, prefix, lz_atomic_remove_tree);
  self->dir = g_build_filename (parent, temp, NULL);
  if (g_mkdtemp_full (self->dir, 0700) == NULL)
    return lz_error_set_errno (error, errno, "making the folder", self->dir);
  self->lock = open (self->dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (self->lock < 0 || flock (self->lock, LOCK_EX | LOCK_NB) != 0)
    g_debug ("%s is not locked", self->dir);
  return TRUE;
}

static gboolean
build (Restore *self, const char *from, GError **error)
{
  self->backup = open_backup (from, self->cancellable, error);
  return self->backup != NULL && restore_photos (self, from, error) &&
         restore_database (self, from, error) && try_station (self, from, error) &&
         lz_atomic_sync (self->dir, error);
}

gboolean
lz_restore (const char *from,
            const char *station_dir,
            gboolean replace,
            char **moved_to,
            GCancellable *cancellable,
            GError **error)
{
  g_auto (Restore) self = { .lock = -1, .cancellable = cancellable };
  g_autofree char *dir = g_canonicalize_filename (station_dir, NULL);
  g_autofree char *parent = g_path_get_dirname (dir);
  g_autofree char *moved = NULL;
  gboolean move_aside;

  if (!check_target (dir, replace, &move_aside, error))
    return FALSE;
  if (g_mkdir_with_parents (parent, 0700) != 0)
    return lz_error_set_errno (error, errno, "making the folder", parent);
  if (!make_dir (&self, dir, parent, error))
    return FALSE;

  if (!build (&self, from, error) || !put_in_place (self.dir, dir, move_aside, &moved, error))
    {
      lz_atomic_remove_tree (self.dir);
      return FALSE;
    }
  if (moved_to != NULL)
    *moved_to = g_steal_pointer (&moved);
  return TRUE;
}
