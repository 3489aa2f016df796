/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-cli"

#include "config.h"

#include "lz-cli-report.h"
#include "lz-edition.h"

static char *opt_period;
static char *opt_out;
static char *opt_number;
static char *opt_name;
static char *opt_reason;

/* clang-format off */
static const GOptionEntry bulletin_entries[] = {
  { "period", 'p', 0, G_OPTION_ARG_STRING, &opt_period, N_("2026-W10, 2026-03 … (the last whole week or month)"), N_("PERIOD") },
  { "out", 'o', 0, G_OPTION_ARG_FILENAME, &opt_out, N_("write FILE.pdf, the bulletin as a paper, or its figures as .xlsx, .csv or .json"), N_("FILE") },
  { "number", 0, 0, G_OPTION_ARG_STRING, &opt_number, N_("with this document number, and so with a red head"), N_("NUMBER") },
  { NULL }
};

static const GOptionEntry seal_entries[] = {
  { "period", 'p', 0, G_OPTION_ARG_STRING, &opt_period, N_("2026-W10, 2026-03 …: it must have ended"), N_("PERIOD") },
  { "name", 0, 0, G_OPTION_ARG_STRING, &opt_name, N_("name of the bulletin (its title)"), N_("TEXT") },
  { "number", 0, 0, G_OPTION_ARG_STRING, &opt_number, N_("with this document number, and so with a red head"), N_("NUMBER") },
  { NULL }
};

static const GOptionEntry correct_entries[] = {
  { "period", 'p', 0, G_OPTION_ARG_STRING, &opt_period, N_("of the sealed bulletin"), N_("PERIOD") },
  { "publish", 0, 0, G_OPTION_ARG_STRING, &opt_reason, N_("publish what differs as a correction, with this reason"), N_("TEXT") },
  { NULL }
};
/* clang-format on */

/* -- bulletins ----------------------------------------------------------------------------------
 */

/* Its words, as a person reads them. */
static void
print_text (LzCli *self, const LzEdition *edition)
{
  const LzBulletinText *text = edition->text;
  const LzBulletinFigures *figures = lz_edition_get_figures (edition);

  if (edition->state == LZ_EDITION_SEALED)
    lz_out_line (self->out, _ ("Published: the figures are as they were then."));
  lz_out_line (self->out, "%s\n", text->title);
  for (guint s = 0; s < text->sections->len; s++)
    {
      const LzBulletinSection *section = g_ptr_array_index (text->sections, s);

      lz_out_line (self->out, "%s", section->heading);
      for (guint p = 0; p < section->paragraphs->len; p++)
        {
          const LzParagraph *paragraph = g_ptr_array_index (section->paragraphs, p);
          g_autofree char *words = lz_bulletin_text_dup_words (text, paragraph->text, figures);

          lz_out_line (self->out, "  %s", words);
        }
    }
}

static void
set_number (LzBulletinText *text)
{
  if (opt_number == NULL)
    return;
  g_free (text->number);
  text->number = g_strdup (opt_number);
}

static gboolean
run_bulletin (LzCli *self, LzFiguresKind kind, LzPeriodKind period, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  g_autoptr (LzEdition) edition = NULL;
  g_autoptr (LzReport) report = NULL;
  LzReportFormat format;
  LzTallyQuery query;

  if (station == NULL || !lz_cli_report_choose (station, opt_period, period, &query, error) ||
      (opt_out != NULL && !lz_cli_report_choose_format (opt_out, &format, error)))
    return FALSE;
  edition = lz_edition_load (station, kind, &query, error);
  if (edition == NULL)
    return FALSE;
  if (edition->state != LZ_EDITION_SEALED)
    set_number (edition->text);
  if (opt_out != NULL)
    {
      if (!lz_edition_write (edition, station, opt_out, format, NULL, error))
        return FALSE;
      lz_cli_report_tell_written (self, opt_out);
      return TRUE;
    }
  report = self->json ? lz_edition_make_report (edition, edition->text) : NULL;
  if (!self->json)
    print_text (self, edition);
  lz_cli_report_print (self, report != NULL ? report : edition->report);
  return TRUE;
}

static gboolean
run_weekly (LzCli *self, GError **error)
{
  return run_bulletin (self, LZ_FIGURES_WEEKLY, LZ_PERIOD_WEEK, error);
}

static gboolean
run_monthly (LzCli *self, GError **error)
{
  return run_bulletin (self, LZ_FIGURES_MONTHLY, LZ_PERIOD_MONTH, error);
}

/* -- sealing ------------------------------------------------------------------------------------
 */

static gboolean
read_arguments (LzCli *self,
                LzStation *station,
                LzFiguresKind *kind,
                LzPeriod *period,
                GError **error)
{
  if (!lz_figures_kind_from_string (self->args[0], kind) ||
      (*kind != LZ_FIGURES_WEEKLY && *kind != LZ_FIGURES_MONTHLY))
    return lz_cli_set_usage (error, _ ("There is no bulletin “%s”."), self->args[0]);
  if (opt_period == NULL)
    return lz_cli_set_usage (error, _ ("Say which period: --period PERIOD."));
  return lz_period_parse (opt_period,
                          lz_calendar_get_utc_offset_min (lz_station_get_calendar (station)),
                          period, error);
}

