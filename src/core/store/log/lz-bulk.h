/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-fold.h"
#include "lz-station.h"

G_BEGIN_DECLS

/**
 * LzBulk:
 *
 * Adds whole histories of cases to the log: imported ones, and those of the bench.  Each case's
 * events are checked by the fold like any act; many cases share one commit.
 */
typedef struct _LzBulk LzBulk;

LzBulk *lz_bulk_new (LzStation *station);
/* Takes back what was not committed. */
void lz_bulk_free (LzBulk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzBulk, lz_bulk_free)

/**
 * lz_bulk_add_case:
 * @self: a bulk
 * @events: (element-type LzEvent): the case's events in order; each has kind, actor, time and body,
 *   and gets the rest here
 * @roles: of their actors
 * @error: (nullable): %LZ_ERROR_REFUSED or %LZ_ERROR_INVALID if one of them is not allowed: the
 * case is left out then, and others can follow; after any other error the bulk can only be freed
 *
 * Adds a new case.
 *
 * Returns: %TRUE on success; durable at lz_bulk_commit()
 */
gboolean lz_bulk_add_case (LzBulk *self, GPtrArray *events, guint roles, GError **error);

/* Makes everything so far durable; more can follow. */
gboolean lz_bulk_commit (LzBulk *self, GError **error);

G_END_DECLS
