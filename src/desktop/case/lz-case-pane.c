/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-case-pane-private.h"

#include "lz-template.h"

G_DEFINE_FINAL_TYPE (LzCasePane, lz_case_pane, GTK_TYPE_WIDGET)

enum
{
  SHOWN,
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
facts_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzCasePane *self = user_data;
  g_autoptr (GError) error = NULL;
  LzCaseFacts *facts = lz_case_facts_load_finish (result, &error);
  gboolean another;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_CASE_PANE (self));
  another = self->facts == NULL || facts == NULL || self->facts->fid != facts->fid;
  g_clear_pointer (&self->facts, lz_case_facts_free);
  self->facts = facts;
  if (facts == NULL)
    {
      /* A report that was taken back is gone, and so is its pane. */
      if (g_error_matches (error, LZ_ERROR, LZ_ERROR_NOT_FOUND))
        {
          lz_case_pane_clear (self);
          g_signal_emit (self, signals[CLOSED], 0);
          return;
        }
      adw_status_page_set_description (self->problem, lz_error_explain (error));
      gtk_stack_set_visible_child_name (self->stack, "problem");
      return;
    }

  lz_case_pane_show_facts (self);
  lz_case_pane_show_actions (self);
  gtk_stack_set_visible_child_name (self->stack, "case");
  if (another)
    gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  g_signal_emit (self, signals[SHOWN], 0, facts);
}

static void
begin_loading (LzCasePane *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
}

void
lz_case_pane_show_row (LzCasePane *self, gint64 fid)
{
  g_return_if_fail (LZ_IS_CASE_PANE (self));

  begin_loading (self);
  lz_case_facts_load_row_async (self->session, fid, self->loading, facts_loaded_cb, self);
}

void
lz_case_pane_show_case (LzCasePane *self, const LzId *id)
{
  g_return_if_fail (LZ_IS_CASE_PANE (self));

  begin_loading (self);
  lz_case_facts_load_async (self->session, id, self->loading, facts_loaded_cb, self);
}

void
lz_case_pane_clear (LzCasePane *self)
{
  g_return_if_fail (LZ_IS_CASE_PANE (self));

  g_cancellable_cancel (self->loading);
  g_clear_pointer (&self->facts, lz_case_facts_free);
  gtk_stack_set_visible_child_name (self->stack, "empty");
}

const LzCaseFacts *
lz_case_pane_get_facts (LzCasePane *self)
{
  g_return_val_if_fail (LZ_IS_CASE_PANE (self), NULL);

  return self->facts;
}

static void
close_clicked_cb (LzCasePane *self)
{
  lz_case_pane_clear (self);
  g_signal_emit (self, signals[CLOSED], 0);
}

static void
session_changed_cb (LzCasePane *self)
{
  g_assert (LZ_IS_CASE_PANE (self));

  if (self->facts != NULL)
    lz_case_pane_show_case (self, &self->facts->item->id);
}

void
lz_case_pane_set_session (LzCasePane *self, LzSession *session)
{
  g_return_if_fail (LZ_IS_CASE_PANE (self));
  g_return_if_fail (LZ_IS_SESSION (session));

  g_set_object (&self->session, session);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
lz_case_pane_dispose (GObject *object)
{
  LzCasePane *self = LZ_CASE_PANE (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_object (&self->session);
  g_clear_pointer (&self->facts, lz_case_facts_free);
  lz_template_dispose (GTK_WIDGET (self), LZ_TYPE_CASE_PANE);

  G_OBJECT_CLASS (lz_case_pane_parent_class)->dispose (object);
}

static void
lz_case_pane_class_init (LzCasePaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_case_pane_dispose;

  g_type_ensure (LZ_TYPE_CASE_MARKS);
  g_type_ensure (LZ_TYPE_EVIDENCE_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-case-pane.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "casepane");
  gtk_widget_class_bind_template_child (widget_class, LzCasePane, stack);
  gtk_widget_class_bind_template_child (widget_class, LzCasePane, problem);
  gtk_widget_class_bind_template_child (widget_class, LzCasePane, scroller);
  gtk_widget_class_bind_template_child (widget_class, LzCasePane, title);
  gtk_widget_class_bind_template_child (widget_class, LzCasePane, state);
  gtk_widget_class_bind_template_child (widget_class, LzCasePane, close);
  gtk_widget_class_bind_template_child (widget_class, LzCasePane, subtitle);
  gtk_widget_class_bind_template_child (widget_class, LzCasePane, place);
  gtk_widget_class_bind_template_child (widget_class, LzCasePane, between);
  gtk_widget_class_bind_template_child (widget_class, LzCasePane, asset);
  gtk_widget_class_bind_template_child (widget_class, LzCasePane, deadline);
  gtk_widget_class_bind_template_child (widget_class, LzCasePane, lamp);
  gtk_widget_class_bind_template_child (widget_class, LzCasePane, limit);
  gtk_widget_class_bind_template_child (widget_class, LzCasePane, due);
  gtk_widget_class_bind_template_child (widget_class, LzCasePane, photos);
  gtk_widget_class_bind_template_child (widget_class, LzCasePane, compare);
  gtk_widget_class_bind_template_child (widget_class, LzCasePane, text);
  gtk_widget_class_bind_template_child (widget_class, LzCasePane, history);
  gtk_widget_class_bind_template_child (widget_class, LzCasePane, next);
  gtk_widget_class_bind_template_child (widget_class, LzCasePane, marks);
  gtk_widget_class_bind_template_child (widget_class, LzCasePane, evidence);
  gtk_widget_class_bind_template_child (widget_class, LzCasePane, waiting);
  gtk_widget_class_bind_template_child (widget_class, LzCasePane, steps_popover);
  gtk_widget_class_bind_template_child (widget_class, LzCasePane, steps);

  lz_case_pane_install_actions (widget_class);

  signals[SHOWN] = g_signal_new ("shown", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
lz_case_pane_init (LzCasePane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->close, "clicked", G_CALLBACK (close_clicked_cb), self);
  g_signal_connect_swapped (self->steps, "row-activated", G_CALLBACK (lz_case_pane_take_step),
                            self);
  g_signal_connect_swapped (self->compare, "clicked", G_CALLBACK (lz_case_pane_compare_photos),
                            self);
}
