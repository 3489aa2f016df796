/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-api.h"
#include "lz-data.h"
#include "lz-password.h"
#include "lz-reference.h"
#include "lz-verbs.h"

/* The sample office: the first subdistrict of the sample city.  Everybody in it is made up. */
#define SAMPLE_FEED      "360681001"
#define SAMPLE_UNIT      "huanwei"
#define SAMPLE_UNIT_FEED "unit:" SAMPLE_UNIT

static const struct
{
  const char *user;
  const char *name;
  guint roles;
  gboolean unit;
} people[] = {
  { "li", "李巡查员", LZ_ROLE_INSPECTOR, FALSE },
  { "wang", "王巡查员", LZ_ROLE_INSPECTOR, FALSE },
  { "zhang", "张路长", LZ_ROLE_ROAD_CHIEF, FALSE },
  { "chen", "陈派遣员", LZ_ROLE_DISPATCHER, FALSE },
  { "huanwei", "环卫中心", LZ_ROLE_UNIT, TRUE },
  { "checker", "赵核查员", LZ_ROLE_CHECKER, FALSE },
  { "supervisor", "孙督导", LZ_ROLE_SUPERVISOR, FALSE },
  { "admin", "管理员", LZ_ROLE_ADMIN, FALSE },
};

/* Who leads by the catalogue is the sample unit too: what the rules dispatch then reaches it. */
static const char sample_units[] =
    "[{\"id\":\"" SAMPLE_UNIT
    "\",\"name\":\"环卫中心\",\"aliases\":[\"市环卫中心\",\"市城管局\"]}]";

static const char sample_settings[] = "{\"city\":\"贵溪市\",\"short_loop\":\"1\"}";

static gboolean
put_data (LzServerStore *store, const char *part, const char *file, GError **error)
{
  g_autoptr (GBytes) content = lz_data_lookup (file, error);
  gint64 rev;

  return content != NULL && lz_reference_put (store, part, content, &rev, error);
}

static gboolean
put_text (LzServerStore *store, const char *part, const char *text, GError **error)
{
  g_autoptr (GBytes) content = g_bytes_new_static (text, strlen (text));
  gint64 rev;

  return lz_reference_put (store, part, content, &rev, error);
}

static gboolean
put_streets (LzServerStore *store, GError **error)
{
  g_autoptr (GBytes) map = lz_data_lookup ("sample/guixi.osm.gz", error);
  gint64 rev;

  return map != NULL && lz_reference_put_roads (store, SAMPLE_FEED, map, NULL, &rev, error);
}

static const struct
{
  const char *road;
  const char *person;
  guint level;
} assignments[] = {
  { "冶金大道", "zhang", 1 }, { "建设路", "zhang", 1 }, { "雄石路", "zhang", 1 },
  { "冶金大道", "li", 3 },    { "建设路", "li", 3 },    { "雄石路", "wang", 3 },
};

static gboolean
assign_roads (LzServerStore *store, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (assignments); i++)
    {
      gint64 rev;

      if (!lz_server_store_assign (store, assignments[i].road, assignments[i].person,
                                   assignments[i].level, &rev, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
make_people (LzServerStore *store, GString *json, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    {
      char *feeds[] = { (char *) (people[i].unit ? SAMPLE_UNIT_FEED : SAMPLE_FEED), NULL };
      LzAccount account = { .user = (char *) people[i].user,
                            .name = (char *) people[i].name,
                            .unit = people[i].unit ? (char *) SAMPLE_UNIT : NULL,
                            .roles = people[i].roles,
                            .feeds = feeds };
      g_autofree char *password = lz_password_make (error);

      if (password == NULL)
        return FALSE;
      if (i > 0)
        g_string_append_c (json, ',');
      if (!lz_server_make_account (store, &account, password, json, error))
        return FALSE;
    }
  return TRUE;
}

/* The data that come with the program; an office replaces them by its own. */
static gboolean
put_defaults (LzServerStore *store, GError **error)
{
  return put_data (store, "catalogue", "catalogue/catalogue.tsv", error) &&
         put_data (store, "tasks", "catalogue/tasks.tsv", error) &&
         put_data (store, "calendar", "calendar/china-2026.tsv", error) &&
         put_text (store, "routing", "{}", error);
}

static gboolean
put_sample (LzServerStore *store, GString *json, GError **error)
{
  return put_data (store, "divisions", "divisions/guixi.tsv", error) &&
         lz_server_store_add_feed (store, SAMPLE_FEED, "花园街道", error) &&
         put_text (store, "units", sample_units, error) &&
         put_text (store, "settings", sample_settings, error) && put_streets (store, error) &&
         make_people (store, json, error) && assign_roads (store, error);
}

gboolean
lz_server_make_account (LzServerStore *store,
                        const LzAccount *account,
                        const char *password,
                        GString *json,
                        GError **error)
{
  g_autofree char *hash = lz_password_hash (password, error);

  if (hash == NULL || !lz_server_store_save_account (store, account, hash, TRUE, error))
    return FALSE;
  /* "role" is the first of the roles, for scripts that want one. */
  g_string_append (json, "{\"role\":");
  for (guint bit = 0; bit < 7; bit++)
    if ((account->roles & (1u << bit)) != 0)
      {
        g_string_append_printf (json, "\"%s\",", lz_role_to_string (1u << bit));
        break;
      }
  if (account->roles == 0)
    g_string_append (json, "\"\",");
  {
    GString *rest = g_string_new (NULL);

    lz_api_write_account (rest, account, password);
    g_string_append (json, rest->str + 1);
    g_string_free (rest, TRUE);
  }
  return TRUE;
}

gboolean
lz_verb_init (const LzVerbOptions *options, char **args, GError **error)
{
  g_autoptr (LzServerStore) store = NULL;
  g_autoptr (GString) json = g_string_new ("{\"users\":[");

  if (!lz_verb_check_args (args, 0, 0, "init --data DIR [--sample]", error) ||
      !lz_server_store_init (options->data, error))
    return FALSE;
  store = lz_server_store_open (options->data, error);
  if (store == NULL || !put_defaults (store, error) ||
      (options->sample ? !put_sample (store, json, error)
                       : !put_text (store, "settings", "{\"short_loop\":\"0\"}", error) ||
                             !put_text (store, "units", "[]", error)))
    return FALSE;
  g_print ("%s]}\n", json->str);
  return TRUE;
}
