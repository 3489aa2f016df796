/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-error.h"
#include "lz-receipts.h"
#include "lz-wire-private.h"
#include "lz-wire.h"

#include <string.h>

/* clang-format off */
static const char *const lines[] = {
  "{\"actor\":\"li\",\"body\":{\"address\":\"冶金大道12号\",\"asset\":\"01890a5d-ac96-774b-bcce-b302099a8051\","
  "\"assist\":\"园林中心\",\"category\":\"T05-01\",\"chainage_cm\":12300,"
  "\"condition\":1,\"due_at\":1790000000000,\"found_at\":1780000000000,\"imported_from\":\"a.csv:3\","
  "\"lat7\":282900000,\"level\":2,\"limit\":{\"clock\":\"working_days\",\"count\":5},\"lon7\":1172200000,"
  "\"number\":\"D-7\",\"offset_cm\":0,\"other\":\"01890a5d-ac96-774b-bcce-b302099a8057\","
  "\"patrol\":\"01890a5d-ac96-774b-bcce-b302099a8052\",\"person\":\"王\","
  "\"photos\":[{\"lat7\":-1,\"lon7\":2,\"role\":\"before\",\"sha256\":"
  "\"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\",\"size\":5,\"taken_at\":1},"
  "{\"role\":\"after\",\"sha256\":"
  "\"ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff\",\"size\":0}],"
  "\"recurs\":\"01890a5d-ac96-774b-bcce-b302099a8053\",\"road\":\"01890a5d-ac96-774b-bcce-b302099a8058\",\"road_name\":\"冶金大道\",\"side\":\"left\",\"source\":\"hotline\","
  "\"text\":\"占道经营\",\"unit\":\"环卫中心\",\"until\":1790000000001,\"warn_at\":1790000000002},"
  "\"device\":\"dev\",\"device_seq\":7,\"feed\":\"360681001\",\"home_seq\":12,"
  "\"id\":\"01890a5d-ac96-774b-bcce-b302099a8059\",\"kind\":\"case.reported\",\"occurred_at\":1780000000000,"
  "\"received_at\":1780000000001,\"subject\":\"01890a5d-ac96-774b-bcce-b302099a805a\"}",

  "{\"actor\":\"rule\",\"basis\":\"01890a5d-ac96-774b-bcce-b302099a8059\",\"body\":{},\"device\":\"d\","
  "\"device_seq\":1,\"feed\":\"f\",\"id\":\"01890a5d-ac96-774b-bcce-b302099a8059\",\"kind\":\"event.withdrawn\","
  "\"occurred_at\":1,\"subject\":\"01890a5d-ac96-774b-bcce-b302099a805a\"}",
};
/* clang-format on */

static void
assert_same (const LzEvent *a, const LzEvent *b)
{
  g_autofree char *line_a = lz_wire_write_received_event (a);
  g_autofree char *line_b = lz_wire_write_received_event (b);
  g_autofree char *body_a = lz_wire_write_body (a->body);
  g_autofree char *body_b = lz_wire_write_body (b->body);

  g_assert_cmpstr (line_a, ==, line_b);
  g_assert_cmpstr (body_a, ==, body_b);
  g_assert_cmpint (a->kind, ==, b->kind);
}

/* What the quick way takes, the general way takes too, and says the same. */
static gboolean
compare (const char *line, gsize length)
{
  g_autofree char *cut = NULL;
  g_autoptr (LzEvent) quick = lz_wire_scan_event (line, length, &cut);
  g_autoptr (LzEvent) general = NULL;
  g_autofree char *written = NULL;
  g_autoptr (GError) error = NULL;

  if (quick == NULL)
    return FALSE;
  written = lz_wire_write_event (quick);
  g_assert_cmpstr (cut, ==, written);
  general = lz_wire_read_event (line, (gssize) length, &error);
  g_assert_no_error (error);
  assert_same (quick, general);
  return TRUE;
}

static void
test_whole (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    g_assert_true (compare (lines[i], strlen (lines[i])));
}

