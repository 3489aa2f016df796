/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-intake-private.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#define LOCK_NAME "intake.lock"

/* Running intakes share it; who recovers what one left wants it alone. */
int
lz_intake_lock (LzStation *station, gboolean exclusive)
{
  g_autofree char *path = g_build_filename (lz_station_get_dir (station), LOCK_NAME, NULL);
  int lock = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  if (lock >= 0 && flock (lock, exclusive ? LOCK_EX | LOCK_NB : LOCK_SH) != 0)
    {
      close (lock);
      return -1;
    }
  return lock;
}

void
lz_intake_unlock (int lock)
{
  if (lock >= 0)
    close (lock);
}

/* Array of gint64. */
static GArray *
list_waiting_batches (LzDb *db, GError **error)
{
  g_autoptr (GArray) batches = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzStmt) stmt =
      lz_db_borrow (db, "SELECT DISTINCT batch FROM photo WHERE batch IS NOT NULL ORDER BY batch",
                    error);

  if (stmt == NULL)
    return NULL;
  while (lz_db_step (db, stmt, "looking for photos without a draft", &failure))
    {
      gint64 batch = sqlite3_column_int64 (stmt, 0);

      g_array_append_val (batches, batch);
    }
  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  return g_steal_pointer (&batches);
}

static gboolean
group_all (LzStation *station, GArray *batches, GError **error)
{
  for (guint i = 0; i < batches->len; i++)
    {
      g_autoptr (LzIntakeReport) report = lz_intake_report_new ();

      if (!lz_intake_group (station, g_array_index (batches, gint64, i), report, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * lz_intake_recover:
 * @station: a station
 * @error: (nullable): return location
 *
 * Makes the drafts of an intake that was cut short: photos that it had taken in wait in the store
 * until then.  Does nothing where there are none, where the station is open for reading only, or
 * while an intake runs in another process.
 *
 * Returns: %FALSE with @error set on failure
 */
gboolean
lz_intake_recover (LzStation *station, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GArray) batches = NULL;
  gboolean done;
  int lock;

  if (sqlite3_db_readonly (lz_db_get_handle (db), "main") != 0)
    return TRUE;
  batches = list_waiting_batches (db, error);
  if (batches == NULL)
    return FALSE;
  if (batches->len == 0)
    return TRUE;

  lock = lz_intake_lock (station, TRUE);
  if (lock < 0)
    return TRUE;
  done = group_all (station, batches, error);
  lz_intake_unlock (lock);
  return done;
}
