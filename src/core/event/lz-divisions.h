/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LzDivisionLevel:
 * @LZ_DIVISION_CITY: a city or county, 市, 6 digits
 * @LZ_DIVISION_SUBDISTRICT: 街道, 镇 or 乡, 9 digits; its code is the name of a feed
 * @LZ_DIVISION_COMMUNITY: 居委会 or 村委会, 12 digits
 */
typedef enum
{
  LZ_DIVISION_CITY,
  LZ_DIVISION_SUBDISTRICT,
  LZ_DIVISION_COMMUNITY,
} LzDivisionLevel;

/**
 * LzDivision:
 * @code: the statistical code; starts with that of its parent
 * @name: Chinese, "嵩阳街道"
 * @level: which level
 * @parent: (nullable): the code of the division it belongs to; none for a city
 */
typedef struct
{
  char *code;
  char *name;
  LzDivisionLevel level;
  char *parent;
} LzDivision;

/**
 * LzDivisions:
 *
 * The divisions of a city.  Built once, then only read; any thread.
 */
typedef struct _LzDivisions LzDivisions;

/**
 * lz_divisions_parse:
 * @bytes: a table such as `data/divisions/dengfeng.tsv`: code, name, level and parent; a parent
 *   comes before its children
 * @error: (nullable): %LZ_ERROR_INVALID, naming line and column
 *
 * Returns: (transfer full) (nullable): the divisions, or %NULL with @error set
 */
LzDivisions *lz_divisions_parse (GBytes *bytes, GError **error);
LzDivisions *lz_divisions_ref (LzDivisions *self);
void lz_divisions_unref (LzDivisions *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzDivisions, lz_divisions_unref)

/* What the table says about itself after "# key:", such as "source" or "sample"; NULL if nothing.
 */
const char *lz_divisions_get_note (const LzDivisions *self, const char *key);

guint lz_divisions_get_n (const LzDivisions *self);
/* In the table's order. */
const LzDivision *lz_divisions_get (const LzDivisions *self, guint index);

/* By code, exactly; NULL if there is none. */
const LzDivision *lz_divisions_find (const LzDivisions *self, const char *code);

/**
 * lz_divisions_find_name:
 * @name: the whole name, or without the word for its kind: "嵩阳" for "嵩阳街道"; and
 *   "嵩阳街道办事处" for the same
 * @within: (nullable): only below the division with this code; names of communities recur
 *
 * Returns: (transfer none) (nullable): the first such division, the highest level first
 */
const LzDivision *
lz_divisions_find_name (const LzDivisions *self, const char *name, const char *within);

/**
 * lz_divisions_list:
 * @parent: (nullable): the code of a division; %NULL for those that have no parent
 *
 * Returns: (transfer container) (element-type LzDivision): its children in order, owned by @self
 */
GPtrArray *lz_divisions_list (const LzDivisions *self, const char *parent);

/* "city", "subdistrict", "community". */
const char *lz_division_level_to_string (LzDivisionLevel level);
gboolean lz_division_level_from_string (const char *text, LzDivisionLevel *level);

G_END_DECLS
