/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-assets-private.h"
#include "lz-event-table.h"
#include "lz-office.h"
#include "lz-records-act.h"
#include "lz-roads.h"
#include "lz-stmt.h"
#include "lz-wire.h"

#include <glib/gi18n-lib.h>

/* clang-format off */
static const char sql_count[] =
  "SELECT kind, count(*) FROM record WHERE type = 3 AND state = 1 AND (?1 IS NULL OR road = ?1)"
  " AND kind IS NOT NULL GROUP BY kind ORDER BY kind";

static const char sql_cases[] =
  "SELECT id FROM case_row WHERE asset = ?1 ORDER BY reported_at DESC, fid DESC";
/* clang-format on */

/**
 * lz_assets_dup_kinds:
 * @station: a station
 * @error: (nullable): %LZ_ERROR_INVALID if the office's table cannot be read
 *
 * Returns: (transfer full) (nullable): the office's own kinds, else the built-in ones
 */
LzAssetKinds *
lz_assets_dup_kinds (LzStation *station, GError **error)
{
  g_autoptr (GBytes) table = lz_office_dup_table (station, "assets.tsv", error);

  return table != NULL ? lz_asset_kinds_parse (table, error) : NULL;
}

static const LzAssetKind *
find_kind (const LzAssetKinds *kinds, const char *name, GError **error)
{
  const LzAssetKind *kind = name != NULL ? lz_asset_kinds_find (kinds, name) : NULL;

  if (kind == NULL)
    g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("There is no kind of asset “%s”."),
                 name != NULL ? name : "");
  return kind;
}

