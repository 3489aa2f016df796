/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"

#include "config.h"

#include "lz-locator.h"

#include <geoclue.h>
#include <glib/gi18n.h>

#define GEOCLUE "org.freedesktop.GeoClue2"
/* A service that is away is asked again so often. */
#define RETRY_S 20

struct _LzLocator
{
  GObject parent_instance;

  GCancellable *asking; /* of the question under way, else NULL */
  GClueSimple *simple;  /* NULL until GeoClue has answered */
  guint watch;          /* of the service's name, while somebody wants to know */
  guint retry;
  gboolean served; /* the service is there */
  gboolean lost;   /* it went away, and has not answered since */
  gboolean told;   /* that there is no position */
};

G_DEFINE_FINAL_TYPE (LzLocator, lz_locator, G_TYPE_OBJECT)

enum
{
  MOVED,
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void ask (LzLocator *self);

static void
forget_service (LzLocator *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_object (&self->simple);
}

static gboolean
retry_cb (gpointer user_data)
{
  LzLocator *self = user_data;

  self->retry = 0;
  ask (self);
  return G_SOURCE_REMOVE;
}

/* Says once that there is no position.  A service that went away is asked again, since the question
 * starts it; one that is missing or says no is left alone until its name appears. */
static void
fail (LzLocator *self, const char *text)
{
  forget_service (self);
  if (self->lost && self->retry == 0)
    self->retry = g_timeout_add_seconds (RETRY_S, retry_cb, self);
  if (self->told)
    return;
  self->told = TRUE;
  g_signal_emit (self, signals[FAILED], 0, text);
}

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

  g_clear_object (&self->asking);
  if (simple == NULL)
    {
      g_info ("GeoClue: %s", error->message);
      fail (self, _ ("This workstation does not know where it is: the location service is "
                     "missing or switched off."));
      return;
    }
  self->simple = simple;
  self->told = self->lost = FALSE;
  g_signal_connect_object (simple, "notify::location", G_CALLBACK (location_changed_cb), self,
                           G_CONNECT_SWAPPED);
  location_changed_cb (self);
}

static void
ask (LzLocator *self)
{
  if (self->simple != NULL || self->asking != NULL)
    return;
  self->asking = g_cancellable_new ();
  gclue_simple_new (LZ_APP_ID, GCLUE_ACCURACY_LEVEL_EXACT, self->asking, ready_cb, self);
}

static void
appeared_cb (GDBusConnection *bus, const char *name, const char *owner, gpointer user_data)
{
  LzLocator *self = user_data;

  self->served = TRUE;
  g_clear_handle_id (&self->retry, g_source_remove);
  ask (self);
}

/* GClueSimple does not notice that its service has gone. */
static void
vanished_cb (GDBusConnection *bus, const char *name, gpointer user_data)
{
  LzLocator *self = user_data;

  if (!self->served)
    return;
  self->served = FALSE;
  self->lost = TRUE;
  fail (self, _ ("The location service has stopped. What was recorded is kept; recording goes on "
                 "as soon as the service is back."));
}

static void
lz_locator_dispose (GObject *object)
{
  lz_locator_stop (LZ_LOCATOR (object));
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
 * Asks GeoClue, and follows it until lz_locator_stop().  `moved` or `failed` follows; asking again
 * once the position is known gives it again.
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
  self->told = FALSE;
  if (self->watch == 0)
    self->watch = g_bus_watch_name (G_BUS_TYPE_SYSTEM, GEOCLUE, G_BUS_NAME_WATCHER_FLAGS_NONE,
                                    appeared_cb, vanished_cb, self, NULL);
  ask (self);
}

/**
 * lz_locator_stop:
 * @self: a locator
 *
 * Nobody wants to know any longer: the service may switch its receiver off.
 */
void
lz_locator_stop (LzLocator *self)
{
  GClueClient *client;

  g_return_if_fail (LZ_IS_LOCATOR (self));

  client = self->simple != NULL ? gclue_simple_get_client (self->simple) : NULL;
  if (client != NULL) /* NULL in a sandbox: the portal's session ends with its object */
    gclue_client_call_stop (client, NULL, NULL, NULL);
  forget_service (self);
  g_clear_handle_id (&self->watch, g_bus_unwatch_name);
  g_clear_handle_id (&self->retry, g_source_remove);
  self->served = self->lost = FALSE;
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
