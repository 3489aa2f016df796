/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-case-list.h"

#include "lz-filter.h"

/* The first answer fills the window at once, the whole one follows. */
#define FIRST_ANSWER 500
/* Rows kept although no widget shows them, so that scrolling back does not flash. */
#define KEPT_ITEMS 600

struct _LzCaseList
{
  GObject parent_instance;

  LzSession *session;
  LzCaseQuery *query;  /* %NULL: a lister, or a fixed set */
  LzCaseLister lister; /* %NULL: a query, or a fixed set */
  gpointer what;       /* its data */
  GDestroyNotify clear_what;
  GArray *fids;      /* gint64 */
  GHashTable *items; /* fid → LzCaseItem that somebody holds, not owned */
  GQueue kept;       /* LzCaseItem, the latest first */
  GArray *wanted;    /* fids whose rows are to be read next */
  guint fetch_id;
  gboolean whole; /* the answer is not cut at FIRST_ANSWER */
  gint64 asked_us;
  gboolean asking;
  GCancellable *asking_cancellable;
  GCancellable *cancellable;
};

enum
{
  ANSWERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LzCaseList,
                               lz_case_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

static void
item_gone_cb (gpointer data, GObject *where_it_was)
{
  LzCaseList *self = data;
  GHashTableIter iter;
  gpointer item;

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    if (item == where_it_was)
      {
        g_hash_table_iter_remove (&iter);
        return;
      }
}

static void
rows_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzCaseList *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = lz_store_job_finish (LZ_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_CASE_LIST (self));
  if (rows == NULL)
    {
      g_info ("Reading rows: %s", error->message);
      return;
    }

  for (guint i = 0; i < rows->len; i++)
    {
      const LzCaseRow *row = rows->pdata[i];
      LzCaseItem *item = g_hash_table_lookup (self->items, &row->fid);

      if (item != NULL)
        lz_case_item_take_row (item, lz_case_row_copy (row));
    }
}

static void
free_fids (gpointer data)
{
  g_array_unref (data);
}

static void
free_rows (gpointer data)
{
  g_ptr_array_unref (data);
}

/* A job of the read thread. */
static gpointer
read_rows (LzStation *station, gpointer data, GError **error)
{
  GArray *fids = data;

  return lz_cases_load_rows (station, (const gint64 *) (gpointer) fids->data, fids->len, error);
}

static gboolean
fetch_cb (gpointer user_data)
{
  LzCaseList *self = user_data;
  GArray *fids = g_steal_pointer (&self->wanted);

  self->fetch_id = 0;
  self->wanted = g_array_new (FALSE, FALSE, sizeof (gint64));
  lz_store_read_async (lz_session_get_store (self->session), read_rows, fids, free_fids, free_rows,
                       self->cancellable, rows_read_cb, self);

  return G_SOURCE_REMOVE;
}

static void
want_row (LzCaseList *self, gint64 fid)
{
  g_array_append_val (self->wanted, fid);
  if (self->fetch_id == 0)
    self->fetch_id = g_idle_add_full (G_PRIORITY_DEFAULT, fetch_cb, self, NULL);
}

static void
keep_item (LzCaseList *self, LzCaseItem *item)
{
  g_queue_push_head (&self->kept, g_object_ref (item));
  while (self->kept.length > KEPT_ITEMS)
    g_object_unref (g_queue_pop_tail (&self->kept));
}

static gpointer
lz_case_list_get_item (GListModel *model, guint position)
{
  LzCaseList *self = LZ_CASE_LIST (model);
  LzCaseItem *item;
  gint64 fid;

  if (position >= self->fids->len)
    return NULL;

  fid = g_array_index (self->fids, gint64, position);
  item = g_hash_table_lookup (self->items, &fid);
  if (item != NULL)
    return g_object_ref (item);

  item = lz_case_item_new (fid);
  g_hash_table_insert (self->items, g_memdup2 (&fid, sizeof fid), item);
  g_object_weak_ref (G_OBJECT (item), item_gone_cb, self);
  keep_item (self, item);
  want_row (self, fid);

  return item;
}

static GType
lz_case_list_get_item_type (GListModel *model)
{
  return LZ_TYPE_CASE_ITEM;
}

