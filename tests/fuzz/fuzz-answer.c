/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a station takes from a server, or from whoever says to be one: receipts, lines of a feed. */

#include "config.h"

#include "fuzz.h"
#include "lz-feed-line.h"
#include "lz-receipts.h"

#include <string.h>

static void
check_receipts (const char *text, gsize size)
{
  g_auto (LzReceipts) answer = { 0 };
  g_autoptr (GError) error = NULL;

  if (!lz_wire_parse_receipts (text, size, &answer, &error))
    {
      g_assert_nonnull (error);
      return;
    }
  g_assert_no_error (error);
  for (guint i = 0; i < answer.receipts->len; i++)
    {
      const LzReceipt *receipt = &g_array_index (answer.receipts, LzReceipt, i);

      g_assert_true ((receipt->home_seq > 0) == (receipt->code == NULL));
      g_assert_cmpint (receipt->received_ms, >=, 0);
      g_assert_true (receipt->message == NULL || g_utf8_validate (receipt->message, -1, NULL));
    }
  for (guint i = 0; i < answer.heads->len; i++)
    {
      const LzFeedHead *head = &g_array_index (answer.heads, LzFeedHead, i);

      g_assert_nonnull (head->feed);
      g_assert_cmpint (head->seq, >=, 0);
    }
}

static void
check_line (const char *text, gsize size)
{
  g_auto (LzFeedLine) line = { 0 };
  g_autoptr (GError) error = NULL;

  if (!lz_wire_parse_feed_line (text, size, &line, &error))
    {
      g_assert_nonnull (error);
      g_assert_null (line.event);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpint (line.seq, >, 0);
  g_assert_nonnull (line.event);
  g_assert_nonnull (line.canonical);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  /* Exactly so long: no zero comes after what a line brought. */
  g_autofree char *text = g_memdup2 (data, MAX (size, 1));

  if (size == 0)
    return 0;
  check_receipts (text, size);
  check_line (text, size);
  return 0;
}
