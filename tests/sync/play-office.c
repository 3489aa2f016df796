/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Plays the last weeks of the sample office in the station of its dispatcher: play-office STATION
 * PHOTO….
 *
 * Every act is made by lz_log_act() at its own moment of the station's clock, in the order of time,
 * by one of the sample's made-up people: the rules file, dispatch, set deadlines and find what
 * comes back as they always do.  What would lie in the future does not happen, and so cases are
 * left in every stage.  The seed is fixed, only the days move: on every day the same office. */

#include "config.h"

#include "lz-cases.h"
#include "lz-firm-cases.h"
#include "lz-log.h"
#include "lz-notices.h"
#include "lz-period.h"
#include "lz-photos.h"
#include "lz-roads.h"
#include "lz-state.h"

#include <stdio.h>

#define MINUTE_MS  G_GINT64_CONSTANT (60000)
#define HOUR_MS    (60 * MINUTE_MS)
#define DAY_MS     (24 * HOUR_MS)
#define SEED       2023
#define WEEKS      4
#define MOST_STEPS 8
#define N_SPOTS    150
#define REACH_M    8.0

/* In the table of stories. */
#define STORY_HANDED 0
#define N_LAST_DAY   6

#define FIRM  "示例渣土运输公司"
#define PLATE "赣L00001"

/* clang-format off */
static const struct
{
  const char *user;
  guint role;
} people[] = {
  { "li", LZ_ROLE_INSPECTOR }, { "wang", LZ_ROLE_INSPECTOR }, { "zhang", LZ_ROLE_ROAD_CHIEF },
  { "chen", LZ_ROLE_DISPATCHER }, { "checker", LZ_ROLE_CHECKER }, { "supervisor", LZ_ROLE_SUPERVISOR },
};

static const char *const finders[] = { "li", "li", "wang", "wang", "zhang" };

static const struct
{
  const char *category;
  const char *text;
} problems[] = {
  { "T03-03", "占道经营，影响行人通行" }, { "T03-02", "店外摆放货物约2平方米" }, { "T06-01", "路面有散落垃圾" },
  { "T06-04", "绿化带内有白色垃圾" }, { "T12-02", "墙面有小广告" }, { "T05-22", "电动车乱停放占用盲道" },
  { "T05-20", "共享单车淤积" }, { "T10-03", "垃圾桶满溢" }, { "T01-01", "路面坑槽" },
  { "T01-02", "人行道砖松动" }, { "T01-14", "雨水箅子被落叶堵塞" }, { "T16-01", "一盏路灯不亮" },
  { "T16-02", "连续三盏路灯不亮" }, { "T17-01", "景观灯带缺亮" }, { "T18-01", "绿化带黄土裸露" },
  { "T18-05", "树枝遮挡信号灯" }, { "T18-06", "树穴箅子缺失" }, { "T14-01", "路边倾倒建筑垃圾" },
  { "T05-06", "机动车停在人行道上" }, { "T22-03", "公交站牌被乱涂乱画" },
};

/* What happens after the report and after what the rules make of it; hours after the act before.
 * A unit's acts are those of the unit that has the case. */
typedef struct
{
  LzKind kind;
  const char *who;
  double from_h;
  double to_h;
  const char *text;
} Step;

