/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-figure.h"

#include <glib/gi18n.h>

struct _LzFigure
{
  GtkButton parent_instance;

  GtkLabel *label;
  LzFigureMeaning meaning;
  GtkWidget *popover; /* the last one that was shown */
};

G_DEFINE_FINAL_TYPE (LzFigure, lz_figure, GTK_TYPE_BUTTON)

LzFigure *
lz_figure_new (void)
{
  return g_object_new (LZ_TYPE_FIGURE, NULL);
}

/* -- words --------------------------------------------------------------------------------------
 */

static char *
add_name (const LzFigureOf *of, char *words)
{
  g_autofree char *held = words;

  if (of == NULL || of->name == NULL || *of->name == '\0')
    return g_steal_pointer (&held);
  return g_strdup_printf ("%s · %s", held, of->name);
}

char *
lz_figure_dup_count_words (const LzFigureOf *of, LzCount count, gint64 n)
{
  return add_name (of, g_strdup_printf ("%s %'" G_GINT64_FORMAT, lz_count_label (count), n));
}

char *
lz_figure_dup_rate_words (const LzFigureOf *of, LzRate rate, LzRatio ratio)
{
  g_autofree char *text = lz_ratio_dup_text (ratio);

  return add_name (of, g_strdup_printf ("%s %s", lz_rate_label (rate), text));
}

static void
show (LzFigure *self, const char *text, const char *words, gboolean is_link)
{
  gtk_label_set_label (self->label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  if (is_link)
    gtk_widget_add_css_class (GTK_WIDGET (self), "figure-link");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "figure-link");
  gtk_widget_set_has_tooltip (GTK_WIDGET (self), self->meaning.kind != LZ_MEANING_NONE);
}

void
lz_figure_clear (LzFigure *self)
{
  g_return_if_fail (LZ_IS_FIGURE (self));

  lz_figure_meaning_clear (&self->meaning);
  show (self, "", "", FALSE);
}

void
lz_figure_show_count (LzFigure *self, const LzFigureOf *of, LzCount count, gint64 n)
{
  g_autofree char *text = g_strdup_printf ("%'" G_GINT64_FORMAT, n);
  g_autofree char *words = lz_figure_dup_count_words (of, count, n);

  g_return_if_fail (LZ_IS_FIGURE (self));
  g_return_if_fail (of != NULL);

  lz_figure_meaning_clear (&self->meaning);
  self->meaning.kind = LZ_MEANING_COUNT;
  self->meaning.of = lz_figure_of_copy (of);
  self->meaning.count = count;
  self->meaning.n = n;
  show (self, text, words, n > 0);
}

void
lz_figure_show_rate (LzFigure *self, const LzFigureOf *of, LzRate rate, LzRatio ratio)
{
  g_autofree char *text = lz_ratio_dup_text (ratio);
  g_autofree char *words = lz_figure_dup_rate_words (of, rate, ratio);

  g_return_if_fail (LZ_IS_FIGURE (self));
  g_return_if_fail (of != NULL);

  lz_figure_meaning_clear (&self->meaning);
  self->meaning.kind = LZ_MEANING_RATE;
  self->meaning.of = lz_figure_of_copy (of);
  self->meaning.rate = rate;
  self->meaning.ratio = ratio;
  show (self, text, words, lz_ratio_has_value (ratio));
}

void
lz_figure_show_made (LzFigure *self, const char *text, LzFigureMeaning *meaning)
{
  g_autofree char *words = g_strdup_printf ("%s %s", meaning->term, text);

  g_return_if_fail (LZ_IS_FIGURE (self));

  lz_figure_meaning_clear (&self->meaning);
  self->meaning = *meaning;
  *meaning = (LzFigureMeaning){ 0 };
  show (self, text, words, self->meaning.parts != NULL);
}

/* -- explaining and opening ---------------------------------------------------------------------
 */

static void
explain (LzFigure *self)
{
  if (self->meaning.kind == LZ_MEANING_NONE)
    return;

  g_clear_pointer (&self->popover, gtk_widget_unparent); /* the last one, closed by now */
  self->popover = lz_figure_popover_new (GTK_WIDGET (self), &self->meaning);
  gtk_popover_popup (GTK_POPOVER (self->popover));
}

static void
lz_figure_clicked (GtkButton *button)
{
  LzFigure *self = LZ_FIGURE (button);

  if (self->meaning.kind == LZ_MEANING_COUNT && self->meaning.n > 0)
    lz_figure_cases_open (GTK_WIDGET (self),
                          lz_figure_cases_new (self->meaning.of, self->meaning.count));
  else if (self->meaning.kind == LZ_MEANING_OTHER && self->meaning.cases != NULL)
    lz_figure_cases_open (GTK_WIDGET (self), self->meaning.cases);
  else
    explain (self);
}

static gboolean
lz_figure_query_tooltip (GtkWidget *widget, int x, int y, gboolean keyboard, GtkTooltip *tooltip)
{
  LzFigure *self = LZ_FIGURE (widget);
  g_autofree char *text = lz_figure_meaning_dup_text (&self->meaning);

  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

static void
explain_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  explain (LZ_FIGURE (widget));
}

static void
secondary_cb (LzFigure *self)
{
  explain (self);
}

static void
lz_figure_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  LzFigure *self = LZ_FIGURE (widget);

  GTK_WIDGET_CLASS (lz_figure_parent_class)->size_allocate (widget, width, height, baseline);
  if (self->popover != NULL)
    gtk_popover_present (GTK_POPOVER (self->popover));
}

static void
lz_figure_dispose (GObject *object)
{
  LzFigure *self = LZ_FIGURE (object);

  g_clear_pointer (&self->popover, gtk_widget_unparent);
  lz_figure_meaning_clear (&self->meaning);

  G_OBJECT_CLASS (lz_figure_parent_class)->dispose (object);
}

static void
lz_figure_class_init (LzFigureClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_figure_dispose;
  GTK_BUTTON_CLASS (klass)->clicked = lz_figure_clicked;
  widget_class->query_tooltip = lz_figure_query_tooltip;
  widget_class->size_allocate = lz_figure_size_allocate;

  gtk_widget_class_install_action (widget_class, "figure.explain", NULL, explain_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Menu, 0, "figure.explain", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "figure.explain",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_question, 0, "figure.explain", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_question, GDK_SHIFT_MASK,
                                       "figure.explain", NULL);
}

static void
lz_figure_init (LzFigure *self)
{
  GtkGesture *secondary = gtk_gesture_click_new ();

  self->label = GTK_LABEL (gtk_label_new (NULL));
  gtk_button_set_child (GTK_BUTTON (self), GTK_WIDGET (self->label));
  gtk_widget_add_css_class (GTK_WIDGET (self), "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self), "figure");
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (secondary), GDK_BUTTON_SECONDARY);
  g_signal_connect_swapped (secondary, "pressed", G_CALLBACK (secondary_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (secondary));
}
