/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-log-form-private.h"

#include "lz-source.h"

/* What the widgets say, into the draft. */

static void
replace_text (char **slot, const char *text)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));

  g_free (*slot);
  *slot = *stripped != '\0' ? g_steal_pointer (&stripped) : NULL;
}

static void
collect_photos (LzLogForm *self)
{
  LzBody *body = self->draft->body;
  GArray *before = lz_photo_strip_get_photos (self->before);
  GArray *after = lz_photo_strip_get_photos (self->after);

  g_clear_pointer (&body->photos, g_array_unref);
  /* An intake has set its cameras' clocks right; a report by hand follows its photos. */
  if (self->draft->batch == 0)
    body->found_ms = 0;
  for (guint i = 0; i < before->len; i++)
    {
      const LzPhotoRef *photo = &g_array_index (before, LzPhotoRef, i);

      lz_body_add_photo (body, photo);
      /* It was seen when its first photo was taken, unless the camera's clock is ahead. */
      if (self->draft->batch == 0 && photo->taken_ms > 0 && photo->taken_ms <= lz_session_now () &&
          (body->found_ms == 0 || photo->taken_ms < body->found_ms))
        body->found_ms = photo->taken_ms;
    }
  for (guint i = 0; i < after->len; i++)
    lz_body_add_photo (body, &g_array_index (after, LzPhotoRef, i));
}

void
lz_log_form_collect (LzLogForm *self)
{
  LzBody *body = self->draft->body;
  const LzCategory *category = lz_category_picker_get_category (self->category);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  replace_text (&body->text, text);
  replace_text (&body->address, gtk_editable_get_text (GTK_EDITABLE (self->address)));
  replace_text (&body->category, category != NULL ? category->code : "");
  g_free (body->source);
  body->source = lz_source_dup_word ((LzSource) gtk_drop_down_get_selected (self->source));
  self->draft->fixed_on_spot = gtk_switch_get_active (self->fixed);
  lz_log_form_collect_firm (self);
  collect_photos (self);
}
