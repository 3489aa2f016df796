/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-overview.h"

#include <glib/gi18n.h>
#include <string.h>

#include "lz-bulletin-view.h"
#include "lz-jobs.h"
#include "lz-key-figure.h"
#include "lz-overview-plots.h"
#include "lz-template.h"
#include "lz-words.h"

static const LzCount key_counts[] = { LZ_COUNT_REPORTED, LZ_COUNT_FILED, LZ_COUNT_DUE_CLOSE,
                                      LZ_COUNT_CLOSED, LZ_COUNT_OVERDUE_OPEN };
static const LzRate key_rates[] = { LZ_RATE_CLOSING, LZ_RATE_CLOSING_ON_TIME, LZ_RATE_REWORK };

/* Weeks or months of the trend. */
#define N_TREND 12

struct _LzOverview
{
  GtkWidget parent_instance;

  GtkLabel *standing;
  GtkFlowBox *keys;
  GtkBox *trend_box;
  GtkFlowBox *cards;
  GPtrArray *key_figures; /* LzKeyFigure */
  LzFigurePlot *trend;
  LzFigurePlot *dimensions;
  LzFigurePlot *units;
  LzFigurePlot *heat;
  LzFigurePlot *map;
  GtkToggleButton *by_weekday;

  LzSession *session;
  LzOverviewData *data;
  LzOverviewTrend *last; /* %NULL until it is there */
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

/* A job of the read thread. */
static gpointer
load_trend_job (LzStation *station, gpointer data, GError **error)
{
  const Question *question = data;

  return lz_overview_trend_load (station, &question->period, N_TREND, question->now_ms, error);
}

static void
show_heat (LzOverview *self)
{
  if (self->last != NULL)
    lz_plot_heat_show (self->heat, self->data, self->last->times,
                       gtk_toggle_button_get_active (self->by_weekday) ? LZ_BY_ROAD_WEEKDAY
                                                                       : LZ_BY_ROAD_HOUR);
}

/* Whether every figure would come out today as it was published. */
static gboolean
is_unchanged (const LzOverviewData *data)
{
  static const LzTallyBy bys[] = { LZ_BY_ALL, LZ_BY_DIMENSION, LZ_BY_UNIT, LZ_BY_ROAD };

  for (guint k = 0; k < G_N_ELEMENTS (bys); k++)
    for (guint i = 0; i < lz_tally_get_n_groups (data->counted->tallies[bys[k]]); i++)
      {
        const LzTallyGroup *now = lz_tally_get_group (data->counted->tallies[bys[k]], i);
        const LzTallyGroup *then = lz_tally_find (data->now->tallies[bys[k]], now->value);

        if (then == NULL || memcmp (then->counts, now->counts, sizeof now->counts) != 0)
          return FALSE;
      }
  return TRUE;
}

/* That it was published, and whether it still holds. */
static void
show_standing (LzOverview *self)
{
  const LzBulletin *sealed = self->data->sealed;
  g_autofree char *when = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->standing), sealed != NULL);
  if (sealed == NULL)
    return;
  when = lz_words_dup_date_time (sealed->published_ms, lz_session_get_offset_min (self->session));
  /* Translators: above the figures of a published period; the date and time. */
  text = g_strdup_printf (is_unchanged (self->data)
                              ? _ ("As published %s; nothing has changed since.")
                              : _ ("As published %s. What would come out differently now stands "
                                   "beside it; the edition lists every correction."),
                          when);
  gtk_label_set_label (self->standing, text);
}

static void
show_data (LzOverview *self)
{
  show_standing (self);
  for (guint i = 0; i < self->key_figures->len; i++)
    lz_key_figure_show (self->key_figures->pdata[i], self->data);
  lz_plot_bars_show (self->dimensions, self->data, LZ_BY_DIMENSION);
  lz_plot_bars_show (self->units, self->data, LZ_BY_UNIT);
  lz_plot_map_show (self->map, self->data, lz_session_get_roads (self->session));
}

/* FALSE: it was cancelled, and @self may be gone; or it failed, which is told. */
static gboolean
check (LzOverview *self, gconstpointer result, const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return FALSE;

  g_assert (LZ_IS_OVERVIEW (self));
  if (result == NULL)
    lz_bulletin_view_tell (GTK_WIDGET (self), lz_error_explain (error));
  return result != NULL;
}

