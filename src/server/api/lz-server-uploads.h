/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-server-http.h"

G_BEGIN_DECLS

/* Uploads under way: what the daemon must know of them. */
typedef struct _LzUploads LzUploads;

LzUploads *lz_uploads_new (void);
void lz_uploads_free (LzUploads *self);
/* Removes those whose time is over. */
void lz_uploads_sweep (LzUploads *self, LzServer *server);

LzUploads *lz_server_get_uploads (LzServer *server);

G_END_DECLS
