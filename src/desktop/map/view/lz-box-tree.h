/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-world.h"

G_BEGIN_DECLS

/**
 * LzBoxTree:
 *
 * Boxes packed once into a tree, then only searched; searching is safe in every thread.
 */
typedef struct _LzBoxTree LzBoxTree;

/* @boxes is copied; the hits are places in it. */
LzBoxTree *lz_box_tree_new (const LzWorldBox *boxes, guint n);
void lz_box_tree_free (LzBoxTree *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzBoxTree, lz_box_tree_free)

/* Appends the guint numbers of the boxes that touch @box, ascending. */
void lz_box_tree_find (const LzBoxTree *self, const LzWorldBox *box, GArray *hits);

G_END_DECLS
