/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-case-papers.h"
#include "lz-line.h"
#include "lz-log.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* The longer side of a photo in pixels: the widest frame that papers have, 84 mm, at 200 dpi. */
#define PHOTO_PIXELS 660

static void
free_photo (gpointer data)
{
  LzShownPhoto *photo = data;

  g_free (photo->path);
  g_free (photo->missing);
  g_free (photo);
}

void
lz_dossier_free (LzDossier *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->item, lz_case_free);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_pointer (&self->photos, g_ptr_array_unref);
  g_clear_pointer (&self->catalogue, lz_catalogue_unref);
  g_clear_pointer (&self->words, lz_paper_words_free);
  g_free (self->place);
  g_free (self);
}

/* Why there is no picture, in the reader's words; a cancelled job is no reason. */
static char *
dup_missing (LzBlobs *blobs, const LzPhotoRef *ref, const GError *error)
{
  char hash[65];

  lz_sha256_format (ref->sha256, hash);
  hash[12] = '\0';
  if (!lz_blobs_has (blobs, ref->sha256))
    return g_strdup_printf (_ ("The photo is not on this computer yet (%s…)"), hash);
  g_debug ("photo %s: %s", hash, error != NULL ? error->message : "no preview");
  return g_strdup_printf (_ ("The photo cannot be read (%s…)"), hash);
}

/* A preview cannot be kept in an archive on a read-only disk: then the original itself is drawn. */
static gboolean
cannot_write (const GError *error)
{
  return g_error_matches (error, LZ_ERROR, LZ_ERROR_READ_ONLY) ||
         g_error_matches (error, LZ_ERROR, LZ_ERROR_NO_SPACE) ||
         g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
}

static gboolean
add_photo (LzDossier *self,
           LzBlobs *blobs,
           const LzPhotoRef *ref,
           guint event,
           GCancellable *cancellable,
           GError **error)
{
  g_autoptr (GError) failure = NULL;
  LzShownPhoto *photo;
  char *path = lz_blobs_ensure_preview (blobs, ref->sha256, PHOTO_PIXELS, cancellable, &failure);

  if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  photo = g_new0 (LzShownPhoto, 1);
  photo->ref = *ref;
  photo->event = event;
  photo->path = path;
  if (path == NULL)
    photo->missing = dup_missing (blobs, ref, failure);
  if (path == NULL && cannot_write (failure))
    photo->path = lz_blobs_dup_path (blobs, ref->sha256);
  g_ptr_array_add (self->photos, photo);
  return TRUE;
}

static gboolean
add_photos (LzDossier *self, LzStation *station, GCancellable *cancellable, GError **error)
{
  LzBlobs *blobs = lz_station_get_blobs (station);

  self->photos = g_ptr_array_new_with_free_func (free_photo);
  for (guint e = 0; e < self->events->len; e++)
    {
      const LzEvent *event = g_ptr_array_index (self->events, e);
      const GArray *photos = event->body != NULL ? event->body->photos : NULL;

      for (guint p = 0; photos != NULL && p < photos->len; p++)
        if (!add_photo (self, blobs, &g_array_index (photos, LzPhotoRef, p), e, cancellable, error))
          return FALSE;
    }
  return TRUE;
}

static void
find_category (LzDossier *self, LzStation *station)
{
  const LzCatalogue *catalogue = lz_station_get_catalogue (station);

  self->catalogue = lz_catalogue_ref ((LzCatalogue *) catalogue);
  self->category =
      self->item->category != NULL ? lz_catalogue_find (catalogue, self->item->category) : NULL;
  if (self->category == NULL)
    return;
  self->condition = lz_category_find_condition (self->category, MAX (self->item->condition, 1));
  for (guint i = 0; i < lz_catalogue_get_n_tasks (catalogue); i++)
    if (lz_catalogue_get_task (catalogue, i)->number == self->category->task)
      self->task = lz_catalogue_get_task (catalogue, i);
}

/**
 * lz_dossier_load:
 * @station: a station
 * @id: a case
 * @cancellable: (nullable): stops it between photos
 * @error: (nullable): %LZ_ERROR_NOT_FOUND if there is no such case
 *
 * Reads a case for paper and makes the previews of its photos.  A photo that is not here or broken
 * is no error: the paper says so in its place.
 *
 * Returns: (transfer full) (nullable): the dossier
 */
LzDossier *
lz_dossier_load (LzStation *station, const LzId *id, GCancellable *cancellable, GError **error)
{
  g_autoptr (LzDossier) self = g_new0 (LzDossier, 1);

  self->words = lz_paper_words_load (station, error);
  if (self->words == NULL)
    return NULL;
  self->now_ms = lz_station_now (station);
  self->item = lz_cases_load (station, id, error);
  if (self->item == NULL)
    return NULL;
  self->events = lz_log_list_events (station, id, error);
  if (self->events == NULL || !add_photos (self, station, cancellable, error))
    return NULL;
  find_category (self, station);
  return g_steal_pointer (&self);
}

const char *
lz_dossier_get_unit (const LzDossier *self)
{
  if (self->item->unit != NULL && self->item->unit[0] != '\0')
    return self->item->unit;
  return self->category != NULL && self->category->lead_unit != NULL ? self->category->lead_unit
                                                                     : "";
}

char *
lz_paper_dup_place (const char *road,
                    gint64 chainage_cm,
                    LzSide side,
                    gint64 offset_cm,
                    const char *address)
{
  GString *out = g_string_new (NULL);
  int metres = (int) lround (ABS ((double) offset_cm) / 100.0);

  if (road != NULL)
    {
      g_autofree char *chainage = lz_chainage_dup_label ((double) chainage_cm / 100.0);

      g_string_append_printf (out, "%s %s", road, chainage);
      if (side == LZ_SIDE_LEFT && metres > 0)
        g_string_append_printf (out, _ (" left side, %d m"), metres);
      else if (side == LZ_SIDE_RIGHT && metres > 0)
        g_string_append_printf (out, _ (" right side, %d m"), metres);
    }
  if (address != NULL && address[0] != '\0')
    g_string_append_printf (out, out->len > 0 ? _ (" (%s)") : "%s", address);
  return g_string_free (out, FALSE);
}

char *
lz_paper_dup_position (LzPoint place)
{
  return g_strdup_printf (_ ("%.6f° N, %.6f° E"), lz_point_latitude (place),
                          lz_point_longitude (place));
}
