/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-record"

#include "config.h"

#include "lz-error.h"
#include "lz-record.h"
#include "lz-wire.h"

#include <glib/gi18n-lib.h>

LzRecord *
lz_record_new (void)
{
  LzRecord *self = g_new0 (LzRecord, 1);

  self->facts = json_object_new ();
  return self;
}

/* The facts of a record are replaced as a whole, never changed: copies share them. */
LzRecord *
lz_record_copy (const LzRecord *self)
{
  LzRecord *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->feed = g_strdup (self->feed);
  copy->author = g_strdup (self->author);
  copy->facts = json_object_ref (self->facts);
  return copy;
}

void
lz_record_free (LzRecord *self)
{
  if (self == NULL)
    return;

  g_free (self->feed);
  g_free (self->author);
  json_object_unref (self->facts);
  g_free (self);
}

/**
 * lz_record_equal:
 * @a: a record
 * @b: another
 *
 * Returns: whether every member is the same
 */
gboolean
lz_record_equal (const LzRecord *a, const LzRecord *b)
{
  g_autofree char *ours = lz_wire_make_facts (a->facts, NULL);
  g_autofree char *theirs = lz_wire_make_facts (b->facts, NULL);

  return lz_id_equal (&a->id, &b->id) && a->type == b->type && a->state == b->state &&
         g_strcmp0 (a->feed, b->feed) == 0 && g_strcmp0 (a->author, b->author) == 0 &&
         a->place.lat7 == b->place.lat7 && a->place.lon7 == b->place.lon7 &&
         lz_id_equal (&a->road, &b->road) && g_strcmp0 (ours, theirs) == 0 &&
         a->begun_ms == b->begun_ms && a->changed_ms == b->changed_ms &&
         a->n_photos == b->n_photos && a->n_events == b->n_events &&
         lz_id_equal (&a->last_event, &b->last_event);
}

const char *
lz_record_get_text (const LzRecord *self, const char *key)
{
  return lz_json_get_text (self->facts, key, NULL);
}

gint64
lz_record_get_int (const LzRecord *self, const char *key, gint64 fallback)
{
  return lz_json_get_int (self->facts, key, fallback);
}

JsonArray *
lz_record_get_list (const LzRecord *self, const char *key)
{
  JsonNode *node = json_object_get_member (self->facts, key);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

JsonObject *
lz_record_get_object (const LzRecord *self, const char *key)
{
  JsonNode *node = json_object_get_member (self->facts, key);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* What the event lacks; @facts are its own. */
static gboolean
has_needs (const LzRecordKind *kind, const LzBody *body, JsonObject *facts)
{
  g_auto (GStrv) needs = g_strsplit (kind->needs, " ", -1);

  for (guint i = 0; needs[i] != NULL; i++)
    if (g_str_equal (needs[i], "text"))
      {
        if (body->text == NULL || *body->text == '\0')
          return FALSE;
      }
    else if (g_str_equal (needs[i], "place"))
      {
        if (!lz_point_is_valid (body->place))
          return FALSE;
      }
    else if (g_str_equal (needs[i], "road"))
      {
        if (lz_id_is_nil (&body->road))
          return FALSE;
      }
    else if (*needs[i] != '\0' && !json_object_has_member (facts, needs[i]))
      {
        return FALSE;
      }
  return TRUE;
}

/* Says why @event may not happen to @self now, or NULL.  Not who may, apart from who began it. */
static const char *
find_objection (const LzRecord *self,
                const LzEvent *event,
                const LzRecordKind *kind,
                JsonObject *facts)
{
  if (kind == NULL || event->body == NULL)
    return N_ ("This version does not know such an act.");
  if (facts == NULL)
    return N_ ("The fields of the entry cannot be read.");
  if (self->type != LZ_RECORD_NONE && self->type != kind->type)
    return N_ ("This is an entry of another type.");
  if ((kind->from & LZ_RECORD_BIT (self->state)) == 0)
    return N_ ("The entry has moved on: this is not possible in its present state.");
  if (kind->own && self->author != NULL && g_strcmp0 (self->author, event->actor) != 0)
    return N_ ("Only who began this may do that.");
  if (!has_needs (kind, event->body, facts))
    return N_ ("A field that is needed is missing.");
  return NULL;
}

/**
 * lz_record_check:
 * @self: the record as it stands; lz_record_new() before its first event
 * @event: an act that somebody wants to add
 * @roles: roles of its actor
 * @error: (nullable): %LZ_ERROR_REFUSED with the reason in the user's words, translated
 *
 * Tells whether the rules allow @event now.  The server, the window and the CLI all ask here.
 *
 * Returns: whether it is legal
 */
gboolean
lz_record_check (const LzRecord *self, const LzEvent *event, guint roles, GError **error)
{
  const LzRecordKind *kind = lz_record_kind_find (event->kind_name);
  g_autoptr (JsonObject) facts =
      event->body != NULL ? lz_wire_read_facts (event->body->facts, NULL) : NULL;
  const char *objection = find_objection (self, event, kind, facts);

  if (objection == NULL && (kind->roles & roles) == 0)
    objection = N_ ("Your role does not allow this.");
  if (objection == NULL)
    return TRUE;
  g_set_error_literal (error, LZ_ERROR, LZ_ERROR_REFUSED, _ (objection));
  return FALSE;
}

/* The members of both, those of @news in place of those of @old; null takes one away. */
static JsonObject *
merge_facts (JsonObject *old, JsonObject *news)
{
  JsonObject *merged = json_object_new ();
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  json_object_iter_init (&iter, old);
  while (json_object_iter_next (&iter, &key, &node))
    if (!json_object_has_member (news, key))
      json_object_set_member (merged, key, json_node_copy (node));
  json_object_iter_init (&iter, news);
  while (json_object_iter_next (&iter, &key, &node))
    if (!JSON_NODE_HOLDS_NULL (node))
      json_object_set_member (merged, key, json_node_copy (node));
  return merged;
}

/**
 * lz_record_apply:
 * @self: the record so far; lz_record_new() before its first event
 * @event: the next event in the order of the fold
 *
 * Folds @event into @self.  One that is not legal at this point changes nothing.
 *
 * Returns: whether it counted
 */
gboolean
lz_record_apply (LzRecord *self, const LzEvent *event)
{
  const LzRecordKind *kind =
      event->kind == LZ_KIND_RECORD ? lz_record_kind_find (event->kind_name) : NULL;
  g_autoptr (JsonObject) facts =
      event->body != NULL ? lz_wire_read_facts (event->body->facts, NULL) : NULL;
  JsonObject *merged;

  if (kind == NULL || find_objection (self, event, kind, facts) != NULL)
    return FALSE;

  if (self->state == LZ_RECORD_NEW)
    {
      self->id = event->subject;
      self->type = kind->type;
      self->feed = g_strdup (event->feed);
      self->author = g_strdup (event->actor);
      self->begun_ms = event->occurred_ms;
    }
  if (lz_point_is_valid (event->body->place))
    self->place = event->body->place;
  if (!lz_id_is_nil (&event->body->road))
    self->road = event->body->road;
  merged = merge_facts (self->facts, facts);
  json_object_unref (self->facts);
  self->facts = merged;
  if (kind->to != LZ_RECORD_NEW)
    self->state = kind->to;
  self->n_photos += event->body->photos != NULL ? event->body->photos->len : 0;
  self->n_events++;
  self->changed_ms = event->occurred_ms;
  self->last_event = event->id;
  return TRUE;
}
