/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-cli"

#include "config.h"

#include "lz-actor.h"
#include "lz-bulk.h"
#include "lz-cli-case.h"
#include "lz-photos.h"
#include "lz-roads.h"

#include <glib/gstdio.h>
#include <math.h>

#define DAY_MS         G_GINT64_CONSTANT (86400000)
#define HOUR_MS        G_GINT64_CONSTANT (3600000)
#define CASES_A_COMMIT 20000
#define MAX_OFFSET_M   6.0
/* What an office has open at a time, of what it handled in a year. */
#define OPEN_PERCENT 3

static int opt_cases;
static int opt_days = 365;
static int opt_seed = 1;
static int opt_open = -1;

/* clang-format off */
static const GOptionEntry fill_entries[] = {
  { "cases", 0, 0, G_OPTION_ARG_INT, &opt_cases, N_("how many"), N_("N") },
  { "days", 0, 0, G_OPTION_ARG_INT, &opt_days, N_("spread over so many days up to now (365)"), N_("N") },
  { "open", 0, 0, G_OPTION_ARG_INT, &opt_open, N_("so many in a hundred are still open (3)"), N_("N") },
  { "seed", 0, 0, G_OPTION_ARG_INT, &opt_seed, N_("another number gives other cases (1)"), N_("N") },
  { NULL }
};
/* clang-format on */

typedef struct
{
  LzStation *station;
  const LzCatalogue *catalogue;
  GPtrArray *roads; /* LzRoad */
  GArray *ends;     /* double: lengths of the roads, summed up */
  GRand *random;
  gint64 now_ms;
  LzPhotoRef photo; /* the one that shows every rectification */
  LzBulk *bulk;
  gint64 n_events;
} Fill;

static void
fill_clear (Fill *self)
{
  g_clear_pointer (&self->bulk, lz_bulk_free);
  g_clear_pointer (&self->roads, g_ptr_array_unref);
  g_clear_pointer (&self->ends, g_array_unref);
  g_clear_pointer (&self->random, g_rand_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fill, fill_clear)

/* A PNG of one pixel. */
static const guint8 pixel[] = { 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00,
                                0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00, 0x01,
                                0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3a,
                                0x7e, 0x9b, 0x55, 0x00, 0x00, 0x00, 0x0a, 0x49, 0x44, 0x41,
                                0x54, 0x78, 0x9c, 0x63, 0x68, 0x00, 0x00, 0x00, 0x82, 0x00,
                                0x81, 0x77, 0xcd, 0x72, 0xb6, 0x00, 0x00, 0x00, 0x00, 0x49,
                                0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82 };

/* Every rectification shows the same photo: a real one of the station, as small as can be. */
static gboolean
take_photo (Fill *self, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (LzPhoto) photo = NULL;
  int fd = g_file_open_tmp ("luzhang-XXXXXX.png", &path, error);

  if (fd < 0)
    return FALSE;
  g_close (fd, NULL);
  if (g_file_set_contents (path, (const char *) pixel, sizeof pixel, error))
    photo = lz_photos_take (self->station, path, error);
  g_unlink (path);
  if (photo == NULL)
    return FALSE;
  self->photo = lz_photo_make_ref (photo, LZ_PHOTO_AFTER);
  return TRUE;
}

static gboolean
load_roads (Fill *self, GError **error)
{
  double sum = 0;

  self->roads = lz_roads_list (self->station, FALSE, error);
  if (self->roads == NULL)
    return FALSE;
  self->ends = g_array_new (FALSE, FALSE, sizeof (double));
  for (guint i = 0; i < self->roads->len; i++)
    {
      sum += ((const LzRoad *) g_ptr_array_index (self->roads, i))->length_m;
      g_array_append_val (self->ends, sum);
    }
  if (sum > 0)
    return TRUE;
  g_set_error_literal (error, LZ_ERROR, LZ_ERROR_NOT_FOUND,
                       _ ("The station has no roads yet: “roads import FILE” first."));
  return FALSE;
}

static const LzRoad *
pick_road (Fill *self)
{
  const double *ends = (const double *) (gpointer) self->ends->data;
  double at = g_rand_double_range (self->random, 0, ends[self->ends->len - 1]);
  guint low = 0, high = self->ends->len - 1;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (ends[middle] < at)
        low = middle + 1;
      else
        high = middle;
    }
  return g_ptr_array_index (self->roads, low);
}

