/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-event"

#include "config.h"

#include "lz-state.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *name;
  const char *label;
} Words;

/* clang-format off */
static const Words states[LZ_N_STATES] = {
  [LZ_STATE_NONE] = { "none", N_("Not begun") },
  [LZ_STATE_REPORTED] = { "reported", N_("To be filed") },
  [LZ_STATE_SELF_DONE] = { "self_done", N_("Fixed on the spot, to be reviewed") },
  [LZ_STATE_VERIFYING] = { "verifying", N_("Being verified before filing") },
  [LZ_STATE_REJECTED] = { "rejected", N_("Not filed") },
  [LZ_STATE_FILED] = { "filed", N_("To be dispatched") },
  [LZ_STATE_DISPATCHED] = { "dispatched", N_("To be handled") },
  [LZ_STATE_HANDLING] = { "handling", N_("In handling") },
  [LZ_STATE_EXTENDING] = { "ext_pending", N_("Extension being decided") },
  [LZ_STATE_SUSPENDING] = { "hang_pending", N_("Suspension being decided") },
  [LZ_STATE_SUSPENDED] = { "suspended", N_("Suspended") },
  [LZ_STATE_RETURNING] = { "return_pending", N_("Return being decided") },
  [LZ_STATE_DONE] = { "done", N_("Rectified, to be confirmed") },
  [LZ_STATE_FED_BACK] = { "fed_back", N_("Reported back, to be closed") },
  [LZ_STATE_CHECKING] = { "checking", N_("Being checked before closing") },
  [LZ_STATE_REWORK] = { "rework", N_("To be redone") },
  [LZ_STATE_CLOSED] = { "closed", N_("Closed") },
  [LZ_STATE_FORCED] = { "forced", N_("Closed by force") },
  [LZ_STATE_VOIDED] = { "voided", N_("Voided") },
  [LZ_STATE_MERGED] = { "merged", N_("Merged") },
};

static const struct { LzRole role; Words words; } roles[] = {
  { LZ_ROLE_INSPECTOR, { "inspector", N_("Inspector") } },
  { LZ_ROLE_ROAD_CHIEF, { "road_chief", N_("Road chief") } },
  { LZ_ROLE_DISPATCHER, { "dispatcher", N_("Dispatcher") } },
  { LZ_ROLE_UNIT, { "unit", N_("Responsible unit") } },
  { LZ_ROLE_CHECKER, { "checker", N_("Checker") } },
  { LZ_ROLE_SUPERVISOR, { "supervisor", N_("Supervisor") } },
  { LZ_ROLE_ADMIN, { "admin", N_("Administrator") } },
  { LZ_ROLE_RULE, { "rule", N_("Automatic rule") } },
};
/* clang-format on */

const char *
lz_state_to_string (LzState state)
{
  g_return_val_if_fail ((guint) state < LZ_N_STATES, NULL);

  return states[state].name;
}

gboolean
lz_state_from_string (const char *text, LzState *state)
{
  for (guint i = 0; i < LZ_N_STATES; i++)
    if (g_strcmp0 (states[i].name, text) == 0)
      {
        *state = (LzState) i;
        return TRUE;
      }
  return FALSE;
}

const char *
lz_state_label (LzState state)
{
  g_return_val_if_fail ((guint) state < LZ_N_STATES, NULL);

  return _ (states[state].label);
}

/* One role, not a set. */
const char *
lz_role_to_string (LzRole role)
{
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (roles[i].role == role)
      return roles[i].words.name;
  g_return_val_if_reached (NULL);
}

gboolean
lz_role_from_string (const char *text, LzRole *role)
{
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_strcmp0 (roles[i].words.name, text) == 0)
      {
        *role = roles[i].role;
        return TRUE;
      }
  return FALSE;
}

const char *
lz_role_label (LzRole role)
{
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (roles[i].role == role)
      return _ (roles[i].words.label);
  g_return_val_if_reached (NULL);
}
