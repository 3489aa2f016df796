/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Papers as PDF: the notice, the case file, the task list. */
#define G_LOG_DOMAIN "lz-cli"

#include "config.h"

#include "lz-case-papers.h"
#include "lz-cli-case.h"

static char *opt_out;
static char *opt_unit;
static gboolean opt_draft;
static gboolean opt_new;
static int opt_year;

/* clang-format off */
static const GOptionEntry notice_entries[] = {
  { "out", 'o', 0, G_OPTION_ARG_FILENAME, &opt_out, N_("the file to write"), N_("FILE.pdf") },
  { "unit", 0, 0, G_OPTION_ARG_STRING, &opt_unit, N_("to whom; else the case's unit"), N_("UNIT") },
  { "draft", 0, 0, G_OPTION_ARG_NONE, &opt_draft, N_("without a number; the case stays as it is"), NULL },
  { "new", 0, 0, G_OPTION_ARG_NONE, &opt_new, N_("a further notice with a number of its own"), NULL },
  { NULL }
};

static const GOptionEntry case_entries[] = {
  { "out", 'o', 0, G_OPTION_ARG_FILENAME, &opt_out, N_("the file to write"), N_("FILE.pdf") },
  { NULL }
};

static const GOptionEntry tasks_entries[] = {
  { "out", 'o', 0, G_OPTION_ARG_FILENAME, &opt_out, N_("the file to write"), N_("FILE.pdf") },
  { "unit", 0, 0, G_OPTION_ARG_STRING, &opt_unit, N_("only this unit's cases"), N_("UNIT") },
  { NULL }
};

static const GOptionEntry list_entries[] = {
  { "year", 0, 0, G_OPTION_ARG_INT, &opt_year, N_("of the numbers; else this year"), N_("YEAR") },
  { NULL }
};
/* clang-format on */

static gboolean
need_out (GError **error)
{
  return opt_out != NULL || lz_cli_set_usage (error, _ ("Say where to: --out FILE."));
}

static gboolean
write_paper (LzCli *self, LzPaper *paper, const char *number, GError **error)
{
  if (!lz_paper_write_pdf (paper, opt_out, NULL, error))
    return FALSE;
  if (self->json)
    {
      lz_out_begin_object (self->out, NULL);
      lz_out_string (self->out, "file", opt_out);
      lz_out_int (self->out, "pages", lz_paper_get_n_pages (paper));
      if (number != NULL)
        lz_out_string (self->out, "number", number);
      lz_out_end_object (self->out);
    }
  else
    lz_out_line (self->out,
                 g_dngettext (GETTEXT_PACKAGE, "%u page is in %s.", "%u pages are in %s.",
                              lz_paper_get_n_pages (paper)),
                 lz_paper_get_n_pages (paper), opt_out);
  return TRUE;
}

static LzDossier *
load_dossier (LzCli *self, LzStation *station, GError **error)
{
  g_autoptr (LzCase) item = lz_cases_load_by_name (station, self->args[0], error);

  return item != NULL ? lz_dossier_load (station, &item->id, NULL, error) : NULL;
}

/* The number is in the log before the paper is on the disk: a number without a paper can be printed
 * again, a paper whose number another gets cannot be taken back. */
static gboolean
run_notice (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = NULL;
  g_autoptr (LzDossier) dossier = NULL;
  g_autoptr (LzIssued) issued = NULL;
  g_autoptr (LzPaper) paper = NULL;
  g_autofree char *number = NULL;

  if (!need_out (error))
    return FALSE;
  station = lz_cli_open (self, opt_draft ? LZ_STATION_READ_ONLY : LZ_STATION_READ_WRITE, error);
  dossier = station != NULL ? load_dossier (self, station, error) : NULL;
  if (dossier == NULL)
    return FALSE;
  if (!opt_draft)
    {
      issued = lz_notice_issue (station, dossier, opt_unit, opt_new, error);
      if (issued == NULL)
        return FALSE;
      number = lz_issued_dup_number (issued);
    }
  paper = lz_paper_new_notice (dossier, issued, opt_unit);
  return write_paper (self, paper, number, error);
}

