/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-sidebar.h"

#include <glib/gi18n.h>

#include "lz-case-list.h"
#include "lz-case-row-view.h"
#include "lz-draft-row.h"
#include "lz-road-item.h"
#include "lz-template.h"

#define SEARCH_DELAY_MS 150

struct _LzSidebar
{
  GtkWidget parent_instance;

  GtkSearchEntry *search;
  GtkStack *stack;
  GtkStackPage *drafts_page;
  GtkStackPage *roads_page;
  GtkLabel *roads_summary;
  GtkListView *roads;
  GtkLabel *cases_summary;
  GtkListView *cases;
  GtkListBox *drafts;
  GtkButton *due_chip;
  GtkButton *overdue_chip;
  GtkButton *open_chip;

  LzSession *session;
  LzFilter *filter;
  GListStore *road_items;
  GtkSingleSelection *road_selection;
  LzCaseList *case_list;
  GtkSingleSelection *case_selection;
};

G_DEFINE_FINAL_TYPE (LzSidebar, lz_sidebar, GTK_TYPE_WIDGET)

enum
{
  ROAD_ACTIVATED,
  CASE_ACTIVATED,
  DRAFT_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
road_matches (const LzRoad *road, const char *text, const char *folded)
{
  return *text == '\0' || strstr (road->name, text) != NULL ||
         (road->initials != NULL && strstr (road->initials, folded) != NULL);
}

static gboolean
any_assigned (GPtrArray *roads)
{
  for (guint i = 0; i < roads->len; i++)
    if (((const LzRoad *) roads->pdata[i])->level > 0)
      return TRUE;

  return FALSE;
}

static void
summarize_roads (LzSidebar *self, gboolean mine, double length_m)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->road_items));
  g_autofree char *count = g_strdup_printf (ngettext ("%u road", "%u roads", n), n);
  g_autofree char *length = g_strdup_printf (_ ("%.1f km"), length_m / 1000);
  g_autofree char *text = NULL;

  if (mine)
    text = g_strdup_printf ("%s · %s", count, length);
  else
    text = g_strdup_printf (_ ("All roads: %s · %s"), count, length);
  gtk_label_set_label (self->roads_summary, text);
}

/* Those I answer for; while I search, or where none is assigned to me, all of them. */
static void
show_roads (LzSidebar *self)
{
  GPtrArray *roads = lz_session_get_roads (self->session);
  g_autofree char *text =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));
  g_autofree char *folded = g_ascii_strdown (text, -1);
  gboolean mine = *text == '\0' && any_assigned (roads);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  double length_m = 0;

  for (guint i = 0; i < roads->len; i++)
    {
      const LzRoad *road = roads->pdata[i];

      if ((mine && road->level == 0) || !road_matches (road, text, folded))
        continue;
      length_m += road->length_m;
      g_ptr_array_add (items,
                       lz_road_item_new (road, lz_session_find_tally (self->session, &road->id)));
    }

  g_list_store_splice (self->road_items, 0,
                       g_list_model_get_n_items (G_LIST_MODEL (self->road_items)), items->pdata,
                       items->len);
  gtk_stack_page_set_title (self->roads_page,
                            any_assigned (roads) && *text == '\0' ? _ ("My Roads") : _ ("Roads"));
  summarize_roads (self, mine, length_m);
  lz_sidebar_select_road (self, lz_filter_get_road (self->filter));
}

static void
show_drafts (LzSidebar *self)
{
  GPtrArray *drafts = lz_session_get_drafts (self->session);
  g_autofree char *title =
      drafts->len > 0 ? g_strdup_printf (_ ("Drafts %u"), drafts->len) : g_strdup (_ ("Drafts"));
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->drafts, 0)) != NULL)
    gtk_list_box_remove (self->drafts, GTK_WIDGET (row));

  for (guint i = 0; i < drafts->len; i++)
    gtk_list_box_append (self->drafts, lz_draft_row_new (self->session, drafts->pdata[i]));
  gtk_stack_page_set_title (self->drafts_page, title);
}

/* What is due, on the roads I answer for or, where none is assigned, on all. */
static void
show_counts (LzSidebar *self)
{
  GPtrArray *roads = lz_session_get_roads (self->session);
  gboolean mine = any_assigned (roads);
  g_autofree char *due = NULL;
  g_autofree char *overdue = NULL;
  g_autofree char *open = NULL;
  LzRoadTally sum = { 0 };

  for (guint i = 0; i < roads->len; i++)
    {
      const LzRoad *road = roads->pdata[i];
      const LzRoadTally *tally = lz_session_find_tally (self->session, &road->id);

      if (tally == NULL || (mine && road->level == 0))
        continue;
      sum.n_open += tally->n_open;
      sum.n_warned += tally->n_warned;
      sum.n_overdue += tally->n_overdue;
    }

  due = g_strdup_printf (_ ("Due Soon %u"), sum.n_warned);
  overdue = g_strdup_printf (_ ("Overdue %u"), sum.n_overdue);
  open = g_strdup_printf (_ ("Open %u"), sum.n_open);
  gtk_button_set_label (self->due_chip, due);
  gtk_button_set_label (self->overdue_chip, overdue);
  gtk_button_set_label (self->open_chip, open);
}

