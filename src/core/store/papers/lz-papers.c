/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-civil.h"
#include "lz-event-table.h"
#include "lz-log.h"
#include "lz-papers.h"
#include "lz-stmt.h"
#include "lz-wire.h"

#include <json-glib/json-glib.h>

#define DAY_MS       (G_GINT64_CONSTANT (24) * 60 * 60 * 1000)
#define MINUTE_MS    60000
#define MARK_LETTERS 4

/* clang-format off */
static const char sql_last[] =
  "SELECT max (json_extract (body, '$.facts.number')) FROM event"
  " WHERE kind = 'case.noted' AND json_extract (body, '$.facts.paper') IS NOT NULL"
  " AND json_extract (body, '$.facts.paper') = ?1 AND json_extract (body, '$.facts.year') = ?2"
  " AND json_extract (body, '$.facts.mark') = ?3 AND feed = ?4";
static const char sql_list[] =
  "SELECT " LZ_EVENT_COLUMNS " FROM event"
  " WHERE kind = 'case.noted' AND json_extract (body, '$.facts.paper') IS NOT NULL"
  " AND json_extract (body, '$.facts.paper') = ?1 AND json_extract (body, '$.facts.year') = ?2"
  " AND status = 0 ORDER BY json_extract (body, '$.facts.mark'), json_extract (body, '$.facts.number'), n";
/* clang-format on */

void
lz_issued_free (LzIssued *self)
{
  if (self == NULL)
    return;

  g_free (self->kind);
  g_free (self->mark);
  g_free (self->actor);
  g_free (self->unit);
  g_free (self);
}

char *
lz_issued_dup_number (const LzIssued *self)
{
  return self->mark[0] != '\0' ? g_strdup_printf ("%s-%u", self->mark, self->number)
                               : g_strdup_printf ("%u", self->number);
}

static guint
year_at (gint64 at_ms)
{
  int year, month, day;

  lz_civil_from_days (lz_floor_div (at_ms + LZ_STATION_UTC_OFFSET_MIN * (gint64) MINUTE_MS, DAY_MS),
                      &year, &month, &day);
  return (guint) year;
}

/* A station of its own needs no mark; one among several has the first letters of its name. */
static char *
dup_mark (LzStation *station)
{
  g_autofree char *server = lz_station_dup_setting (station, "server", NULL);
  g_autofree char *own = g_ascii_strup (lz_station_get_device (station), MARK_LETTERS);

  return lz_station_dup_setting (station, "paper_mark", server != NULL ? own : "");
}

/* (nullable): the paper that a note tells of; others' notes may say anything. */
static LzIssued *
read_issued (const LzEvent *event)
{
  g_autoptr (JsonObject) facts = NULL;
  LzIssued *self;
  const char *kind;
  gint64 number;

  if (event->kind != LZ_KIND_NOTED || event->body == NULL || event->body->facts == NULL)
    return NULL;
  facts = lz_wire_read_facts (event->body->facts, NULL);
  if (facts == NULL)
    return NULL;
  kind = lz_json_get_text (facts, "paper", NULL);
  number = lz_json_get_int (facts, "number", 0);
  if (kind == NULL || number < 1 || number > G_MAXINT32)
    return NULL;

  self = g_new0 (LzIssued, 1);
  self->kind = g_strdup (kind);
  self->year = (guint) lz_json_get_int (facts, "year", 0);
  self->mark = g_strdup (lz_json_get_text (facts, "mark", ""));
  self->number = (guint) number;
  self->subject = event->subject;
  self->issued_ms = event->occurred_ms;
  self->actor = g_strdup (event->actor);
  self->unit = g_strdup (event->body->unit);
  self->due_ms = lz_json_get_int (facts, "due", 0);
  return self;
}

static gboolean
find_last (LzStation *station, const LzIssued *wanted, guint *last, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_last, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, wanted->kind);
  sqlite3_bind_int64 (stmt, 2, wanted->year);
  lz_stmt_bind_text (stmt, 3, wanted->mark);
  lz_stmt_bind_text (stmt, 4, lz_station_get_feed (station));
  *last = 0;
  if (lz_db_step (db, stmt, "looking for the last paper's number", &failure))
    *last = (guint) sqlite3_column_int64 (stmt, 0);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return failure == NULL;
}

static char *
make_facts (const LzIssued *issued, GError **error)
{
  g_autoptr (JsonObject) facts = json_object_new ();

  json_object_set_string_member (facts, "paper", issued->kind);
  json_object_set_int_member (facts, "year", issued->year);
  json_object_set_string_member (facts, "mark", issued->mark);
  json_object_set_int_member (facts, "number", issued->number);
  json_object_set_int_member (facts, "due", issued->due_ms);
  return lz_wire_make_facts (facts, error);
}

