/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-doctor-private.h"
#include "lz-patrol.h"
#include "lz-projection.h"
#include "lz-record-projection.h"
#include "lz-stmt.h"

#include <glib/gi18n-lib.h>

/* clang-format off */
static const char sql_row[] =
  "SELECT fid, morton, (SELECT count(*) FROM patrol_road WHERE record_fid = fid) FROM record"
  " WHERE id = ?1";

static const char sql_photos[] =
  "SELECT event, sha256, role, size, taken_at, lat7, lon7 FROM record_photo WHERE record_fid = ?1"
  " ORDER BY position";

static const char sql_road[] =
  "SELECT person, from_at, until_at, length_cm, covered_cm, spans FROM patrol_road"
  " WHERE record_fid = ?1 AND road = ?2";

static const char sql_categories[] =
  "SELECT code, name, name_en, dimension, initials FROM category";
/* clang-format on */

/* @patrol: (out): as it was when its rows were written last; %NULL: it has none. */
static LzRecord *
fold (GPtrArray *events, GArray *photos, LzPatrol **patrol)
{
  LzRecord *self = lz_record_new ();

  for (guint i = 0; i < events->len; i++)
    {
      const LzEvent *event = g_ptr_array_index (events, i);

      if (!lz_record_apply (self, event))
        continue;
      lz_projection_list_photos (event, photos);
      if (self->type == LZ_RECORD_PATROL && self->state == LZ_RECORD_DONE)
        {
          g_clear_pointer (patrol, lz_patrol_free);
          *patrol = lz_patrol_from_record (self);
        }
    }
  return self;
}

static gboolean
compare_road (LzDoctor *self,
              gint64 fid,
              const LzPatrol *patrol,
              const LzRoadCover *cover,
              const char **wrong,
              GError **error)
{
  LzDb *db = lz_station_get_db (self->station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_road, error);
  g_autofree char *spans = lz_spans_to_string (cover->spans);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, fid);
  lz_stmt_bind_id (stmt, 2, &cover->road);
  if (!lz_db_step (db, stmt, "reading what a patrol covers", &failure) ||
      g_strcmp0 ((const char *) sqlite3_column_text (stmt, 0), patrol->person) != 0 ||
      sqlite3_column_int64 (stmt, 1) != patrol->from_ms ||
      sqlite3_column_int64 (stmt, 2) != patrol->until_ms ||
      sqlite3_column_int64 (stmt, 3) != cover->length_cm ||
      sqlite3_column_int64 (stmt, 4) != lz_spans_length_cm (cover->spans) ||
      g_strcmp0 ((const char *) sqlite3_column_text (stmt, 5), spans) != 0)
    *wrong = "roads";
  return lz_stmt_ended (&failure, error);
}

/* A road that a patrol names twice has the row of its first. */
static gboolean
compare_roads (LzDoctor *self,
               gint64 fid,
               gint64 n_rows,
               const LzPatrol *patrol,
               const char **wrong,
               GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (lz_id_hash, lz_id_equal);

  for (guint i = 0; patrol != NULL && i < patrol->covers->len && *wrong == NULL; i++)
    {
      LzRoadCover *cover = patrol->covers->pdata[i];

      if (g_hash_table_add (seen, &cover->road) &&
          !compare_road (self, fid, patrol, cover, wrong, error))
        return FALSE;
    }
  if (n_rows != (gint64) g_hash_table_size (seen))
    *wrong = "roads";
  return TRUE;
}

/* What hangs on the row of a record, which is right itself. */
static gboolean
compare_rows (LzDoctor *self,
              const LzRecord *record,
              const LzPatrol *patrol,
              GArray *photos,
              const char **wrong,
              GError **error)
{
  LzDb *db = lz_station_get_db (self->station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_row, error);
  gint64 fid;

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, &record->id);
  if (!lz_db_step (db, stmt, "reading an entry", error))
    return FALSE;
  fid = sqlite3_column_int64 (stmt, 0);
  if (sqlite3_column_int64 (stmt, 1) != (gint64) lz_point_morton (record->place))
    *wrong = "place";
  return *wrong != NULL ||
         (lz_doctor_compare_photos (self, sql_photos, fid, photos, wrong, error) &&
          (*wrong != NULL ||
           compare_roads (self, fid, sqlite3_column_int64 (stmt, 2), patrol, wrong, error)));
}

/**
 * lz_doctor_compare_record:
 * @self: a visit
 * @subject: whose events they are
 * @events: (element-type LzEvent): all of them, in the order of the fold
 * @is_record: (out): they give a record
 * @wrong: (out): what of its rows is not what they say; %NULL = nothing
 * @error: (nullable): return location
 *
 * Returns: %FALSE if it could not be found out
 */
gboolean
lz_doctor_compare_record (LzDoctor *self,
                          const LzId *subject,
                          GPtrArray *events,
                          gboolean *is_record,
                          const char **wrong,
                          GError **error)
{
  g_autoptr (GArray) photos = g_array_new (FALSE, FALSE, sizeof (LzCasePhoto));
  g_autoptr (LzPatrol) patrol = NULL;
  g_autoptr (LzRecord) record = fold (events, photos, &patrol);
  gboolean equal = TRUE;

  *wrong = NULL;
  *is_record = record->state != LZ_RECORD_NEW;
  if (!lz_record_projection_compare (self->station, subject, events, &equal, error))
    return FALSE;
  if (!equal)
    *wrong = "entry";
  return !equal || !*is_record || compare_rows (self, record, patrol, photos, wrong, error);
}

gboolean
lz_doctor_check_categories (LzDoctor *self, GError **error)
{
  LzDb *db = lz_station_get_db (self->station);
  const LzCatalogue *catalogue = lz_station_get_catalogue (self->station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_categories, error);
  g_autoptr (GError) failure = NULL;
  guint n_same = 0, n_rows = 0;

  if (stmt == NULL)
    return FALSE;
  while (lz_db_step (db, stmt, "reading the categories", &failure))
    {
      const LzCategory *category =
          lz_catalogue_find (catalogue, (const char *) sqlite3_column_text (stmt, 0));

      n_rows++;
      n_same += category != NULL &&
                g_strcmp0 (category->name, (const char *) sqlite3_column_text (stmt, 1)) == 0 &&
                g_strcmp0 (category->name_en, (const char *) sqlite3_column_text (stmt, 2)) == 0 &&
                sqlite3_column_int (stmt, 3) == (int) category->dimension &&
                g_strcmp0 (category->initials, (const char *) sqlite3_column_text (stmt, 4)) == 0;
    }
  if (!lz_stmt_ended (&failure, error))
    return FALSE;
  if (n_same != n_rows || n_rows != lz_catalogue_get_n_categories (catalogue))
    lz_doctor_add (self, LZ_FINDING_DAMAGE, "categories",
                   _ ("The table of categories is not what the catalogue says; “rebuild” puts it"
                      " right."));
  else
    lz_doctor_add (self, LZ_FINDING_OK, "categories",
                   _ ("The categories are those of the catalogue."));
  return TRUE;
}
