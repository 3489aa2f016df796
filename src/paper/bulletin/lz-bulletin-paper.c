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
has_tables (const LzBulletinPaper *self)
{
  return (self->tables != NULL && lz_report_get_n_tables (self->tables) > 0) || self->n_plots > 0;
}

static gboolean
has_cases (const LzBulletinPaper *self)
{
  return self->text->cases->len > 0;
}

static const char *
get_tables_title (const LzBulletinPaper *self)
{
  return self->text->tables_title != NULL ? self->text->tables_title : "";
}

static const char *
get_cases_title (const LzBulletinPaper *self)
{
  return self->text->cases_title != NULL ? self->text->cases_title : "";
}

/* What is attached is named below the text, each on a line of its own, GB/T 9704-2012, 7.3.4. */
static void
list_attachments (LzPaper *paper, const LzBulletinPaper *self)
{
  const char *first = has_tables (self) ? get_tables_title (self) : get_cases_title (self);
  gboolean both = has_tables (self) && has_cases (self);
  g_autofree char *line =
      g_strdup_printf (both ? _ ("Attachments: 1. %s") : _ ("Attachment: %s"), first);
  g_autofree char *second = NULL;

  if (!has_tables (self) && !has_cases (self))
    return;
  lz_paper_add_space (paper, 1);
  lz_paper_add_paragraph (paper, line);
  if (!both)
    return;
  /* Translators: the second attachment; as far in as the first one's number. */
  second = g_strdup_printf (_ ("　　　2. %s"), get_cases_title (self));
  lz_paper_add_paragraph (paper, second);
}

static char *
dup_label (const LzBulletinPaper *self, guint number)
{
  return has_tables (self) && has_cases (self) ? g_strdup_printf (_ ("Attachment %u"), number)
                                               : g_strdup (_ ("Attachment"));
}

static gboolean
is_said (const char *text)
{
  return text != NULL && text[0] != '\0';
}

/* A line break in what somebody wrote begins a paragraph. */
static void
add_words (LzPaper *paper, const LzBulletinPaper *self, const char *text)
{
  g_autofree char *words = lz_bulletin_text_dup_words (self->text, text, self->figures);
  g_auto (GStrv) lines = g_strsplit (words, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    if (lines[i][0] != '\0')
      lz_paper_add_paragraph (paper, lines[i]);
}

static void
add_section (LzPaper *paper, const LzBulletinPaper *self, const LzBulletinSection *section)
{
  lz_paper_add_heading (paper, 1, section->heading);
  for (guint i = 0; i < section->paragraphs->len; i++)
    add_words (paper, self, ((LzParagraph *) g_ptr_array_index (section->paragraphs, i))->text);
}

static void
add_text (LzPaper *paper, const LzBulletinPaper *self)
{
  const LzBulletinText *text = self->text;

  if (is_said (text->number))
    lz_paper_add_red_head (paper, self->office, text->number);
  lz_paper_add_title (paper, text->title);
  if (is_said (text->addressee))
    lz_paper_add_lines (paper, LZ_PAPER_LEFT, FALSE, text->addressee);
  if (is_said (text->opening))
    add_words (paper, self, text->opening);
  for (guint i = 0; i < text->sections->len; i++)
    {
      const LzBulletinSection *section = g_ptr_array_index (text->sections, i);

      if (section->paragraphs->len > 0)
        add_section (paper, self, section);
    }
  list_attachments (paper, self);
  lz_paper_add_closing (paper, self->office, text->date != NULL ? text->date : "");
}

static void
add_tables (LzPaper *paper, const LzBulletinPaper *self)
{
  g_autofree char *label = dup_label (self, 1);

  lz_paper_add_attachment (paper, label, get_tables_title (self));
  for (guint t = 0; self->tables != NULL && t < lz_report_get_n_tables (self->tables); t++)
    {
      if (t > 0)
        lz_paper_add_space (paper, 0.7);
      lz_paper_add_report_table (paper, lz_report_get_table (self->tables, t), TRUE);
    }
  for (guint p = 0; p < self->n_plots; p++)
    lz_paper_add_plot (paper, self->plots[p], PLOT_MM);
  if (self->tables != NULL)
    lz_paper_add_definitions (paper, self->tables);
}

static gboolean
has_photo (const LzPaperPhoto *photo)
{
  return photo->path != NULL || photo->missing != NULL;
}

static void
add_case (LzPaper *paper, const LzTypicalCase *of, const LzPaperPhoto *photos)
{
  const LzPaperFact facts[] = {
    { _ ("Case number"), of->number },    { _ ("Responsible unit"), of->unit },
    { _ ("Place"), of->place, TRUE },     { _ ("Description"), of->text, TRUE },
    { _ ("Outcome"), of->outcome, TRUE },
  };
  LzPaperPhoto shown[2];
  guint n = photos != NULL && (has_photo (&photos[0]) || has_photo (&photos[1])) ? 2 : 0;

  /* Before and after stand side by side: where there is none, the frame says so. */
  for (guint i = 0; i < n; i++)
    {
      shown[i] = photos[i];
      if (!has_photo (&photos[i]))
        shown[i].missing = _ ("No photo yet");
    }
  lz_paper_add_heading (paper, 1, is_said (of->category) ? of->category : of->number);
  lz_paper_add_facts (paper, facts, G_N_ELEMENTS (facts) - (is_said (of->outcome) ? 0 : 1));
  if (n > 0)
    lz_paper_keep_together (paper);
  lz_paper_add_photos (paper, shown, n, 2);
  lz_paper_add_space (paper, 0.6);
}

static void
add_cases (LzPaper *paper, const LzBulletinPaper *self)
{
  g_autofree char *label = dup_label (self, 2);

  lz_paper_add_attachment (paper, label, get_cases_title (self));
  lz_paper_restart_headings (paper);
  for (guint i = 0; i < self->text->cases->len; i++)
    add_case (paper, g_ptr_array_index (self->text->cases, i),
              self->photos != NULL ? &self->photos[2 * i] : NULL);
}

LzPaper *
lz_paper_new_bulletin (const LzBulletinPaper *bulletin)
{
  g_autofree char *name = g_strdelimit (g_strdup (bulletin->text->title), "\n", ' ');
  LzPaper *paper = lz_paper_new (LZ_PAPER_OFFICIAL, name);

  lz_paper_set_author (paper, bulletin->office);
  lz_paper_set_made (paper, bulletin->made_ms);
  add_text (paper, bulletin);
  if (has_tables (bulletin))
    add_tables (paper, bulletin);
  if (has_cases (bulletin))
    add_cases (paper, bulletin);
  return paper;
}
