/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-catalogue.h"
#include "lz-data.h"
#include "lz-error.h"

#include <string.h>

static LzCatalogue *
load (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) categories = lz_data_lookup ("catalogue/catalogue.tsv", &error);
  g_autoptr (GBytes) tasks = lz_data_lookup ("catalogue/tasks.tsv", &error);
  LzCatalogue *catalogue;

  g_assert_no_error (error);
  catalogue = lz_catalogue_parse (categories, tasks, &error);
  g_assert_no_error (error);
  g_assert_nonnull (catalogue);
  return catalogue;
}

static const LzCategory *
get (const LzCatalogue *catalogue, const char *code)
{
  const LzCategory *category = lz_catalogue_find (catalogue, code);

  g_assert_nonnull (category);
  return category;
}

static void
assert_limit (const LzCategory *category, guint number, guint count, LzClock clock)
{
  const LzCondition *condition = lz_category_find_condition (category, number);

  g_test_message ("%s/%u", category->code, number);
  g_assert_nonnull (condition);
  g_assert_cmpuint (condition->number, ==, number);
  g_assert_cmpuint (condition->limit.count, ==, count);
  g_assert_cmpint (condition->limit.clock, ==, clock);
}

static void
test_counts (void)
{
  static const guint in_dimension[LZ_N_DIMENSIONS] = { 0, 71, 48, 15, 8, 8, 2 };
  g_autoptr (LzCatalogue) catalogue = load ();
  guint counted[LZ_N_DIMENSIONS] = { 0 };
  guint n_conditions = 0;

  g_assert_cmpuint (lz_catalogue_get_version (catalogue), ==, 1);
  g_assert_cmpuint (lz_catalogue_get_n_categories (catalogue), ==, 152);
  g_assert_cmpuint (lz_catalogue_get_n_tasks (catalogue), ==, 25);

  for (guint i = 0; i < 152; i++)
    {
      const LzCategory *category = lz_catalogue_get_category (catalogue, i);
      const LzTask *task = lz_catalogue_get_task (catalogue, category->task - 1);

      g_assert_true (lz_catalogue_find (catalogue, category->code) == category);
      g_assert_cmpuint (task->number, ==, category->task);
      g_assert_cmpint (task->dimension, ==, category->dimension);
      g_assert_cmpuint (strlen (category->initials), >=, 3);
      g_assert_cmpuint (category->conditions->len, >=, 1);
      counted[category->dimension]++;
      n_conditions += category->conditions->len;
    }

  g_assert_cmpmem (counted, sizeof counted, in_dimension, sizeof in_dimension);
  g_assert_cmpuint (n_conditions, ==, 161);
  g_assert_null (lz_catalogue_find (catalogue, "T99-01"));
}

static void
test_category (void)
{
  g_autoptr (LzCatalogue) catalogue = load ();
  const LzCategory *category = get (catalogue, "T01-05");
  const LzCondition *condition = lz_category_find_condition (category, 2);

  g_assert_cmpstr (category->name, ==, "道路隔离护栏破损、移位");
  g_assert_cmpstr (category->name_en, ==, "Road barrier broken or displaced");
  g_assert_cmpstr (category->initials, ==, "dlglhlpsyw");
  g_assert_cmpstr (category->kind, ==, "部件");
  g_assert_cmpstr (category->subtask, ==, "1.1");
  g_assert_cmpstr (category->code_system, ==, "GB/T 30428.2");
  g_assert_cmpstr (category->standard_code, ==, "0217");
  g_assert_null (category->cjt214_code);
  g_assert_null (category->local_code);
  g_assert_null (category->local_system);
  g_assert_cmpstr (category->lead_unit, ==, "市城管局");
  g_assert_cmpuint (g_strv_length (category->units), ==, 11);
  g_assert_cmpstr (category->units[2], ==, "市住建局(房管中心)");
  g_assert_cmpstr (condition->text, ==, "护栏仅移位、不齐");
  g_assert_null (lz_category_find_condition (category, 0));
  g_assert_null (lz_category_find_condition (category, 3));

  category = get (catalogue, "T01-03");
  g_assert_null (category->code_system);
  g_assert_cmpstr (category->local_system, ==, "运城");
  g_assert_cmpstr (category->local_code, ==, "0286");
}

