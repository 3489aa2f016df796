/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-condition-list.h"

#include <glib/gi18n.h>

struct _LzConditionList
{
  GtkWidget parent_instance;

  GtkBox *box;
  const LzCategory *category;
  GPtrArray *buttons; /* GtkCheckButton, in the category's order */
};

G_DEFINE_FINAL_TYPE (LzConditionList, lz_condition_list, GTK_TYPE_WIDGET)

static GtkWidget *
new_button (const LzCondition *condition)
{
  GtkWidget *button = gtk_check_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  g_autofree char *limit = lz_limit_dup_label (condition->limit);
  g_autofree char *name = g_strdup_printf ("%s · %s", condition->text, limit);
  GtkWidget *text = gtk_label_new (condition->text);
  GtkWidget *small = gtk_label_new (limit);

  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (small), 0);
  gtk_widget_add_css_class (small, "dim-label");
  gtk_widget_add_css_class (small, "caption");
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), small);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_margin_start (box, 6);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (button), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

void
lz_condition_list_set_category (LzConditionList *self, const LzCategory *category, guint picked)
{
  GtkWidget *child;

  g_return_if_fail (LZ_IS_CONDITION_LIST (self));

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);
  g_ptr_array_set_size (self->buttons, 0);
  self->category = category;

  for (guint i = 0; category != NULL && i < category->conditions->len; i++)
    {
      const LzCondition *condition = category->conditions->pdata[i];
      GtkWidget *button = new_button (condition);

      if (i > 0)
        gtk_check_button_set_group (GTK_CHECK_BUTTON (button), self->buttons->pdata[0]);
      g_ptr_array_add (self->buttons, button);
      gtk_box_append (self->box, button);
      if (condition->number == MAX (picked, 1))
        gtk_check_button_set_active (GTK_CHECK_BUTTON (button), TRUE);
    }
}

const LzCondition *
lz_condition_list_get_picked (LzConditionList *self)
{
  g_return_val_if_fail (LZ_IS_CONDITION_LIST (self), NULL);

  for (guint i = 0; i < self->buttons->len; i++)
    if (gtk_check_button_get_active (self->buttons->pdata[i]))
      return self->category->conditions->pdata[i];

  return self->buttons->len > 0 ? self->category->conditions->pdata[0] : NULL;
}

static void
lz_condition_list_dispose (GObject *object)
{
  LzConditionList *self = LZ_CONDITION_LIST (object);

  if (self->box != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->box));
  self->box = NULL;
  g_clear_pointer (&self->buttons, g_ptr_array_unref);

  G_OBJECT_CLASS (lz_condition_list_parent_class)->dispose (object);
}

static void
lz_condition_list_class_init (LzConditionListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lz_condition_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "conditionlist");
}

static void
lz_condition_list_init (LzConditionList *self)
{
  self->buttons = g_ptr_array_new ();
  self->box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 9));
  gtk_widget_set_parent (GTK_WIDGET (self->box), GTK_WIDGET (self));
}
