/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-sections.h"

#include <glib/gi18n.h>

#include "lz-drafts.h"

#define S(state) LZ_STATE_BIT (LZ_STATE_##state)
#define RED      (1u << LZ_LAMP_RED)
#define YELLOW   (1u << LZ_LAMP_YELLOW)

/* clang-format off */
static const LzSection sections[] = {
  { LZ_SECTION_DRAFTS, LZ_ROLE_INSPECTOR, N_("My drafts"), N_("Every report is logged."), 0, 0, FALSE },
  { LZ_SECTION_CASES, LZ_ROLE_INSPECTOR, N_("To verify before filing"),
    N_("Nobody asks for a verification."), S (VERIFYING), 0, FALSE },
  { LZ_SECTION_CASES, LZ_ROLE_INSPECTOR, N_("To check before closing"),
    N_("Nobody asks for a check."), S (CHECKING), 0, FALSE },

  { LZ_SECTION_CASES, LZ_ROLE_ROAD_CHIEF, N_("Overdue on my roads"),
    N_("Nothing on your roads is overdue."), LZ_STATES_OPEN, RED, TRUE },
  { LZ_SECTION_CASES, LZ_ROLE_ROAD_CHIEF, N_("Soon due on my roads"),
    N_("Nothing on your roads is close to its deadline."), LZ_STATES_OPEN, YELLOW, TRUE },

  { LZ_SECTION_CASES, LZ_ROLE_DISPATCHER, N_("To file"), N_("Every report is filed."),
    S (REPORTED), 0, FALSE },
  { LZ_SECTION_CASES, LZ_ROLE_DISPATCHER, N_("Fixed on the spot, to review"),
    N_("Nothing to review."), S (SELF_DONE), 0, FALSE },
  { LZ_SECTION_CASES, LZ_ROLE_DISPATCHER, N_("To dispatch"), N_("Every case is with a unit."),
    S (FILED), 0, FALSE },
  { LZ_SECTION_CASES, LZ_ROLE_DISPATCHER, N_("Requests of the units"),
    N_("No unit asks for a return, an extension or a suspension."),
    S (RETURNING) | S (EXTENDING) | S (SUSPENDING), 0, FALSE },
  { LZ_SECTION_CASES, LZ_ROLE_DISPATCHER, N_("To close"), N_("Nothing has been reported back."),
    S (FED_BACK), 0, FALSE },
  { LZ_SECTION_CASES, LZ_ROLE_DISPATCHER, N_("Overdue"), N_("Nothing is overdue."),
    LZ_STATES_OPEN, RED, FALSE },

  { LZ_SECTION_CASES, LZ_ROLE_UNIT, N_("To accept"), N_("No new task."), S (DISPATCHED), 0, FALSE },
  { LZ_SECTION_CASES, LZ_ROLE_UNIT, N_("Sent back to us"), N_("Nothing was sent back."),
    S (REWORK), 0, FALSE },
  { LZ_SECTION_CASES, LZ_ROLE_UNIT, N_("In hand"), N_("Nothing is in hand."),
    S (HANDLING) | S (EXTENDING) | S (SUSPENDING) | S (SUSPENDED), 0, FALSE },
  { LZ_SECTION_CASES, LZ_ROLE_UNIT, N_("To confirm and report back"),
    N_("Nothing waits for the unit's confirmation."), S (DONE), 0, FALSE },

  { LZ_SECTION_CASES, LZ_ROLE_CHECKER, N_("To check"), N_("Nothing to check."),
    S (FED_BACK) | S (CHECKING), 0, FALSE },
  { LZ_SECTION_CASES, LZ_ROLE_CHECKER, N_("Fixed on the spot, to review"), N_("Nothing to review."),
    S (SELF_DONE), 0, FALSE },

  { LZ_SECTION_CASES, LZ_ROLE_SUPERVISOR, N_("Overdue"), N_("Nothing is overdue."),
    LZ_STATES_OPEN, RED, FALSE },
  { LZ_SECTION_CASES, LZ_ROLE_SUPERVISOR, N_("Soon due"), N_("Nothing is close to its deadline."),
    LZ_STATES_OPEN, YELLOW, FALSE },
};
/* clang-format on */

const LzSection *
lz_sections_get (guint *n_sections)
{
  *n_sections = G_N_ELEMENTS (sections);
  return sections;
}

void
lz_section_fill_query (const LzSection *self, LzCaseQuery *query)
{
  g_return_if_fail (self != NULL && query != NULL);

  query->states = self->states;
  query->lamps = self->lamps;
  query->my_roads = self->mine;
  query->sort = LZ_SORT_DUE;
}

static gboolean
count_with (LzStation *station, LzCaseQuery *query, guint32 lamps, guint *n, GError **error)
{
  guint32 own = query->lamps;
  gint64 found;

  if (own != 0 && (own & lamps) == 0)
    {
      *n = 0;
      return TRUE;
    }

  query->lamps = own != 0 ? own & lamps : lamps;
  found = lz_cases_count (station, query, error);
  query->lamps = own;
  *n = (guint) MAX (found, 0);
  return found >= 0;
}

static gboolean
count_drafts (LzStation *station, LzSectionCount *count, GError **error)
{
  g_autoptr (GPtrArray) drafts = lz_drafts_list (station, error);

  if (drafts == NULL)
    return FALSE;
  count->n = drafts->len;
  return TRUE;
}

GArray *
lz_sections_count (LzStation *station, guint roles, gint64 now_ms, GError **error)
{
  g_autoptr (GArray) counts =
      g_array_sized_new (FALSE, TRUE, sizeof (LzSectionCount), G_N_ELEMENTS (sections));

  g_array_set_size (counts, G_N_ELEMENTS (sections));
  for (guint i = 0; i < G_N_ELEMENTS (sections); i++)
    {
      LzSectionCount *count = &g_array_index (counts, LzSectionCount, i);
      LzCaseQuery query = { .now_ms = now_ms };

      if ((sections[i].role & roles) == 0)
        continue;
      if (sections[i].kind == LZ_SECTION_DRAFTS)
        {
          if (!count_drafts (station, count, error))
            return NULL;
          continue;
        }

      lz_section_fill_query (&sections[i], &query);
      if (!count_with (station, &query, RED, &count->n_overdue, error) ||
          !count_with (station, &query, YELLOW, &count->n_warned, error) ||
          !count_with (station, &query, ~0u, &count->n, error))
        return NULL;
    }

  return g_steal_pointer (&counts);
}
