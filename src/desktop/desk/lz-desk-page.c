/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-desk-page.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "lz-desk-compare.h"
#include "lz-desk-item.h"
#include "lz-names.h"
#include "lz-road-file.h"
#include "lz-template.h"

/* More columns than that nobody compares. */
#define MAX_COMPARED 4

struct _LzDeskPage
{
  GtkWidget parent_instance;

  AdwFlap *flap;
  GtkSearchEntry *search;
  GtkToggleButton *mine;
  GtkStack *stack;
  GtkColumnView *view;
  GtkLabel *summary;
  GtkButton *close;
  AdwBin *bin;

  LzSession *session;
  GListStore *store;
  GtkFilter *filter;
  GtkSortListModel *sorted;
  GtkMultiSelection *selection;
  LzRoadFile *file;
  GCancellable *reading;
  GCancellable *loading;
  LzId shown; /* road whose file is shown or on its way; nil = none */
  gboolean stale;
  gboolean filling;
  gboolean guessed; /* nobody has said yet whose roads to list */
};

G_DEFINE_FINAL_TYPE (LzDeskPage, lz_desk_page, GTK_TYPE_WIDGET)

enum
{
  TOLD,
  CASE_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
cancel (GCancellable **cancellable)
{
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

/* The file of one road. */

typedef struct
{
  LzId road;
  gint64 now_ms;
} Wanted;

static gpointer
load_job (LzStation *station, gpointer data, GError **error)
{
  const Wanted *wanted = data;

  return lz_desk_load (station, &wanted->road, wanted->now_ms, error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzDeskPage *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LzDeskFile) file = lz_store_job_finish (LZ_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_DESK_PAGE (self));
  if (file == NULL)
    {
      g_signal_emit (self, signals[TOLD], 0, lz_error_explain (error));
      return;
    }
  lz_road_file_show (self->file, self->session, file);
  if (adw_bin_get_child (self->bin) != GTK_WIDGET (self->file))
    adw_bin_set_child (self->bin, GTK_WIDGET (self->file));
  adw_flap_set_reveal_flap (self->flap, TRUE);
}

static void
load (LzDeskPage *self, const LzId *road)
{
  Wanted *wanted = g_new0 (Wanted, 1);

  cancel (&self->loading);
  self->loading = g_cancellable_new ();
  self->shown = *road;
  wanted->road = *road;
  wanted->now_ms = lz_session_now ();
  lz_store_read_async (lz_session_get_store (self->session), load_job, wanted, g_free,
                       (GDestroyNotify) lz_desk_file_free, self->loading, loaded_cb, self);
}

static void
compare (LzDeskPage *self, GtkBitset *selected)
{
  g_autoptr (GPtrArray) roads = g_ptr_array_new ();

  for (guint i = 0; i < MIN (gtk_bitset_get_size (selected), MAX_COMPARED); i++)
    {
      g_autoptr (LzDeskItem) item =
          g_list_model_get_item (G_LIST_MODEL (self->selection), gtk_bitset_get_nth (selected, i));

      g_ptr_array_add (roads, (gpointer) lz_desk_item_get (item));
    }
  cancel (&self->loading);
  self->shown = (LzId){ { 0 } };
  adw_bin_set_child (self->bin,
                     lz_desk_compare_new (roads, lz_session_get_offset_min (self->session)));
  adw_flap_set_reveal_flap (self->flap, TRUE);
}

static void
selection_changed_cb (LzDeskPage *self)
{
  g_autoptr (GtkBitset) selected =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  if (self->filling)
    return;
  if (gtk_bitset_get_size (selected) == 1)
    {
      g_autoptr (LzDeskItem) item =
          g_list_model_get_item (G_LIST_MODEL (self->selection), gtk_bitset_get_nth (selected, 0));

      load (self, &lz_desk_item_get (item)->road->id);
    }
  else if (gtk_bitset_get_size (selected) > 1)
    {
      compare (self, selected);
    }
}

/* The list. */

static void
update_summary (LzDeskPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->sorted));
  guint overdue = 0;
  double length_m = 0;
  g_autofree char *roads = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LzDeskItem) item = g_list_model_get_item (G_LIST_MODEL (self->sorted), i);

      overdue += lz_desk_item_get (item)->facts.overdue;
      length_m += lz_desk_item_get (item)->facts.length_m;
    }
  roads = g_strdup_printf (ngettext ("%u road", "%u roads", n), n);
  text = g_strdup_printf (_ ("%s · %.1f km · %u overdue · select several to compare them"), roads,
                          length_m / 1000, overdue);
  gtk_label_set_label (self->summary, text);
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
}

