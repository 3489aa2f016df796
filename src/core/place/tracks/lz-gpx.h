/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-point.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LzTrackPoint:
 * @point: where
 * @time_ms: when, UTC; 0 if the file does not say, or says nothing credible
 * @accuracy_m: radius in which the receiver believes to be; 0 = not said
 *
 * One fix of a receiver.
 */
typedef struct
{
  LzPoint point;
  gint64 time_ms;
  double accuracy_m;
} LzTrackPoint;

/**
 * LzTrack:
 * @name: (nullable): what the file calls it
 * @points: (array length=n): at least one
 * @n: how many
 * @length_m: along the points
 *
 * One unbroken piece of a recorded way: between two pieces the receiver was off.
 */
typedef struct
{
  char *name;
  LzTrackPoint *points;
  guint n;
  double length_m;
} LzTrack;

void lz_track_free (LzTrack *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzTrack, lz_track_free)

GPtrArray *
lz_gpx_read (const char *path, GPtrArray *skipped, GCancellable *cancellable, GError **error);
GPtrArray *
lz_gpx_read_bytes (GBytes *bytes, GPtrArray *skipped, GCancellable *cancellable, GError **error);

G_END_DECLS
