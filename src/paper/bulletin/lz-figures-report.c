/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-chief-inputs.h"
#include "lz-error.h"
#include "lz-figures-private.h"
#include "lz-patrols.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

static const char *const kinds[LZ_N_FIGURES] = { "weekly", "monthly", "road", "unit", "chief" };

/* Which tables each report has, in their order. */
static const LzTallyBy tables[LZ_N_FIGURES][9] = {
  [LZ_FIGURES_WEEKLY] = { LZ_BY_SUBDISTRICT, LZ_BY_DIMENSION, LZ_BY_UNIT, LZ_BY_ROAD,
                          LZ_BY_CATEGORY, LZ_BY_SOURCE, LZ_BY_DAY, LZ_BY_ALL },
  [LZ_FIGURES_MONTHLY] = { LZ_BY_SUBDISTRICT, LZ_BY_DIMENSION, LZ_BY_UNIT, LZ_BY_ROAD,
                           LZ_BY_COMMUNITY, LZ_BY_CATEGORY, LZ_BY_SOURCE, LZ_BY_INSPECTOR,
                           LZ_BY_ALL },
  [LZ_FIGURES_ROAD] = { LZ_BY_ROAD, LZ_BY_ALL },
  [LZ_FIGURES_UNIT] = { LZ_BY_UNIT, LZ_BY_ALL },
  [LZ_FIGURES_CHIEF] = { LZ_BY_CHIEF, LZ_BY_ALL },
};

/* The tables of one thing alone. */
static const LzTallyBy inner_tables[] = { LZ_BY_DIMENSION, LZ_BY_CATEGORY, LZ_BY_ROAD,
                                          LZ_BY_UNIT,      LZ_BY_SOURCE,   LZ_BY_DAY };

static const LzTallyBy subjects[LZ_N_FIGURES] = { LZ_BY_ALL, LZ_BY_ALL, LZ_BY_ROAD, LZ_BY_UNIT,
                                                  LZ_BY_CHIEF };

const char *
lz_figures_kind_to_string (LzFiguresKind kind)
{
  g_return_val_if_fail ((guint) kind < LZ_N_FIGURES, NULL);

  return kinds[kind];
}

gboolean
lz_figures_kind_from_string (const char *text, LzFiguresKind *kind)
{
  for (guint i = 0; i < LZ_N_FIGURES; i++)
    if (strcmp (kinds[i], text) == 0)
      {
        *kind = (LzFiguresKind) i;
        return TRUE;
      }
  return FALSE;
}

static const char *
find_title (LzFiguresKind kind)
{
  switch (kind)
    {
    case LZ_FIGURES_WEEKLY:
      return _ ("Figures of the Week");
    case LZ_FIGURES_MONTHLY:
      return _ ("Figures and Rankings of the Month");
    case LZ_FIGURES_ROAD:
      return _ ("Figures of the Roads");
    case LZ_FIGURES_UNIT:
      return _ ("Figures of the Units");
    case LZ_FIGURES_CHIEF:
    case LZ_N_FIGURES:
    default:
      return _ ("Figures of the Road Chiefs");
    }
}

/* Of one of them: whose sheet it is stands first. */
static char *
make_title (const LzFiguresFrame *self, LzFiguresKind kind, const char *of)
{
  g_autofree char *name = of != NULL ? lz_tally_names_dup (self->names, subjects[kind], of) : NULL;

  if (name == NULL)
    return g_strdup (find_title (kind));
  if (kind == LZ_FIGURES_ROAD)
    return g_strdup_printf (_ ("Figures of the Road %s"), name);
  if (kind == LZ_FIGURES_UNIT)
    return g_strdup_printf (_ ("Figures of the Unit %s"), name);
  return g_strdup_printf (_ ("Figures of the Road Chief %s"), name);
}

void
lz_figures_frame_clear (LzFiguresFrame *self)
{
  g_clear_pointer (&self->city, g_free);
  g_clear_pointer (&self->now, lz_tallies_free);
  g_clear_pointer (&self->previous, lz_tallies_free);
  g_clear_pointer (&self->last_year, lz_tallies_free);
  g_clear_pointer (&self->names, lz_tally_names_free);
  g_clear_pointer (&self->model, lz_score_model_free);
  g_clear_pointer (&self->chief_model, lz_score_model_free);
  g_clear_pointer (&self->chiefs, g_hash_table_unref);
  g_clear_pointer (&self->previous_chiefs, g_hash_table_unref);
}

static guint
list_bys (LzFiguresKind kind, const char *of)
{
  guint bys = 1u << LZ_BY_ALL;

  for (guint i = 0; of == NULL && tables[kind][i] != LZ_BY_ALL; i++)
    bys |= 1u << tables[kind][i];
  for (guint i = 0; of != NULL && i < G_N_ELEMENTS (inner_tables); i++)
    bys |= 1u << inner_tables[i];
  if (kind == LZ_FIGURES_MONTHLY)
    bys |= 1u << LZ_BY_DIMENSION_SUBDISTRICT | 1u << LZ_BY_DIMENSION_ROAD |
           1u << LZ_BY_DIMENSION_UNIT | 1u << LZ_BY_DIMENSION_COMMUNITY;
  if (kind == LZ_FIGURES_CHIEF || kind == LZ_FIGURES_MONTHLY)
    bys |= 1u << LZ_BY_CHIEF | 1u << LZ_BY_INSPECTOR;
  return bys;
}

