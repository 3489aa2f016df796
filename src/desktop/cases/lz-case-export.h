/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-ledgers.h"
#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * What can be done with many cases at once, in jobs of the store's threads.
 * @fids: gint64, copied.
 */

/* Tab-separated rows for the clipboard. */
void lz_case_copy_async (LzSession *session,
                         GArray *fids,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
/* (transfer full): the rows. */
char *lz_case_copy_finish (LzSession *session, GAsyncResult *result, GError **error);

/* @user_data: the widget that was given. */
typedef void (*LzCaseExportTold) (const char *text, gpointer user_data);

/* Asks for a file and writes them into it, as its ending says: XLSX, CSV, GeoJSON, GeoPackage, JSON
 * or PDF.
 * @ledger: (nullable): in which they stand: what it tells of each goes along
 * @told: says how it went, for a toast */
void lz_case_export_choose (GtkWidget *widget,
                            LzSession *session,
                            GArray *fids,
                            const LzLedgerQuery *ledger,
                            LzCaseExportTold told);

/* The same note on each, all or none. */
void lz_case_note_each_async (LzSession *session,
                              GArray *fids,
                              const char *text,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean lz_case_note_each_finish (LzSession *session, GAsyncResult *result, GError **error);

G_END_DECLS
