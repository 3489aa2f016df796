/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 整改通知书, the rectification notice. */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-case-papers.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define MAX_PHOTOS 4
#define KIND       "notice"

static char *
dup_place (const LzCase *item)
{
  g_autofree char *place = lz_paper_dup_place (item->road_name, item->chainage_cm, item->side,
                                               item->offset_cm, item->address);

  return place[0] != '\0' ? g_steal_pointer (&place) : lz_paper_dup_position (item->place);
}

static char *
dup_basis (const LzDossier *self)
{
  g_autofree char *task = NULL;

  if (self->category == NULL || self->condition == NULL)
    return g_strdup ("");
  task = g_strdup_printf ("%u", self->category->task);
  return lz_paper_words_dup (self->words, "notice.basis", "plan",
                             lz_paper_words_get_of_place (self->words, "notice.plan"), "task", task,
                             "task_name", self->task != NULL ? self->task->name : "", "condition",
                             self->condition->text, NULL);
}

static char *
dup_demand (const LzDossier *self)
{
  if (self->condition != NULL && self->condition->closing != NULL)
    return lz_paper_words_dup (self->words, "notice.demand", "closing", self->condition->closing,
                               NULL);
  return lz_paper_words_dup (self->words, "notice.demand_default", NULL);
}

static gint64
get_due (const LzDossier *self, const LzIssued *issued)
{
  return issued != NULL && issued->due_ms != 0 ? issued->due_ms : self->item->due_ms;
}

static char *
dup_limit (const LzDossier *self, const LzIssued *issued)
{
  LzLimit length = self->item->limit.count > 0 || self->condition == NULL ? self->item->limit
                                                                          : self->condition->limit;
  g_autofree char *limit = lz_limit_dup_label (length);
  g_autofree char *due = lz_paper_words_dup_time (self->words, "moment", get_due (self, issued));

  if (due[0] != '\0')
    return lz_paper_words_dup (self->words, "notice.limit", "limit", limit, "due", due, NULL);
  return length.count > 0 ? g_steal_pointer (&limit)
                          : lz_paper_words_dup (self->words, "notice.no_limit", NULL);
}

static char *
dup_number (const LzDossier *self, const LzIssued *issued)
{
  g_autofree char *year = NULL;
  g_autofree char *number = NULL;

  if (issued == NULL)
    return lz_paper_words_dup (self->words, "notice.draft", NULL);
  year = g_strdup_printf ("%u", issued->year);
  number = lz_issued_dup_number (issued);
  return lz_paper_words_dup (self->words, "notice.number", "division",
                             lz_paper_words_get_division (self->words), "year", year, "number",
                             number, NULL);
}

static const char *
get_number (const LzCase *item)
{
  return item->number != NULL ? item->number : "";
}

static void
add_facts (LzPaper *paper, const LzDossier *self, const LzIssued *issued)
{
  const LzCase *item = self->item;
  gint64 found_ms = item->found_ms != 0 ? item->found_ms : item->reported_ms;
  g_autofree char *found = lz_paper_words_dup_time (self->words, "moment", found_ms);
  g_autofree char *place = dup_place (item);
  g_autofree char *basis = dup_basis (self);
  g_autofree char *demand = dup_demand (self);
  g_autofree char *limit = dup_limit (self, issued);
  const LzPaperFact facts[] = {
    { _ ("Case number"), get_number (item) },
    { _ ("Category"), self->category != NULL ? self->category->name : item->category },
    { _ ("Found at"), found },
    { _ ("Found by"), lz_paper_words_get_person (self->words, item->reporter) },
    { _ ("Place"), place, TRUE },
    { _ ("Description"), item->text, TRUE },
    { _ ("Basis"), basis, TRUE },
    { _ ("To be done"), demand, TRUE },
    { _ ("Time limit"), limit, TRUE },
  };

  lz_paper_add_facts (paper, facts, G_N_ELEMENTS (facts));
}

/* What was found; where the case has no such photo, nothing. */
static void
add_photos (LzPaper *paper, const LzDossier *self)
{
  LzPaperPhoto photos[MAX_PHOTOS];
  char *captions[MAX_PHOTOS] = { NULL };
  guint n = 0;

  for (guint i = 0; i < self->photos->len && n < MAX_PHOTOS; i++)
    {
      const LzShownPhoto *photo = g_ptr_array_index (self->photos, i);
      g_autofree char *taken =
          lz_paper_words_dup_time (self->words, "short_moment", photo->ref.taken_ms);

      if (photo->ref.role != LZ_PHOTO_BEFORE)
        continue;
      captions[n] = taken[0] != '\0'
                        ? g_strdup_printf (_ ("Photo %u of the place, taken %s"), n + 1, taken)
                        : g_strdup_printf (_ ("Photo %u of the place"), n + 1);
      photos[n] = (LzPaperPhoto){ photo->path, captions[n], photo->missing };
      n++;
    }
  lz_paper_add_photos (paper, photos, n, 2);
  for (guint i = 0; i < n; i++)
    g_free (captions[i]);
}

