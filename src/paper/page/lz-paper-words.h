/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-station.h"

G_BEGIN_DECLS

/**
 * LzPaperWords:
 *
 * The words of an office's papers, `data/rules/papers.tsv` or the office's own table, in the
 * language of the program; with the names of the office and of its people.  Read once, then only
 * looked at; any thread.
 */
typedef struct _LzPaperWords LzPaperWords;

LzPaperWords *lz_paper_words_load (LzStation *station, GError **error);
void lz_paper_words_free (LzPaperWords *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzPaperWords, lz_paper_words_free)

/* The sentence under @key with what comes in pairs put in: "unit", "环卫公司", …, NULL.  "" where
 * the table has nothing. */
char *lz_paper_words_dup (const LzPaperWords *self, const char *key, ...) G_GNUC_NULL_TERMINATED;
/* The sentence under @key and the longest division code that the office lies in,
 * "notice.plan.410185", else under @key alone; nothing is put in. */
const char *lz_paper_words_get_of_place (const LzPaperWords *self, const char *key);
/* "登封市少林街道办事处". */
const char *lz_paper_words_get_office (const LzPaperWords *self);
/* "少林街道". */
const char *lz_paper_words_get_division (const LzPaperWords *self);
/* The person's name, else the id; "rule" in words. */
const char *lz_paper_words_get_person (const LzPaperWords *self, const char *id);
/* @key: "date", "moment" or "short_moment"; "" for 0. */
char *lz_paper_words_dup_time (const LzPaperWords *self, const char *key, gint64 at_ms);

G_END_DECLS
