/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-store-private.h"
#include "lz-wire.h"

#include <string.h>

/* clang-format off */
static const char sql_feeds[] = "SELECT id, feed, head, chain FROM feed ORDER BY feed";

static const char sql_entries[] =
  "SELECT f.seq, f.chain, e.line, e.home_seq, e.id, e.subject FROM feed_entry AS f"
  " LEFT JOIN event AS e ON e.n = f.event WHERE f.feed = ?1 ORDER BY f.seq";

static const char sql_homeless[] =
  "SELECT count (*) FROM event AS e WHERE NOT EXISTS"
  " (SELECT 1 FROM feed_entry AS f WHERE f.event = e.n)";

static const char sql_count[] = "SELECT count (*) FROM event";

static const char sql_photos[] = "SELECT sha256, size FROM photo ORDER BY sha256";

static const char sql_missing[] =
  "SELECT count (DISTINCT sha256) FROM event_photo WHERE sha256 NOT IN (SELECT sha256 FROM photo)";
/* clang-format on */

void
lz_verify_report_free (LzVerifyReport *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->problems);
  g_free (self);
}

static G_GNUC_PRINTF (2, 3) void add_problem (LzVerifyReport *report, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (report->problems, g_strdup_vprintf (format, args));
  va_end (args);
}

static void
check_envelope (LzVerifyReport *report, LzStmt *stmt, const char *feed, const LzEvent *event)
{
  gint64 seq = sqlite3_column_int64 (stmt, 0);
  LzId id, subject;

  if (!lz_stmt_column_blob (stmt, 4, id.bytes, sizeof id.bytes) ||
      !lz_stmt_column_blob (stmt, 5, subject.bytes, sizeof subject.bytes) ||
      !lz_id_equal (&id, &event->id) || !lz_id_equal (&subject, &event->subject) ||
      event->home_seq != sqlite3_column_int64 (stmt, 3))
    add_problem (report, "%s: entry %" G_GINT64_FORMAT " has another event's columns", feed, seq);
  if (!g_str_has_prefix (feed, "unit:") &&
      (event->home_seq != seq || !g_str_equal (event->feed, feed)))
    add_problem (report, "%s: entry %" G_GINT64_FORMAT " is not where its event says", feed, seq);
}

/* What a home feed's events make, by subject. */
typedef struct
{
  GHashTable *cases;
  GHashTable *records;
} Folds;

static void
folds_init (Folds *self)
{
  self->cases =
      g_hash_table_new_full (lz_id_hash, lz_id_equal, g_free, (GDestroyNotify) lz_case_free);
  self->records =
      g_hash_table_new_full (lz_id_hash, lz_id_equal, g_free, (GDestroyNotify) lz_record_free);
}

static void
folds_clear (Folds *self)
{
  g_hash_table_unref (self->cases);
  g_hash_table_unref (self->records);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Folds, folds_clear)

/* FALSE: the event does not fit there. */
static gboolean
fold_into_case (Folds *self, const LzEvent *event)
{
  LzCase *kase = g_hash_table_lookup (self->cases, &event->subject);
  guint before;

  if (kase == NULL)
    {
      kase = lz_case_new ();
      g_hash_table_insert (self->cases, g_memdup2 (&event->subject, sizeof event->subject), kase);
    }
  before = kase->n_events;
  lz_fold_apply (kase, event);
  return kase->n_events > before;
}

static gboolean
fold_into_record (Folds *self, const LzEvent *event)
{
  LzRecord *record = g_hash_table_lookup (self->records, &event->subject);

  if (record == NULL)
    {
      record = lz_record_new ();
      g_hash_table_insert (self->records, g_memdup2 (&event->subject, sizeof event->subject),
                           record);
    }
  return lz_record_apply (record, event);
}

