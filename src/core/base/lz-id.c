/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-base"

#include "config.h"

#include "lz-id.h"

#include <errno.h>
#include <string.h>
#include <sys/random.h>

static void
fill_random (guint8 *bytes, gsize n)
{
  while (n > 0)
    {
      ssize_t got = getrandom (bytes, n, 0);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        g_error ("getrandom: %s",
                 g_strerror (errno)); /* ids that may clash are worse than a stop */
      bytes += got;
      n -= (gsize) got;
    }
}

/**
 * lz_id_new:
 * @now_ms: the time to put into the id, in ms since 1970 UTC
 *
 * Makes a UUIDv7.  The 12 bits after the time hold a counter, so that ids which one process makes
 * within one millisecond keep their order.  Safe in every thread.
 *
 * Returns: a new id
 */
LzId
lz_id_new (gint64 now_ms)
{
  static GMutex lock;
  static gint64 last_ms;
  static guint counter;
  LzId id;

  fill_random (id.bytes, sizeof id.bytes);

  g_mutex_lock (&lock);
  if (now_ms > last_ms)
    {
      last_ms = now_ms;
      counter = id.bytes[7]; /* start low and at random: 256 of 4096 */
    }
  else if (++counter > 0xfff) /* the millisecond is used up: borrow from the next */
    {
      last_ms++;
      counter = 0;
    }
  now_ms = last_ms;
  id.bytes[6] = (guint8) (0x70 | (counter >> 8));
  id.bytes[7] = (guint8) counter;
  g_mutex_unlock (&lock);

  for (int i = 0; i < 6; i++)
    id.bytes[i] = (guint8) (now_ms >> (40 - 8 * i));
  id.bytes[8] = (guint8) (0x80 | (id.bytes[8] & 0x3f));
  return id;
}

/* -1: no hexadecimal digit. */
static int
digit_value (char c)
{
  if (c >= '0' && c <= '9')
    return c - '0';
  c |= 0x20;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/**
 * lz_id_parse:
 * @text: 36 characters, hexadecimal with four dashes
 * @id: (out): the id; untouched on failure
 *
 * Returns: %TRUE if @text is a UUID
 */
gboolean
lz_id_parse (const char *text, LzId *id)
{
  LzId parsed;
  int n = 0;

  if (text == NULL || strlen (text) != LZ_ID_STRING_SIZE - 1)
    return FALSE;

  for (int i = 0; i < LZ_ID_STRING_SIZE - 1;)
    {
      int high, low;

      if (i == 8 || i == 13 || i == 18 || i == 23)
        {
          if (text[i] != '-')
            return FALSE;
          i++;
          continue;
        }
      high = digit_value (text[i]);
      low = digit_value (text[i + 1]);
      if (high < 0 || low < 0)
        return FALSE;
      parsed.bytes[n++] = (guint8) (high << 4 | low);
      i += 2;
    }

  *id = parsed;
  return TRUE;
}

/**
 * lz_id_format:
 * @id: an id
 * @text: (out): its 36 lower-case characters and a final NUL
 */
void
lz_id_format (const LzId *id, char text[LZ_ID_STRING_SIZE])
{
  static const char digits[] = "0123456789abcdef";
  char *out = text;

  for (int i = 0; i < 16; i++)
    {
      if (i == 4 || i == 6 || i == 8 || i == 10)
        *out++ = '-';
      *out++ = digits[id->bytes[i] >> 4];
      *out++ = digits[id->bytes[i] & 15];
    }
  *out = '\0';
}

/**
 * lz_id_dup_string:
 * @id: an id
 *
 * Returns: (transfer full): its 36 lower-case characters
 */
char *
lz_id_dup_string (const LzId *id)
{
  char *text = g_malloc (LZ_ID_STRING_SIZE);

  lz_id_format (id, text);
  return text;
}

int
lz_id_compare (const LzId *a, const LzId *b)
{
  return memcmp (a->bytes, b->bytes, sizeof a->bytes);
}

gboolean
lz_id_is_nil (const LzId *id)
{
  static const LzId nil;

  return lz_id_compare (id, &nil) == 0;
}

/* For GHashTable: the last bytes are random. */
guint
lz_id_hash (gconstpointer id)
{
  guint hash;

  memcpy (&hash, ((const LzId *) id)->bytes + 12, sizeof hash);
  return hash;
}

gboolean
lz_id_equal (gconstpointer a, gconstpointer b)
{
  return lz_id_compare (a, b) == 0;
}
