/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-weekly-private.h"

#include <glib/gi18n.h>

#include "lz-bulletin-view.h"
#include "lz-names.h"
#include "lz-template.h"
#include "lz-words.h"

/* A draft is saved after so long a pause, the pages are drawn anew after another. */
#define SAVE_AFTER_MS    700
#define PREVIEW_AFTER_MS 900
/* Longer tables of the attachment scroll by themselves. */
#define TABLE_ROWS 20

static void lz_weekly_view_view_init (LzBulletinViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LzWeeklyView,
                               lz_weekly_view,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (LZ_TYPE_BULLETIN_VIEW,
                                                      lz_weekly_view_view_init))

void
lz_weekly_view_tell_error (LzWeeklyView *self, const GError *error)
{
  lz_bulletin_view_tell (GTK_WIDGET (self), lz_error_explain (error));
}

/* -- what it is ---------------------------------------------------------------------------------
 */

static char *
dup_state (LzWeeklyView *self)
{
  const LzEdition *edition = self->data->edition;
  g_autofree char *when = NULL;

  if (edition->state == LZ_EDITION_SEALED)
    {
      when = lz_words_dup_date_time (edition->sealed->published_ms,
                                     lz_session_get_offset_min (self->session));
      return g_strdup_printf (_ ("Published %s by %s"), when,
                              lz_session_get_person_name (self->session,
                                                          edition->sealed->publisher));
    }
  if (self->unsaved || self->n_saving > 0)
    return g_strdup (_ ("Saving…"));
  if (edition->state == LZ_EDITION_DRAFT)
    return g_strdup (_ ("Draft, saved"));
  return g_strdup (_ ("Proposed"));
}

void
lz_weekly_view_update_state (LzWeeklyView *self)
{
  g_autofree char *state = self->data != NULL ? dup_state (self) : NULL;

  gtk_label_set_label (self->state, state != NULL ? state : "");
}

/* -- loading ------------------------------------------------------------------------------------
 */

static void
show_problem (LzWeeklyView *self, const GError *error)
{
  adw_status_page_set_description (self->problem, lz_error_explain (error));
  gtk_stack_set_visible_child_name (self->stack, "problem");
}

/* What was typed stays as long as it is the same edition, and nobody has published it. */
static gboolean
is_same (LzWeeklyView *self, const LzWeeklyData *fresh)
{
  const LzEdition *old = self->data != NULL ? self->data->edition : NULL;
  gboolean typed = old != NULL &&
                   (self->unsaved || self->n_saving > 0 ||
                    (old->state == LZ_EDITION_DRAFT && fresh->edition->state == LZ_EDITION_DRAFT));

  return old != NULL && old->kind == fresh->edition->kind &&
         old->period.from_ms == fresh->edition->period.from_ms &&
         fresh->edition->state != LZ_EDITION_SEALED && old->state != LZ_EDITION_SEALED && typed;
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzWeeklyView *self = user_data;
  g_autoptr (GError) error = NULL;
  LzWeeklyData *fresh = lz_weekly_data_load_finish (result, &error);
  g_autoptr (LzWeeklyData) old = NULL;
  gboolean same;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_assert (LZ_IS_WEEKLY_VIEW (self));
  if (fresh == NULL)
    {
      show_problem (self, error);
      return;
    }
  same = is_same (self, fresh);
  if (same)
    fresh->edition->state = LZ_EDITION_DRAFT;
  old = self->data;
  self->data = fresh;
  lz_weekly_view_fill (self, !same);
  gtk_stack_set_visible_child_name (self->stack, "editor");
}

void
lz_weekly_view_load (LzWeeklyView *self)
{
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  self->loading = g_cancellable_new ();
  lz_weekly_data_load_async (self->session, self->kind, &self->period, self->loading, loaded_cb,
                             self);
}

static void
refresh (LzBulletinView *view, const LzPeriod *period)
{
  LzWeeklyView *self = LZ_WEEKLY_VIEW (view);

  /* Of the old period. */
  lz_weekly_view_save (self);
  if (self->period.from_ms != period->from_ms || self->period.to_ms != period->to_ms)
    {
      g_clear_pointer (&self->data, lz_weekly_data_free);
      lz_figure_inserter_set_edition (self->inserter, NULL);
      gtk_stack_set_visible_child_name (self->stack, "loading");
    }
  self->period = *period;
  self->kind = period->kind == LZ_PERIOD_MONTH ? LZ_FIGURES_MONTHLY : LZ_FIGURES_WEEKLY;
  lz_weekly_view_load (self);
}

