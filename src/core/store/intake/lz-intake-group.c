/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-batch.h"
#include "lz-intake-private.h"
#include "lz-roads.h"
#include "lz-stmt.h"
#include "lz-wire.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* A photo of a batch; begins with what lz_batch_group() sorts. */
typedef struct
{
  LzBatchPhoto batch;
  const LzPhoto *photo;
} Waiting;

static void
add_key (GHashTable *set, const guint8 sha256[LZ_SHA256_SIZE])
{
  g_hash_table_add (set, g_bytes_new (sha256, LZ_SHA256_SIZE));
}

GHashTable *
lz_intake_load_draft_photos (LzDb *db, GError **error)
{
  g_autoptr (GHashTable) set =
      g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, "SELECT body FROM draft", error);

  if (stmt == NULL)
    return NULL;
  while (lz_db_step (db, stmt, "reading the drafts", &failure))
    {
      g_autoptr (LzBody) body =
          lz_wire_parse_body ((const char *) sqlite3_column_text (stmt, 0), error);

      if (body == NULL)
        return NULL;
      for (guint i = 0; body->photos != NULL && i < body->photos->len; i++)
        add_key (set, g_array_index (body->photos, LzPhotoRef, i).sha256);
    }
  if (!lz_stmt_ended (&failure, error))
    return NULL;
  return g_steal_pointer (&set);
}

gboolean
lz_intake_is_in_use (LzDb *db,
                     GHashTable *draft_photos,
                     const guint8 sha256[LZ_SHA256_SIZE],
                     gboolean *in_use,
                     GError **error)
{
  g_autoptr (GBytes) key = g_bytes_new (sha256, LZ_SHA256_SIZE);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStmt) stmt = NULL;

  *in_use = g_hash_table_contains (draft_photos, key);
  if (*in_use)
    return TRUE;

  stmt = lz_db_borrow (db, "SELECT 1 FROM used_photo WHERE sha256 = ?1 LIMIT 1", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_blob (stmt, 1, sha256, LZ_SHA256_SIZE, SQLITE_TRANSIENT);
  *in_use = lz_db_step (db, stmt, "looking for a photo", &failure);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    return TRUE;
  return FALSE;
}

gboolean
lz_intake_mark (LzDb *db, const guint8 sha256[LZ_SHA256_SIZE], gint64 batch, GError **error)
{
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (db, "UPDATE photo SET batch = ?2 WHERE sha256 = ?1", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_blob (stmt, 1, sha256, LZ_SHA256_SIZE, SQLITE_TRANSIENT);
  sqlite3_bind_int64 (stmt, 2, batch);
  return lz_db_run (db, stmt, "marking a photo", error);
}

static gboolean
load_shift (LzDb *db, gint64 batch, gint64 *shift_ms, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, "SELECT clock_shift FROM batch WHERE id = ?1", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, batch);
  if (lz_db_step (db, stmt, "reading an intake", &failure))
    {
      *shift_ms = sqlite3_column_int64 (stmt, 0);
      return TRUE;
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    g_set_error_literal (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("There is no such intake."));
  return FALSE;
}

/* Array of LzPhoto. */
static GPtrArray *
load_waiting (LzDb *db, gint64 batch, GError **error)
{
  g_autoptr (GPtrArray) waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_photo_free);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (db, "SELECT " LZ_PHOTO_COLUMNS " FROM photo WHERE batch = ?1", error);

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, batch);
  while (lz_db_step (db, stmt, "reading the photos", &failure))
    g_ptr_array_add (waiting, lz_photos_read (stmt));
  if (!lz_stmt_ended (&failure, error))
    return NULL;
  return g_steal_pointer (&waiting);
}

/* Those of @waiting that are in no draft and no event: array of Waiting. */
static GPtrArray *
pick_new (LzDb *db, GPtrArray *waiting, LzIntakeReport *report, GError **error)
{
  g_autoptr (GPtrArray) picked =
      g_ptr_array_new_with_free_func ((GDestroyNotify) lz_batch_photo_free);
  g_autoptr (GHashTable) draft_photos = lz_intake_load_draft_photos (db, error);

  if (draft_photos == NULL)
    return NULL;
  for (guint i = 0; i < waiting->len; i++)
    {
      const LzPhoto *photo = g_ptr_array_index (waiting, i);
      Waiting *one;
      gboolean in_use;

      if (!lz_intake_is_in_use (db, draft_photos, photo->sha256, &in_use, error))
        return NULL;
      if (in_use)
        {
          report->n_known++;
          continue;
        }
      one = g_new0 (Waiting, 1);
      one->photo = photo;
      one->batch.path = g_strdup (photo->source);
      memcpy (one->batch.sha256, photo->sha256, sizeof one->batch.sha256);
      one->batch.info = photo->info;
      g_ptr_array_add (picked, one);
    }
  return g_steal_pointer (&picked);
}

