/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-cli"

#include "config.h"

#include "lz-cases.h"
#include "lz-cli.h"
#include "lz-firm-cases.h"
#include "lz-firm-report.h"

static int opt_year;
static char *opt_name;
static char *opt_licence;
static char *opt_keeper;
static char *opt_phone;
static char **opt_plates;
static char *opt_reason;
static char *opt_plate;
static char *opt_out;

/* clang-format off */
static const GOptionEntry year_entries[] = {
  { "year", 0, 0, G_OPTION_ARG_INT, &opt_year, N_("whose credit is shown (else this year)"), N_("YEAR") },
  { NULL }
};

static const GOptionEntry firm_entries[] = {
  { "name", 0, 0, G_OPTION_ARG_STRING, &opt_name, N_("another name"), N_("NAME") },
  { "licence", 0, 0, G_OPTION_ARG_STRING, &opt_licence, N_("number of its licence"), N_("TEXT") },
  { "keeper", 0, 0, G_OPTION_ARG_STRING, &opt_keeper, N_("who answers for it"), N_("NAME") },
  { "phone", 0, 0, G_OPTION_ARG_STRING, &opt_phone, N_("telephone"), N_("TEXT") },
  { "plate", 0, 0, G_OPTION_ARG_STRING_ARRAY, &opt_plates, N_("number plate of a vehicle; may be given again"), N_("PLATE") },
  { NULL }
};

static const GOptionEntry name_entries[] = {
  { "plate", 0, 0, G_OPTION_ARG_STRING, &opt_plate, N_("number plate of the vehicle"), N_("PLATE") },
  { NULL }
};

static const GOptionEntry export_entries[] = {
  { "year", 0, 0, G_OPTION_ARG_INT, &opt_year, N_("whose credit is shown (else this year)"), N_("YEAR") },
  { "out", 'o', 0, G_OPTION_ARG_FILENAME, &opt_out, N_("write FILE.pdf, .xlsx, .csv or .json"), N_("FILE") },
  { NULL }
};

static const GOptionEntry reason_entries[] = {
  { "reason", 0, 0, G_OPTION_ARG_STRING, &opt_reason, N_("why"), N_("TEXT") },
  { NULL }
};
/* clang-format on */

static int
get_year (LzStation *station)
{
  return opt_year > 0 ? opt_year : lz_firms_get_year (station);
}

static void
print_firm (LzCli *self, const LzFirm *firm)
{
  g_autofree char *id = lz_id_dup_string (&firm->record->id);
  JsonArray *plates = lz_record_get_list (firm->record, "plates");

  if (!self->json)
    {
      g_autofree char *points = g_strdup_printf ("%d", firm->credit.points);

      lz_out_row (self->out, lz_record_get_text (firm->record, "name"), points,
                  lz_credit_standing_label (firm->credit.standing), id, NULL);
      return;
    }
  lz_out_begin_object (self->out, NULL);
  lz_out_string (self->out, "id", id);
  lz_out_string (self->out, "name", lz_record_get_text (firm->record, "name"));
  lz_out_string (self->out, "licence", lz_record_get_text (firm->record, "licence"));
  lz_out_string (self->out, "keeper", lz_record_get_text (firm->record, "keeper"));
  lz_out_string (self->out, "phone", lz_record_get_text (firm->record, "phone"));
  lz_out_begin_array (self->out, "plates");
  for (guint i = 0; plates != NULL && i < json_array_get_length (plates); i++)
    lz_out_string (self->out, NULL, json_array_get_string_element (plates, i));
  lz_out_end_array (self->out);
  lz_out_int (self->out, "points", firm->credit.points);
  lz_out_int (self->out, "charges", firm->credit.n_charges);
  lz_out_string (self->out, "standing", lz_credit_standing_to_string (firm->credit.standing));
  lz_out_string (self->out, "decided_by", firm->credit.decided_by);
  lz_out_time (self->out, "decided", firm->credit.decided_ms);
  lz_out_string (self->out, "reason", firm->credit.reason);
  lz_out_end_object (self->out);
}

