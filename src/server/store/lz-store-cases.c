/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-store-private.h"
#include "lz-wire.h"

/* So many folded cases are kept; a case that is not there is folded again from its events. */
#define MAX_CASES 4000

struct _LzCaseCache
{
  GHashTable *cases; /* LzId -> LzCase */
};

/* clang-format off */
static const char sql_events[] = "SELECT line FROM event WHERE subject = ?1 ORDER BY n";
/* clang-format on */

LzCaseCache *
lz_case_cache_new (void)
{
  LzCaseCache *self = g_new0 (LzCaseCache, 1);

  self->cases =
      g_hash_table_new_full (lz_id_hash, lz_id_equal, g_free, (GDestroyNotify) lz_case_free);
  return self;
}

void
lz_case_cache_free (LzCaseCache *self)
{
  g_hash_table_unref (self->cases);
  g_free (self);
}

void
lz_case_cache_clear (LzCaseCache *self)
{
  g_hash_table_remove_all (self->cases);
}

static gboolean
fold (LzDb *db, const LzId *subject, LzCase *kase, GError **error)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_events, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_key (stmt, 1, subject);
  while (lz_db_step (db, stmt, "folding a case", &failure))
    {
      g_autoptr (LzEvent) event = lz_wire_parse_event ((const char *) sqlite3_column_text (stmt, 0),
                                                       sqlite3_column_bytes (stmt, 0), &failure);

      if (event == NULL)
        break;
      lz_fold_apply (kase, event);
    }
  if (failure == NULL)
    return TRUE;
  g_propagate_prefixed_error (error, g_steal_pointer (&failure), "folding a case: ");
  return FALSE;
}

LzCase *
lz_case_cache_get (LzCaseCache *self, LzDb *db, const LzId *subject, GError **error)
{
  LzCase *known = g_hash_table_lookup (self->cases, subject);
  g_autoptr (LzCase) kase = NULL;

  if (known != NULL)
    return known;
  if (g_hash_table_size (self->cases) >= MAX_CASES)
    lz_case_cache_clear (self);
  kase = lz_case_new ();
  if (!fold (db, subject, kase, error))
    return NULL;
  known = kase;
  g_hash_table_insert (self->cases, g_memdup2 (subject, sizeof *subject), g_steal_pointer (&kase));
  return known;
}

LzRecord *
lz_store_fold_record (LzDb *db, const LzId *subject, GError **error)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_events, error);
  g_autoptr (LzRecord) record = lz_record_new ();
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_key (stmt, 1, subject);
  while (lz_db_step (db, stmt, "folding an entry", &failure))
    {
      g_autoptr (LzEvent) event = lz_wire_parse_event ((const char *) sqlite3_column_text (stmt, 0),
                                                       sqlite3_column_bytes (stmt, 0), &failure);

      if (event == NULL)
        break;
      lz_record_apply (record, event);
    }
  if (failure == NULL)
    return g_steal_pointer (&record);
  g_propagate_prefixed_error (error, g_steal_pointer (&failure), "folding an entry: ");
  return NULL;
}

gboolean
lz_store_is_record (LzDb *db, const LzId *subject)
{
  g_autoptr (LzRecord) record = lz_store_fold_record (db, subject, NULL);

  return record != NULL && record->state != LZ_RECORD_NEW;
}
