/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-evidence.h"
#include "lz-line.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define HOUR_MS   G_GINT64_CONSTANT (3600000)
#define MINUTE_MS G_GINT64_CONSTANT (60000)

/* clang-format off */
static const struct
{
  LzEvidenceFlag flag;
  const char *name;
  const char *label;
} flags[] = {
  { LZ_FLAG_NO_TIME, "no_time", N_("no time") },
  { LZ_FLAG_NO_PLACE, "no_place", N_("no place") },
  { LZ_FLAG_EARLY, "early", N_("taken before the case's time") },
  { LZ_FLAG_LATE, "late", N_("taken after the act that brings it") },
  { LZ_FLAG_FAR, "far", N_("taken far from the case") },
  { LZ_FLAG_CLOCK_OFF, "clock_off", N_("the station's clock was off") },
  { LZ_FLAG_REUSED, "reused", N_("used more than once") },
  { LZ_FLAG_APART, "apart", N_("before and after are not of one spot") },
  { LZ_FLAG_NO_BEFORE, "no_before", N_("no photo of the problem") },
  { LZ_FLAG_NO_AFTER, "no_after", N_("no photo after the rectification") },
};
/* clang-format on */

const char *
lz_evidence_flag_to_string (LzEvidenceFlag flag)
{
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if (flags[i].flag == flag)
      return flags[i].name;
  g_return_val_if_reached (NULL);
}

const char *
lz_evidence_flag_label (LzEvidenceFlag flag)
{
  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if (flags[i].flag == flag)
      return _ (flags[i].label);
  g_return_val_if_reached (NULL);
}

char *
lz_evidence_dup_labels (guint set)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if ((set & flags[i].flag) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? _ (", ") : "", _ (flags[i].label));
  return g_string_free (text, FALSE);
}

static double
find_distance (LzPoint a, LzPoint b)
{
  return lz_point_is_valid (a) && lz_point_is_valid (b) ? lz_distance_m (a, b) : -1;
}

static guint
check_time (const LzRules *rules, const LzCase *self, const LzEvent *event, const LzPhotoRef *photo)
{
  gint64 begun_ms = MIN (self->found_ms, self->reported_ms);
  gint64 late_ms = lz_rules_get (rules, LZ_RULE_PHOTO_LATE_MINUTES) * MINUTE_MS;
  guint found = 0;

  if (photo->taken_ms == 0)
    return LZ_FLAG_NO_TIME;
  if (photo->role == LZ_PHOTO_BEFORE)
    begun_ms -= lz_rules_get (rules, LZ_RULE_PHOTO_EARLY_HOURS) * HOUR_MS;
  if (photo->role != LZ_PHOTO_OTHER && photo->taken_ms < begun_ms)
    found |= LZ_FLAG_EARLY;
  if (photo->taken_ms > event->occurred_ms + late_ms)
    found |= LZ_FLAG_LATE;
  return found;
}

static LzEvidence
check_photo (const LzRules *rules,
             const LzCase *self,
             const LzEvent *event,
             const LzPhotoRef *photo)
{
  gint64 off_ms = lz_rules_get (rules, LZ_RULE_CLOCK_OFF_MINUTES) * MINUTE_MS;
  LzEvidence evidence = { .event = event->id, .photo = *photo };

  evidence.distance_m = find_distance (photo->place, self->place);
  evidence.flags = check_time (rules, self, event, photo);
  if (!lz_point_is_valid (photo->place))
    evidence.flags |= LZ_FLAG_NO_PLACE;
  if (evidence.distance_m > (double) lz_rules_get (rules, LZ_RULE_PHOTO_FAR_M))
    evidence.flags |= LZ_FLAG_FAR;
  if (event->received_ms != 0 && event->occurred_ms > event->received_ms + off_ms)
    evidence.flags |= LZ_FLAG_CLOCK_OFF;
  return evidence;
}

/* One photo for two ends proves nothing. */
static void
mark_reused (GArray *all)
{
  for (guint i = 0; i < all->len; i++)
    for (guint k = i + 1; k < all->len; k++)
      {
        LzEvidence *a = &g_array_index (all, LzEvidence, i);
        LzEvidence *b = &g_array_index (all, LzEvidence, k);

        if (memcmp (a->photo.sha256, b->photo.sha256, LZ_SHA256_SIZE) == 0 &&
            a->photo.role != b->photo.role)
          {
            a->flags |= LZ_FLAG_REUSED;
            b->flags |= LZ_FLAG_REUSED;
          }
      }
}

