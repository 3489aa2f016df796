/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-map"

#include "config.h"

#include "lz-mbtiles.h"

#include "lz-error.h"

#include <glib/gi18n-lib.h>
#include <sqlite3.h>

#define MAX_ZOOM 24
/* So many enlarged ancestors are kept decoded: neighbours share them. */
#define MAX_KEPT 24

typedef struct
{
  guint zoom;
  guint x;
  guint y;
} TileKey;

struct _LzMbtiles
{
  gatomicrefcount ref_count;
  GMutex lock; /* guards db, read and kept */
  sqlite3 *db;
  sqlite3_stmt *read;
  GHashTable *kept; /* TileKey -> GdkTexture */
  char *name;
  char *attribution;
  guint min_zoom;
  guint max_zoom;
};

static guint
tile_key_hash (gconstpointer data)
{
  const TileKey *key = data;

  return key->x * 73856093u ^ key->y * 19349663u ^ key->zoom * 83492791u;
}

static gboolean
tile_key_equal (gconstpointer a, gconstpointer b)
{
  const TileKey *left = a, *right = b;

  return left->zoom == right->zoom && left->x == right->x && left->y == right->y;
}

/* Puts the last failure of the database into the user's words.  Always gives FALSE. */
static gboolean
set_sqlite_error (LzMbtiles *self, GError **error)
{
  switch (sqlite3_errcode (self->db) & 0xff)
    {
    case SQLITE_NOTADB:
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("This file is no MBTiles map"));
      break;
    case SQLITE_CORRUPT:
      g_set_error (error, LZ_ERROR, LZ_ERROR_CORRUPT,
                   _ ("This map file is damaged or was not copied to its end"));
      break;
    case SQLITE_CANTOPEN:
      g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("This map file cannot be opened"));
      break;
    case SQLITE_ERROR: /* a table that is not there */
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("This file is no MBTiles map: %s"),
                   sqlite3_errmsg (self->db));
      break;
    default:
      g_set_error (error, LZ_ERROR, LZ_ERROR_FAILED, _ ("Reading the map file: %s"),
                   sqlite3_errmsg (self->db));
      break;
    }

  return FALSE;
}

/* Attributions are often HTML: the words without the links. */
static char *
dup_without_html (const char *html)
{
  static const char *const entities[][2] = {
    { "&copy;", "©" }, { "&#169;", "©" },  { "&nbsp;", " " }, { "&lt;", "<" },
    { "&gt;", ">" },   { "&quot;", "\"" }, { "&amp;", "&" },
  };
  g_autoptr (GString) text = g_string_new (NULL);
  gboolean in_tag = FALSE;

  for (const char *p = html; *p != '\0'; p++)
    if (*p == '<' || (*p == '>' && in_tag))
      in_tag = *p == '<';
    else if (!in_tag)
      g_string_append_c (text, *p);
  for (guint i = 0; i < G_N_ELEMENTS (entities); i++)
    g_string_replace (text, entities[i][0], entities[i][1], 0);

  return g_strstrip (g_string_free (g_steal_pointer (&text), FALSE));
}

static void
take_metadata (LzMbtiles *self, const char *name, const char *value)
{
  if (name == NULL || value == NULL || !g_utf8_validate (value, -1, NULL))
    return;

  if (g_str_equal (name, "name"))
    {
      g_free (self->name);
      self->name = g_strdup (value);
    }
  else if (g_str_equal (name, "attribution"))
    {
      g_free (self->attribution);
      self->attribution = dup_without_html (value);
    }
}

static gboolean
read_metadata (LzMbtiles *self, GError **error)
{
  sqlite3_stmt *stmt;
  int status;

  if (sqlite3_prepare_v2 (self->db, "SELECT name, value FROM metadata", -1, &stmt, NULL) !=
      SQLITE_OK)
    return set_sqlite_error (self, error);

  while ((status = sqlite3_step (stmt)) == SQLITE_ROW)
    take_metadata (self, (const char *) sqlite3_column_text (stmt, 0),
                   (const char *) sqlite3_column_text (stmt, 1));
  if (status != SQLITE_DONE)
    set_sqlite_error (self, error);
  sqlite3_finalize (stmt);

  return status == SQLITE_DONE;
}

