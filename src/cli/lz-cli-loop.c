/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-cli"

#include "config.h"

#include "lz-case-verify.h"
#include "lz-cli-case.h"
#include "lz-machine-page.h"
#include "lz-office.h"
#include "lz-phrases-edit.h"
#include "lz-tasks.h"

static char *opt_role;
static char *opt_list;
static char *opt_unit;
static int opt_limit;
static gboolean opt_svg;
static gboolean opt_markdown;
static char *opt_category;
static gboolean opt_remove;

/* clang-format off */
static const GOptionEntry task_entries[] = {
  { "role", 0, 0, G_OPTION_ARG_STRING, &opt_role, N_("whose lists, if not those of the station's person: inspector, dispatcher, unit, checker, supervisor …"), N_("ROLE") },
  { "list", 0, 0, G_OPTION_ARG_STRING, &opt_list, N_("the cases of this list: to_file, in_hand, overdue …"), N_("LIST") },
  { "unit", 0, 0, G_OPTION_ARG_STRING, &opt_unit, N_("only what is with this unit"), N_("NAME") },
  { "limit", 0, 0, G_OPTION_ARG_INT, &opt_limit, N_("at most so many; 0 = all"), N_("N") },
  { NULL }
};

static const GOptionEntry machine_entries[] = {
  { "svg", 0, 0, G_OPTION_ARG_NONE, &opt_svg, N_("a drawing"), NULL },
  { "markdown", 0, 0, G_OPTION_ARG_NONE, &opt_markdown, N_("a page of Markdown (as it is)"), NULL },
  { NULL }
};

static const GOptionEntry phrase_entries[] = {
  { "category", 'c', 0, G_OPTION_ARG_STRING, &opt_category, N_("for this category, or this task (“T01”)"), N_("CODE") },
  { "remove", 0, 0, G_OPTION_ARG_NONE, &opt_remove, N_("take one of the office's own back"), NULL },
  { NULL }
};
/* clang-format on */

/* -- what a person may do
 * -------------------------------------------------------------------------- */

static void
print_choice (LzCli *self, const LzChoice *choice)
{
  g_autofree char *needs =
      lz_machine_dup_needs (choice->row->needs, LZ_NEEDS_OF_BODY & ~(guint) LZ_NEEDS_DUE, NULL,
                            NULL);
  const char *name = lz_cli_action_name (choice->row->kind);

  if (!self->json)
    {
      lz_out_row (self->out, choice->why_not == NULL ? "+" : "-", name, _ (choice->row->label),
                  choice->why_not != NULL ? _ (choice->why_not) : needs, NULL);
      return;
    }
  lz_out_begin_object (self->out, NULL);
  lz_out_string (self->out, "action", name);
  lz_out_string (self->out, "label", _ (choice->row->label));
  lz_out_bool (self->out, "allowed", choice->why_not == NULL);
  lz_out_string (self->out, "needs", needs);
  lz_out_string (self->out, "why_not", choice->why_not != NULL ? _ (choice->why_not) : NULL);
  lz_out_string (self->out, "to",
                 choice->row->to != LZ_STATE_NONE ? lz_state_to_string (choice->row->to) : NULL);
  lz_out_end_object (self->out);
}

static gboolean
run_actions (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  g_autoptr (LzCase) found = NULL;
  LzChoice choices[LZ_N_KINDS];
  guint n;

  if (station == NULL)
    return FALSE;
  found = lz_cases_load_by_name (station, self->args[0], error);
  if (found == NULL)
    return FALSE;
  n = lz_fold_list_choices (found, lz_station_get_roles (station), lz_station_now (station),
                            choices, G_N_ELEMENTS (choices));
  lz_cli_begin_list (self);
  for (guint allowed = 0; allowed < 2; allowed++) /* what can be done first */
    for (guint i = 0; i < n; i++)
      if ((choices[i].why_not == NULL) == (allowed == 0))
        print_choice (self, &choices[i]);
  lz_cli_end_list (self);
  return TRUE;
}

/* -- a case file from end to end
 * ------------------------------------------------------------------- */

static void
print_flags (LzCli *self, guint flags)
{
  lz_out_begin_array (self->out, "flags");
  for (guint bit = 0; bit < 32; bit++)
    if ((flags & (1u << bit)) != 0)
      lz_out_string (self->out, NULL, lz_evidence_flag_to_string ((LzEvidenceFlag) (1u << bit)));
  lz_out_end_array (self->out);
}

static void
print_distance (LzCli *self, const char *key, double distance_m)
{
  if (distance_m < 0)
    lz_out_null (self->out, key);
  else
    lz_out_decimal (self->out, key, distance_m, 1);
}

static void
print_evidence_json (LzCli *self, const LzEvidence *evidence)
{
  char sha256[65];

  lz_sha256_format (evidence->photo.sha256, sha256);
  lz_out_begin_object (self->out, NULL);
  lz_out_string (self->out, "sha256", sha256);
  lz_out_string (self->out, "role", lz_photo_role_to_string (evidence->photo.role));
  lz_out_time (self->out, "taken", evidence->photo.taken_ms);
  print_distance (self, "distance_m", evidence->distance_m);
  print_flags (self, evidence->flags);
  lz_out_end_object (self->out);
}

