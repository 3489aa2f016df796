/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LzTsv:
 *
 * One of our data tables: UTF-8 text with tabs between the fields and no quoting.  Lines that start
 * with "#" are notes, and one like "# version: 3" is kept under its key; empty lines are passed
 * over; the first other line names the columns, in any order and with others among them.  A byte
 * order mark and CR LF are taken too, since people edit tables in spreadsheets.
 * Built once, then only read; any thread.
 */
typedef struct _LzTsv LzTsv;

/**
 * lz_tsv_parse:
 * @bytes: the text
 * @columns: (array zero-terminated=1): the columns that must be there; later calls name a column
 *   by its place in this array, so it has to outlive the table
 * @error: (nullable): %LZ_ERROR_INVALID, naming the line
 *
 * Reads a table.  A row with too many or too few fields is an error.
 *
 * Returns: (transfer full) (nullable): the table, or %NULL with @error set
 */
LzTsv *lz_tsv_parse (GBytes *bytes, const char *const *columns, GError **error);
void lz_tsv_free (LzTsv *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzTsv, lz_tsv_free)

guint lz_tsv_get_n_rows (const LzTsv *self);

/* A field, "" where the table has nothing. */
const char *lz_tsv_get (const LzTsv *self, guint row, guint column);

/* The same, copied and trimmed, %NULL where the table has nothing. */
char *lz_tsv_dup (const LzTsv *self, guint row, guint column);

/**
 * lz_tsv_get_note:
 * @key: such as "version"
 *
 * Returns: (transfer none) (nullable): what the line "# key: …" says
 */
const char *lz_tsv_get_note (const LzTsv *self, const char *key);

/**
 * lz_tsv_get_uint:
 * @value: (out): the number; untouched on failure
 *
 * Reads a whole number between @min and @max.
 *
 * Returns: %FALSE with %LZ_ERROR_INVALID, naming line and column, if the field is none
 */
gboolean lz_tsv_get_uint (const LzTsv *self,
                          guint row,
                          guint column,
                          guint min,
                          guint max,
                          guint *value,
                          GError **error);

/**
 * lz_tsv_set_error:
 * @problem: what is wrong with the field, such as "is empty"
 *
 * Sets %LZ_ERROR_INVALID as "line 7, name: is empty".
 *
 * Returns: always %FALSE, so that a caller can return it
 */
gboolean
lz_tsv_set_error (const LzTsv *self, guint row, guint column, const char *problem, GError **error);

G_END_DECLS
