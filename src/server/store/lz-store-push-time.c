/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-server"

#include "config.h"

#include "lz-store-push.h"

/* What the passing of time does by itself.  A dispatcher's station does the same when it notices;
 * whoever comes second is refused, and a refused act of the rule is nobody's to settle. */

#define MAX_AT_ONCE 500

/* clang-format off */
static const char sql_any_over[] = "SELECT 1 FROM suspension WHERE until_at <= ?1 LIMIT 1";
static const char sql_over[] =
  "SELECT subject FROM suspension WHERE until_at <= ?1 ORDER BY until_at, subject LIMIT ?2";
static const char sql_keep[] =
  "INSERT INTO suspension VALUES (?1, ?2) ON CONFLICT (subject) DO UPDATE SET until_at = excluded.until_at";
static const char sql_drop[] = "DELETE FROM suspension WHERE subject = ?1";
/* clang-format on */

static gboolean
drop (PushJob *job, const LzId *subject, GError **error)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (job->db, sql_drop, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_key (stmt, 1, subject);
  return lz_db_run (job->db, stmt, "forgetting a suspension", error);
}

gboolean
lz_push_note_suspension (PushJob *job, const LzCase *kase, GError **error)
{
  g_autoptr (LzStmt) stmt = NULL;

  if (kase->state != LZ_STATE_SUSPENDED)
    return drop (job, &kase->id, error);
  stmt = lz_db_borrow (job->db, sql_keep, error);
  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_key (stmt, 1, &kase->id);
  sqlite3_bind_int64 (stmt, 2, kase->until_ms);
  return lz_db_run (job->db, stmt, "noting a suspension", error);
}

static GArray *
list_over (PushJob *job, GError **error)
{
  g_autoptr (LzStmt) stmt = lz_db_borrow (job->db, sql_over, error);
  g_autoptr (GArray) over = g_array_new (FALSE, FALSE, sizeof (LzId));
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int64 (stmt, 1, job->push->now_ms);
  sqlite3_bind_int (stmt, 2, MAX_AT_ONCE);
  while (lz_db_step (job->db, stmt, "looking for suspensions that are over", &failure))
    {
      LzId subject = { 0 };

      lz_stmt_column_blob (stmt, 0, subject.bytes, sizeof subject.bytes);
      g_array_append_val (over, subject);
    }
  return lz_stmt_ended (&failure, error) ? g_steal_pointer (&over) : NULL;
}

/* The clock goes on from the end date, however late that is noticed.  Without a calendar nobody
 * here can say until when: then it is left to the stations. */
static gboolean
resume (PushJob *job, const LzId *subject, GError **error)
{
  const LzCase *kase = lz_case_cache_get (job->store->cases, job->db, subject, error);
  g_autoptr (LzEvent) act = lz_event_new ();
  g_autoptr (GError) failure = NULL;
  const LzCalendar *calendar;
  LzDeadline deadline;

  if (kase == NULL)
    return FALSE;
  if (kase->state != LZ_STATE_SUSPENDED)
    return drop (job, subject, error);
  calendar = lz_push_get_calendar (job, &failure);
  if (!lz_stmt_ended (&failure, error))
    return FALSE;
  if (calendar == NULL && kase->due_ms != 0)
    return TRUE;
  act->kind = LZ_KIND_RESUMED;
  act->occurred_ms = kase->until_ms;
  act->body = lz_body_new ();
  if (calendar != NULL && lz_deadline_compute (calendar, kase, act, &deadline))
    {
      act->body->due_ms = deadline.due_ms;
      act->body->warn_ms = deadline.warn_ms;
    }
  return lz_push_add_own (job, kase, LZ_KIND_RESUMED, act->occurred_ms,
                          g_steal_pointer (&act->body), error);
}

static gboolean
follow_time (LzServerStore *store, LzDb *db, gpointer data, GError **error)
{
  PushJob job;
  g_autoptr (GArray) over = NULL;
  gboolean ok;

  lz_push_job_init (&job, store, db, data);
  over = list_over (&job, error);
  ok = over != NULL;
  for (guint i = 0; ok && i < over->len; i++)
    ok = resume (&job, &g_array_index (over, LzId, i), error);
  ok = ok && lz_push_save_feeds (&job, error);
  lz_push_job_clear (&job);
  return ok;
}

static gboolean
is_any_over (LzServerStore *self, gint64 now_ms, GError **error)
{
  g_auto (LzReader) reader = lz_reader_borrow (self, error);
  g_autoptr (LzStmt) stmt =
      reader.db != NULL ? lz_db_borrow (reader.db, sql_any_over, error) : NULL;

  if (stmt == NULL)
    return FALSE;
  sqlite3_bind_int64 (stmt, 1, now_ms);
  return lz_db_step (reader.db, stmt, "looking for suspensions that are over", error);
}

gboolean
lz_server_store_follow_time (LzServerStore *self, gint64 now_ms, GPtrArray **fed, GError **error)
{
  char *no_feeds[] = { NULL };
  const LzAccount rule = { .user = (char *) LZ_RULE_ACTOR, .feeds = no_feeds };
  g_autoptr (LzPush) push = lz_push_new (&rule, LZ_PUSH_OWN_DEVICE, now_ms);
  g_autoptr (GError) failure = NULL;

  if (is_any_over (self, now_ms, &failure))
    lz_writer_run (self->writer, follow_time, push, &failure);
  if (!lz_stmt_ended (&failure, error))
    return FALSE;
  *fed = g_ptr_array_ref (push->fed);
  return TRUE;
}
