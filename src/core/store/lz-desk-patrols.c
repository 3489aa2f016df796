/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-desk-private.h"
#include "lz-patrols.h"

#define MS_PER_DAY G_GINT64_CONSTANT (86400000)
/* Long enough for the last whole half-month to be in it. */
#define LOOK_BACK_DAYS 17

static gboolean
fill_last (LzStation *station, GHashTable *roads, GError **error)
{
  g_autoptr (GPtrArray) visits = lz_patrols_list_last (station, error);

  for (guint i = 0; visits != NULL && i < visits->len; i++)
    {
      const LzPatrolVisit *visit = visits->pdata[i];
      LzDeskRoad *road = g_hash_table_lookup (roads, &visit->road);

      if (road != NULL)
        road->patrolled_ms = visit->until_ms;
    }
  return visits != NULL;
}

/* Overdue is a road whose last patrol period that is over was missed by somebody who owed it. */
gboolean
lz_desk_fill_patrols (LzStation *station,
                      GHashTable *roads,
                      const LzId *only,
                      gint64 now_ms,
                      GError **error)
{
  g_autoptr (GPtrArray) duties = NULL;

  if (!fill_last (station, roads, error))
    return FALSE;
  duties =
      lz_patrols_list_duties (station, NULL, only, now_ms - LOOK_BACK_DAYS * MS_PER_DAY, error);
  for (guint i = 0; duties != NULL && i < duties->len; i++)
    {
      const LzPatrolDuty *duty = duties->pdata[i];
      const LzPatrolDuty *next = i + 1 < duties->len ? duties->pdata[i + 1] : NULL;
      LzDeskRoad *road = g_hash_table_lookup (roads, &duty->road);
      /* Each person's duties follow each other in time: the one before the present is the last. */
      gboolean is_last_over = duty->state != LZ_PATROL_DUE && next != NULL &&
                              lz_id_equal (&next->road, &duty->road) &&
                              g_strcmp0 (next->person, duty->person) == 0 &&
                              next->level == duty->level && next->state == LZ_PATROL_DUE;

      if (road != NULL && is_last_over && duty->state == LZ_PATROL_MISSED)
        road->facts.patrol_overdue = 1;
    }
  return duties != NULL;
}

static void
free_patrol (gpointer data)
{
  g_free (((LzDeskPatrol *) data)->person);
  g_free (data);
}

static int
get_percent (const LzPatrol *patrol, const LzId *road)
{
  for (guint i = 0; i < patrol->covers->len; i++)
    {
      const LzRoadCover *cover = patrol->covers->pdata[i];

      if (lz_id_equal (&cover->road, road) && cover->length_cm > 0)
        return (int) (lz_spans_length_cm (cover->spans) * 100 / cover->length_cm);
    }
  return 0;
}

GPtrArray *
lz_desk_list_patrols (LzStation *station, const LzId *road, guint n, GError **error)
{
  LzPatrolQuery query = { .road = *road, .limit = n };
  g_autoptr (GPtrArray) patrols = lz_patrols_list (station, &query, error);
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (free_patrol);

  for (guint i = 0; patrols != NULL && i < patrols->len; i++)
    {
      const LzPatrol *patrol = patrols->pdata[i];
      LzDeskPatrol *seen;

      if (patrol->state != LZ_RECORD_DONE)
        continue;
      seen = g_new0 (LzDeskPatrol, 1);
      seen->id = patrol->id;
      seen->person = g_strdup (patrol->person);
      seen->until_ms = patrol->until_ms;
      seen->percent = get_percent (patrol, road);
      g_ptr_array_add (list, seen);
    }
  return patrols != NULL ? g_steal_pointer (&list) : NULL;
}
