/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-figure-popover.h"

#include <glib/gi18n.h>

static void
part_clear (gpointer data)
{
  lz_figure_of_free (((LzFigurePart *) data)->of);
}

void
lz_figure_meaning_add_part (LzFigureMeaning *self, const LzFigureOf *of, LzCount count, gint64 n)
{
  LzFigurePart part = { .count = count, .n = n };

  if (self->parts == NULL)
    {
      self->parts = g_array_new (FALSE, FALSE, sizeof (LzFigurePart));
      g_array_set_clear_func (self->parts, part_clear);
    }
  for (guint i = 0; i < self->parts->len; i++)
    {
      const LzFigurePart *other = &g_array_index (self->parts, LzFigurePart, i);

      if (other->count == count && other->of->by == of->by)
        return;
    }
  part.of = lz_figure_of_copy (of);
  g_array_append_val (self->parts, part);
}

void
lz_figure_meaning_clear (LzFigureMeaning *self)
{
  g_clear_pointer (&self->of, lz_figure_of_free);
  g_clear_pointer (&self->term, g_free);
  g_clear_pointer (&self->definition, g_free);
  g_clear_pointer (&self->cases, g_variant_unref);
  g_clear_pointer (&self->parts, g_array_unref);
  *self = (LzFigureMeaning){ 0 };
}

static void
add_line (GString *text, const char *line)
{
  if (line == NULL || *line == '\0')
    return;
  if (text->len > 0)
    g_string_append_c (text, '\n');
  g_string_append (text, line);
}

static void
add_count (GString *text, LzCount count)
{
  add_line (text, lz_count_definition (count));
  add_line (text, lz_count_period_rule (count));
  add_line (text, lz_count_clock_rule (count));
}

static void
add_rate (GString *text, LzRate rate)
{
  g_autofree char *formula = lz_rate_dup_definition (rate);
  g_autofree char *part =
      g_strdup_printf (_ ("Above the line: %s"), lz_count_definition (lz_rate_get_part (rate)));
  g_autofree char *whole =
      g_strdup_printf (_ ("Below the line: %s"), lz_count_definition (lz_rate_get_whole (rate)));

  add_line (text, formula);
  add_line (text, part);
  add_line (text, whole);
  add_line (text, lz_count_period_rule (lz_rate_get_whole (rate)));
  add_line (text, lz_count_clock_rule (lz_rate_get_part (rate)));
}

static const char *
get_term (const LzFigureMeaning *self)
{
  switch (self->kind)
    {
    case LZ_MEANING_COUNT:
      return lz_count_label (self->count);
    case LZ_MEANING_RATE:
      return lz_rate_label (self->rate);
    case LZ_MEANING_OTHER:
    case LZ_MEANING_NONE:
    default:
      return self->term;
    }
}

static char *
dup_rules (const LzFigureMeaning *self)
{
  GString *text = g_string_new (NULL);

  if (self->kind == LZ_MEANING_COUNT)
    add_count (text, self->count);
  else if (self->kind == LZ_MEANING_RATE)
    add_rate (text, self->rate);
  else
    add_line (text, self->definition);
  return g_string_free (text, FALSE);
}

char *
lz_figure_meaning_dup_text (const LzFigureMeaning *self)
{
  g_autofree char *rules = NULL;

  if (self->kind == LZ_MEANING_NONE)
    return NULL;
  rules = dup_rules (self);
  return *rules != '\0' ? g_strdup_printf ("%s\n%s", get_term (self), rules)
                        : g_strdup (get_term (self));
}

/* -- the popover --------------------------------------------------------------------------------
 */

static void
open_cb (GtkButton *button)
{
  GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_POPOVER);
  g_autoptr (GtkWidget) parent = g_object_ref (gtk_widget_get_parent (popover));
  g_autoptr (GVariant) cases = g_variant_ref (g_object_get_data (G_OBJECT (button), "cases"));

  gtk_popover_popdown (GTK_POPOVER (popover));
  lz_figure_cases_open (parent, cases);
}

/* @n: -1 = it is not known here. */
static void
add_link (GtkBox *box, const char *label, gint64 n, GVariant *cases)
{
  g_autofree char *text =
      n >= 0 ? g_strdup_printf ("%s: %'" G_GINT64_FORMAT, label, n) : g_strdup (label);
  GtkWidget *button = gtk_button_new_with_label (text);

  g_object_set_data_full (G_OBJECT (button), "cases", g_variant_ref_sink (cases),
                          (GDestroyNotify) g_variant_unref);
  gtk_widget_set_sensitive (button, n != 0);
  g_signal_connect (button, "clicked", G_CALLBACK (open_cb), NULL);
  gtk_box_append (box, button);
}

static void
add_text (GtkBox *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 46);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (box, label);
}

static void
add_links (GtkBox *box, const LzFigureMeaning *meaning)
{
  LzCount part, whole;

  if (meaning->kind == LZ_MEANING_COUNT)
    {
      add_link (box, lz_count_label (meaning->count), meaning->n,
                lz_figure_cases_new (meaning->of, meaning->count));
      return;
    }
  if (meaning->kind == LZ_MEANING_OTHER && meaning->cases != NULL)
    add_link (box, meaning->term, meaning->n, meaning->cases);
  for (guint i = 0; meaning->parts != NULL && i < meaning->parts->len; i++)
    {
      const LzFigurePart *of = &g_array_index (meaning->parts, LzFigurePart, i);

      add_link (box, lz_count_label (of->count), of->n, lz_figure_cases_new (of->of, of->count));
    }
  if (meaning->kind != LZ_MEANING_RATE)
    return;
  part = lz_rate_get_part (meaning->rate);
  whole = lz_rate_get_whole (meaning->rate);
  add_link (box, lz_count_label (part), meaning->ratio.part,
            lz_figure_cases_new (meaning->of, part));
  add_link (box, lz_count_label (whole), meaning->ratio.whole,
            lz_figure_cases_new (meaning->of, whole));
}

GtkWidget *
lz_figure_popover_new (GtkWidget *parent, const LzFigureMeaning *meaning)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  g_autofree char *rules = dup_rules (meaning);

  add_text (box, get_term (meaning), "heading");
  if (meaning->of != NULL)
    {
      g_autofree char *period = lz_period_dup_label (&meaning->of->period);

      add_text (box, period, "dim-label");
    }
  add_text (box, rules, "body");
  add_links (box, meaning);
  gtk_popover_set_child (GTK_POPOVER (popover), GTK_WIDGET (box));
  gtk_widget_add_css_class (popover, "figure-meaning");
  gtk_widget_set_parent (popover, parent);
  return popover;
}
