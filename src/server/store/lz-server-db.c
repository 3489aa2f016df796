/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-server-db.h"
#include "lz-server-store-resources.h"

/* "LzSv". */
#define APPLICATION_ID 1283085174

static const char *const migrations[] = {
  "0001-server.sql",
  "0002-suspensions.sql",
};

static gboolean
mark (LzDb *db, GError **error)
{
  gint64 application_id;

  if (!lz_db_get_int64 (db, "PRAGMA application_id", &application_id, error))
    return FALSE;
  return application_id == APPLICATION_ID ||
         lz_db_exec (db, "PRAGMA application_id = " G_STRINGIFY (APPLICATION_ID), error);
}

static gboolean
read_version (LzDb *db, gint64 *version, GError **error)
{
  return lz_db_get_int64 (db, "PRAGMA user_version", version, error);
}

static gboolean
write_version (LzDb *db, guint version, GError **error)
{
  g_autofree char *stamp = g_strdup_printf ("PRAGMA user_version = %u", version);

  return lz_db_exec (db, stamp, error);
}

LzDb *
lz_server_db_open (const char *path, gboolean read_only, GError **error)
{
  static const LzDbSchema schema = {
    .reader_cache_kib = 4096,
    .writer_cache_kib = 24576, /* photos come by hash, that is all over the index */
    .mark = mark,
    .get_resource = lz_server_store_get_resource,
    .folder = "/org/luzhang/Luzhang/server/sql/",
    .scripts = migrations,
    .n_scripts = G_N_ELEMENTS (migrations),
    .read_version = read_version,
    .write_version = write_version,
  };

  return lz_db_open (path, &schema, read_only, error);
}
