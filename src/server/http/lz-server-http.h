/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-server-store.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Limits of the contract, see openapi.yaml. */
#define LZ_MAX_EVENTS_BYTES    (8 * 1024 * 1024)
#define LZ_MAX_EVENTS_LINES    10000
#define LZ_MAX_JSON_BYTES      (1024 * 1024)
#define LZ_MAX_REFERENCE_BYTES (32 * 1024 * 1024)
#define LZ_MAX_PHOTO_BYTES     (64 * 1024 * 1024)
#define LZ_MAX_PULL_BYTES      (16 * 1024 * 1024)
#define LZ_MAX_WAIT_S          60

/**
 * LzServerConfig:
 * @listen: address and port; port 0 = any free one
 * @port_file: (nullable): where to write the port once it listens
 * @certificate: (nullable): PEM file
 * @key: (nullable): PEM file
 * @max_connections: in all
 * @max_per_address: 0 = the default, from which loopback is exempt (a proxy's address)
 * @idle_s: without a byte, until a connection is closed
 * @slow_s: until a request line and headers must be there; bodies get more by their length
 * @quota_bytes: of all photos
 * @user_quota_bytes: of one account's photos
 * @upload_s: how long an unfinished upload is kept
 * @attempts_per_minute: wrong passwords of one user from one address
 * @open_metrics: /metrics not to loopback only
 */
typedef struct
{
  const char *listen;
  const char *port_file;
  const char *certificate;
  const char *key;
  guint max_connections;
  guint max_per_address;
  guint idle_s;
  guint slow_s;
  gint64 quota_bytes;
  gint64 user_quota_bytes;
  guint upload_s;
  guint attempts_per_minute;
  gboolean open_metrics;
} LzServerConfig;

typedef struct _LzServer LzServer;
typedef struct _LzRequest LzRequest;

/* ------------------------------------------------------------------------------ running */

LzServer *lz_server_start (LzServerStore *store, const LzServerConfig *config, GError **error);
/* Lets requests that have begun come to their end, then frees everything. */
void lz_server_stop (LzServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzServer, lz_server_stop)

LzServerStore *lz_server_get_store (LzServer *self);
const LzServerConfig *lz_server_get_config (LzServer *self);
gboolean lz_server_is_stopping (LzServer *self);

/* ------------------------------------------------------------------------------ routing */

typedef enum
{
  LZ_ROUTE_OPEN = 1 << 0,  /* needs no session */
  LZ_ROUTE_ADMIN = 1 << 1, /* for administrators only */
  LZ_ROUTE_SLOW = 1 << 2,  /* hashes passwords: has few workers of its own */
  LZ_ROUTE_ASYNC = 1 << 3, /* the handler may finish later, by lz_request_finish() */
} LzRouteFlags;

/* Runs in a worker thread and may block.  Gives the answer by one of lz_request_respond…(). */
typedef void (*LzHandler) (LzRequest *request);

/**
 * LzSink:
 * @open: headers are there; FALSE = an answer was given, the body is thrown away
 * @write: a piece of the body, in the server's I/O thread; FALSE = as above
 * @close: after the answer, or when the line broke
 *
 * Takes a body as it comes instead of gathering it.
 */
typedef struct
{
  gboolean (*open) (LzRequest *request);
  gboolean (*write) (LzRequest *request, const char *data, gsize size);
  void (*close) (LzRequest *request);
} LzSink;

/**
 * LzRoute:
 * @pattern: segments; "{}" takes any one
 * @max_body: bytes; 0 = no body
 */
typedef struct
{
  const char *method;
  const char *pattern;
  guint flags;
  gsize max_body;
  LzHandler handler;
  const LzSink *sink;
} LzRoute;

/* ----------------------------------------------------------------------------- requests */