static gboolean
run_case (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = NULL;
  g_autoptr (LzDossier) dossier = NULL;
  g_autoptr (LzPaper) paper = NULL;

  if (!need_out (error))
    return FALSE;
  station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  dossier = station != NULL ? load_dossier (self, station, error) : NULL;
  if (dossier == NULL)
    return FALSE;
  paper = lz_paper_new_case_file (dossier);
  return write_paper (self, paper, NULL, error);
}

static gboolean
run_tasks (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = NULL;
  g_autoptr (LzTaskSheet) sheet = NULL;
  g_autoptr (LzPaper) paper = NULL;

  if (!need_out (error))
    return FALSE;
  station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  sheet = station != NULL ? lz_task_sheet_load (station, opt_unit, error) : NULL;
  if (sheet == NULL)
    return FALSE;
  paper = lz_paper_new_task_list (sheet);
  return write_paper (self, paper, NULL, error);
}

static void
print_issued (LzCli *self, LzStation *station, const LzIssued *issued)
{
  g_autofree char *number = lz_issued_dup_number (issued);
  g_autofree char *year = g_strdup_printf ("%u", issued->year);
  g_autofree char *when = lz_out_dup_time (issued->issued_ms);
  g_autofree char *id = lz_id_dup_string (&issued->subject);
  g_autoptr (LzCase) item = lz_cases_load (station, &issued->subject, NULL);
  const char *name = item != NULL && item->number != NULL ? item->number : id;

  if (!self->json)
    {
      lz_out_row (self->out, year, number, name, when, issued->unit != NULL ? issued->unit : "",
                  issued->doubled ? _ ("number used twice") : "", NULL);
      return;
    }
  lz_out_begin_object (self->out, NULL);
  lz_out_int (self->out, "year", issued->year);
  lz_out_string (self->out, "number", number);
  lz_out_string (self->out, "case", name);
  lz_out_time (self->out, "issued_at", issued->issued_ms);
  lz_out_time (self->out, "due_at", issued->due_ms);
  lz_out_string (self->out, "unit", issued->unit);
  lz_out_string (self->out, "actor", issued->actor);
  lz_out_bool (self->out, "doubled", issued->doubled);
  lz_out_end_object (self->out);
}

static gboolean
run_list (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  g_autoptr (GPtrArray) list = NULL;
  g_autoptr (GDateTime) now = NULL;

  if (station == NULL)
    return FALSE;
  now = g_date_time_new_from_unix_utc (lz_station_now (station) / 1000 +
                                       LZ_STATION_UTC_OFFSET_MIN * 60);
  list =
      lz_papers_list (station, "notice",
                      opt_year > 0 ? (guint) opt_year : (guint) g_date_time_get_year (now), error);
  if (list == NULL)
    return FALSE;
  lz_cli_begin_list (self);
  for (guint i = 0; i < list->len; i++)
    print_issued (self, station, g_ptr_array_index (list, i));
  lz_cli_end_list (self);
  return TRUE;
}

/* clang-format off */
const LzVerb lz_cli_paper_verbs[] = {
  { "paper", "notice", N_("CASE"), 1, 1, notice_entries, FALSE, run_notice, N_("writes the rectification notice of a case as PDF and numbers it") },
  { "paper", "case", N_("CASE"), 1, 1, case_entries, FALSE, run_case, N_("writes the file of a case as PDF: timeline and photos") },
  { "paper", "tasks", "", 0, 0, tasks_entries, FALSE, run_tasks, N_("writes what a unit has to do as PDF, by deadline") },
  { "paper", "list", "", 0, 0, list_entries, FALSE, run_list, N_("lists the notices that were issued, by number") },
  { NULL }
};
/* clang-format on */
