/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The headers of tus 1.0, as far as we speak it: text in, values out.  Fuzzed by
 * tests/fuzz/fuzz-tus.c. */

#define LZ_TUS_VERSION "1.0.0"

typedef enum
{
  LZ_TUS_OK,
  LZ_TUS_INVALID, /* missing, or no number */
  LZ_TUS_BEYOND,  /* a number, but beyond what is allowed */
} LzTusResult;

/* Upload-Length and Upload-Offset: @value between 0 and @max. */
LzTusResult lz_tus_read_number (const char *text, gint64 max, gint64 *value);

/* Upload-Metadata: "sha256 <base64 of 64 hexadecimal digits>,filename <base64>"; the rest is passed
 * over. */
gboolean lz_tus_read_metadata (const char *text, guint8 sha256[32]);

typedef enum
{
  LZ_TUS_SUM_NONE,
  LZ_TUS_SUM_SHA1,
  LZ_TUS_SUM_SHA256,
} LzTusSum;

/* Bytes of such a sum. */
gsize lz_tus_sum_size (LzTusSum sum);
/* Upload-Checksum: "sha1 <base64>" or "sha256 <base64>"; NULL is LZ_TUS_SUM_NONE and right. */
gboolean lz_tus_read_checksum (const char *text, LzTusSum *sum, guint8 wanted[32]);

G_END_DECLS