/* The clock is the one of the source's words. */
static void
test_limits (void)
{
  g_autoptr (LzCatalogue) catalogue = load ();

  assert_limit (get (catalogue, "T01-01"), 1, 5, LZ_CLOCK_WORKING_DAYS);  /* 5天 */
  assert_limit (get (catalogue, "T01-05"), 1, 3, LZ_CLOCK_WORKING_DAYS);  /* 3天 */
  assert_limit (get (catalogue, "T01-05"), 2, 1, LZ_CLOCK_WORKING_DAYS);  /* 按1工作日 */
  assert_limit (get (catalogue, "T01-06"), 1, 2, LZ_CLOCK_URGENT_HOURS);  /* 2紧急工作时 */
  assert_limit (get (catalogue, "T01-22"), 2, 4, LZ_CLOCK_WORKING_HOURS); /* 按4工作时 */
  assert_limit (get (catalogue, "T01-24"), 1, 4, LZ_CLOCK_WORKING_HOURS); /* 4小时 */
  assert_limit (get (catalogue, "T01-26"), 3, 1, LZ_CLOCK_WORKING_DAYS);  /* 按1工作日 */
  assert_limit (get (catalogue, "T01-31"), 1, 48, LZ_CLOCK_URGENT_HOURS); /* 2紧急工作日 */
  assert_limit (get (catalogue, "T03-03"), 1, 2, LZ_CLOCK_URGENT_HOURS);  /* 2紧急工作时 */
  assert_limit (get (catalogue, "T06-01"), 1, 2, LZ_CLOCK_WORKING_HOURS); /* 2小时 */
  assert_limit (get (catalogue, "T08-02"), 1, 15, LZ_CLOCK_WORKING_DAYS); /* 15工作日 */
  assert_limit (get (catalogue, "T19-02"), 1, 1, LZ_CLOCK_URGENT_HOURS); /* 1紧急工作时制止 */
  assert_limit (get (catalogue, "T24-02"), 1, 1, LZ_CLOCK_CALENDAR_DAYS); /* 24 h proposed */
  assert_limit (get (catalogue, "T06-02"), 1, 4, LZ_CLOCK_WORKING_HOURS); /* 4 h proposed */
}

static void
test_tasks (void)
{
  g_autoptr (LzCatalogue) catalogue = load ();
  const LzTask *task = lz_catalogue_get_task (catalogue, 2);

  g_assert_cmpstr (task->name, ==, "占道(突店)经营整治");
  g_assert_cmpstr (task->lead_unit, ==, "市城管局");
  g_assert_cmpuint (g_strv_length (task->units), ==, 2);

  /* Three parts with leads of their own. */
  task = lz_catalogue_get_task (catalogue, 4);
  g_assert_cmpstr (task->lead_unit, ==, "市公安局");
  g_assert_cmpuint (g_strv_length (task->units), ==, 6);
  g_assert_true (g_strv_contains ((const char *const *) task->units, "市残联"));
  g_assert_true (g_strv_contains ((const char *const *) task->units, "市交通局"));
  g_assert_false (g_strv_contains ((const char *const *) task->units, "市公安局"));
}

