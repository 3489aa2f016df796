/* SPDX-License-Identifier: GPL-3.0-or-later */
/* 案卷, the file of a case: its facts, its whole timeline, its photos with their hashes. */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-case-papers.h"
#include "lz-line.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define HASH_CHARS 12
#define ID_CHARS   8
#define N_TIMELINE 6

static const char *
get_number (const LzCase *item)
{
  return item->number != NULL ? item->number : "";
}

static void
add_facts (LzPaper *paper, const LzDossier *self)
{
  const LzCase *item = self->item;
  const LzPaperWords *words = self->words;
  g_autofree char *found =
      lz_paper_words_dup_time (words, "short_moment",
                               item->found_ms != 0 ? item->found_ms : item->reported_ms);
  g_autofree char *due = lz_paper_words_dup_time (words, "short_moment", item->due_ms);
  g_autofree char *closed = lz_paper_words_dup_time (words, "short_moment", item->closed_ms);
  g_autofree char *place = lz_paper_dup_place (item->road_name, item->chainage_cm, item->side,
                                               item->offset_cm, item->address);
  g_autofree char *where = g_strdup_printf ("%.6f, %.6f", lz_point_latitude (item->place),
                                            lz_point_longitude (item->place));
  g_autofree char *limit = item->limit.count > 0 ? lz_limit_dup_label (item->limit) : g_strdup ("");
  g_autofree char *counts =
      g_strdup_printf (_ ("extended %u, suspended %u, reworked %u times"), item->n_extensions,
                       item->n_suspensions, item->n_reworks);
  gboolean late = lz_case_is_overdue_at (item, self->now_ms);
  g_autofree char *state =
      g_strdup_printf ("%s%s", lz_state_label (item->state), late ? _ (" (overdue)") : "");
  const LzPaperFact facts[] = {
    { _ ("Case number"), get_number (item) },
    { _ ("State"), state },
    { _ ("Category"), self->category != NULL ? self->category->name : item->category },
    { _ ("Responsible unit"), item->unit },
    { _ ("Found at"), found },
    { _ ("Found by"), lz_paper_words_get_person (words, item->reporter) },
    { _ ("Place"), place[0] != '\0' ? place : _ ("On no road of the office"), TRUE },
    { _ ("Position"), where, TRUE },
    { _ ("Description"), item->text, TRUE },
    { _ ("Filing condition"), self->condition != NULL ? self->condition->text : "", TRUE },
    { _ ("Time limit"), limit },
    { _ ("Due"), due },
    { _ ("Closed"), closed },
    { _ ("Course"), counts },
  };

  lz_paper_add_facts (paper, facts, G_N_ELEMENTS (facts));
}

/* What an event says beyond its kind. */
static char *
dup_what (const LzDossier *self, const LzEvent *event)
{
  const LzBody *body = event->body;
  GString *out = g_string_new (NULL);

  if (body == NULL)
    return g_string_free (out, FALSE);
  if (body->unit != NULL)
    g_string_append_printf (out, _ ("Unit: %s\n"), body->unit);
  if (body->person != NULL)
    g_string_append_printf (out, _ ("Person: %s\n"),
                            lz_paper_words_get_person (self->words, body->person));
  if (body->limit.count > 0)
    {
      g_autofree char *limit = lz_limit_dup_label (body->limit);

      g_string_append_printf (out, _ ("Limit: %s\n"), limit);
    }
  if (body->due_ms != 0)
    {
      g_autofree char *due = lz_paper_words_dup_time (self->words, "short_moment", body->due_ms);

      g_string_append_printf (out, _ ("Due: %s\n"), due);
    }
  if (body->until_ms != 0)
    {
      g_autofree char *until =
          lz_paper_words_dup_time (self->words, "short_moment", body->until_ms);

      g_string_append_printf (out, _ ("Until: %s\n"), until);
    }
  if (body->text != NULL)
    g_string_append (out, body->text);
  if (body->photos != NULL && body->photos->len > 0)
    g_string_append_printf (out,
                            g_dngettext (GETTEXT_PACKAGE, "\n%u photo", "\n%u photos",
                                         body->photos->len),
                            body->photos->len);
  return g_strstrip (g_string_free (out, FALSE));
}

static void
add_event (LzPaper *paper, const LzDossier *self, guint index)
{
  const LzEvent *event = g_ptr_array_index (self->events, index);
  g_autofree char *number = g_strdup_printf ("%u", index + 1);
  g_autofree char *at = lz_paper_words_dup_time (self->words, "short_moment", event->occurred_ms);
  g_autofree char *received =
      event->received_ms != 0
          ? lz_paper_words_dup_time (self->words, "short_moment", event->received_ms)
          : g_strdup (_ ("not sent yet"));
  g_autofree char *when = g_strdup_printf (_ ("%s\nreceived: %s"), at, received);
  g_autofree char *what = dup_what (self, event);
  g_autofree char *id = lz_id_dup_string (&event->id);
  g_autofree char *mark =
      g_strdup_printf ("…%s\n%s #%" G_GINT64_FORMAT, id + strlen (id) - ID_CHARS, event->device,
                       event->device_seq);
  const LzPaperCell cells[N_TIMELINE] = {
    { number, .align = LZ_PAPER_CENTRE },
    { when },
    { event->kind != LZ_KIND_UNKNOWN ? lz_kind_label (event->kind) : event->kind_name },
    { lz_paper_words_get_person (self->words, event->actor) },
    { what },
    { mark },
  };

  lz_paper_add_row (paper, FALSE, cells, N_TIMELINE);
}

