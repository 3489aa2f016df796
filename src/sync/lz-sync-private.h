/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-http.h"
#include "lz-sync.h"

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Setting: names the last login or logout; another one, and what was read of the account is old. */
#define LZ_SETTING_LOGIN "login"

struct _LzSync
{
  LzStation *station;
  LzHttp *http;
  char *url;
  char *token;
  char *login; /* which login these are of */
  gboolean force;
  char *account;     /* as it was taken last */
  char *me_tag;      /* of the server's answer about it: while it is the same there is no news */
  GHashTable *heads; /* feed -> LzFeedHead, as the server said last */
  gint64 rev;        /* of the reference data, as the server said last; -1 = not said */
  gint64 heard_us;   /* when the line that was held open said so; 0 = it did not */
  gboolean knows_server; /* it was said for this run */
  gboolean has_news;     /* it was not what was said before */
  gboolean lacks_photos; /* that the server has not got yet either */
  gint64 looked_us;      /* when no photo waited or lacked; 0 = one may */
  LzSyncProgress progress;
  LzSyncProgressFunc func;
  gpointer func_data;
};

/* Changes the state, tells the log and whoever watches. */
void lz_sync_enter (LzSync *self, LzSyncState state);
void lz_sync_report (LzSync *self);

/* The steps of a run.  Each leaves the database in order wherever it stops. */
gboolean lz_sync_refresh_account (LzSync *self, GCancellable *cancellable, GError **error);
gboolean lz_sync_refresh_reference (LzSync *self, GCancellable *cancellable, GError **error);
gboolean lz_sync_push (LzSync *self, GCancellable *cancellable, GError **error);
gboolean lz_sync_carry (LzSync *self, GCancellable *cancellable, GError **error);
gboolean lz_sync_pull (LzSync *self, GCancellable *cancellable, GError **error);
/* Whether nothing of this run can have brought a photo to send or to fetch: looking for them means
 * looking at all photos. */
gboolean lz_sync_has_no_photos (LzSync *self);
gboolean lz_sync_send_photos (LzSync *self, GCancellable *cancellable, GError **error);
/* Those of @hashes (guint8[32] each) that the server has, durable and hashed. */
GArray *
lz_sync_ask_photos (LzSync *self, GArray *hashes, GCancellable *cancellable, GError **error);
gboolean lz_sync_fetch_photos (LzSync *self, GCancellable *cancellable, GError **error);

/* The server has said how far these feeds (LzFeedHead) have grown. */
void lz_sync_know_heads (LzSync *self, GArray *heads);
void lz_sync_forget_head (LzSync *self, const char *feed);
/* NULL: not in this run. */
const LzFeedHead *lz_sync_get_head (LzSync *self, const char *feed);

/* When to try again after @tries failures: 1 s, 2 s, 4 s … at most 5 min, each ± a third by chance,
 * and not before the server allows it. */
gint64 lz_sync_next_try_ms (LzStation *station, guint tries, guint retry_after_s);

/* One JSON object of an answer; NULL with LZ_SYNC_ERROR_NOT_OURS. */
JsonNode *lz_sync_parse_object (GBytes *body, GError **error);

/* The account's name, roles and feeds as an answer (Me) gives them. */
gboolean lz_sync_take_account (LzStation *station, JsonObject *me, GError **error);

gboolean lz_sync_set_epoch (LzSync *self, const char *epoch, GError **error);
/* Whether the last answer was of the life that the account was refreshed in; else a later run. */
gboolean lz_sync_is_same_life (LzSync *self, GError **error);

/* Token of the station's account. */
gboolean lz_token_save (LzStation *station, const char *token, GError **error);
char *lz_token_load (LzStation *station);
void lz_token_forget (LzStation *station);

G_END_DECLS
