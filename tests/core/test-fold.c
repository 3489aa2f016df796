/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The fold over random acts, legal and illegal: what it promises must hold for each. */

#include "lz-error.h"
#include "lz-fold.h"
#include "lz-record-kinds.h"

#include <string.h>

#define HOUR_MS  G_GINT64_CONSTANT (3600000)
#define START_MS G_GINT64_CONSTANT (1772413200000)

static LzEvent *
make_event (LzKind kind, gint64 at_ms)
{
  LzEvent *event = lz_event_new ();

  event->id = lz_id_new (at_ms);
  event->kind = kind;
  event->kind_name = g_strdup (lz_kind_to_string (kind));
  event->feed = g_strdup ("410185001");
  event->actor = g_strdup ("local");
  event->occurred_ms = at_ms;
  event->body = lz_body_new ();
  return event;
}

/* A body that gives whatever any transition may need. */
static void
fill_generously (LzEvent *event)
{
  LzPhotoRef before = { .role = LZ_PHOTO_BEFORE }, after = { .role = LZ_PHOTO_AFTER };
  LzBody *body = event->body;

  before.sha256[0] = 1;
  after.sha256[0] = 2;
  body->category = g_strdup ("T01-01");
  body->place = (LzPoint){ 282900000, 1172000000 };
  body->condition = 1;
  body->limit = (LzLimit){ 5, LZ_CLOCK_WORKING_DAYS };
  body->due_ms = event->occurred_ms + 100 * HOUR_MS;
  body->warn_ms = event->occurred_ms + 80 * HOUR_MS;
  body->unit = g_strdup ("市城管局");
  body->text = g_strdup ("原因");
  body->until_ms = event->occurred_ms + 24 * HOUR_MS;
  body->other = lz_id_new (event->occurred_ms);
  lz_body_add_photo (body, &before);
  lz_body_add_photo (body, &after);
}

static LzCase *
case_in (const LzKind *kinds, guint n)
{
  LzCase *self = lz_case_new ();

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (LzEvent) event = make_event (kinds[i], START_MS + i * 60000);
      g_autoptr (GError) error = NULL;

      event->subject = self->n_events > 0 ? self->id : event->id;
      fill_generously (event);
      g_assert_true (lz_fold_check (self, event, LZ_ROLES_ANY, &error));
      g_assert_no_error (error);
      lz_fold_apply (self, event);
    }
  return self;
}

#define CASE_IN(...) \
  case_in ((const LzKind[]){ __VA_ARGS__ }, G_N_ELEMENTS (((const LzKind[]){ __VA_ARGS__ })))

static void
test_the_loop (void)
{
  g_autoptr (LzCase) self =
      CASE_IN (LZ_KIND_REPORTED, LZ_KIND_FILED, LZ_KIND_DISPATCHED, LZ_KIND_ACCEPTED,
               LZ_KIND_RECTIFIED, LZ_KIND_FED_BACK, LZ_KIND_CHECK_ASKED, LZ_KIND_CLOSED);

  g_assert_cmpint (self->state, ==, LZ_STATE_CLOSED);
  g_assert_cmpuint (self->n_events, ==, 8);
  g_assert_cmpint (self->closed_ms, ==, START_MS + 7 * 60000);
  g_assert_cmpint (self->stopped_ms, ==, START_MS + 5 * 60000); /* the unit's confirmation */
  g_assert_cmpint (lz_case_lamp_at (self, START_MS + 1000 * HOUR_MS), ==, LZ_LAMP_GREEN);
  g_assert_cmpuint (self->n_photos, ==, 16);
}

static void
test_clock_pauses (void)
{
  g_autoptr (LzCase) self =
      CASE_IN (LZ_KIND_REPORTED, LZ_KIND_FILED, LZ_KIND_DISPATCHED, LZ_KIND_ACCEPTED,
               LZ_KIND_SUSPEND_ASKED, LZ_KIND_SUSPEND_GRANTED);
  g_autoptr (LzEvent) resumed = make_event (LZ_KIND_RESUMED, START_MS + 500 * HOUR_MS);

  g_assert_cmpint (self->state, ==, LZ_STATE_SUSPENDED);
  g_assert_cmpint (self->stopped_ms, ==, START_MS + 5 * 60000);
  g_assert_false (lz_case_is_overdue_at (self, START_MS + 400 * HOUR_MS));

  fill_generously (resumed);
  lz_fold_apply (self, resumed);
  g_assert_cmpint (self->state, ==, LZ_STATE_HANDLING);
  g_assert_cmpint (self->stopped_ms, ==, 0);
  g_assert_cmpint (self->due_ms, ==, START_MS + 600 * HOUR_MS);
}

