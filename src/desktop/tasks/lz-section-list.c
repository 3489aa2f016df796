/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-section-list.h"

#include <glib/gi18n.h>

#include "lz-badge.h"
#include "lz-names.h"

/* More than these are shown only while something waits in them. */
#define MANY 12

struct _LzSectionList
{
  GtkWidget parent_instance;

  GtkListBox *list;

  GArray *sections; /* LzSection */
  GArray *counts;   /* LzTaskCount */
  GPtrArray *rows;  /* GtkListBoxRow by section, lent by the list */
};

G_DEFINE_FINAL_TYPE (LzSectionList, lz_section_list, GTK_TYPE_WIDGET)

enum
{
  CHOSEN,
  ENTERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GtkWidget *
new_count (const char *name)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_widget_add_css_class (label, "badge");
  gtk_widget_add_css_class (label, "count");
  gtk_widget_set_name (label, name);
  gtk_widget_set_visible (label, FALSE);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  return label;
}

static GtkWidget *
new_row (const LzSection *section, guint index)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (lz_section_label (section));
  GtkWidget *lamp = gtk_image_new ();
  GtkWidget *overdue = new_count ("overdue");
  GtkWidget *all = new_count ("all");

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_image_set_pixel_size (GTK_IMAGE (lamp), 12);
  gtk_widget_set_visible (lamp, FALSE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), lamp);
  gtk_box_append (GTK_BOX (box), overdue);
  gtk_box_append (GTK_BOX (box), all);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), "index", GUINT_TO_POINTER (index));
  g_object_set_data (G_OBJECT (row), "lamp", lamp);
  g_object_set_data (G_OBJECT (row), "overdue", overdue);
  g_object_set_data (G_OBJECT (row), "all", all);
  return row;
}

static const LzSection *
get_section (LzSectionList *self, GtkListBoxRow *row)
{
  return &g_array_index (self->sections, LzSection,
                         GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "index")));
}

static void
header_cb (GtkListBoxRow *row, GtkListBoxRow *before, gpointer user_data)
{
  LzSectionList *self = user_data;
  GtkWidget *heading;

  if (before != NULL && get_section (self, before)->role == get_section (self, row)->role)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }

  heading = gtk_label_new (lz_role_label (get_section (self, row)->role));
  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "section-heading");
  gtk_list_box_row_set_header (row, heading);
}

static gboolean
is_shown (GtkListBoxRow *row, gpointer user_data)
{
  LzSectionList *self = user_data;
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "index"));
  guint first;

  return self->sections->len <= MANY || self->counts == NULL ||
         g_array_index (self->counts, LzTaskCount, index).n > 0 ||
         gtk_list_box_row_is_selected (row) || !lz_section_list_find_first (self, &first);
}

static void
set_count (GtkWidget *row, const char *which, guint n)
{
  GtkWidget *label = g_object_get_data (G_OBJECT (row), which);
  g_autofree char *text = g_strdup_printf ("%'u", n);

  gtk_label_set_label (GTK_LABEL (label), text);
  gtk_widget_set_visible (label, n > 0);
}

static void
show_count (LzSectionList *self, GtkWidget *row, const LzTaskCount *count)
{
  GtkWidget *lamp = g_object_get_data (G_OBJECT (row), "lamp");
  GtkWidget *overdue = g_object_get_data (G_OBJECT (row), "overdue");
  g_autofree char *told = NULL;
  g_autofree char *tooltip = NULL;

  lz_badge_set_lamp (GTK_IMAGE (lamp), count->n_overdue > 0  ? LZ_LAMP_RED
                                       : count->n_warned > 0 ? LZ_LAMP_YELLOW
                                                             : LZ_LAMP_GREEN);
  gtk_widget_set_visible (lamp, count->n_overdue > 0 || count->n_warned > 0);
  set_count (row, "overdue", count->n_overdue);
  lz_badge_set_class (overdue, "lamp-", "lamp-red");
  set_count (row, "all", count->n);
  tooltip = g_strdup_printf (_ ("%u overdue"), count->n_overdue);
  gtk_widget_set_tooltip_text (overdue, tooltip);
  told = g_strdup_printf (_ ("%s, %u cases, %u overdue"),
                          lz_section_label (get_section (self, GTK_LIST_BOX_ROW (row))), count->n,
                          count->n_overdue);
  lz_names_set_row (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row)), told);
}

