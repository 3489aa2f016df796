/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-desk-item.h"

#include <glib/gi18n.h>

#include "lz-names.h"
#include "lz-road-file.h"
#include "lz-words.h"

struct _LzDeskItem
{
  GObject parent_instance;

  LzDeskRoad *road;
};

G_DEFINE_FINAL_TYPE (LzDeskItem, lz_desk_item, G_TYPE_OBJECT)

typedef enum
{
  COLUMN_NAME,
  COLUMN_HEALTH,
  COLUMN_OPEN,
  COLUMN_OVERDUE,
  COLUMN_PATROL,
  COLUMN_CHIEFS,
  N_COLUMNS
} Column;

static void
lz_desk_item_finalize (GObject *object)
{
  lz_desk_road_free (LZ_DESK_ITEM (object)->road);
  G_OBJECT_CLASS (lz_desk_item_parent_class)->finalize (object);
}

static void
lz_desk_item_class_init (LzDeskItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lz_desk_item_finalize;
}

static void
lz_desk_item_init (LzDeskItem *self)
{
}

LzDeskItem *
lz_desk_item_new (LzDeskRoad *road)
{
  LzDeskItem *self = g_object_new (LZ_TYPE_DESK_ITEM, NULL);

  self->road = road;
  return self;
}

const LzDeskRoad *
lz_desk_item_get (LzDeskItem *self)
{
  g_return_val_if_fail (LZ_IS_DESK_ITEM (self), NULL);

  return self->road;
}

static char *
dup_patrol (const LzDeskRoad *road, int offset_min)
{
  g_autofree char *when =
      road->patrolled_ms > 0 ? lz_words_dup_time (road->patrolled_ms, lz_session_now (), offset_min)
                             : NULL;

  if (road->facts.patrol_overdue == 0)
    return when != NULL ? g_steal_pointer (&when) : g_strdup ("—");
  return when != NULL ? g_strdup_printf (_ ("overdue · %s"), when) : g_strdup (_ ("overdue"));
}

static char *
dup_text (const LzDeskRoad *road, Column column, int offset_min)
{
  switch (column)
    {
    case COLUMN_HEALTH:
      return g_strdup_printf ("%d", road->health);
    case COLUMN_OPEN:
      return g_strdup_printf ("%u", road->facts.open);
    case COLUMN_OVERDUE:
      return g_strdup_printf ("%u", road->facts.overdue);
    case COLUMN_PATROL:
      return dup_patrol (road, offset_min);
    case COLUMN_CHIEFS:
      return g_strdup (road->chiefs);
    case COLUMN_NAME:
    case N_COLUMNS:
    default:
      return g_strdup (road->road->name);
    }
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  Column column = (Column) GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "column"));
  GtkWidget *label = gtk_label_new (NULL);
  GtkWidget *box;

  lz_names_leave_clicks_to_row (list_item);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (label),
                        column == COLUMN_OPEN || column == COLUMN_OVERDUE ? 1 : 0);
  if (column != COLUMN_HEALTH)
    {
      gtk_list_item_set_child (list_item, label);
      return;
    }
  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_append (GTK_BOX (box), gtk_image_new ());
  gtk_image_set_pixel_size (GTK_IMAGE (gtk_widget_get_first_child (box)), 12);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_item_set_child (list_item, box);
}

static void
set_class (GtkWidget *widget, const char *css_class, gboolean set)
{
  if (set)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer data)
{
  Column column = (Column) GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (factory), "column"));
  const LzDeskRoad *road = lz_desk_item_get (gtk_list_item_get_item (list_item));
  GtkWidget *child = gtk_list_item_get_child (list_item);
  g_autofree char *text = dup_text (road, column, GPOINTER_TO_INT (data));

  if (column == COLUMN_HEALTH)
    {
      lz_road_file_set_grade (GTK_IMAGE (gtk_widget_get_first_child (child)), road->grade);
      gtk_widget_set_tooltip_text (child, lz_health_grade_label (road->grade));
      child = gtk_widget_get_last_child (child);
    }
  gtk_label_set_label (GTK_LABEL (child), text);
  set_class (child, "error",
             (column == COLUMN_OVERDUE && road->facts.overdue > 0) ||
                 (column == COLUMN_PATROL && road->facts.patrol_overdue > 0));
  if (column == COLUMN_NAME)
    {
      g_autofree char *told = g_strdup_printf (_ ("%s, health %d, %u open, %u overdue"), text,
                                               road->health, road->facts.open, road->facts.overdue);

      lz_names_set_row (child, told);
    }
}

static int
compare_numbers (gint64 a, gint64 b)
{
  return (a > b) - (a < b);
}

static int
compare_cb (gconstpointer a, gconstpointer b, gpointer data)
{
  const LzDeskRoad *first = ((const LzDeskItem *) a)->road;
  const LzDeskRoad *second = ((const LzDeskItem *) b)->road;

  switch ((Column) GPOINTER_TO_UINT (data))
    {
    case COLUMN_HEALTH:
      return compare_numbers (first->health, second->health);
    case COLUMN_OPEN:
      return compare_numbers (first->facts.open, second->facts.open);
    case COLUMN_OVERDUE:
      return compare_numbers (first->facts.overdue, second->facts.overdue);
    case COLUMN_PATROL:
      return compare_numbers (first->patrolled_ms, second->patrolled_ms);
    case COLUMN_CHIEFS:
      return g_utf8_collate (first->chiefs, second->chiefs);
    case COLUMN_NAME:
    case N_COLUMNS:
    default:
      return g_utf8_collate (first->road->name, second->road->name);
    }
}

void
lz_desk_item_add_columns (GtkColumnView *view, int offset_min)
{
  static const char *const titles[N_COLUMNS] = {
    N_ ("Road"), N_ ("Health"), N_ ("Open"), N_ ("Overdue"), N_ ("Last Patrol"), N_ ("Road Chiefs"),
  };
  static const int widths[N_COLUMNS] = { 130, 78, 64, 82, 150, -1 };

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
      GtkColumnViewColumn *column;
      g_autoptr (GtkSorter) sorter =
          GTK_SORTER (gtk_custom_sorter_new (compare_cb, GUINT_TO_POINTER (i), NULL));

      g_object_set_data (G_OBJECT (factory), "column", GUINT_TO_POINTER (i));
      g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
      g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), GINT_TO_POINTER (offset_min));
      column = gtk_column_view_column_new (_ (titles[i]), factory);
      gtk_column_view_column_set_sorter (column, sorter);
      gtk_column_view_column_set_resizable (column, TRUE);
      if (widths[i] > 0)
        gtk_column_view_column_set_fixed_width (column, widths[i]);
      gtk_column_view_column_set_expand (column, i == COLUMN_CHIEFS);
      gtk_column_view_append_column (view, column);
      if (i == COLUMN_HEALTH)
        gtk_column_view_sort_by_column (view, column, GTK_SORT_ASCENDING);
      g_object_unref (column);
    }
}
