/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-choice-list.h"

#include <glib/gi18n.h>

#define MAX_FOUND 6

struct _LzChoiceList
{
  GtkWidget parent_instance;

  GtkWidget *group;
  GtkWidget *search;
  GPtrArray *keys;
  GPtrArray *rows;  /* one for each key, lent */
  GPtrArray *found; /* rows of what the search finds, lent */

  LzChoiceFind find;
  LzChoiceName name;
  gpointer data;
};

G_DEFINE_FINAL_TYPE (LzChoiceList, lz_choice_list, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
remove_found (LzChoiceList *self)
{
  for (guint i = 0; i < self->found->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->group), self->found->pdata[i]);
  g_ptr_array_set_size (self->found, 0);
}

static void
remove_cb (LzChoiceList *self, GtkWidget *button)
{
  GtkWidget *row = g_object_get_data (G_OBJECT (button), "row");
  guint at;

  if (!g_ptr_array_find (self->rows, row, &at))
    return;
  adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->group), row);
  g_ptr_array_remove_index (self->rows, at);
  g_ptr_array_remove_index (self->keys, at);
  g_signal_emit (self, signals[CHANGED], 0);
}

static GtkWidget *
new_row (LzChoiceList *self, const char *key)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *name = self->name (key, self->data);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  return row;
}

void
lz_choice_list_add (LzChoiceList *self, const char *key)
{
  GtkWidget *row, *button;
  g_autofree char *name = NULL;
  g_autofree char *label = NULL;

  g_return_if_fail (LZ_IS_CHOICE_LIST (self));

  if (g_ptr_array_find_with_equal_func (self->keys, key, g_str_equal, NULL))
    return;
  row = new_row (self, key);
  button = gtk_button_new_from_icon_name ("list-remove-symbolic");
  name = self->name (key, self->data);
  label = g_strdup_printf (_ ("Take %s Away"), name);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_object_set_data (G_OBJECT (button), "row", row);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), row);
  g_ptr_array_add (self->keys, g_strdup (key));
  g_ptr_array_add (self->rows, row);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
take_cb (LzChoiceList *self, GtkWidget *row)
{
  g_autofree char *key = g_strdup (g_object_get_data (G_OBJECT (row), "key"));

  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  remove_found (self);
  lz_choice_list_add (self, key);
  gtk_widget_grab_focus (self->search);
}

static void
search_cb (LzChoiceList *self)
{
  g_autoptr (GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));

  remove_found (self);
  if (*text == '\0')
    return;
  self->find (text, keys, self->data);
  for (guint i = 0; i < keys->len && self->found->len < MAX_FOUND; i++)
    {
      GtkWidget *row;

      if (g_ptr_array_find_with_equal_func (self->keys, keys->pdata[i], g_str_equal, NULL))
        continue;
      row = new_row (self, keys->pdata[i]);
      adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                                 gtk_image_new_from_icon_name ("list-add-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_widget_add_css_class (row, "fallback");
      g_object_set_data_full (G_OBJECT (row), "key", g_strdup (keys->pdata[i]), g_free);
      g_signal_connect_object (row, "activated", G_CALLBACK (take_cb), self, G_CONNECT_SWAPPED);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), row);
      g_ptr_array_add (self->found, row);
    }
}

/* Enter takes the first match. */
static void
apply_cb (LzChoiceList *self)
{
  search_cb (self);
  if (self->found->len > 0)
    take_cb (self, self->found->pdata[0]);
}

void
lz_choice_list_set_title (LzChoiceList *self, const char *title, const char *hint)
{
  g_return_if_fail (LZ_IS_CHOICE_LIST (self));

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->group), title);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->search), hint);
}

void
lz_choice_list_set_source (LzChoiceList *self, LzChoiceFind find, LzChoiceName name, gpointer data)
{
  g_return_if_fail (LZ_IS_CHOICE_LIST (self));

  self->find = find;
  self->name = name;
  self->data = data;
}

GPtrArray *
lz_choice_list_get_keys (LzChoiceList *self)
{
  g_return_val_if_fail (LZ_IS_CHOICE_LIST (self), NULL);

  return self->keys;
}

static void
lz_choice_list_dispose (GObject *object)
{
  LzChoiceList *self = LZ_CHOICE_LIST (object);

  g_clear_pointer (&self->group, gtk_widget_unparent);
  g_clear_pointer (&self->keys, g_ptr_array_unref);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->found, g_ptr_array_unref);

  G_OBJECT_CLASS (lz_choice_list_parent_class)->dispose (object);
}

static void
lz_choice_list_class_init (LzChoiceListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lz_choice_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
lz_choice_list_init (LzChoiceList *self)
{
  self->keys = g_ptr_array_new_with_free_func (g_free);
  self->rows = g_ptr_array_new ();
  self->found = g_ptr_array_new ();
  self->group = adw_preferences_group_new ();
  self->search = adw_entry_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->search), FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), self->search);
  gtk_widget_set_parent (self->group, GTK_WIDGET (self));
  g_signal_connect_object (self->search, "changed", G_CALLBACK (search_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "entry-activated", G_CALLBACK (apply_cb), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
lz_choice_list_new (void)
{
  return g_object_new (LZ_TYPE_CHOICE_LIST, NULL);
}
