/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A draft in a list: its first photo, its category or what is missing, and its place.  Its id is
 * the row's data "draft" (gint64 *). */
GtkWidget *lz_draft_row_new (LzSession *session, const LzDraft *draft);

G_END_DECLS
