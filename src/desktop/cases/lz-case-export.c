/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-case-export.h"

#include <glib/gi18n.h>

#include "lz-case-columns.h"
#include "lz-jobs.h"
#include "lz-list-report.h"
#include "lz-log.h"
#include "lz-save-as.h"

#define ROWS_AT_ONCE 500

typedef struct
{
  LzCellWords words;
  GArray *fids;
  char *text;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_pointer (&work->words.catalogue, lz_catalogue_unref);
  g_array_unref (work->fids);
  g_free (work->text);
  g_free (work);
}

static void
append_tabs (GString *out, GStrv cells)
{
  for (guint i = 0; cells[i] != NULL; i++)
    {
      g_strdelimit (cells[i], "\t\r\n", ' ');
      g_string_append_printf (out, "%s%s", i > 0 ? "\t" : "", cells[i]);
    }
  g_string_append_c (out, '\n');
}

static gboolean
append_rows (LzStation *station, Work *work, GString *out, GError **error)
{
  const gint64 *fids = (const gint64 *) (gpointer) work->fids->data;

  for (guint at = 0; at < work->fids->len; at += ROWS_AT_ONCE)
    {
      g_autoptr (GPtrArray) rows =
          lz_cases_load_rows (station, fids + at, MIN (ROWS_AT_ONCE, work->fids->len - at), error);

      if (rows == NULL)
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        {
          g_auto (GStrv) cells = lz_case_columns_dup_texts (&work->words, rows->pdata[i]);

          append_tabs (out, cells);
        }
    }

  return TRUE;
}

/* A job of the read thread. */
static gpointer
copy_cases (LzStation *station, gpointer data, GError **error)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_auto (GStrv) titles = lz_case_columns_dup_titles ();

  append_tabs (out, titles);
  return append_rows (station, data, out, error) ? g_string_free (g_steal_pointer (&out), FALSE)
                                                 : NULL;
}

void
lz_case_copy_async (LzSession *session,
                    GArray *fids,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  Work *work = NULL;

  g_return_if_fail (LZ_IS_SESSION (session));

  work = g_new0 (Work, 1);
  work->words.catalogue = lz_catalogue_ref (lz_session_get_catalogue (session));
  work->words.offset_min = lz_session_get_offset_min (session);
  work->words.now_ms = lz_session_now ();
  work->fids = g_array_copy (fids);
  lz_jobs_read_async (session, copy_cases, work, work_free, g_free, cancellable, callback,
                      user_data);
}

char *
lz_case_copy_finish (LzSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return lz_jobs_finish (result, error);
}

/* Files. */

static const LzSaveKind kinds[] = {
  { ".xlsx", N_ ("Excel workbook (.xlsx)") },
  { ".csv", N_ ("Table (.csv)") },
  { ".geojson", N_ ("Map layer (.geojson)") },
  { ".gpkg", N_ ("Map layer (.gpkg)") },
  { ".json", N_ ("JSON (.json)") },
  { ".pdf", N_ ("PDF (.pdf)") },
};

typedef struct
{
  GtkWidget *widget;
  LzSession *session;
  GArray *fids;
  LzLedgerQuery ledger;
  gboolean in_ledger;
  char *path;
  LzCaseExportTold told;
} Export;

static void
export_free (gpointer data)
{
  Export *self = data;

  g_object_unref (self->widget);
  g_object_unref (self->session);
  g_array_unref (self->fids);
  g_free (self->path);
  g_free (self);
}

/* A job of the read thread. */
static gpointer
write_cases (LzStation *station, gpointer data, GError **error)
{
  const Export *self = data;

  return lz_list_write (station, self->fids, self->in_ledger ? &self->ledger : NULL, self->path,
                        NULL, error)
             ? g_strdup (self->path)
             : NULL;
}

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  Export *self = user_data;
  g_autofree char *path = lz_jobs_finish (result, &error);
  g_autofree char *name = path != NULL ? g_path_get_basename (path) : NULL;
  g_autofree char *text = name != NULL ? g_strdup_printf (_ ("Saved as %s."), name)
                                       : g_strdup (lz_error_explain (error));

  self->told (text, self->widget);
  export_free (self);
}

static void
path_chosen_cb (const char *path, gpointer user_data)
{
  const Export *asked = user_data;
  Export *self = g_memdup2 (asked, sizeof *asked);

  g_object_ref (self->widget);
  g_object_ref (self->session);
  g_array_ref (self->fids);
  self->path = g_strdup (path);
  lz_jobs_read_async (self->session, write_cases, self, NULL, g_free, NULL, written_cb, self);
}

void
lz_case_export_choose (GtkWidget *widget,
                       LzSession *session,
                       GArray *fids,
                       const LzLedgerQuery *ledger,
                       LzCaseExportTold told)
{
  Export *self;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (LZ_IS_SESSION (session));

  self = g_new0 (Export, 1);
  self->widget = g_object_ref (widget);
  self->session = g_object_ref (session);
  self->fids = g_array_copy (fids);
  self->told = told;
  self->in_ledger = ledger != NULL;
  if (ledger != NULL)
    self->ledger = *ledger;
  lz_save_as (widget, _ ("Export Cases"),
              ledger != NULL ? lz_ledger_label (ledger->ledger) : _ ("Cases"), kinds,
              G_N_ELEMENTS (kinds), path_chosen_cb, self, export_free);
}

/* Notes. */

static gboolean
note_one (LzStation *station, const LzCaseRow *row, const char *text, GError **error)
{
  g_auto (LzActResult) result = { 0 };
  g_autoptr (LzBody) body = lz_body_new ();
  LzAct act = { .kind = LZ_KIND_NOTED, .subject = row->id, .body = body };

  body->text = g_strdup (text);
  return lz_log_act (station, &act, &result, error);
}

static gboolean
note_all (LzStation *station, Work *work, GError **error)
{
  const gint64 *fids = (const gint64 *) (gpointer) work->fids->data;

  for (guint at = 0; at < work->fids->len; at += ROWS_AT_ONCE)
    {
      g_autoptr (GPtrArray) rows =
          lz_cases_load_rows (station, fids + at, MIN (ROWS_AT_ONCE, work->fids->len - at), error);

      if (rows == NULL)
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        if (!note_one (station, rows->pdata[i], work->text, error))
          return FALSE;
    }

  return TRUE;
}

/* A job of the writing thread. */
static gpointer
note_cases (LzStation *station, gpointer data, GError **error)
{
  Work *work = data;
  LzDb *db = lz_station_get_db (station);

  if (!lz_db_begin (db, error))
    return NULL;
  if (!note_all (station, work, error) || !lz_log_join (station, work->fids->len, error))
    {
      lz_db_rollback (db);
      return NULL;
    }

  return lz_db_commit (db, error) ? g_strdup ("") : NULL;
}

void
lz_case_note_each_async (LzSession *session,
                         GArray *fids,
                         const char *text,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  Work *work = g_new0 (Work, 1);

  work->fids = g_array_copy (fids);
  work->text = g_strdup (text);
  lz_jobs_write_async (session, note_cases, work, work_free, g_free, callback, user_data);
}

gboolean
lz_case_note_each_finish (LzSession *session, GAsyncResult *result, GError **error)
{
  g_autofree char *done = lz_jobs_finish (result, error);

  if (done != NULL)
    lz_session_tell_act (session, LZ_KIND_NOTED, NULL);
  return done != NULL;
}