static guint
lz_case_list_get_n_items (GListModel *model)
{
  return LZ_CASE_LIST (model)->fids->len;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item = lz_case_list_get_item;
  iface->get_item_type = lz_case_list_get_item_type;
  iface->get_n_items = lz_case_list_get_n_items;
}

/* Announces only the span that differs, so that selection, focus and scroll position survive a
 * refresh. */
static void
replace_fids (LzCaseList *self, const GArray *fids)
{
  const gint64 *old = (const gint64 *) (gpointer) self->fids->data;
  const gint64 *new = (const gint64 *) (gpointer) fids->data;
  guint n_old = self->fids->len;
  guint n_new = fids->len;
  guint head = 0, tail = 0;

  while (head < MIN (n_old, n_new) && old[head] == new[head])
    head++;
  while (tail < MIN (n_old, n_new) - head && old[n_old - 1 - tail] == new[n_new - 1 - tail])
    tail++;

  if (n_old == n_new && head == n_new)
    return;

  if (n_old - head - tail > 0)
    g_array_remove_range (self->fids, head, n_old - head - tail);
  if (n_new - head - tail > 0)
    g_array_insert_vals (self->fids, head, new + head, n_new - head - tail);
  g_list_model_items_changed (G_LIST_MODEL (self), head, n_old - head - tail, n_new - head - tail);
}

typedef struct
{
  LzCaseQuery *query; /* %NULL: the lister */
  LzCaseLister lister;
  gpointer what;
  GDestroyNotify clear_what;
  gint64 now_ms;
  guint limit;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_clear_pointer (&question->query, lz_filter_query_free);
  if (question->what != NULL)
    g_atomic_rc_box_release_full (question->what, question->clear_what);
  g_free (question);
}

static LzCaseQuery *
dup_query (const LzCaseQuery *query)
{
  LzCaseQuery *copy = g_memdup2 (query, sizeof *query);

  copy->among = g_strdup (query->among);
  copy->text = g_strdup (query->text);
  return copy;
}

/* A job of the read thread. */
static gpointer
list_cases (LzStation *station, gpointer data, GError **error)
{
  const Question *question = data;

  if (question->lister != NULL)
    return question->lister (station, question->what, question->now_ms, question->limit, error);
  return lz_cases_list (station, question->query, question->limit, error);
}

static void ask (LzCaseList *self, guint limit);

static void
cases_listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzCaseList *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GArray) fids = lz_store_job_finish (LZ_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_CASE_LIST (self));
  g_debug ("%u cases after %.1f ms", fids != NULL ? fids->len : 0,
           (double) (g_get_monotonic_time () - self->asked_us) / 1000);
  if (fids != NULL && !self->whole && fids->len == FIRST_ANSWER)
    {
      self->whole = TRUE;
      replace_fids (self, fids);
      ask (self, 0);
      return;
    }

  self->asking = FALSE;
  self->whole = TRUE;
  if (fids != NULL)
    replace_fids (self, fids);
  g_signal_emit (self, signals[ANSWERED], 0, error);
}

static void
ask (LzCaseList *self, guint limit)
{
  Question *question = g_new0 (Question, 1);

  if (self->query != NULL)
    question->query = dup_query (self->query);
  question->lister = self->lister;
  if (self->what != NULL)
    question->what = g_atomic_rc_box_acquire (self->what);
  question->clear_what = self->clear_what;
  question->now_ms = lz_session_now ();
  question->limit = limit;
  lz_store_read_async (lz_session_get_store (self->session), list_cases, question, question_free,
                       free_fids, self->asking_cancellable, cases_listed_cb, self);
}

static void
begin_asking (LzCaseList *self)
{
  g_cancellable_cancel (self->asking_cancellable);
  g_clear_object (&self->asking_cancellable);
  self->asking_cancellable = g_cancellable_new ();
  self->asking = TRUE;
  self->asked_us = g_get_monotonic_time ();
}

static void
forget_question (LzCaseList *self)
{
  g_clear_pointer (&self->query, lz_filter_query_free);
  self->lister = NULL;
  if (self->what != NULL)
    g_atomic_rc_box_release_full (g_steal_pointer (&self->what), self->clear_what);
}

void
lz_case_list_ask_with (LzCaseList *self,
                       LzCaseLister lister,
                       gpointer what,
                       GDestroyNotify clear_what)
{
  g_return_if_fail (LZ_IS_CASE_LIST (self));
  g_return_if_fail (lister != NULL && what != NULL);

  forget_question (self);
  self->lister = lister;
  self->what = what;
  self->clear_what = clear_what;
  self->whole = FALSE;
  begin_asking (self);
  ask (self, FIRST_ANSWER);
}

