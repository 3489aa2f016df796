/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-online-source.h"

#include "lz-error.h"
#include "lz-tile-image.h"
#include "lz-world.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

#define MAX_TILE_BYTES  (4 * 1024 * 1024)
#define CACHE_BYTES     (200 * 1000 * 1000)
#define CACHE_DAYS      7
#define MAX_CONNECTIONS 4
#define TIMEOUT_S       20
#define SUBDOMAINS      "abc"

struct _LzOnlineSource
{
  ShumateMapSource parent_instance;

  char *url;
  char *key;
  guint max_zoom;
  SoupSession *session;
  ShumateFileCache *cache;
};

G_DEFINE_FINAL_TYPE (LzOnlineSource, lz_online_source, SHUMATE_TYPE_MAP_SOURCE)

typedef struct
{
  ShumateTile *tile;
  guint up; /* what is fetched is so many levels above the tile */
  guint zoom;
  guint x;
  guint y;
  SoupMessage *message;
  GBytes *bytes; /* encoded */
  GBytes *old;   /* kept for more than a week: better than nothing */
  gboolean fetched;
} Fetch;

static void
fetch_free (gpointer data)
{
  Fetch *fetch = data;

  g_object_unref (fetch->tile);
  g_clear_object (&fetch->message);
  g_clear_pointer (&fetch->bytes, g_bytes_unref);
  g_clear_pointer (&fetch->old, g_bytes_unref);
  g_free (fetch);
}

static void
append_value (GString *url, LzOnlineSource *self, const char *name, guint zoom, guint x, guint y)
{
  const char *subdomains = g_str_has_prefix (name, "s:") && name[2] != '\0' ? name + 2 : SUBDOMAINS;

  if (g_str_equal (name, "z"))
    g_string_append_printf (url, "%u", zoom);
  else if (g_str_equal (name, "x"))
    g_string_append_printf (url, "%u", x);
  else if (g_str_equal (name, "y"))
    g_string_append_printf (url, "%u", y);
  else if (g_str_equal (name, "-y"))
    g_string_append_printf (url, "%u", (1u << zoom) - 1 - y);
  else if (g_str_equal (name, "key"))
    g_string_append_uri_escaped (url, self->key != NULL ? self->key : "", NULL, FALSE);
  else
    g_string_append_c (url, subdomains[(x + y) % strlen (subdomains)]);
}

char *
lz_online_source_dup_url (LzOnlineSource *self, guint zoom, guint x, guint y)
{
  GString *url = g_string_new (NULL);

  g_return_val_if_fail (LZ_IS_ONLINE_SOURCE (self), NULL);

  for (const char *p = self->url; *p != '\0'; p++)
    {
      const char *close = *p == '{' ? strchr (p, '}') : NULL;
      g_autofree char *name = NULL;

      if (close == NULL)
        {
          g_string_append_c (url, *p);
          continue;
        }
      name = g_strndup (p + 1, (gsize) (close - p - 1));
      append_value (url, self, name, zoom, x, y);
      p = close;
    }

  return g_string_free (url, FALSE);
}

/* In a worker thread. */
static void
decode (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Fetch *fetch = task_data;
  GError *error = NULL;
  g_autoptr (GdkTexture) texture = lz_tile_image_decode (fetch->bytes, &error);

  if (texture == NULL)
    g_task_return_error (task, error);
  else if (fetch->up == 0)
    g_task_return_pointer (task, g_steal_pointer (&texture), g_object_unref);
  else
    g_task_return_pointer (task,
                           lz_tile_image_enlarge (texture, fetch->up,
                                                  shumate_tile_get_x (fetch->tile),
                                                  shumate_tile_get_y (fetch->tile)),
                           g_object_unref);
}

/* No network, or an answer that is no tile: shows what was kept, if anything was. */
static void
give_old (GTask *task, GError *error)
{
  Fetch *fetch = g_task_get_task_data (task);

  if (fetch->old == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, error);
      return;
    }

  g_error_free (error);
  g_clear_pointer (&fetch->bytes, g_bytes_unref);
  fetch->bytes = g_steal_pointer (&fetch->old);
  g_task_run_in_thread (task, decode);
}