/**
 * lz_evidence_check:
 * @rules: the office's thresholds
 * @self: a case
 * @events: (element-type LzEvent): its events
 *
 * Returns: (transfer full) (element-type LzEvidence): every photo of it, in the order of the
 * events, with what is to be said against it
 */
GArray *
lz_evidence_check (const LzRules *rules, const LzCase *self, GPtrArray *events)
{
  GArray *all = g_array_new (FALSE, TRUE, sizeof (LzEvidence));

  for (guint i = 0; i < events->len; i++)
    {
      const LzEvent *event = g_ptr_array_index (events, i);
      GArray *photos = event->body != NULL ? event->body->photos : NULL;

      for (guint k = 0; photos != NULL && k < photos->len; k++)
        {
          LzEvidence evidence =
              check_photo (rules, self, event, &g_array_index (photos, LzPhotoRef, k));

          g_array_append_val (all, evidence);
        }
    }
  mark_reused (all);
  return all;
}

/**
 * lz_evidence_check_case:
 * @self: a case
 *
 * Returns: which photos it lacks: a set of #LzEvidenceFlag
 */
guint
lz_evidence_check_case (const LzCase *self)
{
  const guint32 put_right = LZ_STATE_BIT (LZ_STATE_DONE) | LZ_STATE_BIT (LZ_STATE_FED_BACK) |
                            LZ_STATE_BIT (LZ_STATE_CHECKING) | LZ_STATE_BIT (LZ_STATE_CLOSED);
  guint found = 0;

  if (self->n_before == 0)
    found |= LZ_FLAG_NO_BEFORE;
  if (self->n_after == 0 && (LZ_STATE_BIT (self->state) & put_right) != 0)
    found |= LZ_FLAG_NO_AFTER;
  return found;
}

/**
 * lz_evidence_make_pair:
 * @rules: the office's thresholds
 * @before: a photo of the problem
 * @after: a photo of it put right
 *
 * Returns: the two side by side, with the way and the time between them
 */
LzEvidencePair
lz_evidence_make_pair (const LzRules *rules, const LzPhotoRef *before, const LzPhotoRef *after)
{
  LzEvidencePair pair = { .before = *before, .after = *after };

  pair.distance_m = find_distance (before->place, after->place);
  if (before->taken_ms != 0 && after->taken_ms != 0)
    pair.elapsed_ms = after->taken_ms - before->taken_ms;
  else
    pair.flags |= LZ_FLAG_NO_TIME;
  if (pair.distance_m < 0)
    pair.flags |= LZ_FLAG_NO_PLACE;
  if (pair.distance_m > (double) lz_rules_get (rules, LZ_RULE_PAIR_FAR_M))
    pair.flags |= LZ_FLAG_APART;
  if (pair.elapsed_ms < 0)
    pair.flags |= LZ_FLAG_EARLY;
  if (memcmp (before->sha256, after->sha256, LZ_SHA256_SIZE) == 0)
    pair.flags |= LZ_FLAG_REUSED;
  return pair;
}

/**
 * lz_evidence_find_pair:
 * @rules: the office's thresholds
 * @photos: (element-type LzPhotoRef): of a case, in the order of its events
 * @pair: (out caller-allocates): the last photo of it put right, beside the photo of the problem
 * that was taken nearest to it, else the first
 *
 * Returns: whether there is such a pair
 */
gboolean
lz_evidence_find_pair (const LzRules *rules, const GArray *photos, LzEvidencePair *pair)
{
  const LzPhotoRef *before = NULL, *after = NULL;
  double nearest = -1;

  for (guint i = 0; i < photos->len; i++)
    if (g_array_index (photos, LzPhotoRef, i).role == LZ_PHOTO_AFTER)
      after = &g_array_index (photos, LzPhotoRef, i);
  for (guint i = 0; after != NULL && i < photos->len; i++)
    {
      const LzPhotoRef *photo = &g_array_index (photos, LzPhotoRef, i);
      double distance = find_distance (photo->place, after->place);

      if (photo->role != LZ_PHOTO_BEFORE)
        continue;
      if (before == NULL || (distance >= 0 && (nearest < 0 || distance < nearest)))
        {
          before = photo;
          nearest = distance;
        }
    }
  if (before == NULL || after == NULL)
    return FALSE;
  *pair = lz_evidence_make_pair (rules, before, after);
  return TRUE;
}
