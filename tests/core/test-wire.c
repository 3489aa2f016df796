/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lz-error.h"
#include "lz-wire.h"

#include <string.h>

/* A line as version 1 wrote it: if this fails, the wire format or the chain has changed, and every
 * station and server out there with it. */
static const char frozen_line[] =
    "{\"actor\":\"local\",\"basis\":\"0195553f-9c00-7000-8000-000000000001\",\"body\":{"
    "\"category\":"
    "\"T01-01\",\"chainage_cm\":42500,\"condition\":1,\"lat7\":282900000,\"limit\":{\"clock\":"
    "\"working_days\",\"count\":5},\"lon7\":1172000000,\"number\":\"D-3fa2-260302-1\",\"offset_"
    "cm\":"
    "300,\"photos\":[{\"role\":\"before\",\"sha256\":"
    "\"0707070707070707070707070707070707070707070707070707070707070707\",\"size\":1000,"
    "\"taken_at\":1772413000000}],\"road\":\"0195553f-9c00-7000-8000-000000000002\",\"road_name\":"
    "\"冶金大道\",\"side\":\"left\",\"text\":\"坑槽 \\\"深\\\"\\n约 5 cm\"},\"device\":"
    "\"3fa2b1c0d4e5\",\"device_seq\":7,\"feed\":\"360681001\",\"id\":"
    "\"0195553f-9c00-7000-8000-000000000003\",\"kind\":\"case.reported\",\"occurred_at\":"
    "1772413200000,\"subject\":\"0195553f-9c00-7000-8000-000000000004\"}";

static const char frozen_chain[] =
    "0d665ee29df31960c0e47568de28b22168db9124ec834325f2a45fc5ac5cfc9e";

static void
test_frozen_line (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LzEvent) event = lz_wire_parse_event (frozen_line, -1, &error);
  g_autofree char *line = NULL;
  g_autofree char *body = NULL;
  guint8 zero[LZ_SHA256_SIZE] = { 0 }, chain[LZ_SHA256_SIZE];
  char hex[2 * LZ_SHA256_SIZE + 1];

  g_assert_no_error (error);
  g_assert_cmpint (event->kind, ==, LZ_KIND_REPORTED);
  g_assert_cmpint (event->body->chainage_cm, ==, 42500);
  g_assert_cmpstr (event->body->road_name, ==, "冶金大道");
  g_assert_cmpint (event->body->side, ==, LZ_SIDE_LEFT);
  g_assert_cmpstr (event->body->text, ==, "坑槽 \"深\"\n约 5 cm");
  g_assert_cmpuint (event->body->photos->len, ==, 1);

  line = lz_wire_write_event (event);
  g_assert_cmpstr (line, ==, frozen_line);
  body = lz_wire_write_body (event->body);
  g_assert_cmpstr (body, ==, event->body_json);

  lz_wire_chain (zero, event, chain);
  for (int i = 0; i < LZ_SHA256_SIZE; i++)
    g_snprintf (hex + 2 * i, 3, "%02x", chain[i]);
  g_assert_cmpstr (hex, ==, frozen_chain);
}

static void
test_key_order_does_not_matter (void)
{
  const char *shuffled =
      "{\"subject\":\"0195553f-9c00-7000-8000-000000000004\",\"kind\":\"case.noted\",\"id\":"
      "\"0195553f-9c00-7000-8000-000000000003\", \"occurred_at\": 5, "
      "\"feed\":\"1\",\"device\":\"d\","
      "\"device_seq\":1,\"actor\":\"a\",\"body\":{\"text\":\"x\",\"address\":\"y\"}}";
  g_autoptr (LzEvent) event = lz_wire_parse_event (shuffled, -1, NULL);

  g_assert_nonnull (event);
  g_assert_cmpstr (event->body_json, ==, "{\"address\":\"y\",\"text\":\"x\"}");
}

static void
test_newer_kinds_are_kept (void)
{
  const char *line = "{\"actor\":\"a\",\"body\":{\"new\":[1,{\"b\":true}]},\"device\":\"d\","
                     "\"device_seq\":1,\"feed\":\"1\",\"id\":"
                     "\"0195553f-9c00-7000-8000-000000000003\",\"kind\":\"case.teleported\","
                     "\"occurred_at\":5,\"subject\":\"0195553f-9c00-7000-8000-000000000004\"}";
  g_autoptr (LzEvent) event = lz_wire_parse_event (line, -1, NULL);
  g_autofree char *again = NULL;

  g_assert_nonnull (event);
  g_assert_cmpint (event->kind, ==, LZ_KIND_UNKNOWN);
  g_assert_null (event->body);
  again = lz_wire_write_event (event);
  g_assert_cmpstr (again, ==, line);
}

#define ENVELOPE(body)                                                                          \
  "{\"actor\":\"a\",\"body\":" body ",\"device\":\"d\",\"device_seq\":1,\"feed\":\"1\",\"id\":" \
  "\"0195553f-9c00-7000-8000-000000000003\",\"kind\":\"case.noted\",\"occurred_at\":5,"         \
  "\"subject\":\"0195553f-9c00-7000-8000-000000000004\"}"