static void
fetched_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  GError *error = NULL;
  guint status;

  fetch->bytes = soup_session_send_and_read_finish (SOUP_SESSION (object), result, &error);
  if (fetch->bytes == NULL)
    {
      give_old (task, error);
      return;
    }

  status = soup_message_get_status (fetch->message);
  if (status != SOUP_STATUS_OK || g_bytes_get_size (fetch->bytes) > MAX_TILE_BYTES ||
      !lz_tile_image_can_read (lz_tile_image_guess (fetch->bytes)))
    {
      give_old (task, g_error_new (LZ_ERROR, LZ_ERROR_INVALID,
                                   "Fetching a map tile: status %u, no picture", status));
      return;
    }

  fetch->fetched = TRUE;
  g_task_run_in_thread (task, decode);
}

static void
fetch_tile (GTask *task)
{
  LzOnlineSource *self = g_task_get_source_object (task);
  Fetch *fetch = g_task_get_task_data (task);
  g_autofree char *url = lz_online_source_dup_url (self, fetch->zoom, fetch->x, fetch->y);

  fetch->message = soup_message_new (SOUP_METHOD_GET, url);
  if (fetch->message == NULL)
    {
      g_task_return_new_error (task, LZ_ERROR, LZ_ERROR_INVALID, "No address: %s", url);
      return;
    }
  soup_session_send_and_read_async (self->session, fetch->message, G_PRIORITY_DEFAULT,
                                    g_task_get_cancellable (task), fetched_cb, g_object_ref (task));
}

static gboolean
is_old (GDateTime *modified)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return modified != NULL && g_date_time_difference (now, modified) > CACHE_DAYS * G_TIME_SPAN_DAY;
}

static void
kept_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Fetch *fetch = g_task_get_task_data (task);
  g_autofree char *etag = NULL;
  g_autoptr (GDateTime) modified = NULL;
  g_autoptr (GBytes) bytes = shumate_file_cache_get_tile_finish (SHUMATE_FILE_CACHE (object), &etag,
                                                                 &modified, result, NULL);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (bytes == NULL || is_old (modified))
    {
      fetch->old = g_steal_pointer (&bytes);
      fetch_tile (task);
      return;
    }

  fetch->bytes = g_steal_pointer (&bytes);
  g_task_run_in_thread (task, decode);
}

static void
lz_online_source_fill_tile_async (ShumateMapSource *source,
                                  ShumateTile *tile,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data)
{
  LzOnlineSource *self = LZ_ONLINE_SOURCE (source);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Fetch *fetch = g_new0 (Fetch, 1);
  guint zoom = shumate_tile_get_zoom_level (tile);

  fetch->tile = g_object_ref (tile);
  fetch->up = zoom > self->max_zoom ? zoom - self->max_zoom : 0;
  fetch->zoom = zoom - fetch->up;
  fetch->x = shumate_tile_get_x (tile) >> fetch->up;
  fetch->y = shumate_tile_get_y (tile) >> fetch->up;
  g_task_set_source_tag (task, lz_online_source_fill_tile_async);
  g_task_set_task_data (task, fetch, fetch_free);
  shumate_tile_set_state (tile, SHUMATE_STATE_LOADING);
  shumate_file_cache_get_tile_async (self->cache, (int) fetch->x, (int) fetch->y, (int) fetch->zoom,
                                     cancellable, kept_cb, g_object_ref (task));
}

static void
stored_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!shumate_file_cache_store_tile_finish (SHUMATE_FILE_CACHE (object), result, &error))
    g_debug ("keeping a map tile: %s", error->message);
}

