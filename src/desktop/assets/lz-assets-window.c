/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-assets-window-private.h"

#include <glib/gi18n.h>

#include "lz-acts.h"
#include "lz-asset-form.h"
#include "lz-asset-item.h"
#include "lz-jobs.h"
#include "lz-names.h"
#include "lz-road-choice.h"
#include "lz-undo-toast.h"

G_DEFINE_FINAL_TYPE (LzAssetsWindow, lz_assets_window, ADW_TYPE_WINDOW)

enum
{
  CASE_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void read_list (LzAssetsWindow *self);

static void
renew (GCancellable **cancellable)
{
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
  *cancellable = g_cancellable_new ();
}

static void
told_cb (LzAssetsWindow *self, const char *text)
{
  lz_undo_toast_tell (self->toasts, text);
}

/* One entry. */

static void
facts_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzAssetsWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  LzAssetFacts *facts = lz_asset_facts_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_ASSETS_WINDOW (self));
  if (facts == NULL)
    {
      /* Taken back: it is not there any more. */
      adw_flap_set_reveal_flap (self->flap, FALSE);
      if (!g_error_matches (error, LZ_ERROR, LZ_ERROR_NOT_FOUND))
        lz_undo_toast_tell (self->toasts, lz_error_explain (error));
      return;
    }
  lz_asset_form_show (self->form, facts);
  adw_flap_set_reveal_flap (self->flap, TRUE);
}

void
lz_assets_window_show_asset (LzAssetsWindow *self, const LzId *id)
{
  g_return_if_fail (LZ_IS_ASSETS_WINDOW (self));

  renew (&self->loading);
  lz_asset_facts_read_async (self->session, id, 0, self->loading, facts_read_cb, self);
}

static void
selected_cb (LzAssetsWindow *self)
{
  LzAssetItem *item = gtk_single_selection_get_selected_item (self->selection);

  if (!self->filling && item != NULL)
    lz_assets_window_show_asset (self, lz_asset_item_get_id (item));
}

static void
begin (LzAssetsWindow *self)
{
  self->begin = FALSE;
  g_cancellable_cancel (self->loading); /* one that is on its way */
  lz_asset_form_begin (self->form, self->list->kinds, self->new_kind, &self->new_road);
  adw_flap_set_reveal_flap (self->flap, TRUE);
}

void
lz_assets_window_add (LzAssetsWindow *self, const char *kind, const LzId *road)
{
  g_return_if_fail (LZ_IS_ASSETS_WINDOW (self));

  g_free (self->new_kind);
  self->new_kind = g_strdup (kind);
  self->new_road = road != NULL ? *road : (LzId){ { 0 } };
  self->begin = TRUE;
  if (self->list != NULL)
    begin (self);
}

static void
saved_cb (LzAssetsWindow *self, const char *text)
{
  LzId id = *lz_asset_form_get_id (self->form);

  lz_undo_toast_show (self->toasts, self->session, text);
  lz_assets_window_show_asset (self, &id);
}

