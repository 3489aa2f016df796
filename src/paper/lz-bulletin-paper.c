/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 通报: the weekly bulletin and the monthly ranking. */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-bulletin-paper.h"
#include "lz-paper-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PLOT_MM 55

static gboolean
has_tables (const LzBulletin *self)
{
  return (self->report != NULL && lz_report_get_n_tables (self->report) > 0) || self->n_plots > 0;
}

/* What is attached is named below the text, GB/T 9704-2012, 7.3.4. */
static void
list_attachments (LzPaper *paper, const LzBulletin *self)
{
  GString *out = g_string_new (NULL);

  if (has_tables (self) && self->n_cases > 0)
    g_string_append_printf (out, _ ("Attachments: 1. %s; 2. %s"), self->tables_title,
                            self->cases_title);
  else if (has_tables (self) || self->n_cases > 0)
    g_string_append_printf (out, _ ("Attachment: %s"),
                            has_tables (self) ? self->tables_title : self->cases_title);
  if (out->len > 0)
    {
      lz_paper_add_space (paper, 1);
      lz_paper_add_paragraph (paper, out->str);
    }
  g_string_free (out, TRUE);
}

static char *
dup_label (const LzBulletin *self, guint number)
{
  return has_tables (self) && self->n_cases > 0 ? g_strdup_printf (_ ("Attachment %u"), number)
                                                : g_strdup (_ ("Attachment"));
}

static void
add_text (LzPaper *paper, const LzBulletin *self)
{
  if (self->number != NULL)
    lz_paper_add_red_head (paper, self->office, self->number);
  lz_paper_add_title (paper, self->title);
  if (self->addressee != NULL)
    lz_paper_add_lines (paper, LZ_PAPER_LEFT, FALSE, self->addressee);
  if (self->opening != NULL)
    lz_paper_add_paragraph (paper, self->opening);
  for (guint s = 0; s < self->n_sections; s++)
    {
      lz_paper_add_heading (paper, 1, self->sections[s].heading);
      for (guint p = 0;
           self->sections[s].paragraphs != NULL && self->sections[s].paragraphs[p] != NULL; p++)
        lz_paper_add_paragraph (paper, self->sections[s].paragraphs[p]);
    }
  list_attachments (paper, self);
  lz_paper_add_closing (paper, self->office, self->date);
}

static void
add_definitions (LzPaper *paper, const LzReport *report)
{
  g_autoptr (GPtrArray) definitions = lz_report_list_definitions (report);

  for (guint i = 0; i < definitions->len; i += 2)
    {
      g_autofree char *line =
          g_strdup_printf ("%s：%s", (char *) g_ptr_array_index (definitions, i),
                           (char *) g_ptr_array_index (definitions, i + 1));

      if (i == 0)
        {
          lz_paper_add_space (paper, 0.5);
          lz_paper_add_caption (paper, _ ("Definitions"));
        }
      lz_paper_add_lines (paper, LZ_PAPER_LEFT, TRUE, line);
    }
}

static void
add_tables (LzPaper *paper, const LzBulletin *self)
{
  g_autofree char *label = dup_label (self, 1);

  lz_paper_add_attachment (paper, label, self->tables_title);
  for (guint t = 0; self->report != NULL && t < lz_report_get_n_tables (self->report); t++)
    {
      if (t > 0)
        lz_paper_add_space (paper, 0.7);
      lz_paper_add_report_table (paper, lz_report_get_table (self->report, t), TRUE);
    }
  for (guint p = 0; p < self->n_plots; p++)
    lz_paper_add_plot (paper, self->plots[p], PLOT_MM);
  if (self->report != NULL)
    add_definitions (paper, self->report);
}

static gboolean
has_photo (const LzPaperPhoto *photo)
{
  return photo->path != NULL || photo->missing != NULL;
}

static void
add_case (LzPaper *paper, const LzBulletinCase *of)
{
  const LzPaperFact facts[] = {
    { _ ("Case number"), of->number },    { _ ("Responsible unit"), of->unit },
    { _ ("Place"), of->place, TRUE },     { _ ("Description"), of->text, TRUE },
    { _ ("Outcome"), of->outcome, TRUE },
  };
  LzPaperPhoto photos[2];
  guint n = 0;

  if (has_photo (&of->before))
    photos[n++] = of->before;
  if (has_photo (&of->after))
    photos[n++] = of->after;
  lz_paper_add_heading (paper, 1, of->category != NULL ? of->category : of->number);
  lz_paper_add_facts (paper, facts, G_N_ELEMENTS (facts) - (of->outcome != NULL ? 0 : 1));
  if (n > 0)
    lz_paper_keep_together (paper);
  lz_paper_add_photos (paper, photos, n, 2);
  lz_paper_add_space (paper, 0.6);
}

static void
add_cases (LzPaper *paper, const LzBulletin *self)
{
  g_autofree char *label = dup_label (self, 2);

  lz_paper_add_attachment (paper, label, self->cases_title);
  lz_paper_restart_headings (paper);
  for (guint i = 0; i < self->n_cases; i++)
    add_case (paper, &self->cases[i]);
}

LzPaper *
lz_paper_new_bulletin (const LzBulletin *bulletin)
{
  g_autofree char *name = g_strdelimit (g_strdup (bulletin->title), "\n", ' ');
  LzPaper *paper = lz_paper_new (LZ_PAPER_OFFICIAL, name);

  lz_paper_set_author (paper, bulletin->office);
  lz_paper_set_made (paper, bulletin->made_ms);
  add_text (paper, bulletin);
  if (has_tables (bulletin))
    add_tables (paper, bulletin);
  if (bulletin->n_cases > 0)
    add_cases (paper, bulletin);
  return paper;
}

/* The shown photo of a role: the first of the problem, the last of the result. */
static const LzShownPhoto *
find_photo (const LzDossier *dossier, LzPhotoRole role)
{
  const LzShownPhoto *found = NULL;

  for (guint i = 0; i < dossier->photos->len; i++)
    {
      const LzShownPhoto *photo = g_ptr_array_index (dossier->photos, i);

      if (photo->ref.role == role && (found == NULL || role == LZ_PHOTO_AFTER))
        found = photo;
    }
  return found;
}

static void
set_photo (LzPaperPhoto *to, const LzShownPhoto *photo, const char *caption)
{
  if (photo != NULL)
    *to = (LzPaperPhoto){ photo->path, caption, photo->missing };
}

void
lz_bulletin_case_init (LzBulletinCase *of, LzDossier *dossier)
{
  const LzCase *item = dossier->item;

  if (dossier->place == NULL)
    dossier->place = lz_paper_dup_place (item->road_name, item->chainage_cm, item->side,
                                         item->offset_cm, item->address);
  *of = (LzBulletinCase){
    .number = item->number != NULL ? item->number : "",
    .category = dossier->category != NULL ? dossier->category->name : item->category,
    .place = dossier->place,
    .unit = lz_dossier_get_unit (dossier),
    .text = item->text,
    .outcome = lz_state_label (item->state),
  };
  set_photo (&of->before, find_photo (dossier, LZ_PHOTO_BEFORE), _ ("Before"));
  set_photo (&of->after, find_photo (dossier, LZ_PHOTO_AFTER), _ ("After"));
}
