/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-place"

#include "config.h"

#include "lz-streets.h"

#include "lz-place-file.h"
#include "lz-street-sink.h"

#include "lz-error.h"

#include <string.h>

#define SQLITE_MAGIC "SQLite format 3"

/**
 * lz_street_new:
 * @cls: what it is
 * @name: (nullable): its name
 * @line: (transfer full): its geometry
 *
 * Returns: (transfer full): a street, open both ways, on the ground
 */
LzStreet *
lz_street_new (LzStreetClass cls, const char *name, LzLine *line)
{
  LzStreet *self;

  g_return_val_if_fail (line != NULL, NULL);

  self = g_new0 (LzStreet, 1);
  self->cls = cls;
  self->name = g_strdup (name);
  self->line = line;
  return self;
}

/**
 * lz_street_free:
 * @self: (nullable) (transfer full): a street
 */
void
lz_street_free (LzStreet *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  lz_line_free (self->line);
  g_clear_pointer (&self->holes, g_ptr_array_unref);
  g_free (self);
}

void
lz_street_add_hole (LzStreet *self, LzLine *ring)
{
  g_return_if_fail (ring != NULL);

  if (self->holes == NULL)
    self->holes = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_line_free);
  g_ptr_array_add (self->holes, ring);
}

/**
 * lz_import_report_new:
 *
 * Returns: (transfer full): a report of nothing yet, for lz_streets_read()
 */
LzImportReport *
lz_import_report_new (void)
{
  LzImportReport *self = g_new0 (LzImportReport, 1);

  self->skipped = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * lz_import_report_free:
 * @self: (nullable) (transfer full): a report
 */
void
lz_import_report_free (LzImportReport *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->skipped, g_ptr_array_unref);
  g_free (self->attribution);
  g_free (self);
}

static gboolean
set_invalid (GError **error, const char *what)
{
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "reading a street map: %s", what);
  return FALSE;
}

/* Files that people try first and that we do not read: say what to do. */
static gboolean
explain_unknown (GBytes *bytes, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (size >= 16 && memcmp (data + 4, "\x0a\x09OSMHeader", 11) == 0)
    return set_invalid (error, "this is OSM PBF; convert it to .osm or GeoPackage first, such as "
                               "with osmium or ogr2ogr");
  if (lz_place_starts_with (bytes, "PK", 2))
    return set_invalid (error, "this is a ZIP archive; unpack it, and convert shapefiles to "
                               "GeoPackage or GeoJSON");
  if (lz_place_starts_with (bytes, "\xff\xfe", 2) || lz_place_starts_with (bytes, "\xfe\xff", 2))
    return set_invalid (error, "this text is UTF-16; save it as UTF-8");
  return set_invalid (error, "this is neither OSM XML nor GeoJSON nor GeoPackage");
}

static gboolean
read_format (GBytes *bytes, LzStreetSink *sink, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) text = NULL;

  if (lz_place_starts_with (bytes, SQLITE_MAGIC, sizeof SQLITE_MAGIC))
    return lz_gpkg_read_bytes (bytes, sink, cancellable, error);

  text = lz_place_skip_blank (bytes, error);
  if (text == NULL)
    return FALSE;

  switch (*(const char *) g_bytes_get_data (text, NULL))
    {
    case '<':
      return lz_osm_read (text, sink, cancellable, error);
    case '{':
    case '[':
      return lz_geojson_read (text, sink, cancellable, error);
    default:
      return explain_unknown (text, error);
    }
}

static void
free_street (gpointer data)
{
  lz_street_free (data);
}

