/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LzOut:
 *
 * Writes results to standard output: as one JSON document, or as lines of aligned columns for
 * people.  What could not be written shows at lz_out_finish().
 */
typedef struct _LzOut LzOut;

LzOut *lz_out_new (void);
void lz_out_free (LzOut *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzOut, lz_out_free)
gboolean lz_out_finish (LzOut *self, GError **error);

/* JSON.  @key is %NULL inside arrays and at the top. */
void lz_out_begin_object (LzOut *self, const char *key);
void lz_out_end_object (LzOut *self);
void lz_out_begin_array (LzOut *self, const char *key);
void lz_out_end_array (LzOut *self);
void lz_out_string (LzOut *self, const char *key, const char *value); /* %NULL gives null */
void lz_out_int (LzOut *self, const char *key, gint64 value);
void lz_out_decimal (LzOut *self, const char *key, double value, guint digits);
void lz_out_bool (LzOut *self, const char *key, gboolean value);
void lz_out_null (LzOut *self, const char *key);
/* "2026-11-23T08:12:04.511Z"; null for 0. */
void lz_out_time (LzOut *self, const char *key, gint64 time_ms);

/* Text. */
void lz_out_line (LzOut *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* A row of a table; rows are held until lz_out_end_table(), which aligns them. */
void lz_out_row (LzOut *self, const char *first, ...) G_GNUC_NULL_TERMINATED;
void lz_out_end_table (LzOut *self);
/* The city's time for people, "" for 0. */
char *lz_out_dup_time (gint64 time_ms);

G_END_DECLS
