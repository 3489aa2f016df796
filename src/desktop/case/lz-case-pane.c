/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-case-pane.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "lz-act-dialog.h"
#include "lz-badge.h"
#include "lz-case-marks.h"
#include "lz-case-steps.h"
#include "lz-evidence-box.h"
#include "lz-firm-name.h"
#include "lz-notice-dialog.h"
#include "lz-paper-print.h"
#include "lz-photo-thumb.h"
#include "lz-photo-window.h"
#include "lz-template.h"
#include "lz-timeline-row.h"
#include "lz-words.h"

struct _LzCasePane
{
  GtkWidget parent_instance;

  GtkStack *stack;
  AdwStatusPage *problem;
  GtkScrolledWindow *scroller;
  GtkLabel *title;
  GtkLabel *state;
  GtkButton *close;
  GtkLabel *subtitle;
  GtkLabel *place;
  GtkLabel *between;
  GtkButton *asset;
  GtkBox *deadline;
  GtkImage *lamp;
  GtkLabel *limit;
  GtkLabel *due;
  GtkFlowBox *photos;
  GtkButton *compare;
  GtkLabel *text;
  LzCaseMarks *marks;
  LzEvidenceBox *evidence;
  GtkListBox *history;
  GtkLabel *waiting;
  GtkButton *next;
  GtkPopover *steps_popover;
  GtkListBox *steps;

  LzSession *session;
  LzCaseFacts *facts;
  GCancellable *loading;
};

G_DEFINE_FINAL_TYPE (LzCasePane, lz_case_pane, GTK_TYPE_WIDGET)

enum
{
  SHOWN,
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
set_label (GtkLabel *label, const char *text)
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
  set_label (self->subtitle, subtitle->str);
  set_label (self->place, place);
  set_label (self->between, self->facts->between != NULL ? self->facts->between : item->address);
  set_label (self->text, item->text);
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

  if (item->stopped_ms != 0)
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

/* One step in the menu: its word, and where it is not possible the reason. */
static GtkWidget *
new_step (const LzTransition *row, const char *objection)
{
  GtkWidget *line = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *label = gtk_label_new (_ (row->label));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), label);
  if (objection != NULL)
    {
      GtkWidget *reason = gtk_label_new (objection);

      gtk_label_set_xalign (GTK_LABEL (reason), 0);
      gtk_label_set_wrap (GTK_LABEL (reason), TRUE);
      gtk_label_set_max_width_chars (GTK_LABEL (reason), 30);
      gtk_widget_add_css_class (reason, "caption");
      gtk_box_append (GTK_BOX (box), reason);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (line), box);
  gtk_widget_set_sensitive (line, objection == NULL);
  g_object_set_data (G_OBJECT (line), "kind", GINT_TO_POINTER (row->kind));
  gtk_accessible_update_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (row->label), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  objection != NULL ? objection : "", -1);
  return line;
}

static void
show_steps (LzCasePane *self)
{
  LzChoice choices[LZ_CASE_STEPS_MAX];
  guint n = lz_case_steps_list_more (self->facts->item, lz_session_get_roles (self->session),
                                     lz_session_now (), choices, G_N_ELEMENTS (choices));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->steps))) != NULL)
    gtk_list_box_remove (self->steps, child);
  for (guint i = 0; i < n; i++)
    gtk_list_box_append (self->steps,
                         new_step (choices[i].row,
                                   choices[i].why_not != NULL ? _ (choices[i].why_not) : NULL));
}

static void
show_actions (LzCasePane *self)
{
  const LzCase *item = self->facts->item;
  guint roles = lz_session_get_roles (self->session);
  const LzTransition *next = lz_case_steps_get_next (item, roles);
  g_autofree char *waiting = next == NULL ? lz_case_steps_dup_waiting (item) : NULL;

  show_steps (self);
  gtk_widget_set_visible (GTK_WIDGET (self->next), next != NULL);
  if (next != NULL)
    gtk_button_set_label (self->next, _ (next->label));
  set_label (self->waiting, waiting);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "case.next", next != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "case.return",
                                 lz_case_steps_get_return (item, roles) != NULL);
}

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

  show_head (self);
  show_asset (self);
  show_deadline (self);
  show_photos (self);
  lz_case_marks_show (self->marks, self->session, facts);
  lz_evidence_box_show (self->evidence, self->session, facts);
  show_history (self);
  show_actions (self);
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
begin_act (LzCasePane *self, LzKind kind)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  const LzTransition *row;
  LzActDialog *dialog;

  if (self->facts == NULL)
    return;
  row = lz_fold_find_row (self->facts->item, kind);
  if (row == NULL)
    return;

  dialog = lz_act_dialog_new (parent, self->session, self->facts->item, row);
  if (kind == LZ_KIND_SUSPEND_GRANTED && self->facts->item->until_ms != 0)
    lz_act_dialog_set_until (dialog, self->facts->item->until_ms);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
