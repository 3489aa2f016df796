/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-cases.h"

G_BEGIN_DECLS

/**
 * LzSectionKind:
 * @LZ_SECTION_CASES: cases to work on
 * @LZ_SECTION_DRAFTS: reports of this station that are not logged yet
 *
 * What a section of the tasks page holds.
 */
typedef enum
{
  LZ_SECTION_CASES,
  LZ_SECTION_DRAFTS,
} LzSectionKind;

/**
 * LzSection:
 * @role: whose work it is
 * @label: its name, untranslated msgid
 * @empty: what is said when there is none, untranslated msgid
 * @states: of its cases, a set of LZ_STATE_BIT()
 * @lamps: of its cases, a set of 1 << #LzLamp; 0 = all
 * @mine: only cases on the person's own roads
 *
 * One kind of work that waits for somebody.
 */
typedef struct
{
  LzSectionKind kind;
  LzRole role;
  const char *label;
  const char *empty;
  guint32 states;
  guint32 lamps;
  gboolean mine;
} LzSection;

/**
 * LzSectionCount:
 * @n: how many
 * @n_warned: of these, close to their deadline
 * @n_overdue: of these, past it
 */
typedef struct
{
  guint n;
  guint n_warned;
  guint n_overdue;
} LzSectionCount;

/* All of them, in the order of the page; those of one role stand together. */
const LzSection *lz_sections_get (guint *n_sections);

/* What a section asks the store for, the most urgent first. */
void lz_section_fill_query (const LzSection *self, LzCaseQuery *query);

/**
 * lz_sections_count:
 * @station: a station
 * @roles: of the person: other sections stay zero
 * @now_ms: the moment to judge deadlines at, ms UTC
 * @error: (nullable): return location
 *
 * A job of the read thread.
 *
 * Returns: (transfer full) (nullable): #LzSectionCount in the order of lz_sections_get()
 */
GArray *lz_sections_count (LzStation *station, guint roles, gint64 now_ms, GError **error);

G_END_DECLS
