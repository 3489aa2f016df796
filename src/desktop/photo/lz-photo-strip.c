/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-photo-strip.h"

#include <glib/gi18n.h>

#include "lz-chosen.h"
#include "lz-names.h"
#include "lz-photo-taker.h"
#include "lz-photo-thumb.h"
#include "lz-photo-window.h"
#include "lz-template.h"
#include "lz-words.h"

struct _LzPhotoStrip
{
  GtkWidget parent_instance;

  GtkFlowBox *flow;
  GtkButton *add;
  GtkLabel *add_label;
  GtkLabel *skipped;

  LzSession *session;
  LzPhotoRole role;
  GArray *photos; /* LzPhotoRef */
  guint busy;     /* batches on their way into the photo folder */
  GCancellable *cancellable;
  GtkFileChooserNative *chooser;
};

G_DEFINE_FINAL_TYPE (LzPhotoStrip, lz_photo_strip, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void show_photos (LzPhotoStrip *self);

GtkWidget *
lz_photo_strip_new (void)
{
  return g_object_new (LZ_TYPE_PHOTO_STRIP, NULL);
}

static guint
position_of (GtkWidget *thumb)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (thumb), "at"));
}

static void
focus_photo (LzPhotoStrip *self, guint at)
{
  GtkFlowBoxChild *child = gtk_flow_box_get_child_at_index (self->flow, (int) at);

  if (child != NULL)
    gtk_widget_child_focus (GTK_WIDGET (child), GTK_DIR_TAB_FORWARD);
}

static void
changed (LzPhotoStrip *self)
{
  show_photos (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
move_photo (LzPhotoStrip *self, guint from, guint to)
{
  LzPhotoRef photo;

  if (from >= self->photos->len || to >= self->photos->len || from == to)
    return;

  photo = g_array_index (self->photos, LzPhotoRef, from);
  g_array_remove_index (self->photos, from);
  g_array_insert_val (self->photos, to, photo);
  changed (self);
  focus_photo (self, to);
}

static void
remove_photo (LzPhotoStrip *self, guint at)
{
  if (at >= self->photos->len)
    return;

  g_array_remove_index (self->photos, at);
  changed (self);
  focus_photo (self, at);
}

static void
remove_clicked_cb (LzPhotoStrip *self, GtkWidget *button)
{
  remove_photo (self, position_of (button));
}

static void
thumb_clicked_cb (LzPhotoStrip *self, GtkWidget *thumb)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  gtk_window_present (
      GTK_WINDOW (lz_photo_window_new (parent, self->session, self->photos, position_of (thumb))));
}

static gboolean
thumb_key_cb (GtkEventControllerKey *controller,
              guint keyval,
              guint keycode,
              GdkModifierType state,
              LzPhotoStrip *self)
{
  GtkWidget *thumb = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (controller));
  guint at = position_of (thumb);
  gboolean alt = (state & GDK_ALT_MASK) != 0;

  switch (keyval)
    {
    case GDK_KEY_Delete:
    case GDK_KEY_BackSpace:
      remove_photo (self, at);
      return TRUE;
    case GDK_KEY_Left:
      if (alt && at > 0)
        move_photo (self, at, at - 1);
      return alt;
    case GDK_KEY_Right:
      if (alt)
        move_photo (self, at, at + 1);
      return alt;
    default:
      return FALSE;
    }
}

static GdkContentProvider *
drag_prepare_cb (GtkDragSource *source, double x, double y, GtkWidget *thumb)
{
  return gdk_content_provider_new_typed (G_TYPE_UINT, position_of (thumb));
}

static void
drag_begin_cb (GtkDragSource *source, GdkDrag *drag, GtkWidget *thumb)
{
  g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (thumb);

  gtk_drag_source_set_icon (source, picture, 0, 0);
}

static gboolean
thumb_drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, LzPhotoStrip *self)
{
  GtkWidget *thumb = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (target));

  move_photo (self, g_value_get_uint (value), position_of (thumb));
  return TRUE;
}