static const struct
{
  guint weight;
  const char *source;
  Step steps[MOST_STEPS];
} stories[] = {
  /* What police and the civilisation office see to: nobody of theirs has an account. */
  { 0, NULL, { { LZ_KIND_DISPATCHED, "chen", 0.5, 3, NULL }, { LZ_KIND_FORCED, "supervisor", 20, 60, "已移交并处置，予以结案" } } },
  { 48, NULL, { { LZ_KIND_ACCEPTED, "unit", 0.1, 0.8, NULL }, { LZ_KIND_RECTIFIED, "unit", 0.2, 1.1, "已处理" },
                { LZ_KIND_CLOSED, "checker", 1, 8, NULL } } },
  { 14, "hotline", { { LZ_KIND_ACCEPTED, "unit", 0.2, 1, NULL }, { LZ_KIND_RECTIFIED, "unit", 0.5, 3, "已处理并回访" },
                     { LZ_KIND_CLOSED, "checker", 1, 20, NULL } } },
  { 6, NULL, { { LZ_KIND_ACCEPTED, "unit", 6, 20, NULL }, { LZ_KIND_RECTIFIED, "unit", 60, 130, "因备料延误，现已完成" },
                { LZ_KIND_CLOSED, "checker", 2, 20, NULL } } },
  { 6, NULL, { { LZ_KIND_ACCEPTED, "unit", 0.5, 3, NULL }, { LZ_KIND_RECTIFIED, "unit", 1, 6, "已处理" },
               { LZ_KIND_CHECK_FAILED, "checker", 2, 10, "现场仍有残留，请返工" }, { LZ_KIND_ACCEPTED, "unit", 0.5, 2, NULL },
               { LZ_KIND_RECTIFIED, "unit", 1, 6, "已重新清理" }, { LZ_KIND_CLOSED, "checker", 1, 8, NULL } } },
  { 5, "public", { { LZ_KIND_ACCEPTED, "unit", 0.5, 3, NULL }, { LZ_KIND_EXTEND_ASKED, "unit", 0.5, 2, "需夜间占道施工" },
                   { LZ_KIND_EXTEND_GRANTED, "chen", 0.2, 1, NULL }, { LZ_KIND_RECTIFIED, "unit", 5, 30, "已完成" },
                   { LZ_KIND_CLOSED, "checker", 1, 8, NULL } } },
  { 3, NULL, { { LZ_KIND_ACCEPTED, "unit", 0.5, 3, NULL }, { LZ_KIND_SUSPEND_ASKED, "unit", 1, 4, "须与道路改造一并实施" },
               { LZ_KIND_SUSPEND_GRANTED, "chen", 0.5, 3, NULL } } },
  { 2, "leader", { { LZ_KIND_ACCEPTED, "unit", 2, 6, NULL }, { LZ_KIND_SUPERVISED, "supervisor", 30, 40, "请抓紧办理" } } },
  { 1, NULL, { { LZ_KIND_RETURN_ASKED, "unit", 1, 5, "不属于本单位职责" } } },
  { 2, NULL, { { LZ_KIND_VOIDED, "chen", 0.5, 3, "重复上报" } } },
  { 1, NULL, { { LZ_KIND_ACCEPTED, "unit", 0.5, 4, NULL } } },
  /* Those of the last day, which end where somebody else has to go on. */
  { 0, NULL, { { LZ_KIND_UNKNOWN, NULL, 0, 0, NULL } } },
  { 0, NULL, { { LZ_KIND_ACCEPTED, "unit", 0.2, 1, NULL } } },
  { 0, NULL, { { LZ_KIND_RECTIFIED, "unit", 0.2, 1, "已处理" } } },
  { 0, NULL, { { LZ_KIND_ACCEPTED, "unit", 0.2, 0.5, NULL }, { LZ_KIND_RECTIFIED, "unit", 0.2, 0.5, "已处理" },
               { LZ_KIND_CHECK_FAILED, "checker", 0.2, 0.5, "现场仍有残留，请返工" } } },
  { 0, NULL, { { LZ_KIND_ACCEPTED, "unit", 0.2, 0.5, NULL }, { LZ_KIND_EXTEND_ASKED, "unit", 0.1, 0.3, "需夜间占道施工" } } },
  { 0, NULL, { { LZ_KIND_ACCEPTED, "unit", 0.2, 0.5, NULL }, { LZ_KIND_SUSPEND_ASKED, "unit", 0.1, 0.5, "须与道路改造一并实施" } } },
};
/* clang-format on */

typedef struct
{
  LzId id;
  LzPoint place;
  guint problem;
  guint story;
  const char *finder;
} Case;

typedef struct
{
  gint64 at_ms;
  guint number; /* of the case */
  guint step;   /* 0 = the report */
} Turn;

typedef struct
{
  LzStation *station;
  GRand *random;
  GArray *photos; /* LzPhotoRef */
  GPtrArray *roads;
  LzPoint spots[N_SPOTS];
  GArray *cases;
  GSequence *turns;
  GArray *hauled; /* LzId: closed cases of a hauling firm */
  gint64 now_ms;  /* what the station's clock shows */
  gint64 end_ms;
  guint n_exposed, n_praised;
} Play;

static gint64
read_clock (gpointer data)
{
  return ((Play *) data)->now_ms;
}

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

/* -- where and when -----------------------------------------------------------------------------
 */

