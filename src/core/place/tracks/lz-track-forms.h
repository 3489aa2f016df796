/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-gpx.h"

G_BEGIN_DECLS

/* Private to place/: the forms of tracks besides GPX.  Each appends to @tracks what it finds, and
 * says FALSE only for text that is none of its form. */
gboolean lz_tracks_read_kml (GBytes *text, GPtrArray *tracks, GError **error);
gboolean lz_tracks_read_geojson (GBytes *text, GPtrArray *tracks, GError **error);
gboolean lz_tracks_read_csv (GBytes *text, GPtrArray *tracks, GError **error);

/* Takes the points of @points, which is then empty; none if there are none. */
void lz_tracks_add (GPtrArray *tracks, GArray *points);
/* ms UTC of an ISO 8601 time (UTC where it names no zone) or of seconds or ms since 1970; 0 if it
 * is none. */
gint64 lz_tracks_parse_time (const char *text);

G_END_DECLS
