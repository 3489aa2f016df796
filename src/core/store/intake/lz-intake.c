/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-intake-private.h"
#include "lz-stmt.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

/* Reading, hashing and decoding go on beside the database; more of them than processors, since
 * each waits for the disk. */
#define N_WORKERS 4

/**
 * Item:
 * @file: what to take in
 * @photo: (nullable): what it turned out to be; only @sha256 is set if @is_stored
 * @is_stored: the station has its original already, and most likely its row
 * @error: (nullable): why it was left out
 * @is_fatal: the rest would fail as well
 * @is_passed_over: the intake was stopped before its turn
 */
typedef struct
{
  const LzIntakeFile *file;
  LzPhoto *photo;
  gboolean is_stored;
  GError *error;
  gboolean is_fatal;
  gboolean is_passed_over;
} Item;

/**
 * Intake:
 * @draft_photos: SHA-256 (GBytes) of the photos that are in drafts
 * @seen: the same of those of this intake
 * @done: Items back from the workers
 * @offset_min: zone of cameras that do not write one, minutes east
 * @stop: set once; the workers pass over the rest
 */
typedef struct
{
  LzStation *station;
  LzBlobs *blobs;
  LzIntakeReport *report;
  GHashTable *draft_photos;
  GHashTable *seen;
  GAsyncQueue *done;
  int offset_min;
  int stop;
} Intake;

LzIntakeReport *
lz_intake_report_new (void)
{
  LzIntakeReport *self = g_new0 (LzIntakeReport, 1);

  self->skipped = g_ptr_array_new_with_free_func (g_free);
  self->drafts = g_array_new (FALSE, FALSE, sizeof (gint64));
  return self;
}

void
lz_intake_report_free (LzIntakeReport *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->skipped);
  g_array_unref (self->drafts);
  g_free (self);
}

static void
item_free (Item *item)
{
  g_clear_pointer (&item->photo, lz_photo_free);
  g_clear_error (&item->error);
  g_free (item);
}

