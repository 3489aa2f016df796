/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-doctor-private.h"
#include "lz-stmt.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

/* Files that are still being written have this in their names. */
#define TEMP_MARK ".tmp-"
#define PHOTOS    "photos"
#define PREVIEWS  "previews"

/* clang-format off */
static const char sql_stored[] =
  "SELECT sha256, size FROM photo WHERE stored = 1 ORDER BY sha256";

/* Photos that this station's own acts name must be here, or have been confirmed by the server; of
 * others' acts, the photo may still be on its way. */
static const char sql_unknown[] =
  "SELECT DISTINCT c.sha256 FROM used_photo AS c JOIN event AS e ON e.id = c.event"
  " WHERE e.device = ?1 AND NOT EXISTS"
  "  (SELECT 1 FROM photo AS p WHERE p.sha256 = c.sha256"
  "   AND (p.stored = 1 OR p.delivered_at IS NOT NULL))";

static const char sql_is_known[] =
  "SELECT 1 FROM photo WHERE sha256 = ?1";
/* clang-format on */

typedef enum
{
  PHOTO_SOUND,
  PHOTO_MISSING,
  PHOTO_SHORT,
  PHOTO_CHANGED,
  PHOTO_UNKNOWN,
} Soundness;

static void
name_photo (LzDoctor *self, Soundness soundness, const guint8 sha256[32], guint *n_bad)
{
  char text[65];

  if ((*n_bad)++ >= LZ_DOCTOR_MAX_NAMED)
    return;

  lz_sha256_format (sha256, text);
  switch (soundness)
    {
    case PHOTO_MISSING:
      lz_doctor_add (self, LZ_FINDING_DAMAGE, "photos", _ ("The photo %s is missing."), text);
      break;
    case PHOTO_SHORT:
      lz_doctor_add (self, LZ_FINDING_DAMAGE, "photos", _ ("The photo %s is cut off."), text);
      break;
    case PHOTO_CHANGED:
      lz_doctor_add (self, LZ_FINDING_DAMAGE, "photos", _ ("The photo %s is not what it was."),
                     text);
      break;
    case PHOTO_UNKNOWN:
      lz_doctor_add (self, LZ_FINDING_DAMAGE, "photos",
                     _ ("A case has the photo %s, but the list of photos does not know it."), text);
      break;
    case PHOTO_SOUND:
    default:
      break;
    }
}

static Soundness
look_at_photo (LzDoctor *self, const guint8 sha256[32], gint64 size)
{
  LzBlobs *blobs = lz_station_get_blobs (self->station);
  g_autofree char *path = lz_blobs_dup_path (blobs, sha256);
  GStatBuf info;

  if (g_stat (path, &info) != 0)
    return PHOTO_MISSING;
  if (info.st_size != size)
    return PHOTO_SHORT;
  if (self->verify_photos && !lz_blobs_verify (blobs, sha256, NULL))
    return PHOTO_CHANGED;
  return PHOTO_SOUND;
}

