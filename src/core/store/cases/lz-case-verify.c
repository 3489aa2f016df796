/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-case-verify.h"
#include "lz-cases.h"
#include "lz-event-table.h"
#include "lz-office.h"
#include "lz-projection.h"
#include "lz-stmt.h"
#include "lz-wire.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* clang-format off */
/* Every place that an event has in a feed, with the chain there and before. */
static const char sql_links[] =
  "SELECT l.feed, l.seq, l.chain,"
  " coalesce ((SELECT p.chain FROM feed_line AS p WHERE p.feed = l.feed AND p.seq = l.seq - 1), zeroblob (32))"
  " FROM feed_line AS l WHERE l.event = ?1";

static const char sql_elsewhere[] =
  "SELECT 1 FROM case_photo AS p JOIN case_row AS c ON c.fid = p.case_fid"
  " WHERE p.sha256 = ?1 AND c.id <> ?2 LIMIT 1";
/* clang-format on */

typedef struct
{
  LzStation *station;
  LzCaseReport *report;
  GPtrArray *events;
  LzCase *fold;
  GArray *photos; /* LzCasePhoto */
} Visit;

void
lz_case_report_free (LzCaseReport *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->problems);
  g_clear_pointer (&self->evidence, g_array_unref);
  g_free (self);
}

static void G_GNUC_PRINTF (2, 3) add_problem (Visit *visit, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (visit->report->problems, g_strdup_vprintf (format, args));
  va_end (args);
}

/* What the server chained is what is here. */
static gboolean
check_links (Visit *visit, const LzEvent *event, GError **error)
{
  LzDb *db = lz_station_get_db (visit->station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_links, error);
  g_autoptr (GError) failure = NULL;
  guint n = 0;

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_id (stmt, 1, &event->id);
  while (lz_db_step (db, stmt, "following a chain", &failure))
    {
      guint8 previous[LZ_SHA256_SIZE] = { 0 }, chain[LZ_SHA256_SIZE];

      if (sqlite3_column_bytes (stmt, 3) == LZ_SHA256_SIZE)
        memcpy (previous, sqlite3_column_blob (stmt, 3), LZ_SHA256_SIZE);
      lz_wire_chain (previous, event, chain);
      n++;
      if (sqlite3_column_bytes (stmt, 2) == LZ_SHA256_SIZE &&
          memcmp (sqlite3_column_blob (stmt, 2), chain, LZ_SHA256_SIZE) == 0)
        visit->report->n_links++;
      else
        add_problem (visit, _ ("“%s” is not what the server confirmed (%s, line %d)."),
                     lz_event_label (event), (const char *) sqlite3_column_text (stmt, 0),
                     (int) sqlite3_column_int64 (stmt, 1));
    }
  if (!lz_stmt_ended (&failure, error))
    return FALSE;
  if (event->home_seq == 0)
    visit->report->n_waiting++;
  else if (n == 0)
    add_problem (visit, _ ("“%s” is in no feed although the server confirmed it."),
                 lz_event_label (event));
  return TRUE;
}

static gboolean
is_known (Visit *visit, guint until, const LzId *id)
{
  for (guint i = 0; i < until; i++)
    if (lz_id_equal (&((LzEvent *) g_ptr_array_index (visit->events, i))->id, id))
      return TRUE;
  return FALSE;
}

/* In order, each on the ground of an earlier one, and allowed when it was made. */
static gboolean
check_events (Visit *visit, GError **error)
{
  g_autoptr (LzCase) walk = lz_case_new ();
  gint64 seq = 0;

  for (guint i = 0; i < visit->events->len; i++)
    {
      const LzEvent *event = g_ptr_array_index (visit->events, i);
      guint n_events = walk->n_events;

      if (event->home_seq != 0 && event->home_seq <= seq)
        add_problem (visit, _ ("“%s” is out of order."), lz_event_label (event));
      seq = MAX (seq, event->home_seq);
      if (!lz_id_is_nil (&event->basis) && !is_known (visit, visit->events->len, &event->basis))
        add_problem (visit, _ ("“%s” refers to an act that is not here."), lz_event_label (event));
      lz_fold_apply (walk, event);
      if (walk->n_events == n_events)
        add_problem (visit, _ ("“%s” was not allowed at that point."), lz_event_label (event));
      if (!check_links (visit, event, error))
        return FALSE;
    }
  visit->report->n_events = walk->n_events;
  return TRUE;
}

