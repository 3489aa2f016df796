/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-record.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LzFieldType:
 *
 * What a field of an asset holds.
 */
typedef enum
{
  LZ_FIELD_TEXT,
  LZ_FIELD_INT,
  LZ_FIELD_DATE,   /* "2026-03-05" */
  LZ_FIELD_CHOICE, /* one of its choices */
  LZ_FIELD_PHONE,
  LZ_FIELD_CODE16, /* the 16 digits of a 部件, domain §1.2 */
} LzFieldType;

/**
 * LzAssetField:
 * @key: among the facts of the record
 * @choices: (nullable): for %LZ_FIELD_CHOICE
 * @note: (nullable): what to know about it
 */
typedef struct
{
  char *key;
  char *label;
  char *label_en;
  LzFieldType type;
  gboolean needed;
  GStrv choices;
  char *note;
} LzAssetField;

/**
 * LzAssetKind:
 * @key: the fact "kind" of its records
 * @sign: one character that stands for it on a map
 * @codes: (nullable): 大类 and 小类 ("0301") that a code of it may have
 * @fields: (element-type LzAssetField): in the order of the table
 */
typedef struct
{
  char *key;
  char *label;
  char *label_en;
  char *note;
  char *sign;
  GStrv codes;
  GPtrArray *fields;
} LzAssetKind;

/**
 * LzAssetKinds:
 *
 * What an office keeps on file: data, `data/assets/kinds.tsv`.  Built once, then only read; any
 * thread.
 */
typedef struct _LzAssetKinds LzAssetKinds;

LzAssetKinds *lz_asset_kinds_parse (GBytes *table, GError **error);
LzAssetKinds *lz_asset_kinds_ref (LzAssetKinds *self);
void lz_asset_kinds_unref (LzAssetKinds *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzAssetKinds, lz_asset_kinds_unref)

guint lz_asset_kinds_get_n (const LzAssetKinds *self);
const LzAssetKind *lz_asset_kinds_get (const LzAssetKinds *self, guint index);
const LzAssetKind *lz_asset_kinds_find (const LzAssetKinds *self, const char *name);

const LzAssetField *lz_asset_kind_find_field (const LzAssetKind *self, const char *name);
gboolean lz_asset_field_set (const LzAssetField *self,
                             const LzAssetKind *kind,
                             const char *text,
                             JsonObject *facts,
                             GError **error);
char *lz_asset_field_dup_text (const LzAssetField *self, JsonObject *facts);
gboolean lz_asset_kind_check (const LzAssetKind *self, JsonObject *facts, GError **error);
char *lz_asset_kind_dup_title (const LzAssetKind *self, JsonObject *facts);

gboolean lz_asset_code_check (const char *code, const LzAssetKind *kind, GError **error);

G_END_DECLS