lz_case_pane_take_next_step (LzCasePane *self)
{
  const LzTransition *row;

  g_return_if_fail (LZ_IS_CASE_PANE (self));

  if (self->facts == NULL)
    return;
  row = lz_case_steps_get_next (self->facts->item, lz_session_get_roles (self->session));
  if (row != NULL)
    begin_act (self, row->kind);
}

void
lz_case_pane_send_back (LzCasePane *self)
{
  const LzTransition *row;

  g_return_if_fail (LZ_IS_CASE_PANE (self));

  if (self->facts == NULL)
    return;
  row = lz_case_steps_get_return (self->facts->item, lz_session_get_roles (self->session));
  if (row != NULL)
    begin_act (self, row->kind);
}

static void
next_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lz_case_pane_take_next_step (LZ_CASE_PANE (widget));
}

static void
return_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lz_case_pane_send_back (LZ_CASE_PANE (widget));
}

static void
show_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzId id;

  if (lz_id_parse (g_variant_get_string (parameter, NULL), &id))
    lz_case_pane_show_case (LZ_CASE_PANE (widget), &id);
}

static void
step_activated_cb (LzCasePane *self, GtkListBoxRow *line)
{
  LzKind kind = (LzKind) GPOINTER_TO_INT (g_object_get_data (G_OBJECT (line), "kind"));

  gtk_popover_popdown (self->steps_popover);
  begin_act (self, kind);
}

static void
act_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  begin_act (LZ_CASE_PANE (widget), lz_kind_from_string (g_variant_get_string (parameter, NULL)));
}

static void
print_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzCasePane *self = LZ_CASE_PANE (widget);

  if (self->facts != NULL)
    lz_paper_print_start (widget, self->session, g_variant_get_string (parameter, NULL),
                          &self->facts->item->id, NULL);
}

static void
firm_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzCasePane *self = LZ_CASE_PANE (widget);

  gtk_popover_popdown (self->steps_popover); /* a row with an action does not close it */
  if (self->facts != NULL)
    lz_firm_name_ask (GTK_WINDOW (gtk_widget_get_root (widget)), self->session,
                      &self->facts->item->id, &self->facts->firm);
}

static void
notice_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzCasePane *self = LZ_CASE_PANE (widget);

  gtk_popover_popdown (self->steps_popover);
  if (self->facts != NULL)
    lz_notice_dialog_open (GTK_WINDOW (gtk_widget_get_root (widget)), self->session,
                           g_variant_get_string (parameter, NULL), &self->facts->item->id);
}

static void
compare_clicked_cb (LzCasePane *self)
{
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
  LzPhotoWindow *window = lz_photo_window_new (parent, self->session, self->facts->photos, 0);

  gtk_widget_activate_action (GTK_WIDGET (window), "photo.compare", NULL);
  gtk_window_present (GTK_WINDOW (window));
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

  gtk_widget_class_install_action (widget_class, "case.next", NULL, next_cb);
  gtk_widget_class_install_action (widget_class, "case.return", NULL, return_cb);
  gtk_widget_class_install_action (widget_class, "case.act", "s", act_cb);
  gtk_widget_class_install_action (widget_class, "case.show", "s", show_cb);
  gtk_widget_class_install_action (widget_class, "case.print", "s", print_cb);
  gtk_widget_class_install_action (widget_class, "case.firm", NULL, firm_cb);
  gtk_widget_class_install_action (widget_class, "case.notice", "s", notice_cb);

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
  g_signal_connect_swapped (self->steps, "row-activated", G_CALLBACK (step_activated_cb), self);
  g_signal_connect_swapped (self->compare, "clicked", G_CALLBACK (compare_clicked_cb), self);
}
