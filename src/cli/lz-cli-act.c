/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-cli"

#include "config.h"

#include "lz-cli-case.h"
#include "lz-log.h"
#include "lz-machine.h"
#include "lz-photos.h"
#include "lz-roads.h"
#include "lz-source.h"

#include <math.h>

static char *opt_category;
static char *opt_at;
static char *opt_time;
static char *opt_note;
static char *opt_address;
static char *opt_unit;
static char *opt_person;
static char *opt_until;
static char *opt_other;
static char *opt_assist;
static char *opt_order;
static char *opt_source;
static int opt_condition;
static int opt_level;
static gboolean opt_fixed;
static char **opt_photos;
static char **opt_after;

/* clang-format off */
#define NOTE_ENTRY { "note", 'n', 0, G_OPTION_ARG_STRING, &opt_note, N_("what there is to say"), N_("TEXT") }
#define TEXT_ENTRY { "text", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_STRING, &opt_note, NULL, NULL }
#define PHOTO_ENTRY { "photo", 'p', 0, G_OPTION_ARG_FILENAME_ARRAY, &opt_photos, N_("a photo; may be given more than once"), N_("FILE") }
#define CONDITION_ENTRY { "condition", 0, 0, G_OPTION_ARG_INT, &opt_condition, N_("number of the filing condition (1)"), N_("N") }

static const GOptionEntry log_entries[] = {
  { "category", 'c', 0, G_OPTION_ARG_STRING, &opt_category, N_("what it is: a code of the catalogue"), N_("CODE") },
  { "at", 0, 0, G_OPTION_ARG_STRING, &opt_at, N_("where, in degrees WGS 84; without it, where the first photo was taken"), N_("LAT,LON") },
  { "time", 0, 0, G_OPTION_ARG_STRING, &opt_time, N_("when it was seen, if not now"), N_("TIME") },
  { "address", 0, 0, G_OPTION_ARG_STRING, &opt_address, N_("the address"), N_("TEXT") },
  { "source", 0, 0, G_OPTION_ARG_STRING, &opt_source, N_("who found it: own, hotline, public, leader, video, department, media or other (own)"), N_("SOURCE") },
  { "fixed", 0, 0, G_OPTION_ARG_NONE, &opt_fixed, N_("it was put right on the spot: needs --photo and --after"), NULL },
  { "after", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &opt_after, N_("with --fixed: a photo of it put right"), N_("FILE") },
  CONDITION_ENTRY, PHOTO_ENTRY, NOTE_ENTRY, TEXT_ENTRY, { NULL }
};

static const GOptionEntry act_entries[] = {
  PHOTO_ENTRY, NOTE_ENTRY, TEXT_ENTRY, { NULL }
};

static const GOptionEntry do_entries[] = {
  { "unit", 0, 0, G_OPTION_ARG_STRING, &opt_unit, N_("the responsible unit, to dispatch"), N_("NAME") },
  { "assist", 0, 0, G_OPTION_ARG_STRING, &opt_assist, N_("units that assist it"), N_("NAMES") },
  { "person", 0, 0, G_OPTION_ARG_STRING, &opt_person, N_("whom the unit or the office sends"), N_("NAME") },
  { "until", 0, 0, G_OPTION_ARG_STRING, &opt_until, N_("end of a suspension; until when a supervisor wants a reply"), N_("TIME") },
  { "level", 0, 0, G_OPTION_ARG_INT, &opt_level, N_("of a supervision order"), N_("N") },
  { "order", 0, 0, G_OPTION_ARG_STRING, &opt_order, N_("kind of supervision: overtime, leader or key"), N_("KIND") },
  { "other", 0, 0, G_OPTION_ARG_STRING, &opt_other, N_("the case to merge into"), N_("ID") },
  CONDITION_ENTRY, PHOTO_ENTRY, NOTE_ENTRY, TEXT_ENTRY, { NULL }
};
/* clang-format on */

gboolean
lz_cli_add_photos (LzStation *station,
                   char *const *paths,
                   LzPhotoRole role,
                   LzBody *body,
                   GError **error)
{
  for (guint i = 0; paths != NULL && paths[i] != NULL; i++)
    {
      g_autoptr (LzPhoto) photo = lz_photos_take (station, paths[i], error);
      LzPhotoRef ref;

      if (photo == NULL)
        {
          g_prefix_error (error, "%s: ", paths[i]);
          return FALSE;
        }
      ref = lz_photo_make_ref (photo, role);
      lz_body_add_photo (body, &ref);
    }
  return TRUE;
}

/* Prints the id, and does so only now that the act is durable. */
static gboolean
print_done (LzCli *self, LzStation *station, const LzActResult *result, GError **error)
{
  g_autofree char *id = lz_id_dup_string (&result->subject);

  if (self->json)
    return lz_cli_show (self, station, &result->subject, error);
  lz_out_line (self->out, "%s", id);
  return TRUE;
}

