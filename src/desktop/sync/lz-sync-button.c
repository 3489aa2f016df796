/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-sync-button.h"

#include <glib/gi18n.h>

#include "lz-badge.h"
#include "lz-sync-words.h"

/* A round that ends sooner is not shown: most have nothing to do, and flicker says nothing. */
#define SHOW_RUNNING_MS 400
/* The words have times in them. */
#define REFRESH_S 30

struct _LzSyncButton
{
  AdwBin parent_instance;

  GtkStack *stack;
  GtkMenuButton *menu;
  GtkImage *icon;
  GtkImage *small_icon;
  GtkLabel *words;
  GtkLabel *small_words;
  GtkImage *big_icon;
  GtkLabel *heading;
  GtkLabel *waiting;
  GtkWidget *progress_box;
  GtkProgressBar *progress;
  GtkLabel *progress_words;
  GtkLabel *trouble;
  GtkLabel *contact;
  GtkWidget *run;
  GtkWidget *cancel;
  GtkWidget *login;
  GtkWidget *inbox;
  GtkLabel *inbox_count;

  LzSession *session;
  LzSyncService *service;
  gboolean running; /* as shown */
  guint running_id; /* until a round is shown */
  guint refresh_id;
  gint64 sampled_us; /* when @sampled_bytes was so */
  gint64 sampled_bytes;
  gint64 speed;
};

G_DEFINE_FINAL_TYPE (LzSyncButton, lz_sync_button, ADW_TYPE_BIN)

/* A second's worth of progress at a time, smoothed. */
static void
sample_speed (LzSyncButton *self, const LzSyncProgress *progress)
{
  gint64 now_us = g_get_monotonic_time ();
  gint64 passed_us = now_us - self->sampled_us;
  gint64 speed;

  if (progress->bytes_sent < self->sampled_bytes || passed_us > 10 * G_USEC_PER_SEC)
    {
      self->sampled_bytes = progress->bytes_sent;
      self->sampled_us = now_us;
      self->speed = 0;
      return;
    }
  if (passed_us < G_USEC_PER_SEC / 2)
    return;

  speed = (progress->bytes_sent - self->sampled_bytes) * G_USEC_PER_SEC / passed_us;
  self->speed = self->speed == 0 ? speed : (2 * self->speed + speed) / 3;
  self->sampled_bytes = progress->bytes_sent;
  self->sampled_us = now_us;
}

static void
set_words (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
show_progress (LzSyncButton *self)
{
  const LzSyncProgress *progress = lz_sync_service_get_progress (self->service);
  g_autofree char *words = lz_sync_words_dup_progress (progress, self->speed);
  double fraction = lz_sync_words_get_fraction (progress);

  gtk_widget_set_visible (self->progress_box, self->running);
  gtk_widget_set_visible (self->cancel, self->running);
  gtk_widget_set_visible (self->run, !self->running);
  if (!self->running)
    return;

  if (fraction >= 0)
    gtk_progress_bar_set_fraction (self->progress, fraction);
  else
    gtk_progress_bar_pulse (self->progress);
  set_words (self->progress_words, words);
}

static const char *
get_heading (LzSyncFace face, const LzSyncStatus *status, const LzSyncProgress *progress)
{
  switch (face)
    {
    case LZ_SYNC_FACE_DELIVERED:
      return _ ("Everything Is Delivered");
    case LZ_SYNC_FACE_RUNNING:
      return lz_sync_state_label (progress->state);
    case LZ_SYNC_FACE_OFFLINE:
      return _ ("Offline");
    case LZ_SYNC_FACE_ATTENTION:
      return status->n_inbox > 0 ? _ ("The Server Refused Something") : _ ("Please Look Here");
    case LZ_SYNC_FACE_WAITING:
    case LZ_SYNC_FACE_NO_ACCOUNT:
    default:
      return _ ("Waiting to Be Sent");
    }
}

static void
show_popover (LzSyncButton *self, LzSyncFace face)
{
  const LzSyncStatus *status = lz_sync_service_get_status (self->service);
  const LzSyncProgress *progress = lz_sync_service_get_progress (self->service);
  const GError *error = lz_sync_service_get_error (self->service);
  g_autofree char *waiting = lz_sync_words_dup_waiting (status);
  g_autofree char *trouble = lz_sync_words_dup_trouble (status, error);
  g_autofree char *count = g_strdup_printf ("%u", status->n_inbox);
  g_autofree char *contact = lz_sync_words_dup_contact (status, lz_session_now (),
                                                        lz_session_get_offset_min (self->session));

  gtk_image_set_from_icon_name (self->big_icon, lz_sync_words_get_icon (face));
  gtk_label_set_label (self->heading, get_heading (face, status, progress));
  set_words (self->waiting, lz_sync_words_count_waiting (status) > 0 ? waiting : NULL);
  set_words (self->trouble, self->running ? NULL : trouble);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->trouble),
                               error != NULL ? error->message : status->problem);
  set_words (self->contact, contact);
  gtk_label_set_label (self->inbox_count, count);
  gtk_widget_set_visible (self->inbox, status->n_inbox > 0);
  gtk_widget_set_visible (self->login, lz_sync_words_needs_login (error) && !self->running);
  show_progress (self);
}

