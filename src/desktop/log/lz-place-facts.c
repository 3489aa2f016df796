/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"

#include "config.h"

#include "lz-place-facts.h"

#include "lz-jobs.h"
#include "lz-office.h"

#include <math.h>

#define MAX_ASSETS 20

typedef struct
{
  LzPoint place;
  char *category;
} Question;

void
lz_place_facts_free (LzPlaceFacts *self)
{
  g_free (self->road_name);
  g_clear_pointer (&self->similar, g_ptr_array_unref);
  g_clear_pointer (&self->assets, g_ptr_array_unref);
  g_clear_pointer (&self->kinds, lz_asset_kinds_unref);
  g_free (self);
}

static void
free_facts (gpointer data)
{
  lz_place_facts_free (data);
}

static void
free_question (gpointer data)
{
  Question *question = data;

  g_free (question->category);
  g_free (question);
}

/* Open cases like it, and what it may be about.  How near is near is the trade's rule for a prompt
 * about duplicates: domain §2.2. */
static gboolean
read_around (LzStation *station, const Question *question, LzPlaceFacts *facts, GError **error)
{
  g_autoptr (LzRules) rules = lz_office_load_rules (station, error);
  double radius_m;

  if (rules == NULL)
    return FALSE;
  radius_m = (double) lz_rules_get (rules, LZ_RULE_SIMILAR_M);
  if (question->category != NULL)
    {
      facts->similar =
          lz_cases_find_similar (station, question->category, question->place, radius_m,
                                 (guint) lz_rules_get (rules, LZ_RULE_SIMILAR_HOURS), error);
      if (facts->similar == NULL)
        return FALSE;
    }
  facts->kinds = lz_assets_dup_kinds (station, error);
  if (facts->kinds != NULL)
    facts->assets = lz_assets_find_near (station, question->place, radius_m, MAX_ASSETS, error);
  return facts->assets != NULL;
}

/* A job of the read thread. */
static gpointer
read_place (LzStation *station, gpointer data, GError **error)
{
  const Question *question = data;
  g_autoptr (LzPlaceFacts) facts = g_new0 (LzPlaceFacts, 1);
  g_autoptr (GError) problem = NULL;
  LzProjection projection;

  facts->place = question->place;
  facts->found = lz_roads_snap (station, question->place, &facts->road, &facts->road_name,
                                &projection, &problem);
  if (problem != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }

  if (facts->found)
    {
      facts->chainage_cm = llround (projection.chainage_m * 100);
      facts->offset_cm = llround (projection.offset_m * 100);
      facts->side = projection.side < 0   ? LZ_SIDE_LEFT
                    : projection.side > 0 ? LZ_SIDE_RIGHT
                                          : LZ_SIDE_NONE;
    }

  return read_around (station, question, facts, error) ? g_steal_pointer (&facts) : NULL;
}

void
lz_place_facts_read_async (LzSession *session,
                           LzPoint place,
                           const char *category,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  Question *question = g_new0 (Question, 1);

  question->place = place;
  question->category = g_strdup (category);
  lz_jobs_read_async (session, read_place, question, free_question, free_facts, cancellable,
                      callback, user_data);
}

LzPlaceFacts *
lz_place_facts_read_finish (LzSession *session, GAsyncResult *result, GError **error)
{
  return lz_jobs_finish (result, error);
}
