/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-deadline.h"
#include "lz-rules.h"
#include "lz-test-clock.h"
#include "lz-tsv.h"

#include <string.h>

/* The clocks of whole cases against tests/data/clocks/examples.tsv, which was worked out by hand:
 * acts go in, the deadline, the moment of standing still and the lamps have to come out. */

#define MIN_ROWS 40
#define STAGE    "stage "

enum
{
  COLUMN_LIMIT,
  COLUMN_ACTS,
  COLUMN_DUE,
  COLUMN_STOPPED,
  COLUMN_LAMPS,
  COLUMN_BECAUSE,
};

static const char *const columns[] = {
  "limit", "acts", "due", "stopped", "lamps", "because", NULL
};

/* "03-02 09:00" of 2026 or "2027-01-01 16:00"; "-" is 0. */
static gint64
read_moment (const char *date, const char *time)
{
  g_autofree char *whole = g_strconcat (strlen (date) == 5 ? "2026-" : "", date, NULL);

  return lz_test_read_moment (whole, time);
}

static gint64
read_field (const char *text)
{
  g_auto (GStrv) words = NULL;

  if (g_str_equal (text, "-"))
    return 0;
  words = g_strsplit (text, " ", -1);
  g_assert_cmpuint (g_strv_length (words), ==, 2);
  return read_moment (words[0], words[1]);
}

static char *
say (gint64 ms)
{
  return ms == 0 ? g_strdup ("-") : lz_test_say_moment (ms);
}

static void
assert_moment (gint64 is_ms, const char *expected)
{
  g_autofree char *is = say (is_ms);
  g_autofree char *should_be = say (read_field (expected));

  g_assert_cmpstr (is, ==, should_be);
}