static void
add_timeline (LzPaper *paper, const LzDossier *self)
{
  static const double weights[N_TIMELINE] = { 1, 4.6, 2.6, 2.4, 7.4, 3.2 };
  const LzPaperCell heads[N_TIMELINE] = { { _ ("No.") }, { _ ("When") }, { _ ("Step") },
                                          { _ ("Who") }, { _ ("What") }, { _ ("Event") } };

  lz_paper_begin_table (paper, weights, N_TIMELINE);
  lz_paper_add_row (paper, TRUE, heads, N_TIMELINE);
  for (guint i = 0; i < self->events->len; i++)
    add_event (paper, self, i);
}

static void
append_distance (GString *out, double distance_m)
{
  if (distance_m < 1000)
    g_string_append_printf (out, _ (", %.0f m from the case"), distance_m);
  else
    g_string_append_printf (out, _ (", %.1f km from the case"), distance_m / 1000);
}

static char *
dup_caption (const LzDossier *self, guint index)
{
  const LzShownPhoto *photo = g_ptr_array_index (self->photos, index);
  g_autofree char *taken =
      lz_paper_words_dup_time (self->words, "short_moment", photo->ref.taken_ms);
  static const char *const roles[] = { N_ ("Before"), N_ ("After"), N_ ("Other") };
  char hash[65];
  GString *out = g_string_new (NULL);

  lz_sha256_format (photo->ref.sha256, hash);
  hash[HASH_CHARS] = '\0';
  g_string_append_printf (out, _ ("Photo %u (%s, step %u)"), index + 1, _ (roles[photo->ref.role]),
                          photo->event + 1);
  g_string_append_c (out, '\n');
  g_string_append (out, taken[0] != '\0' ? taken : _ ("the photo says no time"));
  if (lz_point_is_valid (photo->ref.place) && lz_point_is_valid (self->item->place))
    append_distance (out, lz_distance_m (photo->ref.place, self->item->place));
  g_string_append_printf (out, "\nSHA-256 %s…", hash);
  return g_string_free (out, FALSE);
}

static void
add_photos (LzPaper *paper, const LzDossier *self)
{
  g_autofree LzPaperPhoto *photos = g_new0 (LzPaperPhoto, self->photos->len + 1);
  g_autoptr (GPtrArray) captions = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->photos->len; i++)
    {
      const LzShownPhoto *photo = g_ptr_array_index (self->photos, i);

      g_ptr_array_add (captions, dup_caption (self, i));
      photos[i] = (LzPaperPhoto){ photo->path, g_ptr_array_index (captions, i), photo->missing };
    }
  lz_paper_add_photos (paper, photos, self->photos->len, 2);
}

LzPaper *
lz_paper_new_case_file (const LzDossier *dossier)
{
  g_autofree char *title = lz_paper_words_dup (dossier->words, "case.title", NULL);
  g_autofree char *name = g_strdup_printf ("%s %s", title, get_number (dossier->item));
  g_autofree char *now = lz_paper_words_dup_time (dossier->words, "short_moment", dossier->now_ms);
  g_autofree char *footer =
      g_strdup_printf (_ ("Case %s · %s · made %s"), get_number (dossier->item),
                       lz_paper_words_get_office (dossier->words), now);
  g_autofree char *beside =
      g_strdup_printf (_ ("Case %s\n%u steps and %u photos.  Photos are named by the SHA-256 of "
                          "the original file; a "
                          "number that begins otherwise is another photo."),
                       get_number (dossier->item), dossier->events->len, dossier->photos->len);
  LzPaper *paper = lz_paper_new (LZ_PAPER_WORKING, name);

  lz_paper_set_author (paper, lz_paper_words_get_office (dossier->words));
  lz_paper_set_made (paper, dossier->now_ms);
  lz_paper_set_footer (paper, footer);
  lz_paper_add_title (paper, title);
  lz_paper_add_subtitle (paper, lz_paper_words_get_office (dossier->words));
  add_facts (paper, dossier);
  lz_paper_add_space (paper, 0.5);
  lz_paper_add_qr (paper, get_number (dossier->item), beside);
  lz_paper_add_space (paper, 0.5);
  lz_paper_add_heading (paper, 1, _ ("What was done"));
  add_timeline (paper, dossier);
  if (dossier->photos->len > 0)
    {
      lz_paper_add_space (paper, 0.5);
      lz_paper_add_heading (paper, 1, _ ("Photos"));
      add_photos (paper, dossier);
    }
  return paper;
}
