/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-plot.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <string.h>

#define TITLE_SIZE 10.5
#define LABEL_SIZE 8.0
#define MAX_TICKS  5
#define AXIS       0.6
#define LABEL_MAX  0.4 /* of the width, for names at the left of lying bars */
#define BAR_MAX    34.0

/* Shades that differ in print without colour too. */
static const double shades[][3] = {
  { 0.10, 0.37, 0.58 }, { 0.93, 0.63, 0.20 }, { 0.24, 0.60, 0.40 },
  { 0.76, 0.24, 0.20 }, { 0.52, 0.44, 0.66 }, { 0.55, 0.55, 0.55 },
};

struct _LzPlot
{
  LzPlotKind kind;
  char *title;
  char *unit;
  GPtrArray *labels;
  GPtrArray *names;
  GPtrArray *series; /* double[] */
};

/* Where things go while it is drawn. */
typedef struct
{
  const LzPlot *plot;
  cairo_t *cr;
  PangoLayout *layout;
  const char *font;
  double left;
  double top;
  double right;
  double bottom;
  double highest;
} Canvas;

LzPlot *
lz_plot_new (LzPlotKind kind, const char *title, const char *unit)
{
  LzPlot *self = g_new0 (LzPlot, 1);

  self->kind = kind;
  self->title = g_strdup (title);
  self->unit = g_strdup (unit);
  self->labels = g_ptr_array_new_with_free_func (g_free);
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->series = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
lz_plot_free (LzPlot *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->labels);
  g_ptr_array_unref (self->names);
  g_ptr_array_unref (self->series);
  g_free (self->title);
  g_free (self->unit);
  g_free (self);
}

void
lz_plot_add_label (LzPlot *self, const char *label)
{
  g_return_if_fail (self->series->len == 0);

  g_ptr_array_add (self->labels, g_strdup (label));
}

void
lz_plot_add_series (LzPlot *self, const char *name, const double *values)
{
  g_ptr_array_add (self->names, g_strdup (name));
  g_ptr_array_add (self->series, g_memdup2 (values, self->labels->len * sizeof *values));
}

static double
value_of (const LzPlot *self, guint series, guint label)
{
  const double *values = g_ptr_array_index (self->series, series);

  return values[label];
}

static double
highest_of (const LzPlot *self)
{
  double highest = 0;

  for (guint l = 0; l < self->labels->len; l++)
    {
      double sum = 0;

      for (guint s = 0; s < self->series->len; s++)
        {
          double value = value_of (self, s, l);

          if (!isfinite (value))
            continue;
          sum += value;
          highest = MAX (highest, self->kind == LZ_PLOT_STACKED ? sum : value);
        }
    }
  return highest;
}

/* From tick to tick: 1, 2 or 5 times a power of ten, so that the ticks are round; cases are whole.
 */
static double
choose_step (double highest)
{
  static const double steps[] = { 1, 2, 5, 10 };
  double least = highest / MAX_TICKS;
  double power;

  if (highest <= 0)
    return 1;
  power = pow (10, floor (log10 (least)));
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    if (steps[i] * power >= least - 1e-9)
      return highest >= 1 ? MAX (steps[i] * power, 1) : steps[i] * power;
  return highest;
}

static double
round_up (double highest)
{
  double step = choose_step (highest);

  return step * MAX (ceil (highest / step - 1e-9), 1);
}

static double
set_text (Canvas *canvas, double size, gboolean bold, const char *text, double *height)
{
  PangoFontDescription *font = pango_font_description_new ();
  PangoRectangle rectangle;

  pango_font_description_set_family (font, canvas->font);
  pango_font_description_set_absolute_size (font, size * PANGO_SCALE);
  if (bold)
    pango_font_description_set_weight (font, PANGO_WEIGHT_BOLD);
  pango_layout_set_font_description (canvas->layout, font);
  pango_font_description_free (font);
  pango_layout_set_text (canvas->layout, text, -1);
  pango_layout_get_extents (canvas->layout, NULL, &rectangle);
  if (height != NULL)
    *height = (double) rectangle.height / PANGO_SCALE;
  return (double) rectangle.width / PANGO_SCALE;
}

/* @align: 0 from @x, 0.5 about it, 1 up to it; centred on @y. */
static void
draw_text (Canvas *canvas,
           double size,
           gboolean bold,
           const char *text,
           double x,
           double y,
           double align)
{
  double height;
  double width = set_text (canvas, size, bold, text, &height);

  cairo_move_to (canvas->cr, x - width * align, y - height / 2);
  pango_cairo_show_layout (canvas->cr, canvas->layout);
}

static void
set_shade (cairo_t *cr, guint series)
{
  const double *shade = shades[series % G_N_ELEMENTS (shades)];

  cairo_set_source_rgb (cr, shade[0], shade[1], shade[2]);
}

static char *
dup_value (double value)
{
  return value == floor (value) ? g_strdup_printf ("%.0f", value) : g_strdup_printf ("%.1f", value);
}

