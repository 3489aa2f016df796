/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-cli"

#include "config.h"

#include "lz-cli-case.h"
#include "lz-patrols.h"
#include "lz-roads.h"

#include <string.h>

static char *opt_note;
static char *opt_person;
static char *opt_road;
static char *opt_since;
static char *opt_start;
static char *opt_end;
static char *opt_at;
static double opt_accuracy;
static char **opt_walked;
static gboolean opt_everybody;
static gboolean opt_missed;

/* clang-format off */
#define WALKED { "walked", 0, 0, G_OPTION_ARG_STRING_ARRAY, &opt_walked, N_("what was walked, in metres along the road; without them all of it; may be given several times"), N_("ROAD[:FROM-TO]") }
#define NOTE { "note", 0, 0, G_OPTION_ARG_STRING, &opt_note, N_("a remark"), N_("TEXT") }

static const GOptionEntry fix_entries[] = {
  { "at", 0, 0, G_OPTION_ARG_STRING, &opt_at, N_("latitude and longitude, WGS 84"), N_("LAT,LON") },
  { "accuracy", 0, 0, G_OPTION_ARG_DOUBLE, &opt_accuracy, N_("how exact that is, in metres"), N_("METRES") },
  { NULL }
};

static const GOptionEntry finish_entries[] = { WALKED, NOTE, { NULL } };

static const GOptionEntry import_entries[] = { NOTE, { NULL } };

static const GOptionEntry enter_entries[] = {
  { "start", 0, 0, G_OPTION_ARG_STRING, &opt_start, N_("when it began"), N_("TIME") },
  { "end", 0, 0, G_OPTION_ARG_STRING, &opt_end, N_("when it ended"), N_("TIME") },
  WALKED,
  NOTE,
  { NULL }
};

static const GOptionEntry list_entries[] = {
  { "person", 0, 0, G_OPTION_ARG_STRING, &opt_person, N_("of this person only"), N_("PERSON") },
  { "road", 0, 0, G_OPTION_ARG_STRING, &opt_road, N_("that cover something of this road"), N_("ROAD") },
  { "since", 0, 0, G_OPTION_ARG_STRING, &opt_since, N_("begun after this"), N_("TIME") },
  { NULL }
};

static const GOptionEntry due_entries[] = {
  { "person", 0, 0, G_OPTION_ARG_STRING, &opt_person, N_("what this person owes; else the station's person"), N_("PERSON") },
  { "everybody", 0, 0, G_OPTION_ARG_NONE, &opt_everybody, N_("what all road chiefs owe"), NULL },
  { "road", 0, 0, G_OPTION_ARG_STRING, &opt_road, N_("on this road only"), N_("ROAD") },
  { "since", 0, 0, G_OPTION_ARG_STRING, &opt_since, N_("from this time on; else what is due now"), N_("TIME") },
  { "missed", 0, 0, G_OPTION_ARG_NONE, &opt_missed, N_("only those that were missed"), NULL },
  { NULL }
};
/* clang-format on */

static void
print_id (LzCli *self, const LzId *id)
{
  g_autofree char *text = lz_id_dup_string (id);

  if (!self->json)
    {
      lz_out_line (self->out, "%s", text);
      return;
    }
  lz_out_begin_object (self->out, NULL);
  lz_out_string (self->out, "id", text);
  lz_out_end_object (self->out);
}

/* The patrol named, or the one that is under way. */
static gboolean
find_patrol (LzCli *self, LzStation *station, LzId *id, GError **error)
{
  g_autoptr (GError) failure = NULL;

  if (self->n_args > 0 && lz_id_parse (self->args[0], id))
    return TRUE;
  if (self->n_args == 0 && lz_patrols_find_open (station, NULL, id, &failure))
    return TRUE;
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    g_set_error_literal (error, LZ_ERROR, LZ_ERROR_NOT_FOUND,
                         self->n_args > 0 ? _ ("There is no such patrol.")
                                          : _ ("No patrol is under way."));
  return FALSE;
}

