/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-station.h"

G_BEGIN_DECLS

/**
 * LzIssued:
 * @kind: which paper: "notice" (整改通知书)
 * @year: of its number, local
 * @mark: what tells the numbers of this station from those of the office's others; "" for none
 * @number: within office, year and mark, from 1
 * @subject: the case
 * @issued_ms: when, ms UTC
 * @actor: by whom
 * @unit: (nullable): to whom
 * @due_ms: the deadline it sets, ms UTC; 0 = none
 * @doubled: another station has used the same number
 *
 * A numbered paper that was issued.
 *
 * It is a note of its case (`case.noted`) whose facts are `paper`, `year`, `mark`, `number` and
 * `due`: so the number is part of the log, travels to the other stations, survives a rebuild and a
 * new computer, and a paper can be printed again as it was.  Stations of one office that cannot
 * reach each other must not use the same number: a station that has a server puts a mark of its own
 * before it, the setting "paper_mark".
 */
typedef struct
{
  char *kind;
  guint year;
  char *mark;
  guint number;
  LzId subject;
  gint64 issued_ms;
  char *actor;
  char *unit;
  gint64 due_ms;
  gboolean doubled;
} LzIssued;

void lz_issued_free (LzIssued *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzIssued, lz_issued_free)

LzIssued *lz_papers_issue (LzStation *station,
                           const char *kind,
                           const LzId *subject,
                           const char *unit,
                           gint64 due_ms,
                           const char *text,
                           GError **error);
LzIssued *
lz_papers_find (LzStation *station, const char *kind, const LzId *subject, GError **error);
GPtrArray *lz_papers_list (LzStation *station, const char *kind, guint year, GError **error);

/* "12" or "7F3A-12". */
char *lz_issued_dup_number (const LzIssued *self);

G_END_DECLS
