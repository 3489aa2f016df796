/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-event-table.h"
#include "lz-figures-table.h"
#include "lz-geometry-blob.h"
#include "lz-projection.h"
#include "lz-record-projection.h"
#include "lz-search.h"
#include "lz-stmt.h"

/* clang-format off */
#define CASE_COLUMNS                                                                               \
  "id, state, feed, category, condition, lat7, lon7, road, chainage_cm, offset_cm, side,"          \
  " road_name, address, number, text, unit, reporter, handler, found_at, reported_at, changed_at," \
  " closed_at, limit_count, limit_clock, due_at, warn_at, stopped_at, n_photos, n_before, n_after," \
  " n_notes, n_extensions, n_suspensions, n_reworks, n_events, supervision, appeal, until_at,"     \
  " merged_into, last_event, stage_at, assist, patrol, asset, recurs,"                       \
  " supervision_kind, reply_at, void_asked, tasked, sent_back"

static const char sql_load[] =
  "SELECT " CASE_COLUMNS ", fid FROM case_row WHERE id = ?1";

/* The row's number is that of the case's first event: a rebuild gives the same. */
static const char sql_insert[] =
  "INSERT INTO case_row (" CASE_COLUMNS ", geom, morton, dimension, fid)"
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19,"
  " ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35, ?36, ?37, ?38,"
  " ?39, ?40, ?41, ?42, ?43, ?44, ?45, ?46, ?47, ?48, ?49, ?50, ?51, ?52, ?53, (SELECT min (n) FROM event WHERE subject = ?1))";

/* The report's own facts (place, category, road …) never change, and their indexes stay untouched. */
static const char sql_update[] =
  "UPDATE case_row SET state = ?2, condition = ?5, unit = ?16, handler = ?18, changed_at = ?21,"
  " closed_at = ?22, limit_count = ?23, limit_clock = ?24, due_at = ?25, warn_at = ?26,"
  " stopped_at = ?27, n_photos = ?28, n_before = ?29, n_after = ?30, n_notes = ?31,"
  " n_extensions = ?32, n_suspensions = ?33, n_reworks = ?34, n_events = ?35, supervision = ?36,"
  " appeal = ?37, until_at = ?38, merged_into = ?39, last_event = ?40,"
  " stage_at = ?41, assist = ?42, supervision_kind = ?46, reply_at = ?47, void_asked = ?48,"
  " tasked = ?49, sent_back = ?50 WHERE id = ?1";

static const char sql_remove[] =
  "DELETE FROM case_row WHERE fid = ?1";

/* One row of plain values: a statement that might write several opens a savepoint, at which the
 * search index would write out what it has gathered. */
static const char sql_add_photo[] =
  "INSERT INTO case_photo (case_fid, event, sha256, role, size, taken_at, lat7, lon7, position)"
  " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";

static const char sql_count_photos[] =
  "SELECT count(*) FROM case_photo WHERE case_fid = ?1";

static const char sql_remove_photos[] =
  "DELETE FROM case_photo WHERE case_fid = ?1";

static const char sql_set_thumbnail[] =
  "UPDATE case_row SET thumbnail = ?2 WHERE fid = ?1 AND thumbnail IS NULL";

static const char sql_index_words[] =
  "INSERT INTO case_words (rowid, words) VALUES (?1, ?2)";

static const char sql_drop_words[] =
  "INSERT INTO case_words (case_words, rowid, words) VALUES ('delete', ?1, ?2)";
/* clang-format on */

