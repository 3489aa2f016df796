/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-cli"

#include "config.h"

#include "lz-cli-sync.h"

#include "lz-unsent.h"

static void
print_counts (LzCli *self, const LzUnsent *counts, const char *text)
{
  if (!self->json)
    {
      lz_out_line (self->out, "%s", text);
      return;
    }
  lz_out_begin_object (self->out, NULL);
  lz_out_string (self->out, "file", self->args[0]);
  lz_out_int (self->out, "events", counts->n_events);
  lz_out_int (self->out, "photos", counts->n_photos);
  lz_out_int (self->out, "photos_missing", counts->n_missing);
  lz_out_end_object (self->out);
}

static gboolean
run_export (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  g_autofree char *text = NULL;
  LzUnsent counts;

  if (station == NULL || !lz_unsent_export (station, self->args[0], &counts, error))
    return FALSE;
  text = g_strdup_printf (_ ("%u acts and %u photos that the server lacks are in %s."),
                          counts.n_events, counts.n_photos, self->args[0]);
  print_counts (self, &counts, text);
  if (counts.n_missing > 0)
    self->code = LZ_CLI_DAMAGED;
  return TRUE;
}

static gboolean
run_import (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  g_autofree char *text = NULL;
  LzUnsent counts;

  if (station == NULL || !lz_unsent_import (station, self->args[0], &counts, error))
    return FALSE;
  text = g_strdup_printf (_ ("%u acts and %u photos came from %s; the next sync hands them in."),
                          counts.n_events, counts.n_photos, self->args[0]);
  print_counts (self, &counts, text);
  return TRUE;
}

/* clang-format off */
const LzVerb lz_cli_carry_verbs[] = {
  { NULL, "export-unsent", N_("FILE"), 1, 1, NULL, FALSE, run_export, N_("saves what the server lacks as one file, to carry it there") },
  { NULL, "import-unsent", N_("FILE"), 1, 1, NULL, FALSE, run_import, N_("takes in such a file of another station of the office") },
  { NULL }
};
/* clang-format on */
