/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-server-http.h"

G_BEGIN_DECLS

/* The contract's paths, in one table; what is written first wins. */
extern const LzRoute lz_routes[];
extern const guint lz_n_routes;

void lz_api_create_session (LzRequest *request);
void lz_api_delete_session (LzRequest *request);
void lz_api_get_me (LzRequest *request);
void lz_api_get_reference (LzRequest *request);
void lz_api_get_streets (LzRequest *request);
void lz_api_pull_events (LzRequest *request);
void lz_api_push_events (LzRequest *request);
void lz_api_describe_uploads (LzRequest *request);
void lz_api_end_upload_piece (LzRequest *request);
void lz_api_head_upload (LzRequest *request);
void lz_api_delete_upload (LzRequest *request);
void lz_api_have_photos (LzRequest *request);
void lz_api_get_photo (LzRequest *request);
void lz_api_get_preview (LzRequest *request);
void lz_api_list_users (LzRequest *request);
void lz_api_create_user (LzRequest *request);
void lz_api_change_user (LzRequest *request);
void lz_api_release_device (LzRequest *request);
void lz_api_assign_road (LzRequest *request);
void lz_api_get_part (LzRequest *request);
void lz_api_put_part (LzRequest *request);
void lz_api_get_health (LzRequest *request);
void lz_api_get_metrics (LzRequest *request);

extern const LzSink lz_api_create_upload_sink;
extern const LzSink lz_api_continue_upload_sink;

/* Whether the photo is stored, its file too, and the request's account may have it.  FALSE without
 * @error: no. */
gboolean lz_api_has_photo (LzRequest *request,
                           const guint8 sha256[LZ_SHA256_SIZE],
                           gint64 *size,
                           GError **error);

/* Shared by session, me and admin. */
gboolean lz_api_write_me (LzRequest *request, const LzAccount *account, GString *out);
/* Appends ,"head":N,"chain":"…". */
void lz_api_write_head (GString *out, const LzServerFeed *feed);
void lz_api_write_roles (GString *out, guint roles);
void lz_api_write_account (GString *out, const LzAccount *account, const char *password);
/* Appends "," and "key":value; nothing where @value is NULL. */
void lz_api_write_member (GString *out, const char *key, const char *value);
/* The body's member as text; NULL with 400 answered if it is missing or no text. */
const char *lz_api_read_text (LzRequest *request, JsonObject *body, const char *key, gsize max);

G_END_DECLS
