/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-id.h"

#include <string.h>

G_BEGIN_DECLS

/* Pieces of canonical JSON, read in place.  FALSE: not there, or not canonical; @scan may stand
 * anywhere then. */

#define MAX_DIGITS 18 /* more might not fit into 64 bits */

typedef struct
{
  const char *at;
  const char *end;
} Scan;

static inline gboolean
expect (Scan *scan, const char *text)
{
  gsize length = strlen (text);

  if ((gsize) (scan->end - scan->at) < length || memcmp (scan->at, text, length) != 0)
    return FALSE;
  scan->at += length;
  return TRUE;
}

/* A string without escapes; lent. */
static inline gboolean
scan_string (Scan *scan, gsize max, const char **text, gsize *length)
{
  const char *p = scan->at;

  if (p == scan->end || *p != '"')
    return FALSE;
  for (p++; p < scan->end && *p != '"'; p++)
    if (*p == '\\' || (guchar) *p < 0x20)
      return FALSE;
  if (p == scan->end || (gsize) (p - scan->at) - 1 > max)
    return FALSE;
  *text = scan->at + 1;
  *length = (gsize) (p - scan->at) - 1;
  scan->at = p + 1;
  return TRUE;
}

static inline gboolean
scan_text (Scan *scan, gsize max, char **to)
{
  const char *text;
  gsize length;

  if (!scan_string (scan, max, &text, &length))
    return FALSE;
  *to = g_strndup (text, length);
  return TRUE;
}

static inline gboolean
scan_name (Scan *scan, gsize max, char **to)
{
  return scan_text (scan, max, to) && **to != '\0';
}

/* A short string into @to, which has room for @max + 1. */
static inline gboolean
scan_word (Scan *scan, gsize max, char *to)
{
  const char *text;
  gsize length;

  if (!scan_string (scan, max, &text, &length))
    return FALSE;
  memcpy (to, text, length);
  to[length] = '\0';
  return TRUE;
}

static inline gboolean
scan_id (Scan *scan, LzId *id)
{
  char text[LZ_ID_STRING_SIZE];

  if (!scan_word (scan, LZ_ID_STRING_SIZE - 1, text) || !lz_id_parse (text, id))
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (*p >= 'A' && *p <= 'F') /* read, but never written */
      return FALSE;
  return !lz_id_is_nil (id);
}

static inline gboolean
scan_int (Scan *scan, gint64 min, gint64 max, gint64 *value)
{
  const char *p = scan->at;
  gboolean negative = p < scan->end && *p == '-';
  gint64 number = 0;
  const char *first;

  p += negative;
  first = p;
  for (; p < scan->end && *p >= '0' && *p <= '9'; p++)
    {
      if (p - first == MAX_DIGITS)
        return FALSE;
      number = number * 10 + (*p - '0');
    }
  if (p == first || (*first == '0' && (p - first > 1 || negative)))
    return FALSE;
  number = negative ? -number : number;
  if (number < min || number > max)
    return FALSE;
  *value = number;
  scan->at = p;
  return TRUE;
}

G_END_DECLS
