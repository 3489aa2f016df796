/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-event"

#include "config.h"

#include "lz-error.h"
#include "lz-fold.h"

#include <glib/gi18n-lib.h>

#define MAX_EXTENSIONS    2
#define MAX_SUSPENSION_MS (366 * G_GINT64_CONSTANT (86400000))

enum
{
  APPEAL_NONE,
  APPEAL_PENDING,
  APPEAL_GRANTED,
  APPEAL_REFUSED,
};

LzCase *
lz_case_new (void)
{
  return g_new0 (LzCase, 1);
}

LzCase *
lz_case_copy (const LzCase *self)
{
  LzCase *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->feed = g_strdup (self->feed);
  copy->category = g_strdup (self->category);
  copy->road_name = g_strdup (self->road_name);
  copy->address = g_strdup (self->address);
  copy->number = g_strdup (self->number);
  copy->text = g_strdup (self->text);
  copy->unit = g_strdup (self->unit);
  copy->reporter = g_strdup (self->reporter);
  copy->handler = g_strdup (self->handler);
  copy->assist = g_strdup (self->assist);
  return copy;
}

void
lz_case_free (LzCase *self)
{
  if (self == NULL)
    return;

  g_free (self->feed);
  g_free (self->category);
  g_free (self->road_name);
  g_free (self->address);
  g_free (self->number);
  g_free (self->text);
  g_free (self->unit);
  g_free (self->reporter);
  g_free (self->handler);
  g_free (self->assist);
  g_free (self);
}

/**
 * lz_case_equal:
 * @a: a case
 * @b: another
 *
 * Returns: whether every member is the same; what doctor and the tests mean by "projection equals
 *   fold"
 */
gboolean
lz_case_equal (const LzCase *a, const LzCase *b)
{
  return lz_id_equal (&a->id, &b->id) && a->state == b->state &&
         g_strcmp0 (a->feed, b->feed) == 0 && g_strcmp0 (a->category, b->category) == 0 &&
         a->condition == b->condition && a->place.lat7 == b->place.lat7 &&
         a->place.lon7 == b->place.lon7 && lz_id_equal (&a->road, &b->road) &&
         a->chainage_cm == b->chainage_cm && a->offset_cm == b->offset_cm && a->side == b->side &&
         g_strcmp0 (a->road_name, b->road_name) == 0 && g_strcmp0 (a->address, b->address) == 0 &&
         g_strcmp0 (a->number, b->number) == 0 && g_strcmp0 (a->text, b->text) == 0 &&
         g_strcmp0 (a->unit, b->unit) == 0 && g_strcmp0 (a->reporter, b->reporter) == 0 &&
         g_strcmp0 (a->handler, b->handler) == 0 && a->found_ms == b->found_ms &&
         a->reported_ms == b->reported_ms && a->changed_ms == b->changed_ms &&
         a->closed_ms == b->closed_ms && a->limit.count == b->limit.count &&
         a->limit.clock == b->limit.clock && a->due_ms == b->due_ms && a->warn_ms == b->warn_ms &&
         a->stopped_ms == b->stopped_ms && a->n_photos == b->n_photos &&
         a->n_before == b->n_before && a->n_after == b->n_after && a->n_notes == b->n_notes &&
         a->n_extensions == b->n_extensions && a->n_suspensions == b->n_suspensions &&
         a->n_reworks == b->n_reworks && a->n_events == b->n_events &&
         a->supervision == b->supervision && a->appeal == b->appeal && a->until_ms == b->until_ms &&
         a->stage_ms == b->stage_ms && g_strcmp0 (a->assist, b->assist) == 0 &&
         lz_id_equal (&a->patrol, &b->patrol) && lz_id_equal (&a->asset, &b->asset) &&
         lz_id_equal (&a->recurs, &b->recurs) && lz_id_equal (&a->merged_into, &b->merged_into) &&
         lz_id_equal (&a->last_event, &b->last_event);
}

/**
 * lz_case_lamp_at:
 * @self: a case
 * @now_ms: the moment to judge at, ms UTC
 *
 * Returns: how its deadline stands; of a clock that stands still, how it stood then
 */
LzLamp
lz_case_lamp_at (const LzCase *self, gint64 now_ms)
{
  return lz_lamp_at (self->warn_ms, self->due_ms,
                     self->stopped_ms != 0 ? self->stopped_ms : now_ms);
}

gboolean
lz_case_is_overdue_at (const LzCase *self, gint64 now_ms)
{
  return lz_case_lamp_at (self, now_ms) == LZ_LAMP_RED;
}

static gboolean
has_text (const char *text)
{
  return text != NULL && *text != '\0';
}

