/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-records.h"
#include "lz-tally-query.h"

G_BEGIN_DECLS

/**
 * SECTION: bulletins
 *
 * Sealed periods.  Publishing a bulletin writes the period's figures, and which cases they were
 * counted from, into an event ("bulletin.published", and "bulletin.listed" for the cases): they
 * stay as they were published, whatever arrives later.  What would come out differently now is
 * found by lz_bulletins_compare() and can be published as a correction beside them.
 */

/* The tables that are sealed. */
#define LZ_BULLETIN_BYS                                                                   \
  (1u << LZ_BY_ALL | 1u << LZ_BY_DIMENSION | 1u << LZ_BY_SUBDISTRICT | 1u << LZ_BY_UNIT | \
   1u << LZ_BY_ROAD)

/**
 * LzBulletin:
 * @id: of the record
 * @kind: "weekly", "monthly"
 * @name: its title
 * @published_ms: when
 * @publisher: who
 * @tables: (element-type utf8 gint64*): "unit\n市城管局" → LZ_N_COUNTS figures
 * @cases: (element-type LzJudgedCase): by id
 * @units: what the units in @cases lie in
 * @document: (nullable): its words and tables, as lz_bulletins_publish() got them
 * @whole: the list of cases and the document are all there, and are those that were sealed
 *
 * A sealed period, as it was published.
 */
typedef struct
{
  LzId id;
  LzPeriod period;
  char *kind;
  char *name;
  gint64 published_ms;
  char *publisher;
  GHashTable *tables;
  GArray *cases;
  GStringChunk *units;
  char *document;
  gboolean whole;
} LzBulletin;

void lz_bulletin_free (LzBulletin *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzBulletin, lz_bulletin_free)

/* The figure as published; 0 where the table had no such group. */
gint64
lz_bulletin_get_count (const LzBulletin *self, LzTallyBy by, const char *value, LzCount count);

/* The published figures as tables; the others of @counted's are left out.  No times. */
LzTallies *lz_bulletin_make_tallies (const LzBulletin *self, const LzTallies *counted);

/**
 * lz_bulletin_make_times:
 * @self: with its cases
 * @counted: tables by time, of the same period as it would be counted now
 * @error: (nullable): return location
 *
 * Sets out by time what was published: each case counts for what it was counted for then, when and
 * where that happened.
 *
 * Returns: (transfer full) (nullable): as @counted, its tables by time anew
 */
LzTallies *lz_bulletin_make_times (LzStation *station,
                                   const LzBulletin *self,
                                   const LzTallies *counted,
                                   GError **error);

/* Writes what is published besides the figures, in the transaction in which they are taken: its
 * words and tables.  Returns: (transfer full) (nullable): UTF-8 text, %NULL with @error set. */
typedef char *(*LzBulletinWriter) (LzStation *station, gpointer data, GError **error);

/**
 * lz_bulletins_publish:
 * @kind: "weekly", "monthly" …
 * @name: its title
 * @writer: (nullable): what writes its document
 * @data: for @writer
 * @made: (out) (optional): the record
 * @error: (nullable): %LZ_ERROR_INVALID while the period is running; %LZ_ERROR_REFUSED if it is
 *   sealed already, or the person may not
 *
 * Seals a period, in one transaction; the draft of its bulletin is gone with it.
 *
 * Returns: %TRUE once it is durable
 */
gboolean lz_bulletins_publish (LzStation *station,
                               const LzPeriod *period,
                               const char *kind,
                               const char *name,
                               LzBulletinWriter writer,
                               gpointer data,
                               LzId *made,
                               GError **error);

/* The bulletin of @kind for @period, if it was published here; NULL without @error: it was not. */
LzBulletin *
lz_bulletins_find (LzStation *station, const LzPeriod *period, const char *kind, GError **error);
LzBulletin *lz_bulletins_load (LzStation *station, const LzId *id, GError **error);
/* The same without its cases and words, of which there are thousands: @whole says nothing then. */
LzBulletin *lz_bulletins_find_figures (LzStation *station,
                                       const LzPeriod *period,
                                       const char *kind,
                                       GError **error);

/* The kind of bulletin that publishes such a period; NULL: there is none. */
const char *lz_bulletin_kind_of (LzPeriodKind period);

/**
 * lz_bulletins_list_cases:
 * @id: of the bulletin
 * @query: its @within and @within_value: only cases of that group
 * @by: which table
 * @value: which group in it
 * @count: which figure
 * @error: (nullable): return location
 *
 * Opens a published figure: the cases that were counted then, whatever has become of them.  With
 * which unit a case was is sealed with it; by time and by what only the office's tables say (road
 * chiefs, communities) it is where it stands now.
 *
 * Returns: (transfer full) (nullable) (element-type gint64): their fids, ascending
 */
GArray *lz_bulletins_list_cases (LzStation *station,
                                 const LzId *id,
                                 const LzTallyQuery *query,
                                 LzTallyBy by,
                                 const char *value,
                                 LzCount count,
                                 GError **error);

/* A figure that would come out differently now. */
typedef struct
{
  LzTallyBy by;
  char *value;
  LzCount count;
  gint64 published;
  gint64 now;
} LzCorrection;

/* A case that counts for other things now: sets of LZ_COUNT_BIT(). */
typedef struct
{
  LzId id;
  guint64 published;
  guint64 now;
} LzChangedCase;

/**
 * LzCorrections:
 * @figures: (element-type LzCorrection): by table, group and count
 * @cases: (element-type LzChangedCase): by id
 */
typedef struct
{
  GArray *figures;
  GArray *cases;
} LzCorrections;

void lz_corrections_free (LzCorrections *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzCorrections, lz_corrections_free)

/* Counts the period again and says what differs from @bulletin, which stays as it is. */
LzCorrections *
lz_bulletins_compare (LzStation *station, const LzBulletin *bulletin, GError **error);

/* Publishes what differs now as a correction of the bulletin, with a reason. */
gboolean lz_bulletins_correct (LzStation *station,
                               const LzBulletin *bulletin,
                               const char *reason,
                               GError **error);

G_END_DECLS
