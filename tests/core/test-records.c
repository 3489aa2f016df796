/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is kept besides cases: its rules, its rows, its photos. */

#include "lz-rebuild.h"
#include "lz-records-act.h"
#include "lz-station-fixture.h"

#include "lz-event-table.h"
#include "lz-projection.h"
#include "lz-record-projection.h"
#include "lz-records.h"
#include "lz-sync-table.h"
#include "lz-wire.h"

static JsonObject *
facts (const char *json)
{
  g_autoptr (GError) error = NULL;
  JsonObject *object = lz_wire_read_facts (json, &error);

  g_assert_no_error (error);
  return object;
}

static LzId
do_it (StationFixture *f, const char *kind, const LzId *subject, const char *json)
{
  g_autoptr (JsonObject) object = facts (json);
  g_autoptr (GError) error = NULL;
  LzId made;

  lz_records_act (f->station, kind, subject, object, NULL, &made, &error);
  g_assert_no_error (error);
  return made;
}

static void
assert_refused (StationFixture *f, const char *kind, const LzId *subject, const char *json)
{
  g_autoptr (JsonObject) object = facts (json);
  g_autoptr (GError) error = NULL;
  gint64 before, after;

  g_assert_true (lz_db_get_int64 (lz_station_get_db (f->station), "SELECT count(*) FROM event",
                                  &before, NULL));
  g_assert_false (lz_records_act (f->station, kind, subject, object, NULL, NULL, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_REFUSED);
  g_assert_true (
      lz_db_get_int64 (lz_station_get_db (f->station), "SELECT count(*) FROM event", &after, NULL));
  g_assert_cmpint (before, ==, after);
}

static LzRecord *
load (StationFixture *f, const LzId *id)
{
  g_autoptr (GError) error = NULL;
  LzRecord *self = lz_records_load (f->station, id, &error);

  g_assert_no_error (error);
  return self;
}

static void
test_fold (StationFixture *f, gconstpointer data)
{
  LzId id =
      do_it (f, "asset.recorded", NULL,
             "{\"kind\":\"manhole\",\"owner\":\"水务\",\"marks\":[1,2],\"code\":\"36068101\"}");
  g_autoptr (LzRecord) self = NULL;

  do_it (f, "asset.changed", &id, "{\"owner\":null,\"name\":\"12 号井\",\"marks\":[3]}");
  self = load (f, &id);
  g_assert_cmpint (self->type, ==, LZ_RECORD_ASSET);
  g_assert_cmpint (self->state, ==, LZ_RECORD_OPEN);
  g_assert_cmpstr (lz_record_get_text (self, "kind"), ==, "manhole");
  g_assert_cmpstr (lz_record_get_text (self, "name"), ==, "12 号井");
  g_assert_null (lz_record_get_text (self, "owner"));
  g_assert_cmpuint (json_array_get_length (lz_record_get_list (self, "marks")), ==, 1);
  g_assert_cmpuint (self->n_events, ==, 2);
}

static void
test_rules (StationFixture *f, gconstpointer data)
{
  LzId id;

  assert_refused (f, "asset.recorded", NULL, "{\"name\":\"without a kind\"}");
  assert_refused (f, "asset.changed", NULL, "{}");                 /* of nothing */
  assert_refused (f, "inspection.scored", NULL, "{\"points\":9}"); /* a supervisor's */
  id = do_it (f, "patrol.started", NULL, "{}");
  assert_refused (f, "asset.changed", &id, "{}");    /* of another type */
  assert_refused (f, "patrol.abandoned", &id, "{}"); /* without a reason */
  do_it (f, "patrol.finished", &id, "{\"from\":1,\"until\":2}");
  assert_refused (f, "patrol.finished", &id, "{\"from\":1,\"until\":3}"); /* sealed */
}

static void
test_queries (StationFixture *f, gconstpointer data)
{
  LzRecordQuery query = { .type = LZ_RECORD_ASSET, .kind = "tree" };
  LzBox box = { 10, 10, 20, 20 };
  g_autoptr (LzBody) body = lz_body_new ();
  g_autoptr (JsonObject) tree = facts ("{\"kind\":\"tree\",\"code\":\"T1\"}");
  g_autoptr (GPtrArray) trees = NULL;
  g_autoptr (LzRecord) found = NULL;
  g_autoptr (GError) error = NULL;
  gint64 n = 0;
  LzId id;

  do_it (f, "asset.recorded", NULL, "{\"kind\":\"lamp\"}");
  do_it (f, "asset.recorded", NULL, "{\"kind\":7}"); /* of a type nobody expects: kept, not found */
  body->place = (LzPoint){ 15, 15 };
  g_assert_true (lz_records_act (f->station, "asset.recorded", NULL, tree, body, &id, &error));

  trees = lz_records_list (f->station, &query, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (trees->len, ==, 1);
  query = (LzRecordQuery){ .type = LZ_RECORD_ASSET };
  g_assert_true (lz_records_count (f->station, &query, &n, &error));
  g_assert_cmpint (n, ==, 3);
  g_clear_pointer (&trees, g_ptr_array_unref);
  query.skip = 1; /* the second page of one each: neither the first nor the last */
  query.limit = 1;
  trees = lz_records_list (f->station, &query, &error);
  g_assert_cmpuint (trees->len, ==, 1);
  g_assert_cmpint (lz_record_get_int (trees->pdata[0], "kind", 0), ==, 7);
  query.skip = query.limit = 0;
  query.box = &box;
  g_assert_true (lz_records_count (f->station, &query, &n, &error));
  g_assert_cmpint (n, ==, 1);
  found = lz_records_find_by_code (f->station, LZ_RECORD_ASSET, "T1", &error);
  g_assert_nonnull (found);
  g_assert_true (lz_id_equal (&found->id, &id));
  g_assert_null (lz_records_find_by_code (f->station, LZ_RECORD_ASSET, "T2", &error));
  g_assert_no_error (error);
}

/* Undo, rebuild and doctor treat a record as they treat a case. */
static void
test_projection (StationFixture *f, gconstpointer data)
{
  LzId id = do_it (f, "asset.recorded", NULL, "{\"kind\":\"shop\",\"name\":\"甲\"}");
  LzId other = do_it (f, "asset.recorded", NULL, "{\"kind\":\"shop\"}");
  g_autoptr (LzRecord) before = NULL;
  g_autoptr (LzRecord) after = NULL;
  g_autoptr (GError) error = NULL;
  LzId last;

  do_it (f, "asset.changed", &id, "{\"name\":\"乙\"}");
  g_assert_true (lz_log_find_last (f->station, &last));
  g_assert_true (lz_log_withdraw (f->station, &last, &error));
  before = load (f, &id);
  g_assert_cmpstr (lz_record_get_text (before, "name"), ==, "甲");

  g_assert_true (lz_log_find_last (f->station, &last));
  g_assert_true (lz_log_withdraw (f->station, &last, &error)); /* the other's only event */
  g_assert_null (lz_records_load (f->station, &other, NULL));

  g_assert_true (lz_db_exec (lz_station_get_db (f->station),
                             "UPDATE record SET facts = '{\"kind\":\"shed\"}'", &error));
  g_assert_true (lz_rebuild (f->station, &error));
  g_assert_no_error (error);
  after = load (f, &id);
  g_assert_true (lz_record_equal (before, after));
}

static void
test_doctor_sees (StationFixture *f, gconstpointer data)
{
  LzId id = do_it (f, "asset.recorded", NULL, "{\"kind\":\"shop\"}");
  g_autoptr (GPtrArray) events = lz_log_list_events (f->station, &id, NULL);
  g_autoptr (GError) error = NULL;
  gboolean equal = FALSE;

  g_assert_true (lz_record_projection_compare (f->station, &id, events, &equal, &error));
  g_assert_true (equal);
  g_assert_true (
      lz_db_exec (lz_station_get_db (f->station), "UPDATE record SET state = 3", &error));
  g_assert_true (lz_record_projection_compare (f->station, &id, events, &equal, &error));
  g_assert_false (equal);
  g_assert_true (lz_db_exec (lz_station_get_db (f->station), "DELETE FROM record", &error));
  g_assert_true (lz_record_projection_compare (f->station, &id, events, &equal, &error));
  g_assert_false (equal);
}

static void
test_ids_agree (void)
{
  LzId a = lz_records_make_id ("360681001", LZ_RECORD_ROUTE, "T01-01");
  LzId b = lz_records_make_id ("360681001", LZ_RECORD_ROUTE, "T01-01");
  LzId c = lz_records_make_id ("360681002", LZ_RECORD_ROUTE, "T01-01");
  g_autofree char *text = lz_id_dup_string (&a);

  g_assert_true (lz_id_equal (&a, &b));
  g_assert_false (lz_id_equal (&a, &c));
  g_assert_cmpint (text[14], ==, '8');
}

/* What comes from outside may say anything: it is kept or refused, and nothing breaks. */
static void
test_strange_facts (StationFixture *f, gconstpointer data)
{
  static const char *const bodies[] = {
    "{\"facts\":[]}",
    "{\"facts\":7}",
    "{\"facts\":{\"a\":1.5}}",
  };
  g_autoptr (LzBody) body = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (lz_wire_parse_body (bodies[i], &error));
      g_assert_error (error, LZ_ERROR, LZ_ERROR_INVALID);
    }
  body = lz_wire_parse_body ("{\"facts\":{\"b\":[{\"c\":null}],\"a\":true}}", NULL);
  g_assert_cmpstr (body->facts, ==, "{\"a\":true,\"b\":[{\"c\":null}]}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/core/records/fold", StationFixture, NULL, station_fixture_set_up, test_fold,
              station_fixture_tear_down);
  g_test_add ("/core/records/rules", StationFixture, NULL, station_fixture_set_up, test_rules,
              station_fixture_tear_down);
  g_test_add ("/core/records/queries", StationFixture, NULL, station_fixture_set_up, test_queries,
              station_fixture_tear_down);
  g_test_add ("/core/records/projection", StationFixture, NULL, station_fixture_set_up,
              test_projection, station_fixture_tear_down);
  g_test_add ("/core/records/doctor-sees", StationFixture, NULL, station_fixture_set_up,
              test_doctor_sees, station_fixture_tear_down);
  g_test_add ("/core/records/strange-facts", StationFixture, NULL, station_fixture_set_up,
              test_strange_facts, station_fixture_tear_down);
  g_test_add_func ("/core/records/ids-agree", test_ids_agree);
  return g_test_run ();
}
