/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The ledgers, each against cases worked out by hand. */

#include "lz-station-fixture.h"

#include "lz-export.h"
#include "lz-ledgers.h"
#include "lz-notices.h"
#include "lz-tally-query.h"

#define HOUR_MS G_GINT64_CONSTANT (3600000)
#define DAY_MS  (24 * HOUR_MS)

static void
set_up (StationFixture *f, gconstpointer data)
{
  station_fixture_set_up (f, data);
  g_assert_true (lz_station_set_setting (f->station, "short_loop", "0", NULL));
}

static LzBody *
make_body (const char *unit)
{
  LzPhotoRef after = station_fixture_photo (7, LZ_PHOTO_AFTER);
  LzBody *body = lz_body_new ();

  body->text = g_strdup ("等雨停");
  body->unit = g_strdup (unit);
  body->condition = 1;
  lz_body_add_photo (body, &after);
  return body;
}

static void
act (StationFixture *f, LzKind kind, LzId subject, const char *unit, gint64 at_ms)
{
  g_autoptr (LzBody) body = make_body (unit);
  g_auto (LzActResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  LzAct what = { .kind = kind, .subject = subject, .body = body, .roles = LZ_ROLES_ANY };

  f->now_ms = at_ms;
  if (kind == LZ_KIND_SUSPEND_ASKED || kind == LZ_KIND_SUSPEND_GRANTED)
    body->until_ms = FIXTURE_MONDAY_9 + 20 * DAY_MS;
  lz_log_act (f->station, &what, &result, &error);
  g_assert_no_error (error);
}

/* Reported, filed and with @unit an hour later; @unit NULL: only filed. */
static LzId
send (StationFixture *f, const char *category, const char *unit, gint64 at_ms)
{
  LzId id;

  f->now_ms = at_ms;
  id = station_fixture_report (f, category, 344540000, 1130500000, "有问题");
  act (f, LZ_KIND_FILED, id, unit, at_ms + HOUR_MS / 2);
  if (unit != NULL)
    act (f, LZ_KIND_DISPATCHED, id, unit, at_ms + HOUR_MS);
  return id;
}

static LzLedgerQuery
make_query (LzLedger ledger, const char *period)
{
  LzLedgerQuery query = { .ledger = ledger };
  g_autoptr (GError) error = NULL;

  g_assert_true (lz_period_parse (period, 480, &query.period, &error));
  g_assert_no_error (error);
  return query;
}

/* The entries of a ledger; the figures of lz_ledgers_count() must say the same. */
static GPtrArray *
load (StationFixture *f, LzLedger ledger, const char *period)
{
  LzLedgerQuery query = make_query (ledger, period);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) fids = lz_ledgers_list (f->station, &query, &error);
  guint counts[LZ_N_LEDGERS];
  GPtrArray *entries;

  g_assert_no_error (error);
  g_assert_true (lz_ledgers_count (f->station, &query, counts, &error));
  g_assert_cmpuint (counts[ledger], ==, fids->len);
  entries = lz_ledgers_load (f->station, &query, (const gint64 *) (gpointer) fids->data, fids->len,
                             &error);
  g_assert_no_error (error);
  g_assert_cmpuint (entries->len, ==, fids->len);
  return entries;
}

static void
assert_empty (StationFixture *f, LzLedger ledger, const char *period)
{
  g_autoptr (GPtrArray) entries = load (f, ledger, period);

  g_assert_cmpuint (entries->len, ==, 0);
}

/* The only entry of a ledger. */
static LzLedgerEntry *
load_one (StationFixture *f, LzLedger ledger, const char *period)
{
  g_autoptr (GPtrArray) entries = load (f, ledger, period);

  g_assert_cmpuint (entries->len, ==, 1);
  return g_ptr_array_steal_index (entries, 0);
}

static gint64
due_of (StationFixture *f, LzId id)
{
  g_autoptr (LzCase) found = lz_cases_load (f->station, &id, NULL);

  return found->due_ms;
}

/* Reported and sent in week 10, done on 2026-04-01 at 10:00: it is overdue at the end of that week
 * and of each until then, and in April it was handled late. */