/* On which road it stands, where nobody says. */
static gboolean
fill_road (LzStation *station, LzBody *body, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (!lz_id_is_nil (&body->road) || !lz_point_is_valid (body->place))
    return TRUE;
  if (lz_roads_snap (station, body->place, &body->road, NULL, NULL, &failure) || failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
act (LzStation *station,
     const char *what,
     const LzId *id,
     const LzAssetEntry *entry,
     LzId *made,
     GError **error)
{
  g_autoptr (LzBody) body = lz_body_new ();

  body->place = entry->place;
  body->road = entry->road;
  body->photos = entry->photos != NULL ? g_array_copy (entry->photos) : NULL;
  return fill_road (station, body, error) &&
         lz_records_act (station, what, id, entry->facts, body, made, error);
}

/* Two stations that put the same thing on file make the same entry. */
LzId
lz_assets_make_id (LzStation *station, const char *key)
{
  return lz_records_make_id (lz_station_get_feed (station), LZ_RECORD_ASSET, key);
}

gboolean
lz_assets_record_as (LzStation *station, const LzId *id, const LzAssetEntry *entry, GError **error)
{
  return act (station, "asset.recorded", id, entry, NULL, error);
}

gboolean
lz_assets_restore_as (LzStation *station, const LzId *id, const LzAssetEntry *entry, GError **error)
{
  json_object_set_null_member (entry->facts, LZ_ASSET_UNDONE);
  return act (station, "asset.restored", id, entry, NULL, error);
}

static gboolean
check_new (LzStation *station, const LzId *id, const char *code, GError **error)
{
  g_autoptr (LzRecord) there = lz_records_load (station, id, NULL);

  if (there == NULL)
    return TRUE;
  g_set_error (error, LZ_ERROR, LZ_ERROR_CONSTRAINT,
               there->state == LZ_RECORD_GONE
                   ? _ ("“%s” was on file and was taken off: put it on file again instead.")
                   : _ ("“%s” is on file already."),
               code);
  return FALSE;
}

/**
 * lz_assets_record:
 * @station: a station
 * @entry: what to put on file
 * @made: (out) (optional): its id
 * @error: (nullable): %LZ_ERROR_INVALID naming the field that is missing or wrong;
 *   %LZ_ERROR_CONSTRAINT if its code is on file already; %LZ_ERROR_REFUSED
 *
 * Returns: %TRUE once it is durable
 */
gboolean
lz_assets_record (LzStation *station, const LzAssetEntry *entry, LzId *made, GError **error)
{
  g_autoptr (LzAssetKinds) kinds = lz_assets_dup_kinds (station, error);
  const LzAssetKind *kind = kinds != NULL ? find_kind (kinds, entry->kind, error) : NULL;
  const char *code;
  LzId id;

  if (kind == NULL || !lz_asset_kind_check (kind, entry->facts, error))
    return FALSE;
  code = json_object_get_string_member_with_default (entry->facts, "code", NULL);
  id = lz_id_new (lz_station_now (station));
  if (code != NULL)
    {
      g_autofree char *key = g_strconcat ("code:", code, NULL);

      if (!lz_asset_code_check (code, kind, error))
        return FALSE;
      id = lz_assets_make_id (station, key);
      if (!check_new (station, &id, code, error))
        return FALSE;
    }
  json_object_set_string_member (entry->facts, "kind", kind->key);
  return act (station, "asset.recorded", &id, entry, made, error);
}

/**
 * lz_assets_change:
 * @station: a station
 * @id: of an asset
 * @entry: the fields that change; its kind is not looked at
 * @error: (nullable): %LZ_ERROR_INVALID if a needed field would be missing; %LZ_ERROR_REFUSED
 *
 * Returns: %TRUE once it is durable
 */
gboolean
lz_assets_change (LzStation *station, const LzId *id, const LzAssetEntry *entry, GError **error)
{
  g_autoptr (LzRecord) self = lz_records_load (station, id, error);
  g_autoptr (LzAssetKinds) kinds = self != NULL ? lz_assets_dup_kinds (station, error) : NULL;
  const LzAssetKind *kind =
      kinds != NULL ? find_kind (kinds, lz_record_get_text (self, "kind"), error) : NULL;

  if (kind == NULL)
    return FALSE;
  for (guint i = 0; i < kind->fields->len; i++)
    {
      const LzAssetField *field = g_ptr_array_index (kind->fields, i);
      JsonNode *node = json_object_get_member (entry->facts, field->key);

      if (!field->needed || node == NULL || !JSON_NODE_HOLDS_NULL (node))
        continue;
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("%s needs “%s”."), kind->label,
                   field->label);
      return FALSE;
    }
  return act (station, "asset.changed", id, entry, NULL, error);
}

/**
 * lz_assets_retire:
 * @station: a station
 * @id: of an asset
 * @reason: why; needed
 * @error: (nullable): %LZ_ERROR_REFUSED
 *
 * Takes an asset off file; its history stays.
 *
 * Returns: %TRUE once it is durable
 */
gboolean
lz_assets_retire (LzStation *station, const LzId *id, const char *reason, GError **error)
{
  g_autoptr (LzBody) body = lz_body_new ();

  body->text = g_strdup (reason);
  return lz_records_act (station, "asset.retired", id, NULL, body, NULL, error);
}

/**
 * lz_assets_restore:
 * @station: a station
 * @id: of an asset that was taken off file
 * @error: (nullable): %LZ_ERROR_REFUSED
 *
 * Puts it on file again, as it was.
 *
 * Returns: %TRUE once it is durable
 */
gboolean
lz_assets_restore (LzStation *station, const LzId *id, GError **error)
{
  return lz_records_act (station, "asset.restored", id, NULL, NULL, NULL, error);
}

static void
clear_count (gpointer data)
{
  g_free (((LzAssetCount *) data)->kind);
}

/**
 * lz_assets_count:
 * @station: a station
 * @road: (nullable): only those of this road
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (element-type LzAssetCount) (nullable): how many are on file, by kind
 */
GArray *
lz_assets_count (LzStation *station, const LzId *road, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GArray) counts = g_array_new (FALSE, TRUE, sizeof (LzAssetCount));
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_count, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;
  g_array_set_clear_func (counts, clear_count);
  if (road != NULL)
    lz_stmt_bind_id (stmt, 1, road);
  while (lz_db_step (db, stmt, "counting assets", &failure))
    {
      LzAssetCount count = { lz_stmt_dup_text (stmt, 0), sqlite3_column_int64 (stmt, 1) };

      g_array_append_val (counts, count);
    }
  return lz_stmt_ended (&failure, error) ? g_steal_pointer (&counts) : NULL;
}

GArray *
lz_assets_list_cases (LzStation *station, const LzId *id, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_cases, error);

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_id (stmt, 1, id);
  return lz_db_read_ids (db, stmt, "reading the cases of an asset", error);
}
