/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-filter-bar.h"

#include "lz-template.h"
#include <glib/gi18n.h>

/* A chip: which bit of the filter it stands for; 0 = "all". */
typedef struct
{
  GtkToggleButton *button;
  guint bit;
} Chip;

static const LzLamp lamp_chips[] = { LZ_LAMP_YELLOW, LZ_LAMP_RED };

struct _LzFilterBar
{
  GtkWidget parent_instance;

  GtkBox *dimensions;
  GtkBox *lamps;
  GtkMenuButton *more;
  GtkDropDown *state;
  GtkDropDown *road;
  GtkCheckButton *my_roads;
  GtkButton *reset;

  Chip dimension_chips[LZ_N_DIMENSIONS]; /* [0] is "all" */
  Chip lamp_chips[G_N_ELEMENTS (lamp_chips)];
  LzFilter *filter;
  LzSession *session;
  GPtrArray *shown_roads; /* of the session, as the road list shows them */
  GArray *road_ids;       /* LzId of the drop-down's rows, the first nil */
  gboolean showing;       /* the widgets are being set from the filter */
};

G_DEFINE_FINAL_TYPE (LzFilterBar, lz_filter_bar, GTK_TYPE_WIDGET)

/* Groups of states that people ask for, then each single one. */
static const struct
{
  const char *label;
  guint32 states;
} state_groups[] = {
  { N_ ("Open"), LZ_STATES_OPEN },
  { N_ ("Every state"), 0 },
  { N_ ("Finished"), LZ_STATES_FINAL },
};

static guint32
states_at (guint position)
{
  if (position < G_N_ELEMENTS (state_groups))
    return state_groups[position].states;

  return LZ_STATE_BIT (position - G_N_ELEMENTS (state_groups) + 1);
}

static guint
position_of_states (guint32 states)
{
  guint n = G_N_ELEMENTS (state_groups) + LZ_N_STATES - 1;

  for (guint i = 0; i < n; i++)
    if (states_at (i) == states)
      return i;

  return GTK_INVALID_LIST_POSITION;
}

static guint
chip_count (const LzFilterCounts *counts, gboolean lamp, guint bit)
{
  if (lamp)
    return counts->lamps[bit];

  return bit == 0 ? counts->total : counts->dimensions[bit];
}

static void
show_chip (LzFilterBar *self, const Chip *chip, gboolean lamp)
{
  const LzFilterCounts *counts = lz_filter_get_counts (self->filter);
  guint32 set = lamp ? lz_filter_get_lamps (self->filter) : lz_filter_get_dimensions (self->filter);
  const char *word = lamp            ? lz_lamp_label (chip->bit)
                     : chip->bit > 0 ? lz_dimension_label (chip->bit)
                                     : _ ("All");
  guint n = chip_count (counts, lamp, chip->bit);
  g_autofree char *text = g_strdup_printf ("%s %u", word, n);
  gboolean on = !lamp && chip->bit == 0 ? set == 0 && lz_filter_get_lamps (self->filter) == 0
                                        : (set & (1u << chip->bit)) != 0;

  gtk_button_set_label (GTK_BUTTON (chip->button), text);
  gtk_toggle_button_set_active (chip->button, on);
  /* A dimension nobody logs here takes no room; one that is switched on always can be left. */
  gtk_widget_set_visible (GTK_WIDGET (chip->button),
                          lamp || chip->bit <= LZ_DIMENSION_LIGHT || n > 0 || on);
}

static void
show_filter (LzFilterBar *self)
{
  const LzId *road = lz_filter_get_road (self->filter);

  self->showing = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (self->dimension_chips); i++)
    show_chip (self, &self->dimension_chips[i], FALSE);
  for (guint i = 0; i < G_N_ELEMENTS (self->lamp_chips); i++)
    show_chip (self, &self->lamp_chips[i], TRUE);

  gtk_drop_down_set_selected (self->state,
                              position_of_states (lz_filter_get_states (self->filter)));
  for (guint i = 0; i < self->road_ids->len; i++)
    if (lz_id_equal (&g_array_index (self->road_ids, LzId, i), road))
      gtk_drop_down_set_selected (self->road, i);
  gtk_check_button_set_active (self->my_roads, lz_filter_get_my_roads (self->filter));
  gtk_widget_set_sensitive (GTK_WIDGET (self->reset), !lz_filter_is_default (self->filter));

  if (lz_filter_is_default (self->filter))
    gtk_widget_remove_css_class (GTK_WIDGET (self->more), "accent");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->more), "accent");
  self->showing = FALSE;
}

static void
dimension_toggled_cb (GtkToggleButton *button, LzFilterBar *self)
{
  guint bit = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "bit"));

  if (self->showing || self->filter == NULL)
    return;

  if (bit == 0)
    {
      lz_filter_set_dimensions (self->filter, 0);
      lz_filter_set_lamps (self->filter, 0);
    }
  else
    lz_filter_set_dimensions (self->filter, gtk_toggle_button_get_active (button) ? 1u << bit : 0);
  show_filter (self);
}

static void
lamp_toggled_cb (GtkToggleButton *button, LzFilterBar *self)
{
  guint bit = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "bit"));

  if (self->showing || self->filter == NULL)
    return;

  lz_filter_set_lamps (self->filter, gtk_toggle_button_get_active (button) ? 1u << bit : 0);
  show_filter (self);
}

static void
state_selected_cb (LzFilterBar *self)
{
  guint position = gtk_drop_down_get_selected (self->state);

  if (!self->showing && self->filter != NULL && position != GTK_INVALID_LIST_POSITION)
    lz_filter_set_states (self->filter, states_at (position));
}

