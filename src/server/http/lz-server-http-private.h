/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-server-http.h"
#include "lz-server-uploads.h"

#include <microhttpd.h>

G_BEGIN_DECLS

/* Which bodies are read to their end although the answer is known: closing with unread bytes would
 * reset the line and lose the answer. */
#define LZ_DISCARD_BYTES (16 * 1024 * 1024)

typedef enum
{
  LZ_PHASE_BODY,    /* reading */
  LZ_PHASE_WORKING, /* suspended: a worker, the writer or the news has it */
  LZ_PHASE_ANSWERED,
} LzPhase;

typedef struct
{
  char *address;
  gboolean loopback;
  int fd;
  gint64 since_us; /* when the present phase of the connection began */
  gint64 allowed_us;
  gboolean in_request; /* headers are there */
  gboolean reading;    /* body still comes */
  guint n_gone;        /* how often it was seen to have left in the middle */
} LzConnection;

struct _LzRequest
{
  LzServer *server;
  struct MHD_Connection *connection;
  LzConnection *peer;
  const LzRoute *route;
  LzPhase phase;
  char *method;
  char *path;
  GStrv segments; /* of the path */
  char *token;
  LzSession *session;
  char *user; /* for the log */
  GByteArray *body;
  gboolean sink_open;
  gpointer sink_data;
  guint64 id;
  gint64 start_us;
  gsize n_received;
  gsize n_sent;
  guint status;
  struct MHD_Response *response;
  /* waiting for news */
  GStrv waiting_for;
  gint64 until_us;
  gboolean has_waited;
  gboolean has_news;
};

typedef struct _LzNews LzNews;
typedef struct _LzPeers LzPeers;
typedef struct _LzAttempts LzAttempts;

struct _LzServer
{
  LzServerStore *store;
  LzServerConfig config;
  struct MHD_Daemon *daemon;
  GThreadPool *workers;
  GThreadPool *slow_workers;
  GThread *watch;
  GMutex lock; /* guards stopping and n_active */
  GCond idle;
  GCond tick;
  gboolean stopping;
  guint n_active;
  gint next_id;
  LzNews *news;
  LzPeers *peers;
  LzAttempts *attempts;
  LzUploads *uploads;
  guint64 counts[LZ_N_COUNTS];
};

const LzRoute *lz_router_find (const char *method, const char *path, GStrv segments, guint *status);

LzRequest *lz_request_new (LzServer *server,
                           struct MHD_Connection *connection,
                           LzConnection *peer,
                           const char *method,
                           const char *path);
void lz_request_free (LzRequest *self);
void lz_request_dispatch (LzRequest *self);

LzNews *lz_news_new (void);
void lz_news_free (LzNews *self);
/* Tells what was to be told soon. */
void lz_news_flush (LzNews *self);
/* Calls lz_request_dispatch() for those whose time is over, all if @everybody. */
void lz_news_expire (LzNews *self, gboolean everybody);
/* When the next is due, monotonic us; far away if nobody waits. */
gint64 lz_news_next_us (LzNews *self);
guint lz_news_count (LzNews *self);

LzPeers *lz_peers_new (LzServer *server);
void lz_peers_free (LzPeers *self);
gboolean lz_peers_accept (LzPeers *self, const struct sockaddr *address);
void lz_peers_close_slow (LzPeers *self);
guint lz_peers_count (LzPeers *self);
void lz_peers_set_phase (LzPeers *self,
                         LzConnection *peer,
                         gboolean in_request,
                         gboolean reading,
                         gint64 allowed_us);
void lz_peers_notify_cb (void *cls,
                         struct MHD_Connection *connection,
                         void **socket_context,
                         enum MHD_ConnectionNotificationCode code);

LzAttempts *lz_attempts_new (void);
void lz_attempts_free (LzAttempts *self);

GBytes *lz_compress (const char *encoding, const void *data, gsize size);
/* NULL with LZ_ERROR_TOO_LARGE beyond @max bytes, LZ_ERROR_INVALID if it is not @encoding. */
GBytes *
lz_decompress (const char *encoding, const void *data, gsize size, gsize max, GError **error);

void lz_access_log (LzRequest *request, gboolean complete);

G_END_DECLS
