/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-cli"

#include "config.h"

#include "lz-cli-sync.h"

#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const LzVerb *const verb_lists[] = {
  lz_cli_station_verbs,    lz_cli_road_verbs,   lz_cli_asset_verbs,  lz_cli_office_verbs,
  lz_cli_inspection_verbs, lz_cli_patrol_verbs, lz_cli_firm_verbs,   lz_cli_ledger_verbs,
  lz_cli_case_verbs,       lz_cli_act_verbs,    lz_cli_intake_verbs, lz_cli_file_verbs,
  lz_cli_care_verbs,       lz_cli_bench_verbs,  lz_cli_report_verbs, lz_cli_figures_verbs,
  lz_cli_paper_verbs,      lz_cli_loop_verbs,   lz_cli_route_verbs,  lz_cli_bulletin_verbs,
#ifdef LZ_WITH_SYNC
  lz_cli_sync_verbs,       lz_cli_carry_verbs,
#endif
};

static const struct
{
  LzCliExit code;
  const char *meaning;
} exits[] = {
  { LZ_CLI_OK, N_ ("done") },
  { LZ_CLI_USAGE, N_ ("wrong options or arguments") },
  { LZ_CLI_NOT_FOUND, N_ ("no such case, road, file or station") },
  { LZ_CLI_REFUSED, N_ ("the rules do not allow it") },
  { LZ_CLI_INVALID, N_ ("the input is not valid, or no photo that can be read") },
  { LZ_CLI_STORAGE, N_ ("disk full, read-only, or no permission") },
  { LZ_CLI_BUSY, N_ ("another program holds the station") },
  { LZ_CLI_DAMAGED, N_ ("the station is damaged") },
  { LZ_CLI_TOO_NEW, N_ ("written by a newer version") },
  { LZ_CLI_OFFLINE, N_ ("the server cannot be reached or cannot now: later again") },
  { LZ_CLI_SERVER, N_ ("the server does not take it: somebody must look") },
  { LZ_CLI_FAILED, N_ ("anything else") },
};

static char *
dup_name (const LzVerb *verb)
{
  return verb->group != NULL ? g_strdup_printf ("%s %s", verb->group, verb->name)
                             : g_strdup (verb->name);
}

static void
print_help (void)
{
  printf ("%s\n  luzhang-cli [--station %s] %s\n\n%s\n", _ ("Usage:"), _ ("DIR"),
          _ ("VERB [OPTION…] [ARGUMENT…]"), _ ("Verbs (“VERB --help” tells more):"));
  for (guint i = 0; i < G_N_ELEMENTS (verb_lists); i++)
    for (const LzVerb *verb = verb_lists[i]; verb->name != NULL; verb++)
      {
        g_autofree char *name = dup_name (verb);

        printf ("  %-16s %-18s %s\n", name, verb->args, _ (verb->summary));
      }
  printf ("\n%s\n", _ ("Options of every verb:"));
  printf ("  --station=%-9s %s\n", _ ("DIR"),
          _ ("the station's folder (else $LUZHANG_STATION, else the user's data folder)"));
  printf ("  --json             %s\n", _ ("one JSON document instead of text"));
  printf ("  -v, --verbose      %s\n", _ ("technical details of errors"));
  printf ("  --version          %s\n", _ ("the version"));
  printf ("\n%s\n", _ ("Exit codes:"));
  for (guint i = 0; i < G_N_ELEMENTS (exits); i++)
    printf ("  %d  %s\n", exits[i].code, _ (exits[i].meaning));
}

/* Whether @argument is an option of every verb whose value is the next argument. */
static gboolean
takes_next (const char *argument)
{
  return g_str_equal (argument, "--station");
}

/* Finds the words that are not options at the front, which name the verb. */
static void
find_words (char **argv, int argc, int at[2])
{
  int n = 0;

  at[0] = at[1] = -1;
  for (int i = 1; i < argc && n < 2; i++)
    {
      if (takes_next (argv[i]))
        i++;
      else if (argv[i][0] != '-')
        at[n++] = i;
      else if (n == 1)
        break;
    }
}

static const LzVerb *
find_verb (char **argv, const int at[2], int *n_words)
{
  for (guint i = 0; i < G_N_ELEMENTS (verb_lists) && at[0] > 0; i++)
    for (const LzVerb *verb = verb_lists[i]; verb->name != NULL; verb++)
      {
        if (verb->group == NULL && g_str_equal (verb->name, argv[at[0]]))
          {
            *n_words = 1;
            return verb;
          }
        if (verb->group != NULL && g_str_equal (verb->group, argv[at[0]]) && at[1] > 0 &&
            g_str_equal (verb->name, argv[at[1]]))
          {
            *n_words = 2;
            return verb;
          }
      }
  return NULL;
}