static void
test_search (void)
{
  static const struct
  {
    const char *text;
    const char *first; /* NULL = nothing is found */
  } table[] = {
    { "zdjy", "T03-03" },
    { "占道经营", "T03-03" },
    { "ZDJY", "T03-03" },
    { "mlsc", "T03-03" },
    { "xds", "T18-03" },
    { "xdsqs", "T18-04" },
    { "行道树 缺失", "T18-04" },
    { "缺失 行道树", "T18-04" },
    { "T18-04", "T18-04" },
    { "t1804", "T18-04" },
    { "T25", "T25-01" },
    { "0406", "T01-23" }, /* CJ/T 214's 道路积水 comes first in the catalogue */
    { "fqhcf", "T01-07" },
    { "重复", "T01-07" },
    { "井盖", "T01-10" },
    { "street light", NULL },
    { "lamp out", "T16-01" },
    { "KERB", "T01-03" },
    { "飞线充电", "T01-22" },
    { "占到经营", "T03-03" }, /* a wrong character that sounds alike */
    { "  店外经营\t", "T03-02" },
    { "没有这种问题", NULL },
    { "-", NULL },
  };
  g_autoptr (LzCatalogue) catalogue = load ();

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GPtrArray) found = lz_catalogue_search (catalogue, table[i].text, NULL);
      const LzCategory *first = found->len > 0 ? g_ptr_array_index (found, 0) : NULL;

      if (g_strcmp0 (first ? first->code : NULL, table[i].first) != 0)
        g_error ("“%s” finds %s first, not %s", table[i].text, first ? first->code : "nothing",
                 table[i].first);
    }
}

static void
test_search_counts (void)
{
  g_autoptr (LzCatalogue) catalogue = load ();
  g_autoptr (GPtrArray) everything = lz_catalogue_search (catalogue, " ", NULL);
  g_autoptr (GPtrArray) trees = lz_catalogue_search (catalogue, "xds", NULL);
  g_autoptr (GPtrArray) broken = lz_catalogue_search (catalogue, "\xff\xfe", NULL);
  guint n = 0;

  g_assert_cmpuint (everything->len, ==, 152);
  for (guint i = 0; i < trees->len; i++)
    n += strstr (((const LzCategory *) g_ptr_array_index (trees, i))->name, "行道树") != NULL;
  g_assert_cmpuint (n, ==, 2);
  g_assert_cmpuint (broken->len, ==, 0);
}

static void
test_search_uses (void)
{
  g_autoptr (LzCatalogue) catalogue = load ();
  g_autoptr (GHashTable) uses = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) trees = NULL;
  g_autoptr (GPtrArray) everything = NULL;

  g_hash_table_insert (uses, (gpointer) "T18-04", GUINT_TO_POINTER (7));
  g_hash_table_insert (uses, (gpointer) "T12-02", GUINT_TO_POINTER (9));

  trees = lz_catalogue_search (catalogue, "xds", uses);
  g_assert_cmpstr (((const LzCategory *) g_ptr_array_index (trees, 0))->code, ==, "T18-04");
  everything = lz_catalogue_search (catalogue, "", uses);
  g_assert_cmpstr (((const LzCategory *) g_ptr_array_index (everything, 0))->code, ==, "T12-02");
  g_assert_cmpstr (((const LzCategory *) g_ptr_array_index (everything, 1))->code, ==, "T18-04");
  g_assert_cmpstr (((const LzCategory *) g_ptr_array_index (everything, 2))->code, ==, "T01-01");
}

/* It runs at each keystroke. */
static void
test_search_speed (void)
{
  static const char *const texts[] = { "z", "zdjy", "占道", "占到经营", "lamp", "" };
  g_autoptr (LzCatalogue) catalogue = load ();
  g_autoptr (GTimer) timer = g_timer_new ();
  const guint rounds = 50;
  double each_ms;

  for (guint i = 0; i < rounds * G_N_ELEMENTS (texts); i++)
    g_ptr_array_unref (lz_catalogue_search (catalogue, texts[i % G_N_ELEMENTS (texts)], NULL));

  each_ms = g_timer_elapsed (timer, NULL) * 1000 / (rounds * G_N_ELEMENTS (texts));
  g_test_message ("%.3f ms for a search", each_ms);
  g_assert_cmpfloat (each_ms, <, 20);
}

#define TASKS                                             \
  "task\tdimension\tname\tlead_unit\tunits\n"             \
  "1\t序化\t道路\t城管局\t财政局; 公安局;\n" \
  "2\t洁化\t清洁\t城管局\t\n"
#define HEAD                                                                                  \
  "# version: 3\n"                                                                            \
  "code\tcondition\tdimension\ttask\tsubtask\tname_zh\tname_en\tkind\tstandard_system\t"      \
  "standard_code\tcjt214_code\tlocal_system\tlocal_code\tlead_unit\tunits\tcategory_source\t" \
  "filing_condition\tlimit\tclock\tclosing_condition\tcondition_source\n"
