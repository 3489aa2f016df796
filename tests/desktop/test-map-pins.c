/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test"

#include "config.h"

#include "lz-pin-layout.h"

#include "lz-test-pins.h"

#define NOW_MS G_GINT64_CONSTANT (1790000000000)
#define N      3000

static LzPins *
make_pins (guint n)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (42);
  g_autofree LzPoint *places = g_new (LzPoint, n);

  /* Half of them crowd in a tenth of the place. */
  for (guint i = 0; i < n; i++)
    {
      gint32 spread = i % 2 == 0 ? 20000 : 200000;

      places[i] = (LzPoint){ 282900000 + g_rand_int_range (rand, -spread, spread),
                             1172200000 + g_rand_int_range (rand, -spread, spread) };
    }
  return lz_test_make_pins (places, n, NOW_MS, rand);
}

static void
check_sum (const LzPinSet *pins, guint first, guint end)
{
  LzPinSum sum, wanted = { 0 };

  for (guint i = first; i < end; i++)
    {
      LzWorld at = lz_pin_set_get_place (pins, i);

      wanted.count++;
      wanted.mix[lz_pin_set_get_kind (pins, i)]++;
      wanted.x += at.x;
      wanted.y += at.y;
    }
  lz_pin_set_sum (pins, first, end, &sum);
  g_assert_cmpuint (sum.count, ==, wanted.count);
  g_assert_cmpmem (sum.mix, sizeof sum.mix, wanted.mix, sizeof wanted.mix);
  g_assert_cmpfloat_with_epsilon (sum.x, wanted.x, 1e-7);
  g_assert_cmpfloat_with_epsilon (sum.y, wanted.y, 1e-7);
}

static void
test_sums (void)
{
  static const guint sizes[] = { 0, 1, 63, 64, 65, 128, 1000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      guint n = sizes[i];
      g_autoptr (LzPinSet) pins = lz_pin_set_new (make_pins (n), NOW_MS);

      check_sum (pins, 0, n);
      check_sum (pins, n / 3, n / 2);
      check_sum (pins, n, n);
      for (guint first = 0; first < n; first += 37)
        check_sum (pins, first, MIN (first + 64, n));
    }
}

static void
test_cells (void)
{
  g_autoptr (LzPinSet) pins = lz_pin_set_new (make_pins (N), NOW_MS);
  LzWorld middle = lz_world_from_degrees (28.29, 117.22);
  guint level = 16, first, end, inside = 0;
  guint x = (guint) (middle.x * 65536), y = (guint) (middle.y * 65536);

  lz_pin_set_find_cell (pins, level, x, y, &first, &end);
  for (guint i = 0; i < N; i++)
    {
      LzWorld at = lz_pin_set_get_place (pins, i);

      if ((guint) (at.x * 65536) == x && (guint) (at.y * 65536) == y)
        {
          g_assert_true (i >= first && i < end);
          inside++;
        }
    }
  g_assert_cmpuint (inside, >, 0);
  g_assert_cmpuint (inside, ==, end - first);

  lz_pin_set_find_cell (pins, 0, 0, 0, &first, &end);
  g_assert_cmpuint (first, ==, 0);
  g_assert_cmpuint (end, ==, N);
}

static LzPins *
make_one (LzState state, gint64 warn_s, gint64 due_s, gboolean stopped)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  LzPoint place = { 282900000, 1172200000 };
  LzPins *pins = lz_test_make_pins (&place, 1, NOW_MS, rand);

  pins->states[0] = (guint8) state;
  pins->warn_s[0] = (guint32) warn_s;
  pins->due_s[0] = (guint32) due_s;
  pins->stopped[0] = stopped ? 1 : 0;
  return pins;
}

