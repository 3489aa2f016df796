/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-patrol-pane.h"

#include <glib/gi18n.h>

#include "lz-jobs.h"
#include "lz-names.h"
#include "lz-patrol-rows.h"
#include "lz-template.h"
#include "lz-words.h"

struct _LzPatrolPane
{
  GtkWidget parent_instance;

  GtkButton *back;
  GtkLabel *title;
  GtkLabel *facts;
  GtkWidget *seal;
  GtkLabel *seal_text;
  GtkListBox *roads;
  GtkWidget *cases_heading;
  GtkListBox *cases;
  GtkWidget *notes_heading;
  GtkListBox *notes;
  GtkEntry *note;

  LzSession *session;
  LzPatrolFile *file;
  LzId id;
  GCancellable *reading;
};

G_DEFINE_FINAL_TYPE (LzPatrolPane, lz_patrol_pane, GTK_TYPE_WIDGET)

enum
{
  LEFT,
  SHOWN,
  CASE_WANTED,
  ROAD_WANTED,
  TOLD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
show_facts (LzPatrolPane *self)
{
  const LzPatrol *patrol = self->file->patrol;
  int offset_min = lz_session_get_offset_min (self->session);
  g_autofree char *span = lz_patrol_dup_span (patrol, offset_min);
  g_autofree char *way = lz_words_dup_length ((double) patrol->way_cm / 100);
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 minutes = (patrol->until_ms - patrol->from_ms) / 60000;

  gtk_label_set_label (self->title, span);
  g_string_append_printf (text, "%s · %s",
                          lz_session_get_person_name (self->session, patrol->person),
                          lz_patrol_how_label (patrol->how));
  if (patrol->file_name != NULL)
    g_string_append_printf (text, " (%s)", patrol->file_name);
  g_string_append_printf (text, "\n%s", way);
  if (patrol->until_ms > patrol->from_ms)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text,
                              g_dngettext (GETTEXT_PACKAGE, "%d minute", "%d minutes",
                                           (gulong) minutes),
                              (int) minutes);
    }
  if (patrol->n_left_out > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _ ("%u of %u positions left out as jumps"), patrol->n_left_out,
                              patrol->n_fixes);
    }
  gtk_label_set_label (self->facts, text->str);

  gtk_widget_set_visible (self->seal, patrol->state != LZ_RECORD_OPEN);
  gtk_label_set_label (self->seal_text, patrol->state == LZ_RECORD_DONE
                                            ? _ ("Sealed: nothing of it can be changed. Notes can "
                                                 "be added.")
                                            : lz_patrol_state_label (patrol));
}

static void
show_lists (LzPatrolPane *self)
{
  const LzPatrolFile *file = self->file;

  lz_patrol_rows_clear (self->roads);
  for (guint i = 0; i < file->patrol->covers->len; i++)
    gtk_list_box_append (self->roads,
                         lz_patrol_row_new_cover (self->session, file->patrol->covers->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->roads), file->patrol->covers->len > 0);

  lz_patrol_rows_clear (self->cases);
  for (guint i = 0; i < file->cases->len; i++)
    gtk_list_box_append (self->cases,
                         lz_patrol_row_new_case (self->session, file->cases->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->cases), file->cases->len > 0);
  gtk_widget_set_visible (self->cases_heading, file->cases->len > 0);

  lz_patrol_rows_clear (self->notes);
  for (guint i = 0; i < file->notes->len; i++)
    gtk_list_box_append (self->notes,
                         lz_patrol_row_new_note (self->session, file->notes->pdata[i]));
  gtk_widget_set_visible (GTK_WIDGET (self->notes), file->notes->len > 0);
  gtk_widget_set_visible (self->notes_heading, file->notes->len > 0);
}

static void
read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzPatrolPane *self = user_data;
  g_autoptr (GError) error = NULL;
  LzPatrolFile *file = lz_patrol_file_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_PATROL_PANE (self));
  if (file == NULL)
    {
      g_signal_emit (self, signals[TOLD], 0, lz_jobs_explain (error));
      return;
    }
  lz_patrol_file_free (self->file);
  self->file = file;
  show_facts (self);
  show_lists (self);
  g_signal_emit (self, signals[SHOWN], 0);
}

