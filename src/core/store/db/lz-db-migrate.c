/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-db"

#include "config.h"

#include "lz-db-private.h"

static gboolean
run_migration (LzDb *self, const LzDbSchema *schema, guint index, GError **error)
{
  g_autofree char *path = g_strconcat (schema->folder, schema->scripts[index], NULL);
  g_autoptr (GBytes) script =
      g_resource_lookup_data (schema->get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  return script != NULL && lz_db_exec (self, g_bytes_get_data (script, NULL), error) &&
         schema->write_version (self, index + 1, error);
}

/* All or nothing, and safe when two processes start at once: the version is read under the write
 * lock.  An up-to-date file is recognised without taking it. */
gboolean
lz_db_migrate (LzDb *self, const LzDbSchema *schema, GError **error)
{
  gint64 have;

  if (!schema->read_version (self, &have, error))
    return FALSE;
  if (have == (gint64) schema->n_scripts)
    return TRUE;
  if (!lz_db_begin (self, error))
    return FALSE;
  if (!schema->read_version (self, &have, error))
    goto rollback;
  if (have > (gint64) schema->n_scripts)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_TOO_NEW,
                   "schema %" G_GINT64_FORMAT " was written by a newer version", have);
      goto rollback;
    }

  for (guint i = (guint) have; i < schema->n_scripts; i++)
    if (!run_migration (self, schema, i, error))
      {
        g_prefix_error (error, "%s: ", schema->scripts[i]);
        goto rollback;
      }
  return lz_db_commit (self, error);

rollback:
  lz_db_rollback (self);
  return FALSE;
}
