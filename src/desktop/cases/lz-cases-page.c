/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-cases-page-private.h"

#include <glib/gi18n.h>

#include "lz-map-data.h"
#include "lz-template.h"

#define SEARCH_DELAY_MS 150

G_DEFINE_FINAL_TYPE (LzCasesPage, lz_cases_page, GTK_TYPE_WIDGET)

enum
{
  TOLD,
  MAP_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
_lz_cases_page_tell (LzCasesPage *self, const char *text)
{
  g_signal_emit (self, signals[TOLD], 0, text);
}

/* The list and what is said about it. */

static void
update_summary (LzCasesPage *self)
{
  guint n = lz_case_list_get_n (self->list);
  guint n_selected = _lz_cases_page_count_selected (self);
  g_autofree char *found = g_strdup_printf (ngettext ("%'u case", "%'u cases", n), n);
  g_autofree char *text = n_selected > 1
                              ? g_strdup_printf (_ ("%s · %'u selected"), found, n_selected)
                              : g_strdup (found);

  gtk_label_set_label (self->summary,
                       lz_case_list_is_asking (self->list) ? _ ("Searching…") : text);
  gtk_widget_set_sensitive (GTK_WIDGET (self->selection_button), n_selected > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "cases.copy", n_selected > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "cases.export", n_selected > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "cases.export-all", n > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "cases.note", n_selected > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "cases.show-on-map", n_selected == 1);
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzCasesPage *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LzMapPins) data = lz_map_pins_read_finish (result, &error);

  if (data == NULL)
    return;

  g_assert (LZ_IS_CASES_PAGE (self));
  lz_filter_set_counts (self->filter, &data->counts);
  if (gtk_toggle_button_get_active (self->map_button))
    lz_case_map_take_pins (self->map, g_steal_pointer (&data->pins));
}

static void
count (LzCasesPage *self)
{
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  self->counting = g_cancellable_new ();
  lz_map_pins_read_async (self->session,
                          lz_filter_dup_query (self->filter, LZ_SORT_REPORTED, FALSE),
                          self->in_ledger ? &self->ledger : NULL, self->counting, counted_cb, self);
}

static void
choose_view (LzCasesPage *self)
{
  const char *view = gtk_toggle_button_get_active (self->map_button) ? "map" : "table";

  gtk_stack_set_visible_child_name (self->stack,
                                    lz_case_list_get_n (self->list) > 0 ? view : "empty");
}

static void
map_toggled_cb (LzCasesPage *self)
{
  if (self->list == NULL)
    return;
  choose_view (self);
  count (self);
}

static void
answered_cb (LzCasesPage *self, const GError *error)
{
  if (error != NULL)
    _lz_cases_page_tell (self, lz_error_explain (error));

  choose_view (self);
  update_summary (self);
  count (self); /* only now, so that the list comes first */
}

