/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LzJsonScan:
 * @start: the text
 * @at: where the scan is
 * @end: behind the text
 * @problem: (nullable): what is wrong at @at
 *
 * Walks over JSON text without building anything, so that a large file can be taken apart and its
 * pieces be given to a parser one at a time.  It refuses what json-glib 1.6 would not survive or
 * would take though it is no JSON: nesting deeper than a stack, comments, broken surrogates.
 */
typedef struct
{
  const char *start;
  const char *at;
  const char *end;
  const char *problem;
} LzJsonScan;

void lz_json_scan_space (LzJsonScan *self);
gboolean lz_json_scan_char (LzJsonScan *self, char c);
gboolean lz_json_scan_peek (LzJsonScan *self, char c);
gboolean lz_json_scan_value (LzJsonScan *self, const char **from, gsize *length);

G_END_DECLS
