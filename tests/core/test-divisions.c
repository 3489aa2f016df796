/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-data.h"
#include "lz-divisions.h"
#include "lz-error.h"

#include <string.h>

static LzDivisions *
load (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = lz_data_lookup (name, &error);
  LzDivisions *divisions;

  g_assert_no_error (error);
  divisions = lz_divisions_parse (bytes, &error);
  g_assert_no_error (error);
  return divisions;
}

static void
test_dengfeng (void)
{
  g_autoptr (LzDivisions) divisions = load ("divisions/dengfeng.tsv");
  g_autoptr (GPtrArray) cities = lz_divisions_list (divisions, NULL);
  g_autoptr (GPtrArray) offices = lz_divisions_list (divisions, "410185");
  g_autoptr (GPtrArray) communities = lz_divisions_list (divisions, "410185001");
  g_autoptr (GPtrArray) nothing = lz_divisions_list (divisions, "410185001001");
  guint in_levels[3] = { 0 };

  g_assert_cmpuint (cities->len, ==, 1);
  g_assert_cmpuint (offices->len, ==, 15);
  g_assert_cmpuint (communities->len, ==, 31);
  g_assert_cmpuint (nothing->len, ==, 0);
  g_assert_cmpstr (((const LzDivision *) g_ptr_array_index (offices, 1))->name, ==, "少林街道");

  for (guint i = 0; i < lz_divisions_get_n (divisions); i++)
    in_levels[lz_divisions_get (divisions, i)->level]++;
  g_assert_cmpuint (in_levels[LZ_DIVISION_CITY], ==, 1);
  g_assert_cmpuint (in_levels[LZ_DIVISION_SUBDISTRICT], ==, 15);
  g_assert_cmpuint (in_levels[LZ_DIVISION_COMMUNITY], ==, 344);
  g_assert_nonnull (lz_divisions_get_note (divisions, "source"));
  g_assert_null (lz_divisions_get_note (divisions, "sample"));
}

static void
test_guixi (void)
{
  g_autoptr (LzDivisions) divisions = load ("divisions/guixi.tsv");

  g_assert_cmpstr (lz_divisions_get_note (divisions, "sample"), ==, "yes");
  g_assert_cmpuint (lz_divisions_get_n (divisions), ==, 4);
  g_assert_cmpstr (lz_divisions_find (divisions, "360681002")->name, ==, "雄石街道");
  g_assert_cmpstr (lz_divisions_find (divisions, "360681002")->parent, ==, "360681");
  g_assert_null (lz_divisions_find (divisions, "360681")->parent);
}

static void
assert_name (const LzDivisions *divisions, const char *name, const char *within, const char *code)
{
  const LzDivision *division = lz_divisions_find_name (divisions, name, within);

  g_test_message ("%s in %s", name, within ? within : "all");
  g_assert_cmpstr (division ? division->code : NULL, ==, code);
}

static void
test_find (void)
{
  g_autoptr (LzDivisions) divisions = load ("divisions/dengfeng.tsv");

  assert_name (divisions, "登封市", NULL, "410185");
  assert_name (divisions, "登封", NULL, "410185");
  assert_name (divisions, "嵩阳街道", NULL, "410185001");
  assert_name (divisions, "嵩阳", NULL, "410185001");
  assert_name (divisions, "嵩阳街道办事处", NULL, "410185001");
  assert_name (divisions, "告成镇", NULL, "410185103");
  assert_name (divisions, "告成", NULL, "410185103");
  assert_name (divisions, "告成居委会", NULL, "410185103001");
  assert_name (divisions, "告成", "410185103", "410185103");
  assert_name (divisions, "王村村委会", "410185107", NULL);
  assert_name (divisions, "嵩", NULL, NULL);
  assert_name (divisions, "嵩阳镇", NULL, NULL);
  assert_name (divisions, "", NULL, NULL);

  g_assert_cmpstr (lz_divisions_find (divisions, "410185004")->name, ==, "卢店街道");
  g_assert_null (lz_divisions_find (divisions, "410185999"));
}

static void
test_malformed (void)
{
  static const struct
  {
    const char *text;
    const char *message; /* NULL = good */
  } table[] = {
    { "410185\t市\tcity\t\n410185001\t嵩阳\tsubdistrict\t410185\n", NULL },
    { "41018\t市\tcity\t\n", "line 2, code: is not 6 digits" },
    { "41018x\t市\tcity\t\n", "line 2, code: is not 6 digits" },
    { "\t市\tcity\t\n", "line 2, code: is not 6 digits" },
    { "410185\t\tcity\t\n", "line 2, name: is empty" },
    { "410185\t市\ttown\t\n", "line 2, level: " },
    { "410185\t市\tcity\t4101\n", "line 2, parent: " },
    { "410185001\t嵩阳\tsubdistrict\t410185\n", "line 2, parent: " },
    { "410185\t市\tcity\t\n410186001\t嵩阳\tsubdistrict\t410185\n", "line 3, parent: " },
    { "410185\t市\tcity\t\n410185001001\t嵩\tcommunity\t410185\n", "line 3, parent: " },
    { "410185\t市\tcity\t\n410185\t市\tcity\t\n", "line 3, code: is there twice" },
    { "410185\t市\n", "line 2: 2 fields" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text = g_strconcat ("code\tname\tlevel\tparent\n", table[i].text, NULL);
      g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
      g_autoptr (GError) error = NULL;
      g_autoptr (LzDivisions) divisions = lz_divisions_parse (bytes, &error);

      if (table[i].message == NULL)
        {
          g_assert_no_error (error);
          g_assert_nonnull (divisions);
          continue;
        }
      g_assert_null (divisions);
      g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
      if (strstr (error->message, table[i].message) == NULL)
        g_error ("“%s” does not say “%s”", error->message, table[i].message);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/divisions/dengfeng", test_dengfeng);
  g_test_add_func ("/core/divisions/guixi", test_guixi);
  g_test_add_func ("/core/divisions/find", test_find);
  g_test_add_func ("/core/divisions/malformed", test_malformed);

  return g_test_run ();
}