static gboolean
act (LzCli *self, LzStation *station, const LzAct *what, GError **error)
{
  g_auto (LzActResult) result = { 0 };

  return lz_log_act (station, what, &result, error) && print_done (self, station, &result, error);
}

/* -- a new case ----------------------------------------------------------------------------------
 */

static gboolean
check_category (LzStation *station, const char *code, GError **error)
{
  const LzCatalogue *catalogue = lz_station_get_catalogue (station);
  g_autoptr (GPtrArray) similar = NULL;
  g_autoptr (GString) names = NULL;

  if (lz_catalogue_find (catalogue, code) != NULL)
    return TRUE;

  similar = lz_catalogue_search (catalogue, code, NULL);
  names = g_string_new (NULL);
  for (guint i = 0; i < similar->len && i < 3; i++)
    {
      const LzCategory *category = g_ptr_array_index (similar, i);

      g_string_append_printf (names, " %s %s.", category->code, category->name);
    }
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("There is no category “%s”.%s"), code,
               names->str);
  return FALSE;
}

static gboolean
check_condition (LzStation *station, const char *code, GError **error)
{
  const LzCategory *category = lz_catalogue_find (lz_station_get_catalogue (station), code);

  if (opt_condition == 0 || lz_category_find_condition (category, (guint) opt_condition) != NULL)
    return TRUE;
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("“%s” has no filing condition %d."), code,
               opt_condition);
  return FALSE;
}

/* Where the case is: as given, else where the first photo that knows it was taken. */
static gboolean
find_place (LzBody *body, GError **error)
{
  if (opt_at != NULL)
    return lz_cli_parse_place (opt_at, &body->place, error);

  for (guint i = 0; body->photos != NULL && i < body->photos->len; i++)
    {
      const LzPhotoRef *photo = &g_array_index (body->photos, LzPhotoRef, i);

      if (lz_point_is_valid (photo->place))
        {
          body->place = photo->place;
          return TRUE;
        }
    }
  return lz_cli_set_usage (error, _ ("Say where it is: --at LAT,LON. No photo knows its place."));
}

void
lz_cli_set_projection (LzBody *body, const LzProjection *projection)
{
  body->chainage_cm = llround (projection->chainage_m * 100);
  body->offset_cm = llround (projection->offset_m * 100);
  body->side = projection->side < 0   ? LZ_SIDE_LEFT
               : projection->side > 0 ? LZ_SIDE_RIGHT
                                      : LZ_SIDE_NONE;
}