static void
closed_cb (LzAssetsWindow *self)
{
  adw_flap_set_reveal_flap (self->flap, FALSE);
  self->filling = TRUE;
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  self->filling = FALSE;
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

static void
case_wanted_cb (LzAssetsWindow *self, const LzId *id)
{
  g_signal_emit (self, signals[CASE_WANTED], 0, id);
}

/* The list. */

const char *
lz_assets_window_get_kind (LzAssetsWindow *self)
{
  guint at = gtk_drop_down_get_selected (self->kind);
  const LzAssetKind *kind =
      self->list != NULL && at > 0 ? lz_asset_kinds_get (self->list->kinds, at - 1) : NULL;

  return kind != NULL ? kind->key : NULL;
}

static guint
count_kind (const LzAssetList *list, const char *key)
{
  guint n = 0;

  for (guint i = 0; i < list->counts->len; i++)
    {
      const LzAssetCount *count = &g_array_index (list->counts, LzAssetCount, i);

      if (key == NULL || g_str_equal (count->kind, key))
        n += (guint) count->n;
    }
  return n;
}

/* The words of the kinds with how many there are; what was chosen stays. */
static void
show_kinds (LzAssetsWindow *self)
{
  guint selected = gtk_drop_down_get_selected (self->kind);
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  g_autofree char *all = g_strdup_printf (_ ("All kinds (%u)"), count_kind (self->list, NULL));

  gtk_string_list_append (words, all);
  for (guint i = 0; i < lz_asset_kinds_get_n (self->list->kinds); i++)
    {
      const LzAssetKind *kind = lz_asset_kinds_get (self->list->kinds, i);
      g_autofree char *word = g_strdup_printf ("%s (%u)", lz_asset_kind_get_label (kind),
                                               count_kind (self->list, kind->key));

      gtk_string_list_append (words, word);
    }
  self->filling = TRUE;
  gtk_drop_down_set_model (self->kind, G_LIST_MODEL (words));
  gtk_drop_down_set_selected (self->kind, selected == GTK_INVALID_LIST_POSITION ? 0 : selected);
  self->filling = FALSE;
}

static void
show_list (LzAssetsWindow *self)
{
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  const LzId *shown = lz_asset_form_get_id (self->form);
  guint selected = GTK_INVALID_LIST_POSITION;
  g_autofree char *text = NULL;
  guint n;

  for (guint i = 0; i < self->list->records->len; i++)
    {
      const LzRecord *record = self->list->records->pdata[i];

      g_ptr_array_add (items, lz_asset_item_new (self->session, self->list->kinds, record));
      if (adw_flap_get_reveal_flap (self->flap) && lz_id_equal (&record->id, shown))
        selected = i;
    }
  self->filling = TRUE;
  n = g_list_model_get_n_items (G_LIST_MODEL (self->store));
  if (self->list->skip <= n)
    g_list_store_splice (self->store, self->list->skip, n - self->list->skip, items->pdata,
                         items->len);
  if (self->list->skip == 0)
    gtk_single_selection_set_selected (self->selection, selected);
  self->filling = FALSE;

  n = g_list_model_get_n_items (G_LIST_MODEL (self->store));
  text = self->list->n > n
             ? g_strdup_printf (_ ("%u of %u entries, the last changed first: the others come as "
                                   "you scroll"),
                                n, (guint) self->list->n)
             : g_strdup_printf (ngettext ("%u entry", "%u entries", n), n);
  gtk_label_set_label (self->summary, text);
  adw_status_page_set_description (
      self->empty, count_kind (self->list, NULL) == 0
                       ? _ ("Begin with “New Entry”, or import a register from the menu.")
                       : _ ("Other words, another kind or another road may find more."));
  gtk_stack_set_visible_child_name (self->stack, n > 0 ? "list" : "empty");
}

static void
list_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzAssetsWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  LzAssetList *list = lz_asset_list_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_ASSETS_WINDOW (self));
  if (list == NULL)
    {
      self->n_wanted = 0;
      lz_undo_toast_tell (self->toasts, lz_jobs_explain (error));
      return;
    }
  g_clear_pointer (&self->list, lz_asset_list_free);
  self->list = list;
  show_kinds (self);
  show_list (self);
  self->n_wanted = g_list_model_get_n_items (G_LIST_MODEL (self->store));
  if (self->begin)
    begin (self);
}

void
lz_assets_window_fill_filter (LzAssetsWindow *self, LzAssetFilter *filter)
{
  g_autofree char *text =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->search))));

  filter->kind = g_strdup (lz_assets_window_get_kind (self));
  filter->road = lz_road_choice_get_of (self->road);
  filter->text = *text != '\0' ? g_steal_pointer (&text) : NULL;
  filter->gone = gtk_toggle_button_get_active (self->gone);
}

/* From entry @skip on. */
static void
read_page (LzAssetsWindow *self, guint skip)
{
  LzAssetFilter filter = { 0 };

  renew (&self->reading);
  lz_assets_window_fill_filter (self, &filter);
  lz_asset_list_read_async (self->session, &filter, skip, self->n_wanted - skip, self->reading,
                            list_read_cb, self);
  lz_asset_filter_clear (&filter);
}

/* As many as are listed now: what is scrolled to stays. */
static void
read_list (LzAssetsWindow *self)
{
  self->n_wanted = MAX (LZ_ASSETS_PAGE, g_list_model_get_n_items (G_LIST_MODEL (self->store)));
  read_page (self, 0);
}

static void
edge_reached_cb (LzAssetsWindow *self, GtkPositionType edge)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->store));

  /* n_wanted tells that the next page is on its way. */
  if (edge != GTK_POS_BOTTOM || self->list == NULL || n >= self->list->n || self->n_wanted > n)
    return;
  self->n_wanted = n + LZ_ASSETS_PAGE;
  read_page (self, n);
}

static void
filter_changed_cb (LzAssetsWindow *self)
{
  if (self->filling)
    return;
  self->n_wanted = LZ_ASSETS_PAGE;
  read_page (self, 0);
}

static void
session_changed_cb (LzAssetsWindow *self)
{
  LzId id = *lz_asset_form_get_id (self->form);

  read_list (self);
  /* What is being written is not overwritten by what came from elsewhere. */
  if (adw_flap_get_reveal_flap (self->flap) && !lz_id_is_nil (&id) &&
      !lz_asset_form_is_dirty (self->form))
    lz_assets_window_show_asset (self, &id);
}

static void
search_activated_cb (LzAssetsWindow *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* Acts. */

static void
add_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzAssetsWindow *self = LZ_ASSETS_WINDOW (widget);
  LzId road = lz_road_choice_get_of (self->road);

  lz_assets_window_add (self, lz_assets_window_get_kind (self), &road);
}

