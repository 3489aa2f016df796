/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-place-picker.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "lz-map-data.h"
#include "lz-map-source.h"
#include "lz-map.h"
#include "lz-template.h"

#define CLOSE_ZOOM 18.0
#define MAP_HEIGHT 210

struct _LzPlacePicker
{
  GtkWidget parent_instance;

  LzMap *map;
  GtkEditable *coordinates;

  LzSession *session;
  GSettings *settings;
  GCancellable *cancellable;
  gboolean showing; /* the line is being set from the place */
};

G_DEFINE_FINAL_TYPE (LzPlacePicker, lz_place_picker, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
write_place (LzPlacePicker *self, LzPoint place)
{
  char latitude[G_ASCII_DTOSTR_BUF_SIZE];
  char longitude[G_ASCII_DTOSTR_BUF_SIZE];
  g_autofree char *text = NULL;

  if (lz_point_is_valid (place))
    text = g_strdup_printf (
        "%s, %s", g_ascii_formatd (latitude, sizeof latitude, "%.6f", lz_point_latitude (place)),
        g_ascii_formatd (longitude, sizeof longitude, "%.6f", lz_point_longitude (place)));
  self->showing = TRUE;
  gtk_editable_set_text (self->coordinates, text != NULL ? text : "");
  self->showing = FALSE;
}

gboolean
lz_place_picker_get_place (LzPlacePicker *self, LzPoint *place)
{
  const char *text;
  double latitude, longitude;
  char *end;

  g_return_val_if_fail (LZ_IS_PLACE_PICKER (self), FALSE);

  *place = (LzPoint){ 0, 0 };
  text = gtk_editable_get_text (self->coordinates);
  text += strspn (text, " ");
  if (*text == '\0')
    return TRUE;
  latitude = g_ascii_strtod (text, &end);
  if (end == text)
    return FALSE;
  end += strspn (end, " ,;");
  text = end;
  longitude = g_ascii_strtod (text, &end);
  end += strspn (end, " ");
  return end != text && *end == '\0' && lz_point_from_degrees (latitude, longitude, place);
}

static void
written_cb (LzPlacePicker *self)
{
  LzPoint place;
  gboolean valid = lz_place_picker_get_place (self, &place);

  if (self->showing)
    return;
  if (valid)
    gtk_widget_remove_css_class (GTK_WIDGET (self->coordinates), "error");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->coordinates), "error");
  lz_map_set_draft (self->map, valid && lz_point_is_valid (place) ? &place : NULL);
  if (valid && lz_point_is_valid (place))
    lz_map_reveal (self->map, place);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
place_clicked_cb (LzPlacePicker *self, int lat7, int lon7)
{
  LzPoint place = { lat7, lon7 };

  write_place (self, place);
  written_cb (self);
}

void
lz_place_picker_set_place (LzPlacePicker *self, LzPoint place, const LzId *around)
{
  const LzRoad *road;

  g_return_if_fail (LZ_IS_PLACE_PICKER (self));

  write_place (self, place);
  gtk_widget_remove_css_class (GTK_WIDGET (self->coordinates), "error");
  lz_map_set_draft (self->map, lz_point_is_valid (place) ? &place : NULL);
  if (lz_point_is_valid (place))
    {
      lz_map_go_to (self->map, place, CLOSE_ZOOM);
      return;
    }
  road = around != NULL ? lz_session_find_road (self->session, around) : NULL;
  if (road != NULL)
    {
      LzBox box = lz_line_box (road->line);

      lz_map_fit_box (self->map, &box);
    }
}

static void
streets_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzPlacePicker *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LzMapStreets) data = lz_map_streets_read_finish (result, &error);

  if (data == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_info ("Reading the streets: %s", error->message);
      return;
    }
  g_assert (LZ_IS_PLACE_PICKER (self));
  lz_map_set_streets (self->map, data->streets, data->attribution);
  if (data->has_extent)
    lz_map_set_extent (self->map, &data->extent);
}

static void
source_problem_cb (const char *text, gpointer user_data)
{
  g_info ("The map of a place: %s", text);
}

void
lz_place_picker_set_session (LzPlacePicker *self, LzSession *session)
{
  g_autoptr (GPtrArray) roads = NULL;

  g_return_if_fail (LZ_IS_PLACE_PICKER (self));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  roads = lz_map_pick_roads (lz_session_get_roads (session));
  lz_map_set_roads (self->map, roads, NULL);
  lz_map_streets_read_async (session, self->cancellable, streets_read_cb, self);
}

static void
dark_cb (LzPlacePicker *self)
{
  lz_map_set_dark (self->map, adw_style_manager_get_dark (adw_style_manager_get_default ()));
}

static void
lz_place_picker_dispose (GObject *object)
{
  LzPlacePicker *self = LZ_PLACE_PICKER (object);
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->settings);
  g_clear_object (&self->session);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);

  G_OBJECT_CLASS (lz_place_picker_parent_class)->dispose (object);
}

static void
lz_place_picker_class_init (LzPlacePickerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lz_place_picker_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
lz_place_picker_init (LzPlacePicker *self)
{
  GtkWidget *frame = gtk_frame_new (NULL);
  GtkWidget *line = gtk_entry_new ();
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  self->cancellable = g_cancellable_new ();
  self->settings = g_settings_new (LZ_APP_ID);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);

  self->map = LZ_MAP (lz_map_new ());
  gtk_widget_set_size_request (GTK_WIDGET (self->map), -1, MAP_HEIGHT);
  lz_map_set_pick_mode (self->map, TRUE);
  gtk_frame_set_child (GTK_FRAME (frame), GTK_WIDGET (self->map));
  gtk_widget_set_overflow (frame, GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_parent (frame, GTK_WIDGET (self));

  self->coordinates = GTK_EDITABLE (line);
  gtk_entry_set_placeholder_text (GTK_ENTRY (line),
                                  _ ("Click the map, or write 28.283300, 117.210300"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Coordinates"), -1);
  gtk_widget_set_parent (line, GTK_WIDGET (self));

  g_signal_connect_object (self->map, "place-clicked", G_CALLBACK (place_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (line, "changed", G_CALLBACK (written_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (dark_cb),
                           self, G_CONNECT_SWAPPED);
  dark_cb (self);
  lz_map_source_apply (self->settings, self->map, source_problem_cb, self);
}

GtkWidget *
lz_place_picker_new (void)
{
  return g_object_new (LZ_TYPE_PLACE_PICKER, NULL);
}
