/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words of bulletins: figures in sentences, conditions, lists, what is kept of an edited text. */

#include "lz-bulletin-compose.h"
#include "lz-error.h"

#include <string.h>

#define HEAD "report\tpart\tkey\twhen\tlist\titem_zh\titem_en\tzh_CN\ten\n"

typedef struct
{
  LzTally *now[LZ_N_BYS];
  LzTally *previous[LZ_N_BYS];
  LzBulletinRules *rules;
  LzBulletinFrame frame;
} Fixture;

static char *
dup_name (LzTallyBy by, const char *value, gpointer data)
{
  return g_strdup_printf ("<%s>", value);
}

/* A unit's filed cases of the period. */
static void
count (LzTally *const *tables, const char *unit, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      LzFigures figures = { 0 };

      figures.unit = (char *) unit;
      for (guint by = 0; by < LZ_N_BYS; by++)
        if (tables[by] != NULL)
          lz_tally_add (tables[by], &figures, LZ_COUNT_BIT (LZ_COUNT_FILED), NULL);
    }
}

static void
make_tables (LzTally **tables, const LzTallySpan *span)
{
  tables[LZ_BY_ALL] = lz_tally_new (LZ_BY_ALL, span, NULL);
  tables[LZ_BY_UNIT] = lz_tally_new (LZ_BY_UNIT, span, NULL);
}

static LzBulletinRules *
parse (const char *rows)
{
  g_autofree char *table = g_strconcat ("# version: 7\n# deadline_days: 3\n" HEAD, rows, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new (table, strlen (table));
  g_autoptr (GError) error = NULL;
  LzBulletinRules *rules = lz_bulletin_rules_parse (bytes, "weekly", &error);

  g_assert_no_error (error);
  return rules;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  static const char *const names[] = { "office", "Hall {1}", NULL };
  LzTallySpan span = { 0 };

  g_assert_true (lz_period_parse ("2026-W10", 480, &span.period, NULL));
  make_tables (f->now, &span);
  make_tables (f->previous, &span);
  count (f->now, "甲 {1}", 3);
  count (f->now, "乙", 9);
  count (f->now, "", 2);
  count (f->previous, "乙", 7);
  for (guint by = 0; by < LZ_N_BYS; by++)
    if (f->now[by] != NULL)
      {
        lz_tally_finish (f->now[by]);
        lz_tally_finish (f->previous[by]);
      }
  f->rules = parse (data);
  f->frame = (LzBulletinFrame){ .rules = f->rules,
                                .figures = { .now = f->now, .previous = f->previous },
                                .dup_name = dup_name,
                                .names = names };
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  for (guint by = 0; by < LZ_N_BYS; by++)
    {
      g_clear_pointer (&f->now[by], lz_tally_free);
      g_clear_pointer (&f->previous[by], lz_tally_free);
    }
  lz_bulletin_rules_free (f->rules);
}

static char *
read_first (const Fixture *f, const LzBulletinText *text, guint section)
{
  const LzBulletinSection *of = g_ptr_array_index (text->sections, section);
  const LzParagraph *paragraph = g_ptr_array_index (of->paragraphs, 0);

  return lz_bulletin_text_dup_words (text, paragraph->text, &f->frame.figures);
}

static const char all_rows[] =
    "*\ttitle\ttitle\t\t\t\t\tx\tOf {office}\n"
    "*\tsection\tone\t\t\t\t\tx\tOne\n"
    "monthly\tone\tmonthly\t\t\t\t\tx\tnot of a week\n"
    "*\tone\tnever\tfiled>14\t\t\t\tx\tmore than there are\n"
    "*\tone\tnothing\tfiled=14\tunit filed>9 5\tx\t{name}\tx\tnobody: {list}\n"
    "*\tone\tmain\tfiled>13 filed.previous<8\tunit filed>0 5\tx\t{name} {filed}\tx\t"
    "{filed} filed, {filed.change} from {filed.previous}, {closing%} closed: {list}.\n"
    "*\tsection\ttwo\t\t\t\t\tx\tTwo\n"
    "*\ttwo\tlow\t\tunit filed<9 1\tx\t{name} {filed}\tx\t{list}\n";

static void
test_compose (Fixture *f, gconstpointer data)
{
  g_autoptr (LzBulletinText) text = lz_bulletin_compose (&f->frame);
  g_autofree char *title = lz_bulletin_text_dup_words (text, text->title, &f->frame.figures);
  g_autofree char *main_words = read_first (f, text, 0);
  g_autofree char *low_words = read_first (f, text, 1);
  const LzBulletinSection *one = g_ptr_array_index (text->sections, 0);

  g_assert_cmpstr (title, ==, "Of Hall {1}");
  g_assert_cmpuint (one->paragraphs->len, ==, 1);
  g_assert_cmpstr (main_words, ==, "14 filed, up 100.00% from 7, — closed: <乙> 9, <甲 {1}> 3.");
  g_assert_cmpstr (low_words, ==, "<甲 {1}> 3");
  g_assert_cmpuint (lz_bulletin_rules_get_deadline_days (f->rules), ==, 3);
}

/* A text goes into the store and comes back; once fixed it says what it said. */
static void
test_fix (Fixture *f, gconstpointer data)
{
  g_autoptr (LzBulletinText) text = lz_bulletin_compose (&f->frame);
  g_autoptr (LzBulletinText) copy = NULL;
  LzTypicalCase *of = lz_typical_case_new ();
  LzBulletinFigures nothing = f->frame.figures;
  g_autofree char *words = NULL;

  of->id = lz_id_new (1);
  of->place = g_strdup ("K0+350");
  g_ptr_array_add (text->cases, of);
  ((LzParagraph *) g_ptr_array_index (
       ((LzBulletinSection *) g_ptr_array_index (text->sections, 0))->paragraphs, 0))
      ->edited = TRUE;
  lz_bulletin_text_fix (text, &f->frame.figures);
  copy = lz_bulletin_text_copy (text);
  nothing.now = f->previous;
  words = lz_bulletin_text_dup_words (
      copy,
      ((LzParagraph *) g_ptr_array_index (
           ((LzBulletinSection *) g_ptr_array_index (copy->sections, 0))->paragraphs, 0))
          ->text,
      &nothing);
  g_assert_cmpstr (words, ==, "14 filed, up 100.00% from 7, — closed: <乙> 9, <甲 {1}> 3.");
  g_assert_cmpuint (copy->cases->len, ==, 1);
  of = g_ptr_array_index (copy->cases, 0);
  g_assert_true (
      lz_id_equal (&of->id, &((LzTypicalCase *) g_ptr_array_index (text->cases, 0))->id));
  g_assert_cmpstr (of->place, ==, "K0+350");
  g_assert_null (of->unit);
  g_assert_true (((LzParagraph *) g_ptr_array_index (
                      ((LzBulletinSection *) g_ptr_array_index (copy->sections, 0))->paragraphs, 0))
                     ->edited);
}

static void
test_tokens (void)
{
  static const char *const good[] = {
    "filed",  "closing%",       "filed.previous",       "closing_on_time%.year_change",
    "median", "p90_clock.year", "score@unit=%E5%B8%82", "overdue_open.change@road="
  };
  static const char *const bad[] = { "",     "file",       "filed%",    "filed.then",
                                     "name", "filed@unit", "filed@x=1", "filed@unit=%zz" };

  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_auto (LzFigureToken) token = { 0 };
      g_auto (LzFigureToken) again = { 0 };
      g_autofree char *text = NULL;

      g_assert_true (lz_figure_token_parse (good[i], &token));
      text = lz_figure_token_dup (&token);
      g_assert_true (lz_figure_token_parse (text, &again));
      g_assert_cmpint (token.form, ==, again.form);
      g_assert_cmpuint (token.which, ==, again.which);
      g_assert_cmpint (token.when, ==, again.when);
      g_assert_cmpint (token.by, ==, again.by);
      g_assert_cmpstr (token.value, ==, again.value);
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_auto (LzFigureToken) token = { 0 };

      g_assert_false (lz_figure_token_parse (bad[i], &token));
    }
}