static gboolean
lz_online_source_fill_tile_finish (ShumateMapSource *source, GAsyncResult *result, GError **error)
{
  LzOnlineSource *self = LZ_ONLINE_SOURCE (source);
  const Fetch *fetch = g_task_get_task_data (G_TASK (result));
  GError *failure = NULL;
  g_autoptr (GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), &failure);

  if (texture != NULL)
    {
      shumate_tile_set_paintable (fetch->tile, GDK_PAINTABLE (texture));
      if (fetch->fetched)
        shumate_file_cache_store_tile_async (self->cache, (int) fetch->x, (int) fetch->y,
                                             (int) fetch->zoom, fetch->bytes, NULL, NULL, stored_cb,
                                             NULL);
    }
  /* A tile that fails is done too, see lz_tile_work_finish(). */
  if (!g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    shumate_tile_set_state (fetch->tile, SHUMATE_STATE_DONE);
  if (failure == NULL)
    return TRUE;

  g_debug ("tile %u/%u/%u: %s", fetch->zoom, fetch->x, fetch->y, failure->message);
  g_propagate_error (error, failure);
  return FALSE;
}

static void
lz_online_source_finalize (GObject *object)
{
  LzOnlineSource *self = LZ_ONLINE_SOURCE (object);

  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->key, g_free);
  g_clear_object (&self->session);
  g_clear_object (&self->cache);

  G_OBJECT_CLASS (lz_online_source_parent_class)->finalize (object);
}

static void
lz_online_source_class_init (LzOnlineSourceClass *klass)
{
  ShumateMapSourceClass *source_class = SHUMATE_MAP_SOURCE_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lz_online_source_finalize;
  source_class->fill_tile_async = lz_online_source_fill_tile_async;
  source_class->fill_tile_finish = lz_online_source_fill_tile_finish;
}

static void
lz_online_source_init (LzOnlineSource *self)
{
}

static gboolean
check_url (const char *url, const char *key, GError **error)
{
  if (!g_str_has_prefix (url, "https://") && !g_str_has_prefix (url, "http://"))
    g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID,
                 _ ("The address of a map must begin with https:// or http://"));
  else if (strstr (url, "{z}") == NULL || strstr (url, "{x}") == NULL ||
           (strstr (url, "{y}") == NULL && strstr (url, "{-y}") == NULL))
    g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID,
                 _ ("The address of a map must contain {z}, {x} and {y}"));
  else if (strstr (url, "{key}") != NULL && (key == NULL || key[0] == '\0'))
    g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("This map needs a key"));
  else
    return TRUE;

  return FALSE;
}

LzOnlineSource *
lz_online_source_new (const char *url, const char *key, guint max_zoom, GError **error)
{
  LzOnlineSource *self;
  g_autofree char *id = NULL;

  g_return_val_if_fail (url != NULL, NULL);

  if (!check_url (url, key, error))
    return NULL;

  self = g_object_new (LZ_TYPE_ONLINE_SOURCE, NULL);
  self->url = g_strdup (url);
  self->key = g_strdup (key);
  self->max_zoom = CLAMP (max_zoom, 1, 20);
  self->session = soup_session_new_with_options ("user-agent", "Luzhang/" LZ_VERSION, "max-conns",
                                                 MAX_CONNECTIONS, "max-conns-per-host",
                                                 MAX_CONNECTIONS, "timeout", TIMEOUT_S, NULL);

  /* The key is not to be read off a folder's name, and a changed one keeps the tiles. */
  id = g_compute_checksum_for_string (G_CHECKSUM_SHA256, url, -1);
  self->cache = shumate_file_cache_new_full (CACHE_BYTES, id, NULL);
  shumate_map_source_set_id (SHUMATE_MAP_SOURCE (self), id);
  shumate_map_source_set_tile_size (SHUMATE_MAP_SOURCE (self), LZ_TILE_PX);
  shumate_map_source_set_min_zoom_level (SHUMATE_MAP_SOURCE (self), 0);
  shumate_map_source_set_max_zoom_level (SHUMATE_MAP_SOURCE (self), 20);

  return self;
}
