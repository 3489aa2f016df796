/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The lists of work of each role. */

#include "lz-office.h"
#include "lz-plan.h"
#include "lz-station-fixture.h"
#include "lz-tasks.h"

#include "lz-data.h"

#define POTHOLE "T01-01"
#define LAT7    282900000
#define LON7    1172000000
#define HOUR_MS G_GINT64_CONSTANT (3600000)
#define DAY_MS  (24 * HOUR_MS)

typedef struct
{
  LzKind kind;
  const char *unit;
  const char *person;
  const char *order;
  gint64 until_ms;
} Step;

static void
do_step (StationFixture *f, const LzId *id, const Step *step)
{
  g_autoptr (LzBody) body = lz_body_new ();
  g_auto (LzActResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  LzAct act = { .kind = step->kind, .subject = *id, .body = body, .roles = LZ_ROLES_ANY };
  LzPhotoRef photo = station_fixture_photo (9, LZ_PHOTO_AFTER);

  body->text = g_strdup ("原因");
  body->condition = 1;
  body->unit = g_strdup (step->unit);
  body->person = g_strdup (step->person);
  body->order = g_strdup (step->order);
  body->until_ms = step->until_ms;
  lz_body_add_photo (body, &photo);
  lz_log_act (f->station, &act, &result, &error);
  g_assert_no_error (error);
}

static LzId
make_case (StationFixture *f, const Step *steps, guint n)
{
  static gint32 shift;
  LzId id;

  shift += 10000;
  id = station_fixture_report (f, POTHOLE, LAT7 + shift, LON7, "坑槽");
  for (guint i = 0; i < n; i++)
    do_step (f, &id, &steps[i]);
  return id;
}

#define CASE(f, ...) \
  make_case (f, (const Step[]){ __VA_ARGS__ }, G_N_ELEMENTS (((const Step[]){ __VA_ARGS__ })))

static void
count (StationFixture *f, const LzTaskQuery *query, LzTaskCount counts[LZ_N_TASKS])
{
  g_autoptr (GError) error = NULL;

  lz_tasks_count (f->station, query, LZ_ROLES_ANY, counts, &error);
  g_assert_no_error (error);
  for (guint list = 0; list < LZ_N_TASKS; list++)
    {
      g_autoptr (GArray) fids = lz_tasks_list (f->station, (LzTaskList) list, query, 0, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (fids->len, ==, counts[list].n);
    }
}

static void
set_up (StationFixture *f, gconstpointer data)
{
  station_fixture_set_up (f, data);
  g_assert_true (lz_station_set_setting (f->station, "short_loop", "0", NULL));
}

static void
test_each_list (StationFixture *f, gconstpointer data)
{
  LzTaskQuery query = { 0 };
  LzTaskCount counts[LZ_N_TASKS];
  const Step filed = { LZ_KIND_FILED, NULL, NULL, NULL, 0 };
  const Step huanwei = { LZ_KIND_DISPATCHED, "环卫站", NULL, NULL, 0 };
  const Step shizheng = { LZ_KIND_DISPATCHED, "市政队", NULL, NULL, 0 };
  const Step accepted = { LZ_KIND_ACCEPTED, NULL, NULL, NULL, 0 };
  const Step rectified = { LZ_KIND_RECTIFIED, NULL, NULL, NULL, 0 };
  const Step fed_back = { LZ_KIND_FED_BACK, NULL, NULL, NULL, 0 };

  make_case (f, NULL, 0);
  CASE (f, { LZ_KIND_VERIFY_ASKED, NULL, NULL, NULL, 0 });
  CASE (f, { LZ_KIND_VERIFY_ASKED, NULL, "zhao", NULL, 0 });
  CASE (f, { LZ_KIND_REJECTED, NULL, NULL, NULL, 0 });
  CASE (f, filed);
  CASE (f, filed, { LZ_KIND_VOID_ASKED, NULL, NULL, NULL, 0 });
  CASE (f, filed, huanwei);
  CASE (f, filed, shizheng, { LZ_KIND_RETURN_ASKED, NULL, NULL, NULL, 0 });
  CASE (f, filed, huanwei, accepted);
  CASE (f, filed, huanwei, accepted, { LZ_KIND_EXTEND_ASKED, NULL, NULL, NULL, 0 });
  CASE (f, filed, shizheng, accepted,
        { LZ_KIND_SUSPEND_ASKED, NULL, NULL, NULL, f->now_ms + 5 * DAY_MS });
  CASE (f, filed, shizheng, accepted,
        { LZ_KIND_SUSPEND_ASKED, NULL, NULL, NULL, f->now_ms + 5 * DAY_MS },
        { LZ_KIND_SUSPEND_GRANTED, NULL, NULL, NULL, 0 });
  CASE (f, filed, huanwei, rectified);
  CASE (f, filed, huanwei, rectified, { LZ_KIND_REDO_ASKED, NULL, NULL, NULL, 0 });
  CASE (f, filed, huanwei, rectified, fed_back);
  CASE (f, filed, huanwei, rectified, fed_back, { LZ_KIND_CHECK_ASKED, NULL, NULL, NULL, 0 });
  CASE (f, filed, shizheng, rectified, fed_back, { LZ_KIND_CHECK_FAILED, NULL, NULL, NULL, 0 });
  CASE (f, filed, shizheng, { LZ_KIND_SUPERVISED, NULL, NULL, "leader", f->now_ms + DAY_MS });

  query.now_ms = f->now_ms;
  count (f, &query, counts);
  g_assert_cmpuint (counts[LZ_TASKS_TO_FILE].n, ==, 1);
  g_assert_cmpuint (counts[LZ_TASKS_TO_VERIFY].n, ==, 1); /* the other is for somebody else */
  g_assert_cmpuint (counts[LZ_TASKS_SENT_BACK].n, ==, 1);
  g_assert_cmpuint (counts[LZ_TASKS_TO_DISPATCH].n, ==, 2);
  g_assert_cmpuint (counts[LZ_TASKS_VOID_ASKED].n, ==, 1);
  g_assert_cmpuint (counts[LZ_TASKS_RETURN_ASKED].n, ==, 1);
  g_assert_cmpuint (counts[LZ_TASKS_EXTEND_ASKED].n, ==, 1);
  g_assert_cmpuint (counts[LZ_TASKS_SUSPEND_ASKED].n, ==, 1);
  g_assert_cmpuint (counts[LZ_TASKS_SUSPENDED].n, ==, 1);
  g_assert_cmpuint (counts[LZ_TASKS_TO_ACCEPT].n, ==, 2);
  g_assert_cmpuint (counts[LZ_TASKS_IN_HAND].n, ==, 3);
  g_assert_cmpuint (counts[LZ_TASKS_TO_REDO].n, ==, 2);
  g_assert_cmpuint (counts[LZ_TASKS_TO_CONFIRM].n, ==, 1);
  g_assert_cmpuint (counts[LZ_TASKS_TO_CLOSE].n, ==, 1);
  g_assert_cmpuint (counts[LZ_TASKS_TO_CHECK].n, ==, 1);
  g_assert_cmpuint (counts[LZ_TASKS_SUPERVISED].n, ==, 1);
  g_assert_cmpuint (counts[LZ_TASKS_REPLY_WANTED].n, ==, 1);
  g_assert_cmpuint (counts[LZ_TASKS_OVERDUE].n, ==, 0);
  g_assert_cmpuint (counts[LZ_TASKS_LATE].n, ==, 0);

  query.unit = "市政队";
  count (f, &query, counts);
  g_assert_cmpuint (counts[LZ_TASKS_TO_ACCEPT].n, ==, 1);
  g_assert_cmpuint (counts[LZ_TASKS_IN_HAND].n, ==, 1);
  g_assert_cmpuint (counts[LZ_TASKS_TO_REDO].n, ==, 1);
  g_assert_cmpuint (counts[LZ_TASKS_TO_CONFIRM].n, ==, 0);

  /* The unit's people belong to it by its id; a dispatch may name it otherwise. */
  station_fixture_put_reference (
      f, "units.json",
      "[{\"id\":\"huanwei\",\"name\":\"环卫中心\",\"aliases\":[\"环卫站\"]},"
      "{\"id\":\"shizheng\",\"name\":\"市政队\"}]");
  query.unit = "shizheng";
  count (f, &query, counts);
  g_assert_cmpuint (counts[LZ_TASKS_TO_ACCEPT].n, ==, 1);
  query.unit = "huanwei";
  count (f, &query, counts);
  g_assert_cmpuint (counts[LZ_TASKS_TO_ACCEPT].n, ==, 1);
  query.unit = "市政队";

  query.person = "zhao";
  count (f, &query, counts);
  g_assert_cmpuint (counts[LZ_TASKS_TO_VERIFY].n, ==, 2);
  g_assert_cmpuint (counts[LZ_TASKS_SENT_BACK].n, ==, 0);
}

/* Stages count day and night; the deadline counts as the category says. */
static void
test_lateness (StationFixture *f, gconstpointer data)
{
  LzTaskQuery query = { 0 };
  LzTaskCount counts[LZ_N_TASKS];
  LzId id = CASE (f, { LZ_KIND_FILED, NULL, NULL, NULL, 0 },
                  { LZ_KIND_DISPATCHED, "环卫站", NULL, NULL, 0 });
  g_autoptr (LzCase) self = lz_cases_load (f->station, &id, NULL);
  g_autoptr (GArray) units = NULL;

  make_case (f, NULL, 0);
  query.now_ms = f->now_ms + 13 * 60000; /* of 15 */
  count (f, &query, counts);
  g_assert_cmpuint (counts[LZ_TASKS_TO_FILE].n_warned, ==, 1);
  g_assert_cmpuint (counts[LZ_TASKS_TO_FILE].n_overdue, ==, 0);
  query.now_ms = f->now_ms + 15 * 60000;
  count (f, &query, counts);
  g_assert_cmpuint (counts[LZ_TASKS_LATE].n, ==, 0); /* the last moment is still in time */
  query.now_ms++;
  count (f, &query, counts);
  g_assert_cmpuint (counts[LZ_TASKS_TO_FILE].n_overdue, ==, 1);
  g_assert_cmpuint (counts[LZ_TASKS_LATE].n, ==, 1);
  g_assert_cmpuint (counts[LZ_TASKS_TO_ACCEPT].n_overdue, ==, 0);

  query.now_ms = self->due_ms + 1;
  count (f, &query, counts);
  g_assert_cmpuint (counts[LZ_TASKS_OVERDUE].n, ==, 1);
  g_assert_cmpuint (counts[LZ_TASKS_TO_ACCEPT].n_overdue, ==, 1);
  units = lz_tasks_tally_units (f->station, query.now_ms, NULL);
  g_assert_cmpuint (units->len, ==, 1);
  g_assert_cmpstr (g_array_index (units, LzUnitTally, 0).unit, ==, "环卫站");
  g_assert_cmpuint (g_array_index (units, LzUnitTally, 0).n_overdue, ==, 1);

  query.now_ms = self->due_ms - 1;
  count (f, &query, counts);
  g_assert_cmpuint (counts[LZ_TASKS_TO_ACCEPT].n_today, ==, 1);
  query.now_ms = self->due_ms - DAY_MS;
  count (f, &query, counts);
  g_assert_cmpuint (counts[LZ_TASKS_TO_ACCEPT].n_tomorrow, ==, 1);
  g_assert_cmpuint (counts[LZ_TASKS_TO_ACCEPT].n_today, ==, 0);
}

static void
test_next_lamp (StationFixture *f, gconstpointer data)
{
  LzId id = CASE (f, { LZ_KIND_FILED, NULL, NULL, NULL, 0 },
                  { LZ_KIND_DISPATCHED, "环卫站", NULL, NULL, 0 });
  g_autoptr (LzCase) self = lz_cases_load (f->station, &id, NULL);
  g_autoptr (GArray) red = NULL;
  LzLampChange change;

  g_assert_true (lz_tasks_find_lamp_change (f->station, f->now_ms, NULL, &change, NULL));
  g_assert_cmpint (change.at_ms, ==, self->warn_ms);
  g_assert_cmpint (change.to, ==, LZ_LAMP_YELLOW);
  g_assert_true (lz_id_equal (&change.id, &id));
  g_assert_cmpuint (change.n, ==, 1);
  g_assert_true (lz_tasks_find_lamp_change (f->station, change.at_ms, "环卫站", &change, NULL));
  g_assert_cmpint (change.at_ms, ==, self->due_ms);
  g_assert_cmpint (change.to, ==, LZ_LAMP_RED);
  g_assert_true (lz_tasks_find_lamp_change (f->station, self->due_ms, NULL, &change, NULL));
  g_assert_cmpint (change.at_ms, ==, 0);
  g_assert_true (lz_tasks_find_lamp_change (f->station, f->now_ms, "市政队", &change, NULL));
  g_assert_cmpint (change.at_ms, ==, 0);

  red = lz_tasks_list_turning_red (f->station, f->now_ms, self->due_ms + 1, NULL, 0, NULL);
  g_assert_cmpuint (red->len, ==, 1);
  g_array_unref (g_steal_pointer (&red));
  red = lz_tasks_list_turning_red (f->station, f->now_ms, self->due_ms, NULL, 0, NULL);
  g_assert_cmpuint (red->len, ==, 0);
}

static void
test_nearest_first (StationFixture *f, gconstpointer data)
{
  LzId first = make_case (f, NULL, 0);
  LzId second = make_case (f, NULL, 0);
  g_autoptr (LzCase) near = lz_cases_load (f->station, &second, NULL);
  LzTaskQuery query = { .now_ms = f->now_ms, .near = near->place };
  g_autoptr (GArray) fids = lz_tasks_list (f->station, LZ_TASKS_TO_FILE, &query, 0, NULL);
  gint64 fid = 0;

  g_assert_cmpuint (fids->len, ==, 2);
  g_assert_true (lz_cases_get_fid (f->station, &second, &fid, NULL));
  g_assert_cmpint (g_array_index (fids, gint64, 0), ==, fid);
  g_assert_true (lz_cases_get_fid (f->station, &first, &fid, NULL));
  g_assert_cmpint (g_array_index (fids, gint64, 1), ==, fid);
}

/* In working time a stage that began on Friday at 17:50 is late on Monday at 08:05. */
static void
test_stage_in_working_time (StationFixture *f, gconstpointer data)
{
  static const char stages[] = "state\tminutes\tclock\nreported\t15\tworking_hours\n";
  g_autoptr (GBytes) stage_table = g_bytes_new_static (stages, strlen (stages));
  g_autoptr (GBytes) rule_table = lz_data_lookup ("rules/rules.tsv", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (LzRules) rules = lz_rules_parse (rule_table, stage_table, &error);
  const LzCalendar *calendar = lz_station_get_calendar (f->station);
  gint64 friday = FIXTURE_MONDAY_9 + 4 * DAY_MS + 8 * HOUR_MS + 50 * 60000;
  gint64 monday = FIXTURE_MONDAY_9 + 7 * DAY_MS - HOUR_MS;

  g_assert_no_error (error);
  g_assert_cmpint (lz_rules_stage_due (rules, calendar, LZ_STATE_REPORTED, friday, NULL), ==,
                   monday + 5 * 60000);
  g_assert_cmpint (lz_rules_stage_cutoff (rules, calendar, LZ_STATE_REPORTED,
                                          monday + 5 * 60000 + 1, NULL),
                   ==, friday);
  g_assert_cmpint (lz_rules_stage_due (rules, calendar, LZ_STATE_FILED, friday, NULL), ==, 0);
  g_assert_cmpint (lz_due_day (calendar, monday, 0, friday), ==, LZ_DUE_LATER);
  g_assert_cmpint (lz_due_day (calendar, friday + DAY_MS, 0, friday), ==, LZ_DUE_TOMORROW);
  g_assert_cmpint (lz_due_day (calendar, friday + 1, 0, friday), ==, LZ_DUE_TODAY);
  g_assert_cmpint (lz_due_day (calendar, friday - 1, 0, friday), ==, LZ_DUE_OVERDUE);
  g_assert_cmpint (lz_due_day (calendar, friday - 1, friday - 2, friday), ==, LZ_DUE_NONE);
}

static void
test_bad_tables (void)
{
  static const char *const bad[] = { "state\tminutes\tclock\nclosed\t15\tworking_hours\n",
                                     "state\tminutes\tclock\nfiled\t0\tworking_hours\n",
                                     "state\tminutes\tclock\nfiled\t15\tmoonlight\n",
                                     "state\tminutes\tclock\nfiled\t1\turgent_hours\n"
                                     "filed\t2\turgent_hours\n" };
  g_autoptr (GBytes) rules = lz_data_lookup ("rules/rules.tsv", NULL);
  g_autoptr (GBytes) stages = lz_data_lookup ("rules/stages.tsv", NULL);
  g_autoptr (GBytes) few = g_bytes_new_static ("key\tvalue\nsimilar_m\t50\n", 24);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (bad[i], strlen (bad[i]));

      g_assert_null (lz_rules_parse (rules, bytes, NULL));
    }
  g_assert_null (lz_rules_parse (few, stages, NULL));
}

/* None of what the lists ask walks past every case, and Undo not past every event. */
static void
test_plans (StationFixture *f, gconstpointer data)
{
  LzId last, made = station_fixture_report (f, POTHOLE, LAT7, LON7, "坑槽");
  LzTaskQuery query = { .now_ms = f->now_ms };
  LzTaskCount counts[LZ_N_TASKS];
  LzLampChange change;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) units = NULL;
  g_autoptr (GArray) levels = NULL;
  g_autoptr (GArray) soon = NULL;

  for (guint pass = 0; pass < 2; pass++)
    {
      query.unit = pass == 1 ? "市政" : NULL;
      query.near = pass == 1 ? (LzPoint){ 282900000, 1172000000 } : (LzPoint){ 0 };
      lz_tasks_count (f->station, &query, LZ_ROLES_ANY, counts, &error);
      g_assert_no_error (error);
      for (guint list = 0; list < LZ_N_TASKS; list++)
        {
          g_autoptr (GArray) fids =
              lz_tasks_list (f->station, (LzTaskList) list, &query, 500, &error);

          g_assert_no_error (error);
        }
    }
  units = lz_tasks_tally_units (f->station, f->now_ms, &error);
  levels = lz_tasks_tally_supervised (f->station, &error);
  lz_tasks_find_lamp_change (f->station, f->now_ms, NULL, &change, &error);
  soon = lz_tasks_list_turning_red (f->station, f->now_ms, f->now_ms + 1, NULL, 10, &error);
  g_assert_no_error (error);
  g_assert_true (lz_log_find_last (f->station, &last));
  lz_log_withdraw (f->station, &last, &error);
  g_assert_no_error (error);
  g_assert_null (lz_cases_load (f->station, &made, &error)); /* and what the rules answered */
  g_assert_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND);
  lz_plan_assert_narrow (f->station, 3 * (LZ_N_TASKS - 3));
}

#define ADD(path, func) \
  g_test_add ("/core/tasks/" path, StationFixture, NULL, set_up, func, station_fixture_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("each-list", test_each_list);
  ADD ("lateness", test_lateness);
  ADD ("next-lamp", test_next_lamp);
  ADD ("plans", test_plans);
  ADD ("nearest-first", test_nearest_first);
  ADD ("stage-in-working-time", test_stage_in_working_time);
  g_test_add_func ("/core/tasks/bad-tables", test_bad_tables);

  return g_test_run ();
}
