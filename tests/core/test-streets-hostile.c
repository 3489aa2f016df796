/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-error.h"
#include "lz-test-streets.h"

/* What a broken or wrong file is answered with. */
typedef struct
{
  const char *text;
  const char *says;
} Bad;

static const Bad bad_texts[] = {
  { "", "empty" },
  { "  \n\t ", "empty" },
  { "\xef\xbb\xbf", "empty" },
  { "name,highway\na,b\n", "neither OSM XML nor GeoJSON nor GeoPackage" },
  { "PK\x03\x04shapes", "ZIP" },
  { "\xff\xfe<\0o\0s\0m\0", "UTF-16" },
  { "....\x0a\x09OSMHeader\x18", "PBF" },
  { "SQLite format", "neither" },

  { "<html><body>Log in</body></html>", "<html>, not <osm>" },
  { "<gpx version='1.1'/>", "<gpx>, not <osm>" },
  { "<osm version='0.6'/>", "nothing for a street map" },
  { "<osm><node id='1' lat='1' lon='1'/>", "line 1" },
  { "<osm>\n<way id='1'>\n</osm>", "line 3" },
  { "<osm><way id=1></way></osm>", "Error on line 1" },
  { "<osm><way id='1'><tag k='highway' v='a\xff'/></way></osm>", "UTF-8" },
  { "<osm><way id='1'><tag k='name' v='&bomb;'/></way></osm>", "bomb" },
  { "<osm><a><a><a><a><a><a><a><a><a></a></a></a></a></a></a></a></a></a></osm>", "nested" },
  { "<osm><node id='1' lat='NaN' lon='1'/><node id='2' lat='1e400' lon='1'/>"
    "<way id='1'><nd ref='1'/><nd ref='2'/><tag k='highway' v='primary'/></way></osm>",
    "2 things with coordinates that are no place on earth" },
  { "<osm><node id='99999999999999999999' lat='1' lon='1'/><node id='-3' lat='' lon='1x'/>"
    "<way id='z'><nd ref='99999999999999999998'/><nd/><tag k='highway' v='primary'/></way></osm>",
    "without geometry" },
  { "<osm><way id='1'><tag k='highway'/><tag v='x'/><tag/></way></osm>", "nothing" },

  { "{", "ends too early" },
  { "{}", "no GeoJSON feature" },
  { "[]", "does not start with {" },
  { "[1,2]", "does not start with {" },
  { "{\"features\":3}", "no list" },
  { "{\"features\":[]}", "nothing for a street map" },
  { "{\"features\":[{\"type\":\"Feature\"}]}", "without geometry" },
  { "{\"features\":[{\"type\":\"Feature\"},]}", "feature 2" },
  { "{\"features\":[\n{\"type\":\"Feature\"}\n{\"type\":\"Feature\"}]}", "line 3" },
  { "{\"features\":[{\"type\":\"Feature\",\"geometry\":{\"type\":\"LineString\",", "too early" },
  { "{\"features\":[{\"type\":\"Feature\" \"geometry\":1}]}", "feature 1" },
  { "{\"features\":[{\"type\":\"Feature\"}]} more", "behind the end" },
  { "{\"features\":[{\"type\":\"Feature\",\"properties\":{\"name\":\"\\ud800\"}}]}", "surrogate" },
  { "{\"features\":[{\"type\":\"Feature\",\"properties\":{\"name\":\"\\udc00\\ud800\"}}]}",
    "surrogate" },
  { "{\"features\":[{\"type\":\"Feature\",\"properties\":{\"name\":\"\\u12\"}}]}", "escape" },
  { "{\"features\":[{\"type\":\"Feature\",\"properties\":{\"name\":\"\\u0000\"}}]}", "NUL" },
  { "{\"features\":[{\"type\":\"Feature\",\"properties\":{\"name\":\"\xc3\x28\"}}]}", "UTF-8" },
  { "{\"features\":[/* {[ */{\"type\":\"Feature\"}]}", "unexpected character" },
  { "{\"features\":[{'type':'Feature'}]}", "unexpected character" },
  { "{\"features\":[{\"type\":\"Feature\",\"geometry\":{\"type\":\"LineString\","
    "\"coordinates\":[[NaN,1],[1,1]]}}]}",
    "no place on earth" },
  { "{\"features\":[{\"type\":\"Feature\",\"properties\":{\"highway\":\"primary\"},\"geometry\":"
    "{\"type\":\"LineString\",\"coordinates\":[[1e999,1],[500,1]]}}]}",
    "no place on earth" },
  { "{\"features\":[{\"type\":\"Feature\",\"properties\":[],\"geometry\":"
    "{\"type\":\"Polygon\",\"coordinates\":[[]]}}]}",
    "without geometry" },
  { "{\"features\":[{\"type\":\"Feature\",\"geometry\":"
    "{\"type\":\"MultiLineString\",\"coordinates\":[3,{},[[1]],[[[1,1],[2,2]]]]}}]}",
    "no place" },
  { "{\"crs\":{\"type\":\"name\",\"properties\":{\"name\":\"urn:ogc:def:crs:EPSG::3857\"}},"
    "\"features\":[]}",
    "EPSG::3857" },
  { "{\"crs\":{\"type\":{}},\"features\":[],\"features\":[]}", "nothing" },
};

