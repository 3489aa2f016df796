/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-sections.h"
#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzSectionList:
 *
 * The sections of the person's work with their counts, under a heading for each role.
 *
 * Signal `chosen` (guint index): a section was chosen, its place in lz_sections_get().
 */
#define LZ_TYPE_SECTION_LIST (lz_section_list_get_type ())
G_DECLARE_FINAL_TYPE (LzSectionList, lz_section_list, LZ, SECTION_LIST, GtkWidget)

/* Shows the sections of @roles; those that are there already keep their rows. */
void lz_section_list_set_roles (LzSectionList *self, guint roles);
/* @counts: #LzSectionCount of lz_sections_count() */
void lz_section_list_set_counts (LzSectionList *self, GArray *counts);
void lz_section_list_choose (LzSectionList *self, guint index);
/* The section that has the most urgent work; FALSE where nobody waits for anything. */
gboolean lz_section_list_find_first (LzSectionList *self, guint *index);

G_END_DECLS
