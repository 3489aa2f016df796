/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-wire"

#include "config.h"

#include "lz-wire.h"

#include <string.h>

typedef struct
{
  const char *at;
  const char *end;
  guint left; /* levels that may still be opened */
} Text;

static gboolean read_value (Text *text);

static void
skip_space (Text *text)
{
  while (text->at < text->end &&
         (*text->at == ' ' || *text->at == '\t' || *text->at == '\n' || *text->at == '\r'))
    text->at++;
}

static gboolean
take (Text *text, char c)
{
  if (text->at == text->end || *text->at != c)
    return FALSE;
  text->at++;
  return TRUE;
}

static gboolean
take_word (Text *text, const char *word)
{
  gsize length = strlen (word);

  if ((gsize) (text->end - text->at) < length || memcmp (text->at, word, length) != 0)
    return FALSE;
  text->at += length;
  return TRUE;
}

static gboolean
take_digits (Text *text)
{
  const char *from = text->at;

  while (text->at < text->end && g_ascii_isdigit (*text->at))
    text->at++;
  return text->at > from;
}

static gboolean
read_number (Text *text)
{
  take (text, '-');
  if (!take (text, '0') && !take_digits (text))
    return FALSE;
  if (take (text, '.') && !take_digits (text))
    return FALSE;
  if (!take (text, 'e') && !take (text, 'E'))
    return TRUE;
  if (!take (text, '+'))
    take (text, '-');
  return take_digits (text);
}

static gboolean
read_escape (Text *text)
{
  if (text->at == text->end)
    return FALSE;
  if (*text->at++ != 'u')
    return strchr ("\"\\/bfnrt", text->at[-1]) != NULL;
  for (int i = 0; i < 4; i++, text->at++)
    if (text->at == text->end || !g_ascii_isxdigit (*text->at))
      return FALSE;
  return TRUE;
}

static gboolean
read_string (Text *text)
{
  if (!take (text, '"'))
    return FALSE;
  while (text->at < text->end)
    {
      char c = *text->at++;

      if (c == '"')
        return TRUE;
      if ((guchar) c < 0x20 || (c == '\\' && !read_escape (text)))
        return FALSE;
    }
  return FALSE;
}

/* After the bracket that opened it. */
static gboolean
read_members (Text *text, char close)
{
  skip_space (text);
  if (take (text, close))
    return TRUE;
  do
    {
      skip_space (text);
      if (close == '}')
        {
          if (!read_string (text))
            return FALSE;
          skip_space (text);
          if (!take (text, ':'))
            return FALSE;
        }
      if (!read_value (text))
        return FALSE;
    }
  while (take (text, ','));
  return take (text, close);
}

/* A value and the white space around it. */
static gboolean
read_value (Text *text)
{
  gboolean ok;

  skip_space (text);
  if (text->at == text->end)
    return FALSE;
  switch (*text->at)
    {
    case '{':
    case '[':
      if (text->left == 0)
        return FALSE;
      text->left--;
      ok = read_members (text, *text->at++ == '{' ? '}' : ']');
      text->left++;
      break;
    case '"':
      ok = read_string (text);
      break;
    case 't':
      ok = take_word (text, "true");
      break;
    case 'f':
      ok = take_word (text, "false");
      break;
    case 'n':
      ok = take_word (text, "null");
      break;
    default:
      ok = read_number (text);
    }
  skip_space (text);
  return ok;
}

/**
 * lz_json_check:
 * @data: (array length=size): text that came from outside
 * @size: its bytes
 * @max_depth: how many objects and arrays may lie within each other
 *
 * Looks whether @data is JSON as RFC 8259 has it, in UTF-8, and nested no deeper than @max_depth.
 * To be asked before json-glib, which calls itself for each level without a bound and takes more
 * than JSON (comments, strings in single quotes), so that counting brackets does not tell how deep
 * it would go.
 *
 * Returns: %TRUE if it may be given to json-glib
 */
gboolean
lz_json_check (const char *data, gsize size, guint max_depth)
{
  Text text = { data, size > 0 ? data + size : data, max_depth }; /* nothing may be NULL */

  return size > 0 && g_utf8_validate (data, (gssize) size, NULL) && read_value (&text) &&
         text.at == text.end;
}
