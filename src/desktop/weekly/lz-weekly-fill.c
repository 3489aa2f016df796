/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the editor shows, and what its widgets say. */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-weekly-private.h"

#include <glib/gi18n.h>

#include "lz-bulletin-view.h"
#include "lz-section-edit.h"

static void
set_entry (GtkEditable *entry, const char *text, gboolean editable)
{
  gtk_editable_set_text (entry, text != NULL ? text : "");
  gtk_editable_set_editable (entry, editable);
}

static void
wanted_in_section_cb (GtkWidget *section,
                      GtkWidget *paragraph,
                      const char *token,
                      const GdkRectangle *at,
                      LzWeeklyView *self)
{
  lz_weekly_view_show_meaning (self, paragraph, token, at);
}

static void
focused_cb (GtkWidget *section, LzParagraphEdit *paragraph, LzWeeklyView *self)
{
  if (self->focused != NULL)
    g_object_remove_weak_pointer (G_OBJECT (self->focused), (gpointer *) &self->focused);
  self->focused = paragraph;
  g_object_add_weak_pointer (G_OBJECT (paragraph), (gpointer *) &self->focused);
}

static void
add_section (LzWeeklyView *self, const LzBulletinSection *section)
{
  GtkWidget *edit = lz_section_edit_new (self->data->edition, section);

  g_signal_connect_swapped (edit, "changed", G_CALLBACK (lz_weekly_view_changed), self);
  g_signal_connect (edit, "figure-wanted", G_CALLBACK (wanted_in_section_cb), self);
  g_signal_connect (edit, "focused", G_CALLBACK (focused_cb), self);
  gtk_box_append (self->sections, edit);
}

static void
fill_words (LzWeeklyView *self)
{
  const LzEdition *edition = self->data->edition;
  const LzBulletinText *text = edition->text;
  gboolean editable = edition->state != LZ_EDITION_SEALED;
  GtkWidget *child;

  set_entry (self->number, text->number, editable);
  set_entry (self->addressee, text->addressee, editable);
  set_entry (self->date, text->date, editable);
  lz_paragraph_edit_show (self->title, edition, text->title != NULL ? text->title : "");
  lz_paragraph_edit_set_editable (self->title, editable);
  lz_paragraph_edit_show (self->opening, edition, text->opening != NULL ? text->opening : "");
  lz_paragraph_edit_set_editable (self->opening, editable);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->sections))) != NULL)
    gtk_box_remove (self->sections, child);
  for (guint i = 0; i < text->sections->len; i++)
    add_section (self, text->sections->pdata[i]);
  lz_typical_cases_show (self->cases, text->cases, editable);
}

/* The words stay, and so does the caret. */
static void
update_figures (LzWeeklyView *self)
{
  const LzEdition *edition = self->data->edition;

  lz_paragraph_edit_update (self->title, edition);
  lz_paragraph_edit_update (self->opening, edition);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->sections)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    lz_section_edit_update (LZ_SECTION_EDIT (child), edition);
}

static void
show_tables (LzWeeklyView *self)
{
  const LzEdition *edition = self->data->edition;
  LzFigureOf base = { .period = edition->period, .now_ms = self->data->now_ms };

  if (edition->state == LZ_EDITION_SEALED)
    base.bulletin = edition->sealed->id;
  lz_report_tables_show (self->tables, self->data->tables, &base);
}

void
lz_weekly_view_fill (LzWeeklyView *self, gboolean anew)
{
  self->filling = TRUE;
  if (anew)
    fill_words (self);
  else
    update_figures (self);
  show_tables (self);
  lz_figure_inserter_set_edition (self->inserter, self->data->edition);
  lz_correction_list_show (self->corrections, self->data);
  self->filling = FALSE;
  lz_weekly_view_update_state (self);
  lz_weekly_view_update_actions (self);
  lz_weekly_view_queue_preview (self);
}

LzBulletinText *
lz_weekly_view_collect (LzWeeklyView *self)
{
  const LzBulletinText *shown = self->data->edition->text;
  LzBulletinText *text = lz_bulletin_text_new ();

  text->number = g_strdup (gtk_editable_get_text (self->number));
  text->addressee = g_strdup (gtk_editable_get_text (self->addressee));
  text->date = g_strdup (gtk_editable_get_text (self->date));
  text->title = lz_paragraph_edit_dup_text (self->title);
  text->opening = lz_paragraph_edit_dup_text (self->opening);
  text->tables_title = g_strdup (shown->tables_title);
  text->cases_title = g_strdup (shown->cases_title);
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->sections)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    lz_section_edit_collect (LZ_SECTION_EDIT (child), text);
  lz_typical_cases_collect (self->cases, text);
  if (shown->said != NULL)
    text->said = g_hash_table_ref (shown->said);
  return text;
}
