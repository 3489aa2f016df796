/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-figures.h"
#include "lz-fold.h"
#include "lz-station.h"

G_BEGIN_DECLS

/**
 * SECTION: projection
 *
 * The tables that are made from the log.  Whoever adds to the log or takes from it calls
 * lz_projection_update() or lz_projection_refold() in the same transaction.
 */

/* The case as its row says; NULL without @error: there is none. */
LzCase *lz_projection_load (LzStation *station, const LzId *subject, GError **error);

/* Folds @event, which comes last, into its subject's rows. */
gboolean lz_projection_update (LzStation *station, const LzEvent *event, GError **error);

/* Adds the rows of a case that is new, folded already; @photos: (nullable): LzCasePhoto. */
gboolean lz_projection_insert (LzStation *station,
                               const LzCase *self,
                               const LzFigures *figures,
                               GArray *photos,
                               GError **error);

/* Makes the rows of @subject anew from its events, or removes them if none is left. */
gboolean lz_projection_refold (LzStation *station, const LzId *subject, GError **error);

/* Removes every case and record from the projections: the first half of a rebuild. */
gboolean lz_projection_clear (LzStation *station, GError **error);

/* The fold of @events (LzEvent, in the order of the fold), with the photos they bring
 * (LzCasePhoto). */
typedef struct
{
  LzId event;
  LzPhotoRef photo;
} LzCasePhoto;

LzCase *lz_projection_fold (GPtrArray *events, GArray **photos);
/* Adds those that @event brings. */
void lz_projection_list_photos (const LzEvent *event, GArray *photos);

/* As lz_projection_load(), with the number of its row and its figures. */
LzCase *lz_projection_load_row (LzStation *station,
                                const LzId *subject,
                                gint64 *fid,
                                LzFigures **figures,
                                GError **error);

/* Writes the row of a case that was folded on from what lz_projection_load_row() gave; @fid: its
 * number, 0 = it is new; @photos: (nullable): LzCasePhoto, those that have come. */
gboolean lz_projection_write_row (LzStation *station,
                                  const LzCase *self,
                                  const LzFigures *figures,
                                  gint64 fid,
                                  GArray *photos,
                                  GError **error);

G_END_DECLS
