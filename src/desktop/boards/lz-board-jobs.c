/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-board-jobs.h"

#include "lz-cases.h"
#include "lz-jobs.h"

void
lz_notice_proposal_free (LzNoticeProposal *self)
{
  if (self == NULL)
    return;

  lz_notice_draft_clear (&self->draft);
  g_clear_pointer (&self->photos, g_array_unref);
  g_free (self);
}

typedef struct
{
  LzNotice notice;
  LzId id;
  char *kind;
  char *title;
  char *words;
  char *person;
} Work;

static void
work_free (gpointer data)
{
  Work *work = data;

  g_clear_pointer (&work->notice.photos, g_array_unref);
  g_free (work->kind);
  g_free (work->title);
  g_free (work->words);
  g_free (work->person);
  g_free (work);
}

static void
free_proposal (gpointer data)
{
  lz_notice_proposal_free (data);
}

/* The first photo of the problem, and the last of the result. */
static GArray *
pick_photos (const GArray *photos)
{
  GArray *picked = g_array_new (FALSE, FALSE, sizeof (LzPhotoRef));
  const LzPhotoRef *before = NULL, *after = NULL;

  for (guint i = 0; i < photos->len; i++)
    {
      const LzPhotoRef *photo = &g_array_index (photos, LzPhotoRef, i);

      if (photo->role == LZ_PHOTO_BEFORE && before == NULL)
        before = photo;
      else if (photo->role == LZ_PHOTO_AFTER)
        after = photo;
    }
  if (before != NULL)
    g_array_append_vals (picked, before, 1);
  if (after != NULL)
    g_array_append_vals (picked, after, 1);
  return picked;
}

/* A job of the read thread. */
static gpointer
propose (LzStation *station, gpointer data, GError **error)
{
  const Work *work = data;
  g_autoptr (LzNoticeProposal) proposal = g_new0 (LzNoticeProposal, 1);
  g_autoptr (GArray) photos = NULL;

  if (lz_id_is_nil (&work->id))
    return lz_notices_draft_road (station, work->kind, &work->notice.road, &proposal->draft, error)
               ? g_steal_pointer (&proposal)
               : NULL;
  if (!lz_notices_draft (station, work->kind, &work->id, &proposal->draft, error))
    return NULL;
  photos = lz_cases_list_photos (station, &work->id, error);
  if (photos == NULL)
    return NULL;
  proposal->photos = pick_photos (photos);
  return g_steal_pointer (&proposal);
}

void
lz_notice_propose_async (LzSession *session,
                         const char *kind,
                         const LzId *kase,
                         const LzId *road,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  Work *work = g_new0 (Work, 1);

  work->kind = g_strdup (kind);
  if (kase != NULL)
    work->id = *kase;
  else
    work->notice.road = *road;
  lz_jobs_read_async (session, propose, work, work_free, free_proposal, cancellable, callback,
                      user_data);
}

LzNoticeProposal *
lz_notice_propose_finish (GAsyncResult *result, GError **error)
{
  return lz_jobs_finish (result, error);
}

/* A job of the writing thread. */
static gpointer
list_notice (LzStation *station, gpointer data, GError **error)
{
  const Work *work = data;
  LzId made;

  return lz_notices_list (station, &work->notice, &made, error) ? g_memdup2 (&made, sizeof made)
                                                                : NULL;
}

void
lz_notice_list_async (LzSession *session,
                      const LzNotice *notice,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  Work *work = g_new0 (Work, 1);

  work->notice = *notice;
  work->notice.kind = work->kind = g_strdup (notice->kind);
  work->notice.title = work->title = g_strdup (notice->title);
  work->notice.words = work->words = g_strdup (notice->words);
  work->notice.person = work->person = g_strdup (notice->person);
  work->notice.photos = notice->photos != NULL ? g_array_copy (notice->photos) : NULL;
  lz_jobs_write_async (session, list_notice, work, work_free, g_free, callback, user_data);
}

/* A job of the writing thread. */
static gpointer
remove_notice (LzStation *station, gpointer data, GError **error)
{
  const Work *work = data;

  return lz_notices_remove (station, &work->id, work->words, error)
             ? g_memdup2 (&work->id, sizeof work->id)
             : NULL;
}

void
lz_notice_remove_async (LzSession *session,
                        const LzId *id,
                        const char *reason,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  Work *work = g_new0 (Work, 1);

  work->id = *id;
  work->words = g_strdup (reason);
  lz_jobs_write_async (session, remove_notice, work, work_free, g_free, callback, user_data);
}

gboolean
lz_notice_done_finish (GAsyncResult *result, GError **error)
{
  return lz_jobs_finish_id (result, NULL, error);
}

static void
free_entry (gpointer data)
{
  LzBoardEntry *entry = data;

  lz_record_free (entry->record);
  g_clear_pointer (&entry->photos, g_array_unref);
  g_free (entry);
}

static void
free_entries (gpointer data)
{
  g_ptr_array_unref (data);
}

/* A job of the read thread. */
static gpointer
read_board (LzStation *station, gpointer data, GError **error)
{
  const Work *work = data;
  g_autoptr (GPtrArray) records = lz_notices_find (station, work->kind, 0, 0, error);
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func (free_entry);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      LzBoardEntry *entry = g_new0 (LzBoardEntry, 1);

      g_ptr_array_add (entries, entry);
      entry->record = lz_record_copy (records->pdata[i]);
      entry->photos = lz_records_list_photos (station, &entry->record->id, error);
      if (entry->photos == NULL)
        return NULL;
    }
  return records != NULL ? g_steal_pointer (&entries) : NULL;
}

void
lz_board_read_async (LzSession *session,
                     const char *kind,
                     GCancellable *cancellable,
                     GAsyncReadyCallback callback,
                     gpointer user_data)
{
  Work *work = g_new0 (Work, 1);

  work->kind = g_strdup (kind);
  lz_jobs_read_async (session, read_board, work, work_free, free_entries, cancellable, callback,
                      user_data);
}

GPtrArray *
lz_board_read_finish (GAsyncResult *result, GError **error)
{
  return lz_jobs_finish (result, error);
}
