/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The headers of uploads. */

#include "config.h"

#include "fuzz.h"
#include "lz-blobs.h"
#include "lz-tus.h"
#include "message.h"

#define MAX_LENGTH (64 * 1024 * 1024)

static void
check_number (const Message *message, const char *name)
{
  gint64 value = -1;
  LzTusResult result = lz_tus_read_number (message_get (message, name), MAX_LENGTH, &value);

  if (result == LZ_TUS_OK)
    g_assert_true (value >= 0 && value <= MAX_LENGTH);
  else
    g_assert_cmpint (value, ==, -1);
}

/* What was read can be written, and read again as the same. */
static void
check_metadata (const char *text)
{
  guint8 sha256[32], again[32];
  char digits[65];
  g_autofree char *base64 = NULL, *written = NULL;

  if (!lz_tus_read_metadata (text, sha256))
    return;
  lz_sha256_format (sha256, digits);
  base64 = g_base64_encode ((const guchar *) digits, 64);
  written = g_strconcat ("sha256 ", base64, NULL);
  g_assert_true (lz_tus_read_metadata (written, again));
  g_assert_cmpmem (sha256, sizeof sha256, again, sizeof again);
}

static void
check_checksum (const char *text)
{
  guint8 wanted[32], again[32];
  LzTusSum sum, second;
  g_autofree char *base64 = NULL, *written = NULL;

  if (!lz_tus_read_checksum (text, &sum, wanted))
    {
      g_assert_true (text != NULL && sum == LZ_TUS_SUM_NONE);
      return;
    }
  g_assert_true ((sum == LZ_TUS_SUM_NONE) == (text == NULL));
  if (sum == LZ_TUS_SUM_NONE)
    return;
  base64 = g_base64_encode (wanted, lz_tus_sum_size (sum));
  written = g_strconcat (sum == LZ_TUS_SUM_SHA1 ? "sha1 " : "sha256 ", base64, NULL);
  g_assert_true (lz_tus_read_checksum (written, &second, again));
  g_assert_true (sum == second);
  g_assert_cmpmem (wanted, lz_tus_sum_size (sum), again, lz_tus_sum_size (second));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_auto (Message) message;

  message_init (&message, data, size);
  check_number (&message, "Upload-Length");
  check_number (&message, "Upload-Offset");
  check_metadata (message_get (&message, "Upload-Metadata"));
  check_checksum (message_get (&message, "Upload-Checksum"));
  return 0;
}