/* The levels from the tiles themselves: what metadata says is often not so. */
static gboolean
read_levels (LzMbtiles *self, GError **error)
{
  sqlite3_stmt *stmt;
  gboolean ok = FALSE;

  if (sqlite3_prepare_v2 (self->db,
                          "SELECT (SELECT min(zoom_level) FROM tiles),"
                          " (SELECT max(zoom_level) FROM tiles)",
                          -1, &stmt, NULL) != SQLITE_OK ||
      sqlite3_step (stmt) != SQLITE_ROW)
    set_sqlite_error (self, error);
  else if (sqlite3_column_type (stmt, 0) == SQLITE_NULL)
    g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("This map file holds no tiles"));
  else
    {
      self->min_zoom = (guint) CLAMP (sqlite3_column_int64 (stmt, 0), 0, MAX_ZOOM);
      self->max_zoom = (guint) CLAMP (sqlite3_column_int64 (stmt, 1), 0, MAX_ZOOM);
      ok = TRUE;
    }
  sqlite3_finalize (stmt);

  return ok;
}

static gboolean
check_format (GBytes *tile, GError **error)
{
  LzTileFormat format = lz_tile_image_guess (tile);

  if (lz_tile_image_can_read (format))
    return TRUE;

  if (format == LZ_TILE_VECTOR)
    g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID,
                 _ ("This map holds vector tiles; only maps of PNG or JPEG pictures can be shown"));
  else if (format == LZ_TILE_WEBP)
    g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID,
                 _ ("This map holds WebP pictures, which this computer cannot read; install "
                    "webp-pixbuf-loader or use a map of PNG or JPEG pictures"));
  else
    g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID,
                 _ ("The tiles of this map are neither PNG nor JPEG pictures"));
  return FALSE;
}

static gboolean
check_first_tile (LzMbtiles *self, GError **error)
{
  sqlite3_stmt *stmt;
  gboolean ok = FALSE;

  if (sqlite3_prepare_v2 (self->db, "SELECT tile_data FROM tiles WHERE zoom_level = ?1 LIMIT 1", -1,
                          &stmt, NULL) != SQLITE_OK)
    return set_sqlite_error (self, error);

  sqlite3_bind_int64 (stmt, 1, self->max_zoom);
  if (sqlite3_step (stmt) == SQLITE_ROW)
    {
      g_autoptr (GBytes) tile =
          g_bytes_new (sqlite3_column_blob (stmt, 0), (gsize) sqlite3_column_bytes (stmt, 0));

      ok = check_format (tile, error);
    }
  else
    set_sqlite_error (self, error);
  sqlite3_finalize (stmt);

  return ok;
}

