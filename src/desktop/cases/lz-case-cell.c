/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-case-cell.h"

#include "lz-template.h"

typedef struct
{
  LzSession *session;
  LzCaseItem *item;
} LzCaseCellPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (LzCaseCell, lz_case_cell, GTK_TYPE_WIDGET)

static void
show_row (LzCaseCell *self)
{
  LzCaseCellPrivate *priv = lz_case_cell_get_instance_private (self);

  LZ_CASE_CELL_GET_CLASS (self)->show_row (self, priv->session, lz_case_item_get_row (priv->item));
}

static void
set_item (LzCaseCell *self, LzCaseItem *item)
{
  LzCaseCellPrivate *priv = lz_case_cell_get_instance_private (self);

  if (priv->item == item)
    return;

  if (priv->item != NULL)
    g_signal_handlers_disconnect_by_data (priv->item, self);
  g_set_object (&priv->item, item);
  if (item != NULL)
    {
      g_signal_connect_swapped (item, "notify::row", G_CALLBACK (show_row), self);
      show_row (self);
    }
}

/* -- the factory --------------------------------------------------------------------------------
 */

static GQuark
type_quark (void)
{
  return g_quark_from_static_string ("lz-case-cell-type");
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, LzSession *session)
{
  GType type = GPOINTER_TO_SIZE (g_object_get_qdata (G_OBJECT (factory), type_quark ()));
  LzCaseCell *self = g_object_new (type, NULL);
  LzCaseCellPrivate *priv = lz_case_cell_get_instance_private (self);

  priv->session = g_object_ref (session);
  gtk_list_item_set_child (list_item, GTK_WIDGET (self));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, LzSession *session)
{
  set_item (LZ_CASE_CELL (gtk_list_item_get_child (list_item)), gtk_list_item_get_item (list_item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, LzSession *session)
{
  set_item (LZ_CASE_CELL (gtk_list_item_get_child (list_item)), NULL);
}

GtkListItemFactory *
lz_case_cell_new_factory (GType type, LzSession *session)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_return_val_if_fail (g_type_is_a (type, LZ_TYPE_CASE_CELL), NULL);

  g_object_set_qdata (G_OBJECT (factory), type_quark (), GSIZE_TO_POINTER (type));
  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), session, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), session, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), session, 0);
  return factory;
}

/* -- its life -----------------------------------------------------------------------------------
 */

static void
lz_case_cell_dispose (GObject *object)
{
  LzCaseCell *self = LZ_CASE_CELL (object);
  LzCaseCellPrivate *priv = lz_case_cell_get_instance_private (self);

  set_item (self, NULL);
  g_clear_object (&priv->session);
  lz_template_dispose (GTK_WIDGET (self), G_OBJECT_TYPE (self));

  G_OBJECT_CLASS (lz_case_cell_parent_class)->dispose (object);
}

void
lz_case_cell_class_set_up (gpointer klass, const char *resource, const char *css_name)
{
  gtk_widget_class_set_template_from_resource (klass, resource);
  gtk_widget_class_set_css_name (klass, css_name);
}

static void
lz_case_cell_class_init (LzCaseCellClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lz_case_cell_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
lz_case_cell_init (LzCaseCell *self)
{
}