static gboolean
check_row (Visit *visit, GError **error)
{
  g_autoptr (LzCase) row = lz_cases_load (visit->station, &visit->report->id, error);
  g_autoptr (GArray) photos = NULL;

  if (row == NULL)
    return FALSE;
  photos = lz_cases_list_photos (visit->station, &visit->report->id, error);
  if (photos == NULL)
    return FALSE;
  if (!lz_case_equal (row, visit->fold))
    add_problem (visit, "%s", _ ("What the lists show is not what the events say."));
  if (photos->len != visit->photos->len)
    add_problem (visit, "%s", _ ("The list of photos is not what the events say."));
  return TRUE;
}

static void
check_photo (Visit *visit, const LzPhotoRef *photo)
{
  LzBlobs *blobs = lz_station_get_blobs (visit->station);
  g_autoptr (GError) failure = NULL;
  char name[65];

  visit->report->n_photos++;
  if (lz_blobs_verify (blobs, photo->sha256, &failure))
    {
      visit->report->n_sound++;
      return;
    }
  if (g_error_matches (failure, LZ_ERROR, LZ_ERROR_NOT_FOUND))
    {
      visit->report->n_elsewhere++;
      return;
    }
  lz_sha256_format (photo->sha256, name);
  add_problem (visit, _ ("The photo %.12s… is not what it was: %s"), name, failure->message);
}

static gboolean
mark_reused (Visit *visit, LzEvidence *evidence, GError **error)
{
  LzDb *db = lz_station_get_db (visit->station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_elsewhere, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_blob (stmt, 1, evidence->photo.sha256, LZ_SHA256_SIZE, SQLITE_STATIC);
  lz_stmt_bind_id (stmt, 2, &visit->report->id);
  if (lz_db_step (db, stmt, "looking for a photo elsewhere", &failure))
    evidence->flags |= LZ_FLAG_REUSED;
  return lz_stmt_ended (&failure, error);
}

static gboolean
check_evidence (Visit *visit, GError **error)
{
  g_autoptr (LzRules) rules = lz_office_load_rules (visit->station, error);
  g_autoptr (GArray) photos = g_array_new (FALSE, FALSE, sizeof (LzPhotoRef));
  LzCaseReport *report = visit->report;

  if (rules == NULL)
    return FALSE;
  report->evidence = lz_evidence_check (rules, visit->fold, visit->events);
  report->flags = lz_evidence_check_case (visit->fold);
  for (guint i = 0; i < report->evidence->len; i++)
    {
      LzEvidence *evidence = &g_array_index (report->evidence, LzEvidence, i);

      if (!mark_reused (visit, evidence, error))
        return FALSE;
      check_photo (visit, &evidence->photo);
      g_array_append_val (photos, evidence->photo);
    }
  report->has_pair = lz_evidence_find_pair (rules, photos, &report->pair);
  return TRUE;
}

/**
 * lz_case_verify:
 * @station: a station
 * @id: a case
 * @error: (nullable): %LZ_ERROR_NOT_FOUND if there is no such case
 *
 * Looks at one case file from end to end: its events against the server's chain, in order and
 * allowed; its row against the fold; the bytes of its photos against their names; and what the
 * photos themselves say.  Blocks for the size of the photos.
 *
 * Returns: (transfer full) (nullable): what was found
 */
LzCaseReport *
lz_case_verify (LzStation *station, const LzId *id, GError **error)
{
  g_autoptr (LzCaseReport) report = g_new0 (LzCaseReport, 1);
  g_autoptr (GPtrArray) events = lz_event_table_list (station, id, FALSE, error);
  g_autoptr (LzCase) fold = NULL;
  g_autoptr (GArray) photos = NULL;
  Visit visit = { station, report, events, NULL, NULL };

  report->id = *id;
  report->problems = g_ptr_array_new_with_free_func (g_free);
  if (events == NULL)
    return NULL;
  visit.fold = fold = lz_projection_fold (events, &photos);
  visit.photos = photos;
  if (!check_events (&visit, error) || !check_row (&visit, error) ||
      !check_evidence (&visit, error))
    return NULL;
  return g_steal_pointer (&report);
}