/* -- saving -------------------------------------------------------------------------------------
 */

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzWeeklyView) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean good = lz_weekly_data_finish (result, &error);

  self->n_saving--;
  if (!good)
    {
      self->unsaved = TRUE;
      lz_weekly_view_tell_error (self, error);
    }
  lz_weekly_view_update_state (self);
}

void
lz_weekly_view_save (LzWeeklyView *self)
{
  g_clear_handle_id (&self->saving, g_source_remove);
  if (!self->unsaved || self->data == NULL)
    return;
  self->unsaved = FALSE;
  self->n_saving++;
  self->data->edition->state = LZ_EDITION_DRAFT;
  lz_weekly_data_save_async (self->session, self->kind, &self->period,
                             lz_weekly_view_collect (self), saved_cb, g_object_ref (self));
}

static gboolean
pause_cb (gpointer user_data)
{
  LzWeeklyView *self = user_data;

  self->saving = 0;
  lz_weekly_view_save (self);
  return G_SOURCE_REMOVE;
}

void
lz_weekly_view_changed (LzWeeklyView *self)
{
  if (self->filling || self->data == NULL || self->data->edition->state == LZ_EDITION_SEALED)
    return;
  self->unsaved = TRUE;
  g_clear_handle_id (&self->saving, g_source_remove);
  self->saving = g_timeout_add (SAVE_AFTER_MS, pause_cb, self);
  lz_weekly_view_update_state (self);
  lz_weekly_view_queue_preview (self);
}

/* -- the pages ----------------------------------------------------------------------------------
 */

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzWeeklyView *self = user_data;
  g_autoptr (GError) error = NULL;
  LzPaper *paper = lz_weekly_data_make_paper_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_assert (LZ_IS_WEEKLY_VIEW (self));
  if (paper != NULL)
    lz_page_preview_show (self->preview, paper);
  else
    lz_page_preview_show_problem (self->preview, lz_error_explain (error));
}

static gboolean
preview_cb (gpointer user_data)
{
  LzWeeklyView *self = user_data;

  self->previewing = 0;
  g_cancellable_cancel (self->making);
  g_clear_object (&self->making);
  self->making = g_cancellable_new ();
  if (self->data != NULL && adw_flap_get_reveal_flap (self->flap))
    lz_weekly_data_make_paper_async (self->session, self->kind, &self->period,
                                     lz_weekly_view_collect (self), self->making, made_cb, self);
  return G_SOURCE_REMOVE;
}

void
lz_weekly_view_queue_preview (LzWeeklyView *self)
{
  g_clear_handle_id (&self->previewing, g_source_remove);
  if (adw_flap_get_reveal_flap (self->flap))
    self->previewing = g_timeout_add (PREVIEW_AFTER_MS, preview_cb, self);
}

/* -- the widget ---------------------------------------------------------------------------------
 */

static void
case_wanted_cb (LzTypicalCases *cases, const LzId *id, LzWeeklyView *self)
{
  lz_bulletin_view_want_case (GTK_WIDGET (self), id);
}

static void
figure_chosen_cb (LzFigureInserter *inserter, const char *token, LzWeeklyView *self)
{
  lz_paragraph_edit_insert_figure (self->focused != NULL ? self->focused : self->opening, token);
}

static void
set_session (LzBulletinView *view, LzSession *session)
{
  LzWeeklyView *self = LZ_WEEKLY_VIEW (view);

  self->session = g_object_ref (session);
  self->cases = LZ_TYPICAL_CASES (lz_typical_cases_new (session));
  g_signal_connect_swapped (self->cases, "changed", G_CALLBACK (lz_weekly_view_changed), self);
  g_signal_connect (self->cases, "case-wanted", G_CALLBACK (case_wanted_cb), self);
  gtk_box_append (self->cases_place, GTK_WIDGET (self->cases));
}

static gboolean
leave (LzBulletinView *view)
{
  lz_weekly_view_save (LZ_WEEKLY_VIEW (view));
  return FALSE;
}

static void
lz_weekly_view_view_init (LzBulletinViewInterface *iface)
{
  iface->set_session = set_session;
  iface->refresh = refresh;
  iface->leave = leave;
}

