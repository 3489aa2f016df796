/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"

#include "config.h"

#include "lz-locator.h"

#include <geoclue.h>
#include <glib/gi18n.h>

struct _LzLocator
{
  GObject parent_instance;

  GCancellable *cancellable;
  GClueSimple *simple; /* NULL until GeoClue has answered */
  gboolean asking;
};

G_DEFINE_FINAL_TYPE (LzLocator, lz_locator, G_TYPE_OBJECT)

enum
{
  MOVED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
location_changed_cb (LzLocator *self)
{
  g_signal_emit (self, signals[MOVED], 0);
}

static void
ready_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzLocator *self = user_data; /* not cast yet: it may be gone */
  g_autoptr (GError) error = NULL;
  GClueSimple *simple = gclue_simple_new_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_LOCATOR (self));

  self->asking = FALSE;
  if (simple == NULL)
    {
      g_info ("GeoClue: %s", error->message);
      g_signal_emit (self, signals[FAILED], 0,
                     _ ("This workstation does not know where it is: the location service is "
                        "missing or switched off."));
      return;
    }
  self->simple = simple;
  g_signal_connect_object (simple, "notify::location", G_CALLBACK (location_changed_cb), self,
                           G_CONNECT_SWAPPED);
  location_changed_cb (self);
}

static void
lz_locator_dispose (GObject *object)
{
  LzLocator *self = LZ_LOCATOR (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->simple);
  G_OBJECT_CLASS (lz_locator_parent_class)->dispose (object);
}

static void
lz_locator_class_init (LzLocatorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lz_locator_dispose;

  signals[MOVED] = g_signal_new ("moved", LZ_TYPE_LOCATOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
  signals[FAILED] = g_signal_new ("failed", LZ_TYPE_LOCATOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
lz_locator_init (LzLocator *self)
{
  self->cancellable = g_cancellable_new ();
}

LzLocator *
lz_locator_new (void)
{
  return g_object_new (LZ_TYPE_LOCATOR, NULL);
}

/**
 * lz_locator_start:
 * @self: a locator
 *
 * Asks GeoClue.  `moved` or `failed` follows; asking again while an answer is on its way, or once
 * the position is known, gives it again.
 */
void
lz_locator_start (LzLocator *self)
{
  g_return_if_fail (LZ_IS_LOCATOR (self));

  if (self->simple != NULL)
    {
      location_changed_cb (self);
      return;
    }
  if (self->asking)
    return;
  self->asking = TRUE;
  gclue_simple_new (LZ_APP_ID, GCLUE_ACCURACY_LEVEL_EXACT, self->cancellable, ready_cb, self);
}

gboolean
lz_locator_get_place (LzLocator *self, LzPoint *place, double *accuracy_m)
{
  GClueLocation *location;

  g_return_val_if_fail (LZ_IS_LOCATOR (self), FALSE);

  location = self->simple != NULL ? gclue_simple_get_location (self->simple) : NULL;
  if (location == NULL || !lz_point_from_degrees (gclue_location_get_latitude (location),
                                                  gclue_location_get_longitude (location), place))
    return FALSE;
  *accuracy_m = MAX (gclue_location_get_accuracy (location), 0);
  return TRUE;
}
