/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-firm-cases.h"

#include "lz-cases.h"
#include "lz-event-table.h"
#include "lz-log.h"
#include "lz-stmt.h"
#include "lz-wire.h"

#include <glib/gi18n-lib.h>

/* clang-format off */
static const char sql_link[] =
  "SELECT json_extract (body, '$.facts.firm'), json_extract (body, '$.facts.plate') FROM event"
  " WHERE subject = ?1 AND json_extract (body, '$.facts.firm') IS NOT NULL"
  " AND status = 0 ORDER BY n DESC LIMIT 1";

/* Cases whose last event about a firm names this one. */
static const char sql_cases[] =
  "SELECT c.fid, c.id, c.number, c.category, c.state, json_extract (e.body, '$.facts.plate')"
  " FROM event AS e JOIN case_row AS c ON c.id = e.subject"
  " WHERE json_extract (e.body, '$.facts.firm') IS NOT NULL"
  " AND json_extract (e.body, '$.facts.firm') = ?1 AND e.status = 0"
  " AND NOT EXISTS (SELECT 1 FROM event AS l WHERE l.subject = e.subject"
  "  AND json_extract (l.body, '$.facts.firm') IS NOT NULL AND l.status = 0 AND l.n > e.n)"
  " ORDER BY e.n DESC";

static const char sql_case[] =
  "SELECT fid, number, category, state FROM case_row WHERE id = ?1";
/* clang-format on */

void
lz_firm_link_clear (LzFirmLink *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->plate, g_free);
  self->firm = (LzId){ 0 };
}

void
lz_firm_case_free (LzFirmCase *self)
{
  if (self == NULL)
    return;
  g_free (self->number);
  g_free (self->category);
  g_free (self->plate);
  g_free (self->rule);
  g_free (self->actor);
  g_free (self);
}

static const LzCreditRule *
find_rule (const LzCreditRules *rules, const char *category)
{
  for (guint i = 0; category != NULL && i < rules->rules->len; i++)
    {
      const LzCreditRule *rule = rules->rules->pdata[i];

      if (rule->categories != NULL &&
          g_strv_contains ((const char *const *) rule->categories, category))
        return rule;
    }
  return NULL;
}

gboolean
lz_firms_is_hauling (const LzCreditRules *rules, const char *category)
{
  return find_rule (rules, category) != NULL;
}

/**
 * lz_firm_facts_new:
 * @firm: (nullable): whose vehicle it was; %NULL = nobody's that is known
 * @plate: (nullable): of the vehicle
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (nullable): what the body of a report or note of a case says of it
 */
char *
lz_firm_facts_new (const LzId *firm, const char *plate, GError **error)
{
  g_autoptr (JsonObject) facts = json_object_new ();
  g_autofree char *id = firm != NULL ? lz_id_dup_string (firm) : g_strdup ("");

  json_object_set_string_member (facts, "firm", id);
  if (firm != NULL && plate != NULL && *plate != '\0')
    json_object_set_string_member (facts, "plate", plate);
  return lz_wire_make_facts (facts, error);
}

/* What the facts of a body say; FALSE: they are about no firm. */
gboolean
lz_firm_facts_read (const char *text, LzFirmLink *link)
{
  g_autoptr (JsonObject) facts = text != NULL ? lz_wire_read_facts (text, NULL) : NULL;

  *link = (LzFirmLink){ 0 };
  if (facts == NULL || !lz_id_parse (lz_json_get_text (facts, "firm", ""), &link->firm))
    return FALSE;
  link->plate = g_strdup (lz_json_get_text (facts, "plate", NULL));
  return TRUE;
}

/* -- what a case says ---------------------------------------------------------------------------
 */

static char *
dup_note (const LzFirm *firm, const char *plate)
{
  const char *name = firm != NULL ? lz_record_get_text (firm->record, "name") : NULL;

  if (name == NULL)
    return g_strdup (_ ("No hauling firm is named any more."));
  if (plate == NULL || *plate == '\0')
    return g_strdup_printf (_ ("Hauling firm: %s"), name);
  return g_strdup_printf (_ ("Hauling firm: %s, vehicle %s"), name, plate);
}

/**
 * lz_firms_name:
 * @station: a station
 * @kase: a case
 * @firm: (nullable): whose vehicle it was; %NULL takes the name back
 * @plate: (nullable): of the vehicle
 * @error: (nullable): %LZ_ERROR_NOT_FOUND for a firm that there is not; as lz_log_act()
 *
 * Returns: %TRUE once it is durable
 */
gboolean
lz_firms_name (LzStation *station,
               const LzId *kase,
               const LzId *firm,
               const char *plate,
               GError **error)
{
  g_autoptr (LzFirm) named = NULL;
  g_autoptr (LzBody) body = lz_body_new ();
  g_auto (LzActResult) result = { 0 };
  LzAct act = { .kind = LZ_KIND_NOTED, .subject = *kase, .body = body };

  if (firm != NULL)
    {
      named = lz_firms_load (station, firm, lz_firms_get_year (station), error);
      if (named == NULL)
        return FALSE;
    }
  body->text = dup_note (named, plate);
  body->facts = lz_firm_facts_new (firm, plate, error);
  return body->facts != NULL && lz_log_act (station, &act, &result, error);
}

/**
 * lz_firms_find_link:
 * @station: a station
 * @kase: a case
 * @link: (out caller-allocates): what it says; clear it with lz_firm_link_clear()
 * @error: (nullable): return location
 *
 * Returns: %TRUE on success, also if it names no firm
 */
