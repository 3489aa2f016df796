/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-event"

#include "config.h"

#include "lz-error.h"
#include "lz-fold-private.h"

#include <glib/gi18n-lib.h>

/* Domain §2.2, rows 14 and 15: twice, and at most a year. */
#define MAX_EXTENSIONS    2
#define MAX_SUSPENSION_MS (366 * G_GINT64_CONSTANT (86400000))

static gboolean
has_text (const char *text)
{
  return text != NULL && *text != '\0';
}

static gboolean
has_photo (const LzBody *body)
{
  return body->photos != NULL && body->photos->len > 0;
}

/* 超时, 领导, 重点 (domain §2.2 row 23); none is fine. */
static gboolean
is_order (const char *order)
{
  static const char *const orders[] = { "overtime", "leader", "key", NULL };

  return order == NULL || g_strv_contains (orders, order);
}

/* Whether this act has to say until when: a clock starts, or one that there is goes on. */
static gboolean
wants_due (const LzCase *self, const LzBody *body, const LzTransition *row)
{
  if ((row->needs & LZ_NEEDS_DUE) == 0)
    return FALSE;
  if (row->effect == LZ_EFFECT_START)
    return body->limit.count > 0 || self->limit.count > 0;
  return self->due_ms != 0;
}

/* What the body lacks of evidence and opinion, or NULL. */
static const char *
find_missing (const LzBody *body, guint needs)
{
  if ((needs & LZ_NEEDS_CATEGORY) && !has_text (body->category))
    return N_ ("A category is missing.");
  if ((needs & LZ_NEEDS_PLACE) && !lz_point_is_valid (body->place))
    return N_ ("The place is missing.");
  if ((needs & LZ_NEEDS_BEFORE) && lz_body_count_photos (body, LZ_PHOTO_BEFORE) == 0)
    return N_ ("A photo of the problem is missing.");
  if ((needs & LZ_NEEDS_AFTER) && lz_body_count_photos (body, LZ_PHOTO_AFTER) == 0)
    return N_ ("A photo taken after the rectification is missing.");
  if ((needs & LZ_NEEDS_PHOTO) && !has_photo (body))
    return N_ ("A photo is missing.");
  if ((needs & LZ_NEEDS_TEXT) && !has_text (body->text))
    return N_ ("A reason is missing.");
  if ((needs & LZ_NEEDS_CONDITION) && body->condition == 0)
    return N_ ("A filing condition must be picked.");
  if ((needs & LZ_NEEDS_UNIT) && !has_text (body->unit))
    return N_ ("The responsible unit is missing.");
  if ((needs & LZ_NEEDS_ORDER) && !is_order (body->order))
    return N_ ("There is no such kind of supervision.");
  return NULL;
}

/* What about the case itself stands against it at @at_ms, whatever the body says; or NULL. */
static const char *
find_obstacle (const LzCase *self, guint needs, gint64 at_ms)
{
  if ((needs & LZ_NEEDS_IN_TIME) && lz_case_is_overdue_at (self, at_ms))
    return N_ ("The case is overdue: it is too late for an extension.");
  if ((needs & LZ_NEEDS_EXTENSIONS) && self->due_ms == 0)
    return N_ ("The case has no deadline that could be extended.");
  if ((needs & LZ_NEEDS_EXTENSIONS) && self->n_extensions >= MAX_EXTENSIONS)
    return N_ ("The deadline was extended twice already.");
  if ((needs & LZ_NEEDS_NO_SUSPENSION) && self->n_suspensions > 0)
    return N_ ("The case was suspended once already.");
  if ((needs & LZ_NEEDS_OVERDUE) && !lz_case_is_overdue_at (self, at_ms))
    return N_ ("The case was not overdue.");
  if ((needs & LZ_NEEDS_NO_APPEAL) && self->appeal != LZ_APPEAL_NONE)
    return N_ ("An appeal was made already.");
  if ((needs & LZ_NEEDS_APPEAL) && self->appeal != LZ_APPEAL_PENDING)
    return N_ ("No appeal is pending.");
  if ((needs & LZ_NEEDS_REPLY_WANTED) && self->reply_ms == 0)
    return N_ ("No reply is wanted.");
  if ((needs & LZ_NEEDS_VOID_ASKED) && !self->void_asked)
    return N_ ("Nobody asked for voiding it.");
  if ((needs & LZ_NEEDS_NO_VOID_ASKED) && self->void_asked)
    return N_ ("Voiding was asked for already.");
  if ((needs & LZ_NEEDS_NOT_RETURNED) && lz_case_was_returned (self))
    return N_ ("The unit has returned the case: dispatch it again, or send it back to intake.");
  return NULL;
}

