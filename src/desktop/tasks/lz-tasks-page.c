/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-tasks-page-private.h"

#include "lz-names.h"
#include "lz-paper-print.h"
#include "lz-task-row.h"
#include "lz-template.h"

/* From this width on the first case is opened beside the list. */
#define WIDE_ENOUGH 1000
/* Deadlines pass while nobody touches anything. */
#define AGAIN_SECONDS 60

G_DEFINE_FINAL_TYPE (LzTasksPage, lz_tasks_page, GTK_TYPE_WIDGET)

enum
{
  TOLD,
  COUNTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
lz_tasks_page_tell (LzTasksPage *self, const char *text)
{
  g_signal_emit (self, signals[TOLD], 0, text);
}

/* The list. */

static void
select_position (LzTasksPage *self, guint position)
{
  guint n = lz_case_list_get_n (self->list);

  if (n == 0)
    return;

  position = MIN (position, n - 1);
  gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
  gtk_widget_activate_action (GTK_WIDGET (self->view), "list.scroll-to-item", "u", position);
}

static void
close_pane (LzTasksPage *self)
{
  lz_case_pane_clear (self->case_pane);
  adw_flap_set_reveal_flap (self->flap, FALSE);
}

/* Opens the first case of a new section where there is room for it. */
static void
open_first (LzTasksPage *self)
{
  self->begin = FALSE;
  if (gtk_widget_get_width (GTK_WIDGET (self)) >= WIDE_ENOUGH)
    select_position (self, 0);
}

static void
answered_cb (LzTasksPage *self, const GError *error)
{
  const LzCaseFacts *facts = lz_case_pane_get_facts (self->case_pane);
  guint position;

  if (error != NULL)
    lz_tasks_page_tell (self, lz_error_explain (error));

  lz_tasks_page_show_stack (self);
  if (self->begin && gtk_widget_get_width (GTK_WIDGET (self)) > 0)
    open_first (self);
  else if (self->advance && facts != NULL && !lz_case_list_find (self->list, facts->fid, &position))
    {
      if (lz_case_list_get_n (self->list) > 0)
        select_position (self, self->position);
      else
        close_pane (self);
    }
  lz_tasks_page_update_bulk (self);
  lz_tasks_page_keep_focus (self);
  self->advance = FALSE;
}

static gboolean
shown_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  LzTasksPage *self = LZ_TASKS_PAGE (widget);

  if (gtk_widget_get_width (widget) == 0 || self->list == NULL ||
      lz_case_list_is_asking (self->list))
    return G_SOURCE_CONTINUE;

  lz_tasks_page_take_focus (self);
  if (self->begin)
    open_first (self);
  return G_SOURCE_REMOVE;
}

/* Its width is known only after it was shown, and its keys need the focus. */
static void
lz_tasks_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lz_tasks_page_parent_class)->map (widget);
  gtk_widget_add_tick_callback (widget, shown_cb, NULL, NULL);
}

/* Sections. */

