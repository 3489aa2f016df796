/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-cli"

#include "config.h"

#include "lz-campaign-report.h"
#include "lz-campaigns.h"
#include "lz-cli-case.h"
#include "lz-notices.h"

#include <string.h>

/* What an office runs besides cases: campaigns and boards. */

static char *opt_from;
static char *opt_until;
static char **opt_categories;
static char **opt_roads;
static int opt_target;
static char *opt_goal;
static char *opt_text;
static char *opt_out;
static char *opt_name;
static char *opt_case;
static char *opt_person;
static char *opt_road;
static gboolean opt_all;

/* clang-format off */
static const GOptionEntry open_entries[] = {
  { "from", 0, 0, G_OPTION_ARG_STRING, &opt_from, N_("when it begins (else now)"), N_("TIME") },
  { "until", 0, 0, G_OPTION_ARG_STRING, &opt_until, N_("when it ends"), N_("TIME") },
  { "category", 0, 0, G_OPTION_ARG_STRING_ARRAY, &opt_categories, N_("only cases of this category; may be given again"), N_("CODE") },
  { "road", 0, 0, G_OPTION_ARG_STRING_ARRAY, &opt_roads, N_("only cases on this road; may be given again"), N_("ROAD") },
  { "target", 0, 0, G_OPTION_ARG_INT, &opt_target, N_("how many cases are to be put right"), N_("N") },
  { "goal", 0, 0, G_OPTION_ARG_STRING, &opt_goal, N_("what it is for"), N_("TEXT") },
  { NULL }
};

static const GOptionEntry change_entries[] = {
  { "name", 0, 0, G_OPTION_ARG_STRING, &opt_name, N_("what it is called from now on"), N_("TEXT") },
  { "from", 0, 0, G_OPTION_ARG_STRING, &opt_from, N_("when it begins"), N_("TIME") },
  { "until", 0, 0, G_OPTION_ARG_STRING, &opt_until, N_("when it ends"), N_("TIME") },
  { "target", 0, 0, G_OPTION_ARG_INT, &opt_target, N_("how many cases are to be put right"), N_("N") },
  { NULL }
};

static const GOptionEntry report_entries[] = {
  { "out", 'o', 0, G_OPTION_ARG_FILENAME, &opt_out, N_("write FILE.pdf, .xlsx, .csv or .json"), N_("FILE") },
  { NULL }
};

static const GOptionEntry list_entries[] = {
  { "all", 0, 0, G_OPTION_ARG_NONE, &opt_all, N_("those that have ended too"), NULL },
  { NULL }
};

static const GOptionEntry text_entries[] = {
  { "text", 0, 0, G_OPTION_ARG_STRING, &opt_text, N_("the report's words, or the reason"), N_("TEXT") },
  { NULL }
};

static const GOptionEntry notice_entries[] = {
  { "case", 0, 0, G_OPTION_ARG_STRING, &opt_case, N_("the case that it shows"), N_("ID|NUMBER") },
  { "person", 0, 0, G_OPTION_ARG_STRING, &opt_person, N_("whom it is about"), N_("NAME") },
  { "road", 0, 0, G_OPTION_ARG_STRING, &opt_road, N_("on which road; in focus stands its chief, unless --person says who"), N_("NAME") },
  { "text", 0, 0, G_OPTION_ARG_STRING, &opt_text, N_("more words"), N_("TEXT") },
  { NULL }
};
/* clang-format on */

