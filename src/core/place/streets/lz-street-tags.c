/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-street-sink.h"

#include <string.h>

/* A name longer than OpenStreetMap allows is damage. */
#define MAX_NAME_CHARS 255

#define MAX_LAYER 10

typedef struct
{
  const char *key;
  LzTag tag;
} TagName;

/* The first found of two names for the same tag wins. */
static const TagName tag_names[] = {
  { "name", LZ_TAG_NAME },
  { "name:zh", LZ_TAG_NAME_ZH },
  { "name:zh-Hans", LZ_TAG_NAME_ZH },
  { "name_zh", LZ_TAG_NAME_ZH },
  { "road_name", LZ_TAG_NAME },
  { "名称", LZ_TAG_NAME },
  { "道路名称", LZ_TAG_NAME },
  { "路名", LZ_TAG_NAME },
  { "highway", LZ_TAG_HIGHWAY },
  { "waterway", LZ_TAG_WATERWAY },
  { "natural", LZ_TAG_NATURAL },
  { "railway", LZ_TAG_RAILWAY },
  { "building", LZ_TAG_BUILDING },
  { "landuse", LZ_TAG_LANDUSE },
  { "leisure", LZ_TAG_LEISURE },
  { "place", LZ_TAG_PLACE },
  { "amenity", LZ_TAG_AMENITY },
  { "fclass", LZ_TAG_FCLASS },
  { "class", LZ_TAG_FCLASS },
  { "road_class", LZ_TAG_FCLASS },
  { "道路等级", LZ_TAG_FCLASS },
  { "oneway", LZ_TAG_ONEWAY },
  { "area", LZ_TAG_AREA },
  { "junction", LZ_TAG_JUNCTION },
  { "bridge", LZ_TAG_BRIDGE },
  { "layer", LZ_TAG_LAYER },
  { "type", LZ_TAG_TYPE },
  { "osm_id", LZ_TAG_OSM_ID },
  { "osm_way_id", LZ_TAG_OSM_ID },
};

typedef struct
{
  const char *value;
  LzStreetClass cls;
} ClassName;

/* A pedestrian street is a street of the city to those who keep it in order, not a path. */
static const ClassName highways[] = {
  { "motorway", LZ_STREET_MOTORWAY },
  { "motorway_link", LZ_STREET_MOTORWAY },
  { "trunk", LZ_STREET_TRUNK },
  { "trunk_link", LZ_STREET_TRUNK },
  { "primary", LZ_STREET_PRIMARY },
  { "primary_link", LZ_STREET_PRIMARY },
  { "secondary", LZ_STREET_SECONDARY },
  { "secondary_link", LZ_STREET_SECONDARY },
  { "tertiary", LZ_STREET_TERTIARY },
  { "tertiary_link", LZ_STREET_TERTIARY },
  { "residential", LZ_STREET_RESIDENTIAL },
  { "unclassified", LZ_STREET_RESIDENTIAL },
  { "living_street", LZ_STREET_RESIDENTIAL },
  { "pedestrian", LZ_STREET_RESIDENTIAL },
  { "road", LZ_STREET_RESIDENTIAL },
  { "service", LZ_STREET_SERVICE },
  { "services", LZ_STREET_SERVICE },
  { "busway", LZ_STREET_SERVICE },
  { "footway", LZ_STREET_PATH },
  { "cycleway", LZ_STREET_PATH },
  { "path", LZ_STREET_PATH },
  { "steps", LZ_STREET_PATH },
  { "track", LZ_STREET_PATH },
  { "bridleway", LZ_STREET_PATH },
  { "快速路", LZ_STREET_TRUNK },
  { "主干路", LZ_STREET_PRIMARY },
  { "主干道", LZ_STREET_PRIMARY },
  { "次干路", LZ_STREET_SECONDARY },
  { "次干道", LZ_STREET_SECONDARY },
  { "支路", LZ_STREET_TERTIARY },
  { "背街小巷", LZ_STREET_SERVICE },
};

static const char *const not_built[] = {
  "construction", "proposed", "planned", "abandoned", "disused", "razed", "demolished",
};

static const ClassName waterways[] = {
  { "river", LZ_STREET_RIVER },  { "canal", LZ_STREET_RIVER },  { "stream", LZ_STREET_STREAM },
  { "ditch", LZ_STREET_STREAM }, { "drain", LZ_STREET_STREAM },
};