void
lz_patrol_pane_refresh (LzPatrolPane *self)
{
  g_return_if_fail (LZ_IS_PATROL_PANE (self));

  if (lz_id_is_nil (&self->id))
    return;
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  lz_patrol_file_read_async (self->session, &self->id, self->reading, read_cb, self);
}

void
lz_patrol_pane_show (LzPatrolPane *self, const LzId *patrol)
{
  g_return_if_fail (LZ_IS_PATROL_PANE (self));

  lz_patrol_pane_clear (self);
  self->id = *patrol;
  lz_patrol_pane_refresh (self);
}

void
lz_patrol_pane_clear (LzPatrolPane *self)
{
  g_return_if_fail (LZ_IS_PATROL_PANE (self));

  g_cancellable_cancel (self->reading);
  self->id = (LzId){ { 0 } };
  g_clear_pointer (&self->file, lz_patrol_file_free);
}

const LzPatrolFile *
lz_patrol_pane_get_file (LzPatrolPane *self)
{
  g_return_val_if_fail (LZ_IS_PATROL_PANE (self), NULL);

  return self->file;
}

void
lz_patrol_pane_set_session (LzPatrolPane *self, LzSession *session)
{
  g_return_if_fail (LZ_IS_PATROL_PANE (self));

  g_set_object (&self->session, session);
}

static void
back_clicked_cb (LzPatrolPane *self)
{
  g_signal_emit (self, signals[LEFT], 0);
}

static void
case_activated_cb (LzPatrolPane *self, GtkListBoxRow *row)
{
  const LzCaseRow *found = self->file->cases->pdata[gtk_list_box_row_get_index (row)];

  g_signal_emit (self, signals[CASE_WANTED], 0, found->fid);
}

static void
road_activated_cb (LzPatrolPane *self, GtkListBoxRow *row)
{
  const LzRoadCover *cover = self->file->patrol->covers->pdata[gtk_list_box_row_get_index (row)];

  g_signal_emit (self, signals[ROAD_WANTED], 0, &cover->road);
}

static void
noted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzPatrolPane) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!lz_patrol_act_finish (result, NULL, &error))
    g_signal_emit (self, signals[TOLD], 0, lz_jobs_explain (error));
  else
    gtk_editable_set_text (GTK_EDITABLE (self->note), "");
}

static void
note_activated_cb (LzPatrolPane *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->note));
  LzPatrolAct *act;

  if (*text == '\0' || lz_id_is_nil (&self->id))
    return;
  act = lz_patrol_act_new (LZ_PATROL_ACT_NOTE, &self->id);
  act->text = g_strdup (text);
  lz_patrol_act_async (self->session, act, noted_cb, g_object_ref (self));
}

static void
lz_patrol_pane_dispose (GObject *object)
{
  LzPatrolPane *self = LZ_PATROL_PANE (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->session);
  g_clear_pointer (&self->file, lz_patrol_file_free);
  lz_template_dispose (GTK_WIDGET (self), LZ_TYPE_PATROL_PANE);

  G_OBJECT_CLASS (lz_patrol_pane_parent_class)->dispose (object);
}

static void
lz_patrol_pane_class_init (LzPatrolPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = LZ_TYPE_PATROL_PANE;

  G_OBJECT_CLASS (klass)->dispose = lz_patrol_pane_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-patrol-pane.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPane, back);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPane, title);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPane, facts);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPane, seal);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPane, seal_text);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPane, roads);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPane, cases_heading);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPane, cases);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPane, notes_heading);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPane, notes);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolPane, note);
  gtk_widget_class_bind_template_callback (widget_class, back_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, case_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, road_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, note_activated_cb);

  signals[LEFT] =
      g_signal_new ("left", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SHOWN] =
      g_signal_new ("shown", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CASE_WANTED] = g_signal_new ("case-wanted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[ROAD_WANTED] = g_signal_new ("road-wanted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[TOLD] = g_signal_new ("told", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_STRING);
}

static void
lz_patrol_pane_init (LzPatrolPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lz_names_from_tooltips (GTK_WIDGET (self));
}
