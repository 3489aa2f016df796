/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-firm-jobs.h"

#include "lz-firm-report.h"
#include "lz-jobs.h"
#include "lz-log.h"

void
lz_firm_file_free (LzFirmFile *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->firms, g_ptr_array_unref);
  g_clear_pointer (&self->rules, lz_credit_rules_free);
  g_clear_pointer (&self->cases, g_ptr_array_unref);
  g_clear_pointer (&self->charges, g_ptr_array_unref);
  g_clear_pointer (&self->events, g_ptr_array_unref);
  g_free (self);
}

const LzFirm *
lz_firm_file_find (const LzFirmFile *self, const LzId *id)
{
  for (guint i = 0; i < self->firms->len; i++)
    if (lz_id_equal (&((const LzFirm *) self->firms->pdata[i])->record->id, id))
      return self->firms->pdata[i];
  return NULL;
}

typedef struct
{
  int year;
  LzId open;
  LzFirmDeed deed;
  LzId kase;
  char *text;
  JsonObject *facts;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_free (work->text);
  g_clear_pointer (&work->facts, json_object_unref);
  g_free (work);
}

static void
free_file (gpointer data)
{
  lz_firm_file_free (data);
}

/* A job of the read thread. */
static gpointer
read_file (LzStation *station, gpointer data, GError **error)
{
  const Work *work = data;
  g_autoptr (LzFirmFile) file = g_new0 (LzFirmFile, 1);

  file->firms = lz_firms_list (station, work->year, error);
  file->rules = file->firms != NULL ? lz_firms_dup_rules (station, error) : NULL;
  if (file->rules == NULL)
    return NULL;
  if (lz_id_is_nil (&work->open) || lz_firm_file_find (file, &work->open) == NULL)
    return g_steal_pointer (&file);
  file->cases = lz_firms_list_cases (station, &work->open, error);
  if (file->cases != NULL)
    file->charges = lz_firms_list_charges (station, &work->open, work->year, error);
  if (file->charges != NULL)
    file->events = lz_log_list_events (station, &work->open, error);
  return file->events != NULL ? g_steal_pointer (&file) : NULL;
}

void
lz_firm_file_read_async (LzSession *session,
                         int year,
                         const LzId *open,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  Work *work = g_new0 (Work, 1);

  work->year = year;
  if (open != NULL)
    work->open = *open;
  lz_jobs_read_async (session, read_file, work, work_free, free_file, cancellable, callback,
                      user_data);
}

LzFirmFile *
lz_firm_file_read_finish (GAsyncResult *result, GError **error)
{
  return lz_jobs_finish (result, error);
}

static gboolean
do_deed (LzStation *station, const Work *work, LzId *made, GError **error)
{
  const LzId *firm = lz_id_is_nil (&work->open) ? NULL : &work->open;
  LzFirmImport report;

  switch (work->deed)
    {
    case LZ_FIRM_SAVE:
      return lz_firms_save (station, firm, work->facts, made, error);
    case LZ_FIRM_CHARGE:
      return lz_firms_charge (station, firm, &work->kase, work->text, error);
    case LZ_FIRM_BLACKLIST:
      return lz_firms_blacklist (station, firm, work->text, error);
    case LZ_FIRM_SPARE:
      return lz_firms_spare (station, firm, work->text, error);
    case LZ_FIRM_CLEAR:
      return lz_firms_clear (station, firm, work->text, error);
    case LZ_FIRM_RETIRE:
      return lz_firms_retire (station, firm, work->text, error);
    case LZ_FIRM_NAME:
      return lz_firms_name (station, &work->kase, firm, work->text, error);
    case LZ_FIRM_IMPORT:
    default:
      return lz_firms_import (station, work->text, &report, error);
    }
}

/* A job of the writing thread. */
static gpointer
write_deed (LzStation *station, gpointer data, GError **error)
{
  const Work *work = data;
  LzId made = work->open;

  return do_deed (station, work, &made, error) ? g_memdup2 (&made, sizeof made) : NULL;
}

void
lz_firm_do_async (LzSession *session,
                  LzFirmDeed deed,
                  const LzId *firm,
                  const LzId *kase,
                  const char *text,
                  JsonObject *facts,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  Work *work = g_new0 (Work, 1);

  work->deed = deed;
  if (firm != NULL)
    work->open = *firm;
  if (kase != NULL)
    work->kase = *kase;
  work->text = g_strdup (text);
  work->facts = facts;
  lz_jobs_write_async (session, write_deed, work, work_free, g_free, callback, user_data);
}

gboolean
lz_firm_do_finish (GAsyncResult *result, LzId *made, GError **error)
{
  return lz_jobs_finish_id (result, made, error);
}

/* A job of the read thread. */
static gpointer
write_report (LzStation *station, gpointer data, GError **error)
{
  const Work *work = data;

  return lz_firm_report_write (station, work->year, work->text, NULL, error) ? g_strdup (work->text)
                                                                             : NULL;
}

void
lz_firm_write_async (LzSession *session,
                     int year,
                     const char *path,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  Work *work = g_new0 (Work, 1);

  work->year = year;
  work->text = g_strdup (path);
  lz_jobs_read_async (session, write_report, work, work_free, g_free, NULL, callback, user_data);
}

gboolean
lz_firm_write_finish (GAsyncResult *result, GError **error)
{
  g_autofree char *path = lz_jobs_finish (result, error);

  return path != NULL;
}
