/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-delivery-item.h"
#include "lz-error.h"
#include "lz-sync-words.h"

#define NOON_MS (G_GINT64_CONSTANT (1795320240) * 1000) /* 2026-11-22 04:04 UTC, 12:04 in China */
#define CHINA   480

static char server[] = "https://luzhang.example.cn";
static char problem[] = "403";

static LzSyncFace
face (LzSyncStatus status, LzSyncState state, int code)
{
  g_autoptr (GError) error =
      code >= 0 ? g_error_new_literal (LZ_SYNC_ERROR, code, "for the log") : NULL;

  return lz_sync_words_get_face (&status, state, error);
}

static void
test_face (void)
{
  const LzSyncStatus alone = { .n_events = 3 };
  const LzSyncStatus calm = { .server = server };
  const LzSyncStatus waiting = { .server = server, .n_events = 1, .n_cases = 1 };
  const LzSyncStatus refused = { .server = server, .n_inbox = 1 };
  const LzSyncStatus later = { .server = server, .n_photos = 1, .next_try_ms = NOON_MS };
  const LzSyncStatus stuck = { .server = server, .problem = problem };

  g_assert_cmpint (face (alone, LZ_SYNC_IDLE, LZ_SYNC_ERROR_NO_ACCOUNT), ==,
                   LZ_SYNC_FACE_NO_ACCOUNT);
  g_assert_cmpint (face (calm, LZ_SYNC_WAITING, -1), ==, LZ_SYNC_FACE_DELIVERED);
  g_assert_cmpint (face (waiting, LZ_SYNC_IDLE, -1), ==, LZ_SYNC_FACE_WAITING);
  g_assert_cmpint (face (waiting, LZ_SYNC_PUSHING, -1), ==, LZ_SYNC_FACE_RUNNING);
  g_assert_cmpint (face (waiting, LZ_SYNC_OFFLINE, LZ_SYNC_ERROR_OFFLINE), ==,
                   LZ_SYNC_FACE_OFFLINE);
  /* A round that only waits for its time says nothing of why: it is still not delivered. */
  g_assert_cmpint (face (later, LZ_SYNC_IDLE, -1), ==, LZ_SYNC_FACE_OFFLINE);
  g_assert_cmpint (face (calm, LZ_SYNC_STOPPED, LZ_SYNC_ERROR_LOGIN), ==, LZ_SYNC_FACE_ATTENTION);
  g_assert_cmpint (face (refused, LZ_SYNC_WAITING, -1), ==, LZ_SYNC_FACE_ATTENTION);
  g_assert_cmpint (face (stuck, LZ_SYNC_IDLE, -1), ==, LZ_SYNC_FACE_ATTENTION);
}

static void
test_short (void)
{
  const LzSyncProgress progress = { .state = LZ_SYNC_IDLE };
  LzSyncStatus status = { .server = server, .last_contact_ms = NOON_MS, .n_cases = 3 };
  g_autofree char *waiting =
      lz_sync_words_dup_short (LZ_SYNC_FACE_WAITING, &status, &progress, NOON_MS + 60000, CHINA);
  g_autofree char *all = NULL;

  g_assert_cmpstr (waiting, ==, "12:04 delivered · 3 waiting");
  status.n_cases = 0;
  all = lz_sync_words_dup_short (LZ_SYNC_FACE_DELIVERED, &status, &progress, NOON_MS, CHINA);
  g_assert_cmpstr (all, ==, "12:04 delivered");
}

static void
test_clock (void)
{
  g_autofree char *slow = lz_sync_words_dup_clock (5 * 60000);
  g_autofree char *fast = lz_sync_words_dup_clock (-3 * 3600000);

  g_assert_null (lz_sync_words_dup_clock (120000));
  g_assert_null (lz_sync_words_dup_clock (-120000));
  g_assert_cmpstr (slow, ==, "This computer's clock is 5 minutes slow.");
  g_assert_cmpstr (fast, ==, "This computer's clock is 3 hours fast.");
}

static LzDelivery *
new_delivery (guint acts_there, guint photos_there, guint n_refused)
{
  LzDelivery *delivery = g_new0 (LzDelivery, 1);

  delivery->n_events = 3;
  delivery->n_events_there = acts_there;
  delivery->n_photos = 4;
  delivery->n_photos_there = photos_there;
  delivery->n_refused = n_refused;
  return delivery;
}

static void
test_delivery (void)
{
  static const struct
  {
    guint acts, photos, refused;
    LzSyncState state;
    LzDeliveryFace face;
  } rows[] = {
    { 3, 4, 0, LZ_SYNC_IDLE, LZ_DELIVERY_DELIVERED },
    { 3, 3, 0, LZ_SYNC_IDLE, LZ_DELIVERY_WAITING },
    { 3, 3, 0, LZ_SYNC_SENDING_PHOTOS, LZ_DELIVERY_SENDING },
    { 2, 4, 0, LZ_SYNC_PUSHING, LZ_DELIVERY_SENDING },
    { 2, 4, 1, LZ_SYNC_PUSHING, LZ_DELIVERY_REFUSED },
    { 3, 4, 0, LZ_SYNC_PUSHING, LZ_DELIVERY_DELIVERED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      LzDelivery *delivery = new_delivery (rows[i].acts, rows[i].photos, rows[i].refused);
      g_autoptr (LzDeliveryItem) item = lz_delivery_item_new (delivery, rows[i].state);

      g_assert_cmpint (lz_delivery_item_get_face (item), ==, rows[i].face);
    }
}

/* Only the span that differs is announced: the selection and the place in the list stay. */
static void
changed_cb (GListModel *model, guint at, guint removed, guint added, gpointer data)
{
  g_string_append_printf (data, "%u-%u+%u ", at, removed, added);
}

static void
test_replace (void)
{
  g_autoptr (GListStore) store = g_list_store_new (LZ_TYPE_DELIVERY_ITEM);
  g_autoptr (GPtrArray) items = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GString) seen = g_string_new (NULL);

  g_signal_connect (store, "items-changed", G_CALLBACK (changed_cb), seen);
  for (guint i = 1; i <= 3; i++)
    g_ptr_array_add (items, lz_delivery_item_new (new_delivery (i, 4, 0), LZ_SYNC_IDLE));
  lz_delivery_item_replace (store, items);
  lz_delivery_item_replace (store, items);
  g_object_unref (items->pdata[1]);
  items->pdata[1] = lz_delivery_item_new (new_delivery (3, 4, 0), LZ_SYNC_IDLE);
  lz_delivery_item_replace (store, items);
  g_ptr_array_set_size (items, 1);
  lz_delivery_item_replace (store, items);
  g_assert_cmpstr (seen->str, ==, "0-0+3 1-1+1 1-2+0 ");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/desktop/sync-words/face", test_face);
  g_test_add_func ("/desktop/sync-words/short", test_short);
  g_test_add_func ("/desktop/sync-words/clock", test_clock);
  g_test_add_func ("/desktop/sync-words/delivery", test_delivery);
  g_test_add_func ("/desktop/sync-words/replace", test_replace);
  return g_test_run ();
}
