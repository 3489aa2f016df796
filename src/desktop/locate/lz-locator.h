/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-point.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LzLocator:
 *
 * Where this workstation is, as far as GeoClue knows.  Asks only once somebody wants to know, then
 * follows, also over an absence of the service.  Signals: `moved` when the position is there or has
 * changed, `failed` with words for the user when there is none to be had, once for each absence.
 */
#define LZ_TYPE_LOCATOR (lz_locator_get_type ())
G_DECLARE_FINAL_TYPE (LzLocator, lz_locator, LZ, LOCATOR, GObject)

LzLocator *lz_locator_new (void);
void lz_locator_start (LzLocator *self);
void lz_locator_stop (LzLocator *self);
/* FALSE: not known (yet).  @accuracy_m: radius in metres, 0 = not said. */
gboolean lz_locator_get_place (LzLocator *self, LzPoint *place, double *accuracy_m);

G_END_DECLS