/* "建设路:200-850", "建设路". */
static gboolean
add_walked (LzStation *station, const char *text, GPtrArray *covers, GError **error)
{
  const char *colon = strrchr (text, ':');
  g_autofree char *name =
      colon != NULL ? g_strndup (text, (gsize) (colon - text)) : g_strdup (text);
  g_autoptr (LzRoad) road = NULL;
  LzRoadCover *cover;
  double from_m = 0, to_m;
  char *end;
  LzId id;

  if (!lz_cli_find_road (station, name, &id, error))
    return FALSE;
  road = lz_roads_load (station, &id, error);
  if (road == NULL)
    return FALSE;
  to_m = road->length_m;
  if (colon != NULL)
    {
      from_m = g_ascii_strtod (colon + 1, &end);
      if (end == colon + 1 || *end != '-')
        return lz_cli_set_usage (error, _ ("--walked %s: write ROAD:FROM-TO in metres."), text);
      to_m = g_ascii_strtod (end + 1, &end);
      if (*end != '\0' || !(from_m >= 0) || !(to_m > from_m))
        return lz_cli_set_usage (error, _ ("--walked %s: write ROAD:FROM-TO in metres."), text);
    }

  cover = lz_road_covers_find (covers, &id);
  if (cover == NULL)
    {
      cover = lz_road_cover_new (&id, (gint64) (road->length_m * 100), NULL);
      g_ptr_array_add (covers, cover);
    }
  lz_spans_add (cover->spans, (gint64) (from_m * 100), (gint64) (MIN (to_m, road->length_m) * 100));
  return TRUE;
}

static GPtrArray *
read_walked (LzStation *station, GError **error)
{
  g_autoptr (GPtrArray) covers = lz_road_covers_new ();

  for (guint i = 0; opt_walked != NULL && opt_walked[i] != NULL; i++)
    if (!add_walked (station, opt_walked[i], covers, error))
      return NULL;
  return g_steal_pointer (&covers);
}

static gboolean
run_start (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  LzId id;

  if (station == NULL || !lz_patrols_start (station, &id, error))
    return FALSE;
  print_id (self, &id);
  return TRUE;
}

static gboolean
run_fix (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = NULL;
  LzTrackPoint fix = { .accuracy_m = opt_accuracy };
  LzId id;

  if (opt_at == NULL)
    return lz_cli_set_usage (error, _ ("--at says where: latitude and longitude."));
  if (!lz_cli_parse_place (opt_at, &fix.point, error))
    return FALSE;
  station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  if (station == NULL || !find_patrol (self, station, &id, error))
    return FALSE;
  fix.time_ms = lz_station_now (station);
  return lz_patrols_add_fixes (station, &id, &fix, 1, error);
}

static gboolean
run_finish (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  g_autoptr (GPtrArray) covers = NULL;
  LzId id;

  if (station == NULL || !find_patrol (self, station, &id, error))
    return FALSE;
  if (opt_walked != NULL && (covers = read_walked (station, error)) == NULL)
    return FALSE;
  if (!lz_patrols_finish (station, &id, covers, opt_note, error))
    return FALSE;
  print_id (self, &id);
  return TRUE;
}

static gboolean
run_abandon (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = NULL;
  g_autofree char *reason = g_strjoinv (" ", self->args);
  LzId id;

  self->n_args = 0; /* always the one under way */
  station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  return station != NULL && find_patrol (self, station, &id, error) &&
         lz_patrols_abandon (station, &id, reason, error);
}

static gboolean
run_import (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  LzId id;

  if (station == NULL || !lz_patrols_import (station, self->args[0], opt_note, NULL, &id, error))
    return FALSE;
  print_id (self, &id);
  return TRUE;
}

static gboolean
run_enter (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = NULL;
  g_autoptr (GPtrArray) covers = NULL;
  gint64 from_ms, until_ms;
  LzId id;

  if (opt_start == NULL || opt_end == NULL)
    return lz_cli_set_usage (error, _ ("--start and --end say when the patrol was."));
  if (!lz_cli_parse_time (opt_start, &from_ms, error) ||
      !lz_cli_parse_time (opt_end, &until_ms, error))
    return FALSE;
  station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  covers = station != NULL ? read_walked (station, error) : NULL;
  if (covers == NULL ||
      !lz_patrols_enter (station, from_ms, until_ms, covers, opt_note, &id, error))
    return FALSE;
  print_id (self, &id);
  return TRUE;
}

static gboolean
run_note (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  g_autofree char *text = g_strjoinv (" ", self->args + 1);
  LzId id;

  return station != NULL && find_patrol (self, station, &id, error) &&
         lz_patrols_note (station, &id, text, error);
}

static void
print_spans (LzCli *self, const char *key, const GArray *spans)
{
  lz_out_begin_array (self->out, key);
  for (guint i = 0; i < spans->len; i++)
    {
      lz_out_begin_array (self->out, NULL);
      lz_out_decimal (self->out, NULL, (double) lz_spans_get (spans, i)->from_cm / 100, 2);
      lz_out_decimal (self->out, NULL, (double) lz_spans_get (spans, i)->to_cm / 100, 2);
      lz_out_end_array (self->out);
    }
  lz_out_end_array (self->out);
}

