/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-intake.h"

#include "lz-photo-taker.h"

#define POLL_MS 100

/* How far the thread is; it writes, the main thread reads. */
typedef struct
{
  int done;
  int total;
} Progress;

typedef struct
{
  char *dir;
  GStrv paths;
  gint64 clock_shift_ms;
  int offset_min; /* of cameras that do not write one */
  Progress *progress;
} Work;

struct _LzIntake
{
  GObject parent_instance;

  LzSession *session;
  GCancellable *cancellable;
  Progress *progress;
  guint poll_id;
  gboolean running;
};

G_DEFINE_FINAL_TYPE (LzIntake, lz_intake, G_TYPE_OBJECT)

enum
{
  PROGRESS,
  FINISHED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->dir);
  g_strfreev (work->paths);
  g_atomic_rc_box_release (work->progress);
  g_free (work);
}

static void
free_report (gpointer data)
{
  lz_intake_report_free (data);
}

static void
progress_cb (guint done, guint total, gpointer data)
{
  Progress *progress = data;

  g_atomic_int_set (&progress->total, (int) total);
  g_atomic_int_set (&progress->done, (int) done);
}

/* Runs in a thread. */
static void
take_in (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Work *work = task_data;
  GError *error = NULL;
  g_autoptr (LzStation) station = lz_station_open (work->dir, LZ_STATION_READ_WRITE, &error);
  LzIntakeReport *report = NULL;

  if (station != NULL)
    report = lz_intake_run (station, (const char *const *) work->paths, work->clock_shift_ms,
                            work->offset_min, progress_cb, work->progress, cancellable, &error);

  if (report != NULL)
    g_task_return_pointer (task, report, free_report);
  else
    g_task_return_error (task, error);
}

static void
finished_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzIntake *self = LZ_INTAKE (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (LzIntakeReport) report = g_task_propagate_pointer (G_TASK (result), &error);

  self->running = FALSE;
  g_clear_handle_id (&self->poll_id, g_source_remove);
  g_signal_emit (self, signals[FINISHED], 0, report, error);
}

static gboolean
poll_cb (gpointer user_data)
{
  LzIntake *self = user_data;

  g_signal_emit (self, signals[PROGRESS], 0, (guint) g_atomic_int_get (&self->progress->done),
                 (guint) g_atomic_int_get (&self->progress->total));
  return G_SOURCE_CONTINUE;
}

void
lz_intake_start (LzIntake *self, const char *const *paths, gint64 clock_shift_ms)
{
  g_autoptr (GTask) task = NULL;
  Work *work = NULL;

  g_return_if_fail (LZ_IS_INTAKE (self));
  g_return_if_fail (!self->running);

  self->running = TRUE;
  self->poll_id = g_timeout_add (POLL_MS, poll_cb, self);
  work = g_new0 (Work, 1);
  work->dir = g_strdup (lz_session_get_dir (self->session));
  work->paths = g_strdupv ((GStrv) paths);
  work->clock_shift_ms = clock_shift_ms;
  work->offset_min = lz_photo_taker_get_offset_min (lz_session_get_offset_min (self->session));
  work->progress = g_atomic_rc_box_acquire (self->progress);

  /* The task holds @self until it is done; a cancelled intake still reports what it took in. */
  task = g_task_new (self, self->cancellable, finished_cb, NULL);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, take_in);
}

typedef struct
{
  gint64 batch;
  gint64 clock_shift_ms;
} Correction;

/* A job of the writing thread. */
static gpointer
correct (LzStation *station, gpointer data, GError **error)
{
  const Correction *correction = data;

  return lz_intake_regroup (station, correction->batch, correction->clock_shift_ms, error);
}

static void
corrected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzIntake) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LzIntakeReport) report = lz_store_job_finish (LZ_STORE (source), result, &error);

  g_signal_emit (self, signals[FINISHED], 0, report, error);
}

void
lz_intake_correct (LzIntake *self, gint64 batch, gint64 clock_shift_ms)
{
  Correction correction = { batch, clock_shift_ms };

  g_return_if_fail (LZ_IS_INTAKE (self));

  lz_store_write_async (lz_session_get_store (self->session), correct,
                        g_memdup2 (&correction, sizeof correction), g_free, free_report, NULL,
                        corrected_cb, g_object_ref (self));
}

void
lz_intake_cancel (LzIntake *self)
{
  g_return_if_fail (LZ_IS_INTAKE (self));

  g_cancellable_cancel (self->cancellable);
}

gboolean
lz_intake_is_running (LzIntake *self)
{
  g_return_val_if_fail (LZ_IS_INTAKE (self), FALSE);

  return self->running;
}

static void
lz_intake_finalize (GObject *object)
{
  LzIntake *self = LZ_INTAKE (object);

  g_clear_handle_id (&self->poll_id, g_source_remove);
  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->progress, g_atomic_rc_box_release);

  G_OBJECT_CLASS (lz_intake_parent_class)->finalize (object);
}

static void
lz_intake_class_init (LzIntakeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lz_intake_finalize;

  signals[PROGRESS] = g_signal_new ("progress", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);
  signals[FINISHED] =
      g_signal_new ("finished", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                    G_TYPE_NONE, 2, G_TYPE_POINTER, G_TYPE_POINTER);
}

static void
lz_intake_init (LzIntake *self)
{
  self->cancellable = g_cancellable_new ();
  self->progress = g_atomic_rc_box_new0 (Progress);
}

LzIntake *
lz_intake_new (LzSession *session)
{
  LzIntake *self = NULL;

  g_return_val_if_fail (LZ_IS_SESSION (session), NULL);

  self = g_object_new (LZ_TYPE_INTAKE, NULL);
  self->session = g_object_ref (session);
  return self;
}