static void
trend_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzOverview *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LzOverviewTrend) trend = lz_jobs_finish (result, &error);

  if (!check (self, trend, error))
    return;

  g_clear_pointer (&self->last, lz_overview_trend_free);
  self->last = g_steal_pointer (&trend);
  lz_plot_trend_show (self->trend, self->last);
  show_heat (self);
}

static void
loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzOverview *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LzOverviewData) data = lz_jobs_finish (result, &error);
  Question *question;

  if (!check (self, data, error))
    return;

  g_clear_pointer (&self->data, lz_overview_data_free);
  g_clear_pointer (&self->last, lz_overview_trend_free);
  self->data = g_steal_pointer (&data);
  show_data (self);
  /* The figures come first: the trend takes as long as all its periods. */
  question = g_new0 (Question, 1);
  question->period = self->data->query.period;
  question->now_ms = self->data->query.now_ms;
  lz_jobs_read_async (self->session, load_trend_job, question, g_free,
                      (GDestroyNotify) lz_overview_trend_free, self->reading, trend_loaded_cb,
                      self);
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
  g_clear_pointer (&self->data, lz_overview_data_free);
  g_clear_pointer (&self->last, lz_overview_trend_free);
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
  gtk_widget_class_bind_template_child (widget_class, LzOverview, standing);
  gtk_widget_class_bind_template_child (widget_class, LzOverview, keys);
  gtk_widget_class_bind_template_child (widget_class, LzOverview, trend_box);
  gtk_widget_class_bind_template_child (widget_class, LzOverview, cards);
}

static void
add_key (LzOverview *self, GtkWidget *figure)
{
  g_ptr_array_add (self->key_figures, figure);
  gtk_flow_box_append (self->keys, figure);
  /* What takes the focus is the figure, not its place in the box. */
  gtk_widget_set_focusable (gtk_widget_get_parent (figure), FALSE);
}

static GtkWidget *
new_card (LzFigurePlot *plot, const char *title, GtkWidget *more)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, "heading");
  gtk_box_append (GTK_BOX (head), label);
  if (more != NULL)
    gtk_box_append (GTK_BOX (head), more);
  gtk_box_append (GTK_BOX (card), head);
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (plot));
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "plot-card");
  return card;
}

static LzFigurePlot *
add_card (LzOverview *self, const LzPlotPainter *painter, const char *title, GtkWidget *more)
{
  LzFigurePlot *plot = lz_figure_plot_new (painter, title);
  GtkWidget *card = new_card (plot, title, more);

  gtk_widget_set_size_request (card, 430, -1);
  gtk_flow_box_append (self->cards, card);
  gtk_widget_set_focusable (gtk_widget_get_parent (card), FALSE);
  return plot;
}

/* Hour or weekday. */
static GtkWidget *
new_heat_switch (LzOverview *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *by_hour = gtk_toggle_button_new_with_label (_ ("Hour"));
  GtkWidget *by_weekday = gtk_toggle_button_new_with_label (_ ("Weekday"));

  self->by_weekday = GTK_TOGGLE_BUTTON (by_weekday);
  gtk_toggle_button_set_group (self->by_weekday, GTK_TOGGLE_BUTTON (by_hour));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (by_hour), TRUE);
  gtk_box_append (GTK_BOX (box), by_hour);
  gtk_box_append (GTK_BOX (box), by_weekday);
  gtk_widget_add_css_class (box, "linked");
  g_signal_connect_object (by_weekday, "toggled", G_CALLBACK (show_heat), self, G_CONNECT_SWAPPED);
  return box;
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
  self->trend = lz_figure_plot_new (&lz_plot_trend, _ ("Trend"));
  gtk_box_append (self->trend_box, new_card (self->trend, _ ("Trend"), NULL));
  self->dimensions =
      add_card (self, &lz_plot_bars, _ ("Closed of What Was to Be Closed, by Dimension"), NULL);
  self->units =
      add_card (self, &lz_plot_bars, _ ("Closed of What Was to Be Closed, by Unit"), NULL);
  self->heat =
      add_card (self, &lz_plot_heat, _ ("Reports by Road and Time"), new_heat_switch (self));
  self->map = add_card (self, &lz_plot_map, _ ("Reports on the Map"), NULL);
}
