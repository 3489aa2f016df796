/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-figure-inserter.h"

#include <glib/gi18n.h>
#include <string.h>

struct _LzFigureInserter
{
  GtkPopover parent_instance;

  GtkDropDown *group;
  GtkSearchEntry *search;
  GtkListBox *list;

  const LzEdition *edition; /* lent */
  GPtrArray *groups;        /* "@unit=…", one for each entry of the drop-down */
  gboolean is_stale;
};

G_DEFINE_FINAL_TYPE (LzFigureInserter, lz_figure_inserter, GTK_TYPE_POPOVER)

enum
{
  FIGURE_CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* -- names --------------------------------------------------------------------------------------
 */

static const char *
get_label (const LzFigureToken *token)
{
  switch (token->form)
    {
    case LZ_FIGURE_COUNT:
      return lz_count_label ((LzCount) token->which);
    case LZ_FIGURE_RATE:
      return lz_rate_label ((LzRate) token->which);
    case LZ_FIGURE_TIME:
      return token->which == 50 ? _ ("Median handling time, hours")
                                : _ ("Handling time of nine in ten, hours");
    case LZ_FIGURE_SCORE:
    default:
      return _ ("Score");
    }
}

char *
lz_figure_inserter_dup_name (const char *token)
{
  static const char *const whens[LZ_N_WHENS] = {
    [LZ_WHEN_NOW] = "",
    [LZ_WHEN_PREVIOUS] = N_ ("the period before"),
    [LZ_WHEN_YEAR] = N_ ("a year ago"),
    [LZ_WHEN_CHANGE] = N_ ("change on the period before"),
    [LZ_WHEN_YEAR_CHANGE] = N_ ("change on a year ago"),
  };
  g_auto (LzFigureToken) figure = { 0 };

  if (!lz_figure_token_parse (token, &figure))
    return g_strdup (token);
  if (figure.when == LZ_WHEN_NOW)
    return g_strdup (get_label (&figure));
  return g_strdup_printf ("%s (%s)", get_label (&figure), _ (whens[figure.when]));
}

/* -- the list -----------------------------------------------------------------------------------
 */

static void
add_token (LzFigureInserter *self, const char *key, const char *group)
{
  g_autofree char *token = g_strconcat (key, group, NULL);
  g_autofree char *name = lz_figure_inserter_dup_name (token);
  g_autofree char *shown = lz_bulletin_text_dup_figure (self->edition->text, token,
                                                        lz_edition_get_figures (self->edition));
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12));
  GtkWidget *label = gtk_label_new (name);
  GtkWidget *value = gtk_label_new (shown);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (value, "numeric");
  gtk_box_append (box, label);
  gtk_box_append (box, value);
  g_object_set_data_full (G_OBJECT (box), "token", g_strdup (token), g_free);
  g_object_set_data_full (G_OBJECT (box), "name", g_steal_pointer (&name), g_free);
  gtk_list_box_append (self->list, GTK_WIDGET (box));
}

static void
fill_list (LzFigureInserter *self)
{
  static const char *const whens[] = { "", ".change", ".previous", ".year_change" };
  guint chosen = gtk_drop_down_get_selected (self->group);
  const char *group = chosen < self->groups->len ? self->groups->pdata[chosen] : "";
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  if (self->edition == NULL)
    return;
  for (guint when = 0; when < (group[0] == '\0' ? G_N_ELEMENTS (whens) : 1u); when++)
    {
      for (guint i = 0; i < LZ_N_COUNTS; i++)
        {
          g_autofree char *key = g_strconcat (lz_count_to_string ((LzCount) i), whens[when], NULL);

          add_token (self, key, group);
        }
      for (guint i = 0; i < LZ_N_RATES; i++)
        {
          g_autofree char *key =
              g_strconcat (lz_rate_to_string ((LzRate) i), "%", whens[when], NULL);

          add_token (self, key, group);
        }
    }
  add_token (self, "median", group);
  add_token (self, "p90", group);
  if (g_str_has_prefix (group, "@unit="))
    add_token (self, "score", group);
}

