/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was published, for showing: its figures as tables, and the cases behind one of them. */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-bulletins.h"
#include "lz-cases.h"
#include "lz-error.h"
#include "lz-figures-table.h"
#include "lz-office.h"

#include <string.h>

/* -- the figures --------------------------------------------------------------------------------
 */

LzTallies *
lz_bulletin_make_tallies (const LzBulletin *self, const LzTallies *counted)
{
  LzTallies *result = g_new0 (LzTallies, 1);
  GHashTableIter iter;
  gpointer key, counts;

  result->span = counted->span;
  result->cases = g_array_new (FALSE, FALSE, sizeof (LzTallyCase));
  for (guint by = 0; by < LZ_N_BYS; by++)
    if (counted->tallies[by] != NULL && (LZ_BULLETIN_BYS & 1u << by) != 0)
      result->tallies[by] = lz_tally_new ((LzTallyBy) by, &counted->span, NULL);
  g_hash_table_iter_init (&iter, self->tables);
  while (g_hash_table_iter_next (&iter, &key, &counts))
    {
      const char *end = strchr (key, '\n');
      g_autofree char *name = g_strndup (key, (gsize) (end - (const char *) key));
      LzTallyBy by;

      if (lz_tally_by_from_string (name, &by) && result->tallies[by] != NULL)
        lz_tally_set_group (result->tallies[by], end + 1, counts);
    }
  for (guint by = 0; by < LZ_N_BYS; by++)
    if (result->tallies[by] != NULL)
      lz_tally_finish (result->tallies[by]);
  return result;
}

/* -- the cases ----------------------------------------------------------------------------------
 */

typedef struct
{
  LzStation *station;
  const LzTallyQuery *query;
  LzTallyBy by;
  const char *value;
  LzTallySpan span;
  LzTallyMaps maps;
} Search;

/* The case is what it is now, but with the unit that it was with then. */
static gboolean
is_in (const Search *self, LzFigures *figures, const LzJudgedCase *judged, LzCount count)
{
  const char *within = self->query->within_value != NULL ? self->query->within_value : "";

  if (judged->unit != NULL)
    {
      g_free (figures->unit);
      figures->unit = g_strdup (judged->unit);
    }
  if (self->query->within != LZ_BY_ALL &&
      !lz_tally_is_within (self->query->within, within, figures, &self->maps))
    return FALSE;
  return lz_tally_by_is_timed (self->by)
             ? lz_tally_is_in (self->by, self->value, count, figures, &self->span, &self->maps)
             : lz_tally_is_within (self->by, self->value, figures, &self->maps);
}

/* A case of which this station has no event, as a unit's, has none: FALSE without @error. */
static gboolean
load_figures (LzStation *station, const LzId *id, LzFigures **figures, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gint64 fid;

  *figures = NULL;
  if (lz_cases_get_fid (station, id, &fid, &failure))
    *figures = lz_figures_table_load (station, fid, &failure);
  if (failure != NULL && !g_error_matches (failure, LZ_ERROR, LZ_ERROR_NOT_FOUND))
    g_propagate_error (error, g_steal_pointer (&failure));
  return *figures != NULL;
}

static gboolean
add_case (const Search *self,
          const LzJudgedCase *judged,
          LzCount count,
          GArray *fids,
          GError **error)
{
  g_autoptr (LzFigures) figures = NULL;
  g_autoptr (GError) failure = NULL;

  if (load_figures (self->station, &judged->id, &figures, &failure) &&
      is_in (self, figures, judged, count))
    g_array_append_val (fids, figures->fid);
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

static gboolean
add_cases (const Search *self,
           const LzBulletin *bulletin,
           LzCount count,
           GArray *fids,
           GError **error)
{
  for (guint i = 0; i < bulletin->cases->len; i++)
    {
      const LzJudgedCase *judged = &g_array_index (bulletin->cases, LzJudgedCase, i);

      if ((judged->bits & LZ_COUNT_BIT (count)) != 0 &&
          !add_case (self, judged, count, fids, error))
        return FALSE;
    }
  return TRUE;
}

GArray *
lz_bulletins_list_cases (LzStation *station,
                         const LzId *id,
                         const LzTallyQuery *query,
                         LzTallyBy by,
                         const char *value,
                         LzCount count,
                         GError **error)
{
  g_autoptr (LzBulletin) bulletin = lz_bulletins_load (station, id, error);
  g_autoptr (GArray) fids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_auto (LzTallyMaps) maps = { 0 };
  g_autoptr (LzRules) rules = NULL;
  Search search = { .station = station, .query = query, .by = by, .value = value };

  g_return_val_if_fail ((guint) count < LZ_N_COUNTS && value != NULL, NULL);

  if (bulletin == NULL || !lz_tally_maps_load (station, &maps, error))
    return NULL;
  rules = lz_office_load_rules (station, error);
  if (rules == NULL)
    return NULL;
  search.maps = maps;
  search.span = lz_tally_span_new (&bulletin->period, bulletin->published_ms, rules,
                                   lz_station_get_calendar (station));
  if (!add_cases (&search, bulletin, count, fids, error))
    return NULL;
  lz_fids_sort (fids);
  return g_steal_pointer (&fids);
}

/* -- by time ------------------------------------------------------------------------------------
 */

static gboolean
add_times (LzStation *station, const LzBulletin *self, LzTallies *result, GError **error)
{
  static const LzHandlingTime none;

  for (guint i = 0; i < self->cases->len; i++)
    {
      const LzJudgedCase *judged = &g_array_index (self->cases, LzJudgedCase, i);
      g_autoptr (LzFigures) figures = NULL;
      g_autoptr (GError) failure = NULL;

      if (load_figures (station, &judged->id, &figures, &failure))
        for (guint by = 0; by < LZ_N_BYS; by++)
          if (result->tallies[by] != NULL)
            lz_tally_add (result->tallies[by], figures, judged->bits, &none);
      if (failure != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
    }
  return TRUE;
}

LzTallies *
lz_bulletin_make_times (LzStation *station,
                        const LzBulletin *self,
                        const LzTallies *counted,
                        GError **error)
{
  g_autoptr (LzTallies) result = g_new0 (LzTallies, 1);

  result->rules = lz_office_load_rules (station, error);
  if (result->rules == NULL)
    return NULL;
  result->cases = g_array_new (FALSE, FALSE, sizeof (LzTallyCase));
  result->span = lz_tally_span_new (&self->period, self->published_ms, result->rules,
                                    lz_station_get_calendar (station));
  for (guint by = 0; by < LZ_N_BYS; by++)
    if (counted->tallies[by] != NULL && lz_tally_by_is_timed ((LzTallyBy) by))
      result->tallies[by] = lz_tally_new ((LzTallyBy) by, &result->span, NULL);
  if (!add_times (station, self, result, error))
    return NULL;
  for (guint by = 0; by < LZ_N_BYS; by++)
    if (result->tallies[by] != NULL)
      lz_tally_finish (result->tallies[by]);
  return g_steal_pointer (&result);
}
