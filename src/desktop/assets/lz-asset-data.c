/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-asset-data.h"

#include <glib/gi18n.h>

#include "lz-asset-register.h"
#include "lz-jobs.h"
#include "lz-words.h"

#define CASES_SHOWN 30

const char *
lz_asset_kind_get_label (const LzAssetKind *kind)
{
  return lz_words_is_chinese () || kind->label_en == NULL ? kind->label : kind->label_en;
}

const char *
lz_asset_field_get_label (const LzAssetField *field)
{
  return lz_words_is_chinese () || field->label_en == NULL ? field->label : field->label_en;
}

const LzAssetKind *
lz_asset_find_kind (const LzAssetKinds *kinds, const LzRecord *record)
{
  const char *key = lz_record_get_text (record, "kind");

  return key != NULL ? lz_asset_kinds_find (kinds, key) : NULL;
}

char *
lz_asset_dup_title (const LzAssetKinds *kinds, const LzRecord *record)
{
  const LzAssetKind *kind = lz_asset_find_kind (kinds, record);

  return kind != NULL ? lz_asset_kind_dup_title (kind, record->facts)
                      : g_strdup (lz_record_get_text (record, "kind"));
}

/* Lists. */

void
lz_asset_filter_clear (LzAssetFilter *self)
{
  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->text, g_free);
  self->road = (LzId){ { 0 } };
  self->gone = FALSE;
}

typedef struct
{
  LzAssetFilter filter;
  guint skip;
  guint limit;
} Page;

static void
free_page (gpointer data)
{
  lz_asset_filter_clear (&((Page *) data)->filter);
  g_free (data);
}

static LzAssetFilter
copy_filter (const LzAssetFilter *filter)
{
  LzAssetFilter copy = *filter;

  copy.kind = g_strdup (filter->kind);
  copy.text = g_strdup (filter->text);
  return copy;
}

static LzRecordQuery
make_query (const LzAssetFilter *filter)
{
  return (LzRecordQuery){ .type = LZ_RECORD_ASSET,
                          .states = LZ_RECORD_BIT (filter->gone ? LZ_RECORD_GONE : LZ_RECORD_OPEN),
                          .kind = filter->kind,
                          .road = filter->road,
                          .text = filter->text };
}

void
lz_asset_list_free (LzAssetList *self)
{
  g_clear_pointer (&self->kinds, lz_asset_kinds_unref);
  g_clear_pointer (&self->counts, g_array_unref);
  g_clear_pointer (&self->records, g_ptr_array_unref);
  g_free (self);
}

static void
free_list (gpointer data)
{
  lz_asset_list_free (data);
}

/* A job of the read thread. */
static gpointer
read_list (LzStation *station, gpointer data, GError **error)
{
  const Page *page = data;
  LzRecordQuery query = make_query (&page->filter);
  g_autoptr (LzAssetList) list = g_new0 (LzAssetList, 1);

  query.skip = page->skip;
  query.limit = page->limit;
  list->kinds = lz_assets_dup_kinds (station, error);
  list->counts = list->kinds != NULL ? lz_assets_count (station, NULL, error) : NULL;
  list->records = list->counts != NULL ? lz_records_list (station, &query, error) : NULL;
  if (list->records == NULL)
    return NULL;
  list->skip = page->skip;
  list->n = page->skip + list->records->len;
  if (list->records->len == page->limit && !lz_records_count (station, &query, &list->n, error))
    return NULL;
  return g_steal_pointer (&list);
}

void
lz_asset_list_read_async (LzSession *session,
                          const LzAssetFilter *filter,
                          guint skip,
                          guint limit,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  Page *page = g_new0 (Page, 1);

  *page = (Page){ copy_filter (filter), skip, limit };
  lz_jobs_read_async (session, read_list, page, free_page, free_list, cancellable, callback,
                      user_data);
}

LzAssetList *
lz_asset_list_read_finish (GAsyncResult *result, GError **error)
{
  return lz_jobs_finish (result, error);
}

/* One asset. */

typedef struct
{
  LzId id;
  gint64 fid;
} Wanted;

