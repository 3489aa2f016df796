/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-deadline.h"
#include "lz-drafts.h"
#include "lz-event-table.h"
#include "lz-log-private.h"
#include "lz-patrol-projection.h"
#include "lz-photos.h"
#include "lz-projection.h"
#include "lz-recurs.h"
#include "lz-routes.h"
#include "lz-stmt.h"

#include <glib/gi18n-lib.h>

/* Whoever has been on patrol for longer has forgotten to finish it. */
#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))

void
lz_act_result_clear (LzActResult *self)
{
  g_clear_pointer (&self->events, g_array_unref);
}

/* "D-3fa2-261123-7": of this station, that day's seventh.  Never the final number, which the
 * server gives (domain §1.2). */
static char *
make_number (LzStation *station, gint64 at_ms, GError **error)
{
  int offset_min = lz_calendar_get_utc_offset_min (lz_station_get_calendar (station));
  g_autoptr (GDateTime) day = g_date_time_new_from_unix_utc (at_ms / 1000 + offset_min * 60);
  g_autofree char *date = g_date_time_format (day, "%y%m%d");
  g_autofree char *last = lz_station_dup_setting (station, "number", "");
  g_autofree char *next = NULL;
  guint64 n = 1;

  if (g_str_has_prefix (last, date) && last[6] == '-')
    n = g_ascii_strtoull (last + 7, NULL, 10) + 1;
  next = g_strdup_printf ("%s-%" G_GUINT64_FORMAT, date, n);
  if (!lz_station_set_setting (station, "number", next, error))
    return NULL;
  return g_strdup_printf ("D-%.4s-%s", lz_station_get_device (station), next);
}

/* Works out the deadline that an act sets, where its author did not give one (domain §2.1). */
static void
fill_deadline (LzStation *station, const LzCase *self, LzEvent *event)
{
  LzBody *body = event->body;
  LzDeadline deadline;

  if (body->due_ms != 0 ||
      !lz_deadline_compute (lz_station_get_calendar (station), self, event, &deadline))
    return;
  body->due_ms = deadline.due_ms;
  body->warn_ms = deadline.warn_ms;
  if (lz_fold_find_row (self, event->kind)->effect == LZ_EFFECT_START)
    body->limit = deadline.limit;
}

/* What an act need not repeat, since the case knows it. */
static void
fill_from_case (const LzCase *self, LzEvent *event)
{
  LzBody *body = event->body;

  if (event->kind == LZ_KIND_SUSPEND_GRANTED && body->until_ms == 0)
    body->until_ms = self->until_ms;
  /* Which closing condition was ticked, domain §2.2 row 21. */
  if (event->kind == LZ_KIND_CLOSED && body->condition == 0)
    body->condition = self->condition;
}

gboolean
lz_log_write (LzStation *station, LzEvent *event, const LzId *cause, GError **error)
{
  event->id = lz_id_new (lz_station_now (station));
  event->device = g_strdup (lz_station_get_device (station));
  return lz_event_table_write_body (event, error) &&
         lz_photos_know (station, event->body->photos, error) &&
         lz_event_table_next_seq (station, &event->device_seq, error) &&
         lz_event_table_add (station, event, cause, error) &&
         lz_projection_update (station, event, error);
}

gboolean
lz_log_append (LzStation *station,
               const LzCase *self,
               LzEvent *event,
               guint roles,
               const LzId *cause,
               GError **error)
{
  event->feed = g_strdup (self->feed != NULL ? self->feed : lz_station_get_feed (station));
  event->kind_name = g_strdup (lz_kind_to_string (event->kind));
  event->basis = self->last_event;
  fill_from_case (self, event);
  fill_deadline (station, self, event);
  return lz_fold_check (self, event, roles, error) && lz_log_write (station, event, cause, error);
}

/* Says to which unit, where the act does not; FALSE without @error: no route leads anywhere. */
static gboolean
fill_unit (LzStation *station, const LzCase *self, LzBody *body, GError **error)
{
  g_autoptr (LzRoute) route = lz_routes_find (station, self->category, error);

  if (route == NULL || route->unit == NULL || !route->known)
    return FALSE;
  body->unit = g_strdup (route->unit);
  if (body->assist == NULL)
    body->assist = g_strdup (route->assist);
  return TRUE;
}