static gboolean
open_file (LzMbtiles *self, const char *path, GError **error)
{
  if (sqlite3_open_v2 (path, &self->db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL) !=
      SQLITE_OK)
    return set_sqlite_error (self, error);

  /* A stranger's file: its views may not call what could do harm. */
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config (self->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_busy_timeout (self->db, 1000);
  if (!read_metadata (self, error) || !read_levels (self, error) || !check_first_tile (self, error))
    return FALSE;

  if (sqlite3_prepare_v3 (self->db,
                          "SELECT tile_data FROM tiles"
                          " WHERE zoom_level = ?1 AND tile_column = ?2 AND tile_row = ?3",
                          -1, SQLITE_PREPARE_PERSISTENT, &self->read, NULL) != SQLITE_OK)
    return set_sqlite_error (self, error);

  return TRUE;
}

LzMbtiles *
lz_mbtiles_open (const char *path, GError **error)
{
  g_autoptr (LzMbtiles) self = g_new0 (LzMbtiles, 1);

  g_return_val_if_fail (path != NULL, NULL);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->kept = g_hash_table_new_full (tile_key_hash, tile_key_equal, g_free, g_object_unref);
  if (!open_file (self, path, error))
    return NULL;

  return g_steal_pointer (&self);
}

LzMbtiles *
lz_mbtiles_ref (LzMbtiles *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
lz_mbtiles_unref (LzMbtiles *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  sqlite3_finalize (self->read);
  sqlite3_close (self->db);
  g_hash_table_unref (self->kept);
  g_mutex_clear (&self->lock);
  g_free (self->name);
  g_free (self->attribution);
  g_free (self);
}

const char *
lz_mbtiles_get_name (LzMbtiles *self)
{
  return self->name;
}

const char *
lz_mbtiles_get_attribution (LzMbtiles *self)
{
  return self->attribution;
}

guint
lz_mbtiles_get_min_zoom (LzMbtiles *self)
{
  return self->min_zoom;
}

guint
lz_mbtiles_get_max_zoom (LzMbtiles *self)
{
  return self->max_zoom;
}

GBytes *
lz_mbtiles_read (LzMbtiles *self, guint zoom, guint x, guint y, GError **error)
{
  G_GNUC_UNUSED
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  GBytes *tile = NULL;

  sqlite3_bind_int64 (self->read, 1, zoom);
  sqlite3_bind_int64 (self->read, 2, x);
  /* MBTiles counts rows from the south. */
  sqlite3_bind_int64 (self->read, 3, (G_GINT64_CONSTANT (1) << zoom) - 1 - y);

  switch (sqlite3_step (self->read))
    {
    case SQLITE_ROW:
      tile = g_bytes_new (sqlite3_column_blob (self->read, 0),
                          (gsize) sqlite3_column_bytes (self->read, 0));
      break;
    case SQLITE_DONE:
      g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, "No tile %u/%u/%u", zoom, x, y);
      break;
    default:
      set_sqlite_error (self, error);
      break;
    }
  sqlite3_reset (self->read);

  return tile;
}

static GdkTexture *
get_kept (LzMbtiles *self, const TileKey *key)
{
  G_GNUC_UNUSED
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);
  GdkTexture *texture = g_hash_table_lookup (self->kept, key);

  return texture != NULL ? g_object_ref (texture) : NULL;
}

static void
keep (LzMbtiles *self, const TileKey *key, GdkTexture *texture)
{
  G_GNUC_UNUSED
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (g_hash_table_size (self->kept) >= MAX_KEPT)
    g_hash_table_remove_all (self->kept);
  g_hash_table_insert (self->kept, g_memdup2 (key, sizeof *key), g_object_ref (texture));
}

/* The decoded tile, if the file has it; %NULL without @error if not. */
static GdkTexture *
load (LzMbtiles *self, const TileKey *key, gboolean share, GError **error)
{
  GdkTexture *texture = share ? get_kept (self, key) : NULL;
  g_autoptr (GBytes) bytes = NULL;
  GError *failure = NULL;

  if (texture != NULL)
    return texture;

  bytes = lz_mbtiles_read (self, key->zoom, key->x, key->y, &failure);
  if (bytes == NULL)
    {
      if (g_error_matches (failure, LZ_ERROR, LZ_ERROR_NOT_FOUND))
        g_clear_error (&failure);
      else
        g_propagate_error (error, failure);
      return NULL;
    }

  texture = lz_tile_image_decode (bytes, error);
  if (texture != NULL && share)
    keep (self, key, texture);

  return texture;
}

GdkTexture *
lz_mbtiles_draw (LzMbtiles *self, guint zoom, guint x, guint y, GError **error)
{
  guint up = zoom > self->max_zoom ? zoom - self->max_zoom : 0;

  for (; up <= zoom; up++)
    {
      TileKey key = { zoom - up, x >> up, y >> up };
      GError *failure = NULL;
      g_autoptr (GdkTexture) texture = NULL;

      if (key.zoom < self->min_zoom)
        break;
      texture = load (self, &key, up > 0, &failure);
      if (failure != NULL)
        {
          g_propagate_error (error, failure);
          return NULL;
        }
      if (texture != NULL)
        return up == 0 ? g_steal_pointer (&texture) : lz_tile_image_enlarge (texture, up, x, y);
    }

  return NULL;
}
