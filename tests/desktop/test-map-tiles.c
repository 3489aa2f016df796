/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include "lz-mbtiles.h"
#include "lz-online-source.h"

#include "lz-error.h"
#include "lz-street-paint.h"
#include "lz-test.h"

#include <libsoup/soup.h>

static char *
tiles_path (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "data", "tiles", name, NULL);
}

static void
test_open (void)
{
  static const char *const names[] = { "world-png.mbtiles", "world-jpg.mbtiles" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = tiles_path (names[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (LzMbtiles) tiles = lz_mbtiles_open (path, &error);
      g_autoptr (GBytes) tile = NULL;

      g_assert_no_error (error);
      g_assert_cmpstr (lz_mbtiles_get_name (tiles), ==, "Geography Class");
      /* One has it as HTML. */
      g_assert_cmpstr (lz_mbtiles_get_attribution (tiles), ==,
                       i == 0 ? "MapBox" : "© MapBox & others");
      g_assert_cmpuint (lz_mbtiles_get_min_zoom (tiles), ==, 0);
      g_assert_cmpuint (lz_mbtiles_get_max_zoom (tiles), ==, 1);

      tile = lz_mbtiles_read (tiles, 1, 0, 0, &error);
      g_assert_no_error (error);
      g_assert_cmpint (lz_tile_image_guess (tile), ==, i == 0 ? LZ_TILE_PNG : LZ_TILE_JPEG);
    }
}

static void
test_hole (void)
{
  g_autofree char *path = tiles_path ("world-png.mbtiles");
  g_autoptr (GError) error = NULL;
  g_autoptr (LzMbtiles) tiles = lz_mbtiles_open (path, &error);

  g_assert_no_error (error);
  g_assert_null (lz_mbtiles_read (tiles, 1, 1, 0, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND);
}

/* Every tile down to the last level has a picture: its own, or a part of one above. */
static void
test_overzoom (void)
{
  g_autofree char *path = tiles_path ("world-jpg.mbtiles");
  g_autoptr (GError) error = NULL;
  g_autoptr (LzMbtiles) tiles = lz_mbtiles_open (path, &error);

  for (guint zoom = 0; zoom <= 20; zoom++)
    {
      guint last = (1u << zoom) - 1;
      g_autoptr (GdkTexture) west = lz_mbtiles_draw (tiles, zoom, 0, last / 2, &error);
      g_autoptr (GdkTexture) east = NULL;

      g_assert_no_error (error);
      g_assert_cmpint (gdk_texture_get_width (west), ==, LZ_TILE_PX);
      /* The east half is a hole at level 1: level 0 stands in. */
      east = lz_mbtiles_draw (tiles, zoom, last, 0, &error);
      g_assert_no_error (error);
      g_assert_nonnull (east);
    }
}

static guint32
get_pixel (GdkTexture *texture, int x, int y)
{
  int width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);
  g_autofree guint32 *data = g_new (guint32, width * height);

  gdk_texture_download (texture, (guchar *) data, (gsize) width * 4);
  return data[y * width + x];
}

/* An enlarged tile shows the very part of its ancestor that it covers. */
static void
test_enlarge (void)
{
  g_autofree char *path = tiles_path ("world-png.mbtiles");
  g_autoptr (GError) error = NULL;
  g_autoptr (LzMbtiles) tiles = lz_mbtiles_open (path, &error);
  g_autoptr (GdkTexture) whole = lz_mbtiles_draw (tiles, 0, 0, 0, &error);
  guint different = 0;

  g_assert_no_error (error);
  for (guint up = 1; up <= 8; up++)
    for (guint i = 0; i < 4; i++)
      {
        guint n = 1u << up, x = (n - 1) * (i & 1), y = (n - 1) * (i >> 1);
        int side = LZ_TILE_PX >> up;
        g_autoptr (GdkTexture) part = lz_tile_image_enlarge (whole, up, x, y);
        guint32 pixel = get_pixel (part, LZ_TILE_PX / 2 / side, LZ_TILE_PX / 2 / side);

        g_assert_cmpuint (pixel >> 24, ==, 0xff);
        /* The middle of the first pixel, as far as smoothing goes. */
        for (guint shift = 0; shift < 24; shift += 8)
          if (ABS ((int) (pixel >> shift & 0xff) -
                   (int) (get_pixel (whole, (int) x * side, (int) y * side) >> shift & 0xff)) > 40)
            different++;
      }
  g_assert_cmpuint (different, <=, 2);
}

static void
check_refused (const char *path, LzError code, const char *words)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (lz_mbtiles_open (path, &error));
  g_assert_error (error, LZ_ERROR, (int) code);
  if (strstr (error->message, words) == NULL)
    g_error ("“%s” does not say “%s”", error->message, words);
}

static void
test_refused (void)
{
  g_autofree char *vector = tiles_path ("vector.mbtiles");
  g_autofree char *other = tiles_path ("no-picture.mbtiles");
  g_autofree char *text = tiles_path ("LICENCE.txt");

  check_refused (vector, LZ_ERROR_INVALID, "vector tiles");
  check_refused (other, LZ_ERROR_INVALID, "neither PNG nor JPEG");
  check_refused (text, LZ_ERROR_INVALID, "no MBTiles");
  check_refused ("/nonexistent/map.mbtiles", LZ_ERROR_NOT_FOUND, "cannot be opened");
}

static void
test_truncated (void)
{
  g_autofree char *path = tiles_path ("world-png.mbtiles");
  g_autofree char *folder = g_dir_make_tmp ("lz-XXXXXX", NULL);
  g_autofree char *cut = g_build_filename (folder, "cut.mbtiles", NULL);
  g_autofree char *data = NULL;
  gsize size;

  g_assert_true (g_file_get_contents (path, &data, &size, NULL));
  for (gsize n = 0; n + 1024 <= size; n += size / 9)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (cut, data, (gssize) n, NULL));
      g_assert_null (lz_mbtiles_open (cut, &error));
      g_assert_nonnull (error);
      g_assert_true (error->domain == LZ_ERROR);
    }
  g_remove (cut);
  g_rmdir (folder);
}

