/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-photo"

#include "config.h"

#include "lz-photo-private.h"

#include <string.h>

/* HEIF, ISO/IEC 23008-12: a file of boxes.  "meta" lists the items of the file ("iinf") and where
 * their bytes are ("iloc"); the picture is one item, often a grid of others, the Exif data another.
 */

/* Items of a kind that we look into: one of each in what cameras write. */
#define MAX_LOOKUPS 16

/* No offset is larger in a file of LZ_PHOTO_MAX_BYTES; sums of a few do not overflow. */
#define FAR_AWAY (G_GUINT64_CONSTANT (1) << 40)

#define FOURCC(a, b, c, d) ((guint32) (a) << 24 | (guint32) (b) << 16 | (guint32) (c) << 8 | (d))

typedef struct
{
  LzReader file;
  LzReader iinf;
  LzReader iloc;
  LzReader idat;
} Boxes;

typedef struct
{
  guint method; /* 0: in the file, 1: in "idat" */
  guint n_extents;
  guint64 offset; /* of the first extent */
  guint64 length;
  guint64 end; /* of the extent that goes furthest */
} Place;

/* Takes the next box apart.  FALSE at the end, or with reader->failed where the box is longer than
 * what it is in. */
static gboolean
next_box (LzReader *reader, guint32 *type, LzReader *body)
{
  guint64 size, header = 8;

  if (lz_reader_left (reader) == 0)
    return FALSE;

  size = lz_reader_big (reader, 4);
  *type = (guint32) lz_reader_big (reader, 4);
  if (size == 1)
    {
      size = lz_reader_big (reader, 8);
      header = 16;
    }
  else if (size == 0)
    size = header + lz_reader_left (reader);

  if (size < header)
    reader->failed = TRUE;
  *body = lz_reader_part (reader, size - header);
  return !body->failed;
}

/* How large a derived picture becomes: "grid" and "iovl" say it in their own bytes. */
static gboolean
check_derived (guint32 type, LzReader item, GError **error)
{
  guint size;
  guint64 width, height;

  lz_reader_bytes (&item, 1); /* version */
  size = (lz_reader_big (&item, 1) & 1) != 0 ? 4 : 2;
  lz_reader_bytes (&item, type == FOURCC ('g', 'r', 'i', 'd') ? 2 : 8); /* rows, columns; colour */
  width = lz_reader_big (&item, size);
  height = lz_reader_big (&item, size);
  return item.failed ? lz_photo_set_damaged (error, "HEIC grid")
                     : lz_photo_check_pixels (LZ_PHOTO_HEIC, width, height, error);
}

/* "ispe": the pixels of the items, in meta/iprp/ipco. */
static gboolean
check_properties (LzReader iprp, LzPhotoFile *file, GError **error)
{
  LzReader ipco, body;
  guint32 type;

  while (next_box (&iprp, &type, &ipco))
    {
      if (type != FOURCC ('i', 'p', 'c', 'o'))
        continue;
      while (next_box (&ipco, &type, &body))
        if (type == FOURCC ('i', 's', 'p', 'e'))
          {
            guint64 width, height;

            lz_reader_bytes (&body, 4); /* version and flags */
            width = lz_reader_big (&body, 4);
            height = lz_reader_big (&body, 4);
            if (!lz_photo_check_pixels (LZ_PHOTO_HEIC, width, height, error))
              return FALSE;
            if (width * height > (guint64) file->width * file->height)
              {
                file->width = (guint) width;
                file->height = (guint) height;
              }
          }
      if (ipco.failed)
        break;
    }

  return iprp.failed ? lz_photo_set_damaged (error, "HEIC properties") : TRUE;
}

static gboolean
read_place (LzReader *iloc, guint version, const guint sizes[4], Place *place)
{
  guint64 base;

  place->method = version > 0 ? lz_reader_big (iloc, 2) & 15 : 0;
  lz_reader_bytes (iloc, 2); /* data reference */
  base = lz_reader_big (iloc, sizes[2]);
  place->n_extents = (guint) lz_reader_big (iloc, 2);
  for (guint i = 0; i < place->n_extents && !iloc->failed; i++)
    {
      guint64 offset, length;

      lz_reader_bytes (iloc, version > 0 ? sizes[3] : 0);
      offset = lz_reader_big (iloc, sizes[0]);
      length = lz_reader_big (iloc, sizes[1]);
      if (base > FAR_AWAY || offset > FAR_AWAY || length > FAR_AWAY)
        iloc->failed = TRUE;
      if (i == 0)
        {
          place->offset = base + offset;
          place->length = length;
        }
      place->end = MAX (place->end, base + offset + length);
      if (sizes[0] + sizes[1] == 0) /* extents without bytes: 65,535 of them cost nothing */
        break;
    }

  return !iloc->failed;
}

