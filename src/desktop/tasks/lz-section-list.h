/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-sections.h"
#include "lz-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzSectionList:
 *
 * The sections of the person's work with their counts, under a heading for each role.  Who has many
 * sees only those in which something waits.
 *
 * Signal `chosen` (guint index): a section was chosen, its place among those that were set.
 * Signal `entered`: the person wants to go on into the section that is chosen.
 */
#define LZ_TYPE_SECTION_LIST (lz_section_list_get_type ())
G_DECLARE_FINAL_TYPE (LzSectionList, lz_section_list, LZ, SECTION_LIST, GtkWidget)

/* @sections: #LzSection of lz_sections_new() */
void lz_section_list_set_sections (LzSectionList *self, GArray *sections);
/* @counts: #LzTaskCount of lz_sections_count() */
void lz_section_list_set_counts (LzSectionList *self, GArray *counts);
void lz_section_list_choose (LzSectionList *self, guint index);
/* To the section that is chosen. */
void lz_section_list_take_focus (LzSectionList *self);
/* The first section in which something waits; FALSE: there is none. */
gboolean lz_section_list_find_first (LzSectionList *self, guint *index);

G_END_DECLS