static gboolean
run_seal (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  g_autoptr (LzEdition) edition = NULL;
  g_autofree char *id = NULL;
  LzTallyQuery query = { 0 };
  LzFiguresKind kind;
  LzId made;

  if (station == NULL || !read_arguments (self, station, &kind, &query.period, error))
    return FALSE;
  if (opt_number != NULL)
    {
      edition = lz_edition_load (station, kind, &query, error);
      if (edition == NULL)
        return FALSE;
      set_number (edition->text);
    }
  if (!lz_edition_publish (station, kind, &query.period, edition != NULL ? edition->text : NULL,
                           opt_name, &made, error))
    return FALSE;
  id = lz_id_dup_string (&made);
  if (self->json)
    {
      lz_out_begin_object (self->out, NULL);
      lz_out_string (self->out, "id", id);
      lz_out_end_object (self->out);
    }
  else
    lz_out_line (self->out, "%s", id);
  return TRUE;
}

static void
print_figures (LzCli *self, const LzTallyNames *names, const LzCorrections *corrections)
{
  for (guint i = 0; i < corrections->figures->len; i++)
    {
      const LzCorrection *correction = &g_array_index (corrections->figures, LzCorrection, i);
      g_autofree char *name = lz_tally_names_dup (names, correction->by, correction->value);
      g_autofree char *change = g_strdup_printf ("%" G_GINT64_FORMAT " → %" G_GINT64_FORMAT,
                                                 correction->published, correction->now);

      if (!self->json)
        {
          lz_out_row (self->out, lz_tally_by_label (correction->by), name,
                      lz_count_label (correction->count), change, NULL);
          continue;
        }
      lz_out_begin_object (self->out, NULL);
      lz_out_string (self->out, "by", lz_tally_by_to_string (correction->by));
      lz_out_string (self->out, "value", correction->value);
      lz_out_string (self->out, "count", lz_count_to_string (correction->count));
      lz_out_int (self->out, "published", correction->published);
      lz_out_int (self->out, "now", correction->now);
      lz_out_end_object (self->out);
    }
}

static void
print_cases (LzCli *self, const LzCorrections *corrections)
{
  for (guint i = 0; i < corrections->cases->len; i++)
    {
      g_autofree char *id =
          lz_id_dup_string (&g_array_index (corrections->cases, LzChangedCase, i).id);

      if (self->json)
        lz_out_string (self->out, NULL, id);
      else
        lz_out_line (self->out, "%s", id);
    }
}

static void
print_corrections (LzCli *self,
                   const LzBulletin *bulletin,
                   const LzTallyNames *names,
                   const LzCorrections *corrections)
{
  if (!self->json)
    {
      if (!bulletin->whole)
        lz_out_line (self->out, _ ("The list of cases is not the one that was sealed."));
      print_figures (self, names, corrections);
      lz_out_end_table (self->out);
      print_cases (self, corrections);
      return;
    }
  lz_out_begin_object (self->out, NULL);
  lz_out_string (self->out, "name", bulletin->name);
  lz_out_string (self->out, "publisher", bulletin->publisher);
  lz_out_time (self->out, "published", bulletin->published_ms);
  lz_out_bool (self->out, "whole", bulletin->whole);
  lz_out_begin_array (self->out, "figures");
  print_figures (self, names, corrections);
  lz_out_end_array (self->out);
  lz_out_begin_array (self->out, "cases");
  print_cases (self, corrections);
  lz_out_end_array (self->out);
  lz_out_end_object (self->out);
}

static gboolean
run_corrections (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station =
      lz_cli_open (self, opt_reason != NULL ? LZ_STATION_READ_WRITE : LZ_STATION_READ_ONLY, error);
  g_autoptr (LzBulletin) bulletin = NULL;
  g_autoptr (LzCorrections) corrections = NULL;
  g_autoptr (LzTallyNames) names = NULL;
  g_autoptr (GError) failure = NULL;
  LzFiguresKind kind;
  LzPeriod period;

  if (station == NULL || !read_arguments (self, station, &kind, &period, error))
    return FALSE;
  bulletin = lz_bulletins_find (station, &period, self->args[0], &failure);
  if (bulletin == NULL)
    {
      if (failure != NULL)
        g_propagate_error (error, g_steal_pointer (&failure));
      else
        g_set_error_literal (error, LZ_ERROR, LZ_ERROR_NOT_FOUND,
                             _ ("This period has not been sealed."));
      return FALSE;
    }
  corrections = lz_bulletins_compare (station, bulletin, error);
  names = corrections != NULL ? lz_tally_names_load (station, error) : NULL;
  if (names == NULL ||
      (opt_reason != NULL && !lz_bulletins_correct (station, bulletin, opt_reason, error)))
    return FALSE;
  print_corrections (self, bulletin, names, corrections);
  return TRUE;
}

/* clang-format off */
const LzVerb lz_cli_bulletin_verbs[] = {
  { "report", "weekly", "", 0, 0, bulletin_entries, FALSE, run_weekly, N_("the bulletin of a week and its figures") },
  { "report", "monthly", "", 0, 0, bulletin_entries, FALSE, run_monthly, N_("the bulletin of a month, its figures and rankings") },
  { "report", "seal", N_("weekly|monthly"), 1, 1, seal_entries, FALSE, run_seal, N_("publishes the figures of a period: they stay") },
  { "report", "corrections", N_("weekly|monthly"), 1, 1, correct_entries, FALSE, run_corrections, N_("what would come out differently now") },
  { NULL }
};
/* clang-format on */
