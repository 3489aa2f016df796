/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-cases.h"
#include "lz-event-table.h"
#include "lz-notices.h"
#include "lz-records-act.h"
#include "lz-stmt.h"

#include <glib/gi18n-lib.h>

static const char *const boards[] = { "exposed", "praised", "focus", NULL };

/* In the order of @boards. */
static const char *const board_labels[] = { N_ ("Exposure board"), N_ ("Board of praise"),
                                            N_ ("Road chiefs in focus") };

static const char sql_has[] = "SELECT 1 FROM record WHERE type = 6 AND state = 1 AND kind = ?1"
                              " AND json_extract (facts, '$.case') = ?2 LIMIT 1";

const char *
lz_notice_board_label (const char *kind)
{
  for (guint i = 0; boards[i] != NULL; i++)
    if (g_strcmp0 (boards[i], kind) == 0)
      return _ (board_labels[i]);
  return NULL;
}

/**
 * lz_notices_list:
 * @station: a station
 * @notice: what to put on which board
 * @made: (out) (optional): its id
 * @error: (nullable): %LZ_ERROR_INVALID for a board that there is not, or nothing to show;
 *   %LZ_ERROR_CONSTRAINT if the case stands there already; %LZ_ERROR_REFUSED
 *
 * Returns: %TRUE once it is durable
 */
gboolean
lz_notices_list (LzStation *station, const LzNotice *notice, LzId *made, GError **error)
{
  g_autoptr (JsonObject) facts = json_object_new ();
  g_autoptr (LzBody) body = lz_body_new ();
  g_autoptr (LzCase) kase = NULL;

  if (notice->kind == NULL || !g_strv_contains (boards, notice->kind) || notice->title == NULL ||
      *notice->title == '\0')
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID,
                           _ ("An entry needs a board and a title."));
      return FALSE;
    }
  body->road = notice->road;
  if (!lz_id_is_nil (&notice->kase))
    {
      g_autofree char *id = lz_id_dup_string (&notice->kase);

      kase = lz_cases_load (station, &notice->kase, error);
      if (kase == NULL)
        return FALSE;
      if (lz_notices_has_case (station, notice->kind, &notice->kase))
        {
          g_set_error_literal (error, LZ_ERROR, LZ_ERROR_CONSTRAINT,
                               _ ("The case is on this board already."));
          return FALSE;
        }
      json_object_set_string_member (facts, "case", id);
      body->place = kase->place;
      if (lz_id_is_nil (&body->road))
        body->road = kase->road;
    }
  json_object_set_string_member (facts, "kind", notice->kind);
  json_object_set_string_member (facts, "title", notice->title);
  if (notice->words != NULL && *notice->words != '\0')
    json_object_set_string_member (facts, "words", notice->words);
  if (notice->person != NULL && *notice->person != '\0')
    json_object_set_string_member (facts, "person", notice->person);
  json_object_set_int_member (facts, "at", lz_station_now (station));
  body->photos = notice->photos != NULL ? g_array_copy (notice->photos) : NULL;
  return lz_records_act (station, "notice.listed", NULL, facts, body, made, error);
}

gboolean
lz_notices_remove (LzStation *station, const LzId *id, const char *reason, GError **error)
{
  g_autoptr (LzBody) body = lz_body_new ();

  body->text = g_strdup (reason);
  return lz_records_act (station, "notice.removed", id, NULL, body, NULL, error);
}

gboolean
lz_notices_has_case (LzStation *station, const char *kind, const LzId *kase)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_has, NULL);
  g_autofree char *id = lz_id_dup_string (kase);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, kind);
  lz_stmt_bind_text (stmt, 2, id);
  return lz_db_step (db, stmt, "looking at the boards", NULL);
}

GPtrArray *
lz_notices_find (LzStation *station,
                 const char *kind,
                 gint64 from_ms,
                 gint64 until_ms,
                 GError **error)
{
  LzRecordQuery query = { .type = LZ_RECORD_NOTICE,
                          .states = LZ_RECORD_BIT (LZ_RECORD_OPEN),
                          .kind = kind };
  GPtrArray *records = lz_records_list (station, &query, error);

  for (guint i = 0; records != NULL && i < records->len;)
    {
      const LzRecord *record = records->pdata[i];
      gint64 at = lz_record_get_int (record, "at", record->begun_ms);

      if ((from_ms != 0 && at < from_ms) || (until_ms != 0 && at >= until_ms))
        g_ptr_array_remove_index (records, i);
      else
        i++;
    }
  return records;
}
