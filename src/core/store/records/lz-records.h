/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-projection.h"
#include "lz-record.h"

G_BEGIN_DECLS

/**
 * SECTION: records
 *
 * What an office keeps besides cases: patrols, assets, campaigns, bulletins, routes …  Blocking
 * functions over a station, for a job of LzStore, the CLI and tests.  To change a record, act with
 * lz_log_act(): kind %LZ_KIND_RECORD and a `kind_name`.
 */

/**
 * LzRecordQuery:
 * @type: of the records; %LZ_RECORD_NONE = any
 * @states: a set of LZ_RECORD_BIT(); 0 = any
 * @kind: (nullable): the fact "kind"
 * @author: (nullable): who began it
 * @road: nil = any
 * @from_ms, @until_ms: of its fact "until" (its end), half open; 0 = open-ended
 * @box: (nullable): its place lies in there
 * @text: (nullable): one of its texts has this in it; upper and lower case are the same
 * @limit: at most so many; 0 = all
 * @skip: leave out so many first
 *
 * Which records to list; all conditions together.
 */
typedef struct
{
  LzRecordType type;
  guint states;
  const char *kind;
  const char *author;
  LzId road;
  gint64 from_ms;
  gint64 until_ms;
  const LzBox *box;
  const char *text;
  guint limit;
  guint skip;
} LzRecordQuery;

LzRecord *lz_records_load (LzStation *station, const LzId *id, GError **error);
GPtrArray *lz_records_list (LzStation *station, const LzRecordQuery *query, GError **error);
GArray *lz_records_list_photos (LzStation *station, const LzId *id, GError **error);
LzRecord *
lz_records_find_by_code (LzStation *station, LzRecordType type, const char *code, GError **error);
gboolean
lz_records_count (LzStation *station, const LzRecordQuery *query, gint64 *n, GError **error);

LzId lz_records_make_id (const char *feed, LzRecordType type, const char *key);

G_END_DECLS