static gboolean
run_list (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  g_autoptr (GPtrArray) firms =
      station != NULL ? lz_firms_list (station, get_year (station), error) : NULL;

  if (firms == NULL)
    return FALSE;
  lz_cli_begin_list (self);
  for (guint i = 0; i < firms->len; i++)
    print_firm (self, firms->pdata[i]);
  lz_cli_end_list (self);
  return TRUE;
}

static JsonObject *
make_facts (const char *name)
{
  const struct
  {
    const char *key;
    const char *value;
  } texts[] = {
    { "name", opt_name != NULL ? opt_name : name },
    { "licence", opt_licence },
    { "keeper", opt_keeper },
    { "phone", opt_phone },
  };
  JsonObject *facts = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (texts[i].value != NULL)
      json_object_set_string_member (facts, texts[i].key, texts[i].value);
  if (opt_plates != NULL)
    {
      JsonArray *plates = json_array_new ();

      for (guint i = 0; opt_plates[i] != NULL; i++)
        json_array_add_string_element (plates, opt_plates[i]);
      json_object_set_array_member (facts, "plates", plates);
    }
  return facts;
}

static gboolean
run_add (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  g_autoptr (JsonObject) facts = make_facts (self->args[0]);
  LzId id;

  if (station == NULL || !lz_firms_save (station, NULL, facts, &id, error))
    return FALSE;
  return lz_cli_print_id (self, &id);
}

static LzFirm *
find (LzCli *self, LzStation *station, GError **error)
{
  return station != NULL ? lz_firms_find (station, self->args[0], get_year (station), error) : NULL;
}

static gboolean
run_change (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  g_autoptr (LzFirm) firm = find (self, station, error);
  g_autoptr (JsonObject) facts = make_facts (NULL);

  return firm != NULL && lz_firms_save (station, &firm->record->id, facts, NULL, error);
}

static gboolean
run_charge (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  g_autoptr (LzFirm) firm = find (self, station, error);
  g_autoptr (LzCase) kase =
      firm != NULL ? lz_cases_load_by_name (station, self->args[1], error) : NULL;

  return kase != NULL &&
         lz_firms_charge (station, &firm->record->id, &kase->id, self->args[2], error);
}

static gboolean
run_blacklist (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  g_autoptr (LzFirm) firm = find (self, station, error);

  return firm != NULL && lz_firms_blacklist (station, &firm->record->id, opt_reason, error);
}

static gboolean
run_spare (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  g_autoptr (LzFirm) firm = find (self, station, error);

  return firm != NULL && lz_firms_spare (station, &firm->record->id, opt_reason, error);
}

static gboolean
run_clear (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  g_autoptr (LzFirm) firm = find (self, station, error);

  return firm != NULL && lz_firms_clear (station, &firm->record->id, opt_reason, error);
}

static gboolean
run_retire (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  g_autoptr (LzFirm) firm = find (self, station, error);

  return firm != NULL && lz_firms_retire (station, &firm->record->id, opt_reason, error);
}

/* -- cases and files ----------------------------------------------------------------------------
 */

static gboolean
run_name (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  g_autoptr (LzFirm) firm = find (self, station, error);
  g_autoptr (LzCase) kase =
      firm != NULL ? lz_cases_load_by_name (station, self->args[1], error) : NULL;

  return kase != NULL && lz_firms_name (station, &kase->id, &firm->record->id, opt_plate, error);
}

static void
print_case (LzCli *self, const LzFirmCase *found)
{
  g_autofree char *id = lz_id_dup_string (&found->kase);
  g_autofree char *points = g_strdup_printf ("%u", found->points);
  g_autofree char *at = lz_out_dup_time (found->at_ms);

  if (!self->json)
    {
      lz_out_row (self->out, found->number != NULL ? found->number : id,
                  lz_state_label (found->state), found->plate != NULL ? found->plate : "",
                  found->rule != NULL ? found->rule : "", points, at, NULL);
      return;
    }
  lz_out_begin_object (self->out, NULL);
  lz_out_string (self->out, "case", id);
  lz_out_string (self->out, "number", found->number);
  lz_out_string (self->out, "category", found->category);
  lz_out_string (self->out, "state", lz_state_to_string (found->state));
  lz_out_string (self->out, "plate", found->plate);
  lz_out_string (self->out, "rule", found->rule);
  lz_out_int (self->out, "points", found->points);
  lz_out_time (self->out, "charged", found->at_ms);
  lz_out_string (self->out, "by", found->actor);
  lz_out_end_object (self->out);
}

