/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-case-papers.h"
#include "lz-line.h"
#include "lz-log.h"
#include "lz-paper-photos.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

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

static gboolean
add_photo (LzDossier *self,
           LzBlobs *blobs,
           const LzPhotoRef *ref,
           guint event,
           GCancellable *cancellable,
           GError **error)
{
  LzShownPhoto *photo = g_new0 (LzShownPhoto, 1);

  g_ptr_array_add (self->photos, photo);
  photo->ref = *ref;
  photo->event = event;
  return lz_paper_ensure_photo (blobs, ref->sha256, &photo->path, &photo->missing, cancellable,
                                error);
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
