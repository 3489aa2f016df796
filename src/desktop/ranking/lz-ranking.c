/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-ranking.h"

#include <glib/gi18n.h>

#include "lz-bulletin-view.h"
#include "lz-names.h"
#include "lz-report-job.h"
#include "lz-report-out.h"
#include "lz-report-view.h"
#include "lz-sheet-view.h"
#include "lz-template.h"

/* So many of both ends are named above the list. */
#define ENDS 3

/* Who is ranked; by dimension or in total only; of whom there are sheets. */
static const struct
{
  const char *title;
  LzTallyBy by;
  gboolean by_dimension;
  gboolean has_talks;
  LzFiguresKind sheet; /* LZ_N_FIGURES = none */
} kinds[] = {
  { N_ ("Units"), LZ_BY_UNIT, TRUE, TRUE, LZ_FIGURES_UNIT },
  { N_ ("Roads"), LZ_BY_ROAD, TRUE, TRUE, LZ_FIGURES_ROAD },
  { N_ ("Road Chiefs"), LZ_BY_CHIEF, FALSE, TRUE, LZ_FIGURES_CHIEF },
  { N_ ("Subdistricts"), LZ_BY_SUBDISTRICT, TRUE, TRUE, LZ_N_FIGURES },
  { N_ ("Communities"), LZ_BY_COMMUNITY, TRUE, FALSE, LZ_N_FIGURES },
};

/* The score models of units; without a key: the one that the office has chosen. */
static const struct
{
  const char *key;
  const char *title;
} models[] = {
  { NULL, N_ ("The office’s form") },
  { "unit-national", N_ ("National form") },
  { "unit-yuncheng", N_ ("Yuncheng’s form") },
};

enum
{
  LIST_TOTAL,
  LIST_TALKS = LZ_N_DIMENSIONS, /* between them the dimensions by their numbers */
  N_LISTS
};

struct _LzRanking
{
  GtkWidget parent_instance;

  GtkStack *stack;
  GtkDropDown *whom;
  GtkDropDown *model;
  GtkBox *lists;
  GtkToggleButton *list_buttons[N_LISTS]; /* %NULL: there is no such list */
  GtkLabel *ends;
  GtkLabel *note;
  LzReportView *view;
  LzSheetView *sheet;

  LzSession *session;
  LzTallyQuery query;
  LzReportHold *hold;
  GCancellable *reading;
  guint list;
};

static void lz_ranking_view_init (LzBulletinViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LzRanking,
                               lz_ranking,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (LZ_TYPE_BULLETIN_VIEW, lz_ranking_view_init))

static guint
get_kind (LzRanking *self)
{
  return MIN (gtk_drop_down_get_selected (self->whom), G_N_ELEMENTS (kinds) - 1);
}

static const char *
get_model (LzRanking *self)
{
  return models[MIN (gtk_drop_down_get_selected (self->model), G_N_ELEMENTS (models) - 1)].key;
}

/* -- the list -----------------------------------------------------------------------------------
 */

static char *
make_table_key (LzRanking *self)
{
  const char *by = lz_tally_by_to_string (kinds[get_kind (self)].by);

  if (self->list == LIST_TALKS)
    return g_strdup_printf ("talk_%s", by);
  if (self->list == LIST_TOTAL)
    return g_strdup_printf ("rank_%s", by);
  return g_strdup_printf ("rank_%s_%s", by, lz_dimension_to_string ((LzDimension) self->list));
}

static gboolean
has_list (LzRanking *self, guint list)
{
  guint kind = get_kind (self);

  if (list == LIST_TALKS)
    return kinds[kind].has_talks;
  return list == LIST_TOTAL || kinds[kind].by_dimension;
}

/* "1. A, 2. B, 2. C": the rows @from to @to, backwards if they come in that order. */
static char *
dup_places (const LzReportTable *table, int from, int to)
{
  GString *text = g_string_new (NULL);
  int rank = lz_report_table_find_column (table, "rank");
  int name = lz_report_table_find_column (table, "name");

  for (int i = from; i != to; i += from < to ? 1 : -1)
    {
      g_autofree char *place = lz_report_table_dup_text (table, (guint) i, (guint) rank);

      g_string_append_printf (text, "%s%s. %s", text->len > 0 ? "  " : "", place,
                              lz_report_table_get_cell (table, (guint) i, (guint) name)->text);
    }
  return g_string_free (text, FALSE);
}

