/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-unsent.h"

#include "lz-atomic.h"
#include "lz-event-table.h"
#include "lz-photos.h"
#include "lz-projection.h"
#include "lz-state.h"
#include "lz-sync-table.h"
#include "lz-wire.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <unistd.h>

#define SETTING_CARRIED "carried"
#define MAX_PHOTO       (64 * 1024 * 1024)

/* clang-format off */
static const char sql_schema[] =
  "PRAGMA application_id = 1280988757;" /* "LZUU" */
  "CREATE TABLE unsent_event (n INTEGER PRIMARY KEY, line TEXT NOT NULL);"
  "CREATE TABLE unsent_photo (sha256 BLOB PRIMARY KEY, data BLOB NOT NULL);"
  "BEGIN";

static const char sql_photos[] =
  "SELECT p.sha256 FROM photo AS p WHERE p.stored AND p.delivered_at IS NULL"
  " AND EXISTS (SELECT 1 FROM used_photo AS c WHERE c.sha256 = p.sha256)";
/* clang-format on */

/* ------------------------------------------------------------------------------------ out */

static gboolean
write_events (sqlite3 *file, GPtrArray *events, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  gboolean ok = sqlite3_prepare_v2 (file, "INSERT INTO unsent_event (line) VALUES (?1)", -1, &stmt,
                                    NULL) == SQLITE_OK;

  for (guint i = 0; ok && i < events->len; i++)
    {
      g_autofree char *line = lz_wire_write_event (g_ptr_array_index (events, i));

      sqlite3_bind_text (stmt, 1, line, -1, SQLITE_STATIC);
      ok = sqlite3_step (stmt) == SQLITE_DONE;
      sqlite3_reset (stmt);
    }
  if (!ok)
    lz_error_set_sqlite (error, file, "writing the file");
  sqlite3_finalize (stmt);
  return ok;
}

static gboolean
write_photo (LzStation *station,
             sqlite3_stmt *stmt,
             const guint8 sha256[LZ_SHA256_SIZE],
             LzUnsent *counts)
{
  LzBlobs *blobs = lz_station_get_blobs (station);
  g_autofree char *path = lz_blobs_dup_path (blobs, sha256);
  g_autoptr (GMappedFile) file = NULL;
  gboolean ok;

  if (lz_blobs_verify (blobs, sha256, NULL))
    file = g_mapped_file_new (path, FALSE, NULL);
  if (file == NULL)
    {
      counts->n_missing++;
      return TRUE;
    }
  sqlite3_bind_blob (stmt, 1, sha256, LZ_SHA256_SIZE, SQLITE_TRANSIENT);
  sqlite3_bind_blob64 (stmt, 2, g_mapped_file_get_contents (file), g_mapped_file_get_length (file),
                       SQLITE_STATIC);
  ok = sqlite3_step (stmt) == SQLITE_DONE;
  sqlite3_reset (stmt);
  counts->n_photos++;
  return ok;
}

static gboolean
write_photos (LzStation *station, sqlite3 *file, LzUnsent *counts, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) list = lz_db_borrow (db, sql_photos, error);
  g_autoptr (GError) failure = NULL;
  sqlite3_stmt *stmt = NULL;
  gboolean ok = list != NULL;

  if (!ok)
    return FALSE;
  ok = sqlite3_prepare_v2 (file, "INSERT INTO unsent_photo VALUES (?1, ?2)", -1, &stmt, NULL) ==
       SQLITE_OK;
  while (ok && lz_db_step (db, list, "listing photos to send", &failure))
    ok = write_photo (station, stmt, sqlite3_column_blob (list, 0), counts);
  if (!ok)
    lz_error_set_sqlite (error, file, "writing the file");
  else if (failure != NULL)
    g_propagate_error (error, g_error_copy (failure));
  ok = ok && failure == NULL;
  sqlite3_finalize (stmt);
  return ok;
}

