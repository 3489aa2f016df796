/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-sheet-view.h"

#include <glib/gi18n.h>

#include "lz-bulletin-view.h"
#include "lz-names.h"
#include "lz-report-job.h"
#include "lz-report-out.h"
#include "lz-report-tables.h"
#include "lz-template.h"

struct _LzSheetView
{
  GtkWidget parent_instance;

  GtkLabel *title;
  GtkLabel *standing;
  LzReportTables *tables;

  LzSession *session;
  LzFiguresKind kind;
  char *of;
  char *name;
  char *model;
  LzTallyQuery query;
  LzReportHold *hold;
  GCancellable *reading;
};

G_DEFINE_FINAL_TYPE (LzSheetView, lz_sheet_view, GTK_TYPE_WIDGET)

enum
{
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static LzTallyBy
get_by (LzSheetView *self)
{
  switch (self->kind)
    {
    case LZ_FIGURES_ROAD:
      return LZ_BY_ROAD;
    case LZ_FIGURES_UNIT:
      return LZ_BY_UNIT;
    case LZ_FIGURES_CHIEF:
      return LZ_BY_CHIEF;
    case LZ_FIGURES_WEEKLY:
    case LZ_FIGURES_MONTHLY:
    case LZ_N_FIGURES:
    default:
      return LZ_BY_ALL;
    }
}

static void
show_tables (LzSheetView *self)
{
  LzFigureOf base = { .period = self->query.period,
                      .now_ms = self->query.now_ms,
                      .within = get_by (self),
                      .within_value = self->of };

  lz_report_tables_show (self->tables, self->hold, &base);
  gtk_widget_set_visible (GTK_WIDGET (self->standing),
                          !lz_id_is_nil (lz_report_hold_get_bulletin (self->hold)));
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzSheetView *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LzReportHold) hold = lz_report_job_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_SHEET_VIEW (self));
  if (hold == NULL)
    {
      lz_bulletin_view_tell (GTK_WIDGET (self), lz_error_explain (error));
      return;
    }
  g_clear_pointer (&self->hold, lz_report_hold_unref);
  self->hold = g_steal_pointer (&hold);
  show_tables (self);
}

void
lz_sheet_view_refresh (LzSheetView *self, const LzPeriod *period)
{
  g_autofree char *label = lz_period_dup_label (period);
  g_autofree char *title = NULL;

  g_return_if_fail (LZ_IS_SHEET_VIEW (self));

  if (self->of == NULL)
    return;
  self->query = (LzTallyQuery){ .period = *period, .now_ms = lz_session_now () };
  title = g_strdup_printf ("%s · %s", self->name, label);
  gtk_label_set_label (self->title, title);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  lz_report_job_async (self->session, self->kind, &self->query, self->of, self->model,
                       self->reading, made_cb, self);
}

void
lz_sheet_view_show (LzSheetView *self,
                    LzSession *session,
                    LzFiguresKind kind,
                    const char *of,
                    const char *name,
                    const LzPeriod *period,
                    const char *model)
{
  g_return_if_fail (LZ_IS_SHEET_VIEW (self));

  g_set_object (&self->session, session);
  self->kind = kind;
  g_free (self->of);
  self->of = g_strdup (of);
  g_free (self->name);
  self->name = g_strdup (name);
  g_free (self->model);
  self->model = g_strdup (model);
  lz_report_tables_show (self->tables, NULL, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->standing), FALSE);
  g_clear_pointer (&self->hold, lz_report_hold_unref);
  lz_sheet_view_refresh (self, period);
  lz_report_tables_focus (self->tables);
}

static void
back_cb (LzSheetView *self)
{
  g_signal_emit (self, signals[CLOSED], 0);
}

/* What was reported in the period: the list of the cases of this one. */
static void
cases_cb (LzSheetView *self)
{
  LzFigureOf of = { .period = self->query.period,
                    .now_ms = self->query.now_ms,
                    .by = get_by (self),
                    .value = self->of,
                    .name = self->name };

  lz_figure_cases_open (GTK_WIDGET (self), lz_figure_cases_new (&of, LZ_COUNT_REPORTED));
}

static void
out_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzSheetView *self = LZ_SHEET_VIEW (widget);

  if (self->hold != NULL)
    lz_report_out_start (widget, self->hold, g_variant_get_string (parameter, NULL));
}

static void
lz_sheet_view_dispose (GObject *object)
{
  LzSheetView *self = LZ_SHEET_VIEW (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->hold, lz_report_hold_unref);
  g_clear_pointer (&self->of, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->model, g_free);
  g_clear_object (&self->session);
  lz_template_dispose (GTK_WIDGET (self), LZ_TYPE_SHEET_VIEW);

  G_OBJECT_CLASS (lz_sheet_view_parent_class)->dispose (object);
}

static void
lz_sheet_view_class_init (LzSheetViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_sheet_view_dispose;
  signals[CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (LZ_TYPE_REPORT_TABLES);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-sheet-view.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, LzSheetView, title);
  gtk_widget_class_bind_template_child (widget_class, LzSheetView, standing);
  gtk_widget_class_bind_template_child (widget_class, LzSheetView, tables);
  gtk_widget_class_bind_template_callback (widget_class, back_cb);
  gtk_widget_class_bind_template_callback (widget_class, cases_cb);
  gtk_widget_class_install_action (widget_class, "report.out", "s", out_cb);
}

static void
lz_sheet_view_init (LzSheetView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lz_names_from_tooltips (GTK_WIDGET (self));
}
