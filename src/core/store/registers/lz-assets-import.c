/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-assets-private.h"
#include "lz-csv.h"
#include "lz-event-table.h"
#include "lz-features.h"
#include "lz-log.h"
#include "lz-wire.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>

#define MAX_REASONS 100
#define MAX_LINES   200

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
  guint n_lines;
  GHashTable *seen; /* nullable: Seen of each row so far; nothing is written */
} Import;

/* What a row of the file would leave behind, in a preview. */
typedef struct
{
  LzId id;
  LzPoint place;
  char *facts;
} Seen;

static void
free_seen (gpointer data)
{
  g_free (((Seen *) data)->facts);
  g_free (data);
}

static void
free_line (gpointer data)
{
  LzAssetLine *line = data;

  g_free (line->kind);
  g_free (line->title);
  g_free (line->reason);
  g_free (line);
}

void
lz_asset_report_free (LzAssetReport *self)
{
  if (self == NULL)
    return;
  g_ptr_array_unref (self->reasons);
  g_ptr_array_unref (self->lines);
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

static void
add_line (Import *self, guint row, LzAssetFate fate, const char *kind, char *title, const char *why)
{
  LzAssetLine *line = g_new0 (LzAssetLine, 1);

  line->row = row;
  line->fate = fate;
  line->kind = g_strdup (kind);
  line->title = title;
  line->reason = g_strdup (why);
  g_ptr_array_add (self->report->lines, line);
}

static gboolean
skip (Import *self, guint row, const char *reason)
{
  self->report->n_skipped++;
  if (self->report->reasons->len < MAX_REASONS)
    {
      g_ptr_array_add (self->report->reasons, g_strdup_printf (_ ("row %u: %s"), row, reason));
      add_line (self, row, LZ_ASSET_SKIPPED, NULL, NULL, reason);
    }
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

/* The entry as it would be by now, in a preview; %NULL: not one of this file so far. */
static LzRecord *
recall (Import *self, const LzId *id)
{
  const Seen *seen = self->seen != NULL ? g_hash_table_lookup (self->seen, id) : NULL;
  JsonObject *facts = seen != NULL ? lz_wire_read_facts (seen->facts, NULL) : NULL;
  LzRecord *record;

  if (facts == NULL)
    return NULL;
  record = lz_record_new ();
  json_object_unref (record->facts);
  record->facts = facts;
  record->state = LZ_RECORD_OPEN;
  record->place = seen->place;
  return record;
}

/* Writes @facts, those that are new, or in a preview remembers what they would make of it. */
static gboolean
put (Import *self, const LzId *id, LzRecord *old, const LzAssetEntry *entry, GError **error)
{
  Seen *seen;

  if (self->seen == NULL && old != NULL)
    return old->state == LZ_RECORD_GONE ? lz_assets_restore_as (self->station, id, entry, error)
                                        : lz_assets_change (self->station, id, entry, error);
  if (self->seen == NULL)
    return lz_assets_record_as (self->station, id, entry, error);
  if (old != NULL)
    {
      JsonObjectIter iter;
      const char *key;
      JsonNode *node;

      json_object_iter_init (&iter, entry->facts);
      while (json_object_iter_next (&iter, &key, &node))
        json_object_set_member (old->facts, key, json_node_copy (node));
    }
  seen = g_new0 (Seen, 1);
  seen->id = *id;
  seen->place = lz_point_is_valid (entry->place) || old == NULL ? entry->place : old->place;
  seen->facts = lz_wire_make_facts (old != NULL ? old->facts : entry->facts, error);
  g_hash_table_replace (self->seen, &seen->id, seen);
  return seen->facts != NULL;
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
  g_autoptr (LzRecord) old = recall (self, &id);
  g_autoptr (JsonObject) news = NULL;
  LzAssetEntry entry = { .kind = kind->key, .facts = facts, .place = place };
  LzAssetFate fate;

  if (old == NULL)
    old = lz_records_load (self->station, &id, NULL);
  if (old != NULL && old->state == LZ_RECORD_GONE &&
      !json_object_has_member (old->facts, LZ_ASSET_UNDONE))
    return skip (self, row, _ ("it was taken off file"));
  fate = LZ_ASSET_ADDED;
  if (old != NULL && old->state != LZ_RECORD_GONE)
    {
      gboolean moved = lz_point_is_valid (place) &&
                       (place.lat7 != old->place.lat7 || place.lon7 != old->place.lon7);

      news = find_news (old->facts, facts);
      fate = json_object_get_size (news) == 0 && !moved ? LZ_ASSET_KNOWN : LZ_ASSET_CHANGED;
      entry.facts = news;
    }
  self->report->n_added += fate == LZ_ASSET_ADDED;
  self->report->n_changed += fate == LZ_ASSET_CHANGED;
  self->report->n_known += fate == LZ_ASSET_KNOWN;
  if (self->n_lines < MAX_LINES)
    {
      self->n_lines++;
      add_line (self, row, fate, kind->label, lz_asset_kind_dup_title (kind, facts), NULL);
    }
  return fate == LZ_ASSET_KNOWN || put (self, &id, old, &entry, error);
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
  return take (self, row, kind, facts, place, error);
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

static gboolean
find_kind (Import *self, const char *kind, GError **error)
{
  self->kind = kind != NULL ? lz_asset_kinds_find (self->kinds, kind) : NULL;
  if (kind == NULL || self->kind != NULL)
    return TRUE;
  g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("There is no kind of asset “%s”."), kind);
  return FALSE;
}

static gboolean
read_rows (Import *self, const char *path, GCancellable *cancellable, GError **error)
{
  return is_csv (path) ? read_csv (self, path, cancellable, error)
                       : lz_features_read (path, take_row, self, cancellable, error);
}

static LzAssetReport *
new_report (void)
{
  LzAssetReport *report = g_new0 (LzAssetReport, 1);

  report->reasons = g_ptr_array_new_with_free_func (g_free);
  report->lines = g_ptr_array_new_with_free_func (free_line);
  return report;
}

/**
 * lz_assets_import:
 * @station: a station
 * @path: a register: CSV, GeoJSON or GeoPackage
 * @kind: (nullable): key or label of the kind of all its rows; %NULL = a column says it
 * @cancellable: (nullable): stops it, and nothing is taken in
 * @error: (nullable): %LZ_ERROR_INVALID, %LZ_ERROR_NOT_FOUND for a kind that there is not,
 *   %LZ_ERROR_REFUSED if the station's person may not
 *
 * Takes a register in, all of it or nothing, as one act of the person that can be undone.  A row
 * that was taken before is known by its code, else by its kind, title and place; what it says anew
 * becomes a change.
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
  g_autoptr (LzAssetReport) report = new_report ();
  Import import = { .station = station, .kinds = kinds, .report = report };
  gint64 first_seq;

  if (kinds == NULL || !find_kind (&import, kind, error) || !lz_log_begin_bulk (station, error))
    return NULL;
  if (!lz_event_table_next_seq (station, &first_seq, error) ||
      !read_rows (&import, path, cancellable, error) ||
      !lz_log_bundle (station, first_seq, &report->bulk, error))
    {
      lz_log_rollback_bulk (station);
      return NULL;
    }
  return lz_log_commit_bulk (station, error) ? g_steal_pointer (&report) : NULL;
}

/**
 * lz_assets_preview:
 * @station: a station; its reading connection will do
 * @path: a register, as for lz_assets_import()
 * @kind: (nullable): the same
 * @cancellable: (nullable): stops it
 * @error: (nullable): %LZ_ERROR_INVALID, %LZ_ERROR_NOT_FOUND for a kind that there is not
 *
 * Returns: (transfer full) (nullable): what would become of the rows if they were taken in now
 */
LzAssetReport *
lz_assets_preview (LzStation *station,
                   const char *path,
                   const char *kind,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (LzAssetKinds) kinds = lz_assets_dup_kinds (station, error);
  g_autoptr (LzAssetReport) report = new_report ();
  g_autoptr (GHashTable) seen = g_hash_table_new_full (lz_id_hash, lz_id_equal, NULL, free_seen);
  Import import = { .station = station, .kinds = kinds, .report = report, .seen = seen };

  if (kinds == NULL || !find_kind (&import, kind, error) ||
      !read_rows (&import, path, cancellable, error))
    return NULL;
  return g_steal_pointer (&report);
}
