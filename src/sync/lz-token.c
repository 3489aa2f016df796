/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-sync"

#include "config.h"

#include "lz-sync-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <unistd.h>

/* Where no secret service runs: readable by this user only. */
#define FILE_NAME "token"

/* Each station its own: several accounts' stations on one machine do not mix. */
static const SecretSchema schema = { LZ_APP_ID ".Station",
                                     SECRET_SCHEMA_NONE,
                                     { { "station", SECRET_SCHEMA_ATTRIBUTE_STRING },
                                       { NULL, 0 } } };

static char *
dup_file_path (LzStation *station)
{
  return g_build_filename (lz_station_get_dir (station), FILE_NAME, NULL);
}

/* Without a session bus there is no secret service, and asking for one may start a bus. */
static gboolean
has_secret_service (void)
{
  return g_getenv ("DBUS_SESSION_BUS_ADDRESS") != NULL && g_getenv ("LZ_TOKEN_IN_FILE") == NULL;
}

static gboolean
save_in_file (LzStation *station, const char *token, GError **error)
{
  g_autofree char *path = dup_file_path (station);

  return g_file_set_contents_full (path, token, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

gboolean
lz_token_save (LzStation *station, const char *token, GError **error)
{
  g_autofree char *path = dup_file_path (station);
  g_autoptr (GError) failure = NULL;

  if (has_secret_service () &&
      secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, _ ("Luzhang workstation"),
                                  token, NULL, &failure, "station", lz_station_get_device (station),
                                  NULL))
    {
      g_unlink (path);
      return TRUE;
    }
  if (failure != NULL)
    g_info ("no secret service: %s", failure->message);
  return save_in_file (station, token, error);
}

char *
lz_token_load (LzStation *station)
{
  g_autofree char *path = dup_file_path (station);
  char *token = NULL;

  if (g_file_get_contents (path, &token, NULL, NULL))
    return token;
  if (has_secret_service ())
    {
      char *secret = secret_password_lookup_sync (&schema, NULL, NULL, "station",
                                                  lz_station_get_device (station), NULL);

      token = g_strdup (secret);
      secret_password_free (secret);
    }
  return token;
}

void
lz_token_forget (LzStation *station)
{
  g_autofree char *path = dup_file_path (station);

  g_unlink (path);
  if (has_secret_service ())
    secret_password_clear_sync (&schema, NULL, NULL, "station", lz_station_get_device (station),
                                NULL);
}