static double
uniform (Fill *self, double from, double to)
{
  return g_rand_double_range (self->random, from, to);
}

static void
place_case (Fill *self, LzBody *body)
{
  const LzRoad *road = pick_road (self);
  double chainage = uniform (self, 0, road->length_m);
  double offset7 = MAX_OFFSET_M / 111000 * LZ_POINT_SCALE;
  LzProjection projection;

  body->place = lz_line_point_at (road->line, chainage);
  body->place.lat7 += (gint32) uniform (self, -offset7, offset7);
  body->place.lon7 += (gint32) uniform (self, -offset7, offset7);
  lz_line_project (road->line, body->place, &projection);
  body->road = road->id;
  body->road_name = g_strdup (road->name);
  lz_cli_set_projection (body, &projection);
}

static LzEvent *
add_event (GPtrArray *events, LzKind kind, const char *actor, gint64 at_ms)
{
  LzEvent *event = lz_event_new ();

  event->kind = kind;
  event->actor = g_strdup (actor);
  event->occurred_ms = at_ms;
  event->body = lz_body_new ();
  g_ptr_array_add (events, event);
  return event;
}

/* Small numbers are picked more often, as some problems are. */
static guint
pick_skewed (Fill *self, guint n)
{
  double x = g_rand_double (self->random);

  return MIN ((guint) (x * x * n), n - 1);
}

static char *
make_text (Fill *self, const LzCategory *category)
{
  static const char *const where[] = { "路口东侧", "公交站旁", "学校门口", "农贸市场外",
                                       "小区入口", "桥头",     "人行道上", "绿化带边" };
  static const char *const how[] = { "影响通行",   "已持续多日", "群众反映",   "面积约2平方米",
                                     "请尽快处理", "早晚高峰时", "雨后更严重", "" };

  return g_strdup_printf ("%s%s，%s",
                          where[g_rand_int_range (self->random, 0, G_N_ELEMENTS (where))],
                          category->name,
                          how[g_rand_int_range (self->random, 0, G_N_ELEMENTS (how))]);
}

/* The end of a case's life, or as far as it has come: @fate from 0 to 99. */
static void
add_ending (Fill *self, GPtrArray *events, int fate, gint64 at_ms)
{
  int n_open = opt_open >= 0 ? opt_open : OPEN_PERCENT;
  gint64 handled_ms = at_ms + (gint64) (uniform (self, 0.2, 60) * (double) HOUR_MS);
  LzEvent *event;

  if (handled_ms > self->now_ms || (fate < n_open && fate % 2 == 0))
    return;
  add_event (events, LZ_KIND_ACCEPTED, "unit", at_ms + (handled_ms - at_ms) / 4);
  if (fate < n_open)
    return;
  event = add_event (events, LZ_KIND_RECTIFIED, "unit", handled_ms);
  lz_body_add_photo (event->body, &self->photo);
  add_event (events, LZ_KIND_FED_BACK, LZ_RULE_ACTOR, handled_ms);
  add_event (events, LZ_KIND_CLOSED, "checker", MIN (handled_ms + HOUR_MS, self->now_ms));
}

