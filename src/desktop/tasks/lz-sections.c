/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-sections.h"

#include <glib/gi18n.h>

#include "lz-filter.h"

/* Roles in the order in which their work stands on the page. */
static const LzRole order[] = {
  LZ_ROLE_INSPECTOR, LZ_ROLE_ROAD_CHIEF, LZ_ROLE_DISPATCHER,
  LZ_ROLE_UNIT,      LZ_ROLE_CHECKER,    LZ_ROLE_SUPERVISOR,
};

/* clang-format off */
static const char *const empty_labels[LZ_N_TASKS] = {
  [LZ_TASKS_DRAFTS] = N_("Every report is logged."),
  [LZ_TASKS_SENT_BACK] = N_("None of your reports was sent back."),
  [LZ_TASKS_TO_VERIFY] = N_("Nobody asks for a verification."),
  [LZ_TASKS_TO_CHECK] = N_("Nobody asks for a check."),
  [LZ_TASKS_TO_FILE] = N_("Every report is filed."),
  [LZ_TASKS_TO_REVIEW] = N_("Nothing to review."),
  [LZ_TASKS_TO_DISPATCH] = N_("Every case is with a unit."),
  [LZ_TASKS_RETURN_ASKED] = N_("No unit asks for a return."),
  [LZ_TASKS_EXTEND_ASKED] = N_("No unit asks for an extension."),
  [LZ_TASKS_SUSPEND_ASKED] = N_("No unit asks for a suspension."),
  [LZ_TASKS_VOID_ASKED] = N_("Nobody asks for a case to be voided."),
  [LZ_TASKS_APPEALED] = N_("No appeal is to be decided."),
  [LZ_TASKS_TO_CLOSE] = N_("Nothing has been reported back."),
  [LZ_TASKS_TO_ACCEPT] = N_("No new task."),
  [LZ_TASKS_IN_HAND] = N_("Nothing is in hand."),
  [LZ_TASKS_TO_REDO] = N_("Nothing was sent back."),
  [LZ_TASKS_TO_CONFIRM] = N_("Nothing waits for the unit's confirmation."),
  [LZ_TASKS_REPLY_WANTED] = N_("No reply is wanted."),
  [LZ_TASKS_SUSPENDED] = N_("Nothing is suspended."),
  [LZ_TASKS_LATE] = N_("Nothing waits too long."),
  [LZ_TASKS_OVERDUE] = N_("Nothing is overdue."),
  [LZ_TASKS_SUPERVISED] = N_("Nothing is under supervision."),
};
/* clang-format on */

gboolean
lz_section_equal (const LzSection *a, const LzSection *b)
{
  return a->kind == b->kind && a->list == b->list && a->lamp == b->lamp;
}

const char *
lz_section_label (const LzSection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->kind == LZ_SECTION_TASKS)
    return lz_tasks_label (self->list);
  return self->lamp == LZ_LAMP_RED ? _ ("Overdue on my roads") : _ ("Soon due on my roads");
}

const char *
lz_section_empty_label (const LzSection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->kind == LZ_SECTION_TASKS)
    return _ (empty_labels[self->list]);
  return self->lamp == LZ_LAMP_RED ? _ ("Nothing on your roads is overdue.")
                                   : _ ("Nothing on your roads is close to its deadline.");
}

gboolean
lz_section_is_view (const LzSection *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->kind == LZ_SECTION_TASKS &&
         (self->list == LZ_TASKS_OVERDUE || self->list == LZ_TASKS_LATE ||
          self->list == LZ_TASKS_SUSPENDED || self->list == LZ_TASKS_SUPERVISED);
}

static void
add (GArray *sections, const LzSection *section)
{
  for (guint i = 0; i < sections->len; i++)
    if (lz_section_equal (&g_array_index (sections, LzSection, i), section))
      return;

  g_array_append_val (sections, *section);
}

/* What a road chief answers for stands first: domain §7.2. */
static void
add_roads (GArray *sections)
{
  static const LzLamp lamps[] = { LZ_LAMP_RED, LZ_LAMP_YELLOW };

  for (guint i = 0; i < G_N_ELEMENTS (lamps); i++)
    add (sections,
         &(LzSection){ .kind = LZ_SECTION_ROADS, .role = LZ_ROLE_ROAD_CHIEF, .lamp = lamps[i] });
}