static void
test_overdue (StationFixture *f, gconstpointer data)
{
  LzId id = send (f, "T06-03", "环卫中心", FIXTURE_MONDAY_9);
  gint64 due = due_of (f, id);
  LzLedgerQuery week = make_query (LZ_LEDGER_OVERDUE, "2026-W10");
  g_autoptr (LzLedgerEntry) open = NULL;
  g_autoptr (LzLedgerEntry) late = NULL;
  g_autoptr (LzLedgerEntry) exempt = NULL;

  (void) data;
  assert_empty (f, LZ_LEDGER_OVERDUE, "2026-W10"); /* not late yet */
  f->now_ms = week.period.to_ms + DAY_MS;
  open = load_one (f, LZ_LEDGER_OVERDUE, "2026-W10");
  g_assert_cmpint (open->since_ms, ==, due);
  g_assert_cmpint (open->length_ms, ==, week.period.to_ms - due);
  g_assert_cmpstr (open->words, ==, "Not handled");

  act (f, LZ_KIND_RECTIFIED, id, NULL, FIXTURE_MONDAY_9 + 30 * DAY_MS);
  act (f, LZ_KIND_FED_BACK, id, NULL, FIXTURE_MONDAY_9 + 30 * DAY_MS + HOUR_MS);
  act (f, LZ_KIND_CLOSED, id, NULL, FIXTURE_MONDAY_9 + 31 * DAY_MS);
  f->now_ms += DAY_MS;
  late = load_one (f, LZ_LEDGER_OVERDUE, "2026-04");
  g_assert_cmpint (late->length_ms, ==, FIXTURE_MONDAY_9 + 30 * DAY_MS + HOUR_MS - due);
  g_assert_cmpstr (late->words, ==, "Handled late");
  assert_empty (f, LZ_LEDGER_OVERDUE, "2026-05");

  /* An appeal exempts, and the fact stays. */
  act (f, LZ_KIND_APPEALED, id, NULL, f->now_ms);
  act (f, LZ_KIND_APPEAL_GRANTED, id, NULL, f->now_ms + HOUR_MS);
  exempt = load_one (f, LZ_LEDGER_OVERDUE, "2026-04");
  g_assert_cmpstr (exempt->words, ==, "Handled late, exempted by appeal");
}

/* As long as the figures say: overtime and overdue_open together, and suspended. */
static void
test_figures (StationFixture *f, gconstpointer data)
{
  LzLedgerQuery query = make_query (LZ_LEDGER_OVERDUE, "2026-03");
  LzTallyQuery tally = { .period = query.period, .bys = 1u << LZ_BY_ALL };
  g_autoptr (GError) error = NULL;
  g_autoptr (LzTallies) tallies = NULL;
  const LzTallyGroup *group;
  guint counts[LZ_N_LEDGERS];

  (void) data;
  for (guint i = 0; i < 9; i++)
    {
      LzId id = send (f, "T06-03", "环卫中心", FIXTURE_MONDAY_9 + i * DAY_MS);

      if (i % 3 == 0)
        continue; /* never handled */
      act (f, LZ_KIND_RECTIFIED, id, NULL, f->now_ms + (i % 3 == 1 ? HOUR_MS / 2 : 9 * DAY_MS));
      act (f, LZ_KIND_FED_BACK, id, NULL, f->now_ms);
    }
  f->now_ms = query.period.to_ms + HOUR_MS;
  tallies = lz_tally_query_run (f->station, &tally, &error);
  g_assert_no_error (error);
  group = lz_tally_find (tallies->tallies[LZ_BY_ALL], "");
  g_assert_true (lz_ledgers_count (f->station, &query, counts, &error));
  g_assert_cmpuint (group->counts[LZ_COUNT_OVERTIME], ==, 3);
  g_assert_cmpuint (group->counts[LZ_COUNT_OVERDUE_OPEN], ==, 3);
  g_assert_cmpuint (counts[LZ_LEDGER_OVERDUE], ==, 6);
  g_assert_cmpuint (counts[LZ_LEDGER_SUSPENDED], ==, group->counts[LZ_COUNT_SUSPENDED]);
}

static void
test_suspended (StationFixture *f, gconstpointer data)
{
  LzId id = send (f, "T06-03", "环卫中心", FIXTURE_MONDAY_9);
  g_autoptr (LzLedgerEntry) entry = NULL;
  g_autoptr (LzLedgerEntry) before = NULL;

  (void) data;
  act (f, LZ_KIND_ACCEPTED, id, NULL, FIXTURE_MONDAY_9 + 2 * HOUR_MS);
  act (f, LZ_KIND_SUSPEND_ASKED, id, NULL, FIXTURE_MONDAY_9 + 2 * HOUR_MS);
  f->now_ms++;
  assert_empty (f, LZ_LEDGER_SUSPENDED, "2026-03"); /* asked for is not granted */
  act (f, LZ_KIND_SUSPEND_GRANTED, id, NULL, FIXTURE_MONDAY_9 + 3 * HOUR_MS);
  f->now_ms++;
  entry = load_one (f, LZ_LEDGER_SUSPENDED, "2026-03");
  g_assert_cmpint (entry->since_ms, ==, FIXTURE_MONDAY_9 + 3 * HOUR_MS);
  g_assert_cmpint (entry->until_ms, ==, FIXTURE_MONDAY_9 + 20 * DAY_MS);
  g_assert_cmpstr (entry->words, ==, "等雨停");

  act (f, LZ_KIND_RESUMED, id, NULL, FIXTURE_MONDAY_9 + 8 * DAY_MS);
  f->now_ms++;
  assert_empty (f, LZ_LEDGER_SUSPENDED, "2026-W11");
  before = load_one (f, LZ_LEDGER_SUSPENDED, "2026-W10"); /* at the end of that week it was */
}

