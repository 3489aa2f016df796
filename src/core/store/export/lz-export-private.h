/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-export.h"
#include "lz-gpkg-layers.h"

G_BEGIN_DECLS

/* The columns of the station's layer `cases` that go into files, in order; coordinates aside. */
/* clang-format off */
#define LZ_EXPORT_COLUMNS                                                                          \
  "number, uuid, code, category, dimension, state, reported, deadline, closed, road, chainage_m,"  \
  " side, offset_m, address, description, unit, photos"
/* clang-format on */
#define LZ_EXPORT_N_COLUMNS 17

/* LZ_EXPORT_COLUMNS, then lon7, lat7 and geom, of the case with number ?1. */
LzStmt *lz_export_borrow_case (LzDb *db, GError **error);
#define LZ_EXPORT_LON7 (LZ_EXPORT_N_COLUMNS)
#define LZ_EXPORT_LAT7 (LZ_EXPORT_N_COLUMNS + 1)
#define LZ_EXPORT_GEOM (LZ_EXPORT_N_COLUMNS + 2)

/* What a ledger tells of a case, a text for each #LzLedgerColumn; "" where there is nothing. */
char **lz_export_dup_entry (const LzLedgerEntry *entry);

/* Writes a GeoPackage of the cases @fids and all roads to @path, an empty file.
 * @entries: (nullable): LzLedgerEntry of each case
 * @history: with what happened to them */
gboolean lz_export_write_gpkg (LzStation *station,
                               GArray *fids,
                               GPtrArray *entries,
                               gboolean history,
                               const char *path,
                               GCancellable *cancellable,
                               GError **error);

/* Adds the table `events`: what happened to the cases @fids. */
gboolean lz_export_add_history (sqlite3 *to,
                                LzDb *db,
                                GArray *fids,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
