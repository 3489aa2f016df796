/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-cases.h"
#include "lz-ledgers.h"

G_BEGIN_DECLS

/**
 * LzExportFormat:
 * @LZ_EXPORT_GEOJSON: RFC 7946, one feature a line
 * @LZ_EXPORT_CSV: RFC 4180, UTF-8, with columns lat and lon
 * @LZ_EXPORT_GPKG: a GeoPackage with tables `cases` and `roads`
 */
typedef enum
{
  LZ_EXPORT_GEOJSON,
  LZ_EXPORT_CSV,
  LZ_EXPORT_GPKG,
} LzExportFormat;

gboolean lz_export_format_from_string (const char *text, LzExportFormat *format);

/**
 * LzExport:
 * @byte_order_mark: begin a CSV with one, for spreadsheets that guess the encoding
 * @ledger: (nullable): a ledger: what it tells of each case goes into further columns, "since",
 *   "until", "hours", "about" and "words"
 * @history: in a GeoPackage, also a table `events` with what happened to each case, in order: what
 *   anybody needs to count the figures again
 *
 * How to write.
 */
typedef struct
{
  LzExportFormat format;
  gboolean byte_order_mark;
  const LzLedgerQuery *ledger;
  gboolean history;
} LzExport;

/**
 * lz_export_rows:
 * @station: a station
 * @fids: (element-type gint64): the cases, in order
 * @how: into what
 * @path: the file; one that is there already is replaced once the new one is whole
 * @cancellable: (nullable): stops it, and leaves nothing
 * @error: (nullable): return location
 *
 * Writes cases as lz_export_cases() does.  All from one snapshot.
 *
 * Returns: %TRUE once the file is durable
 */
gboolean lz_export_rows (LzStation *station,
                         GArray *fids,
                         const LzExport *how,
                         const char *path,
                         GCancellable *cancellable,
                         GError **error);

/**
 * lz_export_cases:
 * @station: a station
 * @query: which cases, in which order
 * @how: into what
 * @path: the file; one that is there already is replaced once the new one is whole
 * @n_cases: (out) (optional): how many were written
 * @cancellable: (nullable): stops it, and leaves nothing
 * @error: (nullable): return location
 *
 * Writes cases as other programs read them; the columns are those of the station's own layer
 * `cases`.  All from one snapshot.
 *
 * Returns: %TRUE once the file is durable
 */
gboolean lz_export_cases (LzStation *station,
                          const LzCaseQuery *query,
                          const LzExport *how,
                          const char *path,
                          gint64 *n_cases,
                          GCancellable *cancellable,
                          GError **error);

G_END_DECLS
