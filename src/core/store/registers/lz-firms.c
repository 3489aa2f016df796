/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-cases.h"
#include "lz-civil.h"
#include "lz-firms.h"
#include "lz-log.h"
#include "lz-office.h"
#include "lz-records-act.h"
#include "lz-wire.h"

#include <glib/gi18n-lib.h>

#define MS_PER_DAY G_GINT64_CONSTANT (86400000)

LzCreditRules *
lz_firms_dup_rules (LzStation *station, GError **error)
{
  g_autoptr (GBytes) table = lz_office_dup_table (station, "credit.tsv", error);

  return table != NULL ? lz_credit_rules_parse (table, error) : NULL;
}

void
lz_firm_free (LzFirm *self)
{
  if (self == NULL)
    return;
  lz_record_free (self->record);
  lz_credit_clear (&self->credit);
  g_free (self);
}

int
lz_firms_get_year (LzStation *station)
{
  int offset_min = lz_calendar_get_utc_offset_min (lz_station_get_calendar (station));
  gint64 local_ms = lz_station_now (station) + offset_min * G_GINT64_CONSTANT (60000);
  int year, month, day;

  lz_civil_from_days (lz_floor_div (local_ms, MS_PER_DAY), &year, &month, &day);
  return year;
}

gint64
lz_firms_begin_of_year (LzStation *station, int year)
{
  int offset_min = lz_calendar_get_utc_offset_min (lz_station_get_calendar (station));

  return lz_civil_to_days (year, 1, 1) * MS_PER_DAY - offset_min * G_GINT64_CONSTANT (60000);
}

/* Takes @record. */
static LzFirm *
make_firm (LzStation *station,
           const LzCreditRules *rules,
           LzRecord *record,
           int year,
           GError **error)
{
  g_autoptr (LzFirm) self = g_new0 (LzFirm, 1);
  g_autoptr (GPtrArray) events = NULL;

  self->record = record;
  events = lz_log_list_events (station, &record->id, error);
  if (events == NULL)
    return NULL;
  lz_credit_reckon (rules, events, lz_firms_begin_of_year (station, year),
                    lz_firms_begin_of_year (station, year + 1), &self->credit);
  return g_steal_pointer (&self);
}

/**
 * lz_firms_list:
 * @station: a station
 * @year: whose credit is reckoned
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (element-type LzFirm) (nullable): the firms on file, the last changed
 *   first
 */
GPtrArray *
lz_firms_list (LzStation *station, int year, GError **error)
{
  LzRecordQuery query = { .type = LZ_RECORD_FIRM, .states = LZ_RECORD_BIT (LZ_RECORD_OPEN) };
  g_autoptr (LzCreditRules) rules = lz_firms_dup_rules (station, error);
  g_autoptr (GPtrArray) records = rules != NULL ? lz_records_list (station, &query, error) : NULL;
  g_autoptr (GPtrArray) firms = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_firm_free);

  if (records == NULL)
    return NULL;
  for (guint i = 0; i < records->len; i++)
    {
      LzFirm *firm = make_firm (station, rules, lz_record_copy (records->pdata[i]), year, error);

      if (firm == NULL)
        return NULL;
      g_ptr_array_add (firms, firm);
    }
  return g_steal_pointer (&firms);
}

LzFirm *
lz_firms_load (LzStation *station, const LzId *id, int year, GError **error)
{
  g_autoptr (LzCreditRules) rules = lz_firms_dup_rules (station, error);
  LzRecord *record = rules != NULL ? lz_records_load (station, id, error) : NULL;

  return record != NULL ? make_firm (station, rules, record, year, error) : NULL;
}

/* By id or whole name. */
LzFirm *
lz_firms_find (LzStation *station, const char *name, int year, GError **error)
{
  g_autoptr (GPtrArray) firms = NULL;
  LzId id;

  if (lz_id_parse (name, &id))
    return lz_firms_load (station, &id, year, error);
  firms = lz_firms_list (station, year, error);
  for (guint i = 0; firms != NULL && i < firms->len; i++)
    {
      LzFirm *firm = firms->pdata[i];

      if (g_strcmp0 (lz_record_get_text (firm->record, "name"), name) == 0)
        return lz_firms_load (station, &firm->record->id, year, error);
    }
  if (firms != NULL)
    g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("There is no firm “%s”."), name);
  return NULL;
}

