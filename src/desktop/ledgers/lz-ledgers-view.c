/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-ledgers-view.h"

#include <glib/gi18n.h>

#include "lz-bulletin-view.h"
#include "lz-cases-page.h"
#include "lz-jobs.h"
#include "lz-ledger-columns.h"
#include "lz-template.h"

struct _LzLedgersView
{
  GtkWidget parent_instance;

  GtkBox *choice;
  GtkLabel *definition;
  LzCasesPage *page;
  GtkToggleButton *buttons[LZ_N_LEDGERS];

  LzSession *session;
  LzLedgerColumns *columns;
  LzLedgerQuery query;
  GCancellable *reading;
};

static void lz_ledgers_view_view_init (LzBulletinViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LzLedgersView,
                               lz_ledgers_view,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (LZ_TYPE_BULLETIN_VIEW,
                                                      lz_ledgers_view_view_init))

/* What the store says of the ledgers of a period. */
typedef struct
{
  guint counts[LZ_N_LEDGERS];
  GPtrArray *entries; /* of the ledger that is shown */
} Content;

static void
content_free (gpointer data)
{
  Content *self = data;

  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_free (self);
}

/* A job of the read thread. */
static gpointer
read_content (LzStation *station, gpointer data, GError **error)
{
  const LzLedgerQuery *query = data;
  g_autoptr (GArray) fids = lz_ledgers_list (station, query, error);
  Content *content = NULL;

  if (fids == NULL)
    return NULL;
  content = g_new0 (Content, 1);
  content->entries =
      lz_ledgers_load (station, query, (const gint64 *) (gpointer) fids->data, fids->len, error);
  if (content->entries != NULL && lz_ledgers_count (station, query, content->counts, error))
    return content;
  content_free (content);
  return NULL;
}

static void
show_counts (LzLedgersView *self, const guint *counts)
{
  for (guint i = 0; i < LZ_N_LEDGERS; i++)
    {
      const char *label = lz_ledger_label ((LzLedger) i);
      g_autofree char *text =
          counts != NULL ? g_strdup_printf ("%s %u", label, counts[i]) : g_strdup (label);

      gtk_button_set_label (GTK_BUTTON (self->buttons[i]), text);
    }
}

static void
content_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzLedgersView *self = user_data;
  g_autoptr (GError) error = NULL;
  Content *content = lz_jobs_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_LEDGERS_VIEW (self));
  if (content == NULL)
    {
      lz_bulletin_view_tell (GTK_WIDGET (self), lz_error_explain (error));
      return;
    }
  show_counts (self, content->counts);
  lz_ledger_columns_show (self->columns, self->query.ledger, g_steal_pointer (&content->entries));
  content_free (content);
}

static void
read_again (LzLedgersView *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  lz_jobs_read_async (self->session, read_content, g_memdup2 (&self->query, sizeof self->query),
                      g_free, content_free, self->reading, content_read_cb, self);
}

static void
show_ledger (LzLedgersView *self)
{
  gtk_label_set_label (self->definition, lz_ledger_definition (self->query.ledger));
  lz_ledger_columns_show (self->columns, self->query.ledger, NULL);
  lz_cases_page_set_ledger (self->page, &self->query);
  read_again (self);
}

static void
toggled_cb (LzLedgersView *self, GtkToggleButton *button)
{
  if (!gtk_toggle_button_get_active (button) || self->session == NULL)
    return;
  for (guint i = 0; i < LZ_N_LEDGERS; i++)
    if (self->buttons[i] == button)
      self->query.ledger = (LzLedger) i;
  show_ledger (self);
}

static void
told_cb (LzLedgersView *self, const char *text)
{
  lz_bulletin_view_tell (GTK_WIDGET (self), text);
}

/* The view. */

static void
set_session (LzBulletinView *view, LzSession *session)
{
  LzLedgersView *self = LZ_LEDGERS_VIEW (view);

  self->session = g_object_ref (session);
  self->query.period =
      lz_period_at (LZ_PERIOD_WEEK, lz_session_now (), lz_session_get_offset_min (session));
  lz_cases_page_set_ledger (self->page, &self->query);
  lz_cases_page_set_session (self->page, session);
  self->columns = lz_ledger_columns_new (self->page, session);
  gtk_label_set_label (self->definition, lz_ledger_definition (self->query.ledger));
}

static void
refresh (LzBulletinView *view, const LzPeriod *period)
{
  LzLedgersView *self = LZ_LEDGERS_VIEW (view);
  gboolean same =
      self->query.period.from_ms == period->from_ms && self->query.period.to_ms == period->to_ms;

  self->query.period = *period;
  if (same)
    read_again (self); /* the list asks again by itself */
  else
    show_ledger (self);
}

static gboolean
leave (LzBulletinView *view)
{
  return lz_cases_page_leave (LZ_LEDGERS_VIEW (view)->page);
}

static void
lz_ledgers_view_view_init (LzBulletinViewInterface *iface)
{
  iface->set_session = set_session;
  iface->refresh = refresh;
  iface->leave = leave;
}

static void
lz_ledgers_view_dispose (GObject *object)
{
  LzLedgersView *self = LZ_LEDGERS_VIEW (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->columns);
  g_clear_object (&self->session);
  lz_template_dispose (GTK_WIDGET (self), LZ_TYPE_LEDGERS_VIEW);

  G_OBJECT_CLASS (lz_ledgers_view_parent_class)->dispose (object);
}

static void
lz_ledgers_view_class_init (LzLedgersViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_ledgers_view_dispose;

  g_type_ensure (LZ_TYPE_CASES_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-ledgers-view.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, LzLedgersView, choice);
  gtk_widget_class_bind_template_child (widget_class, LzLedgersView, definition);
  gtk_widget_class_bind_template_child (widget_class, LzLedgersView, page);
}

static void
lz_ledgers_view_init (LzLedgersView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < LZ_N_LEDGERS; i++)
    {
      GtkWidget *button = gtk_toggle_button_new ();

      self->buttons[i] = GTK_TOGGLE_BUTTON (button);
      if (i > 0)
        gtk_toggle_button_set_group (self->buttons[i], self->buttons[0]);
      gtk_widget_set_tooltip_text (button, lz_ledger_definition ((LzLedger) i));
      g_signal_connect_swapped (button, "toggled", G_CALLBACK (toggled_cb), self);
      gtk_box_append (self->choice, button);
    }
  show_counts (self, NULL);
  gtk_toggle_button_set_active (self->buttons[0], TRUE);
  g_signal_connect_object (self->page, "told", G_CALLBACK (told_cb), self, G_CONNECT_SWAPPED);
}
