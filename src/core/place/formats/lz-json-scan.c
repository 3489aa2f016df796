/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-json-scan.h"

#include <string.h>

/* GeoJSON needs no more than 10. */
#define MAX_DEPTH 64

/* So many digits fit a double's 53 bits. */
#define MAX_DIGITS 15

static void
skip_space (LzJsonScan *self)
{
  while (self->at < self->end &&
         (*self->at == ' ' || *self->at == '\n' || *self->at == '\r' || *self->at == '\t'))
    self->at++;
}

/**
 * lz_json_scan_fail:
 * @self: a scan
 * @problem: what is wrong; a cut-off text says so itself
 *
 * Notes the first problem.
 *
 * Returns: always %FALSE
 */
gboolean
lz_json_scan_fail (LzJsonScan *self, const char *problem)
{
  if (self->problem == NULL)
    self->problem = self->at >= self->end ? "the text ends too early" : problem;
  return FALSE;
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
  skip_space (self);
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
scan_hex (LzJsonScan *self, guint *unit)
{
  *unit = 0;
  for (int i = 0; i < 4; i++, self->at++)
    {
      int digit = self->at < self->end ? g_ascii_xdigit_value (*self->at) : -1;

      if (digit < 0)
        return lz_json_scan_fail (self, "a \\u escape without four digits");
      *unit = *unit << 4 | (guint) digit;
    }
  return TRUE;
}

static gboolean
scan_escape (LzJsonScan *self)
{
  guint high, low;

  if (self->at >= self->end || *self->at == '\0' || strchr ("\"\\/bfnrtu", *self->at) == NULL)
    return lz_json_scan_fail (self, "an unknown escape");
  if (*self->at++ != 'u')
    return TRUE;
  if (!scan_hex (self, &high))
    return FALSE;
  if (high == 0)
    return lz_json_scan_fail (self, "a NUL character");
  if (high < 0xd800 || high > 0xdfff)
    return TRUE;

  if (high >= 0xdc00 || self->end - self->at < 2 || self->at[0] != '\\' || self->at[1] != 'u')
    return lz_json_scan_fail (self, "half a surrogate pair");
  self->at += 2;
  if (!scan_hex (self, &low))
    return FALSE;
  return (low >= 0xdc00 && low <= 0xdfff) || lz_json_scan_fail (self, "half a surrogate pair");
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
        return lz_json_scan_fail (self, "a control character in a text");
    }
  return lz_json_scan_fail (self, NULL);
}

/* A number or a word; whether it is one that JSON knows is seen where it is used. */
static gboolean
scan_word (LzJsonScan *self)
{
  const char *from = self->at;

  while (self->at < self->end &&
         (g_ascii_isalnum (*self->at) || *self->at == '.' || *self->at == '-' || *self->at == '+'))
    self->at++;
  return self->at > from || lz_json_scan_fail (self, "an unexpected character");
}

/**
 * lz_json_scan_value:
 * @self: a scan
 * @value: (out): the value; untouched on failure
 *
 * Goes past one value.
 *
 * Returns: %FALSE, with the problem noted, where there is none
 */
