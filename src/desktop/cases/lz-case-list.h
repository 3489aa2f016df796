/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-case-item.h"
#include "lz-session.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LzCaseList:
 *
 * A list model of cases, a million of them if need be: it holds their row numbers, which come from
 * one query on a worker, and reads the rows themselves as they are asked for.  Asks again by
 * itself when the store changes.  Items are #LzCaseItem.
 *
 * Signal `answered` (const GError *error): a query is done; %NULL = without error.
 */
#define LZ_TYPE_CASE_LIST (lz_case_list_get_type ())
G_DECLARE_FINAL_TYPE (LzCaseList, lz_case_list, LZ, CASE_LIST, GObject)

LzCaseList *lz_case_list_new (LzSession *session);

/* @query: (transfer full): from lz_filter_dup_query() */
void lz_case_list_ask (LzCaseList *self, LzCaseQuery *query);

/**
 * LzCaseLister:
 * @station: the read thread's connection
 * @what: as given to lz_case_list_ask_with()
 * @now_ms: the moment to judge at
 * @limit: at most so many; 0 = all
 * @error: set on failure
 *
 * A job of the read thread that says which cases a list holds.
 *
 * Returns: (transfer full) (nullable): their fids, gint64, in order
 */
typedef GArray *(*LzCaseLister) (LzStation *station,
                                 gconstpointer what,
                                 gint64 now_ms,
                                 guint limit,
                                 GError **error);
/* @what: (transfer full): made by g_atomic_rc_box_new(), as several threads read it; never changed
 * afterwards */
void lz_case_list_ask_with (LzCaseList *self,
                            LzCaseLister lister,
                            gpointer what,
                            GDestroyNotify clear_what);
/* Shows these rows and no others until the next lz_case_list_ask(). */
void lz_case_list_show (LzCaseList *self, GArray *fids);

gboolean lz_case_list_is_asking (LzCaseList *self);
guint lz_case_list_get_n (LzCaseList *self);
gint64 lz_case_list_get_fid (LzCaseList *self, guint position);
gboolean lz_case_list_find (LzCaseList *self, gint64 fid, guint *position);

G_END_DECLS