static LzCase *
read_case (LzStmt *stmt)
{
  LzCase *self = lz_case_new ();

  self->id = lz_stmt_column_id (stmt, 0);
  self->state = (LzState) sqlite3_column_int (stmt, 1);
  self->feed = lz_stmt_dup_text (stmt, 2);
  self->category = lz_stmt_dup_text (stmt, 3);
  self->condition = (guint) sqlite3_column_int64 (stmt, 4);
  self->place.lat7 = sqlite3_column_int (stmt, 5);
  self->place.lon7 = sqlite3_column_int (stmt, 6);
  self->road = lz_stmt_column_id (stmt, 7);
  self->chainage_cm = sqlite3_column_int64 (stmt, 8);
  self->offset_cm = sqlite3_column_int64 (stmt, 9);
  self->side = (LzSide) sqlite3_column_int (stmt, 10);
  self->road_name = lz_stmt_dup_text (stmt, 11);
  self->address = lz_stmt_dup_text (stmt, 12);
  self->number = lz_stmt_dup_text (stmt, 13);
  self->text = lz_stmt_dup_text (stmt, 14);
  self->unit = lz_stmt_dup_text (stmt, 15);
  self->reporter = lz_stmt_dup_text (stmt, 16);
  self->handler = lz_stmt_dup_text (stmt, 17);
  self->found_ms = sqlite3_column_int64 (stmt, 18);
  self->reported_ms = sqlite3_column_int64 (stmt, 19);
  self->changed_ms = sqlite3_column_int64 (stmt, 20);
  self->closed_ms = sqlite3_column_int64 (stmt, 21);
  self->limit.count = (guint) sqlite3_column_int64 (stmt, 22);
  self->limit.clock = (LzClock) sqlite3_column_int (stmt, 23);
  self->due_ms = sqlite3_column_int64 (stmt, 24);
  self->warn_ms = sqlite3_column_int64 (stmt, 25);
  self->stopped_ms = sqlite3_column_int64 (stmt, 26);
  self->n_photos = (guint) sqlite3_column_int64 (stmt, 27);
  self->n_before = (guint) sqlite3_column_int64 (stmt, 28);
  self->n_after = (guint) sqlite3_column_int64 (stmt, 29);
  self->n_notes = (guint) sqlite3_column_int64 (stmt, 30);
  self->n_extensions = (guint) sqlite3_column_int64 (stmt, 31);
  self->n_suspensions = (guint) sqlite3_column_int64 (stmt, 32);
  self->n_reworks = (guint) sqlite3_column_int64 (stmt, 33);
  self->n_events = (guint) sqlite3_column_int64 (stmt, 34);
  self->supervision = (guint) sqlite3_column_int64 (stmt, 35);
  self->appeal = (guint) sqlite3_column_int64 (stmt, 36);
  self->until_ms = sqlite3_column_int64 (stmt, 37);
  self->merged_into = lz_stmt_column_id (stmt, 38);
  self->last_event = lz_stmt_column_id (stmt, 39);
  self->stage_ms = sqlite3_column_int64 (stmt, 40);
  self->assist = lz_stmt_dup_text (stmt, 41);
  self->patrol = lz_stmt_column_id (stmt, 42);
  self->asset = lz_stmt_column_id (stmt, 43);
  self->recurs = lz_stmt_column_id (stmt, 44);
  self->order = lz_stmt_dup_text (stmt, 45);
  self->reply_ms = sqlite3_column_int64 (stmt, 46);
  self->void_asked = sqlite3_column_int (stmt, 47);
  self->tasked = lz_stmt_dup_text (stmt, 48);
  self->sent_back = sqlite3_column_int (stmt, 49);
  return self;
}

/* The parameters that sql_insert and sql_update share. */
static void
bind_case (LzStmt *stmt, const LzCase *self)
{
  lz_stmt_lend_id (stmt, 1, &self->id);
  sqlite3_bind_int (stmt, 2, self->state);
  sqlite3_bind_int64 (stmt, 5, self->condition);
  lz_stmt_lend_text (stmt, 16, self->unit);
  lz_stmt_lend_text (stmt, 18, self->handler);
  sqlite3_bind_int64 (stmt, 21, self->changed_ms);
  sqlite3_bind_int64 (stmt, 22, self->closed_ms);
  sqlite3_bind_int64 (stmt, 23, self->limit.count);
  sqlite3_bind_int (stmt, 24, self->limit.clock);
  sqlite3_bind_int64 (stmt, 25, self->due_ms);
  sqlite3_bind_int64 (stmt, 26, self->warn_ms);
  sqlite3_bind_int64 (stmt, 27, self->stopped_ms);
  sqlite3_bind_int64 (stmt, 28, self->n_photos);
  sqlite3_bind_int64 (stmt, 29, self->n_before);
  sqlite3_bind_int64 (stmt, 30, self->n_after);
  sqlite3_bind_int64 (stmt, 31, self->n_notes);
  sqlite3_bind_int64 (stmt, 32, self->n_extensions);
  sqlite3_bind_int64 (stmt, 33, self->n_suspensions);
  sqlite3_bind_int64 (stmt, 34, self->n_reworks);
  sqlite3_bind_int64 (stmt, 35, self->n_events);
  sqlite3_bind_int64 (stmt, 36, self->supervision);
  sqlite3_bind_int64 (stmt, 37, self->appeal);
  sqlite3_bind_int64 (stmt, 38, self->until_ms);
  lz_stmt_lend_id (stmt, 39, &self->merged_into);
  lz_stmt_lend_id (stmt, 40, &self->last_event);
  sqlite3_bind_int64 (stmt, 41, self->stage_ms);
  lz_stmt_lend_text (stmt, 42, self->assist);
  lz_stmt_lend_text (stmt, 46, self->order);
  sqlite3_bind_int64 (stmt, 47, self->reply_ms);
  sqlite3_bind_int (stmt, 48, self->void_asked);
  lz_stmt_lend_text (stmt, 49, self->tasked);
  sqlite3_bind_int (stmt, 50, self->sent_back);
}

