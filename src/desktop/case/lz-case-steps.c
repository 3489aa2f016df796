/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-case-steps.h"
#include "lz-words.h"

#include <glib/gi18n.h>

/* The no to what next_steps of the machine says yes to. */
static const LzKind returns[] = {
  LZ_KIND_REJECTED,       LZ_KIND_SELF_REFUSED,   LZ_KIND_UNFILED,
  LZ_KIND_RETURN_REFUSED, LZ_KIND_EXTEND_REFUSED, LZ_KIND_SUSPEND_REFUSED,
  LZ_KIND_CHECK_FAILED,   LZ_KIND_REDO_ASKED,     LZ_KIND_RETURN_ASKED,
};

static const LzTransition *
find_allowed (const LzCase *self, LzKind kind, guint roles)
{
  const LzTransition *row = lz_fold_find_row (self, kind);

  return row != NULL && (row->roles & roles) != 0 ? row : NULL;
}

const LzTransition *
lz_case_steps_get_next (const LzCase *self, guint roles)
{
  const LzTransition *row;

  g_return_val_if_fail (self != NULL, NULL);

  /* Somebody asked for the case to be voided: that is decided first.  What a unit has just returned
   * cannot be voided. */
  if (self->void_asked && !lz_case_was_returned (self) &&
      find_allowed (self, LZ_KIND_VOIDED, roles) != NULL)
    return find_allowed (self, LZ_KIND_VOIDED, roles);
  row = lz_machine_next_step (self->state, roles);
  if (row == NULL && self->appeal == LZ_APPEAL_PENDING)
    row = find_allowed (self, LZ_KIND_APPEAL_GRANTED, roles);
  /* A unit takes the task first; where one person is office and unit alike, doing is taking. */
  if ((self->state == LZ_STATE_DISPATCHED || self->state == LZ_STATE_REWORK) &&
      (roles & LZ_ROLE_DISPATCHER) == 0)
    {
      const LzTransition *accept = find_allowed (self, LZ_KIND_ACCEPTED, roles);

      if (accept != NULL)
        return accept;
    }
  return row;
}

const LzTransition *
lz_case_steps_get_return (const LzCase *self, guint roles)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->void_asked && find_allowed (self, LZ_KIND_VOID_REFUSED, roles) != NULL)
    return find_allowed (self, LZ_KIND_VOID_REFUSED, roles);
  for (guint i = 0; i < G_N_ELEMENTS (returns); i++)
    {
      const LzTransition *row = find_allowed (self, returns[i], roles);

      if (row != NULL)
        return row;
    }

  return self->appeal == LZ_APPEAL_PENDING ? find_allowed (self, LZ_KIND_APPEAL_REFUSED, roles)
                                           : NULL;
}

guint
lz_case_steps_list_more (const LzCase *self,
                         guint roles,
                         gint64 at_ms,
                         LzChoice *choices,
                         guint max)
{
  const LzTransition *next = lz_case_steps_get_next (self, roles);
  guint n = lz_fold_list_choices (self, roles, at_ms, choices, max);
  guint n_kept = 0;

  for (guint i = 0; i < n; i++)
    {
      const LzTransition *row = choices[i].row;

      /* What belongs to another state or another role would only be in the way. */
      if ((next == NULL || row->kind != next->kind) && (row->roles & roles) != 0 &&
          (row->from & LZ_STATE_BIT (self->state)) != 0)
        choices[n_kept++] = choices[i];
    }
  return n_kept;
}

char *
lz_case_steps_dup_waiting (const LzCase *self)
{
  const LzTransition *row;
  g_autofree char *roles = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  row = lz_case_steps_get_next (self, LZ_ROLES_ANY);
  if (row == NULL)
    return NULL;
  roles = lz_words_dup_roles (row->roles);
  /* Translators: the first is a step such as "Dispatch", the second one or more roles */
  return g_strdup_printf (_ ("Next: %s. It waits for: %s."), _ (row->label), roles);
}
