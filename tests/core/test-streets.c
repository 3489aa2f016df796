/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-error.h"
#include "lz-test-streets.h"

static const char osm_text[] =
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    "<osm version='0.6' generator='hand'>\n"
    /* Overpass writes ways before nodes. */
    " <way id='100'><nd ref='1'/><nd ref='2'/><nd ref='3'/>"
    "  <tag k='highway' v='primary'/><tag k='name' v=' 建设路 '/><tag k='oneway' v='yes'/>"
    "  <tag k='bridge' v='viaduct'/><tag k='layer' v='2'/></way>\n"
    " <node id='3' lat='28.3020' lon='117.2010'/>\n"
    " <node id='1' lat='28.3000' lon='117.2000'/>\n"
    " <node id='2' lat='28.3010' lon='117.2010'/>\n"
    " <node id='4' lat='28.3030' lon='117.2000'/>\n"
    " <node id='5' lat='28.3050' lon='117.2000'><tag k='place' v='village'/>"
    "  <tag k='name' v='东门村'/></node>\n"
    " <node id='6' lat='28.3051' lon='117.2000'><tag k='power' v='tower'/></node>\n"
    " <node id='7' lat='28.3052' lon='117.2000'><tag k='amenity' v='school'/>"
    "  <tag k='name' v='一中'/></node>\n"
    " <node id='8' lat='928' lon='117.2'/>\n"
    " <node id='9' lat='28.3' lon='117.2' visible='false'/>\n"
    " <way id='101'><nd ref='1'/><nd ref='77'/><nd ref='2'/><nd ref='3'/>"
    "  <tag k='highway' v='residential'/><tag k='name:zh' v='只有中文路'/></way>\n"
    " <way id='102'><nd ref='77'/><nd ref='78'/><tag k='highway' v='service'/></way>\n"
    " <way id='103'><nd ref='1'/><nd ref='2'/><tag k='highway' v='construction'/></way>\n"
    " <way id='104'><nd ref='1'/><nd ref='2'/><nd ref='3'/><nd ref='1'/>"
    "  <tag k='natural' v='water'/><tag k='name' v='小湖'/></way>\n"
    " <way id='105'><nd ref='1'/><nd ref='2'/><nd ref='3'/><tag k='leisure' v='park'/></way>\n"
    " <way id='106'><nd ref='1'/><nd ref='2'/><nd ref='3'/><nd ref='1'/>"
    "  <tag k='building' v='yes'/></way>\n"
    " <way id='107'><nd ref='1'/><nd ref='2'/><tag k='railway' v='rail'/></way>\n"
    " <way id='108'><nd ref='1'/><nd ref='2'/><tag k='waterway' v='stream'/></way>\n"
    " <way id='109'><nd ref='1'/><nd ref='2'/><tag k='power' v='line'/></way>\n"
    " <way id='110'><nd ref='1'/><nd ref='2'/><tag k='highway' v='footway'/></way>\n"
    " <way id='111'><nd ref='1'/><nd ref='2'/><tag k='highway' v='tertiary_link'/>"
    "  <tag k='oneway' v='-1'/><tag k='name' v='匝道'/></way>\n"
    " <way id='112'><nd ref='1'/><nd ref='2'/><nd ref='3'/><nd ref='1'/>"
    "  <tag k='highway' v='pedestrian'/><tag k='area' v='yes'/><tag k='name' v='广场'/></way>\n"
    " <way id='113' visible='false'><nd ref='1'/><nd ref='2'/><tag k='highway' "
    "v='primary'/></way>\n"
    " <way id='114'><nd ref='1'/><nd ref='2'/><tag k='name' v='无类'/></way>\n"
    /* An outline of two ways, one the wrong way round, and a hole. */
    " <way id='200'><nd ref='1'/><nd ref='2'/><nd ref='3'/></way>\n"
    " <way id='201'><nd ref='1'/><nd ref='4'/><nd ref='3'/></way>\n"
    " <relation id='300'><member type='way' ref='200' role='outer'/>"
    "  <member type='way' ref='201' role='outer'/><member type='way' ref='104' role='inner'/>"
    "  <tag k='type' v='multipolygon'/><tag k='landuse' v='forest'/><tag k='name' v='西林'/>"
    " </relation>\n"
    " <relation id='301'><member type='way' ref='200' role='outer'/>"
    "  <member type='way' ref='999' role='outer'/>"
    "  <tag k='type' v='multipolygon'/><tag k='natural' v='water'/></relation>\n"
    " <relation id='302'><member type='way' ref='200' role=''/><tag k='type' "
    "v='route'/></relation>\n"
    "</osm>\n";