gboolean
lz_json_scan_value (LzJsonScan *self, LzJsonSpan *value)
{
  char closers[MAX_DEPTH];
  guint depth = 0;
  const char *first;

  skip_space (self);
  first = self->at;
  do
    {
      char c;

      skip_space (self);
      if (self->at >= self->end)
        return lz_json_scan_fail (self, NULL);

      c = *self->at;
      if (c == '{' || c == '[')
        {
          if (depth == MAX_DEPTH)
            return lz_json_scan_fail (self, "brackets nested too deep");
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
      else if (c == '"' ? !scan_string (self) : !scan_word (self))
        {
          return FALSE;
        }
    }
  while (depth > 0);

  *value = (LzJsonSpan){ first, (gsize) (self->at - first) };
  return TRUE;
}

/* Goes past the separator before the next entry of a list, or past the list's end. */
static gboolean
scan_separator (LzJsonScan *self, char opener, char closer)
{
  if (lz_json_scan_char (self, opener))
    return !lz_json_scan_char (self, closer);
  if (lz_json_scan_char (self, closer))
    return FALSE;
  return lz_json_scan_char (self, ',') || lz_json_scan_fail (self, "a comma was expected");
}

/**
 * lz_json_scan_member:
 * @self: a scan that is at an object, or in one
 * @key: (out): the name of its next member, with quotes
 * @value: (out): its value
 *
 * Goes on to the next member; call it until it says %FALSE.
 *
 * Returns: %FALSE behind the object's end, or, with the problem noted, where it is broken
 */
gboolean
lz_json_scan_member (LzJsonScan *self, LzJsonSpan *key, LzJsonSpan *value)
{
  if (!scan_separator (self, '{', '}'))
    return FALSE;
  if (!lz_json_scan_peek (self, '"'))
    return lz_json_scan_fail (self, "a name in quotes was expected");
  if (!lz_json_scan_value (self, key))
    return FALSE;
  if (!lz_json_scan_char (self, ':'))
    return lz_json_scan_fail (self, "a colon was expected");
  return lz_json_scan_value (self, value);
}

/**
 * lz_json_scan_element:
 * @self: a scan that is at an array, or in one
 * @value: (out): its next element
 *
 * Goes on to the next element; call it until it says %FALSE.  An array in an array must be opened
 * as a span of its own.
 *
 * Returns: %FALSE behind the array's end, or, with the problem noted, where it is broken
 */
gboolean
lz_json_scan_element (LzJsonScan *self, LzJsonSpan *value)
{
  return scan_separator (self, '[', ']') && lz_json_scan_value (self, value);
}

/**
 * lz_json_span_open:
 * @self: an object or an array
 *
 * Returns: a scan over it
 */
LzJsonScan
lz_json_span_open (const LzJsonSpan *self)
{
  return (LzJsonScan){ self->at, self->at + self->length, NULL };
}

/**
 * lz_json_span_is:
 * @self: a value
 * @text: a text without anything to escape
 *
 * Returns: whether the value is the string @text
 */
gboolean
lz_json_span_is (const LzJsonSpan *self, const char *text)
{
  gsize length = strlen (text);

  return self->length == length + 2 && self->at[0] == '"' &&
         memcmp (self->at + 1, text, length) == 0;
}

static guint
read_hex (const char *at)
{
  guint unit = 0;

  for (int i = 0; i < 4; i++)
    unit = unit << 4 | (guint) g_ascii_xdigit_value (at[i]);
  return unit;
}

/* The character of an escape; *@at is behind the backslash and is left behind the escape. */
static gunichar
read_escape (const char **at)
{
  static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
  const char *known = strchr (from, **at);
  gunichar c;

  if (**at != 'u')
    {
      c = (guchar) (known != NULL ? to[known - from] : **at);
      (*at)++;
      return c;
    }

  c = read_hex (*at + 1);
  *at += 5;
  if (c >= 0xd800 && c < 0xdc00)
    {
      c = 0x10000 + ((c - 0xd800) << 10) + (read_hex (*at + 2) - 0xdc00);
      *at += 6;
    }
  return c;
}

/**
 * lz_json_span_dup_text:
 * @self: a value that was scanned without a problem
 *
 * Returns: (transfer full) (nullable): the text of a string, %NULL if it is none
 */
char *
lz_json_span_dup_text (const LzJsonSpan *self)
{
  const char *at = self->at + 1, *end = self->at + self->length - 1;
  GString *text;

  if (self->length < 2 || self->at[0] != '"')
    return NULL;
  if (memchr (at, '\\', (gsize) (end - at)) == NULL)
    return g_strndup (at, (gsize) (end - at));

  text = g_string_sized_new (self->length);
  while (at < end)
    if (*at != '\\')
      {
        g_string_append_c (text, *at++);
      }
    else
      {
        at++;
        g_string_append_unichar (text, read_escape (&at));
      }
  return g_string_free (text, FALSE);
}

/**
 * lz_json_span_get_number:
 * @self: a value
 * @number: (out): its number; infinite where it is beyond a double; untouched if it is none
 *
 * Returns: whether it is a number
 */
gboolean
lz_json_span_get_number (const LzJsonSpan *self, double *number)
{
  static const double powers[MAX_DIGITS + 1] = { 1,   1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
  gboolean is_negative = self->length > 0 && self->at[0] == '-';
  gint64 digits = 0;
  guint n_digits = 0, n_fraction = 0;
  gboolean has_dot = FALSE;
  char text[64];
  char *end;
  double value;

  for (gsize i = is_negative; i < self->length; i++)
    {
      char c = self->at[i];

      if (c == '.' && !has_dot && n_digits > 0)
        {
          has_dot = TRUE;
        }
      else if (g_ascii_isdigit (c) && n_digits < MAX_DIGITS)
        {
          digits = digits * 10 + (c - '0');
          n_digits++;
          n_fraction += (guint) has_dot;
        }
      else if (n_digits > 0 && self->length < sizeof text &&
               (g_ascii_isdigit (c) || c == 'e' || c == 'E'))
        {
          memcpy (text, self->at, self->length);
          text[self->length] = '\0';
          value = g_ascii_strtod (text, &end);
          if (*end != '\0')
            return FALSE;
          *number = value;
          return TRUE;
        }
      else
        {
          return FALSE;
        }
    }
  if (n_digits == 0)
    return FALSE;

  *number = (double) (is_negative ? -digits : digits) / powers[n_fraction];
  return TRUE;
}

/* A position of GeoJSON: longitude first. */
gboolean
lz_json_span_get_point (const LzJsonSpan *self, LzPoint *point)
{
  LzJsonScan scan = lz_json_span_open (self);
  LzJsonSpan value;
  double latitude, longitude;

  return self->at[0] == '[' && lz_json_scan_element (&scan, &value) &&
         lz_json_span_get_number (&value, &longitude) && lz_json_scan_element (&scan, &value) &&
         lz_json_span_get_number (&value, &latitude) &&
         lz_point_from_degrees (latitude, longitude, point);
}