static void
add_note (GString *note, const char *line)
{
  if (strstr (note->str, line) != NULL)
    return;
  if (note->len > 0)
    g_string_append_c (note, '\n');
  g_string_append (note, line);
}

/* The middle of the places that photos have themselves; of the guessed ones if none has. */
static LzPoint
find_place (GPtrArray *photos, gboolean *guessed)
{
  gint64 latitude = 0, longitude = 0;
  gint64 n = 0;

  *guessed = TRUE;
  for (guint i = 0; i < photos->len; i++)
    if (lz_point_is_valid (((LzBatchPhoto *) g_ptr_array_index (photos, i))->info->place))
      *guessed = FALSE;

  for (guint i = 0; i < photos->len; i++)
    {
      const LzBatchPhoto *photo = g_ptr_array_index (photos, i);

      if (!lz_point_is_valid (photo->place) || photo->place_guessed != *guessed)
        continue;
      latitude += photo->place.lat7;
      longitude += photo->place.lon7;
      n++;
    }
  if (n == 0)
    return (LzPoint){ 0, 0 };
  return (LzPoint){ (gint32) (latitude / n), (gint32) (longitude / n) };
}

static gboolean
put_on_road (LzStation *station, LzBody *body, GString *note, GError **error)
{
  g_autoptr (GError) failure = NULL;
  LzProjection projection;

  if (lz_roads_snap (station, body->place, &body->road, &body->road_name, &projection, &failure))
    {
      body->chainage_cm = llround (projection.chainage_m * 100);
      body->offset_cm = llround (projection.offset_m * 100);
      body->side = projection.side < 0   ? LZ_SIDE_LEFT
                   : projection.side > 0 ? LZ_SIDE_RIGHT
                                         : LZ_SIDE_NONE;
      return TRUE;
    }
  if (!lz_stmt_ended (&failure, error))
    return FALSE;
  add_note (note, _ ("There is no road within 60 m of it."));
  return TRUE;
}

static void
add_photo (LzBody *body, const Waiting *waiting, GString *note)
{
  LzPhotoRef ref = lz_photo_make_ref (waiting->photo, LZ_PHOTO_BEFORE);
  gint64 taken_ms = waiting->batch.corrected_ms;
  char **warnings = waiting->photo->info->warnings;

  lz_body_add_photo (body, &ref);
  if (taken_ms != 0 && (body->found_ms == 0 || taken_ms < body->found_ms))
    body->found_ms = taken_ms;
  for (guint i = 0; warnings != NULL && warnings[i] != NULL; i++)
    {
      g_autofree char *line = g_strdup_printf ("%s: %s", waiting->photo->source, warnings[i]);

      add_note (note, line);
    }
}

static gboolean
make_draft (LzStation *station,
            GPtrArray *photos,
            gint64 batch,
            LzIntakeReport *report,
            GError **error)
{
  g_autoptr (LzDraft) draft = lz_draft_new ();
  g_autoptr (GString) note = g_string_new (NULL);
  gboolean guessed;

  draft->batch = batch;
  draft->body->place = find_place (photos, &guessed);
  if (!lz_point_is_valid (draft->body->place))
    add_note (note, _ ("The photo does not say where it was taken: set the place on the map."));
  else if (guessed)
    add_note (note,
              _ ("The place was worked out from the photos before and after: please check it."));
  if (lz_point_is_valid (draft->body->place) && !put_on_road (station, draft->body, note, error))
    return FALSE;

  for (guint i = 0; i < photos->len; i++)
    add_photo (draft->body, g_ptr_array_index (photos, i), note);
  if (draft->body->found_ms == 0)
    add_note (note, _ ("The photo does not say when it was taken."));
  draft->note = note->len > 0 ? g_strdup (note->str) : NULL;
  if (!lz_drafts_save (station, draft, error))
    return FALSE;

  report->n_photos += photos->len;
  report->n_drafts++;
  g_array_append_val (report->drafts, draft->id);
  return TRUE;
}

/* An event names so many photos at most; a larger group becomes several drafts. */
static gboolean
make_drafts (LzStation *station,
             GPtrArray *photos,
             gint64 batch,
             LzIntakeReport *report,
             GError **error)
{
  g_autoptr (GPtrArray) part = g_ptr_array_new ();

  for (guint i = 0; i < photos->len; i++)
    {
      g_ptr_array_add (part, g_ptr_array_index (photos, i));
      if (part->len < LZ_WIRE_MAX_PHOTOS && i + 1 < photos->len)
        continue;
      if (!make_draft (station, part, batch, report, error))
        return FALSE;
      g_ptr_array_set_size (part, 0);
    }
  return TRUE;
}

