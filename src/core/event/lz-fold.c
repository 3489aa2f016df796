/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-event"

#include "config.h"

#include "lz-fold-private.h"

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
    case LZ_EFFECT_SET:
      if (body->limit.count > 0)
        self->limit = body->limit;
      if (body->due_ms > 0)
        {
          self->due_ms = body->due_ms;
          self->warn_ms = body->warn_ms;
        }
      break;
    case LZ_EFFECT_NONE:
    default:
      break;
    }
}

/* What somebody gets back and has to look at again. */
static gboolean
is_sending_back (LzKind kind)
{
  static const LzKind kinds[] = { LZ_KIND_SELF_REFUSED,    LZ_KIND_REJECTED,
                                  LZ_KIND_UNFILED,         LZ_KIND_RETURN_GRANTED,
                                  LZ_KIND_RETURN_REFUSED,  LZ_KIND_EXTEND_REFUSED,
                                  LZ_KIND_SUSPEND_REFUSED, LZ_KIND_REDO_ASKED,
                                  LZ_KIND_CHECK_FAILED,    LZ_KIND_REOPENED };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i] == kind)
      return TRUE;
  return FALSE;
}

static void
move (LzCase *self, const LzEvent *event, LzState to)
{
  if (self->state != to)
    self->stage_ms = event->occurred_ms;
  self->state = to;
  if ((LZ_STATES_FINAL & LZ_STATE_BIT (to)) != 0)
    self->closed_ms = event->occurred_ms;
  self->void_asked = FALSE;
  self->sent_back = is_sending_back (event->kind);
  g_free (self->tasked);
  self->tasked = event->kind == LZ_KIND_VERIFY_ASKED || event->kind == LZ_KIND_CHECK_ASKED
                     ? g_strdup (event->body->person)
                     : NULL;
}

static void
take_unit (LzCase *self, const char *unit, const char *assist)
{
  g_free (self->unit);
  self->unit = g_strdup (unit);
  g_free (self->assist);
  self->assist = g_strdup (assist);
  g_clear_pointer (&self->handler, g_free);
}

static void
take_supervision (LzCase *self, const LzBody *body)
{
  self->supervision = MAX (self->supervision, MAX (body->level, 1));
  self->reply_ms = body->until_ms;
  g_free (self->order);
  self->order = g_strdup (body->order);
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
      take_unit (self, body->unit, body->assist);
      break;
    case LZ_KIND_UNFILED: /* it is with no unit any more */
      take_unit (self, NULL, NULL);
      break;
    case LZ_KIND_UNACCEPTED:
      g_clear_pointer (&self->handler, g_free);
      break;
    case LZ_KIND_ACCEPTED:
      g_free (self->handler);
      self->handler = g_strdup (body->person != NULL ? body->person : event->actor);
      break;
    case LZ_KIND_EXTEND_GRANTED:
      self->n_extensions++;
      break;
    case LZ_KIND_SUSPEND_ASKED: /* what the unit wants, for whoever grants it */
      self->until_ms = body->until_ms;
      break;
    case LZ_KIND_SUSPEND_GRANTED:
      self->n_suspensions++;
      self->until_ms = body->until_ms;
      break;
    case LZ_KIND_SUSPEND_REFUSED:
    case LZ_KIND_RESUMED:
      self->until_ms = 0;
      break;
    case LZ_KIND_CHECK_FAILED:
    case LZ_KIND_REOPENED:
      self->n_reworks += event->kind == LZ_KIND_CHECK_FAILED;
      self->closed_ms = 0;
      self->merged_into = (LzId){ 0 };
      break;
    case LZ_KIND_SUPERVISED:
      take_supervision (self, body);
      break;
    case LZ_KIND_ANSWERED:
      self->reply_ms = 0;
      break;
    case LZ_KIND_VOID_ASKED:
    case LZ_KIND_VOID_REFUSED:
      self->void_asked = event->kind == LZ_KIND_VOID_ASKED;
      break;
    case LZ_KIND_MERGED:
      self->merged_into = body->other;
      break;
    case LZ_KIND_APPEALED:
      self->appeal = LZ_APPEAL_PENDING;
      break;
    case LZ_KIND_APPEAL_GRANTED:
      self->appeal = LZ_APPEAL_GRANTED;
      break;
    case LZ_KIND_APPEAL_REFUSED:
      self->appeal = LZ_APPEAL_REFUSED;
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
  row = lz_fold_find_legal (self, event, NULL);
  if (row == NULL)
    return;

  take_particulars (self, event);
  count_photos (self, event->body);
  move_clock (self, event, row->effect);
  if (row->to != LZ_STATE_NONE)
    move (self, event, row->to);
  self->n_events++;
  self->changed_ms = event->occurred_ms;
  self->last_event = event->id;
}
