/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-tasks-page-private.h"

#include <glib/gi18n.h>

#include "lz-act-dialog.h"
#include "lz-case-steps.h"

#define MAX_ACTIONS 24
/* What one person answers for with one key; more come in a second helping. */
#define MAX_AT_ONCE 2000
/* What only the single case can be asked for. */
#define NOT_FOR_MANY \
  (LZ_NEEDS_AFTER | LZ_NEEDS_BEFORE | LZ_NEEDS_PHOTO | LZ_NEEDS_OTHER | LZ_NEEDS_UNTIL)

/* Calls @look with each selected row that was read; stops where it gives FALSE. */
static gboolean
each_selected (LzTasksPage *self,
               gboolean (*look) (const LzCaseRow *row, gpointer data),
               gpointer data)
{
  g_autoptr (GtkBitset) selected =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GtkBitsetIter iter;
  guint position, n = 0;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position);
       more && n < MAX_AT_ONCE; more = gtk_bitset_iter_next (&iter, &position), n++)
    {
      g_autoptr (LzCaseItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), position);
      const LzCaseRow *row = item != NULL ? lz_case_item_get_row (item) : NULL;

      if (row != NULL && !look (row, data))
        return FALSE;
    }

  return TRUE;
}

static gboolean
add_state (const LzCaseRow *row, gpointer data)
{
  *(guint32 *) data |= LZ_STATE_BIT (row->state);
  return TRUE;
}

static guint
count_selected (LzTasksPage *self)
{
  g_autoptr (GtkBitset) selected =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  return (guint) gtk_bitset_get_size (selected);
}

/* The one state of all that is selected; NONE where they differ. */
static LzState
get_common_state (LzTasksPage *self)
{
  guint32 states = 0;

  each_selected (self, add_state, &states);
  for (guint state = 1; state < LZ_N_STATES; state++)
    if (states == LZ_STATE_BIT (state))
      return (LzState) state;

  return LZ_STATE_NONE;
}

const LzTransition *
lz_tasks_page_find_bulk (LzTasksPage *self, gboolean refuse)
{
  guint roles = lz_session_get_roles (self->session);
  LzCase item = { .state = get_common_state (self) };
  const LzTransition *row;

  if (item.state == LZ_STATE_NONE)
    return NULL;
  row = refuse ? lz_case_steps_get_return (&item, roles) : lz_case_steps_get_next (&item, roles);
  if (!refuse && row != NULL && row->kind == LZ_KIND_RECTIFIED)
    row = lz_fold_find_row (&item, LZ_KIND_ACCEPTED); /* many have no photo in common */
  return row != NULL && (row->needs & NOT_FOR_MANY) == 0 ? row : NULL;
}

static void
show_button (GtkButton *button, const LzTransition *row)
{
  gtk_widget_set_visible (GTK_WIDGET (button), row != NULL);
  if (row == NULL)
    return;

  gtk_button_set_label (button, _ (row->label));
  /* The target first: an action without the one it wants is complained of. */
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", lz_kind_to_string (row->kind));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "tasks.act");
}

static void
show_more (LzTasksPage *self, LzState state)
{
  const LzTransition *rows[MAX_ACTIONS];
  guint n = lz_machine_list_actions (state, lz_session_get_roles (self->session), rows,
                                     G_N_ELEMENTS (rows));
  g_autoptr (GMenu) menu = g_menu_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *action = NULL;

      if ((rows[i]->needs & NOT_FOR_MANY) != 0)
        continue;
      action = g_strdup_printf ("tasks.act::%s", lz_kind_to_string (rows[i]->kind));
      g_menu_append (menu, _ (rows[i]->label), action);
    }

  gtk_menu_button_set_menu_model (self->more, G_MENU_MODEL (menu));
  gtk_widget_set_visible (GTK_WIDGET (self->more),
                          g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0);
}

void
lz_tasks_page_update_bulk (LzTasksPage *self)
{
  guint n = count_selected (self);
  LzState state = n > 1 ? get_common_state (self) : LZ_STATE_NONE;
  g_autofree char *text = NULL;

  gtk_action_bar_set_revealed (self->bulk_bar, n > 1);
  if (n < 2)
    return;

  text = state != LZ_STATE_NONE ? g_strdup_printf (_ ("%'u selected"), n)
                                : g_strdup_printf (_ ("%'u selected, in different states"), n);
  gtk_label_set_label (self->selected, text);
  show_button (self->approve, lz_tasks_page_find_bulk (self, FALSE));
  show_button (self->refuse, lz_tasks_page_find_bulk (self, TRUE));
  show_more (self, state);
}

static gboolean
add_fid (const LzCaseRow *row, gpointer data)
{
  g_array_append_val ((GArray *) data, row->fid);
  return TRUE;
}

/* What the selected cases have in common, for the words of the dialog. */
static gboolean
take_common (const LzCaseRow *row, gpointer data)
{
  LzCase *common = data;

  if (common->state == LZ_STATE_NONE)
    {
      common->state = row->state;
      common->category = g_strdup (row->category);
      return TRUE;
    }
  if (g_strcmp0 (common->category, row->category) != 0)
    g_clear_pointer (&common->category, g_free);
  return TRUE;
}

void
lz_tasks_page_act_on_selection (LzTasksPage *self, LzKind kind)
{
  g_autoptr (GArray) fids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (LzCase) common = lz_case_new ();
  const LzTransition *row;

  each_selected (self, add_fid, fids);
  each_selected (self, take_common, common);
  row = lz_fold_find_row (common, kind);
  if (fids->len == 0 || row == NULL)
    return;

  gtk_window_present (
      GTK_WINDOW (lz_act_dialog_new_many (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                          self->session, common, row, fids)));
}