static void
check_refused (GBytes *bytes, const char *says)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LzImportReport) report = lz_import_report_new ();

  g_assert_null (lz_streets_read_bytes (bytes, report, NULL, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
  if (says != NULL && strstr (error->message, says) == NULL)
    g_error ("“%s” does not say “%s”", error->message, says);
  g_assert_cmpuint (report->n_streets, ==, 0);
}

static void
test_bad_texts (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (bad_texts); i++)
    {
      gsize size =
          g_str_has_prefix (bad_texts[i].text, "\xff\xfe") ? 10 : strlen (bad_texts[i].text);
      g_autoptr (GBytes) bytes = g_bytes_new (bad_texts[i].text, size);

      check_refused (bytes, bad_texts[i].says);
    }
}

/* As deep as would overrun the stack of a parser that calls itself. */
static void
test_deep (void)
{
  const char *openers[] = { "[", "{\"a\":", "{\"features\":[{\"type\":\"Feature\",\"geometry\":[" };

  for (guint k = 0; k < G_N_ELEMENTS (openers); k++)
    {
      g_autoptr (GString) text = g_string_new ("{\"features\":[{\"properties\":");
      g_autoptr (GBytes) bytes = NULL;

      for (guint i = 0; i < 200000; i++)
        g_string_append (text, openers[k]);
      bytes = g_bytes_new (text->str, text->len);
      check_refused (bytes, "nested too deep");
    }
}

/* Whatever a file is cut to, it is read or refused; what is refused says so. */
static void
check_cuts (GBytes *whole, gsize step)
{
  gsize size = g_bytes_get_size (whole);

  for (gsize cut = 0; cut < size; cut += step)
    {
      g_autofree guint8 *part = g_memdup2 (g_bytes_get_data (whole, NULL), MAX (cut, 1));
      g_autoptr (GBytes) bytes = g_bytes_new_static (part, cut);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) streets = lz_streets_read_bytes (bytes, NULL, NULL, &error);

      g_assert_true ((streets == NULL) == (error != NULL));
      if (error != NULL)
        g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
    }
}

static void
test_cut (void)
{
  static const char osm[] =
      "<osm><node id='1' lat='28.3' lon='117.2'/><node id='2' lat='28.31' lon='117.2'/>"
      "<way id='1'><nd ref='1'/><nd ref='2'/><tag k='highway' v='primary'/></way></osm>";
  static const char json[] =
      "{\"features\":[{\"type\":\"Feature\",\"properties\":{\"name\":\"\\u5efa\"},\"geometry\":"
      "{\"type\":\"LineString\",\"coordinates\":[[117.2,28.3],[117.3,28.3]]}}]}";
  g_autoptr (GBytes) osm_bytes = g_bytes_new_static (osm, strlen (osm));
  g_autoptr (GBytes) json_bytes = g_bytes_new_static (json, strlen (json));
  g_autoptr (GBytes) gpkg = lz_test_read (lz_test_data ("streets", "small.gpkg"));
  g_autoptr (GBytes) packed = lz_test_guixi ();

  check_cuts (osm_bytes, 1);
  check_cuts (json_bytes, 1);
  check_cuts (gpkg, 37);
  check_cuts (packed, g_bytes_get_size (packed) / 20);
}

/* Random damage: the sanitizers watch. */
static void
check_damage (GBytes *whole, guint rounds)
{
  gsize size = g_bytes_get_size (whole);

  for (guint i = 0; i < rounds; i++)
    {
      guint8 *bad = g_memdup2 (g_bytes_get_data (whole, NULL), size);
      g_autoptr (GBytes) bytes = g_bytes_new_take (bad, size);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) streets = NULL;

      for (gint k = g_test_rand_int_range (1, 8); k > 0; k--)
        bad[g_test_rand_int_range (0, (gint32) size)] = (guint8) g_test_rand_int ();
      streets = lz_streets_read_bytes (bytes, NULL, NULL, &error);
      g_assert_true ((streets == NULL) == (error != NULL));
      if (streets != NULL)
        {
          g_autoptr (GPtrArray) roads = lz_streets_join (streets, NULL);

          g_assert_nonnull (roads);
        }
    }
}