static void
print_cover (LzCli *self, const LzRoadCover *cover)
{
  g_autofree char *id = lz_id_dup_string (&cover->road);
  g_autoptr (GArray) gaps = lz_spans_dup_gaps (cover->spans, cover->length_cm);

  lz_out_begin_object (self->out, NULL);
  lz_out_string (self->out, "road", id);
  lz_out_string (self->out, "name", cover->name);
  lz_out_decimal (self->out, "length_m", (double) cover->length_cm / 100, 2);
  lz_out_int (self->out, "percent", lz_road_cover_get_percent (cover));
  print_spans (self, "covered_m", cover->spans);
  print_spans (self, "gaps_m", gaps);
  lz_out_end_object (self->out);
}

static const char *
get_state_key (const LzPatrol *patrol)
{
  return patrol->state == LZ_RECORD_DONE   ? "sealed"
         : patrol->state == LZ_RECORD_GONE ? "given_up"
                                           : "under_way";
}

static void
print_json (LzCli *self, const LzPatrol *patrol, const GArray *cases)
{
  g_autofree char *id = lz_id_dup_string (&patrol->id);

  lz_out_begin_object (self->out, NULL);
  lz_out_string (self->out, "id", id);
  lz_out_string (self->out, "state", get_state_key (patrol));
  lz_out_string (self->out, "person", patrol->person);
  lz_out_string (self->out, "how", lz_patrol_how_to_string (patrol->how));
  lz_out_time (self->out, "from", patrol->from_ms);
  lz_out_time (self->out, "until", patrol->until_ms);
  lz_out_decimal (self->out, "way_m", (double) patrol->way_cm / 100, 2);
  lz_out_int (self->out, "positions", patrol->n_fixes);
  lz_out_int (self->out, "left_out", patrol->n_left_out);
  lz_out_string (self->out, "file", patrol->file_name);
  lz_out_string (self->out, "file_sha256", patrol->file_sha256);
  lz_out_begin_array (self->out, "roads");
  for (guint i = 0; i < patrol->covers->len; i++)
    print_cover (self, patrol->covers->pdata[i]);
  lz_out_end_array (self->out);
  if (cases != NULL)
    lz_out_int (self->out, "cases", cases->len);
  lz_out_end_object (self->out);
}

static void
print_row (LzCli *self, const LzPatrol *patrol)
{
  g_autofree char *id = lz_id_dup_string (&patrol->id);
  g_autofree char *from = lz_out_dup_time (patrol->from_ms);
  g_autofree char *way = g_strdup_printf ("%.1f km", (double) patrol->way_cm / 100000);
  g_autoptr (GString) roads = g_string_new (NULL);

  for (guint i = 0; i < patrol->covers->len; i++)
    {
      const LzRoadCover *cover = patrol->covers->pdata[i];

      g_string_append_printf (roads, "%s%s %u %%", i > 0 ? ", " : "",
                              cover->name != NULL ? cover->name : "?",
                              lz_road_cover_get_percent (cover));
    }
  lz_out_row (self->out, from, patrol->person, way, lz_patrol_state_label (patrol),
              lz_patrol_how_label (patrol->how), roads->str, id, NULL);
}

static gboolean
run_list (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = NULL;
  g_autoptr (GPtrArray) patrols = NULL;
  LzPatrolQuery query = { .person = opt_person };

  if (opt_since != NULL && !lz_cli_parse_time (opt_since, &query.from_ms, error))
    return FALSE;
  station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  if (station == NULL ||
      (opt_road != NULL && !lz_cli_find_road (station, opt_road, &query.road, error)))
    return FALSE;
  patrols = lz_patrols_list (station, &query, error);
  if (patrols == NULL)
    return FALSE;

  lz_cli_begin_list (self);
  for (guint i = 0; i < patrols->len; i++)
    if (self->json)
      print_json (self, patrols->pdata[i], NULL);
    else
      print_row (self, patrols->pdata[i]);
  lz_cli_end_list (self);
  return TRUE;
}

static void
print_gaps (LzCli *self, const LzRoadCover *cover)
{
  g_autoptr (GArray) gaps = lz_spans_dup_gaps (cover->spans, cover->length_cm);

  lz_out_line (self->out, _ ("%s: %u %% of %.0f m"), cover->name != NULL ? cover->name : "?",
               lz_road_cover_get_percent (cover), (double) cover->length_cm / 100);
  for (guint i = 0; i < gaps->len; i++)
    {
      g_autofree char *from =
          lz_chainage_dup_label ((double) lz_spans_get (gaps, i)->from_cm / 100);
      g_autofree char *to = lz_chainage_dup_label ((double) lz_spans_get (gaps, i)->to_cm / 100);

      lz_out_line (self->out, _ ("  not covered: %s to %s"), from, to);
    }
}

