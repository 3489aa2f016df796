/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"
#include "lz-sync-words.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What kind of problem it is, in the person's language; lent by @session. */
const char *lz_delivery_print_get_category (LzSession *session, const LzDelivery *delivery);

/* (transfer full): prints @items (LzDeliveryItem) as a list to be filed or signed, once it is run:
 * on paper, or into a file. */
GtkPrintOperation *
lz_delivery_print_new (LzSession *session, const LzSyncStatus *status, GListModel *items);

/* Asks how, then prints.  FALSE with @error if that failed; calling it off is no failure. */
gboolean lz_delivery_print_run (GtkWindow *parent,
                                LzSession *session,
                                const LzSyncStatus *status,
                                GListModel *items,
                                GError **error);

G_END_DECLS
