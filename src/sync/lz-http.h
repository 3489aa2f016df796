/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-sync-error.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * LzHttp:
 *
 * Requests to one server, one after the other; for one thread.  Knows what every answer of ours has
 * in common: its mark, its errors, its clock.  An answer that is not ours is no answer.
 */
typedef struct _LzHttp LzHttp;

/* @any_server: a stock tus server is good enough; only for uploads. */
LzHttp *lz_http_new (const char *url, const char *token, gboolean any_server);
void lz_http_free (LzHttp *self);
gboolean lz_http_is_any_server (LzHttp *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzHttp, lz_http_free)

/* Of the last answer: the life of the server's data (NULL = not said), its clock. */
const char *lz_http_get_epoch (LzHttp *self);
gint64 lz_http_get_time_ms (LzHttp *self);
/* Of the last error: seconds to wait, 0 = not said; the member `have` of a 409, -1 = none. */
guint lz_http_get_retry_after_s (LzHttp *self);
gint64 lz_http_get_have (LzHttp *self);

/**
 * LzHttpAnswer:
 * @status: 200 to 299; 304 where the request named a tag
 * @body: decoded; empty for 204
 * @headers: of the answer
 */
typedef struct
{
  guint status;
  GBytes *body;
  SoupMessageHeaders *headers;
} LzHttpAnswer;

void lz_http_answer_clear (LzHttpAnswer *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LzHttpAnswer, lz_http_answer_clear)

/* For a path below the server, or a whole address of the same server.  NULL with @error for an
 * address elsewhere. */
SoupMessage *
lz_http_new_message (LzHttp *self, const char *method, const char *path, GError **error);
void lz_http_set_body (SoupMessage *message, const char *type, GBytes *body, gboolean compress);

/* Sends; TRUE for an answer of 200 to 299 that is ours and, if @type is given, of that type; and
 * for 304, which has no body, if the request has If-None-Match. */
gboolean lz_http_send (LzHttp *self,
                       SoupMessage *message,
                       const char *type,
                       gsize max_bytes,
                       LzHttpAnswer *answer,
                       GCancellable *cancellable,
                       GError **error);

/* The same, but the body is left to be read from the stream. */
GInputStream *
lz_http_send_stream (LzHttp *self, SoupMessage *message, GCancellable *cancellable, GError **error);

/* A failure of the line in our words, taken over; cancellation stays what it is. */
void lz_http_take_error (GError **error, GError *failure);

/* Whether @url may be used for an account: https, or loopback, or @insist. */
gboolean lz_http_check_url (const char *url, gboolean insist, GError **error);

G_END_DECLS
