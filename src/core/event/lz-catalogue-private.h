/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-catalogue.h"

G_BEGIN_DECLS

/* What the search looks through, made once for each category. */
typedef struct
{
  char *code;     /* lower case, without the hyphen */
  char *name;     /* lower case */
  char *initials; /* a space, then the initials of a part of the name, and so on for each part */
  char *english;  /* lower case; a space before each word and no other character between */
  char *text;     /* of all conditions, lower case */
} LzSearchEntry;

struct _LzCatalogue
{
  gatomicrefcount ref_count;
  guint version;
  GPtrArray *categories; /* of LzCategory */
  GPtrArray *tasks;      /* of LzTask */
  GHashTable *by_code;   /* LzCategory.code → LzCategory, both lent */
  GPtrArray *entries;    /* of LzSearchEntry, one for each category */
};

void lz_category_free (LzCategory *self);
void lz_condition_free (LzCondition *self);
void lz_task_free (LzTask *self);

LzSearchEntry *lz_search_entry_new (const LzCategory *category);
void lz_search_entry_free (LzSearchEntry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzCategory, lz_category_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzCondition, lz_condition_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzTask, lz_task_free)

G_END_DECLS
