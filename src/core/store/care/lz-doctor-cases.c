/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-doctor-private.h"
#include "lz-event-table.h"
#include "lz-figures-table.h"
#include "lz-geometry-blob.h"
#include "lz-projection.h"
#include "lz-station-private.h"
#include "lz-stmt.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* clang-format off */
static const char sql_derived[] =
  "SELECT fid, geom, morton, dimension, thumbnail FROM case_row WHERE id = ?1";

static const char sql_photos[] =
  "SELECT event, sha256, role, size, taken_at, lat7, lon7 FROM case_photo WHERE case_fid = ?1"
  " ORDER BY position";
/* clang-format on */

typedef struct
{
  gint64 cases;
  gint64 records;
} Count;

/* What of a case's row and photos is not what its events say: NULL = nothing. */
static const char *
compare_photo (LzStmt *stmt, const LzCasePhoto *photo)
{
  LzId event = lz_stmt_column_id (stmt, 0);

  if (!lz_id_equal (&event, &photo->event) || sqlite3_column_bytes (stmt, 1) != LZ_SHA256_SIZE ||
      memcmp (sqlite3_column_blob (stmt, 1), photo->photo.sha256, LZ_SHA256_SIZE) != 0 ||
      sqlite3_column_int (stmt, 2) != (int) photo->photo.role ||
      sqlite3_column_int64 (stmt, 3) != photo->photo.size_bytes ||
      sqlite3_column_int64 (stmt, 4) != photo->photo.taken_ms ||
      sqlite3_column_int (stmt, 5) != photo->photo.place.lat7 ||
      sqlite3_column_int (stmt, 6) != photo->photo.place.lon7)
    return "photos";
  return NULL;
}

gboolean
lz_doctor_compare_photos (LzDoctor *self,
                          const char *sql,
                          gint64 fid,
                          GArray *photos,
                          const char **wrong,
                          GError **error)
{
  LzDb *db = lz_station_get_db (self->station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql, error);
  g_autoptr (GError) failure = NULL;
  guint n = 0;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, fid);
  while (*wrong == NULL && lz_db_step (db, stmt, "reading photos", &failure))
    {
      if (n >= photos->len)
        *wrong = "photos";
      else
        *wrong = compare_photo (stmt, &g_array_index (photos, LzCasePhoto, n));
      n++;
    }
  if (!lz_stmt_ended (&failure, error))
    return FALSE;
  if (n != photos->len)
    *wrong = "photos";
  return TRUE;
}

/* The columns that are no members of LzCase but made from it. */
static const char *
compare_derived (LzDoctor *self, LzStmt *stmt, const LzCase *fold, GArray *photos)
{
  const LzCategory *category =
      fold->category != NULL
          ? lz_catalogue_find (lz_station_get_catalogue (self->station), fold->category)
          : NULL;
  guint8 geometry[LZ_POINT_BLOB_SIZE];
  const guint8 *thumbnail =
      photos->len > 0 ? g_array_index (photos, LzCasePhoto, 0).photo.sha256 : NULL;

  lz_point_to_blob (fold->place, geometry);
  if (sqlite3_column_bytes (stmt, 1) != sizeof geometry ||
      memcmp (sqlite3_column_blob (stmt, 1), geometry, sizeof geometry) != 0 ||
      sqlite3_column_int64 (stmt, 2) != (gint64) lz_point_morton (fold->place))
    return "place";
  if (sqlite3_column_int (stmt, 3) != (category != NULL ? (int) category->dimension : 0))
    return "dimension";
  if (sqlite3_column_bytes (stmt, 4) != (thumbnail != NULL ? LZ_SHA256_SIZE : 0) ||
      (thumbnail != NULL && memcmp (sqlite3_column_blob (stmt, 4), thumbnail, LZ_SHA256_SIZE) != 0))
    return "thumbnail";
  return NULL;
}

static gboolean
compare_figures (LzDoctor *self, gint64 fid, GPtrArray *events, const char **wrong, GError **error)
{
  g_autoptr (LzFigures) fold = lz_figures_fold (events);
  gboolean equal;

  if (!lz_figures_table_compare (self->station, fid, fold, &equal, error))
    return FALSE;
  if (!equal)
    *wrong = "figures";
  return TRUE;
}

