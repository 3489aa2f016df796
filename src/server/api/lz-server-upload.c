/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-server-upload.h"
#include "lz-server-uploads.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define READ_BYTES (1024 * 1024)

/* Uploads that this process has seen: keeps the state of their hashes between pieces.  One that is
 * not here is taken up again from the store and its file. */
struct _LzUploads
{
  GMutex lock;       /* guards the rest, and owner of each LzUpload */
  GHashTable *ids;   /* id -> LzUpload */
  GHashTable *bytes; /* user, "" = all -> gint64: what counts for the quota */
};

LzUploads *
lz_uploads_new (void)
{
  LzUploads *self = g_new0 (LzUploads, 1);

  g_mutex_init (&self->lock);
  self->ids =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) lz_upload_free);
  self->bytes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
lz_uploads_free (LzUploads *self)
{
  g_hash_table_unref (self->ids);
  g_hash_table_unref (self->bytes);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
lz_upload_free (LzUpload *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->id);
  g_free (self->user);
  g_free (self->path);
  g_free (self);
}

/* ------------------------------------------------------------------------------- quota */

/* With the lock held. */
static gint64 *
find_bytes (LzUploads *self, LzServerStore *store, const char *user, GError **error)
{
  gint64 *bytes = g_hash_table_lookup (self->bytes, user);
  gint64 known;

  if (bytes != NULL)
    return bytes;
  if (!lz_server_store_get_photo_bytes (store, *user != '\0' ? user : NULL, &known, error))
    return NULL;
  bytes = g_memdup2 (&known, sizeof known);
  g_hash_table_insert (self->bytes, g_strdup (user), bytes);
  return bytes;
}

/* Counts @length for the quotas, or says LZ_ERROR_CONSTRAINT. */
static gboolean
reserve (LzRequest *request, const char *user, gint64 length, GError **error)
{
  LzServer *server = lz_request_get_server (request);
  LzUploads *self = lz_server_get_uploads (server);
  const LzServerConfig *config = lz_server_get_config (server);
  gint64 *mine, *all;
  gboolean ok = FALSE;

  g_mutex_lock (&self->lock);
  all = find_bytes (self, lz_server_get_store (server), "", error);
  mine = all != NULL ? find_bytes (self, lz_server_get_store (server), user, error) : NULL;
  if (mine != NULL)
    {
      ok = *mine + length <= config->user_quota_bytes && *all + length <= config->quota_bytes;
      if (ok)
        {
          *mine += length;
          *all += length;
        }
      else
        g_set_error_literal (error, LZ_ERROR, LZ_ERROR_CONSTRAINT, "the photos' quota is full");
    }
  g_mutex_unlock (&self->lock);
  return ok;
}

/* With the lock held. */
static void
give_back (LzUploads *self, const LzUpload *upload)
{
  gint64 *mine = g_hash_table_lookup (self->bytes, upload->user);
  gint64 *all = g_hash_table_lookup (self->bytes, "");

  if (mine != NULL)
    *mine -= upload->length;
  if (all != NULL)
    *all -= upload->length;
}

/* ------------------------------------------------------------------------------- files */

static char *
dup_path (LzServerStore *store, const char *id)
{
  return g_build_filename (lz_server_store_get_dir (store), "uploads", id, NULL);
}

static LzUpload *
new_upload (LzServerStore *store, const char *id, const char *user)
{
  LzUpload *self = g_new0 (LzUpload, 1);

  self->id = g_strdup (id);
  self->user = g_strdup (user);
  self->path = dup_path (store, id);
  self->fd = -1;
  sha256_init (&self->hash);
  return self;
}

