/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-event"

#include "config.h"

#include "lz-record-kinds.h"

#include <glib/gi18n-lib.h>

#define NEW  LZ_RECORD_BIT (LZ_RECORD_NEW)
#define OPEN LZ_RECORD_BIT (LZ_RECORD_OPEN)
#define DONE LZ_RECORD_BIT (LZ_RECORD_DONE)
#define GONE LZ_RECORD_BIT (LZ_RECORD_GONE)
#define STAY LZ_RECORD_NEW

#define WALKERS                                                                    \
  (LZ_ROLE_INSPECTOR | LZ_ROLE_ROAD_CHIEF | LZ_ROLE_DISPATCHER | LZ_ROLE_CHECKER | \
   LZ_ROLE_SUPERVISOR | LZ_ROLE_ADMIN)
#define OFFICE  (LZ_ROLE_DISPATCHER | LZ_ROLE_SUPERVISOR | LZ_ROLE_ADMIN)
#define KEEPERS (OFFICE | LZ_ROLE_INSPECTOR | LZ_ROLE_ROAD_CHIEF)
#define JUDGES  (LZ_ROLE_SUPERVISOR | LZ_ROLE_CHECKER | LZ_ROLE_ADMIN)

/* clang-format off */
static const LzRecordKind rows[] = {
  /* A patrol is sealed when it is finished (domain §7.2): nothing but notes after that. */
  { "patrol.started", LZ_RECORD_PATROL, NEW, LZ_RECORD_OPEN, WALKERS, "", FALSE, N_("Patrol started") },
  { "patrol.finished", LZ_RECORD_PATROL, NEW | OPEN, LZ_RECORD_DONE, WALKERS, "from until", TRUE, N_("Patrol finished") },
  { "patrol.abandoned", LZ_RECORD_PATROL, OPEN, LZ_RECORD_GONE, WALKERS, "text", TRUE, N_("Patrol given up") },
  { "patrol.noted", LZ_RECORD_PATROL, OPEN | DONE | GONE, STAY, LZ_ROLES_ANY, "text", FALSE, N_("Note on the patrol") },

  { "campaign.opened", LZ_RECORD_CAMPAIGN, NEW, LZ_RECORD_OPEN, OFFICE, "from name until", FALSE, N_("Campaign opened") },
  { "campaign.changed", LZ_RECORD_CAMPAIGN, OPEN, STAY, OFFICE, "", FALSE, N_("Campaign changed") },
  { "campaign.closed", LZ_RECORD_CAMPAIGN, OPEN, LZ_RECORD_DONE, OFFICE, "text", FALSE, N_("Campaign closed") },
  { "campaign.noted", LZ_RECORD_CAMPAIGN, OPEN | DONE, STAY, LZ_ROLES_ANY, "text", FALSE, N_("Note on the campaign") },

  { "asset.recorded", LZ_RECORD_ASSET, NEW, LZ_RECORD_OPEN, KEEPERS, "kind", FALSE, N_("Put on file") },
  { "asset.changed", LZ_RECORD_ASSET, OPEN, STAY, KEEPERS, "", FALSE, N_("Entry changed") },
  { "asset.retired", LZ_RECORD_ASSET, OPEN, LZ_RECORD_GONE, KEEPERS, "text", FALSE, N_("Taken off file") },
  { "asset.restored", LZ_RECORD_ASSET, GONE, LZ_RECORD_OPEN, KEEPERS, "", FALSE, N_("Put on file again") },
  { "asset.noted", LZ_RECORD_ASSET, OPEN | GONE, STAY, LZ_ROLES_ANY, "text", FALSE, N_("Note on the entry") },

  /* Published figures never change: a correction is a fact of its own. */
  { "bulletin.published", LZ_RECORD_BULLETIN, NEW, LZ_RECORD_DONE, OFFICE, "from kind until", FALSE, N_("Bulletin published") },
  { "bulletin.listed", LZ_RECORD_BULLETIN, DONE, STAY, OFFICE, "cases part", TRUE, N_("Cases behind the bulletin") },
  { "bulletin.worded", LZ_RECORD_BULLETIN, DONE, STAY, OFFICE, "part words", TRUE, N_("Words and tables of the bulletin") },
  { "bulletin.corrected", LZ_RECORD_BULLETIN, DONE, STAY, OFFICE, "text", FALSE, N_("Correction published") },
  { "bulletin.noted", LZ_RECORD_BULLETIN, DONE, STAY, LZ_ROLES_ANY, "text", FALSE, N_("Note on the bulletin") },

  { "route.set", LZ_RECORD_ROUTE, NEW | OPEN, LZ_RECORD_OPEN, LZ_ROLE_DISPATCHER | LZ_ROLE_ADMIN, "category", FALSE, N_("Routing changed") },

  { "notice.listed", LZ_RECORD_NOTICE, NEW | GONE, LZ_RECORD_OPEN, OFFICE, "kind", FALSE, N_("Put on the board") },
  { "notice.changed", LZ_RECORD_NOTICE, OPEN, STAY, OFFICE, "", FALSE, N_("Board entry changed") },
  { "notice.removed", LZ_RECORD_NOTICE, OPEN, LZ_RECORD_GONE, OFFICE, "text", FALSE, N_("Taken off the board") },

  /* Nobody gets onto the black list by itself: a named official confirms (domain §5.4). */
  { "firm.recorded", LZ_RECORD_FIRM, NEW, LZ_RECORD_OPEN, OFFICE, "name", FALSE, N_("Firm put on file") },
  { "firm.changed", LZ_RECORD_FIRM, OPEN, STAY, OFFICE, "", FALSE, N_("Firm's entry changed") },
  { "firm.charged", LZ_RECORD_FIRM, OPEN, STAY, OFFICE, "case rule", FALSE, N_("Credit points taken") },
  { "firm.blacklisted", LZ_RECORD_FIRM, OPEN, STAY, OFFICE, "text", FALSE, N_("Black list confirmed") },
  { "firm.spared", LZ_RECORD_FIRM, OPEN, STAY, OFFICE, "text", FALSE, N_("Black list rejected") },
  { "firm.cleared", LZ_RECORD_FIRM, OPEN, STAY, OFFICE, "text", FALSE, N_("Taken off the black list") },
  { "firm.retired", LZ_RECORD_FIRM, OPEN, LZ_RECORD_GONE, OFFICE, "text", FALSE, N_("Firm taken off file") },

  { "inspection.scored", LZ_RECORD_INSPECTION, NEW, LZ_RECORD_DONE, JUDGES, "points road", FALSE, N_("Road inspected and scored") },
  { "inspection.noted", LZ_RECORD_INSPECTION, DONE, STAY, LZ_ROLES_ANY, "text", FALSE, N_("Note on the inspection") },

  { "phrase.set", LZ_RECORD_PHRASE, NEW | OPEN | GONE, LZ_RECORD_OPEN, OFFICE, "kind words", FALSE, N_("Template changed") },
  { "phrase.removed", LZ_RECORD_PHRASE, OPEN, LZ_RECORD_GONE, OFFICE, "", FALSE, N_("Template removed") },

  { "community.set", LZ_RECORD_COMMUNITY, NEW | OPEN | GONE, LZ_RECORD_OPEN, OFFICE, "community road", FALSE, N_("Community of the road named") },
  { "community.removed", LZ_RECORD_COMMUNITY, OPEN, LZ_RECORD_GONE, OFFICE, "", FALSE, N_("Community of the road taken away") },
};

