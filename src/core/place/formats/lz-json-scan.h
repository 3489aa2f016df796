/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-point.h"

#include <glib.h>

G_BEGIN_DECLS

/**
 * LzJsonScan:
 * @at: where the scan is
 * @end: behind the text
 * @problem: (nullable): what is wrong at @at
 *
 * Walks over JSON text and gives its pieces, without building a tree: a city's GeoJSON would make
 * one of a gigabyte.  Brackets and quotes are checked, also in what nobody asks for; nesting is
 * limited and nothing here calls itself.
 */
typedef struct
{
  const char *at;
  const char *end;
  const char *problem;
} LzJsonScan;

/**
 * LzJsonSpan:
 * @at: where it starts; never %NULL once it was given
 * @length: in bytes
 *
 * One value in the text, brackets and quotes included.
 */
typedef struct
{
  const char *at;
  gsize length;
} LzJsonSpan;

gboolean lz_json_scan_char (LzJsonScan *self, char c);
gboolean lz_json_scan_peek (LzJsonScan *self, char c);
gboolean lz_json_scan_value (LzJsonScan *self, LzJsonSpan *value);
gboolean lz_json_scan_member (LzJsonScan *self, LzJsonSpan *key, LzJsonSpan *value);
gboolean lz_json_scan_element (LzJsonScan *self, LzJsonSpan *value);
gboolean lz_json_scan_fail (LzJsonScan *self, const char *problem);

LzJsonScan lz_json_span_open (const LzJsonSpan *self);
gboolean lz_json_span_is (const LzJsonSpan *self, const char *text);
char *lz_json_span_dup_text (const LzJsonSpan *self);
gboolean lz_json_span_get_number (const LzJsonSpan *self, double *number);
gboolean lz_json_span_get_point (const LzJsonSpan *self, LzPoint *point);

G_END_DECLS