void
lz_asset_facts_free (LzAssetFacts *self)
{
  g_clear_pointer (&self->kinds, lz_asset_kinds_unref);
  g_clear_pointer (&self->record, lz_record_free);
  g_clear_pointer (&self->photos, g_array_unref);
  g_clear_pointer (&self->cases, g_ptr_array_unref);
  g_free (self);
}

static void
free_facts (gpointer data)
{
  lz_asset_facts_free (data);
}

static gboolean
read_cases (LzStation *station, LzAssetFacts *facts, GError **error)
{
  g_autoptr (GArray) ids = lz_assets_list_cases (station, &facts->record->id, error);
  g_autoptr (GArray) fids = g_array_new (FALSE, FALSE, sizeof (gint64));

  if (ids == NULL)
    return FALSE;
  facts->n_cases = ids->len;
  for (guint i = 0; i < MIN (ids->len, CASES_SHOWN); i++)
    {
      gint64 fid;

      if (!lz_cases_get_fid (station, &g_array_index (ids, LzId, i), &fid, error))
        return FALSE;
      g_array_append_val (fids, fid);
    }
  facts->cases =
      lz_cases_load_rows (station, (const gint64 *) (gpointer) fids->data, fids->len, error);
  return facts->cases != NULL;
}

/* A job of the read thread. */
static gpointer
read_facts (LzStation *station, gpointer data, GError **error)
{
  const Wanted *wanted = data;
  g_autoptr (LzAssetFacts) facts = g_new0 (LzAssetFacts, 1);

  facts->kinds = lz_assets_dup_kinds (station, error);
  if (facts->kinds == NULL)
    return NULL;
  facts->record = wanted->fid != 0 ? lz_assets_load_row (station, wanted->fid, error)
                                   : lz_records_load (station, &wanted->id, error);
  if (facts->record == NULL)
    return NULL;
  facts->photos = lz_records_list_photos (station, &facts->record->id, error);
  if (facts->photos == NULL || !read_cases (station, facts, error))
    return NULL;
  return g_steal_pointer (&facts);
}

void
lz_asset_facts_read_async (LzSession *session,
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
  lz_jobs_read_async (session, read_facts, wanted, g_free, free_facts, cancellable, callback,
                      user_data);
}

LzAssetFacts *
lz_asset_facts_read_finish (GAsyncResult *result, GError **error)
{
  return lz_jobs_finish (result, error);
}

/* Acts. */

void
lz_asset_act_free (LzAssetAct *self)
{
  g_free (self->kind);
  g_clear_pointer (&self->facts, json_object_unref);
  g_clear_pointer (&self->photos, g_array_unref);
  g_free (self->reason);
  g_free (self);
}

static void
free_act (gpointer data)
{
  lz_asset_act_free (data);
}

/* A job of the writing thread. */
static gpointer
run_act (LzStation *station, gpointer data, GError **error)
{
  const LzAssetAct *act = data;
  LzAssetEntry entry = { act->kind, act->facts, act->place, act->road, act->photos };
  LzId id = act->id;
  gboolean done = FALSE;

  switch (act->what)
    {
    case LZ_ASSET_ACT_RECORD:
      done = lz_assets_record (station, &entry, &id, error);
      break;
    case LZ_ASSET_ACT_CHANGE:
      done = lz_assets_change (station, &act->id, &entry, error);
      break;
    case LZ_ASSET_ACT_RETIRE:
      done = lz_assets_retire (station, &act->id, act->reason, error);
      break;
    case LZ_ASSET_ACT_RESTORE:
    default:
      done = lz_assets_restore (station, &act->id, error);
      break;
    }
  return done ? g_memdup2 (&id, sizeof id) : NULL;
}

void
lz_asset_act_async (LzSession *session,
                    LzAssetAct *act,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  lz_jobs_write_async (session, run_act, act, free_act, g_free, callback, user_data);
}

gboolean
lz_asset_act_finish (GAsyncResult *result, LzId *id, GError **error)
{
  return lz_jobs_finish_id (result, id, error);
}

/* Registers. */

typedef struct
{
  char *path;
  char *kind;
  gboolean preview;
  GCancellable *cancellable;
  LzAssetFilter filter;
} Register;

static void
free_register (gpointer data)
{
  Register *work = data;

  g_free (work->path);
  g_free (work->kind);
  g_clear_object (&work->cancellable);
  lz_asset_filter_clear (&work->filter);
  g_free (work);
}

