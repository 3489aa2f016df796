/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-case-row-view.h"

#include <glib/gi18n.h>

#include "lz-badge.h"
#include "lz-names.h"
#include "lz-words.h"

struct _LzCaseRowView
{
  LzCaseCell parent_instance;

  GtkImage *lamp;
  GtkLabel *title;
  GtkLabel *state;
  GtkLabel *place;
  GtkLabel *time;
};

G_DEFINE_FINAL_TYPE (LzCaseRowView, lz_case_row_view, LZ_TYPE_CASE_CELL)

static char *
dup_time (LzSession *session, const LzCaseRow *row)
{
  gint64 now_ms = lz_session_now ();
  int offset_min = lz_session_get_offset_min (session);

  g_autofree char *time = row->due_ms != 0 && row->stopped_ms == 0
                              ? lz_words_dup_due (row->due_ms, now_ms, offset_min)
                              : lz_words_dup_time (row->reported_ms, now_ms, offset_min);

  /* Translators: %s is a time, such as "due today 10:40" */
  return row->delivered ? g_strdup_printf (_ ("%s · delivered ✓"), time) : g_steal_pointer (&time);
}

static void
lz_case_row_view_show_row (LzCaseCell *cell, LzSession *session, const LzCaseRow *row)
{
  LzCaseRowView *self = LZ_CASE_ROW_VIEW (cell);
  g_autofree char *place = NULL;
  g_autofree char *time = NULL;
  g_autofree char *told = NULL;

  if (row == NULL)
    {
      gtk_label_set_label (self->title, "…");
      gtk_label_set_label (self->place, "");
      gtk_label_set_label (self->time, "");
      gtk_widget_set_visible (GTK_WIDGET (self->state), FALSE);
      lz_badge_set_lamp (self->lamp, LZ_LAMP_NONE);
      return;
    }

  place = lz_words_dup_place (row->road_name, row->chainage_cm, row->offset_cm, row->side);
  time = dup_time (session, row);
  gtk_label_set_label (self->title, lz_session_get_category_name (session, row->category));
  gtk_label_set_label (self->place, place);
  gtk_label_set_label (self->time, time);
  gtk_widget_set_visible (GTK_WIDGET (self->state), TRUE);
  lz_badge_set_state (self->state, row->state);
  lz_badge_set_lamp (self->lamp, lz_case_row_lamp_at (row, lz_session_now ()));
  told = g_strdup_printf ("%s, %s, %s, %s", gtk_label_get_label (self->title),
                          lz_state_label (row->state), place, time);
  lz_names_set_row (GTK_WIDGET (self), told);
}

GtkListItemFactory *
lz_case_row_view_new_factory (LzSession *session)
{
  return lz_case_cell_new_factory (LZ_TYPE_CASE_ROW_VIEW, session);
}

static void
lz_case_row_view_class_init (LzCaseRowViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  LZ_CASE_CELL_CLASS (klass)->show_row = lz_case_row_view_show_row;
  lz_case_cell_class_set_up (klass, "/org/luzhang/Luzhang/lz-case-row-view.ui", "caserow");
  gtk_widget_class_bind_template_child (widget_class, LzCaseRowView, lamp);
  gtk_widget_class_bind_template_child (widget_class, LzCaseRowView, title);
  gtk_widget_class_bind_template_child (widget_class, LzCaseRowView, state);
  gtk_widget_class_bind_template_child (widget_class, LzCaseRowView, place);
  gtk_widget_class_bind_template_child (widget_class, LzCaseRowView, time);
}

static void
lz_case_row_view_init (LzCaseRowView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
