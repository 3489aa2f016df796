/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-cli"

#include "config.h"

#include "lz-cli-case.h"
#include "lz-communities.h"
#include "lz-roads.h"

static gboolean opt_mine;
static int opt_level = 1;
static gboolean opt_remove;
static char *opt_community;

/* clang-format off */
static const GOptionEntry list_entries[] = {
  { "mine", 0, 0, G_OPTION_ARG_NONE, &opt_mine, N_("only those assigned to the station's person"), NULL },
  { NULL }
};

static const GOptionEntry assign_entries[] = {
  { "level", 0, 0, G_OPTION_ARG_INT, &opt_level, N_("1 一级, 2 二级, 3 三级, 4 总路长"), N_("N") },
  { "remove", 0, 0, G_OPTION_ARG_NONE, &opt_remove, N_("take the road from the person"), NULL },
  { NULL }
};
/* clang-format on */

static gboolean
run_import (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  g_autoptr (LzImportReport) report = NULL;

  if (station == NULL)
    return FALSE;
  report = lz_roads_import (station, self->args[0], NULL, error);
  if (report == NULL)
    return FALSE;

  if (self->json)
    {
      lz_out_begin_object (self->out, NULL);
      lz_out_int (self->out, "streets", report->n_streets);
      lz_out_int (self->out, "roads", report->n_roads);
      lz_out_decimal (self->out, "length_m", report->length_m, 1);
      lz_out_string (self->out, "attribution", report->attribution);
      lz_out_begin_array (self->out, "skipped");
      for (guint i = 0; report->skipped != NULL && i < report->skipped->len; i++)
        lz_out_string (self->out, NULL, g_ptr_array_index (report->skipped, i));
      lz_out_end_array (self->out);
      lz_out_end_object (self->out);
      return TRUE;
    }
  lz_out_line (self->out, _ ("%u pieces of street, joined into %u roads, %.1f km."),
               report->n_streets, report->n_roads, report->length_m / 1000);
  for (guint i = 0; report->skipped != NULL && i < report->skipped->len; i++)
    lz_out_line (self->out, _ ("Left out: %s"), (char *) g_ptr_array_index (report->skipped, i));
  return TRUE;
}

static void
print_road (LzCli *self, const LzRoad *road)
{
  g_autofree char *id = lz_id_dup_string (&road->id);
  g_autofree char *level = g_strdup_printf ("%u", road->level);
  g_autofree char *length = g_strdup_printf ("%.0f m", road->length_m);
  g_autofree char *ends =
      g_strdup_printf ("%s – %s", road->from_name != NULL ? road->from_name : "?",
                       road->to_name != NULL ? road->to_name : "?");

  if (!self->json)
    {
      lz_out_row (self->out, road->name, length, ends, road->level > 0 ? level : "", id, NULL);
      return;
    }
  lz_out_begin_object (self->out, NULL);
  lz_out_string (self->out, "id", id);
  lz_out_string (self->out, "name", road->name);
  lz_out_string (self->out, "initials", road->initials);
  lz_out_int (self->out, "grade", road->grade);
  lz_out_string (self->out, "from", road->from_name);
  lz_out_string (self->out, "to", road->to_name);
  lz_out_decimal (self->out, "length_m", road->length_m, 1);
  lz_out_int (self->out, "level", road->level);
  lz_out_end_object (self->out);
}

static gboolean
run_list (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  g_autoptr (GPtrArray) roads = station != NULL ? lz_roads_list (station, opt_mine, error) : NULL;

  if (roads == NULL)
    return FALSE;
  lz_cli_begin_list (self);
  for (guint i = 0; i < roads->len; i++)
    print_road (self, g_ptr_array_index (roads, i));
  lz_cli_end_list (self);
  return TRUE;
}

static gboolean
run_assign (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = NULL;
  LzId road;

  if (opt_level < 1 || opt_level > 4)
    return lz_cli_set_usage (error, _ ("--level must be 1, 2, 3 or 4."));
  station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  if (station == NULL || !lz_cli_find_road (station, self->args[0], &road, error))
    return FALSE;
  if (opt_remove)
    return lz_roads_unassign (station, &road, self->args[1], error);
  return lz_roads_assign (station, &road, self->args[1], (guint) opt_level, error);
}