/* What was selected before stays selected. */
static void
reselect (LzDeskPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->selection));

  for (guint i = 0; i < n && !lz_id_is_nil (&self->shown); i++)
    {
      g_autoptr (LzDeskItem) item = g_list_model_get_item (G_LIST_MODEL (self->selection), i);

      if (lz_id_equal (&lz_desk_item_get (item)->road->id, &self->shown))
        gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), i, TRUE);
    }
}

typedef struct
{
  gboolean mine;
  gint64 now_ms;
} Question;

static gpointer
list_job (LzStation *station, gpointer data, GError **error)
{
  const Question *question = data;

  return lz_desk_list (station, question->mine, question->now_ms, error);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzDeskPage *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) roads = lz_store_job_finish (LZ_STORE (source), result, &error);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_DESK_PAGE (self));
  if (roads == NULL)
    {
      g_signal_emit (self, signals[TOLD], 0, lz_error_explain (error));
      return;
    }
  if (self->guessed && roads->len == 0 && gtk_toggle_button_get_active (self->mine))
    {
      gtk_toggle_button_set_active (self->mine, FALSE);
      return;
    }
  self->guessed = FALSE;
  g_ptr_array_set_free_func (roads, NULL);
  for (guint i = 0; i < roads->len; i++)
    g_ptr_array_add (items, lz_desk_item_new (roads->pdata[i]));
  self->filling = TRUE;
  g_list_store_splice (self->store, 0, g_list_model_get_n_items (G_LIST_MODEL (self->store)),
                       items->pdata, items->len);
  reselect (self);
  self->filling = FALSE;
  update_summary (self);
  if (!lz_id_is_nil (&self->shown) && adw_flap_get_reveal_flap (self->flap))
    {
      LzId shown = self->shown;

      load (self, &shown);
    }
}