static void
draw_legend (Canvas *canvas, double width)
{
  const LzPlot *plot = canvas->plot;
  double x = canvas->right;
  double y = canvas->top + TITLE_SIZE / 2 + 2;

  (void) width;
  if (plot->series->len < 2)
    return;
  for (guint s = plot->series->len; s-- > 0;)
    {
      const char *name = g_ptr_array_index (plot->names, s);
      double words = set_text (canvas, LABEL_SIZE, FALSE, name, NULL);

      x -= words;
      cairo_set_source_rgb (canvas->cr, 0, 0, 0);
      draw_text (canvas, LABEL_SIZE, FALSE, name, x, y, 0);
      x -= LABEL_SIZE + 4;
      set_shade (canvas->cr, s);
      cairo_rectangle (canvas->cr, x, y - LABEL_SIZE / 2, LABEL_SIZE, LABEL_SIZE);
      cairo_fill (canvas->cr);
      x -= 8;
    }
}

static void
draw_axes (Canvas *canvas)
{
  cairo_t *cr = canvas->cr;
  double highest = round_up (canvas->highest);
  guint n = (guint) lround (highest / choose_step (canvas->highest));

  canvas->highest = highest;
  for (guint i = 0; i <= n; i++)
    {
      double y = canvas->bottom - (canvas->bottom - canvas->top) * i / n;
      g_autofree char *value = dup_value (canvas->highest * i / n);

      cairo_set_source_rgb (cr, i == 0 ? 0.2 : 0.85, i == 0 ? 0.2 : 0.85, i == 0 ? 0.2 : 0.85);
      cairo_set_line_width (cr, AXIS);
      cairo_move_to (cr, canvas->left, y);
      cairo_line_to (cr, canvas->right, y);
      cairo_stroke (cr);
      cairo_set_source_rgb (cr, 0.25, 0.25, 0.25);
      draw_text (canvas, LABEL_SIZE, FALSE, value, canvas->left - 4, y, 1);
    }
}

/* Labels below the axis; where they would touch, only each second, third … */
static void
draw_labels (Canvas *canvas)
{
  const LzPlot *plot = canvas->plot;
  double slot = (canvas->right - canvas->left) / MAX (plot->labels->len, 1);
  double widest = 1;
  guint every;

  for (guint l = 0; l < plot->labels->len; l++)
    widest = MAX (widest,
                  set_text (canvas, LABEL_SIZE, FALSE, g_ptr_array_index (plot->labels, l), NULL));
  every = (guint) ceil ((widest + 4) / slot);
  cairo_set_source_rgb (canvas->cr, 0.25, 0.25, 0.25);
  for (guint l = 0; l < plot->labels->len; l += MAX (every, 1))
    draw_text (canvas, LABEL_SIZE, FALSE, g_ptr_array_index (plot->labels, l),
               canvas->left + (l + 0.5) * slot, canvas->bottom + LABEL_SIZE, 0.5);
}

static double
height_of (const Canvas *canvas, double value)
{
  return value / canvas->highest * (canvas->bottom - canvas->top);
}

static void
draw_bars (Canvas *canvas)
{
  const LzPlot *plot = canvas->plot;
  guint n = plot->kind == LZ_PLOT_STACKED ? 1 : plot->series->len;
  double slot = (canvas->right - canvas->left) / MAX (plot->labels->len, 1);
  double bar = MIN (slot * 0.7 / MAX (n, 1), BAR_MAX);

  for (guint l = 0; l < plot->labels->len; l++)
    {
      double base = 0;

      for (guint s = 0; s < plot->series->len; s++)
        {
          double value = value_of (plot, s, l);
          guint at = plot->kind == LZ_PLOT_STACKED ? 0 : s;
          double x = canvas->left + (l + 0.5) * slot + (at - n / 2.0) * bar;

          if (!isfinite (value) || value <= 0)
            continue;
          set_shade (canvas->cr, s);
          cairo_rectangle (canvas->cr, x, canvas->bottom - height_of (canvas, base + value),
                           bar * 0.92, height_of (canvas, value));
          cairo_fill (canvas->cr);
          if (plot->kind == LZ_PLOT_STACKED)
            base += value;
          else if (bar > 12)
            {
              g_autofree char *text = dup_value (value);

              cairo_set_source_rgb (canvas->cr, 0.2, 0.2, 0.2);
              draw_text (canvas, LABEL_SIZE - 1, FALSE, text, x + bar * 0.46,
                         canvas->bottom - height_of (canvas, value) - LABEL_SIZE * 0.7, 0.5);
            }
        }
    }
}

/* Each series has a mark of its own too: dot, square, triangle, ring. */
static void
draw_mark (cairo_t *cr, guint series, double x, double y)
{
  double r = 2.4;

  cairo_new_path (cr);
  switch (series % 4)
    {
    case 1:
      cairo_rectangle (cr, x - r, y - r, 2 * r, 2 * r);
      cairo_fill (cr);
      break;
    case 2:
      cairo_move_to (cr, x, y - r * 1.2);
      cairo_line_to (cr, x + r * 1.2, y + r);
      cairo_line_to (cr, x - r * 1.2, y + r);
      cairo_fill (cr);
      break;
    case 3:
      cairo_arc (cr, x, y, r, 0, 2 * G_PI);
      cairo_stroke (cr);
      break;
    default:
      cairo_arc (cr, x, y, r, 0, 2 * G_PI);
      cairo_fill (cr);
      break;
    }
}

