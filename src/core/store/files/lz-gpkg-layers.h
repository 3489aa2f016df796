/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-db.h"
#include "lz-point.h"

G_BEGIN_DECLS

/* What all GeoPackages that are written have in common. */

/* Opens @path, an empty file, begins a transaction and makes what a GeoPackage must have.  @to has
 * to be closed, also after an error. */
gboolean lz_gpkg_layers_open (const char *path, LzDb *db, sqlite3 **to, GError **error);
/* Says that @table, with a column "geom", is a layer. */
gboolean lz_gpkg_layers_add_layer (sqlite3 *to,
                                   const char *table,
                                   const char *description,
                                   const char *geometry,
                                   GError **error);
void lz_gpkg_layers_grow (LzBox *box, gboolean first, gint32 lon7, gint32 lat7);
gboolean
lz_gpkg_layers_set_extent (sqlite3 *to, const char *table, const LzBox *box, GError **error);
gboolean lz_gpkg_layers_exec (sqlite3 *to, const char *sql, GError **error);
gboolean lz_gpkg_layers_prepare (sqlite3 *to, const char *sql, sqlite3_stmt **stmt, GError **error);
/* Adds the row that @from stands at; all rows that @list gives. */
gboolean lz_gpkg_layers_copy_row (sqlite3 *to,
                                  sqlite3_stmt *add,
                                  LzStmt *from,
                                  int n_columns,
                                  GError **error);
gboolean lz_gpkg_layers_copy_all (sqlite3 *to,
                                  LzDb *db,
                                  const char *list,
                                  const char *add_sql,
                                  int n_columns,
                                  GError **error);

G_END_DECLS
