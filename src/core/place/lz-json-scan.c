/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-json-scan.h"

#include <string.h>

/* GeoJSON needs no more than 10; json-glib 1.6 parses recursively, without a limit. */
#define MAX_DEPTH 64

/**
 * lz_json_scan_space:
 * @self: a scan
 *
 * Goes on to the next character that is no space.
 */
void
lz_json_scan_space (LzJsonScan *self)
{
  while (self->at < self->end && strchr (" \t\r\n", *self->at) != NULL && *self->at != '\0')
    self->at++;
}

/**
 * lz_json_scan_peek:
 * @self: a scan
 * @c: a character
 *
 * Returns: whether the next character that is no space is @c
 */
gboolean
lz_json_scan_peek (LzJsonScan *self, char c)
{
  lz_json_scan_space (self);
  return self->at < self->end && *self->at == c;
}

/**
 * lz_json_scan_char:
 * @self: a scan
 * @c: a character
 *
 * Goes past @c if it is next.
 *
 * Returns: %FALSE if it is not
 */
gboolean
lz_json_scan_char (LzJsonScan *self, char c)
{
  if (!lz_json_scan_peek (self, c))
    return FALSE;

  self->at++;
  return TRUE;
}

static gboolean
fail (LzJsonScan *self, const char *problem)
{
  if (self->problem == NULL)
    self->problem = self->at >= self->end ? "the text ends too early" : problem;
  return FALSE;
}

static gboolean
scan_hex (LzJsonScan *self, guint *unit)
{
  *unit = 0;
  if (self->end - self->at < 4)
    return fail (self, "a \\u escape is cut off");

  for (int i = 0; i < 4; i++, self->at++)
    {
      int digit = g_ascii_xdigit_value (*self->at);

      if (digit < 0)
        return fail (self, "a \\u escape without four digits");
      *unit = *unit << 4 | (guint) digit;
    }
  return TRUE;
}

static gboolean
scan_escape (LzJsonScan *self)
{
  guint high, low;

  if (self->at >= self->end || *self->at == '\0' || strchr ("\"\\/bfnrtu", *self->at) == NULL)
    return fail (self, "an unknown escape");
  if (*self->at++ != 'u')
    return TRUE;
  if (!scan_hex (self, &high))
    return FALSE;
  if (high == 0)
    return fail (self, "a NUL character");
  if (high < 0xd800 || high > 0xdfff)
    return TRUE;

  if (high >= 0xdc00 || self->end - self->at < 6 || self->at[0] != '\\' || self->at[1] != 'u')
    return fail (self, "half a surrogate pair");
  self->at += 2;
  if (!scan_hex (self, &low))
    return FALSE;
  return (low >= 0xdc00 && low <= 0xdfff) || fail (self, "half a surrogate pair");
}

static gboolean
scan_string (LzJsonScan *self)
{
  for (self->at++; self->at < self->end;)
    {
      char c = *self->at++;

      if (c == '"')
        return TRUE;
      if (c == '\\' && !scan_escape (self))
        return FALSE;
      if ((guchar) c < 0x20)
        return fail (self, "a control character in a text");
    }
  return fail (self, "a text without its closing quote");
}

/* A number or a word; whether it is one that JSON knows is the parser's business. */
static gboolean
scan_word (LzJsonScan *self)
{
  const char *from = self->at;

  while (self->at < self->end &&
         (g_ascii_isalnum (*self->at) || strchr ("+-.", *self->at) != NULL) && *self->at != '\0')
    self->at++;
  return self->at > from || fail (self, "an unexpected character");
}

/**
 * lz_json_scan_value:
 * @self: a scan
 * @from: (out) (optional): where the value starts
 * @length: (out) (optional): its length in bytes
 *
 * Goes past one value: checks that brackets and quotes match, not that the whole is JSON.
 *
 * Returns: %FALSE, with the problem set, where there is none
 */
gboolean
lz_json_scan_value (LzJsonScan *self, const char **from, gsize *length)
{
  char closers[MAX_DEPTH];
  guint depth = 0;
  const char *first;

  lz_json_scan_space (self);
  first = self->at;
  do
    {
      char c;

      lz_json_scan_space (self);
      if (self->at >= self->end)
        return fail (self, NULL);

      c = *self->at;
      if (c == '{' || c == '[')
        {
          if (depth == MAX_DEPTH)
            return fail (self, "brackets nested too deep");
          closers[depth++] = c == '{' ? '}' : ']';
          self->at++;
        }
      else if (depth > 0 && c == closers[depth - 1])
        {
          depth--;
          self->at++;
        }
      else if (depth > 0 && (c == ',' || c == ':'))
        {
          self->at++;
        }
      else if (c == '"')
        {
          if (!scan_string (self))
            return FALSE;
        }
      else if (!scan_word (self))
        {
          return FALSE;
        }
    }
  while (depth > 0);

  if (from != NULL)
    *from = first;
  if (length != NULL)
    *length = (gsize) (self->at - first);
  return TRUE;
}
