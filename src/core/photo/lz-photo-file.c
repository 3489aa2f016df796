/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-photo"

#include "config.h"

#include "lz-error.h"
#include "lz-photo-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define EXIF_MARK      "Exif\0"
#define EXIF_MARK_SIZE 6

static const struct
{
  const char *magic;
  guint8 size;
  guint8 offset;
  const char *what;
} others[] = {
  { "GIF8", 4, 0, N_ ("a GIF picture") },
  { "BM", 2, 0, N_ ("a BMP picture") },
  { "II*\0", 4, 0, N_ ("a TIFF or raw picture") },
  { "MM\0*", 4, 0, N_ ("a TIFF or raw picture") },
  { "%PDF", 4, 0, N_ ("a PDF document") },
  { "PK\003\004", 4, 0, N_ ("a ZIP archive or an office document") },
  { "Rar!", 4, 0, N_ ("a RAR archive") },
  { "7z\274\257", 4, 0, N_ ("a 7z archive") },
  { "\037\213", 2, 0, N_ ("a compressed file") },
  { "\320\317\021\340", 4, 0, N_ ("an office document") },
  { "\032\105\337\243", 4, 0, N_ ("a video") },
  { "AVI ", 4, 8, N_ ("a video") },
  { "WAVE", 4, 8, N_ ("a sound recording") },
  { "ID3", 3, 0, N_ ("a sound recording") },
  { "#!AMR", 5, 0, N_ ("a sound recording") },
};

static gboolean
has_brand (const guint8 *data, gsize size, const char *brands)
{
  gsize end = MIN (size, (gsize) data[0] << 24 | data[1] << 16 | data[2] << 8 | data[3]);

  for (gsize at = 8; at + 4 <= end; at += at == 8 ? 8 : 4) /* 12: the minor version */
    for (const char *brand = brands; *brand != '\0'; brand += 4)
      if (memcmp (data + at, brand, 4) == 0)
        return TRUE;

  return FALSE;
}

/* Files in boxes: HEIC, AVIF, MP4, MOV and their kin. */
static LzPhotoType
sniff_boxes (const guint8 *data, gsize size, const char **what)
{
  if (has_brand (data, size, "heicheixheimheishevchevx"))
    return LZ_PHOTO_HEIC;
  if (has_brand (data, size, "avifavis"))
    {
      *what = N_ ("an AVIF picture");
      return LZ_PHOTO_OTHER;
    }
  if (has_brand (data, size, "mif1msf1"))
    return LZ_PHOTO_HEIC;

  *what = has_brand (data, size, "crx ") ? N_ ("a TIFF or raw picture") : N_ ("a video");
  return LZ_PHOTO_OTHER;
}

static gboolean
looks_like_text (const guint8 *data, gsize size)
{
  const char *end;

  size = MIN (size, 512);
  for (gsize i = 0; i < size; i++)
    if (data[i] < ' ' && strchr ("\t\n\r\f", data[i]) == NULL)
      return FALSE;

  /* the last character may have been cut */
  g_utf8_validate ((const char *) data, (gssize) size, &end);
  return size - (gsize) (end - (const char *) data) < 4;
}

/**
 * lz_photo_sniff:
 * @data: the beginning of a file
 * @size: its length
 * @what: (out): for what is no photo, what it is, not yet translated, or %NULL if unknown
 *
 * Returns: the type of a file by its content
 */
LzPhotoType
lz_photo_sniff (const guint8 *data, gsize size, const char **what)
{
  *what = NULL;

  if (size >= 3 && memcmp (data, "\377\330\377", 3) == 0)
    return LZ_PHOTO_JPEG;
  if (size >= 8 && memcmp (data, "\211PNG\r\n\032\n", 8) == 0)
    return LZ_PHOTO_PNG;
  if (size >= 12 && memcmp (data, "RIFF", 4) == 0 && memcmp (data + 8, "WEBP", 4) == 0)
    return LZ_PHOTO_WEBP;
  if (size >= 12 && memcmp (data + 4, "ftyp", 4) == 0)
    return sniff_boxes (data, size, what);

  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (size >= (gsize) others[i].offset + others[i].size &&
        memcmp (data + others[i].offset, others[i].magic, others[i].size) == 0)
      {
        *what = others[i].what;
        return LZ_PHOTO_OTHER;
      }

  if (size == 0)
    *what = N_ ("an empty file");
  else if (looks_like_text (data, size))
    *what = N_ ("a text file");
  return LZ_PHOTO_OTHER;
}