static gboolean
write_file (LzStation *station, const char *path, LzUnsent *counts, GError **error)
{
  g_autoptr (GPtrArray) events = NULL;
  sqlite3 *file = NULL;
  gboolean ok;

  /* Everything that waits, whatever its numbers: what is in a file may arrive. */
  events = lz_sync_offer_all (station, error);
  if (events == NULL)
    return FALSE;
  counts->n_events = events->len;
  ok = sqlite3_open_v2 (path, &file, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL) ==
           SQLITE_OK &&
       sqlite3_exec (file, sql_schema, NULL, NULL, NULL) == SQLITE_OK;
  if (!ok)
    lz_error_set_sqlite (error, file, "writing the file");
  ok = ok && write_events (file, events, error) && write_photos (station, file, counts, error);
  if (ok && sqlite3_exec (file, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
    ok = lz_error_set_sqlite (error, file, "writing the file");
  sqlite3_close (file);
  return ok;
}

gboolean
lz_unsent_export (LzStation *station, const char *to, LzUnsent *counts, GError **error)
{
  g_autoptr (LzAtomic) atomic = lz_atomic_new (to, error);

  memset (counts, 0, sizeof *counts);
  return atomic != NULL && write_file (station, lz_atomic_get_temp (atomic), counts, error) &&
         lz_atomic_commit (atomic, error);
}

/* ------------------------------------------------------------------------------------- in */

static gboolean
set_not_unsent (GError **error, const char *from)
{
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID,
               _ ("“%s” is not a file of unsent work, or it is damaged."), from);
  return FALSE;
}

/* Array of LzEvent. */
static GPtrArray *
read_events (sqlite3 *file, const char *from, GError **error)
{
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_event_free);
  sqlite3_stmt *stmt = NULL;
  int result =
      sqlite3_prepare_v2 (file, "SELECT line FROM unsent_event ORDER BY n", -1, &stmt, NULL);

  while (result == SQLITE_OK || result == SQLITE_ROW)
    {
      const char *line;
      LzEvent *event;

      result = sqlite3_step (stmt);
      if (result != SQLITE_ROW)
        break;
      line = (const char *) sqlite3_column_text (stmt, 0);
      event =
          line != NULL ? lz_wire_parse_event (line, sqlite3_column_bytes (stmt, 0), NULL) : NULL;
      if (event == NULL)
        {
          result = SQLITE_CORRUPT;
          break;
        }
      event->home_seq = event->received_ms = 0; /* only a server says these */
      g_ptr_array_add (events, event);
    }
  sqlite3_finalize (stmt);
  if (result == SQLITE_DONE)
    return g_steal_pointer (&events);
  set_not_unsent (error, from);
  return NULL;
}

/* Through a file, like any photo: looked at, hashed, durable, and only then known. */
static gboolean
take_photo (LzStation *station,
            const guint8 sha256[LZ_SHA256_SIZE],
            const void *data,
            gsize size,
            GError **error)
{
  g_autofree char *path = g_build_filename (lz_station_get_dir (station), ".fetch-XXXXXX", NULL);
  int fd = g_mkstemp_full (path, O_RDWR | O_CLOEXEC, 0600);
  LzPhoto *photo = NULL;
  gboolean ok;

  if (fd < 0)
    return lz_error_set_errno (error, errno, "making", path);
  close (fd);
  ok = g_file_set_contents_full (path, data, (gssize) size, G_FILE_SET_CONTENTS_NONE, 0600, error);
  if (ok)
    photo = lz_photos_take (station, path, error);
  g_unlink (path);
  if (photo == NULL)
    return FALSE;
  ok = memcmp (photo->sha256, sha256, LZ_SHA256_SIZE) == 0;
  if (!ok)
    g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("A photo in the file is damaged."));
  lz_photo_free (photo);
  return ok;
}

static gboolean
take_photos (LzStation *station, sqlite3 *file, const char *from, LzUnsent *counts, GError **error)
{
  sqlite3_stmt *stmt = NULL;
  int result = sqlite3_prepare_v2 (file, "SELECT sha256, data FROM unsent_photo", -1, &stmt, NULL);
  gboolean ok = TRUE;

  if (result != SQLITE_OK)
    return set_not_unsent (error, from);
  while (ok && (result = sqlite3_step (stmt)) == SQLITE_ROW)
    {
      const guint8 *sha256 = sqlite3_column_blob (stmt, 0);
      int size = sqlite3_column_bytes (stmt, 1);

      if (sqlite3_column_bytes (stmt, 0) != LZ_SHA256_SIZE || size > MAX_PHOTO)
        ok = set_not_unsent (error, from);
      else if (!lz_blobs_has (lz_station_get_blobs (station), sha256))
        {
          ok = take_photo (station, sha256, sqlite3_column_blob (stmt, 1), (gsize) size, error);
          counts->n_photos += ok;
        }
    }
  sqlite3_finalize (stmt);
  return ok && (result == SQLITE_DONE || set_not_unsent (error, from));
}

