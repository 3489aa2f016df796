/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-tasks-page-private.h"

#include <glib/gi18n.h>

/* What is overdue, unit by unit: for those who answer for all of them. */

static gboolean
wants_units (LzTasksPage *self)
{
  const LzSection *section = &g_array_index (self->shown, LzSection, self->section);

  return section->kind == LZ_SECTION_TASKS && section->list == LZ_TASKS_OVERDUE &&
         (self->roles & (LZ_ROLE_DISPATCHER | LZ_ROLE_SUPERVISOR)) != 0;
}

static void
unit_chosen_cb (LzTasksPage *self)
{
  guint at = gtk_drop_down_get_selected (self->units);
  GPtrArray *names = g_object_get_data (G_OBJECT (self->units), "names");
  const char *unit = names != NULL && at < names->len ? names->pdata[at] : NULL;

  if (!gtk_widget_get_visible (GTK_WIDGET (self->units)) || g_strcmp0 (unit, self->unit) == 0)
    return;

  g_free (self->unit);
  self->unit = g_strdup (unit);
  lz_tasks_page_ask (self);
}

static void
free_names (gpointer data)
{
  g_ptr_array_unref (data);
}

static void
fill (LzTasksPage *self, const GArray *tallies)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  guint all = 0;
  g_autofree char *first = NULL;

  for (guint i = 0; i < tallies->len; i++)
    all += g_array_index (tallies, LzUnitTally, i).n_overdue;
  first = g_strdup_printf (_ ("All units (%u)"), all);
  gtk_string_list_append (labels, first);
  g_ptr_array_add (names, NULL);
  for (guint i = 0; i < tallies->len; i++)
    {
      const LzUnitTally *tally = &g_array_index (tallies, LzUnitTally, i);
      g_autofree char *label = NULL;

      if (tally->n_overdue == 0 || tally->unit == NULL)
        continue;
      /* Translators: a unit, how many of its cases are overdue, and how many are open */
      label = g_strdup_printf (_ ("%s (%u of %u)"), tally->unit, tally->n_overdue, tally->n_open);
      gtk_string_list_append (labels, label);
      g_ptr_array_add (names, g_strdup (tally->unit));
    }

  g_object_set_data_full (G_OBJECT (self->units), "names", names, free_names);
  gtk_drop_down_set_model (self->units, G_LIST_MODEL (labels));
  gtk_widget_set_visible (GTK_WIDGET (self->units), names->len > 1);
}

static void
tallied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzTasksPage *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) tallies = lz_store_job_finish (LZ_STORE (source), result, &error);

  if (tallies == NULL)
    return;

  g_assert (LZ_IS_TASKS_PAGE (self));
  fill (self, tallies);
}

/* A job of the read thread. */
static gpointer
tally_units (LzStation *station, gpointer data, GError **error)
{
  return lz_tasks_tally_units (station, *(const gint64 *) data, error);
}

static void
free_tallies (gpointer data)
{
  g_array_unref (data);
}

void
lz_tasks_page_show_units (LzTasksPage *self)
{
  gint64 now_ms = lz_session_now ();

  g_cancellable_cancel (self->tallying);
  g_clear_object (&self->tallying);
  g_clear_pointer (&self->unit, g_free);
  gtk_widget_set_visible (GTK_WIDGET (self->units), FALSE);
  if (!wants_units (self))
    return;

  self->tallying = g_cancellable_new ();
  lz_store_read_async (lz_session_get_store (self->session), tally_units,
                       g_memdup2 (&now_ms, sizeof now_ms), g_free, free_tallies, self->tallying,
                       tallied_cb, self);
}

void
lz_tasks_page_set_up_units (LzTasksPage *self)
{
  g_signal_connect_swapped (self->units, "notify::selected", G_CALLBACK (unit_chosen_cb), self);
}
