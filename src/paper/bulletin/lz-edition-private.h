/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-station.h"

G_BEGIN_DECLS

/* What a case must count as for some rule to choose it: LzTallyQuery.keep. */
gboolean lz_edition_want_cases (LzStation *station, guint64 *counts, GError **error);

/* Of @cases (LzTallies.cases) as many of each rule as it says, of different categories as far as
 * there are: LzTypicalCase. */
GPtrArray *lz_edition_propose_cases (LzStation *station, const GArray *cases, GError **error);

G_END_DECLS
