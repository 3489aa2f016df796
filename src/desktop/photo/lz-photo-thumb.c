/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-photo-thumb.h"

#include <glib/gi18n.h>

#include "lz-template.h"
#include "lz-texture.h"
#include "lz-words.h"

#define THUMB_PIXELS 480

struct _LzPhotoThumb
{
  GtkWidget parent_instance;

  GtkButton *button;
  GtkStack *stack;
  GtkPicture *picture;
  GtkLabel *caption;

  guint8 sha256[LZ_SHA256_SIZE];
  gboolean has_photo;
  GCancellable *loading;
};

G_DEFINE_FINAL_TYPE (LzPhotoThumb, lz_photo_thumb, GTK_TYPE_WIDGET)

enum
{
  CLICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

GtkWidget *
lz_photo_thumb_new (void)
{
  return g_object_new (LZ_TYPE_PHOTO_THUMB, NULL);
}

static void
texture_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzPhotoThumb *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = lz_texture_load_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_PHOTO_THUMB (self));
  if (texture != NULL)
    gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (texture));
  else
    gtk_widget_set_tooltip_text (GTK_WIDGET (self->button), lz_error_explain (error));
  gtk_stack_set_visible_child_name (self->stack, texture != NULL ? "picture" : "broken");
}

void
lz_photo_thumb_set_photo (LzPhotoThumb *self, LzSession *session, const guint8 sha256[32])
{
  g_return_if_fail (LZ_IS_PHOTO_THUMB (self));
  g_return_if_fail (LZ_IS_SESSION (session));

  if (self->has_photo && memcmp (self->sha256, sha256, sizeof self->sha256) == 0)
    return;

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  self->has_photo = TRUE;
  memcpy (self->sha256, sha256, sizeof self->sha256);
  gtk_stack_set_visible_child_name (self->stack, "none");
  lz_texture_load_async (lz_session_get_blobs (session), sha256, THUMB_PIXELS, self->loading,
                         texture_loaded_cb, self);
}

void
lz_photo_thumb_set_caption (LzPhotoThumb *self, const char *caption)
{
  g_return_if_fail (LZ_IS_PHOTO_THUMB (self));

  gtk_label_set_label (self->caption, caption);
  gtk_widget_set_visible (GTK_WIDGET (self->caption), caption != NULL && *caption != '\0');
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  caption != NULL && *caption != '\0' ? caption : _ ("Photo"), -1);
}

void
lz_photo_thumb_set_height (LzPhotoThumb *self, int height)
{
  g_return_if_fail (LZ_IS_PHOTO_THUMB (self));

  gtk_widget_set_size_request (GTK_WIDGET (self->button), -1, height);
}

char *
lz_photo_dup_caption (LzSession *session, const LzPhotoRef *photo)
{
  const char *role = photo->role == LZ_PHOTO_BEFORE  ? _ ("Before")
                     : photo->role == LZ_PHOTO_AFTER ? _ ("After")
                                                     : _ ("Photo");
  g_autofree char *time = NULL;

  if (photo->taken_ms == 0)
    return g_strdup (role);

  time =
      lz_words_dup_time (photo->taken_ms, lz_session_now (), lz_session_get_offset_min (session));
  return g_strdup_printf ("%s  %s", role, time);
}

static void
clicked_cb (LzPhotoThumb *self)
{
  g_signal_emit (self, signals[CLICKED], 0);
}

static void
lz_photo_thumb_dispose (GObject *object)
{
  LzPhotoThumb *self = LZ_PHOTO_THUMB (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  lz_template_dispose (GTK_WIDGET (self), LZ_TYPE_PHOTO_THUMB);

  G_OBJECT_CLASS (lz_photo_thumb_parent_class)->dispose (object);
}

static void
lz_photo_thumb_class_init (LzPhotoThumbClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_photo_thumb_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-photo-thumb.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "photothumb");
  gtk_widget_class_bind_template_child (widget_class, LzPhotoThumb, button);
  gtk_widget_class_bind_template_child (widget_class, LzPhotoThumb, stack);
  gtk_widget_class_bind_template_child (widget_class, LzPhotoThumb, picture);
  gtk_widget_class_bind_template_child (widget_class, LzPhotoThumb, caption);

  signals[CLICKED] = g_signal_new ("clicked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
lz_photo_thumb_init (LzPhotoThumb *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (clicked_cb), self);
  lz_photo_thumb_set_caption (self, NULL);
}