static const struct
{
  const char *name;
  const char *label;
} types[LZ_N_RECORD_TYPES] = {
  [LZ_RECORD_NONE] = { "none", N_("Nothing") },
  [LZ_RECORD_PATROL] = { "patrol", N_("Patrol") },
  [LZ_RECORD_CAMPAIGN] = { "campaign", N_("Campaign") },
  [LZ_RECORD_ASSET] = { "asset", N_("Asset") },
  [LZ_RECORD_BULLETIN] = { "bulletin", N_("Bulletin") },
  [LZ_RECORD_ROUTE] = { "route", N_("Route") },
  [LZ_RECORD_NOTICE] = { "notice", N_("Board entry") },
  [LZ_RECORD_FIRM] = { "firm", N_("Hauling firm") },
  [LZ_RECORD_INSPECTION] = { "inspection", N_("Inspection") },
  [LZ_RECORD_PHRASE] = { "phrase", N_("Template") },
  [LZ_RECORD_COMMUNITY] = { "community", N_("Community of a road") },
};

static const char *const states[] = { "new", "open", "done", "gone" };
/* clang-format on */

/**
 * lz_record_kind_find:
 * @name: of an event, "patrol.finished"
 *
 * Returns: (nullable): its row; %NULL if it is no event of a record
 */
const LzRecordKind *
lz_record_kind_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (strcmp (rows[i].name, name) == 0)
      return &rows[i];
  return NULL;
}

/**
 * lz_record_kind_get_rows:
 * @n_rows: (out): how many
 *
 * Returns: (transfer none) (array length=n_rows): the whole table
 */
const LzRecordKind *
lz_record_kind_get_rows (guint *n_rows)
{
  *n_rows = G_N_ELEMENTS (rows);
  return rows;
}

const char *
lz_record_type_to_string (LzRecordType type)
{
  g_return_val_if_fail ((guint) type < LZ_N_RECORD_TYPES, NULL);

  return types[type].name;
}

gboolean
lz_record_type_from_string (const char *text, LzRecordType *type)
{
  for (guint i = 1; i < LZ_N_RECORD_TYPES; i++)
    if (g_strcmp0 (types[i].name, text) == 0)
      {
        *type = (LzRecordType) i;
        return TRUE;
      }
  return FALSE;
}

const char *
lz_record_state_to_string (LzRecordState state)
{
  g_return_val_if_fail ((guint) state < G_N_ELEMENTS (states), NULL);

  return states[state];
}

const char *
lz_record_type_label (LzRecordType type)
{
  g_return_val_if_fail ((guint) type < LZ_N_RECORD_TYPES, NULL);

  return _ (types[type].label);
}
