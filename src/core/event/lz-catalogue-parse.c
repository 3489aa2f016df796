/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-event"

#include "config.h"

#include "lz-catalogue-private.h"

#include "lz-error.h"
#include "lz-pinyin.h"
#include "lz-tsv.h"

#define MAX_LIMIT      10000 /* more hours or days than this is a slip of the pen */
#define MAX_TASKS      1000
#define MAX_CONDITIONS 100

enum
{
  TASK_NUMBER,
  TASK_DIMENSION,
  TASK_NAME,
  TASK_LEAD_UNIT,
  TASK_UNITS,
};

static const char *const task_columns[] = {
  "task", "dimension", "name", "lead_unit", "units", NULL,
};

enum
{
  CODE,
  CONDITION,
  DIMENSION,
  TASK,
  SUBTASK,
  NAME,
  NAME_EN,
  KIND,
  STANDARD_SYSTEM,
  STANDARD_CODE,
  CJT214_CODE,
  LOCAL_SYSTEM,
  LOCAL_CODE,
  LEAD_UNIT,
  UNITS,
  CATEGORY_SOURCE,
  FILING_CONDITION,
  LIMIT,
  CLOCK,
  CLOSING_CONDITION,
  CONDITION_SOURCE,
};

static const char *const columns[] = {
  "code",
  "condition",
  "dimension",
  "task",
  "subtask",
  "name_zh",
  "name_en",
  "kind",
  "standard_system",
  "standard_code",
  "cjt214_code",
  "local_system",
  "local_code",
  "lead_unit",
  "units",
  "category_source",
  "filing_condition",
  "limit",
  "clock",
  "closing_condition",
  "condition_source",
  NULL,
};

/* Copies a field that may not be empty. */
static gboolean
take (const LzTsv *tsv, guint row, guint column, char **value, GError **error)
{
  *value = lz_tsv_dup (tsv, row, column);
  return *value != NULL || lz_tsv_set_error (tsv, row, column, "is empty", error);
}

static GStrv
split_units (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);
  g_autoptr (GStrvBuilder) units = g_strv_builder_new ();

  for (guint i = 0; parts[i] != NULL; i++)
    if (g_strstrip (parts[i])[0] != '\0')
      g_strv_builder_add (units, parts[i]);

  return g_strv_builder_end (units);
}

static gboolean
take_dimension (const LzTsv *tsv, guint row, guint column, LzDimension *dimension, GError **error)
{
  return (lz_dimension_from_string (lz_tsv_get (tsv, row, column), dimension) &&
          *dimension != LZ_DIMENSION_NONE) ||
         lz_tsv_set_error (tsv, row, column, "is none of the six dimensions", error);
}

/* A further part of a task: its units join those of the first. */
static void
add_units (LzTask *task, const char *lead_unit, const char *const *units)
{
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  const char *lead[] = { lead_unit, NULL };
  const char *const *lists[] = { lead, units };

  g_strv_builder_addv (all, (const char **) task->units);
  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (const char *const *unit = lists[i]; *unit != NULL; unit++)
      if (!g_str_equal (*unit, task->lead_unit) &&
          !g_strv_contains ((const char *const *) task->units, *unit))
        g_strv_builder_add (all, *unit);

  g_strfreev (task->units);
  task->units = g_strv_builder_end (all);
}

static gboolean
read_task (GPtrArray *tasks, const LzTsv *tsv, guint row, GError **error)
{
  g_autoptr (LzTask) task = g_new0 (LzTask, 1);

  if (!lz_tsv_get_uint (tsv, row, TASK_NUMBER, 1, MAX_TASKS, &task->number, error) ||
      !take_dimension (tsv, row, TASK_DIMENSION, &task->dimension, error) ||
      !take (tsv, row, TASK_NAME, &task->name, error) ||
      !take (tsv, row, TASK_LEAD_UNIT, &task->lead_unit, error))
    return FALSE;
  task->units = split_units (lz_tsv_get (tsv, row, TASK_UNITS));

  if (task->number == tasks->len && tasks->len > 0)
    add_units (g_ptr_array_index (tasks, tasks->len - 1), task->lead_unit,
               (const char *const *) task->units);
  else if (task->number == tasks->len + 1)
    g_ptr_array_add (tasks, g_steal_pointer (&task));
  else
    return lz_tsv_set_error (tsv, row, TASK_NUMBER, "does not follow the line before", error);

  return TRUE;
}