static void
test_recurred (StationFixture *f, gconstpointer data)
{
  LzId first = send (f, "T06-03", "环卫中心", FIXTURE_MONDAY_9);
  g_autoptr (LzBody) body = lz_body_new ();
  g_auto (LzActResult) result = { 0 };
  g_autoptr (GError) error = NULL;
  LzAct again = { .kind = LZ_KIND_REPORTED, .body = body };
  g_autoptr (LzCase) closed = NULL;
  g_autoptr (LzLedgerEntry) entry = NULL;

  (void) data;
  act (f, LZ_KIND_RECTIFIED, first, NULL, FIXTURE_MONDAY_9 + HOUR_MS);
  act (f, LZ_KIND_FED_BACK, first, NULL, FIXTURE_MONDAY_9 + HOUR_MS);
  act (f, LZ_KIND_CLOSED, first, NULL, FIXTURE_MONDAY_9 + 2 * HOUR_MS);
  f->now_ms = FIXTURE_MONDAY_9 + 2 * DAY_MS + 2 * HOUR_MS;
  assert_empty (f, LZ_LEDGER_RECURRED, "2026-03");
  body->category = g_strdup ("T06-03");
  body->place = (LzPoint){ 344540000, 1130500000 };
  body->recurs = first;
  lz_log_act (f->station, &again, &result, &error);
  g_assert_no_error (error);
  f->now_ms++;
  closed = lz_cases_load (f->station, &first, NULL);
  entry = load_one (f, LZ_LEDGER_RECURRED, "2026-03");
  g_assert_cmpstr (entry->about, ==, closed->number);
  g_assert_cmpint (entry->length_ms, ==, 2 * DAY_MS);
}

static void
test_boards (StationFixture *f, gconstpointer data)
{
  LzId id = send (f, "T06-03", "环卫中心", FIXTURE_MONDAY_9);
  LzNotice notice = { .kind = "exposed", .title = "占道经营屡教不改", .words = "某店", .kase = id };
  LzNotice person = { .kind = "praised", .title = "好人好事", .person = "王师傅" };
  g_autoptr (GError) error = NULL;
  g_autoptr (LzLedgerEntry) entry = NULL;
  LzId made;

  (void) data;
  f->now_ms = FIXTURE_MONDAY_9 + DAY_MS;
  g_assert_true (lz_notices_list (f->station, &notice, &made, &error));
  g_assert_true (lz_notices_list (f->station, &person, NULL, &error));
  f->now_ms++;
  entry = load_one (f, LZ_LEDGER_EXPOSED, "2026-W10");
  g_assert_cmpint (entry->since_ms, ==, FIXTURE_MONDAY_9 + DAY_MS);
  g_assert_cmpstr (entry->about, ==, "占道经营屡教不改");
  g_assert_cmpstr (entry->words, ==, "某店");
  assert_empty (f, LZ_LEDGER_PRAISED, "2026-W10"); /* about no case */
  assert_empty (f, LZ_LEDGER_EXPOSED, "2026-W09");
  g_assert_true (lz_notices_remove (f->station, &made, "已整改", &error));
  g_assert_no_error (error);
  assert_empty (f, LZ_LEDGER_EXPOSED, "2026-W10");
}

/* Police and civilisation office: whoever has it decides; a lead of theirs waits until it is sent.
 */
