/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-api.h"

/* clang-format off */
const LzRoute lz_routes[] = {
  { "POST", "/v1/session", LZ_ROUTE_OPEN | LZ_ROUTE_SLOW, LZ_MAX_JSON_BYTES, lz_api_create_session, NULL },
  { "DELETE", "/v1/session", 0, 0, lz_api_delete_session, NULL },
  { "GET", "/v1/me", LZ_ROUTE_ASYNC, 0, lz_api_get_me, NULL },
  { "GET", "/v1/reference", 0, 0, lz_api_get_reference, NULL },
  { "GET", "/v1/reference/streets", 0, 0, lz_api_get_streets, NULL },
  { "GET", "/v1/feeds/{}/events", LZ_ROUTE_ASYNC, 0, lz_api_pull_events, NULL },
  { "POST", "/v1/feeds/{}/events", LZ_ROUTE_ASYNC, LZ_MAX_EVENTS_BYTES, lz_api_push_events, NULL },
  { "OPTIONS", "/v1/photos/", LZ_ROUTE_OPEN, 0, lz_api_describe_uploads, NULL },
  { "POST", "/v1/photos/", 0, LZ_MAX_PHOTO_BYTES, lz_api_end_upload_piece, &lz_api_create_upload_sink },
  { "POST", "/v1/photos/have", 0, LZ_MAX_JSON_BYTES, lz_api_have_photos, NULL },
  { "HEAD", "/v1/photos/uploads/{}", 0, 0, lz_api_head_upload, NULL },
  { "PATCH", "/v1/photos/uploads/{}", 0, LZ_MAX_PHOTO_BYTES, lz_api_end_upload_piece,
    &lz_api_continue_upload_sink },
  { "DELETE", "/v1/photos/uploads/{}", 0, 0, lz_api_delete_upload, NULL },
  { "GET", "/v1/photos/{}", 0, 0, lz_api_get_photo, NULL },
  { "HEAD", "/v1/photos/{}", 0, 0, lz_api_get_photo, NULL },
  { "GET", "/v1/photos/{}/preview", 0, 0, lz_api_get_preview, NULL },
  { "GET", "/v1/admin/users", LZ_ROUTE_ADMIN, 0, lz_api_list_users, NULL },
  { "POST", "/v1/admin/users", LZ_ROUTE_ADMIN | LZ_ROUTE_SLOW, LZ_MAX_JSON_BYTES, lz_api_create_user, NULL },
  { "PATCH", "/v1/admin/users/{}", LZ_ROUTE_ADMIN | LZ_ROUTE_SLOW, LZ_MAX_JSON_BYTES, lz_api_change_user,
    NULL },
  { "DELETE", "/v1/admin/devices/{}", LZ_ROUTE_ADMIN, 0, lz_api_release_device, NULL },
  { "POST", "/v1/admin/assignments", LZ_ROUTE_ADMIN, LZ_MAX_JSON_BYTES, lz_api_assign_road, NULL },
  { "GET", "/v1/admin/reference/{}", LZ_ROUTE_ADMIN, 0, lz_api_get_part, NULL },
  { "PUT", "/v1/admin/reference/{}", LZ_ROUTE_ADMIN, LZ_MAX_REFERENCE_BYTES, lz_api_put_part, NULL },
  { "GET", "/v1/health", LZ_ROUTE_OPEN, 0, lz_api_get_health, NULL },
  { "GET", "/metrics", LZ_ROUTE_OPEN, 0, lz_api_get_metrics, NULL },
};
/* clang-format on */

const guint lz_n_routes = G_N_ELEMENTS (lz_routes);
