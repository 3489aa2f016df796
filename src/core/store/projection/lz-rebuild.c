/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-event-table.h"
#include "lz-projection.h"
#include "lz-rebuild.h"
#include "lz-station-private.h"
#include "lz-stmt.h"

/* The first half of the log is read while the second half of the tables is written: neither
 * touches the other's. */
static gboolean
refold_all (LzStation *station, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_event_table_borrow_subjects (db, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  while (lz_db_step (db, stmt, "reading the log", &failure))
    {
      LzId subject = lz_stmt_column_id (stmt, 0);

      if (!lz_projection_refold (station, &subject, error))
        return FALSE;
    }
  return lz_stmt_ended (&failure, error);
}

static gboolean
rebuild (LzStation *station, GError **error)
{
  LzDb *db = lz_station_get_db (station);

  if (!lz_db_begin (db, error))
    return FALSE;
  if (!lz_station_project_categories (station, error) || !lz_projection_clear (station, error) ||
      !refold_all (station, error) || !lz_station_set_setting (station, "projections", NULL, error))
    {
      lz_db_rollback (db);
      return FALSE;
    }
  return lz_db_commit (db, error);
}

gboolean
lz_rebuild (LzStation *station, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  gboolean done;

  /* The indexes grow all over: what is not in memory is read and written again and again. */
  lz_db_exec (db, "PRAGMA cache_size = -131072", NULL);
  done = rebuild (station, error);
  lz_db_exec (db, "PRAGMA cache_size = -16384", NULL);
  return done;
}
