/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-cli"

#include "config.h"

#include "lz-cases.h"
#include "lz-cli.h"
#include "lz-firms.h"

static int opt_year;
static char *opt_name;
static char *opt_licence;
static char *opt_keeper;
static char *opt_phone;
static char **opt_plates;
static char *opt_reason;

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

static const GOptionEntry reason_entries[] = {
  { "reason", 0, 0, G_OPTION_ARG_STRING, &opt_reason, N_("why"), N_("TEXT") },
  { NULL }
};
/* clang-format on */

static int
get_year (LzStation *station)
{
  int offset_min = lz_calendar_get_utc_offset_min (lz_station_get_calendar (station));
  g_autoptr (GDateTime) now =
      g_date_time_new_from_unix_utc (lz_station_now (station) / 1000 + offset_min * 60);

  return opt_year > 0 ? opt_year : g_date_time_get_year (now);
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
  if (self->json)
    lz_out_begin_array (self->out, NULL);
  for (guint i = 0; i < firms->len; i++)
    print_firm (self, firms->pdata[i]);
  if (self->json)
    lz_out_end_array (self->out);
  lz_out_end_table (self->out);
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
  g_autofree char *text = NULL;
  LzId id;

  if (station == NULL || !lz_firms_save (station, NULL, facts, &id, error))
    return FALSE;
  text = lz_id_dup_string (&id);
  if (self->json)
    lz_out_string (self->out, NULL, text);
  else
    lz_out_line (self->out, "%s", text);
  return TRUE;
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

/* clang-format off */
const LzVerb lz_cli_firm_verbs[] = {
  { "firm", "list", "", 0, 0, year_entries, FALSE, run_list, N_("lists the hauling firms with their credit") },
  { "firm", "add", N_("NAME"), 1, 1, firm_entries, FALSE, run_add, N_("puts a firm on file, prints its id") },
  { "firm", "change", N_("FIRM"), 1, 1, firm_entries, FALSE, run_change, N_("changes a firm's entry") },
  { "firm", "charge", N_("FIRM CASE RULE"), 3, 3, NULL, FALSE, run_charge, N_("takes credit points for a closed case") },
  { "firm", "blacklist", N_("FIRM"), 1, 1, reason_entries, FALSE, run_blacklist, N_("confirms the black list") },
  { "firm", "spare", N_("FIRM"), 1, 1, reason_entries, FALSE, run_spare, N_("rejects the proposal for the black list") },
  { "firm", "clear", N_("FIRM"), 1, 1, reason_entries, FALSE, run_clear, N_("takes a firm off the black list") },
  { NULL }
};
/* clang-format on */