gboolean
lz_photo_set_cut_off (GError **error)
{
  g_set_error_literal (error, LZ_ERROR, LZ_ERROR_BROKEN_PHOTO,
                       _ ("The photo is cut off: its end is missing"));
  return FALSE;
}

gboolean
lz_photo_set_damaged (GError **error, const char *where)
{
  g_set_error (error, LZ_ERROR, LZ_ERROR_BROKEN_PHOTO, _ ("The photo is damaged (%s)"), where);
  return FALSE;
}

gboolean
lz_photo_check_pixels (LzPhotoType type, guint64 width, guint64 height, GError **error)
{
  int most = type == LZ_PHOTO_JPEG ? LZ_PHOTO_MAX_PIXELS : LZ_PHOTO_MAX_PIXELS_IN_FULL;

  if (width <= G_MAXINT32 && height <= G_MAXINT32 && width * height <= (guint64) most)
    return TRUE;

  g_set_error (error, LZ_ERROR, LZ_ERROR_TOO_LARGE,
               _ ("The picture is too large: %u × %u pixels, where %d million are the most"),
               (guint) MIN (width, G_MAXUINT), (guint) MIN (height, G_MAXUINT), most / 1000000);
  return FALSE;
}

/* Some writers put the mark of a JPEG segment before the TIFF structure elsewhere too. */
static void
set_exif (LzPhotoFile *file, const guint8 *data, gsize size)
{
  if (size > EXIF_MARK_SIZE && memcmp (data, EXIF_MARK, EXIF_MARK_SIZE) == 0)
    {
      data += EXIF_MARK_SIZE;
      size -= EXIF_MARK_SIZE;
    }
  if (file->exif == NULL && size >= 8)
    {
      file->exif = data;
      file->exif_size = size;
    }
}

/* Skips the compressed data after a scan's header: up to a marker that is none of its own. */
static gboolean
skip_scan (LzReader *reader)
{
  const guint8 *end = reader->data + reader->size;

  for (const guint8 *at = reader->data + reader->at; at < end - 1; at++)
    {
      at = memchr (at, 0xff, (gsize) (end - 1 - at));
      if (at == NULL)
        break;
      if (at[1] == 0 || at[1] == 0xff || (at[1] >= 0xd0 && at[1] <= 0xd7))
        continue;
      reader->at = (gsize) (at - reader->data);
      return TRUE;
    }

  return FALSE;
}

/* gdk-pixbuf, and libjpeg below it, fill up what is missing with grey and say nothing: the end
 * mark is what tells a whole JPEG. */
static gboolean
inspect_jpeg (LzReader *reader, LzPhotoFile *file, GError **error)
{
  lz_reader_bytes (reader, 2);
  for (;;)
    {
      guint64 marker, size;
      LzReader segment;

      if (lz_reader_big (reader, 1) != 0xff)
        return reader->failed ? lz_photo_set_cut_off (error)
                              : lz_photo_set_damaged (error, "JPEG marker");
      while ((marker = lz_reader_big (reader, 1)) == 0xff)
        ;
      if (marker == 0xd9)
        break;
      if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8))
        continue;

      size = lz_reader_big (reader, 2);
      segment = lz_reader_part (reader, size < 2 ? 0 : size - 2);
      if (segment.failed)
        return lz_photo_set_cut_off (error);
      if (marker == 0xe1 && segment.size > EXIF_MARK_SIZE &&
          memcmp (segment.data, EXIF_MARK, EXIF_MARK_SIZE) == 0)
        set_exif (file, segment.data, segment.size);
      else if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 &&
               marker != 0xcc)
        {
          lz_reader_bytes (&segment, 1); /* bits per sample */
          file->height = (guint) lz_reader_big (&segment, 2);
          file->width = (guint) lz_reader_big (&segment, 2);
          if (!lz_photo_check_pixels (file->type, file->width, file->height, error))
            return FALSE;
        }
      else if (marker == 0xda && !skip_scan (reader))
        return lz_photo_set_cut_off (error);
    }

  return file->width > 0 && file->height > 0 ? TRUE : lz_photo_set_damaged (error, "JPEG frame");
}