/* Says why @event may not happen to @self now, or NULL.  Not who may: a fold does not know. */
static const char *
find_objection (const LzCase *self, const LzEvent *event, const LzTransition *row)
{
  const LzBody *body = event->body;
  guint needs = row->needs;

  if ((needs & LZ_NEEDS_CATEGORY) && !has_text (body->category))
    return N_ ("A category is missing.");
  if ((needs & LZ_NEEDS_PLACE) && !lz_point_is_valid (body->place))
    return N_ ("The place is missing.");
  if ((needs & LZ_NEEDS_BEFORE) && lz_body_count_photos (body, LZ_PHOTO_BEFORE) == 0)
    return N_ ("A photo of the problem is missing.");
  if ((needs & LZ_NEEDS_AFTER) && lz_body_count_photos (body, LZ_PHOTO_AFTER) == 0)
    return N_ ("A photo taken after the rectification is missing.");
  if ((needs & LZ_NEEDS_TEXT) && !has_text (body->text))
    return N_ ("A reason is missing.");
  if ((needs & LZ_NEEDS_CONDITION) && body->condition == 0)
    return N_ ("A filing condition must be picked.");
  if ((needs & LZ_NEEDS_UNIT) && !has_text (body->unit))
    return N_ ("The responsible unit is missing.");
  if ((needs & LZ_NEEDS_DUE) && body->due_ms <= 0 && body->limit.count > 0)
    return N_ ("The deadline is missing.");
  if ((needs & LZ_NEEDS_OTHER) &&
      (lz_id_is_nil (&body->other) || lz_id_equal (&body->other, &self->id)))
    return N_ ("The other case is missing.");
  if ((needs & LZ_NEEDS_UNTIL) && (body->until_ms <= event->occurred_ms ||
                                   body->until_ms > event->occurred_ms + MAX_SUSPENSION_MS))
    return N_ ("A suspension needs an end date within one year.");
  if ((needs & LZ_NEEDS_IN_TIME) && lz_case_is_overdue_at (self, event->occurred_ms))
    return N_ ("The case is overdue: it is too late for an extension.");
  if ((needs & LZ_NEEDS_EXTENSIONS) && self->n_extensions >= MAX_EXTENSIONS)
    return N_ ("The deadline was extended twice already.");
  if ((needs & LZ_NEEDS_NO_SUSPENSION) && self->n_suspensions > 0)
    return N_ ("The case was suspended once already.");
  if ((needs & LZ_NEEDS_OVERDUE) && !lz_case_is_overdue_at (self, event->occurred_ms))
    return N_ ("The case was not overdue.");
  if ((needs & LZ_NEEDS_NO_APPEAL) && self->appeal != APPEAL_NONE)
    return N_ ("An appeal was made already.");
  if ((needs & LZ_NEEDS_APPEAL) && self->appeal != APPEAL_PENDING)
    return N_ ("No appeal is pending.");
  if (event->kind == LZ_KIND_NOTED && !has_text (body->text) &&
      (body->photos == NULL || body->photos->len == 0))
    return N_ ("A note needs words or photos.");
  return NULL;
}

static const LzTransition *
find_legal (const LzCase *self, const LzEvent *event, const char **objection)
{
  const LzTransition *row;

  if (event->body == NULL)
    return NULL;
  row = lz_machine_find (event->kind, self->state);
  *objection = row == NULL
                   ? N_ ("The case has moved on: this is not possible in its present state.")
                   : find_objection (self, event, row);
  return *objection == NULL ? row : NULL;
}

/**
 * lz_fold_check:
 * @self: the case as it stands
 * @event: an act that somebody wants to add
 * @roles: roles of its actor
 * @error: (nullable): %LZ_ERROR_REFUSED with the reason in the user's words, translated
 *
 * Tells whether the rules allow @event now: the state, the person, the evidence, the limits.
 * The server, the window and the CLI all ask here.
 *
 * Returns: whether it is legal
 */
gboolean
lz_fold_check (const LzCase *self, const LzEvent *event, guint roles, GError **error)
{
  const char *objection = N_ ("This version does not know such an act.");
  const LzTransition *row;

  g_return_val_if_fail (self != NULL && event != NULL, FALSE);

  row = find_legal (self, event, &objection);
  if (row != NULL && (row->roles & roles) == 0)
    objection = N_ ("Your role does not allow this.");
  if (row != NULL && (row->roles & roles) != 0)
    return TRUE;

  g_set_error_literal (error, LZ_ERROR, LZ_ERROR_REFUSED, _ (objection));
  return FALSE;
}

static void
take_report (LzCase *self, const LzEvent *event)
{
  const LzBody *body = event->body;

  if (self->state != LZ_STATE_NONE)
    return;

  self->id = event->subject;
  self->feed = g_strdup (event->feed);
  self->category = g_strdup (body->category);
  self->place = body->place;
  self->road = body->road;
  self->chainage_cm = body->chainage_cm;
  self->offset_cm = body->offset_cm;
  self->side = body->side;
  self->road_name = g_strdup (body->road_name);
  self->address = g_strdup (body->address);
  self->number = g_strdup (body->number);
  self->text = g_strdup (body->text);
  self->reporter = g_strdup (event->actor);
  self->found_ms = body->found_ms != 0 ? body->found_ms : event->occurred_ms;
  self->reported_ms = event->occurred_ms;
  self->condition = body->condition;
  self->limit = body->limit;
  self->patrol = body->patrol;
  self->asset = body->asset;
  self->recurs = body->recurs;
}

