/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-cli"

#include "config.h"

#include "lz-cli.h"
#include "lz-routes-edit.h"
#include "lz-routes.h"

static char *opt_assist;
static gboolean opt_default;
static gboolean opt_open;

/* clang-format off */
static const GOptionEntry set_entries[] = {
  { "assist", 0, 0, G_OPTION_ARG_STRING, &opt_assist, N_("who assists"), N_("NAME") },
  { "default", 0, 0, G_OPTION_ARG_NONE, &opt_default, N_("instead of a unit: what the city or the plan says"), NULL },
  { "open", 0, 0, G_OPTION_ARG_NONE, &opt_open, N_("instead of a unit: the dispatcher decides each time"), NULL },
  { NULL }
};
/* clang-format on */

static void
print_route (LzCli *self, const LzCatalogue *catalogue, const LzRoute *route)
{
  const LzCategory *category = lz_catalogue_find (catalogue, route->category);

  if (!self->json)
    {
      lz_out_row (self->out, route->category, category != NULL ? category->name : "",
                  route->unit != NULL ? route->unit : "-",
                  route->assist != NULL ? route->assist : "", lz_route_source_label (route->source),
                  route->unit != NULL && !route->known ? _ ("unknown unit") : "", NULL);
      return;
    }
  lz_out_begin_object (self->out, NULL);
  lz_out_string (self->out, "category", route->category);
  lz_out_string (self->out, "name", category != NULL ? category->name : NULL);
  lz_out_string (self->out, "unit", route->unit);
  lz_out_string (self->out, "assist", route->assist);
  lz_out_string (self->out, "source", lz_route_source_to_string (route->source));
  lz_out_bool (self->out, "known", route->known);
  lz_out_end_object (self->out);
}

static gboolean
run_list (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  g_autoptr (GPtrArray) routes = station != NULL ? lz_routes_list (station, error) : NULL;

  if (routes == NULL)
    return FALSE;
  lz_cli_begin_list (self);
  for (guint i = 0; i < routes->len; i++)
    print_route (self, lz_station_get_catalogue (station), routes->pdata[i]);
  lz_cli_end_list (self);
  return TRUE;
}

static gboolean
run_set (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = NULL;
  gboolean has_unit = self->n_args == 2 && *self->args[1] != '\0';

  if (has_unit + opt_default + opt_open != 1)
    return lz_cli_set_usage (error, _ ("Give a unit, or --default, or --open."));
  station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  if (station == NULL)
    return FALSE;
  if (opt_default)
    return lz_routes_reset (station, self->args[0], error);
  return lz_routes_set (station, self->args[0], has_unit ? self->args[1] : "", opt_assist, error);
}

static gboolean
run_import (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  g_autoptr (LzRouteImport) report =
      station != NULL ? lz_routes_import_csv (station, self->args[0], error) : NULL;

  if (report == NULL)
    return FALSE;
  if (self->json)
    {
      lz_out_begin_object (self->out, NULL);
      lz_out_int (self->out, "set", report->n_set);
      lz_out_int (self->out, "same", report->n_same);
      lz_cli_print_reasons (self, "skipped", report->reasons);
      lz_out_end_object (self->out);
      return TRUE;
    }
  lz_out_line (self->out, _ ("%u routes changed, %u were so already."), report->n_set,
               report->n_same);
  lz_cli_print_reasons (self, "skipped", report->reasons);
  return TRUE;
}

static gboolean
run_export (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);

  return station != NULL && lz_routes_export_csv (station, self->args[0], error);
}

/* clang-format off */
const LzVerb lz_cli_route_verbs[] = {
  { "route", "list", "", 0, 0, NULL, FALSE, run_list, N_("which unit handles which category") },
  { "route", "set", N_("CATEGORY [UNIT]"), 1, 2, set_entries, FALSE, run_set, N_("sets the office's own route") },
  { "route", "import", N_("FILE"), 1, 1, NULL, FALSE, run_import, N_("sets routes from a CSV file with the columns category, unit, assist") },
  { "route", "export", N_("FILE"), 1, 1, NULL, FALSE, run_export, N_("writes all routes as CSV") },
  { NULL }
};
/* clang-format on */