static LzTsv *
read_examples (void)
{
  g_autofree char *path =
      g_test_build_filename (G_TEST_DIST, "data", "clocks", "examples.tsv", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  char *text;
  gsize size;
  LzTsv *tsv;

  g_file_get_contents (path, &text, &size, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (text, size);
  tsv = lz_tsv_parse (bytes, columns, &error);
  g_assert_no_error (error);
  return tsv;
}

static LzLimit
read_limit (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", 2);
  LzLimit limit = { (guint) g_ascii_strtoull (words[0], NULL, 10), LZ_CLOCK_URGENT_HOURS };

  g_assert_true (lz_clock_from_string (words[1], &limit.clock));
  return limit;
}

/* One act with all that it may need; the deadline as a station fills it in. */
static void
act (LzCase *self,
     const LzCalendar *calendar,
     LzKind kind,
     LzLimit limit,
     gint64 at_ms,
     const char *unit,
     gint64 until_ms)
{
  g_autoptr (LzEvent) event = lz_event_new ();
  g_autoptr (GError) error = NULL;
  LzPhotoRef after = { .role = LZ_PHOTO_AFTER };
  LzDeadline deadline;

  event->id = lz_id_new (at_ms);
  event->subject = self->n_events > 0 ? self->id : event->id;
  event->kind = kind;
  event->actor = g_strdup ("local");
  event->feed = g_strdup ("410185001");
  event->occurred_ms = at_ms;
  event->body = lz_body_new ();
  event->body->category = g_strdup ("T01-01");
  event->body->place = (LzPoint){ 282900000, 1172000000 };
  event->body->text = g_strdup ("原因");
  event->body->unit = g_strdup (unit);
  event->body->until_ms = until_ms;
  if (kind == LZ_KIND_FILED)
    {
      event->body->condition = 1;
      event->body->limit = limit;
    }
  lz_body_add_photo (event->body, &after);
  if (lz_deadline_compute (calendar, self, event, &deadline))
    {
      event->body->due_ms = deadline.due_ms;
      event->body->warn_ms = deadline.warn_ms;
    }
  g_assert_true (lz_fold_check (self, event, LZ_ROLES_ANY, &error));
  g_assert_no_error (error);
  lz_fold_apply (self, event);
}

/* "dispatched 03-02 09:00 甲", "suspend_asked 03-02 15:00 03-31 18:00". */
static void
act_as_written (LzCase *self, const LzCalendar *calendar, LzLimit limit, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  guint n = g_strv_length (words);
  g_autofree char *name = g_strconcat ("case.", words[0], NULL);
  LzKind kind = lz_kind_from_string (name);
  gint64 at_ms;

  g_assert_cmpint (kind, !=, LZ_KIND_UNKNOWN);
  g_assert_cmpuint (n, >=, 3);
  at_ms = read_moment (words[1], words[2]);
  if (self->n_events == 0)
    {
      act (self, calendar, LZ_KIND_REPORTED, limit, at_ms, NULL, 0);
      act (self, calendar, LZ_KIND_FILED, limit, at_ms, NULL, 0);
    }
  act (self, calendar, kind, limit, at_ms, n == 4 ? words[3] : NULL,
       n == 5 ? read_moment (words[3], words[4]) : 0);
}

/* "green 03-02 14:42, yellow 03-02 14:43": as the case, or a stage, shows it at these moments. */
static void
assert_lamps (const LzCase *self, const char *text)
{
  g_auto (GStrv) lamps = g_strsplit (text, ", ", -1);

  for (char **lamp = lamps; *lamp != NULL; lamp++)
    {
      g_auto (GStrv) words = g_strsplit (*lamp, " ", -1);
      LzLamp is;

      g_assert_cmpuint (g_strv_length (words), ==, 3);
      is = lz_case_lamp_at (self, read_moment (words[1], words[2]));
      g_test_message ("%s", *lamp);
      g_assert_cmpstr (lz_lamp_to_string (is), ==, words[0]);
    }
}

static void
check_stage (const LzCalendar *calendar,
             const LzRules *rules,
             const char *name,
             const char *since,
             LzCase *self)
{
  LzState state;

  g_assert_true (lz_state_from_string (name, &state));
  self->due_ms = lz_rules_stage_due (rules, calendar, state, read_field (since), &self->warn_ms);
}

static void
test_example (gconstpointer data)
{
  guint row = GPOINTER_TO_UINT (data);
  g_autoptr (LzTsv) examples = read_examples ();
  g_autoptr (LzCalendar) calendar = lz_test_make_calendar ();
  g_autoptr (LzRules) rules = NULL;
  g_autoptr (LzCase) self = lz_case_new ();
  g_autoptr (GBytes) thresholds = lz_data_lookup ("rules/rules.tsv", NULL);
  g_autoptr (GBytes) stages = lz_data_lookup ("rules/stages.tsv", NULL);
  g_autoptr (GError) error = NULL;
  const char *limit = lz_tsv_get (examples, row, COLUMN_LIMIT);
  const char *acts = lz_tsv_get (examples, row, COLUMN_ACTS);

  g_test_message ("%s: %s (%s)", limit, acts, lz_tsv_get (examples, row, COLUMN_BECAUSE));
  rules = lz_rules_parse (thresholds, stages, &error);
  g_assert_no_error (error);
  if (g_str_has_prefix (limit, STAGE))
    {
      check_stage (calendar, rules, limit + strlen (STAGE), acts, self);
    }
  else
    {
      g_auto (GStrv) each = g_strsplit (acts, " | ", -1);

      for (char **one = each; *one != NULL; one++)
        act_as_written (self, calendar, read_limit (limit), *one);
    }
  assert_moment (self->due_ms, lz_tsv_get (examples, row, COLUMN_DUE));
  assert_moment (self->stopped_ms, lz_tsv_get (examples, row, COLUMN_STOPPED));
  assert_lamps (self, lz_tsv_get (examples, row, COLUMN_LAMPS));
}

int
main (int argc, char **argv)
{
  g_autoptr (LzTsv) examples = NULL;
  guint n;

  g_test_init (&argc, &argv, NULL);
  examples = read_examples ();
  n = lz_tsv_get_n_rows (examples);
  g_assert_cmpuint (n, >=, MIN_ROWS);
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *path = g_strdup_printf ("/core/clock/example-%02u", i + 1);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_example);
    }

  return g_test_run ();
}
