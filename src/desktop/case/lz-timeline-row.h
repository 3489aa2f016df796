/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-event.h"
#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One event of a case's history as a row: what, who, when, and whether the server has it. */
GtkWidget *lz_timeline_row_new (LzSession *session, const LzEvent *event);

G_END_DECLS
