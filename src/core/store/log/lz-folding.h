/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-projection.h"

G_BEGIN_DECLS

/**
 * LzFolding:
 *
 * Folds many events that come last for their subjects into the projections, with one look at each
 * case's row and one write of it, however many of its events there are.  Within one transaction.
 */
typedef struct _LzFolding LzFolding;

LzFolding *lz_folding_new (LzStation *station);
void lz_folding_free (LzFolding *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzFolding, lz_folding_free)

/* @event is in the log and confirmed by the server, its home_seq higher than those of the events
 * handed in before.  Folds it in if it comes last; else its subject is folded anew at the end. */
gboolean lz_folding_add (LzFolding *self, const LzEvent *event, GError **error);

/* The subject's events have changed their order, or one of them counts (or not) now. */
void lz_folding_renew (LzFolding *self, const LzId *subject);

/* Writes the rows. */
gboolean lz_folding_write (LzFolding *self, GError **error);

G_END_DECLS