/* Hands over what the sink holds, if there is anything. */
static GPtrArray *
finish (LzStreetSink *sink, gboolean is_read, LzImportReport *report, GError **error)
{
  g_autoptr (GPtrArray) streets = g_steal_pointer (&sink->streets);

  if (!is_read)
    return NULL;

  if (streets->len == 0)
    {
      g_autoptr (GString) why = g_string_new ("nothing for a street map in it");

      for (guint i = 1; i < LZ_N_SKIPS; i++)
        if (sink->skipped[i] > 0)
          {
            g_autofree char *line = lz_skip_dup_line ((LzSkip) i, sink->skipped[i]);

            g_string_append_printf (why, "; %s", line);
          }
      set_invalid (error, why->str);
      return NULL;
    }

  if (report != NULL)
    {
      report->n_streets += streets->len;
      if (report->skipped == NULL)
        report->skipped = g_ptr_array_new_with_free_func (g_free);
      for (guint i = 1; i < LZ_N_SKIPS; i++)
        if (sink->skipped[i] > 0)
          g_ptr_array_add (report->skipped, lz_skip_dup_line ((LzSkip) i, sink->skipped[i]));
      if (sink->is_osm && report->attribution == NULL)
        report->attribution = g_strdup ("© OpenStreetMap contributors");
    }

  return g_steal_pointer (&streets);
}

/**
 * lz_streets_read_bytes:
 * @bytes: a whole file
 * @report: (nullable) (inout): what was taken in and what was left out is added here
 * @cancellable: (nullable): stops it
 * @error: %LZ_ERROR_INVALID with what is wrong and where; %LZ_ERROR_TOO_LARGE
 *
 * Reads OSM XML, GeoJSON or GeoPackage, gzip-compressed or not, whatever the file is called.  A
 * file without anything to draw is an error too.  Blocks; any thread.
 *
 * Returns: (transfer container) (element-type LzStreet) (nullable): an array that owns its
 *   streets, or %NULL with @error set
 */
GPtrArray *
lz_streets_read_bytes (GBytes *bytes,
                       LzImportReport *report,
                       GCancellable *cancellable,
                       GError **error)
{
  LzStreetSink sink = { .streets = g_ptr_array_new_with_free_func (free_street) };
  g_autoptr (GBytes) plain = NULL;
  gboolean is_read = FALSE;

  g_return_val_if_fail (bytes != NULL, NULL);

  plain = lz_place_unpack (bytes, cancellable, error);
  if (plain != NULL)
    is_read = read_format (plain, &sink, cancellable, error);

  return finish (&sink, is_read, report, error);
}

static gboolean
is_sqlite_file (const char *path)
{
  char magic[sizeof SQLITE_MAGIC] = { 0 };
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = NULL;

  if (g_file_query_file_type (file, G_FILE_QUERY_INFO_NONE, NULL) != G_FILE_TYPE_REGULAR)
    return FALSE;

  stream = g_file_read (file, NULL, NULL);
  return stream != NULL &&
         g_input_stream_read_all (G_INPUT_STREAM (stream), magic, sizeof magic, NULL, NULL, NULL) &&
         memcmp (magic, SQLITE_MAGIC, sizeof magic) == 0;
}

/**
 * lz_streets_read:
 * @path: a file
 * @report: (nullable) (inout): as for lz_streets_read_bytes()
 * @cancellable: (nullable): stops it
 * @error: as for lz_streets_read_bytes(), and G_IO_ERROR if the file cannot be read
 *
 * Reads a street map from a file.  A GeoPackage is read through SQLite where it lies, read-only,
 * so that it may be open in QGIS at the same time.  Blocks; any thread.
 *
 * Returns: (transfer container) (element-type LzStreet) (nullable): an array that owns its
 *   streets, or %NULL with @error set
 */
GPtrArray *
lz_streets_read (const char *path,
                 LzImportReport *report,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GBytes) bytes = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  if (is_sqlite_file (path))
    {
      LzStreetSink sink = { .streets = g_ptr_array_new_with_free_func (free_street) };
      gboolean is_read = lz_gpkg_read (path, &sink, cancellable, error);

      return finish (&sink, is_read, report, error);
    }

  bytes = lz_place_load (path, cancellable, error);
  return bytes != NULL ? lz_streets_read_bytes (bytes, report, cancellable, error) : NULL;
}