static char *
dup_text (const char *text, guint year, const char *number)
{
  g_autofree char *digits = g_strdup_printf ("%u", year);
  GString *out = g_string_new (text);

  g_string_replace (out, "{year}", digits, 0);
  g_string_replace (out, "{number}", number, 0);
  return g_string_free (out, FALSE);
}

static gboolean
note_issued (LzStation *station, const LzIssued *issued, const char *text, GError **error)
{
  g_autoptr (LzBody) body = lz_body_new ();
  g_auto (LzActResult) result = { 0 };
  g_autofree char *number = lz_issued_dup_number (issued);
  LzAct act = { .kind = LZ_KIND_NOTED, .subject = issued->subject, .body = body };

  body->text = dup_text (text, issued->year, number);
  body->unit = g_strdup (issued->unit);
  body->facts = make_facts (issued, error);
  return body->facts != NULL && lz_log_act (station, &act, &result, error);
}

/**
 * lz_papers_issue:
 * @station: a station, to write
 * @kind: which paper: "notice"
 * @subject: the case
 * @unit: (nullable): to whom
 * @due_ms: the deadline it sets, ms UTC; 0 = none
 * @text: what the note of the case says, with "{year}" and "{number}" in it
 * @error: (nullable): as lz_log_act()
 *
 * Takes the next number of the office's series for this year and notes in the case that the paper
 * was issued, in one transaction.  Numbers of notes that the server refused are not used again.
 *
 * Returns: (transfer full) (nullable): the number
 */
LzIssued *
lz_papers_issue (LzStation *station,
                 const char *kind,
                 const LzId *subject,
                 const char *unit,
                 gint64 due_ms,
                 const char *text,
                 GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzIssued) issued = g_new0 (LzIssued, 1);
  guint last;

  issued->kind = g_strdup (kind);
  issued->issued_ms = lz_station_now (station);
  issued->year = year_at (issued->issued_ms);
  issued->subject = *subject;
  issued->actor = g_strdup (lz_station_get_actor (station));
  issued->unit = g_strdup (unit);
  issued->due_ms = due_ms;
  issued->mark = dup_mark (station);
  if (!lz_db_begin (db, error))
    return NULL;
  if (!find_last (station, issued, &last, error))
    {
      lz_db_rollback (db);
      return NULL;
    }
  issued->number = last + 1;
  if (!note_issued (station, issued, text, error))
    {
      lz_db_rollback (db);
      return NULL;
    }
  return lz_db_commit (db, error) ? g_steal_pointer (&issued) : NULL;
}

/**
 * lz_papers_find:
 * @station: a station
 * @kind: which paper
 * @subject: a case
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (nullable): the latest such paper of the case; %NULL without @error if
 *   there is none
 */
LzIssued *
lz_papers_find (LzStation *station, const char *kind, const LzId *subject, GError **error)
{
  g_autoptr (GPtrArray) events = lz_log_list_events (station, subject, error);

  for (guint i = events != NULL ? events->len : 0; i-- > 0;)
    {
      LzIssued *issued = read_issued (g_ptr_array_index (events, i));

      if (issued != NULL && g_str_equal (issued->kind, kind))
        return issued;
      lz_issued_free (issued);
    }
  return NULL;
}

static void
mark_doubled (GPtrArray *list)
{
  for (guint i = 1; i < list->len; i++)
    {
      LzIssued *one = g_ptr_array_index (list, i - 1);
      LzIssued *two = g_ptr_array_index (list, i);

      if (one->number == two->number && g_str_equal (one->mark, two->mark))
        one->doubled = two->doubled = TRUE;
    }
}

/**
 * lz_papers_list:
 * @station: a station
 * @kind: which paper
 * @year: local year of their numbers
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (nullable) (element-type LzIssued): the register of the papers by number
 */
GPtrArray *
lz_papers_list (LzStation *station, const char *kind, guint year, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_issued_free);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_list, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_text (stmt, 1, kind);
  sqlite3_bind_int64 (stmt, 2, year);
  while (lz_db_step (db, stmt, "listing papers", &failure))
    {
      g_autoptr (LzEvent) event = lz_event_table_read (stmt, error);
      LzIssued *issued = event != NULL ? read_issued (event) : NULL;

      if (event == NULL)
        return NULL;
      if (issued != NULL)
        g_ptr_array_add (list, issued);
    }
  if (!lz_stmt_ended (&failure, error))
    return NULL;
  mark_doubled (list);
  return g_steal_pointer (&list);
}
