/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-case-facts.h"

#include "lz-asset-data.h"
#include "lz-jobs.h"
#include "lz-log.h"
#include "lz-notices.h"
#include "lz-office.h"

const char *
lz_case_facts_get_closing (LzSession *session, const LzCase *item)
{
  const LzCategory *category =
      item->category != NULL
          ? lz_catalogue_find (lz_session_get_catalogue (session), item->category)
          : NULL;
  const LzCondition *condition =
      category != NULL ? lz_category_find_condition (category, MAX (item->condition, 1)) : NULL;

  return condition != NULL ? condition->closing : NULL;
}

void
lz_case_facts_free (LzCaseFacts *self)
{
  g_clear_pointer (&self->item, lz_case_free);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_clear_pointer (&self->photos, g_array_unref);
  g_clear_pointer (&self->evidence, g_array_unref);
  g_clear_pointer (&self->merged_into, lz_case_free);
  g_clear_pointer (&self->recurs, lz_case_free);
  g_clear_pointer (&self->asset, lz_record_free);
  g_free (self->asset_title);
  lz_firm_link_clear (&self->firm);
  g_strfreev (self->boards);
  g_free (self->between);
  g_free (self);
}

static void
free_facts (gpointer data)
{
  lz_case_facts_free (data);
}

typedef struct
{
  LzId id;
  gint64 fid; /* 0: by id */
  GPtrArray *roads;
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_ptr_array_unref (wanted->roads);
  g_free (wanted);
}

static gboolean
find_id (LzStation *station, Wanted *wanted, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;

  if (wanted->fid == 0)
    return lz_cases_get_fid (station, &wanted->id, &wanted->fid, error);

  rows = lz_cases_load_rows (station, &wanted->fid, 1, error);
  if (rows == NULL)
    return FALSE;
  if (rows->len == 0)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, "No case in row %" G_GINT64_FORMAT,
                   wanted->fid);
      return FALSE;
    }

  wanted->id = ((const LzCaseRow *) rows->pdata[0])->id;
  return TRUE;
}

/* Another case that this one names; not here is no fault: another office may have it. */
static LzCase *
load_other (LzStation *station, const LzId *id)
{
  return lz_id_is_nil (id) ? NULL : lz_cases_load (station, id, NULL);
}

/* The same for what it is about. */
static void
read_asset (LzStation *station, LzCaseFacts *facts)
{
  g_autoptr (LzAssetKinds) kinds = NULL;

  if (lz_id_is_nil (&facts->item->asset))
    return;
  facts->asset = lz_records_load (station, &facts->item->asset, NULL);
  kinds = facts->asset != NULL ? lz_assets_dup_kinds (station, NULL) : NULL;
  if (kinds != NULL)
    facts->asset_title = lz_asset_dup_title (kinds, facts->asset);
}

static gboolean
read_evidence (LzStation *station, LzCaseFacts *facts, GError **error)
{
  g_autoptr (LzRules) rules = lz_office_load_rules (station, error);

  if (rules == NULL)
    return FALSE;

  facts->evidence = lz_evidence_check (rules, facts->item, facts->events);
  facts->flags = lz_evidence_check_case (facts->item);
  facts->has_pair = lz_evidence_find_pair (rules, facts->photos, &facts->pair);
  return TRUE;
}

/* What the office has made of it besides: the firm it names, the boards on which it stands. */
static gboolean
read_uses (LzStation *station, LzCaseFacts *facts, GError **error)
{
  static const char *const boards[] = { "exposed", "praised", "focus" };
  g_autoptr (LzCreditRules) rules = lz_firms_dup_rules (station, error);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  if (rules == NULL || !lz_firms_find_link (station, &facts->item->id, &facts->firm, error))
    return FALSE;
  facts->is_hauling = lz_firms_is_hauling (rules, facts->item->category);
  for (guint i = 0; i < G_N_ELEMENTS (boards); i++)
    if (lz_notices_has_case (station, boards[i], &facts->item->id))
      g_strv_builder_add (names, boards[i]);
  facts->boards = g_strv_builder_end (names);
  return TRUE;
}

/* A job of the read thread. */
static gpointer
read_case (LzStation *station, gpointer data, GError **error)
{
  Wanted *wanted = data;
  g_autoptr (LzCaseFacts) facts = g_new0 (LzCaseFacts, 1);

  if (!find_id (station, wanted, error))
    return NULL;

  facts->fid = wanted->fid;
  facts->item = lz_cases_load (station, &wanted->id, error);
  if (facts->item == NULL)
    return NULL;
  facts->events = lz_log_list_events (station, &wanted->id, error);
  if (facts->events == NULL)
    return NULL;
  facts->photos = lz_cases_list_photos (station, &wanted->id, error);
  if (facts->photos == NULL)
    return NULL;

  if (!read_evidence (station, facts, error) || !read_uses (station, facts, error))
    return NULL;
  facts->merged_into = load_other (station, &facts->item->merged_into);
  facts->recurs = load_other (station, &facts->item->recurs);
  read_asset (station, facts);
  facts->between = lz_crossings_dup_between (wanted->roads, &facts->item->road,
                                             (double) facts->item->chainage_cm / 100.0);
  return g_steal_pointer (&facts);
}

static void
load_async (LzSession *session,
            const LzId *id,
            gint64 fid,
            GCancellable *cancellable,
            GAsyncReadyCallback callback,
            gpointer user_data)
{
  Wanted *wanted = g_new0 (Wanted, 1);

  if (id != NULL)
    wanted->id = *id;
  wanted->fid = fid;
  wanted->roads = g_ptr_array_ref (lz_session_get_roads (session));
  lz_jobs_read_async (session, read_case, wanted, wanted_free, free_facts, cancellable, callback,
                      user_data);
}

void
lz_case_facts_load_async (LzSession *session,
                          const LzId *id,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (LZ_IS_SESSION (session));
  g_return_if_fail (id != NULL);

  load_async (session, id, 0, cancellable, callback, user_data);
}

void
lz_case_facts_load_row_async (LzSession *session,
                              gint64 fid,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_return_if_fail (LZ_IS_SESSION (session));
  g_return_if_fail (fid != 0);

  load_async (session, NULL, fid, cancellable, callback, user_data);
}

LzCaseFacts *
lz_case_facts_load_finish (GAsyncResult *result, GError **error)
{
  return lz_jobs_finish (result, error);
}
