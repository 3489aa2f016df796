/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-data.h"
#include "lz-error.h"
#include "lz-patrol-duty.h"
#include "lz-test.h"
#include "lz-track-read.h"

#include <string.h>

#define DAY_MS (24 * 3600 * G_GINT64_CONSTANT (1000))

/* "2026-03-02 09:00" in China. */
static gint64
at (const char *text)
{
  g_autofree char *iso = g_strdup_printf ("%.10sT%s:00+08:00", text, text + 11);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (iso, NULL);

  g_assert_nonnull (time);
  return g_date_time_to_unix (time) * 1000;
}

static LzCalendar *
calendar (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) days = lz_data_lookup ("calendar/china-2026.tsv", &error);
  LzCalendar *self = lz_calendar_new (480);

  g_assert_true (lz_calendar_load_tsv (self, days, &error));
  return self;
}

static LzPatrolRules *
built_in (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = lz_data_lookup ("patrol/frequency.tsv", &error);
  LzPatrolRules *rules = lz_patrol_rules_parse (bytes, &error);

  g_assert_no_error (error);
  return rules;
}

/* Periods worked out by hand with the calendar of 2026: the Spring Festival is off from 02-15 to
 * 02-23, and 02-14 and 02-28 (Saturdays) are worked. */
static void
test_periods (void)
{
  static const struct
  {
    guint level;
    const char *moment, *from, *until, *due; /* due NULL: none owed */
  } cases[] = {
    /* 总路长: half-months */
    { 4, "2026-03-02 09:00", "2026-03-01 00:00", "2026-03-16 00:00", "2026-03-14 00:00" },
    { 4, "2026-03-16 00:00", "2026-03-16 00:00", "2026-04-01 00:00", "2026-04-01 00:00" },
    { 4, "2026-02-15 23:59", "2026-02-01 00:00", "2026-02-16 00:00", "2026-02-15 00:00" },
    { 4, "2026-02-20 12:00", "2026-02-16 00:00", "2026-03-01 00:00", "2026-03-01 00:00" },
    /* 一级: weeks from Monday */
    { 1, "2026-03-01 23:00", "2026-02-23 00:00", "2026-03-02 00:00", "2026-03-01 00:00" },
    { 1, "2026-03-02 00:00", "2026-03-02 00:00", "2026-03-09 00:00", "2026-03-07 00:00" },
    { 1, "2026-02-18 12:00", "2026-02-16 00:00", "2026-02-23 00:00", NULL },
    { 1, "2026-01-01 12:00", "2025-12-29 00:00", "2026-01-05 00:00", "2026-01-05 00:00" },
    /* 二级 and 三级: workdays */
    { 2, "2026-03-02 23:59", "2026-03-02 00:00", "2026-03-03 00:00", "2026-03-03 00:00" },
    { 2, "2026-03-07 10:00", "2026-03-07 00:00", "2026-03-08 00:00", NULL },
    { 3, "2026-02-14 10:00", "2026-02-14 00:00", "2026-02-15 00:00", "2026-02-15 00:00" },
    { 3, "2026-02-17 10:00", "2026-02-17 00:00", "2026-02-18 00:00", NULL },
  };
  g_autoptr (LzCalendar) china = calendar ();
  g_autoptr (LzPatrolRules) rules = built_in ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      LzPatrolPeriod period;
      gboolean owed = lz_patrol_period_at (lz_patrol_rules_find (rules, cases[i].level), china,
                                           at (cases[i].moment), &period);

      g_test_message ("%u, %s", cases[i].level, cases[i].moment);
      g_assert_cmpint (owed, ==, cases[i].due != NULL);
      g_assert_cmpint (period.from_ms, ==, at (cases[i].from));
      g_assert_cmpint (period.until_ms, ==, at (cases[i].until));
      if (owed)
        g_assert_cmpint (period.due_ms, ==, at (cases[i].due));
    }
  g_assert_null (lz_patrol_rules_find (rules, 0));
  g_assert_null (lz_patrol_rules_find (rules, 5));
}

