/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-case-columns.h"

#include <glib/gi18n.h>

#include "lz-badge.h"
#include "lz-case-item.h"
#include "lz-catalogue.h"
#include "lz-names.h"
#include "lz-words.h"

typedef char *(*DupText) (const LzCellWords *words, const LzCaseRow *row);

static char *
dup_number (const LzCellWords *words, const LzCaseRow *row)
{
  return g_strdup (row->number != NULL ? row->number : "");
}

static char *
dup_state (const LzCellWords *words, const LzCaseRow *row)
{
  return g_strdup (lz_state_label (row->state));
}

static char *
dup_category (const LzCellWords *words, const LzCaseRow *row)
{
  return g_strdup (lz_words_get_category (words->catalogue, row->category));
}

static char *
dup_dimension (const LzCellWords *words, const LzCaseRow *row)
{
  return g_strdup (lz_dimension_label ((LzDimension) row->dimension));
}

static char *
dup_place (const LzCellWords *words, const LzCaseRow *row)
{
  return lz_words_dup_place (row->road_name, row->chainage_cm, row->offset_cm, row->side);
}

static char *
dup_text (const LzCellWords *words, const LzCaseRow *row)
{
  return g_strdup (row->text != NULL ? row->text : "");
}

static char *
dup_reported (const LzCellWords *words, const LzCaseRow *row)
{
  return lz_words_dup_time (row->reported_ms, words->now_ms, words->offset_min);
}

static char *
dup_changed (const LzCellWords *words, const LzCaseRow *row)
{
  return lz_words_dup_time (row->changed_ms, words->now_ms, words->offset_min);
}

static char *
dup_deadline (const LzCellWords *words, const LzCaseRow *row)
{
  if (row->due_ms == 0)
    return g_strdup ("—");

  return lz_words_dup_time (row->due_ms, words->now_ms, words->offset_min);
}

static char *
dup_unit (const LzCellWords *words, const LzCaseRow *row)
{
  return g_strdup (row->unit != NULL ? row->unit : "");
}

static char *
dup_photos (const LzCellWords *words, const LzCaseRow *row)
{
  return g_strdup_printf ("%u", row->n_photos);
}

/* Empty where it is not, so that a station without a server has no column of crosses. */
static char *
dup_delivered (const LzCellWords *words, const LzCaseRow *row)
{
  return g_strdup (row->delivered ? _ ("✓ delivered") : "");
}

/* The id is what the settings remember. */
static const struct
{
  const char *id;
  const char *title;
  DupText dup;
  int sort; /* an #LzSort, or -1 */
  int width;
  gboolean expand;
} columns[] = {
  { "code", N_ ("Number"), dup_number, LZ_SORT_NUMBER, 150, FALSE },
  { "state", N_ ("State"), dup_state, LZ_SORT_STATE, 150, FALSE },
  { "category", N_ ("Category"), dup_category, LZ_SORT_CATEGORY, 190, FALSE },
  { "dimension", N_ ("Dimension"), dup_dimension, -1, 80, FALSE },
  { "road", N_ ("Place"), dup_place, LZ_SORT_ROAD, 220, FALSE },
  { "description", N_ ("Description"), dup_text, -1, 220, TRUE },
  { "reported", N_ ("Reported"), dup_reported, LZ_SORT_REPORTED, 150, FALSE },
  { "deadline", N_ ("Deadline"), dup_deadline, LZ_SORT_DUE, 150, FALSE },
  { "changed", N_ ("Last change"), dup_changed, LZ_SORT_CHANGED, 150, FALSE },
  { "unit", N_ ("Unit"), dup_unit, -1, 120, FALSE },
  { "photos", N_ ("Photos"), dup_photos, -1, 60, FALSE },
  { "delivered", N_ ("Delivery"), dup_delivered, -1, 90, FALSE },
};

#define N_COLUMNS    G_N_ELEMENTS (columns)
#define STATE_COLUMN 1

struct _LzCaseColumns
{
  GObject parent_instance;

  GtkColumnView *view; /* owns us through its page */
  LzSession *session;
  GSettings *settings;
  GtkColumnViewColumn *columns[N_COLUMNS];
  GSimpleActionGroup *actions;
  int probed; /* column whose sorter was asked first */
  guint save_id;
};

G_DEFINE_FINAL_TYPE (LzCaseColumns, lz_case_columns, G_TYPE_OBJECT)

