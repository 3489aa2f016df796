/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-event.h"
#include "lz-station.h"
#include "lz-stmt.h"

G_BEGIN_DECLS

/* Setting: up to which of its numbers the station has ever offered its acts to a server. */
#define LZ_SETTING_OFFERED "offered"

/* The table `event`.  Adds no rule of its own: lz-log.c and the sync client decide what comes in.
 */

/* Makes the canonical body of @event, and proves that it can be read again: what is in the log must
 * be.  %LZ_ERROR_INVALID if it is too long or holds what JSON cannot. */
gboolean lz_event_table_write_body (LzEvent *event, GError **error);

gboolean
lz_event_table_add (LzStation *station, const LzEvent *event, const LzId *cause, GError **error);
/* The same, unless an event with this id is there: then nothing is done, and @is_new is FALSE. */
gboolean lz_event_table_add_if_new (LzStation *station,
                                    const LzEvent *event,
                                    gboolean *is_new,
                                    GError **error);
gboolean lz_event_table_next_seq (LzStation *station, gint64 *seq, GError **error);

/* Columns of LZ_EVENT_COLUMNS from the current row. */
#define LZ_EVENT_COLUMNS                                                                    \
  "id, feed, subject, kind, actor, device, device_seq, basis, occurred_at, body, home_seq," \
  " received_at"
LzEvent *lz_event_table_read (LzStmt *stmt, GError **error);
/* The same with the body as text only, to be handed on. */
LzEvent *lz_event_table_read_unparsed (LzStmt *stmt);

/* In the order of the fold; refused and withdrawn ones are left out unless @all. */
GPtrArray *
lz_event_table_list (LzStation *station, const LzId *subject, gboolean all, GError **error);
LzEvent *lz_event_table_find (LzStation *station, const LzId *id, GError **error);

/* The first of this kind that stands; NULL without @error: there is none. */
LzEvent *lz_event_table_find_first (LzStation *station,
                                    const LzId *subject,
                                    const char *kind,
                                    GError **error);
/* The subject of each case and record once, in the order of their first events: column 0. */
LzStmt *lz_event_table_borrow_subjects (LzDb *db, GError **error);

G_END_DECLS
