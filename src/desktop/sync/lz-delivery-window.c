/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-delivery-window.h"

#include <glib/gi18n.h>

#include "lz-badge.h"
#include "lz-delivery-item.h"
#include "lz-delivery-print.h"
#include "lz-words.h"

/* More is history; the list of cases has it. */
#define MAX_DELIVERIES 5000

struct _LzDeliveryWindow
{
  AdwWindow parent_instance;

  GtkLabel *summary;
  GtkLabel *contact;
  GtkToggleButton *waiting_only;
  GtkStack *stack;
  AdwStatusPage *empty;
  GtkInfoBar *problem_bar;
  GtkLabel *problem;
  GtkColumnView *view;

  LzSession *session;
  LzSyncService *service;
  GListStore *items;
  GCancellable *cancellable;
  gboolean reading;
  gboolean stale;
};

G_DEFINE_FINAL_TYPE (LzDeliveryWindow, lz_delivery_window, ADW_TYPE_WINDOW)

enum
{
  CASE_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Reading. */

static gpointer
read_deliveries (LzStation *station, gpointer data, GError **error)
{
  return lz_sync_list_deliveries (station, GPOINTER_TO_INT (data), MAX_DELIVERIES, error);
}

static void
free_deliveries (gpointer data)
{
  g_ptr_array_unref (data);
}

static void
show_summary (LzDeliveryWindow *self)
{
  const LzSyncStatus *status = lz_sync_service_get_status (self->service);
  g_autofree char *waiting = lz_sync_words_dup_waiting (status);
  g_autofree char *contact = lz_sync_words_dup_contact (status, lz_session_now (),
                                                        lz_session_get_offset_min (self->session));
  g_autofree char *text = NULL;

  if (status->server == NULL)
    text =
        g_strdup (_ ("This computer is not connected to a server yet; everything is kept here."));
  else if (lz_sync_words_count_waiting (status) > 0)
    text = g_strdup_printf (_ ("Waiting to be sent: %s"), waiting);
  else if (status->n_inbox > 0)
    text = g_strdup_printf (ngettext ("%u act was refused and waits for your decision",
                                      "%u acts were refused and wait for your decision",
                                      status->n_inbox),
                            status->n_inbox);
  else
    text = g_strdup (_ ("Everything is delivered"));

  gtk_label_set_label (self->summary, text);
  gtk_label_set_label (self->contact, contact);
  gtk_widget_set_visible (GTK_WIDGET (self->contact), status->server != NULL);
}

static void
show_stack (LzDeliveryWindow *self)
{
  gboolean only = gtk_toggle_button_get_active (self->waiting_only);
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (self->items)) > 0;

  adw_status_page_set_title (self->empty,
                             only ? _ ("Nothing Waits") : _ ("Nothing Logged Here Yet"));
  adw_status_page_set_description (
      self->empty, only ? _ ("Every case you worked on at this computer is delivered.")
                        : _ ("The cases you work on at this computer are listed here."));
  gtk_stack_set_visible_child_name (self->stack, any ? "table" : "empty");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "deliveries.print", any);
}

static void read_again (LzDeliveryWindow *self);

static void
deliveries_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzDeliveryWindow *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) list = lz_store_job_finish (LZ_STORE (source), result, &error);
  g_autoptr (GPtrArray) items = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_DELIVERY_WINDOW (self));
  self->reading = FALSE;
  gtk_info_bar_set_revealed (self->problem_bar, error != NULL);
  if (error != NULL)
    {
      gtk_label_set_label (self->problem, lz_error_explain (error));
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->problem), error->message);
      return;
    }

  items = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_set_free_func (list, NULL); /* each goes to its item */
  for (guint i = 0; i < list->len; i++)
    g_ptr_array_add (items,
                     lz_delivery_item_new (list->pdata[i],
                                           lz_sync_service_get_progress (self->service)->state));
  lz_delivery_item_replace (self->items, items);
  show_stack (self);
  if (self->stale)
    read_again (self);
}

