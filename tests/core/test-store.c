/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The store of the window: jobs in threads, cancellation, one signal for many changes. */

#include "lz-station-fixture.h"

#include "lz-store.h"

typedef struct
{
  StationFixture base;
  LzStore *store;
  guint n_changed;
} Fixture;

static void
changed_cb (LzStore *store, gpointer user_data)
{
  ((Fixture *) user_data)->n_changed++;
}

static void
set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  station_fixture_set_up (&f->base, data);
  lz_store_open_async (f->base.dir, NULL, lz_await_cb, &result);
  f->store = lz_store_open_finish (lz_await (&result), &error);
  g_assert_no_error (error);
  g_signal_connect (f->store, "changed", G_CALLBACK (changed_cb), f);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  lz_settle ();
  g_clear_object (&f->store);
  station_fixture_tear_down (&f->base, data);
}

static gpointer
report_many (LzStation *station, gpointer data, GError **error)
{
  for (guint i = 0; i < GPOINTER_TO_UINT (data); i++)
    {
      g_autoptr (LzBody) body = lz_body_new ();
      g_auto (LzActResult) result = { 0 };
      LzAct act = { .kind = LZ_KIND_REPORTED, .body = body };

      body->category = g_strdup ("T01-01");
      body->place = (LzPoint){ 282900000, 1172000000 };
      if (!lz_log_act (station, &act, &result, error))
        return NULL;
    }
  return NULL;
}

static gpointer
count_all (LzStation *station, gpointer data, GError **error)
{
  LzCaseQuery query = { 0 };
  gint64 n = lz_cases_count (station, &query, error);

  return n < 0 ? NULL : g_memdup2 (&n, sizeof n);
}

static gint64
count (Fixture *f)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *n = NULL;

  lz_store_read_async (f->store, count_all, NULL, NULL, g_free, NULL, lz_await_cb, &result);
  n = lz_store_job_finish (f->store, lz_await (&result), &error);
  g_assert_no_error (error);
  return *n;
}

static void
test_write_then_read (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lz_store_write_async (f->store, report_many, GUINT_TO_POINTER (25), NULL, NULL, NULL, lz_await_cb,
                        &result);
  lz_store_job_finish (f->store, lz_await (&result), &error);
  g_assert_no_error (error);
  g_assert_cmpint (count (f), ==, 25);
  lz_await_until (f->n_changed > 0);
  lz_settle ();
  g_assert_cmpuint (f->n_changed, ==, 1); /* 25 acts, one signal */
}

/* Another process, which here is another connection. */
static void
test_sees_others (Fixture *f, gconstpointer data)
{
  lz_await_until (count (f) == 0);
  station_fixture_report (&f->base, "T01-01", 282900000, 1172000000, NULL);
  lz_await_until (f->n_changed > 0);
  g_assert_cmpint (count (f), ==, 1);
}

static gpointer
run_for_ever (LzStation *station, gpointer data, GError **error)
{
  gint64 n;

  if (!lz_db_get_int64 (lz_station_get_db (station),
                        "WITH RECURSIVE t (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t)"
                        " SELECT count(*) FROM t",
                        &n, error))
    return NULL;
  return GINT_TO_POINTER (1);
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
test_cancel_reaches_the_query (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lz_store_read_async (f->store, run_for_ever, NULL, NULL, NULL, cancellable, lz_await_cb, &result);
  g_timeout_add (50, cancel_cb, cancellable);
  g_assert_null (lz_store_job_finish (f->store, lz_await (&result), &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (count (f), ==, 0); /* the thread is free again */
}

/* A long write does not hold up a reader. */
static void
test_reader_does_not_wait (Fixture *f, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lz_store_write_async (f->store, run_for_ever, NULL, NULL, NULL, cancellable, lz_await_cb,
                        &result);
  g_assert_cmpint (count (f), ==, 0);
  g_assert_null (result);
  g_cancellable_cancel (cancellable);
  lz_store_job_finish (f->store, lz_await (&result), &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_no_station (void)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  lz_store_open_async ("/nowhere", NULL, lz_await_cb, &result);
  g_assert_null (lz_store_open_finish (lz_await (&result), &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND);
}

static void
test_close (Fixture *f, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;

  lz_store_write_async (f->store, report_many, GUINT_TO_POINTER (3), NULL, NULL, NULL, NULL, NULL);
  lz_store_close_async (f->store, lz_await_cb, &result);
  g_assert_true (lz_store_close_finish (f->store, lz_await (&result), NULL));
  g_assert_cmpint (count (f), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) \
  g_test_add ("/core/store/" name, Fixture, NULL, set_up, function, tear_down)

  ADD ("write-then-read", test_write_then_read);
  ADD ("sees-others", test_sees_others);
  ADD ("cancel-reaches-the-query", test_cancel_reaches_the_query);
  ADD ("reader-does-not-wait", test_reader_does_not_wait);
  ADD ("close", test_close);
  g_test_add_func ("/core/store/no-station", test_no_station);

  return g_test_run ();
}
