/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-driver"

#include "config.h"

#include "lz-log.h"
#include "lz-photos.h"
#include "lz-sync.h"
#include "lz-wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A station that takes orders on standard input, a line each with tabs between the words, and
 * answers each with a line of JSON: what luzhang-cli does, without starting anew each time. */

typedef struct
{
  char *dir;
  LzStation *station;
  LzSync *sync;
  gint64 clock_offset_ms;
} Driver;

static gint64
clock_cb (gpointer data)
{
  return g_get_real_time () / 1000 + ((Driver *) data)->clock_offset_ms;
}

static void
answer (const char *key, const char *value)
{
  g_autoptr (GString) text = g_string_new (NULL);

  lz_json_append_string (text, value != NULL ? value : "");
  printf ("{\"%s\":%s}\n", key, text->str);
}

static gboolean
report (Driver *self, char **words, GError **error)
{
  g_autoptr (LzBody) body = lz_body_new ();
  g_auto (LzActResult) result = { 0 };
  LzAct act = { .kind = LZ_KIND_REPORTED, .body = body };
  g_autofree char *id = NULL;

  body->category = g_strdup ("T06-01");
  body->place = (LzPoint){ 282833000, 1172103000 };
  body->condition = 1;
  body->text = g_strdup (words[1]);
  for (char **path = words + 2; words[1] != NULL && *path != NULL; path++)
    {
      LzPhoto *photo = lz_photos_take (self->station, *path, error);
      LzPhotoRef ref = { .role = LZ_PHOTO_BEFORE };

      if (photo == NULL)
        return FALSE;
      memcpy (ref.sha256, photo->sha256, LZ_SHA256_SIZE);
      ref.size_bytes = photo->size_bytes;
      lz_body_add_photo (body, &ref);
      lz_photo_free (photo);
    }
  if (!lz_log_act (self->station, &act, &result, error))
    return FALSE;
  id = lz_id_dup_string (&result.subject);
  answer ("case", id);
  return TRUE;
}

static gboolean
note (Driver *self, char **words, GError **error)
{
  g_autoptr (LzBody) body = lz_body_new ();
  g_auto (LzActResult) result = { 0 };
  LzAct act = { .kind = LZ_KIND_NOTED, .body = body };
  g_autofree char *id = NULL;

  if (words[1] == NULL || words[2] == NULL || !lz_id_parse (words[1], &act.subject))
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID, "note CASE TEXT");
      return FALSE;
    }
  body->text = g_strdup (words[2]);
  if (!lz_log_act (self->station, &act, &result, error))
    return FALSE;
  id = lz_id_dup_string (&g_array_index (result.events, LzId, 0));
  answer ("event", id);
  return TRUE;
}

static void
tell_progress (const LzSyncProgress *progress, gpointer data)
{
  (void) data;
  printf ("{\"progress\":{\"state\":\"%s\",\"pushed\":%u,\"pulled\":%u,\"photos_up\":%u,"
          "\"photos_sent\":%u,\"photos_to_send\":%u,\"bytes_sent\":%" G_GINT64_FORMAT
          ",\"bytes_to_send\":%" G_GINT64_FORMAT ",\"photos_fetched\":%u}}\n",
          lz_sync_state_to_string (progress->state), progress->n_pushed, progress->n_pulled,
          progress->n_photos_up, progress->n_photos_sent, progress->n_photos_to_send,
          progress->bytes_sent, progress->bytes_to_send, progress->n_photos_fetched);
}

/* run [due|progress]: with progress a line for each change comes before the answer. */
static gboolean
run (Driver *self, char **words, GError **error)
{
  gboolean force = g_strcmp0 (words[1], "due") != 0;
  g_autoptr (GError) failure = NULL;
  g_auto (LzSyncStatus) status = { 0 };
  const LzSyncProgress *progress;
  g_autoptr (GString) details = g_string_new (NULL);
  gint64 begin = g_get_monotonic_time ();

  if (self->sync == NULL)
    self->sync = lz_sync_new (self->station, error);
  if (self->sync == NULL)
    return FALSE;
  lz_sync_set_progress (self->sync, g_strcmp0 (words[1], "progress") == 0 ? tell_progress : NULL,
                        NULL);
  lz_sync_run (self->sync, force, NULL, &failure);
  if (!lz_sync_get_status (self->station, &status, error))
    return FALSE;
  progress = lz_sync_get_progress (self->sync);
  lz_json_append_string (details, failure != NULL ? failure->message : "");
  printf ("{\"ok\":%s,\"code\":%d,\"ours\":%s,\"later\":%s,\"details\":%s,\"pushed\":%u,"
          "\"refused\":%u,\"pulled\":%u,\"photos_sent\":%u,\"photos_fetched\":%u,\"events\":%u,"
          "\"photos\":%u,\"inbox\":%u,\"next_ms\":%" G_GINT64_FORMAT ",\"us\":%" G_GINT64_FORMAT
          ",\"offset\":%" G_GINT64_FORMAT "}\n",
          failure == NULL ? "true" : "false", failure != NULL ? failure->code : -1,
          failure != NULL && failure->domain == LZ_SYNC_ERROR ? "true" : "false",
          failure != NULL && lz_sync_error_is_transient (failure) ? "true" : "false", details->str,
          progress->n_pushed, progress->n_refused, progress->n_pulled, progress->n_photos_sent,
          progress->n_photos_fetched, status.n_events, status.n_photos, status.n_inbox,
          status.next_try_ms, g_get_monotonic_time () - begin, status.clock_offset_ms);
  return TRUE;
}

static gboolean
obey (Driver *self, char **words, GError **error)
{
  if (g_strcmp0 (words[0], "report") == 0)
    return report (self, words, error);
  if (g_strcmp0 (words[0], "note") == 0)
    return note (self, words, error);
  if (g_strcmp0 (words[0], "run") == 0)
    return run (self, words, error);
  if (g_strcmp0 (words[0], "clock") == 0 && words[1] != NULL)
    {
      self->clock_offset_ms = g_ascii_strtoll (words[1], NULL, 10);
      answer ("clock", words[1]);
      return TRUE;
    }
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "no order “%s”", words[0]);
  return FALSE;
}

int
main (int argc, char **argv)
{
  Driver self = { .dir = argc > 1 ? argv[1] : NULL };
  g_autoptr (GError) error = NULL;
  char *line = NULL;
  size_t size = 0;

  if (self.dir == NULL)
    return 1;
  self.station = lz_station_open (self.dir, LZ_STATION_READ_WRITE, &error);
  if (self.station == NULL)
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }
  lz_station_set_clock (self.station, clock_cb, &self);
  setvbuf (stdout, NULL, _IOLBF, 0);
  while (getline (&line, &size, stdin) > 0)
    {
      g_auto (GStrv) words = g_strsplit (g_strchomp (line), "\t", -1);
      g_autoptr (GError) failure = NULL;

      if (!obey (&self, words, &failure))
        answer ("error", failure->message);
    }
  free (line);
  lz_sync_free (self.sync);
  lz_station_close (self.station);
  return 0;
}
