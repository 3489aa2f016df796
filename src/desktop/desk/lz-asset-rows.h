/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-desk.h"
#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Adds what is on file for a road to @box: 公示牌, shops with their 门前四包 pledges, the feature
 * street, and how many there are of everything else. */
void lz_asset_rows_add (GtkBox *box, LzSession *session, const LzDeskFile *file);

G_END_DECLS
