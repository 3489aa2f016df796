/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-category-picker.h"

#include "lz-template.h"
#include <glib/gi18n.h>

#define MAX_MATCHES 6

struct _LzCategoryPicker
{
  GtkWidget parent_instance;

  GtkSearchEntry *search;
  GtkListBox *matches;
  GtkButton *picked;
  GtkLabel *picked_name;
  GtkLabel *picked_facts;

  LzSession *session;
  const LzCategory *category; /* lent by @catalogue */
  LzCatalogue *catalogue;
};

G_DEFINE_FINAL_TYPE (LzCategoryPicker, lz_category_picker, GTK_TYPE_WIDGET)

enum
{
  PICKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static char *
dup_facts (const LzCategory *category)
{
  return g_strdup_printf ("%s · %s · %s", category->code, lz_dimension_label (category->dimension),
                          category->initials != NULL ? category->initials : "");
}

static void
show_picked (LzCategoryPicker *self)
{
  gboolean any = self->category != NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->search), !any);
  gtk_widget_set_visible (GTK_WIDGET (self->matches), !any);
  gtk_widget_set_visible (GTK_WIDGET (self->picked), any);
  if (any)
    {
      g_autofree char *facts = dup_facts (self->category);

      gtk_label_set_label (self->picked_name,
                           lz_session_get_category_name (self->session, self->category->code));
      gtk_label_set_label (self->picked_facts, facts);
    }
}

static GtkWidget *
new_row (LzCategoryPicker *self, const LzCategory *category)
{
  const char *name = lz_session_get_category_name (self->session, category->code);
  g_autofree char *facts = dup_facts (category);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (name);
  GtkWidget *subtitle = gtk_label_new (facts);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (title), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (subtitle), 0);
  gtk_label_set_ellipsize (GTK_LABEL (subtitle), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (subtitle, "dim-label");
  gtk_widget_add_css_class (subtitle, "caption");
  gtk_box_append (GTK_BOX (box), title);
  gtk_box_append (GTK_BOX (box), subtitle);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_widget_set_tooltip_text (row, name);
  g_object_set_data (G_OBJECT (row), "category", (gpointer) category);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);

  return row;
}

static void
show_matches (LzCategoryPicker *self)
{
  g_autofree char *text =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));
  g_autoptr (GPtrArray) found = NULL;
  GtkListBoxRow *row;

  if (self->session == NULL)
    return;

  while ((row = gtk_list_box_get_row_at_index (self->matches, 0)) != NULL)
    gtk_list_box_remove (self->matches, GTK_WIDGET (row));

  found = lz_catalogue_search (self->catalogue, text, lz_session_get_uses (self->session));
  for (guint i = 0; i < MIN (found->len, MAX_MATCHES); i++)
    gtk_list_box_append (self->matches, new_row (self, found->pdata[i]));
  if (found->len > 0)
    gtk_list_box_select_row (self->matches, gtk_list_box_get_row_at_index (self->matches, 0));
}

static void
pick (LzCategoryPicker *self, const LzCategory *category)
{
  self->category = category;
  show_picked (self);
  g_signal_emit (self, signals[PICKED], 0);
}

static void
row_activated_cb (LzCategoryPicker *self, GtkListBoxRow *row)
{
  pick (self, g_object_get_data (G_OBJECT (row), "category"));
}

static void
search_activated_cb (LzCategoryPicker *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->matches);

  if (row != NULL)
    row_activated_cb (self, row);
}

static gboolean
search_key_cb (GtkEventControllerKey *controller,
               guint keyval,
               guint keycode,
               GdkModifierType state,
               LzCategoryPicker *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->matches);
  int by = keyval == GDK_KEY_Down ? 1 : keyval == GDK_KEY_Up ? -1 : 0;

  if (by == 0 || row == NULL)
    return FALSE;

  row = gtk_list_box_get_row_at_index (self->matches, gtk_list_box_row_get_index (row) + by);
  if (row != NULL)
    gtk_list_box_select_row (self->matches, row);
  return TRUE;
}

static void
change_clicked_cb (LzCategoryPicker *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  pick (self, NULL);
  show_matches (self);
  lz_category_picker_focus (self);
}

void
lz_category_picker_set_session (LzCategoryPicker *self, LzSession *session)
{
  g_return_if_fail (LZ_IS_CATEGORY_PICKER (self));
  g_return_if_fail (LZ_IS_SESSION (session));

  g_set_object (&self->session, session);
  g_clear_pointer (&self->catalogue, lz_catalogue_unref);
  self->catalogue = lz_catalogue_ref (lz_session_get_catalogue (session));
  self->category = NULL;
  show_matches (self);
}

void
lz_category_picker_set_code (LzCategoryPicker *self, const char *code)
{
  g_return_if_fail (LZ_IS_CATEGORY_PICKER (self));

  self->category = code != NULL ? lz_catalogue_find (self->catalogue, code) : NULL;
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  show_matches (self);
  show_picked (self);
}

const LzCategory *
lz_category_picker_get_category (LzCategoryPicker *self)
{
  g_return_val_if_fail (LZ_IS_CATEGORY_PICKER (self), NULL);

  return self->category;
}

void
lz_category_picker_focus (LzCategoryPicker *self)
{
  g_return_if_fail (LZ_IS_CATEGORY_PICKER (self));

  gtk_widget_grab_focus (self->category == NULL ? GTK_WIDGET (self->search)
                                                : GTK_WIDGET (self->picked));
}

static void
lz_category_picker_dispose (GObject *object)
{
  LzCategoryPicker *self = LZ_CATEGORY_PICKER (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->catalogue, lz_catalogue_unref);
  lz_template_dispose (GTK_WIDGET (self), LZ_TYPE_CATEGORY_PICKER);

  G_OBJECT_CLASS (lz_category_picker_parent_class)->dispose (object);
}

static void
lz_category_picker_class_init (LzCategoryPickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_category_picker_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-category-picker.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "categorypicker");
  gtk_widget_class_bind_template_child (widget_class, LzCategoryPicker, search);
  gtk_widget_class_bind_template_child (widget_class, LzCategoryPicker, matches);
  gtk_widget_class_bind_template_child (widget_class, LzCategoryPicker, picked);
  gtk_widget_class_bind_template_child (widget_class, LzCategoryPicker, picked_name);
  gtk_widget_class_bind_template_child (widget_class, LzCategoryPicker, picked_facts);

  signals[PICKED] = g_signal_new ("picked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
lz_category_picker_init (LzCategoryPicker *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_object_set (self->search, "search-delay", 0, NULL);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (search_key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->search), keys);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (show_matches), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (search_activated_cb), self);
  g_signal_connect_swapped (self->matches, "row-activated", G_CALLBACK (row_activated_cb), self);
  g_signal_connect_swapped (self->picked, "clicked", G_CALLBACK (change_clicked_cb), self);
}
