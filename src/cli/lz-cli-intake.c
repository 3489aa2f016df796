/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-cli"

#include "config.h"

#include "lz-cli-case.h"
#include "lz-drafts.h"
#include "lz-log.h"
#include "lz-photos.h"

/* 志愿者、市民线索待核实: what has not been sorted yet. */
#define UNSORTED_CATEGORY "T24-02"

static gboolean opt_commit;
static char *opt_category;
static int opt_shift_s;
static char *opt_zone;

/* clang-format off */
static const GOptionEntry intake_entries[] = {
  { "commit", 0, 0, G_OPTION_ARG_NONE, &opt_commit, N_("log each draft as a case at once; what has no place stays a draft"), NULL },
  { "category", 'c', 0, G_OPTION_ARG_STRING, &opt_category, N_("with --commit: their category (else one that waits to be sorted)"), N_("CODE") },
  { "clock-shift", 0, 0, G_OPTION_ARG_INT, &opt_shift_s, N_("add so many seconds to the camera's clock"), N_("SECONDS") },
  { "camera-zone", 0, 0, G_OPTION_ARG_STRING, &opt_zone, N_("zone of cameras that do not write one (else +08:00)"), N_("+HH:MM") },
  { NULL }
};

static const GOptionEntry draft_entries[] = {
  { "category", 'c', 0, G_OPTION_ARG_STRING, &opt_category, N_("its category, if it has none or another one"), N_("CODE") },
  { NULL }
};
/* clang-format on */

/* -- drafts
 * ---------------------------------------------------------------------------------------- */

static void
print_draft (LzCli *self, const LzDraft *draft)
{
  const LzBody *body = draft->body;
  guint n_photos = body->photos != NULL ? body->photos->len : 0;
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, draft->id);
  g_autofree char *photos = g_strdup_printf ("%u", n_photos);
  g_autofree char *seen = lz_out_dup_time (body->found_ms);

  if (!self->json)
    {
      lz_out_row (self->out, id, seen, photos, body->category != NULL ? body->category : "-",
                  body->road_name != NULL ? body->road_name : "-",
                  draft->note != NULL ? draft->note : "", NULL);
      return;
    }
  lz_out_begin_object (self->out, NULL);
  lz_out_int (self->out, "id", draft->id);
  lz_out_int (self->out, "batch", draft->batch);
  lz_out_time (self->out, "created", draft->created_ms);
  lz_out_time (self->out, "found", body->found_ms);
  lz_out_string (self->out, "category", body->category);
  if (lz_point_is_valid (body->place))
    {
      lz_out_decimal (self->out, "lat", lz_point_latitude (body->place), 7);
      lz_out_decimal (self->out, "lon", lz_point_longitude (body->place), 7);
    }
  lz_out_string (self->out, "road", body->road_name);
  lz_out_string (self->out, "text", body->text);
  lz_out_string (self->out, "note", draft->note);
  lz_out_begin_array (self->out, "photos");
  for (guint i = 0; i < n_photos; i++)
    {
      char sha256[65];

      lz_sha256_format (g_array_index (body->photos, LzPhotoRef, i).sha256, sha256);
      lz_out_string (self->out, NULL, sha256);
    }
  lz_out_end_array (self->out);
  lz_out_end_object (self->out);
}

static gboolean
run_drafts (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  g_autoptr (GPtrArray) drafts = station != NULL ? lz_drafts_list (station, error) : NULL;

  if (drafts == NULL)
    return FALSE;
  lz_cli_begin_list (self);
  for (guint i = 0; i < drafts->len; i++)
    print_draft (self, g_ptr_array_index (drafts, i));
  lz_cli_end_list (self);
  return TRUE;
}

/* -- intake
 * ---------------------------------------------------------------------------------------- */

static gboolean
commit_draft (LzCli *self, LzStation *station, gint64 id, gboolean *logged, GError **error)
{
  g_autoptr (LzDraft) draft = lz_drafts_load (station, id, error);
  g_auto (LzActResult) result = { 0 };
  g_autofree char *text = NULL;
  LzAct what = { .kind = LZ_KIND_REPORTED, .draft = id };

  *logged = FALSE;
  if (draft == NULL)
    return FALSE;
  if (!lz_point_is_valid (draft->body->place))
    return TRUE;
  if (draft->body->category == NULL || opt_category != NULL)
    {
      g_free (draft->body->category);
      draft->body->category = g_strdup (opt_category != NULL ? opt_category : UNSORTED_CATEGORY);
    }
  what.kind = draft->fixed_on_spot ? LZ_KIND_SELF_HANDLED : LZ_KIND_REPORTED;
  what.body = draft->body;
  if (!lz_log_act (station, &what, &result, error))
    return FALSE;

  *logged = TRUE;
  text = lz_id_dup_string (&result.subject);
  if (self->json)
    lz_out_string (self->out, NULL, text);
  else
    lz_out_line (self->out, "%s", text);
  /* Each id is told as soon as it is safe: the next one may be long in coming. */
  return lz_out_finish (self->out, error);
}

static gboolean
commit_drafts (LzCli *self,
               LzStation *station,
               const LzIntakeReport *report,
               guint *n_logged,
               GError **error)
{
  for (guint i = 0; i < report->drafts->len; i++)
    {
      gboolean logged;

      if (!commit_draft (self, station, g_array_index (report->drafts, gint64, i), &logged, error))
        return FALSE;
      *n_logged += logged;
    }
  return TRUE;
}

