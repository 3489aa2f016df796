/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Private to place/: what the readers of XML share. */

/* @element without the prefix of its namespace. */
const char *lz_markup_local_name (const char *element);

/* Gives @text to @parser, a piece at a time.  What it finds wrong is %LZ_ERROR_INVALID: "reading
 * @what: …". */
gboolean lz_markup_parse (const GMarkupParser *parser,
                          gpointer user_data,
                          const char *what,
                          GBytes *text,
                          GCancellable *cancellable,
                          GError **error);

G_END_DECLS