GArray *
lz_sections_new (guint roles)
{
  GArray *sections = g_array_new (FALSE, FALSE, sizeof (LzSection));

  for (guint i = 0; i < G_N_ELEMENTS (order); i++)
    {
      LzSection section = { .role = order[i] };

      if ((roles & order[i]) == 0)
        continue;
      if (order[i] == LZ_ROLE_ROAD_CHIEF)
        add_roads (sections);
      for (guint list = 0; list < LZ_N_TASKS; list++)
        if (lz_tasks_get_roles ((LzTaskList) list) & order[i])
          {
            section.list = (LzTaskList) list;
            add (sections, &section);
          }
    }

  return sections;
}

static LzCaseQuery
make_road_query (const LzSection *self, gint64 now_ms)
{
  return (LzCaseQuery){
    .states = LZ_STATES_OPEN,
    .lamps = 1u << self->lamp,
    .my_roads = TRUE,
    .now_ms = now_ms,
    .sort = LZ_SORT_DUE,
  };
}

static gboolean
count_roads (LzStation *station,
             const LzSection *section,
             gint64 now_ms,
             LzTaskCount *count,
             GError **error)
{
  LzCaseQuery query = make_road_query (section, now_ms);
  gint64 n = lz_cases_count (station, &query, error);

  if (n < 0)
    return FALSE;
  count->n = (guint) n;
  *(section->lamp == LZ_LAMP_RED ? &count->n_overdue : &count->n_warned) = (guint) n;
  return TRUE;
}

GArray *
lz_sections_count (LzStation *station, GArray *sections, guint roles, gint64 now_ms, GError **error)
{
  g_autoptr (GArray) counts = g_array_new (FALSE, TRUE, sizeof (LzTaskCount));
  g_autofree char *unit = NULL;
  LzTaskCount by_list[LZ_N_TASKS] = { 0 };
  LzTaskQuery query;

  if (!lz_tasks_query_init (station, &query, &unit, error))
    return NULL;
  query.now_ms = now_ms;
  if (!lz_tasks_count (station, &query, roles, by_list, error))
    return NULL;

  g_array_set_size (counts, sections->len);
  for (guint i = 0; i < sections->len; i++)
    {
      const LzSection *section = &g_array_index (sections, LzSection, i);
      LzTaskCount *count = &g_array_index (counts, LzTaskCount, i);

      if (section->kind == LZ_SECTION_TASKS)
        *count = by_list[section->list];
      else if (!count_roads (station, section, now_ms, count, error))
        return NULL;
    }

  return g_steal_pointer (&counts);
}

/* What the list asks the store for, again and again. */
typedef struct
{
  LzSection section;
  char *unit; /* nullable */
  LzPoint near;
} Wanted;

static void
wanted_clear (gpointer data)
{
  g_free (((Wanted *) data)->unit);
}

/* A job of the read thread. */
static GArray *
list_section (LzStation *station, gconstpointer data, gint64 now_ms, guint limit, GError **error)
{
  const Wanted *wanted = data;
  g_autofree char *own_unit = NULL;
  LzTaskQuery query;

  if (wanted->section.kind == LZ_SECTION_ROADS)
    {
      LzCaseQuery road_query = make_road_query (&wanted->section, now_ms);

      return lz_cases_list (station, &road_query, limit, error);
    }

  if (!lz_tasks_query_init (station, &query, &own_unit, error))
    return NULL;
  query.now_ms = now_ms;
  query.near = wanted->near;
  if (wanted->unit != NULL)
    query.unit = wanted->unit;
  return lz_tasks_list (station, wanted->section.list, &query, limit, error);
}

static gboolean
goes_by_way (const LzSection *self)
{
  return self->kind == LZ_SECTION_TASKS &&
         (self->list == LZ_TASKS_TO_VERIFY || self->list == LZ_TASKS_TO_CHECK);
}

void
lz_section_ask (const LzSection *self, LzCaseList *list, const char *unit, LzPoint near)
{
  Wanted *wanted = NULL;

  g_return_if_fail (self != NULL);
  g_return_if_fail (LZ_IS_CASE_LIST (list));

  wanted = g_atomic_rc_box_new0 (Wanted);
  wanted->section = *self;
  wanted->unit = g_strdup (unit);
  if (goes_by_way (self))
    wanted->near = near;
  lz_case_list_ask_with (list, list_section, wanted, wanted_clear);
}
