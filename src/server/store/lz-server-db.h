/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-db.h"

G_BEGIN_DECLS

/* Opens the server's file; the one that may write makes it and brings its schema up to date. */
LzDb *lz_server_db_open (const char *path, gboolean read_only, GError **error);

G_END_DECLS