static void
section_chosen_cb (LzTasksPage *self, guint index)
{
  if (self->session == NULL || index >= self->shown->len)
    return;

  self->section = index;
  self->chosen = TRUE;
  self->begin = TRUE;
  gtk_label_set_label (self->heading, lz_section_label (lz_tasks_page_get_section (self)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  lz_section_label (lz_tasks_page_get_section (self)), -1);
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  close_pane (self);
  lz_tasks_page_show_units (self);
  lz_tasks_page_fill (self);
}

void
lz_tasks_page_ask (LzTasksPage *self)
{
  self->begin = TRUE;
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  lz_tasks_page_fill (self);
}

void
lz_tasks_page_take_counts (LzTasksPage *self, GArray *counts, guint sum)
{
  guint first;

  g_clear_pointer (&self->counts, g_array_unref);
  self->counts = counts;
  lz_section_list_set_counts (self->sections, counts);
  if (!self->chosen)
    lz_section_list_choose (self->sections,
                            lz_section_list_find_first (self->sections, &first) ? first : 0);
  else
    lz_tasks_page_show_stack (self);
  g_signal_emit (self, signals[COUNTED], 0, sum);
}

static gboolean
again_cb (gpointer user_data)
{
  LzTasksPage *self = user_data;

  if (self->session != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    lz_tasks_page_count (self);
  return G_SOURCE_CONTINUE;
}

/* TRUE: somebody else sits here now, or for the first time. */
static gboolean
take_person (LzTasksPage *self)
{
  guint roles = lz_session_get_roles (self->session);
  const char *actor = lz_session_get_actor (self->session);

  if (self->shown->len > 0 && self->roles == roles && g_strcmp0 (self->actor, actor) == 0)
    return FALSE;

  self->roles = roles;
  g_free (self->actor);
  self->actor = g_strdup (actor);
  g_array_unref (self->shown);
  self->shown = lz_sections_new (roles);
  self->section = 0;
  self->chosen = FALSE;
  g_clear_pointer (&self->counts, g_array_unref);
  lz_section_list_set_sections (self->sections, self->shown);
  return TRUE;
}

static void
session_changed_cb (LzTasksPage *self)
{
  g_assert (LZ_IS_TASKS_PAGE (self));

  if (take_person (self))
    close_pane (self);
  if (self->shown->len > 0)
    lz_tasks_page_count (self);
}

/* The case beside the list. */

static gboolean
get_single (LzTasksPage *self, guint *position)
{
  g_autoptr (GtkBitset) selected =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  if (gtk_bitset_get_size (selected) != 1)
    return FALSE;
  *position = gtk_bitset_get_nth (selected, 0);
  return TRUE;
}

static void
selection_changed_cb (LzTasksPage *self)
{
  guint position;
  gint64 fid;

  if (self->list == NULL)
    return;

  lz_tasks_page_update_bulk (self);
  if (!get_single (self, &position))
    return;

  fid = lz_case_list_get_fid (self->list, position);
  if (fid == 0)
    return;
  self->position = position;
  lz_case_pane_show_row (self->case_pane, fid);
  adw_flap_set_reveal_flap (self->flap, TRUE);
}

static void
activated_cb (LzTasksPage *self, guint position)
{
  select_position (self, position);
  selection_changed_cb (self);
}

static void
acted_cb (LzTasksPage *self)
{
  self->advance = TRUE;
}

static void
pane_closed_cb (LzTasksPage *self)
{
  adw_flap_set_reveal_flap (self->flap, FALSE);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
section_entered_cb (LzTasksPage *self)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
back_cb (LzTasksPage *self)
{
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

/* Actions. */

static void
step (LzTasksPage *self, int by)
{
  guint n = self->list != NULL ? lz_case_list_get_n (self->list) : 0;
  guint position;

  if (n == 0)
    return;
  if (!get_single (self, &position))
    position = by > 0 ? 0 : n - 1;
  else if (by < 0 && position == 0)
    return;
  else
    position = position + (guint) by;
  select_position (self, MIN (position, n - 1));
}

static void
next_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  step (LZ_TASKS_PAGE (widget), 1);
}

static void
previous_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  step (LZ_TASKS_PAGE (widget), -1);
}

static void
return_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzTasksPage *self = LZ_TASKS_PAGE (widget);
  const LzTransition *row = lz_tasks_page_find_bulk (self, TRUE);
  guint position;

  if (get_single (self, &position))
    lz_case_pane_send_back (self->case_pane);
  else if (row != NULL)
    lz_tasks_page_act_on_selection (self, row->kind);
}

static void
act_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lz_tasks_page_act_on_selection (LZ_TASKS_PAGE (widget),
                                  lz_kind_from_string (g_variant_get_string (parameter, NULL)));
}

static void
print_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzTasksPage *self = LZ_TASKS_PAGE (widget);

  lz_paper_print_start (widget, self->session, g_variant_get_string (parameter, NULL), NULL,
                        self->unit);
}

void
lz_tasks_page_focus_sections (LzTasksPage *self)
{
  g_return_if_fail (LZ_IS_TASKS_PAGE (self));

  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
  lz_section_list_take_focus (self->sections);
}

static void
unselect_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (LZ_TASKS_PAGE (widget)->selection));
}

void
lz_tasks_page_take_next_step (LzTasksPage *self)
{
  const LzTransition *row;
  guint position;

  g_return_if_fail (LZ_IS_TASKS_PAGE (self));

  row = self->list != NULL ? lz_tasks_page_find_bulk (self, FALSE) : NULL;
  if (self->list != NULL && !get_single (self, &position) && row != NULL)
    lz_tasks_page_act_on_selection (self, row->kind);
  else if (adw_flap_get_reveal_flap (self->flap))
    lz_case_pane_take_next_step (self->case_pane);
}

void
lz_tasks_page_show_case (LzTasksPage *self, const LzId *id)
{
  g_return_if_fail (LZ_IS_TASKS_PAGE (self));
  g_return_if_fail (id != NULL);

  lz_case_pane_show_case (self->case_pane, id);
  adw_flap_set_reveal_flap (self->flap, TRUE);
}