static void
test_split (void)
{
  g_autoptr (GArray) runs = lz_bulletin_split ("a {{b}} {c} {filed}件{closing%}");
  g_autofree char *escaped = lz_bulletin_escape ("{filed}");
  g_autoptr (GArray) words = lz_bulletin_split (escaped);

  g_assert_cmpuint (runs->len, ==, 4);
  g_assert_cmpstr (g_array_index (runs, LzTextRun, 0).text, ==, "a {b} {c} ");
  g_assert_true (g_array_index (runs, LzTextRun, 1).is_figure);
  g_assert_cmpstr (g_array_index (runs, LzTextRun, 3).text, ==, "closing%");
  g_assert_cmpuint (words->len, ==, 1);
  g_assert_cmpstr (g_array_index (words, LzTextRun, 0).text, ==, "{filed}");
}

/* A table that an office has mistyped names the line. */
static void
test_mistakes (void)
{
  static const char *const rows[] = { "*\tone\ta\tfild>0\t\t\t\tx\tx\n",
                                      "*\tone\ta\tfiled\t\t\t\tx\tx\n",
                                      "*\tone\ta\t\tunit filed>0\t\t\tx\tx\n",
                                      "*\tone\ta\t\tunits filed>0 3\t\t\tx\tx\n",
                                      "*\tone\t\t\t\t\t\tx\tx\n",
                                      "*\t\ta\t\t\t\t\tx\tx\n" };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *table = g_strconcat (HEAD, rows[i], NULL);
      g_autoptr (GBytes) bytes = g_bytes_new (table, strlen (table));
      g_autoptr (GError) error = NULL;

      g_assert_null (lz_bulletin_rules_parse (bytes, "weekly", &error));
      g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "line 2"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add ("/core/bulletin/compose", Fixture, all_rows, set_up, test_compose, tear_down);
  g_test_add ("/core/bulletin/fix", Fixture, all_rows, set_up, test_fix, tear_down);
  g_test_add_func ("/core/bulletin/tokens", test_tokens);
  g_test_add_func ("/core/bulletin/split", test_split);
  g_test_add_func ("/core/bulletin/mistakes", test_mistakes);
  return g_test_run ();
}
