/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-fold.h"
#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One event of a case's history as a row: what, who, when, how long the stage before it took, what
 * it did to the clock, and whether the server has it.  @so_far: the case before it. */
GtkWidget *lz_timeline_row_new (LzSession *session, const LzCase *so_far, const LzEvent *event);

G_END_DECLS
