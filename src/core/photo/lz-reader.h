/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LzReader:
 * @data: bytes of a foreign file
 * @size: their number
 * @at: where the next read begins, at most @size
 * @failed: a read went past the end; all that was read since then is 0
 *
 * Reads numbers out of bytes that may lie about their own lengths.  Nothing here reads outside of
 * @data; a caller looks at @failed once, when it has read what it wants.
 */
typedef struct
{
  const guint8 *data;
  gsize size;
  gsize at;
  gboolean failed;
} LzReader;

static inline gsize
lz_reader_left (const LzReader *self)
{
  return self->size - self->at;
}

/* The next @n bytes, or NULL. */
static inline const guint8 *
lz_reader_bytes (LzReader *self, guint64 n)
{
  const guint8 *bytes = self->data + self->at;

  if (self->failed || n > lz_reader_left (self))
    {
      self->failed = TRUE;
      return NULL;
    }
  self->at += (gsize) n;
  return bytes;
}

/* A number of @n bytes, 0 to 8, the highest first. */
static inline guint64
lz_reader_big (LzReader *self, guint n)
{
  const guint8 *bytes = lz_reader_bytes (self, n);
  guint64 value = 0;

  for (guint i = 0; bytes != NULL && i < n; i++)
    value = value << 8 | bytes[i];
  return value;
}

/* A number of @n bytes, 0 to 8, the lowest first. */
static inline guint64
lz_reader_little (LzReader *self, guint n)
{
  const guint8 *bytes = lz_reader_bytes (self, n);
  guint64 value = 0;

  for (guint i = n; bytes != NULL && i > 0; i--)
    value = value << 8 | bytes[i - 1];
  return value;
}

/* The next @n bytes as a reader of their own; empty and failed if there are not so many. */
static inline LzReader
lz_reader_part (LzReader *self, guint64 n)
{
  const guint8 *bytes = lz_reader_bytes (self, n);

  return (LzReader){ bytes, bytes != NULL ? (gsize) n : 0, 0, bytes == NULL };
}

G_END_DECLS