static void
print_report_json (LzCli *self, const LzCaseReport *report)
{
  g_autofree char *id = lz_id_dup_string (&report->id);

  lz_out_begin_object (self->out, NULL);
  lz_out_string (self->out, "id", id);
  lz_out_bool (self->out, "sound", report->problems->len == 0);
  lz_out_begin_array (self->out, "problems");
  for (guint i = 0; i < report->problems->len; i++)
    lz_out_string (self->out, NULL, report->problems->pdata[i]);
  lz_out_end_array (self->out);
  lz_out_int (self->out, "events", report->n_events);
  lz_out_int (self->out, "links", report->n_links);
  lz_out_int (self->out, "waiting", report->n_waiting);
  lz_out_int (self->out, "photos", report->n_photos);
  lz_out_int (self->out, "photos_sound", report->n_sound);
  lz_out_int (self->out, "photos_elsewhere", report->n_elsewhere);
  print_flags (self, report->flags);
  lz_out_begin_array (self->out, "evidence");
  for (guint i = 0; i < report->evidence->len; i++)
    print_evidence_json (self, &g_array_index (report->evidence, LzEvidence, i));
  lz_out_end_array (self->out);
  if (report->has_pair)
    {
      lz_out_begin_object (self->out, "pair");
      print_distance (self, "distance_m", report->pair.distance_m);
      lz_out_int (self->out, "elapsed_s", report->pair.elapsed_ms / 1000);
      print_flags (self, report->pair.flags);
      lz_out_end_object (self->out);
    }
  else
    lz_out_null (self->out, "pair");
  lz_out_end_object (self->out);
}

static void
print_evidence (LzCli *self, const LzEvidence *evidence)
{
  g_autofree char *taken = lz_out_dup_time (evidence->photo.taken_ms);
  g_autofree char *flags = lz_evidence_dup_labels (evidence->flags);
  g_autofree char *way =
      evidence->distance_m >= 0 ? g_strdup_printf ("%.0f m", evidence->distance_m) : g_strdup ("");
  char sha256[65];

  lz_sha256_format (evidence->photo.sha256, sha256);
  sha256[12] = '\0';
  lz_out_row (self->out, sha256, lz_photo_role_to_string (evidence->photo.role), taken, way, flags,
              NULL);
}

static void
print_report (LzCli *self, const LzCaseReport *report)
{
  g_autofree char *flags = lz_evidence_dup_labels (report->flags);

  for (guint i = 0; i < report->problems->len; i++)
    lz_out_line (self->out, "! %s", (char *) report->problems->pdata[i]);
  lz_out_line (self->out, _ ("%u events, %u links of the server's chain hold, %u not sent yet."),
               report->n_events, report->n_links, report->n_waiting);
  lz_out_line (self->out, _ ("%u photos: %u here and unchanged, %u not here."), report->n_photos,
               report->n_sound, report->n_elsewhere);
  for (guint i = 0; i < report->evidence->len; i++)
    print_evidence (self, &g_array_index (report->evidence, LzEvidence, i));
  lz_out_end_table (self->out);
  if (report->has_pair && report->pair.distance_m >= 0)
    lz_out_line (self->out, _ ("Before and after: %.0f m and %.1f h apart."),
                 report->pair.distance_m, (double) report->pair.elapsed_ms / 3600000);
  if (*flags != '\0')
    lz_out_line (self->out, _ ("Look at: %s."), flags);
  if (report->problems->len == 0)
    lz_out_line (self->out, "%s", _ ("The case file is sound."));
}

static gboolean
run_verify (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  g_autoptr (LzCase) found = NULL;
  g_autoptr (LzCaseReport) report = NULL;

  if (station == NULL)
    return FALSE;
  found = lz_cases_load_by_name (station, self->args[0], error);
  report = found != NULL ? lz_case_verify (station, &found->id, error) : NULL;
  if (report == NULL)
    return FALSE;
  if (self->json)
    print_report_json (self, report);
  else
    print_report (self, report);
  if (report->problems->len > 0)
    self->code = LZ_CLI_DAMAGED;
  return TRUE;
}

/* -- the lists of work
 * ----------------------------------------------------------------------------- */

static gboolean
find_roles (LzStation *station, guint *roles, GError **error)
{
  LzRole role;

  *roles = lz_station_get_roles (station);
  if (opt_role == NULL)
    return TRUE;
  if (!lz_role_from_string (opt_role, &role))
    return lz_cli_set_usage (error, _ ("There is no role “%s”."), opt_role);
  *roles = role;
  return TRUE;
}

