/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-road-item.h"

#include <glib/gi18n.h>

#include "lz-badge.h"
#include "lz-names.h"
#include "lz-words.h"

struct _LzRoadItem
{
  GObject parent_instance;

  LzId id;
  char *name;
  char *between;
  double length_m;
  guint level;
  LzRoadTally tally;
};

G_DEFINE_FINAL_TYPE (LzRoadItem, lz_road_item, G_TYPE_OBJECT)

LzRoadItem *
lz_road_item_new (const LzRoad *road, const LzRoadTally *tally)
{
  LzRoadItem *self = g_object_new (LZ_TYPE_ROAD_ITEM, NULL);

  self->id = road->id;
  self->name = g_strdup (road->name);
  if (road->from_name != NULL && road->to_name != NULL)
    self->between = g_strdup_printf ("%s — %s", road->from_name, road->to_name);
  self->length_m = road->length_m;
  self->level = road->level;
  if (tally != NULL)
    self->tally = *tally;

  return self;
}

const LzId *
lz_road_item_get_id (LzRoadItem *self)
{
  g_return_val_if_fail (LZ_IS_ROAD_ITEM (self), NULL);

  return &self->id;
}

const char *
lz_road_item_get_name (LzRoadItem *self)
{
  g_return_val_if_fail (LZ_IS_ROAD_ITEM (self), NULL);

  return self->name;
}

static LzLamp
get_lamp (LzRoadItem *self)
{
  if (self->tally.n_overdue > 0)
    return LZ_LAMP_RED;
  if (self->tally.n_warned > 0)
    return LZ_LAMP_YELLOW;

  return LZ_LAMP_GREEN;
}

static char *
dup_subtitle (LzRoadItem *self)
{
  g_autofree char *length = lz_words_dup_length (self->length_m);

  if (self->level > 0)
    return g_strdup_printf ("%s · %s", lz_road_level_label (self->level), length);
  if (self->between != NULL)
    return g_strdup_printf ("%s · %s", length, self->between);

  return g_steal_pointer (&length);
}

/* The row's widgets, kept on its box. */
typedef struct
{
  GtkImage *lamp;
  GtkLabel *name;
  GtkLabel *open;
  GtkLabel *overdue;
  GtkLabel *subtitle;
} Row;

static GtkLabel *
append_label (GtkWidget *box, const char *css_class)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (label));

  return label;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);
  Row *row = g_new0 (Row, 1);

  row->lamp = GTK_IMAGE (gtk_image_new ());
  gtk_image_set_pixel_size (row->lamp, 12);
  gtk_box_append (GTK_BOX (line), GTK_WIDGET (row->lamp));
  row->name = append_label (line, NULL);
  gtk_widget_set_hexpand (GTK_WIDGET (row->name), TRUE);
  row->open = append_label (line, "count");
  gtk_label_set_ellipsize (row->open, PANGO_ELLIPSIZE_NONE);
  row->overdue = append_label (line, "badge");
  gtk_label_set_ellipsize (row->overdue, PANGO_ELLIPSIZE_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (row->overdue), "lamp-red");
  gtk_box_append (GTK_BOX (box), line);
  row->subtitle = append_label (box, "dim-label");
  gtk_widget_add_css_class (GTK_WIDGET (row->subtitle), "caption");

  gtk_widget_add_css_class (box, "road-row");
  g_object_set_data_full (G_OBJECT (box), "row", row, g_free);
  gtk_list_item_set_child (list_item, box);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, gpointer user_data)
{
  LzRoadItem *self = gtk_list_item_get_item (list_item);
  GtkWidget *box = gtk_list_item_get_child (list_item);
  Row *row = g_object_get_data (G_OBJECT (box), "row");
  g_autofree char *open = g_strdup_printf ("%u", self->tally.n_open);
  g_autofree char *overdue = g_strdup_printf (_ ("overdue %u"), self->tally.n_overdue);
  g_autofree char *subtitle = dup_subtitle (self);
  g_autofree char *told = g_strdup_printf (_ ("%s, %u open, %u overdue, %s"), self->name,
                                           self->tally.n_open, self->tally.n_overdue, subtitle);

  lz_badge_set_lamp (row->lamp, get_lamp (self));
  gtk_label_set_label (row->name, self->name);
  gtk_label_set_label (row->open, open);
  gtk_label_set_label (row->overdue, overdue);
  gtk_widget_set_visible (GTK_WIDGET (row->overdue), self->tally.n_overdue > 0);
  gtk_label_set_label (row->subtitle, subtitle);
  gtk_widget_set_tooltip_text (box, self->between);
  lz_names_set_row (box, told);
}

GtkListItemFactory *
lz_road_item_new_factory (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);

  return factory;
}

static void
lz_road_item_finalize (GObject *object)
{
  LzRoadItem *self = LZ_ROAD_ITEM (object);

  g_free (self->name);
  g_free (self->between);

  G_OBJECT_CLASS (lz_road_item_parent_class)->finalize (object);
}

static void
lz_road_item_class_init (LzRoadItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lz_road_item_finalize;
}

static void
lz_road_item_init (LzRoadItem *self)
{
}
