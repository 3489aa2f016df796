/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-event-table.h"
#include "lz-photos-private.h"
#include "lz-stmt.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <math.h>

void
lz_photo_free (LzPhoto *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->info, lz_photo_info_free);
  g_free (self->source);
  g_free (self);
}

LzPhotoRef
lz_photo_make_ref (const LzPhoto *self, LzPhotoRole role)
{
  LzPhotoRef ref = {
    .role = role,
    .size_bytes = self->size_bytes,
    .taken_ms = self->info->taken_ms,
    .place = self->info->place,
  };

  memcpy (ref.sha256, self->sha256, sizeof ref.sha256);
  return ref;
}

static void
bind_known (LzStmt *stmt, int column, gboolean known, gint64 value)
{
  if (known)
    sqlite3_bind_int64 (stmt, column, value);
  else
    sqlite3_bind_null (stmt, column);
}

static void
bind_photo (LzStmt *stmt, const LzPhoto *photo)
{
  const LzPhotoInfo *info = photo->info;
  gboolean placed = lz_point_is_valid (info->place);
  g_autofree char *warnings = info->warnings != NULL && info->warnings[0] != NULL
                                  ? g_strjoinv ("\n", info->warnings)
                                  : NULL;

  sqlite3_bind_blob (stmt, 1, photo->sha256, LZ_SHA256_SIZE, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (stmt, 2, photo->size_bytes);
  lz_stmt_bind_text (stmt, 3, info->mime);
  sqlite3_bind_int64 (stmt, 4, info->width);
  sqlite3_bind_int64 (stmt, 5, info->height);
  sqlite3_bind_int64 (stmt, 6, info->orientation);
  bind_known (stmt, 7, info->taken_ms != 0, info->taken_ms);
  bind_known (stmt, 8, info->offset_known, info->offset_min);
  bind_known (stmt, 9, info->gps_ms != 0, info->gps_ms);
  bind_known (stmt, 10, placed, info->place.lat7);
  bind_known (stmt, 11, placed, info->place.lon7);
  if (!isnan (info->heading_deg))
    sqlite3_bind_double (stmt, 12, info->heading_deg);
  lz_stmt_bind_text (stmt, 13, info->camera);
  lz_stmt_bind_text (stmt, 14, warnings);
  lz_stmt_bind_text (stmt, 15, photo->source);
  sqlite3_bind_int64 (stmt, 16, photo->added_ms);
}

gboolean
lz_photos_keep (LzStation *station, const LzPhoto *photo, gint64 batch, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (
      db,
      "INSERT INTO photo (sha256, size, mime, width, height, orientation, taken_at, offset_min,"
      " gps_at, lat7, lon7, heading, camera, warnings, source, added_at, stored, batch)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, 1, ?17)"
      " ON CONFLICT (sha256) DO UPDATE SET stored = 1, batch = ifnull (excluded.batch, batch)",
      error);

  if (stmt == NULL)
    return FALSE;
  bind_photo (stmt, photo);
  bind_known (stmt, 17, batch != 0, batch);
  return lz_db_run (db, stmt, "keeping a photo", error);
}

LzPhoto *
lz_photos_read (LzStmt *stmt)
{
  LzPhoto *photo = g_new0 (LzPhoto, 1);
  LzPhotoInfo *info = g_new0 (LzPhotoInfo, 1);
  const char *warnings = (const char *) sqlite3_column_text (stmt, 13);

  photo->info = info;
  if (sqlite3_column_bytes (stmt, 0) == LZ_SHA256_SIZE)
    memcpy (photo->sha256, sqlite3_column_blob (stmt, 0), LZ_SHA256_SIZE);
  photo->size_bytes = sqlite3_column_int64 (stmt, 1);
  info->mime = lz_stmt_dup_text (stmt, 2);
  info->width = (guint) sqlite3_column_int64 (stmt, 3);
  info->height = (guint) sqlite3_column_int64 (stmt, 4);
  info->orientation = (guint) sqlite3_column_int64 (stmt, 5);
  info->taken_ms = sqlite3_column_int64 (stmt, 6);
  info->offset_known = sqlite3_column_type (stmt, 7) != SQLITE_NULL;
  info->offset_min = info->offset_known ? sqlite3_column_int (stmt, 7) : LZ_PHOTOS_OFFSET_MIN;
  info->gps_ms = sqlite3_column_int64 (stmt, 8);
  info->place = (LzPoint){ sqlite3_column_int (stmt, 9), sqlite3_column_int (stmt, 10) };
  info->altitude_m = NAN;
  info->heading_deg =
      sqlite3_column_type (stmt, 11) != SQLITE_NULL ? sqlite3_column_double (stmt, 11) : NAN;
  info->camera = lz_stmt_dup_text (stmt, 12);
  info->warnings = warnings != NULL ? g_strsplit (warnings, "\n", -1) : NULL;
  photo->source = lz_stmt_dup_text (stmt, 14);
  photo->added_ms = sqlite3_column_int64 (stmt, 15);
  photo->stored = sqlite3_column_int (stmt, 16);
  photo->delivered_ms = sqlite3_column_int64 (stmt, 17);
  return photo;
}

gboolean
lz_photos_ensure_original (LzStation *station,
                           const guint8 sha256[LZ_SHA256_SIZE],
                           const char *path,
                           GError **error)
{
  LzBlobs *blobs = lz_station_get_blobs (station);
  guint8 again[LZ_SHA256_SIZE];

  return lz_blobs_has (blobs, sha256) || lz_blobs_add_file (blobs, path, again, NULL, error);
}

/**
 * lz_photos_take:
 * @station: a station
 * @path: a file
 * @error: (nullable): as lz_photo_probe() and lz_blobs_add_file()
 *
 * Takes one photo in: its bytes into the photo folder, then what it says of itself into the store.
 * Taking it in again changes nothing.
 *
 * Returns: (transfer full) (nullable): the photo, durable
 */
LzPhoto *
lz_photos_take (LzStation *station, const char *path, GError **error)
{
  g_autoptr (LzPhoto) photo = g_new0 (LzPhoto, 1);

  photo->info = lz_photo_probe (path, LZ_PHOTOS_OFFSET_MIN, error);
  if (photo->info == NULL || !lz_blobs_add_file (lz_station_get_blobs (station), path,
                                                 photo->sha256, &photo->size_bytes, error))
    return NULL;
  photo->source = g_filename_display_basename (path);
  photo->added_ms = lz_station_now (station);
  if (!lz_photos_keep (station, photo, 0, error) ||
      !lz_photos_ensure_original (station, photo->sha256, path, error))
    return NULL;
  return lz_photos_load (station, photo->sha256, error);
}

gboolean
lz_photos_is_kept (LzStation *station,
                   const guint8 sha256[LZ_SHA256_SIZE],
                   gboolean *kept,
                   GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (db, "SELECT 1 FROM photo WHERE sha256 = ?1 AND stored", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_blob (stmt, 1, sha256, LZ_SHA256_SIZE, SQLITE_TRANSIENT);
  *kept = lz_db_step (db, stmt, "looking for a photo", &failure);
  return lz_stmt_ended (&failure, error);
}

/* What the draft or event says of it will do where the original itself cannot be read: better a
 * poor row than a photo that no backup and no server gets. */
static LzPhotoInfo *
make_poor_info (const LzPhotoRef *ref)
{
  LzPhotoInfo *info = g_new0 (LzPhotoInfo, 1);

  info->mime = g_strdup ("application/octet-stream");
  info->orientation = 1;
  info->taken_ms = ref->taken_ms;
  info->place = ref->place;
  info->altitude_m = info->heading_deg = NAN;
  return info;
}

static LzPhotoInfo *
make_info (const LzPhotoRef *ref, const char *path)
{
  LzPhotoInfo *info = lz_photo_probe (path, LZ_PHOTOS_OFFSET_MIN, NULL);

  if (info == NULL)
    return make_poor_info (ref);
  /* Whoever took it in may have known the camera's zone. */
  if (!info->offset_known && ref->taken_ms != 0)
    info->taken_ms = ref->taken_ms;
  return info;
}

/**
 * lz_photos_examine:
 * @path: an original that is stored
 * @sha256: its hash
 * @now_ms: when it came
 *
 * Reads what a photo that came from elsewhere says of itself; one that cannot be read has a poor
 * row rather than none.  Blocks; any thread.
 *
 * Returns: (transfer full): for lz_sync_take_photos()
 */
LzPhoto *
lz_photos_examine (const char *path, const guint8 sha256[LZ_SHA256_SIZE], gint64 now_ms)
{
  LzPhoto *photo = g_new0 (LzPhoto, 1);
  LzPhotoRef unknown = { 0 };
  GStatBuf stat_info;

  photo->info = lz_photo_look (path, LZ_PHOTOS_OFFSET_MIN, NULL);
  if (photo->info == NULL)
    photo->info = make_poor_info (&unknown);
  memcpy (photo->sha256, sha256, sizeof photo->sha256);
  photo->size_bytes = g_stat (path, &stat_info) == 0 ? stat_info.st_size : 0;
  photo->added_ms = now_ms;
  return photo;
}

static gboolean
know_one (LzStation *station, const LzPhotoRef *ref, GError **error)
{
  g_autofree char *path = lz_blobs_dup_path (lz_station_get_blobs (station), ref->sha256);
  g_autoptr (LzPhoto) photo = NULL;
  GStatBuf stat_info;
  gboolean kept;

  if (!lz_photos_is_kept (station, ref->sha256, &kept, error))
    return FALSE;
  if (kept || g_stat (path, &stat_info) != 0)
    return TRUE;

  photo = g_new0 (LzPhoto, 1);
  photo->info = make_info (ref, path);
  memcpy (photo->sha256, ref->sha256, sizeof photo->sha256);
  photo->size_bytes = stat_info.st_size;
  photo->added_ms = lz_station_now (station);
  return lz_photos_keep (station, photo, 0, error);
}

/**
 * lz_photos_know:
 * @station: a station
 * @photos: (nullable) (element-type LzPhotoRef): photos of a draft or an event
 * @error: (nullable): return location
 *
 * Sees to it that every photo whose original is stored has its row, whoever stored it: what has no
 * row is in no backup, is not sent, and counts as left over.  Called in the transaction that keeps
 * the draft or the event.
 *
 * Returns: %FALSE with @error set on failure; a photo that is not here is none
 */
gboolean
lz_photos_know (LzStation *station, const GArray *photos, GError **error)
{
  for (guint i = 0; photos != NULL && i < photos->len; i++)
    if (!know_one (station, &g_array_index (photos, LzPhotoRef, i), error))
      return FALSE;
  return TRUE;
}

/**
 * lz_photos_load:
 * @station: a station
 * @sha256: names the photo
 * @error: (nullable): %LZ_ERROR_NOT_FOUND if the station does not know it
 *
 * Returns: (transfer full) (nullable): what is known of it
 */
LzPhoto *
lz_photos_load (LzStation *station, const guint8 sha256[LZ_SHA256_SIZE], GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (db, "SELECT " LZ_PHOTO_COLUMNS " FROM photo WHERE sha256 = ?1", error);

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_blob (stmt, 1, sha256, LZ_SHA256_SIZE, SQLITE_TRANSIENT);
  if (lz_db_step (db, stmt, "reading a photo", &failure))
    return lz_photos_read (stmt);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    g_set_error_literal (error, LZ_ERROR, LZ_ERROR_NOT_FOUND,
                         _ ("This photo is not on this workstation."));
  return NULL;
}

/**
 * lz_photos_list:
 * @station: a station
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (element-type LzPhoto) (nullable): every photo, the last taken in first
 */
GPtrArray *
lz_photos_list (LzStation *station, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GPtrArray) photos = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_photo_free);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (db, "SELECT " LZ_PHOTO_COLUMNS " FROM photo ORDER BY added_at DESC, sha256",
                    error);

  if (stmt == NULL)
    return NULL;
  while (lz_db_step (db, stmt, "reading the photos", &failure))
    g_ptr_array_add (photos, lz_photos_read (stmt));
  if (!lz_stmt_ended (&failure, error))
    return NULL;
  return g_steal_pointer (&photos);
}
