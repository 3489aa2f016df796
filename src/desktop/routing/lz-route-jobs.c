/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-route-jobs.h"

#include "lz-jobs.h"
#include "lz-routes-edit.h"

void
lz_route_table_free (LzRouteTable *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->routes, g_ptr_array_unref);
  g_clear_pointer (&self->units, g_ptr_array_unref);
  g_free (self);
}

static void
add_unit (GPtrArray *units, const char *unit)
{
  if (unit != NULL && *unit != '\0' &&
      !g_ptr_array_find_with_equal_func (units, unit, g_str_equal, NULL))
    g_ptr_array_add (units, g_strdup (unit));
}

/* The server's units, then those of the people, of the table and of the catalogue. */
static gboolean
gather_units (LzStation *station, LzRouteTable *table, GError **error)
{
  g_autoptr (GPtrArray) known = lz_routes_list_units (station, error);
  g_autoptr (GPtrArray) people = known != NULL ? lz_people_list (station, error) : NULL;

  if (people == NULL)
    return FALSE;

  table->units = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < known->len; i++)
    add_unit (table->units, known->pdata[i]);
  for (guint i = 0; i < people->len; i++)
    add_unit (table->units, ((const LzPerson *) people->pdata[i])->unit);
  for (guint i = 0; i < table->routes->len; i++)
    {
      const LzRoute *route = table->routes->pdata[i];
      const LzCategory *category =
          lz_catalogue_find (lz_station_get_catalogue (station), route->category);

      add_unit (table->units, route->unit);
      for (guint unit = 0;
           category != NULL && category->units != NULL && category->units[unit] != NULL; unit++)
        add_unit (table->units, category->units[unit]);
    }
  return TRUE;
}

/* A job of the read thread. */
static gpointer
read_table (LzStation *station, gpointer data, GError **error)
{
  g_autoptr (LzRouteTable) table = g_new0 (LzRouteTable, 1);

  table->routes = lz_routes_list (station, error);
  if (table->routes == NULL || !gather_units (station, table, error))
    return NULL;
  return g_steal_pointer (&table);
}

static void
free_table (gpointer data)
{
  lz_route_table_free (data);
}

static void
free_import (gpointer data)
{
  lz_route_import_free (data);
}

void
lz_route_table_read_async (LzSession *session,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  lz_jobs_read_async (session, read_table, NULL, NULL, free_table, cancellable, callback,
                      user_data);
}

LzRouteTable *
lz_route_table_read_finish (GAsyncResult *result, GError **error)
{
  return lz_jobs_finish (result, error);
}

/* Category, unit and assisting units; %NULL-terminated only by its length. */
static gpointer
set_route (LzStation *station, gpointer data, GError **error)
{
  char **words = data;

  if (words[1] == NULL)
    lz_routes_reset (station, words[0], error);
  else
    lz_routes_set (station, words[0], words[1], words[2], error);
  return NULL;
}

static void
free_words (gpointer data)
{
  char **words = data;

  for (guint i = 0; i < 3; i++)
    g_free (words[i]);
  g_free (words);
}

void
lz_route_set_async (LzSession *session,
                    const char *category,
                    const char *unit,
                    const char *assist,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  char **words = NULL;

  g_return_if_fail (LZ_IS_SESSION (session));
  g_return_if_fail (category != NULL);

  words = g_new0 (char *, 3);
  words[0] = g_strdup (category);
  words[1] = g_strdup (unit);
  words[2] = g_strdup (assist);
  lz_jobs_write_async (session, set_route, words, free_words, NULL, callback, user_data);
}

gboolean
lz_route_set_finish (GAsyncResult *result, GError **error)
{
  return lz_jobs_finish_done (result, error);
}

/* A job of the writing thread. */
static gpointer
import_csv (LzStation *station, gpointer data, GError **error)
{
  return lz_routes_import_csv (station, data, error);
}

void
lz_route_import_async (LzSession *session,
                       const char *path,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (LZ_IS_SESSION (session));
  g_return_if_fail (path != NULL);

  lz_jobs_write_async (session, import_csv, g_strdup (path), g_free, free_import, callback,
                       user_data);
}

LzRouteImport *
lz_route_import_finish (GAsyncResult *result, GError **error)
{
  return lz_jobs_finish (result, error);
}

/* A job of the read thread. */
static gpointer
export_csv (LzStation *station, gpointer data, GError **error)
{
  lz_routes_export_csv (station, data, error);
  return NULL;
}

void
lz_route_export_async (LzSession *session,
                       const char *path,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_return_if_fail (LZ_IS_SESSION (session));
  g_return_if_fail (path != NULL);

  lz_jobs_read_async (session, export_csv, g_strdup (path), g_free, NULL, NULL, callback,
                      user_data);
}

gboolean
lz_route_export_finish (GAsyncResult *result, GError **error)
{
  return lz_route_set_finish (result, error);
}