static void
show (LzSyncButton *self)
{
  const LzSyncStatus *status = lz_sync_service_get_status (self->service);
  const LzSyncProgress *progress = lz_sync_service_get_progress (self->service);
  const GError *error = lz_sync_service_get_error (self->service);
  LzSyncState state = progress->state;
  g_autofree char *words = NULL;
  g_autofree char *count = NULL;
  guint n = lz_sync_words_count_waiting (status);
  LzSyncFace face = lz_sync_words_get_face (status, state, error);

  if (face == LZ_SYNC_FACE_RUNNING && !self->running)
    face = lz_sync_words_get_face (status, LZ_SYNC_IDLE, error);

  gtk_stack_set_visible_child_name (self->stack,
                                    face == LZ_SYNC_FACE_NO_ACCOUNT ? "connect" : "menu");
  if (face == LZ_SYNC_FACE_NO_ACCOUNT)
    return;

  words = lz_sync_words_dup_short (face, status, progress, lz_session_now (),
                                   lz_session_get_offset_min (self->session));
  count = g_strdup_printf ("%u", n);
  gtk_image_set_from_icon_name (self->icon, lz_sync_words_get_icon (face));
  gtk_image_set_from_icon_name (self->small_icon, lz_sync_words_get_icon (face));
  gtk_label_set_label (self->words, words);
  set_words (self->small_words, n > 0 ? count : NULL);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->menu), words);
  /* The focus is on the toggle button inside. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (
                                      gtk_widget_get_first_child (GTK_WIDGET (self->menu))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  lz_badge_set_class (GTK_WIDGET (self), "sync-",
                      face == LZ_SYNC_FACE_ATTENTION ? "sync-attention"
                      : face == LZ_SYNC_FACE_OFFLINE ? "sync-offline"
                                                     : "sync-calm");
  show_popover (self, face);
}

static gboolean
show_running_cb (gpointer user_data)
{
  LzSyncButton *self = LZ_SYNC_BUTTON (user_data);

  self->running_id = 0;
  self->running = TRUE;
  show (self);
  return G_SOURCE_REMOVE;
}

static void
progress_cb (LzSyncButton *self)
{
  const LzSyncProgress *progress = lz_sync_service_get_progress (self->service);
  gboolean running = lz_sync_words_get_face (lz_sync_service_get_status (self->service),
                                             progress->state, NULL) == LZ_SYNC_FACE_RUNNING;

  sample_speed (self, progress);
  if (running && !self->running)
    {
      if (self->running_id == 0)
        self->running_id = g_timeout_add (SHOW_RUNNING_MS, show_running_cb, self);
      return;
    }
  if (!running)
    {
      g_clear_handle_id (&self->running_id, g_source_remove);
      self->running = FALSE;
    }
  show (self);
}

static gboolean
refresh_cb (gpointer user_data)
{
  show (LZ_SYNC_BUTTON (user_data));
  return G_SOURCE_CONTINUE;
}

GtkWidget *
lz_sync_button_new (LzSession *session, LzSyncService *service)
{
  LzSyncButton *self = NULL;

  g_return_val_if_fail (LZ_IS_SESSION (session), NULL);
  g_return_val_if_fail (LZ_IS_SYNC_SERVICE (service), NULL);

  self = g_object_new (LZ_TYPE_SYNC_BUTTON, NULL);
  self->session = g_object_ref (session);
  self->service = g_object_ref (service);
  g_signal_connect_object (service, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (service, "status", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  self->refresh_id = g_timeout_add_seconds (REFRESH_S, refresh_cb, self);
  show (self);

  return GTK_WIDGET (self);
}

static void
lz_sync_button_dispose (GObject *object)
{
  LzSyncButton *self = LZ_SYNC_BUTTON (object);

  g_clear_handle_id (&self->running_id, g_source_remove);
  g_clear_handle_id (&self->refresh_id, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->service);

  G_OBJECT_CLASS (lz_sync_button_parent_class)->dispose (object);
}

static void
lz_sync_button_class_init (LzSyncButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_sync_button_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-sync-button.ui");
  gtk_widget_class_bind_template_child (widget_class, LzSyncButton, stack);
  gtk_widget_class_bind_template_child (widget_class, LzSyncButton, menu);
  gtk_widget_class_bind_template_child (widget_class, LzSyncButton, icon);
  gtk_widget_class_bind_template_child (widget_class, LzSyncButton, small_icon);
  gtk_widget_class_bind_template_child (widget_class, LzSyncButton, words);
  gtk_widget_class_bind_template_child (widget_class, LzSyncButton, small_words);
  gtk_widget_class_bind_template_child (widget_class, LzSyncButton, big_icon);
  gtk_widget_class_bind_template_child (widget_class, LzSyncButton, heading);
  gtk_widget_class_bind_template_child (widget_class, LzSyncButton, waiting);
  gtk_widget_class_bind_template_child (widget_class, LzSyncButton, progress_box);
  gtk_widget_class_bind_template_child (widget_class, LzSyncButton, progress);
  gtk_widget_class_bind_template_child (widget_class, LzSyncButton, progress_words);
  gtk_widget_class_bind_template_child (widget_class, LzSyncButton, trouble);
  gtk_widget_class_bind_template_child (widget_class, LzSyncButton, contact);
  gtk_widget_class_bind_template_child (widget_class, LzSyncButton, run);
  gtk_widget_class_bind_template_child (widget_class, LzSyncButton, cancel);
  gtk_widget_class_bind_template_child (widget_class, LzSyncButton, login);
  gtk_widget_class_bind_template_child (widget_class, LzSyncButton, inbox);
  gtk_widget_class_bind_template_child (widget_class, LzSyncButton, inbox_count);
}

static void
lz_sync_button_init (LzSyncButton *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
