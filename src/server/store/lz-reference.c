/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-calendar.h"
#include "lz-catalogue.h"
#include "lz-data.h"
#include "lz-divisions.h"
#include "lz-reference.h"
#include "lz-streets.h"
#include "lz-wire.h"

#include <json-glib/json-glib.h>
#include <string.h>

/* More than any part has. */
#define MAX_DEPTH 64

static const char *const tables[] = { "catalogue", "tasks", "calendar", "divisions", NULL };
static const char *const objects[] = { "routing", "settings", "units", NULL };

gboolean
lz_reference_is_table (const char *part)
{
  return g_strv_contains (tables, part);
}

gboolean
lz_reference_is_part (const char *part)
{
  return lz_reference_is_table (part) || g_strv_contains (objects, part);
}

gboolean
lz_feed_name_is_valid (const char *feed)
{
  const char *rest = g_str_has_prefix (feed, "unit:") ? feed + 5 : NULL;

  if (rest == NULL)
    return strlen (feed) == 9 && strspn (feed, "0123456789") == 9;
  return *rest != '\0' && strlen (rest) <= 32 &&
         strspn (rest, "abcdefghijklmnopqrstuvwxyz0123456789_-") == strlen (rest);
}

static gboolean
set_invalid (GError **error, const char *part, const char *what)
{
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "%s: %s", part, what);
  return FALSE;
}

/* Categories and tasks are read together; the one that is not being put is the one in force. */
static gboolean
check_catalogue (LzServerStore *store, const char *part, GBytes *content, GError **error)
{
  gboolean is_tasks = g_str_equal (part, "tasks");
  g_autoptr (GBytes) other =
      lz_server_store_get_part (store, is_tasks ? "catalogue" : "tasks", NULL, error);
  g_autoptr (LzCatalogue) catalogue = NULL;

  if (other == NULL)
    other = lz_data_lookup (is_tasks ? "catalogue/catalogue.tsv" : "catalogue/tasks.tsv", error);
  if (other == NULL)
    return FALSE;
  catalogue = lz_catalogue_parse (is_tasks ? other : content, is_tasks ? content : other, error);
  return catalogue != NULL;
}

static gboolean
check_table (LzServerStore *store, const char *part, GBytes *content, GError **error)
{
  if (g_str_equal (part, "calendar"))
    {
      g_autoptr (LzCalendar) calendar = lz_calendar_new (480);

      return lz_calendar_load_tsv (calendar, content, error);
    }
  if (g_str_equal (part, "divisions"))
    {
      g_autoptr (LzDivisions) divisions = lz_divisions_parse (content, error);

      return divisions != NULL;
    }
  return check_catalogue (store, part, content, error);
}

static gboolean
is_text (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
         json_node_get_value_type (node) == G_TYPE_STRING;
}

static gboolean
check_unit (JsonNode *node, GError **error)
{
  g_autofree char *feed = NULL;
  JsonObject *unit;
  JsonNode *aliases;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return set_invalid (error, "units", "holds what is no object");
  unit = json_node_get_object (node);
  if (!is_text (json_object_get_member (unit, "id")) ||
      !is_text (json_object_get_member (unit, "name")))
    return set_invalid (error, "units", "one has no id or name");
  feed = g_strconcat ("unit:", json_object_get_string_member (unit, "id"), NULL);
  if (!lz_feed_name_is_valid (feed))
    return set_invalid (error, "units", "an id is not of a-z, 0-9, - and _");
  aliases = json_object_get_member (unit, "aliases");
  if (aliases == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_ARRAY (aliases))
    return set_invalid (error, "units", "aliases is no array");
  for (guint i = 0; i < json_array_get_length (json_node_get_array (aliases)); i++)
    if (!is_text (json_array_get_element (json_node_get_array (aliases), i)))
      return set_invalid (error, "units", "an alias is no text");
  return TRUE;
}

