/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-sync"

#include "config.h"

#include "lz-sync-private.h"
#include "lz-wire.h"

#include "lz-pinyin.h"
#include "lz-roads.h"
#include "lz-state.h"

#define MAX_REFERENCE_BYTES (64 * 1024 * 1024)
#define MAX_STREETS_BYTES   (256 * 1024 * 1024)

static gboolean
set_not_ours (GError **error, const char *what)
{
  g_set_error (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_NOT_OURS,
               "the reference data's %s is not as it should be", what);
  return FALSE;
}

/* The member as an array; an empty one where it is missing. */
static JsonArray *
get_array (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static JsonObject *
get_element (JsonArray *array, guint i)
{
  JsonNode *node = json_array_get_element (array, i);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static LzLine *
read_line (JsonArray *array)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (LzPoint));

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      JsonArray *pair = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
      LzPoint point;

      if (pair == NULL || json_array_get_length (pair) != 2 ||
          !JSON_NODE_HOLDS_VALUE (json_array_get_element (pair, 0)) ||
          !JSON_NODE_HOLDS_VALUE (json_array_get_element (pair, 1)))
        return NULL;
      point = (LzPoint){ (gint32) json_array_get_int_element (pair, 0),
                         (gint32) json_array_get_int_element (pair, 1) };
      if (!lz_point_is_valid (point))
        return NULL;
      g_array_append_val (points, point);
    }
  return points->len >= 2 ? lz_line_new ((LzPoint *) (gpointer) points->data, points->len) : NULL;
}

static LzRoad *
read_road (JsonObject *object)
{
  g_autoptr (LzRoad) road = g_new0 (LzRoad, 1);
  JsonArray *parts = get_array (object, "parts");

  road->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_line_free);
  road->name = g_strdup (lz_json_get_text (object, "name", NULL));
  road->from_name = g_strdup (lz_json_get_text (object, "from", NULL));
  road->to_name = g_strdup (lz_json_get_text (object, "to", NULL));
  road->grade = (LzStreetClass) lz_json_get_int (object, "grade", 0);
  road->length_m = json_object_get_double_member_with_default (object, "length_m", 0);
  road->line = read_line (get_array (object, "line"));
  if (road->name == NULL || road->line == NULL ||
      !lz_id_parse (lz_json_get_text (object, "id", ""), &road->id))
    return NULL;
  for (guint i = 0; parts != NULL && i < json_array_get_length (parts); i++)
    {
      JsonNode *node = json_array_get_element (parts, i);
      LzLine *part = JSON_NODE_HOLDS_ARRAY (node) ? read_line (json_node_get_array (node)) : NULL;

      if (part == NULL)
        return NULL;
      g_ptr_array_add (road->parts, part);
    }
  return g_steal_pointer (&road);
}

static GPtrArray *
read_roads (JsonObject *root, GError **error)
{
  g_autoptr (GPtrArray) roads = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_road_free);
  JsonArray *array = get_array (root, "roads");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *object = get_element (array, i);
      LzRoad *road = object != NULL ? read_road (object) : NULL;

      if (road == NULL)
        {
          set_not_ours (error, "roads");
          return NULL;
        }
      g_ptr_array_add (roads, road);
    }
  return g_steal_pointer (&roads);
}

static GArray *
read_assignments (JsonObject *root, GError **error)
{
  g_autoptr (GArray) assignments = g_array_new (FALSE, TRUE, sizeof (LzAssignment));
  JsonArray *array = get_array (root, "assignments");

  g_array_set_clear_func (assignments, (GDestroyNotify) lz_assignment_clear);
  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *object = get_element (array, i);
      LzAssignment one = { 0 };

      if (object == NULL || !lz_id_parse (lz_json_get_text (object, "road", ""), &one.road))
        {
          set_not_ours (error, "assignments");
          return NULL;
        }
      one.person = g_strdup (lz_json_get_text (object, "person", ""));
      one.level = (guint) lz_json_get_int (object, "level", 0);
      one.since_ms = lz_json_get_int (object, "since", 0);
      g_array_append_val (assignments, one);
    }
  return g_steal_pointer (&assignments);
}

static gboolean
take_roads (LzSync *self, JsonObject *root, GError **error)
{
  g_autoptr (GPtrArray) roads = read_roads (root, error);
  g_autoptr (GArray) assignments = roads != NULL ? read_assignments (root, error) : NULL;

  return assignments != NULL && lz_roads_take (self->station, roads, assignments, error);
}

static gboolean
take_people (LzSync *self, JsonObject *root, GError **error)
{
  JsonArray *array = get_array (root, "people");

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonObject *object = get_element (array, i);
      JsonArray *names = object != NULL ? get_array (object, "roles") : NULL;
      LzPerson person = { 0 };

      if (object == NULL)
        return set_not_ours (error, "people");
      for (guint k = 0; names != NULL && k < json_array_get_length (names); k++)
        {
          LzRole role;

          if (lz_role_from_string (lz_json_node_get_text (json_array_get_element (names, k)),
                                   &role))
            person.roles |= role;
        }
      person.id = (char *) lz_json_get_text (object, "id", "");
      person.name = (char *) lz_json_get_text (object, "name", "");
      person.phone = (char *) lz_json_get_text (object, "phone", NULL);
      person.unit = (char *) lz_json_get_text (object, "unit", NULL);
      if (*person.id == '\0')
        return set_not_ours (error, "people");
      if (!lz_people_save (self->station, &person, error))
        return FALSE;
    }
  return TRUE;
}