static void
test_osm (void)
{
  g_autoptr (LzImportReport) report = lz_import_report_new ();
  g_autoptr (GPtrArray) streets = lz_test_read_text (osm_text, report);
  const LzStreet *street = lz_test_find_street (streets, "建设路");

  g_assert_cmpint (street->cls, ==, LZ_STREET_PRIMARY);
  g_assert_cmpint (street->source_id, ==, 100);
  g_assert_cmpint (street->oneway, ==, 1);
  g_assert_true (street->bridge);
  g_assert_cmpint (street->layer, ==, 2);
  g_assert_cmpuint (street->line->n, ==, 3);
  g_assert_cmpint (street->line->points[0].lat7, ==, 283000000);
  g_assert_cmpint (street->line->points[0].lon7, ==, 1172000000);

  street = lz_test_find_street (streets, "只有中文路");
  g_assert_cmpuint (street->line->n, ==, 2);
  g_assert_cmpint (street->line->points[0].lat7, ==, 283010000);

  street = lz_test_find_street (streets, "西林");
  g_assert_cmpint (street->cls, ==, LZ_STREET_GREEN_AREA);
  g_assert_cmpuint (street->line->n, ==, 5);
  g_assert_cmpint (street->line->points[0].lat7, ==, street->line->points[4].lat7);
  g_assert_cmpuint (street->holes->len, ==, 1);
  g_assert_cmpuint (((const LzLine *) street->holes->pdata[0])->n, ==, 4);

  g_assert_cmpint (lz_test_find_street (streets, "匝道")->oneway, ==, -1);
  g_assert_cmpint (lz_test_find_street (streets, "匝道")->cls, ==, LZ_STREET_TERTIARY);
  g_assert_cmpint (lz_test_find_street (streets, "广场")->cls, ==, LZ_STREET_PATH);
  g_assert_cmpint (lz_test_find_street (streets, "小湖")->cls, ==, LZ_STREET_WATER_AREA);
  g_assert_cmpint (lz_test_find_street (streets, "东门村")->cls, ==, LZ_STREET_PLACE_VILLAGE);
  g_assert_cmpint (lz_test_find_street (streets, "一中")->cls, ==, LZ_STREET_POI);
  g_assert_cmpuint (lz_test_count_class (streets, LZ_STREET_BUILDING), ==, 1);
  g_assert_cmpuint (lz_test_count_class (streets, LZ_STREET_RAIL), ==, 1);
  g_assert_cmpuint (lz_test_count_class (streets, LZ_STREET_STREAM), ==, 1);
  g_assert_cmpuint (streets->len, ==, 12);

  g_assert_cmpuint (report->n_streets, ==, 12);
  g_assert_cmpstr (report->attribution, ==, "© OpenStreetMap contributors");
  g_assert_true (lz_test_has_line (report->skipped, "1 thing without geometry"));
  g_assert_true (
      lz_test_has_line (report->skipped, "1 thing with coordinates that are no place on earth"));
  g_assert_true (
      lz_test_has_line (report->skipped, "1 line of which a part is not in the file (rest kept)"));
  g_assert_true (
      lz_test_has_line (report->skipped, "1 street that is planned, being built or given up"));
  g_assert_true (lz_test_has_line (report->skipped, "2 areas whose outline is not complete"));
  /* The tower, the power line, the way without a class and the route. */
  g_assert_true (
      lz_test_has_line (report->skipped, "4 things of kinds that the street map does not draw"));
  g_assert_cmpuint (report->skipped->len, ==, 6);
}