#define GOOD "A\t1\t序化\t1\t\t坑\tHole\t事件\t\t\t\t\t\t城管局\t\tx\t有坑\t2\turgent_hours\t\ty\n"
#define MORE "A\t2\t\t\t\t\t\t\t\t\t\t\t\t\t\t\t大坑\t1\tworking_days\t\ty\n"

static LzCatalogue *
parse (const char *categories, const char *tasks, GError **error)
{
  g_autoptr (GBytes) category_bytes = g_bytes_new_static (categories, strlen (categories));
  g_autoptr (GBytes) task_bytes = g_bytes_new_static (tasks, strlen (tasks));

  return lz_catalogue_parse (category_bytes, task_bytes, error);
}

static void
test_parse (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LzCatalogue) catalogue = parse (HEAD GOOD MORE, TASKS, &error);

  g_assert_no_error (error);
  g_assert_cmpuint (lz_catalogue_get_version (catalogue), ==, 3);
  g_assert_cmpuint (lz_catalogue_get_n_categories (catalogue), ==, 1);
  g_assert_cmpuint (get (catalogue, "A")->conditions->len, ==, 2);
  g_assert_cmpuint (g_strv_length (lz_catalogue_get_task (catalogue, 0)->units), ==, 2);
  g_assert_cmpuint (g_strv_length (lz_catalogue_get_task (catalogue, 1)->units), ==, 0);
}

/* A good table with one thing changed, and what is said about it. */
static void
test_malformed (void)
{
  static const struct
  {
    const char *find;
    const char *replace;
    const char *message;
  } table[] = {
    { "# version: 3\n", "", "# version: N" },
    { "version: 3", "version: x", "# version: N" },
    { "\tclock\t", "\tglock\t", "line 2: there is no column “clock”" },
    { "A\t1\t序化", "A\t1\t花化", "line 3, dimension: " },
    { "A\t1\t序化\t1", "A\t1\t洁化\t1", "line 3, dimension: is not the one of the task" },
    { "A\t1\t序化\t1", "A\t1\t序化\t3", "line 3, task: " },
    { "A\t1\t序化\t1", "A\t1\t序化\t-1", "line 3, task: " },
    { "A\t1\t序化", "\t1\t序化", "line 3, code: is empty" },
    { "A\t1\t序化", "A\t2\t序化", "line 3, condition: " },
    { "坑\tHole", " \tHole", "line 3, name_zh: is empty" },
    { "事件\t\t", "事件\t\t0113", "line 3, standard_system: is empty" },
    { "事件\t\t", "事件\tGB\t", "line 3, standard_code: is empty" },
    { "有坑\t2", "有坑\t2h", "line 3, limit: " },
    { "有坑\t2", "有坑\t99999", "line 3, limit: " },
    { "urgent_hours", "hours", "line 3, clock: " },
    { "A\t2\t", "A\t3\t", "line 4, condition: " },
    { "A\t2\t\t", "A\t2\t序化\t", "line 4, dimension: belongs" },
    { "大坑\t1", "\t1", "line 4, filing_condition: is empty" },
    { "A\t2\t\t\t", "A\t2\t\t", "line 4: 20 fields" },
    { "A\t2\t\t\t\t\t", "B\t1\t序化\t1\t\t坑\t", "line 4, name_en: is empty" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GString) text = g_string_new (HEAD GOOD MORE);
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_string_replace (text, table[i].find, table[i].replace, 1), ==, 1);
      g_assert_null (parse (text->str, TASKS, &error));
      g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
      if (strstr (error->message, table[i].message) == NULL)
        g_error ("“%s” does not say “%s”", error->message, table[i].message);
    }
}