static gboolean
add_case (Fill *self, GError **error)
{
  const LzCalendar *calendar = lz_station_get_calendar (self->station);
  g_autoptr (GPtrArray) events = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_event_free);
  gint64 at_ms = self->now_ms - (gint64) (uniform (self, 0, opt_days) * (double) DAY_MS);
  const LzCategory *category =
      lz_catalogue_get_category (self->catalogue, pick_skewed (self, lz_catalogue_get_n_categories (
                                                                         self->catalogue)));
  const LzCondition *condition = lz_category_find_condition (category, 1);
  LzBody *body = add_event (events, LZ_KIND_REPORTED, "local", at_ms)->body;
  int fate = g_rand_int_range (self->random, 0, 100);

  place_case (self, body);
  body->category = g_strdup (category->code);
  body->text = make_text (self, category);
  body->condition = condition->number;
  body->limit = condition->limit;
  if (fate == 99 && opt_open < 0)
    {
      body = add_event (events, LZ_KIND_REJECTED, "dispatcher", at_ms + HOUR_MS / 4)->body;
      body->text = g_strdup ("不属于本辖区");
    }
  else
    {
      body = add_event (events, LZ_KIND_FILED, LZ_RULE_ACTOR, at_ms)->body;
      body->condition = condition->number;
      body->limit = condition->limit;
      body = add_event (events, LZ_KIND_DISPATCHED, LZ_RULE_ACTOR, at_ms)->body;
      body->unit = g_strdup (category->lead_unit);
      body->limit = condition->limit;
      body->due_ms = lz_calendar_due (calendar, condition->limit, at_ms);
      body->warn_ms = lz_calendar_warn (calendar, condition->limit, at_ms);
      add_ending (self, events, fate, at_ms);
    }
  self->n_events += events->len;
  return lz_bulk_add_case (self->bulk, events, LZ_ROLES_ANY, error);
}

static gboolean
fill (Fill *self, GError **error)
{
  self->bulk = lz_bulk_new (self->station);
  for (int i = 1; i <= opt_cases; i++)
    {
      if (!add_case (self, error))
        return FALSE;
      if (i % CASES_A_COMMIT == 0 && !lz_bulk_commit (self->bulk, error))
        return FALSE;
    }
  return lz_bulk_commit (self->bulk, error);
}

static gboolean
run_fill (LzCli *self, GError **error)
{
  g_autoptr (LzStation) station = NULL;
  g_auto (Fill) state = { 0 };
  gint64 began = g_get_monotonic_time ();
  double seconds;

  if (opt_cases < 1)
    return lz_cli_set_usage (error, _ ("Say how many: --cases N."));
  if (opt_days < 1 || opt_open > 100)
    return lz_cli_set_usage (error, _ ("--days must be 1 or more, --open at most 100."));
  station = lz_cli_open (self, LZ_STATION_READ_WRITE, error);
  if (station == NULL)
    return FALSE;
  state.station = station;
  state.catalogue = lz_station_get_catalogue (station);
  state.random = g_rand_new_with_seed ((guint32) opt_seed);
  state.now_ms = lz_station_now (station);
  if (!load_roads (&state, error) || !take_photo (&state, error) || !fill (&state, error))
    return FALSE;

  seconds = (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
  if (self->json)
    {
      lz_out_begin_object (self->out, NULL);
      lz_out_int (self->out, "cases", opt_cases);
      lz_out_int (self->out, "events", state.n_events);
      lz_out_decimal (self->out, "seconds", seconds, 3);
      lz_out_decimal (self->out, "cases_per_s", opt_cases / seconds, 0);
      lz_out_end_object (self->out);
    }
  else
    lz_out_line (self->out, _ ("%d cases, %d events in %.1f s: %.0f cases/s"), opt_cases,
                 (int) state.n_events, seconds, opt_cases / seconds);
  return TRUE;
}

/* clang-format off */
const LzVerb lz_cli_bench_verbs[] = {
  { "bench", "fill", "", 0, 0, fill_entries, FALSE, run_fill, N_("fills the station with made-up cases, to measure with") },
  { NULL }
};
/* clang-format on */