static void
print_cases (LzCli *self, GPtrArray *cases)
{
  if (self->json)
    lz_out_begin_array (self->out, NULL);
  for (guint i = 0; i < cases->len; i++)
    print_case (self, cases->pdata[i]);
  if (self->json)
    lz_out_end_array (self->out);
  lz_out_end_table (self->out);
}

static gboolean
run_cases (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  g_autoptr (LzFirm) firm = find (self, station, error);
  g_autoptr (GPtrArray) cases =
      firm != NULL ? lz_firms_list_cases (station, &firm->record->id, error) : NULL;

  if (cases != NULL)
    print_cases (self, cases);
  return cases != NULL;
}

static gboolean
run_charges (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  g_autoptr (LzFirm) firm = find (self, station, error);
  g_autoptr (GPtrArray) charges =
      firm != NULL ? lz_firms_list_charges (station, &firm->record->id, get_year (station), error)
                   : NULL;

  if (charges != NULL)
    print_cases (self, charges);
  return charges != NULL;
}

static gboolean
run_import (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  LzFirmImport report;

  if (station == NULL || !lz_firms_import (station, self->args[0], &report, error))
    return FALSE;
  if (!self->json)
    {
      lz_out_line (self->out, _ ("%u rows: %u new, %u changed, %u as before."), report.n_rows,
                   report.n_new, report.n_changed, report.n_same);
      return TRUE;
    }
  lz_out_begin_object (self->out, NULL);
  lz_out_int (self->out, "rows", report.n_rows);
  lz_out_int (self->out, "new", report.n_new);
  lz_out_int (self->out, "changed", report.n_changed);
  lz_out_int (self->out, "same", report.n_same);
  lz_out_end_object (self->out);
  return TRUE;
}

static gboolean
run_export (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = NULL;

  if (opt_out == NULL)
    return lz_cli_set_usage (error, _ ("Say where to: --out FILE."));
  station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  return station != NULL &&
         lz_firm_report_write (station, get_year (station), opt_out, NULL, error);
}

/* clang-format off */
const LzVerb lz_cli_firm_verbs[] = {
  { "firm", "list", "", 0, 0, year_entries, FALSE, run_list, N_("lists the hauling firms with their credit") },
  { "firm", "add", N_("NAME"), 1, 1, firm_entries, FALSE, run_add, N_("puts a firm on file, prints its id") },
  { "firm", "change", N_("FIRM"), 1, 1, firm_entries, FALSE, run_change, N_("changes a firm's entry") },
  { "firm", "charge", N_("FIRM CASE RULE"), 3, 3, NULL, FALSE, run_charge, N_("takes credit points for a closed case") },
  { "firm", "blacklist", N_("FIRM"), 1, 1, reason_entries, FALSE, run_blacklist, N_("confirms the black list") },
  { "firm", "spare", N_("FIRM"), 1, 1, reason_entries, FALSE, run_spare, N_("rejects the proposal for the black list") },
  { "firm", "clear", N_("FIRM"), 1, 1, reason_entries, FALSE, run_clear, N_("takes a firm off the black list") },
  { "firm", "retire", N_("FIRM"), 1, 1, reason_entries, FALSE, run_retire, N_("takes a firm off file") },
  { "firm", "name", N_("FIRM CASE"), 2, 2, name_entries, FALSE, run_name, N_("says that a case is about a firm and its vehicle") },
  { "firm", "cases", N_("FIRM"), 1, 1, NULL, FALSE, run_cases, N_("lists the cases that name a firm, with their points") },
  { "firm", "charges", N_("FIRM"), 1, 1, year_entries, FALSE, run_charges, N_("lists the points taken in a year") },
  { "firm", "import", N_("FILE.csv"), 1, 1, NULL, FALSE, run_import, N_("takes in firms from a CSV file") },
  { "firm", "export", "", 0, 0, export_entries, FALSE, run_export, N_("writes the firms with their credit") },
  { NULL }
};
/* clang-format on */
