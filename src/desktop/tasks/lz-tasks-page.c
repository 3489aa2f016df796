/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-tasks-page-private.h"

#include <glib/gi18n.h>

#include "lz-filter.h"
#include "lz-names.h"
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

static const LzSection *
get_section (LzTasksPage *self)
{
  guint n;

  return &lz_sections_get (&n)[self->section];
}

/* The list. */

static void
update_summary (LzTasksPage *self)
{
  const LzSectionCount *count;
  guint n = lz_case_list_get_n (self->list);
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->counts == NULL)
    return;

  count = &g_array_index (self->counts, LzSectionCount, self->section);
  if (get_section (self)->kind == LZ_SECTION_DRAFTS)
    n = count->n;
  g_string_append_printf (text, ngettext ("%'u case", "%'u cases", n), n);
  if (count->n_overdue > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _ ("%u overdue"), count->n_overdue);
    }
  if (count->n_warned > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, _ ("%u soon due"), count->n_warned);
    }
  gtk_label_set_label (self->summary, text->str);
}

static void
show_stack (LzTasksPage *self)
{
  const LzSection *section = get_section (self);
  guint n_drafts =
      self->counts != NULL ? g_array_index (self->counts, LzSectionCount, self->section).n : 0;

  if (section->kind == LZ_SECTION_DRAFTS && n_drafts > 0)
    {
      g_autofree char *title =
          g_strdup_printf (ngettext ("%u draft waits", "%u drafts wait", n_drafts), n_drafts);

      adw_status_page_set_title (self->drafts, title);
      gtk_stack_set_visible_child_name (self->stack, "drafts");
    }
  else if (section->kind == LZ_SECTION_DRAFTS || lz_case_list_get_n (self->list) == 0)
    {
      adw_status_page_set_description (self->empty, _ (section->empty));
      gtk_stack_set_visible_child_name (self->stack, "empty");
    }
  else
    gtk_stack_set_visible_child_name (self->stack, "list");
  update_summary (self);
}

static void
ask (LzTasksPage *self)
{
  g_autoptr (LzFilter) filter = lz_filter_new (0);
  LzCaseQuery *query = lz_filter_dup_query (filter, LZ_SORT_DUE, FALSE);

  lz_section_fill_query (get_section (self), query);
  lz_case_list_ask (self->list, query);
}

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

  show_stack (self);
  if (self->begin && gtk_widget_get_width (GTK_WIDGET (self)) > 0)
    open_first (self);
  else if (self->advance && facts != NULL && !lz_case_list_find (self->list, facts->fid, &position))
    {
      if (lz_case_list_get_n (self->list) > 0)
        select_position (self, self->position);
      else
        close_pane (self);
    }
  self->advance = FALSE;
  lz_tasks_page_update_bulk (self);
}

static void
take_focus (LzTasksPage *self)
{
  if (lz_case_list_get_n (self->list) > 0)
    gtk_widget_grab_focus (GTK_WIDGET (self->view));
  else
    gtk_widget_child_focus (GTK_WIDGET (self->sections), GTK_DIR_TAB_FORWARD);
}

static gboolean
shown_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  LzTasksPage *self = LZ_TASKS_PAGE (widget);

  if (gtk_widget_get_width (widget) == 0 || self->list == NULL ||
      lz_case_list_is_asking (self->list))
    return G_SOURCE_CONTINUE;

  take_focus (self);
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
  if (self->session == NULL)
    return;

  self->section = index;
  self->chosen = TRUE;
  self->begin = TRUE;
  gtk_label_set_label (self->heading, _ (get_section (self)->label));
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  close_pane (self);
  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
  ask (self);
}

/* Sections by lamp show cases of the others once more: they count only where there are no others,
 * as for a supervisor. */
static guint
sum_up (LzTasksPage *self)
{
  const LzSection *sections;
  guint n, sum = 0, most = 0;

  sections = lz_sections_get (&n);
  for (guint i = 0; i < self->counts->len; i++)
    {
      const LzSectionCount *section = &g_array_index (self->counts, LzSectionCount, i);

      if (sections[i].lamps == 0)
        sum += section->n;
      else
        most = MAX (most, section->n);
    }

  return sum > 0 ? sum : most;
}

