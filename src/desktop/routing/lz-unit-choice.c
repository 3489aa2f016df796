/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-unit-choice.h"

#include <glib/gi18n.h>

#include "lz-route-jobs.h"
#include "lz-template.h"
#include "lz-unit-menu.h"

struct _LzUnitChoice
{
  GtkWidget parent_instance;

  GtkLabel *unit_label;
  GtkComboBoxText *unit;
  GtkLabel *hint;
  LzUnitMenu *assist;

  LzCase *item; /* whose unit is proposed; %NULL: none is */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (LzUnitChoice, lz_unit_choice, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static GtkEditable *
get_entry (LzUnitChoice *self)
{
  return GTK_EDITABLE (gtk_combo_box_get_child (GTK_COMBO_BOX (self->unit)));
}

static void
show_hint (LzUnitChoice *self, const char *text)
{
  gtk_label_set_label (self->hint, text);
  gtk_widget_set_visible (GTK_WIDGET (self->hint), *text != '\0');
}

/**
 * lz_unit_choice_set_units:
 * @self: a choice
 * @units: (element-type utf8): every unit that can be chosen; what is chosen stays so
 */
void
lz_unit_choice_set_units (LzUnitChoice *self, const GPtrArray *units)
{
  g_autofree char *chosen = NULL;

  g_return_if_fail (LZ_IS_UNIT_CHOICE (self));
  g_return_if_fail (units != NULL);

  chosen = g_strdup (gtk_editable_get_text (get_entry (self)));
  gtk_combo_box_text_remove_all (self->unit);
  for (guint i = 0; i < units->len; i++)
    gtk_combo_box_text_append_text (self->unit, units->pdata[i]);
  gtk_editable_set_text (get_entry (self), chosen);
  lz_unit_menu_set_units (self->assist, units);
}

/**
 * lz_unit_choice_set_chosen:
 * @self: a choice
 * @unit: (nullable): who handles it
 * @assist: (nullable): who assists, with commas between
 */
void
lz_unit_choice_set_chosen (LzUnitChoice *self, const char *unit, const char *assist)
{
  g_return_if_fail (LZ_IS_UNIT_CHOICE (self));

  gtk_editable_set_text (get_entry (self), unit != NULL ? unit : "");
  lz_unit_menu_set_chosen (self->assist, assist);
}

char *
lz_unit_choice_dup_unit (LzUnitChoice *self)
{
  g_return_val_if_fail (LZ_IS_UNIT_CHOICE (self), NULL);

  return g_strstrip (g_strdup (gtk_editable_get_text (get_entry (self))));
}

char *
lz_unit_choice_dup_assist (LzUnitChoice *self)
{
  g_return_val_if_fail (LZ_IS_UNIT_CHOICE (self), NULL);

  return lz_unit_menu_dup_chosen (self->assist);
}

static void
propose (LzUnitChoice *self, const LzRoute *route)
{
  const LzCase *item = self->item;
  g_autofree char *hint = NULL;

  /* Who has just returned it is not asked again without a thought. */
  if (lz_case_was_returned (item) && g_strcmp0 (route->unit, item->unit) == 0)
    {
      hint = g_strdup_printf (_ ("%s returned it. Choose another unit, or the same again."),
                              item->unit);
      show_hint (self, hint);
      return;
    }

  if (route->unit == NULL)
    hint = g_strdup (_ ("No unit has the duty: you decide."));
  else
    /* Translators: where the proposed unit comes from, e.g. "Proposed from: The office's own" */
    hint = g_strdup_printf (_ ("Proposed from: %s"), lz_route_source_label (route->source));
  show_hint (self, hint);
  lz_unit_choice_set_chosen (self, route->unit, route->assist);
}

static void
table_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzUnitChoice *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LzRouteTable) table = lz_route_table_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_UNIT_CHOICE (self));
  if (table == NULL)
    {
      show_hint (self, lz_error_explain (error));
      return;
    }

  lz_unit_choice_set_units (self, table->units);
  for (guint i = 0; self->item != NULL && i < table->routes->len; i++)
    {
      const LzRoute *route = table->routes->pdata[i];

      if (g_strcmp0 (route->category, self->item->category) == 0)
        propose (self, route);
    }
}

/**
 * lz_unit_choice_offer:
 * @self: a choice
 * @session: the session
 *
 * Reads the known units, with nobody chosen.
 */
void
lz_unit_choice_offer (LzUnitChoice *self, LzSession *session)
{
  g_return_if_fail (LZ_IS_UNIT_CHOICE (self));
  g_return_if_fail (LZ_IS_SESSION (session));

  gtk_entry_set_placeholder_text (GTK_ENTRY (get_entry (self)), _ ("By the duties, case by case"));
  lz_route_table_read_async (session, self->cancellable, table_read_cb, self);
}

/**
 * lz_unit_choice_propose:
 * @self: a choice
 * @session: the session
 * @item: a case
 *
 * Reads the known units and chooses whom the office's duties name for the case's category; where
 * the office names none, whom the plan names.
 */
void
lz_unit_choice_propose (LzUnitChoice *self, LzSession *session, const LzCase *item)
{
  g_return_if_fail (LZ_IS_UNIT_CHOICE (self));
  g_return_if_fail (LZ_IS_SESSION (session));
  g_return_if_fail (item != NULL);

  g_clear_pointer (&self->item, lz_case_free);
  self->item = lz_case_copy (item);
  lz_route_table_read_async (session, self->cancellable, table_read_cb, self);
}

static void
unit_changed_cb (LzUnitChoice *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
lz_unit_choice_dispose (GObject *object)
{
  LzUnitChoice *self = LZ_UNIT_CHOICE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->item, lz_case_free);
  lz_template_dispose (GTK_WIDGET (self), LZ_TYPE_UNIT_CHOICE);

  G_OBJECT_CLASS (lz_unit_choice_parent_class)->dispose (object);
}

static void
lz_unit_choice_class_init (LzUnitChoiceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_unit_choice_dispose;
  g_type_ensure (LZ_TYPE_UNIT_MENU);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-unit-choice.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, LzUnitChoice, unit_label);
  gtk_widget_class_bind_template_child (widget_class, LzUnitChoice, unit);
  gtk_widget_class_bind_template_child (widget_class, LzUnitChoice, hint);
  gtk_widget_class_bind_template_child (widget_class, LzUnitChoice, assist);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
lz_unit_choice_init (LzUnitChoice *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->cancellable = g_cancellable_new ();
  /* A screen reader stands in the entry, not in the box around it. */
  gtk_accessible_update_relation (GTK_ACCESSIBLE (get_entry (self)),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY, self->unit_label, NULL, -1);
  g_signal_connect_swapped (self->unit, "changed", G_CALLBACK (unit_changed_cb), self);
}
