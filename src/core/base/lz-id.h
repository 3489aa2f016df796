/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LZ_ID_STRING_SIZE 37

/**
 * LzId:
 * @bytes: the 16 bytes in network order
 *
 * A UUID; ours are version 7 (RFC 9562, section 5.7): 48 bits of Unix time in milliseconds, then
 * random bits, so that ids made later sort later.  Passed by value.
 */
typedef struct
{
  guint8 bytes[16];
} LzId;

LzId lz_id_new (gint64 now_ms);
gboolean lz_id_parse (const char *text, LzId *id);
void lz_id_format (const LzId *id, char text[LZ_ID_STRING_SIZE]);
char *lz_id_dup_string (const LzId *id);
int lz_id_compare (const LzId *a, const LzId *b);
gboolean lz_id_is_nil (const LzId *id);
guint lz_id_hash (gconstpointer id);
gboolean lz_id_equal (gconstpointer a, gconstpointer b);

G_END_DECLS
