/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-cli"

#include "config.h"

#include "lz-bulletins.h"
#include "lz-cli.h"
#include "lz-figures-report.h"

static char *opt_period;
static char *opt_name;
static char *opt_reason;

/* clang-format off */
static const GOptionEntry seal_entries[] = {
  { "period", 'p', 0, G_OPTION_ARG_STRING, &opt_period, N_("2026-W10, 2026-03 …: it must have ended"), N_("PERIOD") },
  { "name", 0, 0, G_OPTION_ARG_STRING, &opt_name, N_("title of the bulletin"), N_("TEXT") },
  { NULL }
};

static const GOptionEntry correct_entries[] = {
  { "period", 'p', 0, G_OPTION_ARG_STRING, &opt_period, N_("of the sealed bulletin"), N_("PERIOD") },
  { "publish", 0, 0, G_OPTION_ARG_STRING, &opt_reason, N_("publish what differs as a correction, with this reason"), N_("TEXT") },
  { NULL }
};
/* clang-format on */

static gboolean
read_arguments (LzCli *self, LzStation *station, LzPeriod *period, GError **error)
{
  LzFiguresKind kind;

  if (!lz_figures_kind_from_string (self->args[0], &kind))
    return lz_cli_set_usage (error, _ ("There is no report “%s”."), self->args[0]);
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
  g_autofree char *label = NULL;
  g_autofree char *id = NULL;
  LzPeriod period;
  LzId made;

  if (station == NULL || !read_arguments (self, station, &period, error))
    return FALSE;
  label = lz_period_dup_label (&period);
  if (!lz_bulletins_publish (station, &period, self->args[0], opt_name != NULL ? opt_name : label,
                             &made, error))
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
  LzPeriod period;

  if (station == NULL || !read_arguments (self, station, &period, error))
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
const LzVerb lz_cli_seal_verbs[] = {
  { "report", "seal", N_("weekly|monthly"), 1, 1, seal_entries, FALSE, run_seal, N_("publishes the figures of a period: they stay") },
  { "report", "corrections", N_("weekly|monthly"), 1, 1, correct_entries, FALSE, run_corrections, N_("what would come out differently now") },
  { NULL }
};
/* clang-format on */
