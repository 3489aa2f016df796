/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-drafts.h"

#include "lz-event-table.h"
#include "lz-photos.h"
#include "lz-stmt.h"
#include "lz-wire.h"

#include <glib/gi18n-lib.h>

#define DRAFT_COLUMNS "id, batch, created_at, changed_at, fixed_on_spot, body, note"

LzDraft *
lz_draft_new (void)
{
  LzDraft *self = g_new0 (LzDraft, 1);

  self->body = lz_body_new ();
  return self;
}

LzDraft *
lz_draft_copy (const LzDraft *self)
{
  LzDraft *copy = g_new0 (LzDraft, 1);

  *copy = *self;
  copy->body = lz_body_copy (self->body);
  copy->note = g_strdup (self->note);
  return copy;
}

void
lz_draft_free (LzDraft *self)
{
  if (self == NULL)
    return;

  lz_body_free (self->body);
  g_free (self->note);
  g_free (self);
}

static gboolean
set_gone (GError **error)
{
  g_set_error_literal (error, LZ_ERROR, LZ_ERROR_NOT_FOUND,
                       _ ("This draft has been logged or discarded already."));
  return FALSE;
}

/* What could not be read again later is refused now, while the person can still mend it. */
static char *
write_body (const LzDraft *draft, GError **error)
{
  g_autofree char *json = lz_wire_write_body (draft->body);
  g_autoptr (LzBody) readable = lz_wire_parse_body (json, error);

  return readable != NULL ? g_steal_pointer (&json) : NULL;
}

static gboolean
insert (LzDb *db, LzDraft *draft, const char *json, gint64 now_ms, GError **error)
{
  gint64 created_ms = draft->created_ms != 0 ? draft->created_ms : now_ms;
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (db,
                    "INSERT INTO draft (batch, created_at, changed_at, fixed_on_spot, body, note)"
                    " VALUES (?1, ?2, ?2, ?3, ?4, ?5)",
                    error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, draft->batch);
  sqlite3_bind_int64 (stmt, 2, created_ms);
  sqlite3_bind_int (stmt, 3, draft->fixed_on_spot);
  lz_stmt_bind_text (stmt, 4, json);
  lz_stmt_bind_text (stmt, 5, draft->note);
  if (!lz_db_run (db, stmt, "saving a draft", error))
    return FALSE;
  draft->id = sqlite3_last_insert_rowid (lz_db_get_handle (db));
  draft->created_ms = draft->changed_ms = created_ms;
  return TRUE;
}

/* A draft that says what it said before keeps its time of change: nobody has touched it. */
static gboolean
update (LzDb *db, LzDraft *draft, const char *json, gint64 now_ms, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (db,
                    "UPDATE draft SET body = ?2, fixed_on_spot = ?3, note = ?4, changed_at ="
                    " CASE WHEN body = ?2 AND fixed_on_spot = ?3 AND note IS ?4 THEN changed_at"
                    " ELSE max (?5, created_at + 1) END"
                    " WHERE id = ?1 RETURNING created_at, changed_at",
                    error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, draft->id);
  lz_stmt_bind_text (stmt, 2, json);
  sqlite3_bind_int (stmt, 3, draft->fixed_on_spot);
  lz_stmt_bind_text (stmt, 4, draft->note);
  sqlite3_bind_int64 (stmt, 5, now_ms);
  if (!lz_db_step (db, stmt, "saving a draft", &failure))
    {
      if (failure == NULL)
        return set_gone (error);
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  draft->created_ms = sqlite3_column_int64 (stmt, 0);
  draft->changed_ms = sqlite3_column_int64 (stmt, 1);
  return lz_db_run (db, stmt, "saving a draft", error);
}

/**
 * lz_drafts_save:
 * @station: a station
 * @draft: (inout): what has been written so far; gets id and times
 * @error: (nullable): %LZ_ERROR_NOT_FOUND if a draft with an id is no longer there;
 *   %LZ_ERROR_INVALID for what no event could say, such as a text that is too long
 *
 * Returns: %TRUE once it is durable
 */
gboolean
lz_drafts_save (LzStation *station, LzDraft *draft, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  gint64 now_ms = lz_station_now (station);
  g_autofree char *json = write_body (draft, error);
  LzDraft before = *draft;

  if (json == NULL || !lz_db_begin (db, error))
    return FALSE;
  if (lz_photos_know (station, draft->body->photos, error) &&
      (draft->id == 0 ? insert (db, draft, json, now_ms, error)
                      : update (db, draft, json, now_ms, error)))
    {
      if (lz_db_commit (db, error))
        return TRUE;
    }
  else
    lz_db_rollback (db);

  draft->id = before.id; /* or the next try would look for what was never kept */
  draft->created_ms = before.created_ms;
  draft->changed_ms = before.changed_ms;
  return FALSE;
}

/**
 * lz_drafts_remove:
 * @station: a station
 * @id: of a draft
 * @error: (nullable): %LZ_ERROR_NOT_FOUND if it is no longer there, so that one draft confirmed in
 *   two windows is logged once
 *
 * Its photos stay; saving it again with the id 0 brings it back.
 *
 * Returns: %TRUE once it is durable
 */
gboolean
lz_drafts_remove (LzStation *station, gint64 id, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, "DELETE FROM draft WHERE id = ?1", error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, id);
  if (!lz_db_run (db, stmt, "removing a draft", error))
    return FALSE;
  return sqlite3_changes (lz_db_get_handle (db)) > 0 || set_gone (error);
}