static gboolean
print_campaign (LzCli *self, LzStation *station, const LzRecord *record, GError **error)
{
  g_autofree char *id = lz_id_dup_string (&record->id);
  gint64 from = lz_record_get_int (record, "from", 0);
  gint64 until = lz_record_get_int (record, "until", 0);
  LzCampaignTally tally;

  if (!lz_campaigns_tally (station, record, lz_station_now (station), &tally, error))
    return FALSE;
  if (!self->json)
    {
      g_autofree char *figures =
          g_strdup_printf ("%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, tally.n_closed, tally.n_cases);
      g_autofree char *begins = lz_out_dup_time (from);
      g_autofree char *ends = lz_out_dup_time (until);

      lz_out_row (self->out, lz_record_get_text (record, "name"), begins, ends, figures,
                  record->state == LZ_RECORD_DONE ? _ ("closed") : "", id, NULL);
      return TRUE;
    }
  lz_out_begin_object (self->out, NULL);
  lz_out_string (self->out, "id", id);
  lz_out_string (self->out, "name", lz_record_get_text (record, "name"));
  lz_out_string (self->out, "state", lz_record_state_to_string (record->state));
  lz_out_time (self->out, "from", from);
  lz_out_time (self->out, "until", until);
  lz_out_int (self->out, "target", lz_record_get_int (record, "target", 0));
  lz_out_string (self->out, "goal", lz_record_get_text (record, "goal"));
  lz_out_string (self->out, "report", lz_record_get_text (record, "report"));
  lz_out_int (self->out, "cases", tally.n_cases);
  lz_out_int (self->out, "closed", tally.n_closed);
  lz_out_int (self->out, "in_time", tally.n_in_time);
  lz_out_int (self->out, "open", tally.n_open);
  lz_out_int (self->out, "overdue", tally.n_overdue);
  lz_out_end_object (self->out);
  return TRUE;
}

static gboolean
run_campaigns (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  LzRecordQuery query = { .type = LZ_RECORD_CAMPAIGN };
  g_autoptr (GPtrArray) records = NULL;

  if (!opt_all)
    query.states = LZ_RECORD_BIT (LZ_RECORD_OPEN);
  records = station != NULL ? lz_records_list (station, &query, error) : NULL;
  if (records == NULL)
    return FALSE;
  lz_cli_begin_list (self);
  for (guint i = 0; i < records->len; i++)
    if (!print_campaign (self, station, records->pdata[i], error))
      return FALSE;
  lz_cli_end_list (self);
  return TRUE;
}

static gboolean
read_scope (LzStation *station, JsonObject *facts, GError **error)
{
  JsonArray *categories = json_array_new ();
  JsonArray *roads = json_array_new ();

  json_object_set_array_member (facts, "categories", categories);
  json_object_set_array_member (facts, "roads", roads);
  for (guint i = 0; opt_categories != NULL && opt_categories[i] != NULL; i++)
    {
      if (lz_catalogue_find (lz_station_get_catalogue (station), opt_categories[i]) == NULL)
        {
          g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("There is no category “%s”."),
                       opt_categories[i]);
          return FALSE;
        }
      json_array_add_string_element (categories, opt_categories[i]);
    }
  for (guint i = 0; opt_roads != NULL && opt_roads[i] != NULL; i++)
    {
      g_autofree char *id = NULL;
      LzId road;

      if (!lz_cli_find_road (station, opt_roads[i], &road, error))
        return FALSE;
      id = lz_id_dup_string (&road);
      json_array_add_string_element (roads, id);
    }
  return TRUE;
}

static gboolean
run_open (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  g_autoptr (JsonObject) facts = json_object_new ();
  gint64 from, until = 0;
  LzId id;

  if (station == NULL)
    return FALSE;
  from = lz_station_now (station);
  if ((opt_from != NULL && !lz_cli_parse_time (opt_from, &from, error)) ||
      (opt_until != NULL && !lz_cli_parse_time (opt_until, &until, error)) ||
      !read_scope (station, facts, error))
    return FALSE;
  json_object_set_string_member (facts, "name", self->args[0]);
  json_object_set_int_member (facts, "from", from);
  json_object_set_int_member (facts, "until", until);
  if (opt_target > 0)
    json_object_set_int_member (facts, "target", opt_target);
  if (opt_goal != NULL)
    json_object_set_string_member (facts, "goal", opt_goal);
  return lz_campaigns_open (station, facts, &id, error) && lz_cli_print_id (self, &id);
}

static gboolean
run_close (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  LzId id;

  return station != NULL && lz_cli_parse_id (self->args[0], &id, error) &&
         lz_campaigns_close (station, &id, opt_text != NULL ? opt_text : "", error);
}

static LzRecord *
load_campaign (LzCli *self, LzStation *station, GError **error)
{
  LzId id;

  return station != NULL && lz_cli_parse_id (self->args[0], &id, error)
             ? lz_records_load (station, &id, error)
             : NULL;
}

static gboolean
run_change (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  g_autoptr (LzRecord) record = load_campaign (self, station, error);
  gint64 from, until;

  if (record == NULL)
    return FALSE;
  from = lz_record_get_int (record, "from", 0);
  until = lz_record_get_int (record, "until", 0);
  if ((opt_from != NULL && !lz_cli_parse_time (opt_from, &from, error)) ||
      (opt_until != NULL && !lz_cli_parse_time (opt_until, &until, error)))
    return FALSE;
  json_object_set_int_member (record->facts, "from", from);
  json_object_set_int_member (record->facts, "until", until);
  if (opt_name != NULL)
    json_object_set_string_member (record->facts, "name", opt_name);
  if (opt_target > 0)
    json_object_set_int_member (record->facts, "target", opt_target);
  return lz_campaigns_change (station, &record->id, record->facts, error);
}

static gboolean
run_campaign_report (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  g_autoptr (LzRecord) record = load_campaign (self, station, error);
  g_autoptr (LzReport) report = NULL;
  LzReportFormat format;

  if (record == NULL)
    return FALSE;
  if (opt_out == NULL || !lz_report_format_from_path (opt_out, &format))
    return lz_cli_set_usage (error, _ ("Let the file's name end with .pdf, .xlsx, .csv or .json."));
  report = lz_campaign_report_new (station, record, error);
  return report != NULL && lz_report_write (report, opt_out, format, NULL, error);
}