LzUpload *
lz_upload_create (LzRequest *request, gint64 length, const guint8 want[32], GError **error)
{
  LzServer *server = lz_request_get_server (request);
  LzUploads *uploads = lz_server_get_uploads (server);
  const char *user = lz_request_get_account (request)->user;
  gint64 now_ms = g_get_real_time () / 1000;
  LzId id = lz_id_new (now_ms);
  char text[LZ_ID_STRING_SIZE];
  LzUpload *self;

  if (!reserve (request, user, length, error))
    return NULL;
  lz_id_format (&id, text);
  self = new_upload (lz_server_get_store (server), text, user);
  self->length = length;
  memcpy (self->want, want, sizeof self->want);
  self->expires_ms = now_ms + (gint64) lz_server_get_config (server)->upload_s * 1000;
  self->owner = request;
  self->fd = g_open (self->path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  g_mutex_lock (&uploads->lock);
  if (self->fd >= 0)
    g_hash_table_insert (uploads->ids, self->id, self);
  else
    give_back (uploads, self);
  g_mutex_unlock (&uploads->lock);
  if (self->fd >= 0)
    return self;
  lz_error_set_errno (error, errno, "making", self->path);
  lz_upload_free (self);
  return NULL;
}

/* Reads what the hash has not seen: after a restart all of it. */
static gboolean
catch_up (LzUpload *self, GError **error)
{
  g_autofree guint8 *buffer = NULL;

  if (self->hashed == self->offset)
    return TRUE;
  buffer = g_malloc (READ_BYTES);
  sha256_init (&self->hash);
  self->hashed = 0;
  while (self->hashed < self->offset)
    {
      gssize got = pread (self->fd, buffer, READ_BYTES, self->hashed);

      if (got <= 0)
        return lz_error_set_errno (error, got < 0 ? errno : EIO, "reading", self->path);
      sha256_update (&self->hash, (gsize) got, buffer);
      self->hashed += got;
    }
  return TRUE;
}

static gboolean
open_file (LzUpload *self, GError **error)
{
  struct stat st;

  self->fd = g_open (self->path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (self->fd < 0 || fstat (self->fd, &st) < 0)
    return lz_error_set_errno (error, errno, "opening", self->path);
  if (st.st_size > self->length)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_CORRUPT, "%s is too long", self->path);
      return FALSE;
    }
  self->offset = st.st_size;
  return catch_up (self, error);
}

/* From the store, where it was before this process began. */
static LzUploadResult
recall (LzRequest *request, const char *id, LzUpload **upload, GError **error)
{
  LzServerStore *store = lz_request_get_store (request);
  const char *user = lz_request_get_account (request)->user;
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzUploadRow) row = lz_server_store_find_upload (store, id, user, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return LZ_UPLOAD_FAILED;
    }
  if (row == NULL)
    return LZ_UPLOAD_NOT_FOUND;
  *upload = new_upload (store, id, user);
  (*upload)->length = row->length;
  memcpy ((*upload)->want, row->sha256, sizeof row->sha256);
  (*upload)->expires_ms = row->expires_ms;
  (*upload)->stored = TRUE;
  if (row->done)
    (*upload)->offset = (*upload)->hashed = row->length;
  return row->done ? LZ_UPLOAD_DONE : LZ_UPLOAD_OPEN;
}

LzUploadResult
lz_upload_acquire (LzRequest *request, const char *id, LzUpload **upload, GError **error)
{
  LzUploads *uploads = lz_server_get_uploads (lz_request_get_server (request));
  const char *user = lz_request_get_account (request)->user;
  LzUploadResult result = LZ_UPLOAD_OPEN;
  LzId parsed;
  LzUpload *self;

  if (!lz_id_parse (id, &parsed)) /* the name of a file: nothing else may be in it */
    return LZ_UPLOAD_NOT_FOUND;
  g_mutex_lock (&uploads->lock);
  self = g_hash_table_lookup (uploads->ids, id);
  if (self != NULL && !g_str_equal (self->user, user))
    result = LZ_UPLOAD_NOT_FOUND;
  else if (self != NULL && self->owner != NULL)
    {
      result = LZ_UPLOAD_LOCKED;
      lz_request_abort (self->owner); /* whoever asks again has lost the old line */
    }
  else if (self != NULL && self->expires_ms <= g_get_real_time () / 1000)
    result = LZ_UPLOAD_NOT_FOUND;
  else if (self == NULL)
    {
      result = recall (request, id, &self, error);
      if (result == LZ_UPLOAD_OPEN)
        g_hash_table_insert (uploads->ids, self->id, self);
    }
  if (result == LZ_UPLOAD_OPEN)
    self->owner = request;
  g_mutex_unlock (&uploads->lock);

  *upload = result == LZ_UPLOAD_OPEN || result == LZ_UPLOAD_DONE ? self : NULL;
  if (result == LZ_UPLOAD_OPEN && !open_file (self, error))
    {
      lz_upload_release (self, request);
      *upload = NULL;
      return LZ_UPLOAD_FAILED;
    }
  return result;
}

void
lz_upload_release (LzUpload *self, LzRequest *request)
{
  LzUploads *uploads = lz_server_get_uploads (lz_request_get_server (request));

  if (self->fd >= 0)
    close (self->fd);
  self->fd = -1;
  g_mutex_lock (&uploads->lock);
  self->owner = NULL;
  g_mutex_unlock (&uploads->lock);
}

