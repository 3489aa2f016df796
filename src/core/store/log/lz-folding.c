/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-event-table.h"
#include "lz-folding.h"
#include "lz-stmt.h"

/* clang-format off */
/* Events of the subject that come after this one in the order of the fold. */
static const char sql_later[] =
  "SELECT 1 FROM event WHERE subject = ?1 AND id <> ?2 AND status = 0 AND kind <> 'event.withdrawn'"
  " AND (home_seq IS NULL OR home_seq >= ?3) LIMIT 1";
/* clang-format on */

/* A subject that is being folded. */
typedef struct
{
  LzId subject;
  gboolean anew;   /* from its first event on, at the end; the rest does not matter then */
  char *feed;      /* in which @home_seq counts */
  gint64 home_seq; /* of its last event */
  LzCase *folded;
  LzFigures *figures;
  gint64 fid;     /* of its row; 0 = it has none yet */
  GArray *photos; /* LzCasePhoto, that its new events bring */
  gboolean changed;
} Subject;

struct _LzFolding
{
  LzStation *station;
  GHashTable *subjects; /* LzId -> Subject */
  GPtrArray *order;     /* the same, as they came */
};

static void
subject_free (gpointer data)
{
  Subject *subject = data;

  g_clear_pointer (&subject->folded, lz_case_free);
  g_clear_pointer (&subject->figures, lz_figures_free);
  g_clear_pointer (&subject->photos, g_array_unref);
  g_free (subject->feed);
  g_free (subject);
}

LzFolding *
lz_folding_new (LzStation *station)
{
  LzFolding *self = g_new0 (LzFolding, 1);

  self->station = station;
  self->subjects = g_hash_table_new (lz_id_hash, lz_id_equal);
  self->order = g_ptr_array_new_with_free_func (subject_free);
  return self;
}

void
lz_folding_free (LzFolding *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->subjects);
  g_ptr_array_unref (self->order);
  g_free (self);
}

static Subject *
get_subject (LzFolding *self, const LzId *id)
{
  Subject *subject = g_hash_table_lookup (self->subjects, id);

  if (subject == NULL)
    {
      subject = g_new0 (Subject, 1);
      subject->subject = *id;
      g_hash_table_insert (self->subjects, &subject->subject, subject);
      g_ptr_array_add (self->order, subject);
    }
  return subject;
}

static gboolean
has_later (LzFolding *self, const LzEvent *event, gboolean *later, GError **error)
{
  LzDb *db = lz_station_get_db (self->station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_later, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  lz_stmt_lend_id (stmt, 1, &event->subject);
  lz_stmt_lend_id (stmt, 2, &event->id);
  sqlite3_bind_int64 (stmt, 3, event->home_seq);
  *later = lz_db_step (db, stmt, "looking for later events", &failure);
  return lz_stmt_ended (&failure, error);
}

/* Takes up the case as its row says, unless something comes after @event. */
static gboolean
begin (LzFolding *self, Subject *subject, const LzEvent *event, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gboolean later;

  if (!has_later (self, event, &later, error))
    return FALSE;
  if (later)
    {
      subject->anew = TRUE;
      return TRUE;
    }
  subject->folded = lz_projection_load_row (self->station, &event->subject, &subject->fid,
                                            &subject->figures, &failure);
  if (!lz_stmt_ended (&failure, error))
    return FALSE;
  if (subject->folded == NULL)
    {
      subject->folded = lz_case_new ();
      subject->figures = lz_figures_new ();
    }
  subject->feed = g_strdup (event->feed);
  return TRUE;
}

static void
apply (Subject *subject, const LzEvent *event)
{
  guint n_events = subject->folded->n_events;

  lz_fold_apply (subject->folded, event);
  subject->home_seq = event->home_seq;
  if (subject->folded->n_events == n_events) /* it did not apply */
    return;
  lz_figures_apply (subject->figures, subject->folded, event);
  subject->changed = TRUE;
  if (event->body == NULL || event->body->photos == NULL)
    return;
  if (subject->photos == NULL)
    subject->photos = g_array_new (FALSE, FALSE, sizeof (LzCasePhoto));
  for (guint i = 0; i < event->body->photos->len; i++)
    {
      LzCasePhoto photo = { event->id, g_array_index (event->body->photos, LzPhotoRef, i) };

      g_array_append_val (subject->photos, photo);
    }
}

gboolean
lz_folding_add (LzFolding *self, const LzEvent *event, GError **error)
{
  Subject *subject;

  if (event->kind == LZ_KIND_WITHDRAWN)
    return TRUE;
  subject = get_subject (self, &event->subject);
  /* What is no case has projections of its own. */
  if (!g_str_has_prefix (event->kind_name, "case."))
    subject->anew = TRUE;
  if (subject->anew)
    return TRUE;
  if (subject->folded == NULL && !begin (self, subject, event, error))
    return FALSE;
  if (subject->anew)
    return TRUE;
  if (subject->home_seq >= event->home_seq || g_strcmp0 (subject->feed, event->feed) != 0)
    subject->anew = TRUE;
  else
    apply (subject, event);
  return TRUE;
}

void
lz_folding_renew (LzFolding *self, const LzId *subject)
{
  get_subject (self, subject)->anew = TRUE;
}

gboolean
lz_folding_write (LzFolding *self, GError **error)
{
  for (guint i = 0; i < self->order->len; i++)
    {
      const Subject *subject = g_ptr_array_index (self->order, i);

      if (subject->anew
              ? !lz_projection_refold (self->station, &subject->subject, error)
              : subject->changed &&
                    !lz_projection_write_row (self->station, subject->folded, subject->figures,
                                              subject->fid, subject->photos, error))
        return FALSE;
    }
  return TRUE;
}