static const ClassName railways[] = {
  { "rail", LZ_STREET_RAIL }, { "light_rail", LZ_STREET_RAIL }, { "subway", LZ_STREET_RAIL },
  { "tram", LZ_STREET_RAIL }, { "monorail", LZ_STREET_RAIL },   { "narrow_gauge", LZ_STREET_RAIL },
};

/* Values of natural, waterway, landuse and leisure that mean an area; no two keys use one value
 * for different things. */
static const ClassName areas[] = {
  { "water", LZ_STREET_WATER_AREA },         { "riverbank", LZ_STREET_WATER_AREA },
  { "dock", LZ_STREET_WATER_AREA },          { "reservoir", LZ_STREET_WATER_AREA },
  { "basin", LZ_STREET_WATER_AREA },         { "wood", LZ_STREET_GREEN_AREA },
  { "grassland", LZ_STREET_GREEN_AREA },     { "scrub", LZ_STREET_GREEN_AREA },
  { "heath", LZ_STREET_GREEN_AREA },         { "grass", LZ_STREET_GREEN_AREA },
  { "forest", LZ_STREET_GREEN_AREA },        { "meadow", LZ_STREET_GREEN_AREA },
  { "village_green", LZ_STREET_GREEN_AREA }, { "recreation_ground", LZ_STREET_GREEN_AREA },
  { "orchard", LZ_STREET_GREEN_AREA },       { "cemetery", LZ_STREET_GREEN_AREA },
  { "park", LZ_STREET_GREEN_AREA },          { "garden", LZ_STREET_GREEN_AREA },
  { "golf_course", LZ_STREET_GREEN_AREA },   { "nature_reserve", LZ_STREET_GREEN_AREA },
};

static const ClassName places[] = {
  { "city", LZ_STREET_PLACE_CITY },
  { "town", LZ_STREET_PLACE_TOWN },
  { "suburb", LZ_STREET_PLACE_SUBURB },
  { "quarter", LZ_STREET_PLACE_SUBURB },
  { "neighbourhood", LZ_STREET_PLACE_SUBURB },
  { "borough", LZ_STREET_PLACE_SUBURB },
  { "village", LZ_STREET_PLACE_VILLAGE },
  { "hamlet", LZ_STREET_PLACE_VILLAGE },
  { "locality", LZ_STREET_PLACE_VILLAGE },
  { "isolated_dwelling", LZ_STREET_PLACE_VILLAGE },
};

/**
 * lz_street_tags_set:
 * @self: the tags of one thing
 * @key: a tag's key or a column's name
 * @value: (nullable): its value
 *
 * Keeps the value if it is one of those that matter; upper and lower case of the key are the same.
 * A column without a value here still tells that the source has it.
 */
void
lz_street_tags_set (LzStreetTags *self, const char *key, const char *value)
{
  gboolean is_set = value != NULL && value[0] != '\0';

  self->n += (guint) is_set;
  for (guint i = 0; i < G_N_ELEMENTS (tag_names); i++)
    if (g_ascii_strcasecmp (key, tag_names[i].key) == 0)
      {
        LzTag tag = tag_names[i].tag;

        if ((tag >= LZ_TAG_HIGHWAY && tag <= LZ_TAG_FCLASS) || tag == LZ_TAG_TYPE)
          self->has_class = TRUE;
        if (is_set && self->values[tag] == NULL)
          self->values[tag] = g_strdup (value);
        return;
      }
}

/* Reads one quoted text of a hstore; leaves *@at behind it. */
static char *
read_quoted (const char **at)
{
  GString *text;
  const char *p = strchr (*at, '"');

  if (p == NULL)
    return NULL;

  text = g_string_new (NULL);
  for (p++; *p != '\0' && *p != '"'; p++)
    {
      if (*p == '\\' && p[1] != '\0')
        p++;
      g_string_append_c (text, *p);
    }
  *at = *p == '"' ? p + 1 : p;
  return g_string_free (text, FALSE);
}

/**
 * lz_street_tags_set_hstore:
 * @self: the tags of one thing
 * @text: more tags as GDAL writes the column other_tags: "key"=>"value","key"=>"value"
 */
void
lz_street_tags_set_hstore (LzStreetTags *self, const char *text)
{
  const char *at = text;

  for (;;)
    {
      g_autofree char *key = read_quoted (&at);
      g_autofree char *value = key != NULL ? read_quoted (&at) : NULL;

      if (value == NULL)
        return;
      lz_street_tags_set (self, key, value);
    }
}

