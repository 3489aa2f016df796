/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-patrol-map.h"

#include <stdlib.h>

static void
free_line (gpointer data)
{
  lz_line_free (data);
}

static void
add_spans (GPtrArray *lines, const LzLine *line, const GArray *spans)
{
  for (guint i = 0; i < spans->len; i++)
    g_ptr_array_add (lines, lz_line_cut (line, (double) lz_spans_get (spans, i)->from_cm / 100,
                                         (double) lz_spans_get (spans, i)->to_cm / 100));
}

static const LzTrackPoint *
get_fix (const LzCleanTrack *track, guint i)
{
  return &g_array_index (track->fixes, LzTrackPoint, i);
}

static void
add_track (GPtrArray *lines, const LzCleanTrack *track)
{
  for (guint i = 0; i < track->pieces->len; i++)
    {
      const LzTrackPiece *piece = &g_array_index (track->pieces, LzTrackPiece, i);
      g_autofree LzPoint *points = g_new (LzPoint, piece->n);

      for (guint k = 0; k < piece->n; k++)
        points[k] = get_fix (track, piece->first + k)->point;
      g_ptr_array_add (lines, lz_line_new (points, piece->n));
    }
}

void
lz_patrol_map_show (LzMap *map,
                    LzSession *session,
                    const GPtrArray *covers,
                    const LzCleanTrack *track)
{
  g_autoptr (GPtrArray) way = g_ptr_array_new_with_free_func (free_line);
  g_autoptr (GPtrArray) covered = g_ptr_array_new_with_free_func (free_line);
  g_autoptr (GPtrArray) missing = g_ptr_array_new_with_free_func (free_line);

  for (guint i = 0; covers != NULL && i < covers->len; i++)
    {
      const LzRoadCover *cover = covers->pdata[i];
      const LzRoad *road = lz_session_find_road (session, &cover->road);
      g_autoptr (GArray) gaps = NULL;

      if (road == NULL)
        continue;
      add_spans (covered, road->line, cover->spans);
      /* A street that was only crossed has no gaps that anybody asks about. */
      if (road->level == 0)
        continue;
      gaps = lz_spans_dup_gaps (cover->spans, cover->length_cm);
      add_spans (missing, road->line, gaps);
    }
  if (track != NULL)
    add_track (way, track);
  lz_map_set_track (map, way, covered, missing);
}

static int
compare_morton (gconstpointer a, gconstpointer b)
{
  guint64 ma = lz_point_morton ((*(const LzCaseRow *const *) a)->place);
  guint64 mb = lz_point_morton ((*(const LzCaseRow *const *) b)->place);

  return ma < mb ? -1 : ma > mb;
}

LzPins *
lz_patrol_map_make_pins (const GPtrArray *cases)
{
  g_autoptr (GPtrArray) sorted = g_ptr_array_new ();
  guint n = cases->len;
  LzPins *pins = lz_pins_new (n);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (sorted, cases->pdata[i]);
  g_ptr_array_sort (sorted, compare_morton);
  for (guint i = 0; i < n; i++)
    {
      const LzCaseRow *row = sorted->pdata[i];

      pins->morton[i] = lz_point_morton (row->place);
      pins->fids[i] = row->fid;
      pins->states[i] = (guint8) row->state;
      pins->warn_s[i] = (guint32) (row->warn_ms / 1000);
      pins->due_s[i] = (guint32) (row->due_ms / 1000);
      pins->stopped[i] = row->stopped_ms != 0;
    }
  return pins;
}

static void
grow (LzBox *box, const LzBox *by, gboolean *has)
{
  if (!*has)
    *box = *by;
  else
    *box = (LzBox){ MIN (box->south7, by->south7), MIN (box->west7, by->west7),
                    MAX (box->north7, by->north7), MAX (box->east7, by->east7) };
  *has = TRUE;
}

gboolean
lz_patrol_map_get_box (LzSession *session,
                       const GPtrArray *covers,
                       const LzCleanTrack *track,
                       LzBox *box)
{
  gboolean has = FALSE;

  for (guint i = 0; covers != NULL && i < covers->len; i++)
    {
      const LzRoad *road =
          lz_session_find_road (session, &((const LzRoadCover *) covers->pdata[i])->road);

      if (road != NULL && (road->level > 0 || covers->len == 1))
        {
          LzBox around = lz_line_box (road->line);

          grow (box, &around, &has);
        }
    }
  for (guint i = 0; track != NULL && i < track->fixes->len; i++)
    {
      LzPoint p = get_fix (track, i)->point;
      LzBox around = { p.lat7, p.lon7, p.lat7, p.lon7 };

      grow (box, &around, &has);
    }
  return has;
}

LzPoint
lz_patrol_map_place_at (const LzCleanTrack *track, gint64 at_ms)
{
  guint after = 0;
  const LzTrackPoint *a, *b;
  double along;

  g_return_val_if_fail (track != NULL && track->fixes->len > 0, ((LzPoint){ 0, 0 }));

  while (after < track->fixes->len && get_fix (track, after)->time_ms <= at_ms)
    after++;
  if (after == 0)
    return get_fix (track, 0)->point;
  a = get_fix (track, after - 1);
  if (after == track->fixes->len)
    return a->point;
  b = get_fix (track, after);
  along = (double) (at_ms - a->time_ms) / (double) MAX (b->time_ms - a->time_ms, 1);
  return (LzPoint){ (gint32) (a->point.lat7 + along * ((double) b->point.lat7 - a->point.lat7)),
                    (gint32) (a->point.lon7 + along * ((double) b->point.lon7 - a->point.lon7)) };
}