static void
show_counts (LzSectionList *self)
{
  for (guint i = 0; i < self->rows->len && self->counts != NULL; i++)
    show_count (self, self->rows->pdata[i], &g_array_index (self->counts, LzTaskCount, i));
  gtk_list_box_invalidate_filter (self->list);
}

void
lz_section_list_set_sections (LzSectionList *self, GArray *sections)
{
  GtkWidget *child;

  g_return_if_fail (LZ_IS_SECTION_LIST (self));
  g_return_if_fail (sections != NULL);

  g_clear_pointer (&self->counts, g_array_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  g_ptr_array_set_size (self->rows, 0);
  g_array_ref (sections);
  g_clear_pointer (&self->sections, g_array_unref);
  self->sections = sections;
  for (guint i = 0; i < sections->len; i++)
    {
      GtkWidget *row = new_row (&g_array_index (sections, LzSection, i), i);

      g_ptr_array_add (self->rows, row);
      gtk_list_box_append (self->list, row);
    }
}

void
lz_section_list_set_counts (LzSectionList *self, GArray *counts)
{
  g_return_if_fail (LZ_IS_SECTION_LIST (self));
  g_return_if_fail (counts != NULL && counts->len == self->rows->len);

  g_array_ref (counts);
  g_clear_pointer (&self->counts, g_array_unref);
  self->counts = counts;
  show_counts (self);
}

void
lz_section_list_choose (LzSectionList *self, guint index)
{
  g_return_if_fail (LZ_IS_SECTION_LIST (self));

  if (index < self->rows->len)
    gtk_list_box_select_row (self->list, self->rows->pdata[index]);
}

void
lz_section_list_take_focus (LzSectionList *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (LZ_IS_SECTION_LIST (self));

  row = gtk_list_box_get_selected_row (self->list);
  if (row != NULL)
    gtk_widget_grab_focus (GTK_WIDGET (row));
  else
    gtk_widget_child_focus (GTK_WIDGET (self->list), GTK_DIR_TAB_FORWARD);
}

gboolean
lz_section_list_find_first (LzSectionList *self, guint *index)
{
  g_return_val_if_fail (LZ_IS_SECTION_LIST (self), FALSE);

  for (guint i = 0; self->counts != NULL && i < self->rows->len; i++)
    if (g_array_index (self->counts, LzTaskCount, i).n > 0)
      {
        *index = i;
        return TRUE;
      }

  return FALSE;
}

static void
row_selected_cb (LzSectionList *self, GtkListBoxRow *row)
{
  if (row != NULL)
    g_signal_emit (self, signals[CHOSEN], 0,
                   GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "index")));
}

static void
row_activated_cb (LzSectionList *self)
{
  g_signal_emit (self, signals[ENTERED], 0);
}

static void
lz_section_list_dispose (GObject *object)
{
  LzSectionList *self = LZ_SECTION_LIST (object);

  if (self->list != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->list));
  self->list = NULL;
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->sections, g_array_unref);
  g_clear_pointer (&self->counts, g_array_unref);

  G_OBJECT_CLASS (lz_section_list_parent_class)->dispose (object);
}

static void
lz_section_list_class_init (LzSectionListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_section_list_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "sectionlist");

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
  signals[ENTERED] = g_signal_new ("entered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
lz_section_list_init (LzSectionList *self)
{
  self->rows = g_ptr_array_new ();
  self->sections = g_array_new (FALSE, FALSE, sizeof (LzSection));
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("My Work"), -1);
  gtk_list_box_set_header_func (self->list, header_cb, self, NULL);
  gtk_list_box_set_filter_func (self->list, is_shown, self, NULL);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (row_selected_cb), self);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
}