static void
test_geojson (void)
{
  static const char text[] =
      "{\"type\":\"FeatureCollection\",\"name\":\"roads\",\n"
      "\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:OGC:1.3:CRS84\"}},\n"
      "\"features\":[\n"
      "{\"type\":\"Feature\",\"properties\":{\"osm_id\":\"7\",\"name\":\"建设路 \\\"东\\\"\","
      "\"highway\":\"primary\",\"other_tags\":\"\\\"oneway\\\"=>\\\"yes\\\",\\\"bridge\\\"=>"
      "\\\"yes\\\"\"},\"geometry\":{\"type\":\"LineString\",\"coordinates\":"
      "[[117.2,28.3],[117.21,28.3,12.5]]}},\n"
      "{\"type\":\"Feature\",\"properties\":{\"NAME\":\"二路\",\"class\":\"次干道\",\"oneway\":"
      "true,"
      "\"layer\":-1},\"geometry\":{\"type\":\"MultiLineString\",\"coordinates\":"
      "[[[117.2,28.3],[117.21,28.31]],[[117.3,28.3],[117.31,28.31]]]}},\n"
      "{\"geometry\":{\"coordinates\":[[[117.2,28.3],[117.21,28.3],[117.21,28.31],[117.2,28.3]]],"
      "\"type\":\"Polygon\"},\"properties\":{\"natural\":\"water\"},\"type\":\"Feature\"},\n"
      "{\"type\":\"Feature\",\"properties\":{\"place\":\"town\",\"name\":\"滨江镇\"},"
      "\"geometry\":{\"type\":\"Point\",\"coordinates\":[117.2,28.3]}},\n"
      "{\"type\":\"Feature\",\"properties\":{\"name\":\"只有名\"},\"geometry\":"
      "{\"type\":\"GeometryCollection\",\"geometries\":[{\"type\":\"LineString\",\"coordinates\":"
      "[[117.2,28.3],[117.21,28.3]]}]}},\n"
      "{\"type\":\"Feature\",\"properties\":{\"name\":\"空\",\"highway\":null},\"geometry\":"
      "{\"type\":\"LineString\",\"coordinates\":[[117.2,28.3],[117.21,28.3]]}},\n"
      "{\"type\":\"Feature\",\"properties\":{\"name\":\"无\",\"highway\":\"primary\"},"
      "\"geometry\":null},\n"
      "{\"type\":\"Feature\",\"properties\":{\"name\":\"远\",\"highway\":\"primary\"},\"geometry\":"
      "{\"type\":\"LineString\",\"coordinates\":[[117.2,28.3],[1e999,28.3]]}},\n"
      "{\"type\":\"Feature\",\"properties\":null,\"geometry\":"
      "{\"type\":\"LineString\",\"coordinates\":[[117.2,28.3],[\"117\",28.3]]}}\n"
      "]}\n";
  g_autoptr (LzImportReport) report = lz_import_report_new ();
  g_autoptr (GPtrArray) streets = lz_test_read_text (text, report);
  const LzStreet *street = lz_test_find_street (streets, "建设路 \"东\"");

  g_assert_cmpint (street->source_id, ==, 7);
  g_assert_cmpint (street->oneway, ==, 1);
  g_assert_true (street->bridge);

  street = lz_test_find_street (streets, "二路");
  g_assert_cmpint (street->cls, ==, LZ_STREET_SECONDARY);
  g_assert_cmpint (street->oneway, ==, 1);
  g_assert_cmpint (street->layer, ==, -1);
  g_assert_cmpuint (lz_test_count_class (streets, LZ_STREET_SECONDARY), ==, 2);
  g_assert_cmpuint (lz_test_count_class (streets, LZ_STREET_WATER_AREA), ==, 1);
  g_assert_cmpuint (lz_test_count_class (streets, LZ_STREET_PLACE_TOWN), ==, 1);
  g_assert_cmpint (lz_test_find_street (streets, "只有名")->cls, ==, LZ_STREET_RESIDENTIAL);
  g_assert_cmpuint (streets->len, ==, 6);

  g_assert_true (lz_test_has_line (report->skipped, "1 thing without geometry"));
  g_assert_true (
      lz_test_has_line (report->skipped, "2 things with coordinates that are no place on earth"));
  g_assert_true (
      lz_test_has_line (report->skipped, "1 thing of a kind that the street map does not draw"));
  g_assert_cmpuint (report->skipped->len, ==, 3);
}

static void
test_geojson_sequence (void)
{
  static const char text[] =
      "{\"type\":\"Feature\",\"properties\":{\"name\":\"a\"},\"geometry\":{\"type\":"
      "\"LineString\",\"coordinates\":[[1,1],[2,2]]}}\n"
      "{\"type\":\"Feature\",\"properties\":{\"name\":\"b\"},\"geometry\":{\"type\":"
      "\"LineString\",\"coordinates\":[[1,1],[2,2]]}}\n";
  g_autoptr (LzImportReport) report = lz_import_report_new ();
  g_autoptr (GPtrArray) streets = lz_test_read_text (text, report);

  g_assert_cmpuint (streets->len, ==, 2);
  g_assert_null (report->attribution);
}