static void
ask (LzCasesPage *self)
{
  gboolean descending;
  LzSort sort;

  /* Nothing is asked for before the page is seen first. */
  if (self->list == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  self->asked = TRUE;
  sort = lz_case_columns_get_sort (self->columns, &descending);
  if (self->in_ledger)
    lz_ledger_lister_ask (self->list, lz_filter_dup_query (self->filter, sort, descending),
                          &self->ledger);
  else
    lz_case_list_ask (self->list, lz_filter_dup_query (self->filter, sort, descending));
  update_summary (self);
}

static void
filter_changed_cb (LzCasesPage *self)
{
  g_assert (LZ_IS_CASES_PAGE (self));

  gtk_widget_set_visible (self->among_bar, lz_filter_has_among (self->filter));
  self->asked = FALSE;
  ask (self);
}

static void
search_changed_cb (LzCasesPage *self)
{
  lz_filter_set_text (self->filter, gtk_editable_get_text (GTK_EDITABLE (self->search)));
}

static void
search_activated_cb (LzCasesPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
show_all_cb (LzCasesPage *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  lz_filter_reset (self->filter);
}

static void
show_all_action_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  show_all_cb (LZ_CASES_PAGE (widget));
}

static void
lz_cases_page_map (GtkWidget *widget)
{
  LzCasesPage *self = LZ_CASES_PAGE (widget);

  GTK_WIDGET_CLASS (lz_cases_page_parent_class)->map (widget);
  if (!self->asked)
    ask (self);
}

/* The selection. */

static void
show_position (LzCasesPage *self, guint position)
{
  gint64 fid = lz_case_list_get_fid (self->list, position);

  if (fid == 0)
    return;

  lz_case_pane_show_row (self->case_pane, fid);
  adw_flap_set_reveal_flap (self->flap, TRUE);
}

static void
selection_changed_cb (LzCasesPage *self)
{
  g_autoptr (GtkBitset) selected =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  update_summary (self);
  if (gtk_bitset_get_size (selected) == 1 && adw_flap_get_reveal_flap (self->flap))
    show_position (self, gtk_bitset_get_nth (selected, 0));
}

static void
activated_cb (LzCasesPage *self, guint position)
{
  show_position (self, position);
}

static void
show_on_map_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzCasesPage *self = LZ_CASES_PAGE (widget);
  g_autoptr (GArray) fids = _lz_cases_page_dup_selected (self, 1);

  if (fids->len != 1)
    return;
  if (!self->in_ledger)
    {
      g_signal_emit (self, signals[MAP_WANTED], 0, g_array_index (fids, gint64, 0));
      return;
    }
  gtk_toggle_button_set_active (self->map_button, TRUE);
  lz_case_map_select (self->map, g_array_index (fids, gint64, 0));
}

static void
select_all_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (LZ_CASES_PAGE (widget)->selection));
}

static void
map_activated_cb (LzCasesPage *self, gint64 fid)
{
  lz_case_pane_show_row (self->case_pane, fid);
  adw_flap_set_reveal_flap (self->flap, TRUE);
}

/* What the window asks for. */

static void
pane_closed_cb (LzCasesPage *self)
{
  adw_flap_set_reveal_flap (self->flap, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

void
lz_cases_page_focus_search (LzCasesPage *self)
{
  g_return_if_fail (LZ_IS_CASES_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

void
lz_cases_page_take_next_step (LzCasesPage *self)
{
  g_return_if_fail (LZ_IS_CASES_PAGE (self));

  if (adw_flap_get_reveal_flap (self->flap))
    lz_case_pane_take_next_step (self->case_pane);
}

void
lz_cases_page_show_among (LzCasesPage *self, const char *title, const GArray *fids)
{
  g_return_if_fail (LZ_IS_CASES_PAGE (self));
  g_return_if_fail (title != NULL && fids != NULL);

  lz_cases_page_leave (self);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  gtk_label_set_label (self->among_title, title);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->among_title), title);
  lz_filter_set_among (self->filter, fids);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

gboolean
lz_cases_page_leave (LzCasesPage *self)
{
  g_return_val_if_fail (LZ_IS_CASES_PAGE (self), FALSE);

  if (!adw_flap_get_reveal_flap (self->flap))
    return FALSE;

  lz_case_pane_clear (self->case_pane);
  pane_closed_cb (self);
  return TRUE;
}

void
lz_cases_page_set_ledger (LzCasesPage *self, const LzLedgerQuery *ledger)
{
  g_return_if_fail (LZ_IS_CASES_PAGE (self));
  g_return_if_fail (ledger != NULL);

  self->ledger = *ledger;
  self->in_ledger = TRUE;
  self->asked = FALSE;
  ask (self);
}

void
lz_cases_page_add_column (LzCasesPage *self, GtkColumnViewColumn *column, guint position)
{
  g_return_if_fail (LZ_IS_CASES_PAGE (self));

  gtk_column_view_insert_column (self->view, position, column);
}

void
lz_cases_page_set_session (LzCasesPage *self, LzSession *session)
{
  g_return_if_fail (LZ_IS_CASES_PAGE (self));
  g_return_if_fail (LZ_IS_SESSION (session));

  g_set_object (&self->session, session);
  lz_case_pane_set_session (self->case_pane, session);
  lz_filter_bar_set_session (self->filter_bar, session);
  lz_case_map_set_session (self->map, session);
  self->list = lz_case_list_new (session);
  gtk_multi_selection_set_model (self->selection, G_LIST_MODEL (self->list));
  self->columns = lz_case_columns_new (self->view, session);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "columns",
                                  lz_case_columns_get_actions (self->columns));
  gtk_menu_button_set_menu_model (self->columns_button, lz_case_columns_get_menu (self->columns));
  g_signal_connect_object (self->columns, "sorted", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "answered", G_CALLBACK (answered_cb), self,
                           G_CONNECT_SWAPPED);
  ask (self);
}

static void
lz_cases_page_dispose (GObject *object)
{
  LzCasesPage *self = LZ_CASES_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->counting);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->counting);
  g_clear_object (&self->columns);
  g_clear_object (&self->list);
  g_clear_object (&self->filter);
  g_clear_object (&self->session);
  lz_template_dispose (GTK_WIDGET (self), LZ_TYPE_CASES_PAGE);

  G_OBJECT_CLASS (lz_cases_page_parent_class)->dispose (object);
}

