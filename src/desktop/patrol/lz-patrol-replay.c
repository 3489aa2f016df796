/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-patrol-replay.h"

#include <glib/gi18n.h>

#include "lz-names.h"
#include "lz-template.h"
#include "lz-words.h"

/* However long a patrol was, it is shown in so many seconds. */
#define REPLAY_SECONDS 30.0

struct _LzPatrolReplay
{
  GtkWidget parent_instance;

  GtkToggleButton *play;
  GtkScale *scale;
  GtkLabel *time;

  gint64 from_ms;
  gint64 until_ms;
  int offset_min;
  guint tick;
  gint64 last_us;
};

G_DEFINE_FINAL_TYPE (LzPatrolReplay, lz_patrol_replay, GTK_TYPE_WIDGET)

enum
{
  MOVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gint64
get_moment (LzPatrolReplay *self)
{
  return self->from_ms + (gint64) (gtk_range_get_value (GTK_RANGE (self->scale)) * 1000);
}

static void
value_changed_cb (LzPatrolReplay *self)
{
  g_autofree char *text = lz_words_dup_date_time (get_moment (self), self->offset_min);

  gtk_label_set_label (self->time, strlen (text) > 11 ? text + 11 : text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->scale), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT,
                                  text, -1);
  g_signal_emit (self, signals[MOVED], 0, get_moment (self));
}

static gboolean
tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  LzPatrolReplay *self = LZ_PATROL_REPLAY (widget);
  gint64 now_us = gdk_frame_clock_get_frame_time (clock);
  double seconds = (double) (self->until_ms - self->from_ms) / 1000;
  double value = gtk_range_get_value (GTK_RANGE (self->scale));

  if (self->last_us != 0)
    value += (double) (now_us - self->last_us) / G_USEC_PER_SEC * seconds / REPLAY_SECONDS;
  self->last_us = now_us;
  gtk_range_set_value (GTK_RANGE (self->scale), value);
  if (value < seconds)
    return G_SOURCE_CONTINUE;

  self->tick = 0;
  gtk_toggle_button_set_active (self->play, FALSE);
  return G_SOURCE_REMOVE;
}

static void
stop (LzPatrolReplay *self)
{
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
}

static void
play_toggled_cb (LzPatrolReplay *self)
{
  gboolean playing = gtk_toggle_button_get_active (self->play);

  gtk_button_set_icon_name (GTK_BUTTON (self->play), playing ? "media-playback-pause-symbolic"
                                                             : "media-playback-start-symbolic");
  stop (self);
  if (!playing)
    return;

  self->last_us = 0;
  if (get_moment (self) >= self->until_ms)
    gtk_range_set_value (GTK_RANGE (self->scale), 0);
  self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), tick_cb, NULL, NULL);
}

void
lz_patrol_replay_set_span (LzPatrolReplay *self, gint64 from_ms, gint64 until_ms, int offset_min)
{
  double seconds;

  g_return_if_fail (LZ_IS_PATROL_REPLAY (self));

  gtk_toggle_button_set_active (self->play, FALSE);
  self->from_ms = from_ms;
  self->until_ms = until_ms;
  self->offset_min = offset_min;
  seconds = MAX ((double) (until_ms - from_ms) / 1000, 1);
  gtk_range_set_range (GTK_RANGE (self->scale), 0, seconds);
  gtk_range_set_increments (GTK_RANGE (self->scale), 10, MAX (seconds / 20, 10));
  gtk_range_set_value (GTK_RANGE (self->scale), seconds);
  gtk_widget_set_visible (GTK_WIDGET (self), until_ms > from_ms);
  if (until_ms > from_ms)
    value_changed_cb (self);
}

static void
lz_patrol_replay_dispose (GObject *object)
{
  stop (LZ_PATROL_REPLAY (object));
  lz_template_dispose (GTK_WIDGET (object), LZ_TYPE_PATROL_REPLAY);

  G_OBJECT_CLASS (lz_patrol_replay_parent_class)->dispose (object);
}

static void
lz_patrol_replay_class_init (LzPatrolReplayClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_patrol_replay_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-patrol-replay.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolReplay, play);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolReplay, scale);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolReplay, time);
  gtk_widget_class_bind_template_callback (widget_class, play_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, value_changed_cb);

  signals[MOVED] = g_signal_new ("moved", LZ_TYPE_PATROL_REPLAY, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
lz_patrol_replay_init (LzPatrolReplay *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lz_names_from_tooltips (GTK_WIDGET (self));
}