/* Most of what is found lies on the roads that somebody walks. */
static void
choose_spots (Play *self)
{
  g_autoptr (GError) error = NULL;

  self->roads = lz_roads_list (self->station, FALSE, &error);
  must (self->roads != NULL && self->roads->len > 0, error);
  for (guint i = 0; i < N_SPOTS; i++)
    {
      static const char *const walked[] = { "冶金大道", "建设路", "雄石路" };
      g_autoptr (LzRoad) known =
          i % 5 < 3 ? lz_roads_find_by_name (self->station, walked[i % 5], NULL) : NULL;
      const LzRoad *road =
          known != NULL ? known : g_ptr_array_index (self->roads, pick (self, self->roads->len));
      double degrees7 = REACH_M / 111000 * LZ_POINT_SCALE;

      self->spots[i] =
          lz_line_point_at (road->line, g_rand_double_range (self->random, 0, road->length_m));
      self->spots[i].lat7 += (gint32) g_rand_double_range (self->random, -degrees7, degrees7);
      self->spots[i].lon7 += (gint32) g_rand_double_range (self->random, -degrees7, degrees7);
    }
}

/* The office is open from eight to six. */
static gint64
move_into_day (Play *self, gint64 at_ms)
{
  gint64 zone_ms =
      lz_calendar_get_utc_offset_min (lz_station_get_calendar (self->station)) * MINUTE_MS;
  gint64 day_ms = (at_ms + zone_ms) / DAY_MS * DAY_MS - zone_ms;
  gint64 of_day_ms = at_ms - day_ms;

  if (of_day_ms < 8 * HOUR_MS)
    return day_ms + 8 * HOUR_MS + of_day_ms / 8;
  if (of_day_ms > 18 * HOUR_MS)
    return day_ms + DAY_MS + 8 * HOUR_MS + (of_day_ms - 18 * HOUR_MS) / 4;
  return at_ms;
}

static int
compare_turns (gconstpointer a, gconstpointer b, gpointer data)
{
  const Turn *left = a, *right = b;

  if (left->at_ms != right->at_ms)
    return left->at_ms < right->at_ms ? -1 : 1;
  return left->number < right->number ? -1 : left->number > right->number;
}

static void
add_turn (Play *self, gint64 at_ms, guint number, guint step)
{
  Turn turn = { move_into_day (self, at_ms), number, step };

  if (turn.at_ms < self->end_ms)
    g_sequence_insert_sorted (self->turns, g_memdup2 (&turn, sizeof turn), compare_turns, NULL);
}

/* -- acts ---------------------------------------------------------------------------------------
 */

static guint
find_role (const char *user)
{
  for (guint i = 0; i < G_N_ELEMENTS (people); i++)
    if (g_str_equal (people[i].user, user))
      return people[i].role;
  return LZ_ROLE_UNIT;
}

static void
perform (Play *self, LzKind kind, const char *user, const LzId *subject, LzBody *body, LzId *made)
{
  g_auto (LzActResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  LzAct act = {
    .kind = kind, .subject = *subject, .body = body, .actor = user, .roles = find_role (user)
  };

  if (!lz_log_act (self->station, &act, &result, &error))
    g_error ("%s by %s: %s", lz_kind_to_string (kind), user, error->message);
  *made = result.subject;
}

static void
add_photo (Play *self, LzBody *body, LzPhotoRole role)
{
  LzPhotoRef photo = g_array_index (self->photos, LzPhotoRef, pick (self, self->photos->len));

  photo.role = role;
  photo.taken_ms = self->now_ms - 5 * MINUTE_MS;
  photo.place = body->place;
  lz_body_add_photo (body, &photo);
}

static void
report (Play *self, Case *item)
{
  static const LzId nil;
  g_autoptr (LzBody) body = lz_body_new ();
  g_autoptr (GError) error = NULL;
  LzProjection projection;

  body->category = g_strdup (problems[item->problem].category);
  body->text = g_strdup (problems[item->problem].text);
  body->source = g_strdup (stories[item->story].source);
  body->place = item->place;
  if (lz_roads_snap (self->station, body->place, &body->road, &body->road_name, &projection,
                     &error))
    {
      body->chainage_cm = (gint64) (projection.chainage_m * 100);
      body->offset_cm = (gint64) (projection.offset_m * 100);
    }
  must (error == NULL, error);
  add_photo (self, body, LZ_PHOTO_BEFORE);
  perform (self, LZ_KIND_REPORTED, item->finder, &nil, body, &item->id);
}

/* Who of the sample's units has it: the account of the unit that the dispatch named. */
static const char *
find_unit_user (const LzCase *now)
{
  static const char *const units[][2] = { { "市政养护处", "shizheng" },
                                          { "园林中心", "yuanlin" },
                                          { "路灯管理所", "ludeng" },
                                          { "市城管局", "huanwei" } };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_strcmp0 (now->unit, units[i][0]) == 0)
      return units[i][1];
  return NULL;
}