static void
check_gpkg (GPtrArray *streets, LzImportReport *report)
{
  const LzStreet *street;
  guint n_jianshe = 0;

  for (guint i = 0; i < streets->len; i++)
    {
      street = streets->pdata[i];
      if (g_strcmp0 (street->name, "建设路") != 0)
        continue;

      /* Five pieces in five codings of 100 m each, one behind the other. */
      g_assert_cmpuint (street->line->n, ==, 2);
      g_assert_cmpfloat_with_epsilon (lz_line_length_m (street->line), 100, 1);
      g_assert_cmpint (street->oneway, ==, n_jianshe == 1 ? 1 : n_jianshe == 2 ? -1 : 0);
      g_assert_cmpint (street->bridge, ==, n_jianshe == 1);
      g_assert_cmpint (street->layer, ==, n_jianshe == 1);
      n_jianshe++;
    }

  g_assert_cmpuint (n_jianshe, ==, 5);
  g_assert_cmpuint (lz_test_count_class (streets, LZ_STREET_SERVICE), ==, 2);
  g_assert_cmpint (lz_test_find_street (streets, "西湖")->cls, ==, LZ_STREET_WATER_AREA);
  g_assert_cmpuint (lz_test_find_street (streets, "西湖")->holes->len, ==, 1);
  g_assert_cmpint (lz_test_find_street (streets, "东门村")->cls, ==, LZ_STREET_PLACE_VILLAGE);
  g_assert_cmpint (lz_test_find_street (streets, "支三路")->cls, ==, LZ_STREET_TERTIARY);
  g_assert_cmpuint (streets->len, ==, 10);

  /* No geometry, and one cut off. */
  g_assert_true (lz_test_has_line (report->skipped, "2 things without geometry"));
  g_assert_true (
      lz_test_has_line (report->skipped, "1 thing with coordinates that are no place on earth"));
  g_assert_true (
      lz_test_has_line (report->skipped, "1 layer in a coordinate system other than WGS 84"));
  g_assert_true (
      lz_test_has_line (report->skipped, "1 thing of a kind that the street map does not draw"));
}

static GBytes *
compress (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GConverter) gzip =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 6));
  g_autoptr (GInputStream) plain = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GInputStream) packed = g_converter_input_stream_new (plain, gzip);
  g_autoptr (GOutputStream) out = g_memory_output_stream_new_resizable ();

  g_output_stream_splice (out, packed, G_OUTPUT_STREAM_SPLICE_CLOSE_TARGET, NULL, &error);
  g_assert_no_error (error);
  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (out));
}

static void
test_gpkg (void)
{
  const char *path = lz_test_data ("streets", "small.gpkg");
  g_autoptr (GBytes) bytes = lz_test_read (path);
  g_autoptr (GBytes) packed = compress (bytes);
  g_autoptr (GError) error = NULL;
  GBytes *forms[] = { bytes, packed };

  for (guint i = 0; i <= G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (LzImportReport) report = lz_import_report_new ();
      g_autoptr (GPtrArray) streets = NULL;

      streets = i < G_N_ELEMENTS (forms) ? lz_streets_read_bytes (forms[i], report, NULL, &error)
                                         : lz_streets_read (path, report, NULL, &error);
      g_assert_no_error (error);
      check_gpkg (streets, report);
    }
}

/* A GeoPackage that is open in QGIS is in WAL mode; its bytes say so. */
static void
test_gpkg_wal (void)
{
  g_autoptr (GBytes) bytes = lz_test_read (lz_test_data ("streets", "small.gpkg"));
  gsize size;
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, &size), g_bytes_get_size (bytes));
  g_autoptr (GBytes) wal = NULL;
  g_autoptr (LzImportReport) report = lz_import_report_new ();
  g_autoptr (GPtrArray) streets = NULL;

  copy[18] = copy[19] = 2;
  wal = g_bytes_new (copy, size);
  streets = lz_test_read_streets (wal, report);
  check_gpkg (streets, report);
}

/* Counted apart from this code, by Python's ElementTree over guixi.osm: 17 highway=primary, 44
 * secondary and 4 secondary_link, 28 tertiary, 47 residential with 17 unclassified and 3
 * living_street, 9 service, 1 track, 6 construction; 38 railway=rail, 1 abandoned; 165 building;
 * 9 ways and 1 multipolygon natural=water; 4 rivers and 1 canal; 1 park. */
