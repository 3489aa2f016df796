/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-db-private.h"
#include "lz-store-resources.h"

/* Append only: a released migration is never edited. */
static const char *const migrations[] = {
  "0001-station.sql", "0002-projections.sql", "0003-sync.sql",   "0004-records.sql",
  "0005-tasks.sql",   "0006-figures.sql",     "0007-patrol.sql", "0008-bulk.sql",
  "0009-papers.sql",  "0010-desk.sql",        "0011-firms.sql",  "0012-bulletin-draft.sql",
};

static gboolean
run_migration (LzDb *self, guint index, GError **error)
{
  g_autofree char *path = g_strconcat ("/org/luzhang/Luzhang/sql/", migrations[index], NULL);
  g_autofree char *stamp = g_strdup_printf ("INSERT INTO schema_version VALUES (%u)", index + 1);
  g_autoptr (GBytes) script =
      g_resource_lookup_data (lz_store_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  return script != NULL && lz_db_exec (self, g_bytes_get_data (script, NULL), error) &&
         lz_db_exec (self, "DELETE FROM schema_version", error) && lz_db_exec (self, stamp, error);
}

static gboolean
read_version (LzDb *self, gint64 *version, GError **error)
{
  gint64 n_tables;

  if (!lz_db_get_int64 (self, "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_version'",
                        &n_tables, error))
    return FALSE;
  if (n_tables == 0)
    {
      *version = 0;
      return TRUE;
    }
  return lz_db_get_int64 (self, "SELECT version FROM schema_version", version, error);
}

/* All or nothing, and safe when two processes start at once: the version is read under the write
 * lock.  An up-to-date file is recognised without taking it. */
gboolean
lz_db_migrate (LzDb *self, GError **error)
{
  gint64 have;

  if (!read_version (self, &have, error))
    return FALSE;
  if (have == (gint64) G_N_ELEMENTS (migrations))
    return TRUE;
  if (!lz_db_begin (self, error))
    return FALSE;
  if (!read_version (self, &have, error))
    goto rollback;
  if (have > (gint64) G_N_ELEMENTS (migrations))
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_TOO_NEW,
                   "schema %" G_GINT64_FORMAT " was written by a newer version", have);
      goto rollback;
    }

  for (guint i = (guint) have; i < G_N_ELEMENTS (migrations); i++)
    if (!run_migration (self, i, error))
      {
        g_prefix_error (error, "%s: ", migrations[i]);
        goto rollback;
      }
  return lz_db_commit (self, error);

rollback:
  lz_db_rollback (self);
  return FALSE;
}
