/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-sync-service.h"

G_BEGIN_DECLS

/* What the thread and the main loop share, under @lock. */
struct _LzSyncService
{
  GObject parent_instance;

  char *dir;
  GMainContext *context;
  GNetworkMonitor *monitor; /* main thread */

  GMutex lock;
  GCond wake;
  gboolean running; /* the thread lives */
  gboolean stop;
  gboolean nudged;
  gboolean force;      /* the next round tries what waits, too */
  gboolean soon;       /* the network came up: what waits for a time only goes now */
  gboolean renew;      /* the account changed: settings and token are read anew */
  gboolean waiting;    /* @round is only the open line */
  GCancellable *round; /* of what the thread is at */
  LzSyncProgress progress;
  LzSyncStatus status;
  GError *error;
  gboolean progress_changed;
  gboolean status_changed;
  guint signal_source;

  /* Of the thread alone. */
  LzStation *station;
  gint64 told_us; /* when the status was last told */

  /* As the main thread last saw them. */
  LzSyncProgress seen_progress;
  LzSyncStatus seen_status;
  GError *seen_error;
};

/* ---- lz-service-news.c, of the thread: what the main loop is told */

/* What waits, while a round is at work: the error of the round before stays. */
void lz_service_tell_status (LzSyncService *self);
/* A LzSyncProgressFunc. */
void lz_service_tell_progress (const LzSyncProgress *progress, gpointer data);
/* The end of a round.  Takes @failure over.  Returns when something waits to be tried again, 0 =
 * nothing does. */
gint64 lz_service_tell_end (LzSyncService *self, LzStation *station, GError *failure);

/* ---- lz-service-rounds.c */

/* A GThreadFunc; @data is a reference to the service. */
gpointer lz_service_run (gpointer data);

/* ---- lz-sync-service.c */

void lz_service_emit (LzSyncService *self, gboolean progress, gboolean status);
/* The account changed: a round begins that reads it anew. */
void lz_service_renew (LzSyncService *self);

G_END_DECLS