static gboolean
count_periods (LzFiguresFrame *self, LzStation *station, const LzTallyQuery *query, GError **error)
{
  LzTallyQuery queries[] = { *query, *query, *query };
  g_autoptr (GPtrArray) tallies = NULL;
  guint n = 2;

  queries[1].keep = queries[2].keep = 0;
  queries[1].period = lz_period_previous (&query->period);
  queries[2].bys = 1u << LZ_BY_ALL;
  if (lz_period_last_year (&query->period, &queries[2].period))
    n = 3;
  tallies = lz_tally_query_run_many (station, queries, n, error);
  if (tallies == NULL)
    return FALSE;
  if (n == 3)
    self->last_year = g_ptr_array_steal_index (tallies, 2);
  self->previous = g_ptr_array_steal_index (tallies, 1);
  self->now = g_ptr_array_steal_index (tallies, 0);
  return TRUE;
}

static gboolean
load_models (LzFiguresFrame *self, LzStation *station, const char *model, GError **error)
{
  g_autofree char *own =
      lz_station_dup_setting (station, LZ_SETTING_UNIT_MODEL, LZ_DEFAULT_UNIT_MODEL);

  self->model = lz_scores_load (station, model != NULL ? model : own, error);
  if (self->model == NULL)
    return FALSE;
  self->chief_model = lz_scores_load (station, LZ_CHIEF_MODEL, error);
  return self->chief_model != NULL;
}

static gboolean
load_chiefs (LzFiguresFrame *self, LzStation *station, GError **error)
{
  g_autoptr (GPtrArray) duties = NULL;

  if (self->now->tallies[LZ_BY_CHIEF] == NULL)
    return TRUE;
  duties = lz_patrols_list_duties (station, NULL, NULL, self->previous->span.period.from_ms, error);
  if (duties == NULL)
    return FALSE;
  self->chiefs =
      lz_chief_inputs_load (station, &self->now->span, duties, self->now->tallies[LZ_BY_INSPECTOR],
                            self->now->tallies[LZ_BY_CHIEF], error);
  if (self->chiefs == NULL)
    return FALSE;
  self->previous_chiefs = lz_chief_inputs_load (station, &self->previous->span, duties,
                                                self->previous->tallies[LZ_BY_INSPECTOR],
                                                self->previous->tallies[LZ_BY_CHIEF], error);
  return self->previous_chiefs != NULL;
}

static void
add_tables (const LzFiguresFrame *self, LzReport *report, LzFiguresKind kind, const char *of)
{
  lz_report_add_table (report, lz_figures_make_counts (self));
  lz_report_add_table (report, lz_figures_make_rates (self));
  lz_report_add_table (report, lz_figures_make_times (self));
  for (guint i = 0; of == NULL && tables[kind][i] != LZ_BY_ALL; i++)
    lz_report_add_table (report, lz_figures_make_table (self, tables[kind][i]));
  for (guint i = 0; of != NULL && i < G_N_ELEMENTS (inner_tables); i++)
    if (inner_tables[i] != subjects[kind])
      lz_report_add_table (report, lz_figures_make_table (self, inner_tables[i]));
  if (kind == LZ_FIGURES_MONTHLY)
    {
      lz_figures_add_rankings (self, report, LZ_BY_SUBDISTRICT, LZ_BY_DIMENSION_SUBDISTRICT);
      lz_figures_add_rankings (self, report, LZ_BY_UNIT, LZ_BY_DIMENSION_UNIT);
      lz_figures_add_rankings (self, report, LZ_BY_ROAD, LZ_BY_DIMENSION_ROAD);
      lz_figures_add_rankings (self, report, LZ_BY_COMMUNITY, LZ_BY_DIMENSION_COMMUNITY);
    }
  if (self->chiefs != NULL && (of == NULL || kind == LZ_FIGURES_CHIEF))
    lz_report_add_table (report, lz_figures_make_chiefs (self));
  if (kind == LZ_FIGURES_MONTHLY)
    lz_figures_add_talks (self, report);
}

gboolean
lz_figures_frame_load (LzFiguresFrame *self,
                       LzStation *station,
                       LzFiguresKind kind,
                       const LzTallyQuery *query,
                       const char *of,
                       const char *model,
                       GError **error)
{
  LzTallyQuery whole = { .period = query->period, .now_ms = query->now_ms, .keep = query->keep };

  if (whole.now_ms == 0)
    whole.now_ms = lz_station_now (station);
  whole.bys = list_bys (kind, of);
  if (of != NULL)
    {
      whole.within = subjects[kind];
      whole.within_value = of;
    }
  self->made_ms = whole.now_ms;
  self->city = g_strdup (lz_station_get_city (station));
  self->names = lz_tally_names_load (station, error);
  return self->names != NULL && load_models (self, station, model, error) &&
         count_periods (self, station, &whole, error) && load_chiefs (self, station, error) &&
         lz_figures_load_talk_rules (station, &self->talk_rules, error);
}

LzReport *
lz_figures_frame_make_report (const LzFiguresFrame *self, LzFiguresKind kind, const char *of)
{
  const LzPeriod *period = &self->now->span.period;
  g_autofree char *label = lz_period_dup_label (period);
  g_autofree char *title = make_title (self, kind, of);
  LzReport *report = lz_report_new (lz_figures_kind_to_string (kind), title);

  lz_report_set_period (report, period->from_ms, period->to_ms, label);
  lz_report_set_made (report, self->made_ms);
  lz_report_set_office (report, self->city);
  add_tables (self, report, kind, of);
  return report;
}

LzReport *
lz_figures_report_new (LzStation *station,
                       LzFiguresKind kind,
                       const LzTallyQuery *query,
                       const char *of,
                       const char *model,
                       GError **error)
{
  g_auto (LzFiguresFrame) frame = { 0 };

  g_return_val_if_fail ((guint) kind < LZ_N_FIGURES, NULL);

  if (!lz_figures_frame_load (&frame, station, kind, query, of, model, error))
    return NULL;
  return lz_figures_frame_make_report (&frame, kind, of);
}
