/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-event.h"
#include "lz-session.h"

G_BEGIN_DECLS

/**
 * lz_act_phrases_read_async:
 * @session: a session
 * @kind: what is done
 * @category: (nullable): code of the case's category
 *
 * Reads the usual words for an act: the office's own, those of the category, and those for all.
 */
void lz_act_phrases_read_async (LzSession *session,
                                LzKind kind,
                                const char *category,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* (element-type utf8) */
GPtrArray *lz_act_phrases_read_finish (GAsyncResult *result, GError **error);

G_END_DECLS
