/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-case-facts.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzEvidenceBox:
 *
 * What speaks for and against the photos of a case: before and after with the way and the time
 * between them and both positions, what does not fit in words beside a shape, and the originals by
 * their hash.  Nothing is hidden because of a flag.
 */
#define LZ_TYPE_EVIDENCE_BOX (lz_evidence_box_get_type ())
G_DECLARE_FINAL_TYPE (LzEvidenceBox, lz_evidence_box, LZ, EVIDENCE_BOX, GtkWidget)

/* @facts: lent, not kept */
void lz_evidence_box_show (LzEvidenceBox *self, LzSession *session, const LzCaseFacts *facts);

G_END_DECLS
