/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-log-private.h"
#include "lz-record-projection.h"
#include "lz-records.h"
#include "lz-stmt.h"
#include "lz-wire.h"

/* The part of lz_log_act() for records, inside its transaction. */
gboolean
lz_log_act_on_record (LzStation *station, const LzAct *act, LzActResult *result, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzRecord) self = NULL;
  g_autoptr (LzEvent) event = lz_event_new ();

  g_return_val_if_fail (act->kind_name != NULL, FALSE);

  event->kind = LZ_KIND_RECORD;
  event->kind_name = g_strdup (act->kind_name);
  event->occurred_ms = act->occurred_ms != 0 ? act->occurred_ms : lz_station_now (station);
  event->subject =
      lz_id_is_nil (&act->subject) ? lz_id_new (lz_station_now (station)) : act->subject;
  event->actor = g_strdup (act->actor != NULL ? act->actor : lz_station_get_actor (station));
  event->body = act->body != NULL ? lz_body_copy (act->body) : lz_body_new ();

  self = lz_record_projection_load (station, &event->subject, &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  if (self == NULL)
    self = lz_record_new ();
  event->feed = g_strdup (self->feed != NULL ? self->feed : lz_station_get_feed (station));
  event->basis = self->last_event;
  if (!lz_record_check (self, event, act->roles != 0 ? act->roles : lz_station_get_roles (station),
                        error) ||
      !lz_log_write (station, event, NULL, error))
    return FALSE;

  result->subject = event->subject;
  result->events = g_array_new (FALSE, FALSE, sizeof (LzId));
  g_array_append_val (result->events, event->id);
  return TRUE;
}

/**
 * lz_records_act:
 * @station: a station
 * @kind: what happens, "asset.recorded"
 * @subject: (nullable): the record; %NULL begins a new one
 * @facts: (nullable) (transfer none): fields to set; a null takes one away
 * @body: (nullable): place, road, text and photos; its facts are not looked at
 * @made: (out) (optional): the record
 * @error: (nullable): %LZ_ERROR_REFUSED with the reason in the user's words;
 *   %LZ_ERROR_INVALID for a fact that is no integer, text, list or object
 *
 * Does one thing to one record as the station's own person: lz_log_act() in a handy form.
 *
 * Returns: %TRUE once it is durable
 */
gboolean
lz_records_act (LzStation *station,
                const char *kind,
                const LzId *subject,
                JsonObject *facts,
                const LzBody *body,
                LzId *made,
                GError **error)
{
  g_autoptr (LzBody) own = body != NULL ? lz_body_copy (body) : lz_body_new ();
  g_auto (LzActResult) result = { 0 };
  LzAct act = { .kind = LZ_KIND_RECORD, .kind_name = kind, .body = own };

  g_clear_pointer (&own->facts, g_free);
  if (facts != NULL)
    {
      own->facts = lz_wire_make_facts (facts, error);
      if (own->facts == NULL)
        return FALSE;
    }
  if (subject != NULL)
    act.subject = *subject;
  if (!lz_log_act (station, &act, &result, error))
    return FALSE;
  if (made != NULL)
    *made = result.subject;
  return TRUE;
}
