/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-assets-private.h"
#include "lz-csv.h"
#include "lz-features.h"
#include "lz-wire.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#define ROWS_PER_COMMIT 2000
#define MAX_REASONS     100

/* Registers as offices and surveyors send them: a table or a map.  The columns are found by the
 * keys of the fields or by their labels in either language. */

static const char *const kind_names[] = { "kind", "类型", "种类", "部件类型", NULL };
static const char *const latitude_names[] = { "lat", "latitude", "纬度", "y", NULL };
static const char *const longitude_names[] = { "lon", "lng", "longitude", "经度", "x", NULL };

typedef struct
{
  LzStation *station;
  LzAssetKinds *kinds;
  const LzAssetKind *kind; /* nullable: each row says its own */
  LzAssetReport *report;
  guint n_uncommitted;
} Import;

void
lz_asset_report_free (LzAssetReport *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->reasons);
  g_free (self);
}

static const char *
look_up (GHashTable *properties, const char *const *names)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *text = g_hash_table_lookup (properties, names[i]);

      if (text != NULL && *text != '\0')
        return text;
    }
  return NULL;
}

static gboolean
skip (Import *self, guint row, const char *reason)
{
  self->report->n_skipped++;
  if (self->report->reasons->len < MAX_REASONS)
    g_ptr_array_add (self->report->reasons, g_strdup_printf (_ ("row %u: %s"), row, reason));
  return TRUE;
}

static gboolean
read_facts (const LzAssetKind *kind, GHashTable *properties, JsonObject *facts, GError **error)
{
  for (guint i = 0; i < kind->fields->len; i++)
    {
      const LzAssetField *field = g_ptr_array_index (kind->fields, i);
      const char *const names[] = { field->key, field->label, field->label_en, NULL };
      const char *text = look_up (properties, names);

      if (text != NULL && !lz_asset_field_set (field, kind, text, facts, error))
        return FALSE;
    }
  json_object_set_string_member (facts, "kind", kind->key);
  return lz_asset_kind_check (kind, facts, error);
}

/* What makes it this one and no other: its code, else its kind, title and place. */
static LzId
identify (Import *self, const LzAssetKind *kind, JsonObject *facts, LzPoint place)
{
  const char *code = json_object_get_string_member_with_default (facts, "code", NULL);
  g_autofree char *title = lz_asset_kind_dup_title (kind, facts);
  g_autofree char *key =
      code != NULL ? g_strconcat ("code:", code, NULL)
                   : g_strdup_printf ("%s\n%s\n%d\n%d", kind->key, title, place.lat7, place.lon7);

  return lz_assets_make_id (self->station, key);
}

/* The members of @facts that @old does not have so. */
static JsonObject *
find_news (JsonObject *old, JsonObject *facts)
{
  JsonObject *news = json_object_new ();
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  json_object_iter_init (&iter, facts);
  while (json_object_iter_next (&iter, &key, &node))
    {
      JsonNode *there = json_object_get_member (old, key);

      if (there == NULL || !json_node_equal (there, node))
        json_object_set_member (news, key, json_node_copy (node));
    }
  return news;
}

static gboolean
take (Import *self,
      guint row,
      const LzAssetKind *kind,
      JsonObject *facts,
      LzPoint place,
      GError **error)
{
  LzId id = identify (self, kind, facts, place);
  g_autoptr (LzRecord) old = lz_records_load (self->station, &id, NULL);
  g_autoptr (JsonObject) news = NULL;
  LzAssetEntry entry = { .kind = kind->key, .facts = facts, .place = place };
  gboolean moved;

  if (old == NULL)
    {
      self->report->n_added++;
      return lz_assets_record_as (self->station, &id, &entry, error);
    }
  if (old->state == LZ_RECORD_GONE)
    return skip (self, row, _ ("it was taken off file"));
  moved =
      lz_point_is_valid (place) && (place.lat7 != old->place.lat7 || place.lon7 != old->place.lon7);
  news = find_news (old->facts, facts);
  if (json_object_get_size (news) == 0 && !moved)
    {
      self->report->n_known++;
      return TRUE;
    }
  entry.facts = news;
  self->report->n_changed++;
  return lz_assets_change (self->station, &id, &entry, error);
}

static gboolean
commit_now_and_then (Import *self, GError **error)
{
  if (++self->n_uncommitted < ROWS_PER_COMMIT)
    return TRUE;
  self->n_uncommitted = 0;
  return lz_log_commit_bulk (self->station, error) && lz_log_begin_bulk (self->station, error);
}

