/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-wire"

#include "config.h"

#include "lz-error.h"
#include "lz-json-writer.h"
#include "lz-wire-private.h"
#include "lz-wire.h"

static void
append_hex (GString *out, const guint8 *bytes, gsize n)
{
  static const char digits[] = "0123456789abcdef";

  for (gsize i = 0; i < n; i++)
    {
      g_string_append_c (out, digits[bytes[i] >> 4]);
      g_string_append_c (out, digits[bytes[i] & 15]);
    }
}

static void
write_photo (GString *out, const LzPhotoRef *photo)
{
  LzJsonObject object;

  lz_json_object_begin (&object, out);
  if (lz_point_is_valid (photo->place))
    {
      lz_json_object_int (&object, "lat7", photo->place.lat7);
      lz_json_object_int (&object, "lon7", photo->place.lon7);
    }
  lz_json_object_string (&object, "role", lz_photo_role_to_string (photo->role));
  lz_json_object_key (&object, "sha256");
  g_string_append_c (out, '"');
  append_hex (out, photo->sha256, LZ_SHA256_SIZE);
  g_string_append_c (out, '"');
  lz_json_object_int (&object, "size", photo->size_bytes);
  lz_json_object_int_or_nothing (&object, "taken_at", photo->taken_ms);
  lz_json_object_end (&object);
}

static void
write_id (LzJsonObject *object, const char *key, const LzId *id)
{
  char text[LZ_ID_STRING_SIZE];

  if (lz_id_is_nil (id))
    return;

  lz_id_format (id, text);
  lz_json_object_string (object, key, text);
}

static void
write_limit (LzJsonObject *object, LzLimit limit)
{
  LzJsonObject inner;

  if (limit.count == 0)
    return;

  lz_json_object_key (object, "limit");
  lz_json_object_begin (&inner, object->out);
  lz_json_object_string (&inner, "clock", lz_clock_to_string (limit.clock));
  lz_json_object_int (&inner, "count", limit.count);
  lz_json_object_end (&inner);
}

static void
write_photos (LzJsonObject *object, GArray *photos)
{
  if (photos == NULL || photos->len == 0)
    return;

  lz_json_object_key (object, "photos");
  g_string_append_c (object->out, '[');
  for (guint i = 0; i < photos->len; i++)
    {
      if (i > 0)
        g_string_append_c (object->out, ',');
      write_photo (object->out, &g_array_index (photos, LzPhotoRef, i));
    }
  g_string_append_c (object->out, ']');
}

static void
write_facts (LzJsonObject *object, const char *facts)
{
  if (facts == NULL)
    return;

  lz_json_object_key (object, "facts");
  g_string_append (object->out, facts);
}

/**
 * lz_wire_write_body:
 * @body: what an event says
 *
 * Writes @body as canonical JSON.  Members that are zero or %NULL are left out.
 *
 * Returns: (transfer full): one JSON object
 */
char *
lz_wire_write_body (const LzBody *body)
{
  GString *out = g_string_sized_new (256);
  gboolean placed = lz_point_is_valid (body->place);
  gboolean on_road = !lz_id_is_nil (&body->road);
  LzJsonObject object;

  lz_json_object_begin (&object, out);
  lz_json_object_string (&object, "address", body->address);
  write_id (&object, "asset", &body->asset);
  lz_json_object_string (&object, "assist", body->assist);
  lz_json_object_string (&object, "category", body->category);
  if (on_road)
    lz_json_object_int (&object, "chainage_cm", body->chainage_cm);
  lz_json_object_int_or_nothing (&object, "condition", body->condition);
  lz_json_object_int_or_nothing (&object, "due_at", body->due_ms);
  write_facts (&object, body->facts);
  lz_json_object_int_or_nothing (&object, "found_at", body->found_ms);
  lz_json_object_string (&object, "imported_from", body->imported_from);
  if (placed)
    lz_json_object_int (&object, "lat7", body->place.lat7);
  lz_json_object_int_or_nothing (&object, "level", body->level);
  write_limit (&object, body->limit);
  if (placed)
    lz_json_object_int (&object, "lon7", body->place.lon7);
  lz_json_object_string (&object, "number", body->number);
  if (on_road)
    lz_json_object_int (&object, "offset_cm", body->offset_cm);
  lz_json_object_string (&object, "order", body->order);
  write_id (&object, "other", &body->other);
  write_id (&object, "patrol", &body->patrol);
  lz_json_object_string (&object, "person", body->person);
  write_photos (&object, body->photos);
  write_id (&object, "recurs", &body->recurs);
  write_id (&object, "road", &body->road);
  lz_json_object_string (&object, "road_name", body->road_name);
  if (on_road)
    lz_json_object_string (&object, "side", lz_side_to_string (body->side));
  lz_json_object_string (&object, "source", body->source);
  lz_json_object_string (&object, "text", body->text);
  lz_json_object_string (&object, "unit", body->unit);
  lz_json_object_int_or_nothing (&object, "until", body->until_ms);
  lz_json_object_int_or_nothing (&object, "warn_at", body->warn_ms);
  lz_json_object_end (&object);
  return g_string_free (out, FALSE);
}

