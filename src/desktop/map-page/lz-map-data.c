/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-map-data.h"

#include "lz-jobs.h"
#include "lz-words.h"

void
lz_map_pins_free (LzMapPins *self)
{
  g_clear_pointer (&self->pins, lz_pins_free);
  g_free (self);
}

void
lz_map_streets_free (LzMapStreets *self)
{
  g_clear_pointer (&self->streets, g_ptr_array_unref);
  g_free (self->attribution);
  g_free (self);
}

static void
free_pins (gpointer data)
{
  lz_map_pins_free (data);
}

static void
free_streets (gpointer data)
{
  lz_map_streets_free (data);
}

typedef struct
{
  LzCaseQuery *query;
  LzLedgerQuery ledger;
  gboolean in_ledger;
} PinsJob;

static void
free_pins_job (gpointer data)
{
  PinsJob *job = data;

  lz_filter_query_free (job->query);
  g_free (job);
}

/* A job of the read thread. */
static gpointer
read_pins (LzStation *station, gpointer data, GError **error)
{
  const PinsJob *job = data;
  LzCaseQuery wide = *job->query;
  g_autoptr (GArray) only = NULL;
  g_autofree char *among = NULL;
  LzMapPins *pins;
  LzPins *all;

  if (job->in_ledger)
    {
      only = lz_ledgers_list (station, &job->ledger, error);
      if (only == NULL)
        return NULL;
      wide.among = among = lz_fids_dup_json (only);
    }

  /* The chips count what they would show, so the query leaves out what they choose. */
  wide.dimensions = 0;
  wide.lamps = 0;
  all = lz_cases_load_pins (station, &wide, error);
  if (all == NULL)
    return NULL;

  pins = g_new0 (LzMapPins, 1);
  pins->pins = all;
  lz_filter_sift_pins (job->query, all, &pins->counts);
  return pins;
}

void
lz_map_pins_read_async (LzSession *session,
                        LzCaseQuery *query,
                        const LzLedgerQuery *ledger,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  PinsJob *job = g_new0 (PinsJob, 1);

  g_return_if_fail (LZ_IS_SESSION (session));

  job->query = query;
  job->in_ledger = ledger != NULL;
  if (ledger != NULL)
    job->ledger = *ledger;
  lz_jobs_read_async (session, read_pins, job, free_pins_job, free_pins, cancellable, callback,
                      user_data);
}

LzMapPins *
lz_map_pins_read_finish (GAsyncResult *result, GError **error)
{
  return lz_jobs_finish (result, error);
}

/* A job of the read thread. */
static gpointer
read_streets (LzStation *station, gpointer data, GError **error)
{
  g_autoptr (LzMapStreets) streets = g_new0 (LzMapStreets, 1);

  streets->streets = lz_roads_list_streets (station, NULL, error);
  if (streets->streets == NULL)
    return NULL;

  streets->attribution = lz_roads_dup_attribution (station);
  streets->has_extent = lz_roads_get_extent (station, &streets->extent, NULL);
  return g_steal_pointer (&streets);
}

void
lz_map_streets_read_async (LzSession *session,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_return_if_fail (LZ_IS_SESSION (session));

  lz_jobs_read_async (session, read_streets, NULL, NULL, free_streets, cancellable, callback,
                      user_data);
}

LzMapStreets *
lz_map_streets_read_finish (GAsyncResult *result, GError **error)
{
  return lz_jobs_finish (result, error);
}

typedef struct
{
  gint64 fid;
  LzCatalogue *catalogue;
  int offset_min;
} Hovered;

static void
free_hovered (gpointer data)
{
  Hovered *hovered = data;

  lz_catalogue_unref (hovered->catalogue);
  g_free (hovered);
}

static void
free_hint (gpointer data)
{
  LzMapHint *hint = data;

  g_free (hint->text);
  g_free (hint);
}

static char *
dup_hint (const Hovered *hovered, const LzCaseRow *row)
{
  gint64 now_ms = lz_session_now ();
  const char *name = lz_words_get_category (hovered->catalogue, row->category);
  g_autofree char *place =
      lz_words_dup_place (row->road_name, row->chainage_cm, row->offset_cm, row->side);
  g_autofree char *due = NULL;

  if (row->due_ms == 0 || row->stopped_ms != 0)
    return g_strdup_printf ("%s · %s\n%s", name, lz_state_label (row->state), place);

  due = lz_words_dup_due (row->due_ms, now_ms, hovered->offset_min);
  return g_strdup_printf ("%s · %s\n%s\n%s · %s", name, lz_state_label (row->state), place,
                          lz_lamp_label (lz_case_row_lamp_at (row, now_ms)), due);
}

/* A job of the read thread. */
static gpointer
read_hint (LzStation *station, gpointer data, GError **error)
{
  const Hovered *hovered = data;
  g_autoptr (GPtrArray) rows = lz_cases_load_rows (station, &hovered->fid, 1, error);
  LzMapHint *hint;

  if (rows == NULL)
    return NULL;
  if (rows->len == 0)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, "The hovered case is gone");
      return NULL;
    }

  hint = g_new0 (LzMapHint, 1);
  hint->fid = hovered->fid;
  hint->text = dup_hint (hovered, rows->pdata[0]);
  return hint;
}

void
lz_map_hint_read_async (LzSession *session,
                        gint64 fid,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  Hovered *hovered = NULL;

  g_return_if_fail (LZ_IS_SESSION (session));

  hovered = g_new0 (Hovered, 1);
  hovered->fid = fid;
  hovered->catalogue = lz_catalogue_ref (lz_session_get_catalogue (session));
  hovered->offset_min = lz_session_get_offset_min (session);
  lz_jobs_read_async (session, read_hint, hovered, free_hovered, free_hint, cancellable, callback,
                      user_data);
}

LzMapHint *
lz_map_hint_read_finish (GAsyncResult *result, GError **error)
{
  return lz_jobs_finish (result, error);
}

static void
free_road (gpointer data)
{
  lz_road_free (data);
}

GPtrArray *
lz_map_pick_roads (GPtrArray *roads)
{
  g_autoptr (GPtrArray) mine = g_ptr_array_new_with_free_func (free_road);

  for (guint i = 0; i < roads->len; i++)
    {
      const LzRoad *road = roads->pdata[i];

      if (road->level > 0)
        g_ptr_array_add (mine, lz_road_copy (road));
    }

  return mine->len > 0 ? g_steal_pointer (&mine) : g_ptr_array_ref (roads);
}

gboolean
lz_map_get_extent_of_roads (GPtrArray *roads, LzBox *extent)
{
  gboolean found = FALSE;

  for (guint i = 0; i < roads->len; i++)
    {
      const LzRoad *road = roads->pdata[i];
      LzBox box = lz_line_box (road->line);

      if (road->level == 0)
        continue;

      *extent = !found
                    ? box
                    : (LzBox){ MIN (extent->south7, box.south7), MIN (extent->west7, box.west7),
                               MAX (extent->north7, box.north7), MAX (extent->east7, box.east7) };
      found = TRUE;
    }

  return found;
}
