/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-tus.h"

#include "lz-blobs.h"

#include <nettle/sha1.h>
#include <nettle/sha2.h>
#include <string.h>

#define MAX_PAIRS 16

LzTusResult
lz_tus_read_number (const char *text, gint64 max, gint64 *value)
{
  gint64 number;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, 0, G_MAXINT64, &number, NULL))
    return LZ_TUS_INVALID;
  if (number > max)
    return LZ_TUS_BEYOND;
  *value = number;
  return LZ_TUS_OK;
}

gboolean
lz_tus_read_metadata (const char *text, guint8 sha256[32])
{
  g_auto (GStrv) pairs = g_strsplit (text != NULL ? text : "", ",", MAX_PAIRS);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (g_strstrip (pairs[i]), " ", 2);
      g_autofree guchar *value = NULL;
      g_autofree char *digits = NULL;
      gsize size;

      if (words[0] == NULL || words[1] == NULL || !g_str_equal (words[0], "sha256"))
        continue;
      value = g_base64_decode (words[1], &size);
      digits = g_strndup ((const char *) value, size);
      if (lz_sha256_parse (digits, sha256))
        return TRUE;
    }
  return FALSE;
}

gsize
lz_tus_sum_size (LzTusSum sum)
{
  switch (sum)
    {
    case LZ_TUS_SUM_SHA1:
      return SHA1_DIGEST_SIZE;
    case LZ_TUS_SUM_SHA256:
      return SHA256_DIGEST_SIZE;
    case LZ_TUS_SUM_NONE:
    default:
      return 0;
    }
}

gboolean
lz_tus_read_checksum (const char *text, LzTusSum *sum, guint8 wanted[32])
{
  g_auto (GStrv) words = NULL;
  g_autofree guchar *value = NULL;
  gsize size;

  *sum = LZ_TUS_SUM_NONE;
  if (text == NULL)
    return TRUE;
  words = g_strsplit (text, " ", 2);
  if (words[0] == NULL || words[1] == NULL)
    return FALSE;
  value = g_base64_decode (words[1], &size);
  if (g_str_equal (words[0], "sha1") && size == SHA1_DIGEST_SIZE)
    *sum = LZ_TUS_SUM_SHA1;
  else if (g_str_equal (words[0], "sha256") && size == SHA256_DIGEST_SIZE)
    *sum = LZ_TUS_SUM_SHA256;
  else
    return FALSE;
  memcpy (wanted, value, size);
  return TRUE;
}
