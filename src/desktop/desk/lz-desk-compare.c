/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-desk-compare.h"

#include <glib/gi18n.h>

#include "lz-session.h"
#include "lz-words.h"

/* A line of the table: what it is called, the figure, and which way is better. */
typedef struct
{
  const char *label;
  double (*get) (const LzDeskRoad *road);
  gboolean more_is_better;
  const char *format;
} Line;

static double
get_health (const LzDeskRoad *road)
{
  return road->health;
}

static double
get_length (const LzDeskRoad *road)
{
  return road->road->length_m / 1000;
}

static double
get_open (const LzDeskRoad *road)
{
  return road->facts.open;
}

static double
get_open_per_km (const LzDeskRoad *road)
{
  return road->road->length_m > 0 ? road->facts.open / (road->road->length_m / 1000) : 0;
}

static double
get_overdue (const LzDeskRoad *road)
{
  return road->facts.overdue;
}

static double
get_supervised (const LzDeskRoad *road)
{
  return road->facts.supervised;
}

static double
get_spots (const LzDeskRoad *road)
{
  return road->facts.spots;
}

static const Line lines[] = {
  { N_ ("Health"), get_health, TRUE, "%.0f" },
  { N_ ("Length (km)"), get_length, TRUE, "%.2f" },
  { N_ ("Open cases"), get_open, FALSE, "%.0f" },
  { N_ ("Open per kilometre"), get_open_per_km, FALSE, "%.1f" },
  { N_ ("Overdue cases"), get_overdue, FALSE, "%.0f" },
  { N_ ("Supervised cases"), get_supervised, FALSE, "%.0f" },
  { N_ ("Recurrence spots"), get_spots, FALSE, "%.0f" },
};

static void
attach (GtkGrid *grid, const char *text, int column, int row, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, column > 0);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_grid_attach (grid, label, column, row, 1, 1);
}

static void
attach_line (GtkGrid *grid, const Line *line, GPtrArray *roads, int row)
{
  double best = line->get (roads->pdata[0]);

  for (guint i = 1; i < roads->len; i++)
    {
      double value = line->get (roads->pdata[i]);

      best = line->more_is_better ? MAX (best, value) : MIN (best, value);
    }
  attach (grid, _ (line->label), 0, row, "dim-label");
  for (guint i = 0; i < roads->len; i++)
    {
      double value = line->get (roads->pdata[i]);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      g_autofree char *text = g_strdup_printf (line->format, value);
#pragma GCC diagnostic pop

      attach (grid, text, (int) i + 1, row,
              line->get != get_length && value == best ? "heading" : "numeric");
    }
}

static void
attach_dimension (GtkGrid *grid, LzDimension dimension, GPtrArray *roads, int row)
{
  attach (grid, lz_dimension_label (dimension), 0, row, "dim-label");
  for (guint i = 0; i < roads->len; i++)
    {
      const LzDeskRoad *road = roads->pdata[i];
      g_autofree char *text = g_strdup_printf (_ ("%u open, %u overdue"), road->open[dimension],
                                               road->overdue[dimension]);

      attach (grid, text, (int) i + 1, row, "numeric");
    }
}

GtkWidget *
lz_desk_compare_new (GPtrArray *roads, int offset_min)
{
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkGrid *grid = GTK_GRID (gtk_grid_new ());
  int row = 0;

  gtk_grid_set_row_spacing (grid, 12);
  gtk_grid_set_column_spacing (grid, 18);
  gtk_widget_add_css_class (GTK_WIDGET (grid), "road-file");
  attach (grid, _ ("Side by Side"), 0, row, "title-3");
  for (guint i = 0; i < roads->len; i++)
    attach (grid, ((const LzDeskRoad *) roads->pdata[i])->road->name, (int) i + 1, row, "title-3");
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    attach_line (grid, &lines[i], roads, ++row);
  for (guint i = 1; i <= 4; i++)
    attach_dimension (grid, (LzDimension) i, roads, ++row);
  attach (grid, _ ("Last patrol"), 0, ++row, "dim-label");
  for (guint i = 0; i < roads->len; i++)
    {
      const LzDeskRoad *road = roads->pdata[i];
      g_autofree char *when =
          road->patrolled_ms > 0
              ? lz_words_dup_time (road->patrolled_ms, lz_session_now (), offset_min)
              : g_strdup ("—");

      attach (grid, when, (int) i + 1, row, "numeric");
    }
  attach (grid, _ ("Road chiefs"), 0, ++row, "dim-label");
  for (guint i = 0; i < roads->len; i++)
    attach (grid, ((const LzDeskRoad *) roads->pdata[i])->chiefs, (int) i + 1, row, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (grid));
  return scrolled;
}