/* Says why @event may not happen to @self now, or NULL.  Not who may: a fold does not know. */
static const char *
find_objection (const LzCase *self, const LzEvent *event, const LzTransition *row)
{
  const LzBody *body = event->body;
  guint needs = row->needs;
  const char *missing = find_missing (body, needs);

  if (missing != NULL)
    return missing;
  if (wants_due (self, body, row) && body->due_ms <= 0)
    return N_ ("The deadline is missing.");
  if ((needs & LZ_NEEDS_OTHER) &&
      (lz_id_is_nil (&body->other) || lz_id_equal (&body->other, &self->id)))
    return N_ ("The other case is missing.");
  if ((needs & LZ_NEEDS_UNTIL) && (body->until_ms <= event->occurred_ms ||
                                   body->until_ms > event->occurred_ms + MAX_SUSPENSION_MS))
    return N_ ("A suspension needs an end date within one year.");
  if (event->kind == LZ_KIND_NOTED && !has_text (body->text) && !has_photo (body))
    return N_ ("A note needs words or photos.");
  return find_obstacle (self, needs, event->occurred_ms);
}

/**
 * lz_fold_find_row:
 * @self: a case
 * @kind: an event
 *
 * Returns: (nullable): the row of the machine that @kind would take @self along, conditions aside;
 *   %NULL where it is not legal in its state
 */
const LzTransition *
lz_fold_find_row (const LzCase *self, LzKind kind)
{
  const LzTransition *rows;
  guint n;

  rows = lz_machine_get_rows (&n);
  for (guint i = 0; i < n; i++)
    if (rows[i].kind == kind && (rows[i].from & LZ_STATE_BIT (self->state)) != 0 &&
        ((rows[i].needs & LZ_NEEDS_HAS_UNIT) == 0 || self->unit != NULL))
      return &rows[i];
  return NULL;
}

const LzTransition *
lz_fold_find_legal (const LzCase *self, const LzEvent *event, const char **objection)
{
  const LzTransition *row;
  const char *found;

  if (event->body == NULL)
    return NULL;
  row = lz_fold_find_row (self, event->kind);
  found = row == NULL ? N_ ("The case has moved on: this is not possible in its present state.")
                      : find_objection (self, event, row);
  if (objection != NULL)
    *objection = found;
  return found == NULL ? row : NULL;
}

/* What binds the office's rules and no person: a suspension ends by itself at its end date. */
static const char *
find_objection_to_rule (const LzCase *self, const LzEvent *event)
{
  if (event->kind == LZ_KIND_RESUMED && event->occurred_ms < self->until_ms)
    return N_ ("The suspension is not over yet.");
  return NULL;
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

  row = lz_fold_find_legal (self, event, &objection);
  if (row != NULL && (row->roles & roles) == 0)
    objection = N_ ("Your role does not allow this.");
  else if (row != NULL && roles == LZ_ROLE_RULE)
    objection = find_objection_to_rule (self, event);
  if (row != NULL && objection == NULL)
    return TRUE;

  g_set_error_literal (error, LZ_ERROR, LZ_ERROR_REFUSED, _ (objection));
  return FALSE;
}

/**
 * lz_fold_list_choices:
 * @self: a case
 * @roles: of the person
 * @at_ms: the moment to judge at, ms UTC
 * @choices: (out caller-allocates) (array length=max): one for each act that people make
 * @max: how many fit
 *
 * Lists every act of the machine with whether this person may make it now and, if not, why not;
 * what the body must bring is in the row's needs (%LZ_NEEDS_OF_BODY).  For buttons, `case actions`
 * and help.
 *
 * Returns: how many were put into @choices
 */
guint
lz_fold_list_choices (const LzCase *self, guint roles, gint64 at_ms, LzChoice *choices, guint max)
{
  const LzTransition *rows;
  guint n_rows, n = 0;

  rows = lz_machine_get_rows (&n_rows);
  for (guint i = 0; i < n_rows && n < max; i++)
    {
      const LzTransition *row = lz_fold_find_row (self, rows[i].kind);
      LzChoice *choice = &choices[n];

      if (rows[i].from == LZ_STATE_BIT (LZ_STATE_NONE) || rows[i].roles == LZ_ROLE_RULE ||
          (i > 0 && rows[i - 1].kind == rows[i].kind && n > 0 &&
           choices[n - 1].row->kind == rows[i].kind))
        continue;
      *choice = (LzChoice){ .row = row != NULL ? row : &rows[i] };
      if (row == NULL)
        choice->why_not = N_ ("This is not possible in the case's present state.");
      else if ((row->roles & roles) == 0)
        choice->why_not = N_ ("Your role does not allow this.");
      else
        choice->why_not = find_obstacle (self, row->needs, at_ms);
      n++;
    }
  return n;
}
