/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-place-file.h"

#include "lz-error.h"

#include <string.h>

#define CHUNK_BYTES (256 * 1024)

/* Maps and tracks shrink to a tenth, at most a fiftieth; a file that shrank more is a trap. */
#define MAX_RATIO 250

static gboolean
set_too_large (GError **error)
{
  g_set_error (error, LZ_ERROR, LZ_ERROR_TOO_LARGE,
               "reading the file: more than %d MB, or compressed beyond reason",
               LZ_PLACE_MAX_BYTES / 1024 / 1024);
  return FALSE;
}

/* Reads all of @stream, which may be a decompressor whose output knows no bounds: up to @max_bytes.
 */
static GBytes *
read_all (GInputStream *stream, gsize max_bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autofree guint8 *chunk = g_malloc (CHUNK_BYTES);
  gssize n;

  while ((n = g_input_stream_read (stream, chunk, CHUNK_BYTES, cancellable, error)) > 0)
    {
      if (all->len + (gsize) n > max_bytes)
        {
          set_too_large (error);
          return NULL;
        }
      g_byte_array_append (all, chunk, (guint) n);
    }

  return n < 0 ? NULL : g_byte_array_free_to_bytes (g_steal_pointer (&all));
}

/* Whether the content starts with @magic. */
gboolean
lz_place_starts_with (GBytes *bytes, gconstpointer magic, gsize length)
{
  return g_bytes_get_size (bytes) >= length &&
         memcmp (g_bytes_get_data (bytes, NULL), magic, length) == 0;
}

/* The content of a gzip file; of any other, the file itself. */
GBytes *
lz_place_unpack (GBytes *bytes, GCancellable *cancellable, GError **error)
{
  g_autoptr (GConverter) gunzip =
      G_CONVERTER (g_zlib_decompressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP));
  g_autoptr (GInputStream) packed = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GInputStream) plain = g_converter_input_stream_new (packed, gunzip);
  g_autoptr (GError) local_error = NULL;
  gsize max_bytes = MAX_RATIO * g_bytes_get_size (bytes) + CHUNK_BYTES;
  GBytes *all;

  if (!lz_place_starts_with (bytes, "\x1f\x8b", 2))
    return g_bytes_ref (bytes);

  all = read_all (plain, MIN (max_bytes, LZ_PLACE_MAX_BYTES), cancellable, &local_error);
  if (all != NULL)
    return all;

  if (local_error->domain == LZ_ERROR ||
      g_error_matches (local_error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID,
                 "reading the file: the gzip data is damaged or cut off: %s", local_error->message);
  return NULL;
}

/* The whole of a regular file. */
GBytes *
lz_place_load (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GFileInputStream) stream = NULL;

  info = g_file_query_info (file, G_FILE_ATTRIBUTE_STANDARD_TYPE "," G_FILE_ATTRIBUTE_STANDARD_SIZE,
                            G_FILE_QUERY_INFO_NONE, cancellable, error);
  if (info == NULL)
    return NULL;

  /* Not a device or a pipe, which might never end. */
  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "reading %s: this is no file", path);
      return NULL;
    }
  if (g_file_info_get_size (info) > LZ_PLACE_MAX_BYTES)
    {
      set_too_large (error);
      return NULL;
    }

  stream = g_file_read (file, cancellable, error);
  return stream != NULL ? read_all (G_INPUT_STREAM (stream), LZ_PLACE_MAX_BYTES, cancellable, error)
                        : NULL;
}

/* The content behind a byte order mark and spaces. */
GBytes *
lz_place_skip_blank (GBytes *bytes, GError **error)
{
  gsize size, skip = 0;
  const char *data = g_bytes_get_data (bytes, &size);

  if (lz_place_starts_with (bytes, "\xef\xbb\xbf", 3))
    skip = 3;
  while (skip < size && g_ascii_isspace (data[skip]))
    skip++;
  if (skip == size)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "reading the file: it is empty");
      return NULL;
    }
  return g_bytes_new_from_bytes (bytes, skip, size - skip);
}