enum
{
  SORTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Cells. */

typedef struct
{
  LzSession *session;
  guint column;
} Cells;

static void
cells_free (gpointer data, GClosure *closure)
{
  g_object_unref (((Cells *) data)->session);
  g_free (data);
}

static char *
dup_cell (const Cells *cells, const LzCaseRow *row)
{
  LzCellWords words = { lz_session_get_catalogue (cells->session),
                        lz_session_get_offset_min (cells->session), lz_session_now () };

  return columns[cells->column].dup (&words, row);
}

static void
show_cell (LzCaseItem *item, GParamSpec *pspec, GtkWidget *cell)
{
  const Cells *cells = g_object_get_data (G_OBJECT (cell), "cells");
  const LzCaseRow *row = lz_case_item_get_row (item);
  GtkWidget *text = cells->column == STATE_COLUMN ? gtk_widget_get_last_child (cell) : cell;
  g_autofree char *words = row != NULL ? dup_cell (cells, row) : NULL;

  gtk_inscription_set_text (GTK_INSCRIPTION (text), words != NULL ? words : "…");
  lz_names_set_row (cell, words != NULL ? words : "");
  if (cells->column == STATE_COLUMN)
    lz_badge_set_lamp (GTK_IMAGE (gtk_widget_get_first_child (cell)),
                       row != NULL ? lz_case_row_lamp_at (row, lz_session_now ()) : LZ_LAMP_NONE);
}

static GtkWidget *
new_text (void)
{
  GtkWidget *text = gtk_inscription_new (NULL);

  gtk_inscription_set_text_overflow (GTK_INSCRIPTION (text),
                                     GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
  gtk_inscription_set_min_chars (GTK_INSCRIPTION (text), 3);
  gtk_inscription_set_xalign (GTK_INSCRIPTION (text), 0);

  return text;
}

static void
setup_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, Cells *cells)
{
  GtkWidget *cell = new_text ();

  lz_names_leave_clicks_to_row (list_item);
  if (cells->column == STATE_COLUMN)
    {
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
      GtkWidget *lamp = gtk_image_new ();

      gtk_image_set_pixel_size (GTK_IMAGE (lamp), 12);
      gtk_widget_set_hexpand (cell, TRUE);
      gtk_box_append (GTK_BOX (box), lamp);
      gtk_box_append (GTK_BOX (box), cell);
      cell = box;
    }

  g_object_set_data (G_OBJECT (cell), "cells", cells);
  gtk_list_item_set_child (list_item, cell);
}

static void
bind_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, Cells *cells)
{
  GtkWidget *cell = gtk_list_item_get_child (list_item);
  LzCaseItem *item = gtk_list_item_get_item (list_item);

  g_signal_connect_object (item, "notify::row", G_CALLBACK (show_cell), cell, 0);
  show_cell (item, NULL, cell);
}

static void
unbind_cell_cb (GtkSignalListItemFactory *factory, GtkListItem *list_item, Cells *cells)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (list_item), show_cell,
                                        gtk_list_item_get_child (list_item));
}

static GtkListItemFactory *
new_factory (LzSession *session, guint column)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Cells *cells = g_new0 (Cells, 1);

  cells->session = g_object_ref (session);
  cells->column = column;
  g_signal_connect (factory, "setup", G_CALLBACK (setup_cell_cb), cells);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cell_cb), cells);
  g_signal_connect_data (factory, "unbind", G_CALLBACK (unbind_cell_cb), cells, cells_free, 0);

  return factory;
}

/* Sorting.  GTK 4.8 does not tell which header was clicked, but asks the primary column's sorter
 * first: each notes that it was asked. */

typedef struct
{
  LzCaseColumns *columns;
  int column;
} Probe;

static int
probe_cb (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const Probe *probe = user_data;

  if (probe->columns->probed < 0)
    probe->columns->probed = probe->column;

  return GTK_ORDERING_SMALLER;
}

static GtkSorter *
new_sorter (LzCaseColumns *self, guint column)
{
  Probe *probe = g_new0 (Probe, 1);

  probe->columns = self;
  probe->column = (int) column;
  return GTK_SORTER (gtk_custom_sorter_new (probe_cb, probe, g_free));
}

LzSort
lz_case_columns_get_sort (LzCaseColumns *self, gboolean *descending)
{
  g_autoptr (LzCaseItem) a = lz_case_item_new (1);
  g_autoptr (LzCaseItem) b = lz_case_item_new (2);
  GtkOrdering ordering;

  g_return_val_if_fail (LZ_IS_CASE_COLUMNS (self), LZ_SORT_REPORTED);

  self->probed = -1;
  ordering = gtk_sorter_compare (gtk_column_view_get_sorter (self->view), a, b);
  if (self->probed < 0)
    {
      *descending = TRUE;
      return LZ_SORT_REPORTED;
    }

  *descending = ordering == GTK_ORDERING_LARGER;
  return (LzSort) columns[self->probed].sort;
}

