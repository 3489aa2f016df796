/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-event-table.h"
#include "lz-log.h"
#include "lz-projection.h"
#include "lz-record-kinds.h"
#include "lz-stmt.h"
#include "lz-sync-table.h"

#include <glib/gi18n-lib.h>

/* clang-format off */
static const char sql_list[] =
  "SELECT event, code, state, message, refused_at, decision FROM refusal"
  " WHERE ?1 = 0 OR decision IS NULL ORDER BY refused_at, event";

static const char sql_settle[] =
  "UPDATE refusal SET decision = ?2, reason = ?3, decided_at = ?4, decided_by = ?5, successor = ?6"
  " WHERE event = ?1 AND decision IS NULL";
/* clang-format on */

void
lz_refusal_free (LzRefusal *self)
{
  if (self == NULL)
    return;

  lz_event_free (self->event);
  g_free (self->code);
  g_free (self->state);
  g_free (self->message);
  g_free (self->decision);
  g_free (self->case_number);
  g_free (self);
}

static LzRefusal *
read_refusal (LzStation *station, LzStmt *stmt, GError **error)
{
  LzId id = lz_stmt_column_id (stmt, 0);
  LzEvent *event = lz_event_table_find (station, &id, error);
  g_autoptr (LzCase) self = NULL;
  LzRefusal *refusal;

  if (event == NULL)
    return NULL;
  refusal = g_new0 (LzRefusal, 1);
  refusal->event = event;
  refusal->code = lz_stmt_dup_text (stmt, 1);
  refusal->state = lz_stmt_dup_text (stmt, 2);
  refusal->message = lz_stmt_dup_text (stmt, 3);
  refusal->refused_ms = sqlite3_column_int64 (stmt, 4);
  refusal->decision = lz_stmt_dup_text (stmt, 5);
  self = lz_projection_load (station, &event->subject, NULL);
  if (self != NULL)
    {
      refusal->case_number = g_strdup (self->number);
      refusal->case_state = self->state;
    }
  else if (event->body != NULL)
    {
      refusal->case_number = g_strdup (event->body->number);
    }
  return refusal;
}

GPtrArray *
lz_sync_list_refusals (LzStation *station, gboolean open_only, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_refusal_free);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_list, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int (stmt, 1, open_only);
  while (lz_db_step (db, stmt, "reading the inbox", &failure))
    {
      LzRefusal *refusal = read_refusal (station, stmt, error);

      if (refusal == NULL)
        return NULL;
      g_ptr_array_add (list, refusal);
    }
  if (!lz_stmt_ended (&failure, error))
    return NULL;
  return g_steal_pointer (&list);
}

static gboolean
settle (LzStation *station,
        const LzId *event,
        const char *decision,
        const char *reason,
        const LzId *successor,
        GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_settle, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, event);
  lz_stmt_bind_text (stmt, 2, decision);
  lz_stmt_bind_text (stmt, 3, reason);
  sqlite3_bind_int64 (stmt, 4, lz_station_now (station));
  lz_stmt_bind_text (stmt, 5, lz_station_get_actor (station));
  if (successor != NULL)
    lz_stmt_bind_id (stmt, 6, successor);
  if (!lz_db_run (db, stmt, "settling a refused act", error))
    return FALSE;
  if (sqlite3_changes (lz_db_get_handle (db)) == 1)
    return TRUE;
  g_set_error_literal (error, LZ_ERROR, LZ_ERROR_NOT_FOUND,
                       _ ("This is not in the inbox, or somebody settled it already."));
  return FALSE;
}

/* Acts again with @kind and @body, and settles the old act with the new one, in one transaction. */
static gboolean
act_and_settle (LzStation *station,
                const LzEvent *old,
                LzKind kind,
                const char *kind_name,
                LzBody *body,
                const char *decision,
                GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_auto (LzActResult) result = { 0 };
  LzAct act = { .kind = kind, .kind_name = kind_name, .subject = old->subject, .body = body };

  if (kind == LZ_KIND_REPORTED || (kind == LZ_KIND_SELF_HANDLED && lz_id_is_nil (&old->basis)))
    memset (&act.subject, 0, sizeof act.subject); /* a report begins a case of its own */
  if (!lz_db_begin (db, error))
    return FALSE;
  if (lz_log_act (station, &act, &result, error) &&
      settle (station, &old->id, decision, NULL, &g_array_index (result.events, LzId, 0), error))
    return lz_db_commit (db, error);
  lz_db_rollback (db);
  return FALSE;
}

gboolean
lz_sync_redo (LzStation *station, const LzId *event, GError **error)
{
  g_autoptr (LzEvent) old = lz_event_table_find (station, event, error);
  g_autoptr (LzBody) body = NULL;

  if (old == NULL)
    return FALSE;
  if (old->body == NULL)
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_REFUSED, _ ("This act cannot be done again."));
      return FALSE;
    }
  body = lz_body_copy (old->body);
  body->due_ms = body->warn_ms = 0; /* reckoned anew from now */
  return act_and_settle (station, old, old->kind, old->kind_name, body, "redo", error);
}

/* "patrol.noted" for an act on a patrol. */
static char *
dup_note_kind (const LzEvent *old)
{
  const LzRecordKind *kind = lz_record_kind_find (old->kind_name);

  return kind != NULL ? g_strconcat (lz_record_type_to_string (kind->type), ".noted", NULL) : NULL;
}

gboolean
lz_sync_keep_as_note (LzStation *station, const LzId *event, GError **error)
{
  g_autoptr (LzEvent) old = lz_event_table_find (station, event, error);
  g_autoptr (LzBody) note = lz_body_new ();
  g_autofree char *kind = NULL;

  if (old == NULL)
    return FALSE;
  kind = dup_note_kind (old);
  note->text = old->body != NULL && old->body->text != NULL
                   ? g_strdup_printf ("%s: %s", lz_event_label (old), old->body->text)
                   : g_strdup (lz_event_label (old));
  if (old->body != NULL && old->body->photos != NULL)
    note->photos = g_array_copy (old->body->photos);
  return act_and_settle (station, old, kind != NULL ? LZ_KIND_RECORD : LZ_KIND_NOTED, kind, note,
                         "note", error);
}

gboolean
lz_sync_drop (LzStation *station, const LzId *event, const char *reason, GError **error)
{
  if (reason == NULL || *reason == '\0')
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_REFUSED, _ ("A reason is missing."));
      return FALSE;
    }
  return settle (station, event, "drop", reason, NULL, error);
}