static gboolean
read_limit (JsonObject *object, LzLimit *limit, GError **error)
{
  JsonObject *inner;
  gint64 count = 0;
  const char *clock = NULL;

  if (!lz_json_read_object (object, "limit", &inner, error))
    return FALSE;
  if (inner == NULL)
    return TRUE;
  if (!lz_json_read_int (inner, "count", 0, 100000, &count, error) ||
      !lz_json_read_text (inner, "clock", 40, &clock, error))
    return FALSE;
  if (clock == NULL || !lz_clock_from_string (clock, &limit->clock))
    return lz_wire_set_invalid (error, "limit.clock");

  limit->count = (guint) count;
  return TRUE;
}

static gboolean
read_point (JsonObject *object, LzPoint *point, GError **error)
{
  gint64 lat7 = 0, lon7 = 0;

  if (!lz_json_read_int (object, "lat7", -900000000, 900000000, &lat7, error) ||
      !lz_json_read_int (object, "lon7", -1800000000, 1800000000, &lon7, error))
    return FALSE;

  *point = (LzPoint){ (gint32) lat7, (gint32) lon7 };
  return TRUE;
}

static gboolean
read_photo (JsonNode *node, LzPhotoRef *photo, GError **error)
{
  const char *hash = NULL, *role = NULL;
  JsonObject *object;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return lz_wire_set_invalid (error, "photos");
  object = json_node_get_object (node);
  memset (photo, 0, sizeof *photo);
  if (!lz_json_read_text (object, "sha256", 64, &hash, error) ||
      !lz_json_read_text (object, "role", 20, &role, error) ||
      !lz_json_read_int (object, "size", 0, G_MAXINT64, &photo->size_bytes, error) ||
      !lz_json_read_int (object, "taken_at", LZ_WIRE_ANY_TIME, &photo->taken_ms, error) ||
      !read_point (object, &photo->place, error))
    return FALSE;
  if (hash == NULL || !lz_wire_parse_hash (hash, photo->sha256))
    return lz_wire_set_invalid (error, "photos.sha256");
  if (role == NULL || !lz_photo_role_from_string (role, &photo->role))
    return lz_wire_set_invalid (error, "photos.role");
  return TRUE;
}

static gboolean
read_photos (JsonObject *object, LzBody *body, GError **error)
{
  JsonNode *node = json_object_get_member (object, "photos");
  JsonArray *array;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return lz_wire_set_invalid (error, "photos");
  array = json_node_get_array (node);
  if (json_array_get_length (array) > LZ_WIRE_MAX_PHOTOS)
    return lz_wire_set_invalid (error, "photos");

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      LzPhotoRef photo;

      if (!read_photo (json_array_get_element (array, i), &photo, error))
        return FALSE;
      lz_body_add_photo (body, &photo);
    }
  return TRUE;
}

static gboolean
read_id (JsonObject *object, const char *key, LzId *id, GError **error)
{
  const char *text = NULL;

  if (!lz_json_read_text (object, key, LZ_ID_STRING_SIZE, &text, error))
    return FALSE;
  return text == NULL || lz_id_parse (text, id) || lz_wire_set_invalid (error, key);
}

#define TEXT(key, max)                      \
  {                                         \
#key, max, G_STRUCT_OFFSET(LzBody, key) \
  }

/* In the order of their keys. */
const LzBodyText lz_body_texts[] = {
  TEXT (address, 1000), TEXT (assist, 1000),
  TEXT (category, 64),  TEXT (imported_from, 1000),
  TEXT (number, 64),    TEXT (order, 64),
  TEXT (person, 200),   TEXT (road_name, 400),
  TEXT (source, 40),    TEXT (text, LZ_WIRE_MAX_TEXT_BYTES),
  TEXT (unit, 400),
};
const guint lz_n_body_texts = G_N_ELEMENTS (lz_body_texts);

static gboolean
read_words (JsonObject *object, LzBody *body, GError **error)
{
  for (const LzBodyText *at = lz_body_texts; at < lz_body_texts + lz_n_body_texts; at++)
    {
      const char *text = NULL;

      if (!lz_json_read_text (object, at->key, at->max_bytes, &text, error))
        return FALSE;
      *(char **) LZ_BODY_TEXT (body, at) = g_strdup (text);
    }
  return TRUE;
}