/* FALSE: no use in going on with this feed. */
static gboolean
check_entry (LzVerifyReport *report,
             LzStmt *stmt,
             const char *feed,
             gint64 expected,
             guint8 chain[LZ_SHA256_SIZE],
             Folds *folds)
{
  gint64 seq = sqlite3_column_int64 (stmt, 0);
  const char *line = (const char *) sqlite3_column_text (stmt, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (LzEvent) event = NULL;
  guint8 stored[LZ_SHA256_SIZE];

  report->n_entries++;
  if (seq != expected)
    {
      add_problem (report, "%s: entry %" G_GINT64_FORMAT " is missing", feed, expected);
      return FALSE;
    }
  event = line != NULL ? lz_wire_parse_event (line, sqlite3_column_bytes (stmt, 2), &error) : NULL;
  if (event == NULL)
    {
      add_problem (report, "%s: entry %" G_GINT64_FORMAT ": %s", feed, seq,
                   error != NULL ? error->message : "its event is missing");
      return FALSE;
    }
  lz_wire_chain (chain, event, chain);
  if (!lz_stmt_column_blob (stmt, 1, stored, sizeof stored) ||
      memcmp (stored, chain, sizeof stored) != 0)
    {
      add_problem (report, "%s: the chain breaks at entry %" G_GINT64_FORMAT, feed, seq);
      return FALSE;
    }
  check_envelope (report, stmt, feed, event);
  if (!g_str_has_prefix (feed, "unit:") && event->kind != LZ_KIND_WITHDRAWN)
    {
      if (!(event->kind == LZ_KIND_RECORD ? fold_into_record (folds, event)
                                          : fold_into_case (folds, event)))
        add_problem (report, "%s: entry %" G_GINT64_FORMAT " is not legal there", feed, seq);
    }
  return TRUE;
}

static gboolean
walk_feed (LzDb *db, LzVerifyReport *report, LzStmt *feeds, GError **error)
{
  const char *feed = (const char *) sqlite3_column_text (feeds, 1);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_entries, error);
  g_auto (Folds) folds;
  g_autoptr (GError) failure = NULL;
  guint8 chain[LZ_SHA256_SIZE] = { 0 };
  guint8 stored[LZ_SHA256_SIZE];
  gint64 n = 0;

  folds_init (&folds);
  if (stmt == NULL)
    return FALSE;
  report->n_feeds++;
  sqlite3_bind_int64 (stmt, 1, sqlite3_column_int64 (feeds, 0));
  while (lz_db_step (db, stmt, "walking a feed", &failure))
    if (!check_entry (report, stmt, feed, ++n, chain, &folds))
      return TRUE;
  if (!lz_stmt_ended (&failure, error))
    return FALSE;
  if (n != sqlite3_column_int64 (feeds, 2) ||
      !lz_stmt_column_blob (feeds, 3, stored, sizeof stored) ||
      memcmp (stored, chain, sizeof stored) != 0)
    add_problem (report, "%s: its head is not its last entry", feed);
  return TRUE;
}

static gboolean
count (LzDb *db, const char *sql, gint64 *n, GError **error)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql, error);

  if (stmt == NULL || !lz_db_step (db, stmt, "counting", error))
    return FALSE;
  *n = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

static gboolean
walk_feeds (LzDb *db, LzVerifyReport *report, GError **error)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_feeds, error);
  g_autoptr (GError) failure = NULL;
  gint64 homeless;

  if (stmt == NULL)
    return FALSE;
  while (lz_db_step (db, stmt, "listing feeds", &failure))
    if (!walk_feed (db, report, stmt, &failure))
      break;
  if (!lz_stmt_ended (&failure, error))
    return FALSE;
  if (!count (db, sql_count, &report->n_events, error) ||
      !count (db, sql_homeless, &homeless, error))
    return FALSE;
  if (homeless > 0)
    add_problem (report, "%" G_GINT64_FORMAT " events are in no feed", homeless);
  return TRUE;
}

static gboolean
walk_photos (LzServerStore *self, LzDb *db, LzVerifyReport *report, GError **error)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_photos, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  while (lz_db_step (db, stmt, "listing photos", &failure))
    {
      g_autoptr (GError) problem = NULL;
      guint8 sha256[32];

      report->n_photos++;
      if (!lz_stmt_column_blob (stmt, 0, sha256, sizeof sha256))
        add_problem (report, "a photo has no hash");
      else if (!lz_blobs_verify (self->blobs, sha256, &problem))
        add_problem (report, "%s", problem->message);
    }
  return lz_stmt_ended (&failure, error) ? count (db, sql_missing, &report->n_missing_photos, error)
                                         : FALSE;
}

/**
 * lz_server_store_verify:
 * @photos: whether to read and hash every photo
 * @error: (nullable): the walk itself failed; what it finds is in the report
 *
 * Walks a snapshot: the server may run meanwhile.
 *
 * Returns: (transfer full) (nullable): what was found
 */
LzVerifyReport *
lz_server_store_verify (LzServerStore *self, gboolean photos, GError **error)
{
  g_auto (LzReader) reader = lz_reader_borrow (self, error);
  g_autoptr (LzVerifyReport) report = g_new0 (LzVerifyReport, 1);
  gboolean ok;

  report->problems = g_ptr_array_new_with_free_func (g_free);
  if (reader.db == NULL || !lz_db_exec (reader.db, "BEGIN", error))
    return NULL;
  ok = walk_feeds (reader.db, report, error) &&
       (!photos || walk_photos (self, reader.db, report, error));
  lz_db_exec (reader.db, "COMMIT", NULL);
  return ok ? g_steal_pointer (&report) : NULL;
}
