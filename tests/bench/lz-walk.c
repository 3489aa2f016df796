/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "lz-walk.h"

#include "lz-bench.h"
#include "lz-cases.h"
#include "lz-log.h"
#include "lz-photos.h"
#include "lz-roads.h"

#define HOUR_MS G_GINT64_CONSTANT (3600000)
#define DAY_MS  (24 * HOUR_MS)

#define MAX_STEPS    5
#define MAX_CHOICES  32
#define APPEALS      300
#define DAYS_PLAYED  4 /* what still waits came in within so many */
#define ACTS_A_BATCH 2000

typedef struct
{
  LzStation *station;
  GRand *random;
  GPtrArray *roads;
  LzPhotoRef photo;
  guint n_acts;
} Walk;

static void
act (Walk *self, LzKind kind, const LzId *subject, LzBody *body, gint64 at_ms, LzId *made)
{
  g_auto (LzActResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  LzAct act = { .kind = kind, .body = body, .occurred_ms = at_ms, .roles = LZ_ROLES_ANY };

  if (subject != NULL)
    act.subject = *subject;
  lz_bench_must (lz_log_act (self->station, &act, &result, &error), error);
  if (made != NULL)
    *made = result.subject;
  if (++self->n_acts % ACTS_A_BATCH == 0)
    lz_bench_must (lz_log_commit_bulk (self->station, &error) &&
                       lz_log_begin_bulk (self->station, &error),
                   error);
}

/* Everything that some act must bring; each uses its own. */
static LzBody *
make_body (const Walk *self, gint64 at_ms)
{
  LzBody *body = lz_body_new ();
  LzPhotoRef before = self->photo, after = self->photo;

  before.role = LZ_PHOTO_BEFORE;
  after.role = LZ_PHOTO_AFTER;
  lz_body_add_photo (body, &before);
  lz_body_add_photo (body, &after);
  body->text = g_strdup ("现场情况复杂");
  body->unit = g_strdup ("市城管局");
  body->condition = 1;
  body->until_ms = at_ms + 20 * DAY_MS;
  return body;
}

static LzId
report (Walk *self)
{
  const LzRoad *road =
      self->roads->pdata[g_rand_int_range (self->random, 0, (gint32) self->roads->len)];
  gint64 at_ms = lz_station_now (self->station) -
                 g_rand_int_range (self->random, 1, DAYS_PLAYED * 24) * HOUR_MS;
  g_autoptr (LzBody) body = make_body (self, at_ms);
  gboolean handled = g_rand_int_range (self->random, 0, 4) == 0;
  LzId made;

  g_clear_pointer (&body->unit, g_free);
  body->category = g_strdup ("T01-01");
  body->road = road->id;
  body->road_name = g_strdup (road->name);
  body->chainage_cm = (gint64) (road->length_m * 50);
  body->place = lz_line_point_at (road->line, road->length_m / 2);
  act (self, handled ? LZ_KIND_SELF_HANDLED : LZ_KIND_REPORTED, NULL, body, at_ms, &made);
  return made;
}

/* What may be done now and leaves the case open; a merge needs another case, a new deadline is the
 * server's affair, and a note changes nothing. */
static guint
list_steps (const LzCase *item, gint64 at_ms, LzKind *kinds)
{
  LzChoice choices[MAX_CHOICES];
  guint n = lz_fold_list_choices (item, LZ_ROLES_ANY, at_ms, choices, MAX_CHOICES), n_kinds = 0;

  for (guint i = 0; i < n; i++)
    {
      const LzTransition *row = choices[i].row;

      if (choices[i].why_not == NULL && (LZ_STATES_FINAL & LZ_STATE_BIT (row->to)) == 0 &&
          row->kind != LZ_KIND_DUE_SET && row->kind != LZ_KIND_NOTED)
        kinds[n_kinds++] = row->kind;
    }
  return n_kinds;
}

static void
walk (Walk *self, const LzId *id)
{
  guint n_steps = (guint) g_rand_int_range (self->random, 0, MAX_STEPS + 1);
  gint64 at_ms = 0;

  for (guint i = 0; i < n_steps; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LzCase) item = lz_cases_load (self->station, id, &error);
      g_autoptr (LzBody) body = NULL;
      LzKind kinds[MAX_CHOICES];
      guint n;

      lz_bench_must (item != NULL, error);
      if (at_ms == 0)
        at_ms = MAX (item->stage_ms, lz_station_now (self->station) - DAYS_PLAYED * DAY_MS);
      at_ms += (gint64) (g_rand_double (self->random) *
                         (double) (lz_station_now (self->station) - at_ms) / 2);
      n = list_steps (item, at_ms, kinds);
      if (n == 0)
        return;
      body = make_body (self, at_ms);
      act (self, kinds[g_rand_int_range (self->random, 0, (gint32) n)], id, body, at_ms, NULL);
    }
}

