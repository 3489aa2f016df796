/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-cli"

#include "config.h"

#include "lz-cli.h"
#include "lz-roads.h"
#include "lz-sample.h"
#include "lz-state.h"

static gboolean opt_sample;
static char *opt_city;
static char *opt_feed;
static char *opt_name;
static char *opt_phone;
static char *opt_unit;
static char *opt_roles;

/* clang-format off */
static const GOptionEntry init_entries[] = {
  { "sample", 0, 0, G_OPTION_ARG_NONE, &opt_sample, N_("with the streets and made-up people of the sample city"), NULL },
  { "city", 0, 0, G_OPTION_ARG_STRING, &opt_city, N_("for an office of this name or 9-digit division code"), N_("NAME") },
  { "feed", 0, 0, G_OPTION_ARG_STRING, &opt_feed, N_("with --city: an office that the built-in divisions do not know"), N_("CODE") },
  { NULL }
};

static const GOptionEntry person_entries[] = {
  { "name", 0, 0, G_OPTION_ARG_STRING, &opt_name, N_("the person's name"), N_("NAME") },
  { "phone", 0, 0, G_OPTION_ARG_STRING, &opt_phone, N_("the telephone number"), N_("NUMBER") },
  { "unit", 0, 0, G_OPTION_ARG_STRING, &opt_unit, N_("the unit"), N_("NAME") },
  { "roles", 0, 0, G_OPTION_ARG_STRING, &opt_roles, N_("inspector, road_chief, dispatcher, unit, checker, supervisor, admin, with commas between"), N_("ROLES") },
  { NULL }
};
/* clang-format on */

static gboolean
make (const char *dir, GError **error)
{
  if (opt_sample)
    return lz_station_create_sample (dir, error);
  if (opt_feed != NULL)
    return lz_station_create (dir, opt_feed, opt_city != NULL ? opt_city : "", error);
  if (lz_station_create_city (dir, opt_city, error))
    return TRUE;
  if (error != NULL && g_error_matches (*error, LZ_ERROR, LZ_ERROR_NOT_FOUND))
    {
      g_autofree char *message = g_steal_pointer (&(*error)->message);

      (*error)->message =
          g_strdup_printf (_ ("%s Give its 9-digit division code too: --feed CODE."), message);
    }
  return FALSE;
}

static gboolean
run_init (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = NULL;
  const char *dir;

  if (!opt_sample && opt_city == NULL && opt_feed == NULL)
    return lz_cli_set_usage (error, _ ("Say which: --sample, or --city NAME."));
  if (opt_sample && (opt_city != NULL || opt_feed != NULL))
    return lz_cli_set_usage (error, _ ("--sample and --city do not go together."));
  dir = lz_cli_get_dir (self);
  if (!make (dir, error))
    return FALSE;

  station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  if (station == NULL)
    return FALSE;
  if (self->json)
    {
      lz_out_begin_object (self->out, NULL);
      lz_out_string (self->out, "station", lz_station_get_dir (station));
      lz_out_string (self->out, "device", lz_station_get_device (station));
      lz_out_string (self->out, "feed", lz_station_get_feed (station));
      lz_out_string (self->out, "city", lz_station_get_city (station));
      lz_out_end_object (self->out);
    }
  else
    lz_out_line (self->out, _ ("The station of %s is in %s."), lz_station_get_city (station),
                 lz_station_get_dir (station));
  return TRUE;
}

/* -- people ---------------------------------------------------------------------------------------
 */

static char *
dup_roles (guint roles)
{
  GString *text = g_string_new (NULL);

  for (guint bit = 1; bit < LZ_ROLE_RULE; bit <<= 1)
    if ((roles & bit) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "",
                              lz_role_to_string ((LzRole) bit));
  return g_string_free (text, FALSE);
}