static void
show_ends (LzRanking *self, const LzReportTable *table)
{
  int rank = table != NULL ? lz_report_table_find_column (table, "rank") : -1;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  g_autofree char *text = NULL;
  int n = 0;

  while (rank >= 0 && n < (int) lz_report_table_get_n_rows (table) &&
         lz_report_table_get_cell (table, (guint) n, (guint) rank)->kind == LZ_CELL_COUNT)
    n++;
  gtk_widget_set_visible (GTK_WIDGET (self->ends), self->list != LIST_TALKS && n > 1);
  if (self->list == LIST_TALKS || n < 2)
    return;
  first = dup_places (table, 0, MIN (ENDS, n / 2));
  last = dup_places (table, n - 1, n - 1 - MIN (ENDS, n / 2));
  /* Translators: the first and the last of a ranking. */
  text = g_strdup_printf (_ ("First: %s\nLast: %s"), first, last);
  gtk_label_set_label (self->ends, text);
}

static void
show_list (LzRanking *self)
{
  g_autofree char *key = make_table_key (self);
  const LzReportTable *table =
      self->hold != NULL ? lz_report_hold_find_table (self->hold, key) : NULL;
  LzFigureOf base = { .period = self->query.period, .now_ms = self->query.now_ms };
  const char *note = table != NULL ? lz_report_table_get_note (table) : NULL;
  const LzId *bulletin = self->hold != NULL ? lz_report_hold_get_bulletin (self->hold) : NULL;
  gboolean published = bulletin != NULL && !lz_id_is_nil (bulletin);

  if (published && lz_report_hold_is_sealed (self->hold))
    base.bulletin = *bulletin;
  else if (published)
    note = _ ("Counted now by this form: what was published is in the office’s form.");
  lz_report_view_set_rows_open (self->view, kinds[get_kind (self)].sheet != LZ_N_FIGURES);
  lz_report_view_show (self->view, self->hold, table, &base);
  show_ends (self, table);
  if (table != NULL && lz_report_table_get_n_rows (table) == 0)
    note = self->list == LIST_TALKS ? _ ("By the rules nobody is to be interviewed.")
                                    : _ ("Nothing was counted for anybody in this period.");
  gtk_label_set_label (self->note, note != NULL ? note : "");
}

static void
choose_list (LzRanking *self)
{
  if (!has_list (self, self->list))
    self->list = LIST_TOTAL;
  for (guint i = 0; i < N_LISTS; i++)
    if (self->list_buttons[i] != NULL)
      {
        gtk_widget_set_sensitive (GTK_WIDGET (self->list_buttons[i]), has_list (self, i));
        gtk_toggle_button_set_active (self->list_buttons[i], i == self->list);
      }
  show_list (self);
}

static void
list_toggled_cb (LzRanking *self, GtkToggleButton *button)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  for (guint i = 0; i < N_LISTS; i++)
    if (self->list_buttons[i] == button)
      self->list = i;
  show_list (self);
}

static void
made_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzRanking *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LzReportHold) hold = lz_report_job_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_RANKING (self));
  if (hold == NULL)
    {
      lz_bulletin_view_tell (GTK_WIDGET (self), lz_error_explain (error));
      return;
    }
  g_clear_pointer (&self->hold, lz_report_hold_unref);
  self->hold = g_steal_pointer (&hold);
  show_list (self);
}

static void
ask (LzRanking *self)
{
  if (self->query.now_ms == 0)
    return; /* nothing was shown yet */

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  lz_report_job_async (self->session, LZ_FIGURES_MONTHLY, &self->query, NULL, get_model (self),
                       self->reading, made_cb, self);
}

/* -- the sheet ----------------------------------------------------------------------------------
 */

static gboolean
on_sheet (LzRanking *self)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "sheet") == 0;
}

static void
row_wanted_cb (LzRanking *self, const char *key, const char *name)
{
  guint kind = get_kind (self);

  if (kinds[kind].sheet == LZ_N_FIGURES)
    return;
  gtk_stack_set_visible_child_name (self->stack, "sheet");
  lz_sheet_view_show (self->sheet, self->session, kinds[kind].sheet, key, name, &self->query.period,
                      get_model (self));
}

