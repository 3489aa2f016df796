/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-server-http-private.h"

#include <zlib.h>
#include <zstd.h>

#define ZSTD_LEVEL      1
#define GZIP_LEVEL      1
#define GZIP_WINDOW     (15 + 16) /* 32 KiB, with a gzip header */
#define ZSTD_WINDOW_LOG 23        /* 8 MiB: what a stranger may make us set aside */
#define PIECE_BYTES     (128 * 1024)

static void
free_compressor (gpointer context)
{
  ZSTD_freeCCtx (context);
}

static GPrivate compressor = G_PRIVATE_INIT (free_compressor);

static GBytes *
compress_zstd (const void *data, gsize size)
{
  gsize bound = ZSTD_compressBound (size);
  g_autofree char *out = g_malloc (bound);
  ZSTD_CCtx *context = g_private_get (&compressor);
  gsize n;

  if (context == NULL)
    {
      context = ZSTD_createCCtx ();
      g_private_set (&compressor, context);
    }
  n = ZSTD_compressCCtx (context, out, bound, data, size, ZSTD_LEVEL);
  if (ZSTD_isError (n))
    return NULL;
  out = g_realloc (out, n);
  return g_bytes_new_take (g_steal_pointer (&out), n);
}

static GBytes *
compress_gzip (const void *data, gsize size)
{
  z_stream stream = { .next_in = (Bytef *) data, .avail_in = (uInt) size };
  g_autofree char *out = NULL;
  gsize bound;

  if (deflateInit2 (&stream, GZIP_LEVEL, Z_DEFLATED, GZIP_WINDOW, 8, Z_DEFAULT_STRATEGY) != Z_OK)
    return NULL;
  bound = deflateBound (&stream, size);
  out = g_malloc (bound);
  stream.next_out = (Bytef *) out;
  stream.avail_out = (uInt) bound;
  if (deflate (&stream, Z_FINISH) != Z_STREAM_END)
    {
      deflateEnd (&stream);
      return NULL;
    }
  deflateEnd (&stream);
  out = g_realloc (out, stream.total_out);
  return g_bytes_new_take (g_steal_pointer (&out), stream.total_out);
}

/* NULL if it cannot be done: the body then goes as it is. */
GBytes *
lz_compress (const char *encoding, const void *data, gsize size)
{
  return g_str_equal (encoding, "zstd") ? compress_zstd (data, size) : compress_gzip (data, size);
}

static gboolean
take (GByteArray *out, const guint8 *piece, gsize size, gsize max, GError **error)
{
  if (out->len + size > max)
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_TOO_LARGE, "the body is too large");
      return FALSE;
    }
  g_byte_array_append (out, piece, (guint) size);
  return TRUE;
}

static gboolean
set_malformed (GError **error)
{
  g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID,
                       "the body is not what Content-Encoding says");
  return FALSE;
}

static gboolean
decompress_gzip (const void *data, gsize size, gsize max, GByteArray *out, GError **error)
{
  z_stream stream = { .next_in = (Bytef *) data, .avail_in = (uInt) size };
  g_autofree guint8 *piece = g_malloc (PIECE_BYTES);
  gboolean ok = TRUE;
  int result = Z_OK;

  if (inflateInit2 (&stream, GZIP_WINDOW) != Z_OK)
    return set_malformed (error);
  while (ok && result == Z_OK)
    {
      stream.next_out = piece;
      stream.avail_out = PIECE_BYTES;
      result = inflate (&stream, Z_NO_FLUSH);
      if (result != Z_OK && result != Z_STREAM_END)
        ok = set_malformed (error);
      else
        ok = take (out, piece, PIECE_BYTES - stream.avail_out, max, error);
    }
  if (ok && stream.avail_in > 0)
    ok = set_malformed (error);
  inflateEnd (&stream);
  return ok;
}

static gboolean
decompress_zstd (const void *data, gsize size, gsize max, GByteArray *out, GError **error)
{
  ZSTD_DCtx *context = ZSTD_createDCtx ();
  ZSTD_inBuffer in = { data, size, 0 };
  g_autofree guint8 *piece = g_malloc (PIECE_BYTES);
  gboolean ok = TRUE;
  gsize left = 1;

  ZSTD_DCtx_setParameter (context, ZSTD_d_windowLogMax, ZSTD_WINDOW_LOG);
  while (ok && left != 0)
    {
      ZSTD_outBuffer to = { piece, PIECE_BYTES, 0 };

      left = ZSTD_decompressStream (context, &to, &in);
      if (ZSTD_isError (left) || (left != 0 && to.pos == 0 && in.pos == in.size))
        ok = set_malformed (error);
      else
        ok = take (out, piece, to.pos, max, error);
    }
  if (ok && in.pos < in.size)
    ok = set_malformed (error);
  ZSTD_freeDCtx (context);
  return ok;
}

GBytes *
lz_decompress (const char *encoding, const void *data, gsize size, gsize max, GError **error)
{
  g_autoptr (GByteArray) out = g_byte_array_new ();
  gboolean ok;

  if (g_str_equal (encoding, "zstd"))
    ok = decompress_zstd (data, size, max, out, error);
  else
    ok = decompress_gzip (data, size, max, out, error);
  return ok ? g_byte_array_free_to_bytes (g_steal_pointer (&out)) : NULL;
}