static void
test_malformed_tasks (void)
{
  static const char *const table[][3] = {
    { "2\t洁化", "3\t洁化", "Reading the tasks: line 3, task: does not follow" },
    { "2\t洁化", "x\t洁化", "line 3, task: " },
    { "清洁", "", "line 3, name: is empty" },
    { "2\t洁化", "2\tnone", "line 3, dimension: " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GString) text = g_string_new (TASKS);
      g_autoptr (GError) error = NULL;

      g_assert_cmpuint (g_string_replace (text, table[i][0], table[i][1], 1), ==, 1);
      g_assert_null (parse (HEAD GOOD, text->str, &error));
      g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, table[i][2]));
    }
}

/* Whatever an editor or a disk does to a table, it is read or refused with a line, never half. */
static void
test_mutated (void)
{
  static const char *const pieces[] = { "\t", "\n", "#", "\r", "\xe5", "A", "2", "-", "" };
  const gsize size = strlen (HEAD GOOD MORE);

  for (guint i = 0; i < 1000; i++)
    {
      g_autoptr (GString) text = g_string_new (HEAD GOOD MORE);
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (GBytes) tasks = g_bytes_new_static (TASKS, strlen (TASKS));
      g_autoptr (LzCatalogue) catalogue = NULL;
      g_autoptr (GError) error = NULL;
      gssize at = g_test_rand_int_range (0, (gint32) size);
      gssize cut = g_test_rand_int_range (0, 3);

      if (g_test_rand_bit ())
        g_string_truncate (text, (gsize) at);
      else
        g_string_erase (text, at, MIN (cut, (gssize) size - at));
      g_string_insert (text, MIN (at, (gssize) text->len),
                       pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);

      bytes = g_bytes_new (text->str, text->len); /* no NUL after it */
      catalogue = lz_catalogue_parse (bytes, tasks, &error);
      if (catalogue == NULL)
        g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
      else
        {
          g_assert_no_error (error);
          g_ptr_array_unref (lz_catalogue_search (catalogue, "zd 坑", NULL));
        }
    }
}

static void
test_twice (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) other = g_string_new (GOOD);
  g_autofree char *text = NULL;

  g_string_replace (other, "A\t", "B\t", 1);
  text = g_strconcat (HEAD GOOD, other->str, GOOD, NULL);
  g_assert_null (parse (text, TASKS, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
  g_assert_nonnull (strstr (error->message, "line 5, code: was there before"));
}

static void
test_dimensions (void)
{
  static const char *const words[] = { NULL, "序化", "洁化", "绿化", "亮化", "素质", "专项" };
  LzDimension dimension;

  for (guint i = LZ_DIMENSION_ORDER; i < LZ_N_DIMENSIONS; i++)
    {
      dimension = LZ_DIMENSION_NONE;
      g_assert_true (lz_dimension_from_string (words[i], &dimension));
      g_assert_cmpint (dimension, ==, i);
      dimension = LZ_DIMENSION_NONE;
      g_assert_true (lz_dimension_from_string (lz_dimension_to_string (i), &dimension));
      g_assert_cmpint (dimension, ==, i);
    }

  g_assert_cmpstr (lz_dimension_label (LZ_DIMENSION_CAMPAIGN), ==, "Campaigns");
  g_assert_false (lz_dimension_from_string ("", &dimension));
  g_assert_false (lz_dimension_from_string ("美化", &dimension));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/catalogue/counts", test_counts);
  g_test_add_func ("/core/catalogue/category", test_category);
  g_test_add_func ("/core/catalogue/limits", test_limits);
  g_test_add_func ("/core/catalogue/tasks", test_tasks);
  g_test_add_func ("/core/catalogue/search", test_search);
  g_test_add_func ("/core/catalogue/search-counts", test_search_counts);
  g_test_add_func ("/core/catalogue/search-uses", test_search_uses);
  g_test_add_func ("/core/catalogue/search-speed", test_search_speed);
  g_test_add_func ("/core/catalogue/parse", test_parse);
  g_test_add_func ("/core/catalogue/malformed", test_malformed);
  g_test_add_func ("/core/catalogue/malformed-tasks", test_malformed_tasks);
  g_test_add_func ("/core/catalogue/mutated", test_mutated);
  g_test_add_func ("/core/catalogue/twice", test_twice);
  g_test_add_func ("/core/catalogue/dimensions", test_dimensions);

  return g_test_run ();
}