static void
add_controllers (LzPhotoStrip *self, GtkWidget *thumb)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_UINT, GDK_ACTION_MOVE);

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (thumb_key_cb), self);
  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect (source, "prepare", G_CALLBACK (drag_prepare_cb), thumb);
  g_signal_connect (source, "drag-begin", G_CALLBACK (drag_begin_cb), thumb);
  g_signal_connect (target, "drop", G_CALLBACK (thumb_drop_cb), self);
  gtk_widget_add_controller (thumb, keys);
  gtk_widget_add_controller (thumb, GTK_EVENT_CONTROLLER (source));
  gtk_widget_add_controller (thumb, GTK_EVENT_CONTROLLER (target));
}

static GtkWidget *
new_photo (LzPhotoStrip *self, guint at)
{
  const LzPhotoRef *photo = &g_array_index (self->photos, LzPhotoRef, at);
  g_autofree char *caption = photo->taken_ms != 0
                                 ? lz_words_dup_time (photo->taken_ms, lz_session_now (),
                                                      lz_session_get_offset_min (self->session))
                                 : NULL;
  GtkWidget *overlay = gtk_overlay_new ();
  GtkWidget *thumb = lz_photo_thumb_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("window-close-symbolic");

  lz_photo_thumb_set_height (LZ_PHOTO_THUMB (thumb), 84);
  lz_photo_thumb_set_photo (LZ_PHOTO_THUMB (thumb), self->session, photo->sha256);
  lz_photo_thumb_set_caption (LZ_PHOTO_THUMB (thumb), caption);
  g_object_set_data (G_OBJECT (thumb), "at", GUINT_TO_POINTER (at));
  g_signal_connect_swapped (thumb, "clicked", G_CALLBACK (thumb_clicked_cb), self);
  add_controllers (self, thumb);

  gtk_widget_set_halign (button, GTK_ALIGN_END);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_set_focusable (button, FALSE);
  gtk_widget_set_tooltip_text (button, _ ("Remove the Photo (Delete)"));
  gtk_widget_add_css_class (button, "osd");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_add_css_class (button, "small-button");
  g_object_set_data (G_OBJECT (button), "at", GUINT_TO_POINTER (at));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (remove_clicked_cb), self);

  lz_names_from_tooltips (button);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), thumb);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), button);
  return overlay;
}

static void
show_photos (LzPhotoStrip *self)
{
  GtkFlowBoxChild *child;

  /* The last child is the button that adds. */
  while ((child = gtk_flow_box_get_child_at_index (self->flow, 1)) != NULL)
    gtk_flow_box_remove (self->flow, GTK_WIDGET (gtk_flow_box_get_child_at_index (self->flow, 0)));

  for (guint i = 0; i < self->photos->len; i++)
    {
      gtk_flow_box_insert (self->flow, new_photo (self, i), (int) i);
      gtk_widget_set_focusable (GTK_WIDGET (gtk_flow_box_get_child_at_index (self->flow, (int) i)),
                                FALSE);
    }
}

void
lz_photo_strip_set_session (LzPhotoStrip *self, LzSession *session)
{
  g_return_if_fail (LZ_IS_PHOTO_STRIP (self));
  g_return_if_fail (LZ_IS_SESSION (session));

  g_set_object (&self->session, session);
}

void
lz_photo_strip_set_role (LzPhotoStrip *self, LzPhotoRole role)
{
  g_return_if_fail (LZ_IS_PHOTO_STRIP (self));

  self->role = role;
}

void
lz_photo_strip_set_photos (LzPhotoStrip *self, const GArray *photos)
{
  g_return_if_fail (LZ_IS_PHOTO_STRIP (self));

  g_array_set_size (self->photos, 0);
  if (photos != NULL && photos->len > 0)
    g_array_append_vals (self->photos, photos->data, photos->len);
  gtk_widget_set_visible (GTK_WIDGET (self->skipped), FALSE);
  show_photos (self);
}

GArray *
lz_photo_strip_get_photos (LzPhotoStrip *self)
{
  g_return_val_if_fail (LZ_IS_PHOTO_STRIP (self), NULL);

  return self->photos;
}

gboolean
lz_photo_strip_is_busy (LzPhotoStrip *self)
{
  g_return_val_if_fail (LZ_IS_PHOTO_STRIP (self), FALSE);

  return self->busy > 0;
}

static gboolean
has_photo (LzPhotoStrip *self, const LzPhotoRef *photo)
{
  for (guint i = 0; i < self->photos->len; i++)
    if (memcmp (g_array_index (self->photos, LzPhotoRef, i).sha256, photo->sha256,
                sizeof photo->sha256) == 0)
      return TRUE;

  return FALSE;
}