static gboolean
compare_rows (LzDoctor *self,
              const LzCase *fold,
              GPtrArray *events,
              GArray *photos,
              const char **wrong,
              GError **error)
{
  LzDb *db = lz_station_get_db (self->station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_derived, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, &fold->id);
  if (!lz_db_step (db, stmt, "reading a case", &failure))
    {
      *wrong = "row";
      if (failure == NULL)
        return TRUE;
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  *wrong = compare_derived (self, stmt, fold, photos);
  return *wrong != NULL ||
         (lz_doctor_compare_photos (self, sql_photos, sqlite3_column_int64 (stmt, 0), photos, wrong,
                                    error) &&
          (*wrong != NULL ||
           compare_figures (self, sqlite3_column_int64 (stmt, 0), events, wrong, error)));
}

/* Counts @subject among what its events make of it. */
static gboolean
check_subject (LzDoctor *self,
               const LzId *subject,
               Count *count,
               const char **wrong,
               GError **error)
{
  g_autoptr (GPtrArray) events = lz_event_table_list (self->station, subject, FALSE, error);
  g_autoptr (LzCase) fold = NULL;
  g_autoptr (LzCase) row = NULL;
  g_autoptr (GArray) photos = NULL;
  g_autoptr (GError) failure = NULL;
  gboolean is_case, is_record;

  if (events == NULL || !lz_doctor_compare_record (self, subject, events, &is_record, wrong, error))
    return FALSE;
  count->records += is_record;
  if (*wrong != NULL)
    return TRUE;
  fold = lz_projection_fold (events, &photos);
  is_case = fold->state != LZ_STATE_NONE;
  count->cases += is_case;
  row = lz_projection_load (self->station, subject, &failure);
  if (!lz_stmt_ended (&failure, error))
    return FALSE;

  if ((row != NULL) != is_case || (row != NULL && !lz_case_equal (fold, row)))
    *wrong = "row";
  return *wrong != NULL || row == NULL || compare_rows (self, fold, events, photos, wrong, error);
}

static void
name_subject (LzDoctor *self, const LzId *subject, const char *wrong)
{
  char id[LZ_ID_STRING_SIZE];

  lz_id_format (subject, id);
  lz_doctor_add (self, LZ_FINDING_DAMAGE, "projection",
                 _ ("The case %s differs from its events (%s)."), id, wrong);
}

/* Rows of what the log does not have at all. */
static gboolean
compare_counts (LzDoctor *self, const Count *count, gboolean *equal, GError **error)
{
  LzDb *db = lz_station_get_db (self->station);
  gint64 n_rows, n_figures, n_records;

  if (!lz_db_get_int64 (db, "SELECT count(*) FROM case_row", &n_rows, error) ||
      !lz_db_get_int64 (db, "SELECT count(*) FROM case_figures", &n_figures, error) ||
      !lz_db_get_int64 (db, "SELECT count(*) FROM record", &n_records, error))
    return FALSE;
  *equal = n_rows == count->cases && n_figures == count->cases && n_records == count->records;
  if (n_rows != count->cases || n_figures != count->cases)
    lz_doctor_add (self, LZ_FINDING_DAMAGE, "projection",
                   _ ("The list has %d cases and the log %d; “rebuild” puts it right."),
                   (int) (n_rows != count->cases ? n_rows : n_figures), (int) count->cases);
  if (n_records != count->records)
    lz_doctor_add (self, LZ_FINDING_DAMAGE, "projection",
                   _ ("The list has %d other entries and the log %d; “rebuild” puts it right."),
                   (int) n_records, (int) count->records);
  return TRUE;
}

/**
 * lz_doctor_check_cases:
 *
 * Folds the events of every case and record again and compares with what the tables say.  Takes one
 * at a time, so that memory does not grow with the log.
 */
gboolean
lz_doctor_check_cases (LzDoctor *self, GError **error)
{
  LzDb *db = lz_station_get_db (self->station);
  g_autoptr (LzStmt) stmt = lz_event_table_borrow_subjects (db, error);
  g_autoptr (GError) failure = NULL;
  Count count = { 0 };
  gint64 n_wrong = 0;
  gboolean equal;

  if (stmt == NULL)
    return FALSE;
  while (lz_db_step (db, stmt, "reading the log", &failure))
    {
      LzId subject = lz_stmt_column_id (stmt, 0);
      const char *wrong;

      if (!check_subject (self, &subject, &count, &wrong, error))
        return FALSE;
      if (wrong != NULL && n_wrong++ < LZ_DOCTOR_MAX_NAMED)
        name_subject (self, &subject, wrong);
    }
  if (!lz_stmt_ended (&failure, error))
    return FALSE;

  if (n_wrong > 0)
    lz_doctor_add (self, LZ_FINDING_DAMAGE, "projection",
                   g_dngettext (GETTEXT_PACKAGE,
                                "%d case differs from its events; “rebuild” puts it right.",
                                "%d cases differ from their events; “rebuild” puts them right.",
                                (gulong) n_wrong),
                   (int) n_wrong);
  else if (!compare_counts (self, &count, &equal, error))
    return FALSE;
  else if (equal)
    lz_doctor_add (self, LZ_FINDING_OK, "projection",
                   g_dngettext (GETTEXT_PACKAGE, "%d case is what its events say.",
                                "%d cases are what their events say.", (gulong) count.cases),
                   (int) count.cases);
  return TRUE;
}

gboolean
lz_doctor_check_search (LzDoctor *self, GError **error)
{
  LzDb *db = lz_station_get_db (self->station);
  gint64 n_missing, n_left;

  if (!lz_db_get_int64 (db,
                        "SELECT count(*) FROM case_row AS c WHERE NOT EXISTS"
                        " (SELECT 1 FROM case_words_docsize AS w WHERE w.id = c.fid)",
                        &n_missing, error) ||
      !lz_db_get_int64 (db,
                        "SELECT count(*) FROM case_words_docsize AS w WHERE NOT EXISTS"
                        " (SELECT 1 FROM case_row AS c WHERE c.fid = w.id)",
                        &n_left, error))
    return FALSE;
  if (n_missing > 0 || n_left > 0)
    lz_doctor_add (self, LZ_FINDING_WARNING, "search",
                   _ ("The search misses %d cases and finds %d that are gone; “rebuild” puts it"
                      " right."),
                   (int) n_missing, (int) n_left);
  else
    lz_doctor_add (self, LZ_FINDING_OK, "search", _ ("The search knows every case."));
  return TRUE;
}
