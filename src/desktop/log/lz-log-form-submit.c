/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-log-form-private.h"

#include <glib/gi18n.h>

#include "lz-acts.h"

/* The draft becomes a case, or a note on one that is there. */

static void
act_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzLogForm) self = user_data;
  g_autoptr (GError) error = NULL;
  LzId subject;

  self->submitting = FALSE;
  if (lz_acts_run_finish (LZ_SESSION (source), result, &subject, &error))
    {
      lz_log_form_finish (self, &subject);
      return;
    }

  lz_log_form_update_actions (self);
  gtk_label_set_label (self->missing, lz_error_explain (error));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->missing), error->message);
  gtk_widget_set_visible (GTK_WIDGET (self->missing), TRUE);
}

static void
run_act (LzLogForm *self, LzKind kind, const LzId *subject, LzBody *body)
{
  g_clear_handle_id (&self->save_id, g_source_remove);
  self->submitting = TRUE;
  lz_log_form_update_actions (self);
  lz_acts_run_async (self->session, kind, subject, body, self->cell, NULL, act_done_cb,
                     g_object_ref (self));
}

void
lz_log_form_submit (LzLogForm *self)
{
  const LzCondition *condition;
  LzBody *body;
  g_autofree char *missing = NULL;

  g_return_if_fail (LZ_IS_LOG_FORM (self));

  if (self->draft == NULL || self->submitting)
    return;
  missing = lz_log_form_dup_missing (self);
  if (*missing != '\0')
    return;

  lz_log_form_collect (self);
  condition = lz_log_form_get_condition (self);
  body = lz_body_copy (self->draft->body);
  if (condition != NULL)
    {
      body->condition = condition->number;
      body->limit = condition->limit;
    }
  run_act (self, self->draft->fixed_on_spot ? LZ_KIND_SELF_HANDLED : LZ_KIND_REPORTED, NULL, body);
}

/* The similar case is the same one: what was gathered becomes a note on it. */
void
lz_log_form_note_on (LzLogForm *self, const LzId *subject)
{
  g_autoptr (LzBody) note = lz_body_new ();

  lz_log_form_collect (self);
  note->text =
      g_strdup (self->draft->body->text != NULL ? self->draft->body->text : _ ("Seen again."));
  for (guint i = 0; self->draft->body->photos != NULL && i < self->draft->body->photos->len; i++)
    lz_body_add_photo (note, &g_array_index (self->draft->body->photos, LzPhotoRef, i));
  run_act (self, LZ_KIND_NOTED, subject, g_steal_pointer (&note));
}
