/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-unit-menu.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lz-template.h"

/* Between the units of one text, as they are kept and printed; those that people type are read too.
 */
#define BETWEEN "、"

struct _LzUnitMenu
{
  GtkWidget parent_instance;

  GtkMenuButton *button;
  GtkLabel *chosen;
  GtkSearchEntry *search;
  GtkBox *units;
};

G_DEFINE_FINAL_TYPE (LzUnitMenu, lz_unit_menu, GTK_TYPE_WIDGET)

static const char *
get_unit (GtkWidget *check)
{
  return gtk_check_button_get_label (GTK_CHECK_BUTTON (check));
}

static GtkWidget *
find_check (LzUnitMenu *self, const char *unit)
{
  GtkWidget *check = gtk_widget_get_first_child (GTK_WIDGET (self->units));

  while (check != NULL && !g_str_equal (get_unit (check), unit))
    check = gtk_widget_get_next_sibling (check);
  return check;
}

/**
 * lz_unit_menu_dup_chosen:
 * @self: a menu
 *
 * Returns: (transfer full): the names of the ticked units with "、" between; "" = none
 */
char *
lz_unit_menu_dup_chosen (LzUnitMenu *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (LZ_IS_UNIT_MENU (self), NULL);

  for (GtkWidget *check = gtk_widget_get_first_child (GTK_WIDGET (self->units)); check != NULL;
       check = gtk_widget_get_next_sibling (check))
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
      g_string_append_printf (text, "%s%s", text->len > 0 ? BETWEEN : "", get_unit (check));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_chosen (LzUnitMenu *self)
{
  g_autofree char *chosen = lz_unit_menu_dup_chosen (self);
  const char *text = *chosen != '\0' ? chosen : _ ("None");
  g_autofree char *name = g_strdup_printf (_ ("Assisting units: %s"), text);

  gtk_label_set_label (self->chosen, text);
  /* The focus is on the button inside the button. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (
                                      gtk_widget_get_first_child (GTK_WIDGET (self->button))),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

static GtkWidget *
add_check (LzUnitMenu *self, const char *unit)
{
  GtkWidget *check = gtk_check_button_new_with_label (unit);

  g_signal_connect_object (check, "toggled", G_CALLBACK (show_chosen), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->units, check);
  return check;
}

/**
 * lz_unit_menu_set_units:
 * @self: a menu
 * @units: (element-type utf8): every unit that can be ticked; what is ticked stays so
 */
void
lz_unit_menu_set_units (LzUnitMenu *self, const GPtrArray *units)
{
  g_autofree char *chosen = NULL;
  GtkWidget *check;

  g_return_if_fail (LZ_IS_UNIT_MENU (self));
  g_return_if_fail (units != NULL);

  chosen = lz_unit_menu_dup_chosen (self);
  while ((check = gtk_widget_get_first_child (GTK_WIDGET (self->units))) != NULL)
    gtk_box_remove (self->units, check);
  for (guint i = 0; i < units->len; i++)
    add_check (self, units->pdata[i]);
  lz_unit_menu_set_chosen (self, chosen);
}

/**
 * lz_unit_menu_set_chosen:
 * @self: a menu
 * @chosen: (nullable): names with commas of any kind between; one that is not known is offered too
 */
void
lz_unit_menu_set_chosen (LzUnitMenu *self, const char *chosen)
{
  g_autofree char *plain = NULL;
  g_auto (GStrv) parts = NULL;

  g_return_if_fail (LZ_IS_UNIT_MENU (self));

  plain = g_strdelimit (g_strdup (chosen != NULL ? chosen : ""), ",;", '\n');
  for (const char *comma[] = { BETWEEN, "，", "；", NULL }, **at = comma; *at != NULL; at++)
    {
      g_auto (GStrv) pieces = g_strsplit (plain, *at, -1);

      g_free (plain);
      plain = g_strjoinv ("\n", pieces);
    }
  parts = g_strsplit (plain, "\n", -1);

  for (GtkWidget *check = gtk_widget_get_first_child (GTK_WIDGET (self->units)); check != NULL;
       check = gtk_widget_get_next_sibling (check))
    gtk_check_button_set_active (GTK_CHECK_BUTTON (check), FALSE);
  for (guint i = 0; parts[i] != NULL; i++)
    {
      const char *unit = g_strstrip (parts[i]);
      GtkWidget *check = *unit != '\0' ? find_check (self, unit) : NULL;

      if (check == NULL && *unit != '\0')
        check = add_check (self, unit);
      if (check != NULL)
        gtk_check_button_set_active (GTK_CHECK_BUTTON (check), TRUE);
    }
  show_chosen (self);
}

static void
search_changed_cb (LzUnitMenu *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  for (GtkWidget *check = gtk_widget_get_first_child (GTK_WIDGET (self->units)); check != NULL;
       check = gtk_widget_get_next_sibling (check))
    gtk_widget_set_visible (check, strstr (get_unit (check), text) != NULL);
}

static void
lz_unit_menu_dispose (GObject *object)
{
  lz_template_dispose (GTK_WIDGET (object), LZ_TYPE_UNIT_MENU);

  G_OBJECT_CLASS (lz_unit_menu_parent_class)->dispose (object);
}

static void
lz_unit_menu_class_init (LzUnitMenuClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_unit_menu_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-unit-menu.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, LzUnitMenu, button);
  gtk_widget_class_bind_template_child (widget_class, LzUnitMenu, chosen);
  gtk_widget_class_bind_template_child (widget_class, LzUnitMenu, search);
  gtk_widget_class_bind_template_child (widget_class, LzUnitMenu, units);
}

static void
lz_unit_menu_init (LzUnitMenu *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (search_changed_cb), self);
  show_chosen (self);
}