LzServer *lz_request_get_server (LzRequest *self);
LzServerStore *lz_request_get_store (LzRequest *self);
/* NULL on open routes. */
const LzSession *lz_request_get_session (LzRequest *self);
const LzAccount *lz_request_get_account (LzRequest *self);
const char *lz_request_get_token (LzRequest *self);
const char *lz_request_get_address (LzRequest *self);
gboolean lz_request_is_loopback (LzRequest *self);
/* The text that the n-th "{}" of the route took. */
const char *lz_request_get_capture (LzRequest *self, guint n);
const char *lz_request_get_header (LzRequest *self, const char *name);
const char *lz_request_get_query (LzRequest *self, const char *name);
/* FALSE, with 400 answered, unless it is missing or a number between @min and @max. */
gboolean
lz_request_read_number (LzRequest *self, const char *query, gint64 min, gint64 max, gint64 *value);
/* The gathered body, decompressed; NULL with an answer given if that fails. */
GBytes *lz_request_read_body (LzRequest *self, gsize max);
/* The same as a JSON object; @parser owns it. */
JsonObject *lz_request_read_json (LzRequest *self, JsonParser *parser);
gpointer lz_request_get_sink_data (LzRequest *self);
void lz_request_set_sink_data (LzRequest *self, gpointer data);
void lz_request_note_user (LzRequest *self, const char *user);

void lz_request_respond (LzRequest *self, guint status);
/* Takes @body over; may be compressed as the client likes. */
void lz_request_respond_text (LzRequest *self, guint status, const char *type, GString *body);
void lz_request_respond_json (LzRequest *self, guint status, GString *body);
void lz_request_respond_bytes (LzRequest *self, guint status, const char *type, GBytes *body);
/* Takes @fd over. */
void lz_request_respond_file (LzRequest *self,
                              guint status,
                              const char *type,
                              int fd,
                              gint64 offset,
                              gint64 length);
void
lz_request_respond_error (LzRequest *self, guint status, const char *code, const char *message);
/* By the kind of error: 404, 400, 507, 503 or 500. */
void lz_request_respond_gerror (LzRequest *self, const GError *error);
/* After one of the above. */
void lz_request_add_header (LzRequest *self, const char *name, const char *value);
gboolean lz_request_is_answered (LzRequest *self);
/* Of the answer; 0 before there is one. */
guint lz_request_get_status (LzRequest *self);
/* Of an LZ_ROUTE_ASYNC handler: the answer was given; any thread. */
void lz_request_finish (LzRequest *self);
/* The same: call the handler again when there is news in one of @feeds since @generation, or the
 * time is over. */
void lz_request_wait (LzRequest *self, const char *const *feeds, guint64 generation, guint seconds);
/* Whether lz_request_wait() was called: its time is over; there was news. */
gboolean lz_request_has_waited (LzRequest *self);
gboolean lz_request_has_news (LzRequest *self);
/* Whether the session still holds; reads it and its account anew.  FALSE: an answer was given. */
gboolean lz_request_check_again (LzRequest *self);

/* Breaks the line of a request that is still reading: somebody else needs what it holds. */
void lz_request_abort (LzRequest *self);

/* --------------------------------------------------------------------------------- news */

/* A name of no feed, for what concerns every account: reference data, the accounts themselves. */
#define LZ_NEWS_OF_ALL ""

/* How often there was news in any of @feeds. */
guint64 lz_server_get_generation (LzServer *self, const char *const *feeds);
/* There is news in @feeds (names): whoever waits for one of them is woken. */
void lz_server_tell (LzServer *self, GPtrArray *feeds);
void lz_server_tell_all (LzServer *self);
/* The same within a second, once for many: photos come in heaps. */
void lz_server_tell_soon (LzServer *self, GPtrArray *feeds);

/* ----------------------------------------------------------------------------- attempts */

/* Seconds to wait before the next attempt; 0 = go on. */
guint lz_server_check_attempts (LzServer *self, const char *user, const char *address);
void lz_server_note_attempt (LzServer *self, const char *user, const char *address, gboolean ok);

/* ------------------------------------------------------------------------------ counters */

typedef enum
{
  LZ_COUNT_REQUESTS,
  LZ_COUNT_2XX,
  LZ_COUNT_4XX,
  LZ_COUNT_5XX,
  LZ_COUNT_BYTES_IN,
  LZ_COUNT_BYTES_OUT,
  LZ_COUNT_EVENTS_ACCEPTED,
  LZ_COUNT_EVENTS_REFUSED,
  LZ_COUNT_PHOTOS,
  LZ_COUNT_LOGINS_FAILED,
  LZ_COUNT_CONNECTIONS_TURNED_AWAY,
  LZ_COUNT_SLOW_CLOSED,
  LZ_N_COUNTS
} LzCount;

void lz_server_count (LzServer *self, LzCount count, guint64 by);
void lz_server_write_counts (LzServer *self, GString *out);

G_END_DECLS