static gboolean
leave (LzBulletinView *view)
{
  LzRanking *self = LZ_RANKING (view);

  if (!on_sheet (self))
    return FALSE;
  gtk_stack_set_visible_child_name (self->stack, "list");
  gtk_widget_grab_focus (GTK_WIDGET (self->whom));
  return TRUE;
}

static void
sheet_closed_cb (LzRanking *self)
{
  leave (LZ_BULLETIN_VIEW (self));
}

/* -- what the page asks for ---------------------------------------------------------------------
 */

static void
refresh (LzBulletinView *view, const LzPeriod *period)
{
  LzRanking *self = LZ_RANKING (view);

  self->query = (LzTallyQuery){ .period = *period, .now_ms = lz_session_now () };
  ask (self);
  if (on_sheet (self))
    lz_sheet_view_refresh (self->sheet, period);
}

static void
set_session (LzBulletinView *view, LzSession *session)
{
  g_set_object (&LZ_RANKING (view)->session, session);
}

static void
lz_ranking_view_init (LzBulletinViewInterface *iface)
{
  iface->set_session = set_session;
  iface->refresh = refresh;
  iface->leave = leave;
}

static void
out_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzRanking *self = LZ_RANKING (widget);

  if (self->hold != NULL)
    lz_report_out_start (widget, self->hold, g_variant_get_string (parameter, NULL));
}

static void
lz_ranking_dispose (GObject *object)
{
  LzRanking *self = LZ_RANKING (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->hold, lz_report_hold_unref);
  g_clear_object (&self->session);
  lz_template_dispose (GTK_WIDGET (self), LZ_TYPE_RANKING);

  G_OBJECT_CLASS (lz_ranking_parent_class)->dispose (object);
}

static void
lz_ranking_class_init (LzRankingClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_ranking_dispose;
  g_type_ensure (LZ_TYPE_REPORT_VIEW);
  g_type_ensure (LZ_TYPE_SHEET_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/luzhang/Luzhang/lz-ranking.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, LzRanking, stack);
  gtk_widget_class_bind_template_child (widget_class, LzRanking, whom);
  gtk_widget_class_bind_template_child (widget_class, LzRanking, model);
  gtk_widget_class_bind_template_child (widget_class, LzRanking, lists);
  gtk_widget_class_bind_template_child (widget_class, LzRanking, ends);
  gtk_widget_class_bind_template_child (widget_class, LzRanking, note);
  gtk_widget_class_bind_template_child (widget_class, LzRanking, view);
  gtk_widget_class_bind_template_child (widget_class, LzRanking, sheet);
  gtk_widget_class_install_action (widget_class, "report.out", "s", out_cb);
}

static void
add_list (LzRanking *self, guint list, const char *label)
{
  GtkWidget *button = gtk_toggle_button_new_with_label (label);

  if (self->list_buttons[LIST_TOTAL] != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), self->list_buttons[LIST_TOTAL]);
  self->list_buttons[list] = GTK_TOGGLE_BUTTON (button);
  g_signal_connect_object (button, "toggled", G_CALLBACK (list_toggled_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (self->lists, button);
}

static void
lz_ranking_init (LzRanking *self)
{
  g_autoptr (GtkStringList) whom = gtk_string_list_new (NULL);
  g_autoptr (GtkStringList) model_titles = gtk_string_list_new (NULL);

  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    gtk_string_list_append (whom, _ (kinds[i].title));
  for (guint i = 0; i < G_N_ELEMENTS (models); i++)
    gtk_string_list_append (model_titles, _ (models[i].title));
  gtk_drop_down_set_model (self->whom, G_LIST_MODEL (whom));
  gtk_drop_down_set_model (self->model, G_LIST_MODEL (model_titles));
  add_list (self, LIST_TOTAL, _ ("Total"));
  for (guint i = LZ_DIMENSION_ORDER; i <= LZ_DIMENSION_LIGHT; i++)
    add_list (self, i, lz_dimension_label ((LzDimension) i));
  add_list (self, LIST_TALKS, _ ("Interviews"));
  choose_list (self);
  g_signal_connect_object (self->whom, "notify::selected", G_CALLBACK (choose_list), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "notify::selected", G_CALLBACK (ask), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->view, "row-wanted", G_CALLBACK (row_wanted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sheet, "closed", G_CALLBACK (sheet_closed_cb), self,
                           G_CONNECT_SWAPPED);
  lz_names_from_tooltips (GTK_WIDGET (self));
}
