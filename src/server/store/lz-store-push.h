/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-actor.h"
#include "lz-deadline.h"
#include "lz-store-private.h"

G_BEGIN_DECLS

/* A feed while a push adds to it. */
typedef struct
{
  gint64 id;
  char *feed;
  gint64 head;
  guint8 chain[LZ_SHA256_SIZE];
  gboolean grown;
} PushFeed;

/* One push in the writer thread. */
typedef struct
{
  LzServerStore *store;
  LzDb *db;
  LzPush *push;
  GHashTable *feeds;  /* name -> PushFeed */
  GHashTable *actors; /* user -> LzAccount, of carried events */
  GHashTable *units;  /* name in a dispatch -> name of a feed, "" for none */
  char *owner;        /* (nullable): whose the device is */
  gboolean carried;   /* the device is not the session's */
  gboolean short_loop;
  LzCalendar *calendar; /* (nullable): of the office */
  gboolean calendar_read;
} PushJob;

/* The device of acts of the office's rule that the server makes by itself. */
#define LZ_PUSH_OWN_DEVICE "server"

/* China keeps one zone. */
#define LZ_PUSH_UTC_OFFSET_MIN 480

/* NULL with @error unset: there is no such feed. */
PushFeed *lz_push_find_feed (PushJob *job, const char *feed, GError **error);
gboolean lz_push_check (PushJob *job, LzPushItem *item, GError **error);
gboolean lz_push_read_rules (PushJob *job, GError **error);
char *lz_push_dup_unit_feed (PushJob *job, const char *name, GError **error);
/* Writes an event that may be added into its home feed and those of units. */
gboolean lz_push_accept (PushJob *job, LzPushItem *item, GError **error);
gboolean lz_push_judge_due (PushJob *job,
                            const LzCase *kase,
                            const LzEvent *event,
                            LzDeadline *right,
                            GError **error);
gboolean
lz_push_put_due_right (PushJob *job, const LzCase *kase, const LzDeadline *right, GError **error);
gboolean lz_push_save_feeds (PushJob *job, GError **error);
/* NULL without @error: the server was given no calendar, and judges nothing. */
const LzCalendar *lz_push_get_calendar (PushJob *job, GError **error);
gboolean lz_push_add_own (PushJob *job,
                          const LzCase *subject,
                          LzKind kind,
                          gint64 occurred_ms,
                          LzBody *body,
                          GError **error);
/* Keeps the list of suspensions in step with a case that was suspended before, or is now. */
gboolean lz_push_note_suspension (PushJob *job, const LzCase *kase, GError **error);

void lz_push_job_init (PushJob *self, LzServerStore *store, LzDb *db, LzPush *push);
void lz_push_job_clear (PushJob *self);

G_END_DECLS
