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

/**
 * LzAssetReport:
 * @n_rows: rows of the file
 * @n_added: new entries
 * @n_changed: entries that were on file and said something else
 * @n_known: entries that were on file and say the same
 * @n_skipped: rows left out
 * @reasons: (element-type utf8): "row 17: reason" of the first of them, translated
 */
typedef struct
{
  guint n_rows;
  guint n_added;
  guint n_changed;
  guint n_known;
  guint n_skipped;
  GPtrArray *reasons;
} LzAssetReport;

void lz_asset_report_free (LzAssetReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzAssetReport, lz_asset_report_free)

LzAssetReport *lz_assets_import (LzStation *station,
                                 const char *path,
                                 const char *kind,
                                 GCancellable *cancellable,
                                 GError **error);

G_END_DECLS