void
lz_case_list_ask (LzCaseList *self, LzCaseQuery *query)
{
  g_return_if_fail (LZ_IS_CASE_LIST (self));
  g_return_if_fail (query != NULL);

  forget_question (self);
  self->query = query;
  self->whole = FALSE;
  begin_asking (self);
  ask (self, FIRST_ANSWER);
}

void
lz_case_list_show (LzCaseList *self, GArray *fids)
{
  g_return_if_fail (LZ_IS_CASE_LIST (self));
  g_return_if_fail (fids != NULL);

  g_cancellable_cancel (self->asking_cancellable);
  forget_question (self);
  self->asking = FALSE;
  replace_fids (self, fids);
  g_signal_emit (self, signals[ANSWERED], 0, NULL);
}

gboolean
lz_case_list_is_asking (LzCaseList *self)
{
  g_return_val_if_fail (LZ_IS_CASE_LIST (self), FALSE);

  return self->asking;
}

guint
lz_case_list_get_n (LzCaseList *self)
{
  g_return_val_if_fail (LZ_IS_CASE_LIST (self), 0);

  return self->fids->len;
}

gint64
lz_case_list_get_fid (LzCaseList *self, guint position)
{
  g_return_val_if_fail (LZ_IS_CASE_LIST (self), 0);

  return position < self->fids->len ? g_array_index (self->fids, gint64, position) : 0;
}

gboolean
lz_case_list_find (LzCaseList *self, gint64 fid, guint *position)
{
  g_return_val_if_fail (LZ_IS_CASE_LIST (self), FALSE);

  for (guint i = 0; i < self->fids->len; i++)
    if (g_array_index (self->fids, gint64, i) == fid)
      {
        *position = i;
        return TRUE;
      }

  return FALSE;
}

static void
session_changed_cb (LzCaseList *self)
{
  GHashTableIter iter;
  gpointer fid;

  g_assert (LZ_IS_CASE_LIST (self));

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, &fid, NULL))
    want_row (self, *(gint64 *) fid);

  if (self->query != NULL || self->lister != NULL)
    {
      /* The list on show stays until the whole answer is there: no need for a first part. */
      if (self->query != NULL)
        self->query->now_ms = lz_session_now ();
      self->whole = TRUE;
      begin_asking (self);
      ask (self, 0);
    }
}

static void
lz_case_list_dispose (GObject *object)
{
  LzCaseList *self = LZ_CASE_LIST (object);
  GHashTableIter iter;
  gpointer item;

  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->asking_cancellable);
  g_clear_handle_id (&self->fetch_id, g_source_remove);

  g_hash_table_iter_init (&iter, self->items);
  while (g_hash_table_iter_next (&iter, NULL, &item))
    g_object_weak_unref (item, item_gone_cb, self);
  g_hash_table_remove_all (self->items);
  g_queue_clear_full (&self->kept, g_object_unref);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (lz_case_list_parent_class)->dispose (object);
}

static void
lz_case_list_finalize (GObject *object)
{
  LzCaseList *self = LZ_CASE_LIST (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->asking_cancellable);
  forget_question (self);
  g_clear_pointer (&self->fids, g_array_unref);
  g_clear_pointer (&self->wanted, g_array_unref);
  g_clear_pointer (&self->items, g_hash_table_unref);

  G_OBJECT_CLASS (lz_case_list_parent_class)->finalize (object);
}

static void
lz_case_list_class_init (LzCaseListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lz_case_list_dispose;
  object_class->finalize = lz_case_list_finalize;

  signals[ANSWERED] = g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
lz_case_list_init (LzCaseList *self)
{
  self->fids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->wanted = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->items = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  self->cancellable = g_cancellable_new ();
  g_queue_init (&self->kept);
}

LzCaseList *
lz_case_list_new (LzSession *session)
{
  LzCaseList *self = NULL;

  g_return_val_if_fail (LZ_IS_SESSION (session), NULL);

  self = g_object_new (LZ_TYPE_CASE_LIST, NULL);
  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self,
                           G_CONNECT_SWAPPED);

  return self;
}
