/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-event"

#include "config.h"

#include "lz-event.h"
#include "lz-record-kinds.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *name;
  const char *label;
} KindWords;

/* clang-format off */
static const KindWords kinds[LZ_N_KINDS] = {
  [LZ_KIND_UNKNOWN] = { "unknown", N_("Act of a newer version") },
  [LZ_KIND_REPORTED] = { "case.reported", N_("Reported") },
  [LZ_KIND_SELF_HANDLED] = { "case.self_handled", N_("Fixed on the spot") },
  [LZ_KIND_SELF_ACCEPTED] = { "case.self_accepted", N_("On-the-spot fix accepted") },
  [LZ_KIND_SELF_REFUSED] = { "case.self_refused", N_("On-the-spot fix not accepted") },
  [LZ_KIND_VERIFY_ASKED] = { "case.verify_asked", N_("Sent for verification before filing") },
  [LZ_KIND_VERIFIED] = { "case.verified", N_("Verified before filing") },
  [LZ_KIND_REJECTED] = { "case.rejected", N_("Not filed") },
  [LZ_KIND_FILED] = { "case.filed", N_("Filed") },
  [LZ_KIND_UNFILED] = { "case.unfiled", N_("Sent back to intake") },
  [LZ_KIND_DISPATCHED] = { "case.dispatched", N_("Dispatched") },
  [LZ_KIND_ACCEPTED] = { "case.accepted", N_("Accepted by the unit") },
  [LZ_KIND_RETURN_ASKED] = { "case.return_asked", N_("Return requested") },
  [LZ_KIND_RETURN_GRANTED] = { "case.return_granted", N_("Return granted") },
  [LZ_KIND_RETURN_REFUSED] = { "case.return_refused", N_("Return refused") },
  [LZ_KIND_EXTEND_ASKED] = { "case.extend_asked", N_("Extension requested") },
  [LZ_KIND_EXTEND_GRANTED] = { "case.extend_granted", N_("Extension granted") },
  [LZ_KIND_EXTEND_REFUSED] = { "case.extend_refused", N_("Extension refused") },
  [LZ_KIND_SUSPEND_ASKED] = { "case.suspend_asked", N_("Suspension requested") },
  [LZ_KIND_SUSPEND_GRANTED] = { "case.suspend_granted", N_("Suspended") },
  [LZ_KIND_SUSPEND_REFUSED] = { "case.suspend_refused", N_("Suspension refused") },
  [LZ_KIND_RESUMED] = { "case.resumed", N_("Resumed") },
  [LZ_KIND_RECTIFIED] = { "case.rectified", N_("Rectified") },
  [LZ_KIND_REDO_ASKED] = { "case.redo_asked", N_("Sent back by the unit") },
  [LZ_KIND_FED_BACK] = { "case.fed_back", N_("Reported back by the unit") },
  [LZ_KIND_CHECK_ASKED] = { "case.check_asked", N_("Sent for the check before closing") },
  [LZ_KIND_CLOSED] = { "case.closed", N_("Closed") },
  [LZ_KIND_CHECK_FAILED] = { "case.check_failed", N_("Check failed, to be redone") },
  [LZ_KIND_SUPERVISED] = { "case.supervised", N_("Under supervision") },
  [LZ_KIND_FORCED] = { "case.forced", N_("Closed by force") },
  [LZ_KIND_VOIDED] = { "case.voided", N_("Voided") },
  [LZ_KIND_REOPENED] = { "case.reopened", N_("Reopened") },
  [LZ_KIND_MERGED] = { "case.merged", N_("Merged into another case") },
  [LZ_KIND_APPEALED] = { "case.appealed", N_("Overtime appealed") },
  [LZ_KIND_APPEAL_GRANTED] = { "case.appeal_granted", N_("Appeal granted") },
  [LZ_KIND_APPEAL_REFUSED] = { "case.appeal_refused", N_("Appeal refused") },
  [LZ_KIND_UNACCEPTED] = { "case.unaccepted", N_("Assignment taken back") },
  [LZ_KIND_VOID_ASKED] = { "case.void_asked", N_("Voiding requested") },
  [LZ_KIND_VOID_REFUSED] = { "case.void_refused", N_("Voiding refused") },
  [LZ_KIND_ANSWERED] = { "case.answered", N_("Supervision answered") },
  [LZ_KIND_DUE_SET] = { "case.due_set", N_("Deadline put right") },
  [LZ_KIND_NOTED] = { "case.noted", N_("Note") },
  [LZ_KIND_WITHDRAWN] = { "event.withdrawn", N_("Withdrawn before it was sent") },
  [LZ_KIND_RECORD] = { "record", N_("Record") },
};
/* clang-format on */

const char *
lz_kind_to_string (LzKind kind)
{
  g_return_val_if_fail ((guint) kind < LZ_N_KINDS, NULL);

  return kinds[kind].name;
}

/**
 * lz_kind_from_string:
 * @text: the name of a kind
 *
 * Returns: the kind; %LZ_KIND_UNKNOWN for a name that this version does not know
 */
