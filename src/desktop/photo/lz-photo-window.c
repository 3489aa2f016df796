/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-photo-window.h"

#include <glib/gi18n.h>

#include "lz-names.h"
#include "lz-photo-thumb.h"
#include "lz-photo-view.h"
#include "lz-texture.h"
#include "lz-words.h"

/* Enough to read a number plate when zoomed in, and no more than 30 MB decoded. */
#define LARGE_PIXELS 3072

struct _LzPhotoWindow
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkToggleButton *compare;
  LzPhotoView *view;
  GtkLabel *left_label;
  GtkLabel *right_label;
  GtkLabel *problem;
  GtkLabel *facts;

  LzSession *session;
  GArray *photos; /* LzPhotoRef */
  guint at;
  GCancellable *loading;
};

G_DEFINE_FINAL_TYPE (LzPhotoWindow, lz_photo_window, ADW_TYPE_WINDOW)

static gboolean
find_role (LzPhotoWindow *self, LzPhotoRole role, gboolean last, guint *at)
{
  gboolean found = FALSE;

  for (guint i = 0; i < self->photos->len; i++)
    if (g_array_index (self->photos, LzPhotoRef, i).role == role)
      {
        *at = i;
        found = TRUE;
        if (!last)
          break;
      }

  return found;
}

static char *
dup_facts (LzPhotoWindow *self, const LzPhotoRef *photo)
{
  g_autofree char *time =
      photo->taken_ms != 0
          ? lz_words_dup_date_time (photo->taken_ms, lz_session_get_offset_min (self->session))
          : g_strdup (_ ("time unknown"));
  g_autofree char *place = lz_point_is_valid (photo->place)
                               ? lz_words_dup_coordinates (photo->place)
                               : g_strdup (_ ("place unknown"));
  g_autofree char *size = g_format_size ((guint64) photo->size_bytes);

  return g_strdup_printf (_ ("Taken %s · %s · %s"), time, place, size);
}

static void
show_problem (LzPhotoWindow *self, const GError *error)
{
  gtk_label_set_label (self->problem, lz_error_explain (error));
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
}

static void
show_loaded (gpointer user_data,
             GAsyncResult *result,
             void (*set) (LzPhotoView *view, GdkTexture *texture))
{
  LzPhotoWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = lz_texture_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_PHOTO_WINDOW (self));
  set (self->view, texture);
  if (texture == NULL)
    show_problem (self, error);
}

static void
first_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  show_loaded (user_data, result, lz_photo_view_set_texture);
}

static void
second_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  show_loaded (user_data, result, lz_photo_view_set_second);
}

static void
load (LzPhotoWindow *self, guint at, GAsyncReadyCallback callback)
{
  const LzPhotoRef *photo = &g_array_index (self->photos, LzPhotoRef, at);

  lz_texture_load_async (lz_session_get_blobs (self->session), photo->sha256, LARGE_PIXELS,
                         self->loading, callback, self);
}

static void
show_titles (LzPhotoWindow *self, gboolean comparing)
{
  const LzPhotoRef *photo = &g_array_index (self->photos, LzPhotoRef, self->at);
  g_autofree char *caption = lz_photo_dup_caption (self->session, photo);
  g_autofree char *count = g_strdup_printf (_ ("%u of %u"), self->at + 1, self->photos->len);
  g_autofree char *facts = dup_facts (self, photo);

  adw_window_title_set_title (self->title, comparing ? _ ("Before and after") : caption);
  adw_window_title_set_subtitle (self->title, comparing ? "" : count);
  gtk_label_set_label (self->facts, comparing ? _ ("Drag the slider, or use ← and →.") : facts);
  gtk_widget_set_visible (GTK_WIDGET (self->left_label), comparing);
  gtk_widget_set_visible (GTK_WIDGET (self->right_label), comparing);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "photo.previous", !comparing && self->at > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "photo.next",
                                 !comparing && self->at + 1 < self->photos->len);
}