static char **
dup_without (char **argv, int argc, const int at[2], int n_words)
{
  g_autoptr (GStrvBuilder) kept = g_strv_builder_new ();

  for (int i = 0; i < argc; i++)
    if (!(n_words > 0 && i == at[0]) && !(n_words > 1 && i == at[1]))
      g_strv_builder_add (kept, argv[i]);
  return g_strv_builder_end (kept);
}

static gboolean
parse (LzCli *self, const LzVerb *verb, char ***argv, GError **error)
{
  const GOptionEntry common[] = { { "station", 0, 0, G_OPTION_ARG_FILENAME, &self->station_dir,
                                    N_ ("the station's folder"), N_ ("DIR") },
                                  { "json", 0, 0, G_OPTION_ARG_NONE, &self->json,
                                    N_ ("one JSON document instead of text"), NULL },
                                  { "verbose", 'v', 0, G_OPTION_ARG_NONE, &self->verbose,
                                    N_ ("technical details of errors"), NULL },
                                  { NULL } };
  g_autofree char *name = dup_name (verb);
  g_autofree char *usage = g_strdup_printf ("%s %s", name, verb->args);
  g_autoptr (GOptionContext) context = g_option_context_new (usage);

  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _ (verb->summary));
  g_option_context_add_main_entries (context, common, GETTEXT_PACKAGE);
  if (verb->entries != NULL)
    g_option_context_add_main_entries (context, verb->entries, GETTEXT_PACKAGE);
  if (verb->filters)
    g_option_context_add_main_entries (context, lz_cli_query_entries, GETTEXT_PACKAGE);
  if (!g_option_context_parse_strv (context, argv, error))
    return FALSE;

  self->args = *argv + 1;
  self->n_args = (int) g_strv_length (self->args);
  if (self->n_args > 0 && g_str_equal (self->args[0], "--"))
    {
      self->args++;
      self->n_args--;
    }
  if (self->n_args < verb->min_args)
    return lz_cli_set_usage (error, _ ("“%s” needs %s."), name, verb->args);
  if (verb->max_args >= 0 && self->n_args > verb->max_args)
    return lz_cli_set_usage (error, _ ("“%s” is too much for “%s”."), self->args[verb->max_args],
                             name);
  return TRUE;
}

static gboolean
run (LzCli *self, const LzVerb *verb, char ***argv, GError **error)
{
  self->out = lz_out_new ();
  return parse (self, verb, argv, error) && verb->run (self, error) &&
         lz_out_finish (self->out, error);
}

static int
run_verb (const LzVerb *verb, char ***argv)
{
  LzCli self = { 0 };
  g_autoptr (GError) error = NULL;

  if (!run (&self, verb, argv, &error))
    {
      lz_out_finish (self.out, NULL);
      lz_cli_print_error (error, self.verbose);
      self.code = lz_cli_exit_code (error);
    }
  lz_out_free (self.out);
  g_free (self.station_dir);
  return self.code;
}

static gboolean
has_argument (char **argv, const char *wanted)
{
  return g_strv_contains ((const char *const *) argv, wanted);
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) rest = NULL;
  const LzVerb *verb;
  int at[2];
  int n_words = 0;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LZ_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_set_prgname ("luzhang-cli");
  /* A write beyond a limit on file sizes is then an error like any other full disk. */
  signal (SIGXFSZ, SIG_IGN);

  find_words (argv, argc, at);
  verb = find_verb (argv, at, &n_words);
  if (verb == NULL && has_argument (argv, "--version"))
    {
      printf ("luzhang-cli " LZ_VERSION "\n");
      return LZ_CLI_OK;
    }
  if (verb == NULL && (has_argument (argv, "--help") || has_argument (argv, "-h") ||
                       (at[0] > 0 && g_str_equal (argv[at[0]], "help"))))
    {
      print_help ();
      return LZ_CLI_OK;
    }
  if (verb == NULL)
    {
      if (at[0] < 0)
        fprintf (stderr, "luzhang-cli: %s\n", _ ("Say what to do: “luzhang-cli --help” lists it."));
      else
        fprintf (stderr,
                 _ ("luzhang-cli: There is no “%s”: “luzhang-cli --help” lists what there is.\n"),
                 argv[at[0]]);
      return LZ_CLI_USAGE;
    }
  rest = dup_without (argv, argc, at, n_words);
  return run_verb (verb, &rest);
}
