/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LzCsv:
 *
 * Reads a CSV file (RFC 4180; a byte order mark and bare line feeds are taken too), gzip-compressed
 * or not, a row at a time.
 */
typedef struct _LzCsv LzCsv;

/* Reads the head too: the names of the columns.  %LZ_ERROR_INVALID if there is none. */
LzCsv *lz_csv_open (const char *path, GError **error);
void lz_csv_free (LzCsv *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzCsv, lz_csv_free)

/* The column of this name, -1 if there is none. */
int lz_csv_find_column (const LzCsv *self, const char *name);

/* The columns in the order of the file. */
guint lz_csv_get_n_columns (const LzCsv *self);
const char *lz_csv_get_name (const LzCsv *self, guint column);

/* Reads the next row; FALSE without @error at the end.  %LZ_ERROR_INVALID, with the row passed
 * over, if it has another number of fields than the head or is not UTF-8. */
gboolean lz_csv_next (LzCsv *self, GError **error);

/* Number of the row: the head is row 1.  Lines inside quotes do not count. */
guint lz_csv_get_row (const LzCsv *self);

/* A field of the row, "" if @column is below 0; until the next row. */
const char *lz_csv_get (const LzCsv *self, int column);

G_END_DECLS
