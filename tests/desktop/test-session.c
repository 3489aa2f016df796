/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The window's session, its acts and its list of cases on a real station; no display needed. */
#include "config.h"

#include "lz-acts.h"
#include "lz-case-export.h"
#include "lz-case-facts.h"
#include "lz-case-list.h"
#include "lz-filter.h"
#include "lz-test-session.h"

#define N_CASES 12

static LzId
log_case (LzTestSession *f, guint i)
{
  const LzRoad *road = lz_session_get_roads (f->session)->pdata[0];
  LzCatalogue *catalogue = lz_session_get_catalogue (f->session);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  LzBody *body = lz_body_new ();
  LzId subject = { 0 };

  body->category = g_strdup (lz_catalogue_get_category (catalogue, i)->code);
  body->place = road->line->points[0];
  body->condition = 1;
  body->text = g_strdup_printf ("case %u", i);
  lz_acts_run_async (f->session, LZ_KIND_REPORTED, NULL, body, NULL, NULL, lz_await_cb, &result);
  lz_acts_run_finish (f->session, lz_await (&result), &subject, &error);
  g_assert_no_error (error);

  return subject;
}

static void
test_facts (LzTestSession *f, gconstpointer data)
{
  GPtrArray *roads = lz_session_get_roads (f->session);
  const LzRoad *road = roads->pdata[0];

  g_assert_cmpuint (roads->len, >, 10);
  g_assert_true (lz_session_find_road (f->session, &road->id) == road);
  g_assert_cmpint (lz_session_get_offset_min (f->session), ==, 480);
  g_assert_cmpuint (lz_catalogue_get_n_categories (lz_session_get_catalogue (f->session)), ==, 152);
}

static void
test_act_and_undo (LzTestSession *f, gconstpointer data)
{
  LzId subject = log_case (f, 0);
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (GAsyncResult) undone_result = NULL;
  g_autoptr (GAsyncResult) empty = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LzCaseFacts) facts = NULL;
  LzUndone undone;

  lz_case_facts_load_async (f->session, &subject, NULL, lz_await_cb, &loaded);
  facts = lz_case_facts_load_finish (lz_await (&loaded), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (facts->item->text, ==, "case 0");
  g_assert_cmpuint (facts->events->len, >=, 1);

  lz_acts_undo_async (f->session, lz_await_cb, &undone_result);
  g_assert_true (lz_acts_undo_finish (f->session, lz_await (&undone_result), &undone, &error));
  g_assert_no_error (error);
  g_assert_cmpint (undone.kind, ==, LZ_KIND_REPORTED);
  g_assert_true (undone.is_draft);
  g_assert_true (lz_id_equal (&undone.subject, &subject));

  lz_acts_undo_async (f->session, lz_await_cb, &empty);
  g_assert_false (lz_acts_undo_finish (f->session, lz_await (&empty), &undone, &error));
  g_assert_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND);
}

static void
count_acted_cb (LzSession *session, int kind, const LzId *subject, guint *n)
{
  g_assert_cmpint (kind, ==, LZ_KIND_NOTED);
  ++*n;
}

/* A note on several cases is one act to the person. */
static void
test_note_each (LzTestSession *f, gconstpointer data)
{
  g_autoptr (GArray) fids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GAsyncResult) noted = NULL;
  g_autoptr (GAsyncResult) undone_result = NULL;
  g_autoptr (GError) error = NULL;
  LzUndone undone;
  guint n_acted = 0;

  for (guint i = 0; i < 3; i++)
    {
      gint64 fid = i + 1;

      log_case (f, i);
      g_array_append_val (fids, fid);
    }
  g_signal_connect (f->session, "acted", G_CALLBACK (count_acted_cb), &n_acted);
  lz_case_note_each_async (f->session, fids, "looked at", lz_await_cb, &noted);
  g_assert_true (lz_case_note_each_finish (f->session, lz_await (&noted), &error));
  g_assert_no_error (error);
  g_assert_cmpuint (n_acted, ==, 1);

  lz_acts_undo_async (f->session, lz_await_cb, &undone_result);
  g_assert_true (lz_acts_undo_finish (f->session, lz_await (&undone_result), &undone, &error));
  g_assert_no_error (error);
  g_assert_cmpint (undone.kind, ==, LZ_KIND_NOTED);
  g_assert_cmpuint (undone.n, ==, 3);
}

static void
answered_cb (LzCaseList *list, gpointer error, guint *n)
{
  g_assert_null (error);
  (*n)++;
}

static void
test_list (LzTestSession *f, gconstpointer data)
{
  g_autoptr (LzFilter) filter = lz_filter_new (0);
  g_autoptr (LzCaseList) list = NULL;
  g_autoptr (LzCaseItem) item = NULL;
  guint n_answers = 0, at;

  for (guint i = 0; i < N_CASES; i++)
    log_case (f, i);

  list = lz_case_list_new (f->session);
  g_signal_connect (list, "answered", G_CALLBACK (answered_cb), &n_answers);
  lz_case_list_ask (list, lz_filter_dup_query (filter, LZ_SORT_REPORTED, FALSE));
  while (n_answers == 0)
    g_main_context_iteration (NULL, TRUE);

  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, N_CASES);
  item = g_list_model_get_item (G_LIST_MODEL (list), 3);
  g_assert_null (lz_case_item_get_row (item));
  while (lz_case_item_get_row (item) == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpstr (lz_case_item_get_row (item)->text, ==, "case 3");
  g_assert_true (lz_case_list_find (list, lz_case_item_get_fid (item), &at));
  g_assert_cmpuint (at, ==, 3);

  /* The store changes: the list asks again by itself, and the item stays the same one. */
  n_answers = 0;
  log_case (f, N_CASES);
  while (g_list_model_get_n_items (G_LIST_MODEL (list)) == N_CASES)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, N_CASES + 1);
  {
    g_autoptr (LzCaseItem) again = g_list_model_get_item (G_LIST_MODEL (list), 3);

    g_assert_true (again == item);
  }
}

/* Crossing streets on either side, found among the roads of the sample city. */
static void
test_between (LzTestSession *f, gconstpointer data)
{
  GPtrArray *roads = lz_session_get_roads (f->session);
  guint n_found = 0;

  for (guint i = 0; i < roads->len; i++)
    {
      const LzRoad *road = roads->pdata[i];
      g_autofree char *between = lz_crossings_dup_between (roads, &road->id, road->length_m / 2);

      if (between != NULL)
        {
          n_found++;
          g_assert_nonnull (strstr (between, " — "));
        }
    }
  g_assert_cmpuint (n_found, >, roads->len / 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add ("/desktop/session/note-each", LzTestSession, NULL, lz_test_session_set_up,
              test_note_each, lz_test_session_tear_down);
  g_test_add ("/desktop/session/facts", LzTestSession, NULL, lz_test_session_set_up, test_facts,
              lz_test_session_tear_down);
  g_test_add ("/desktop/session/act-and-undo", LzTestSession, NULL, lz_test_session_set_up,
              test_act_and_undo, lz_test_session_tear_down);
  g_test_add ("/desktop/session/list", LzTestSession, NULL, lz_test_session_set_up, test_list,
              lz_test_session_tear_down);
  g_test_add ("/desktop/session/between", LzTestSession, NULL, lz_test_session_set_up, test_between,
              lz_test_session_tear_down);

  return g_test_run ();
}
