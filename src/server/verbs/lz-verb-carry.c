/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-api.h"
#include "lz-verbs.h"
#include "lz-wire.h"

/* The one administrator; where there are several, the person at the console says who they are. */
static char *
dup_administrator (LzServerStore *store, GError **error)
{
  g_autoptr (GPtrArray) accounts = lz_server_store_list_accounts (store, NULL, error);
  const char *found = NULL;
  guint n = 0;

  if (accounts == NULL)
    return NULL;
  for (guint i = 0; i < accounts->len; i++)
    {
      const LzAccount *account = accounts->pdata[i];

      if (account->disabled || (account->roles & LZ_ROLE_ADMIN) == 0)
        continue;
      found = account->user;
      n++;
    }
  if (n == 1)
    return g_strdup (found);
  g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID,
                       "--by names the dispatcher or administrator who hands the file in");
  return NULL;
}

gboolean
lz_verb_import_unsent (const LzVerbOptions *options, char **args, GError **error)
{
  g_autoptr (LzServerStore) store = NULL;
  g_autoptr (LzCarryReport) report = NULL;
  g_autoptr (GString) json = g_string_new ("{\"by\":");
  g_autofree char *user = NULL;

  if (!lz_verb_check_args (args, 1, 1, "import-unsent FILE --data DIR [--by USER]", error))
    return FALSE;
  store = lz_server_store_open (options->data, error);
  user = store == NULL         ? NULL
         : options->by != NULL ? g_strdup (options->by)
                               : dup_administrator (store, error);
  report = user != NULL ? lz_server_store_carry_in (store, args[0], user, error) : NULL;
  if (report == NULL)
    return FALSE;

  lz_json_append_string (json, user);
  g_string_append (json, ",\"stations\":[");
  for (guint i = 0; i < report->devices->len; i++)
    {
      if (i > 0)
        g_string_append_c (json, ',');
      lz_json_append_string (json, report->devices->pdata[i]);
    }
  g_string_append_printf (json,
                          "],\"events\":%u,\"events_known\":%u,\"refused\":%u,\"photos\":%u,"
                          "\"photos_known\":%u}",
                          report->n_events, report->n_known, report->n_refused, report->n_photos,
                          report->n_photos_known);
  for (guint i = 0; i < report->refusals->len; i++)
    g_printerr ("refused: %s\n", (const char *) report->refusals->pdata[i]);
  g_print ("%s\n", json->str);
  return TRUE;
}
