/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-case-steps.h"
#include "lz-tsv.h"

/* What the pane of a case offers each role in each state, against tests/data/steps/offered.tsv,
 * which was written by hand from the rules of the trade. */

enum
{
  COLUMN_STATE,
  COLUMN_FLAG,
  COLUMN_ROLE,
  COLUMN_MAIN,
  COLUMN_NO,
  COLUMN_MENU,
};

static const char *const columns[] = { "state", "flag", "role", "main", "no", "menu", NULL };

static LzTsv *
read_table (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "steps", "offered.tsv", NULL);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  LzTsv *table;
  gsize length;

  g_file_get_contents (path, &text, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new (text, length);
  table = lz_tsv_parse (bytes, columns, &error);
  g_assert_no_error (error);
  return table;
}

/* A case in that state as its flags say. */
static LzCase *
make_case (LzState state, const char *flags)
{
  LzCase *self = lz_case_new ();

  self->state = state;
  self->void_asked = strstr (flags, "void_asked") != NULL;
  self->appeal = strstr (flags, "appeal") != NULL ? LZ_APPEAL_PENDING : LZ_APPEAL_NONE;
  if (state != LZ_STATE_FILED || strstr (flags, "returned") != NULL)
    self->unit = g_strdup ("unit");
  return self;
}

/* "case.filed" is "filed" there. */
static const char *
get_name (const LzTransition *row)
{
  return row != NULL ? lz_kind_to_string (row->kind) + strlen ("case.") : "-";
}

static int
compare_names (const void *a, const void *b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

static char *
dup_sorted (char **names)
{
  qsort (names, g_strv_length (names), sizeof *names, compare_names);
  return g_strjoinv (" ", names);
}

static char *
dup_menu (const LzCase *item, LzRole role)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;
  LzChoice choices[LZ_CASE_STEPS_MAX];
  guint n = lz_case_steps_list_more (item, role, 1, choices, G_N_ELEMENTS (choices));

  for (guint i = 0; i < n; i++)
    g_strv_builder_add (names, get_name (choices[i].row));
  list = g_strv_builder_end (names);
  return dup_sorted (list);
}

/* What the table wants in the menu; a note goes everywhere. */
static char *
dup_wanted (const char *menu)
{
  g_autofree char *all =
      g_str_equal (menu, "-") ? g_strdup ("noted") : g_strdup_printf ("%s noted", menu);
  g_auto (GStrv) list = g_strsplit (all, " ", -1);

  return dup_sorted (list);
}

static void
check_offer (const LzCase *item, LzRole role, const char *next, const char *no, const char *menu)
{
  g_autofree char *wanted = dup_wanted (menu);
  g_autofree char *offered = dup_menu (item, role);

  g_test_message ("%s, %s", lz_state_to_string (item->state), lz_role_to_string (role));
  g_assert_cmpstr (get_name (lz_case_steps_get_next (item, role)), ==, next);
  g_assert_cmpstr (get_name (lz_case_steps_get_return (item, role)), ==, no);
  g_assert_cmpstr (offered, ==, wanted);
}

static void
test_table (void)
{
  g_autoptr (LzTsv) table = read_table ();

  for (guint row = 0; row < lz_tsv_get_n_rows (table); row++)
    {
      g_autoptr (LzCase) item = NULL;
      LzState state;
      LzRole role;

      g_assert_true (lz_state_from_string (lz_tsv_get (table, row, COLUMN_STATE), &state));
      g_assert_true (lz_role_from_string (lz_tsv_get (table, row, COLUMN_ROLE), &role));
      item = make_case (state, lz_tsv_get (table, row, COLUMN_FLAG));
      check_offer (item, role, lz_tsv_get (table, row, COLUMN_MAIN),
                   lz_tsv_get (table, row, COLUMN_NO), lz_tsv_get (table, row, COLUMN_MENU));
    }
}

static gboolean
is_in_table (const LzTsv *table, const char *state, const char *role)
{
  for (guint row = 0; row < lz_tsv_get_n_rows (table); row++)
    if (g_str_equal (lz_tsv_get (table, row, COLUMN_STATE), state) &&
        g_str_equal (lz_tsv_get (table, row, COLUMN_ROLE), role))
      return TRUE;
  return FALSE;
}

/* Whom the table does not name may add a note and nothing else. */
static void
test_others (void)
{
  g_autoptr (LzTsv) table = read_table ();
  guint n = 0;

  for (LzState state = LZ_STATE_REPORTED; state < LZ_N_STATES; state++)
    for (guint role = LZ_ROLE_INSPECTOR; role <= LZ_ROLE_ADMIN; role <<= 1)
      {
        g_autoptr (LzCase) item = make_case (state, "-");

        if (is_in_table (table, lz_state_to_string (state), lz_role_to_string ((LzRole) role)))
          continue;
        check_offer (item, (LzRole) role, "-", "-", "-");
        n++;
      }
  g_assert_cmpuint (n, >, 20);
}

/* A main button never is one that is refused for what the case is like. */
static void
test_possible (void)
{
  static const char *const flags[] = { "-", "void_asked", "appeal", "returned",
                                       "returned void_asked" };

  for (LzState state = LZ_STATE_REPORTED; state < LZ_N_STATES; state++)
    for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
      for (guint roles = 1; roles < LZ_ROLE_RULE; roles++)
        {
          g_autoptr (LzCase) item = make_case (state, flags[i]);
          const LzTransition *next = lz_case_steps_get_next (item, roles);
          LzChoice choices[LZ_CASE_STEPS_MAX];
          guint n = lz_fold_list_choices (item, roles, 1, choices, G_N_ELEMENTS (choices));

          for (guint k = 0; next != NULL && k < n; k++)
            if (choices[k].row->kind == next->kind)
              g_assert_cmpstr (choices[k].why_not, ==, NULL);
        }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/desktop/case-steps/table", test_table);
  g_test_add_func ("/desktop/case-steps/others", test_others);
  g_test_add_func ("/desktop/case-steps/possible", test_possible);

  return g_test_run ();
}