/* -- communities ---------------------------------------------------------------------------------
 */

static gboolean
print_communities (LzCli *self, LzStation *station, GError **error)
{
  g_autoptr (GHashTable) communities = lz_communities_load (station, error);
  g_autoptr (GPtrArray) roads = communities != NULL ? lz_roads_list (station, FALSE, error) : NULL;

  if (roads == NULL)
    return FALSE;
  if (self->json)
    lz_out_begin_array (self->out, NULL);
  for (guint i = 0; i < roads->len; i++)
    {
      const LzRoad *road = g_ptr_array_index (roads, i);
      const char *community = g_hash_table_lookup (communities, &road->id);

      if (community == NULL)
        continue;
      if (!self->json)
        {
          lz_out_row (self->out, road->name, community, NULL);
          continue;
        }
      lz_out_begin_object (self->out, NULL);
      lz_out_string (self->out, "road", road->name);
      lz_out_string (self->out, "community", community);
      lz_out_end_object (self->out);
    }
  if (self->json)
    lz_out_end_array (self->out);
  lz_out_end_table (self->out);
  return TRUE;
}

static gboolean
import_communities (LzCli *self, LzStation *station, const char *path, GError **error)
{
  g_autoptr (LzCommunitiesReport) report = lz_communities_import (station, path, error);

  if (report == NULL)
    return FALSE;
  if (self->json)
    {
      lz_out_begin_object (self->out, NULL);
      lz_out_int (self->out, "rows", report->n_rows);
      lz_out_int (self->out, "roads", report->n_roads);
      lz_out_begin_array (self->out, "skipped");
      for (guint i = 0; i < report->reasons->len; i++)
        lz_out_string (self->out, NULL, g_ptr_array_index (report->reasons, i));
      lz_out_end_array (self->out);
      lz_out_end_object (self->out);
      return TRUE;
    }
  for (guint i = 0; i < report->reasons->len; i++)
    g_printerr (_ ("Left out: %s\n"), (char *) g_ptr_array_index (report->reasons, i));
  lz_out_line (self->out, _ ("%u roads have a community by it."), report->n_roads);
  return TRUE;
}

static gboolean
set_community (LzStation *station, const char *name, GError **error)
{
  g_autofree char *code = NULL;
  LzId road;

  if (!opt_remove && opt_community == NULL)
    return lz_cli_set_usage (error, _ ("Say which: --community NAME, or --remove."));
  if (!lz_cli_find_road (station, name, &road, error))
    return FALSE;
  if (!opt_remove && (code = lz_communities_find (station, opt_community, error)) == NULL)
    return FALSE;
  return lz_communities_set (station, &road, code, error);
}

static gboolean
run_communities (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station =
      lz_cli_open (self, self->n_args > 0 ? LZ_STATION_READ_WRITE : LZ_STATION_READ_ONLY, error);

  if (station == NULL)
    return FALSE;
  return self->n_args == 0 ? print_communities (self, station, error)
                           : import_communities (self, station, self->args[0], error);
}

static gboolean
run_community (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);

  return station != NULL && set_community (station, self->args[0], error);
}

/* clang-format off */
static const GOptionEntry community_entries[] = {
  { "community", 0, 0, G_OPTION_ARG_STRING, &opt_community, N_("12-digit code, or a name of the office's divisions"), N_("NAME") },
  { "remove", 0, 0, G_OPTION_ARG_NONE, &opt_remove, N_("it lies in none"), NULL },
  { NULL }
};

const LzVerb lz_cli_road_verbs[] = {
  { "roads", "import", N_("FILE"), 1, 1, NULL, FALSE, run_import, N_("takes in a street map: OSM XML, GeoJSON or GeoPackage") },
  { "roads", "list", "", 0, 0, list_entries, FALSE, run_list, N_("lists the roads") },
  { "roads", "assign", N_("ROAD PERSON"), 2, 2, assign_entries, FALSE, run_assign, N_("gives a road to a person") },
  { "roads", "community", N_("ROAD"), 1, 1, community_entries, FALSE, run_community, N_("says in which community a road lies") },
  { "roads", "communities", N_("[FILE]"), 0, 1, NULL, FALSE, run_communities, N_("lists the communities of the roads, or takes them in: CSV, or areas as GeoJSON") },
  { NULL }
};
/* clang-format on */