static void
free_report (gpointer data)
{
  lz_asset_report_free (data);
}

/* A job of either thread. */
static gpointer
read_register (LzStation *station, gpointer data, GError **error)
{
  const Register *work = data;

  return work->preview
             ? lz_assets_preview (station, work->path, work->kind, work->cancellable, error)
             : lz_assets_import (station, work->path, work->kind, work->cancellable, error);
}

void
lz_asset_register_read_async (LzSession *session,
                              const char *path,
                              const char *kind,
                              gboolean preview,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  Register *work = g_new0 (Register, 1);

  work->path = g_strdup (path);
  work->kind = g_strdup (kind);
  work->preview = preview;
  g_set_object (&work->cancellable, cancellable);
  if (preview)
    lz_jobs_read_async (session, read_register, work, free_register, free_report, cancellable,
                        callback, user_data);
  else
    lz_jobs_write_async (session, read_register, work, free_register, free_report, callback,
                         user_data);
}

LzAssetReport *
lz_asset_register_read_finish (GAsyncResult *result, GError **error)
{
  return lz_jobs_finish (result, error);
}

/* A job of the read thread. */
static gpointer
find_import (LzStation *station, gpointer data, GError **error)
{
  LzAssetImport last;

  return lz_assets_find_import (station, &last, error) ? g_memdup2 (&last, sizeof last) : NULL;
}

void
lz_asset_import_find_async (LzSession *session,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  lz_jobs_read_async (session, find_import, NULL, NULL, g_free, cancellable, callback, user_data);
}

gboolean
lz_asset_import_find_finish (GAsyncResult *result, LzAssetImport *last, GError **error)
{
  g_autofree LzAssetImport *found = lz_jobs_finish (result, error);

  if (found != NULL)
    *last = *found;
  return found != NULL;
}

/* A job of the writing thread. */
static gpointer
undo_import (LzStation *station, gpointer data, GError **error)
{
  guint n_gone;

  return lz_assets_undo_import (station, data, &n_gone, error) ? g_memdup2 (&n_gone, sizeof n_gone)
                                                               : NULL;
}

void
lz_asset_import_undo_async (LzSession *session,
                            const LzId *bulk,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  lz_jobs_write_async (session, undo_import, g_memdup2 (bulk, sizeof *bulk), g_free, g_free,
                       callback, user_data);
}

gboolean
lz_asset_import_undo_finish (GAsyncResult *result, guint *n_gone, GError **error)
{
  g_autofree guint *n = lz_jobs_finish (result, error);

  if (n != NULL)
    *n_gone = *n;
  return n != NULL;
}

/* A job of the read thread. */
static gpointer
write_register (LzStation *station, gpointer data, GError **error)
{
  const Register *work = data;
  LzRecordQuery query = make_query (&work->filter);
  g_autoptr (LzReport) report = NULL;
  LzReportFormat format = LZ_REPORT_CSV;

  if (g_str_has_suffix (work->path, ".geojson"))
    {
      lz_assets_write_geojson (station, &query, work->path, NULL, error);
      return NULL;
    }
  if (g_str_has_suffix (work->path, ".gpkg"))
    {
      lz_assets_write_gpkg (station, &query, work->path, NULL, NULL, error);
      return NULL;
    }
  if (!lz_report_format_from_path (work->path, &format))
    {
      g_set_error_literal (
          error, LZ_ERROR, LZ_ERROR_INVALID,
          _ ("Let the file's name end with .csv, .xlsx, .pdf, .json, .geojson or .gpkg."));
      return NULL;
    }
  report = lz_asset_register_new (station, &query, error);
  if (report != NULL)
    lz_report_write (report, work->path, format, NULL, error);
  return NULL;
}

void
lz_asset_register_write_async (LzSession *session,
                               const char *path,
                               const LzAssetFilter *filter,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  Register *work = g_new0 (Register, 1);

  work->path = g_strdup (path);
  work->filter = copy_filter (filter);
  lz_jobs_read_async (session, write_register, work, free_register, NULL, NULL, callback,
                      user_data);
}

gboolean
lz_asset_register_write_finish (GAsyncResult *result, GError **error)
{
  return lz_jobs_finish_done (result, error);
}