/* What the office makes of a closed case: a board, or points of the hauling firm. */
static void
follow_up (Play *self, const LzCase *now)
{
  g_autoptr (GError) error = NULL;
  gboolean late = now->stopped_ms > now->due_ms;
  const char *board = late && self->n_exposed < 6    ? "exposed"
                      : !late && self->n_praised < 6 ? "praised"
                                                     : NULL;
  g_auto (LzNoticeDraft) draft = { 0 };
  LzNotice notice = { .kind = board, .kase = now->id };

  if (g_str_equal (now->category, "T14-01"))
    g_array_append_val (self->hauled, now->id);
  if (board == NULL || pick (self, late ? 3 : 14) != 0)
    return;
  must (lz_notices_draft (self->station, board, &now->id, &draft, &error), error);
  notice.title = draft.title;
  notice.words = draft.words;
  must (lz_notices_list (self->station, &notice, NULL, &error), error);
  self->n_exposed += late;
  self->n_praised += !late;
}

/* FALSE: the case has gone another way. */
static gboolean
take_step (Play *self, Case *item, const Step *step)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LzCase) now = lz_cases_load (self->station, &item->id, &error);
  g_autoptr (LzBody) body = lz_body_new ();
  const LzTransition *row;
  const char *user;

  must (now != NULL, error);
  row = lz_fold_find_row (now, step->kind);
  user = g_str_equal (step->who, "unit") ? find_unit_user (now) : step->who;
  if (row == NULL || user == NULL ||
      (step->kind == LZ_KIND_EXTEND_ASKED && self->now_ms > now->due_ms))
    return FALSE;
  body->text = g_strdup (step->text);
  if (step->kind == LZ_KIND_RECTIFIED)
    {
      body->place = now->place;
      add_photo (self, body, LZ_PHOTO_AFTER);
      body->place = (LzPoint){ 0, 0 };
    }
  else if (step->kind == LZ_KIND_SUSPEND_ASKED)
    {
      body->until_ms = self->now_ms + 60 * DAY_MS;
    }
  else if (step->kind == LZ_KIND_DISPATCHED)
    {
      body->unit = g_strdup (
          lz_catalogue_find (lz_station_get_catalogue (self->station), now->category)->lead_unit);
    }
  else if (step->kind == LZ_KIND_SUPERVISED)
    {
      body->order = g_strdup ("overtime");
      body->level = 2;
    }
  perform (self, step->kind, user, &item->id, body, &item->id);
  if (step->kind == LZ_KIND_CLOSED)
    {
      g_clear_pointer (&now, lz_case_free);
      now = lz_cases_load (self->station, &item->id, &error);
      must (now != NULL, error);
      follow_up (self, now);
    }
  return TRUE;
}

static void
take_turn (Play *self, const Turn *turn)
{
  Case *item = &g_array_index (self->cases, Case, turn->number);
  const Step *steps = stories[item->story].steps;
  const Step *next = turn->step < MOST_STEPS ? &steps[turn->step] : NULL;

  self->now_ms = turn->at_ms;
  if (turn->step == 0)
    report (self, item);
  else if (!take_step (self, item, &steps[turn->step - 1]))
    return;
  if (next != NULL && next->kind != LZ_KIND_UNKNOWN)
    add_turn (self,
              turn->at_ms + (gint64) (g_rand_double_range (self->random, next->from_h, next->to_h) *
                                      (double) HOUR_MS),
              turn->number, turn->step + 1);
}

/* -- the whole ----------------------------------------------------------------------------------
 */

static guint
choose_story (Play *self, const char *category)
{
  guint total = 0, at;

  if (g_str_equal (category, "T05-06") || g_str_has_prefix (category, "T22-"))
    return STORY_HANDED;
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++)
    total += stories[i].weight;
  at = pick (self, total);
  for (guint i = 0; i < G_N_ELEMENTS (stories); i++)
    {
      if (at < stories[i].weight)
        return i;
      at -= stories[i].weight;
    }
  return 0;
}

static void
add_case (Play *self, gint64 at_ms, guint problem, guint spot, guint story)
{
  Case item = { .place = self->spots[spot],
                .problem = problem,
                .story = story,
                .finder = finders[pick (self, G_N_ELEMENTS (finders))] };

  g_array_append_val (self->cases, item);
  add_turn (self, at_ms, self->cases->len - 1, 0);
}