static void
sorter_changed_cb (LzCaseColumns *self)
{
  gboolean descending;

  /* A view that goes takes its columns out one by one: that is nobody's wish. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (self->view)))
    return;

  lz_case_columns_get_sort (self, &descending);
  g_settings_set_string (self->settings, "cases-sort",
                         self->probed >= 0 ? columns[self->probed].id : "reported");
  g_settings_set_boolean (self->settings, "cases-sort-descending", descending);
  g_signal_emit (self, signals[SORTED], 0);
}

/* Remembering. */

static int
find_id (const char *id)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    if (g_str_equal (columns[i].id, id))
      return (int) i;

  return -1;
}

static int
find_column (LzCaseColumns *self, GtkColumnViewColumn *column)
{
  for (guint i = 0; i < N_COLUMNS; i++)
    if (self->columns[i] == column)
      return (int) i;

  return -1;
}

static gboolean
save_cb (gpointer user_data)
{
  LzCaseColumns *self = user_data;
  GListModel *shown = gtk_column_view_get_columns (self->view);
  g_auto (GVariantBuilder) widths = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{si}"));
  g_autoptr (GStrvBuilder) order = g_strv_builder_new ();
  g_auto (GStrv) ids = NULL;

  self->save_id = 0;
  for (guint i = 0; i < g_list_model_get_n_items (shown); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (shown, i);
      int at = find_column (self, column);

      if (at >= 0)
        g_strv_builder_add (order, columns[at].id);
    }
  /* A column that is hidden comes back as wide as it was. */
  for (guint i = 0; i < N_COLUMNS; i++)
    {
      int width = gtk_column_view_column_get_fixed_width (self->columns[i]);

      if (width > 0 && width != columns[i].width)
        g_variant_builder_add (&widths, "{si}", columns[i].id, width);
    }

  ids = g_strv_builder_end (order);
  g_settings_set_strv (self->settings, "cases-columns", (const char *const *) ids);
  g_settings_set_value (self->settings, "cases-column-widths", g_variant_builder_end (&widths));
  return G_SOURCE_REMOVE;
}

static void
save_soon (LzCaseColumns *self)
{
  if (self->save_id == 0 && gtk_widget_get_mapped (GTK_WIDGET (self->view)))
    self->save_id = g_timeout_add (300, save_cb, self);
}

/* The window may be closed before the time is up; later the view has no columns any more. */
static void
save_now (LzCaseColumns *self)
{
  if (self->save_id == 0)
    return;
  g_clear_handle_id (&self->save_id, g_source_remove);
  save_cb (self);
}

static gboolean
is_shown (LzCaseColumns *self, guint at)
{
  GListModel *shown = gtk_column_view_get_columns (self->view);

  for (guint i = 0; i < g_list_model_get_n_items (shown); i++)
    {
      g_autoptr (GtkColumnViewColumn) column = g_list_model_get_item (shown, i);

      if (column == self->columns[at])
        return TRUE;
    }

  return FALSE;
}

static void
toggle_cb (GSimpleAction *action, GVariant *state, gpointer user_data)
{
  LzCaseColumns *self = user_data;
  int at = find_id (g_action_get_name (G_ACTION (action)));
  gboolean show = g_variant_get_boolean (state);
  GListModel *shown = gtk_column_view_get_columns (self->view);

  if (at < 0 || show == is_shown (self, (guint) at))
    return;
  if (!show && g_list_model_get_n_items (shown) == 1)
    return; /* a table without columns could not be brought back */

  if (show)
    gtk_column_view_append_column (self->view, self->columns[at]);
  else
    gtk_column_view_remove_column (self->view, self->columns[at]);
  g_simple_action_set_state (action, state);
  save_soon (self);
}

static void
make_columns (LzCaseColumns *self)
{
  g_autoptr (GVariant) widths = g_settings_get_value (self->settings, "cases-column-widths");

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      int width = columns[i].width;

      g_variant_lookup (widths, columns[i].id, "i", &width);
      self->columns[i] =
          gtk_column_view_column_new (_ (columns[i].title), new_factory (self->session, i));
      gtk_column_view_column_set_resizable (self->columns[i], TRUE);
      gtk_column_view_column_set_expand (self->columns[i], columns[i].expand);
      gtk_column_view_column_set_fixed_width (self->columns[i], width);
      gtk_column_view_column_set_header_menu (self->columns[i], lz_case_columns_get_menu (self));
      if (columns[i].sort >= 0)
        {
          g_autoptr (GtkSorter) sorter = new_sorter (self, i);

          gtk_column_view_column_set_sorter (self->columns[i], sorter);
        }
      g_signal_connect_object (self->columns[i], "notify::fixed-width", G_CALLBACK (save_soon),
                               self, G_CONNECT_SWAPPED);
    }
}

