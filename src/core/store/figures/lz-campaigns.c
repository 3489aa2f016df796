/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-campaigns.h"
#include "lz-records-act.h"
#include "lz-stmt.h"
#include "lz-wire.h"

#include <glib/gi18n-lib.h>

/* ?1 the facts as JSON; ids there are texts with dashes, in the table blobs. */
/* clang-format off */
#define OF_CAMPAIGN                                                                                  \
  " FROM case_row AS c WHERE c.reported_at >= json_extract (?1, '$.from')"                           \
  " AND c.reported_at < json_extract (?1, '$.until') AND c.state NOT IN (4, 18, 19)"                 \
  " AND (coalesce (json_array_length (?1, '$.categories'), 0) = 0"                                   \
  "  OR c.category IN (SELECT value FROM json_each (?1, '$.categories')))"                           \
  " AND (coalesce (json_array_length (?1, '$.roads'), 0) = 0"                                        \
  "  OR lower (hex (c.road)) IN (SELECT replace (value, '-', '') FROM json_each (?1, '$.roads')))"

static const char sql_tally[] =
  "SELECT count(*), coalesce (sum (c.closed_at > 0), 0), coalesce (sum (c.closed_at = 0), 0),"
  " coalesce (sum (c.closed_at = 0 AND c.due_at > 0"
  "  AND c.due_at < CASE WHEN c.stopped_at > 0 THEN c.stopped_at ELSE ?2 END), 0),"
  " coalesce (sum (c.closed_at > 0 AND (c.due_at = 0"
  "  OR c.due_at >= CASE WHEN c.stopped_at > 0 THEN c.stopped_at ELSE c.closed_at END)), 0)" OF_CAMPAIGN;

static const char sql_cases[] =
  "SELECT c.fid" OF_CAMPAIGN " ORDER BY c.reported_at DESC, c.fid DESC";
/* clang-format on */

static LzStmt *
borrow (LzStation *station, const char *sql, const LzRecord *campaign, GError **error)
{
  g_autofree char *facts = lz_wire_make_facts (campaign->facts, error);
  LzStmt *stmt = facts != NULL ? lz_db_borrow (lz_station_get_db (station), sql, error) : NULL;

  if (stmt != NULL)
    lz_stmt_bind_text (stmt, 1, facts);
  return stmt;
}

/**
 * lz_campaigns_tally:
 * @station: a station
 * @campaign: a record of that type
 * @now_ms: the moment to judge at
 * @tally: (out): its figures
 * @error: (nullable): return location
 *
 * Returns: %TRUE on success
 */
gboolean
lz_campaigns_tally (LzStation *station,
                    const LzRecord *campaign,
                    gint64 now_ms,
                    LzCampaignTally *tally,
                    GError **error)
{
  g_autoptr (LzStmt) stmt = borrow (station, sql_tally, campaign, error);

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 2, now_ms);
  if (!lz_db_step (lz_station_get_db (station), stmt, "counting a campaign's cases", error))
    return FALSE;
  *tally = (LzCampaignTally){ sqlite3_column_int64 (stmt, 0), sqlite3_column_int64 (stmt, 1),
                              sqlite3_column_int64 (stmt, 2), sqlite3_column_int64 (stmt, 3),
                              sqlite3_column_int64 (stmt, 4) };
  return TRUE;
}

GArray *
lz_campaigns_list_cases (LzStation *station, const LzRecord *campaign, GError **error)
{
  g_autoptr (LzStmt) stmt = borrow (station, sql_cases, campaign, error);

  return stmt != NULL ? lz_db_read_fids (lz_station_get_db (station), stmt,
                                         "reading a campaign's cases", error)
                      : NULL;
}

GPtrArray *
lz_campaigns_list_running (LzStation *station, gint64 now_ms, GError **error)
{
  LzRecordQuery query = { .type = LZ_RECORD_CAMPAIGN,
                          .states = LZ_RECORD_BIT (LZ_RECORD_OPEN),
                          .from_ms = now_ms };
  GPtrArray *records = lz_records_list (station, &query, error);

  for (guint i = 0; records != NULL && i < records->len;)
    if (lz_record_get_int (records->pdata[i], "from", 0) > now_ms)
      g_ptr_array_remove_index (records, i);
    else
      i++;
  return records;
}

static gboolean
check (JsonObject *facts, GError **error)
{
  gint64 from = lz_json_get_int (facts, "from", 0);
  gint64 until = lz_json_get_int (facts, "until", 0);

  if (*lz_json_get_text (facts, "name", "") != '\0' && from > 0 && until > from)
    return TRUE;
  g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID,
                       _ ("A campaign needs a name and an end after its beginning."));
  return FALSE;
}

/**
 * lz_campaigns_open:
 * @station: a station
 * @facts: name, from, until and what else it says
 * @made: (out) (optional): its id
 * @error: (nullable): %LZ_ERROR_INVALID if it ends before it begins; %LZ_ERROR_REFUSED
 *
 * Returns: %TRUE once it is durable
 */
gboolean
lz_campaigns_open (LzStation *station, JsonObject *facts, LzId *made, GError **error)
{
  return check (facts, error) &&
         lz_records_act (station, "campaign.opened", NULL, facts, NULL, made, error);
}

/**
 * lz_campaigns_change:
 * @station: a station
 * @id: of a campaign that is open
 * @facts: all that it says from now on, as for lz_campaigns_open()
 * @error: (nullable): %LZ_ERROR_INVALID if it ends before it begins; %LZ_ERROR_REFUSED
 *
 * Returns: %TRUE once it is durable
 */
gboolean
lz_campaigns_change (LzStation *station, const LzId *id, JsonObject *facts, GError **error)
{
  return check (facts, error) &&
         lz_records_act (station, "campaign.changed", id, facts, NULL, NULL, error);
}

/**
 * lz_campaigns_close:
 * @station: a station
 * @id: of a campaign
 * @report: the closing report's words
 * @error: (nullable): %LZ_ERROR_REFUSED
 *
 * Closes a campaign.  Its figures at that moment go into the event, and stay.
 *
 * Returns: %TRUE once it is durable
 */
gboolean
lz_campaigns_close (LzStation *station, const LzId *id, const char *report, GError **error)
{
  g_autoptr (LzRecord) campaign = lz_records_load (station, id, error);
  g_autoptr (JsonObject) facts = json_object_new ();
  JsonObject *figures = json_object_new ();
  g_autoptr (LzBody) body = lz_body_new ();
  LzCampaignTally tally = { 0 };

  json_object_set_object_member (facts, "figures", figures);
  if (campaign == NULL ||
      !lz_campaigns_tally (station, campaign, lz_station_now (station), &tally, error))
    return FALSE;
  json_object_set_int_member (figures, "cases", tally.n_cases);
  json_object_set_int_member (figures, "closed", tally.n_closed);
  json_object_set_int_member (figures, "in_time", tally.n_in_time);
  json_object_set_int_member (figures, "open", tally.n_open);
  json_object_set_int_member (figures, "overdue", tally.n_overdue);
  json_object_set_string_member (facts, "report", report);
  body->text = g_strdup (report);
  return lz_records_act (station, "campaign.closed", id, facts, body, NULL, error);
}