/* Every byte left out, doubled, or changed into each of those that mean something. */
static void
test_changed (void)
{
  static const char bytes[] = "\"\\{}[]:,-0159.eaz \x01\x7f\xff";
  guint n_taken = 0;

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      gsize length = strlen (lines[i]);

      for (gsize at = 0; at < length; at++)
        {
          g_autofree char *text = g_malloc (length + 2);

          memcpy (text, lines[i], at);
          memcpy (text + at, lines[i] + at + 1, length - at);
          n_taken += compare (text, length - 1);
          memcpy (text + at + 1, lines[i] + at, length - at);
          text[at] = lines[i][at];
          n_taken += compare (text, length + 1);
          memcpy (text, lines[i], length);
          for (gsize b = 0; b < sizeof bytes; b++)
            {
              text[at] = bytes[b];
              n_taken += compare (text, length);
            }
        }
    }
  g_assert_cmpuint (n_taken, >, 1000); /* changed words and digits */
}

/* The bytes that are cut out of a feed's line are those that the event would be written as: they
 * are what the chain hashes. */
static gboolean
compare_line (const char *text, gsize length)
{
  g_auto (LzFeedLine) quick = { 0 };
  g_autofree char *event = NULL;

  if (!lz_wire_scan_feed_line (text, length, &quick))
    return FALSE;
  event = lz_wire_write_event (quick.event);
  g_assert_cmpmem (g_bytes_get_data (quick.canonical, NULL), g_bytes_get_size (quick.canonical),
                   event, strlen (event));
  return TRUE;
}

#define CHAIN "00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff00ff"

static void
test_feed_line (void)
{
  static const char bytes[] = "\"\\{}[]:,-0159.eAaz \x7f";
  guint n_taken = 0;

  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("{\"chain\":\"" CHAIN "\",\"event\":%s,\"seq\":%u}", lines[i], i + 1);
      gsize length = strlen (text);
      g_auto (LzFeedLine) general = { 0 };
      g_autoptr (GError) error = NULL;

      g_assert_true (compare_line (text, length));
      g_assert_true (lz_wire_parse_feed_line (text, length, &general, &error));
      g_assert_no_error (error);
      g_assert_cmpint (general.seq, ==, i + 1);
      g_assert_cmpint (general.chain[1], ==, 0xff);
      for (gsize at = 0; at < length; at++)
        for (gsize b = 0; b < sizeof bytes; b++)
          {
            char kept = text[at];

            text[at] = bytes[b];
            n_taken += compare_line (text, length);
            text[at] = kept;
          }
    }
  g_assert_cmpuint (n_taken, >, 1000);
}