static void
road_selected_cb (LzFilterBar *self)
{
  guint position = gtk_drop_down_get_selected (self->road);

  if (!self->showing && self->filter != NULL && position < self->road_ids->len)
    lz_filter_set_road (self->filter, &g_array_index (self->road_ids, LzId, position));
}

static void
my_roads_toggled_cb (LzFilterBar *self)
{
  if (!self->showing && self->filter != NULL)
    lz_filter_set_my_roads (self->filter, gtk_check_button_get_active (self->my_roads));
}

static void
reset_clicked_cb (LzFilterBar *self)
{
  lz_filter_reset (self->filter);
}

static void
filter_changed_cb (LzFilterBar *self)
{
  g_assert (LZ_IS_FILTER_BAR (self));

  show_filter (self);
}

void
lz_filter_bar_set_filter (LzFilterBar *self, LzFilter *filter)
{
  g_return_if_fail (LZ_IS_FILTER_BAR (self));
  g_return_if_fail (LZ_IS_FILTER (filter));

  g_set_object (&self->filter, filter);
  g_signal_connect_object (filter, "changed", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (filter, "counted", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  show_filter (self);
}

static void
show_roads (LzFilterBar *self)
{
  GPtrArray *roads = lz_session_get_roads (self->session);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  LzId nil = { 0 };

  if (roads == self->shown_roads)
    return;

  g_clear_pointer (&self->shown_roads, g_ptr_array_unref);
  self->shown_roads = g_ptr_array_ref (roads);
  g_array_set_size (self->road_ids, 0);
  g_array_append_val (self->road_ids, nil);
  gtk_string_list_append (names, _ ("Every road"));
  for (guint i = 0; i < roads->len; i++)
    {
      const LzRoad *road = roads->pdata[i];

      g_array_append_val (self->road_ids, road->id);
      gtk_string_list_append (names, road->name);
    }

  self->showing = TRUE;
  gtk_drop_down_set_model (self->road, G_LIST_MODEL (names));
  self->showing = FALSE;
  if (self->filter != NULL)
    show_filter (self);
}

void
lz_filter_bar_set_session (LzFilterBar *self, LzSession *session)
{
  g_return_if_fail (LZ_IS_FILTER_BAR (self));
  g_return_if_fail (LZ_IS_SESSION (session));

  g_set_object (&self->session, session);
  g_signal_connect_object (session, "changed", G_CALLBACK (show_roads), self, G_CONNECT_SWAPPED);
  show_roads (self);
}

static Chip
add_chip (LzFilterBar *self, GtkBox *box, guint bit, GCallback toggled)
{
  Chip chip = { GTK_TOGGLE_BUTTON (gtk_toggle_button_new ()), bit };

  gtk_widget_add_css_class (GTK_WIDGET (chip.button), "flat");
  g_object_set_data (G_OBJECT (chip.button), "bit", GUINT_TO_POINTER (bit));
  g_signal_connect (chip.button, "toggled", toggled, self);
  gtk_box_append (box, GTK_WIDGET (chip.button));

  return chip;
}

static void
lz_filter_bar_dispose (GObject *object)
{
  LzFilterBar *self = LZ_FILTER_BAR (object);

  g_clear_object (&self->filter);
  g_clear_object (&self->session);
  g_clear_pointer (&self->shown_roads, g_ptr_array_unref);
  g_clear_pointer (&self->road_ids, g_array_unref);
  lz_template_dispose (GTK_WIDGET (self), LZ_TYPE_FILTER_BAR);

  G_OBJECT_CLASS (lz_filter_bar_parent_class)->dispose (object);
}

static void
lz_filter_bar_class_init (LzFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_filter_bar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-filter-bar.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "filterbar");
  gtk_widget_class_bind_template_child (widget_class, LzFilterBar, dimensions);
  gtk_widget_class_bind_template_child (widget_class, LzFilterBar, lamps);
  gtk_widget_class_bind_template_child (widget_class, LzFilterBar, more);
  gtk_widget_class_bind_template_child (widget_class, LzFilterBar, state);
  gtk_widget_class_bind_template_child (widget_class, LzFilterBar, road);
  gtk_widget_class_bind_template_child (widget_class, LzFilterBar, my_roads);
  gtk_widget_class_bind_template_child (widget_class, LzFilterBar, reset);
}

static void
lz_filter_bar_init (LzFilterBar *self)
{
  g_autoptr (GtkStringList) states = gtk_string_list_new (NULL);
  g_autoptr (GtkExpression) name = NULL;

  self->road_ids = g_array_new (FALSE, TRUE, sizeof (LzId));
  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < LZ_N_DIMENSIONS; i++)
    self->dimension_chips[i] =
        add_chip (self, self->dimensions, i, G_CALLBACK (dimension_toggled_cb));
  for (guint i = 0; i < G_N_ELEMENTS (lamp_chips); i++)
    self->lamp_chips[i] = add_chip (self, self->lamps, lamp_chips[i], G_CALLBACK (lamp_toggled_cb));

  for (guint i = 0; i < G_N_ELEMENTS (state_groups); i++)
    gtk_string_list_append (states, _ (state_groups[i].label));
  for (guint i = 1; i < LZ_N_STATES; i++)
    gtk_string_list_append (states, lz_state_label (i));
  gtk_drop_down_set_model (self->state, G_LIST_MODEL (states));

  name = gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");
  gtk_drop_down_set_expression (self->road, name);

  g_signal_connect_swapped (self->state, "notify::selected", G_CALLBACK (state_selected_cb), self);
  g_signal_connect_swapped (self->road, "notify::selected", G_CALLBACK (road_selected_cb), self);
  g_signal_connect_swapped (self->my_roads, "toggled", G_CALLBACK (my_roads_toggled_cb), self);
  g_signal_connect_swapped (self->reset, "clicked", G_CALLBACK (reset_clicked_cb), self);
}
