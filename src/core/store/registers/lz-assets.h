/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-asset-kinds.h"
#include "lz-records.h"

G_BEGIN_DECLS

/**
 * SECTION: assets
 *
 * What the office keeps on file: manholes, street trees, lamps, toilets, bins, parking areas,
 * sites, restaurants, shops with their 门前四包 pledges, sign boards, feature streets.  Records of
 * type %LZ_RECORD_ASSET whose fields are data (lz-asset-kinds.h).  Blocking functions over a
 * station, for a job of LzStore, the CLI and tests.
 */

/* The kinds that this station knows: the office's own table "assets.tsv", else the built-in one. */
LzAssetKinds *lz_assets_dup_kinds (LzStation *station, GError **error);

/**
 * LzAssetEntry:
 * @kind: key of the kind
 * @facts: its fields, as lz_asset_field_set() sets them
 * @place: (0,0) = leave it
 * @road: nil = the nearest road of the office within its reach
 * @photos: (nullable) (element-type LzPhotoRef)
 *
 * What to put on file.
 */
typedef struct
{
  const char *kind;
  JsonObject *facts;
  LzPoint place;
  LzId road;
  GArray *photos;
} LzAssetEntry;

gboolean
lz_assets_record (LzStation *station, const LzAssetEntry *entry, LzId *made, GError **error);
gboolean
lz_assets_change (LzStation *station, const LzId *id, const LzAssetEntry *entry, GError **error);
gboolean lz_assets_retire (LzStation *station, const LzId *id, const char *reason, GError **error);

/**
 * LzAssetCount: how many of a kind are on file
 */
typedef struct
{
  char *kind;
  gint64 n;
} LzAssetCount;

/* By kind; @road: (nullable): only those of this road. */
GArray *lz_assets_count (LzStation *station, const LzId *road, GError **error);

/* Ids of the cases that are about @id, the last reported first. */
GArray *lz_assets_list_cases (LzStation *station, const LzId *id, GError **error);

gboolean lz_assets_restore (LzStation *station, const LzId *id, GError **error);

/**
 * LzAssetMarks:
 * @n: how many assets have a place
 * @morton: their places on the Z-order curve (lz_point_morton()), ascending
 * @fids: their rows
 * @kinds: one index each into the kinds of the station; %LZ_ASSET_NO_KIND where these have changed
 *
 * The map's view of the assets: arrays side by side.
 */
typedef struct
{
  guint n;
  guint64 *morton;
  gint64 *fids;
  guint8 *kinds;
} LzAssetMarks;

#define LZ_ASSET_NO_KIND 255

LzAssetMarks *lz_assets_load_marks (LzStation *station, GError **error);
void lz_asset_marks_free (LzAssetMarks *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzAssetMarks, lz_asset_marks_free)

/* The asset behind a row of the marks. */
LzRecord *lz_assets_load_row (LzStation *station, gint64 fid, GError **error);

/* On file within @radius_m of @place, at most @limit: (element-type LzRecord), the nearest first.
 */
GPtrArray *lz_assets_find_near (LzStation *station,
                                LzPoint place,
                                double radius_m,
                                guint limit,
                                GError **error);

/**
 * LzAssetFate: what becomes of a row of a register
 */
typedef enum
{
  LZ_ASSET_ADDED,
  LZ_ASSET_CHANGED,
  LZ_ASSET_KNOWN,
  LZ_ASSET_SKIPPED,
} LzAssetFate;

/**
 * LzAssetLine:
 * @row: number in the file
 * @kind: (nullable): its label
 * @title: (nullable): what it is called
 * @reason: (nullable): why it is left out, translated
 */
typedef struct
{
  guint row;
  LzAssetFate fate;
  char *kind;
  char *title;
  char *reason;
} LzAssetLine;

/**
 * LzAssetReport:
 * @n_rows: rows of the file
 * @n_added: new entries
 * @n_changed: entries that were on file and said something else
 * @n_known: entries that were on file and say the same
 * @n_skipped: rows left out
 * @reasons: (element-type utf8): "row 17: reason" of the first of them, translated
 * @lines: (element-type LzAssetLine): the first rows that come in and the first that do not
 * @bulk: names the import for lz_assets_undo_import(); nil = nothing was taken in
 */
typedef struct
{
  guint n_rows;
  guint n_added;
  guint n_changed;
  guint n_known;
  guint n_skipped;
  GPtrArray *reasons;
  GPtrArray *lines;
  LzId bulk;
} LzAssetReport;

void lz_asset_report_free (LzAssetReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzAssetReport, lz_asset_report_free)

LzAssetReport *lz_assets_import (LzStation *station,
                                 const char *path,
                                 const char *kind,
                                 GCancellable *cancellable,
                                 GError **error);
/* The same, but nothing is written: what would become of the rows. */
LzAssetReport *lz_assets_preview (LzStation *station,
                                  const char *path,
                                  const char *kind,
                                  GCancellable *cancellable,
                                  GError **error);

/**
 * LzAssetImport:
 * @bulk: names it for lz_assets_undo_import(); nil = there is none
 * @at_ms: when it was
 * @n_on_file: entries which it put on file that still are
 *
 * An import of this station that can be undone.
 */
typedef struct
{
  LzId bulk;
  gint64 at_ms;
  guint n_on_file;
} LzAssetImport;

gboolean lz_assets_find_import (LzStation *station, LzAssetImport *last, GError **error);
gboolean
lz_assets_undo_import (LzStation *station, const LzId *bulk, guint *n_gone, GError **error);

/**
 * lz_assets_write_geojson:
 * @station: a station
 * @query: which, as for lz_records_list()
 * @path: the file; one that is there already is replaced once the new one is whole
 * @n_written: (out) (optional): how many
 * @error: (nullable): return location
 *
 * Writes assets as GeoJSON (RFC 7946), one feature a line, with the keys of their fields as
 * properties: lz_assets_import() takes it in again.
 *
 * Returns: %TRUE once the file is durable
 */
gboolean lz_assets_write_geojson (LzStation *station,
                                  const LzRecordQuery *query,
                                  const char *path,
                                  guint *n_written,
                                  GError **error);

/**
 * lz_assets_write_gpkg:
 * @station: a station
 * @query: which, as for lz_records_list()
 * @path: the file; one that is there already is replaced once the new one is whole
 * @n_written: (out) (optional): how many
 * @cancellable: (nullable): stops it, and leaves nothing
 * @error: (nullable): return location
 *
 * Writes assets as a GeoPackage 1.3 with a layer for each kind, named by its key, whose columns are
 * the keys of its fields: lz_assets_import() takes it in again.
 *
 * Returns: %TRUE once the file is durable
 */
gboolean lz_assets_write_gpkg (LzStation *station,
                               const LzRecordQuery *query,
                               const char *path,
                               guint *n_written,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS
