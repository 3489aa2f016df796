/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-notice-dialog.h"

#include <glib/gi18n.h>

#include "lz-board-jobs.h"
#include "lz-photo-strip.h"

struct _LzNoticeDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle *heading;
  GtkButton *put_up;
  GtkLabel *problem;
  AdwEntryRow *title;
  AdwEntryRow *person;
  GtkTextView *words;
  LzPhotoStrip *photos;

  LzSession *session;
  char *kind;
  LzId kase;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (LzNoticeDialog, lz_notice_dialog, ADW_TYPE_WINDOW)

static void
say (LzNoticeDialog *self, const char *text)
{
  gtk_label_set_label (self->problem, text);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
}

static void
title_changed_cb (LzNoticeDialog *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->put_up),
                            *gtk_editable_get_text (GTK_EDITABLE (self->title)) != '\0');
}

static void
proposed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzNoticeDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LzNoticeProposal) proposal = lz_notice_propose_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_NOTICE_DIALOG (self));
  if (proposal == NULL)
    {
      say (self, lz_error_explain (error));
      return;
    }
  gtk_editable_set_text (GTK_EDITABLE (self->title), proposal->draft.title);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->words), proposal->draft.words, -1);
  lz_photo_strip_set_photos (self->photos, proposal->photos);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzNoticeDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (lz_notice_done_finish (result, &error))
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->put_up), TRUE);
  say (self, lz_error_explain (error));
}

static void
put_up_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzNoticeDialog *self = LZ_NOTICE_DIALOG (widget);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->words);
  g_autofree char *words = NULL;
  GtkTextIter start, end;
  LzNotice notice = { .kind = self->kind,
                      .title = gtk_editable_get_text (GTK_EDITABLE (self->title)),
                      .person = gtk_editable_get_text (GTK_EDITABLE (self->person)),
                      .kase = self->kase,
                      .photos = lz_photo_strip_get_photos (self->photos) };

  if (*notice.title == '\0' || lz_photo_strip_is_busy (self->photos))
    return;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  words = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  notice.words = words;
  gtk_widget_set_sensitive (GTK_WIDGET (self->put_up), FALSE);
  lz_notice_list_async (self->session, &notice, listed_cb, g_object_ref (self));
}

static void
lz_notice_dialog_dispose (GObject *object)
{
  LzNoticeDialog *self = LZ_NOTICE_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->kind, g_free);

  G_OBJECT_CLASS (lz_notice_dialog_parent_class)->dispose (object);
}

static void
lz_notice_dialog_class_init (LzNoticeDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_notice_dialog_dispose;
  g_type_ensure (LZ_TYPE_PHOTO_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-notice-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LzNoticeDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, LzNoticeDialog, put_up);
  gtk_widget_class_bind_template_child (widget_class, LzNoticeDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, LzNoticeDialog, title);
  gtk_widget_class_bind_template_child (widget_class, LzNoticeDialog, person);
  gtk_widget_class_bind_template_child (widget_class, LzNoticeDialog, words);
  gtk_widget_class_bind_template_child (widget_class, LzNoticeDialog, photos);
  gtk_widget_class_install_action (widget_class, "notice.put-up", NULL, put_up_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "notice.put-up", NULL);
}

static void
lz_notice_dialog_init (LzNoticeDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->title, "changed", G_CALLBACK (title_changed_cb), self);
  title_changed_cb (self);
}

void
lz_notice_dialog_open (GtkWindow *parent, LzSession *session, const char *kind, const LzId *kase)
{
  LzNoticeDialog *self = NULL;

  g_return_if_fail (LZ_IS_SESSION (session));

  self = g_object_new (LZ_TYPE_NOTICE_DIALOG, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->kind = g_strdup (kind);
  adw_window_title_set_title (self->heading, lz_notice_board_label (kind));
  gtk_window_set_title (GTK_WINDOW (self), lz_notice_board_label (kind));
  gtk_widget_set_visible (GTK_WIDGET (self->person), !g_str_equal (kind, "exposed"));
  lz_photo_strip_set_session (self->photos, session);
  if (kase != NULL)
    {
      self->kase = *kase;
      lz_notice_propose_async (session, kind, kase, self->cancellable, proposed_cb, self);
    }
  gtk_window_present (GTK_WINDOW (self));
}