static void
read_again (LzDeliveryWindow *self)
{
  self->stale = self->reading;
  if (self->reading)
    return;

  self->reading = TRUE;
  lz_store_read_async (lz_session_get_store (self->session), read_deliveries,
                       GINT_TO_POINTER (gtk_toggle_button_get_active (self->waiting_only)), NULL,
                       free_deliveries, self->cancellable, deliveries_read_cb, self);
}

static void
changed_cb (LzDeliveryWindow *self)
{
  show_summary (self);
  read_again (self);
}

/* The table. */

typedef struct
{
  void (*show) (LzDeliveryWindow *self, LzDeliveryItem *item, GtkWidget *cell);
} Column;

static void
show_face (LzDeliveryWindow *self, LzDeliveryItem *item, GtkWidget *cell)
{
  LzDeliveryFace face = lz_delivery_item_get_face (item);
  GtkWidget *icon = gtk_widget_get_first_child (cell);

  gtk_image_set_from_icon_name (GTK_IMAGE (icon), lz_sync_words_get_delivery_icon (face));
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_next_sibling (icon)),
                       lz_sync_words_get_delivery_label (face));
  lz_badge_set_class (cell, "delivery-",
                      face == LZ_DELIVERY_DELIVERED ? "delivery-there"
                      : face == LZ_DELIVERY_REFUSED ? "delivery-refused"
                                                    : "delivery-waiting");
}

static void
show_number (LzDeliveryWindow *self, LzDeliveryItem *item, GtkWidget *cell)
{
  const LzDelivery *delivery = lz_delivery_item_get (item);

  gtk_label_set_label (GTK_LABEL (cell), delivery->number != NULL ? delivery->number : "—");
}

static void
show_case (LzDeliveryWindow *self, LzDeliveryItem *item, GtkWidget *cell)
{
  const char *text = lz_delivery_print_get_category (self->session, lz_delivery_item_get (item));

  gtk_label_set_label (GTK_LABEL (cell), text);
  gtk_widget_set_tooltip_text (cell, text);
}

static void
show_road (LzDeliveryWindow *self, LzDeliveryItem *item, GtkWidget *cell)
{
  const LzDelivery *delivery = lz_delivery_item_get (item);

  gtk_label_set_label (GTK_LABEL (cell), delivery->road_name != NULL ? delivery->road_name : "—");
}

static void
show_fraction (GtkWidget *cell, guint there, guint all)
{
  g_autofree char *text = all > 0 ? g_strdup_printf ("%u/%u", there, all) : g_strdup ("—");
  g_autofree char *spoken = g_strdup_printf (_ ("%u of %u delivered"), there, all);

  gtk_label_set_label (GTK_LABEL (cell), text);
  gtk_widget_set_tooltip_text (cell, all > 0 ? spoken : NULL);
}

static void
show_acts (LzDeliveryWindow *self, LzDeliveryItem *item, GtkWidget *cell)
{
  const LzDelivery *delivery = lz_delivery_item_get (item);

  show_fraction (cell, delivery->n_events_there, delivery->n_events);
}

static void
show_photos (LzDeliveryWindow *self, LzDeliveryItem *item, GtkWidget *cell)
{
  const LzDelivery *delivery = lz_delivery_item_get (item);

  show_fraction (cell, delivery->n_photos_there, delivery->n_photos);
}

static void
show_time (LzDeliveryWindow *self, LzDeliveryItem *item, GtkWidget *cell)
{
  g_autofree char *time =
      lz_words_dup_time (lz_delivery_item_get (item)->changed_ms, lz_session_now (),
                         lz_session_get_offset_min (self->session));

  gtk_label_set_label (GTK_LABEL (cell), time);
}

static const Column columns[] = {
  { show_face }, { show_number }, { show_case }, { show_road },
  { show_acts }, { show_photos }, { show_time },
};

static void
setup_face_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_box_append (GTK_BOX (box), gtk_image_new ());
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (GTK_BOX (box), label);
  gtk_list_item_set_child (list_item, box);
}

