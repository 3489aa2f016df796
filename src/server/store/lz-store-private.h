/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-fold.h"
#include "lz-record.h"
#include "lz-server-db.h"
#include "lz-server-store.h"

G_BEGIN_DECLS

/* A job of the writer thread, inside a transaction; FALSE takes back what it wrote. */
typedef gboolean (*LzWriteFunc) (LzServerStore *store, LzDb *db, gpointer data, GError **error);
/* After the commit, in the writer thread; @error if the job or the commit failed. */
typedef void (*LzWriteDone) (gpointer data, const GError *error);

typedef struct _LzWriter LzWriter;

LzWriter *lz_writer_new (LzServerStore *store, LzDb *db);
void lz_writer_free (LzWriter *self);
void lz_writer_push (LzWriter *self, LzWriteFunc func, gpointer data, LzWriteDone done);
gboolean lz_writer_run (LzWriter *self, LzWriteFunc func, gpointer data, GError **error);
void lz_writer_get_counts (LzWriter *self, guint64 *commits, guint64 *jobs);

/* Cases as the writer has folded them; of the writer thread only. */
typedef struct _LzCaseCache LzCaseCache;

LzCaseCache *lz_case_cache_new (void);
void lz_case_cache_free (LzCaseCache *self);
/* Forgets everything: what was folded may have been rolled back. */
void lz_case_cache_clear (LzCaseCache *self);
/* (transfer none): the case as its accepted events make it; state NONE if it has none. */
LzCase *lz_case_cache_get (LzCaseCache *self, LzDb *db, const LzId *subject, GError **error);

/* (transfer full): the record as its accepted events make it; state NEW if it has none. */
LzRecord *lz_store_fold_record (LzDb *db, const LzId *subject, GError **error);
/* Whether @subject has events that make a record. */
gboolean lz_store_is_record (LzDb *db, const LzId *subject);

struct _LzServerStore
{
  char *dir;
  char *db_path;
  char *epoch;
  LzBlobs *blobs;
  LzWriter *writer;
  LzCaseCache *cases; /* of the writer thread */
  GMutex lock;        /* guards the next */
  GPtrArray *readers; /* LzDb that nobody uses at the moment */
};

/* Lent for the time of one call. */
LzDb *lz_store_borrow_reader (LzServerStore *self, GError **error);
void lz_store_give_reader (LzServerStore *self, LzDb *db);

typedef struct
{
  LzServerStore *store;
  LzDb *db;
} LzReader;

static inline void
lz_reader_clear (LzReader *self)
{
  if (self->db != NULL)
    lz_store_give_reader (self->store, self->db);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LzReader, lz_reader_clear)

static inline LzReader
lz_reader_borrow (LzServerStore *store, GError **error)
{
  LzReader reader = { store, lz_store_borrow_reader (store, error) };

  return reader;
}

gboolean lz_store_raise_rev (LzDb *db, gint64 *rev, GError **error);
char *lz_store_dup_meta (LzDb *db, const char *key, GError **error);
gboolean lz_store_set_meta (LzDb *db, const char *key, const char *value, GError **error);
LzAccount *lz_store_read_account (LzDb *db, const char *user, GError **error);
GBytes *lz_store_read_part (LzDb *db, const char *part, char **note, GError **error);
gboolean lz_store_find_feed (LzDb *db,
                             const char *feed,
                             gint64 *id,
                             gint64 *head,
                             guint8 chain[32],
                             GError **error);
void lz_store_forget_readers (LzServerStore *self);

static inline gint64
lz_store_now_ms (void)
{
  return g_get_real_time () / 1000;
}

G_END_DECLS