static void
test_kinds (void)
{
  const gint64 now = NOW_MS / 1000;
  const struct
  {
    LzState state;
    gint64 warn_s;
    gint64 due_s;
    gboolean stopped;
    LzPinKind kind;
  } cases[] = {
    { LZ_STATE_HANDLING, now + 10, now + 20, FALSE, LZ_PIN_IN_TIME },
    { LZ_STATE_HANDLING, now - 10, now + 20, FALSE, LZ_PIN_SOON },
    { LZ_STATE_HANDLING, now - 20, now - 10, FALSE, LZ_PIN_OVERDUE },
    { LZ_STATE_SUSPENDED, now - 20, now - 10, TRUE, LZ_PIN_IN_TIME },
    { LZ_STATE_REPORTED, 0, 0, FALSE, LZ_PIN_IN_TIME },
    { LZ_STATE_CHECKING, now - 20, now - 10, FALSE, LZ_PIN_DONE },
    { LZ_STATE_CLOSED, now - 20, now - 10, FALSE, LZ_PIN_CLOSED },
    { LZ_STATE_MERGED, 0, 0, FALSE, LZ_PIN_CLOSED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (LzPinSet) pins = lz_pin_set_new (make_one (cases[i].state, cases[i].warn_s,
                                                            cases[i].due_s, cases[i].stopped),
                                                  NOW_MS);

      g_assert_cmpint (lz_pin_set_get_kind (pins, 0), ==, cases[i].kind);
    }
}

static void
test_now (void)
{
  const gint64 now = NOW_MS / 1000;
  g_autoptr (LzPinSet) pins =
      lz_pin_set_new (make_one (LZ_STATE_HANDLING, now + 10, now + 20, FALSE), NOW_MS);
  LzPinSum sum;

  g_assert_false (lz_pin_set_set_now (pins, NOW_MS + 1000));
  g_assert_true (lz_pin_set_set_now (pins, NOW_MS + 30000));
  lz_pin_set_sum (pins, 0, 1, &sum);
  g_assert_cmpuint (sum.mix[LZ_PIN_OVERDUE], ==, 1);
}

static guint
count_drawn (const LzPinLayout *layout)
{
  guint n = 0;

  for (guint i = 0; i < layout->items->len; i++)
    {
      const LzPinItem *item = &g_array_index (layout->items, LzPinItem, i);

      if (item->owner != i)
        continue;
      g_assert_true (item->sum.count > 1 ? item->radius >= 16 : item->radius == 9);
      n += item->sum.count;
    }
  return n;
}

/* Every case is drawn once, as itself or in one cluster, at every zoom. */
static void
test_whole (void)
{
  g_autoptr (LzPinSet) pins = lz_pin_set_new (make_pins (N), NOW_MS);
  LzWorld middle = lz_world_from_degrees (28.29, 117.22);
  LzPinLayout layout = { .scale = 1 };

  for (guint zoom = 3; zoom <= 17; zoom++)
    {
      LzWorldBox box =
          lz_world_box_grow ((LzWorldBox){ middle.x, middle.y, middle.x, middle.y }, .0002);

      g_assert_true (lz_pin_layout_update (&layout, pins, zoom, &box));
      g_assert_cmpuint (count_drawn (&layout), ==, N);
      g_assert_false (lz_pin_layout_update (&layout, pins, zoom, &box));
    }
  lz_pin_layout_clear (&layout);
}

static const LzPinItem *
find_like (const LzPinLayout *layout, const LzPinItem *wanted)
{
  for (guint i = 0; i < layout->items->len; i++)
    {
      const LzPinItem *item = &g_array_index (layout->items, LzPinItem, i);

      if (item->owner == i && item->sum.count == wanted->sum.count &&
          hypot (item->at.x - wanted->at.x, item->at.y - wanted->at.y) < 1e-12)
        return item;
    }
  return NULL;
}

/* What two overlapping views both show, they show alike: nothing moves or renumbers in a pan. */
static void
test_pan (void)
{
  g_autoptr (LzPinSet) pins = lz_pin_set_new (make_pins (N), NOW_MS);
  LzWorld middle = lz_world_from_degrees (28.29, 117.22);

  for (guint zoom = 12; zoom <= 19; zoom++)
    {
      double px = 1 / ldexp (256, (int) zoom);
      LzWorldBox a = { middle.x - 400 * px, middle.y - 300 * px, middle.x + 400 * px,
                       middle.y + 300 * px };
      guint compared = 0;

      for (int step = 1; step <= 8; step++)
        {
          double dx = step * 83 * px, dy = step * -37 * px;
          LzWorldBox b = { a.x0 + dx, a.y0 + dy, a.x1 + dx, a.y1 + dy };
          LzPinLayout first = { .scale = 1 }, second = { .scale = 1 };

          lz_pin_layout_update (&first, pins, zoom, &a);
          lz_pin_layout_update (&second, pins, zoom, &b);
          for (guint i = 0; i < first.items->len; i++)
            {
              const LzPinItem *item = &g_array_index (first.items, LzPinItem, i);

              if (item->owner != i || item->at.x < b.x0 || item->at.x > MIN (a.x1, b.x1) ||
                  item->at.y < a.y0 || item->at.y > MIN (a.y1, b.y1))
                continue;
              g_assert_nonnull (find_like (&second, item));
              compared++;
            }
          lz_pin_layout_clear (&first);
          lz_pin_layout_clear (&second);
        }
      g_assert_cmpuint (compared, >, 0);
    }
}

static void
test_list (void)
{
  g_autoptr (LzPinSet) pins = lz_pin_set_new (make_pins (N), NOW_MS);
  LzWorldBox box = { 0, 0, 1, 1 };
  LzPinLayout layout = { .scale = 1 };
  guint total = 0;

  lz_pin_layout_update (&layout, pins, 3, &box);
  for (guint i = 0; i < layout.items->len; i++)
    {
      const LzPinItem *item = &g_array_index (layout.items, LzPinItem, i);
      g_autoptr (GArray) list = NULL;

      if (item->owner != i)
        continue;
      g_assert_true (item->sum.count > 1 ? item->radius >= 16 : item->radius == 9);
      list = lz_pin_layout_list_pins (&layout, i);
      g_assert_cmpuint (list->len, ==, item->sum.count);
      total += list->len;
    }
  g_assert_cmpuint (total, ==, N);
  lz_pin_layout_clear (&layout);
}

static void
test_fid (void)
{
  g_autoptr (LzPinSet) pins = lz_pin_set_new (make_pins (100), NOW_MS);
  guint i = 7;

  g_assert_true (lz_pin_set_find_fid (pins, 42, &i));
  g_assert_cmpint (lz_pin_set_get_fid (pins, i), ==, 42);
  g_assert_false (lz_pin_set_find_fid (pins, 4242, &i));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/desktop/map/pins/sums", test_sums);
  g_test_add_func ("/desktop/map/pins/cells", test_cells);
  g_test_add_func ("/desktop/map/pins/kinds", test_kinds);
  g_test_add_func ("/desktop/map/pins/now", test_now);
  g_test_add_func ("/desktop/map/pins/whole", test_whole);
  g_test_add_func ("/desktop/map/pins/pan", test_pan);
  g_test_add_func ("/desktop/map/pins/list", test_list);
  g_test_add_func ("/desktop/map/pins/fid", test_fid);

  return g_test_run ();
}
