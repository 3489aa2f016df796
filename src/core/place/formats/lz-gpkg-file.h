/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * LzGpkgFile:
 *
 * Private to place/: a GeoPackage of somebody else's, open for reading.  Nothing in its schema may
 * do more than that, or run without end.  One thread.
 */
typedef struct
{
  sqlite3 *db;
  GCancellable *cancellable;
  guint8 *copy; /* of a file in memory */
  guint n_looks;
} LzGpkgFile;

typedef struct
{
  char *table;
  char *column; /* of its geometry */
  gboolean is_wgs84;
} LzGpkgLayer;

/* The geometry is column 0, then come all columns of the table. */
typedef gboolean (*LzGpkgRowFunc) (sqlite3_stmt *row, gpointer user_data, GError **error);

gboolean
lz_gpkg_file_open (LzGpkgFile *self, const char *path, GCancellable *cancellable, GError **error);
/* One that came in memory, such as from a compressed file. */
gboolean lz_gpkg_file_open_bytes (LzGpkgFile *self,
                                  GBytes *bytes,
                                  GCancellable *cancellable,
                                  GError **error);
/* Also after an open that failed. */
void lz_gpkg_file_close (LzGpkgFile *self);

/* (element-type LzGpkgLayer): by name. */
GArray *lz_gpkg_file_list_layers (LzGpkgFile *self, GError **error);

/* Each row, as long as @func says TRUE. */
gboolean lz_gpkg_file_read_layer (LzGpkgFile *self,
                                  const LzGpkgLayer *layer,
                                  LzGpkgRowFunc func,
                                  gpointer user_data,
                                  GError **error);

G_END_DECLS