static gboolean
check_units (LzServerStore *store, JsonNode *root, GError **error)
{
  JsonArray *units;

  if (!JSON_NODE_HOLDS_ARRAY (root))
    return set_invalid (error, "units", "is no array");
  units = json_node_get_array (root);
  for (guint i = 0; i < json_array_get_length (units); i++)
    if (!check_unit (json_array_get_element (units, i), error))
      return FALSE;
  for (guint i = 0; i < json_array_get_length (units); i++)
    {
      JsonObject *unit = json_array_get_object_element (units, i);
      g_autofree char *feed =
          g_strconcat ("unit:", json_object_get_string_member (unit, "id"), NULL);

      if (!lz_server_store_add_feed (store, feed, json_object_get_string_member (unit, "name"),
                                     error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_object (LzServerStore *store, const char *part, GBytes *content, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  JsonObjectIter iter;
  const char *key;
  JsonNode *root, *node;
  gsize size;
  const char *text = g_bytes_get_data (content, &size);

  if (size > 1024 * 1024 || !lz_json_check (text, size, MAX_DEPTH) ||
      !json_parser_load_from_data (parser, text, (gssize) size, NULL))
    return set_invalid (error, part, "is no JSON");
  root = json_parser_get_root (parser);
  if (g_str_equal (part, "units"))
    return check_units (store, root, error);
  if (!JSON_NODE_HOLDS_OBJECT (root))
    return set_invalid (error, part, "is no object");
  json_object_iter_init (&iter, json_node_get_object (root));
  while (json_object_iter_next (&iter, &key, &node))
    if (!is_text (node))
      return set_invalid (error, part, "holds what is no text");
  return TRUE;
}

gboolean
lz_reference_put (LzServerStore *store,
                  const char *part,
                  GBytes *content,
                  gint64 *rev,
                  GError **error)
{
  gboolean ok = lz_reference_is_table (part) ? check_table (store, part, content, error)
                                             : check_object (store, part, content, error);

  return ok && lz_server_store_put_part (store, part, content, NULL, rev, error);
}

/* ------------------------------------------------------------------------------- roads */

static void
write_line (GString *out, const LzLine *line)
{
  g_string_append_c (out, '[');
  for (guint i = 0; i < line->n; i++)
    g_string_append_printf (out, "%s[%d,%d]", i > 0 ? "," : "", line->points[i].lat7,
                            line->points[i].lon7);
  g_string_append_c (out, ']');
}

static void
grow (LzServerRoad *road, const LzLine *line)
{
  for (guint i = 0; i < line->n; i++)
    {
      road->south7 = MIN (road->south7, line->points[i].lat7);
      road->north7 = MAX (road->north7, line->points[i].lat7);
      road->west7 = MIN (road->west7, line->points[i].lon7);
      road->east7 = MAX (road->east7, line->points[i].lon7);
    }
}

static void
write_end (GString *out, const char *key, const char *name)
{
  if (name == NULL)
    return;
  g_string_append_printf (out, ",\"%s\":", key);
  lz_json_append_string (out, name);
}

static LzServerRoad *
make_road (const LzRoadShape *shape)
{
  LzServerRoad *road = g_new0 (LzServerRoad, 1);
  GString *json = g_string_new ("\"name\":");
  char length[G_ASCII_DTOSTR_BUF_SIZE];

  road->name = g_strdup (shape->name);
  road->south7 = road->west7 = G_MAXINT32;
  road->north7 = road->east7 = G_MININT32;
  lz_json_append_string (json, shape->name);
  g_string_append_printf (json, ",\"grade\":%d", (int) shape->cls);
  write_end (json, "from", shape->from_name);
  write_end (json, "to", shape->to_name);
  g_string_append_printf (json, ",\"length_m\":%s,\"line\":",
                          g_ascii_formatd (length, sizeof length, "%.1f", shape->length_m));
  write_line (json, shape->line);
  grow (road, shape->line);
  g_string_append (json, ",\"parts\":[");
  for (guint i = 0; i < shape->parts->len; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      write_line (json, shape->parts->pdata[i]);
      grow (road, shape->parts->pdata[i]);
    }
  g_string_append_c (json, ']');
  road->json = g_string_free (json, FALSE);
  return road;
}

gboolean
lz_reference_put_roads (LzServerStore *store,
                        const char *feed,
                        GBytes *content,
                        guint *n_roads,
                        gint64 *rev,
                        GError **error)
{
  g_autoptr (LzImportReport) report = lz_import_report_new ();
  g_autoptr (GPtrArray) roads =
      g_ptr_array_new_with_free_func ((GDestroyNotify) lz_server_road_free);
  g_autoptr (GPtrArray) streets = NULL;
  g_autoptr (GPtrArray) shapes = NULL;

  if (!lz_server_store_get_feed (store, feed, NULL, NULL, error))
    return FALSE;
  streets = lz_streets_read_bytes (content, report, NULL, error);
  if (streets == NULL)
    return FALSE;
  shapes = lz_streets_join (streets, report);
  for (guint i = 0; i < shapes->len; i++)
    g_ptr_array_add (roads, make_road (shapes->pdata[i]));
  if (n_roads != NULL)
    *n_roads = roads->len;
  return lz_server_store_put_roads (store, feed, roads, content, report->attribution, rev, error);
}
