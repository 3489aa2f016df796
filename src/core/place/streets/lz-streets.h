/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-line.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LzStreetClass:
 *
 * What a line or area of the street map is; the order is the order of drawing, areas first.
 * The numbers are stored: append only.
 */
typedef enum
{
  LZ_STREET_WATER_AREA = 1,
  LZ_STREET_GREEN_AREA = 2,
  LZ_STREET_BUILDING = 3,
  LZ_STREET_RIVER = 10,
  LZ_STREET_STREAM = 11,
  LZ_STREET_PATH = 20,    /* footway, cycleway, steps, track */
  LZ_STREET_SERVICE = 21, /* service, alley */
  LZ_STREET_RESIDENTIAL = 22,
  LZ_STREET_TERTIARY = 23,
  LZ_STREET_SECONDARY = 24,
  LZ_STREET_PRIMARY = 25,
  LZ_STREET_TRUNK = 26,
  LZ_STREET_MOTORWAY = 27,
  LZ_STREET_RAIL = 30,
  LZ_STREET_PLACE_CITY = 40, /* one point, named */
  LZ_STREET_PLACE_TOWN = 41,
  LZ_STREET_PLACE_SUBURB = 42,
  LZ_STREET_PLACE_VILLAGE = 43,
  LZ_STREET_POI = 44,
} LzStreetClass;

/**
 * LzStreet:
 * @source_id: id in the source (OSM way id), 0 if none
 * @cls: what it is
 * @name: (nullable)
 * @oneway: 1 along the line, -1 against, 0 both ways
 * @bridge: drawn above
 * @layer: OSM layer
 * @line: its geometry; an area's outer ring (closed), a place's single point
 * @holes: (nullable) (element-type LzLine): rings within an area that are not of it
 *
 * One piece of the street map as imported.
 */
typedef struct
{
  gint64 source_id;
  LzStreetClass cls;
  char *name;
  int oneway;
  gboolean bridge;
  int layer;
  LzLine *line;
  GPtrArray *holes;
} LzStreet;

LzStreet *lz_street_new (LzStreetClass cls, const char *name, LzLine *line);
void lz_street_free (LzStreet *self);
/* @ring: (transfer full): closed */
void lz_street_add_hole (LzStreet *self, LzLine *ring);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzStreet, lz_street_free)

static inline gboolean
lz_street_class_is_road (LzStreetClass cls)
{
  return cls >= LZ_STREET_SERVICE && cls <= LZ_STREET_MOTORWAY;
}

/**
 * LzRoadShape:
 * @name: the street's name
 * @cls: the highest class among its pieces
 * @from_name: (nullable): street that crosses at its start
 * @to_name: (nullable): street that crosses at its end
 * @length_m: along @line
 * @line: chained pieces; of a dual carriageway one side's, so that it is counted once
 * @parts: (element-type LzLine): every piece, for drawing
 * @dual: pieces of both carriageways were found
 *
 * A road made of the connected pieces of one named street.
 */
typedef struct
{
  char *name;
  LzStreetClass cls;
  char *from_name;
  char *to_name;
  double length_m;
  LzLine *line;
  GPtrArray *parts;
  gboolean dual;
} LzRoadShape;

void lz_road_shape_free (LzRoadShape *self);

/**
 * LzImportReport:
 * @n_streets: pieces taken in
 * @n_roads: roads joined of them
 * @length_m: of all roads
 * @skipped: (element-type utf8): what was left out and why, one line for each kind of reason with
 *   its count, translated
 * @attribution: (nullable): whom to name on the map
 */
typedef struct
{
  guint n_streets;
  guint n_roads;
  double length_m;
  GPtrArray *skipped;
  char *attribution;
} LzImportReport;

LzImportReport *lz_import_report_new (void);
void lz_import_report_free (LzImportReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzImportReport, lz_import_report_free)

/* Reads OSM XML (.osm), GeoJSON or GeoPackage by content, gzip-compressed or not.  Gives an array
 * of LzStreet.  Blocks. */
GPtrArray *lz_streets_read (const char *path,
                            LzImportReport *report,
                            GCancellable *cancellable,
                            GError **error);
GPtrArray *lz_streets_read_bytes (GBytes *bytes,
                                  LzImportReport *report,
                                  GCancellable *cancellable,
                                  GError **error);

/* Joins named pieces into roads: array of LzRoadShape.  Adds to @report. */
GPtrArray *lz_streets_join (GPtrArray *streets, LzImportReport *report);

G_END_DECLS
