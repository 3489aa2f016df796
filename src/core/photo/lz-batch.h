/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-photo.h"

G_BEGIN_DECLS

/**
 * LzBatchPhoto:
 * @path: where it came from
 * @sha256: names it
 * @info: (transfer none): what it says; must outlive the photo
 * @corrected_ms: its time after the camera-clock correction; 0 = unknown
 * @place: where it was taken, its own or found between its neighbours in time; (0,0) = by hand
 * @place_guessed: found between neighbours
 * @group: number of the draft it belongs to, from 0
 */
typedef struct
{
  char *path;
  guint8 sha256[32];
  LzPhotoInfo *info;
  gint64 corrected_ms;
  LzPoint place;
  gboolean place_guessed;
  guint group;
} LzBatchPhoto;

/**
 * LzBatchRules:
 * @gap_s: photos further apart in time begin a new draft (default 90)
 * @radius_m: photos further apart in place begin a new draft (default 25)
 * @clock_shift_ms: added to every camera time of the batch
 * @neighbour_s: a photo without a place takes one between neighbours at most so far (default 600)
 */
typedef struct
{
  guint gap_s;
  double radius_m;
  gint64 clock_shift_ms;
  guint neighbour_s;
} LzBatchRules;

#define LZ_BATCH_RULES_DEFAULT ((LzBatchRules){ 90, 25.0, 0, 600 })

guint lz_batch_group (GPtrArray *photos, const LzBatchRules *rules);

gint64 lz_batch_suggest_shift (GPtrArray *photos);

void lz_batch_photo_free (LzBatchPhoto *self);

G_END_DECLS