static void
intake_clear (Intake *intake)
{
  g_clear_pointer (&intake->draft_photos, g_hash_table_unref);
  g_clear_pointer (&intake->seen, g_hash_table_unref);
  g_clear_pointer (&intake->done, g_async_queue_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Intake, intake_clear)

/* A failure of the station's own folder, not of the one file. */
static gboolean
is_fatal (const GError *error)
{
  return g_error_matches (error, LZ_ERROR, LZ_ERROR_NO_SPACE) ||
         g_error_matches (error, LZ_ERROR, LZ_ERROR_READ_ONLY) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
}

/* In a worker.  A photo that was here before is known by its hash, without decoding it again; one
 * that was cut off here is not, and is stored anew. */
static gboolean
recognise (const Intake *intake, Item *item)
{
  g_autofree char *stored = NULL;
  guint8 sha256[LZ_SHA256_SIZE];
  GStatBuf original, copy;

  if (!lz_blobs_hash_file (item->file->path, sha256, NULL))
    return FALSE;
  stored = lz_blobs_dup_path (intake->blobs, sha256);
  if (g_stat (item->file->path, &original) != 0 || g_stat (stored, &copy) != 0 ||
      original.st_size != copy.st_size)
    return FALSE;

  item->is_stored = TRUE;
  item->photo = g_new0 (LzPhoto, 1);
  memcpy (item->photo->sha256, sha256, sizeof sha256);
  return TRUE;
}

static void
store_original (const Intake *intake, Item *item)
{
  g_autoptr (LzPhoto) photo = g_new0 (LzPhoto, 1);

  photo->info = lz_photo_probe (item->file->path, intake->offset_min, &item->error);
  if (photo->info == NULL)
    return;
  if (!lz_blobs_add_file (intake->blobs, item->file->path, photo->sha256, &photo->size_bytes,
                          &item->error))
    {
      item->is_fatal = is_fatal (item->error);
      return;
    }
  photo->source = g_filename_display_basename (item->file->path);
  item->photo = g_steal_pointer (&photo);
}

static void
work (gpointer data, gpointer user_data)
{
  Intake *intake = user_data;
  Item *item = data;

  if (g_atomic_int_get (&intake->stop))
    item->is_passed_over = TRUE;
  else if (!recognise (intake, item))
    store_original (intake, item);
  g_async_queue_push (intake->done, item);
}

/* The reason in the user's words: a probe's own, which is translated; else what the code means. */
static void
add_skipped (LzIntakeReport *report, const Item *item)
{
  gboolean in_words = g_error_matches (item->error, LZ_ERROR, LZ_ERROR_NOT_A_PHOTO) ||
                      g_error_matches (item->error, LZ_ERROR, LZ_ERROR_BROKEN_PHOTO) ||
                      g_error_matches (item->error, LZ_ERROR, LZ_ERROR_TOO_LARGE);

  g_ptr_array_add (report->skipped, g_strdup_printf ("%s: %s", item->file->name,
                                                     in_words ? item->error->message
                                                              : lz_error_explain (item->error)));
}

static gboolean
keep (Intake *intake, const Item *item, GError **error)
{
  LzDb *db = lz_station_get_db (intake->station);
  gint64 batch = intake->report->batch;
  gboolean in_use;

  if (!g_hash_table_add (intake->seen, g_bytes_new (item->photo->sha256, LZ_SHA256_SIZE)))
    {
      intake->report->n_known++;
      return TRUE;
    }
  if (!lz_intake_is_in_use (db, intake->draft_photos, item->photo->sha256, &in_use, error))
    return FALSE;
  if (in_use)
    intake->report->n_known++;
  if (item->is_stored)
    return in_use || lz_intake_mark (db, item->photo->sha256, batch, error);

  item->photo->added_ms = lz_station_now (intake->station);
  return lz_photos_keep (intake->station, item->photo, in_use ? 0 : batch, error) &&
         lz_photos_ensure_original (intake->station, item->photo->sha256, item->file->path, error);
}

/* An original without a row, as a crash between the two leaves, is looked at after all. */
static gboolean
check_row (Intake *intake, Item *item, GError **error)
{
  gboolean kept;

  if (item->photo == NULL || !item->is_stored)
    return TRUE;
  if (!lz_photos_is_kept (intake->station, item->photo->sha256, &kept, error))
    return FALSE;
  if (kept)
    return TRUE;
  g_clear_pointer (&item->photo, lz_photo_free);
  item->is_stored = FALSE;
  store_original (intake, item);
  return TRUE;
}

static gboolean
take_result (Intake *intake, Item *item, GError **error)
{
  if (item->is_passed_over)
    return TRUE;
  if (!check_row (intake, item, error))
    return FALSE;
  if (item->photo != NULL)
    return keep (intake, item, error);
  if (!item->is_fatal)
    {
      add_skipped (intake->report, item);
      return TRUE;
    }
  g_propagate_error (error, g_steal_pointer (&item->error));
  return FALSE;
}

/* Waits for every worker, whatever happens; the first failure stops the rest. */
static gboolean
collect (Intake *intake,
         guint n_files,
         LzIntakeProgress progress,
         gpointer progress_data,
         GCancellable *cancellable,
         GError **error)
{
  g_autoptr (GError) failure = NULL;

  for (guint i = 0; i < n_files; i++)
    {
      Item *item = g_async_queue_pop (intake->done);
      g_autoptr (GError) own = NULL;

      if (!take_result (intake, item, &own) ||
          g_cancellable_set_error_if_cancelled (cancellable, failure == NULL ? &own : NULL))
        g_atomic_int_set (&intake->stop, TRUE);
      item_free (item);
      if (failure == NULL && own != NULL)
        failure = g_steal_pointer (&own);
      if (progress != NULL && failure == NULL)
        progress (i + 1, n_files, progress_data);
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
take_files (Intake *intake,
            GPtrArray *files,
            LzIntakeProgress progress,
            gpointer progress_data,
            GCancellable *cancellable,
            GError **error)
{
  GThreadPool *pool = g_thread_pool_new (work, intake, N_WORKERS, FALSE, error);
  gboolean done;

  if (pool == NULL)
    return FALSE;
  for (guint i = 0; i < files->len; i++)
    {
      Item *item = g_new0 (Item, 1);

      item->file = g_ptr_array_index (files, i);
      g_thread_pool_push (pool, item, NULL);
    }
  done = collect (intake, files->len, progress, progress_data, cancellable, error);
  g_thread_pool_free (pool, FALSE, TRUE);
  return done;
}

static gboolean
begin_batch (LzStation *station, gint64 clock_shift_ms, gint64 *batch, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (db, "INSERT INTO batch (clock_shift, started_at) VALUES (?1, ?2)", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, clock_shift_ms);
  sqlite3_bind_int64 (stmt, 2, lz_station_now (station));
  if (!lz_db_run (db, stmt, "beginning an intake", error))
    return FALSE;
  *batch = sqlite3_last_insert_rowid (lz_db_get_handle (db));
  return TRUE;
}

static gboolean
prepare (Intake *intake, LzStation *station, gint64 clock_shift_ms, GError **error)
{
  LzDb *db = lz_station_get_db (station);

  intake->station = station;
  intake->blobs = lz_station_get_blobs (station);
  intake->done = g_async_queue_new ();
  intake->seen =
      g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify) g_bytes_unref, NULL);
  intake->draft_photos = lz_intake_load_draft_photos (db, error);
  return intake->draft_photos != NULL &&
         begin_batch (station, clock_shift_ms, &intake->report->batch, error);
}

/* What was taken in before a failure gets its drafts all the same, now or by lz_intake_recover().
 */
static gboolean
run (Intake *intake,
     GPtrArray *files,
     LzIntakeProgress progress,
     gpointer progress_data,
     GCancellable *cancellable,
     GError **error)
{
  LzIntakeReport *report = intake->report;
  GError *failure = NULL;

  if (take_files (intake, files, progress, progress_data, cancellable, &failure))
    return lz_intake_group (intake->station, report->batch, report, error);

  lz_intake_group (intake->station, report->batch, report, NULL);
  if (!g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_prefix_error (
        &failure,
        g_dngettext (GETTEXT_PACKAGE, "Stopped after %u of %u file; what was taken in is safe: ",
                     "Stopped after %u of %u files; what was taken in is safe: ", report->n_files),
        g_hash_table_size (intake->seen), report->n_files);
  g_propagate_error (error, failure);
  return FALSE;
}

/**
 * lz_intake_run:
 * @station: a station
 * @paths: (array zero-terminated=1): files and folders; hidden files in folders are passed over
 * @clock_shift_ms: to be added to every camera time, where the camera's clock was wrong
 * @offset_min: zone of cameras that do not write one, in minutes east
 * @progress: (nullable): called on the calling thread after each file
 * @progress_data: for @progress
 * @cancellable: (nullable): looked at between files; what is done by then stays, as drafts
 * @error: (nullable): %G_IO_ERROR_CANCELLED; %LZ_ERROR_NO_SPACE …
 *
 * Takes in photos: the originals stored, grouped by time and place into drafts, each put on its
 * road.  Files that are no photos are named in the report; the rest goes through.  Each photo is
 * durable as it is done and waits in the store for its draft, so that being killed loses none; a
 * photo that a draft or a case has already is not taken twice.
 *
 * Returns: (transfer full) (nullable): what became of the files
 */
LzIntakeReport *
lz_intake_run (LzStation *station,
               const char *const *paths,
               gint64 clock_shift_ms,
               int offset_min,
               LzIntakeProgress progress,
               gpointer progress_data,
               GCancellable *cancellable,
               GError **error)
{
  g_autoptr (LzIntakeReport) report = lz_intake_report_new ();
  g_autoptr (GPtrArray) files = NULL;
  g_auto (Intake) intake = { .report = report, .offset_min = offset_min };
  gboolean done;
  int lock;

  /* No statement is to be stopped between a photo's file and its row. */
  lz_db_set_cancellable (lz_station_get_db (station), NULL);
  if (!lz_intake_recover (station, error))
    return NULL;
  lz_blobs_sweep (lz_station_get_blobs (station), 0); /* what is being written is locked */
  files = lz_intake_list_files (paths, report->skipped, cancellable);
  report->n_files = files->len;

  lock = lz_intake_lock (station, FALSE);
  done = prepare (&intake, station, clock_shift_ms, error) &&
         run (&intake, files, progress, progress_data, cancellable, error);
  lz_intake_unlock (lock);
  return done ? g_steal_pointer (&report) : NULL;
}