static void
show_columns (LzCaseColumns *self)
{
  g_auto (GStrv) ids = g_settings_get_strv (self->settings, "cases-columns");
  g_autofree char *sort = g_settings_get_string (self->settings, "cases-sort");
  int at;

  for (guint i = 0; ids[i] != NULL; i++)
    {
      at = find_id (ids[i]);
      if (at >= 0 && !is_shown (self, (guint) at))
        gtk_column_view_append_column (self->view, self->columns[at]);
    }

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      g_autoptr (GSimpleAction) action =
          g_simple_action_new_stateful (columns[i].id, NULL,
                                        g_variant_new_boolean (is_shown (self, i)));

      g_signal_connect (action, "change-state", G_CALLBACK (toggle_cb), self);
      g_action_map_add_action (G_ACTION_MAP (self->actions), G_ACTION (action));
    }

  at = find_id (sort);
  if (at >= 0 && columns[at].sort >= 0)
    gtk_column_view_sort_by_column (self->view, self->columns[at],
                                    g_settings_get_boolean (self->settings, "cases-sort-descending")
                                        ? GTK_SORT_DESCENDING
                                        : GTK_SORT_ASCENDING);
}

GActionGroup *
lz_case_columns_get_actions (LzCaseColumns *self)
{
  g_return_val_if_fail (LZ_IS_CASE_COLUMNS (self), NULL);

  return G_ACTION_GROUP (self->actions);
}

/* (transfer floating none): a new menu each time */
GMenuModel *
lz_case_columns_get_menu (LzCaseColumns *self)
{
  static GMenu *menu;

  if (menu == NULL)
    {
      menu = g_menu_new ();
      for (guint i = 0; i < N_COLUMNS; i++)
        {
          g_autofree char *action = g_strdup_printf ("columns.%s", columns[i].id);

          g_menu_append (menu, _ (columns[i].title), action);
        }
    }

  return G_MENU_MODEL (menu);
}

GStrv
lz_case_columns_dup_titles (void)
{
  g_autoptr (GStrvBuilder) titles = g_strv_builder_new ();

  for (guint i = 0; i < N_COLUMNS; i++)
    g_strv_builder_add (titles, _ (columns[i].title));

  return g_strv_builder_end (titles);
}

GStrv
lz_case_columns_dup_texts (const LzCellWords *words, const LzCaseRow *row)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  for (guint i = 0; i < N_COLUMNS; i++)
    {
      g_autofree char *text = columns[i].dup (words, row);

      g_strv_builder_add (texts, text);
    }

  return g_strv_builder_end (texts);
}

static void
lz_case_columns_dispose (GObject *object)
{
  LzCaseColumns *self = LZ_CASE_COLUMNS (object);

  g_clear_handle_id (&self->save_id, g_source_remove);
  for (guint i = 0; i < N_COLUMNS; i++)
    g_clear_object (&self->columns[i]);
  g_clear_object (&self->actions);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (lz_case_columns_parent_class)->dispose (object);
}

static void
lz_case_columns_class_init (LzCaseColumnsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lz_case_columns_dispose;

  signals[SORTED] = g_signal_new ("sorted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
lz_case_columns_init (LzCaseColumns *self)
{
  self->settings = g_settings_new (LZ_APP_ID);
  self->actions = g_simple_action_group_new ();
}

LzCaseColumns *
lz_case_columns_new (GtkColumnView *view, LzSession *session)
{
  LzCaseColumns *self = NULL;

  g_return_val_if_fail (GTK_IS_COLUMN_VIEW (view), NULL);
  g_return_val_if_fail (LZ_IS_SESSION (session), NULL);

  self = g_object_new (LZ_TYPE_CASE_COLUMNS, NULL);
  self->view = view;
  self->session = g_object_ref (session);
  make_columns (self);
  show_columns (self);
  g_signal_connect_object (gtk_column_view_get_sorter (view), "changed",
                           G_CALLBACK (sorter_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_column_view_get_columns (view), "items-changed",
                           G_CALLBACK (save_soon), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (view, "unmap", G_CALLBACK (save_now), self, G_CONNECT_SWAPPED);

  return self;
}