static gboolean
run_people_list (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  g_autoptr (GPtrArray) people = station != NULL ? lz_people_list (station, error) : NULL;

  if (people == NULL)
    return FALSE;
  lz_cli_begin_list (self);
  for (guint i = 0; i < people->len; i++)
    {
      const LzPerson *person = g_ptr_array_index (people, i);
      gboolean is_actor = g_str_equal (person->id, lz_station_get_actor (station));
      g_autofree char *roles = dup_roles (person->roles);

      if (!self->json)
        {
          lz_out_row (self->out, is_actor ? "*" : " ", person->id, person->name, roles,
                      person->unit != NULL ? person->unit : "", NULL);
          continue;
        }
      lz_out_begin_object (self->out, NULL);
      lz_out_string (self->out, "id", person->id);
      lz_out_string (self->out, "name", person->name);
      lz_out_string (self->out, "phone", person->phone);
      lz_out_string (self->out, "unit", person->unit);
      lz_out_string (self->out, "roles", roles);
      lz_out_bool (self->out, "acts_here", is_actor);
      lz_out_end_object (self->out);
    }
  lz_cli_end_list (self);
  return TRUE;
}

static gboolean
parse_roles (const char *text, guint *roles, GError **error)
{
  g_auto (GStrv) names = g_strsplit (text, ",", -1);

  for (char **name = names; *name != NULL; name++)
    {
      LzRole role;

      if (!lz_role_from_string (g_strstrip (*name), &role) || role == LZ_ROLE_RULE)
        return lz_cli_set_usage (error, _ ("There is no role “%s”."), *name);
      *roles |= role;
    }
  return TRUE;
}

static gboolean
run_people_add (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = NULL;
  LzPerson person = {
    .id = self->args[0],
    .name = opt_name != NULL ? opt_name : self->args[0],
    .phone = opt_phone,
    .unit = opt_unit,
  };

  if (opt_roles == NULL)
    return lz_cli_set_usage (error, _ ("Say what the person may do: --roles ROLES."));
  if (!parse_roles (opt_roles, &person.roles, error))
    return FALSE;
  station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  return station != NULL && lz_people_save (station, &person, error);
}

static gboolean
run_people_use (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);

  return station != NULL && lz_people_set_actor (station, self->args[0], error);
}

/* -- categories -----------------------------------------------------------------------------------
 */

static gboolean
run_categories (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  g_autoptr (GPtrArray) found = NULL;

  if (station == NULL)
    return FALSE;
  found = lz_catalogue_search (lz_station_get_catalogue (station),
                               self->n_args > 0 ? self->args[0] : "", NULL);
  lz_cli_begin_list (self);
  for (guint i = 0; i < found->len; i++)
    {
      const LzCategory *category = g_ptr_array_index (found, i);
      const LzCondition *condition = lz_category_find_condition (category, 1);
      g_autofree char *limit = condition != NULL ? lz_limit_dup_label (condition->limit) : NULL;

      if (!self->json)
        {
          lz_out_row (self->out, category->code, category->initials, category->name,
                      category->name_en, limit != NULL ? limit : "", NULL);
          continue;
        }
      lz_out_begin_object (self->out, NULL);
      lz_out_string (self->out, "code", category->code);
      lz_out_string (self->out, "name", category->name);
      lz_out_string (self->out, "name_en", category->name_en);
      lz_out_string (self->out, "initials", category->initials);
      lz_out_string (self->out, "dimension", lz_dimension_to_string (category->dimension));
      lz_out_int (self->out, "conditions", category->conditions->len);
      lz_out_string (self->out, "unit", category->lead_unit);
      lz_out_end_object (self->out);
    }
  lz_cli_end_list (self);
  return TRUE;
}

/* clang-format off */
const LzVerb lz_cli_station_verbs[] = {
  { "station", "init", "", 0, 0, init_entries, FALSE, run_init, N_("makes a station in the folder of --station") },
  { "people", "list", "", 0, 0, NULL, FALSE, run_people_list, N_("lists the people of the office") },
  { "people", "add", N_("ID"), 1, 1, person_entries, FALSE, run_people_add, N_("adds or changes a person") },
  { "people", "use", N_("ID"), 1, 1, NULL, FALSE, run_people_use, N_("makes this person the one who acts here") },
  { NULL, "categories", N_("[TEXT]"), 0, 1, NULL, FALSE, run_categories, N_("lists the categories, best matches first") },
  { NULL }
};
/* clang-format on */