static LzDraft *
read_draft (LzStmt *stmt, GError **error)
{
  g_autoptr (LzDraft) draft = g_new0 (LzDraft, 1);

  draft->id = sqlite3_column_int64 (stmt, 0);
  draft->batch = sqlite3_column_int64 (stmt, 1);
  draft->created_ms = sqlite3_column_int64 (stmt, 2);
  draft->changed_ms = sqlite3_column_int64 (stmt, 3);
  draft->fixed_on_spot = sqlite3_column_int (stmt, 4);
  draft->note = lz_stmt_dup_text (stmt, 6);
  draft->body = lz_wire_parse_body ((const char *) sqlite3_column_text (stmt, 5), error);
  if (draft->body == NULL)
    {
      g_prefix_error (error, "draft %" G_GINT64_FORMAT ": ", draft->id);
      return NULL;
    }
  return g_steal_pointer (&draft);
}

/**
 * lz_drafts_list:
 * @station: a station
 * @error: (nullable): return location
 *
 * Where the station can be written, photos of an intake that was cut short get their drafts first.
 *
 * Returns: (transfer full) (element-type LzDraft) (nullable): all drafts, oldest first; those of
 *   one intake in the order of their photos' times
 */
GPtrArray *
lz_drafts_list (LzStation *station, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GPtrArray) drafts = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_draft_free);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStmt) stmt = NULL;

  if (!lz_intake_recover (station, error))
    return NULL;
  stmt = lz_db_borrow (db, "SELECT " DRAFT_COLUMNS " FROM draft ORDER BY id", error);
  if (stmt == NULL)
    return NULL;
  while (lz_db_step (db, stmt, "reading the drafts", &failure))
    {
      LzDraft *draft = read_draft (stmt, error);

      if (draft == NULL)
        return NULL;
      g_ptr_array_add (drafts, draft);
    }
  if (!lz_stmt_ended (&failure, error))
    return NULL;
  return g_steal_pointer (&drafts);
}

/**
 * lz_drafts_load:
 * @station: a station
 * @id: of a draft
 * @error: (nullable): %LZ_ERROR_NOT_FOUND if it is no longer there
 *
 * Returns: (transfer full) (nullable): the draft
 */
LzDraft *
lz_drafts_load (LzStation *station, gint64 id, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (db, "SELECT " DRAFT_COLUMNS " FROM draft WHERE id = ?1", error);

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, id);
  if (lz_db_step (db, stmt, "reading a draft", &failure))
    return read_draft (stmt, error);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    set_gone (error);
  return NULL;
}
