/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-clock.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The plan's dimensions: the four 化 and two more.  Numbers are stored: append only. */
typedef enum
{
  LZ_DIMENSION_NONE = 0,
  LZ_DIMENSION_ORDER = 1,    /* 序化 */
  LZ_DIMENSION_CLEAN = 2,    /* 洁化 */
  LZ_DIMENSION_GREEN = 3,    /* 绿化 */
  LZ_DIMENSION_LIGHT = 4,    /* 亮化 */
  LZ_DIMENSION_CONDUCT = 5,  /* 素质 */
  LZ_DIMENSION_CAMPAIGN = 6, /* 专项 */
  LZ_N_DIMENSIONS
} LzDimension;

/**
 * LzCondition:
 * @number: within its category, from 1
 * @text: when a case is filed, 立案条件
 * @limit: how long the unit has
 * @closing: (nullable): when it counts as put right, 结案条件
 * @source: where limit and text come from
 */
typedef struct
{
  guint number;
  char *text;
  LzLimit limit;
  char *closing;
  char *source;
} LzCondition;

/**
 * LzCategory:
 * @code: ours, "T01-01"
 * @task: the plan's task, 1 to 25
 * @subtask: (nullable): "1.1"
 * @name: Chinese
 * @name_en: English
 * @initials: pinyin initials of @name
 * @kind: "部件", "事件" or what the table says
 * @code_system: (nullable): which standard @standard_code is from, "GB/T 30428.2"
 * @standard_code: (nullable)
 * @cjt214_code: (nullable): number in CJ/T 214, another system
 * @local_system: (nullable): which city's list @local_code is from
 * @local_code: (nullable): that city's own number
 * @lead_unit: who leads by the plan
 * @units: (array zero-terminated=1): who else is responsible
 * @source: where the category comes from
 * @conditions: (element-type LzCondition): at least one
 */
typedef struct
{
  char *code;
  LzDimension dimension;
  guint task;
  char *subtask;
  char *name;
  char *name_en;
  char *initials;
  char *kind;
  char *code_system;
  char *standard_code;
  char *cjt214_code;
  char *local_system;
  char *local_code;
  char *lead_unit;
  GStrv units;
  char *source;
  GPtrArray *conditions;
} LzCategory;

/**
 * LzTask:
 * @number: from 1
 * @name: Chinese
 * @lead_unit: who leads; of its first part where a task has several
 * @units: (array zero-terminated=1): who else is responsible, the leads of further parts among them
 *
 * One of the plan's 25 tasks.
 */
typedef struct
{
  guint number;
  LzDimension dimension;
  char *name;
  char *lead_unit;
  GStrv units;
} LzTask;

/**
 * LzCatalogue:
 *
 * The problem categories as data with a version.  Built once, then only read; any thread.
 */
typedef struct _LzCatalogue LzCatalogue;

/**
 * lz_catalogue_parse:
 * @categories: a table such as `data/catalogue/catalogue.tsv`: a row for each condition, and what
 *   belongs to the category in the row of its first; with a note "# version: N"
 * @tasks: a table such as `data/catalogue/tasks.tsv`
 * @error: (nullable): %LZ_ERROR_INVALID, naming line and column
 *
 * Returns: (transfer full) (nullable): the catalogue, or %NULL with @error set
 */
LzCatalogue *lz_catalogue_parse (GBytes *categories, GBytes *tasks, GError **error);
LzCatalogue *lz_catalogue_ref (LzCatalogue *self);
void lz_catalogue_unref (LzCatalogue *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzCatalogue, lz_catalogue_unref)

guint lz_catalogue_get_version (const LzCatalogue *self);
guint lz_catalogue_get_n_categories (const LzCatalogue *self);
/* By place, in the table's order; @index below lz_catalogue_get_n_categories(). */
const LzCategory *lz_catalogue_get_category (const LzCatalogue *self, guint index);
/* By code, exactly; NULL if there is none. */
const LzCategory *lz_catalogue_find (const LzCatalogue *self, const char *code);
/* NULL if the category has no such condition. */
const LzCondition *lz_category_find_condition (const LzCategory *self, guint number);
guint lz_catalogue_get_n_tasks (const LzCatalogue *self);
const LzTask *lz_catalogue_get_task (const LzCatalogue *self, guint index);

/**
 * lz_catalogue_search:
 * @self: a catalogue
 * @text: what the person typed; several words must all be found
 * @uses: (nullable) (element-type utf8 guint): how often each code was used, GUINT_TO_POINTER()
 *
 * Finds categories by code or number, part of the Chinese name, pinyin initials ("zdjy"), English
 * words, and last by the text of a condition or by the sound of a name typed with wrong characters.
 * Better kinds of match come first, then what was used most, then the order of the catalogue.  All
 * categories match an empty @text.
 *
 * Returns: (transfer container) (element-type LzCategory): the matches, owned by @self
 */
GPtrArray *lz_catalogue_search (const LzCatalogue *self, const char *text, GHashTable *uses);

/* "none", "order", "cleanliness", "greenery", "lighting", "conduct", "campaign": in files and the
 * CLI. */
const char *lz_dimension_to_string (LzDimension dimension);
/* Takes those keys and the plan's own words, "序化" and so on. */
gboolean lz_dimension_from_string (const char *text, LzDimension *dimension);
/* The translated word. */
const char *lz_dimension_label (LzDimension dimension);

G_END_DECLS
