/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-csv.h"
#include "lz-error.h"

#include <glib/gi18n-lib.h>

#define CHUNK_BYTES   65536
#define MAX_ROW_BYTES (1024 * 1024)

struct _LzCsv
{
  GInputStream *stream;
  guint8 *buffer;
  gsize length;
  gsize at;
  gboolean at_end;
  GStrv head;
  GString *text;   /* the fields of the row, each with its NUL */
  GArray *offsets; /* guint: where each begins */
  guint row;
};

static gboolean
fill (LzCsv *self, GError **error)
{
  gssize got = g_input_stream_read (self->stream, self->buffer, CHUNK_BYTES, NULL, error);

  if (got < 0)
    return FALSE;
  self->at = 0;
  self->length = (gsize) got;
  self->at_end = got == 0;
  return TRUE;
}

/* The next byte without taking it; -1 at the end, -2 on failure. */
static int
peek (LzCsv *self, GError **error)
{
  if (self->at == self->length && !self->at_end && !fill (self, error))
    return -2;
  return self->at_end ? -1 : self->buffer[self->at];
}

static void
begin_field (LzCsv *self)
{
  guint offset = (guint) self->text->len;

  g_array_append_val (self->offsets, offset);
}

/* Takes one byte of a row: FALSE when the row has ended. */
static gboolean
take (LzCsv *self, int byte, gboolean *quoted, GError **error)
{
  self->at++;
  if (*quoted && byte == '"')
    {
      if (peek (self, error) == '"')
        {
          g_string_append_c (self->text, '"');
          self->at++;
        }
      else
        *quoted = FALSE;
    }
  else if (!*quoted && byte == '"')
    *quoted = TRUE;
  else if (!*quoted && byte == ',')
    {
      g_string_append_c (self->text, '\0');
      begin_field (self);
    }
  else if (!*quoted && byte == '\n')
    return FALSE;
  else if (byte != '\0' && (*quoted || byte != '\r'))
    g_string_append_c (self->text, (char) byte);
  return TRUE;
}

/* Reads a row into @text and @offsets; FALSE without @error at the end of the file. */
static gboolean
read_row (LzCsv *self, GError **error)
{
  gboolean quoted = FALSE;
  gboolean more = TRUE;
  int byte = peek (self, error);

  if (byte < 0)
    return FALSE;

  g_string_truncate (self->text, 0);
  g_array_set_size (self->offsets, 0);
  begin_field (self);
  self->row++;
  while (more && byte >= 0)
    {
      more = take (self, byte, &quoted, error);
      if (self->text->len > MAX_ROW_BYTES)
        {
          g_set_error (error, LZ_ERROR, LZ_ERROR_TOO_LARGE, _ ("row %u has no end"), self->row);
          return FALSE;
        }
      if (more)
        byte = peek (self, error);
    }
  return byte != -2;
}

static GInputStream *
open_stream (const char *path, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) raw = g_file_read (file, NULL, error);
  g_autoptr (GInputStream) buffered = NULL;
  g_autoptr (GZlibDecompressor) unzip = NULL;
  const guint8 *magic;
  gsize size;

  if (raw == NULL)
    return NULL;
  buffered = g_buffered_input_stream_new (G_INPUT_STREAM (raw));
  if (g_buffered_input_stream_fill (G_BUFFERED_INPUT_STREAM (buffered), 2, NULL, error) < 0)
    return NULL;
  magic = g_buffered_input_stream_peek_buffer (G_BUFFERED_INPUT_STREAM (buffered), &size);
  if (size < 2 || magic[0] != 0x1f || magic[1] != 0x8b)
    return g_steal_pointer (&buffered);

  unzip = g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP);
  return g_converter_input_stream_new (buffered, G_CONVERTER (unzip));
}

static gboolean
read_head (LzCsv *self, const char *path, GError **error)
{
  g_autoptr (GStrvBuilder) head = g_strv_builder_new ();
  g_autoptr (GError) failure = NULL;

  if (!read_row (self, &failure))
    {
      if (failure != NULL)
        g_propagate_error (error, g_steal_pointer (&failure));
      else
        g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("“%s” is empty."), path);
      return FALSE;
    }
  for (guint i = 0; i < self->offsets->len; i++)
    {
      const char *name = lz_csv_get (self, (int) i);

      if (i == 0 && g_str_has_prefix (name, "\xef\xbb\xbf"))
        name += 3;
      g_strv_builder_add (head, name);
    }
  self->head = g_strv_builder_end (head);
  return TRUE;
}

LzCsv *
lz_csv_open (const char *path, GError **error)
{
  g_autoptr (LzCsv) self = g_new0 (LzCsv, 1);

  self->text = g_string_new (NULL);
  self->offsets = g_array_new (FALSE, FALSE, sizeof (guint));
  self->buffer = g_malloc (CHUNK_BYTES);
  self->stream = open_stream (path, error);
  if (self->stream == NULL || !read_head (self, path, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
lz_csv_free (LzCsv *self)
{
  if (self == NULL)
    return;

  g_clear_object (&self->stream);
  g_free (self->buffer);
  g_strfreev (self->head);
  g_string_free (self->text, TRUE);
  g_array_unref (self->offsets);
  g_free (self);
}

guint
lz_csv_get_n_columns (const LzCsv *self)
{
  return g_strv_length (self->head);
}

const char *
lz_csv_get_name (const LzCsv *self, guint column)
{
  return self->head[column];
}

int
lz_csv_find_column (const LzCsv *self, const char *name)
{
  for (int i = 0; self->head[i] != NULL; i++)
    if (g_str_equal (self->head[i], name))
      return i;
  return -1;
}

gboolean
lz_csv_next (LzCsv *self, GError **error)
{
  guint n_columns = g_strv_length (self->head);

  do
    if (!read_row (self, error))
      return FALSE;
  while (self->offsets->len == 1 && self->text->len == 0); /* an empty line */

  if (self->offsets->len != n_columns)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("%u fields instead of %u"),
                   self->offsets->len, n_columns);
      return FALSE;
    }
  for (guint i = 0; i < n_columns; i++)
    if (!g_utf8_validate (lz_csv_get (self, (int) i), -1, NULL))
      {
        g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("the text is not UTF-8"));
        return FALSE;
      }
  return TRUE;
}

guint
lz_csv_get_row (const LzCsv *self)
{
  return self->row;
}

const char *
lz_csv_get (const LzCsv *self, int column)
{
  if (column < 0 || (guint) column >= self->offsets->len)
    return "";
  return self->text->str + g_array_index (self->offsets, guint, column);
}
