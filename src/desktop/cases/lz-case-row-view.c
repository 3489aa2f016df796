/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-case-row-view.h"

#include <glib/gi18n.h>

#include "lz-badge.h"
#include "lz-names.h"
#include "lz-template.h"
#include "lz-words.h"

struct _LzCaseRowView
{
  GtkWidget parent_instance;

  GtkImage *lamp;
  GtkLabel *title;
  GtkLabel *state;
  GtkLabel *place;
  GtkLabel *time;

  LzSession *session;
  LzCaseItem *item;
};

G_DEFINE_FINAL_TYPE (LzCaseRowView, lz_case_row_view, GTK_TYPE_WIDGET)

static char *
dup_time (LzCaseRowView *self, const LzCaseRow *row)
{
  gint64 now_ms = lz_session_now ();
  int offset_min = lz_session_get_offset_min (self->session);

  g_autofree char *time = row->due_ms != 0 && row->stopped_ms == 0
                              ? lz_words_dup_due (row->due_ms, now_ms, offset_min)
                              : lz_words_dup_time (row->reported_ms, now_ms, offset_min);

  /* Translators: %s is a time, such as "due today 10:40" */
  return row->delivered ? g_strdup_printf (_ ("%s · delivered ✓"), time) : g_steal_pointer (&time);
}

static void
show_row (LzCaseRowView *self)
{
  const LzCaseRow *row = self->item != NULL ? lz_case_item_get_row (self->item) : NULL;
  g_autofree char *place = NULL;
  g_autofree char *time = NULL;
  g_autofree char *told = NULL;

  if (row == NULL)
    {
      gtk_label_set_label (self->title, "…");
      gtk_label_set_label (self->place, "");
      gtk_label_set_label (self->time, "");
      gtk_widget_set_visible (GTK_WIDGET (self->state), FALSE);
      lz_badge_set_lamp (self->lamp, LZ_LAMP_NONE);
      return;
    }

  place = lz_words_dup_place (row->road_name, row->chainage_cm, row->offset_cm, row->side);
  time = dup_time (self, row);
  gtk_label_set_label (self->title, lz_session_get_category_name (self->session, row->category));
  gtk_label_set_label (self->place, place);
  gtk_label_set_label (self->time, time);
  gtk_widget_set_visible (GTK_WIDGET (self->state), TRUE);
  lz_badge_set_state (self->state, row->state);
  lz_badge_set_lamp (self->lamp, lz_case_row_lamp_at (row, lz_session_now ()));
  told = g_strdup_printf ("%s, %s, %s, %s", gtk_label_get_label (self->title),
                          lz_state_label (row->state), place, time);
  lz_names_set_row (GTK_WIDGET (self), told);
}

static void
lz_case_row_view_set_item (LzCaseRowView *self, LzCaseItem *item)
{
  if (self->item == item)
    return;

  if (self->item != NULL)
    g_signal_handlers_disconnect_by_data (self->item, self);
  g_set_object (&self->item, item);
  if (item != NULL)
    {
      g_signal_connect_swapped (item, "notify::row", G_CALLBACK (show_row), self);
      show_row (self);
    }
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, LzSession *session)
{
  LzCaseRowView *view = g_object_new (LZ_TYPE_CASE_ROW_VIEW, NULL);

  view->session = g_object_ref (session);
  gtk_list_item_set_child (list_item, GTK_WIDGET (view));
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, LzSession *session)
{
  lz_case_row_view_set_item (LZ_CASE_ROW_VIEW (gtk_list_item_get_child (list_item)),
                             gtk_list_item_get_item (list_item));
}

static void
unbind_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, LzSession *session)
{
  lz_case_row_view_set_item (LZ_CASE_ROW_VIEW (gtk_list_item_get_child (list_item)), NULL);
}

GtkListItemFactory *
lz_case_row_view_new_factory (LzSession *session)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_cb), session, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_cb), session, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_cb), session, 0);

  return factory;
}

static void
lz_case_row_view_dispose (GObject *object)
{
  LzCaseRowView *self = LZ_CASE_ROW_VIEW (object);

  lz_case_row_view_set_item (self, NULL);
  g_clear_object (&self->session);
  lz_template_dispose (GTK_WIDGET (self), LZ_TYPE_CASE_ROW_VIEW);

  G_OBJECT_CLASS (lz_case_row_view_parent_class)->dispose (object);
}

static void
lz_case_row_view_class_init (LzCaseRowViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_case_row_view_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-case-row-view.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "caserow");
  gtk_widget_class_bind_template_child (widget_class, LzCaseRowView, lamp);
  gtk_widget_class_bind_template_child (widget_class, LzCaseRowView, title);
  gtk_widget_class_bind_template_child (widget_class, LzCaseRowView, state);
  gtk_widget_class_bind_template_child (widget_class, LzCaseRowView, place);
  gtk_widget_class_bind_template_child (widget_class, LzCaseRowView, time);
}

static void
lz_case_row_view_init (LzCaseRowView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