/**
 * lz_firms_save:
 * @station: a station
 * @id: (nullable): the firm; %NULL puts a new one on file
 * @facts: what to set
 * @made: (out) (optional): its id
 * @error: (nullable): %LZ_ERROR_REFUSED
 *
 * Returns: %TRUE once it is durable
 */
gboolean
lz_firms_save (LzStation *station, const LzId *id, JsonObject *facts, LzId *made, GError **error)
{
  return lz_records_act (station, id != NULL ? "firm.changed" : "firm.recorded", id, facts, NULL,
                         made, error);
}

static gboolean
was_charged (GPtrArray *events, const char *kase, const char *rule)
{
  for (guint i = 0; i < events->len; i++)
    {
      const LzEvent *event = events->pdata[i];
      g_autoptr (JsonObject) facts =
          event->body != NULL ? lz_wire_read_facts (event->body->facts, NULL) : NULL;

      if (g_str_equal (event->kind_name, "firm.charged") && facts != NULL &&
          g_strcmp0 (json_object_get_string_member_with_default (facts, "case", NULL), kase) == 0 &&
          g_strcmp0 (json_object_get_string_member_with_default (facts, "rule", NULL), rule) == 0)
        return TRUE;
    }
  return FALSE;
}

/**
 * lz_firms_charge:
 * @station: a station
 * @firm: who
 * @kase: the closed case that shows it
 * @rule: key of the rule
 * @error: (nullable): %LZ_ERROR_REFUSED if the case is still open, or was charged already;
 *   %LZ_ERROR_NOT_FOUND for a rule or case that there is not
 *
 * Takes credit points from a firm.  Each charge hangs on a closed case.
 *
 * Returns: %TRUE once it is durable
 */
gboolean
lz_firms_charge (LzStation *station,
                 const LzId *firm,
                 const LzId *kase,
                 const char *rule,
                 GError **error)
{
  g_autoptr (LzCreditRules) rules = lz_firms_dup_rules (station, error);
  const LzCreditRule *found = rules != NULL ? lz_credit_rules_find (rules, rule) : NULL;
  g_autoptr (LzCase) evidence = rules != NULL ? lz_cases_load (station, kase, error) : NULL;
  g_autoptr (GPtrArray) events =
      evidence != NULL ? lz_log_list_events (station, firm, error) : NULL;
  g_autoptr (JsonObject) facts = json_object_new ();
  g_autofree char *id = lz_id_dup_string (kase);

  if (events == NULL)
    return FALSE;
  if (found == NULL)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("There is no credit rule “%s”."), rule);
      return FALSE;
    }
  if (evidence->state != LZ_STATE_CLOSED && evidence->state != LZ_STATE_FORCED)
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_REFUSED,
                           _ ("Points are taken for closed cases only: this one is not."));
      return FALSE;
    }
  if (was_charged (events, id, rule))
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_REFUSED,
                           _ ("Points were taken for this case already."));
      return FALSE;
    }
  json_object_set_string_member (facts, "case", id);
  json_object_set_string_member (facts, "rule", found->key);
  json_object_set_int_member (facts, "points", found->points);
  return lz_records_act (station, "firm.charged", firm, facts, NULL, NULL, error);
}

static gboolean
decide (LzStation *station, const char *kind, const LzId *firm, const char *reason, GError **error)
{
  g_autoptr (LzBody) body = lz_body_new ();

  body->text = g_strdup (reason);
  return lz_records_act (station, kind, firm, NULL, body, NULL, error);
}

gboolean
lz_firms_blacklist (LzStation *station, const LzId *firm, const char *reason, GError **error)
{
  return decide (station, "firm.blacklisted", firm, reason, error);
}

gboolean
lz_firms_spare (LzStation *station, const LzId *firm, const char *reason, GError **error)
{
  return decide (station, "firm.spared", firm, reason, error);
}

gboolean
lz_firms_clear (LzStation *station, const LzId *firm, const char *reason, GError **error)
{
  return decide (station, "firm.cleared", firm, reason, error);
}

gboolean
lz_firms_retire (LzStation *station, const LzId *firm, const char *reason, GError **error)
{
  return decide (station, "firm.retired", firm, reason, error);
}
