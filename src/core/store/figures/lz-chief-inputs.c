/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-chief-inputs.h"
#include "lz-event-table.h"
#include "lz-notices.h"
#include "lz-patrols.h"
#include "lz-stmt.h"

#include <string.h>

#define INSPECTION_POINTS 100

/* clang-format off */
static const char sql_assignments[] =
  "SELECT road, person FROM assignment ORDER BY person, road";

/* Who noted something with a photo on a case that had been closed in the period; 16 closed. */
static const char sql_seen_again[] =
  "SELECT DISTINCT e.actor, c.fid, c.road FROM event AS e INDEXED BY event_noted"
  " JOIN case_row AS c ON c.id = e.subject"
  " WHERE e.kind = 'case.noted' AND e.occurred_at >= ?1 AND e.status = 0"
  " AND c.state = 16 AND c.closed_at >= ?1 AND c.closed_at < ?2 AND e.occurred_at >= c.closed_at"
  " AND json_array_length (e.body, '$.photos') > 0";

/* Patrols that are done, and how many of them were recorded on the way and not by hand; 1 patrol, 2
 * done. */
static const char sql_patrols[] =
  "SELECT author, count (*), sum (ifnull (kind, '') IN (?3, ?4)) FROM record WHERE type = 1 AND state = 2"
  " AND ifnull (from_at, begun_at) >= ?1 AND ifnull (from_at, begun_at) < ?2 GROUP BY author";
/* clang-format on */

typedef struct
{
  LzStation *station;
  const LzTallySpan *span;
  GHashTable *chiefs; /* person → LzChiefInputs */
  GHashTable *roads;  /* road → GPtrArray of persons */
} Load;

static void
load_clear (Load *self)
{
  g_clear_pointer (&self->chiefs, g_hash_table_unref);
  g_clear_pointer (&self->roads, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Load, load_clear)

static void
take_assignment (Load *self, const LzId *road, const char *person)
{
  GPtrArray *people = g_hash_table_lookup (self->roads, road);

  if (g_hash_table_lookup (self->chiefs, person) == NULL)
    g_hash_table_insert (self->chiefs, g_strdup (person), g_new0 (LzChiefInputs, 1));
  if (people == NULL)
    {
      people = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->roads, g_memdup2 (road, sizeof *road), people);
    }
  g_ptr_array_add (people, g_strdup (person));
}