gboolean
lz_firms_find_link (LzStation *station, const LzId *kase, LzFirmLink *link, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_link, error);
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzRecord) record = NULL;
  g_autofree char *id = NULL;

  *link = (LzFirmLink){ 0 };
  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, kase);
  if (lz_db_step (db, stmt, "looking for the firm of a case", &failure))
    {
      id = lz_stmt_dup_text (stmt, 0);
      link->plate = lz_stmt_dup_text (stmt, 1);
    }
  if (!lz_stmt_ended (&failure, error))
    return FALSE;
  if (id == NULL || !lz_id_parse (id, &link->firm))
    {
      lz_firm_link_clear (link);
      return TRUE;
    }
  record = lz_records_load (station, &link->firm, NULL);
  if (record != NULL)
    link->name = g_strdup (lz_record_get_text (record, "name"));
  return TRUE;
}

/* -- what that comes to -------------------------------------------------------------------------
 */

/* (nullable): a charge among the events of a firm. */
static LzFirmCase *
read_charge (const LzEvent *event)
{
  g_autoptr (JsonObject) facts = NULL;
  LzFirmCase *self;
  LzId kase;

  if (!g_str_equal (event->kind_name, "firm.charged") || event->body == NULL)
    return NULL;
  facts = lz_wire_read_facts (event->body->facts, NULL);
  if (facts == NULL || !lz_id_parse (lz_json_get_text (facts, "case", ""), &kase))
    return NULL;
  self = g_new0 (LzFirmCase, 1);
  self->kase = kase;
  self->rule = g_strdup (lz_json_get_text (facts, "rule", NULL));
  self->points = (guint) MAX (lz_json_get_int (facts, "points", 0), 0);
  self->at_ms = event->occurred_ms;
  self->actor = g_strdup (event->actor);
  return self;
}

static void
mark_charged (LzFirmCase *self, GPtrArray *events)
{
  for (guint i = 0; self->rule != NULL && i < events->len; i++)
    {
      g_autoptr (LzFirmCase) charge = read_charge (events->pdata[i]);

      if (charge == NULL || !lz_id_equal (&charge->kase, &self->kase) ||
          g_strcmp0 (charge->rule, self->rule) != 0)
        continue;
      self->at_ms = charge->at_ms;
      self->points = charge->points;
      g_free (self->actor);
      self->actor = g_steal_pointer (&charge->actor);
    }
}

GPtrArray *
lz_firms_list_cases (LzStation *station, const LzId *firm, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autofree char *id = lz_id_dup_string (firm);
  g_autoptr (LzCreditRules) rules = lz_firms_dup_rules (station, error);
  g_autoptr (GPtrArray) events = rules != NULL ? lz_log_list_events (station, firm, error) : NULL;
  g_autoptr (LzStmt) stmt = events != NULL ? lz_db_borrow (db, sql_cases, error) : NULL;
  g_autoptr (GPtrArray) cases = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_firm_case_free);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_text (stmt, 1, id);
  while (lz_db_step (db, stmt, "listing the cases of a firm", &failure))
    {
      LzFirmCase *found = g_new0 (LzFirmCase, 1);
      const LzCreditRule *rule;

      g_ptr_array_add (cases, found);
      found->fid = sqlite3_column_int64 (stmt, 0);
      found->kase = lz_stmt_column_id (stmt, 1);
      found->number = lz_stmt_dup_text (stmt, 2);
      found->category = lz_stmt_dup_text (stmt, 3);
      found->state = (LzState) sqlite3_column_int (stmt, 4);
      found->plate = lz_stmt_dup_text (stmt, 5);
      rule = find_rule (rules, found->category);
      found->rule = rule != NULL ? g_strdup (rule->key) : NULL;
      found->points = rule != NULL ? rule->points : 0;
      mark_charged (found, events);
    }
  return lz_stmt_ended (&failure, error) ? g_steal_pointer (&cases) : NULL;
}

static gboolean
read_case (LzStation *station, LzFirmCase *self, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_case, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, &self->kase);
  if (lz_db_step (db, stmt, "reading a charged case", &failure))
    {
      self->fid = sqlite3_column_int64 (stmt, 0);
      self->number = lz_stmt_dup_text (stmt, 1);
      self->category = lz_stmt_dup_text (stmt, 2);
      self->state = (LzState) sqlite3_column_int (stmt, 3);
    }
  return lz_stmt_ended (&failure, error);
}

GPtrArray *
lz_firms_list_charges (LzStation *station, const LzId *firm, int year, GError **error)
{
  g_autoptr (GPtrArray) events = lz_log_list_events (station, firm, error);
  g_autoptr (GPtrArray) charges =
      g_ptr_array_new_with_free_func ((GDestroyNotify) lz_firm_case_free);
  gint64 from_ms = lz_firms_begin_of_year (station, year);
  gint64 to_ms = lz_firms_begin_of_year (station, year + 1);

  for (guint i = events != NULL ? events->len : 0; i-- > 0;)
    {
      LzFirmCase *charge = read_charge (events->pdata[i]);

      if (charge == NULL)
        continue;
      g_ptr_array_add (charges, charge);
      if (charge->at_ms < from_ms || charge->at_ms >= to_ms)
        g_ptr_array_remove_index (charges, charges->len - 1);
      else if (!read_case (station, charge, error))
        return NULL;
    }
  return events != NULL ? g_steal_pointer (&charges) : NULL;
}
