/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LzDatum:
 *
 * In which datum a map source draws.  Ours on disk and on the wire is always WGS 84.
 */
typedef enum
{
  LZ_DATUM_WGS84,
  LZ_DATUM_GCJ02,
  LZ_DATUM_BD09,
} LzDatum;

const char *lz_datum_to_string (LzDatum datum);
gboolean lz_datum_from_string (const char *text, LzDatum *datum);

/* Degrees in, degrees out; outside China both are the identity. */
void lz_datum_from_wgs84 (LzDatum datum, double *latitude, double *longitude);
void lz_datum_to_wgs84 (LzDatum datum, double *latitude, double *longitude);

G_END_DECLS
