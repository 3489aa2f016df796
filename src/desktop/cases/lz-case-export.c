/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-case-export.h"

#include "lz-case-columns.h"
#include "lz-jobs.h"
#include "lz-log.h"

#define ROWS_AT_ONCE 500

typedef struct
{
  LzCellWords words;
  GArray *fids;
  char *path;
  char *text;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_pointer (&work->words.catalogue, lz_catalogue_unref);
  g_array_unref (work->fids);
  g_free (work->path);
  g_free (work->text);
  g_free (work);
}

static void
append_csv (GString *out, GStrv cells)
{
  for (guint i = 0; cells[i] != NULL; i++)
    {
      g_auto (GStrv) halves = g_strsplit (cells[i], "\"", -1);
      g_autofree char *quoted = g_strjoinv ("\"\"", halves);

      g_string_append_printf (out, "%s\"%s\"", i > 0 ? "," : "", quoted);
    }
  g_string_append (out, "\r\n");
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

          if (work->path != NULL)
            append_csv (out, cells);
          else
            append_tabs (out, cells);
        }
    }

  return TRUE;
}

/* A job of the read thread. */
static gpointer
export_cases (LzStation *station, gpointer data, GError **error)
{
  Work *work = data;
  /* The byte order mark has spreadsheets read the Chinese in it. */
  g_autoptr (GString) out = g_string_new (work->path != NULL ? "\xEF\xBB\xBF" : "");
  g_auto (GStrv) titles = lz_case_columns_dup_titles ();

  if (work->path != NULL)
    append_csv (out, titles);
  else
    append_tabs (out, titles);

  if (!append_rows (station, work, out, error))
    return NULL;
  if (work->path != NULL &&
      !g_file_set_contents_full (work->path, out->str, (gssize) out->len,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644,
                                 error))
    return NULL;

  return g_string_free (g_steal_pointer (&out), FALSE);
}

void
lz_case_export_async (LzSession *session,
                      GArray *fids,
                      const char *path,
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
  work->path = g_strdup (path);
  lz_jobs_read_async (session, export_cases, work, work_free, g_free, cancellable, callback,
                      user_data);
}

char *
lz_case_export_finish (LzSession *session, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, session), NULL);

  return lz_jobs_finish (result, error);
}

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
