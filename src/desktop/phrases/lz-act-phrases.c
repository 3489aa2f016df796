/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-act-phrases.h"

#include <glib/gi18n.h>

/* The usual reasons; a kind may have several. */
static const struct
{
  LzKind kind;
  const char *text;
} reasons[] = {
  { LZ_KIND_RECTIFIED, N_ ("Cleaned up on the spot.") },
  { LZ_KIND_RECTIFIED, N_ ("Repaired, and back in use.") },
  { LZ_KIND_RECTIFIED, N_ ("The shop was told, and took its goods inside.") },
  { LZ_KIND_VERIFIED, N_ ("The problem is there as reported.") },
  { LZ_KIND_VERIFIED, N_ ("Nothing of it was found on the spot.") },
  { LZ_KIND_VOIDED, N_ ("Logged twice.") },
  { LZ_KIND_VOIDED, N_ ("Not a problem after a second look.") },
  { LZ_KIND_VOIDED, N_ ("Logged at the wrong place.") },
  { LZ_KIND_REJECTED, N_ ("Does not meet the filing condition.") },
  { LZ_KIND_REJECTED, N_ ("Outside the area that the city answers for.") },
  { LZ_KIND_UNFILED, N_ ("Filed under the wrong category.") },
  { LZ_KIND_REOPENED, N_ ("The problem is back.") },
  { LZ_KIND_REOPENED, N_ ("Closed by mistake.") },
  { LZ_KIND_CHECK_FAILED, N_ ("Not put right completely.") },
  { LZ_KIND_CHECK_FAILED, N_ ("The photo after does not show the same spot.") },
  { LZ_KIND_REDO_ASKED, N_ ("Not put right completely.") },
  { LZ_KIND_REDO_ASKED, N_ ("The photo after is not clear enough.") },
  { LZ_KIND_EXTEND_ASKED, N_ ("Waiting for material.") },
  { LZ_KIND_EXTEND_ASKED, N_ ("Held up by the weather.") },
  { LZ_KIND_EXTEND_REFUSED, N_ ("It can be done within the limit.") },
  { LZ_KIND_SUSPEND_ASKED, N_ ("Has to wait for the season.") },
  { LZ_KIND_SUSPEND_ASKED, N_ ("Part of works that are planned already.") },
  { LZ_KIND_SUSPEND_REFUSED, N_ ("Nothing stands in the way of doing it now.") },
  { LZ_KIND_RETURN_ASKED, N_ ("Not within this unit's duties.") },
  { LZ_KIND_RETURN_REFUSED, N_ ("By the table of duties it is this unit's.") },
  { LZ_KIND_SUPERVISED, N_ ("Overdue: to be dealt with at once.") },
  { LZ_KIND_SELF_REFUSED, N_ ("The photos do not prove it.") },
  { LZ_KIND_FORCED, N_ ("Cannot be put right for now; taken into the long-term list.") },
  { LZ_KIND_APPEALED, N_ ("The delay was caused by somebody else's works.") },
  { LZ_KIND_APPEAL_REFUSED, N_ ("The reason was known when the task was accepted.") },
};

GPtrArray *
lz_act_phrases_dup (LzSession *session, LzKind kind, const char *category)
{
  GPtrArray *phrases = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (reasons[i].kind == kind)
      g_ptr_array_add (phrases, g_strdup (_ (reasons[i].text)));

  return phrases;
}
