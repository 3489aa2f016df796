/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-gpkg-geometry.h"

#include <string.h>

#define WGS84_SRS_ID 4326

/* Flags of the header: little-endian, envelope [minx, maxx, miny, maxy]. */
#define FLAGS_XY_ENVELOPE 0x03
#define FLAGS_EMPTY       0x11

#define WKB_LITTLE_ENDIAN    1
#define WKB_LINESTRING       2
#define WKB_MULTI_LINESTRING 5

static void
append_byte (GByteArray *out, guint8 value)
{
  g_byte_array_append (out, &value, 1);
}

static void
append_uint32 (GByteArray *out, guint32 value)
{
  guint32 little = GUINT32_TO_LE (value);

  g_byte_array_append (out, (const guint8 *) &little, sizeof little);
}

static void
append_degrees (GByteArray *out, gint32 value7)
{
  double degrees = value7 / LZ_POINT_SCALE;
  guint64 bits;

  memcpy (&bits, &degrees, sizeof bits);
  bits = GUINT64_TO_LE (bits);
  g_byte_array_append (out, (const guint8 *) &bits, sizeof bits);
}

static LzBox
box_of (GPtrArray *lines)
{
  LzBox box = { G_MAXINT32, G_MAXINT32, G_MININT32, G_MININT32 };

  for (guint i = 0; i < lines->len; i++)
    {
      LzBox one = lz_line_box (g_ptr_array_index (lines, i));

      box.south7 = MIN (box.south7, one.south7);
      box.west7 = MIN (box.west7, one.west7);
      box.north7 = MAX (box.north7, one.north7);
      box.east7 = MAX (box.east7, one.east7);
    }
  return box;
}

static void
append_header (GByteArray *out, const LzBox *box)
{
  g_byte_array_append (out, (const guint8 *) "GP", 2);
  append_byte (out, 0); /* version 1 */
  append_byte (out, box != NULL ? FLAGS_XY_ENVELOPE : FLAGS_EMPTY);
  append_uint32 (out, WGS84_SRS_ID);
  if (box == NULL)
    return;

  append_degrees (out, box->west7);
  append_degrees (out, box->east7);
  append_degrees (out, box->south7);
  append_degrees (out, box->north7);
}

static void
append_line (GByteArray *out, const LzLine *line)
{
  append_byte (out, WKB_LITTLE_ENDIAN);
  append_uint32 (out, WKB_LINESTRING);
  append_uint32 (out, line->n);
  for (guint i = 0; i < line->n; i++)
    {
      append_degrees (out, line->points[i].lon7);
      append_degrees (out, line->points[i].lat7);
    }
}

GBytes *
lz_gpkg_write_lines (GPtrArray *lines, LzBox *box)
{
  GByteArray *out = g_byte_array_new ();

  g_return_val_if_fail (lines != NULL, NULL);

  *box = box_of (lines);
  append_header (out, lines->len > 0 ? box : NULL);
  append_byte (out, WKB_LITTLE_ENDIAN);
  append_uint32 (out, WKB_MULTI_LINESTRING);
  append_uint32 (out, lines->len);
  for (guint i = 0; i < lines->len; i++)
    append_line (out, g_ptr_array_index (lines, i));
  return g_byte_array_free_to_bytes (out);
}
