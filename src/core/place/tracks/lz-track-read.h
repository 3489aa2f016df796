/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-gpx.h"

G_BEGIN_DECLS

/* Tracks of a receiver or phone in any form that we read: GPX, KML with times (gx:Track), GeoJSON
 * (LineString with "coordTimes" or "times"), or CSV with columns for latitude, longitude, time and
 * perhaps accuracy.  Known by their content.  As lz_gpx_read_bytes(). */
GPtrArray *
lz_tracks_read_bytes (GBytes *bytes, GPtrArray *skipped, GCancellable *cancellable, GError **error);

/* The file as it is. */
GBytes *
lz_tracks_load (const char *path, gsize max_bytes, GCancellable *cancellable, GError **error);

G_END_DECLS
