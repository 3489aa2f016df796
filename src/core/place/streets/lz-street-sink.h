/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-shape.h"
#include "lz-streets.h"

G_BEGIN_DECLS

/* Private to place/: what the readers of the formats share.  A reader gathers the tags of a thing
 * and its geometry and hands both to the sink, which decides what it is and keeps or counts it. */

typedef enum
{
  LZ_TAG_NAME,
  LZ_TAG_NAME_ZH,
  LZ_TAG_HIGHWAY,
  LZ_TAG_WATERWAY,
  LZ_TAG_NATURAL,
  LZ_TAG_RAILWAY,
  LZ_TAG_BUILDING,
  LZ_TAG_LANDUSE,
  LZ_TAG_LEISURE,
  LZ_TAG_PLACE,
  LZ_TAG_AMENITY,
  LZ_TAG_FCLASS, /* one column for all kinds: fclass, class, type */
  LZ_TAG_AREA,
  LZ_TAG_ONEWAY,
  LZ_TAG_JUNCTION,
  LZ_TAG_BRIDGE,
  LZ_TAG_LAYER,
  LZ_TAG_TYPE, /* of a relation; elsewhere the last resort for a class */
  LZ_TAG_OSM_ID,
  LZ_N_TAGS,
} LzTag;

/**
 * LzStreetTags:
 * @values: (nullable): each tag's value
 * @n: how many tags there were in all, ours or not
 * @has_class: the source says what things are, even if not of this one
 */
typedef struct
{
  char *values[LZ_N_TAGS];
  guint n;
  gboolean has_class;
} LzStreetTags;

void lz_street_tags_set (LzStreetTags *self, const char *key, const char *value);
void lz_street_tags_set_hstore (LzStreetTags *self, const char *text);
void lz_street_tags_clear (LzStreetTags *self);

LzSkip lz_street_tags_classify (const LzStreetTags *self, LzShape shape, LzStreetClass *cls);
int lz_street_tags_get_oneway (const LzStreetTags *self);
gboolean lz_street_tags_get_bridge (const LzStreetTags *self);
int lz_street_tags_get_layer (const LzStreetTags *self);
char *lz_street_tags_dup_name (const LzStreetTags *self);

/**
 * LzStreetSink:
 * @streets: (element-type LzStreet): what was taken in
 * @skipped: how often each reason occurred
 * @is_osm: the data is OpenStreetMap's
 * @area: (nullable): what was taken in last, if it may have holes
 */
typedef struct
{
  GPtrArray *streets;
  guint skipped[LZ_N_SKIPS];
  gboolean is_osm;
  LzStreet *area;
} LzStreetSink;

void lz_street_sink_add (LzStreetSink *self,
                         const LzStreetTags *tags,
                         gint64 source_id,
                         LzShape shape,
                         const LzPoint *points,
                         guint n);
char *lz_skip_dup_line (LzSkip why, guint n);

/* The readers.  @bytes must not be empty. */
gboolean lz_osm_read (GBytes *bytes, LzStreetSink *sink, GCancellable *cancellable, GError **error);
gboolean
lz_geojson_read (GBytes *bytes, LzStreetSink *sink, GCancellable *cancellable, GError **error);
gboolean
lz_gpkg_read (const char *path, LzStreetSink *sink, GCancellable *cancellable, GError **error);
gboolean
lz_gpkg_read_bytes (GBytes *bytes, LzStreetSink *sink, GCancellable *cancellable, GError **error);

G_END_DECLS