/* Its file goes, if it is still there, and its place in memory.  The row is the caller's. */
void
lz_upload_forget (LzUpload *self, LzRequest *request)
{
  LzUploads *uploads = lz_server_get_uploads (lz_request_get_server (request));

  g_unlink (self->path);
  g_mutex_lock (&uploads->lock);
  give_back (uploads, self);
  g_hash_table_remove (uploads->ids, self->id);
  g_mutex_unlock (&uploads->lock);
}

gboolean
lz_upload_write (LzUpload *self, const void *data, gsize size, GError **error)
{
  const guint8 *bytes = data;
  gsize done = 0;

  while (done < size)
    {
      gssize n = pwrite (self->fd, bytes + done, size - done, self->offset + (gint64) done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        {
          int saved_errno = n < 0 ? errno : ENOSPC;

          /* What was written of this piece is not in the hash yet. */
          if (ftruncate (self->fd, self->offset) < 0)
            self->hashed = 0;
          return lz_error_set_errno (error, saved_errno, "writing", self->path);
        }
      done += (gsize) n;
    }
  sha256_update (&self->hash, size, bytes);
  self->offset += (gint64) size;
  self->hashed += (gint64) size;
  return TRUE;
}

/* Back to where it was. */
gboolean
lz_upload_cut (LzUpload *self, gint64 offset, const struct sha256_ctx *hash, GError **error)
{
  if (ftruncate (self->fd, offset) < 0)
    return lz_error_set_errno (error, errno, "cutting", self->path);
  self->offset = self->hashed = offset;
  self->hash = *hash;
  return TRUE;
}

gboolean
lz_upload_finish (LzUpload *self, LzRequest *request, gboolean *matches, GError **error)
{
  LzServerStore *store = lz_request_get_store (request);
  LzUploads *uploads = lz_server_get_uploads (lz_request_get_server (request));
  struct sha256_ctx copy = self->hash;
  g_autoptr (GPtrArray) feeds = NULL;
  guint8 found[32];

  sha256_digest (&copy, sizeof found, found);
  *matches = memcmp (found, self->want, sizeof found) == 0;
  if (!*matches)
    return TRUE;
  if (!lz_blobs_adopt_file (lz_server_store_get_blobs (store), self->path, self->want, error) ||
      !lz_server_store_add_photo (store, self->user, self->want, self->length, self->id, error))
    return FALSE;
  lz_server_count (lz_request_get_server (request), LZ_COUNT_PHOTOS, 1);
  feeds = lz_server_store_list_photo_feeds (store, self->want, NULL);
  if (feeds != NULL) /* else the stations find it at their next round */
    lz_server_tell_soon (lz_request_get_server (request), feeds);
  g_mutex_lock (&uploads->lock);
  g_hash_table_remove (uploads->ids, self->id);
  g_mutex_unlock (&uploads->lock);
  return TRUE;
}

/* ------------------------------------------------------------------------------- sweep */

static gboolean
is_over (gpointer key, gpointer value, gpointer data)
{
  LzUpload *upload = value;
  LzUploads *self = data;

  (void) key;
  if (upload->owner != NULL || upload->expires_ms > g_get_real_time () / 1000)
    return FALSE;
  g_unlink (upload->path);
  give_back (self, upload);
  return TRUE;
}

/* Files without a row: left by a crash between the two. */
static void
sweep_orphans (LzUploads *self, LzServerStore *store, guint age_s)
{
  g_autofree char *dir = dup_path (store, "");
  g_autoptr (GDir) open_dir = g_dir_open (dir, 0, NULL);
  const char *name;

  while (open_dir != NULL && (name = g_dir_read_name (open_dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (dir, name, NULL);
      GStatBuf st;
      gboolean known;

      g_mutex_lock (&self->lock);
      known = g_hash_table_contains (self->ids, name);
      g_mutex_unlock (&self->lock);
      if (!known && g_stat (path, &st) == 0 &&
          st.st_mtime + (gint64) age_s < g_get_real_time () / G_USEC_PER_SEC)
        g_unlink (path);
    }
}

void
lz_uploads_sweep (LzUploads *self, LzServer *server)
{
  LzServerStore *store = lz_server_get_store (server);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) expired =
      lz_server_store_expire_uploads (store, g_get_real_time () / 1000, &error);

  if (expired == NULL)
    {
      g_message ("removing old uploads: %s", error->message);
      return;
    }
  g_mutex_lock (&self->lock);
  g_hash_table_foreach_remove (self->ids, is_over, self);
  g_mutex_unlock (&self->lock);
  for (guint i = 0; i < expired->len; i++)
    {
      g_autofree char *path = dup_path (store, expired->pdata[i]);

      g_unlink (path);
    }
  sweep_orphans (self, store, 2 * lz_server_get_config (server)->upload_s + 60);
}