static void
show_busy (LzPhotoStrip *self)
{
  gtk_label_set_label (self->add_label, self->busy > 0 ? _ ("Adding…") : _ ("Add Photos"));
}

static void
photos_taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzPhotoStrip *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LzTaken) taken = lz_photos_take_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_PHOTO_STRIP (self));
  self->busy--;
  show_busy (self);
  if (taken == NULL)
    {
      gtk_label_set_label (self->skipped, lz_error_explain (error));
      gtk_widget_set_visible (GTK_WIDGET (self->skipped), TRUE);
      return;
    }

  for (guint i = 0; i < taken->photos->len; i++)
    {
      const LzPhotoRef *photo = &g_array_index (taken->photos, LzPhotoRef, i);

      if (!has_photo (self, photo))
        g_array_append_vals (self->photos, photo, 1);
    }

  if (taken->skipped->len > 0)
    {
      g_autofree char *text = NULL;

      g_ptr_array_add (taken->skipped, NULL);
      text = g_strjoinv ("\n", (GStrv) taken->skipped->pdata);
      gtk_label_set_label (self->skipped, text);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->skipped), taken->skipped->len > 0);
  changed (self);
}

void
lz_photo_strip_add_paths (LzPhotoStrip *self, const char *const *paths)
{
  g_return_if_fail (LZ_IS_PHOTO_STRIP (self));
  g_return_if_fail (paths != NULL);

  self->busy++;
  show_busy (self);
  lz_photos_take_async (lz_session_get_blobs (self->session), paths, self->role,
                        lz_photo_taker_get_offset_min (lz_session_get_offset_min (self->session)),
                        self->cancellable, photos_taken_cb, self);
}

static void
chooser_response_cb (GtkNativeDialog *dialog, int response, LzPhotoStrip *self)
{
  g_auto (GStrv) paths = lz_chosen_dup_paths (dialog, response);

  if (paths != NULL)
    lz_photo_strip_add_paths (self, (const char *const *) paths);
  g_clear_object (&self->chooser);
}

static void
add_clicked_cb (LzPhotoStrip *self)
{
  g_autoptr (GtkFileFilter) images = gtk_file_filter_new ();

  g_clear_object (&self->chooser);
  self->chooser =
      gtk_file_chooser_native_new (_ ("Add Photos"),
                                   GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                   GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Add"), _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (self->chooser), TRUE);
  gtk_file_filter_set_name (images, _ ("Photos"));
  gtk_file_filter_add_mime_type (images, "image/*");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), images);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (chooser_response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static gboolean
files_drop_cb (GtkDropTarget *target, const GValue *value, double x, double y, LzPhotoStrip *self)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (GSList *l = g_value_get_boxed (value); l != NULL; l = l->next)
    if (g_file_peek_path (l->data) != NULL)
      g_strv_builder_add (paths, g_file_peek_path (l->data));
  list = g_strv_builder_end (paths);
  if (*list != NULL)
    lz_photo_strip_add_paths (self, (const char *const *) list);

  return TRUE;
}

static void
lz_photo_strip_dispose (GObject *object)
{
  LzPhotoStrip *self = LZ_PHOTO_STRIP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->chooser);
  g_clear_object (&self->session);
  g_clear_pointer (&self->photos, g_array_unref);
  lz_template_dispose (GTK_WIDGET (self), LZ_TYPE_PHOTO_STRIP);

  G_OBJECT_CLASS (lz_photo_strip_parent_class)->dispose (object);
}

static void
lz_photo_strip_class_init (LzPhotoStripClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_photo_strip_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-photo-strip.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "photostrip");
  gtk_widget_class_bind_template_child (widget_class, LzPhotoStrip, flow);
  gtk_widget_class_bind_template_child (widget_class, LzPhotoStrip, add);
  gtk_widget_class_bind_template_child (widget_class, LzPhotoStrip, add_label);
  gtk_widget_class_bind_template_child (widget_class, LzPhotoStrip, skipped);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
lz_photo_strip_init (LzPhotoStrip *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);

  self->photos = g_array_new (FALSE, TRUE, sizeof (LzPhotoRef));
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (add_clicked_cb), self);
  g_signal_connect (target, "drop", G_CALLBACK (files_drop_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
