/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * LzReceiver:
 * @key: "police"
 * @label: in Chinese
 * @label_en: in English
 * @words: (array zero-terminated=1): a unit whose name holds one of them belongs to it
 * @categories: (array zero-terminated=1): codes of the cases that are leads for it
 *
 * Somebody to whom cases are handed over.
 */
typedef struct
{
  char *key;
  char *label;
  char *label_en;
  GStrv words;
  GStrv categories;
} LzReceiver;

/**
 * LzHandover:
 *
 * To whom cases are handed over: data, `data/rules/handover.tsv`.  Built once, then only read; any
 * thread.
 */
typedef struct _LzHandover LzHandover;

LzHandover *lz_handover_parse (GBytes *table, GError **error);
void lz_handover_free (LzHandover *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzHandover, lz_handover_free)

/* Whose unit this is; NULL: nobody's. */
const LzReceiver *lz_handover_find_by_unit (const LzHandover *self, const char *unit);
/* For whom cases of this category are leads; NULL: for nobody. */
const LzReceiver *lz_handover_find_by_category (const LzHandover *self, const char *category);
/* In the language of the messages. */
const char *lz_receiver_get_label (const LzReceiver *self);

G_END_DECLS