static gboolean
load_assignments (Load *self, GError **error)
{
  LzDb *db = lz_station_get_db (self->station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_assignments, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  while (lz_db_step (db, stmt, "reading who answers for the roads", &failure))
    {
      LzId road = lz_stmt_column_id (stmt, 0);
      g_autofree char *person = lz_stmt_dup_text (stmt, 1);

      take_assignment (self, &road, person);
    }
  return lz_stmt_ended (&failure, error);
}

/* -- patrols ------------------------------------------------------------------------------------
 */

/* A patrol that was owed belongs to the period in which its time ran out. */
static void
take_duties (Load *self, const GPtrArray *duties)
{
  const LzTallySpan *span = self->span;

  for (guint i = 0; i < duties->len; i++)
    {
      const LzPatrolDuty *duty = g_ptr_array_index (duties, i);
      LzChiefInputs *chief = g_hash_table_lookup (self->chiefs, duty->person);

      if (chief == NULL || duty->state == LZ_PATROL_DUE ||
          duty->period.until_ms <= span->period.from_ms || duty->period.until_ms > span->as_of_ms)
        continue;
      chief->patrols.whole++;
      chief->patrols.part += duty->state == LZ_PATROL_DONE;
    }
}

/* -- inspections and boards ---------------------------------------------------------------------
 */

/* Of whom the inspection says so; of all who answer for the road where it names nobody. */
static void
count_false_photo (Load *self, const LzRecord *inspection, GPtrArray *people)
{
  const char *person = lz_record_get_text (inspection, "person");

  if (lz_record_get_text (inspection, "false_photo") == NULL)
    return;
  for (guint i = 0; people != NULL && i < people->len; i++)
    if (person == NULL || strcmp (g_ptr_array_index (people, i), person) == 0)
      {
        LzChiefInputs *chief = g_hash_table_lookup (self->chiefs, g_ptr_array_index (people, i));

        chief->false_photos++;
      }
}

static gboolean
load_inspections (Load *self, GError **error)
{
  LzRecordQuery query = { .type = LZ_RECORD_INSPECTION, .states = LZ_RECORD_BIT (LZ_RECORD_DONE) };
  g_autoptr (GPtrArray) inspections = lz_records_list (self->station, &query, error);

  if (inspections == NULL)
    return FALSE;
  for (guint i = 0; i < inspections->len; i++)
    {
      const LzRecord *inspection = g_ptr_array_index (inspections, i);
      GPtrArray *people = g_hash_table_lookup (self->roads, &inspection->road);
      gint64 points = lz_record_get_int (inspection, "points", 0);

      if (!lz_period_has (&self->span->period, inspection->begun_ms))
        continue;
      count_false_photo (self, inspection, people);
      for (guint k = 0; people != NULL && k < people->len; k++)
        {
          LzChiefInputs *chief = g_hash_table_lookup (self->chiefs, g_ptr_array_index (people, k));

          chief->inspection.part += CLAMP (points, 0, INSPECTION_POINTS);
          chief->inspection.whole += INSPECTION_POINTS;
        }
    }
  return TRUE;
}

static void
count_notice (Load *self, const LzRecord *notice, gboolean praise)
{
  const char *person = lz_record_get_text (notice, "person");
  LzChiefInputs *named = person != NULL ? g_hash_table_lookup (self->chiefs, person) : NULL;
  GPtrArray *people = named == NULL ? g_hash_table_lookup (self->roads, &notice->road) : NULL;

  if (named != NULL)
    *(praise ? &named->praised : &named->exposed) += 1;
  for (guint i = 0; people != NULL && i < people->len; i++)
    {
      LzChiefInputs *chief = g_hash_table_lookup (self->chiefs, g_ptr_array_index (people, i));

      *(praise ? &chief->praised : &chief->exposed) += 1;
    }
}

static gboolean
load_board (Load *self, gboolean praise, GError **error)
{
  g_autoptr (GPtrArray) notices =
      lz_notices_find (self->station, praise ? "praised" : "exposed", self->span->period.from_ms,
                       self->span->as_of_ms, error);

  for (guint i = 0; notices != NULL && i < notices->len; i++)
    count_notice (self, g_ptr_array_index (notices, i), praise);
  return notices != NULL;
}

/* -- what the chiefs did themselves -------------------------------------------------------------
 */

static gboolean
answers_for (const Load *self, const LzId *road, const char *person)
{
  GPtrArray *people = g_hash_table_lookup (self->roads, road);

  for (guint i = 0; people != NULL && i < people->len; i++)
    if (strcmp (g_ptr_array_index (people, i), person) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
load_rechecks (Load *self, GError **error)
{
  LzDb *db = lz_station_get_db (self->station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_seen_again, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, self->span->period.from_ms);
  sqlite3_bind_int64 (stmt, 2, self->span->as_of_ms);
  while (lz_db_step (db, stmt, "reading the rechecks", &failure))
    {
      g_autofree char *person = lz_stmt_dup_text (stmt, 0);
      LzId road = lz_stmt_column_id (stmt, 2);
      LzChiefInputs *chief = g_hash_table_lookup (self->chiefs, person);

      if (chief != NULL && answers_for (self, &road, person))
        chief->rechecks.part++;
    }
  return lz_stmt_ended (&failure, error);
}

static gboolean
load_records (Load *self, GError **error)
{
  LzDb *db = lz_station_get_db (self->station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_patrols, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, self->span->period.from_ms);
  sqlite3_bind_int64 (stmt, 2, self->span->as_of_ms);
  lz_stmt_bind_text (stmt, 3, lz_patrol_how_to_string (LZ_PATROL_HOW_LIVE));
  lz_stmt_bind_text (stmt, 4, lz_patrol_how_to_string (LZ_PATROL_HOW_FILE));
  while (lz_db_step (db, stmt, "reading the patrols", &failure))
    {
      const char *person = (const char *) sqlite3_column_text (stmt, 0);
      LzChiefInputs *chief = g_hash_table_lookup (self->chiefs, person);

      if (chief != NULL)
        chief->records =
            (LzRatio){ sqlite3_column_int64 (stmt, 2), sqlite3_column_int64 (stmt, 1) };
    }
  return lz_stmt_ended (&failure, error);
}

static void
take_closed (Load *self, const LzTally *chiefs)
{
  GHashTableIter iter;
  gpointer person, chief;

  g_hash_table_iter_init (&iter, self->chiefs);
  while (g_hash_table_iter_next (&iter, &person, &chief))
    {
      const LzTallyGroup *group = lz_tally_find (chiefs, person);
      LzRatio *rechecks = &((LzChiefInputs *) chief)->rechecks;

      rechecks->whole = group != NULL ? group->counts[LZ_COUNT_CLOSED] : 0;
      rechecks->part = MIN (rechecks->part, rechecks->whole);
    }
}

static void
take_reports (Load *self, const LzTally *inspectors)
{
  GHashTableIter iter;
  gpointer person, chief;

  g_hash_table_iter_init (&iter, self->chiefs);
  while (g_hash_table_iter_next (&iter, &person, &chief))
    {
      const LzTallyGroup *group = lz_tally_find (inspectors, person);

      if (group != NULL)
        ((LzChiefInputs *) chief)->valid = lz_tally_group_get_rate (group, LZ_RATE_VALID_REPORT);
    }
}

GHashTable *
lz_chief_inputs_load (LzStation *station,
                      const LzTallySpan *span,
                      const GPtrArray *duties,
                      const LzTally *inspectors,
                      const LzTally *chiefs,
                      GError **error)
{
  g_auto (Load) self = { .station = station, .span = span };

  self.chiefs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self.roads =
      g_hash_table_new_full (lz_id_hash, lz_id_equal, g_free, (GDestroyNotify) g_ptr_array_unref);
  if (!load_assignments (&self, error) || !load_inspections (&self, error) ||
      !load_board (&self, FALSE, error) || !load_board (&self, TRUE, error) ||
      !load_records (&self, error) || !load_rechecks (&self, error))
    return NULL;
  take_duties (&self, duties);
  if (chiefs != NULL)
    take_closed (&self, chiefs);
  if (inspectors != NULL)
    take_reports (&self, inspectors);
  return g_steal_pointer (&self.chiefs);
}

gboolean
lz_chief_inputs_read (const char *key, LzRatio *value, gpointer data)
{
  const LzChiefInputs *self = data;

  if (strcmp (key, "patrols") == 0)
    *value = self->patrols;
  else if (strcmp (key, "own:rate:valid_report") == 0)
    *value = self->valid;
  else if (strcmp (key, "rechecks") == 0)
    *value = self->rechecks;
  else if (strcmp (key, "records") == 0)
    *value = self->records;
  else if (strcmp (key, "false_photos") == 0)
    *value = (LzRatio){ self->false_photos, 0 };
  else if (strcmp (key, "inspection") == 0)
    *value = self->inspection;
  else if (strcmp (key, "exposed") == 0)
    *value = (LzRatio){ self->exposed, 0 };
  else if (strcmp (key, "praised") == 0)
    *value = (LzRatio){ self->praised, 0 };
  else
    return FALSE;
  return TRUE;
}
