/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

G_BEGIN_DECLS

/*
 * What can be done with many cases at once, in jobs of the store's threads.
 * @fids: gint64, copied.
 */

/* Tab-separated rows for the clipboard (@path %NULL), or CSV into a file. */
void lz_case_export_async (LzSession *session,
                           GArray *fids,
                           const char *path,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
/* (transfer full): the rows; for a file only their heading. */
char *lz_case_export_finish (LzSession *session, GAsyncResult *result, GError **error);

/* The same note on each, all or none. */
void lz_case_note_each_async (LzSession *session,
                              GArray *fids,
                              const char *text,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean lz_case_note_each_finish (LzSession *session, GAsyncResult *result, GError **error);

G_END_DECLS
