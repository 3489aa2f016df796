/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Plays a year of an office's work through the core: play-year STATION PHOTO CALENDAR YEAR CASES
 * SEED.
 *
 * Every act that the rules allow happens to some case: each case goes its way through the machine
 * step by step, in the order of time, by a seeded choice among the acts that are legal at that
 * moment.  Nothing is set by hand: limits, deadlines, recurrences and refusals are the core's.  The
 * same arguments give the same year. */

#include "config.h"

#include "lz-cases.h"
#include "lz-log.h"
#include "lz-photos.h"
#include "lz-roads.h"
#include "lz-source.h"

#include <stdio.h>
#include <stdlib.h>

#define MINUTE_MS G_GINT64_CONSTANT (60000)
#define HOUR_MS   (60 * MINUTE_MS)
#define DAY_MS    (24 * HOUR_MS)
#define ZONE_MS   (8 * HOUR_MS)
#define N_SPOTS   90
#define ROOM      64
#define LAST_STEP 40

typedef struct
{
  gint64 at_ms;
  LzId id;
  guint number; /* of the case: which comes first at the same moment */
  guint steps;
} Turn;

typedef struct
{
  LzPoint place;
  const char *category;
} Spot;

typedef struct
{
  LzStation *station;
  GRand *random;
  Spot spots[N_SPOTS];
  LzPhotoRef photo;
  GSequence *turns;
  gint64 end_ms;
  LzId older; /* a case that another one can be merged into */
  guint n_acts[LZ_N_KINDS];
} Play;

static void
must (gboolean ok, const GError *error)
{
  if (!ok)
    g_error ("%s", error != NULL ? error->message : "it failed");
}

static guint
pick (Play *self, guint n)
{
  return (guint) g_rand_int_range (self->random, 0, (gint32) n);
}

static double
between (Play *self, double from, double to)
{
  return g_rand_double_range (self->random, from, to);
}

/* -- who, where, what ---------------------------------------------------------------------------
 */

static void
choose_spots (Play *self)
{
  static const char *const categories[] = { "T01-01", "T01-14", "T05-11", "T06-01", "T07-01",
                                            "T12-02", "T16-01", "T18-03", "T03-07", "T05-06" };
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) roads = lz_roads_list (self->station, FALSE, &error);

  must (roads != NULL && roads->len > 0, error);
  for (guint i = 0; i < N_SPOTS; i++)
    {
      const LzRoad *road = g_ptr_array_index (roads, pick (self, MIN (roads->len, 40)));

      self->spots[i].place = lz_line_point_at (road->line, between (self, 0, road->length_m));
      self->spots[i].category = categories[pick (self, G_N_ELEMENTS (categories))];
    }
}

static const char *
choose_unit (Play *self)
{
  static const char *const units[] = { "市城管局", "环卫中心", "园林中心", "市政,养护\"处\"",
                                       "供电公司" };
  guint i = pick (self, G_N_ELEMENTS (units) + 3);

  return units[MIN (i, G_N_ELEMENTS (units) - 1)];
}

static char *
choose_source (Play *self)
{
  guint n = pick (self, 20);

  if (n == 19)
    return g_strdup ("飞鸽"); /* a word that we do not know */
  return n < LZ_N_SOURCES ? lz_source_dup_word ((LzSource) n) : NULL;
}

