/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-wkb.h"

#include <string.h>

/* A collection of a collection of multi-somethings is as far as honest data goes. */
#define MAX_DEPTH 6

/* Bits that PostGIS puts beside the type. */
#define EWKB_Z    0x80000000u
#define EWKB_M    0x40000000u
#define EWKB_SRID 0x20000000u

typedef enum
{
  WKB_POINT = 1,
  WKB_LINE = 2,
  WKB_POLYGON = 3,
  WKB_MULTI_POINT = 4,
  WKB_MULTI_LINE = 5,
  WKB_MULTI_POLYGON = 6,
  WKB_COLLECTION = 7,
} WkbType;

typedef struct
{
  const guint8 *at;
  const guint8 *end;
  gboolean is_little;
  guint n_dimensions;
  GArray *points;
  LzWkbFunc func;
  gpointer user_data;
} Reader;

static gboolean
read_u32 (Reader *self, guint32 *value)
{
  if (self->end - self->at < 4)
    return FALSE;

  memcpy (value, self->at, 4);
  *value = self->is_little ? GUINT32_FROM_LE (*value) : GUINT32_FROM_BE (*value);
  self->at += 4;
  return TRUE;
}

static double
read_double (Reader *self)
{
  guint64 bits;
  double value;

  memcpy (&bits, self->at, 8);
  bits = self->is_little ? GUINT64_FROM_LE (bits) : GUINT64_FROM_BE (bits);
  memcpy (&value, &bits, 8);
  self->at += 8;
  return value;
}

/* Reads @n points into self->points. */
static LzSkip
read_points (Reader *self, guint32 n)
{
  gsize point_bytes = 8 * (gsize) self->n_dimensions;

  if ((gsize) (self->end - self->at) / point_bytes < n)
    return LZ_SKIP_NO_GEOMETRY;

  g_array_set_size (self->points, 0);
  for (guint32 i = 0; i < n; i++)
    {
      const guint8 *next = self->at + point_bytes;
      double longitude = read_double (self);
      double latitude = read_double (self);
      LzPoint point;

      if (!lz_point_from_degrees (latitude, longitude, &point))
        return LZ_SKIP_BAD_PLACE;
      g_array_append_val (self->points, point);
      self->at = next;
    }
  return LZ_SKIP_NONE;
}

static LzSkip
read_part (Reader *self, LzShape shape)
{
  guint32 n = 1;
  LzSkip why;

  if (shape != LZ_SHAPE_POINT && !read_u32 (self, &n))
    return LZ_SKIP_NO_GEOMETRY;

  why = read_points (self, n);
  if (why == LZ_SKIP_NONE)
    self->func (shape, (const LzPoint *) (gconstpointer) self->points->data, n, self->user_data);
  return why;
}

static LzSkip
read_polygon (Reader *self)
{
  guint32 n_rings;
  LzSkip why;

  if (!read_u32 (self, &n_rings))
    return LZ_SKIP_NO_GEOMETRY;
  if (n_rings == 0)
    return LZ_SKIP_NO_GEOMETRY;

  why = read_part (self, LZ_SHAPE_AREA);
  for (guint32 i = 1; why == LZ_SKIP_NONE && i < n_rings; i++)
    why = read_part (self, LZ_SHAPE_HOLE);
  return why;
}

static gboolean
read_type (Reader *self, guint32 *type)
{
  guint32 kind, srid;

  if (self->at == self->end || *self->at > 1)
    return FALSE;
  self->is_little = *self->at++ == 1;
  if (!read_u32 (self, &kind))
    return FALSE;
  if ((kind & EWKB_SRID) != 0 && !read_u32 (self, &srid))
    return FALSE;

  self->n_dimensions = 2 + ((kind & EWKB_Z) != 0) + ((kind & EWKB_M) != 0);
  kind &= 0x0fffffff;
  switch (kind / 1000)
    {
    case 0:
      break;
    case 1:
    case 2:
      self->n_dimensions = 3;
      break;
    case 3:
      self->n_dimensions = 4;
      break;
    default:
      return FALSE;
    }
  *type = kind % 1000;
  return TRUE;
}

static LzSkip
read_geometry (Reader *self, guint depth)
{
  guint32 type, n;
  LzSkip why = LZ_SKIP_NONE;

  if (depth > MAX_DEPTH || !read_type (self, &type))
    return LZ_SKIP_NO_GEOMETRY;

  switch ((WkbType) type)
    {
    case WKB_POINT:
      return read_part (self, LZ_SHAPE_POINT);
    case WKB_LINE:
      return read_part (self, LZ_SHAPE_LINE);
    case WKB_POLYGON:
      return read_polygon (self);
    case WKB_MULTI_POINT:
    case WKB_MULTI_LINE:
    case WKB_MULTI_POLYGON:
    case WKB_COLLECTION:
      if (!read_u32 (self, &n))
        return LZ_SKIP_NO_GEOMETRY;
      for (guint32 i = 0; why == LZ_SKIP_NONE && i < n; i++)
        why = read_geometry (self, depth + 1);
      return why;
    default:
      return LZ_SKIP_OTHER_KIND;
    }
}

/**
 * lz_gpkg_geometry_read:
 * @data: (array length=size) (nullable): a geometry of a GeoPackage: its header, then WKB
 * @size: how many bytes
 * @func: (scope call): told each part
 * @user_data: for @func
 *
 * Reads a geometry that may be damaged.  Parts before the damage are given.
 *
 * Returns: %LZ_SKIP_NONE, or what is wrong with it
 */
LzSkip
lz_gpkg_geometry_read (gconstpointer data, gsize size, LzWkbFunc func, gpointer user_data)
{
  static const gsize envelope_bytes[] = { 0, 32, 48, 48, 64 };
  const guint8 *bytes = data;
  g_autoptr (GArray) points = NULL;
  Reader reader;
  guint envelope;

  if (bytes == NULL || size < 8 || bytes[0] != 'G' || bytes[1] != 'P')
    return LZ_SKIP_NO_GEOMETRY;

  envelope = bytes[3] >> 1 & 7;
  if (envelope >= G_N_ELEMENTS (envelope_bytes) || size < 8 + envelope_bytes[envelope] ||
      (bytes[3] & 0x10) != 0)
    return LZ_SKIP_NO_GEOMETRY;

  points = g_array_new (FALSE, FALSE, sizeof (LzPoint));
  reader = (Reader){
    .at = bytes + 8 + envelope_bytes[envelope],
    .end = bytes + size,
    .points = points,
    .func = func,
    .user_data = user_data,
  };
  return read_geometry (&reader, 0);
}
