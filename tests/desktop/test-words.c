/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-words.h"

#define CHINA (8 * 60)
/* 2026-11-23 09:14:00 in China. */
#define NOW    G_GINT64_CONSTANT (1795396440000)
#define MINUTE (60 * G_GINT64_CONSTANT (1000))
#define HOUR   (60 * MINUTE)
#define DAY    (24 * HOUR)

static void
test_time (void)
{
  static const struct
  {
    gint64 at_ms;
    const char *text;
  } rows[] = {
    { NOW, "today 09:14" },
    { NOW + 86 * MINUTE, "today 10:40" },
    { NOW - 9 * HOUR - 15 * MINUTE, "yesterday 23:59" },
    { NOW + 15 * HOUR, "tomorrow 00:14" },
    { NOW - 2 * DAY, "11-21 09:14" },
    { NOW + 2 * DAY, "11-25 09:14" },
    { NOW - 400 * DAY, "2025-10-19 09:14" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = lz_words_dup_time (rows[i].at_ms, NOW, CHINA);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

/* The same moment is another day elsewhere. */
static void
test_zone (void)
{
  g_autofree char *there = lz_words_dup_time (NOW, NOW + DAY, 0);
  g_autofree char *here = lz_words_dup_time (NOW, NOW + DAY, CHINA);

  g_assert_cmpstr (there, ==, "yesterday 01:14");
  g_assert_cmpstr (here, ==, "yesterday 09:14");
}

static void
test_left (void)
{
  static const struct
  {
    gint64 due_ms;
    const char *text;
  } rows[] = {
    { NOW + 46 * MINUTE, "0 h 46 min left" },
    { NOW + 3 * DAY + 2 * HOUR, "3 d 2 h left" },
    { NOW - 182 * MINUTE, "3 h 2 min overdue" },
    { NOW, "0 h 0 min left" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *text = lz_words_dup_left (rows[i].due_ms, NOW);

      g_assert_cmpstr (text, ==, rows[i].text);
    }
}

static void
test_stage (void)
{
  g_autofree char *late = lz_words_dup_stage (NOW - 182 * MINUTE, NOW, CHINA);
  g_autofree char *soon = lz_words_dup_stage (NOW + MINUTE, NOW, CHINA);

  g_assert_cmpstr (late, ==, "this stage: 3 h 2 min overdue");
  g_assert_true (g_str_has_prefix (soon, "this stage: due today "));
}

static void
test_place (void)
{
  g_autofree char *left = lz_words_dup_place ("冶金大道", 42500, 312, LZ_SIDE_LEFT);
  g_autofree char *on = lz_words_dup_place ("冶金大道", 42500, 20, LZ_SIDE_RIGHT);
  g_autofree char *none = lz_words_dup_place (NULL, 0, 0, LZ_SIDE_NONE);

  g_assert_cmpstr (left, ==, "冶金大道 K0+425 left 3 m");
  g_assert_cmpstr (on, ==, "冶金大道 K0+425");
  g_assert_cmpstr (none, ==, "Not on a road of the office");
}

/* Each lamp has a shape of its own, and each state a class that the style sheet knows. */
static void
test_shapes (void)
{
  static const LzLamp lamps[] = { LZ_LAMP_NONE, LZ_LAMP_GREEN, LZ_LAMP_YELLOW, LZ_LAMP_RED };

  for (guint i = 0; i < G_N_ELEMENTS (lamps); i++)
    for (guint j = 0; j < i; j++)
      g_assert_cmpstr (lz_words_get_lamp_icon (lamps[i]), !=, lz_words_get_lamp_icon (lamps[j]));

  for (guint state = 1; state < LZ_N_STATES; state++)
    g_assert_true (g_str_has_prefix (lz_words_get_state_class (state), "state-"));
  g_assert_cmpstr (lz_words_get_state_class (LZ_STATE_CLOSED), ==, "state-closed");
  g_assert_cmpstr (lz_words_get_state_class (LZ_STATE_VOIDED), ==, "state-void");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/desktop/words/time", test_time);
  g_test_add_func ("/desktop/words/zone", test_zone);
  g_test_add_func ("/desktop/words/left", test_left);
  g_test_add_func ("/desktop/words/stage", test_stage);
  g_test_add_func ("/desktop/words/place", test_place);
  g_test_add_func ("/desktop/words/shapes", test_shapes);

  return g_test_run ();
}