/* Finds the bytes of item @wanted; with 0, only checks that every item's bytes are there. */
static gboolean
locate (const Boxes *boxes, guint64 wanted, LzReader *found, GError **error)
{
  LzReader iloc = boxes->iloc;
  guint version = (guint) lz_reader_big (&iloc, 1);
  guint64 packed, n_items;
  guint sizes[4] = { 0 }; /* of an offset, a length, a base offset, an index */

  lz_reader_bytes (&iloc, 3); /* flags */
  packed = lz_reader_big (&iloc, 2);
  for (guint i = 0; i < 4; i++)
    {
      sizes[i] = packed >> (12 - 4 * i) & 15;
      if (sizes[i] > 8)
        return lz_photo_set_damaged (error, "HEIC item sizes");
    }
  n_items = lz_reader_big (&iloc, version < 2 ? 2 : 4);

  for (guint64 i = 0; i < n_items; i++)
    {
      guint64 id = lz_reader_big (&iloc, version < 2 ? 2 : 4);
      Place place = { 0 };
      const LzReader *home;

      if (!read_place (&iloc, version, sizes, &place))
        return lz_photo_set_damaged (error, "HEIC item list");
      if (place.method > 1 || place.n_extents == 0)
        continue;
      home = place.method == 0 ? &boxes->file : &boxes->idat;
      if (place.offset > home->size || place.end > home->size)
        return lz_photo_set_cut_off (error);
      if (wanted != 0 && id == wanted && place.n_extents == 1)
        *found = (LzReader){ home->data + place.offset,
                             (gsize) (place.length > 0 ? place.length : home->size - place.offset),
                             0, FALSE };
    }

  return TRUE;
}

/* The item begins with the distance from there to the TIFF structure. */
static void
set_exif (LzPhotoFile *file, LzReader item)
{
  lz_reader_bytes (&item, lz_reader_big (&item, 4));
  if (file->exif != NULL || item.failed || lz_reader_left (&item) < 8)
    return;

  file->exif = item.data + item.at;
  file->exif_size = lz_reader_left (&item);
}

/* Goes through the list of items for the Exif data and for pictures made of others. */
static gboolean
inspect_items (const Boxes *boxes, LzPhotoFile *file, GError **error)
{
  LzReader iinf = boxes->iinf, infe;
  guint version = (guint) lz_reader_big (&iinf, 1);
  guint lookups = 0;
  guint32 type;

  lz_reader_bytes (&iinf, version == 0 ? 5 : 7); /* flags and count */
  while (next_box (&iinf, &type, &infe))
    {
      guint entry_version = (guint) lz_reader_big (&infe, 1);
      LzReader item = { .failed = TRUE };
      guint64 id;

      lz_reader_bytes (&infe, 3);
      if (type != FOURCC ('i', 'n', 'f', 'e') || entry_version < 2)
        continue;
      id = lz_reader_big (&infe, entry_version == 2 ? 2 : 4);
      lz_reader_bytes (&infe, 2); /* protection */
      type = (guint32) lz_reader_big (&infe, 4);
      if (type != FOURCC ('E', 'x', 'i', 'f') && type != FOURCC ('g', 'r', 'i', 'd') &&
          type != FOURCC ('i', 'o', 'v', 'l'))
        continue;

      if (++lookups > MAX_LOOKUPS)
        return lz_photo_set_damaged (error, "HEIC item count");
      if (!locate (boxes, id, &item, error))
        return FALSE;
      if (type == FOURCC ('E', 'x', 'i', 'f'))
        set_exif (file, item);
      else if (!check_derived (type, item, error))
        return FALSE;
    }

  return iinf.failed ? lz_photo_set_damaged (error, "HEIC item names") : TRUE;
}

static gboolean
inspect_meta (LzReader meta, Boxes *boxes, LzPhotoFile *file, GError **error)
{
  LzReader body, iprp = { 0 };
  guint32 type;

  lz_reader_bytes (&meta, 4); /* version and flags */
  while (next_box (&meta, &type, &body))
    {
      if (type == FOURCC ('i', 'i', 'n', 'f'))
        boxes->iinf = body;
      else if (type == FOURCC ('i', 'l', 'o', 'c'))
        boxes->iloc = body;
      else if (type == FOURCC ('i', 'd', 'a', 't'))
        boxes->idat = body;
      else if (type == FOURCC ('i', 'p', 'r', 'p'))
        iprp = body;
    }
  if (meta.failed || boxes->iinf.data == NULL || boxes->iloc.data == NULL)
    return lz_photo_set_damaged (error, "HEIC description");

  return locate (boxes, 0, NULL, error) && check_properties (iprp, file, error) &&
         inspect_items (boxes, file, error);
}

gboolean
lz_photo_inspect_heic (LzReader *reader, LzPhotoFile *file, GError **error)
{
  Boxes boxes = { .file = *reader };
  LzReader body, meta = { 0 };
  guint32 type;

  while (next_box (reader, &type, &body))
    if (type == FOURCC ('m', 'e', 't', 'a') && meta.data == NULL)
      meta = body;
  if (reader->failed)
    return lz_photo_set_cut_off (error);
  if (meta.data == NULL)
    return lz_photo_set_damaged (error, "HEIC description");

  return inspect_meta (meta, &boxes, file, error);
}
