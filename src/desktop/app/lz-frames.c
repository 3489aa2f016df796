/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-frames"

#include "config.h"

#include "lz-frames.h"

#include <time.h>

#define TELL_EVERY_US (G_USEC_PER_SEC / 5)
/* What the frame clock of a screen that says nothing of itself keeps. */
#define USUAL_INTERVAL_US 16667

typedef struct
{
  gint64 last_us;
  gint64 told_us;
  gint64 longest_us;
  gint64 worked_us; /* processor time of this thread at the last frame */
  gint64 most_work_us;
  guint n;
  guint n_late;
  guint n_heavy; /* late by our own work, however busy the machine is */
} Frames;

static gint64
get_interval (GdkFrameClock *clock, gint64 at_us)
{
  gint64 interval_us = 0;

  gdk_frame_clock_get_refresh_info (clock, at_us, &interval_us, NULL);
  return interval_us > 0 ? interval_us : USUAL_INTERVAL_US;
}

static gint64
get_work (void)
{
  struct timespec time = { 0 };

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* By the time at which it really came, not by that for which it was meant. */
static gboolean
count_frame (GtkWidget *window, GdkFrameClock *clock, gpointer data)
{
  Frames *frames = data;
  gint64 now_us = g_get_monotonic_time ();
  gint64 took_us = now_us - frames->last_us;
  gint64 late_us = get_interval (clock, now_us) * 3 / 2;
  gint64 worked_us = get_work ();

  if (frames->last_us > 0)
    {
      frames->n++;
      frames->longest_us = MAX (frames->longest_us, took_us);
      frames->n_late += took_us > late_us;
      frames->n_heavy += worked_us - frames->worked_us > late_us;
      frames->most_work_us = MAX (frames->most_work_us, worked_us - frames->worked_us);
    }
  else
    {
      frames->told_us = now_us;
    }
  frames->last_us = now_us;
  frames->worked_us = worked_us;
  if (now_us - frames->told_us >= TELL_EVERY_US)
    {
      g_debug ("%u frames, %u late, the longest %.1f ms; %u by work, the most %.1f ms", frames->n,
               frames->n_late, (double) frames->longest_us / 1000, frames->n_heavy,
               (double) frames->most_work_us / 1000);
      *frames = (Frames){ .last_us = now_us, .told_us = now_us, .worked_us = worked_us };
    }
  return G_SOURCE_CONTINUE;
}

/**
 * lz_frames_watch:
 * @window: a window that is on the screen
 *
 * Where somebody listens to %LZ_FRAMES_DOMAIN, keeps the window's frame clock running as an
 * animation would, and tells five times a second how many frames came, how many of them half an
 * interval late or more, and the longest time from one to the next.  Else does nothing.
 */
void
lz_frames_watch (GtkWidget *window)
{
  if (!g_log_writer_default_would_drop (G_LOG_LEVEL_DEBUG, LZ_FRAMES_DOMAIN))
    gtk_widget_add_tick_callback (window, count_frame, g_new0 (Frames, 1), g_free);
}