/* On no road is fine. */
gboolean
lz_cli_put_on_road (LzStation *station, LzBody *body, GError **error)
{
  g_autoptr (GError) failure = NULL;
  LzProjection projection;

  if (lz_roads_snap (station, body->place, &body->road, &body->road_name, &projection, &failure))
    {
      lz_cli_set_projection (body, &projection);
      return TRUE;
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
set_source (LzBody *body, GError **error)
{
  LzSource source;

  if (opt_source == NULL)
    return TRUE;
  if (!lz_source_parse (opt_source, &source))
    return lz_cli_set_usage (error, _ ("“%s” is no source of cases."), opt_source);
  body->source = lz_source_dup_word (source);
  return TRUE;
}

static gboolean
fill_report (LzStation *station, LzBody *body, GError **error)
{
  if (opt_condition < 0)
    return lz_cli_set_usage (error, _ ("--condition must be 1 or more."));
  body->category = g_strdup (opt_category);
  body->condition = (guint) opt_condition;
  body->text = g_strdup (opt_note);
  body->address = g_strdup (opt_address);
  return set_source (body, error) &&
         (opt_at == NULL || lz_cli_parse_place (opt_at, &body->place, error)) &&
         (opt_time == NULL || lz_cli_parse_time (opt_time, &body->found_ms, error)) &&
         lz_cli_add_photos (station, opt_photos, LZ_PHOTO_BEFORE, body, error) &&
         lz_cli_add_photos (station, opt_after, LZ_PHOTO_AFTER, body, error) &&
         find_place (body, error) && lz_cli_put_on_road (station, body, error);
}

static gboolean
run_log (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = NULL;
  g_autoptr (LzBody) body = lz_body_new ();
  LzAct what = { .kind = opt_fixed ? LZ_KIND_SELF_HANDLED : LZ_KIND_REPORTED, .body = body };

  if (opt_category == NULL)
    return lz_cli_set_usage (error, _ ("Say what it is: --category CODE."));
  if (opt_after != NULL && !opt_fixed)
    return lz_cli_set_usage (error, _ ("--after goes with --fixed."));
  station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  return station != NULL && check_category (station, opt_category, error) &&
         check_condition (station, opt_category, error) && fill_report (station, body, error) &&
         act (self, station, &what, error);
}

/* -- acts on a case
 * -------------------------------------------------------------------------------- */

static gboolean
fill_act (LzStation *station, LzKind kind, LzBody *body, GError **error)
{
  LzPhotoRole role =
      kind == LZ_KIND_RECTIFIED || kind == LZ_KIND_SELF_HANDLED ? LZ_PHOTO_AFTER : LZ_PHOTO_OTHER;
  g_autoptr (LzCase) other = NULL;

  if (opt_condition < 0 || opt_level < 0)
    return lz_cli_set_usage (error, _ ("A number below 0 makes no sense here."));
  body->text = g_strdup (opt_note);
  body->unit = g_strdup (opt_unit);
  body->assist = g_strdup (opt_assist);
  body->order = g_strdup (opt_order);
  body->person = g_strdup (opt_person);
  body->condition = (guint) opt_condition;
  body->level = (guint) opt_level;
  if (opt_until != NULL && !lz_cli_parse_time (opt_until, &body->until_ms, error))
    return FALSE;
  if (opt_other != NULL)
    {
      other = lz_cases_load_by_name (station, opt_other, error);
      if (other == NULL)
        return FALSE;
      body->other = other->id;
    }
  return lz_cli_add_photos (station, opt_photos, role, body, error);
}

/* What a dispatcher would fill in from the catalogue; the unit comes by the office's route. */
static void
fill_from_catalogue (LzStation *station, const LzCase *found, LzKind kind, LzBody *body)
{
  const LzCategory *category =
      found->category != NULL
          ? lz_catalogue_find (lz_station_get_catalogue (station), found->category)
          : NULL;
  const LzCondition *condition;

  if (category == NULL)
    return;
  if (kind == LZ_KIND_FILED && body->condition == 0)
    body->condition = MAX (found->condition, 1);
  condition =
      lz_category_find_condition (category, body->condition != 0 ? body->condition
                                                                 : MAX (found->condition, 1));
  if (condition != NULL && kind == LZ_KIND_FILED)
    body->limit = condition->limit;
}

static gboolean
act_on_case (LzCli *self, LzKind (*choose) (const LzCase *found), LzKind kind, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  g_autoptr (LzBody) body = lz_body_new ();
  g_autoptr (LzCase) found = NULL;
  LzAct what = { .body = body };

  if (station == NULL)
    return FALSE;
  found = lz_cases_load_by_name (station, self->args[0], error);
  if (found == NULL)
    return FALSE;
  what.subject = found->id;
  what.kind = choose != NULL ? choose (found) : kind;
  if (!fill_act (station, what.kind, body, error))
    return FALSE;
  fill_from_catalogue (station, found, what.kind, body);
  return act (self, station, &what, error);
}

static LzKind
choose_close (const LzCase *found)
{
  return found->state == LZ_STATE_SELF_DONE ? LZ_KIND_SELF_ACCEPTED : LZ_KIND_CLOSED;
}

static gboolean
run_rectify (LzCli *self, GError **error)
{
  return act_on_case (self, NULL, LZ_KIND_RECTIFIED, error);
}

static gboolean
run_note (LzCli *self, GError **error)
{
  if ((opt_note == NULL || *opt_note == '\0') && opt_photos == NULL)
    return lz_cli_set_usage (error, _ ("Say something with --note, or add a --photo."));
  return act_on_case (self, NULL, LZ_KIND_NOTED, error);
}

static gboolean
run_close (LzCli *self, GError **error)
{
  return act_on_case (self, choose_close, LZ_KIND_CLOSED, error);
}

static gboolean
run_void (LzCli *self, GError **error)
{
  return act_on_case (self, NULL, LZ_KIND_VOIDED, error);
}

static gboolean
run_reopen (LzCli *self, GError **error)
{
  return act_on_case (self, NULL, LZ_KIND_REOPENED, error);
}

static gboolean
find_action (const char *name, LzKind *kind, GError **error)
{
  const LzTransition *rows;
  g_autoptr (GString) names = g_string_new (NULL);
  guint n;

  rows = lz_machine_get_rows (&n);
  for (guint i = 0; i < n; i++)
    {
      const char *action = lz_cli_action_name (rows[i].kind);

      if (rows[i].from == LZ_STATE_BIT (LZ_STATE_NONE))
        continue;
      if (g_str_equal (name, action) || g_str_equal (name, lz_kind_to_string (rows[i].kind)))
        {
          *kind = rows[i].kind;
          return TRUE;
        }
      if (i == 0 || rows[i].kind != rows[i - 1].kind)
        g_string_append_printf (names, " %s", action);
    }
  return lz_cli_set_usage (error, _ ("There is no action “%s”. There are:%s."), name, names->str);
}

static gboolean
run_do (LzCli *self, GError **error)
{
  LzKind kind = LZ_KIND_UNKNOWN;

  return find_action (self->args[1], &kind, error) && act_on_case (self, NULL, kind, error);
}

/* What the rules refuse is said and left out; the exit code tells that there was some. */
static gboolean
print_many (LzCli *self, const LzActMany *many)
{
  if (self->json)
    {
      lz_out_begin_object (self->out, NULL);
      lz_out_begin_array (self->out, "done");
    }
  for (guint i = 0; i < many->done->len; i++)
    {
      g_autofree char *id = lz_id_dup_string (&g_array_index (many->done, LzId, i));

      if (self->json)
        lz_out_string (self->out, NULL, id);
      else
        lz_out_line (self->out, "%s", id);
    }
  if (self->json)
    {
      lz_out_end_array (self->out);
      lz_out_begin_array (self->out, "refused");
    }
  for (guint i = 0; i < many->refused->len; i++)
    {
      const LzActRefusal *refusal = &g_array_index (many->refused, LzActRefusal, i);
      g_autofree char *id = lz_id_dup_string (&refusal->subject);

      if (!self->json)
        {
          g_printerr ("luzhang-cli: %s: %s\n", id, refusal->reason);
          continue;
        }
      lz_out_begin_object (self->out, NULL);
      lz_out_string (self->out, "id", id);
      lz_out_string (self->out, "reason", refusal->reason);
      lz_out_end_object (self->out);
    }
  if (self->json)
    {
      lz_out_end_array (self->out);
      lz_out_end_object (self->out);
    }
  if (many->refused->len > 0)
    self->code = LZ_CLI_REFUSED;
  return TRUE;
}

static void
clear_act (gpointer data)
{
  lz_body_free (((LzAct *) data)->body);
}

static gboolean
run_do_many (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  g_autoptr (LzBody) body = lz_body_new ();
  g_autoptr (GArray) acts = g_array_new (FALSE, TRUE, sizeof (LzAct));
  g_auto (LzActMany) many = { 0 };
  LzKind kind = LZ_KIND_UNKNOWN;

  g_array_set_clear_func (acts, clear_act);
  if (station == NULL || !find_action (self->args[0], &kind, error) ||
      !fill_act (station, kind, body, error))
    return FALSE;
  for (int i = 1; i < self->n_args; i++)
    {
      g_autoptr (LzCase) found = lz_cases_load_by_name (station, self->args[i], error);
      LzAct what = { .kind = kind };

      if (found == NULL)
        return FALSE;
      what.subject = found->id;
      what.body = lz_body_copy (body);
      fill_from_catalogue (station, found, kind, what.body);
      g_array_append_val (acts, what);
    }
  return lz_log_act_many (station, (const LzAct *) (gpointer) acts->data, acts->len, &many,
                          error) &&
         print_many (self, &many);
}

static gboolean
run_undo (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  g_autoptr (GError) failure = NULL;

  if (station == NULL)
    return FALSE;
  if (lz_log_withdraw_last (station, &failure) > 0)
    return TRUE;
  if (g_error_matches (failure, LZ_ERROR, LZ_ERROR_NOT_FOUND))
    failure->code = LZ_ERROR_REFUSED; /* the rules do not allow it, to a script */
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/* clang-format off */
const LzVerb lz_cli_act_verbs[] = {
  { "case", "log", "", 0, 0, log_entries, FALSE, run_log, N_("logs a case; prints its id once it is safe") },
  { "case", "rectify", N_("ID"), 1, 1, act_entries, FALSE, run_rectify, N_("it was put right: needs a photo") },
  { "case", "note", N_("ID"), 1, 1, act_entries, FALSE, run_note, N_("adds a note or photos") },
  { "case", "close", N_("ID"), 1, 1, act_entries, FALSE, run_close, N_("the check was passed") },
  { "case", "void", N_("ID"), 1, 1, act_entries, FALSE, run_void, N_("it was a mistake: needs a note") },
  { "case", "reopen", N_("ID"), 1, 1, act_entries, FALSE, run_reopen, N_("it is not in order after all: needs a note") },
  { "case", "do", N_("ID ACTION"), 2, 2, do_entries, FALSE, run_do, N_("any step of the closed loop") },
  { "case", "do-many", N_("ACTION ID…"), 2, -1, do_entries, FALSE, run_do_many, N_("the same step for many cases, taken back by one undo") },
  { NULL, "undo", "", 0, 0, NULL, FALSE, run_undo, N_("takes back the last act, if it was not sent") },
  { NULL }
};
/* clang-format on */