static gboolean
read_numbers (JsonObject *object, LzBody *body, GError **error)
{
  gint64 condition = 0, level = 0;

  if (!lz_json_read_int (object, "chainage_cm", 0, G_MAXINT32, &body->chainage_cm, error) ||
      !lz_json_read_int (object, "offset_cm", 0, G_MAXINT32, &body->offset_cm, error) ||
      !lz_json_read_int (object, "condition", 0, 10000, &condition, error) ||
      !lz_json_read_int (object, "level", 0, 100, &level, error) ||
      !lz_json_read_int (object, "due_at", LZ_WIRE_ANY_TIME, &body->due_ms, error) ||
      !lz_json_read_int (object, "warn_at", LZ_WIRE_ANY_TIME, &body->warn_ms, error) ||
      !lz_json_read_int (object, "found_at", LZ_WIRE_ANY_TIME, &body->found_ms, error) ||
      !lz_json_read_int (object, "until", LZ_WIRE_ANY_TIME, &body->until_ms, error))
    return FALSE;

  body->condition = (guint) condition;
  body->level = (guint) level;
  return TRUE;
}

static gboolean
read_side (JsonObject *object, LzSide *side, GError **error)
{
  const char *text = NULL;

  if (!lz_json_read_text (object, "side", 20, &text, error))
    return FALSE;
  return text == NULL || lz_side_from_string (text, side) || lz_wire_set_invalid (error, "side");
}

static gboolean
read_facts (JsonObject *object, LzBody *body, GError **error)
{
  g_autoptr (GString) canonical = NULL;
  JsonObject *facts;

  if (!lz_json_read_object (object, "facts", &facts, error))
    return FALSE;
  if (facts == NULL)
    return TRUE;
  canonical = g_string_sized_new (256);
  if (!lz_json_append_canonical (canonical, json_object_get_member (object, "facts"), error))
    return FALSE;
  body->facts = g_string_free (g_steal_pointer (&canonical), FALSE);
  return TRUE;
}

/* Reads the body of any kind.  Members that we do not know are no error: a newer version may add
 * some, and the bytes are kept as they came. */
LzBody *
lz_wire_read_body (JsonObject *object, GError **error)
{
  g_autoptr (LzBody) body = lz_body_new ();

  if (!read_words (object, body, error) || !read_numbers (object, body, error) ||
      !read_point (object, &body->place, error) || !read_limit (object, &body->limit, error) ||
      !read_side (object, &body->side, error) || !read_id (object, "road", &body->road, error) ||
      !read_id (object, "other", &body->other, error) ||
      !read_id (object, "patrol", &body->patrol, error) ||
      !read_id (object, "asset", &body->asset, error) ||
      !read_id (object, "recurs", &body->recurs, error) || !read_facts (object, body, error) ||
      !read_photos (object, body, error))
    return NULL;

  return g_steal_pointer (&body);
}

/**
 * lz_wire_parse_body:
 * @json: one JSON object
 * @error: (nullable): %LZ_ERROR_INVALID, naming the member that is wrong
 *
 * Returns: (transfer full) (nullable): the body
 */
LzBody *
lz_wire_parse_body (const char *json, GError **error)
{
  LzBody *body = lz_wire_scan_body (json, strlen (json));
  g_autoptr (JsonNode) root = body == NULL ? lz_wire_parse_json (json, -1, error) : NULL;

  if (body != NULL)
    return body;
  return root != NULL ? lz_wire_read_body (json_node_get_object (root), error) : NULL;
}

char *
lz_wire_make_facts (JsonObject *facts, GError **error)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), facts);
  g_autoptr (GString) canonical = g_string_sized_new (256);

  if (!lz_json_append_canonical (canonical, node, error))
    return NULL;
  return g_string_free (g_steal_pointer (&canonical), FALSE);
}

JsonObject *
lz_wire_read_facts (const char *facts, GError **error)
{
  g_autoptr (JsonNode) root = NULL;

  if (facts == NULL || *facts == '\0')
    return json_object_new ();
  root = lz_wire_parse_json (facts, -1, error);
  return root != NULL ? json_object_ref (json_node_get_object (root)) : NULL;
}

JsonObject *
lz_wire_read_object (const char *text, gsize max_bytes, GError **error)
{
  g_autoptr (JsonNode) root = lz_wire_parse_json_of (text, -1, max_bytes, error);

  return root != NULL ? json_object_ref (json_node_get_object (root)) : NULL;
}
