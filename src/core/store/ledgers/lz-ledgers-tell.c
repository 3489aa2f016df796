/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a ledger tells of its cases. */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-event-table.h"
#include "lz-figures-table.h"
#include "lz-ledgers-private.h"
#include "lz-log.h"
#include "lz-stmt.h"

#include <glib/gi18n-lib.h>

/* clang-format off */
static const char sql_recurs[] =
  "SELECT o.number, o.closed_at FROM case_row AS c JOIN case_row AS o ON o.id = c.recurs WHERE c.fid = ?1";

static const char sql_case[] =
  "SELECT id, until_at FROM case_row WHERE fid = ?1";
/* clang-format on */

void
lz_ledger_entry_free (LzLedgerEntry *self)
{
  if (self == NULL)
    return;
  g_free (self->about);
  g_free (self->words);
  g_free (self);
}

typedef struct
{
  LzStation *station;
  const LzLedgerQuery *query;
  const LzHandover *handover;
  GHashTable *board; /* (nullable) */
  gint64 as_of_ms;
} Telling;

static void
tell_overdue (const Telling *self, const LzFigures *figures, LzLedgerEntry *entry)
{
  gboolean handled = figures->done_ms != 0 && figures->done_ms < self->as_of_ms;

  entry->since_ms = figures->due_ms;
  entry->length_ms = lz_ledger_measure_late (figures, self->as_of_ms);
  if (!handled)
    entry->words = g_strdup (_ ("Not handled"));
  else if (figures->appeal == LZ_APPEAL_GRANTED)
    entry->words = g_strdup (_ ("Handled late, exempted by appeal"));
  else
    entry->words = g_strdup (_ ("Handled late"));
}

/* Why it was suspended: the words of the last request, or of the grant where it has some. */
static char *
dup_reason (GPtrArray *events)
{
  const char *reason = NULL;

  for (guint i = 0; i < events->len; i++)
    {
      const LzEvent *event = events->pdata[i];

      if ((event->kind == LZ_KIND_SUSPEND_ASKED || event->kind == LZ_KIND_SUSPEND_GRANTED) &&
          event->body != NULL && event->body->text != NULL)
        reason = event->body->text;
    }
  return g_strdup (reason);
}

static gboolean
tell_suspended (const Telling *self, const LzFigures *figures, LzLedgerEntry *entry, GError **error)
{
  LzDb *db = lz_station_get_db (self->station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_case, error);
  g_autoptr (GPtrArray) events = NULL;
  LzId id;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, entry->fid);
  if (!lz_db_step (db, stmt, "reading a case", error))
    return FALSE;
  id = lz_stmt_column_id (stmt, 0);
  entry->since_ms = figures->suspended_ms;
  entry->until_ms = sqlite3_column_int64 (stmt, 1);
  events = lz_log_list_events (self->station, &id, error);
  if (events == NULL)
    return FALSE;
  entry->words = dup_reason (events);
  return TRUE;
}

static gboolean
tell_recurred (const Telling *self, const LzFigures *figures, LzLedgerEntry *entry, GError **error)
{
  LzDb *db = lz_station_get_db (self->station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_recurs, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  entry->since_ms = figures->reported_ms;
  sqlite3_bind_int64 (stmt, 1, entry->fid);
  if (lz_db_step (db, stmt, "looking for the closed case", &failure))
    {
      gint64 closed_ms = sqlite3_column_int64 (stmt, 1);

      entry->about = lz_stmt_dup_text (stmt, 0);
      if (closed_ms != 0 && closed_ms <= entry->since_ms)
        entry->length_ms = entry->since_ms - closed_ms;
    }
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  return failure == NULL;
}

static void
tell_noticed (const Telling *self, LzLedgerEntry *entry)
{
  const LzRecord *record = g_hash_table_lookup (self->board, &entry->fid);

  if (record == NULL)
    return;
  entry->since_ms = lz_record_get_int (record, "at", record->begun_ms);
  entry->about = g_strdup (lz_record_get_text (record, "title"));
  entry->words = g_strdup (lz_record_get_text (record, "words"));
}

static void
tell_handed (const Telling *self, const LzFigures *figures, LzLedgerEntry *entry)
{
  const LzReceiver *receiver = lz_handover_find_by_unit (self->handover, figures->unit);
  gboolean sent = receiver != NULL && figures->dispatched_ms != 0;

  if (!sent)
    receiver = lz_handover_find_by_category (self->handover, figures->category);
  entry->since_ms = sent ? figures->dispatched_ms : 0;
  entry->about = receiver != NULL ? g_strdup (lz_receiver_get_label (receiver)) : NULL;
  entry->words = sent ? g_strdup (figures->unit) : g_strdup (_ ("Not handed over yet"));
}

static gboolean
tell (const Telling *self, LzLedgerEntry *entry, GError **error)
{
  g_autoptr (LzFigures) figures = NULL;
  g_autoptr (GError) failure = NULL;

  if (self->board != NULL)
    {
      tell_noticed (self, entry);
      return TRUE;
    }
  figures = lz_figures_table_load (self->station, entry->fid, &failure);
  if (figures == NULL)
    {
      entry->fid = 0;
      if (failure != NULL)
        g_propagate_error (error, g_steal_pointer (&failure));
      return failure == NULL;
    }
  if (self->query->ledger == LZ_LEDGER_SUSPENDED)
    return tell_suspended (self, figures, entry, error);
  if (self->query->ledger == LZ_LEDGER_RECURRED)
    return tell_recurred (self, figures, entry, error);
  if (self->query->ledger == LZ_LEDGER_OVERDUE)
    tell_overdue (self, figures, entry);
  else
    tell_handed (self, figures, entry);
  return TRUE;
}

/**
 * lz_ledgers_load:
 * @station: a station
 * @query: as it was given to lz_ledgers_list()
 * @fids: (array length=n): which cases
 * @n: how many
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (nullable) (element-type LzLedgerEntry): what the ledger tells of each,
 *   in the order of @fids
 */
GPtrArray *
lz_ledgers_load (LzStation *station,
                 const LzLedgerQuery *query,
                 const gint64 *fids,
                 guint n,
                 GError **error)
{
  gint64 now_ms = query->now_ms != 0 ? query->now_ms : lz_station_now (station);
  g_autoptr (LzHandover) handover = _lz_ledgers_load_handover (station, error);
  g_autoptr (GHashTable) board = NULL;
  g_autoptr (GPtrArray) entries =
      g_ptr_array_new_with_free_func ((GDestroyNotify) lz_ledger_entry_free);
  Telling telling = { station, query, handover, NULL, MIN (query->period.to_ms, now_ms) };

  if (handover == NULL)
    return NULL;
  if (lz_ledger_get_board (query->ledger) != NULL)
    {
      board = _lz_ledgers_load_board (station, query, error);
      if (board == NULL)
        return NULL;
      telling.board = board;
    }
  for (guint i = 0; i < n; i++)
    {
      LzLedgerEntry *entry = g_new0 (LzLedgerEntry, 1);

      g_ptr_array_add (entries, entry);
      entry->fid = fids[i];
      entry->length_ms = -1;
      if (!tell (&telling, entry, error))
        return NULL;
    }
  return g_steal_pointer (&entries);
}
