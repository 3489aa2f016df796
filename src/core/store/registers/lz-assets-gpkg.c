/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-assets.h"
#include "lz-atomic.h"
#include "lz-geometry-blob.h"
#include "lz-gpkg-layers.h"

/* A layer for each kind.  What fields a kind has is data, so that the statements are put together
 * here; names go through SQLite's own quoting (%w), values are bound. */

#define FIRST_FIELD 3 /* after geom and kind */

static char *
make_create (const LzAssetKind *kind)
{
  g_autoptr (GString) columns = g_string_new (NULL);
  char *table = sqlite3_mprintf ("\"%w\"", kind->key);
  char *sql;

  for (guint i = 0; i < kind->fields->len; i++)
    {
      const LzAssetField *field = kind->fields->pdata[i];
      char *name = sqlite3_mprintf (", \"%w\" %s", field->key,
                                    field->type == LZ_FIELD_INT ? "INTEGER" : "TEXT");

      g_string_append (columns, name);
      sqlite3_free (name);
    }
  sql = g_strdup_printf ("CREATE TABLE %s (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,"
                         " geom POINT, kind TEXT%s)",
                         table, columns->str);
  sqlite3_free (table);
  return sql;
}

static char *
make_insert (const LzAssetKind *kind)
{
  g_autoptr (GString) sql = g_string_new (NULL);
  char *begin = sqlite3_mprintf ("INSERT INTO \"%w\" VALUES (NULL, ?1, ?2", kind->key);

  g_string_append (sql, begin);
  sqlite3_free (begin);
  for (guint i = 0; i < kind->fields->len; i++)
    g_string_append_printf (sql, ", ?%u", FIRST_FIELD + i);
  g_string_append_c (sql, ')');
  return g_string_free (g_steal_pointer (&sql), FALSE);
}

static gboolean
add_asset (sqlite3 *to,
           sqlite3_stmt *add,
           const LzAssetKind *kind,
           const LzRecord *record,
           GError **error)
{
  guint8 blob[LZ_POINT_BLOB_SIZE];

  sqlite3_clear_bindings (add);
  if (lz_point_is_valid (record->place))
    {
      lz_point_to_blob (record->place, blob);
      sqlite3_bind_blob (add, 1, blob, sizeof blob, SQLITE_TRANSIENT);
    }
  sqlite3_bind_text (add, 2, kind->key, -1, SQLITE_STATIC);
  for (guint i = 0; i < kind->fields->len; i++)
    {
      const LzAssetField *field = kind->fields->pdata[i];
      g_autofree char *value = lz_asset_field_dup_text (field, record->facts);

      /* A column that is INTEGER makes a number of it. */
      if (value != NULL)
        sqlite3_bind_text (add, (int) (FIRST_FIELD + i), value, -1, SQLITE_TRANSIENT);
    }
  if (sqlite3_step (add) != SQLITE_DONE)
    return lz_error_set_sqlite (error, to, "writing the GeoPackage");
  sqlite3_reset (add);
  return TRUE;
}

static gboolean
is_of (const LzRecord *record, const LzAssetKind *kind)
{
  return g_strcmp0 (lz_record_get_text (record, "kind"), kind->key) == 0;
}

/* The layer of a kind, if there is any such asset. */
static gboolean
write_kind (sqlite3 *to,
            const LzAssetKind *kind,
            GPtrArray *records,
            guint *n_written,
            GCancellable *cancellable,
            GError **error)
{
  g_autofree char *create = make_create (kind);
  g_autofree char *insert = make_insert (kind);
  sqlite3_stmt *add = NULL;
  LzBox box = { 0 };
  guint n = 0, n_placed = 0;
  gboolean ok = TRUE;

  for (guint i = 0; ok && i < records->len; i++)
    {
      const LzRecord *record = records->pdata[i];

      if (!is_of (record, kind))
        continue;
      if (n++ == 0)
        ok = lz_gpkg_layers_exec (to, create, error) &&
             lz_gpkg_layers_add_layer (to, kind->key, kind->label, "POINT", error) &&
             lz_gpkg_layers_prepare (to, insert, &add, error);
      if (lz_point_is_valid (record->place))
        lz_gpkg_layers_grow (&box, n_placed++ == 0, record->place.lon7, record->place.lat7);
      ok = ok && !g_cancellable_set_error_if_cancelled (cancellable, error) &&
           add_asset (to, add, kind, record, error);
    }
  sqlite3_finalize (add);
  *n_written += n;
  return ok && (n_placed == 0 || lz_gpkg_layers_set_extent (to, kind->key, &box, error));
}

gboolean
lz_assets_write_gpkg (LzStation *station,
                      const LzRecordQuery *query,
                      const char *path,
                      guint *n_written,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (LzAssetKinds) kinds = lz_assets_dup_kinds (station, error);
  g_autoptr (GPtrArray) records = kinds != NULL ? lz_records_list (station, query, error) : NULL;
  g_autoptr (LzAtomic) file = records != NULL ? lz_atomic_new (path, error) : NULL;
  sqlite3 *to = NULL;
  guint n = 0;
  gboolean ok;

  if (file == NULL)
    return FALSE;
  ok = lz_gpkg_layers_open (lz_atomic_get_temp (file), lz_station_get_db (station), &to, error);
  for (guint i = 0; ok && i < lz_asset_kinds_get_n (kinds); i++)
    ok = write_kind (to, lz_asset_kinds_get (kinds, i), records, &n, cancellable, error);
  ok = ok && lz_gpkg_layers_exec (to, "COMMIT", error);
  sqlite3_close (to);
  if (n_written != NULL)
    *n_written = n;
  return ok && lz_atomic_commit (file, error);
}
