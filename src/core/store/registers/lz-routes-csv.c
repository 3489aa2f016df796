/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-csv-field.h"
#include "lz-csv.h"
#include "lz-routes-edit.h"
#include "lz-routes.h"

#include <glib/gi18n-lib.h>

void
lz_route_import_free (LzRouteImport *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->reasons);
  g_free (self);
}

static void
add_reason (LzRouteImport *report, guint row, const char *reason)
{
  g_ptr_array_add (report->reasons, g_strdup_printf (_ ("row %u: %s"), row, reason));
}

static gboolean
is_same (const LzRoute *route, const char *unit, const char *assist)
{
  return g_strcmp0 (route->unit != NULL ? route->unit : "", unit) == 0 &&
         g_strcmp0 (route->assist != NULL ? route->assist : "", assist) == 0;
}

/* One row; FALSE ends the import. */
static gboolean
import_row (LzStation *station,
            const char *category,
            const char *unit,
            const char *assist,
            guint row,
            LzRouteImport *report,
            GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzRoute) route = NULL;

  if (lz_catalogue_find (lz_station_get_catalogue (station), category) == NULL)
    {
      g_autofree char *reason = g_strdup_printf (_ ("There is no category “%s”."), category);

      add_reason (report, row, reason);
      return TRUE;
    }
  route = lz_routes_find (station, category, error);
  if (route == NULL)
    return FALSE;
  if (is_same (route, unit, assist))
    {
      report->n_same++;
      return TRUE;
    }
  if (!lz_routes_set (station, category, unit, assist, error))
    return FALSE;
  report->n_set++;
  return TRUE;
}

static gboolean
import_rows (LzStation *station, LzCsv *csv, LzRouteImport *report, GError **error)
{
  int category = lz_csv_find_column (csv, "category");
  int unit = lz_csv_find_column (csv, "unit");
  int assist = lz_csv_find_column (csv, "assist");

  if (category < 0 || unit < 0)
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID,
                           _ ("The file needs the columns “category” and “unit”."));
      return FALSE;
    }
  while (TRUE)
    {
      g_autoptr (GError) failure = NULL;

      if (lz_csv_next (csv, &failure))
        {
          if (!import_row (station, lz_csv_get (csv, category), lz_csv_get (csv, unit),
                           lz_csv_get (csv, assist), lz_csv_get_row (csv), report, error))
            return FALSE;
        }
      else if (failure == NULL)
        return TRUE;
      else if (g_error_matches (failure, LZ_ERROR, LZ_ERROR_INVALID))
        add_reason (report, lz_csv_get_row (csv), failure->message);
      else
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
}

/**
 * lz_routes_import_csv:
 * @station: a station
 * @path: a CSV file with the columns "category" (a code), "unit" and, if there is one, "assist"; as
 *   lz_routes_export_csv() writes it
 * @error: (nullable): %LZ_ERROR_INVALID without these columns; %LZ_ERROR_REFUSED if the station's
 *   person may not
 *
 * Sets the office's routes from a table, in one transaction; rows that change nothing add nothing.
 *
 * Returns: (transfer full) (nullable): what became of the rows
 */
LzRouteImport *
lz_routes_import_csv (LzStation *station, const char *path, GError **error)
{
  g_autoptr (LzRouteImport) report = g_new0 (LzRouteImport, 1);
  g_autoptr (LzCsv) csv = lz_csv_open (path, error);
  LzDb *db = lz_station_get_db (station);

  report->reasons = g_ptr_array_new_with_free_func (g_free);
  if (csv == NULL || !lz_db_begin (db, error))
    return NULL;
  if (!import_rows (station, csv, report, error))
    {
      lz_db_rollback (db);
      return NULL;
    }
  return lz_db_commit (db, error) ? g_steal_pointer (&report) : NULL;
}

/**
 * lz_routes_export_csv:
 * @station: a station
 * @path: where to; an existing file is replaced
 * @error: (nullable): return location
 *
 * Writes every category with its unit, as UTF-8 with the byte order mark that spreadsheets look
 * for.
 *
 * Returns: %TRUE once it is durable
 */
gboolean
lz_routes_export_csv (LzStation *station, const char *path, GError **error)
{
  const LzCatalogue *catalogue = lz_station_get_catalogue (station);
  g_autoptr (GPtrArray) routes = lz_routes_list (station, error);
  g_autoptr (GString) text = g_string_new ("\xef\xbb\xbf"
                                           "category,name,unit,assist,source\r\n");

  if (routes == NULL)
    return FALSE;
  for (guint i = 0; i < routes->len; i++)
    {
      const LzRoute *route = g_ptr_array_index (routes, i);
      const char *fields[] = { route->category,
                               lz_catalogue_find (catalogue, route->category)->name, route->unit,
                               route->assist, lz_route_source_to_string (route->source) };

      for (guint k = 0; k < G_N_ELEMENTS (fields); k++)
        {
          if (k > 0)
            g_string_append_c (text, ',');
          lz_csv_append_field (text, fields[k]);
        }
      g_string_append (text, "\r\n");
    }
  return g_file_set_contents_full (path, text->str, (gssize) text->len,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0644, error);
}
