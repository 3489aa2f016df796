/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-error.h"
#include "lz-gpx.h"
#include "lz-test.h"

#include <string.h>

/* Segments with points, points, those with a time, and metres: counted apart from this code, by
 * Python's re over the files and haversine.  The times of Mojstrovka are all of 1901. */
static const struct
{
  const char *file;
  guint n_tracks, n_points, n_times;
  double length_m;
  const char *skipped;
} good[] = {
  { "Mojstrovka.gpx", 1, 184, 0, 2697.6, "184 times that cannot be (points kept)" },
  { "around-visnjan-with-car.gpx", 1, 104, 104, 2733.2, NULL },
  { "bad-track-with-empty-segment.gpx", 1, 9, 9, 85.9, "1 segment without a point" },
  { "cerknicko-without-times.gpx", 7, 296, 5, 4575.0,
    "1 segment without a point;7 points of routes or on their own" },
};

static void
test_real (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      g_autoptr (GPtrArray) skipped = g_ptr_array_new_with_free_func (g_free);
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) tracks =
          lz_gpx_read (lz_test_data ("tracks", good[i].file), skipped, NULL, &error);
      guint n_points = 0, n_times = 0;
      double length_m = 0;
      g_autofree char *lines = NULL;

      g_assert_no_error (error);
      g_assert_cmpuint (tracks->len, ==, good[i].n_tracks);
      for (guint k = 0; k < tracks->len; k++)
        {
          const LzTrack *track = tracks->pdata[k];

          n_points += track->n;
          length_m += track->length_m;
          for (guint p = 0; p < track->n; p++)
            n_times += (guint) (track->points[p].time_ms != 0);
        }
      g_assert_cmpuint (n_points, ==, good[i].n_points);
      g_assert_cmpuint (n_times, ==, good[i].n_times);
      g_assert_cmpfloat_with_epsilon (length_m, good[i].length_m, 0.5);

      g_ptr_array_add (skipped, NULL);
      lines = g_strjoinv (";", (char **) skipped->pdata);
      g_assert_cmpstr (lines, ==, good[i].skipped != NULL ? good[i].skipped : "");
    }
}

static void
test_fields (void)
{
  static const char text[] =
      "\xef\xbb\xbf<?xml version='1.0'?>\n<g:gpx xmlns:g='x' version='1.1'><g:trk>"
      "<g:name> 早班 <![CDATA[A&B]]></g:name><g:trkseg>"
      "<g:trkpt lat='28.3' "
      "lon='117.2'><g:ele>5</g:ele><g:time>2026-03-01T08:00:00.250+08:00</g:time>"
      "<g:extensions><g:x><g:time>2001-01-01T00:00:00Z</g:time></g:x></g:extensions></g:trkpt>"
      "<g:trkpt lat='128.3' lon='117.2'/>"
      "<g:trkpt lat='28.4' lon='117.2'><g:time>2026-03-01T00:10:00</g:time></g:trkpt>"
      "<g:trkpt lat='28.4' lon='117.3'><g:time>yesterday</g:time></g:trkpt>"
      "</g:trkseg></g:trk><g:trk><g:trkseg><g:trkpt lat='1' lon='1'/></g:trkseg></g:trk></g:gpx>";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) skipped = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) tracks = lz_gpx_read_bytes (bytes, skipped, NULL, &error);
  const LzTrack *track;

  g_assert_no_error (error);
  g_assert_cmpuint (tracks->len, ==, 2);
  track = tracks->pdata[0];
  g_assert_cmpstr (track->name, ==, "早班 A&B");
  g_assert_cmpuint (track->n, ==, 3);
  g_assert_cmpint (track->points[0].point.lat7, ==, 283000000);
  g_assert_cmpint (track->points[0].time_ms, ==, G_GINT64_CONSTANT (1772323200250));
  g_assert_cmpint (track->points[1].time_ms, ==, G_GINT64_CONSTANT (1772323800000));
  g_assert_cmpint (track->points[2].time_ms, ==, 0);
  g_assert_cmpuint (skipped->len, ==, 2);

  track = tracks->pdata[1];
  g_assert_null (track->name);
  g_assert_cmpuint (track->n, ==, 1);
  g_assert_cmpfloat (track->length_m, ==, 0);
}

static void
check_refused (GBytes *bytes, const char *says)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lz_gpx_read_bytes (bytes, NULL, NULL, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
  if (strstr (error->message, says) == NULL)
    g_error ("“%s” does not say “%s”", error->message, says);
}

static void
test_broken (void)
{
  static const struct
  {
    const char *text, *says;
  } bad[] = {
    { "", "empty" },
    { "no xml", "line 1" },
    { "<osm/>", "<osm>, not <gpx>" },
    { "<gpx><trk><trkseg><trkpt lat='1' lon='1'>", "line 1" },
    { "<gpx><trk><trkseg>\n<trkpt lat='x' lon='1'/></trkseg></trk></gpx>", "no place on earth" },
    { "<gpx>&bomb;</gpx>", "bomb" },
  };
  static const char *const files[] = { "gh-no_trk.gpx", "gh-no_trkseg.gpx",
                                       "bad-unicode_with_bom.gpx" };
  g_autoptr (GBytes) whole = lz_test_read (lz_test_data ("tracks", "Mojstrovka.gpx"));

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (bad[i].text, strlen (bad[i].text));

      check_refused (bytes, bad[i].says);
    }
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GBytes) bytes = lz_test_read (lz_test_data ("tracks", files[i]));

      check_refused (bytes, "there is no track in it");
    }
  for (gsize cut = 10; cut + 10 < g_bytes_get_size (whole); cut += 997)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_from_bytes (whole, 0, cut);

      check_refused (bytes, "reading GPX");
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/core/gpx/real", test_real);
  g_test_add_func ("/core/gpx/fields", test_fields);
  g_test_add_func ("/core/gpx/broken", test_broken);

  return g_test_run ();
}