static void
counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzTasksPage *self = user_data;
  g_autoptr (GError) error = NULL;
  GArray *counts = lz_store_job_finish (LZ_STORE (source), result, &error);
  guint first;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_TASKS_PAGE (self));
  if (counts == NULL)
    {
      g_info ("Counting tasks: %s", error->message);
      return;
    }

  g_clear_pointer (&self->counts, g_array_unref);
  self->counts = counts;
  lz_section_list_set_counts (self->sections, counts);
  if (!self->chosen)
    {
      lz_section_list_choose (self->sections,
                              lz_section_list_find_first (self->sections, &first) ? first : 0);
      /* Where only one half shows, the sections come first. */
      if (adw_leaflet_get_folded (self->leaflet))
        adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
    }
  else
    show_stack (self);
  g_signal_emit (self, signals[COUNTED], 0, sum_up (self));
}

typedef struct
{
  guint roles;
  gint64 now_ms;
} Question;

/* A job of the read thread. */
static gpointer
count_sections (LzStation *station, gpointer data, GError **error)
{
  const Question *question = data;

  return lz_sections_count (station, question->roles, question->now_ms, error);
}

static void
free_counts (gpointer data)
{
  g_array_unref (data);
}

static void
count (LzTasksPage *self)
{
  Question *question = g_new0 (Question, 1);

  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  self->counting = g_cancellable_new ();
  question->roles = lz_session_get_roles (self->session);
  question->now_ms = lz_session_now ();
  lz_store_read_async (lz_session_get_store (self->session), count_sections, question, g_free,
                       free_counts, self->counting, counted_cb, self);
}

static gboolean
again_cb (gpointer user_data)
{
  LzTasksPage *self = user_data;

  if (self->session != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    count (self);
  return G_SOURCE_CONTINUE;
}

static void
session_changed_cb (LzTasksPage *self)
{
  guint roles = lz_session_get_roles (self->session);

  g_assert (LZ_IS_TASKS_PAGE (self));

  /* Somebody else sits here now: begin anew. */
  if ((get_section (self)->role & roles) == 0)
    self->chosen = FALSE;
  lz_section_list_set_roles (self->sections, roles);
  count (self);
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
section_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzTasksPage *self = LZ_TASKS_PAGE (widget);

  adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
  gtk_widget_child_focus (GTK_WIDGET (self->sections), GTK_DIR_TAB_FORWARD);
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
  lz_section_list_set_roles (self->sections, lz_session_get_roles (session));
  g_signal_connect_object (self->list, "answered", G_CALLBACK (answered_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "acted", G_CALLBACK (acted_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "acted-many", G_CALLBACK (acted_cb), self, G_CONNECT_SWAPPED);
  count (self);
}

static void
lz_tasks_page_dispose (GObject *object)
{
  LzTasksPage *self = LZ_TASKS_PAGE (object);

  g_cancellable_cancel (self->counting);
  g_clear_object (&self->counting);
  g_clear_handle_id (&self->again_id, g_source_remove);
  g_clear_pointer (&self->counts, g_array_unref);
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
  gtk_widget_class_install_action (widget_class, "tasks.sections", NULL, section_cb);
  gtk_widget_class_install_action (widget_class, "tasks.unselect", NULL, unselect_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_j, 0, "tasks.next", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Down, GDK_CONTROL_MASK, "tasks.next",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_k, 0, "tasks.previous", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Up, GDK_CONTROL_MASK, "tasks.previous",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_r, GDK_CONTROL_MASK | GDK_SHIFT_MASK,
                                       "tasks.return", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F6, 0, "tasks.sections", NULL);
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

  self->selection = gtk_multi_selection_new (NULL);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));
  g_object_unref (self->selection);
  g_signal_connect_swapped (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb),
                            self);
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (activated_cb), self);
  g_signal_connect_swapped (self->sections, "chosen", G_CALLBACK (section_chosen_cb), self);
  g_signal_connect_swapped (self->back, "clicked", G_CALLBACK (back_cb), self);
  g_signal_connect_object (self->case_pane, "closed", G_CALLBACK (pane_closed_cb), self,
                           G_CONNECT_SWAPPED);
  g_object_bind_property (self->leaflet, "folded", self->back, "visible", G_BINDING_SYNC_CREATE);
  self->again_id = g_timeout_add_seconds (AGAIN_SECONDS, again_cb, self);
}
