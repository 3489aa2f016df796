/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-case-map.h"

#include <adwaita.h>

#include "lz-map-data.h"
#include "lz-map.h"

struct _LzCaseMap
{
  GtkWidget parent_instance;

  LzMap *map;
  LzSession *session;
  gboolean read; /* the streets were asked for */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (LzCaseMap, lz_case_map, GTK_TYPE_WIDGET)

enum
{
  CASE_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
streets_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzCaseMap *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LzMapStreets) data = lz_map_streets_read_finish (result, &error);
  g_autoptr (GPtrArray) roads = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_CASE_MAP (self));
  if (data == NULL)
    return;
  roads = lz_map_pick_roads (lz_session_get_roads (self->session));
  lz_map_set_streets (self->map, data->streets, data->attribution);
  lz_map_set_roads (self->map, roads, lz_session_get_tally (self->session));
  if (lz_map_get_extent_of_roads (roads, &data->extent) || data->has_extent)
    {
      lz_map_set_extent (self->map, &data->extent);
      lz_map_fit_box (self->map, &data->extent);
    }
}

static void
lz_case_map_map (GtkWidget *widget)
{
  LzCaseMap *self = LZ_CASE_MAP (widget);

  GTK_WIDGET_CLASS (lz_case_map_parent_class)->map (widget);
  if (self->session == NULL || self->read)
    return;
  self->read = TRUE;
  lz_map_streets_read_async (self->session, self->cancellable, streets_read_cb, self);
}

static void
dark_cb (LzCaseMap *self)
{
  lz_map_set_dark (self->map, adw_style_manager_get_dark (adw_style_manager_get_default ()));
}

static void
activated_cb (LzCaseMap *self, gint64 fid)
{
  lz_map_set_selected (self->map, fid);
  g_signal_emit (self, signals[CASE_ACTIVATED], 0, fid);
}

void
lz_case_map_set_session (LzCaseMap *self, LzSession *session)
{
  g_return_if_fail (LZ_IS_CASE_MAP (self));
  g_return_if_fail (LZ_IS_SESSION (session));

  g_set_object (&self->session, session);
}

void
lz_case_map_select (LzCaseMap *self, gint64 fid)
{
  g_return_if_fail (LZ_IS_CASE_MAP (self));

  lz_map_set_selected (self->map, fid);
}

void
lz_case_map_take_pins (LzCaseMap *self, LzPins *pins)
{
  g_return_if_fail (LZ_IS_CASE_MAP (self));

  lz_map_set_now (self->map, lz_session_now ());
  lz_map_set_pins (self->map, pins);
}

static void
lz_case_map_dispose (GObject *object)
{
  LzCaseMap *self = LZ_CASE_MAP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  if (self->map != NULL)
    gtk_widget_unparent (GTK_WIDGET (g_steal_pointer (&self->map)));

  G_OBJECT_CLASS (lz_case_map_parent_class)->dispose (object);
}

static void
lz_case_map_class_init (LzCaseMapClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_case_map_dispose;
  widget_class->map = lz_case_map_map;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);

  signals[CASE_ACTIVATED] =
      g_signal_new ("case-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
lz_case_map_init (LzCaseMap *self)
{
  self->cancellable = g_cancellable_new ();
  self->map = LZ_MAP (lz_map_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->map), GTK_WIDGET (self));
  g_signal_connect_swapped (self->map, "case-activated", G_CALLBACK (activated_cb), self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (dark_cb),
                           self, G_CONNECT_SWAPPED);
  dark_cb (self);
}