/* Wherever the focus is. */
static void
save_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzAssetsWindow *self = LZ_ASSETS_WINDOW (widget);

  if (adw_flap_get_reveal_flap (self->flap))
    gtk_widget_activate_action (GTK_WIDGET (self->form), "asset.save", NULL);
}

static void
find_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gtk_widget_grab_focus (GTK_WIDGET (LZ_ASSETS_WINDOW (widget)->search));
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzAssetsWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  LzUndone undone = { 0 };

  lz_acts_undo_finish (LZ_SESSION (source), result, &undone, &error);
  text = lz_acts_dup_undone_text (&undone, error);
  lz_undo_toast_tell (self->toasts, text);
}

static void
undo_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lz_acts_undo_async (LZ_ASSETS_WINDOW (widget)->session, undone_cb, g_object_ref (widget));
}

LzAssetsWindow *
lz_assets_window_new (GtkWindow *parent, LzSession *session)
{
  LzAssetsWindow *self = NULL;

  g_return_val_if_fail (LZ_IS_SESSION (session), NULL);

  self = g_object_new (LZ_TYPE_ASSETS_WINDOW, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  lz_asset_form_set_session (self->form, session);
  self->filling = TRUE;
  lz_road_choice_fill (self->road, session, _ ("All roads"));
  self->filling = FALSE;
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);
  read_list (self);
  return self;
}

static void
lz_assets_window_dispose (GObject *object)
{
  LzAssetsWindow *self = LZ_ASSETS_WINDOW (object);

  g_cancellable_cancel (self->reading);
  g_cancellable_cancel (self->loading);
  g_clear_object (&self->reading);
  g_clear_object (&self->loading);
  g_clear_object (&self->selection);
  g_clear_object (&self->store);
  g_clear_object (&self->session);
  g_clear_pointer (&self->list, lz_asset_list_free);
  g_clear_pointer (&self->new_kind, g_free);

  G_OBJECT_CLASS (lz_assets_window_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LzAssetsWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, LzAssetsWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, LzAssetsWindow, search);
  gtk_widget_class_bind_template_child (widget_class, LzAssetsWindow, kind);
  gtk_widget_class_bind_template_child (widget_class, LzAssetsWindow, road);
  gtk_widget_class_bind_template_child (widget_class, LzAssetsWindow, gone);
  gtk_widget_class_bind_template_child (widget_class, LzAssetsWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LzAssetsWindow, empty);
  gtk_widget_class_bind_template_child (widget_class, LzAssetsWindow, view);
  gtk_widget_class_bind_template_child (widget_class, LzAssetsWindow, scroller);
  gtk_widget_class_bind_template_child (widget_class, LzAssetsWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, LzAssetsWindow, form);
}

static void
lz_assets_window_class_init (LzAssetsWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_assets_window_dispose;
  g_type_ensure (LZ_TYPE_ASSET_FORM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-assets-window.ui");
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "assets.add", NULL, add_cb);
  gtk_widget_class_install_action (widget_class, "assets.save", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "assets.find", NULL, find_cb);
  gtk_widget_class_install_action (widget_class, "assets.undo", NULL, undo_cb);
  lz_assets_window_install_registers (widget_class);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_n, GDK_CONTROL_MASK, "assets.add",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "assets.save", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_i, GDK_CONTROL_MASK, "assets.import",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_e, GDK_CONTROL_MASK, "assets.export",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "assets.find",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_z, GDK_CONTROL_MASK, "assets.undo",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  signals[CASE_WANTED] = g_signal_new ("case-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
lz_assets_window_init (LzAssetsWindow *self)
{
  g_autoptr (GtkListItemFactory) factory = lz_asset_item_new_factory ();

  gtk_widget_init_template (GTK_WIDGET (self));
  lz_names_from_tooltips (GTK_WIDGET (self));
  self->store = g_list_store_new (LZ_TYPE_ASSET_ITEM);
  self->selection = gtk_single_selection_new (G_LIST_MODEL (g_object_ref (self->store)));
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_list_view_set_factory (self->view, factory);
  gtk_list_view_set_model (self->view, GTK_SELECTION_MODEL (self->selection));

  g_signal_connect_object (self->selection, "notify::selected-item", G_CALLBACK (selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "search-changed", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "activate", G_CALLBACK (search_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "stop-search", G_CALLBACK (gtk_window_close), self,
                           G_CONNECT_SWAPPED); /* Escape: the entry keeps it to itself */
  g_signal_connect_object (self->kind, "notify::selected", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->road, "notify::selected", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->gone, "toggled", G_CALLBACK (filter_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->scroller, "edge-reached", G_CALLBACK (edge_reached_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "closed", G_CALLBACK (closed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "saved", G_CALLBACK (saved_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "told", G_CALLBACK (told_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->form, "case-wanted", G_CALLBACK (case_wanted_cb), self,
                           G_CONNECT_SWAPPED);
}