static void
read_list (LzDeskPage *self)
{
  Question *question;

  self->stale = TRUE;
  if (self->session == NULL || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  self->stale = FALSE;
  cancel (&self->reading);
  self->reading = g_cancellable_new ();
  question = g_new0 (Question, 1);
  question->mine = gtk_toggle_button_get_active (self->mine);
  question->now_ms = lz_session_now ();
  lz_store_read_async (lz_session_get_store (self->session), list_job, question, g_free,
                       (GDestroyNotify) g_ptr_array_unref, self->reading, listed_cb, self);
}

static gboolean
match_cb (gpointer item, gpointer data)
{
  LzDeskPage *self = data;
  const LzDeskRoad *road = lz_desk_item_get (item);
  g_autofree char *wanted =
      g_utf8_strdown (gtk_editable_get_text (GTK_EDITABLE (self->search)), -1);
  g_strstrip (wanted);

  return *wanted == '\0' || strstr (road->road->name, wanted) != NULL ||
         strstr (road->chiefs, wanted) != NULL ||
         (road->road->initials != NULL && strstr (road->road->initials, wanted) != NULL);
}

static void
search_changed_cb (LzDeskPage *self)
{
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
  update_summary (self);
}

static void
search_activated_cb (LzDeskPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

static void
case_wanted_cb (LzDeskPage *self, const LzId *id)
{
  g_signal_emit (self, signals[CASE_WANTED], 0, id);
}

gboolean
lz_desk_page_leave (LzDeskPage *self)
{
  g_return_val_if_fail (LZ_IS_DESK_PAGE (self), FALSE);

  if (!adw_flap_get_reveal_flap (self->flap))
    return FALSE;
  adw_flap_set_reveal_flap (self->flap, FALSE);
  self->shown = (LzId){ { 0 } };
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
  return TRUE;
}

static void
close_cb (LzDeskPage *self)
{
  lz_desk_page_leave (self);
}

void
lz_desk_page_focus_search (LzDeskPage *self)
{
  g_return_if_fail (LZ_IS_DESK_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

/* The morning of those who answer for some roads begins with these; others look at all of them. */
static void
guess_whose (LzDeskPage *self)
{
  guint roles = lz_session_get_roles (self->session);

  self->guessed = TRUE;
  gtk_toggle_button_set_active (self->mine,
                                (roles & (LZ_ROLE_ROAD_CHIEF | LZ_ROLE_INSPECTOR)) != 0 &&
                                    (roles & (LZ_ROLE_DISPATCHER | LZ_ROLE_SUPERVISOR)) == 0);
}

void
lz_desk_page_set_session (LzDeskPage *self, LzSession *session)
{
  g_return_if_fail (LZ_IS_DESK_PAGE (self));
  g_return_if_fail (LZ_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  lz_desk_item_add_columns (self->view, lz_session_get_offset_min (session));
  gtk_sort_list_model_set_sorter (self->sorted, gtk_column_view_get_sorter (self->view));
  g_signal_connect_object (session, "changed", G_CALLBACK (read_list), self, G_CONNECT_SWAPPED);
  guess_whose (self);
  read_list (self);
}

static void
lz_desk_page_map (GtkWidget *widget)
{
  LzDeskPage *self = LZ_DESK_PAGE (widget);

  GTK_WIDGET_CLASS (lz_desk_page_parent_class)->map (widget);
  if (self->stale)
    read_list (self);
}

static void
lz_desk_page_dispose (GObject *object)
{
  LzDeskPage *self = LZ_DESK_PAGE (object);

  cancel (&self->reading);
  cancel (&self->loading);
  lz_template_dispose (GTK_WIDGET (self), LZ_TYPE_DESK_PAGE);
  g_clear_object (&self->file);
  g_clear_object (&self->selection);
  g_clear_object (&self->store);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (lz_desk_page_parent_class)->dispose (object);
}

static void
lz_desk_page_class_init (LzDeskPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_desk_page_dispose;
  widget_class->map = lz_desk_page_map;
  signals[TOLD] = g_signal_new ("told", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[CASE_WANTED] = g_signal_new ("case-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-desk-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LzDeskPage, flap);
  gtk_widget_class_bind_template_child (widget_class, LzDeskPage, search);
  gtk_widget_class_bind_template_child (widget_class, LzDeskPage, mine);
  gtk_widget_class_bind_template_child (widget_class, LzDeskPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LzDeskPage, view);
  gtk_widget_class_bind_template_child (widget_class, LzDeskPage, summary);
  gtk_widget_class_bind_template_child (widget_class, LzDeskPage, close);
  gtk_widget_class_bind_template_child (widget_class, LzDeskPage, bin);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
lz_desk_page_init (LzDeskPage *self)
{
  GtkFilterListModel *filtered;

  gtk_widget_init_template (GTK_WIDGET (self));
  self->file = LZ_ROAD_FILE (g_object_ref_sink (lz_road_file_new ()));
  self->store = g_list_store_new (LZ_TYPE_DESK_ITEM);
  self->filter = GTK_FILTER (gtk_custom_filter_new (match_cb, self, NULL));
  filtered = gtk_filter_list_model_new (g_object_ref (G_LIST_MODEL (self->store)), self->filter);
  self->sorted = gtk_sort_list_model_new (G_LIST_MODEL (filtered), NULL);
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (self->sorted));
  gtk_column_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));

  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (selection_changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (search_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (search_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->mine, "toggled", G_CALLBACK (read_list), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->close, "clicked", G_CALLBACK (close_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->file, "case-wanted", G_CALLBACK (case_wanted_cb), self,
                           G_CONNECT_SWAPPED);
  lz_names_from_tooltips (GTK_WIDGET (self));
}