static void
print_count (LzCli *self, LzTaskList list, const LzTaskCount *count)
{
  g_autofree char *n = g_strdup_printf ("%u", count->n);
  g_autofree char *more = NULL;

  if (self->json)
    {
      lz_out_begin_object (self->out, NULL);
      lz_out_string (self->out, "list", lz_tasks_to_string (list));
      lz_out_string (self->out, "label", lz_tasks_label (list));
      lz_out_int (self->out, "n", count->n);
      lz_out_int (self->out, "overdue", count->n_overdue);
      lz_out_int (self->out, "warned", count->n_warned);
      lz_out_int (self->out, "today", count->n_today);
      lz_out_int (self->out, "tomorrow", count->n_tomorrow);
      lz_out_end_object (self->out);
      return;
    }
  more = g_strdup_printf (_ ("%u overdue, %u soon, %u due today, %u tomorrow"), count->n_overdue,
                          count->n_warned, count->n_today, count->n_tomorrow);
  lz_out_row (self->out, lz_tasks_to_string (list), lz_tasks_label (list), n,
              count->n > 0 ? more : "", NULL);
}

static gboolean
print_counts (LzCli *self, LzStation *station, const LzTaskQuery *query, GError **error)
{
  LzTaskCount counts[LZ_N_TASKS];
  guint roles;

  if (!find_roles (station, &roles, error) ||
      !lz_tasks_count (station, query, roles, counts, error))
    return FALSE;
  lz_cli_begin_list (self);
  for (guint list = 0; list < LZ_N_TASKS; list++)
    if ((lz_tasks_get_roles ((LzTaskList) list) & roles) != 0)
      print_count (self, (LzTaskList) list, &counts[list]);
  lz_cli_end_list (self);
  return TRUE;
}

static gboolean
run_tasks (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  g_autofree char *unit = NULL;
  g_autoptr (GArray) fids = NULL;
  LzTaskQuery query;
  LzTaskList list;

  if (opt_limit < 0)
    return lz_cli_set_usage (error, _ ("--limit must not be below 0."));
  if (opt_list != NULL && (!lz_tasks_from_string (opt_list, &list) || list == LZ_TASKS_DRAFTS))
    return lz_cli_set_usage (error, _ ("There is no list “%s”."), opt_list);
  if (station == NULL || !lz_tasks_query_init (station, &query, &unit, error))
    return FALSE;
  if (opt_unit != NULL)
    query.unit = opt_unit;
  if (opt_list == NULL)
    return print_counts (self, station, &query, error);
  fids = lz_tasks_list (station, list, &query, (guint) opt_limit, error);
  return fids != NULL && lz_cli_print_cases (self, station, fids, query.now_ms, error);
}

/* -- templates, and the machine itself
 * ------------------------------------------------------------- */

static gboolean
find_kind (const char *name, LzKind *kind, GError **error)
{
  g_autofree char *full = g_strconcat ("case.", name, NULL);

  *kind = lz_kind_from_string (full);
  return *kind != LZ_KIND_UNKNOWN || lz_cli_set_usage (error, _ ("There is no action “%s”."), name);
}

static gboolean
run_phrases_list (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  g_autoptr (GPtrArray) words = NULL;
  LzKind kind;

  if (station == NULL || !find_kind (self->args[0], &kind, error))
    return FALSE;
  words = lz_office_list_phrases (station, opt_category, kind, error);
  if (words == NULL)
    return FALSE;
  lz_cli_begin_list (self);
  for (guint i = 0; i < words->len; i++)
    if (self->json)
      lz_out_string (self->out, NULL, words->pdata[i]);
    else
      lz_out_line (self->out, "%s", (char *) words->pdata[i]);
  lz_cli_end_list (self);
  return TRUE;
}

static gboolean
run_phrases_set (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  LzKind kind;

  if (station == NULL || !find_kind (self->args[0], &kind, error))
    return FALSE;
  return opt_remove ? lz_office_remove_phrase (station, opt_category, kind, self->args[1], error)
                    : lz_office_add_phrase (station, opt_category, kind, self->args[1], error);
}

static const char *
translate (const char *text, gpointer data)
{
  return text; /* gettext has been there */
}

static gboolean
run_machine (LzCli *self, GError **error)
{
  g_autofree char *text = NULL;

  if (opt_svg && opt_markdown)
    return lz_cli_set_usage (error, _ ("--svg or --markdown, not both."));
  text = opt_svg ? lz_machine_draw (translate, NULL) : lz_machine_write_markdown (translate, NULL);
  lz_out_line (self->out, "%s", g_strchomp (text));
  return TRUE;
}

/* clang-format off */
const LzVerb lz_cli_loop_verbs[] = {
  { "case", "actions", N_("ID"), 1, 1, NULL, FALSE, run_actions, N_("what the station's person may do with it, and why not the rest") },
  { "case", "verify", N_("ID"), 1, 1, NULL, FALSE, run_verify, N_("checks a case file from end to end: chain, photos, evidence") },
  { NULL, "tasks", "", 0, 0, task_entries, FALSE, run_tasks, N_("the lists of work of the station's person, with counts") },
  { "phrase", "list", N_("ACTION"), 1, 1, phrase_entries, FALSE, run_phrases_list, N_("words to choose from for an opinion or reply") },
  { "phrase", "set", N_("ACTION WORDS"), 2, 2, phrase_entries, FALSE, run_phrases_set, N_("adds the office's own words") },
  { NULL, "machine", "", 0, 0, machine_entries, FALSE, run_machine, N_("the way of a case: every act, who, and what it needs") },
  { NULL }
};
/* clang-format on */
