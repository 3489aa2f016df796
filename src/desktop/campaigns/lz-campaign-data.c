/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-campaign-data.h"

#include <glib/gi18n.h>

#include "lz-campaign-report.h"
#include "lz-jobs.h"

#define CASES_SHOWN 200

/* What a job works on. */
typedef struct
{
  LzId id;
  JsonObject *facts; /* nullable */
  char *text;        /* nullable: a report's words, or a path */
} Work;

static Work *
new_work (const LzId *id, JsonObject *facts, const char *text)
{
  Work *work = g_new0 (Work, 1);

  if (id != NULL)
    work->id = *id;
  work->facts = facts;
  work->text = g_strdup (text);
  return work;
}

static void
free_work (gpointer data)
{
  Work *work = data;

  g_clear_pointer (&work->facts, json_object_unref);
  g_free (work->text);
  g_free (work);
}

/* The list. */

static void
free_entry (gpointer data)
{
  LzCampaignEntry *entry = data;

  g_clear_pointer (&entry->record, lz_record_free);
  g_free (entry);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  const LzRecord *left = (*(LzCampaignEntry *const *) a)->record;
  const LzRecord *right = (*(LzCampaignEntry *const *) b)->record;
  gint64 from = lz_record_get_int (left, "from", 0), than = lz_record_get_int (right, "from", 0);

  if (left->state != right->state)
    return (int) left->state - (int) right->state;
  return from > than ? -1 : from < than;
}

/* A job of the read thread. */
static gpointer
read_list (LzStation *station, gpointer data, GError **error)
{
  LzRecordQuery query = { .type = LZ_RECORD_CAMPAIGN };
  g_autoptr (GPtrArray) records = lz_records_list (station, &query, error);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (free_entry);
  gint64 now_ms = lz_station_now (station);

  if (records == NULL)
    return NULL;
  for (guint i = 0; i < records->len; i++)
    {
      LzCampaignEntry *entry = g_new0 (LzCampaignEntry, 1);

      entry->record = lz_record_copy (records->pdata[i]);
      g_ptr_array_add (entries, entry);
      if (!lz_campaigns_tally (station, entry->record, now_ms, &entry->tally, error))
        return NULL;
    }
  g_ptr_array_sort (entries, compare_entries);
  return g_steal_pointer (&entries);
}

void
lz_campaign_list_async (LzSession *session,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  lz_jobs_read_async (session, read_list, NULL, NULL, (GDestroyNotify) g_ptr_array_unref,
                      cancellable, callback, user_data);
}

GPtrArray *
lz_campaign_list_finish (GAsyncResult *result, GError **error)
{
  return lz_jobs_finish (result, error);
}

/* One campaign. */

void
lz_campaign_facts_free (LzCampaignFacts *self)
{
  g_clear_pointer (&self->record, lz_record_free);
  g_clear_pointer (&self->cases, g_ptr_array_unref);
  g_free (self);
}

static void
free_facts (gpointer data)
{
  lz_campaign_facts_free (data);
}

/* A job of the read thread. */
static gpointer
read_campaign (LzStation *station, gpointer data, GError **error)
{
  const Work *work = data;
  g_autoptr (LzCampaignFacts) facts = g_new0 (LzCampaignFacts, 1);
  g_autoptr (GArray) fids = NULL;

  facts->record = lz_records_load (station, &work->id, error);
  if (facts->record == NULL ||
      !lz_campaigns_tally (station, facts->record, lz_station_now (station), &facts->tally, error))
    return NULL;
  fids = lz_campaigns_list_cases (station, facts->record, error);
  if (fids == NULL)
    return NULL;
  facts->n_cases = fids->len;
  facts->cases = lz_cases_load_rows (station, (const gint64 *) (gpointer) fids->data,
                                     MIN (fids->len, CASES_SHOWN), error);
  return facts->cases != NULL ? g_steal_pointer (&facts) : NULL;
}

void
lz_campaign_read_async (LzSession *session,
                        const LzId *id,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  lz_jobs_read_async (session, read_campaign, new_work (id, NULL, NULL), free_work, free_facts,
                      cancellable, callback, user_data);
}

LzCampaignFacts *
lz_campaign_read_finish (GAsyncResult *result, GError **error)
{
  return lz_jobs_finish (result, error);
}

/* Acts. */

/* A job of the writing thread. */
static gpointer
save (LzStation *station, gpointer data, GError **error)
{
  const Work *work = data;
  LzId id = work->id;
  gboolean done = lz_id_is_nil (&id) ? lz_campaigns_open (station, work->facts, &id, error)
                                     : lz_campaigns_change (station, &id, work->facts, error);

  return done ? g_memdup2 (&id, sizeof id) : NULL;
}

void
lz_campaign_save_async (LzSession *session,
                        const LzId *id,
                        JsonObject *facts,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  lz_jobs_write_async (session, save, new_work (id, facts, NULL), free_work, g_free, callback,
                       user_data);
}

/* A job of the writing thread. */
static gpointer
close_campaign (LzStation *station, gpointer data, GError **error)
{
  const Work *work = data;

  return lz_campaigns_close (station, &work->id, work->text, error)
             ? g_memdup2 (&work->id, sizeof work->id)
             : NULL;
}

void
lz_campaign_close_async (LzSession *session,
                         const LzId *id,
                         const char *report,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  lz_jobs_write_async (session, close_campaign, new_work (id, NULL, report), free_work, g_free,
                       callback, user_data);
}

gboolean
lz_campaign_act_finish (GAsyncResult *result, LzId *id, GError **error)
{
  return lz_jobs_finish_id (result, id, error);
}

/* A job of the read thread. */
static gpointer
write_report (LzStation *station, gpointer data, GError **error)
{
  const Work *work = data;
  g_autoptr (LzRecord) record = lz_records_load (station, &work->id, error);
  g_autoptr (LzReport) report = NULL;
  LzReportFormat format;

  if (record == NULL)
    return NULL;
  if (!lz_report_format_from_path (work->text, &format))
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID,
                           _ ("Let the file's name end with .pdf, .xlsx, .csv or .json."));
      return NULL;
    }
  report = lz_campaign_report_new (station, record, error);
  if (report != NULL)
    lz_report_write (report, work->text, format, NULL, error);
  return NULL;
}

void
lz_campaign_write_async (LzSession *session,
                         const LzId *id,
                         const char *path,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  lz_jobs_read_async (session, write_report, new_work (id, NULL, path), free_work, NULL, NULL,
                      callback, user_data);
}

gboolean
lz_campaign_write_finish (GAsyncResult *result, GError **error)
{
  return lz_jobs_finish_done (result, error);
}