static void
add_visit (GPtrArray *visits, const char *person, const char *from, gint64 from_cm, gint64 to_cm)
{
  LzPatrolVisit *visit = g_new0 (LzPatrolVisit, 1);

  visit->road.bytes[0] = 1;
  visit->person = g_strdup (person);
  visit->from_ms = at (from);
  visit->until_ms = visit->from_ms + 3600000;
  visit->length_cm = 100000;
  visit->spans = lz_spans_new ();
  lz_spans_add (visit->spans, from_cm, to_cm);
  g_ptr_array_add (visits, visit);
}

/* "due 0;missed 40;done 80" in the order of time. */
static void
check (guint level,
       const GPtrArray *visits,
       const char *since,
       const char *from,
       const char *now,
       const char *expected)
{
  g_autoptr (LzCalendar) china = calendar ();
  g_autoptr (LzPatrolRules) rules = built_in ();
  g_autoptr (GPtrArray) duties = lz_patrol_duties_new ();
  g_autoptr (GString) got = g_string_new (NULL);
  LzPatrolCharge charge = { .road = { .bytes = { 1 } },
                            .road_name = (char *) "建设路",
                            .person = (char *) "chen",
                            .level = level,
                            .since_ms = at (since),
                            .length_cm = 100000 };

  lz_patrol_duties (rules, china, &charge, visits, at (from), at (now), duties);
  for (guint i = 0; i < duties->len; i++)
    {
      const LzPatrolDuty *duty = duties->pdata[i];

      g_string_append_printf (got, "%s%s %u", i > 0 ? ";" : "",
                              lz_patrol_duty_state_to_string (duty->state), duty->percent);
    }
  g_assert_cmpstr (got->str, ==, expected);
}

static void
test_duties (void)
{
  g_autoptr (GPtrArray) none = lz_patrol_visits_new ();
  g_autoptr (GPtrArray) visits = lz_patrol_visits_new ();

  /* A week of a second-level chief: Thursday 03-05 to Wednesday 03-11, off on the weekend. */
  add_visit (visits, "chen", "2026-03-05 08:00", 0, 50000);
  add_visit (visits, "chen", "2026-03-05 16:00", 40000, 90000); /* both together: 90 % */
  add_visit (visits, "chen", "2026-03-06 08:00", 0, 79900);     /* not enough */
  add_visit (visits, "chen", "2026-03-07 08:00", 0, 100000);    /* a Saturday: not owed */
  add_visit (visits, "zhang", "2026-03-09 08:00", 0, 100000);   /* somebody else */
  add_visit (visits, "chen", "2026-03-10 23:30", 0, 100000);    /* ends on the next day */
  check (2, visits, "2026-01-01 00:00", "2026-03-05 12:00", "2026-03-11 10:00",
         "done 90;missed 79;missed 0;done 100;due 0");

  /* The first day of a charge is not missed, but can be done. */
  check (2, none, "2026-03-05 09:00", "2026-03-01 00:00", "2026-03-06 10:00", "due 0");
  check (2, visits, "2026-03-05 07:00", "2026-03-01 00:00", "2026-03-06 10:00", "done 90;due 79");

  /* A first-level chief: the week of the visits, and the one before. */
  check (1, visits, "2026-01-01 00:00", "2026-02-16 00:00", "2026-03-08 10:00",
         "missed 0;done 100");
  /* 总路长: 30 % in half a month. */
  check (4, visits, "2026-01-01 00:00", "2026-02-20 00:00", "2026-03-20 10:00",
         "missed 0;done 100;due 0");
  check (0, visits, "2026-01-01 00:00", "2026-02-20 00:00", "2026-03-20 10:00", "");
}

static void
test_rules_hostile (void)
{
  static const struct
  {
    const char *row;
    const char *says;
  } bad[] = {
    { "5\tday\twork\t80\t", "level" },
    { "0\tday\twork\t80\t", "level" },
    { "1\tfortnight\twork\t80\t", "period" },
    { "1\tday\tsometimes\t80\t", "days" },
    { "1\tday\twork\t0\t", "percent" },
    { "1\tday\twork\t101\t", "percent" },
    { "1\tday\twork\t80\t\n1\tday\tall\t80\t", "twice" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *text =
          g_strdup_printf ("level\tperiod\tdays\tpercent\tsource\n%s\n", bad[i].row);
      g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
      g_autoptr (GError) error = NULL;
      g_autoptr (LzPatrolRules) rules = lz_patrol_rules_parse (bytes, &error);

      g_assert_null (rules);
      g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, bad[i].says));
    }
}