/**
 * lz_street_tags_clear:
 * @self: tags
 *
 * Frees the values; @self is then ready for the next thing.
 */
void
lz_street_tags_clear (LzStreetTags *self)
{
  for (guint i = 0; i < LZ_N_TAGS; i++)
    g_clear_pointer (&self->values[i], g_free);
  self->n = 0;
  self->has_class = FALSE;
}

static gboolean
find_class (const ClassName *table, guint n, const char *value, LzStreetClass *cls)
{
  for (guint i = 0; value != NULL && i < n; i++)
    if (strcmp (table[i].value, value) == 0)
      {
        *cls = table[i].cls;
        return TRUE;
      }

  return FALSE;
}

static gboolean
is_one_of (const char *value, const char *const *list, guint n)
{
  for (guint i = 0; value != NULL && i < n; i++)
    if (strcmp (value, list[i]) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
is_yes (const char *value)
{
  return value != NULL && strcmp (value, "no") != 0 && strcmp (value, "0") != 0 &&
         g_ascii_strcasecmp (value, "false") != 0 && strcmp (value, "F") != 0;
}

static LzSkip
classify_point (const LzStreetTags *self, LzStreetClass *cls)
{
  char *const *v = self->values;

  if (v[LZ_TAG_NAME] == NULL && v[LZ_TAG_NAME_ZH] == NULL)
    return LZ_SKIP_OTHER_KIND;
  if (find_class (places, G_N_ELEMENTS (places), v[LZ_TAG_PLACE], cls) ||
      find_class (places, G_N_ELEMENTS (places), v[LZ_TAG_FCLASS], cls))
    return LZ_SKIP_NONE;
  if (v[LZ_TAG_AMENITY] == NULL && g_strcmp0 (v[LZ_TAG_RAILWAY], "station") != 0)
    return LZ_SKIP_OTHER_KIND;

  *cls = LZ_STREET_POI;
  return LZ_SKIP_NONE;
}

static gboolean
classify_area (const LzStreetTags *self, LzStreetClass *cls)
{
  static const LzTag keys[] = { LZ_TAG_NATURAL, LZ_TAG_WATERWAY, LZ_TAG_LANDUSE, LZ_TAG_LEISURE,
                                LZ_TAG_FCLASS };

  if (is_yes (self->values[LZ_TAG_BUILDING]) ||
      g_strcmp0 (self->values[LZ_TAG_FCLASS], "building") == 0)
    {
      *cls = LZ_STREET_BUILDING;
      return TRUE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (find_class (areas, G_N_ELEMENTS (areas), self->values[keys[i]], cls))
      return TRUE;

  return FALSE;
}

/* One column for all kinds, as Geofabrik and many offices write it; track_grade1 and the like count
 * as what stands before the underscore. */
static LzSkip
classify_line_by_word (const char *word, LzStreetClass *cls)
{
  const char *grade = strstr (word, "_grade");
  g_autofree char *stem =
      grade != NULL ? g_strndup (word, (gsize) (grade - word)) : g_ascii_strdown (word, -1);

  if (find_class (highways, G_N_ELEMENTS (highways), stem, cls) ||
      find_class (waterways, G_N_ELEMENTS (waterways), stem, cls) ||
      find_class (railways, G_N_ELEMENTS (railways), stem, cls))
    return LZ_SKIP_NONE;
  return is_one_of (stem, not_built, G_N_ELEMENTS (not_built)) ? LZ_SKIP_NOT_BUILT
                                                               : LZ_SKIP_OTHER_KIND;
}

static LzSkip
classify_line (const LzStreetTags *self, LzStreetClass *cls)
{
  char *const *v = self->values;

  if (v[LZ_TAG_HIGHWAY] != NULL)
    {
      LzSkip why = classify_line_by_word (v[LZ_TAG_HIGHWAY], cls);

      /* The outline of a square is no street: its length would be the way around it. */
      if (why == LZ_SKIP_NONE && is_yes (v[LZ_TAG_AREA]))
        *cls = LZ_STREET_PATH;
      return why;
    }
  if (find_class (waterways, G_N_ELEMENTS (waterways), v[LZ_TAG_WATERWAY], cls) ||
      find_class (railways, G_N_ELEMENTS (railways), v[LZ_TAG_RAILWAY], cls))
    return LZ_SKIP_NONE;
  if (v[LZ_TAG_FCLASS] != NULL)
    return classify_line_by_word (v[LZ_TAG_FCLASS], cls);
  if (v[LZ_TAG_TYPE] != NULL)
    return classify_line_by_word (v[LZ_TAG_TYPE], cls);
  if (is_one_of (v[LZ_TAG_RAILWAY], not_built, G_N_ELEMENTS (not_built)))
    return LZ_SKIP_NOT_BUILT;
  return LZ_SKIP_OTHER_KIND;
}

/**
 * lz_street_tags_classify:
 * @self: the tags of one thing
 * @shape: what its geometry is
 * @cls: (out): what it is on the street map
 *
 * A line with a name and nothing else that says what it is counts as a street: such files hold
 * nothing but streets.
 *
 * Returns: %LZ_SKIP_NONE, or why it is left out
 */
LzSkip
lz_street_tags_classify (const LzStreetTags *self, LzShape shape, LzStreetClass *cls)
{
  LzSkip why;

  if (shape == LZ_SHAPE_POINT)
    return classify_point (self, cls);

  why = shape == LZ_SHAPE_LINE ? classify_line (self, cls) : LZ_SKIP_OTHER_KIND;
  if (why == LZ_SKIP_NONE || why == LZ_SKIP_NOT_BUILT)
    return why;
  if (classify_area (self, cls))
    return LZ_SKIP_NONE;
  if (shape == LZ_SHAPE_AREA || self->has_class || self->values[LZ_TAG_NAME] == NULL)
    return LZ_SKIP_OTHER_KIND;

  *cls = LZ_STREET_RESIDENTIAL;
  return LZ_SKIP_NONE;
}

/**
 * lz_street_tags_get_oneway:
 * @self: tags
 *
 * Returns: 1 along the line, -1 against, 0 both ways
 */
int
lz_street_tags_get_oneway (const LzStreetTags *self)
{
  const char *oneway = self->values[LZ_TAG_ONEWAY];

  if (oneway == NULL)
    return g_strcmp0 (self->values[LZ_TAG_JUNCTION], "roundabout") == 0 ||
           g_strcmp0 (self->values[LZ_TAG_HIGHWAY], "motorway") == 0;
  if (strcmp (oneway, "-1") == 0 || strcmp (oneway, "reverse") == 0 || strcmp (oneway, "T") == 0)
    return -1;
  return strcmp (oneway, "yes") == 0 || strcmp (oneway, "1") == 0 ||
         strcmp (oneway, "F") == 0 || /* Geofabrik: F along, T against, B both */
         g_ascii_strcasecmp (oneway, "true") == 0;
}

/**
 * lz_street_tags_get_bridge:
 * @self: tags
 *
 * Returns: whether it is a bridge
 */
gboolean
lz_street_tags_get_bridge (const LzStreetTags *self)
{
  return is_yes (self->values[LZ_TAG_BRIDGE]);
}

/**
 * lz_street_tags_get_layer:
 * @self: tags
 *
 * Returns: which level of a crossing it is on, 0 if nothing sensible is said
 */
int
lz_street_tags_get_layer (const LzStreetTags *self)
{
  gint64 layer;

  if (self->values[LZ_TAG_LAYER] == NULL)
    return 0;

  layer = g_ascii_strtoll (self->values[LZ_TAG_LAYER], NULL, 10);
  return (int) CLAMP (layer, -MAX_LAYER, MAX_LAYER);
}

/**
 * lz_street_tags_dup_name:
 * @self: tags
 *
 * Returns: (transfer full) (nullable): the name, composed (NFC), without control characters and
 *   spaces around; %NULL if there is none
 */
char *
lz_street_tags_dup_name (const LzStreetTags *self)
{
  const char *raw = self->values[LZ_TAG_NAME];
  g_autofree char *cut = NULL;
  char *name;

  if (raw == NULL)
    raw = self->values[LZ_TAG_NAME_ZH];
  if (raw == NULL || !g_utf8_validate (raw, -1, NULL))
    return NULL;

  if (g_utf8_strlen (raw, -1) > MAX_NAME_CHARS)
    raw = cut = g_utf8_substring (raw, 0, MAX_NAME_CHARS);

  name = g_utf8_normalize (raw, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  for (char *p = name; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p))
      *p = ' ';
  g_strstrip (name);
  if (name[0] == '\0')
    g_clear_pointer (&name, g_free);
  return name;
}