static gboolean
draft_groups (LzStation *station,
              GPtrArray *photos,
              gint64 batch,
              LzIntakeReport *report,
              GError **error)
{
  LzBatchRules rules = LZ_BATCH_RULES_DEFAULT;
  g_autoptr (GPtrArray) groups =
      g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  guint n_groups;

  if (!load_shift (lz_station_get_db (station), batch, &rules.clock_shift_ms, error))
    return FALSE;
  report->suggested_shift_ms = lz_batch_suggest_shift (photos);
  n_groups = lz_batch_group (photos, &rules);
  for (guint i = 0; i < n_groups; i++)
    g_ptr_array_add (groups, g_ptr_array_new ());
  for (guint i = 0; i < photos->len; i++)
    {
      LzBatchPhoto *photo = g_ptr_array_index (photos, i);

      g_ptr_array_add (g_ptr_array_index (groups, photo->group), photo);
    }
  for (guint i = 0; i < n_groups; i++)
    if (!make_drafts (station, g_ptr_array_index (groups, i), batch, report, error))
      return FALSE;
  return TRUE;
}

static gboolean
release_waiting (LzDb *db, gint64 batch, GError **error)
{
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (db, "UPDATE photo SET batch = NULL WHERE batch = ?1", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, batch);
  return lz_db_run (db, stmt, "finishing an intake", error);
}

static gboolean
group_waiting (LzStation *station, gint64 batch, LzIntakeReport *report, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GPtrArray) waiting = load_waiting (db, batch, error);
  g_autoptr (GPtrArray) photos = NULL;

  if (waiting == NULL)
    return FALSE;
  photos = pick_new (db, waiting, report, error);
  return photos != NULL && draft_groups (station, photos, batch, report, error) &&
         release_waiting (db, batch, error);
}

gboolean
lz_intake_group (LzStation *station, gint64 batch, LzIntakeReport *report, GError **error)
{
  LzDb *db = lz_station_get_db (station);

  if (!lz_db_begin (db, error))
    return FALSE;
  if (group_waiting (station, batch, report, error))
    return lz_db_commit (db, error);
  lz_db_rollback (db);
  return FALSE;
}

/* Takes the photos back from the drafts of @batch that nobody has touched. */
static gboolean
dissolve_drafts (LzStation *station, gint64 batch, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GPtrArray) drafts = lz_drafts_list (station, error);

  for (guint i = 0; drafts != NULL && i < drafts->len; i++)
    {
      const LzDraft *draft = g_ptr_array_index (drafts, i);
      const GArray *photos = draft->body->photos;

      if (draft->batch != batch || draft->changed_ms != draft->created_ms)
        continue;
      for (guint k = 0; photos != NULL && k < photos->len; k++)
        if (!lz_intake_mark (db, g_array_index (photos, LzPhotoRef, k).sha256, batch, error))
          return FALSE;
      if (!lz_drafts_remove (station, draft->id, error))
        return FALSE;
    }
  return drafts != NULL;
}

static gboolean
set_shift (LzDb *db, gint64 batch, gint64 shift_ms, GError **error)
{
  gint64 before_ms;
  g_autoptr (LzStmt) stmt = NULL;

  if (!load_shift (db, batch, &before_ms, error))
    return FALSE;
  stmt = lz_db_borrow (db, "UPDATE batch SET clock_shift = ?2 WHERE id = ?1", error);
  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, batch);
  sqlite3_bind_int64 (stmt, 2, shift_ms);
  return lz_db_run (db, stmt, "correcting the camera's clock", error);
}

/**
 * lz_intake_regroup:
 * @station: a station
 * @batch: an intake
 * @clock_shift_ms: to be added to every camera time of it, in place of what was said before
 * @error: (nullable): %LZ_ERROR_NOT_FOUND if there is no such intake
 *
 * Corrects the camera's clock after the fact: the intake's drafts that nobody has touched are made
 * anew.  One transaction.
 *
 * Returns: (transfer full) (nullable): the new drafts
 */
LzIntakeReport *
lz_intake_regroup (LzStation *station, gint64 batch, gint64 clock_shift_ms, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzIntakeReport) report = lz_intake_report_new ();

  report->batch = batch;
  if (!lz_db_begin (db, error))
    return NULL;
  if (set_shift (db, batch, clock_shift_ms, error) && dissolve_drafts (station, batch, error) &&
      group_waiting (station, batch, report, error))
    return lz_db_commit (db, error) ? g_steal_pointer (&report) : NULL;
  lz_db_rollback (db);
  return NULL;
}
