/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-ledger-lister.h"

#include "lz-filter.h"

typedef struct
{
  LzCaseQuery *query;
  LzLedgerQuery ledger;
} What;

static void
clear_what (gpointer data)
{
  lz_filter_query_free (((What *) data)->query);
}

/* A job of the read thread. */
static GArray *
list_ledger (LzStation *station, gconstpointer what, gint64 now_ms, guint limit, GError **error)
{
  const What *self = what;
  g_autoptr (GArray) only = lz_ledgers_list (station, &self->ledger, error);
  g_autofree char *among = only != NULL ? lz_fids_dup_json (only) : NULL;
  LzCaseQuery query = *self->query;

  if (only == NULL)
    return NULL;
  query.among = among;
  query.now_ms = now_ms;
  return lz_cases_list (station, &query, limit, error);
}

void
lz_ledger_lister_ask (LzCaseList *list, LzCaseQuery *query, const LzLedgerQuery *ledger)
{
  What *what = g_atomic_rc_box_new (What);

  what->query = query;
  what->ledger = *ledger;
  lz_case_list_ask_with (list, list_ledger, what, clear_what);
}