static gboolean
is_wanted (GtkListBoxRow *row, gpointer data)
{
  LzFigureInserter *self = data;
  const char *wanted = gtk_editable_get_text (GTK_EDITABLE (self->search));
  const char *name = g_object_get_data (G_OBJECT (gtk_list_box_row_get_child (row)), "name");
  g_autofree char *a = g_utf8_casefold (wanted, -1);
  g_autofree char *b = g_utf8_casefold (name, -1);

  return strstr (b, a) != NULL;
}

static void
activated_cb (GtkListBox *list, GtkListBoxRow *row, LzFigureInserter *self)
{
  g_autofree char *token =
      g_strdup (g_object_get_data (G_OBJECT (gtk_list_box_row_get_child (row)), "token"));

  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[FIGURE_CHOSEN], 0, token);
}

/* -- the groups ---------------------------------------------------------------------------------
 */

static void
add_groups (LzFigureInserter *self, GtkStringList *names, const char *key)
{
  for (guint t = 0; t < lz_report_get_n_tables (self->edition->report); t++)
    {
      const LzReportTable *table = lz_report_get_table (self->edition->report, t);

      if (!g_str_equal (lz_report_table_get_key (table), key))
        continue;
      for (guint row = 0; row < lz_report_table_get_n_rows (table); row++)
        {
          const char *value = lz_report_table_get_row_key (table, row);
          g_autofree char *escaped = NULL;
          g_autofree char *name = NULL;

          if (lz_report_table_get_row_kind (table, row) != LZ_ROW_BODY || value[0] == '\0')
            continue;
          escaped = g_uri_escape_string (value, NULL, TRUE);
          name = lz_report_table_dup_text (table, row, 0);
          g_ptr_array_add (self->groups, g_strdup_printf ("@%s=%s", key, escaped));
          gtk_string_list_append (names, name);
        }
    }
}

static void
fill_groups (LzFigureInserter *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  g_ptr_array_set_size (self->groups, 0);
  g_ptr_array_add (self->groups, g_strdup (""));
  gtk_string_list_append (names, _ ("Of the Whole Office"));
  if (self->edition != NULL)
    {
      add_groups (self, names, lz_tally_by_to_string (LZ_BY_DIMENSION));
      add_groups (self, names, lz_tally_by_to_string (LZ_BY_UNIT));
    }
  gtk_drop_down_set_model (self->group, G_LIST_MODEL (names));
}

static void
show_cb (LzFigureInserter *self)
{
  if (self->is_stale)
    {
      self->is_stale = FALSE;
      fill_groups (self);
      fill_list (self);
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->search));
}

void
lz_figure_inserter_set_edition (LzFigureInserter *self, const LzEdition *edition)
{
  g_return_if_fail (LZ_IS_FIGURE_INSERTER (self));

  self->edition = edition;
  self->is_stale = TRUE;
}

GtkWidget *
lz_figure_inserter_new (void)
{
  return g_object_new (LZ_TYPE_FIGURE_INSERTER, NULL);
}

static void
lz_figure_inserter_dispose (GObject *object)
{
  g_clear_pointer (&LZ_FIGURE_INSERTER (object)->groups, g_ptr_array_unref);

  G_OBJECT_CLASS (lz_figure_inserter_parent_class)->dispose (object);
}

static void
lz_figure_inserter_class_init (LzFigureInserterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lz_figure_inserter_dispose;
  signals[FIGURE_CHOSEN] =
      g_signal_new ("figure-chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
group_chosen_cb (LzFigureInserter *self)
{
  if (!self->is_stale && self->groups != NULL)
    fill_list (self);
}

static void
lz_figure_inserter_init (LzFigureInserter *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scroll = gtk_scrolled_window_new ();

  self->groups = g_ptr_array_new_with_free_func (g_free);
  self->is_stale = TRUE;
  self->group = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  self->search = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->group), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Figures of what"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Figures"), -1);
  gtk_list_box_set_filter_func (self->list, is_wanted, self, NULL);
  gtk_widget_set_size_request (scroll, 320, 320);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->group));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->search));
  gtk_box_append (GTK_BOX (box), scroll);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  g_signal_connect_swapped (self->group, "notify::selected", G_CALLBACK (group_chosen_cb), self);
  g_signal_connect_swapped (self->search, "search-changed",
                            G_CALLBACK (gtk_list_box_invalidate_filter), self->list);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (activated_cb), self);
  g_signal_connect (self, "show", G_CALLBACK (show_cb), NULL);
}