static void
add_opening (LzPaper *paper, const LzDossier *self, const char *unit)
{
  const LzCase *item = self->item;
  gint64 found_ms = item->found_ms != 0 ? item->found_ms : item->reported_ms;
  g_autofree char *found = lz_paper_words_dup_time (self->words, "date", found_ms);
  g_autofree char *place = dup_place (item);
  g_autofree char *to = lz_paper_words_dup (self->words, "notice.to", "unit", unit, NULL);
  g_autofree char *opening =
      lz_paper_words_dup (self->words,
                          item->road_name != NULL || item->address != NULL
                              ? "notice.opening"
                              : "notice.opening.off_road",
                          "found", found, "place", place, "category",
                          self->category != NULL ? self->category->name : item->category, NULL);

  lz_paper_add_lines (paper, LZ_PAPER_LEFT, FALSE, to);
  lz_paper_add_paragraph (paper, opening);
  lz_paper_add_space (paper, 0.3);
}

static void
add_request (LzPaper *paper, const LzDossier *self, gint64 issued_ms)
{
  g_autofree char *request = lz_paper_words_dup (self->words, "notice.request", NULL);
  g_autofree char *closing = lz_paper_words_dup (self->words, "notice.request_closing", NULL);
  g_autofree char *date = lz_paper_words_dup_time (self->words, "date", issued_ms);

  lz_paper_add_space (paper, 0.4);
  lz_paper_add_paragraph (paper, request);
  if (closing[0] != '\0')
    lz_paper_add_paragraph (paper, closing);
  lz_paper_add_closing (paper, lz_paper_words_get_office (self->words), date);
}

LzPaper *
lz_paper_new_notice (const LzDossier *dossier, const LzIssued *issued, const char *unit)
{
  g_autofree char *title = lz_paper_words_dup (dossier->words, "notice.title", NULL);
  g_autofree char *number = dup_number (dossier, issued);
  g_autofree char *name = g_strdup_printf ("%s %s", title, get_number (dossier->item));
  g_autofree char *qr =
      lz_paper_words_dup (dossier->words, "notice.qr", "case", get_number (dossier->item), NULL);
  const char *const labels[] = { _ ("Served by"), _ ("Received by"), _ ("Telephone"),
                                 _ ("Received at") };
  gint64 issued_ms = issued != NULL ? issued->issued_ms : dossier->now_ms;
  LzPaper *paper = lz_paper_new (LZ_PAPER_LETTER, name);

  if (unit == NULL || unit[0] == '\0')
    unit = issued != NULL && issued->unit != NULL ? issued->unit : lz_dossier_get_unit (dossier);
  lz_paper_set_author (paper, lz_paper_words_get_office (dossier->words));
  lz_paper_set_made (paper, issued_ms);
  lz_paper_add_red_head (paper, lz_paper_words_get_office (dossier->words), number);
  lz_paper_add_title (paper, title);
  add_opening (paper, dossier, unit);
  add_facts (paper, dossier, issued);
  add_photos (paper, dossier);
  add_request (paper, dossier, issued_ms);
  lz_paper_add_signatures (paper, labels, G_N_ELEMENTS (labels));
  lz_paper_add_qr (paper, get_number (dossier->item), qr);
  return paper;
}

/**
 * lz_notice_issue:
 * @station: a station, to write
 * @dossier: the case
 * @unit: (nullable): to whom; %NULL = lz_dossier_get_unit()
 * @anew: take a further number even if the case has a notice
 * @error: (nullable): as lz_log_act()
 *
 * Returns: (transfer full) (nullable): the number to print
 */
LzIssued *
lz_notice_issue (LzStation *station,
                 const LzDossier *dossier,
                 const char *unit,
                 gboolean anew,
                 GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) failure = NULL;
  LzIssued *issued = anew ? NULL : lz_papers_find (station, KIND, &dossier->item->id, &failure);

  if (issued != NULL)
    return issued;
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  text = lz_paper_words_dup (dossier->words, "notice.noted", NULL);
  return lz_papers_issue (station, KIND, &dossier->item->id,
                          unit != NULL && unit[0] != '\0' ? unit : lz_dossier_get_unit (dossier),
                          dossier->item->due_ms, text, error);
}
