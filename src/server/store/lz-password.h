/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* yescrypt by libcrypt; takes tens of milliseconds on purpose.  Any thread. */
char *lz_password_hash (const char *password, GError **error);
/* @hash NULL (no such account) takes as long and never matches. */
gboolean lz_password_matches (const char *password, const char *hash);
/* One to tell a person: 16 letters and digits that are not mistaken for each other. */
char *lz_password_make (GError **error);

G_END_DECLS
