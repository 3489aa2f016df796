/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-key-figure.h"

#include <glib/gi18n.h>

#include "lz-template.h"

struct _LzKeyFigure
{
  GtkWidget parent_instance;

  gboolean is_rate;
  LzCount count;
  LzRate rate;
  LzFigure *figure;
  GtkLabel *on_period;
  GtkLabel *on_year;
  GtkLabel *corrected; /* what is shown was published, and would come out differently now */
};

G_DEFINE_FINAL_TYPE (LzKeyFigure, lz_key_figure, GTK_TYPE_WIDGET)

/* In per cent, of counts; of rates the difference in percentage points. */
static char *
dup_change (LzKeyFigure *self, const LzTallyGroup *now, const LzTallyGroup *then)
{
  LzRatio new_ratio, old_ratio;
  gint64 before;

  if (self->is_rate)
    {
      new_ratio = lz_tally_group_get_rate (now, self->rate);
      old_ratio = lz_tally_group_get_rate (then, self->rate);
      if (!lz_ratio_has_value (new_ratio) || !lz_ratio_has_value (old_ratio))
        return g_strdup (LZ_NO_VALUE);
      /* Translators: percentage points. */
      return g_strdup_printf (_ ("%+.2f pp"), (double) (lz_ratio_get_centi_percent (new_ratio) -
                                                        lz_ratio_get_centi_percent (old_ratio)) /
                                                  100);
    }
  before = then->counts[self->count];
  if (before == 0)
    return g_strdup (LZ_NO_VALUE);
  return g_strdup_printf ("%+.1f %%",
                          (double) (now->counts[self->count] - before) * 100 / (double) before);
}

/* The figure, and if it is a rate, what is above and below its line. */
static gboolean
is_same (LzKeyFigure *self, const LzTallyGroup *a, const LzTallyGroup *b)
{
  LzRatio x, y;

  if (!self->is_rate)
    return a->counts[self->count] == b->counts[self->count];
  x = lz_tally_group_get_rate (a, self->rate);
  y = lz_tally_group_get_rate (b, self->rate);
  return x.part == y.part && x.whole == y.whole;
}

static void
show_correction (LzKeyFigure *self, const LzTallyGroup *published, const LzOverviewData *data)
{
  const LzTallyGroup *counted = lz_overview_data_get_all (data->counted);
  gboolean differs = data->counted != NULL && !is_same (self, published, counted);
  g_autofree char *value = NULL;
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->corrected), differs);
  if (!differs)
    return;
  value = self->is_rate
              ? lz_ratio_dup_text (lz_tally_group_get_rate (counted, self->rate))
              : g_strdup_printf ("%" G_GINT64_FORMAT " (%+" G_GINT64_FORMAT ")",
                                 counted->counts[self->count],
                                 counted->counts[self->count] - published->counts[self->count]);
  /* Translators: beside a published figure: what it would be if it were counted today. */
  text = g_strdup_printf (_ ("now %s"), value);
  gtk_label_set_label (self->corrected, text);
}

void
lz_key_figure_show (LzKeyFigure *self, const LzOverviewData *data)
{
  const LzTallyGroup *now = lz_overview_data_get_all (data->now);
  LzFigureOf of = lz_overview_data_make_of (data);
  g_autofree char *on_period = dup_change (self, now, lz_overview_data_get_all (data->previous));
  g_autofree char *on_year = dup_change (self, now, lz_overview_data_get_all (data->last_year));
  g_autofree char *on_period_text = NULL;
  g_autofree char *on_year_text = NULL;

  g_return_if_fail (LZ_IS_KEY_FIGURE (self));

  if (self->is_rate)
    lz_figure_show_rate (self->figure, &of, self->rate, lz_tally_group_get_rate (now, self->rate));
  else
    lz_figure_show_count (self->figure, &of, self->count, now->counts[self->count]);
  /* Translators: 环比: the change against the period before. */
  on_period_text = g_strdup_printf (_ ("on period %s"), on_period);
  /* Translators: 同比: the change against the same period a year ago. */
  on_year_text = g_strdup_printf (_ ("on year %s"), on_year);
  gtk_label_set_label (self->on_period, on_period_text);
  gtk_label_set_label (self->on_year, on_year_text);
  show_correction (self, now, data);
}

static GtkLabel *
add_label (LzKeyFigure *self, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 14);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_parent (label, GTK_WIDGET (self));
  return GTK_LABEL (label);
}

static void
build (LzKeyFigure *self, const char *title)
{
  GtkLabel *label = add_label (self, title, "key-title");

  gtk_widget_set_tooltip_text (GTK_WIDGET (label), title);
  self->figure = lz_figure_new ();
  gtk_widget_set_halign (GTK_WIDGET (self->figure), GTK_ALIGN_START);
  gtk_widget_add_css_class (GTK_WIDGET (self->figure), "key-value");
  gtk_widget_set_parent (GTK_WIDGET (self->figure), GTK_WIDGET (self));
  self->on_period = add_label (self, "", "key-change");
  self->on_year = add_label (self, "", "key-change");
  self->corrected = add_label (self, "", "key-corrected");
  gtk_widget_set_visible (GTK_WIDGET (self->corrected), FALSE);
}

GtkWidget *
lz_key_figure_new_count (LzCount count)
{
  LzKeyFigure *self = g_object_new (LZ_TYPE_KEY_FIGURE, NULL);

  self->count = count;
  build (self, lz_count_label (count));
  return GTK_WIDGET (self);
}

GtkWidget *
lz_key_figure_new_rate (LzRate rate)
{
  LzKeyFigure *self = g_object_new (LZ_TYPE_KEY_FIGURE, NULL);

  self->is_rate = TRUE;
  self->rate = rate;
  build (self, lz_rate_label (rate));
  return GTK_WIDGET (self);
}

static void
lz_key_figure_dispose (GObject *object)
{
  lz_template_dispose_children (GTK_WIDGET (object));

  G_OBJECT_CLASS (lz_key_figure_parent_class)->dispose (object);
}

static void
lz_key_figure_class_init (LzKeyFigureClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lz_key_figure_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void
lz_key_figure_init (LzKeyFigure *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_add_css_class (GTK_WIDGET (self), "key-figure");
}