/* A few bytes may not ask for gigabytes of pixels. */
static void
test_bomb (void)
{
  static const guint8 png[] = "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xff\xff\0\0\xff\xff\x08\6\0\0\0";
  static const guint8 jpeg[] = "\xff\xd8\xff\xe0\0\4ab\xff\xc0\0\x11\x08\xff\xff\xff\xff\3";
  g_autoptr (GBytes) a = g_bytes_new_static (png, sizeof png);
  g_autoptr (GBytes) b = g_bytes_new_static (jpeg, sizeof jpeg);
  g_autoptr (GBytes) page = g_bytes_new_static ("<html>", 6);
  g_autoptr (GError) error = NULL;

  g_assert_null (lz_tile_image_decode (a, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_null (lz_tile_image_decode (b, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_null (lz_tile_image_decode (page, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
}

static void
check_url (const char *template, const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LzOnlineSource) source = lz_online_source_new (template, "a b", 18, &error);
  g_autofree char *url = NULL;

  g_assert_no_error (error);
  url = lz_online_source_dup_url (source, 4, 13, 6);
  g_assert_cmpstr (url, ==, wanted);
}

static void
test_urls (void)
{
  g_autoptr (GError) error = NULL;

  check_url ("https://{s}.example.org/{z}/{x}/{y}.png", "https://b.example.org/4/13/6.png");
  check_url ("https://t{s:0123}.example.org/?z={z}&x={x}&y={-y}&tk={key}",
             "https://t3.example.org/?z=4&x=13&y=9&tk=a%20b");

  g_assert_null (lz_online_source_new ("ftp://example.org/{z}/{x}/{y}", NULL, 18, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (lz_online_source_new ("https://example.org/{z}/{x}", NULL, 18, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
  g_clear_error (&error);
  g_assert_null (lz_online_source_new ("https://example.org/{z}/{x}/{y}?k={key}", "", 18, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
}

typedef struct
{
  guint n_requests;
  gboolean portal; /* answers with a page, as a captive portal does */
} Server;

static void
serve_cb (SoupServer *server,
          SoupServerMessage *message,
          const char *path,
          GHashTable *query,
          gpointer user_data)
{
  Server *self = user_data;
  g_autofree char *file = tiles_path ("world-png.mbtiles");
  g_autoptr (LzMbtiles) tiles = lz_mbtiles_open (file, NULL);
  g_autoptr (GBytes) tile = lz_mbtiles_read (tiles, 0, 0, 0, NULL);

  self->n_requests++;
  soup_server_message_set_status (message, SOUP_STATUS_OK, NULL);
  if (self->portal)
    soup_server_message_set_response (message, "text/html", SOUP_MEMORY_STATIC, "<html>", 6);
  else
    soup_message_body_append_bytes (soup_server_message_get_response_body (message), tile);
}

static GdkPaintable *
fill (ShumateMapSource *source, guint zoom, guint x, guint y, GError **error)
{
  g_autoptr (ShumateTile) tile = shumate_tile_new_full (x, y, LZ_TILE_PX, zoom);
  g_autoptr (GAsyncResult) result = NULL;
  GdkPaintable *paintable;

  shumate_map_source_fill_tile_async (source, tile, NULL, lz_await_cb, &result);
  shumate_map_source_fill_tile_finish (source, lz_await (&result), error);
  g_assert_cmpint (shumate_tile_get_state (tile), ==, SHUMATE_STATE_DONE);
  paintable = shumate_tile_get_paintable (tile);

  return paintable != NULL ? g_object_ref (paintable) : NULL;
}

static void
test_online (void)
{
  g_autoptr (SoupServer) server = soup_server_new (NULL, NULL);
  Server state = { 0, TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (LzOnlineSource) source = NULL;
  g_autoptr (GdkPaintable) shown = NULL;
  g_autoptr (GdkPaintable) enlarged = NULL;
  g_autofree char *url = NULL;
  GSList *uris;

  soup_server_add_handler (server, NULL, serve_cb, &state, NULL);
  g_assert_true (soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error));
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  url = g_strdup_printf ("http://127.0.0.1:%d/{z}/{x}/{y}.png", g_uri_get_port (uris->data));
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  source = lz_online_source_new (url, NULL, 3, &error);
  g_assert_no_error (error);

  /* A portal's page is neither shown nor kept. */
  g_assert_null (fill (SHUMATE_MAP_SOURCE (source), 3, 1, 2, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
  g_clear_error (&error);
  state.portal = FALSE;
  shown = fill (SHUMATE_MAP_SOURCE (source), 3, 1, 2, &error);
  g_assert_no_error (error);
  g_assert_nonnull (shown);
  g_assert_cmpuint (state.n_requests, ==, 2);

  /* Past the last level its ancestor is enlarged. */
  enlarged = fill (SHUMATE_MAP_SOURCE (source), 6, 8, 16, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_paintable_get_intrinsic_width (enlarged), ==, LZ_TILE_PX);
  soup_server_disconnect (server);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/desktop/map/tiles/open", test_open);
  g_test_add_func ("/desktop/map/tiles/hole", test_hole);
  g_test_add_func ("/desktop/map/tiles/overzoom", test_overzoom);
  g_test_add_func ("/desktop/map/tiles/enlarge", test_enlarge);
  g_test_add_func ("/desktop/map/tiles/refused", test_refused);
  g_test_add_func ("/desktop/map/tiles/truncated", test_truncated);
  g_test_add_func ("/desktop/map/tiles/bomb", test_bomb);
  g_test_add_func ("/desktop/map/tiles/urls", test_urls);
  g_test_add_func ("/desktop/map/tiles/online", test_online);

  return g_test_run ();
}
