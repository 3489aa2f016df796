/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-cli"

#include "config.h"

#include "lz-cases.h"
#include "lz-cli-case.h"
#include "lz-records-act.h"
#include "lz-records.h"

#include <string.h>

#define MOST_POINTS 100

/* 道路检查: what an inspection of a road gives its chiefs, domain §5.3. */

static int opt_points = -1;
static char *opt_note;
static char *opt_false_photo;
static char *opt_person;
static char **opt_photos;

/* clang-format off */
static const GOptionEntry score_entries[] = {
  { "points", 0, 0, G_OPTION_ARG_INT, &opt_points, N_("0 to 100"), N_("N") },
  { "note", 'n', 0, G_OPTION_ARG_STRING, &opt_note, N_("what there is to say"), N_("TEXT") },
  { "false-photo", 0, 0, G_OPTION_ARG_STRING, &opt_false_photo, N_("the case of which a photo was found to be false; needs --note"), N_("ID|NUMBER") },
  { "person", 0, 0, G_OPTION_ARG_STRING, &opt_person, N_("with --false-photo: whose doing; else all chiefs of the road answer for it"), N_("PERSON") },
  { "photo", 'p', 0, G_OPTION_ARG_FILENAME_ARRAY, &opt_photos, N_("a photo; may be given more than once"), N_("FILE") },
  { NULL }
};
/* clang-format on */

static gboolean
check (GError **error)
{
  if (opt_points < 0 || opt_points > MOST_POINTS)
    return lz_cli_set_usage (error, _ ("Say how many: --points, from 0 to 100."));
  if (opt_false_photo != NULL && (opt_note == NULL || *opt_note == '\0'))
    return lz_cli_set_usage (error, _ ("Say with --note how it was found to be false."));
  if (opt_person != NULL && opt_false_photo == NULL)
    return lz_cli_set_usage (error, _ ("--person goes with --false-photo."));
  return TRUE;
}

static gboolean
fill_facts (LzStation *station, JsonObject *facts, GError **error)
{
  json_object_set_int_member (facts, "points", opt_points);
  if (opt_false_photo != NULL)
    {
      g_autoptr (LzCase) kase = lz_cases_load_by_name (station, opt_false_photo, error);
      g_autofree char *id = NULL;

      if (kase == NULL)
        return FALSE;
      id = lz_id_dup_string (&kase->id);
      json_object_set_string_member (facts, "false_photo", id);
    }
  if (opt_person != NULL)
    json_object_set_string_member (facts, "person", opt_person);
  return TRUE;
}

static gboolean
run_score (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = NULL;
  g_autoptr (JsonObject) facts = json_object_new ();
  g_autoptr (LzBody) body = lz_body_new ();
  LzId id;

  if (!check (error))
    return FALSE;
  station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  if (station == NULL || !lz_cli_find_road (station, self->args[0], &body->road, error) ||
      !fill_facts (station, facts, error) ||
      !lz_cli_add_photos (station, opt_photos, LZ_PHOTO_OTHER, body, error))
    return FALSE;
  body->text = g_strdup (opt_note);
  return lz_records_act (station, "inspection.scored", NULL, facts, body, &id, error) &&
         lz_cli_print_id (self, &id);
}

static void
print_inspection (LzCli *self, const LzRecord *record)
{
  g_autofree char *id = lz_id_dup_string (&record->id);
  g_autofree char *road = lz_id_dup_string (&record->road);
  gint64 points = lz_record_get_int (record, "points", 0);

  if (!self->json)
    {
      g_autofree char *at = lz_out_dup_time (record->begun_ms);
      g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, points);

      lz_out_row (self->out, at, text, road,
                  lz_record_get_text (record, "false_photo") != NULL ? _ ("false photo") : "", id,
                  NULL);
      return;
    }
  lz_out_begin_object (self->out, NULL);
  lz_out_string (self->out, "id", id);
  lz_out_string (self->out, "road", road);
  lz_out_int (self->out, "points", points);
  lz_out_string (self->out, "false_photo", lz_record_get_text (record, "false_photo"));
  lz_out_string (self->out, "person", lz_record_get_text (record, "person"));
  lz_out_time (self->out, "at", record->begun_ms);
  lz_out_end_object (self->out);
}

static gboolean
run_list (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  LzRecordQuery query = { .type = LZ_RECORD_INSPECTION };
  g_autoptr (GPtrArray) records = station != NULL ? lz_records_list (station, &query, error) : NULL;

  if (records == NULL)
    return FALSE;
  lz_cli_begin_list (self);
  for (guint i = 0; i < records->len; i++)
    print_inspection (self, g_ptr_array_index (records, i));
  lz_cli_end_list (self);
  return TRUE;
}

/* clang-format off */
const LzVerb lz_cli_inspection_verbs[] = {
  { "inspection", "score", N_("ROAD"), 1, 1, score_entries, FALSE, run_score, N_("keeps what an inspection of a road gave, prints its id") },
  { "inspection", "list", "", 0, 0, NULL, FALSE, run_list, N_("lists the inspections of roads") },
  { NULL }
};
/* clang-format on */