static void
test_extension_rules (void)
{
  g_autoptr (LzCase) self =
      CASE_IN (LZ_KIND_REPORTED, LZ_KIND_FILED, LZ_KIND_DISPATCHED, LZ_KIND_ACCEPTED,
               LZ_KIND_EXTEND_ASKED, LZ_KIND_EXTEND_REFUSED, LZ_KIND_EXTEND_ASKED,
               LZ_KIND_EXTEND_GRANTED, LZ_KIND_EXTEND_ASKED, LZ_KIND_EXTEND_GRANTED);
  g_autoptr (LzEvent) third = make_event (LZ_KIND_EXTEND_ASKED, START_MS + HOUR_MS);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (self->n_extensions, ==, 2); /* the refused one does not count */
  fill_generously (third);
  g_assert_false (lz_fold_check (self, third, LZ_ROLE_UNIT, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_REFUSED);
}

static void
test_no_extension_when_overdue (void)
{
  g_autoptr (LzCase) self =
      CASE_IN (LZ_KIND_REPORTED, LZ_KIND_FILED, LZ_KIND_DISPATCHED, LZ_KIND_ACCEPTED);
  g_autoptr (LzEvent) late = make_event (LZ_KIND_EXTEND_ASKED, START_MS + 200 * HOUR_MS);

  fill_generously (late);
  g_assert_false (lz_fold_check (self, late, LZ_ROLE_UNIT, NULL));
}

static void
test_roles (void)
{
  g_autoptr (LzCase) self = CASE_IN (LZ_KIND_REPORTED);
  g_autoptr (LzEvent) filed = make_event (LZ_KIND_FILED, START_MS + HOUR_MS);

  fill_generously (filed);
  g_assert_false (lz_fold_check (self, filed, LZ_ROLE_INSPECTOR | LZ_ROLE_UNIT, NULL));
  g_assert_true (lz_fold_check (self, filed, LZ_ROLE_DISPATCHER, NULL));
  g_assert_true (lz_fold_check (self, filed, LZ_ROLE_RULE, NULL));
}

static void
test_evidence_is_never_refused (void)
{
  for (guint state = LZ_STATE_REPORTED; state < LZ_N_STATES; state++)
    {
      g_autoptr (LzCase) self = CASE_IN (LZ_KIND_REPORTED);
      g_autoptr (LzEvent) note = make_event (LZ_KIND_NOTED, START_MS + HOUR_MS);

      self->state = (LzState) state;
      note->body->text = g_strdup ("现场照片");
      for (guint role = LZ_ROLE_INSPECTOR; role <= LZ_ROLE_ADMIN; role <<= 1)
        g_assert_true (lz_fold_check (self, note, role, NULL));
      lz_fold_apply (self, note);
      g_assert_cmpint (self->state, ==, (LzState) state);
      g_assert_cmpuint (self->n_notes, ==, 1);
    }
}

static void
test_missing_evidence (void)
{
  g_autoptr (LzCase) self = CASE_IN (LZ_KIND_REPORTED, LZ_KIND_FILED, LZ_KIND_DISPATCHED);
  g_autoptr (LzEvent) bare = make_event (LZ_KIND_RECTIFIED, START_MS + HOUR_MS);
  g_autoptr (GError) error = NULL;

  g_assert_false (lz_fold_check (self, bare, LZ_ROLE_UNIT, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_REFUSED);
}

/* Every open state lets somebody go on: a case cannot get stuck. */
static void
test_no_dead_end (void)
{
  for (guint state = LZ_STATE_REPORTED; state < LZ_N_STATES; state++)
    {
      if (lz_state_is_open ((LzState) state))
        g_assert_nonnull (lz_machine_next_step ((LzState) state, LZ_ROLES_ANY));
      else
        g_assert_null (lz_machine_next_step ((LzState) state, LZ_ROLES_ANY));
    }
}

static gboolean
reaches (guint32 *reached)
{
  const LzTransition *rows;
  guint32 before = *reached;
  guint n;

  rows = lz_machine_get_rows (&n);
  for (guint i = 0; i < n; i++)
    if ((rows[i].from & *reached) != 0 && rows[i].to != LZ_STATE_NONE)
      *reached |= LZ_STATE_BIT (rows[i].to);
  return *reached != before;
}

static void
test_every_state_is_reached (void)
{
  guint32 reached = LZ_STATE_BIT (LZ_STATE_NONE);

  while (reaches (&reached))
    ;
  g_assert_cmphex (reached, ==, (1u << LZ_N_STATES) - 1);
}

/* Random acts, some without evidence: applied exactly if checked, and never a half of one. */
static void
test_random_acts (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260302);
  guint n_legal = 0, n_illegal = 0;

  for (guint round = 0; round < 400; round++)
    {
      g_autoptr (LzCase) self = lz_case_new ();
      g_autoptr (LzCase) again = lz_case_new ();
      LzId subject = lz_id_new (START_MS);

      for (guint step = 0; step < 60; step++)
        {
          LzKind kind = (LzKind) g_rand_int_range (rand, LZ_KIND_REPORTED, LZ_N_KINDS);
          g_autoptr (LzEvent) event =
              make_event (kind, START_MS + step * g_rand_int_range (rand, 1, 9) * HOUR_MS);
          g_autoptr (LzCase) before = lz_case_copy (self);
          gboolean legal;

          event->subject = subject;
          if (g_rand_int_range (rand, 0, 4) > 0)
            fill_generously (event);
          legal = lz_fold_check (self, event, LZ_ROLES_ANY, NULL);
          lz_fold_apply (self, event);
          lz_fold_apply (again, event);
          if (legal)
            {
              const LzTransition *row = lz_fold_find_row (before, kind);

              g_assert_cmpint (self->state, ==, row->to != 0 ? row->to : before->state);
              g_assert_cmpuint (self->n_events, ==, before->n_events + 1);
              g_assert_true (lz_id_equal (&self->last_event, &event->id));
              n_legal++;
            }
          else
            {
              g_assert_true (lz_case_equal (self, before));
              n_illegal++;
            }
          g_assert_true (self->closed_ms == 0 || !lz_state_is_open (self->state));
          g_assert_cmpuint (self->n_extensions, <=, 2);
          g_assert_cmpuint (self->n_suspensions, <=, 1);
        }
      g_assert_true (lz_case_equal (self, again)); /* the same events, the same case */
    }
  g_assert_cmpuint (n_legal, >, 1000);
  g_assert_cmpuint (n_illegal, >, 2000);
}

static void
test_kind_names (void)
{
  guint n_records;
  const LzRecordKind *records = lz_record_kind_get_rows (&n_records);

  for (guint i = LZ_KIND_UNKNOWN + 1; i < LZ_KIND_RECORD; i++)
    g_assert_cmpint (lz_kind_from_string (lz_kind_to_string ((LzKind) i)), ==, (LzKind) i);
  g_assert_cmpint (lz_kind_from_string ("case.teleported"), ==, LZ_KIND_UNKNOWN);

  for (guint i = 0; i < n_records; i++)
    {
      g_assert_true (lz_record_kind_find (records[i].name) == &records[i]);
      g_assert_cmpint (lz_kind_from_string (records[i].name), ==, LZ_KIND_RECORD);
      g_assert_true (
          g_str_has_prefix (records[i].name, lz_record_type_to_string (records[i].type)));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/fold/the-loop", test_the_loop);
  g_test_add_func ("/core/fold/clock-pauses", test_clock_pauses);
  g_test_add_func ("/core/fold/extension-rules", test_extension_rules);
  g_test_add_func ("/core/fold/no-extension-when-overdue", test_no_extension_when_overdue);
  g_test_add_func ("/core/fold/roles", test_roles);
  g_test_add_func ("/core/fold/evidence-is-never-refused", test_evidence_is_never_refused);
  g_test_add_func ("/core/fold/missing-evidence", test_missing_evidence);
  g_test_add_func ("/core/fold/no-dead-end", test_no_dead_end);
  g_test_add_func ("/core/fold/every-state-is-reached", test_every_state_is_reached);
  g_test_add_func ("/core/fold/random-acts", test_random_acts);
  g_test_add_func ("/core/event/kind-names", test_kind_names);

  return g_test_run ();
}