static gboolean
run_campaign_cases (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  g_autoptr (LzRecord) record = load_campaign (self, station, error);
  g_autoptr (GArray) fids = NULL;
  g_autoptr (GPtrArray) rows = NULL;

  fids = record != NULL ? lz_campaigns_list_cases (station, record, error) : NULL;
  rows = fids != NULL ? lz_cases_load_rows (station, (const gint64 *) (gpointer) fids->data,
                                            fids->len, error)
                      : NULL;
  if (rows == NULL)
    return FALSE;
  lz_cli_begin_list (self);
  for (guint i = 0; i < rows->len; i++)
    {
      const LzCaseRow *row = rows->pdata[i];

      if (!self->json)
        {
          lz_out_row (self->out, row->number, row->category_name, row->road_name, NULL);
          continue;
        }
      lz_out_begin_object (self->out, NULL);
      lz_cli_print_row_members (self->out, row, lz_station_now (station));
      lz_out_end_object (self->out);
    }
  lz_cli_end_list (self);
  return TRUE;
}

static void
print_notice (LzCli *self, const LzRecord *record)
{
  g_autofree char *id = lz_id_dup_string (&record->id);
  gint64 at = lz_record_get_int (record, "at", record->begun_ms);

  if (!self->json)
    {
      g_autofree char *time = lz_out_dup_time (at);

      lz_out_row (self->out, lz_record_get_text (record, "kind"), time,
                  lz_record_get_text (record, "title"), id, NULL);
      return;
    }
  lz_out_begin_object (self->out, NULL);
  lz_out_string (self->out, "id", id);
  lz_out_string (self->out, "kind", lz_record_get_text (record, "kind"));
  lz_out_string (self->out, "title", lz_record_get_text (record, "title"));
  lz_out_string (self->out, "words", lz_record_get_text (record, "words"));
  lz_out_string (self->out, "person", lz_record_get_text (record, "person"));
  lz_out_string (self->out, "case", lz_record_get_text (record, "case"));
  lz_out_time (self->out, "at", at);
  lz_out_end_object (self->out);
}

static gboolean
run_notices (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  g_autoptr (GPtrArray) records =
      station != NULL
          ? lz_notices_find (station, self->n_args > 0 ? self->args[0] : NULL, 0, 0, error)
          : NULL;

  if (records == NULL)
    return FALSE;
  lz_cli_begin_list (self);
  for (guint i = 0; i < records->len; i++)
    print_notice (self, records->pdata[i]);
  lz_cli_end_list (self);
  return TRUE;
}

/* Who is in focus, where nobody was named: the road's chief. */
static gboolean
name_chief (LzStation *station, LzNotice *notice, char **person, GError **error)
{
  if (!g_str_equal (notice->kind, "focus") || notice->person != NULL ||
      lz_id_is_nil (&notice->road))
    return TRUE;
  notice->person = *person = lz_notices_dup_chief (station, &notice->road, error);
  return *person != NULL;
}

static gboolean
run_notice_add (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  LzNotice notice = {
    .kind = self->args[0], .title = self->args[1], .words = opt_text, .person = opt_person
  };
  g_autofree char *person = NULL;
  LzId id;

  if (station == NULL)
    return FALSE;
  if (opt_case != NULL)
    {
      g_autoptr (LzCase) kase = lz_cases_load_by_name (station, opt_case, error);

      if (kase == NULL)
        return FALSE;
      notice.kase = kase->id;
      notice.road = kase->road;
    }
  if (opt_road != NULL && !lz_cli_find_road (station, opt_road, &notice.road, error))
    return FALSE;
  return name_chief (station, &notice, &person, error) &&
         lz_notices_list (station, &notice, &id, error) && lz_cli_print_id (self, &id);
}

static gboolean
run_notice_remove (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  LzId id;

  return station != NULL && lz_cli_parse_id (self->args[0], &id, error) &&
         lz_notices_remove (station, &id, opt_text, error);
}

/* clang-format off */
const LzVerb lz_cli_office_verbs[] = {
  { "campaign", "open", N_("NAME"), 1, 1, open_entries, FALSE, run_open, N_("opens a campaign, prints its id") },
  { "campaign", "list", "", 0, 0, list_entries, FALSE, run_campaigns, N_("lists campaigns with their figures") },
  { "campaign", "cases", N_("ID"), 1, 1, NULL, FALSE, run_campaign_cases, N_("lists the cases that count for a campaign") },
  { "campaign", "change", N_("ID"), 1, 1, change_entries, FALSE, run_change, N_("changes a campaign that is open") },
  { "campaign", "report", N_("ID"), 1, 1, report_entries, FALSE, run_campaign_report, N_("writes its report: PDF, XLSX, CSV or JSON") },
  { "campaign", "close", N_("ID"), 1, 1, text_entries, FALSE, run_close, N_("closes a campaign with its report") },
  { "notice", "list", N_("[BOARD]"), 0, 1, NULL, FALSE, run_notices, N_("lists a board: exposed, praised or focus") },
  { "notice", "add", N_("BOARD TITLE"), 2, 2, notice_entries, FALSE, run_notice_add, N_("puts something on a board, prints its id") },
  { "notice", "remove", N_("ID"), 1, 1, text_entries, FALSE, run_notice_remove, N_("takes something off a board") },
  { NULL }
};
/* clang-format on */
