/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-record.h"
#include "lz-station.h"

G_BEGIN_DECLS

/* The rows of a patrol that is finished; lz_record_projection calls it when it writes a record. */
gboolean lz_patrol_projection_put (LzStation *station, const LzRecord *record, GError **error);

/* The patrol under way that @person (%NULL = the station's) began last, not before @since_ms.
 * FALSE without @error: none. */
gboolean lz_patrol_projection_find_open (LzStation *station,
                                         const char *person,
                                         gint64 since_ms,
                                         LzId *patrol,
                                         GError **error);

G_END_DECLS
