/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-log-private.h"
#include "lz-record-projection.h"
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
  if (!lz_stmt_ended (&failure, error))
    return FALSE;
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