static void
test_damage (void)
{
  static const char json[] =
      "{\"features\":[{\"type\":\"Feature\",\"properties\":{\"name\":\"\\u5efa\",\"highway\":"
      "\"primary\"},\"geometry\":{\"type\":\"MultiLineString\",\"coordinates\":[[[117.2,28.3],"
      "[117.3,28.3]],[[117.3,28.3],[117.4,28.3]]]}}]}";
  g_autoptr (GBytes) json_bytes = g_bytes_new_static (json, strlen (json));
  g_autoptr (GBytes) gpkg = lz_test_read (lz_test_data ("streets", "small.gpkg"));
  g_autoptr (GBytes) packed = lz_test_guixi ();

  check_damage (json_bytes, 1000);
  check_damage (gpkg, 1000);
  check_damage (packed, 20);
}

static void
test_not_a_gpkg (void)
{
  g_autoptr (GBytes) gpkg = lz_test_read (lz_test_data ("streets", "small.gpkg"));
  guint8 *other = g_memdup2 (g_bytes_get_data (gpkg, NULL), g_bytes_get_size (gpkg));
  g_autoptr (GBytes) bytes = g_bytes_new_take (other, g_bytes_get_size (gpkg));
  const char *name = "gpkg_geometry_columns";

  for (gsize i = 0; i + strlen (name) < g_bytes_get_size (gpkg); i++)
    if (memcmp (other + i, name, strlen (name)) == 0)
      other[i] = 'x';
  check_refused (bytes, "this SQLite database is none");
}

static void
test_endless_view (void)
{
  g_autoptr (GBytes) bytes = lz_test_read (lz_test_data ("streets", "endless.gpkg"));

  check_refused (bytes, "never ends");
}

/* 40 MB of spaces in 40 kB: stopped long before the end. */
static void
test_gzip_bomb (void)
{
  g_autoptr (GByteArray) packed = g_byte_array_new ();
  g_autoptr (GConverter) gzip =
      G_CONVERTER (g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 9));
  g_autofree guint8 *zeros = g_malloc0 (1 << 20);
  g_autofree guint8 *out = g_malloc (1 << 20);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  GConverterResult result = G_CONVERTER_CONVERTED;

  for (guint i = 0; result != G_CONVERTER_FINISHED;)
    {
      gsize n_read, n_written;

      result = g_converter_convert (gzip, zeros, i < 40 ? 1 << 20 : 0, out, 1 << 20,
                                    i < 40 ? G_CONVERTER_NO_FLAGS : G_CONVERTER_INPUT_AT_END,
                                    &n_read, &n_written, &error);
      g_assert_no_error (error);
      g_byte_array_append (packed, out, (guint) n_written);
      i += (guint) (n_read >> 20);
    }

  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&packed));
  g_assert_null (lz_streets_read_bytes (bytes, NULL, NULL, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_TOO_LARGE);
}

/* A way of all nodes there are, a thousand times, and rings that all meet in one node: the work
 * grows with the file, not with its square. */
static void
test_crowded_rings (void)
{
  g_autoptr (GString) text = g_string_new ("<osm><node id='1' lat='28' lon='117'/>"
                                           "<node id='2' lat='28.1' lon='117'/>");
  g_autoptr (GBytes) bytes = NULL;
  gint64 start_us = g_get_monotonic_time ();

  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "<way id='%u'><nd ref='1'/><nd ref='%u'/></way>", i, 2 + i % 2);
  g_string_append (text, "<relation id='1'><tag k='type' v='multipolygon'/>"
                         "<tag k='natural' v='water'/>");
  for (guint i = 0; i < 20000; i++)
    g_string_append_printf (text, "<member type='way' ref='%u' role='outer'/>", i);
  g_string_append (text, "</relation></osm>");

  bytes = g_bytes_new (text->str, text->len);
  check_refused (bytes, "without geometry");
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 5000000 * lz_test_patience ());
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/core/streets-hostile/bad-texts", test_bad_texts);
  g_test_add_func ("/core/streets-hostile/deep", test_deep);
  g_test_add_func ("/core/streets-hostile/cut", test_cut);
  g_test_add_func ("/core/streets-hostile/damage", test_damage);
  g_test_add_func ("/core/streets-hostile/not-a-gpkg", test_not_a_gpkg);
  g_test_add_func ("/core/streets-hostile/endless-view", test_endless_view);
  g_test_add_func ("/core/streets-hostile/gzip-bomb", test_gzip_bomb);
  g_test_add_func ("/core/streets-hostile/crowded-rings", test_crowded_rings);

  return g_test_run ();
}
