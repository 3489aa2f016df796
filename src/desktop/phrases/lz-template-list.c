/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-template-list.h"

#include <glib/gi18n.h>

#define N_DIGITS 9

struct _LzTemplateList
{
  GtkWidget parent_instance;

  GtkListBox *list;
  GtkTextView *text_view;
};

G_DEFINE_FINAL_TYPE (LzTemplateList, lz_template_list, GTK_TYPE_WIDGET)

static void
take (LzTemplateList *self, GtkListBoxRow *row)
{
  const char *phrase = g_object_get_data (G_OBJECT (row), "phrase");

  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), phrase, -1);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static void
row_activated_cb (LzTemplateList *self, GtkListBoxRow *row)
{
  take (self, row);
}

static void
take_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzTemplateList *self = LZ_TEMPLATE_LIST (widget);
  GtkListBoxRow *row =
      gtk_list_box_get_row_at_index (self->list, g_variant_get_int32 (parameter) - 1);

  if (row != NULL)
    take (self, row);
}

static GtkWidget *
new_row (const char *phrase, guint number)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *label = gtk_label_new (phrase);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  if (number <= N_DIGITS)
    {
      g_autofree char *key = g_strdup_printf ("Alt+%u", number);
      GtkWidget *hint = gtk_label_new (key);

      gtk_widget_add_css_class (hint, "dim-label");
      gtk_widget_add_css_class (hint, "caption");
      gtk_box_append (GTK_BOX (box), hint);
    }
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data_full (G_OBJECT (row), "phrase", g_strdup (phrase), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, phrase, -1);
  return row;
}

void
lz_template_list_set_text_view (LzTemplateList *self, GtkTextView *text_view)
{
  g_return_if_fail (LZ_IS_TEMPLATE_LIST (self));

  self->text_view = text_view;
}

void
lz_template_list_set_phrases (LzTemplateList *self, GPtrArray *phrases)
{
  GtkWidget *child;

  g_return_if_fail (LZ_IS_TEMPLATE_LIST (self));
  g_return_if_fail (phrases != NULL);

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  for (guint i = 0; i < phrases->len; i++)
    gtk_list_box_append (self->list, new_row (phrases->pdata[i], i + 1));
  gtk_widget_set_visible (GTK_WIDGET (self), phrases->len > 0);
}

static void
lz_template_list_dispose (GObject *object)
{
  LzTemplateList *self = LZ_TEMPLATE_LIST (object);

  if (self->list != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->list));
  self->list = NULL;

  G_OBJECT_CLASS (lz_template_list_parent_class)->dispose (object);
}

static void
lz_template_list_class_init (LzTemplateListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_template_list_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "templatelist");
  gtk_widget_class_install_action (widget_class, "template.take", "i", take_cb);
}

static void
lz_template_list_init (LzTemplateList *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "phrases");
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Templates"), -1);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_MANAGED);
  for (int i = 1; i <= N_DIGITS; i++)
    {
      GtkShortcut *shortcut =
          gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_0 + (guint) i, GDK_ALT_MASK),
                            gtk_named_action_new ("template.take"));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_int32 (i));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
    }
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
