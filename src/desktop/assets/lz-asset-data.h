/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-assets.h"
#include "lz-session.h"

G_BEGIN_DECLS

/*
 * What the window of assets asks the store for, each in one job.
 */

/* Of a kind or a field: in the person's language where there is a word for it. */
const char *lz_asset_kind_get_label (const LzAssetKind *kind);
const char *lz_asset_field_get_label (const LzAssetField *field);
/* What to call an asset; its kind's key where the kinds do not have it any more. */
char *lz_asset_dup_title (const LzAssetKinds *kinds, const LzRecord *record);
const LzAssetKind *lz_asset_find_kind (const LzAssetKinds *kinds, const LzRecord *record);

/**
 * LzAssetFilter:
 * @kind: (nullable): key of a kind
 * @road: nil = all
 * @text: (nullable): what one of its fields has in it
 * @gone: those that were taken off file
 *
 * Which assets.
 */
typedef struct
{
  char *kind;
  LzId road;
  char *text;
  gboolean gone;
} LzAssetFilter;

void lz_asset_filter_clear (LzAssetFilter *self);

/**
 * LzAssetList:
 * @counts: (element-type LzAssetCount): on file, by kind
 * @records: (element-type LzRecord): a page of those that the filter finds
 * @skip: how many come before them
 * @n: how many it finds in all
 */
typedef struct
{
  LzAssetKinds *kinds;
  GArray *counts;
  GPtrArray *records;
  guint skip;
  gint64 n;
} LzAssetList;

/* How many a list takes at a time, as it is scrolled. */
#define LZ_ASSETS_PAGE 1000

void lz_asset_list_free (LzAssetList *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzAssetList, lz_asset_list_free)

void lz_asset_list_read_async (LzSession *session,
                               const LzAssetFilter *filter,
                               guint skip,
                               guint limit,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
LzAssetList *lz_asset_list_read_finish (GAsyncResult *result, GError **error);

/**
 * LzAssetFacts:
 * @photos: #LzPhotoRef
 * @cases: (element-type LzCaseRow): those about it, the last reported first
 * @n_cases: how many there are
 *
 * One asset with all that the form shows.
 */
typedef struct
{
  LzAssetKinds *kinds;
  LzRecord *record;
  GArray *photos;
  GPtrArray *cases;
  guint n_cases;
} LzAssetFacts;

void lz_asset_facts_free (LzAssetFacts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzAssetFacts, lz_asset_facts_free)

/* @id: (nullable): else the one in row @fid */
void lz_asset_facts_read_async (LzSession *session,
                                const LzId *id,
                                gint64 fid,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
LzAssetFacts *lz_asset_facts_read_finish (GAsyncResult *result, GError **error);

typedef enum
{
  LZ_ASSET_ACT_RECORD,
  LZ_ASSET_ACT_CHANGE,
  LZ_ASSET_ACT_RETIRE,
  LZ_ASSET_ACT_RESTORE,
} LzAssetActKind;

/**
 * LzAssetAct:
 * @id: of the asset, but for a new one
 * @kind: (nullable): of a new one
 * @facts: (nullable): the fields that change
 * @photos: (nullable): #LzPhotoRef to add
 * @reason: (nullable): for taking it off file
 *
 * What a person does with an asset.
 */
typedef struct
{
  LzAssetActKind what;
  LzId id;
  char *kind;
  JsonObject *facts;
  LzPoint place;
  LzId road;
  GArray *photos;
  char *reason;
} LzAssetAct;

void lz_asset_act_free (LzAssetAct *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzAssetAct, lz_asset_act_free)

/* @act: (transfer full) */
void lz_asset_act_async (LzSession *session,
                         LzAssetAct *act,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
gboolean lz_asset_act_finish (GAsyncResult *result, LzId *id, GError **error);

/* @kind: (nullable): of all its rows; @preview: write nothing; @cancellable: (nullable): stops an
 * import too, and nothing is taken in then */
void lz_asset_register_read_async (LzSession *session,
                                   const char *path,
                                   const char *kind,
                                   gboolean preview,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
LzAssetReport *lz_asset_register_read_finish (GAsyncResult *result, GError **error);

/* The last import of this station; its bulk is nil where there is none. */
void lz_asset_import_find_async (LzSession *session,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
gboolean lz_asset_import_find_finish (GAsyncResult *result, LzAssetImport *last, GError **error);
void lz_asset_import_undo_async (LzSession *session,
                                 const LzId *bulk,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
/* @n_gone: (out): how many entries are not on file any more */
gboolean lz_asset_import_undo_finish (GAsyncResult *result, guint *n_gone, GError **error);

/* By the ending of @path: CSV, XLSX, PDF, JSON, GeoJSON or GeoPackage. */
void lz_asset_register_write_async (LzSession *session,
                                    const char *path,
                                    const LzAssetFilter *filter,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean lz_asset_register_write_finish (GAsyncResult *result, GError **error);

G_END_DECLS