static void
count_photos (LzCase *self, const LzBody *body)
{
  if (body->photos == NULL)
    return;

  self->n_photos += body->photos->len;
  self->n_before += lz_body_count_photos (body, LZ_PHOTO_BEFORE);
  self->n_after += lz_body_count_photos (body, LZ_PHOTO_AFTER);
}

static void
move_clock (LzCase *self, const LzEvent *event, LzClockEffect effect)
{
  const LzBody *body = event->body;

  switch (effect)
    {
    case LZ_EFFECT_START:
      if (body->limit.count > 0)
        self->limit = body->limit;
      self->due_ms = body->due_ms;
      self->warn_ms = body->warn_ms;
      self->stopped_ms = 0;
      break;
    case LZ_EFFECT_RESUME:
    case LZ_EFFECT_EXTEND:
      self->due_ms = body->due_ms;
      self->warn_ms = body->warn_ms;
      self->stopped_ms = 0;
      break;
    case LZ_EFFECT_PAUSE:
    case LZ_EFFECT_STOP:
      if (self->stopped_ms == 0 && self->due_ms != 0)
        self->stopped_ms = event->occurred_ms;
      break;
    case LZ_EFFECT_CLEAR:
      self->due_ms = self->warn_ms = self->stopped_ms = 0;
      break;
    case LZ_EFFECT_NONE:
    default:
      break;
    }
}

static void
take_particulars (LzCase *self, const LzEvent *event)
{
  const LzBody *body = event->body;

  switch ((guint) event->kind)
    {
    case LZ_KIND_REPORTED:
    case LZ_KIND_SELF_HANDLED:
      take_report (self, event);
      break;
    case LZ_KIND_FILED:
      self->condition = body->condition;
      if (body->limit.count > 0)
        self->limit = body->limit;
      break;
    case LZ_KIND_DISPATCHED:
      g_free (self->unit);
      self->unit = g_strdup (body->unit);
      g_free (self->assist);
      self->assist = g_strdup (body->assist);
      g_clear_pointer (&self->handler, g_free);
      break;
    case LZ_KIND_ACCEPTED:
      g_free (self->handler);
      self->handler = g_strdup (body->person != NULL ? body->person : event->actor);
      break;
    case LZ_KIND_EXTEND_GRANTED:
      self->n_extensions++;
      break;
    case LZ_KIND_SUSPEND_GRANTED:
      self->n_suspensions++;
      self->until_ms = body->until_ms;
      break;
    case LZ_KIND_RESUMED:
      self->until_ms = 0;
      break;
    case LZ_KIND_CHECK_FAILED:
    case LZ_KIND_REOPENED:
      self->n_reworks += event->kind == LZ_KIND_CHECK_FAILED;
      self->closed_ms = 0;
      break;
    case LZ_KIND_SUPERVISED:
      self->supervision = MAX (self->supervision, MAX (body->level, 1));
      break;
    case LZ_KIND_MERGED:
      self->merged_into = body->other;
      break;
    case LZ_KIND_APPEALED:
      self->appeal = APPEAL_PENDING;
      break;
    case LZ_KIND_APPEAL_GRANTED:
      self->appeal = APPEAL_GRANTED;
      break;
    case LZ_KIND_APPEAL_REFUSED:
      self->appeal = APPEAL_REFUSED;
      break;
    case LZ_KIND_NOTED:
      self->n_notes++;
      break;
    default:
      break;
    }
}

/**
 * lz_fold_apply:
 * @self: the case so far; all zero before its first event
 * @event: the next event in the order of the fold
 *
 * Folds @event into @self.  An event that is not legal at this point changes nothing: that can
 * only be an unsent one of this station which news from the server has overtaken, and which the
 * server will refuse.  Kinds of a newer version are counted and otherwise left alone.
 */
void
lz_fold_apply (LzCase *self, const LzEvent *event)
{
  const char *objection = NULL;
  const LzTransition *row;

  g_return_if_fail (self != NULL && event != NULL);

  if (event->kind == LZ_KIND_WITHDRAWN)
    return;
  if (event->kind == LZ_KIND_UNKNOWN && self->state != LZ_STATE_NONE)
    {
      self->n_events++;
      self->last_event = event->id;
      return;
    }
  row = find_legal (self, event, &objection);
  if (row == NULL)
    return;

  take_particulars (self, event);
  count_photos (self, event->body);
  move_clock (self, event, row->effect);
  if (row->to != LZ_STATE_NONE)
    {
      if (self->state != row->to)
        self->stage_ms = event->occurred_ms;
      self->state = row->to;
      if ((LZ_STATES_FINAL & LZ_STATE_BIT (row->to)) != 0)
        self->closed_ms = event->occurred_ms;
    }
  self->n_events++;
  self->changed_ms = event->occurred_ms;
  self->last_event = event->id;
}