/* What an act of this kind needs to say. */
static LzBody *
make_body (Play *self, LzKind kind, const LzCase *before, gint64 at_ms)
{
  static const char *const orders[] = { "overtime", "leader", "key" };
  LzBody *body = lz_body_new ();

  body->text = g_strdup (lz_kind_to_string (kind));
  if (kind == LZ_KIND_FILED)
    {
      body->condition = 1;
      body->limit = before->limit;
    }
  else if (kind == LZ_KIND_DISPATCHED)
    /* Half of what was returned goes back to the same unit. */
    body->unit =
        g_strdup (before->unit != NULL && pick (self, 2) == 0 ? before->unit : choose_unit (self));
  else if (kind == LZ_KIND_SUSPEND_ASKED || kind == LZ_KIND_SUSPEND_GRANTED)
    body->until_ms = at_ms + DAY_MS * (1 + pick (self, 40));
  else if (kind == LZ_KIND_SUPERVISED)
    {
      body->order = g_strdup (orders[pick (self, G_N_ELEMENTS (orders))]);
      body->level = 1 + pick (self, 3);
      body->until_ms = pick (self, 2) == 0 ? at_ms + DAY_MS : 0;
    }
  else if (kind == LZ_KIND_MERGED)
    body->other = self->older;
  if (kind == LZ_KIND_RECTIFIED || kind == LZ_KIND_VERIFIED || kind == LZ_KIND_SELF_HANDLED)
    {
      self->photo.role = LZ_PHOTO_AFTER;
      lz_body_add_photo (body, &self->photo);
    }
  return body;
}

/* -- when ---------------------------------------------------------------------------------------
 */

/* Most acts come some time later; some at the very moment that a limit or a period ends. */
static gint64
choose_time (Play *self, const LzCase *now, gint64 at_ms)
{
  guint way = pick (self, 40);

  if (way == 0)
    return (at_ms + ZONE_MS) / DAY_MS * DAY_MS + DAY_MS - ZONE_MS; /* midnight */
  if (way == 1)
    return at_ms + 15 * MINUTE_MS;
  if (way == 2)
    return at_ms + 30 * MINUTE_MS;
  if (way == 3)
    return at_ms;
  if (way < 7 && now->due_ms > at_ms)
    return now->due_ms + (gint64) way - 4; /* at the deadline, or the millisecond after it */
  if (way < 22)
    return at_ms + (gint64) (between (self, 1, 40) * (double) MINUTE_MS);
  if (way < 37)
    return at_ms + (gint64) (between (self, 0.3, 30) * (double) HOUR_MS);
  return at_ms + (gint64) (between (self, 1, 25) * (double) DAY_MS);
}

static int
compare_turns (gconstpointer a, gconstpointer b, gpointer data)
{
  const Turn *left = a, *right = b;

  (void) data;
  if (left->at_ms != right->at_ms)
    return left->at_ms < right->at_ms ? -1 : 1;
  return left->number < right->number ? -1 : left->number > right->number;
}

static void
add_turn (Play *self, Turn turn)
{
  if (turn.at_ms < self->end_ms && turn.steps < LAST_STEP)
    g_sequence_insert_sorted (self->turns, g_memdup2 (&turn, sizeof turn), compare_turns, NULL);
}

/* -- acts ---------------------------------------------------------------------------------------
 */

/* How often it is chosen, among what is possible. */
static guint
weigh (LzKind kind)
{
  switch ((guint) kind)
    {
    case LZ_KIND_FILED:
    case LZ_KIND_DISPATCHED:
    case LZ_KIND_RECTIFIED:
    case LZ_KIND_FED_BACK:
      return 60;
    case LZ_KIND_ACCEPTED:
    case LZ_KIND_CLOSED:
    case LZ_KIND_SELF_ACCEPTED:
    case LZ_KIND_VERIFIED:
      return 40;
    case LZ_KIND_CHECK_ASKED:
    case LZ_KIND_EXTEND_ASKED:
    case LZ_KIND_SUSPEND_ASKED:
    case LZ_KIND_RETURN_ASKED:
    case LZ_KIND_RETURN_GRANTED:
    case LZ_KIND_RETURN_REFUSED:
    case LZ_KIND_EXTEND_GRANTED:
    case LZ_KIND_SUSPEND_GRANTED:
    case LZ_KIND_RESUMED:
    case LZ_KIND_APPEALED:
    case LZ_KIND_APPEAL_GRANTED:
    case LZ_KIND_APPEAL_REFUSED:
      return 20;
    case LZ_KIND_DUE_SET: /* the server's */
      return 0;
    case LZ_KIND_REOPENED:
    case LZ_KIND_FORCED:
    case LZ_KIND_VOIDED:
    case LZ_KIND_NOTED:
    case LZ_KIND_MERGED:
    case LZ_KIND_VOID_ASKED:
    case LZ_KIND_SUPERVISED:
      return 2;
    default:
      return 6;
    }
}