/* Keeps what the station does not have yet. */
static gboolean
take_text (LzSync *self, const char *name, const char *text, gint64 rev, GError **error)
{
  g_autoptr (GBytes) content = g_bytes_new (text, strlen (text));
  g_autoptr (GBytes) have = NULL;

  if (!lz_station_find_reference (self->station, name, &have, error))
    return FALSE;
  return (have != NULL && g_bytes_equal (have, content)) ||
         lz_station_set_reference (self->station, name, (guint) rev, content, self->url, error);
}

/* The tables, under the names that the station knows them by. */
static gboolean
take_tables (LzSync *self, JsonObject *root, gint64 rev, GError **error)
{
  static const char *const tables[] = { "catalogue", "tasks", "calendar", "divisions" };

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      const char *text = lz_json_get_text (root, tables[i], NULL);
      g_autofree char *name = g_strconcat (tables[i], ".tsv", NULL);

      if (text != NULL && !take_text (self, name, text, rev, error))
        return FALSE;
    }
  return TRUE;
}

/* What is JSON in the answer is kept as it is, for whoever reads it (lz-routes). */
static gboolean
take_objects (LzSync *self, JsonObject *root, gint64 rev, GError **error)
{
  static const char *const objects[] = { "routing", "units" };

  for (guint i = 0; i < G_N_ELEMENTS (objects); i++)
    {
      JsonNode *node = json_object_get_member (root, objects[i]);
      g_autofree char *name = g_strconcat (objects[i], ".json", NULL);
      g_autofree char *text = node != NULL ? json_to_string (node, FALSE) : NULL;

      if (text != NULL && !take_text (self, name, text, rev, error))
        return FALSE;
    }
  return TRUE;
}

/* Only those that the contract names; a server does not set others. */
static gboolean
take_settings (LzSync *self, JsonObject *root, GError **error)
{
  static const char *const keys[] = { "short_loop", "city" };
  JsonNode *node = json_object_get_member (root, "settings");

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const char *value = lz_json_get_text (json_node_get_object (node), keys[i], NULL);

      if (value != NULL && !lz_station_set_setting (self->station, keys[i], value, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
take_streets (LzSync *self, JsonObject *root, GCancellable *cancellable, GError **error)
{
  JsonNode *node = json_object_get_member (root, "streets");
  g_autofree char *have = lz_station_dup_setting (self->station, "streets_sha256", "");
  g_autofree char *found = NULL;
  g_autoptr (SoupMessage) message = NULL;
  g_auto (LzHttpAnswer) answer = { 0 };
  const char *hash;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return TRUE;
  hash = lz_json_get_text (json_node_get_object (node), "sha256", "");
  if (strcmp (hash, have) == 0)
    return TRUE;
  message = lz_http_new_message (self->http, "GET", "/v1/reference/streets", error);
  if (message == NULL || !lz_http_send (self->http, message, "application/octet-stream",
                                        MAX_STREETS_BYTES, &answer, cancellable, error))
    return FALSE;
  found = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, answer.body);
  if (strcmp (found, hash) != 0)
    {
      g_set_error_literal (error, LZ_SYNC_ERROR, LZ_SYNC_ERROR_HASH, "the street map is damaged");
      return FALSE;
    }
  return lz_roads_take_streets (self->station, answer.body, cancellable, error) &&
         lz_station_set_setting (self->station, "streets_sha256", hash, error);
}

static JsonNode *
request (LzSync *self, const char *have, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = g_strdup_printf ("/v1/reference?rev=%s", have);
  g_autoptr (SoupMessage) message = lz_http_new_message (self->http, "GET", path, error);
  g_auto (LzHttpAnswer) answer = { 0 };

  if (message == NULL || !lz_http_send (self->http, message, "application/json",
                                        MAX_REFERENCE_BYTES, &answer, cancellable, error))
    return NULL;
  return lz_sync_parse_object (answer.body, error);
}

/* Reference data comes as a whole, or not at all if the revision is the same.  The revision is kept
 * last: a run that is cut off begins again. */
gboolean
lz_sync_refresh_reference (LzSync *self, GCancellable *cancellable, GError **error)
{
  g_autofree char *have = lz_station_dup_setting (self->station, "reference_rev", "0");
  g_autofree char *rev = NULL;
  g_autoptr (JsonNode) node = NULL;
  JsonObject *root;

  if (self->knows_server && self->rev >= 0 && self->rev == g_ascii_strtoll (have, NULL, 10))
    return TRUE;
  lz_sync_enter (self, LZ_SYNC_REFERENCE);
  node = request (self, have, cancellable, error);
  if (node == NULL)
    return FALSE;
  root = json_node_get_object (node);
  rev = g_strdup_printf ("%" G_GINT64_FORMAT, lz_json_get_int (root, "rev", -1));
  if (*rev == '-')
    return set_not_ours (error, "revision");
  if (strcmp (rev, have) == 0)
    return TRUE;
  /* Without them it would be an office without roads and people, which none is. */
  if (get_array (root, "roads") == NULL || get_array (root, "people") == NULL ||
      get_array (root, "assignments") == NULL)
    return set_not_ours (error, "roads and people");
  return take_tables (self, root, g_ascii_strtoll (rev, NULL, 10), error) &&
         take_objects (self, root, g_ascii_strtoll (rev, NULL, 10), error) &&
         take_people (self, root, error) && take_roads (self, root, error) &&
         take_settings (self, root, error) && take_streets (self, root, cancellable, error) &&
         lz_station_bump_revision (self->station, error) &&
         lz_station_set_setting (self->station, "reference_rev", rev, error) &&
         lz_station_reload (self->station, error);
}