static gboolean
inspect_png (LzReader *reader, LzPhotoFile *file, GError **error)
{
  lz_reader_bytes (reader, 8);
  for (;;)
    {
      guint64 size = lz_reader_big (reader, 4);
      const guint8 *type = lz_reader_bytes (reader, 4);
      LzReader chunk = lz_reader_part (reader, size);

      lz_reader_bytes (reader, 4); /* checksum: the decoder looks at it */
      if (type != NULL && memcmp (type, "IHDR", 4) == 0)
        {
          file->width = (guint) lz_reader_big (&chunk, 4);
          file->height = (guint) lz_reader_big (&chunk, 4);
          if (!lz_photo_check_pixels (file->type, file->width, file->height, error))
            return FALSE;
        }
      if (reader->failed)
        return lz_photo_set_cut_off (error);
      if (memcmp (type, "eXIf", 4) == 0)
        set_exif (file, chunk.data, chunk.size);
      if (memcmp (type, "IEND", 4) == 0)
        break;
    }

  return file->width > 0 && file->height > 0 ? TRUE : lz_photo_set_damaged (error, "PNG header");
}

static void
read_webp_size (const guint8 *type, LzReader *chunk, LzPhotoFile *file)
{
  if (memcmp (type, "VP8X", 4) == 0)
    {
      file->animated |= (lz_reader_little (chunk, 4) & 2) != 0;
      file->width = (guint) lz_reader_little (chunk, 3) + 1;
      file->height = (guint) lz_reader_little (chunk, 3) + 1;
    }
  else if (memcmp (type, "VP8 ", 4) == 0 && file->width == 0)
    {
      lz_reader_bytes (chunk, 6); /* frame tag and start code */
      file->width = (guint) lz_reader_little (chunk, 2) & 0x3fff;
      file->height = (guint) lz_reader_little (chunk, 2) & 0x3fff;
    }
  else if (memcmp (type, "VP8L", 4) == 0 && file->width == 0)
    {
      guint64 bits;

      lz_reader_bytes (chunk, 1); /* signature */
      bits = lz_reader_little (chunk, 4);
      file->width = (guint) (bits & 0x3fff) + 1;
      file->height = (guint) (bits >> 14 & 0x3fff) + 1;
    }
}

static gboolean
inspect_webp (LzReader *reader, LzPhotoFile *file, GError **error)
{
  LzReader body;

  lz_reader_bytes (reader, 4);
  body = lz_reader_part (reader, lz_reader_little (reader, 4));
  if (body.failed)
    return lz_photo_set_cut_off (error);

  lz_reader_bytes (&body, 4);
  while (lz_reader_left (&body) >= 8)
    {
      const guint8 *type = lz_reader_bytes (&body, 4);
      guint64 size = lz_reader_little (&body, 4);
      LzReader chunk = lz_reader_part (&body, size);

      if (chunk.failed)
        return lz_photo_set_cut_off (error);
      if (size % 2 == 1 && lz_reader_left (&body) > 0)
        lz_reader_bytes (&body, 1);
      if (memcmp (type, "EXIF", 4) == 0)
        set_exif (file, chunk.data, chunk.size);
      read_webp_size (type, &chunk, file);
      if (chunk.failed)
        return lz_photo_set_damaged (error, "WebP header");
    }

  if (file->animated)
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_NOT_A_PHOTO,
                           _ ("This is an animated picture, not a photo that can be taken in"));
      return FALSE;
    }
  if (file->width == 0 || file->height == 0)
    return lz_photo_set_damaged (error, "WebP header");
  return lz_photo_check_pixels (file->type, file->width, file->height, error);
}

gboolean
lz_photo_inspect (GBytes *bytes, LzPhotoFile *file, GError **error)
{
  LzReader reader = { 0 };
  const char *what;

  reader.data = g_bytes_get_data (bytes, &reader.size);
  *file = (LzPhotoFile){ .type = lz_photo_sniff (reader.data, reader.size, &what) };

  switch (file->type)
    {
    case LZ_PHOTO_JPEG:
      file->mime = "image/jpeg";
      return inspect_jpeg (&reader, file, error);
    case LZ_PHOTO_PNG:
      file->mime = "image/png";
      return inspect_png (&reader, file, error);
    case LZ_PHOTO_WEBP:
      file->mime = "image/webp";
      return inspect_webp (&reader, file, error);
    case LZ_PHOTO_HEIC:
      file->mime = "image/heic";
      return lz_photo_inspect_heic (&reader, file, error);
    case LZ_PHOTO_OTHER:
    default:
      if (what != NULL)
        g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_A_PHOTO,
                     _ ("This is %s, not a photo that can be taken in"), _ (what));
      else
        g_set_error_literal (error, LZ_ERROR, LZ_ERROR_NOT_A_PHOTO,
                             _ ("This is no photo: only JPEG, PNG, HEIC and WebP are"));
      return FALSE;
    }
}
