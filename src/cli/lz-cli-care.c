/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-cli"

#include "config.h"

#include "lz-backup.h"
#include "lz-cli.h"
#include "lz-doctor.h"
#include "lz-rebuild.h"

#include <glib/gstdio.h>

/* Files younger than this may belong to work that is going on. */
#define CLEAN_AGE_S 3600

static gboolean opt_photos;
static gboolean opt_clean;
static gboolean opt_replace;

/* clang-format off */
static const GOptionEntry doctor_entries[] = {
  { "photos", 0, 0, G_OPTION_ARG_NONE, &opt_photos, N_("read every photo and compare its hash"), NULL },
  { "clean", 0, 0, G_OPTION_ARG_NONE, &opt_clean, N_("remove what interrupted work left an hour ago and before"), NULL },
  { NULL }
};

static const GOptionEntry restore_entries[] = {
  { "replace", 0, 0, G_OPTION_ARG_NONE, &opt_replace, N_("move the station that is there aside"), NULL },
  { NULL }
};
/* clang-format on */

static void
print_finding (LzCli *self, const LzFinding *finding)
{
  static const char *const marks[] = { "  ", "· ", "! ", "✗ " };

  if (!self->json)
    {
      lz_out_line (self->out, "%s%s", marks[finding->level], finding->text);
      return;
    }
  lz_out_begin_object (self->out, NULL);
  lz_out_string (self->out, "check", finding->check);
  lz_out_string (self->out, "level", lz_finding_level_to_string (finding->level));
  lz_out_string (self->out, "text", finding->text);
  lz_out_end_object (self->out);
}

static gboolean
run_doctor (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station =
      lz_cli_open (self, opt_clean ? LZ_STATION_READ_WRITE : LZ_STATION_READ_ONLY, error);
  g_autoptr (GPtrArray) findings = NULL;
  LzFindingLevel worst;
  guint n_removed = 0;

  if (station == NULL)
    return FALSE;
  if (opt_clean && !lz_doctor_clean (station, CLEAN_AGE_S, &n_removed, error))
    return FALSE;
  findings = lz_doctor_run (station, opt_photos, error);
  if (findings == NULL)
    return FALSE;

  worst = lz_doctor_worst (findings);
  if (self->json)
    {
      lz_out_begin_object (self->out, NULL);
      lz_out_string (self->out, "worst", lz_finding_level_to_string (worst));
      lz_out_int (self->out, "removed", n_removed);
      lz_out_begin_array (self->out, "findings");
    }
  for (guint i = 0; i < findings->len; i++)
    print_finding (self, g_ptr_array_index (findings, i));
  if (self->json)
    {
      lz_out_end_array (self->out);
      lz_out_end_object (self->out);
    }
  if (worst == LZ_FINDING_DAMAGE)
    self->code = LZ_CLI_DAMAGED;
  return TRUE;
}

static gboolean
run_rebuild (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);

  return station != NULL && lz_rebuild (station, error);
}

static gboolean
run_backup (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  g_autofree char *size = NULL;
  GStatBuf info;
  guint n_missing = 0;

  if (station == NULL || !lz_backup (station, self->args[0], &n_missing, NULL, NULL, NULL, error))
    return FALSE;

  size = g_format_size (g_stat (self->args[0], &info) == 0 ? (guint64) info.st_size : 0);
  if (self->json)
    {
      lz_out_begin_object (self->out, NULL);
      lz_out_string (self->out, "file", self->args[0]);
      lz_out_int (self->out, "bytes", info.st_size);
      lz_out_int (self->out, "photos_missing", n_missing);
      lz_out_end_object (self->out);
    }
  else
    lz_out_line (self->out, _ ("The backup is in %s (%s)."), self->args[0], size);
  if (n_missing > 0)
    {
      g_printerr (g_dngettext (GETTEXT_PACKAGE,
                               "luzhang-cli: %u photo is missing or damaged in the station and so"
                               " not in the backup: see “doctor --photos”.\n",
                               "luzhang-cli: %u photos are missing or damaged in the station and"
                               " so not in the backup: see “doctor --photos”.\n",
                               n_missing),
                  n_missing);
      self->code = LZ_CLI_DAMAGED;
    }
  return TRUE;
}

static gboolean
run_restore (LzCli *self, GError **error)
{
  g_autofree char *moved = NULL;
  const char *dir = lz_cli_get_dir (self);

  if (!lz_restore (self->args[0], dir, opt_replace, &moved, NULL, error))
    return FALSE;

  if (self->json)
    {
      lz_out_begin_object (self->out, NULL);
      lz_out_string (self->out, "station", dir);
      lz_out_string (self->out, "moved_to", moved);
      lz_out_end_object (self->out);
    }
  else
    {
      lz_out_line (self->out, _ ("The station is in %s."), dir);
      if (moved != NULL)
        lz_out_line (self->out, _ ("The old one was moved to %s."), moved);
    }
  return TRUE;
}

/* clang-format off */
const LzVerb lz_cli_care_verbs[] = {
  { NULL, "doctor", "", 0, 0, doctor_entries, FALSE, run_doctor, N_("checks everything and says what it found") },
  { NULL, "rebuild", "", 0, 0, NULL, FALSE, run_rebuild, N_("makes lists and search anew from the log") },
  { NULL, "backup", N_("FILE"), 1, 1, NULL, FALSE, run_backup, N_("saves the station with its photos as one file") },
  { NULL, "restore", N_("FILE"), 1, 1, restore_entries, FALSE, run_restore, N_("makes a station from a backup") },
  { NULL }
};
/* clang-format on */