/* LZ_KIND_UNKNOWN: nothing more happens. */
static LzKind
choose_kind (Play *self, const LzCase *now, gint64 at_ms)
{
  LzChoice choices[ROOM];
  guint n = lz_fold_list_choices (now, LZ_ROLES_ANY, at_ms, choices, ROOM);
  guint total = lz_state_is_open (now->state) ? 8 : 60; /* of doing nothing for good */
  guint at;

  for (guint i = 0; i < n; i++)
    if (choices[i].why_not == NULL)
      total += weigh (choices[i].row->kind);
  at = pick (self, total);
  for (guint i = 0; i < n; i++)
    {
      guint weight = choices[i].why_not == NULL ? weigh (choices[i].row->kind) : 0;

      if (at < weight)
        return choices[i].row->kind;
      at -= weight;
    }
  return LZ_KIND_UNKNOWN;
}

static void
perform (Play *self, LzKind kind, const LzId *subject, LzBody *body, gint64 at_ms, LzId *id)
{
  static const char *const people[] = { "li", "wang", "zhao" };
  g_auto (LzActResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  LzAct act = { .kind = kind,
                .subject = *subject,
                .body = body,
                .occurred_ms = at_ms,
                .actor = people[pick (self, G_N_ELEMENTS (people))],
                .roles = LZ_ROLES_ANY };

  if (!lz_log_act (self->station, &act, &result, &error))
    g_error ("%s: %s", lz_kind_to_string (kind), error->message);
  self->n_acts[kind]++;
  *id = result.subject;
}

/* The case comes on again some time later. */
static void
go_on (Play *self, Turn turn)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LzCase) after = lz_cases_load (self->station, &turn.id, &error);

  must (after != NULL, error);
  turn.at_ms = choose_time (self, after, turn.at_ms);
  turn.steps++;
  add_turn (self, turn);
}

static void
report (Play *self, Turn turn)
{
  static const LzId nil;
  const Spot *spot = &self->spots[pick (self, N_SPOTS)];
  g_autoptr (LzBody) body = lz_body_new ();
  g_autoptr (GError) error = NULL;
  gboolean fixed = pick (self, 12) == 0;
  LzProjection projection;

  body->category = g_strdup (spot->category);
  body->place = spot->place;
  if (lz_roads_snap (self->station, body->place, &body->road, &body->road_name, &projection,
                     &error))
    body->chainage_cm = (gint64) (projection.chainage_m * 100);
  must (error == NULL, error);
  body->source = choose_source (self);
  for (guint i = 0; fixed && i < 2; i++)
    {
      self->photo.role = i == 0 ? LZ_PHOTO_BEFORE : LZ_PHOTO_AFTER;
      lz_body_add_photo (body, &self->photo);
    }
  perform (self, fixed ? LZ_KIND_SELF_HANDLED : LZ_KIND_REPORTED, &nil, body, turn.at_ms, &turn.id);
  go_on (self, turn);
}

static gboolean
can_merge (Play *self, const LzCase *now)
{
  g_autoptr (LzCase) other = NULL;

  if (lz_id_is_nil (&self->older) || lz_id_equal (&self->older, &now->id))
    return FALSE;
  other = lz_cases_load (self->station, &self->older, NULL);
  return other != NULL && other->state != LZ_STATE_MERGED && other->state != LZ_STATE_VOIDED &&
         other->state != LZ_STATE_REJECTED;
}