/* Some five a workday, two on the others; now and then the same again at the same spot. */
static void
plan (Play *self, gint64 begin_ms)
{
  for (gint64 day_ms = begin_ms; day_ms < self->end_ms; day_ms += DAY_MS)
    {
      guint n = (guint) ((day_ms - begin_ms) / DAY_MS) % 7 < 5 ? 4 + pick (self, 3) : 2;

      for (guint i = 0; i < n; i++)
        {
          guint spot = pick (self, N_SPOTS);
          guint problem = (spot + pick (self, 3)) % G_N_ELEMENTS (problems);
          gint64 at_ms = day_ms + 8 * HOUR_MS +
                         (gint64) g_rand_int_range (self->random, 0, (gint32) (10 * HOUR_MS));

          add_case (self, at_ms, problem, spot, choose_story (self, problems[problem].category));
        }
    }
  for (guint i = 0; i < N_LAST_DAY; i++)
    add_case (self, self->end_ms - 22 * HOUR_MS, i, i, G_N_ELEMENTS (stories) - N_LAST_DAY + i);
  /* Filed, and waiting for the dispatcher: no route leads to the police. */
  add_case (self, self->end_ms - 21 * HOUR_MS, G_N_ELEMENTS (problems) - 2, N_LAST_DAY,
            G_N_ELEMENTS (stories) - N_LAST_DAY);
}

static void
charge_firm (Play *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) facts = json_object_new ();
  JsonArray *plates = json_array_new ();
  LzId firm;

  json_array_add_string_element (plates, PLATE);
  json_object_set_string_member (facts, "name", FIRM);
  json_object_set_array_member (facts, "plates", plates);
  must (lz_firms_save (self->station, NULL, facts, &firm, &error), error);
  for (guint i = 0; i < MIN (self->hauled->len, 2); i++)
    {
      const LzId *kase = &g_array_index (self->hauled, LzId, i);

      must (lz_firms_name (self->station, kase, &firm, PLATE, &error), error);
      must (lz_firms_charge (self->station, &firm, kase, "dumping", &error), error);
    }
}

static void
take_photos (Play *self, int n, char **paths)
{
  for (int i = 0; i < n; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (LzPhoto) photo = lz_photos_take (self->station, paths[i], &error);
      LzPhotoRef ref;

      must (photo != NULL, error);
      ref = lz_photo_make_ref (photo, LZ_PHOTO_BEFORE);
      g_array_append_val (self->photos, ref);
    }
}

int
main (int argc, char **argv)
{
  Play self = { 0 };
  g_autoptr (GError) error = NULL;
  LzPeriod week;

  if (argc < 3)
    g_error ("usage: %s STATION PHOTO…", argv[0]);
  self.station = lz_station_open (argv[1], LZ_STATION_READ_WRITE, &error);
  must (self.station != NULL, error);
  self.end_ms = self.now_ms = lz_station_now (self.station);
  self.random = g_rand_new_with_seed (SEED);
  self.photos = g_array_new (FALSE, FALSE, sizeof (LzPhotoRef));
  self.cases = g_array_new (FALSE, TRUE, sizeof (Case));
  self.hauled = g_array_new (FALSE, FALSE, sizeof (LzId));
  self.turns = g_sequence_new (g_free);
  lz_station_set_clock (self.station, read_clock, &self);
  take_photos (&self, argc - 2, argv + 2);
  choose_spots (&self);
  week = lz_period_at (LZ_PERIOD_WEEK, self.end_ms,
                       lz_calendar_get_utc_offset_min (lz_station_get_calendar (self.station)));
  plan (&self, week.from_ms - WEEKS * 7 * DAY_MS);
  must (lz_log_begin_bulk (self.station, &error), error);
  while (!g_sequence_is_empty (self.turns))
    {
      GSequenceIter *first = g_sequence_get_begin_iter (self.turns);
      Turn turn = *(Turn *) g_sequence_get (first);

      g_sequence_remove (first);
      take_turn (&self, &turn);
    }
  self.now_ms = self.end_ms;
  charge_firm (&self);
  must (lz_log_commit_bulk (self.station, &error), error);
  printf ("%u\n", self.cases->len);
  g_sequence_free (self.turns);
  g_array_unref (self.photos);
  g_array_unref (self.cases);
  g_array_unref (self.hauled);
  g_ptr_array_unref (self.roads);
  g_rand_free (self.random);
  lz_station_close (self.station);
  return 0;
}
