/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-routes-edit.h"
#include "lz-session.h"

G_BEGIN_DECLS

/*
 * What the window of duties asks the store for.
 */

/**
 * LzRouteTable:
 * @routes: (element-type LzRoute): one for each category, in the catalogue's order
 * @units: (element-type utf8): every unit that can be chosen
 */
typedef struct
{
  GPtrArray *routes;
  GPtrArray *units;
} LzRouteTable;

void lz_route_table_free (LzRouteTable *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzRouteTable, lz_route_table_free)

void lz_route_table_read_async (LzSession *session,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
LzRouteTable *lz_route_table_read_finish (GAsyncResult *result, GError **error);

/* @unit: (nullable): with %NULL the office's own route is taken back */
void lz_route_set_async (LzSession *session,
                         const char *category,
                         const char *unit,
                         const char *assist,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
gboolean lz_route_set_finish (GAsyncResult *result, GError **error);

void lz_route_import_async (LzSession *session,
                            const char *path,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
LzRouteImport *lz_route_import_finish (GAsyncResult *result, GError **error);

void lz_route_export_async (LzSession *session,
                            const char *path,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean lz_route_export_finish (GAsyncResult *result, GError **error);

G_END_DECLS