/* What the office's rules answer to a case in this state; NULL without @error: nothing. */
static LzEvent *
answer_by_rule (LzStation *station, const LzCase *self, gint64 at_ms, GError **error)
{
  const LzCategory *category =
      lz_catalogue_find (lz_station_get_catalogue (station), self->category);
  g_autoptr (LzEvent) event = lz_event_new ();
  const LzCondition *condition;

  if (category == NULL)
    return NULL;
  condition = lz_category_find_condition (category, MAX (self->condition, 1));
  if (condition == NULL)
    return NULL;

  event->body = lz_body_new ();
  switch ((guint) self->state)
    {
    case LZ_STATE_REPORTED:
      event->kind = LZ_KIND_FILED;
      event->body->condition = condition->number;
      event->body->limit = self->limit.count > 0 ? self->limit : condition->limit;
      break;
    case LZ_STATE_FILED:
      event->kind = LZ_KIND_DISPATCHED;
      event->body->limit = self->limit;
      if (!fill_unit (station, self, event->body, error))
        return NULL; /* it stays on the dispatcher's list */
      break;
    case LZ_STATE_DONE:
      event->kind = LZ_KIND_FED_BACK;
      break;
    default:
      return NULL;
    }
  event->subject = self->id;
  event->actor = g_strdup (LZ_RULE_ACTOR);
  event->occurred_ms = at_ms;
  return g_steal_pointer (&event);
}

/* The short loop, 自动立案派遣: after a report filing and dispatch follow at once; after the
 * rectification the unit's confirmation. */
static gboolean
follow_rules (LzStation *station, const LzEvent *act, GArray *events, GError **error)
{
  g_autofree char *on = lz_station_dup_setting (station, "short_loop", "0");

  if (strcmp (on, "1") != 0 || (act->kind != LZ_KIND_REPORTED && act->kind != LZ_KIND_RECTIFIED))
    return TRUE;

  while (TRUE)
    {
      g_autoptr (LzCase) self = lz_projection_load (station, &act->subject, error);
      g_autoptr (GError) failure = NULL;
      g_autoptr (LzEvent) event = NULL;

      if (self == NULL)
        return FALSE;
      event = answer_by_rule (station, self, act->occurred_ms, &failure);
      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      if (event == NULL)
        return TRUE;
      if (!lz_log_append (station, self, event, LZ_ROLE_RULE, &act->id, error))
        return FALSE;
      g_array_append_val (events, event->id);
    }
}

/* The report names its limit, so that the deadline can be shown from then on. */
static void
fill_report (LzStation *station, LzEvent *event)
{
  LzBody *body = event->body;
  const LzCategory *category =
      body->category != NULL
          ? lz_catalogue_find (lz_station_get_catalogue (station), body->category)
          : NULL;
  const LzCondition *condition =
      category != NULL ? lz_category_find_condition (category, MAX (body->condition, 1)) : NULL;

  if (condition == NULL || body->limit.count > 0)
    return;
  body->condition = condition->number;
  body->limit = condition->limit;
}

static gboolean
check_category (LzStation *station, const LzEvent *event, GError **error)
{
  const char *code = event->body->category;

  if (code == NULL || lz_catalogue_find (lz_station_get_catalogue (station), code) != NULL)
    return TRUE;
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("There is no category “%s”."), code);
  return FALSE;
}

/* 复发: the same problem was closed here before. */
static gboolean
fill_recurrence (LzStation *station, LzEvent *event, GError **error)
{
  LzBody *body = event->body;

  if (!lz_id_is_nil (&body->recurs) || body->category == NULL || !lz_point_is_valid (body->place))
    return TRUE;
  return lz_recurs_find (station, body->category, body->place, event->occurred_ms, &body->recurs,
                         error);
}

/* A duplicate is merged into a case that is there and is no duplicate itself. */
static gboolean
check_other (LzStation *station, const LzEvent *event, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzCase) other = NULL;

  if (event->kind != LZ_KIND_MERGED || lz_id_is_nil (&event->body->other))
    return TRUE;
  other = lz_projection_load (station, &event->body->other, &failure);
  if (!lz_stmt_ended (&failure, error))
    return FALSE;
  if (other != NULL && other->state != LZ_STATE_MERGED && other->state != LZ_STATE_VOIDED &&
      other->state != LZ_STATE_REJECTED)
    return TRUE;
  g_set_error_literal (error, LZ_ERROR, LZ_ERROR_REFUSED,
                       _ ("The other case is not here, or leads nowhere itself."));
  return FALSE;
}

static LzCase *
load_or_new (LzStation *station, const LzId *subject, gboolean is_new, GError **error)
{
  g_autoptr (GError) failure = NULL;
  LzCase *self;

  if (is_new)
    return lz_case_new ();
  self = lz_projection_load (station, subject, &failure);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (self == NULL)
    g_set_error_literal (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("There is no such case."));
  return self;
}

