/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-bulletin-text.h"
#include "lz-period.h"
#include "lz-station.h"

G_BEGIN_DECLS

/**
 * SECTION: bulletin-drafts
 *
 * What somebody has written of a bulletin that is not published yet.  Saved at each pause, so that
 * nothing typed is lost; it stays on this station.  Blocking functions, for a job of LzStore.
 */

gboolean lz_bulletin_drafts_save (LzStation *station,
                                  const LzPeriod *period,
                                  const char *kind,
                                  const LzBulletinText *text,
                                  GError **error);
/* NULL without @error: there is none. */
LzBulletinText *lz_bulletin_drafts_load (LzStation *station,
                                         const LzPeriod *period,
                                         const char *kind,
                                         GError **error);
/* That there is none is no error. */
gboolean lz_bulletin_drafts_remove (LzStation *station,
                                    const LzPeriod *period,
                                    const char *kind,
                                    GError **error);

G_END_DECLS