static void
test_handed (StationFixture *f, gconstpointer data)
{
  static const struct
  {
    const char *category;
    const char *unit;
    const char *about; /* NULL: it stands in no ledger */
    const char *words;
  } rows[] = {
    { "T05-01", "市公安局", "Police", "市公安局" },
    { "T06-03", "城关交警大队", "Police", "城关交警大队" },
    { "T23-01", "市委宣传部(文明办)", "Civilisation office", "市委宣传部(文明办)" },
    { "T23-02", NULL, "Civilisation office", "Not handed over yet" },
    { "T05-07", "城管执法中队", "Police", "Not handed over yet" },
    { "T06-03", "环卫中心", NULL, NULL },
  };
  g_autoptr (GPtrArray) entries = NULL;

  (void) data;
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    send (f, rows[i].category, rows[i].unit, FIXTURE_MONDAY_9 + i * HOUR_MS);
  f->now_ms++;
  entries = load (f, LZ_LEDGER_HANDED, "2026-03-02");
  g_assert_cmpuint (entries->len, ==, 5);
  for (guint i = 0; i < entries->len; i++)
    {
      const LzLedgerEntry *entry = entries->pdata[i];

      g_assert_cmpstr (entry->about, ==, rows[i].about);
      g_assert_cmpstr (entry->words, ==, rows[i].words);
      g_assert_cmpint (entry->since_ms, ==,
                       g_strcmp0 (rows[i].words, rows[i].unit) == 0
                           ? FIXTURE_MONDAY_9 + (i + 1) * HOUR_MS
                           : 0);
    }
  assert_empty (f, LZ_LEDGER_HANDED, "2026-03-03");
}

/* What goes into files: the ledger's columns beside the case's. */
static void
test_export (StationFixture *f, gconstpointer data)
{
  LzLedgerQuery query = make_query (LZ_LEDGER_HANDED, "2026-03");
  LzExport how = { .format = LZ_EXPORT_CSV, .ledger = &query };
  LzCaseQuery listed = { .sort = LZ_SORT_REPORTED };
  g_autofree char *path = g_build_filename (f->dir, "out", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) fids = NULL;
  g_autoptr (GArray) only = NULL;
  g_autoptr (LzPins) pins = NULL;
  g_autofree char *csv = NULL;
  g_autofree char *json = NULL;
  g_autofree char *geojson = NULL;

  (void) data;
  send (f, "T06-03", "环卫中心", FIXTURE_MONDAY_9);
  send (f, "T05-01", "市公安局", FIXTURE_MONDAY_9);
  f->now_ms++;
  only = lz_ledgers_list (f->station, &query, &error);
  json = lz_fids_dup_json (only);
  listed.among = json;
  fids = lz_cases_list (f->station, &listed, 0, &error);
  g_assert_cmpuint (fids->len, ==, 1);
  g_assert_cmpint (lz_cases_count (f->station, &listed, &error), ==, 1);
  pins = lz_cases_load_pins (f->station, &listed, &error);
  g_assert_cmpuint (pins->n, ==, 1);
  g_assert_true (lz_export_rows (f->station, fids, &how, path, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &csv, NULL, NULL));
  g_assert_nonnull (strstr (csv, ",photos,since,until,hours,about,words,lat,lon\r\n"));
  g_assert_nonnull (strstr (csv, ",2026-03-02T02:00:00.000Z,,,Police,市公安局,34.4540000,"));
  how.format = LZ_EXPORT_GEOJSON;
  g_assert_true (lz_export_rows (f->station, fids, &how, path, NULL, &error));
  g_assert_true (g_file_get_contents (path, &geojson, NULL, NULL));
  g_assert_nonnull (strstr (geojson,
                            "\"since\":\"2026-03-02T02:00:00.000Z\",\"until\":null,"
                            "\"hours\":null,\"about\":\"Police\",\"words\":\"市公安局\"}}"));
  how.format = LZ_EXPORT_GPKG;
  g_assert_true (lz_export_rows (f->station, fids, &how, path, NULL, &error));
  g_assert_no_error (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/core/ledgers/overdue", StationFixture, NULL, set_up, test_overdue,
              station_fixture_tear_down);
  g_test_add ("/core/ledgers/figures", StationFixture, NULL, set_up, test_figures,
              station_fixture_tear_down);
  g_test_add ("/core/ledgers/suspended", StationFixture, NULL, set_up, test_suspended,
              station_fixture_tear_down);
  g_test_add ("/core/ledgers/recurred", StationFixture, NULL, set_up, test_recurred,
              station_fixture_tear_down);
  g_test_add ("/core/ledgers/boards", StationFixture, NULL, set_up, test_boards,
              station_fixture_tear_down);
  g_test_add ("/core/ledgers/handed", StationFixture, NULL, set_up, test_handed,
              station_fixture_tear_down);
  g_test_add ("/core/ledgers/export", StationFixture, NULL, set_up, test_export,
              station_fixture_tear_down);
  return g_test_run ();
}
