/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-records.h"
#include "lz-routes.h"
#include "lz-wire.h"

#include <glib/gi18n-lib.h>

/* clang-format off */
static const struct
{
  const char *name;
  const char *label;
} sources[] = {
  [LZ_ROUTE_CATALOGUE] = { "catalogue", N_("The plan's lead unit") },
  [LZ_ROUTE_SERVER] = { "server", N_("The city's routing") },
  [LZ_ROUTE_OFFICE] = { "office", N_("The office's own") },
};
/* clang-format on */

const char *
lz_route_source_to_string (LzRouteSource source)
{
  g_return_val_if_fail ((guint) source < G_N_ELEMENTS (sources), NULL);

  return sources[source].name;
}

const char *
lz_route_source_label (LzRouteSource source)
{
  g_return_val_if_fail ((guint) source < G_N_ELEMENTS (sources), NULL);

  return _ (sources[source].label);
}

void
lz_route_free (LzRoute *self)
{
  if (self == NULL)
    return;

  g_free (self->category);
  g_free (self->unit);
  g_free (self->assist);
  g_free (self);
}

/* What the server gave, parsed; NULL without @error: nothing. */
static JsonNode *
load_part (LzStation *station, const char *name, GError **error)
{
  g_autoptr (GBytes) content = NULL;
  g_autoptr (JsonParser) parser = NULL;
  const char *text;
  gsize size;

  if (!lz_station_find_reference (station, name, &content, error) || content == NULL)
    return NULL;
  parser = json_parser_new ();
  text = g_bytes_get_data (content, &size);
  if (!json_parser_load_from_data (parser, text, (gssize) size, error))
    {
      g_prefix_error (error, "%s: ", name);
      return NULL;
    }
  return json_node_copy (json_parser_get_root (parser));
}

static void
add_unit_names (GHashTable *names, JsonObject *unit)
{
  JsonArray *aliases = NULL;

  if (json_object_has_member (unit, "id"))
    g_hash_table_add (names, g_strdup (json_object_get_string_member (unit, "id")));
  if (json_object_has_member (unit, "name"))
    g_hash_table_add (names, g_strdup (json_object_get_string_member (unit, "name")));
  if (json_object_has_member (unit, "aliases"))
    aliases = json_object_get_array_member (unit, "aliases");
  for (guint i = 0; aliases != NULL && i < json_array_get_length (aliases); i++)
    g_hash_table_add (names, g_strdup (json_array_get_string_element (aliases, i)));
}

/* The table of routes while it is looked at: the server's parts are parsed once. */
typedef struct
{
  LzStation *station;
  JsonNode *routing; /* nullable */
  GHashTable *units; /* set of names; empty = the server names none */
} Table;

static void
table_clear (Table *self)
{
  g_clear_pointer (&self->routing, json_node_unref);
  g_clear_pointer (&self->units, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Table, table_clear)

static gboolean
table_init (Table *self, LzStation *station, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (JsonNode) units = load_part (station, "units.json", &failure);
  JsonArray *list =
      units != NULL && JSON_NODE_HOLDS_ARRAY (units) ? json_node_get_array (units) : NULL;

  self->station = station;
  self->units = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (list, i)))
      add_unit_names (self->units, json_array_get_object_element (list, i));
  if (failure == NULL)
    self->routing = load_part (station, "routing.json", &failure);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static char *
dup_or_null (const char *text)
{
  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

/* FALSE with @error unset: the office says nothing about it. */
static gboolean
ask_office (Table *table, const char *category, LzRoute *route, GError **error)
{
  LzId id = lz_records_make_id (lz_station_get_feed (table->station), LZ_RECORD_ROUTE, category);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzRecord) record = lz_records_load (table->station, &id, &failure);

  if (record == NULL)
    {
      if (!g_error_matches (failure, LZ_ERROR, LZ_ERROR_NOT_FOUND))
        g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (lz_record_get_text (record, "unit") == NULL)
    return FALSE;
  route->source = LZ_ROUTE_OFFICE;
  route->unit = dup_or_null (lz_record_get_text (record, "unit"));
  route->assist = dup_or_null (lz_record_get_text (record, "assist"));
  return TRUE;
}

static gboolean
ask_server (Table *table, const char *category, LzRoute *route)
{
  const char *unit;

  if (table->routing == NULL || !JSON_NODE_HOLDS_OBJECT (table->routing))
    return FALSE;
  unit = json_object_get_string_member_with_default (json_node_get_object (table->routing),
                                                     category, NULL);
  if (unit == NULL)
    return FALSE;
  route->source = LZ_ROUTE_SERVER;
  route->unit = dup_or_null (unit);
  return TRUE;
}

static LzRoute *
find_route (Table *table, const char *code, GError **error)
{
  g_autoptr (LzRoute) route = g_new0 (LzRoute, 1);
  g_autoptr (GError) failure = NULL;
  const LzCategory *category = lz_catalogue_find (lz_station_get_catalogue (table->station), code);

  route->category = g_strdup (code);
  if (!ask_office (table, code, route, &failure))
    {
      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return NULL;
        }
      if (!ask_server (table, code, route) && category != NULL)
        route->unit = dup_or_null (category->lead_unit);
    }
  route->known = route->unit != NULL && (g_hash_table_size (table->units) == 0 ||
                                         g_hash_table_contains (table->units, route->unit));
  return g_steal_pointer (&route);
}

