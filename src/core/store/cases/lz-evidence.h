/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-fold.h"
#include "lz-rules.h"

G_BEGIN_DECLS

/**
 * SECTION: evidence
 *
 * What speaks for and against a photo as evidence.  Pure functions: nothing is hidden or refused
 * because of a flag, it is only shown (domain §7.2: checks that were staged, untrue data).
 */

typedef enum
{
  LZ_FLAG_NO_TIME = 1 << 0,  /* the photo does not say when it was taken */
  LZ_FLAG_NO_PLACE = 1 << 1, /* … nor where */
  LZ_FLAG_EARLY =
      1 << 2, /* before the case's time: long before the report, or an "after" of before */
  LZ_FLAG_LATE = 1 << 3,      /* after the act that brings it */
  LZ_FLAG_FAR = 1 << 4,       /* far from the case */
  LZ_FLAG_CLOCK_OFF = 1 << 5, /* the act is dated later than the server received it */
  LZ_FLAG_REUSED = 1 << 6,    /* the same photo serves another case, or another end */
  LZ_FLAG_APART = 1 << 7,     /* of a pair: before and after are not of one spot */
  LZ_FLAG_NO_BEFORE = 1 << 8, /* of a case: no photo of the problem */
  LZ_FLAG_NO_AFTER = 1 << 9,  /* of a case: put right, but no photo of it */
} LzEvidenceFlag;

/* One flag.  Stable keys ("far"), and translated words. */
const char *lz_evidence_flag_to_string (LzEvidenceFlag flag);
const char *lz_evidence_flag_label (LzEvidenceFlag flag);
/* All of a set, with commas between; "" for none. */
char *lz_evidence_dup_labels (guint flags);

/**
 * LzEvidence:
 * @event: the act that brought the photo
 * @photo: the photo
 * @distance_m: from the case, metres; negative = not known
 * @flags: a set of #LzEvidenceFlag
 */
typedef struct
{
  LzId event;
  LzPhotoRef photo;
  double distance_m;
  guint flags;
} LzEvidence;

GArray *lz_evidence_check (const LzRules *rules, const LzCase *self, GPtrArray *events);
guint lz_evidence_check_case (const LzCase *self);

/**
 * LzEvidencePair:
 * @before: a photo of the problem
 * @after: a photo of it put right
 * @distance_m: between the two positions, metres; negative = not known
 * @elapsed_ms: from the first to the second; 0 = not known
 * @flags: a set of #LzEvidenceFlag
 */
typedef struct
{
  LzPhotoRef before;
  LzPhotoRef after;
  double distance_m;
  gint64 elapsed_ms;
  guint flags;
} LzEvidencePair;

LzEvidencePair
lz_evidence_make_pair (const LzRules *rules, const LzPhotoRef *before, const LzPhotoRef *after);
gboolean lz_evidence_find_pair (const LzRules *rules, const GArray *photos, LzEvidencePair *pair);

G_END_DECLS