static gboolean
check_office (LzStation *station, GPtrArray *events, GError **error)
{
  g_autoptr (GPtrArray) feeds = lz_sync_list_feeds (station, error);

  if (feeds == NULL)
    return FALSE;
  for (guint i = 0; i < events->len; i++)
    {
      const LzEvent *event = g_ptr_array_index (events, i);
      gboolean known = strcmp (event->feed, lz_station_get_feed (station)) == 0;

      for (guint k = 0; !known && k < feeds->len; k++)
        known = strcmp (((const LzFeed *) g_ptr_array_index (feeds, k))->name, event->feed) == 0;
      if (known)
        continue;
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_REFUSED,
                           _ ("This work is another office's: take it to one of its stations."));
      return FALSE;
    }
  return TRUE;
}

static gboolean
remember_device (LzStation *station, const char *device, GError **error)
{
  g_autofree char *known = lz_station_dup_setting (station, SETTING_CARRIED, "");
  g_auto (GStrv) devices = g_strsplit (known, " ", -1);
  g_autofree char *more = NULL;

  if (g_strv_contains ((const char *const *) devices, device) ||
      strcmp (device, lz_station_get_device (station)) == 0)
    return TRUE;
  more = *known != '\0' ? g_strconcat (known, " ", device, NULL) : g_strdup (device);
  return lz_station_set_setting (station, SETTING_CARRIED, more, error);
}

/* An event that is here already, from the server or an earlier file, is left alone. */
static gboolean
take_event (LzStation *station, const LzEvent *event, LzUnsent *counts, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzEvent) held = lz_event_table_find (station, &event->id, &failure);

  if (held != NULL)
    return TRUE;
  if (!g_error_matches (failure, LZ_ERROR, LZ_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  counts->n_events++;
  return lz_event_table_add (station, event, NULL, error) &&
         remember_device (station, event->device, error) &&
         lz_projection_refold (station, &event->subject, error);
}

static gboolean
take_events (LzStation *station, GPtrArray *events, LzUnsent *counts, GError **error)
{
  LzDb *db = lz_station_get_db (station);

  if (!lz_db_begin (db, error))
    return FALSE;
  for (guint i = 0; i < events->len; i++)
    if (!take_event (station, g_ptr_array_index (events, i), counts, error))
      {
        lz_db_rollback (db);
        return FALSE;
      }
  return lz_db_commit (db, error);
}

gboolean
lz_unsent_import (LzStation *station, const char *from, LzUnsent *counts, GError **error)
{
  g_autoptr (GPtrArray) events = NULL;
  sqlite3 *file = NULL;
  gboolean ok;

  memset (counts, 0, sizeof *counts);
  if ((lz_station_get_roles (station) & (LZ_ROLE_DISPATCHER | LZ_ROLE_ADMIN)) == 0)
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_REFUSED,
                           _ ("Only a dispatcher or an administrator hands in others' work."));
      return FALSE;
    }
  if (!g_file_test (from, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("There is no file “%s”."), from);
      return FALSE;
    }
  if (sqlite3_open_v2 (from, &file, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
    {
      sqlite3_close (file);
      return set_not_unsent (error, from);
    }
  events = read_events (file, from, error);
  ok = events != NULL && check_office (station, events, error) &&
       take_photos (station, file, from, counts, error) &&
       take_events (station, events, counts, error);
  sqlite3_close (file);
  return ok;
}

GStrv
lz_unsent_list_devices (LzStation *station)
{
  g_autofree char *known = lz_station_dup_setting (station, SETTING_CARRIED, "");

  return *known != '\0' ? g_strsplit (known, " ", -1) : g_new0 (char *, 1);
}
