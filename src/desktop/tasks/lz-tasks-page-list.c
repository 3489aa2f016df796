/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-tasks-page-private.h"

#include <glib/gi18n.h>

/* What the list holds of the section, and what stands above it or in its place. */

const LzSection *
lz_tasks_page_get_section (LzTasksPage *self)
{
  return &g_array_index (self->shown, LzSection, self->section);
}

static gboolean
holds_drafts (const LzSection *section)
{
  return section->kind == LZ_SECTION_TASKS && section->list == LZ_TASKS_DRAFTS;
}

/* @part: (transfer full) */
static void
add_part (GString *text, guint n, char *part)
{
  if (n > 0)
    g_string_append_printf (text, " · %s", part);
  g_free (part);
}

static void
update_summary (LzTasksPage *self)
{
  const LzTaskCount *count;
  guint n = lz_case_list_get_n (self->list);
  g_autoptr (GString) text = g_string_new (NULL);

  if (self->counts == NULL)
    return;

  /* Drafts are no cases yet; how many there are stands in their place. */
  count = &g_array_index (self->counts, LzTaskCount, self->section);
  if (!holds_drafts (lz_tasks_page_get_section (self)))
    g_string_append_printf (text, ngettext ("%'u case", "%'u cases", n), n);
  if (self->unit == NULL)
    {
      add_part (text, count->n_overdue, g_strdup_printf (_ ("%u overdue"), count->n_overdue));
      add_part (text, count->n_today, g_strdup_printf (_ ("%u due today"), count->n_today));
      add_part (text, count->n_tomorrow,
                g_strdup_printf (_ ("%u due tomorrow"), count->n_tomorrow));
    }
  gtk_label_set_label (self->summary, text->str);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->summary), text->str);
}

void
lz_tasks_page_show_stack (LzTasksPage *self)
{
  const LzSection *section = lz_tasks_page_get_section (self);
  guint n_drafts =
      self->counts != NULL ? g_array_index (self->counts, LzTaskCount, self->section).n : 0;

  if (holds_drafts (section) && n_drafts > 0)
    {
      g_autofree char *title =
          g_strdup_printf (ngettext ("%u draft waits", "%u drafts wait", n_drafts), n_drafts);

      adw_status_page_set_title (self->drafts, title);
      gtk_stack_set_visible_child_name (self->stack, "drafts");
    }
  else if (holds_drafts (section) || lz_case_list_get_n (self->list) == 0)
    {
      adw_status_page_set_description (self->empty, lz_section_empty_label (section));
      gtk_stack_set_visible_child_name (self->stack, "empty");
    }
  else
    gtk_stack_set_visible_child_name (self->stack, "list");
  update_summary (self);
}

/* Where the person looked last on the map: what has no deadline is sorted by the way from there. */
static LzPoint
get_near (void)
{
  g_autoptr (GSettings) settings = g_settings_new (LZ_APP_ID);
  LzPoint near = { 0 };
  double latitude, longitude;

  g_settings_get (settings, "map-center", "(dd)", &latitude, &longitude);
  lz_point_from_degrees (latitude, longitude, &near);
  return near;
}

void
lz_tasks_page_fill (LzTasksPage *self)
{
  if (holds_drafts (lz_tasks_page_get_section (self)))
    {
      g_autoptr (GArray) none = g_array_new (FALSE, FALSE, sizeof (gint64));

      lz_case_list_show (self->list, none);
      return;
    }

  lz_section_ask (lz_tasks_page_get_section (self), self->list, self->unit, get_near ());
}