static const LzCategory *
find_category (LzStation *station, const LzCase *self)
{
  const LzCatalogue *catalogue = lz_station_get_catalogue (station);

  return self->category != NULL ? lz_catalogue_find (catalogue, self->category) : NULL;
}

static gboolean
write_words (LzStation *station, const char *sql, gint64 fid, const LzCase *self, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autofree char *words = lz_search_words (self);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, fid);
  sqlite3_bind_text (stmt, 2, words, -1, SQLITE_STATIC);
  return lz_db_run (db, stmt, "indexing a case", error);
}

static gboolean
insert_case (LzStation *station, const LzCase *self, gint64 *fid, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  const LzCategory *category = find_category (station, self);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_insert, error);
  guint8 geometry[LZ_POINT_BLOB_SIZE];

  if (stmt == NULL)
    return FALSE;

  bind_case (stmt, self);
  lz_stmt_lend_text (stmt, 3, self->feed);
  lz_stmt_lend_text (stmt, 4, self->category);
  sqlite3_bind_int (stmt, 6, self->place.lat7);
  sqlite3_bind_int (stmt, 7, self->place.lon7);
  lz_stmt_lend_id (stmt, 8, &self->road);
  sqlite3_bind_int64 (stmt, 9, self->chainage_cm);
  sqlite3_bind_int64 (stmt, 10, self->offset_cm);
  sqlite3_bind_int (stmt, 11, self->side);
  lz_stmt_lend_text (stmt, 12, self->road_name);
  lz_stmt_lend_text (stmt, 13, self->address);
  lz_stmt_lend_text (stmt, 14, self->number);
  lz_stmt_lend_text (stmt, 15, self->text);
  lz_stmt_lend_text (stmt, 17, self->reporter);
  sqlite3_bind_int64 (stmt, 19, self->found_ms);
  sqlite3_bind_int64 (stmt, 20, self->reported_ms);
  lz_stmt_lend_id (stmt, 43, &self->patrol);
  lz_stmt_lend_id (stmt, 44, &self->asset);
  lz_stmt_lend_id (stmt, 45, &self->recurs);
  lz_point_to_blob (self->place, geometry);
  sqlite3_bind_blob (stmt, 51, geometry, sizeof geometry, SQLITE_STATIC);
  sqlite3_bind_int64 (stmt, 52, (gint64) lz_point_morton (self->place));
  sqlite3_bind_int (stmt, 53, category != NULL ? (int) category->dimension : 0);
  if (!lz_db_run (db, stmt, "adding a case", error))
    return FALSE;
  *fid = sqlite3_last_insert_rowid (lz_db_get_handle (db));
  return TRUE;
}

static gboolean
update_case (LzStation *station, const LzCase *self, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_update, error);

  if (stmt == NULL)
    return FALSE;
  bind_case (stmt, self);
  return lz_db_run (db, stmt, "moving a case", error);
}

static gboolean
set_thumbnail (LzStation *station, gint64 fid, const LzPhotoRef *photo, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_set_thumbnail, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, fid);
  sqlite3_bind_blob (stmt, 2, photo->sha256, LZ_SHA256_SIZE, SQLITE_TRANSIENT);
  return lz_db_run (db, stmt, "adding a photo to a case", error);
}