/**
 * lz_routes_find:
 * @station: a station
 * @category: code of a category
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (nullable): which unit handles it; its unit is %NULL where none does
 */
LzRoute *
lz_routes_find (LzStation *station, const char *category, GError **error)
{
  g_auto (Table) table = { 0 };

  return table_init (&table, station, error) ? find_route (&table, category, error) : NULL;
}

/**
 * lz_routes_list:
 * @station: a station
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (nullable) (element-type LzRoute): one for each category, in the order
 * of the catalogue
 */
GPtrArray *
lz_routes_list (LzStation *station, GError **error)
{
  const LzCatalogue *catalogue = lz_station_get_catalogue (station);
  g_autoptr (GPtrArray) routes = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_route_free);
  g_auto (Table) table = { 0 };

  if (!table_init (&table, station, error))
    return NULL;
  for (guint i = 0; i < lz_catalogue_get_n_categories (catalogue); i++)
    {
      LzRoute *route = find_route (&table, lz_catalogue_get_category (catalogue, i)->code, error);

      if (route == NULL)
        return NULL;
      g_ptr_array_add (routes, route);
    }
  return g_steal_pointer (&routes);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/**
 * lz_routes_list_units:
 * @station: a station
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (nullable) (element-type utf8): the names by which the server knows
 * units, sorted; empty where it names none
 */
GPtrArray *
lz_routes_list_units (LzStation *station, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_auto (Table) table = { 0 };
  GHashTableIter iter;
  const char *name;

  if (!table_init (&table, station, error))
    return NULL;
  g_hash_table_iter_init (&iter, table.units);
  while (g_hash_table_iter_next (&iter, (gpointer *) &name, NULL))
    g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return g_steal_pointer (&names);
}

static gboolean
names_unit (JsonObject *unit, const char *name)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  add_unit_names (names, unit);
  return g_hash_table_contains (names, name);
}

static void
append_unit_names (GString *json, JsonObject *unit)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  const char *name;

  add_unit_names (names, unit);
  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, (gpointer *) &name, NULL))
    {
      g_string_append_c (json, json->len > 1 ? ',' : '[');
      lz_json_append_string (json, name);
    }
}

/**
 * lz_routes_dup_unit_names:
 * @station: a station
 * @unit: a unit's id, its name, or another name of it
 * @error: (nullable): return location
 *
 * An account belongs to a unit by its id, while a case is with whom the dispatch names: what the
 * server says of units brings both together.
 *
 * Returns: (transfer full) (nullable): all names of the unit, @unit among them, as a JSON array
 */
char *
lz_routes_dup_unit_names (LzStation *station, const char *unit, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (JsonNode) units = load_part (station, "units.json", &failure);
  JsonArray *list =
      units != NULL && JSON_NODE_HOLDS_ARRAY (units) ? json_node_get_array (units) : NULL;
  g_autoptr (GString) json = g_string_new (NULL);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    if (JSON_NODE_HOLDS_OBJECT (json_array_get_element (list, i)) &&
        names_unit (json_array_get_object_element (list, i), unit))
      append_unit_names (json, json_array_get_object_element (list, i));
  if (json->len == 0)
    {
      g_string_append_c (json, '[');
      lz_json_append_string (json, unit);
    }
  g_string_append_c (json, ']');
  return g_string_free (g_steal_pointer (&json), FALSE);
}