static void
ask_cases (LzSidebar *self)
{
  lz_case_list_ask (self->case_list, lz_filter_dup_query (self->filter, LZ_SORT_DUE, FALSE));
}

static void
answered_cb (LzSidebar *self, const GError *error)
{
  guint n = lz_case_list_get_n (self->case_list);
  g_autofree char *text = NULL;

  if (error != NULL)
    text = g_strdup (lz_error_explain (error));
  else if (n == 0)
    text = g_strdup (_ ("No case matches."));
  else
    text = g_strdup_printf (ngettext ("%u case, the most urgent first",
                                      "%u cases, the most urgent first", n),
                            n);
  gtk_label_set_label (self->cases_summary, text);
}

static void
filter_changed_cb (LzSidebar *self)
{
  g_assert (LZ_IS_SIDEBAR (self));

  ask_cases (self);
  lz_sidebar_select_road (self, lz_filter_get_road (self->filter));
}

static void
session_changed_cb (LzSidebar *self)
{
  g_assert (LZ_IS_SIDEBAR (self));

  show_roads (self);
  show_drafts (self);
  show_counts (self);
}

static void
search_changed_cb (LzSidebar *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  if (self->session == NULL)
    return;

  show_roads (self);
  lz_filter_set_text (self->filter, text);
  /* A road's name is most often what was meant when roads match at all. */
  if (*text != '\0' && g_list_model_get_n_items (G_LIST_MODEL (self->road_items)) == 0)
    gtk_stack_set_visible_child_name (self->stack, "cases");
}

static void
search_activated_cb (LzSidebar *self)
{
  gboolean roads = g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "roads") == 0;

  gtk_widget_grab_focus (roads ? GTK_WIDGET (self->roads) : GTK_WIDGET (self->cases));
}

static void
road_activated_cb (LzSidebar *self, guint position)
{
  g_autoptr (LzRoadItem) item =
      g_list_model_get_item (G_LIST_MODEL (self->road_selection), position);

  if (item != NULL)
    g_signal_emit (self, signals[ROAD_ACTIVATED], 0, lz_road_item_get_id (item));
}

static void
case_activated_cb (LzSidebar *self, guint position)
{
  gint64 fid = lz_case_list_get_fid (self->case_list, position);

  if (fid != 0)
    g_signal_emit (self, signals[CASE_ACTIVATED], 0, fid);
}

static void
draft_activated_cb (LzSidebar *self, GtkListBoxRow *row)
{
  gint64 *id = g_object_get_data (G_OBJECT (row), "draft");

  g_signal_emit (self, signals[DRAFT_ACTIVATED], 0, *id);
}

static void
chip_clicked_cb (LzSidebar *self, GtkWidget *chip)
{
  guint32 lamps = chip == GTK_WIDGET (self->due_chip)       ? 1u << LZ_LAMP_YELLOW
                  : chip == GTK_WIDGET (self->overdue_chip) ? 1u << LZ_LAMP_RED
                                                            : 0;

  lz_filter_reset (self->filter);
  lz_filter_set_my_roads (self->filter, any_assigned (lz_session_get_roads (self->session)));
  lz_filter_set_lamps (self->filter, lamps);
  gtk_stack_set_visible_child_name (self->stack, "cases");
}