/* What the quick way leaves, the general way reads to the same bytes, or refuses. */
static void
test_feed_line_general (void)
{
  static const struct
  {
    const char *before, *after;
    gboolean good;
    gint64 seq;
  } cases[] = {
    { "{\"chain\":\"" CHAIN "\",\"event\":", ",\"seq\":3}", TRUE, 3 },
    { "{ \"seq\":3, \"event\":", ", \"chain\":\"" CHAIN "\"}", TRUE, 3 },
    { "{\"chain\":\"" CHAIN "\",\"event\":", ",\"seq\":0}", FALSE, 0 },
    { "{\"chain\":\"" CHAIN "\",\"event\":", ",\"seq\":-3}", FALSE, 0 },
    { "{\"chain\":\"00\",\"event\":", ",\"seq\":3}", FALSE, 0 },
    { "{\"chain\":\"" CHAIN "\",\"event\":[", "],\"seq\":3}", FALSE, 0 },
    { "{\"chain\":\"" CHAIN "\",\"event\":{\"a\":", "},\"seq\":3}", FALSE, 3 },
    { "<html>", "</html>", FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint k = 0; k < G_N_ELEMENTS (lines); k++)
      {
        g_autofree char *text = g_strconcat (cases[i].before, lines[k], cases[i].after, NULL);
        g_auto (LzFeedLine) line = { 0 };
        g_autoptr (LzEvent) event = lz_wire_parse_event (lines[k], -1, NULL);
        g_autofree char *canonical = lz_wire_write_event (event);
        g_autoptr (GError) error = NULL;

        g_assert_cmpint (lz_wire_parse_feed_line (text, strlen (text), &line, &error), ==,
                         cases[i].good);
        g_assert_cmpint (line.seq, ==, cases[i].seq);
        if (cases[i].good)
          g_assert_cmpmem (g_bytes_get_data (line.canonical, NULL),
                           g_bytes_get_size (line.canonical), canonical, strlen (canonical));
        else
          g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
      }
}

/* What the server adds is put in and taken out as if the event were written anew, whatever words
 * its body has. */
static void
test_received (void)
{
  static const char *const bodies[] = {
    "{}",
    "{\"facts\":{\"home_seq\":5,\"id\":\"x\",\"kind\":\"y\",\"received_at\":6,\"subject\":\"z\"}}",
    "{\"text\":\"\\\",\\\"id\\\":\\\"\\\",\\\"subject\\\":\\\"\"}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (LzEvent) event = lz_wire_parse_event (lines[i % G_N_ELEMENTS (lines)], -1, NULL);
      g_autofree char *canonical = NULL;
      g_autofree char *expected = NULL;
      g_autofree char *line = NULL;
      g_autofree char *cut = NULL;
      LzKind kind = LZ_KIND_UNKNOWN;

      g_free (event->body_json);
      event->body_json = g_strdup (bodies[i]);
      event->home_seq = 120 + i;
      event->received_ms = G_GINT64_CONSTANT (1780000000001);
      canonical = lz_wire_write_event (event);
      expected = lz_wire_write_received_event (event);
      line = lz_wire_add_receipt (canonical, event->home_seq, event->received_ms);
      g_assert_cmpstr (line, ==, expected);
      cut = lz_wire_cut_receipt (line, strlen (line), &kind);
      g_assert_cmpstr (cut, ==, canonical);
      g_assert_cmpint (kind, ==, event->kind);
      for (gsize n = 0; n < strlen (line); n++)
        {
          g_autofree char *part = lz_wire_cut_receipt (line, n, &kind);

          if (part != NULL) /* then all of the keys were there */
            g_assert_cmpuint (n, >, strlen (line) - 40);
        }
      g_assert_null (lz_wire_cut_receipt (canonical, strlen (canonical), &kind));
    }
  g_assert_null (lz_wire_add_receipt ("{\"id\":1}", 1, 1));
}

/* Canonical for the general way, but none of our business. */
static void
test_left_alone (void)
{
  static const char format[] =
      "{\"actor\":\"%s\",\"body\":%s,\"device\":\"d\",\"device_seq\":%s,\"feed\":\"f\",\"id\":"
      "\"01890a5d-ac96-774b-bcce-b302099a8059\",\"kind\":\"%s\",\"occurred_at\":1,\"subject\":"
      "\"01890a5d-ac96-774b-bcce-b302099a805a\"}";
  static const struct
  {
    const char *actor, *body, *number, *kind;
    gboolean quick;
  } cases[] = {
    { "li", "{}", "1", "case.noted", TRUE },
    { "l\\ti", "{}", "1", "case.noted", FALSE },
    { "li", "{\"colour\":1}", "1", "case.noted", FALSE },
    { "li", "{\"text\":\"a\\nb\"}", "1", "case.noted", FALSE },
    { "li", "{\"text\":\"a\", \"unit\":\"b\"}", "1", "case.noted", FALSE },
    { "li", "{\"unit\":\"b\",\"text\":\"a\"}", "1", "case.noted", FALSE },
    { "li", "{}", "9223372036854775807", "case.noted", FALSE },
    { "li", "{}", "0", "case.noted", FALSE },
    { "", "{}", "1", "case.noted", FALSE },
    { "li", "{}", "1", "case.sung", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *line =
          g_strdup_printf (format, cases[i].actor, cases[i].body, cases[i].number, cases[i].kind);

      g_assert_cmpint (compare (line, strlen (line)), ==, cases[i].quick);
    }
}

#define ID "01890a5d-ac96-774b-bcce-b302099a8059"

/* The quick way for answers as our server writes them, the general way for every other JSON: both
 * say the same. */
static void
test_receipts (void)
{
  static const struct
  {
    const char *text;
    gboolean good;
    guint n_receipts, n_heads;
  } cases[] = {
    { "{\"receipts\":[{\"id\":\"" ID "\",\"seq\":7,\"received_at\":5}],\"feeds\":"
      "[{\"feed\":\"f\",\"head\":9,\"chain\":\"" CHAIN "\"}],\"received_at\":5}",
      TRUE, 1, 1 },
    { "{ \"feeds\": [{\"chain\":\"" CHAIN "\",\"feed\":\"f\",\"head\":9}], \"receipts\":"
      " [{\"id\":\"" ID "\",\"seq\":7,\"received_at\":5}]}",
      TRUE, 1, 1 },
    { "{\"receipts\":[],\"feeds\":[],\"received_at\":5}", TRUE, 0, 0 },
    { "{\"receipts\":[{\"id\":\"" ID
      "\",\"refused\":\"state\",\"message\":\"no\",\"received_at\":5}],"
      "\"feeds\":[],\"received_at\":5}",
      TRUE, 1, 0 },
    { "{\"receipts\":[{\"id\":\"" ID "\",\"refused\":\"state\",\"seq\":7,\"received_at\":5}]}",
      FALSE, 0, 0 },
    { "{\"receipts\":[{\"id\":\"" ID "\",\"received_at\":5}]}", FALSE, 0, 0 },
    { "{\"receipts\":[{\"id\":\"" ID "\",\"seq\":0,\"received_at\":5}]}", FALSE, 0, 0 },
    { "{\"receipts\":[{\"id\":\"x\",\"seq\":7,\"received_at\":5}]}", FALSE, 0, 0 },
    { "{\"receipts\":[{\"id\":\"" ID "\",\"seq\":7,\"received_at\":5}],\"feeds\":[{\"feed\":\"f\","
      "\"head\":-1,\"chain\":\"" CHAIN "\"}]}",
      FALSE, 0, 0 },
    { "{\"receipts\":[{\"id\":\"" ID "\",\"seq\":7,\"received_at\":5}],\"feeds\":[{\"feed\":\"f\","
      "\"head\":1,\"chain\":\"00\"}]}",
      FALSE, 0, 0 },
    { "{\"receipts\":\"yes\"}", FALSE, 0, 0 },
    { "{}", FALSE, 0, 0 },
    { "<html>", FALSE, 0, 0 },
    { "", FALSE, 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (LzReceipts) answer = { 0 };
      g_autoptr (GError) error = NULL;

      g_assert_cmpint (lz_wire_parse_receipts (cases[i].text, strlen (cases[i].text), &answer,
                                               &error),
                       ==, cases[i].good);
      if (!cases[i].good)
        {
          g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
          continue;
        }
      g_assert_cmpuint (answer.receipts->len, ==, cases[i].n_receipts);
      g_assert_cmpuint (answer.heads->len, ==, cases[i].n_heads);
      for (guint k = 0; k < answer.receipts->len; k++)
        {
          const LzReceipt *receipt = &g_array_index (answer.receipts, LzReceipt, k);

          g_assert_cmpint (receipt->received_ms, ==, 5);
          g_assert_cmpint (receipt->home_seq, ==, receipt->code == NULL ? 7 : 0);
        }
      for (guint k = 0; k < answer.heads->len; k++)
        {
          const LzFeedHead *head = &g_array_index (answer.heads, LzFeedHead, k);

          g_assert_cmpstr (head->feed, ==, "f");
          g_assert_cmpint (head->seq, ==, 9);
          g_assert_cmpint (head->chain[1], ==, 0xff);
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/canonical/whole", test_whole);
  g_test_add_func ("/core/canonical/changed", test_changed);
  g_test_add_func ("/core/canonical/left-alone", test_left_alone);
  g_test_add_func ("/core/canonical/feed-line", test_feed_line);
  g_test_add_func ("/core/canonical/feed-line-general", test_feed_line_general);
  g_test_add_func ("/core/canonical/received", test_received);
  g_test_add_func ("/core/canonical/receipts", test_receipts);
  return g_test_run ();
}