static void
lz_weekly_view_unmap (GtkWidget *widget)
{
  lz_weekly_view_save (LZ_WEEKLY_VIEW (widget));
  GTK_WIDGET_CLASS (lz_weekly_view_parent_class)->unmap (widget);
}

static void
lz_weekly_view_dispose (GObject *object)
{
  LzWeeklyView *self = LZ_WEEKLY_VIEW (object);

  g_clear_handle_id (&self->saving, g_source_remove);
  g_clear_handle_id (&self->previewing, g_source_remove);
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_cancellable_cancel (self->making);
  g_clear_object (&self->making);
  if (self->focused != NULL)
    g_object_remove_weak_pointer (G_OBJECT (self->focused), (gpointer *) &self->focused);
  self->focused = NULL;
  g_clear_pointer (&self->meaning, gtk_widget_unparent);
  lz_template_dispose (GTK_WIDGET (self), LZ_TYPE_WEEKLY_VIEW);
  g_clear_pointer (&self->data, lz_weekly_data_free);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (lz_weekly_view_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LzWeeklyView, stack);
  gtk_widget_class_bind_template_child (widget_class, LzWeeklyView, problem);
  gtk_widget_class_bind_template_child (widget_class, LzWeeklyView, state);
  gtk_widget_class_bind_template_child (widget_class, LzWeeklyView, insert);
  gtk_widget_class_bind_template_child (widget_class, LzWeeklyView, publish);
  gtk_widget_class_bind_template_child (widget_class, LzWeeklyView, choose);
  gtk_widget_class_bind_template_child (widget_class, LzWeeklyView, flap);
  gtk_widget_class_bind_template_child (widget_class, LzWeeklyView, number);
  gtk_widget_class_bind_template_child (widget_class, LzWeeklyView, addressee);
  gtk_widget_class_bind_template_child (widget_class, LzWeeklyView, date);
  gtk_widget_class_bind_template_child (widget_class, LzWeeklyView, title_place);
  gtk_widget_class_bind_template_child (widget_class, LzWeeklyView, opening_place);
  gtk_widget_class_bind_template_child (widget_class, LzWeeklyView, sections);
  gtk_widget_class_bind_template_child (widget_class, LzWeeklyView, tables);
  gtk_widget_class_bind_template_child (widget_class, LzWeeklyView, cases_place);
  gtk_widget_class_bind_template_child (widget_class, LzWeeklyView, corrections);
  gtk_widget_class_bind_template_child (widget_class, LzWeeklyView, preview);
}

static void
lz_weekly_view_class_init (LzWeeklyViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_weekly_view_dispose;
  widget_class->unmap = lz_weekly_view_unmap;
  g_type_ensure (LZ_TYPE_CORRECTION_LIST);
  g_type_ensure (LZ_TYPE_PAGE_PREVIEW);
  g_type_ensure (LZ_TYPE_REPORT_TABLES);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-weekly-view.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, lz_weekly_view_changed);
  gtk_widget_class_bind_template_callback (widget_class, lz_weekly_view_queue_preview);
  lz_weekly_view_install_actions (widget_class);
}

static void
figure_wanted_cb (GtkWidget *paragraph,
                  const char *token,
                  const GdkRectangle *at,
                  LzWeeklyView *self)
{
  lz_weekly_view_show_meaning (self, paragraph, token, at);
}

static LzParagraphEdit *
add_paragraph (LzWeeklyView *self, GtkBox *place, const char *name)
{
  GtkWidget *edit = lz_paragraph_edit_new (name);

  gtk_box_append (place, edit);
  g_signal_connect_swapped (edit, "changed", G_CALLBACK (lz_weekly_view_changed), self);
  g_signal_connect (edit, "figure-wanted", G_CALLBACK (figure_wanted_cb), self);
  return LZ_PARAGRAPH_EDIT (edit);
}

static void
lz_weekly_view_init (LzWeeklyView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->title = add_paragraph (self, self->title_place, _ ("Title"));
  self->opening = add_paragraph (self, self->opening_place, _ ("Opening"));
  lz_report_tables_set_max_rows (self->tables, TABLE_ROWS);
  self->inserter = LZ_FIGURE_INSERTER (lz_figure_inserter_new ());
  gtk_menu_button_set_popover (self->insert, GTK_WIDGET (self->inserter));
  g_signal_connect (self->inserter, "figure-chosen", G_CALLBACK (figure_chosen_cb), self);
  lz_names_from_tooltips (GTK_WIDGET (self));
}