static void
show_photo (LzPhotoWindow *self)
{
  gboolean comparing = gtk_toggle_button_get_active (self->compare);
  guint before = 0, after = 0;

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  lz_photo_view_set_second (self->view, NULL);
  show_titles (self, comparing);

  if (comparing && find_role (self, LZ_PHOTO_BEFORE, FALSE, &before) &&
      find_role (self, LZ_PHOTO_AFTER, TRUE, &after))
    {
      load (self, before, first_loaded_cb);
      load (self, after, second_loaded_cb);
    }
  else
    load (self, self->at, first_loaded_cb);
}

static void
previous_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzPhotoWindow *self = LZ_PHOTO_WINDOW (widget);

  if (self->at > 0)
    {
      self->at--;
      show_photo (self);
    }
}

static void
next_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzPhotoWindow *self = LZ_PHOTO_WINDOW (widget);

  if (self->at + 1 < self->photos->len)
    {
      self->at++;
      show_photo (self);
    }
}

static void
zoom_in_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzPhotoWindow *self = LZ_PHOTO_WINDOW (widget);

  lz_photo_view_set_zoom (self->view, lz_photo_view_get_zoom (self->view) * 1.5);
}

static void
fit_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lz_photo_view_set_zoom (LZ_PHOTO_WINDOW (widget)->view, 1.0);
}

static void
compare_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzPhotoWindow *self = LZ_PHOTO_WINDOW (widget);

  if (gtk_widget_get_visible (GTK_WIDGET (self->compare)))
    gtk_toggle_button_set_active (self->compare, !gtk_toggle_button_get_active (self->compare));
}

LzPhotoWindow *
lz_photo_window_new (GtkWindow *parent, LzSession *session, GArray *photos, guint at)
{
  LzPhotoWindow *self = NULL;
  guint unused;

  g_return_val_if_fail (LZ_IS_SESSION (session), NULL);
  g_return_val_if_fail (photos != NULL && at < photos->len, NULL);

  self = g_object_new (LZ_TYPE_PHOTO_WINDOW, "transient-for", parent, "modal", TRUE, NULL);
  self->session = g_object_ref (session);
  self->photos = g_array_copy (photos);
  self->at = at;
  gtk_widget_set_visible (GTK_WIDGET (self->compare),
                          find_role (self, LZ_PHOTO_BEFORE, FALSE, &unused) &&
                              find_role (self, LZ_PHOTO_AFTER, TRUE, &unused));
  g_signal_connect_swapped (self->compare, "toggled", G_CALLBACK (show_photo), self);
  show_photo (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));

  return self;
}

static void
lz_photo_window_dispose (GObject *object)
{
  LzPhotoWindow *self = LZ_PHOTO_WINDOW (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->session);
  g_clear_pointer (&self->photos, g_array_unref);

  G_OBJECT_CLASS (lz_photo_window_parent_class)->dispose (object);
}

static void
lz_photo_window_class_init (LzPhotoWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_photo_window_dispose;

  g_type_ensure (LZ_TYPE_PHOTO_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-photo-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LzPhotoWindow, title);
  gtk_widget_class_bind_template_child (widget_class, LzPhotoWindow, compare);
  gtk_widget_class_bind_template_child (widget_class, LzPhotoWindow, view);
  gtk_widget_class_bind_template_child (widget_class, LzPhotoWindow, left_label);
  gtk_widget_class_bind_template_child (widget_class, LzPhotoWindow, right_label);
  gtk_widget_class_bind_template_child (widget_class, LzPhotoWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, LzPhotoWindow, facts);

  gtk_widget_class_install_action (widget_class, "photo.previous", NULL, previous_cb);
  gtk_widget_class_install_action (widget_class, "photo.next", NULL, next_cb);
  gtk_widget_class_install_action (widget_class, "photo.zoom-in", NULL, zoom_in_cb);
  gtk_widget_class_install_action (widget_class, "photo.fit", NULL, fit_cb);
  gtk_widget_class_install_action (widget_class, "photo.compare", NULL, compare_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Up, 0, "photo.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Page_Down, 0, "photo.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, 0, "photo.compare", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close",
                                       NULL);
}

static void
lz_photo_window_init (LzPhotoWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lz_names_from_tooltips (GTK_WIDGET (self));
}