static void
lz_cases_page_class_init (LzCasesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_cases_page_dispose;
  widget_class->map = lz_cases_page_map;

  g_type_ensure (LZ_TYPE_CASE_PANE);
  g_type_ensure (LZ_TYPE_FILTER_BAR);
  g_type_ensure (LZ_TYPE_CASE_MAP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-cases-page.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, LzCasesPage, flap);
  gtk_widget_class_bind_template_child (widget_class, LzCasesPage, case_pane);
  gtk_widget_class_bind_template_child (widget_class, LzCasesPage, search);
  gtk_widget_class_bind_template_child (widget_class, LzCasesPage, filter_bar);
  gtk_widget_class_bind_template_child (widget_class, LzCasesPage, columns_button);
  gtk_widget_class_bind_template_child (widget_class, LzCasesPage, among_bar);
  gtk_widget_class_bind_template_child (widget_class, LzCasesPage, among_title);
  gtk_widget_class_bind_template_child (widget_class, LzCasesPage, map_button);
  gtk_widget_class_bind_template_child (widget_class, LzCasesPage, map);
  gtk_widget_class_bind_template_child (widget_class, LzCasesPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LzCasesPage, view);
  gtk_widget_class_bind_template_child (widget_class, LzCasesPage, show_all);
  gtk_widget_class_bind_template_child (widget_class, LzCasesPage, summary);
  gtk_widget_class_bind_template_child (widget_class, LzCasesPage, selection_button);

  gtk_widget_class_install_action (widget_class, "cases.show-on-map", NULL, show_on_map_cb);
  _lz_cases_page_class_install_acts (widget_class);
  gtk_widget_class_install_action (widget_class, "cases.select-all", NULL, select_all_cb);
  gtk_widget_class_install_action (widget_class, "cases.show-all", NULL, show_all_action_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_m, GDK_CONTROL_MASK,
                                       "cases.show-on-map", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_c, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "cases.copy", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "cases.export",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "cases.export-all", NULL);

  signals[TOLD] = g_signal_new ("told", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[MAP_WANTED] = g_signal_new ("map-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                      NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
lz_cases_page_init (LzCasesPage *self)
{
  self->cancellable = g_cancellable_new ();
  self->filter = lz_filter_new (0);
  gtk_widget_init_template (GTK_WIDGET (self));

  self->selection = gtk_multi_selection_new (NULL);
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (self->selection); /* the view holds it */

  lz_filter_bar_set_filter (self->filter_bar, self->filter);
  g_object_set (self->search, "search-delay", SEARCH_DELAY_MS, NULL);
  g_signal_connect_object (self->filter, "changed", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (search_changed_cb), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (search_activated_cb), self);
  g_signal_connect_swapped (self->show_all, "clicked", G_CALLBACK (show_all_cb), self);
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (activated_cb), self);
  g_signal_connect_swapped (self->map_button, "toggled", G_CALLBACK (map_toggled_cb), self);
  g_signal_connect_swapped (self->map, "case-activated", G_CALLBACK (map_activated_cb), self);
  g_signal_connect_swapped (self->case_pane, "closed", G_CALLBACK (pane_closed_cb), self);
}