void
lz_sidebar_set_session (LzSidebar *self, LzSession *session, LzFilter *filter)
{
  g_autoptr (GtkListItemFactory) factory = NULL;

  g_return_if_fail (LZ_IS_SIDEBAR (self));
  g_return_if_fail (LZ_IS_SESSION (session));
  g_return_if_fail (LZ_IS_FILTER (filter));

  g_set_object (&self->session, session);
  g_set_object (&self->filter, filter);
  g_clear_object (&self->case_list);
  self->case_list = lz_case_list_new (session);
  gtk_single_selection_set_model (self->case_selection, G_LIST_MODEL (self->case_list));
  factory = lz_case_row_view_new_factory (session);
  gtk_list_view_set_factory (self->cases, factory);

  g_signal_connect_object (self->case_list, "answered", G_CALLBACK (answered_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (filter, "changed", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  session_changed_cb (self);
  ask_cases (self);
}

void
lz_sidebar_show_cases (LzSidebar *self, GArray *fids)
{
  g_return_if_fail (LZ_IS_SIDEBAR (self));

  lz_case_list_show (self->case_list, fids);
  gtk_stack_set_visible_child_name (self->stack, "cases");
}

void
lz_sidebar_show_drafts (LzSidebar *self)
{
  GtkListBoxRow *row;

  g_return_if_fail (LZ_IS_SIDEBAR (self));

  gtk_stack_set_visible_child_name (self->stack, "drafts");
  row = gtk_list_box_get_row_at_index (self->drafts, 0);
  gtk_widget_grab_focus (row != NULL ? GTK_WIDGET (row) : GTK_WIDGET (self->drafts));
}

void
lz_sidebar_focus_search (LzSidebar *self)
{
  g_return_if_fail (LZ_IS_SIDEBAR (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

void
lz_sidebar_select_case (LzSidebar *self, gint64 fid)
{
  guint position;

  g_return_if_fail (LZ_IS_SIDEBAR (self));

  if (fid != 0 && lz_case_list_find (self->case_list, fid, &position))
    gtk_single_selection_set_selected (self->case_selection, position);
  else
    gtk_single_selection_set_selected (self->case_selection, GTK_INVALID_LIST_POSITION);
}

void
lz_sidebar_select_road (LzSidebar *self, const LzId *road)
{
  guint n;

  g_return_if_fail (LZ_IS_SIDEBAR (self));

  n = g_list_model_get_n_items (G_LIST_MODEL (self->road_items));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LzRoadItem) item = g_list_model_get_item (G_LIST_MODEL (self->road_items), i);

      if (lz_id_equal (lz_road_item_get_id (item), road))
        {
          gtk_single_selection_set_selected (self->road_selection, i);
          return;
        }
    }

  gtk_single_selection_set_selected (self->road_selection, GTK_INVALID_LIST_POSITION);
}

static void
lz_sidebar_dispose (GObject *object)
{
  LzSidebar *self = LZ_SIDEBAR (object);

  g_clear_object (&self->session);
  g_clear_object (&self->filter);
  g_clear_object (&self->road_items);
  g_clear_object (&self->case_list);
  lz_template_dispose (GTK_WIDGET (self), LZ_TYPE_SIDEBAR);

  G_OBJECT_CLASS (lz_sidebar_parent_class)->dispose (object);
}

static void
lz_sidebar_class_init (LzSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_sidebar_dispose;

  gtk_widget_class_set_template_from_resource (widget_class, "/org/luzhang/Luzhang/lz-sidebar.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "lzsidebar");
  gtk_widget_class_bind_template_child (widget_class, LzSidebar, search);
  gtk_widget_class_bind_template_child (widget_class, LzSidebar, stack);
  gtk_widget_class_bind_template_child (widget_class, LzSidebar, drafts_page);
  gtk_widget_class_bind_template_child (widget_class, LzSidebar, roads_page);
  gtk_widget_class_bind_template_child (widget_class, LzSidebar, roads_summary);
  gtk_widget_class_bind_template_child (widget_class, LzSidebar, roads);
  gtk_widget_class_bind_template_child (widget_class, LzSidebar, cases_summary);
  gtk_widget_class_bind_template_child (widget_class, LzSidebar, cases);
  gtk_widget_class_bind_template_child (widget_class, LzSidebar, drafts);
  gtk_widget_class_bind_template_child (widget_class, LzSidebar, due_chip);
  gtk_widget_class_bind_template_child (widget_class, LzSidebar, overdue_chip);
  gtk_widget_class_bind_template_child (widget_class, LzSidebar, open_chip);

  signals[ROAD_ACTIVATED] =
      g_signal_new ("road-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[CASE_ACTIVATED] =
      g_signal_new ("case-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[DRAFT_ACTIVATED] =
      g_signal_new ("draft-activated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
lz_sidebar_init (LzSidebar *self)
{
  g_autoptr (GtkListItemFactory) roads_factory = lz_road_item_new_factory ();

  gtk_widget_init_template (GTK_WIDGET (self));

  self->road_items = g_list_store_new (LZ_TYPE_ROAD_ITEM);
  self->road_selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->road_selection, FALSE);
  gtk_single_selection_set_can_unselect (self->road_selection, TRUE);
  gtk_single_selection_set_model (self->road_selection, G_LIST_MODEL (self->road_items));
  gtk_list_view_set_factory (self->roads, roads_factory);
  gtk_list_view_set_model (self->roads, GTK_SELECTION_MODEL (self->road_selection));
  g_object_unref (self->road_selection); /* the view holds it */

  self->case_selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->case_selection, FALSE);
  gtk_single_selection_set_can_unselect (self->case_selection, TRUE);
  gtk_list_view_set_model (self->cases, GTK_SELECTION_MODEL (self->case_selection));
  g_object_unref (self->case_selection);

  g_object_set (self->search, "search-delay", SEARCH_DELAY_MS, NULL);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (search_changed_cb), self);
  g_signal_connect_swapped (self->search, "activate", G_CALLBACK (search_activated_cb), self);
  g_signal_connect_swapped (self->roads, "activate", G_CALLBACK (road_activated_cb), self);
  g_signal_connect_swapped (self->cases, "activate", G_CALLBACK (case_activated_cb), self);
  g_signal_connect_swapped (self->drafts, "row-activated", G_CALLBACK (draft_activated_cb), self);
  g_signal_connect_swapped (self->due_chip, "clicked", G_CALLBACK (chip_clicked_cb), self);
  g_signal_connect_swapped (self->overdue_chip, "clicked", G_CALLBACK (chip_clicked_cb), self);
  g_signal_connect_swapped (self->open_chip, "clicked", G_CALLBACK (chip_clicked_cb), self);
}