/* @position: how many photos the case has so far. */
static gboolean
add_photo (LzStation *station,
           gint64 fid,
           gint64 position,
           const LzId *event,
           const LzPhotoRef *photo,
           GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_add_photo, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, fid);
  lz_stmt_bind_id (stmt, 2, event);
  sqlite3_bind_blob (stmt, 3, photo->sha256, LZ_SHA256_SIZE, SQLITE_TRANSIENT);
  sqlite3_bind_int (stmt, 4, photo->role);
  sqlite3_bind_int64 (stmt, 5, photo->size_bytes);
  sqlite3_bind_int64 (stmt, 6, photo->taken_ms);
  sqlite3_bind_int (stmt, 7, photo->place.lat7);
  sqlite3_bind_int (stmt, 8, photo->place.lon7);
  sqlite3_bind_int64 (stmt, 9, position);
  return lz_db_run (db, stmt, "adding a photo to a case", error) &&
         (position > 0 || set_thumbnail (station, fid, photo, error));
}

static gboolean
count_photos (LzStation *station, gint64 fid, gint64 *n, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_count_photos, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, fid);
  if (!lz_db_step (db, stmt, "counting the photos of a case", error))
    return FALSE;
  *n = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

static gboolean
add_photos (LzStation *station, gint64 fid, const LzEvent *event, GError **error)
{
  GArray *photos = event->body != NULL ? event->body->photos : NULL;
  gint64 n = 0;

  if (photos == NULL || photos->len == 0)
    return TRUE;
  if (!count_photos (station, fid, &n, error))
    return FALSE;
  for (guint i = 0; i < photos->len; i++)
    if (!add_photo (station, fid, n + i, &event->id, &g_array_index (photos, LzPhotoRef, i), error))
      return FALSE;
  return TRUE;
}

static LzCase *
load_with_fid (LzStation *station, const LzId *subject, gint64 *fid, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_load, error);

  if (stmt == NULL)
    return NULL;
  lz_stmt_lend_id (stmt, 1, subject);
  if (!lz_db_step (db, stmt, "reading a case", error))
    return NULL;
  *fid = sqlite3_column_int64 (stmt, 50);
  return read_case (stmt);
}

LzCase *
lz_projection_load (LzStation *station, const LzId *subject, GError **error)
{
  gint64 fid;

  return load_with_fid (station, subject, &fid, error);
}

LzCase *
lz_projection_load_row (LzStation *station,
                        const LzId *subject,
                        gint64 *fid,
                        LzFigures **figures,
                        GError **error)
{
  g_autoptr (LzCase) self = load_with_fid (station, subject, fid, error);
  g_autoptr (GError) failure = NULL;

  if (self == NULL)
    return NULL;
  *figures = lz_figures_table_load (station, *fid, &failure);
  if (!lz_stmt_ended (&failure, error))
    return NULL;
  if (*figures == NULL) /* damaged; doctor says so */
    *figures = lz_figures_new ();
  return g_steal_pointer (&self);
}