gboolean
lz_tasks_page_leave (LzTasksPage *self)
{
  g_return_val_if_fail (LZ_IS_TASKS_PAGE (self), FALSE);

  if (!adw_flap_get_reveal_flap (self->flap))
    return FALSE;

  close_pane (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  return TRUE;
}

void
lz_tasks_page_set_session (LzTasksPage *self, LzSession *session)
{
  g_autoptr (GtkListItemFactory) factory = NULL;

  g_return_if_fail (LZ_IS_TASKS_PAGE (self));
  g_return_if_fail (LZ_IS_SESSION (session));

  g_set_object (&self->session, session);
  lz_case_pane_set_session (self->case_pane, session);
  self->list = lz_case_list_new (session);
  gtk_multi_selection_set_model (self->selection, G_LIST_MODEL (self->list));
  factory = lz_task_row_new_factory (session);
  gtk_list_view_set_factory (self->view, factory);
  take_person (self);
  g_signal_connect_object (self->list, "answered", G_CALLBACK (answered_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "acted", G_CALLBACK (acted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "acted-many", G_CALLBACK (acted_cb), self, G_CONNECT_SWAPPED);
  if (self->shown->len > 0)
    lz_tasks_page_count (self);
}

static void
lz_tasks_page_dispose (GObject *object)
{
  LzTasksPage *self = LZ_TASKS_PAGE (object);

  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  g_clear_handle_id (&self->again_id, g_source_remove);
  g_cancellable_cancel (self->tallying);
  g_clear_object (&self->tallying);
  g_clear_pointer (&self->counts, g_array_unref);
  g_clear_pointer (&self->shown, g_array_unref);
  g_clear_pointer (&self->actor, g_free);
  g_clear_pointer (&self->unit, g_free);
  g_clear_object (&self->list);
  g_clear_object (&self->session);
  lz_template_dispose (GTK_WIDGET (self), LZ_TYPE_TASKS_PAGE);

  G_OBJECT_CLASS (lz_tasks_page_parent_class)->dispose (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "tasks.next", NULL, next_cb);
  gtk_widget_class_install_action (widget_class, "tasks.previous", NULL, previous_cb);
  gtk_widget_class_install_action (widget_class, "tasks.return", NULL, return_cb);
  gtk_widget_class_install_action (widget_class, "tasks.act", "s", act_cb);
  gtk_widget_class_install_action (widget_class, "tasks.print", "s", print_cb);
  gtk_widget_class_install_action (widget_class, "tasks.unselect", NULL, unselect_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_j, 0, "tasks.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_CONTROL_MASK, "tasks.next",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_k, 0, "tasks.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_CONTROL_MASK, "tasks.previous",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "tasks.return", NULL);
}

static void
lz_tasks_page_class_init (LzTasksPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_tasks_page_dispose;
  widget_class->map = lz_tasks_page_map;

  g_type_ensure (LZ_TYPE_CASE_PANE);
  g_type_ensure (LZ_TYPE_SECTION_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-tasks-page.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "taskspage");
  gtk_widget_class_bind_template_child (widget_class, LzTasksPage, flap);
  gtk_widget_class_bind_template_child (widget_class, LzTasksPage, leaflet);
  gtk_widget_class_bind_template_child (widget_class, LzTasksPage, sections);
  gtk_widget_class_bind_template_child (widget_class, LzTasksPage, back);
  gtk_widget_class_bind_template_child (widget_class, LzTasksPage, heading);
  gtk_widget_class_bind_template_child (widget_class, LzTasksPage, summary);
  gtk_widget_class_bind_template_child (widget_class, LzTasksPage, units);
  gtk_widget_class_bind_template_child (widget_class, LzTasksPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LzTasksPage, empty);
  gtk_widget_class_bind_template_child (widget_class, LzTasksPage, drafts);
  gtk_widget_class_bind_template_child (widget_class, LzTasksPage, view);
  gtk_widget_class_bind_template_child (widget_class, LzTasksPage, bulk_bar);
  gtk_widget_class_bind_template_child (widget_class, LzTasksPage, selected);
  gtk_widget_class_bind_template_child (widget_class, LzTasksPage, approve);
  gtk_widget_class_bind_template_child (widget_class, LzTasksPage, refuse);
  gtk_widget_class_bind_template_child (widget_class, LzTasksPage, more);
  gtk_widget_class_bind_template_child (widget_class, LzTasksPage, case_pane);
  install_actions (widget_class);

  signals[TOLD] = g_signal_new ("told", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[COUNTED] = g_signal_new ("counted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
lz_tasks_page_init (LzTasksPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lz_names_from_tooltips (GTK_WIDGET (self));

  self->shown = g_array_new (FALSE, FALSE, sizeof (LzSection));
  lz_tasks_page_set_up_units (self);
  self->selection = gtk_multi_selection_new (NULL);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (self->selection);
  g_signal_connect_swapped (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb),
                            self);
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (activated_cb), self);
  g_signal_connect_swapped (self->sections, "chosen", G_CALLBACK (section_chosen_cb), self);
  g_signal_connect_swapped (self->sections, "entered", G_CALLBACK (section_entered_cb), self);
  g_signal_connect_swapped (self->back, "clicked", G_CALLBACK (back_cb), self);
  g_signal_connect_object (self->case_pane, "closed", G_CALLBACK (pane_closed_cb), self,
                           G_CONNECT_SWAPPED);
  g_object_bind_property (self->leaflet, "folded", self->back, "visible", G_BINDING_SYNC_CREATE);
  self->again_id = g_timeout_add_seconds (AGAIN_SECONDS, again_cb, self);
}
