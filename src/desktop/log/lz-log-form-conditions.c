/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-log-form-private.h"

#include <glib/gi18n.h>

#include "lz-words.h"

/* The filing condition of the category, and the deadline that hangs on it. */

const LzCondition *
lz_log_form_get_condition (LzLogForm *self)
{
  const LzCategory *category = lz_category_picker_get_category (self->category);
  const LzCondition *condition = NULL;

  if (category == NULL || category->conditions->len == 0)
    return NULL;

  condition = lz_category_find_condition (category, self->draft->body->condition);
  return condition != NULL ? condition : category->conditions->pdata[0];
}

static void
show_deadline (LzLogForm *self)
{
  const LzCondition *condition = lz_log_form_get_condition (self);
  gint64 now_ms = lz_session_now ();
  gint64 due_ms;
  g_autofree char *label = NULL;
  g_autofree char *limit = NULL;
  g_autofree char *due = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->limit),
                          condition != NULL && condition->limit.count > 0);
  gtk_label_set_label (self->due, "");
  if (condition == NULL || condition->limit.count == 0)
    return;

  due_ms = lz_calendar_due (lz_session_get_calendar (self->session), condition->limit, now_ms);
  label = lz_limit_dup_label (condition->limit);
  limit = g_strdup_printf (_ ("Limit %s"), label);
  due = lz_words_dup_due (due_ms, now_ms, lz_session_get_offset_min (self->session));
  gtk_label_set_label (self->limit, limit);
  gtk_label_set_label (self->due, due);
}

static void
condition_toggled_cb (LzLogForm *self, GtkCheckButton *button)
{
  if (self->showing || !gtk_check_button_get_active (button))
    return;

  self->draft->body->condition = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "number"));
  show_deadline (self);
  lz_log_form_edited (self);
}

static char *
dup_condition_text (const LzCondition *condition)
{
  g_autofree char *limit = lz_limit_dup_label (condition->limit);

  return g_strdup_printf ("%s · %s", condition->text, limit);
}

static GtkWidget *
new_condition (const LzCondition *condition, GtkCheckButton *group)
{
  g_autofree char *text = dup_condition_text (condition);
  GtkWidget *button = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), label);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (button), group);
  g_object_set_data (G_OBJECT (button), "number", GUINT_TO_POINTER (condition->number));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);

  return button;
}

/* A choice among several; where there is but one, it is only told. */
void
lz_log_form_show_conditions (LzLogForm *self)
{
  const LzCategory *category = lz_category_picker_get_category (self->category);
  const LzCondition *chosen = lz_log_form_get_condition (self);
  gboolean choice = category != NULL && category->conditions->len > 1;
  g_autofree char *only = chosen != NULL ? dup_condition_text (chosen) : NULL;
  GtkCheckButton *group = NULL;
  GtkWidget *child;
  gboolean were_showing = self->showing;

  self->showing = TRUE;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->conditions))) != NULL)
    gtk_box_remove (self->conditions, child);

  for (guint i = 0; choice && i < category->conditions->len; i++)
    {
      const LzCondition *condition = category->conditions->pdata[i];
      GtkWidget *button = new_condition (condition, group);

      gtk_check_button_set_active (GTK_CHECK_BUTTON (button), condition == chosen);
      g_signal_connect_swapped (button, "toggled", G_CALLBACK (condition_toggled_cb), self);
      gtk_box_append (self->conditions, button);
      if (group == NULL)
        group = GTK_CHECK_BUTTON (button);
    }

  self->draft->body->condition = chosen != NULL ? chosen->number : 0;
  gtk_widget_queue_resize (GTK_WIDGET (self->conditions));
  gtk_label_set_label (self->only_condition, only != NULL ? only : "");
  gtk_widget_set_visible (GTK_WIDGET (self->only_condition), chosen != NULL && !choice);
  gtk_widget_set_visible (GTK_WIDGET (self->conditions), choice);
  gtk_widget_set_visible (self->condition_box, chosen != NULL);
  self->showing = were_showing;
  lz_phrase_button_set_category (self->phrases, category);
  show_deadline (self);
}
