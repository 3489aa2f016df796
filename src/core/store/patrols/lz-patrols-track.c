/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-event-table.h"
#include "lz-patrols-private.h"
#include "lz-records-act.h"
#include "lz-roads-private.h"
#include "lz-stmt.h"
#include "lz-track-code.h"
#include "lz-track-read.h"

#include <glib/gi18n-lib.h>
#include <nettle/sha2.h>

/* An imported track is kept as it came up to here: a day of fixes is 10 MB as GPX. */
#define MAX_FILE_BYTES (32 * 1024 * 1024)

/* No patrol is longer. */
#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))

/* clang-format off */
static const char sql_add_fix[] =
  "INSERT INTO patrol_fix (patrol, n, lat7, lon7, at, accuracy_cm)"
  " SELECT ?1, (SELECT ifnull (max (n), 0) + 1 FROM patrol_fix WHERE patrol = ?1), ?2, ?3, ?4, ?5";

static const char sql_fixes[] =
  "SELECT lat7, lon7, at, accuracy_cm FROM patrol_fix WHERE patrol = ?1 ORDER BY n";

static const char sql_keep_file[] =
  "INSERT INTO track_file (sha256, name, content, added_at) VALUES (?1, ?2, ?3, ?4)"
  " ON CONFLICT (sha256) DO NOTHING";

static const char sql_file[] = "SELECT content FROM track_file WHERE sha256 = ?1";

static const char sql_is_imported[] =
  "SELECT 1 FROM record WHERE type = 1 AND state <> 3 AND author = ?2 AND json_extract (facts, '$.file') = ?1";

static const char sql_road_names[] = "SELECT name FROM road WHERE id = ?1";
/* clang-format on */

/* Fixes. */

static gboolean
add_fix (LzStation *station, const LzId *patrol, const LzTrackPoint *fix, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_add_fix, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, patrol);
  sqlite3_bind_int (stmt, 2, fix->point.lat7);
  sqlite3_bind_int (stmt, 3, fix->point.lon7);
  sqlite3_bind_int64 (stmt, 4, fix->time_ms);
  sqlite3_bind_int64 (stmt, 5, (gint64) (CLAMP (fix->accuracy_m, 0, 1e6) * 100));
  return lz_db_run (db, stmt, "keeping where the patrol is", error);
}

gboolean
lz_patrols_add_fixes (LzStation *station,
                      const LzId *patrol,
                      const LzTrackPoint *fixes,
                      guint n_fixes,
                      GError **error)
{
  LzDb *db = lz_station_get_db (station);

  if (!lz_db_begin (db, error))
    return FALSE;
  for (guint i = 0; i < n_fixes; i++)
    if (!add_fix (station, patrol, &fixes[i], error))
      {
        lz_db_rollback (db);
        return FALSE;
      }
  return lz_db_commit (db, error);
}

LzCleanTrack *
lz_patrols_read_fixes (LzStation *station, const LzId *patrol, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GArray) fixes = g_array_new (FALSE, FALSE, sizeof (LzTrackPoint));
  g_autoptr (GPtrArray) tracks = g_ptr_array_new ();
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_fixes, error);
  LzTrack track = { 0 };

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_id (stmt, 1, patrol);
  while (lz_db_step (db, stmt, "reading where the patrol was", &failure))
    {
      LzTrackPoint fix = { { sqlite3_column_int (stmt, 0), sqlite3_column_int (stmt, 1) },
                           sqlite3_column_int64 (stmt, 2),
                           (double) sqlite3_column_int64 (stmt, 3) / 100 };

      g_array_append_val (fixes, fix);
    }
  if (!lz_stmt_ended (&failure, error))
    return NULL;

  track.points = (LzTrackPoint *) (gpointer) fixes->data;
  track.n = fixes->len;
  if (track.n > 0)
    g_ptr_array_add (tracks, &track);
  return lz_clean_track_new (tracks);
}

/* Matching. */

LzTrackMatcher *
lz_patrols_make_matcher (LzStation *station, GError **error)
{
  g_autoptr (GPtrArray) roads = lz_roads_list (station, FALSE, error);
  LzTrackMatcher *matcher;

  if (roads == NULL)
    return NULL;
  matcher = lz_track_matcher_new ();
  for (guint i = 0; i < roads->len; i++)
    {
      const LzRoad *road = roads->pdata[i];

      lz_track_matcher_add_road (matcher, &road->id, road->grade, road->line, road->parts);
    }
  lz_track_matcher_build (matcher);
  return matcher;
}