/* Cases in a state, the first of a list. */
static GArray *
list_ids (Walk *self, guint32 states, guint32 lamps, guint n)
{
  LzCaseQuery query = { .states = states,
                        .lamps = lamps,
                        .now_ms = lz_station_now (self->station),
                        .sort = LZ_SORT_REPORTED,
                        .descending = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) fids = lz_cases_list (self->station, &query, n, &error);
  g_autoptr (GPtrArray) rows = NULL;
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (LzId));

  lz_bench_must (fids != NULL, error);
  rows =
      lz_cases_load_rows (self->station, (const gint64 *) (gpointer) fids->data, fids->len, &error);
  lz_bench_must (rows != NULL, error);
  for (guint i = 0; i < rows->len; i++)
    g_array_append_val (ids, ((const LzCaseRow *) rows->pdata[i])->id);
  return ids;
}

static void
appeal (Walk *self)
{
  g_autoptr (GArray) ids =
      list_ids (self, LZ_STATE_BIT (LZ_STATE_CLOSED), 1u << LZ_LAMP_RED, APPEALS);
  gint64 now_ms = lz_station_now (self->station);

  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (LzBody) body = make_body (self, now_ms);

      act (self, LZ_KIND_APPEALED, &g_array_index (ids, LzId, i), body, now_ms, NULL);
    }
}

static void
take_photo (Walk *self)
{
  g_autofree char *path =
      g_build_filename (g_getenv ("G_TEST_SRCDIR"), "data", "photos", "gps", "DSCN0010.jpg", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LzPhoto) photo = lz_photos_take (self->station, path, &error);

  lz_bench_must (photo != NULL, error);
  self->photo = lz_photo_make_ref (photo, LZ_PHOTO_BEFORE);
}

void
lz_walk_cases (LzStation *station, guint n_new, guint n_old)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *loop = lz_station_dup_setting (station, "short_loop", "1");
  g_autoptr (GRand) random = g_rand_new_with_seed (7);
  g_autoptr (GPtrArray) roads = lz_roads_list (station, FALSE, &error);
  Walk self = { .station = station, .random = random, .roads = roads };
  g_autoptr (GArray) ids = NULL;

  lz_bench_must (roads != NULL && lz_station_set_setting (station, "short_loop", "0", &error),
                 error);
  take_photo (&self);
  ids = list_ids (&self, LZ_STATE_BIT (LZ_STATE_DISPATCHED) | LZ_STATE_BIT (LZ_STATE_HANDLING), 0,
                  n_old);
  lz_bench_must (lz_log_begin_bulk (station, &error), error);
  for (guint i = 0; i < n_new; i++)
    {
      LzId made = report (&self);

      g_array_append_val (ids, made);
    }
  for (guint i = 0; i < ids->len; i++)
    walk (&self, &g_array_index (ids, LzId, i));
  appeal (&self);
  lz_bench_must (lz_log_commit_bulk (station, &error) &&
                     lz_station_set_setting (station, "short_loop", loop, &error),
                 error);
}
