/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-case-list.h"
#include "lz-tasks.h"

G_BEGIN_DECLS

/**
 * LzSectionKind:
 * @LZ_SECTION_TASKS: one of the core's lists of work
 * @LZ_SECTION_ROADS: open cases on the person's own roads, by lamp
 *
 * Where a section's cases come from.
 */
typedef enum
{
  LZ_SECTION_TASKS,
  LZ_SECTION_ROADS,
} LzSectionKind;

/**
 * LzSection:
 * @role: under whose heading it stands
 * @list: of %LZ_SECTION_TASKS
 * @lamp: of %LZ_SECTION_ROADS
 *
 * One kind of work that waits for somebody.  A plain value.
 */
typedef struct
{
  LzSectionKind kind;
  LzRole role;
  LzTaskList list;
  LzLamp lamp;
} LzSection;

gboolean lz_section_equal (const LzSection *a, const LzSection *b);
/* Translated words: its name, and what is said when there is nothing in it. */
const char *lz_section_label (const LzSection *self);
const char *lz_section_empty_label (const LzSection *self);
/* It shows cases of other sections once more, by their deadline: not to be summed up. */
gboolean lz_section_is_view (const LzSection *self);

/* #LzSection of everybody who holds @roles, those of one role together, none twice. */
GArray *lz_sections_new (guint roles);

/**
 * lz_sections_count:
 * @station: a station
 * @sections: #LzSection
 * @roles: of the person
 * @now_ms: the moment to judge deadlines at, ms UTC
 * @error: (nullable): return location
 *
 * A job of the read thread.
 *
 * Returns: (transfer full) (nullable): #LzTaskCount in the order of @sections
 */
GArray *lz_sections_count (LzStation *station,
                           GArray *sections,
                           guint roles,
                           gint64 now_ms,
                           GError **error);

/* Makes @list show a section; @unit (nullable): only what is with this unit; @near: the nearest
 * first where the section has no deadline of its own and the place is valid. */
void lz_section_ask (const LzSection *self, LzCaseList *list, const char *unit, LzPoint near);

G_END_DECLS