static void
setup_label_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "numeric");
  gtk_list_item_set_child (list_item, label);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, LzDeliveryWindow *self)
{
  const Column *column = g_object_get_data (G_OBJECT (factory), "column");

  column->show (self, gtk_list_item_get_item (list_item), gtk_list_item_get_child (list_item));
}

static void
fill_columns (LzDeliveryWindow *self)
{
  GListModel *list = gtk_column_view_get_columns (self->view);

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (list, i);
      g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

      g_object_set_data (G_OBJECT (factory), "column", (gpointer) &columns[i]);
      g_signal_connect (factory, "setup",
                        columns[i].show == show_face ? G_CALLBACK (setup_face_cb)
                                                     : G_CALLBACK (setup_label_cb),
                        NULL);
      g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), self, 0);
      gtk_column_view_column_set_factory (column, factory);
    }
}

static void
activate_cb (LzDeliveryWindow *self, guint position)
{
  g_autoptr (LzDeliveryItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  g_signal_emit (self, signals[CASE_WANTED], 0, &lz_delivery_item_get (item)->id);
}

static void
print_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzDeliveryWindow *self = LZ_DELIVERY_WINDOW (widget);
  g_autoptr (GError) error = NULL;

  if (!lz_delivery_print_run (GTK_WINDOW (self), self->session,
                              lz_sync_service_get_status (self->service),
                              G_LIST_MODEL (self->items), &error))
    {
      gtk_label_set_label (self->problem, _ ("The list could not be printed."));
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->problem), error->message);
      gtk_info_bar_set_revealed (self->problem_bar, TRUE);
    }
}

LzDeliveryWindow *
lz_delivery_window_new (GtkWindow *parent, LzSession *session, LzSyncService *service)
{
  LzDeliveryWindow *self = NULL;

  g_return_val_if_fail (LZ_IS_SESSION (session), NULL);
  g_return_val_if_fail (LZ_IS_SYNC_SERVICE (service), NULL);

  self = g_object_new (LZ_TYPE_DELIVERY_WINDOW, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->service = g_object_ref (service);
  g_signal_connect_object (service, "status", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  changed_cb (self);

  return self;
}

static void
lz_delivery_window_dispose (GObject *object)
{
  LzDeliveryWindow *self = LZ_DELIVERY_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->items);
  g_clear_object (&self->session);
  g_clear_object (&self->service);

  G_OBJECT_CLASS (lz_delivery_window_parent_class)->dispose (object);
}

static void
lz_delivery_window_class_init (LzDeliveryWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_delivery_window_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-delivery-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LzDeliveryWindow, summary);
  gtk_widget_class_bind_template_child (widget_class, LzDeliveryWindow, contact);
  gtk_widget_class_bind_template_child (widget_class, LzDeliveryWindow, waiting_only);
  gtk_widget_class_bind_template_child (widget_class, LzDeliveryWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LzDeliveryWindow, empty);
  gtk_widget_class_bind_template_child (widget_class, LzDeliveryWindow, problem_bar);
  gtk_widget_class_bind_template_child (widget_class, LzDeliveryWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, LzDeliveryWindow, view);
  gtk_widget_class_bind_template_callback (widget_class, read_again);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_install_action (widget_class, "deliveries.print", NULL, print_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_p, GDK_CONTROL_MASK,
                                       "deliveries.print", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);

  signals[CASE_WANTED] = g_signal_new ("case-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
lz_delivery_window_init (LzDeliveryWindow *self)
{
  GtkSelectionModel *selection;

  self->cancellable = g_cancellable_new ();
  self->items = g_list_store_new (LZ_TYPE_DELIVERY_ITEM);
  gtk_widget_init_template (GTK_WIDGET (self));

  fill_columns (self);
  selection =
      GTK_SELECTION_MODEL (gtk_single_selection_new (g_object_ref (G_LIST_MODEL (self->items))));
  gtk_column_view_set_model (self->view, selection);
  g_object_unref (selection);
}
