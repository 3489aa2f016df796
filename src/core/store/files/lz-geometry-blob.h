/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-point.h"

#include <string.h>

G_BEGIN_DECLS

/* GeoPackageBinary of a point (OGC 12-128r17, clause 2.1.3): 8 bytes of header without an
 * envelope, little endian, srs 4326, then the WKB of a point, x before y. */
#define LZ_POINT_BLOB_SIZE 29

static inline void
lz_point_to_blob (LzPoint point, guint8 blob[LZ_POINT_BLOB_SIZE])
{
  static const guint8 head[13] = { 'G', 'P', 0, 1, 0xe6, 0x10, 0, 0, 1, 1, 0, 0, 0 };
  guint64 x, y;
  double longitude = lz_point_longitude (point);
  double latitude = lz_point_latitude (point);

  memcpy (&x, &longitude, sizeof x);
  memcpy (&y, &latitude, sizeof y);
  x = GUINT64_TO_LE (x);
  y = GUINT64_TO_LE (y);
  memcpy (blob, head, sizeof head);
  memcpy (blob + 13, &x, sizeof x);
  memcpy (blob + 21, &y, sizeof y);
}

G_END_DECLS