static gboolean
read_tasks (LzCatalogue *self, GBytes *bytes, GError **error)
{
  g_autoptr (LzTsv) tsv = lz_tsv_parse (bytes, task_columns, error);

  if (tsv == NULL)
    return FALSE;

  for (guint i = 0; i < lz_tsv_get_n_rows (tsv); i++)
    if (!read_task (self->tasks, tsv, i, error))
      return FALSE;

  return TRUE;
}

static gboolean
read_condition (LzCategory *category, const LzTsv *tsv, guint row, GError **error)
{
  g_autoptr (LzCondition) condition = g_new0 (LzCondition, 1);

  if (!lz_tsv_get_uint (tsv, row, CONDITION, 1, MAX_CONDITIONS, &condition->number, error) ||
      !take (tsv, row, FILING_CONDITION, &condition->text, error) ||
      !lz_tsv_get_uint (tsv, row, LIMIT, 0, MAX_LIMIT, &condition->limit.count, error) ||
      !take (tsv, row, CONDITION_SOURCE, &condition->source, error))
    return FALSE;
  if (!lz_clock_from_string (lz_tsv_get (tsv, row, CLOCK), &condition->limit.clock))
    return lz_tsv_set_error (tsv, row, CLOCK, "is none of the four clocks", error);
  if (condition->number != category->conditions->len + 1)
    return lz_tsv_set_error (tsv, row, CONDITION, "does not follow the line before", error);

  condition->closing = lz_tsv_dup (tsv, row, CLOSING_CONDITION);
  g_ptr_array_add (category->conditions, g_steal_pointer (&condition));
  return TRUE;
}

/* A code without the system it is from means nothing: the same digits are other things elsewhere.
 */
static gboolean
take_code (const LzTsv *tsv,
           guint row,
           guint system_column,
           guint code_column,
           char **code_system,
           char **code,
           GError **error)
{
  *code_system = lz_tsv_dup (tsv, row, system_column);
  *code = lz_tsv_dup (tsv, row, code_column);

  if (*code != NULL && *code_system == NULL)
    return lz_tsv_set_error (tsv, row, system_column, "is empty beside a code", error);
  if (*code == NULL && *code_system != NULL)
    return lz_tsv_set_error (tsv, row, code_column, "is empty beside a code system", error);

  return TRUE;
}

static gboolean
take_task (LzCategory *category,
           const GPtrArray *tasks,
           const LzTsv *tsv,
           guint row,
           GError **error)
{
  const LzTask *task;

  if (!take_dimension (tsv, row, DIMENSION, &category->dimension, error) ||
      !lz_tsv_get_uint (tsv, row, TASK, 1, tasks->len, &category->task, error))
    return FALSE;

  task = g_ptr_array_index (tasks, category->task - 1);
  return task->dimension == category->dimension ||
         lz_tsv_set_error (tsv, row, DIMENSION, "is not the one of the task", error);
}

