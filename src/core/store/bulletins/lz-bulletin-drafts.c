/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-bulletin-drafts.h"
#include "lz-event-table.h"
#include "lz-stmt.h"
#include "lz-wire.h"

/* A statement about the draft of @kind for @period. */
static LzStmt *
borrow (LzStation *station,
        const char *sql,
        const LzPeriod *period,
        const char *kind,
        GError **error)
{
  LzStmt *stmt = lz_db_borrow (lz_station_get_db (station), sql, error);
  g_autofree char *key = lz_period_dup_key (period);

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_text (stmt, 1, kind);
  lz_stmt_bind_text (stmt, 2, key);
  return stmt;
}

/**
 * lz_bulletin_drafts_save:
 * @station: a station
 * @period: of which period
 * @kind: "weekly", "monthly"
 * @text: what has been written
 * @error: (nullable): return location
 *
 * Keeps a draft in place of an earlier one.
 *
 * Returns: %TRUE once it is durable
 */
gboolean
lz_bulletin_drafts_save (LzStation *station,
                         const LzPeriod *period,
                         const char *kind,
                         const LzBulletinText *text,
                         GError **error)
{
  g_autoptr (JsonObject) json = lz_bulletin_text_write (text);
  g_autofree char *words = lz_wire_make_facts (json, error);
  g_autoptr (LzStmt) stmt = NULL;

  if (words == NULL)
    return FALSE;
  stmt = borrow (station,
                 "INSERT INTO bulletin_draft (kind, period, words, changed_at)"
                 " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (kind, period)"
                 " DO UPDATE SET words = excluded.words, changed_at = excluded.changed_at",
                 period, kind, error);
  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 3, words);
  sqlite3_bind_int64 (stmt, 4, lz_station_now (station));
  return lz_db_run (lz_station_get_db (station), stmt, "saving the draft of a bulletin", error);
}

LzBulletinText *
lz_bulletin_drafts_load (LzStation *station,
                         const LzPeriod *period,
                         const char *kind,
                         GError **error)
{
  g_autoptr (LzStmt) stmt =
      borrow (station, "SELECT words FROM bulletin_draft WHERE kind = ?1 AND period = ?2", period,
              kind, error);
  g_autoptr (GError) failure = NULL;
  g_autofree char *words = NULL;
  g_autoptr (JsonObject) json = NULL;

  if (stmt == NULL)
    return NULL;
  if (lz_db_step (lz_station_get_db (station), stmt, "reading the draft of a bulletin", &failure))
    words = lz_stmt_dup_text (stmt, 0);
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  if (words == NULL)
    return NULL;
  json = lz_wire_read_facts (words, error);
  return json != NULL ? lz_bulletin_text_read (json) : NULL;
}

gboolean
lz_bulletin_drafts_remove (LzStation *station,
                           const LzPeriod *period,
                           const char *kind,
                           GError **error)
{
  g_autoptr (LzStmt) stmt =
      borrow (station, "DELETE FROM bulletin_draft WHERE kind = ?1 AND period = ?2", period, kind,
              error);

  return stmt != NULL &&
         lz_db_run (lz_station_get_db (station), stmt, "removing the draft of a bulletin", error);
}