static void
draw_lines (Canvas *canvas)
{
  const LzPlot *plot = canvas->plot;
  double slot = (canvas->right - canvas->left) / MAX (plot->labels->len, 1);

  for (guint s = 0; s < plot->series->len; s++)
    {
      gboolean begun = FALSE;

      set_shade (canvas->cr, s);
      cairo_set_line_width (canvas->cr, 1.4);
      for (guint l = 0; l < plot->labels->len; l++)
        {
          double value = value_of (plot, s, l);
          double x = canvas->left + (l + 0.5) * slot;

          if (!isfinite (value))
            {
              begun = FALSE;
              continue;
            }
          if (begun)
            cairo_line_to (canvas->cr, x, canvas->bottom - height_of (canvas, value));
          else
            cairo_move_to (canvas->cr, x, canvas->bottom - height_of (canvas, value));
          begun = TRUE;
        }
      cairo_stroke (canvas->cr);
      for (guint l = 0; l < plot->labels->len; l++)
        if (isfinite (value_of (plot, s, l)))
          draw_mark (canvas->cr, s, canvas->left + (l + 0.5) * slot,
                     canvas->bottom - height_of (canvas, value_of (plot, s, l)));
    }
}

static void
draw_rows (Canvas *canvas)
{
  const LzPlot *plot = canvas->plot;
  guint n = plot->labels->len;
  double slot = (canvas->bottom + LABEL_SIZE - canvas->top) / MAX (n, 1);
  double bar = MIN (slot * 0.65, BAR_MAX / 2);
  double most = (canvas->right - canvas->left) * LABEL_MAX;
  double names = 0;
  double room;

  for (guint l = 0; l < n; l++)
    names = MAX (names,
                 set_text (canvas, LABEL_SIZE, FALSE, g_ptr_array_index (plot->labels, l), NULL));
  names = MIN (names, most) + 6;
  room = canvas->right - canvas->left - names - 30;
  for (guint l = 0; l < n && plot->series->len > 0; l++)
    {
      double value = value_of (plot, 0, l);
      double y = canvas->top + (l + 0.5) * slot;
      double width = isfinite (value) && canvas->highest > 0 ? room * value / canvas->highest : 0;
      g_autofree char *text = isfinite (value) ? dup_value (value) : g_strdup ("—");

      cairo_set_source_rgb (canvas->cr, 0.15, 0.15, 0.15);
      pango_layout_set_ellipsize (canvas->layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_width (canvas->layout, (int) (names * PANGO_SCALE));
      draw_text (canvas, LABEL_SIZE, FALSE, g_ptr_array_index (plot->labels, l), canvas->left, y,
                 0);
      pango_layout_set_width (canvas->layout, -1);
      set_shade (canvas->cr, 0);
      cairo_rectangle (canvas->cr, canvas->left + names, y - bar / 2, width, bar);
      cairo_fill (canvas->cr);
      cairo_set_source_rgb (canvas->cr, 0.15, 0.15, 0.15);
      draw_text (canvas, LABEL_SIZE, FALSE, text, canvas->left + names + width + 4, y, 0);
    }
}

static void
draw_title (Canvas *canvas)
{
  const LzPlot *plot = canvas->plot;
  g_autofree char *title = NULL;

  if (plot->title == NULL)
    return;
  title = plot->unit != NULL ? g_strdup_printf ("%s（%s）", plot->title, plot->unit)
                             : g_strdup (plot->title);
  cairo_set_source_rgb (canvas->cr, 0, 0, 0);
  draw_text (canvas, TITLE_SIZE, TRUE, title, canvas->left, canvas->top + TITLE_SIZE / 2 + 2, 0);
}

void
lz_plot_draw (const LzPlot *self, cairo_t *cr, double width, double height, const char *font)
{
  Canvas canvas = { .plot = self, .cr = cr, .right = width, .bottom = height };
  PangoContext *context = pango_cairo_create_context (cr);
  cairo_font_options_t *options = cairo_font_options_create ();

  cairo_save (cr);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  canvas.layout = pango_layout_new (context);
  canvas.font = font != NULL ? font : "sans-serif";
  draw_title (&canvas);
  draw_legend (&canvas, width);
  canvas.top += self->title != NULL || self->series->len > 1 ? TITLE_SIZE * 2.2 : LABEL_SIZE;
  canvas.bottom -= LABEL_SIZE * 2;
  canvas.highest = highest_of (self);
  if (self->kind == LZ_PLOT_ROWS)
    draw_rows (&canvas);
  else
    {
      g_autofree char *top = dup_value (round_up (canvas.highest));

      canvas.left = set_text (&canvas, LABEL_SIZE, FALSE, top, NULL) + 8;
      draw_axes (&canvas);
      draw_labels (&canvas);
      if (self->kind == LZ_PLOT_LINES)
        draw_lines (&canvas);
      else
        draw_bars (&canvas);
    }
  g_object_unref (canvas.layout);
  g_object_unref (context);
  cairo_restore (cr);
}
