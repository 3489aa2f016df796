/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-bulletin-drafts.h"
#include "lz-edition-private.h"
#include "lz-edition.h"
#include "lz-error.h"
#include "lz-figures-private.h"
#include "lz-office.h"
#include "lz-paper-words.h"
#include "lz-wire.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A sealed document is no longer than this: tables of some thousand rows. */
#define MAX_DOCUMENT_BYTES (64 * 1024 * 1024)
#define DAY_MS             G_GINT64_CONSTANT (86400000)

/* What the words of an edition are composed from. */
struct _LzEditionSource
{
  LzFiguresFrame figures;
  LzBulletinRules *rules;
  GPtrArray *names; /* in pairs, ending with NULL */
  LzBulletinFrame frame;
};

static void
source_free (LzEditionSource *self)
{
  if (self == NULL)
    return;

  lz_figures_frame_clear (&self->figures);
  g_clear_pointer (&self->rules, lz_bulletin_rules_free);
  g_clear_pointer (&self->names, g_ptr_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzEditionSource, source_free)

void
lz_edition_free (LzEdition *self)
{
  if (self == NULL)
    return;

  g_free (self->office);
  g_clear_pointer (&self->report, lz_report_free);
  g_clear_pointer (&self->text, lz_bulletin_text_free);
  g_clear_pointer (&self->sealed, lz_bulletin_free);
  g_clear_pointer (&self->source, source_free);
  g_free (self);
}

/* -- what it is composed from -------------------------------------------------------------------
 */

static void
add_name (LzEditionSource *self, const char *name, char *words)
{
  g_ptr_array_add (self->names, g_strdup (name));
  g_ptr_array_add (self->names, words);
}

/* "2026年第47周", "2026年11月", else from and until. */
static char *
dup_period (const LzPaperWords *words, const LzPeriod *period, const char *from, const char *until)
{
  g_autofree char *key = lz_period_dup_key (period);
  g_autofree char *year = g_strndup (key, 4);
  g_autofree char *number = NULL;
  const char *sentence = "period.other";

  if (period->kind == LZ_PERIOD_WEEK)
    sentence = "period.week";
  else if (period->kind == LZ_PERIOD_MONTH)
    sentence = "period.month";
  if (strlen (key) > 5)
    number = g_strdup_printf ("%d", atoi (key + (period->kind == LZ_PERIOD_WEEK ? 6 : 5)));
  return lz_paper_words_dup (words, sentence, "year", year, "number", number != NULL ? number : "",
                             "from", from, "until", until, NULL);
}

static gboolean
name_things (LzEditionSource *self, LzStation *station, const LzPeriod *period, GError **error)
{
  g_autoptr (LzPaperWords) words = lz_paper_words_load (station, error);
  gint64 deadline_ms;
  char *from, *until;

  if (words == NULL)
    return FALSE;
  deadline_ms = self->figures.made_ms + lz_bulletin_rules_get_deadline_days (self->rules) * DAY_MS;
  self->names = g_ptr_array_new_null_terminated (16, g_free, TRUE);
  from = lz_paper_words_dup_time (words, "date", period->from_ms);
  until = lz_paper_words_dup_time (words, "date", period->to_ms - 1);
  add_name (self, "office", g_strdup (lz_paper_words_get_office (words)));
  add_name (self, "period", dup_period (words, period, from, until));
  add_name (self, "from", from);
  add_name (self, "until", until);
  add_name (self, "date", lz_paper_words_dup_time (words, "date", self->figures.made_ms));
  add_name (self, "deadline", lz_paper_words_dup_time (words, "date", deadline_ms));
  return TRUE;
}

static char *
dup_group_name (LzTallyBy by, const char *value, gpointer data)
{
  return lz_tally_names_dup (data, by, value);
}

static gboolean
load_rules (LzEditionSource *self, LzStation *station, LzFiguresKind kind, GError **error)
{
  static const char table[] = "bulletin-sentences.tsv";
  g_autoptr (GBytes) bytes = lz_office_dup_table (station, table, error);

  self->rules = bytes != NULL
                    ? lz_bulletin_rules_parse (bytes, lz_figures_kind_to_string (kind), error)
                    : NULL;
  if (self->rules == NULL)
    g_prefix_error (error, "%s: ", table);
  return self->rules != NULL;
}

static LzEditionSource *
load_source (LzStation *station, LzFiguresKind kind, const LzTallyQuery *query, GError **error)
{
  g_autoptr (LzEditionSource) self = g_new0 (LzEditionSource, 1);
  LzTallyQuery whole = *query;

  if (!load_rules (self, station, kind, error) ||
      !lz_edition_want_cases (station, &whole.keep, error) ||
      !lz_figures_frame_load (&self->figures, station, kind, &whole, NULL, NULL, error) ||
      !name_things (self, station, &query->period, error))
    return NULL;
  self->frame = (LzBulletinFrame){
    .rules = self->rules,
    .figures = { .now = self->figures.now->tallies,
                 .previous = self->figures.previous->tallies,
                 .last_year =
                     self->figures.last_year != NULL ? self->figures.last_year->tallies : NULL,
                 .model = self->figures.model },
    .dup_name = dup_group_name,
    .data = self->figures.names,
    .names = (const char *const *) self->names->pdata,
  };
  return g_steal_pointer (&self);
}

/* -- loading ------------------------------------------------------------------------------------
 */

static gboolean
read_document (LzEdition *self, const char *document, GError **error)
{
  g_autoptr (JsonObject) json = lz_wire_read_object (document, MAX_DOCUMENT_BYTES, error);
  JsonObject *report = json != NULL ? lz_json_get_object (json, "report") : NULL;
  JsonObject *text = json != NULL ? lz_json_get_object (json, "text") : NULL;

  if (json == NULL)
    return FALSE;
  if (report == NULL || text == NULL)
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_CORRUPT,
                           _ ("What was published cannot be read."));
      return FALSE;
    }
  self->office = g_strdup (lz_json_get_text (json, "office", ""));
  self->report = lz_report_read_document (report, error);
  self->text = lz_bulletin_text_read (text);
  return self->report != NULL;
}

