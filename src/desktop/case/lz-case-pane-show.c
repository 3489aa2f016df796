/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-case-pane-private.h"

#include <glib/gi18n.h>

#include "lz-badge.h"
#include "lz-photo-thumb.h"
#include "lz-photo-window.h"
#include "lz-timeline-row.h"
#include "lz-words.h"

void
lz_case_pane_set_label (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
show_head (LzCasePane *self)
{
  const LzCase *item = self->facts->item;
  const LzCategory *category =
      lz_catalogue_find (lz_session_get_catalogue (self->session), item->category);
  g_autoptr (GString) subtitle = g_string_new (NULL);
  g_autofree char *place =
      lz_words_dup_place (item->road_name, item->chainage_cm, item->offset_cm, item->side);

  if (category != NULL)
    {
      g_string_append (subtitle, lz_dimension_label (category->dimension));
      g_string_append (subtitle, " · ");
      g_string_append_printf (subtitle, _ ("task %u"), category->task);
    }
  if (item->number != NULL)
    g_string_append_printf (subtitle, "%s%s", subtitle->len > 0 ? " · " : "", item->number);

  gtk_label_set_label (self->title, lz_session_get_category_name (self->session, item->category));
  lz_badge_set_state (self->state, item->state);
  lz_case_pane_set_label (self->subtitle, subtitle->str);
  lz_case_pane_set_label (self->place, place);
  lz_case_pane_set_label (self->between,
                          self->facts->between != NULL ? self->facts->between : item->address);
  lz_case_pane_set_label (self->text, item->text);
}

/* What it is about leads to its entry in the register. */
static void
show_asset (LzCasePane *self)
{
  const LzCaseFacts *facts = self->facts;
  g_autofree char *id = NULL;
  g_autofree char *label = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->asset), facts->asset != NULL);
  if (facts->asset == NULL)
    return;
  id = lz_id_dup_string (&facts->asset->id);
  label = g_strdup_printf (_ ("About: %s"), facts->asset_title != NULL ? facts->asset_title : "—");
  gtk_button_set_label (self->asset, label);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->asset), "s", id);
}

static void
show_deadline (LzCasePane *self)
{
  const LzCase *item = self->facts->item;
  gint64 now_ms = lz_session_now ();
  LzLamp lamp = lz_case_lamp_at (item, now_ms);
  g_autofree char *label = lz_limit_dup_label (item->limit);
  g_autofree char *limit = g_strdup_printf (_ ("Limit %s"), label);
  g_autofree char *due =
      lz_words_dup_due (item->due_ms, now_ms, lz_session_get_offset_min (self->session));
  g_autofree char *left = lz_words_dup_left (item->due_ms, now_ms);
  g_autofree char *line = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->deadline), item->due_ms != 0);
  if (item->due_ms == 0)
    return;

  if (item->state == LZ_STATE_RETURNING || item->state == LZ_STATE_SUSPENDED)
    line = lz_words_dup_deadline (item->due_ms, item->stopped_ms, now_ms,
                                  lz_session_get_offset_min (self->session));
  else if (item->stopped_ms != 0)
    line = g_strdup (item->stopped_ms > item->due_ms ? _ ("done after the deadline")
                                                     : _ ("done in time"));
  else
    line = g_strdup_printf ("%s · %s", left, due);

  lz_badge_set_lamp (self->lamp, lamp);
  gtk_label_set_label (self->limit, limit);
  gtk_widget_set_visible (GTK_WIDGET (self->limit), item->limit.count > 0);
  lz_badge_set_class (GTK_WIDGET (self->limit), "lamp-", lz_words_get_lamp_class (lamp));
  gtk_label_set_label (self->due, line);
}

static void
open_photos (LzCasePane *self, guint at)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  gtk_window_present (
      GTK_WINDOW (lz_photo_window_new (parent, self->session, self->facts->photos, at)));
}

static void
photo_clicked_cb (LzCasePane *self, GtkWidget *thumb)
{
  guint at = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (thumb), "at"));

  if (self->facts != NULL && at < self->facts->photos->len)
    open_photos (self, at);
}

static void
show_photos (LzCasePane *self)
{
  GtkWidget *child;
  gboolean before = FALSE, after = FALSE;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->photos))) != NULL)
    gtk_flow_box_remove (self->photos, child);

  for (guint i = 0; i < self->facts->photos->len; i++)
    {
      const LzPhotoRef *photo = &g_array_index (self->facts->photos, LzPhotoRef, i);
      g_autofree char *caption = lz_photo_dup_caption (self->session, photo);
      GtkWidget *thumb = lz_photo_thumb_new ();

      before |= photo->role == LZ_PHOTO_BEFORE;
      after |= photo->role == LZ_PHOTO_AFTER;
      lz_photo_thumb_set_height (LZ_PHOTO_THUMB (thumb), 110);
      lz_photo_thumb_set_photo (LZ_PHOTO_THUMB (thumb), self->session, photo->sha256);
      lz_photo_thumb_set_caption (LZ_PHOTO_THUMB (thumb), caption);
      g_object_set_data (G_OBJECT (thumb), "at", GUINT_TO_POINTER (i));
      g_signal_connect_swapped (thumb, "clicked", G_CALLBACK (photo_clicked_cb), self);
      gtk_flow_box_append (self->photos, thumb);
      gtk_widget_set_focusable (gtk_widget_get_last_child (GTK_WIDGET (self->photos)), FALSE);
    }

  gtk_widget_set_visible (GTK_WIDGET (self->photos), self->facts->photos->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self->compare), before && after);
}

static void
show_history (LzCasePane *self)
{
  g_autoptr (LzCase) so_far = lz_case_new ();
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->history))) != NULL)
    gtk_list_box_remove (self->history, child);

  /* The newest on top; the fold goes along from the first, so that each row can say what its act
   * did to the clock. */
  for (guint i = 0; i < self->facts->events->len; i++)
    {
      const LzEvent *event = self->facts->events->pdata[i];

      gtk_list_box_prepend (self->history, lz_timeline_row_new (self->session, so_far, event));
      lz_fold_apply (so_far, event);
    }
}

void
lz_case_pane_compare_photos (LzCasePane *self)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  LzPhotoWindow *window = lz_photo_window_new (parent, self->session, self->facts->photos, 0);

  gtk_widget_activate_action (GTK_WIDGET (window), "photo.compare", NULL);
  gtk_window_present (GTK_WINDOW (window));
}

void
lz_case_pane_show_facts (LzCasePane *self)
{
  show_head (self);
  show_asset (self);
  show_deadline (self);
  show_photos (self);
  lz_case_marks_show (self->marks, self->session, self->facts);
  lz_evidence_box_show (self->evidence, self->session, self->facts);
  show_history (self);
}