static LzCategory *
read_category (const LzCatalogue *self, const LzTsv *tsv, guint row, GError **error)
{
  g_autoptr (LzCategory) category = g_new0 (LzCategory, 1);

  category->conditions = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_condition_free);
  if (!take (tsv, row, CODE, &category->code, error) ||
      !take_task (category, self->tasks, tsv, row, error) ||
      !take (tsv, row, NAME, &category->name, error) ||
      !take (tsv, row, NAME_EN, &category->name_en, error) ||
      !take (tsv, row, KIND, &category->kind, error) ||
      !take_code (tsv, row, STANDARD_SYSTEM, STANDARD_CODE, &category->code_system,
                  &category->standard_code, error) ||
      !take_code (tsv, row, LOCAL_SYSTEM, LOCAL_CODE, &category->local_system,
                  &category->local_code, error) ||
      !take (tsv, row, LEAD_UNIT, &category->lead_unit, error) ||
      !take (tsv, row, CATEGORY_SOURCE, &category->source, error))
    return NULL;
  if (g_hash_table_contains (self->by_code, category->code))
    {
      lz_tsv_set_error (tsv, row, CODE, "was there before, with other lines between", error);
      return NULL;
    }

  category->subtask = lz_tsv_dup (tsv, row, SUBTASK);
  category->cjt214_code = lz_tsv_dup (tsv, row, CJT214_CODE);
  category->units = split_units (lz_tsv_get (tsv, row, UNITS));
  category->initials = lz_pinyin_initials (category->name);
  return g_steal_pointer (&category);
}

static gboolean
check_nothing_but_condition (const LzTsv *tsv, guint row, GError **error)
{
  for (guint column = DIMENSION; column <= CATEGORY_SOURCE; column++)
    if (lz_tsv_get (tsv, row, column)[0] != '\0')
      return lz_tsv_set_error (tsv, row, column, "belongs into the line of the first condition",
                               error);

  return TRUE;
}

static gboolean
read_row (LzCatalogue *self, const LzTsv *tsv, guint row, GError **error)
{
  LzCategory *category = NULL;

  if (self->categories->len > 0)
    category = g_ptr_array_index (self->categories, self->categories->len - 1);

  if (category == NULL || !g_str_equal (lz_tsv_get (tsv, row, CODE), category->code))
    {
      category = read_category (self, tsv, row, error);
      if (category == NULL)
        return FALSE;
      g_ptr_array_add (self->categories, category);
      g_hash_table_insert (self->by_code, category->code, category);
    }
  else if (!check_nothing_but_condition (tsv, row, error))
    return FALSE;

  return read_condition (category, tsv, row, error);
}

static gboolean
read_categories (LzCatalogue *self, GBytes *bytes, GError **error)
{
  g_autoptr (LzTsv) tsv = lz_tsv_parse (bytes, columns, error);
  const char *version;
  guint64 number = 0;

  if (tsv == NULL)
    return FALSE;

  version = lz_tsv_get_note (tsv, "version");
  if (version == NULL || !g_ascii_string_to_unsigned (version, 10, 1, G_MAXINT, &number, NULL))
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "there is no line “# version: N”");
      return FALSE;
    }
  self->version = (guint) number;

  for (guint i = 0; i < lz_tsv_get_n_rows (tsv); i++)
    if (!read_row (self, tsv, i, error))
      return FALSE;

  return TRUE;
}

LzCatalogue *
lz_catalogue_parse (GBytes *categories, GBytes *tasks, GError **error)
{
  g_autoptr (LzCatalogue) self = NULL;

  g_return_val_if_fail (categories != NULL, NULL);
  g_return_val_if_fail (tasks != NULL, NULL);

  self = g_new0 (LzCatalogue, 1);
  g_atomic_ref_count_init (&self->ref_count);
  self->categories = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_category_free);
  self->tasks = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_task_free);
  self->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_search_entry_free);
  self->by_code = g_hash_table_new (g_str_hash, g_str_equal);

  if (!read_tasks (self, tasks, error))
    {
      g_prefix_error (error, "Reading the tasks: ");
      return NULL;
    }
  if (!read_categories (self, categories, error))
    {
      g_prefix_error (error, "Reading the catalogue: ");
      return NULL;
    }

  for (guint i = 0; i < self->categories->len; i++)
    g_ptr_array_add (self->entries, lz_search_entry_new (g_ptr_array_index (self->categories, i)));

  return g_steal_pointer (&self);
}
