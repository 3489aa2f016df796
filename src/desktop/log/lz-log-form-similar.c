/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-log-form-private.h"

#include <glib/gi18n.h>

#include "lz-line.h"
#include "lz-words.h"

#define SIMILAR_HEIGHT 100

static const LzCaseRow *
get_row (LzLogForm *self)
{
  return self->similar != NULL && self->similar_at < self->similar->len
             ? self->similar->pdata[self->similar_at]
             : NULL;
}

static gboolean
has_thumbnail (const LzCaseRow *row)
{
  static const guint8 none[LZ_SHA256_SIZE];

  return memcmp (row->thumbnail, none, sizeof none) != 0;
}

static void
show_row (LzLogForm *self)
{
  const LzCaseRow *row = get_row (self);
  GArray *mine = lz_photo_strip_get_photos (self->before);
  g_autofree char *title = NULL;
  g_autofree char *facts = NULL;
  g_autofree char *time = NULL;

  gtk_widget_set_visible (self->similar_box, row != NULL);
  if (row == NULL)
    return;

  time = lz_words_dup_time (row->reported_ms, lz_session_now (),
                            lz_session_get_offset_min (self->session));
  title =
      g_strdup_printf (ngettext ("%u similar case nearby: is it the same?",
                                 "%u similar cases nearby: is it the same?", self->similar->len),
                       self->similar->len);
  facts = g_strdup_printf (_ ("%s · %s · %.0f m away · reported %s"),
                           row->number != NULL ? row->number : "—", lz_state_label (row->state),
                           lz_distance_m (row->place, self->draft->body->place), time);
  gtk_label_set_label (self->similar_title, title);
  gtk_label_set_label (self->similar_facts, facts);

  gtk_widget_set_visible (GTK_WIDGET (self->similar_mine), mine->len > 0);
  if (mine->len > 0)
    lz_photo_thumb_set_photo (self->similar_mine, self->session,
                              g_array_index (mine, LzPhotoRef, 0).sha256);
  gtk_widget_set_visible (GTK_WIDGET (self->similar_other), has_thumbnail (row));
  if (has_thumbnail (row))
    lz_photo_thumb_set_photo (self->similar_other, self->session, row->thumbnail);
  gtk_widget_set_visible (GTK_WIDGET (self->similar_next), self->similar->len > 1);
}

/* @similar: (nullable) (element-type LzCaseRow) */
void
lz_log_form_show_similar (LzLogForm *self, GPtrArray *similar)
{
  g_clear_pointer (&self->similar, g_ptr_array_unref);
  if (similar != NULL)
    self->similar = g_ptr_array_ref (similar);
  self->similar_at = 0;
  show_row (self);
}

static void
note_clicked_cb (LzLogForm *self)
{
  const LzCaseRow *row = get_row (self);

  if (row != NULL && self->draft != NULL && !self->submitting)
    lz_log_form_note_on (self, &row->id);
}

static void
open_clicked_cb (LzLogForm *self)
{
  const LzCaseRow *row = get_row (self);
  LzId id;

  if (row == NULL)
    return;

  id = row->id;
  lz_log_form_want_case (self, &id);
}

static void
next_clicked_cb (LzLogForm *self)
{
  self->similar_at = (self->similar_at + 1) % self->similar->len;
  show_row (self);
}

void
lz_log_form_connect_similar (LzLogForm *self)
{
  lz_photo_thumb_set_height (self->similar_mine, SIMILAR_HEIGHT);
  lz_photo_thumb_set_caption (self->similar_mine, _ ("This report"));
  lz_photo_thumb_set_height (self->similar_other, SIMILAR_HEIGHT);
  lz_photo_thumb_set_caption (self->similar_other, _ ("The case nearby"));
  g_signal_connect_swapped (self->similar_note, "clicked", G_CALLBACK (note_clicked_cb), self);
  g_signal_connect_swapped (self->similar_open, "clicked", G_CALLBACK (open_clicked_cb), self);
  g_signal_connect_swapped (self->similar_next, "clicked", G_CALLBACK (next_clicked_cb), self);
}
