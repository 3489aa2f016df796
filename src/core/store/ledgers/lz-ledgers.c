/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-ledgers-private.h"

#include "lz-cases.h"
#include "lz-notices.h"
#include "lz-office.h"
#include "lz-tally-query.h"

LzHandover *
_lz_ledgers_load_handover (LzStation *station, GError **error)
{
  g_autoptr (GBytes) table = lz_office_dup_table (station, "handover.tsv", error);

  return table != NULL ? lz_handover_parse (table, error) : NULL;
}

static LzTallyQuery
make_tally_query (const LzLedgerQuery *query)
{
  return (LzTallyQuery){ .period = query->period, .now_ms = query->now_ms };
}

/* -- boards -------------------------------------------------------------------------------------
 */

/* (element-type LzRecord): what stands on the ledger's board. */
static GPtrArray *
find_notices (LzStation *station, const LzLedgerQuery *query, GError **error)
{
  gint64 now_ms = query->now_ms != 0 ? query->now_ms : lz_station_now (station);

  return lz_notices_find (station, lz_ledger_get_board (query->ledger), query->period.from_ms,
                          MIN (query->period.to_ms, now_ms), error);
}

/* 0: the entry is about no case, or about one that the station does not have. */
static gboolean
find_noticed (LzStation *station, const LzRecord *record, gint64 *fid, GError **error)
{
  const char *text = lz_record_get_text (record, "case");
  g_autoptr (GError) failure = NULL;
  LzId id;

  *fid = 0;
  if (text == NULL || !lz_id_parse (text, &id) || lz_cases_get_fid (station, &id, fid, &failure) ||
      g_error_matches (failure, LZ_ERROR, LZ_ERROR_NOT_FOUND))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

GHashTable *
_lz_ledgers_load_board (LzStation *station, const LzLedgerQuery *query, GError **error)
{
  g_autoptr (GPtrArray) records = find_notices (station, query, error);
  g_autoptr (GHashTable) entries =
      g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify) lz_record_free);

  for (guint i = 0; records != NULL && i < records->len; i++)
    {
      gint64 fid;

      if (!find_noticed (station, records->pdata[i], &fid, error))
        return NULL;
      if (fid != 0 && !g_hash_table_contains (entries, &fid))
        g_hash_table_insert (entries, g_memdup2 (&fid, sizeof fid),
                             lz_record_copy (records->pdata[i]));
    }
  return records != NULL ? g_steal_pointer (&entries) : NULL;
}

static gboolean
list_board (LzStation *station, const LzLedgerQuery *query, GArray *fids, GError **error)
{
  g_autoptr (GHashTable) board = _lz_ledgers_load_board (station, query, error);
  GHashTableIter iter;
  gpointer fid;

  if (board == NULL)
    return FALSE;
  g_hash_table_iter_init (&iter, board);
  while (g_hash_table_iter_next (&iter, &fid, NULL))
    g_array_append_val (fids, *(gint64 *) fid);
  return TRUE;
}

/* -- which cases --------------------------------------------------------------------------------
 */

typedef struct
{
  LzLedger ledger;
  const LzHandover *handover;
  GArray *fids;
  guint *counts;
} Listing;

static void
list_case (const LzFigures *figures, const LzTallySpan *span, gpointer data)
{
  Listing *self = data;

  if (lz_ledger_judge (self->ledger, figures, span, self->handover))
    g_array_append_val (self->fids, figures->fid);
}

static void
count_case (const LzFigures *figures, const LzTallySpan *span, gpointer data)
{
  Listing *self = data;

  for (guint i = 0; i < LZ_N_LEDGERS; i++)
    if (lz_ledger_get_board ((LzLedger) i) == NULL &&
        lz_ledger_judge ((LzLedger) i, figures, span, self->handover))
      self->counts[i]++;
}

/**
 * lz_ledgers_list:
 * @station: a station
 * @query: which ledger, of which period
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (nullable) (element-type gint64): the cases' fids, ascending
 */
GArray *
lz_ledgers_list (LzStation *station, const LzLedgerQuery *query, GError **error)
{
  LzTallyQuery tally_query = make_tally_query (query);
  g_autoptr (LzHandover) handover = _lz_ledgers_load_handover (station, error);
  g_autoptr (GArray) fids = g_array_new (FALSE, FALSE, sizeof (gint64));
  Listing listing = { query->ledger, handover, fids, NULL };
  gboolean ok;

  g_return_val_if_fail ((guint) query->ledger < LZ_N_LEDGERS, NULL);

  if (handover == NULL)
    return NULL;
  ok = lz_ledger_get_board (query->ledger) != NULL
           ? list_board (station, query, fids, error)
           : lz_tally_query_visit (station, &tally_query, list_case, &listing, error);
  if (!ok)
    return NULL;
  lz_fids_sort (fids);
  return g_steal_pointer (&fids);
}

/**
 * lz_ledgers_count:
 * @station: a station
 * @query: of which period
 * @counts: (out): how many cases stand in each ledger
 * @error: (nullable): return location
 *
 * Returns: %TRUE on success
 */
gboolean
lz_ledgers_count (LzStation *station,
                  const LzLedgerQuery *query,
                  guint counts[LZ_N_LEDGERS],
                  GError **error)
{
  LzTallyQuery tally_query = make_tally_query (query);
  g_autoptr (LzHandover) handover = _lz_ledgers_load_handover (station, error);
  Listing listing = { LZ_N_LEDGERS, handover, NULL, counts };

  for (guint i = 0; i < LZ_N_LEDGERS; i++)
    counts[i] = 0;
  if (handover == NULL ||
      !lz_tally_query_visit (station, &tally_query, count_case, &listing, error))
    return FALSE;
  for (guint i = 0; i < LZ_N_LEDGERS; i++)
    {
      LzLedgerQuery board = { (LzLedger) i, query->period, query->now_ms };
      g_autoptr (GArray) fids = NULL;

      if (lz_ledger_get_board ((LzLedger) i) == NULL)
        continue;
      fids = lz_ledgers_list (station, &board, error);
      if (fids == NULL)
        return FALSE;
      counts[i] = fids->len;
    }
  return TRUE;
}
