/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-correction-list.h"

#include <glib/gi18n.h>

#include "lz-figure-cases.h"
#include "lz-template.h"

/* So many figures are listed; the rest is counted. */
#define MAX_SHOWN 60

struct _LzCorrectionList
{
  GtkWidget parent_instance;

  GtkGrid *grid;
  GtkLabel *summary;
  GtkWidget *cases;
  GtkWidget *publish;
  GtkLabel *published;

  GVariant *changed; /* nullable: the cases */
};

G_DEFINE_FINAL_TYPE (LzCorrectionList, lz_correction_list, GTK_TYPE_WIDGET)

static void
attach (GtkGrid *grid, const char *text, int column, int row, gboolean is_figure)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), is_figure ? 1 : 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (is_figure)
    gtk_widget_add_css_class (label, "numeric");
  else
    gtk_widget_set_hexpand (label, column == 1);
  if (row == 0)
    gtk_widget_add_css_class (label, "dim-label");
  gtk_grid_attach (grid, label, column, row, 1, 1);
}

static void
add_figure (LzCorrectionList *self,
            const LzWeeklyData *data,
            const LzCorrection *correction,
            int row)
{
  g_autofree char *group = lz_tally_names_dup (data->names, correction->by, correction->value);
  g_autofree char *before = g_strdup_printf ("%" G_GINT64_FORMAT, correction->published);
  g_autofree char *now = g_strdup_printf ("%" G_GINT64_FORMAT, correction->now);

  attach (self->grid,
          correction->by == LZ_BY_ALL ? _ ("Whole Office") : lz_tally_by_label (correction->by), 0,
          row, FALSE);
  attach (self->grid, correction->by == LZ_BY_ALL ? "" : group, 1, row, FALSE);
  attach (self->grid, lz_count_label (correction->count), 2, row, FALSE);
  attach (self->grid, before, 3, row, TRUE);
  attach (self->grid, now, 4, row, TRUE);
}

static void
clear_grid (LzCorrectionList *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->grid))) != NULL)
    gtk_grid_remove (self->grid, child);
}

static void
add_figures (LzCorrectionList *self, const LzWeeklyData *data)
{
  const GArray *figures = data->corrections->figures;

  if (figures->len == 0)
    return;
  attach (self->grid, _ ("Table"), 0, 0, FALSE);
  attach (self->grid, _ ("Group"), 1, 0, FALSE);
  attach (self->grid, _ ("Figure"), 2, 0, FALSE);
  attach (self->grid, _ ("Published"), 3, 0, TRUE);
  attach (self->grid, _ ("Now"), 4, 0, TRUE);
  for (guint i = 0; i < MIN (figures->len, MAX_SHOWN); i++)
    add_figure (self, data, &g_array_index (figures, LzCorrection, i), (int) i + 1);
}

static GVariant *
make_cases (const GArray *changed)
{
  g_autofree LzId *ids = g_new (LzId, changed->len + 1);

  for (guint i = 0; i < changed->len; i++)
    ids[i] = g_array_index (changed, LzChangedCase, i).id;
  return g_variant_ref_sink (
      lz_figure_cases_new_for_ids (_ ("Cases that Count Differently Now"), ids, changed->len));
}

void
lz_correction_list_show (LzCorrectionList *self, const LzWeeklyData *data)
{
  g_autofree char *summary = NULL;
  g_autofree char *published = NULL;
  guint n;

  g_return_if_fail (LZ_IS_CORRECTION_LIST (self));

  clear_grid (self);
  g_clear_pointer (&self->changed, g_variant_unref);
  gtk_widget_set_visible (GTK_WIDGET (self), data->corrections != NULL);
  if (data->corrections == NULL)
    return;
  n = data->corrections->figures->len;
  summary = n == 0 ? g_strdup (_ ("The figures would come out the same now."))
                   : g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                                   "%u figure would come out differently now.",
                                                   "%u figures would come out differently now.", n),
                                      n);
  gtk_label_set_label (self->summary, summary);
  if (!data->edition->sealed->whole)
    gtk_label_set_label (self->summary, _ ("The list of cases is not the one that was sealed."));
  add_figures (self, data);
  gtk_widget_set_visible (self->cases, data->corrections->cases->len > 0);
  if (data->corrections->cases->len > 0)
    self->changed = make_cases (data->corrections->cases);
  gtk_widget_set_visible (self->publish, n > 0 || data->corrections->cases->len > 0);
  g_ptr_array_add (data->published, NULL);
  published = g_strjoinv ("\n", (char **) data->published->pdata);
  g_ptr_array_set_size (data->published, (int) data->published->len - 1);
  gtk_label_set_label (self->published, published);
  gtk_widget_set_visible (GTK_WIDGET (self->published), published[0] != '\0');
}

static void
cases_cb (LzCorrectionList *self)
{
  if (self->changed != NULL)
    lz_figure_cases_open (GTK_WIDGET (self), self->changed);
}

static void
lz_correction_list_dispose (GObject *object)
{
  LzCorrectionList *self = LZ_CORRECTION_LIST (object);

  g_clear_pointer (&self->changed, g_variant_unref);
  lz_template_dispose_children (GTK_WIDGET (self));

  G_OBJECT_CLASS (lz_correction_list_parent_class)->dispose (object);
}

static void
lz_correction_list_class_init (LzCorrectionListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lz_correction_list_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkLabel *
add_label (GtkBox *box, const char *css_class)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (NULL));

  gtk_label_set_xalign (label, 0);
  gtk_label_set_wrap (label, TRUE);
  gtk_widget_add_css_class (GTK_WIDGET (label), css_class);
  gtk_box_append (box, GTK_WIDGET (label));
  return label;
}

static void
lz_correction_list_init (LzCorrectionList *self)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  GtkBox *buttons = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));

  gtk_label_set_label (add_label (box, "heading"), _ ("Since It Was Published"));
  self->summary = add_label (box, "body");
  self->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (self->grid, 12);
  gtk_grid_set_row_spacing (self->grid, 2);
  gtk_box_append (box, GTK_WIDGET (self->grid));
  self->cases = gtk_button_new_with_mnemonic (_ ("Show the _Cases"));
  g_signal_connect_swapped (self->cases, "clicked", G_CALLBACK (cases_cb), self);
  self->publish = gtk_button_new_with_mnemonic (_ ("Publish a C_orrection…"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->publish), "weekly.correct");
  gtk_box_append (buttons, self->cases);
  gtk_box_append (buttons, self->publish);
  gtk_box_append (box, GTK_WIDGET (buttons));
  self->published = add_label (box, "body");
  gtk_widget_set_parent (GTK_WIDGET (box), GTK_WIDGET (self));
}