LzKind
lz_kind_from_string (const char *text)
{
  g_return_val_if_fail (text != NULL, LZ_KIND_UNKNOWN);

  for (guint i = LZ_KIND_UNKNOWN + 1; i < LZ_KIND_RECORD; i++)
    if (strcmp (kinds[i].name, text) == 0)
      return (LzKind) i;
  return lz_record_kind_find (text) != NULL ? LZ_KIND_RECORD : LZ_KIND_UNKNOWN;
}

const char *
lz_kind_label (LzKind kind)
{
  g_return_val_if_fail ((guint) kind < LZ_N_KINDS, NULL);

  return _ (kinds[kind].label);
}

const char *
lz_event_label (const LzEvent *self)
{
  const LzRecordKind *kind =
      self->kind == LZ_KIND_RECORD ? lz_record_kind_find (self->kind_name) : NULL;

  return kind != NULL ? _ (kind->label) : lz_kind_label (self->kind);
}

static const char *const photo_roles[] = { "before", "after", "other" };
static const char *const sides[] = { "none", "left", "right" };

static gboolean
find_word (const char *const *words, guint n, const char *text, guint *index)
{
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (words[i], text) == 0)
      {
        *index = i;
        return TRUE;
      }
  return FALSE;
}

const char *
lz_photo_role_to_string (LzPhotoRole role)
{
  g_return_val_if_fail ((guint) role < G_N_ELEMENTS (photo_roles), NULL);

  return photo_roles[role];
}

gboolean
lz_photo_role_from_string (const char *text, LzPhotoRole *role)
{
  guint index;

  if (!find_word (photo_roles, G_N_ELEMENTS (photo_roles), text, &index))
    return FALSE;
  *role = (LzPhotoRole) index;
  return TRUE;
}

const char *
lz_side_to_string (LzSide side)
{
  g_return_val_if_fail ((guint) side < G_N_ELEMENTS (sides), NULL);

  return sides[side];
}

gboolean
lz_side_from_string (const char *text, LzSide *side)
{
  guint index;

  if (!find_word (sides, G_N_ELEMENTS (sides), text, &index))
    return FALSE;
  *side = (LzSide) index;
  return TRUE;
}

LzBody *
lz_body_new (void)
{
  return g_new0 (LzBody, 1);
}

LzBody *
lz_body_copy (const LzBody *self)
{
  LzBody *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->category = g_strdup (self->category);
  copy->road_name = g_strdup (self->road_name);
  copy->address = g_strdup (self->address);
  copy->number = g_strdup (self->number);
  copy->unit = g_strdup (self->unit);
  copy->person = g_strdup (self->person);
  copy->text = g_strdup (self->text);
  copy->source = g_strdup (self->source);
  copy->imported_from = g_strdup (self->imported_from);
  copy->assist = g_strdup (self->assist);
  copy->order = g_strdup (self->order);
  copy->facts = g_strdup (self->facts);
  copy->photos = self->photos != NULL ? g_array_copy (self->photos) : NULL;
  return copy;
}

void
lz_body_free (LzBody *self)
{
  if (self == NULL)
    return;

  g_free (self->category);
  g_free (self->road_name);
  g_free (self->address);
  g_free (self->number);
  g_free (self->unit);
  g_free (self->person);
  g_free (self->text);
  g_free (self->source);
  g_free (self->imported_from);
  g_free (self->assist);
  g_free (self->order);
  g_free (self->facts);
  g_clear_pointer (&self->photos, g_array_unref);
  g_free (self);
}

void
lz_body_add_photo (LzBody *self, const LzPhotoRef *photo)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (photo != NULL);

  if (self->photos == NULL)
    self->photos = g_array_new (FALSE, FALSE, sizeof (LzPhotoRef));
  g_array_append_vals (self->photos, photo, 1);
}

guint
lz_body_count_photos (const LzBody *self, LzPhotoRole role)
{
  guint n = 0;

  g_return_val_if_fail (self != NULL, 0);

  for (guint i = 0; self->photos != NULL && i < self->photos->len; i++)
    n += g_array_index (self->photos, LzPhotoRef, i).role == role;
  return n;
}

LzEvent *
lz_event_new (void)
{
  return g_new0 (LzEvent, 1);
}

LzEvent *
lz_event_copy (const LzEvent *self)
{
  LzEvent *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->feed = g_strdup (self->feed);
  copy->kind_name = g_strdup (self->kind_name);
  copy->actor = g_strdup (self->actor);
  copy->device = g_strdup (self->device);
  copy->body_json = g_strdup (self->body_json);
  copy->body = self->body != NULL ? lz_body_copy (self->body) : NULL;
  return copy;
}

void
lz_event_free (LzEvent *self)
{
  if (self == NULL)
    return;

  g_free (self->feed);
  g_free (self->kind_name);
  g_free (self->actor);
  g_free (self->device);
  g_free (self->body_json);
  lz_body_free (self->body);
  g_free (self);
}