/* One walk of three places in each form. */
static void
test_forms (void)
{
  static const char *const forms[] = {
    "<?xml version='1.0'?><gpx><trk><trkseg>"
    "<trkpt lat='28.3' lon='117.2'><time>2026-03-02T01:00:00Z</time></trkpt>"
    "<trkpt lat='28.3001' lon='117.2'><time>2026-03-02T01:00:10Z</time></trkpt>"
    "<trkpt lat='28.3002' lon='117.2'><time>2026-03-02T01:00:20Z</time></trkpt>"
    "</trkseg></trk></gpx>",
    "<?xml version='1.0'?><kml xmlns='http://www.opengis.net/kml/2.2'"
    " xmlns:gx='http://www.google.com/kml/ext/2.2'><Placemark><gx:Track>"
    "<when>2026-03-02T01:00:00Z</when><when>2026-03-02T09:00:10+08:00</when>"
    "<when>2026-03-02T01:00:20Z</when><gx:coord>117.2 28.3 40</gx:coord>"
    "<gx:coord>117.2 28.3001 40</gx:coord><gx:coord>117.2 28.3002 41</gx:coord>"
    "</gx:Track></Placemark></kml>",
    "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":"
    "{\"coordTimes\":[\"2026-03-02T01:00:00Z\",\"2026-03-02T01:00:10Z\",1772413220]},\"geometry\":"
    "{\"type\":\"LineString\",\"coordinates\":[[117.2,28.3],[117.2,28.3001,5],[117.2,28.3002]]}}]}",
    "\xef\xbb\xbf"
    "time,latitude,longitude,accuracy\r\n2026-03-02 01:00:00,28.3,117.2,5\r\n"
    "1772413210000,\"28.3001\",117.2,5\r\n2026-03-02T09:00:20+08:00,28.3002,117.2,\r\nx,,,\r\n",
    "时间;纬度;经度\n2026-03-02T01:00:00Z;28.3;117.2\n2026-03-02T01:00:10Z;28.3001;117.2\n"
    "2026-03-02T01:00:20Z;28.3002;117.2\n",
  };
  static const char *const bad[] = { "",
                                     " ",
                                     "hello",
                                     "{",
                                     "{}",
                                     "[1,2]",
                                     "<html/>",
                                     "<kml></kml>",
                                     "<kml><x>",
                                     "a,b\n1,2\n",
                                     "lat,lon\n",
                                     "{\"features\":[{\"geometry\":{\"type\":\"LineString\","
                                     "\"coordinates\":7}}]}" };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (forms[i], strlen (forms[i]));
      g_autoptr (GError) error = NULL;
      g_autoptr (GPtrArray) tracks = lz_tracks_read_bytes (bytes, NULL, NULL, &error);
      const LzTrack *track;

      g_test_message ("%.40s", forms[i]);
      g_assert_no_error (error);
      g_assert_cmpuint (tracks->len, ==, 1);
      track = tracks->pdata[0];
      g_assert_cmpuint (track->n, ==, 3);
      for (guint k = 0; k < 3; k++)
        {
          g_assert_cmpint (track->points[k].time_ms, ==,
                           at ("2026-03-02 09:00") + (gint64) k * 10000);
          g_assert_cmpint (track->points[k].point.lat7, ==, 283000000 + (gint32) k * 1000);
          g_assert_cmpint (track->points[k].point.lon7, ==, 1172000000);
        }
    }
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (bad[i], strlen (bad[i]));
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", bad[i]);
      g_assert_null (lz_tracks_read_bytes (bytes, NULL, NULL, &error));
      g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
      g_assert_nonnull (strstr (error->message, "no track in this file"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/core/patrol-duty/periods", test_periods);
  g_test_add_func ("/core/patrol-duty/duties", test_duties);
  g_test_add_func ("/core/patrol-duty/rules-hostile", test_rules_hostile);
  g_test_add_func ("/core/patrol-duty/forms", test_forms);
  return g_test_run ();
}
