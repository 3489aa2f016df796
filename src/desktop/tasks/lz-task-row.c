/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-task-row.h"

#include <glib/gi18n.h>

#include "lz-badge.h"
#include "lz-names.h"
#include "lz-words.h"

struct _LzTaskRow
{
  LzCaseCell parent_instance;

  GtkImage *lamp;
  GtkLabel *title;
  GtkLabel *deadline;
  GtkLabel *place;
  GtkLabel *state;
  GtkLabel *unit;
};

G_DEFINE_FINAL_TYPE (LzTaskRow, lz_task_row, LZ_TYPE_CASE_CELL)

static void
show_nothing (LzTaskRow *self)
{
  gtk_label_set_label (self->title, "…");
  gtk_label_set_label (self->place, "");
  gtk_label_set_label (self->unit, "");
  gtk_widget_set_visible (GTK_WIDGET (self->state), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->deadline), FALSE);
  lz_badge_set_lamp (self->lamp, LZ_LAMP_NONE);
}

static char *
dup_reported (gint64 reported_ms, gint64 now_ms, int offset_min)
{
  g_autofree char *time = lz_words_dup_time (reported_ms, now_ms, offset_min);

  /* Translators: %s is a time such as "today 10:40" */
  return g_strdup_printf (_ ("reported %s"), time);
}

/* When it has to have gone on: by the limit of its stage where that has one, else by its own
 * deadline. */
static char *
dup_deadline (LzSession *session, const LzCaseRow *row, LzLamp *lamp)
{
  gint64 now_ms = lz_session_now (), stage_due_ms;
  int offset_min = lz_session_get_offset_min (session);

  *lamp = lz_session_judge_stage (session, row->state, row->stage_ms, &stage_due_ms);
  if (stage_due_ms != 0)
    return lz_words_dup_stage (stage_due_ms, now_ms, offset_min);

  *lamp = lz_case_row_lamp_at (row, now_ms);
  return row->due_ms != 0 ? lz_words_dup_deadline (row->due_ms, row->stopped_ms, now_ms, offset_min)
                          : dup_reported (row->reported_ms, now_ms, offset_min);
}

static void
lz_task_row_show_row (LzCaseCell *cell, LzSession *session, const LzCaseRow *row)
{
  LzTaskRow *self = LZ_TASK_ROW (cell);
  g_autofree char *place = NULL;
  g_autofree char *deadline = NULL;
  g_autofree char *told = NULL;
  LzLamp lamp;

  if (row == NULL)
    {
      show_nothing (self);
      return;
    }

  deadline = dup_deadline (session, row, &lamp);
  place = lz_words_dup_place (row->road_name, row->chainage_cm, row->offset_cm, row->side);

  lz_badge_set_lamp (self->lamp, lamp);
  gtk_label_set_label (self->title, lz_session_get_category_name (session, row->category));
  gtk_widget_set_visible (GTK_WIDGET (self->deadline), TRUE);
  gtk_label_set_label (self->deadline, deadline);
  lz_badge_set_class (GTK_WIDGET (self->deadline), "lamp-",
                      lamp != LZ_LAMP_NONE ? lz_words_get_lamp_class (lamp) : NULL);
  gtk_label_set_label (self->place, place);
  gtk_widget_set_visible (GTK_WIDGET (self->state), TRUE);
  lz_badge_set_state (self->state, row->state);
  gtk_label_set_label (self->unit, row->unit != NULL ? row->unit : row->number);
  told = g_strdup_printf ("%s, %s, %s, %s, %s", gtk_label_get_label (self->title),
                          lz_lamp_label (lamp), deadline, place, lz_state_label (row->state));
  lz_names_set_row (GTK_WIDGET (self), told);
}

GtkListItemFactory *
lz_task_row_new_factory (LzSession *session)
{
  return lz_case_cell_new_factory (LZ_TYPE_TASK_ROW, session);
}

static void
lz_task_row_class_init (LzTaskRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  LZ_CASE_CELL_CLASS (klass)->show_row = lz_task_row_show_row;
  lz_case_cell_class_set_up (klass, "/org/luzhang/Luzhang/lz-task-row.ui", "taskrow");
  gtk_widget_class_bind_template_child (widget_class, LzTaskRow, lamp);
  gtk_widget_class_bind_template_child (widget_class, LzTaskRow, title);
  gtk_widget_class_bind_template_child (widget_class, LzTaskRow, deadline);
  gtk_widget_class_bind_template_child (widget_class, LzTaskRow, place);
  gtk_widget_class_bind_template_child (widget_class, LzTaskRow, state);
  gtk_widget_class_bind_template_child (widget_class, LzTaskRow, unit);
}

static void
lz_task_row_init (LzTaskRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