static gboolean
name_covers (LzStation *station, GPtrArray *covers, GError **error)
{
  LzDb *db = lz_station_get_db (station);

  for (guint i = 0; i < covers->len; i++)
    {
      LzRoadCover *cover = covers->pdata[i];
      g_autoptr (GError) failure = NULL;
      g_autoptr (LzStmt) stmt = NULL;

      if (cover->name != NULL)
        continue;
      stmt = lz_db_borrow (db, sql_road_names, error);
      if (stmt == NULL)
        return FALSE;
      lz_stmt_bind_id (stmt, 1, &cover->road);
      if (lz_db_step (db, stmt, "reading the name of a road", &failure))
        cover->name = lz_stmt_dup_text (stmt, 0);
      if (!lz_stmt_ended (&failure, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
lz_patrols_take_track (LzStation *station,
                       LzPatrol *patrol,
                       const LzCleanTrack *track,
                       GError **error)
{
  g_autoptr (LzTrackMatcher) matcher = lz_patrols_make_matcher (station, error);
  g_autoptr (LzTrackMatch) match = NULL;

  if (matcher == NULL)
    return FALSE;
  match = lz_track_matcher_match (matcher, track);
  g_ptr_array_unref (patrol->covers);
  patrol->covers = g_ptr_array_ref (match->covers);
  patrol->way_cm = (gint64) (track->length_m * 100);
  patrol->n_fixes = track->n_all;
  patrol->n_left_out = track->n_backward + track->n_jumps + track->n_vague;
  g_free (patrol->track);
  patrol->track =
      track->fixes->len > 0 ? lz_track_code_write (track, LZ_TRACK_CODE_MAX_BYTES) : NULL;
  return name_covers (station, patrol->covers, error);
}

/* Finishing. */

static gboolean
seal (LzStation *station,
      LzPatrol *patrol,
      const LzId *subject,
      const char *text,
      LzId *made,
      GError **error)
{
  g_autoptr (JsonObject) facts = lz_patrol_make_facts (patrol);
  g_autoptr (LzBody) body = lz_body_new ();

  body->text = text != NULL && *text != '\0' ? g_strdup (text) : NULL;
  return lz_records_act (station, "patrol.finished", subject, facts, body, made, error);
}

static gboolean
take_by_hand (LzStation *station, LzPatrol *patrol, const GPtrArray *covers, GError **error)
{
  g_ptr_array_set_size (patrol->covers, 0);
  patrol->how = LZ_PATROL_HOW_HAND;
  patrol->way_cm = 0;
  for (guint i = 0; i < covers->len; i++)
    {
      const LzRoadCover *cover = covers->pdata[i];

      if (cover->spans->len == 0)
        continue;
      g_ptr_array_add (patrol->covers, lz_road_cover_copy (cover));
      patrol->way_cm += lz_spans_length_cm (cover->spans);
    }
  if (patrol->covers->len > 0)
    return name_covers (station, patrol->covers, error);

  g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID,
                       _ ("Nothing is marked as walked. Choose a road, and from where to where."));
  return FALSE;
}

gboolean
lz_patrols_finish (LzStation *station,
                   const LzId *id,
                   const GPtrArray *by_hand,
                   const char *text,
                   GError **error)
{
  g_autoptr (LzPatrol) patrol = lz_patrols_load (station, id, error);

  if (patrol == NULL)
    return FALSE;
  if (patrol->state == LZ_RECORD_OPEN && patrol->n_fixes > 0 && by_hand != NULL)
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_REFUSED,
                           _ ("The way of this patrol was recorded. What was walked besides is "
                              "entered as a patrol of its own."));
      return FALSE;
    }
  if (patrol->state == LZ_RECORD_OPEN && patrol->n_fixes == 0 && by_hand == NULL)
    {
      g_set_error_literal (
          error, LZ_ERROR, LZ_ERROR_REFUSED,
          _ ("No position was recorded. Mark what was walked, or give the patrol up."));
      return FALSE;
    }
  if (by_hand != NULL && !take_by_hand (station, patrol, by_hand, error))
    return FALSE;

  patrol->until_ms = lz_station_now (station);
  return seal (station, patrol, id, text, NULL, error);
}

gboolean
lz_patrols_enter (LzStation *station,
                  gint64 from_ms,
                  gint64 until_ms,
                  const GPtrArray *covers,
                  const char *text,
                  LzId *made,
                  GError **error)
{
  g_autoptr (LzPatrol) patrol = lz_patrol_new ();

  if (until_ms <= from_ms || until_ms - from_ms > DAY_MS ||
      until_ms > lz_station_now (station) + 60 * 1000)
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID,
                           _ ("A patrol ends after it began, within a day, and not in the "
                              "future."));
      return FALSE;
    }
  patrol->from_ms = from_ms;
  patrol->until_ms = until_ms;
  return take_by_hand (station, patrol, covers, error) &&
         seal (station, patrol, NULL, text, made, error);
}

