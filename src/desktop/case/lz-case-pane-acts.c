/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-case-pane-private.h"

#include <glib/gi18n.h>

#include "lz-act-dialog.h"
#include "lz-case-steps.h"
#include "lz-firm-name.h"
#include "lz-notice-dialog.h"
#include "lz-paper-print.h"

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

void
lz_case_pane_show_actions (LzCasePane *self)
{
  const LzCase *item = self->facts->item;
  guint roles = lz_session_get_roles (self->session);
  const LzTransition *next = lz_case_steps_get_next (item, roles);
  g_autofree char *waiting = next == NULL ? lz_case_steps_dup_waiting (item) : NULL;

  show_steps (self);
  gtk_widget_set_visible (GTK_WIDGET (self->next), next != NULL);
  if (next != NULL)
    gtk_button_set_label (self->next, _ (next->label));
  lz_case_pane_set_label (self->waiting, waiting);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "case.next", next != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "case.return",
                                 lz_case_steps_get_return (item, roles) != NULL);
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

void
lz_case_pane_take_step (LzCasePane *self, GtkListBoxRow *line)
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

void
lz_case_pane_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "case.next", NULL, next_cb);
  gtk_widget_class_install_action (widget_class, "case.return", NULL, return_cb);
  gtk_widget_class_install_action (widget_class, "case.act", "s", act_cb);
  gtk_widget_class_install_action (widget_class, "case.show", "s", show_cb);
  gtk_widget_class_install_action (widget_class, "case.print", "s", print_cb);
  gtk_widget_class_install_action (widget_class, "case.firm", NULL, firm_cb);
  gtk_widget_class_install_action (widget_class, "case.notice", "s", notice_cb);
}