gboolean
lz_projection_write_row (LzStation *station,
                         const LzCase *self,
                         const LzFigures *figures,
                         gint64 fid,
                         GArray *photos,
                         GError **error)
{
  gint64 n = 0;

  if (fid == 0)
    return lz_projection_insert (station, self, figures, photos, error);
  if (!update_case (station, self, error) ||
      !lz_figures_table_write (station, fid, figures, error) ||
      (photos != NULL && !count_photos (station, fid, &n, error)))
    return FALSE;
  for (guint i = 0; photos != NULL && i < photos->len; i++)
    {
      const LzCasePhoto *photo = &g_array_index (photos, LzCasePhoto, i);

      if (!add_photo (station, fid, n + i, &photo->event, &photo->photo, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
lz_projection_update (LzStation *station, const LzEvent *event, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzCase) self = NULL;
  g_autoptr (LzFigures) figures = NULL;
  gint64 fid = 0;
  guint n_events;

  if (event->kind == LZ_KIND_RECORD)
    return lz_record_projection_update (station, event, error);

  self = lz_projection_load_row (station, &event->subject, &fid, &figures, &failure);
  if (!lz_stmt_ended (&failure, error))
    return FALSE;
  if (self == NULL)
    {
      self = lz_case_new ();
      figures = lz_figures_new ();
    }

  n_events = self->n_events;
  lz_fold_apply (self, event);
  if (self->n_events == n_events) /* it did not apply */
    return TRUE;
  lz_figures_apply (figures, self, event);

  if (fid != 0)
    return update_case (station, self, error) &&
           lz_figures_table_write (station, fid, figures, error) &&
           add_photos (station, fid, event, error);
  return insert_case (station, self, &fid, error) &&
         lz_figures_table_add (station, fid, figures, error) &&
         add_photos (station, fid, event, error) &&
         write_words (station, sql_index_words, fid, self, error);
}

void
lz_projection_list_photos (const LzEvent *event, GArray *photos)
{
  GArray *refs = event->body != NULL ? event->body->photos : NULL;

  for (guint i = 0; refs != NULL && i < refs->len; i++)
    {
      LzCasePhoto photo = { event->id, g_array_index (refs, LzPhotoRef, i) };

      g_array_append_val (photos, photo);
    }
}

LzCase *
lz_projection_fold (GPtrArray *events, GArray **photos)
{
  LzCase *self = lz_case_new ();

  if (photos != NULL)
    *photos = g_array_new (FALSE, FALSE, sizeof (LzCasePhoto));
  for (guint i = 0; i < events->len; i++)
    {
      const LzEvent *event = g_ptr_array_index (events, i);
      guint n_events = self->n_events;

      lz_fold_apply (self, event);
      if (photos != NULL && self->n_events > n_events)
        lz_projection_list_photos (event, *photos);
    }
  return self;
}

static gboolean
run_with_fid (LzStation *station, const char *sql, gint64 fid, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, fid);
  return lz_db_run (db, stmt, "making a case's rows anew", error);
}

gboolean
lz_projection_insert (LzStation *station,
                      const LzCase *self,
                      const LzFigures *figures,
                      GArray *photos,
                      GError **error)
{
  gint64 fid;

  if (!insert_case (station, self, &fid, error) ||
      !lz_figures_table_add (station, fid, figures, error))
    return FALSE;
  for (guint i = 0; photos != NULL && i < photos->len; i++)
    {
      const LzCasePhoto *photo = &g_array_index (photos, LzCasePhoto, i);

      if (!add_photo (station, fid, i, &photo->event, &photo->photo, error))
        return FALSE;
    }
  return write_words (station, sql_index_words, fid, self, error);
}

gboolean
lz_projection_refold (LzStation *station, const LzId *subject, GError **error)
{
  g_autoptr (GPtrArray) events = NULL;
  g_autoptr (GArray) photos = NULL;
  g_autoptr (LzCase) before = NULL;
  g_autoptr (LzCase) after = NULL;
  g_autoptr (LzFigures) figures = NULL;
  g_autoptr (GError) failure = NULL;
  gint64 fid = 0;

  events = lz_event_table_list (station, subject, FALSE, error);
  if (events == NULL)
    return FALSE;
  if (!lz_record_projection_refold (station, subject, events, error))
    return FALSE;
  before = load_with_fid (station, subject, &fid, &failure);
  if (!lz_stmt_ended (&failure, error))
    return FALSE;
  if (before != NULL && (!write_words (station, sql_drop_words, fid, before, error) ||
                         !run_with_fid (station, sql_remove_photos, fid, error) ||
                         !lz_figures_table_remove (station, fid, error) ||
                         !run_with_fid (station, sql_remove, fid, error)))
    return FALSE;

  after = lz_projection_fold (events, &photos);
  if (after->state == LZ_STATE_NONE)
    return TRUE;
  figures = lz_figures_fold (events);
  return lz_projection_insert (station, after, figures, photos, error);
}

gboolean
lz_projection_clear (LzStation *station, GError **error)
{
  LzDb *db = lz_station_get_db (station);

  return lz_db_exec (db, "DELETE FROM case_photo", error) &&
         lz_db_exec (db, "DELETE FROM case_figures", error) &&
         lz_db_exec (db, "DELETE FROM case_row", error) &&
         lz_db_exec (db, "DELETE FROM record_photo", error) &&
         lz_db_exec (db, "DELETE FROM record", error) &&
         lz_db_exec (db, "INSERT INTO case_words (case_words) VALUES ('delete-all')", error);
}