/* Importing. */

static void
hash (GBytes *bytes, guint8 digest[SHA256_DIGEST_SIZE], char **hex)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  struct sha256_ctx ctx;
  char text[65];

  sha256_init (&ctx);
  sha256_update (&ctx, size, data);
  sha256_digest (&ctx, SHA256_DIGEST_SIZE, digest);
  lz_sha256_format (digest, text);
  *hex = g_strdup (text);
}

static gboolean
check_new (LzStation *station, const char *hex, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_is_imported, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, hex);
  lz_stmt_bind_text (stmt, 2, lz_station_get_actor (station));
  if (lz_db_step (db, stmt, "looking for the same track", &failure))
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID,
                           _ ("This track is a patrol of yours already."));
      return FALSE;
    }
  return lz_stmt_ended (&failure, error);
}

static gboolean
keep_file (LzStation *station,
           const guint8 digest[SHA256_DIGEST_SIZE],
           const char *name,
           GBytes *bytes,
           GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_keep_file, error);
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_blob (stmt, 1, digest, SHA256_DIGEST_SIZE, SQLITE_TRANSIENT);
  lz_stmt_bind_text (stmt, 2, name);
  sqlite3_bind_blob64 (stmt, 3, data, size, SQLITE_STATIC);
  sqlite3_bind_int64 (stmt, 4, lz_station_now (station));
  return lz_db_run (db, stmt, "keeping the file of a track", error);
}

static gboolean
check_on_roads (const LzPatrol *patrol, GError **error)
{
  if (patrol->covers->len > 0)
    return TRUE;

  g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID,
                       _ ("No part of the track is on a road of this office."));
  return FALSE;
}

/* The track of the file as a patrol that only needs to be sealed. */
static LzPatrol *
read_patrol (LzStation *station, GBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) tracks = lz_tracks_read_bytes (bytes, NULL, cancellable, error);
  g_autoptr (LzPatrol) patrol = lz_patrol_new ();
  g_autoptr (LzCleanTrack) track = NULL;

  if (tracks == NULL)
    return NULL;
  track = lz_clean_track_new (tracks);
  if (!lz_clean_track_check (track, lz_station_now (station), error) ||
      !lz_patrols_take_track (station, patrol, track, error) || !check_on_roads (patrol, error))
    return NULL;
  patrol->how = LZ_PATROL_HOW_FILE;
  patrol->from_ms = track->begun_ms;
  patrol->until_ms = track->ended_ms;
  return g_steal_pointer (&patrol);
}

gboolean
lz_patrols_import (LzStation *station,
                   const char *path,
                   const char *text,
                   GCancellable *cancellable,
                   LzId *made,
                   GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GBytes) bytes = lz_tracks_load (path, MAX_FILE_BYTES, cancellable, error);
  g_autoptr (LzPatrol) patrol = NULL;
  g_autofree char *hex = NULL;
  guint8 digest[SHA256_DIGEST_SIZE];

  if (bytes == NULL)
    return FALSE;
  hash (bytes, digest, &hex);
  if (!check_new (station, hex, error))
    return FALSE;
  patrol = read_patrol (station, bytes, cancellable, error);
  if (patrol == NULL)
    return FALSE;
  patrol->file_sha256 = g_steal_pointer (&hex);
  patrol->file_name = g_filename_display_basename (path);

  if (!lz_db_begin (db, error))
    return FALSE;
  if (keep_file (station, digest, patrol->file_name, bytes, error) &&
      seal (station, patrol, NULL, text, made, error))
    return lz_db_commit (db, error);
  lz_db_rollback (db);
  return FALSE;
}

GBytes *
lz_patrols_dup_file (LzStation *station, const LzPatrol *patrol, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_file, error);
  guint8 digest[SHA256_DIGEST_SIZE];

  if (stmt == NULL)
    return NULL;
  if (patrol->file_sha256 != NULL && lz_sha256_parse (patrol->file_sha256, digest))
    {
      sqlite3_bind_blob (stmt, 1, digest, SHA256_DIGEST_SIZE, SQLITE_TRANSIENT);
      if (lz_db_step (db, stmt, "reading the file of a track", &failure))
        return g_bytes_new (sqlite3_column_blob (stmt, 0), (gsize) sqlite3_column_bytes (stmt, 0));
    }
  if (lz_stmt_ended (&failure, error))
    g_set_error_literal (error, LZ_ERROR, LZ_ERROR_NOT_FOUND,
                         _ ("The file of this track is not on this computer."));
  return NULL;
}