/* Beside the results, for people. */
static void
print_report (const LzIntakeReport *report, guint n_logged)
{
  for (guint i = 0; i < report->skipped->len; i++)
    g_printerr (_ ("Left out: %s\n"), (char *) g_ptr_array_index (report->skipped, i));
  g_printerr (_ ("%u files, %u photos taken in, %u known before, %u drafts.\n"), report->n_files,
              report->n_photos, report->n_known, report->n_drafts);
  if (opt_commit)
    g_printerr (_ ("%u cases logged, %u drafts left: they have no place.\n"), n_logged,
                report->n_drafts - n_logged);
  if (report->suggested_shift_ms != 0)
    g_printerr (_ ("The camera's clock seems to be off: try --clock-shift %d.\n"),
                (int) (report->suggested_shift_ms / 1000));
}

static gboolean
take_in (LzCli *self, LzStation *station, const LzIntakeReport *report, GError **error)
{
  guint n_logged = 0;

  if (self->json)
    {
      lz_out_begin_object (self->out, NULL);
      lz_out_int (self->out, "files", report->n_files);
      lz_out_int (self->out, "photos", report->n_photos);
      lz_out_int (self->out, "known", report->n_known);
      lz_out_int (self->out, "drafts", report->n_drafts);
      lz_out_begin_array (self->out, "draft_ids");
      for (guint i = 0; i < report->drafts->len; i++)
        lz_out_int (self->out, NULL, g_array_index (report->drafts, gint64, i));
      lz_out_end_array (self->out);
      lz_out_int (self->out, "suggested_clock_shift_s", report->suggested_shift_ms / 1000);
      lz_out_begin_array (self->out, "skipped");
      for (guint i = 0; i < report->skipped->len; i++)
        lz_out_string (self->out, NULL, g_ptr_array_index (report->skipped, i));
      lz_out_end_array (self->out);
      lz_out_begin_array (self->out, "cases");
    }
  if (opt_commit && !commit_drafts (self, station, report, &n_logged, error))
    return FALSE;
  if (self->json)
    {
      lz_out_end_array (self->out);
      lz_out_end_object (self->out);
      return TRUE;
    }
  if (!opt_commit)
    for (guint i = 0; i < report->drafts->len; i++)
      {
        g_autoptr (LzDraft) draft =
            lz_drafts_load (station, g_array_index (report->drafts, gint64, i), error);

        if (draft == NULL)
          return FALSE;
        print_draft (self, draft);
      }
  lz_out_end_table (self->out);
  print_report (report, n_logged);
  return TRUE;
}

static gboolean
check_category (LzStation *station, GError **error)
{
  if (opt_category == NULL ||
      lz_catalogue_find (lz_station_get_catalogue (station), opt_category) != NULL)
    return TRUE;
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("There is no category “%s”."), opt_category);
  return FALSE;
}

static gboolean
get_camera_offset (int *offset_min, GError **error)
{
  g_autoptr (GTimeZone) zone = opt_zone != NULL ? g_time_zone_new_identifier (opt_zone) : NULL;

  if (opt_zone != NULL && zone == NULL)
    return lz_cli_set_usage (error, _ ("--camera-zone takes a zone such as +08:00."));
  *offset_min = zone != NULL ? g_time_zone_get_offset (zone, 0) / 60 : LZ_PHOTOS_OFFSET_MIN;
  return TRUE;
}

static gboolean
run_intake (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = NULL;
  g_autoptr (LzIntakeReport) report = NULL;
  int offset_min = LZ_PHOTOS_OFFSET_MIN;

  if (opt_category != NULL && !opt_commit)
    return lz_cli_set_usage (error, _ ("--category goes with --commit."));
  if (!get_camera_offset (&offset_min, error))
    return FALSE;
  station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  if (station == NULL)
    return FALSE;
  if (!check_category (station, error))
    return FALSE;
  for (int i = 0; i < self->n_args; i++)
    if (!g_file_test (self->args[i], G_FILE_TEST_EXISTS))
      {
        g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, _ ("There is no file or folder “%s”."),
                     self->args[i]);
        return FALSE;
      }
  report = lz_intake_run (station, (const char *const *) self->args, (gint64) opt_shift_s * 1000,
                          offset_min, NULL, NULL, NULL, error);
  if (report == NULL)
    return FALSE;
  return take_in (self, station, report, error);
}

static gboolean
run_draft_log (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  gint64 id = g_ascii_strtoll (self->args[0], NULL, 10);
  gboolean logged;

  if (station == NULL || !check_category (station, error))
    return FALSE;
  if (!commit_draft (self, station, id, &logged, error))
    return FALSE;
  if (!logged)
    g_set_error_literal (
        error, LZ_ERROR, LZ_ERROR_REFUSED,
        _ ("The draft has no place yet: set it in the window, or log the photo with"
           " “case log --at”."));
  return logged;
}

/* clang-format off */
const LzVerb lz_cli_intake_verbs[] = {
  { NULL, "intake", N_("DIR…"), 1, -1, intake_entries, FALSE, run_intake, N_("takes photos in and groups them into drafts") },
  { "drafts", "log", N_("ID"), 1, 1, draft_entries, FALSE, run_draft_log, N_("logs a draft as a case; prints its id once it is safe") },
  { "drafts", "list", "", 0, 0, NULL, FALSE, run_drafts, N_("lists the drafts") },
  { NULL }
};
/* clang-format on */