static gboolean
take_row (guint row, LzPoint place, GHashTable *properties, gpointer data, GError **error)
{
  Import *self = data;
  g_autoptr (JsonObject) facts = json_object_new ();
  g_autoptr (GError) reason = NULL;
  const char *name = look_up (properties, kind_names);
  const LzAssetKind *kind = self->kind;

  self->report->n_rows++;
  if (kind == NULL && name != NULL)
    kind = lz_asset_kinds_find (self->kinds, name);
  if (kind == NULL)
    return skip (self, row,
                 name != NULL ? _ ("there is no such kind of asset")
                              : _ ("it does not say what it is"));
  if (!read_facts (kind, properties, facts, &reason))
    return skip (self, row, reason->message);
  return take (self, row, kind, facts, place, error) && commit_now_and_then (self, error);
}

/* FALSE if it says something that is no place. */
static gboolean
read_place (GHashTable *properties, LzPoint *place)
{
  const char *latitude = look_up (properties, latitude_names);
  const char *longitude = look_up (properties, longitude_names);
  char *end_of_latitude, *end_of_longitude;
  double lat, lon;

  *place = (LzPoint){ 0, 0 };
  if (latitude == NULL && longitude == NULL)
    return TRUE;
  if (latitude == NULL || longitude == NULL)
    return FALSE;
  lat = g_ascii_strtod (latitude, &end_of_latitude);
  lon = g_ascii_strtod (longitude, &end_of_longitude);
  return *end_of_latitude == '\0' && *end_of_longitude == '\0' &&
         lz_point_from_degrees (lat, lon, place);
}

static gboolean
read_csv (Import *self, const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (LzCsv) csv = lz_csv_open (path, error);
  g_autoptr (GHashTable) properties =
      g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (GError) failure = NULL;

  if (csv == NULL)
    return FALSE;
  while (TRUE)
    {
      LzPoint place;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      g_clear_error (&failure);
      if (!lz_csv_next (csv, &failure))
        {
          if (failure == NULL)
            return TRUE;
          if (!g_error_matches (failure, LZ_ERROR, LZ_ERROR_INVALID))
            break;
          self->report->n_rows++;
          skip (self, lz_csv_get_row (csv), failure->message);
          continue;
        }
      g_hash_table_remove_all (properties);
      for (guint i = 0; i < lz_csv_get_n_columns (csv); i++)
        g_hash_table_replace (properties, g_strstrip (g_strdup (lz_csv_get_name (csv, i))),
                              g_strstrip (g_strdup (lz_csv_get (csv, (int) i))));
      if (!read_place (properties, &place))
        {
          self->report->n_rows++;
          skip (self, lz_csv_get_row (csv), _ ("its place cannot be read"));
        }
      else if (!take_row (lz_csv_get_row (csv), place, properties, self, error))
        {
          return FALSE;
        }
    }
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
is_csv (const char *path)
{
  g_autofree char *lower = g_ascii_strdown (path, -1);

  return g_str_has_suffix (lower, ".csv") || g_str_has_suffix (lower, ".csv.gz");
}

/**
 * lz_assets_import:
 * @station: a station
 * @path: a register: CSV, GeoJSON or GeoPackage
 * @kind: (nullable): key or label of the kind of all its rows; %NULL = a column says it
 * @cancellable: (nullable): stops it; what was committed stays
 * @error: (nullable): %LZ_ERROR_INVALID, %LZ_ERROR_NOT_FOUND for a kind that there is not,
 *   %LZ_ERROR_REFUSED if the station's person may not
 *
 * Takes a register in, some thousands of rows to a commit.  A row that was taken before is known by
 * its code, else by its kind, title and place; what it says anew becomes a change.
 *
 * Returns: (transfer full) (nullable): what became of the rows
 */
LzAssetReport *
lz_assets_import (LzStation *station,
                  const char *path,
                  const char *kind,
                  GCancellable *cancellable,
                  GError **error)
{
  g_autoptr (LzAssetKinds) kinds = lz_assets_dup_kinds (station, error);
  g_autoptr (LzAssetReport) report = g_new0 (LzAssetReport, 1);
  Import import = { station, kinds, NULL, report, 0 };
  gboolean ok;

  report->reasons = g_ptr_array_new_with_free_func (g_free);
  if (kinds == NULL)
    return NULL;
  if (kind != NULL)
    {
      import.kind = lz_asset_kinds_find (kinds, kind);
      if (import.kind == NULL)
        {
          g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("There is no kind of asset “%s”."),
                       kind);
          return NULL;
        }
    }
  if (!lz_log_begin_bulk (station, error))
    return NULL;
  ok = is_csv (path) ? read_csv (&import, path, cancellable, error)
                     : lz_features_read (path, take_row, &import, cancellable, error);
  if (!ok)
    {
      lz_log_rollback_bulk (station);
      return NULL;
    }
  return lz_log_commit_bulk (station, error) ? g_steal_pointer (&report) : NULL;
}
