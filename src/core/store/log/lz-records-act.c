/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-log.h"
#include "lz-records-act.h"
#include "lz-wire.h"

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