static gboolean
run_show (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  g_autoptr (LzPatrol) patrol = NULL;
  g_autoptr (GArray) cases = NULL;
  LzId id;

  if (station == NULL || !find_patrol (self, station, &id, error))
    return FALSE;
  patrol = lz_patrols_load (station, &id, error);
  cases = patrol != NULL ? lz_patrols_list_cases (station, &id, error) : NULL;
  if (cases == NULL)
    return FALSE;
  if (self->json)
    {
      print_json (self, patrol, cases);
      return TRUE;
    }
  print_row (self, patrol);
  lz_out_end_table (self->out);
  for (guint i = 0; i < patrol->covers->len; i++)
    print_gaps (self, patrol->covers->pdata[i]);
  lz_out_line (self->out, _ ("Cases found on it: %u"), cases->len);
  return TRUE;
}

static void
print_duty (LzCli *self, const LzPatrolDuty *duty)
{
  g_autofree char *from = lz_out_dup_time (duty->period.from_ms);
  g_autofree char *due = lz_out_dup_time (duty->period.due_ms);
  g_autofree char *last = lz_out_dup_time (duty->last_ms);
  g_autofree char *percent = g_strdup_printf ("%u/%u %%", duty->percent, duty->rule.percent);
  g_autofree char *road = lz_id_dup_string (&duty->road);

  if (!self->json)
    {
      lz_out_row (self->out, duty->road_name, duty->person, lz_patrol_rule_label (&duty->rule),
                  from, due, percent, lz_patrol_duty_state_label (duty->state), last, NULL);
      return;
    }
  lz_out_begin_object (self->out, NULL);
  lz_out_string (self->out, "road", road);
  lz_out_string (self->out, "name", duty->road_name);
  lz_out_string (self->out, "person", duty->person);
  lz_out_int (self->out, "level", duty->level);
  lz_out_time (self->out, "from", duty->period.from_ms);
  lz_out_time (self->out, "due", duty->period.due_ms);
  lz_out_string (self->out, "state", lz_patrol_duty_state_to_string (duty->state));
  lz_out_int (self->out, "percent", duty->percent);
  lz_out_int (self->out, "needed_percent", duty->rule.percent);
  lz_out_time (self->out, "last", duty->last_ms);
  lz_out_end_object (self->out);
}

static gboolean
run_due (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = NULL;
  g_autoptr (GPtrArray) duties = NULL;
  gint64 since_ms = 0;
  LzId road;

  if (opt_since != NULL && !lz_cli_parse_time (opt_since, &since_ms, error))
    return FALSE;
  station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  if (station == NULL || (opt_road != NULL && !lz_cli_find_road (station, opt_road, &road, error)))
    return FALSE;
  duties = lz_patrols_list_duties (station,
                                   opt_everybody        ? NULL
                                   : opt_person != NULL ? opt_person
                                                        : lz_station_get_actor (station),
                                   opt_road != NULL ? &road : NULL,
                                   opt_since != NULL ? since_ms : lz_station_now (station), error);
  if (duties == NULL)
    return FALSE;

  lz_cli_begin_list (self);
  for (guint i = 0; i < duties->len; i++)
    if (!opt_missed || ((LzPatrolDuty *) duties->pdata[i])->state == LZ_PATROL_MISSED)
      print_duty (self, duties->pdata[i]);
  lz_cli_end_list (self);
  return TRUE;
}

/* clang-format off */
const LzVerb lz_cli_patrol_verbs[] = {
  { "patrol", "start", "", 0, 0, NULL, FALSE, run_start, N_("begins a patrol") },
  { "patrol", "fix", "", 0, 0, fix_entries, FALSE, run_fix, N_("says where the patrol under way is now") },
  { "patrol", "finish", "", 0, 0, finish_entries, FALSE, run_finish, N_("finishes and seals the patrol under way") },
  { "patrol", "abandon", N_("REASON"), 1, -1, NULL, FALSE, run_abandon, N_("gives the patrol under way up") },
  { "patrol", "import", N_("FILE"), 1, 1, import_entries, FALSE, run_import, N_("takes in a recorded track: GPX, KML, GeoJSON or CSV") },
  { "patrol", "enter", "", 0, 0, enter_entries, FALSE, run_enter, N_("enters a patrol by hand") },
  { "patrol", "note", N_("ID TEXT"), 2, -1, NULL, FALSE, run_note, N_("adds a note to a patrol") },
  { "patrol", "list", "", 0, 0, list_entries, FALSE, run_list, N_("lists patrols, the newest first") },
  { "patrol", "show", N_("[ID]"), 0, 1, NULL, FALSE, run_show, N_("shows a patrol: what it covers of each road, and the gaps") },
  { "patrol", "due", "", 0, 0, due_entries, FALSE, run_due, N_("lists the patrols that are due or were missed") },
  { NULL }
};
/* clang-format on */