static void
test_guixi (void)
{
  g_autoptr (GBytes) bytes = lz_test_guixi ();
  g_autoptr (LzImportReport) report = lz_import_report_new ();
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (GPtrArray) streets = lz_test_read_streets (bytes, report);
  const struct
  {
    LzStreetClass cls;
    guint n;
  } counts[] = {
    { LZ_STREET_PRIMARY, 17 },     { LZ_STREET_SECONDARY, 48 },    { LZ_STREET_TERTIARY, 28 },
    { LZ_STREET_RESIDENTIAL, 67 }, { LZ_STREET_SERVICE, 9 },       { LZ_STREET_PATH, 1 },
    { LZ_STREET_RAIL, 38 },        { LZ_STREET_BUILDING, 165 },    { LZ_STREET_WATER_AREA, 10 },
    { LZ_STREET_RIVER, 5 },        { LZ_STREET_GREEN_AREA, 1 },    { LZ_STREET_PLACE_CITY, 1 },
    { LZ_STREET_PLACE_TOWN, 3 },   { LZ_STREET_PLACE_SUBURB, 16 },
  };

  g_test_message ("guixi: %u pieces in %.1f ms", streets->len,
                  (double) (g_get_monotonic_time () - start_us) / 1000);
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    g_assert_cmpuint (lz_test_count_class (streets, counts[i].cls), ==, counts[i].n);
  g_assert_cmpstr (report->attribution, ==, "© OpenStreetMap contributors");
  g_assert_true (
      lz_test_has_line (report->skipped, "7 streets that are planned, being built or given up"));
  for (guint i = 0; i < report->skipped->len; i++)
    g_test_message ("skipped: %s", (const char *) report->skipped->pdata[i]);
}

/* Counted apart from this code, by jq over the file's 8506 features, all LineString: 911 primary
 * and 41 primary_link, 18 trunk, 527 secondary and 16 link, 567 tertiary and 2 link; 3154
 * residential, 192 unclassified, 525 living_street and 113 pedestrian; 277 service; 9 cycleway, 330
 * footway, 258 path, 182 steps and 1362 track; 20 construction and 1 proposed; 1 platform. */
static void
test_heidelberg (void)
{
  g_autoptr (GBytes) bytes = lz_test_heidelberg ();
  g_autoptr (LzImportReport) report = lz_import_report_new ();
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (GPtrArray) streets = lz_test_read_streets (bytes, report);
  double ms = (double) (g_get_monotonic_time () - start_us) / 1000;

  g_test_message ("heidelberg: %u pieces in %.1f ms", streets->len, ms);
  g_assert_cmpuint (streets->len, ==, 8506 - 20 - 1 - 1);
  g_assert_cmpuint (lz_test_count_class (streets, LZ_STREET_PRIMARY), ==, 911 + 41);
  g_assert_cmpuint (lz_test_count_class (streets, LZ_STREET_TRUNK), ==, 18);
  g_assert_cmpuint (lz_test_count_class (streets, LZ_STREET_SECONDARY), ==, 527 + 16);
  g_assert_cmpuint (lz_test_count_class (streets, LZ_STREET_TERTIARY), ==, 567 + 2);
  g_assert_cmpuint (lz_test_count_class (streets, LZ_STREET_RESIDENTIAL), ==,
                    3154 + 192 + 525 + 113);
  g_assert_cmpuint (lz_test_count_class (streets, LZ_STREET_SERVICE), ==, 277);
  g_assert_cmpuint (lz_test_count_class (streets, LZ_STREET_PATH), ==, 9 + 330 + 258 + 182 + 1362);
  g_assert_true (
      lz_test_has_line (report->skipped, "21 streets that are planned, being built or given up"));
  g_assert_true (
      lz_test_has_line (report->skipped, "1 thing of a kind that the street map does not draw"));
  g_assert_cmpuint (report->skipped->len, ==, 2);
  g_assert_cmpfloat (ms, <, 5000 * lz_test_patience ());
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GBytes *all[] = { lz_test_guixi (), lz_test_heidelberg () };

  g_cancellable_cancel (cancellable);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (GBytes) bytes = all[i];
      g_autoptr (GError) error = NULL;

      g_assert_null (lz_streets_read_bytes (bytes, NULL, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

static void
test_file (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) streets = NULL;

  streets = lz_streets_read (lz_test_data ("streets", "heidelberg-streets.geojson.gz"), NULL, NULL,
                             &error);
  g_assert_no_error (error);
  g_assert_cmpuint (streets->len, ==, 8484);

  g_assert_null (lz_streets_read ("/nonexistent/streets.osm", NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (lz_streets_read ("/", NULL, NULL, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (lz_streets_read ("/dev/zero", NULL, NULL, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/core/streets/osm", test_osm);
  g_test_add_func ("/core/streets/geojson", test_geojson);
  g_test_add_func ("/core/streets/geojson-sequence", test_geojson_sequence);
  g_test_add_func ("/core/streets/gpkg", test_gpkg);
  g_test_add_func ("/core/streets/gpkg-wal", test_gpkg_wal);
  g_test_add_func ("/core/streets/guixi", test_guixi);
  g_test_add_func ("/core/streets/heidelberg", test_heidelberg);
  g_test_add_func ("/core/streets/cancelled", test_cancelled);
  g_test_add_func ("/core/streets/file", test_file);

  return g_test_run ();
}
