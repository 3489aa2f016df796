/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * LzChoiceList:
 *
 * Several things out of many: those chosen as rows that can be taken away, and a search that finds
 * more.  Nothing chosen means all.
 *
 * Signal `changed`.
 */
#define LZ_TYPE_CHOICE_LIST (lz_choice_list_get_type ())
G_DECLARE_FINAL_TYPE (LzChoiceList, lz_choice_list, LZ, CHOICE_LIST, GtkWidget)

/**
 * LzChoiceFind:
 * @text: what the person looks for, never empty
 * @keys: (element-type utf8): add the keys found here, the best first
 * @data: as given
 */
typedef void (*LzChoiceFind) (const char *text, GPtrArray *keys, gpointer data);
/* (transfer full): what to call the thing with this key. */
typedef char *(*LzChoiceName) (const char *key, gpointer data);

GtkWidget *lz_choice_list_new (void);
void lz_choice_list_set_title (LzChoiceList *self, const char *title, const char *hint);
/* @data: lent, outlives the list */
void
lz_choice_list_set_source (LzChoiceList *self, LzChoiceFind find, LzChoiceName name, gpointer data);
void lz_choice_list_add (LzChoiceList *self, const char *key);
/* (element-type utf8), lent */
GPtrArray *lz_choice_list_get_keys (LzChoiceList *self);

G_END_DECLS