/* A period that was sealed without words, by an earlier version: its words are proposed anew. */
static gboolean
load_open (LzEdition *self, LzStation *station, const LzTallyQuery *query, GError **error)
{
  const char *kind = lz_figures_kind_to_string (self->kind);
  g_autoptr (GError) failure = NULL;
  LzBulletinText *draft = lz_bulletin_drafts_load (station, &self->period, kind, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  self->text = draft;
  self->source = load_source (station, self->kind, query, error);
  if (self->source == NULL)
    return FALSE;
  self->office = g_strdup (g_ptr_array_index (self->source->names, 1));
  self->report = lz_figures_frame_make_report (&self->source->figures, self->kind, NULL);
  lz_report_set_office (self->report, self->office);
  if (draft != NULL)
    {
      self->state = LZ_EDITION_DRAFT;
      return TRUE;
    }
  self->text = lz_bulletin_compose (&self->source->frame);
  g_ptr_array_unref (self->text->cases);
  self->text->cases = lz_edition_propose_cases (station, self->source->figures.now->cases, error);
  return self->text->cases != NULL;
}

LzEdition *
lz_edition_load (LzStation *station, LzFiguresKind kind, const LzTallyQuery *query, GError **error)
{
  g_autoptr (LzEdition) self = g_new0 (LzEdition, 1);
  g_autoptr (GError) failure = NULL;

  g_return_val_if_fail (kind == LZ_FIGURES_WEEKLY || kind == LZ_FIGURES_MONTHLY, NULL);

  self->kind = kind;
  self->period = query->period;
  self->sealed =
      lz_bulletins_find (station, &query->period, lz_figures_kind_to_string (kind), &failure);
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (self->sealed != NULL && self->sealed->document != NULL)
    {
      self->state = LZ_EDITION_SEALED;
      return read_document (self, self->sealed->document, error) ? g_steal_pointer (&self) : NULL;
    }
  return load_open (self, station, query, error) ? g_steal_pointer (&self) : NULL;
}

const LzBulletinFigures *
lz_edition_get_figures (const LzEdition *self)
{
  return self->source != NULL ? &self->source->frame.figures : NULL;
}

char *
lz_edition_compose_sentence (const LzEdition *self, const char *key)
{
  g_return_val_if_fail (self->source != NULL, NULL);

  return lz_bulletin_compose_sentence (&self->source->frame, key);
}

void
lz_edition_take_text (LzEdition *self, LzBulletinText *text)
{
  g_return_if_fail (text != NULL);

  lz_bulletin_text_free (self->text);
  self->text = text;
}

/* -- publishing ---------------------------------------------------------------------------------
 */

typedef struct
{
  LzFiguresKind kind;
  const LzPeriod *period;
  const LzBulletinText *text;
} Publishing;

/* In the transaction that seals the period: the same figures. */
static char *
write_document (LzStation *station, gpointer data, GError **error)
{
  const Publishing *job = data;
  const LzTallyQuery query = { .period = *job->period };
  g_autoptr (LzEdition) edition = lz_edition_load (station, job->kind, &query, error);
  g_autoptr (LzBulletinText) text = NULL;
  g_autoptr (JsonObject) json = json_object_new ();

  if (edition == NULL)
    return NULL;
  if (edition->source == NULL)
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_REFUSED,
                           _ ("This period has been published already."));
      return NULL;
    }
  text = lz_bulletin_text_copy (job->text != NULL ? job->text : edition->text);
  lz_bulletin_text_fix (text, lz_edition_get_figures (edition));
  json_object_set_string_member (json, "office", edition->office);
  json_object_set_string_member (json, "rules",
                                 lz_bulletin_rules_get_version (edition->source->rules));
  json_object_set_object_member (json, "report", lz_report_write_document (edition->report));
  json_object_set_object_member (json, "text", lz_bulletin_text_write (text));
  return lz_wire_make_facts (json, error);
}

/* Without an own name it is called by its title, in one line. */
static char *
dup_title (LzStation *station, const Publishing *job, GError **error)
{
  const LzTallyQuery query = { .period = *job->period };
  g_autoptr (LzEdition) edition = NULL;
  const char *title = job->text != NULL ? job->text->title : NULL;

  if (title == NULL)
    {
      edition = lz_edition_load (station, job->kind, &query, error);
      if (edition == NULL)
        return NULL;
      title = edition->text->title;
    }
  return g_strdelimit (g_strdup (title != NULL ? title : ""), "\n", ' ');
}

gboolean
lz_edition_publish (LzStation *station,
                    LzFiguresKind kind,
                    const LzPeriod *period,
                    const LzBulletinText *text,
                    const char *name,
                    LzId *made,
                    GError **error)
{
  Publishing job = { kind, period, text };
  g_autofree char *title = name != NULL ? g_strdup (name) : dup_title (station, &job, error);

  return title != NULL && lz_bulletins_publish (station, period, lz_figures_kind_to_string (kind),
                                                title, write_document, &job, made, error);
}