static void
take_turn (Play *self, Turn turn)
{
  g_autoptr (LzCase) now = lz_cases_load (self->station, &turn.id, NULL);
  LzKind kind = choose_kind (self, now, turn.at_ms);
  g_autoptr (LzBody) body = NULL;

  if (kind == LZ_KIND_UNKNOWN)
    return;
  if (kind == LZ_KIND_MERGED && !can_merge (self, now))
    kind = LZ_KIND_NOTED;
  body = make_body (self, kind, now, turn.at_ms);
  perform (self, kind, &turn.id, body, turn.at_ms, &turn.id);
  if (kind == LZ_KIND_ACCEPTED)
    self->older = turn.id;
  go_on (self, turn);
}

static void
play (Play *self, gint64 begin_ms, guint n_cases)
{
  static const LzId nil;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < n_cases; i++)
    {
      gint64 at_ms =
          begin_ms + (gint64) (between (self, 0, 1) * (double) (self->end_ms - begin_ms));

      if (pick (self, 50) == 0)
        at_ms = (at_ms + ZONE_MS) / DAY_MS * DAY_MS - ZONE_MS;
      add_turn (self, (Turn){ .at_ms = at_ms, .number = i });
    }
  must (lz_log_begin_bulk (self->station, &error), error);
  while (!g_sequence_is_empty (self->turns))
    {
      GSequenceIter *first = g_sequence_get_begin_iter (self->turns);
      Turn turn = *(Turn *) g_sequence_get (first);

      g_sequence_remove (first);
      if (lz_id_equal (&turn.id, &nil))
        report (self, turn);
      else
        take_turn (self, turn);
    }
  must (lz_log_commit_bulk (self->station, &error), error);
}

/* The office's own calendar counts from when the station is opened. */
static LzStation *
open_station (const char *dir, const char *calendar)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) bytes = NULL;
  LzStation *station = lz_station_open (dir, LZ_STATION_READ_WRITE, &error);
  gsize size;

  must (station != NULL, error);
  must (g_file_get_contents (calendar, &text, &size, &error), error);
  bytes = g_bytes_new (text, size);
  must (lz_station_set_reference (station, "calendar.tsv", 2, bytes, "test", &error), error);
  must (lz_station_set_setting (station, "short_loop", "0", &error), error);
  lz_station_close (station);
  station = lz_station_open (dir, LZ_STATION_READ_WRITE, &error);
  must (station != NULL, error);
  return station;
}

int
main (int argc, char **argv)
{
  Play self = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GDateTime) begin = NULL;
  g_autoptr (GDateTime) end = NULL;
  g_autoptr (LzPhoto) photo = NULL;
  int year;

  if (argc != 7)
    g_error ("usage: %s STATION PHOTO CALENDAR YEAR CASES SEED", argv[0]);
  year = atoi (argv[4]);
  self.station = open_station (argv[1], argv[3]);
  photo = lz_photos_take (self.station, argv[2], &error);
  must (photo != NULL, error);
  self.photo = lz_photo_make_ref (photo, LZ_PHOTO_AFTER);
  self.random = g_rand_new_with_seed ((guint32) atoi (argv[6]));
  self.turns = g_sequence_new (g_free);
  begin = g_date_time_new_utc (year, 1, 1, 0, 0, 0);
  end = g_date_time_new_utc (year + 1, 1, 1, 0, 0, 0);
  self.end_ms = g_date_time_to_unix (end) * 1000;
  choose_spots (&self);
  play (&self, g_date_time_to_unix (begin) * 1000, (guint) atoi (argv[5]));
  for (guint i = 0; i < LZ_N_KINDS; i++)
    if (self.n_acts[i] > 0)
      printf ("%s %u\n", lz_kind_to_string ((LzKind) i), self.n_acts[i]);
  g_sequence_free (self.turns);
  g_rand_free (self.random);
  lz_station_close (self.station);
  return 0;
}
