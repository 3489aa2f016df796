/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-db.h"
#include "lz-record.h"
#include "lz-station.h"

G_BEGIN_DECLS

/* The rows of a record.  lz-projection.h calls these: whoever adds to the log calls that one. */

/* Folds @event, of kind %LZ_KIND_RECORD, which comes last. */
gboolean lz_record_projection_update (LzStation *station, const LzEvent *event, GError **error);

/* Makes the rows of @subject anew from @events, or removes them if none is left. */
gboolean lz_record_projection_refold (LzStation *station,
                                      const LzId *subject,
                                      GPtrArray *events,
                                      GError **error);

/* NULL without @error: there is none. */
LzRecord *lz_record_projection_load (LzStation *station, const LzId *subject, GError **error);

/* Whether the row of @subject, or that there is none, is what @events say. */
gboolean lz_record_projection_compare (LzStation *station,
                                       const LzId *subject,
                                       GPtrArray *events,
                                       gboolean *equal,
                                       GError **error);

#define LZ_RECORD_COLUMNS                                                                   \
  "id, type, state, feed, author, lat7, lon7, road, facts, begun_at, changed_at, n_photos," \
  " n_events, last_event"
LzRecord *lz_record_read (LzStmt *stmt, GError **error);

G_END_DECLS
