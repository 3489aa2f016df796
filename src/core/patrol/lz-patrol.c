/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-patrol"

#include "config.h"

#include "lz-patrol.h"
#include "lz-wire.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* By LzPatrolHow: the fact "kind". */
static const char *const hows[] = { "live", "file", "hand" };

const char *
lz_patrol_how_to_string (LzPatrolHow how)
{
  g_return_val_if_fail ((guint) how < G_N_ELEMENTS (hows), NULL);

  return hows[how];
}

const char *
lz_patrol_how_label (LzPatrolHow how)
{
  switch (how)
    {
    case LZ_PATROL_HOW_LIVE:
      return _ ("Recorded here");
    case LZ_PATROL_HOW_FILE:
      return _ ("Imported track");
    case LZ_PATROL_HOW_HAND:
    default:
      return _ ("Entered by hand");
    }
}

const char *
lz_patrol_state_label (const LzPatrol *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->state == LZ_RECORD_DONE)
    return _ ("Sealed");
  return self->state == LZ_RECORD_GONE ? _ ("Given up") : _ ("Under way");
}

/**
 * lz_patrol_new:
 *
 * Returns: (transfer full): a patrol without anything
 */
LzPatrol *
lz_patrol_new (void)
{
  LzPatrol *self = g_new0 (LzPatrol, 1);

  self->covers = lz_road_covers_new ();
  return self;
}

/**
 * lz_patrol_free:
 * @self: (nullable) (transfer full): a patrol
 */
void
lz_patrol_free (LzPatrol *self)
{
  if (self == NULL)
    return;

  g_free (self->person);
  g_free (self->feed);
  g_ptr_array_unref (self->covers);
  g_free (self->track);
  g_free (self->file_name);
  g_free (self->file_sha256);
  g_free (self);
}

static void
read_cover (JsonArray *list, guint i, GPtrArray *covers)
{
  JsonNode *node = json_array_get_element (list, i);
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *id = object != NULL ? lz_json_get_text (object, "id", NULL) : NULL;
  GArray *spans =
      object != NULL ? lz_spans_from_string (lz_json_get_text (object, "spans", NULL)) : NULL;
  LzRoadCover *cover;
  LzId road;

  if (spans == NULL)
    return;
  if (id == NULL || !lz_id_parse (id, &road))
    {
      g_array_unref (spans);
      return;
    }
  cover = lz_road_cover_new (&road, lz_json_get_int (object, "length", 0), spans);
  cover->name = g_strdup (lz_json_get_text (object, "name", NULL));
  g_ptr_array_add (covers, cover);
}

/**
 * lz_patrol_from_record:
 * @record: a record
 *
 * Returns: (transfer full) (nullable): the patrol that it is, or %NULL if it is none
 */
LzPatrol *
lz_patrol_from_record (const LzRecord *record)
{
  LzPatrol *self;
  JsonArray *roads;
  const char *how;

  g_return_val_if_fail (record != NULL, NULL);

  if (record->type != LZ_RECORD_PATROL)
    return NULL;

  self = lz_patrol_new ();
  self->id = record->id;
  self->state = record->state;
  self->person = g_strdup (record->author);
  self->feed = g_strdup (record->feed);
  how = lz_record_get_text (record, "kind");
  self->how = LZ_PATROL_HOW_HAND;
  for (guint i = 0; i < G_N_ELEMENTS (hows); i++)
    if (g_strcmp0 (how, hows[i]) == 0)
      self->how = (LzPatrolHow) i;
  self->from_ms = lz_record_get_int (record, "from", record->begun_ms);
  self->until_ms = lz_record_get_int (record, "until", 0);
  self->way_cm = lz_record_get_int (record, "way", 0);
  self->track = g_strdup (lz_record_get_text (record, "track"));
  self->n_fixes = (guint) CLAMP (lz_record_get_int (record, "fixes", 0), 0, G_MAXINT);
  self->n_left_out = (guint) CLAMP (lz_record_get_int (record, "left_out", 0), 0, G_MAXINT);
  self->file_name = g_strdup (lz_record_get_text (record, "file_name"));
  self->file_sha256 = g_strdup (lz_record_get_text (record, "file"));
  self->n_events = record->n_events;
  roads = lz_record_get_list (record, "roads");
  for (guint i = 0; roads != NULL && i < json_array_get_length (roads); i++)
    read_cover (roads, i, self->covers);
  return self;
}

static JsonArray *
make_roads (const GPtrArray *covers)
{
  JsonArray *roads = json_array_new ();

  for (guint i = 0; i < covers->len; i++)
    {
      const LzRoadCover *cover = covers->pdata[i];
      JsonObject *object = json_object_new ();
      g_autofree char *id = lz_id_dup_string (&cover->road);
      g_autofree char *spans = lz_spans_to_string (cover->spans);

      json_object_set_string_member (object, "id", id);
      json_object_set_int_member (object, "length", cover->length_cm);
      if (cover->name != NULL)
        json_object_set_string_member (object, "name", cover->name);
      json_object_set_string_member (object, "spans", spans);
      json_array_add_object_element (roads, object);
    }
  return roads;
}

/**
 * lz_patrol_make_facts:
 * @self: a patrol that is over
 *
 * Returns: (transfer full): what its last event says: times in ms UTC, lengths in centimetres
 */
JsonObject *
lz_patrol_make_facts (const LzPatrol *self)
{
  JsonObject *facts;

  g_return_val_if_fail (self != NULL, NULL);

  facts = json_object_new ();
  json_object_set_int_member (facts, "from", self->from_ms);
  json_object_set_int_member (facts, "until", self->until_ms);
  json_object_set_string_member (facts, "kind", lz_patrol_how_to_string (self->how));
  json_object_set_array_member (facts, "roads", make_roads (self->covers));
  json_object_set_int_member (facts, "way", self->way_cm);
  if (self->track != NULL)
    {
      json_object_set_string_member (facts, "track", self->track);
      json_object_set_int_member (facts, "fixes", self->n_fixes);
      json_object_set_int_member (facts, "left_out", self->n_left_out);
    }
  if (self->file_sha256 != NULL)
    json_object_set_string_member (facts, "file", self->file_sha256);
  if (self->file_name != NULL)
    json_object_set_string_member (facts, "file_name", self->file_name);
  return facts;
}
