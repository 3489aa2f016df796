/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-overview.h"

#include <glib/gi18n.h>

#include "lz-bulletin-view.h"
#include "lz-jobs.h"
#include "lz-key-figure.h"
#include "lz-overview-data.h"
#include "lz-template.h"

static const LzCount key_counts[] = { LZ_COUNT_REPORTED, LZ_COUNT_FILED, LZ_COUNT_DUE_CLOSE,
                                      LZ_COUNT_CLOSED, LZ_COUNT_OVERDUE_OPEN };
static const LzRate key_rates[] = { LZ_RATE_CLOSING, LZ_RATE_CLOSING_ON_TIME, LZ_RATE_REWORK };

struct _LzOverview
{
  GtkWidget parent_instance;

  GtkFlowBox *keys;
  GPtrArray *key_figures; /* LzKeyFigure */

  LzSession *session;
  GCancellable *reading;
};

static void lz_overview_view_init (LzBulletinViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LzOverview,
                               lz_overview,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (LZ_TYPE_BULLETIN_VIEW, lz_overview_view_init))

typedef struct
{
  LzPeriod period;
  gint64 now_ms;
} Question;

/* A job of the read thread. */
static gpointer
load_job (LzStation *station, gpointer data, GError **error)
{
  const Question *question = data;

  return lz_overview_data_load (station, &question->period, question->now_ms, error);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzOverview *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LzOverviewData) data = lz_jobs_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_OVERVIEW (self));
  if (data == NULL)
    {
      lz_bulletin_view_tell (GTK_WIDGET (self), lz_error_explain (error));
      return;
    }
  for (guint i = 0; i < self->key_figures->len; i++)
    lz_key_figure_show (self->key_figures->pdata[i], data);
}

static void
refresh (LzBulletinView *view, const LzPeriod *period)
{
  LzOverview *self = LZ_OVERVIEW (view);
  Question *question = g_new0 (Question, 1);

  question->period = *period;
  question->now_ms = lz_session_now ();
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  lz_jobs_read_async (self->session, load_job, question, g_free,
                      (GDestroyNotify) lz_overview_data_free, self->reading, loaded_cb, self);
}

static void
set_session (LzBulletinView *view, LzSession *session)
{
  g_set_object (&LZ_OVERVIEW (view)->session, session);
}

static void
lz_overview_view_init (LzBulletinViewInterface *iface)
{
  iface->set_session = set_session;
  iface->refresh = refresh;
}

static void
lz_overview_dispose (GObject *object)
{
  LzOverview *self = LZ_OVERVIEW (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->key_figures, g_ptr_array_unref);
  g_clear_object (&self->session);
  lz_template_dispose (GTK_WIDGET (self), LZ_TYPE_OVERVIEW);

  G_OBJECT_CLASS (lz_overview_parent_class)->dispose (object);
}

static void
lz_overview_class_init (LzOverviewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_overview_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/luzhang/Luzhang/lz-overview.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, LzOverview, keys);
}

static void
add_key (LzOverview *self, GtkWidget *figure)
{
  g_ptr_array_add (self->key_figures, figure);
  gtk_flow_box_append (self->keys, figure);
  /* What takes the focus is the figure, not its place in the box. */
  gtk_widget_set_focusable (gtk_widget_get_parent (figure), FALSE);
}

static void
lz_overview_init (LzOverview *self)
{
  self->key_figures = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (key_counts); i++)
    add_key (self, lz_key_figure_new_count (key_counts[i]));
  for (guint i = 0; i < G_N_ELEMENTS (key_rates); i++)
    add_key (self, lz_key_figure_new_rate (key_rates[i]));
}