static gboolean
look_at_stored (LzDoctor *self, guint *n_photos, guint *n_bad, GError **error)
{
  LzDb *db = lz_station_get_db (self->station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_stored, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  while (lz_db_step (db, stmt, "reading the list of photos", &failure))
    {
      Soundness soundness;

      if (sqlite3_column_bytes (stmt, 0) != 32)
        continue;
      soundness =
          look_at_photo (self, sqlite3_column_blob (stmt, 0), sqlite3_column_int64 (stmt, 1));
      (*n_photos)++;
      if (soundness != PHOTO_SOUND)
        name_photo (self, soundness, sqlite3_column_blob (stmt, 0), n_bad);
    }
  return lz_stmt_ended (&failure, error);
}

static gboolean
look_for_unknown (LzDoctor *self, guint *n_bad, GError **error)
{
  LzDb *db = lz_station_get_db (self->station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_unknown, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, lz_station_get_device (self->station));
  while (lz_db_step (db, stmt, "reading the photos of cases", &failure))
    if (sqlite3_column_bytes (stmt, 0) == 32)
      name_photo (self, PHOTO_UNKNOWN, sqlite3_column_blob (stmt, 0), n_bad);
  return lz_stmt_ended (&failure, error);
}

gboolean
lz_doctor_check_photos (LzDoctor *self, GError **error)
{
  guint n_photos = 0, n_bad = 0;

  if (!look_at_stored (self, &n_photos, &n_bad, error) || !look_for_unknown (self, &n_bad, error))
    return FALSE;
  if (n_bad > LZ_DOCTOR_MAX_NAMED)
    lz_doctor_add (self, LZ_FINDING_DAMAGE, "photos",
                   g_dngettext (GETTEXT_PACKAGE, "%u photo is missing or damaged.",
                                "%u photos are missing or damaged.", n_bad),
                   n_bad);
  else if (n_bad == 0 && self->verify_photos)
    lz_doctor_add (self, LZ_FINDING_OK, "photos",
                   g_dngettext (GETTEXT_PACKAGE, "%u photo is there, every byte of it.",
                                "%u photos are there, every byte of them.", n_photos),
                   n_photos);
  else if (n_bad == 0)
    lz_doctor_add (self, LZ_FINDING_OK, "photos",
                   g_dngettext (GETTEXT_PACKAGE, "%u photo is there.", "%u photos are there.",
                                n_photos),
                   n_photos);
  return TRUE;
}

typedef struct
{
  LzStation *station;
  gint64 before_s; /* count only what is older */
  gboolean remove;
  guint n;
  gint64 n_bytes;
  GError *error;
} Orphans;

static gboolean
is_known (Orphans *orphans, const guint8 sha256[32])
{
  LzDb *db = lz_station_get_db (orphans->station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_is_known, &orphans->error);

  if (stmt == NULL)
    return TRUE;
  sqlite3_bind_blob (stmt, 1, sha256, 32, SQLITE_TRANSIENT);
  return lz_db_step (db, stmt, "looking for a photo", &orphans->error) || orphans->error != NULL;
}

static gboolean
look_at_blob (const guint8 sha256[32], gint64 size_bytes, gpointer data)
{
  Orphans *orphans = data;
  LzBlobs *blobs = lz_station_get_blobs (orphans->station);
  g_autofree char *path = lz_blobs_dup_path (blobs, sha256);
  GStatBuf info;

  if (g_stat (path, &info) != 0 || info.st_mtime > orphans->before_s || is_known (orphans, sha256))
    return orphans->error == NULL;
  if (orphans->remove && !lz_blobs_remove (blobs, sha256, &orphans->error))
    return FALSE;
  orphans->n++;
  orphans->n_bytes += size_bytes;
  return TRUE;
}

static gboolean
walk_orphans (Orphans *orphans, GError **error)
{
  if (!lz_blobs_foreach (lz_station_get_blobs (orphans->station), look_at_blob, orphans, error))
    return FALSE;
  if (orphans->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&orphans->error));
  return FALSE;
}

/* A photo is stored before the act that names it, so an interrupted act leaves one: no harm, and
 * taking the same photo in again uses it. */
gboolean
lz_doctor_check_orphans (LzDoctor *self, GError **error)
{
  Orphans orphans = { .station = self->station, .before_s = G_MAXINT64 };
  g_autofree char *size = NULL;

  if (!walk_orphans (&orphans, error))
    return FALSE;
  size = g_format_size ((guint64) orphans.n_bytes);
  if (orphans.n > 0)
    lz_doctor_add (self, LZ_FINDING_NOTE, "orphans",
                   g_dngettext (GETTEXT_PACKAGE,
                                "%u photo (%s) is stored that no case or draft uses, left by"
                                " interrupted work.",
                                "%u photos (%s) are stored that no case or draft uses, left by"
                                " interrupted work.",
                                orphans.n),
                   orphans.n, size);
  else
    lz_doctor_add (self, LZ_FINDING_OK, "orphans", _ ("No photo is stored without a use."));
  return TRUE;
}

static guint
count_temporary (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    n += strstr (name, TEMP_MARK) != NULL;
  return n;
}

gboolean
lz_doctor_check_leftovers (LzDoctor *self, GError **error)
{
  const char *dir = lz_station_get_dir (self->station);
  g_autofree char *photos = g_build_filename (dir, PHOTOS, NULL);
  g_autofree char *previews = g_build_filename (photos, PREVIEWS, NULL);
  guint n = count_temporary (dir) + count_temporary (photos) + count_temporary (previews);

  (void) error;
  if (n > 0)
    lz_doctor_add (self, LZ_FINDING_NOTE, "leftovers",
                   g_dngettext (GETTEXT_PACKAGE,
                                "%u temporary file is there, of a photo being stored or of"
                                " interrupted work.",
                                "%u temporary files are there, of photos being stored or of"
                                " interrupted work.",
                                n),
                   n);
  else
    lz_doctor_add (self, LZ_FINDING_OK, "leftovers", _ ("No temporary file was left."));
  return TRUE;
}

gboolean
lz_doctor_clean (LzStation *station, guint age_s, guint *n_removed, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  Orphans orphans = { .station = station,
                      .before_s = g_get_real_time () / G_USEC_PER_SEC - age_s,
                      .remove = TRUE };
  gboolean ok;

  /* Under the write lock nobody makes one of these photos known while it goes. */
  if (!lz_db_begin (db, error))
    return FALSE;
  ok = walk_orphans (&orphans, error);
  lz_db_rollback (db);
  if (ok)
    *n_removed = orphans.n + lz_blobs_sweep (lz_station_get_blobs (station), age_s);
  return ok;
}
