/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-evidence.h"
#include "lz-station.h"

G_BEGIN_DECLS

/**
 * LzCaseReport:
 * @id: the case
 * @problems: (element-type utf8): what is not as it was or should be, translated; empty = all is
 * well
 * @n_events: events that count
 * @n_links: places of theirs in the server's chains that were worked out anew and hold
 * @n_waiting: events that the server has not confirmed
 * @n_photos: photos that they name
 * @n_sound: of these, here with the right hash
 * @n_elsewhere: of these, not at this station
 * @evidence: (element-type LzEvidence): each photo with its flags
 * @flags: of the case as a whole, a set of #LzEvidenceFlag
 * @has_pair: whether @pair is set
 *
 * A case file looked at from end to end.
 */
typedef struct
{
  LzId id;
  GPtrArray *problems;
  guint n_events;
  guint n_links;
  guint n_waiting;
  guint n_photos;
  guint n_sound;
  guint n_elsewhere;
  GArray *evidence;
  guint flags;
  gboolean has_pair;
  LzEvidencePair pair;
} LzCaseReport;

void lz_case_report_free (LzCaseReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzCaseReport, lz_case_report_free)

LzCaseReport *lz_case_verify (LzStation *station, const LzId *id, GError **error);

G_END_DECLS