static void
test_bad_lines (void)
{
  static const char *const bad[] = {
    "",
    "{",
    "[]",
    "null",
    "\"text\"",
    "{}",
    "<html>please log in</html>",
    ENVELOPE ("[]"),
    ENVELOPE ("null"),
    ENVELOPE ("{\"lat7\":1.5}"),
    ENVELOPE ("{\"lat7\":900000001}"),
    ENVELOPE ("{\"lat7\":\"1\"}"),
    ENVELOPE ("{\"road\":\"no id\"}"),
    ENVELOPE ("{\"limit\":{\"count\":1,\"clock\":\"sundial\"}}"),
    ENVELOPE ("{\"limit\":{\"count\":-1,\"clock\":\"working_days\"}}"),
    ENVELOPE ("{\"photos\":{}}"),
    ENVELOPE ("{\"photos\":[7]}"),
    ENVELOPE ("{\"photos\":[{\"role\":\"before\",\"sha256\":\"AA\"}]}"),
    ENVELOPE ("{\"side\":\"above\"}"),
    ENVELOPE ("{\"a\":[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]}"),
    ENVELOPE ("{\"new\":1e400}"),
    ENVELOPE ("{\"text\":\"\xff\xfe\"}"),
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LzEvent) event = lz_wire_parse_event (bad[i], -1, &error);

      g_assert_null (event);
      g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
    }
}

/* Only what every reader understands alike, and no deeper than asked. */
static void
test_json_check (void)
{
  static const char *const good[] = { "{}",
                                      "[]",
                                      " [ 1 , -0.5e+10 , 0 ] ",
                                      "{\"a\":[true,false,null,\"\\u00e9\\n\"]}",
                                      "\"x\"",
                                      "[[[]]]",
                                      "[1E2,2e-3]",
                                      "{\"]]]\":\"[[[[[[\"}",
                                      "{\"a\":{\"b\":{}}}" };
  static const char *const bad[] = { "",
                                     " ",
                                     "{",
                                     "{}}",
                                     "[1,]",
                                     "{\"a\"}",
                                     "{'a':1}",
                                     "{\"a\":1 /* x */}",
                                     "[01]",
                                     "[1.]",
                                     "[-]",
                                     "[1e]",
                                     "[\"\\x\"]",
                                     "[\"\\u12g4\"]",
                                     "[\"a\nb\"]",
                                     "\"open",
                                     "\"\\",
                                     "tru",
                                     "nul",
                                     "[\"\xff\"]",
                                     "{\"]]]\":1,\"b\":[[[[]]]]}",
                                     "[[[[]]]]" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    if (!lz_json_check (good[i], strlen (good[i]), 3))
      g_error ("is JSON: %s", good[i]);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    if (lz_json_check (bad[i], strlen (bad[i]), 3))
      g_error ("is no JSON: %s", bad[i]);
  g_assert_false (lz_json_check ("[]\0", 3, 3));
  g_assert_false (lz_json_check (NULL, 0, 3));
}

static void
test_too_large (void)
{
  g_autofree char *line = g_strnfill (LZ_WIRE_MAX_EVENT_BYTES + 1, ' ');
  g_autoptr (GError) error = NULL;

  g_assert_null (lz_wire_parse_event (line, -1, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_TOO_LARGE);
}

/* Any body comes back as it went. */
static void
test_random_bodies (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint round = 0; round < 500; round++)
    {
      g_autoptr (LzBody) body = lz_body_new ();
      g_autoptr (LzBody) back = NULL;
      g_autofree char *json = NULL;
      g_autofree char *again = NULL;
      g_autoptr (GError) error = NULL;
      GString *text = g_string_new (NULL);

      for (guint i = 0; i < 20; i++)
        g_string_append_unichar (text, (gunichar) g_rand_int_range (rand, 1, 0xd7ff));
      body->text = g_string_free (text, FALSE);
      body->condition = (guint) g_rand_int_range (rand, 0, 9);
      body->due_ms = g_rand_int_range (rand, 0, G_MAXINT32) * G_GINT64_CONSTANT (1000);
      if (g_rand_boolean (rand))
        {
          body->road = lz_id_new (round + 1);
          body->chainage_cm = g_rand_int_range (rand, 0, 1000000);
          body->side = (LzSide) g_rand_int_range (rand, 0, 3);
        }
      for (int i = g_rand_int_range (rand, 0, 4); i > 0; i--)
        {
          LzPhotoRef photo = { .role = (LzPhotoRole) g_rand_int_range (rand, 0, 3) };

          memset (photo.sha256, i, sizeof photo.sha256);
          lz_body_add_photo (body, &photo);
        }

      json = lz_wire_write_body (body);
      back = lz_wire_parse_body (json, &error);
      g_assert_no_error (error);
      again = lz_wire_write_body (back);
      g_assert_cmpstr (json, ==, again);
      g_assert_cmpstr (body->text, ==, back->text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/wire/frozen-line", test_frozen_line);
  g_test_add_func ("/core/wire/key-order-does-not-matter", test_key_order_does_not_matter);
  g_test_add_func ("/core/wire/newer-kinds-are-kept", test_newer_kinds_are_kept);
  g_test_add_func ("/core/wire/bad-lines", test_bad_lines);
  g_test_add_func ("/core/wire/json-check", test_json_check);
  g_test_add_func ("/core/wire/too-large", test_too_large);
  g_test_add_func ("/core/wire/random-bodies", test_random_bodies);

  return g_test_run ();
}