/* What somebody logs while on patrol was found on it. */
static gboolean
fill_patrol (LzStation *station, const LzAct *act, LzEvent *event, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (act->actor != NULL || act->occurred_ms != 0 || !lz_id_is_nil (&event->body->patrol) ||
      lz_patrol_projection_find_open (station, NULL, lz_station_now (station) - DAY_MS,
                                      &event->body->patrol, &failure) ||
      failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* What an act gets that its author left out; FALSE if it makes no sense. */
static gboolean
complete (LzStation *station,
          const LzAct *act,
          const LzCase *self,
          LzEvent *event,
          gboolean is_new,
          GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (!check_category (station, event, error) || !check_other (station, event, error))
    return FALSE;
  if (event->kind == LZ_KIND_DISPATCHED && event->body->unit == NULL && self->category != NULL &&
      !fill_unit (station, self, event->body, &failure) && failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (!is_new)
    return TRUE;
  fill_report (station, event);
  if (event->body->number == NULL)
    event->body->number = make_number (station, event->occurred_ms, error);
  return event->body->number != NULL && fill_recurrence (station, event, error) &&
         fill_patrol (station, act, event, error);
}

gboolean
lz_log_act_in_transaction (LzStation *station,
                           const LzAct *act,
                           LzActResult *result,
                           GError **error)
{
  gboolean is_new = lz_id_is_nil (&act->subject);
  g_autoptr (LzCase) self = load_or_new (station, &act->subject, is_new, error);
  g_autoptr (LzEvent) event = lz_event_new ();

  if (self == NULL)
    return FALSE;

  event->kind = act->kind;
  event->occurred_ms = act->occurred_ms != 0 ? act->occurred_ms : lz_station_now (station);
  event->subject = is_new ? lz_id_new (lz_station_now (station)) : act->subject;
  event->actor = g_strdup (act->actor != NULL ? act->actor : lz_station_get_actor (station));
  event->body = act->body != NULL ? lz_body_copy (act->body) : lz_body_new ();
  if (!complete (station, act, self, event, is_new, error))
    return FALSE;
  if (!lz_log_append (station, self, event,
                      act->roles != 0 ? act->roles : lz_station_get_roles (station), NULL, error))
    return FALSE;

  result->subject = event->subject;
  result->events = g_array_new (FALSE, FALSE, sizeof (LzId));
  g_array_append_val (result->events, event->id);
  if (!follow_rules (station, event, result->events, error))
    return FALSE;
  return act->draft == 0 || lz_drafts_remove (station, act->draft, error);
}

/**
 * lz_log_act:
 * @station: a station
 * @act: what somebody does
 * @result: (out caller-allocates): the case or record and the events; clear with
 * lz_act_result_clear()
 * @error: (nullable): %LZ_ERROR_REFUSED with the reason in the user's words; %LZ_ERROR_NOT_FOUND,
 *   %LZ_ERROR_NO_SPACE …
 *
 * Turns an act into an event, together with what the office's rules answer to it, and brings the
 * projections up to date: all in one transaction.  Photos must lie in the photo folder before.
 *
 * Returns: %TRUE once everything is durable; %FALSE and nothing has changed
 */
gboolean
lz_log_act (LzStation *station, const LzAct *act, LzActResult *result, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  LzActResult done = { 0 };

  g_return_val_if_fail (act != NULL && result != NULL, FALSE);

  if (!lz_db_begin (db, error))
    return FALSE;
  if (!(act->kind == LZ_KIND_RECORD ? lz_log_act_on_record (station, act, &done, error)
                                    : lz_log_act_in_transaction (station, act, &done, error)))
    {
      lz_db_rollback (db);
      lz_act_result_clear (&done);
      return FALSE;
    }
  if (!lz_db_commit (db, error))
    {
      lz_act_result_clear (&done);
      return FALSE;
    }
  *result = done;
  return TRUE;
}

/**
 * lz_log_list_events:
 * @station: a station
 * @subject: a case
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (nullable) (element-type LzEvent): its events in the order of the fold
 */
GPtrArray *
lz_log_list_events (LzStation *station, const LzId *subject, GError **error)
{
  return lz_event_table_list (station, subject, FALSE, error);
}

/**
 * lz_log_begin_bulk:
 * @station: a station
 * @error: (nullable): return location
 *
 * Makes the acts that follow share one commit, for imported histories: they are durable together,
 * at lz_log_commit_bulk().  An act that is refused in between ends the whole bulk.
 *
 * Returns: %TRUE on success
 */
gboolean
lz_log_begin_bulk (LzStation *station, GError **error)
{
  return lz_db_begin (lz_station_get_db (station), error);
}

gboolean
lz_log_commit_bulk (LzStation *station, GError **error)
{
  return lz_db_commit (lz_station_get_db (station), error);
}

/* Takes back what came after the last commit. */
void
lz_log_rollback_bulk (LzStation *station)
{
  lz_db_rollback (lz_station_get_db (station));
}
