/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-doctor-private.h"
#include "lz-roads-private.h"
#include "lz-stmt.h"

#include <glib/gi18n-lib.h>
#include <sys/statvfs.h>

#define GPKG_APPLICATION_ID 1196444487
#define GPKG_USER_VERSION   10300

#define MINUTE_MS        G_GINT64_CONSTANT (60000)
#define CLOCK_SLACK_MS   (2 * MINUTE_MS)
#define FIRST_SANE_MS    G_GINT64_CONSTANT (1704067200000) /* 2024-01-01 */
#define LAST_SANE_MS     G_GINT64_CONSTANT (4102444800000) /* 2100-01-01 */
#define LITTLE_SPACE     (G_GUINT64_CONSTANT (1024) * 1024 * 1024)
#define TOO_LITTLE_SPACE (G_GUINT64_CONSTANT (100) * 1024 * 1024)

/* clang-format off */
static const char sql_devices[] =
  "SELECT device, min (device_seq), max (device_seq), count (*) FROM event GROUP BY device";

static const char sql_has_feed[] =
  "SELECT EXISTS (SELECT 1 FROM feed_line)";

static const char sql_first_gap[] =
  "SELECT min (e.device_seq) + 1 FROM event AS e WHERE e.device = ?1 AND NOT EXISTS"
  " (SELECT 1 FROM event AS f WHERE f.device = ?1 AND f.device_seq = e.device_seq + 1)";

static const char sql_newest[] =
  "SELECT coalesce (max (occurred_at), 0), coalesce (max (received_at), 0)"
  " FROM (SELECT occurred_at, received_at FROM event ORDER BY n DESC LIMIT 100000)";

static const char sql_road_lines[] =
  "SELECT name, line FROM road"
  " UNION ALL SELECT r.name, p.line FROM road_part AS p JOIN road AS r ON r.fid = p.road";
/* clang-format on */

void
lz_finding_free (LzFinding *self)
{
  g_free (self->text);
  g_free (self);
}

const char *
lz_finding_level_to_string (LzFindingLevel level)
{
  static const char *const names[] = { "ok", "note", "warning", "damage" };

  g_return_val_if_fail ((guint) level < G_N_ELEMENTS (names), NULL);
  return names[level];
}

LzFindingLevel
lz_doctor_worst (GPtrArray *findings)
{
  LzFindingLevel worst = LZ_FINDING_OK;

  for (guint i = 0; i < findings->len; i++)
    worst = MAX (worst, ((const LzFinding *) g_ptr_array_index (findings, i))->level);
  return worst;
}

void
lz_doctor_add (LzDoctor *self, LzFindingLevel level, const char *check, const char *format, ...)
{
  LzFinding *finding = g_new0 (LzFinding, 1);
  va_list args;

  finding->level = level;
  finding->check = check;
  va_start (args, format);
  finding->text = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (self->findings, finding);
}

/* Runs a pragma that names what is wrong, a row for each; "ok" or no row means nothing is. */
static gboolean
run_pragma (LzDoctor *self, const char *sql, const char *check, guint *n_bad, GError **error)
{
  LzDb *db = lz_station_get_db (self->station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql, error);
  g_autoptr (GError) failure = NULL;

  *n_bad = 0;
  if (stmt == NULL)
    return FALSE;
  while (lz_db_step (db, stmt, sql, &failure))
    {
      const char *text = (const char *) sqlite3_column_text (stmt, 0);

      if (g_strcmp0 (text, "ok") == 0)
        continue;
      if ((*n_bad)++ < LZ_DOCTOR_MAX_NAMED)
        lz_doctor_add (self, LZ_FINDING_DAMAGE, check, _ ("The database is damaged: %s"), text);
    }
  return lz_stmt_ended (&failure, error);
}

static gboolean
check_database (LzDoctor *self, GError **error)
{
  guint n_pages, n_keys;

  if (!run_pragma (self, "PRAGMA integrity_check", "database", &n_pages, error) ||
      !run_pragma (self, "PRAGMA foreign_key_check", "database", &n_keys, error))
    return FALSE;
  if (n_pages == 0 && n_keys == 0)
    lz_doctor_add (self, LZ_FINDING_OK, "database", _ ("The database is sound."));
  return TRUE;
}

static gboolean
check_schema (LzDoctor *self, GError **error)
{
  LzDb *db = lz_station_get_db (self->station);
  gint64 n_rows, version;

  if (!lz_db_get_int64 (db, "SELECT count(*) FROM schema_version", &n_rows, error) ||
      !lz_db_get_int64 (db, "SELECT coalesce (max (version), 0) FROM schema_version", &version,
                        error))
    return FALSE;
  if (n_rows != 1 || version <= 0)
    lz_doctor_add (self, LZ_FINDING_DAMAGE, "schema",
                   _ ("The database does not say which version of the format it has."));
  else
    lz_doctor_add (self, LZ_FINDING_OK, "schema", _ ("The format has version %d."), (int) version);
  return TRUE;
}

static gboolean
check_geopackage (LzDoctor *self, GError **error)
{
  LzDb *db = lz_station_get_db (self->station);
  gint64 application_id, user_version, n_layers;

  if (!lz_db_get_int64 (db, "PRAGMA application_id", &application_id, error) ||
      !lz_db_get_int64 (db, "PRAGMA user_version", &user_version, error) ||
      !lz_db_get_int64 (db,
                        "SELECT count(*) FROM gpkg_contents AS c JOIN gpkg_geometry_columns AS g"
                        " USING (table_name) WHERE c.table_name IN ('cases', 'roads')",
                        &n_layers, error))
    return FALSE;
  if (application_id != GPKG_APPLICATION_ID || user_version != GPKG_USER_VERSION || n_layers != 2)
    lz_doctor_add (self, LZ_FINDING_WARNING, "geopackage",
                   _ ("Other programs will not open the file as a GeoPackage."));
  else
    lz_doctor_add (self, LZ_FINDING_OK, "geopackage", _ ("The file is a GeoPackage."));
  return TRUE;
}

static gboolean
find_first_gap (LzDoctor *self, const char *device, gint64 *missing, GError **error)
{
  LzDb *db = lz_station_get_db (self->station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_first_gap, error);

  if (stmt == NULL)
    return FALSE;
  lz_stmt_bind_text (stmt, 1, device);
  if (!lz_db_step (db, stmt, "looking for gaps in the log", error))
    return FALSE;
  *missing = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

/* Where feeds are read, their chains prove that nothing is missing of what belongs here. */
static gboolean
add_elsewhere (LzDoctor *self, int n, GError **error)
{
  gint64 has_feed = 0;

  if (n == 0)
    return TRUE;
  if (!lz_db_get_int64 (lz_station_get_db (self->station), sql_has_feed, &has_feed, error))
    return FALSE;
  lz_doctor_add (self, has_feed ? LZ_FINDING_OK : LZ_FINDING_NOTE, "sequence",
                 g_dngettext (GETTEXT_PACKAGE,
                              "%d act of other stations is not in this log: the server refused it,"
                              " or it belongs to another office.",
                              "%d acts of other stations are not in this log: the server refused"
                              " them, or they belong to other offices.",
                              (gulong) n),
                 n);
  return TRUE;
}

/* What a device did elsewhere, and what the server refused it, never comes here, so only this
 * station's own numbers must be without a gap. */
static gboolean
check_sequence (LzDoctor *self, GError **error)
{
  LzDb *db = lz_station_get_db (self->station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_devices, error);
  g_autoptr (GError) failure = NULL;
  gboolean whole = TRUE;
  int n_elsewhere = 0;

  if (stmt == NULL)
    return FALSE;
  while (lz_db_step (db, stmt, "looking for gaps in the log", &failure))
    {
      const char *device = (const char *) sqlite3_column_text (stmt, 0);
      gint64 first = sqlite3_column_int64 (stmt, 1);
      gint64 last = sqlite3_column_int64 (stmt, 2);
      gint64 n_missing = last - sqlite3_column_int64 (stmt, 3);
      gint64 missing = 1;

      if (n_missing == 0 && first == 1)
        continue;
      if (!g_str_equal (device, lz_station_get_device (self->station)))
        {
          n_elsewhere += (int) n_missing;
          continue;
        }
      if (first == 1 && !find_first_gap (self, device, &missing, error))
        return FALSE;
      whole = FALSE;
      lz_doctor_add (self, LZ_FINDING_DAMAGE, "sequence",
                     g_dngettext (GETTEXT_PACKAGE,
                                  "%d act of this station is missing from its log: number %d.",
                                  "%d acts of this station are missing from its log, the"
                                  " first is number %d.",
                                  (gulong) n_missing),
                     (int) n_missing, (int) missing);
    }
  if (!lz_stmt_ended (&failure, error))
    return FALSE;
  if (whole)
    lz_doctor_add (self, LZ_FINDING_OK, "sequence", _ ("No act of this station is missing."));
  return add_elsewhere (self, n_elsewhere, error);
}

static gboolean
check_space (LzDoctor *self, GError **error)
{
  const char *dir = lz_station_get_dir (self->station);
  struct statvfs info;
  g_autofree char *free_text = NULL;
  guint64 free_bytes;
  LzFindingLevel level = LZ_FINDING_OK;

  (void) error;
  if (statvfs (dir, &info) != 0)
    return TRUE; /* a file system that does not say: nothing to report */

  free_bytes = (guint64) info.f_bavail * info.f_frsize;
  free_text = g_format_size (free_bytes);
  if (free_bytes < TOO_LITTLE_SPACE)
    level = LZ_FINDING_WARNING;
  else if (free_bytes < LITTLE_SPACE)
    level = LZ_FINDING_NOTE;
  if (level == LZ_FINDING_OK)
    lz_doctor_add (self, level, "space", _ ("The disk has %s left."), free_text);
  else
    lz_doctor_add (self, level, "space", _ ("The disk has only %s left: free some soon."),
                   free_text);
  return TRUE;
}

static gboolean
check_clock (LzDoctor *self, GError **error)
{
  LzDb *db = lz_station_get_db (self->station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_newest, error);
  gint64 now = lz_station_now (self->station);
  gint64 newest;

  if (stmt == NULL || !lz_db_step (db, stmt, "reading the newest event", error))
    return FALSE;
  newest = MAX (sqlite3_column_int64 (stmt, 0), sqlite3_column_int64 (stmt, 1));

  if (now < FIRST_SANE_MS || now > LAST_SANE_MS)
    lz_doctor_add (self, LZ_FINDING_WARNING, "clock",
                   _ ("The computer's clock cannot be right. Set its date and time."));
  else if (newest > now + CLOCK_SLACK_MS)
    lz_doctor_add (self, LZ_FINDING_WARNING, "clock",
                   g_dngettext (GETTEXT_PACKAGE,
                                "The log has an act that lies %d minute ahead of the computer's"
                                " clock. Check its date and time.",
                                "The log has acts that lie %d minutes ahead of the computer's"
                                " clock. Check its date and time.",
                                (gulong) ((newest - now) / MINUTE_MS)),
                   (int) MIN ((newest - now) / MINUTE_MS, G_MAXINT));
  else
    lz_doctor_add (self, LZ_FINDING_OK, "clock", _ ("The clock agrees with the log."));
  return TRUE;
}

/* Lines and pieces of roads that cannot be read; the roads are left out of every list. */
static gboolean
check_roads (LzDoctor *self, GError **error)
{
  LzDb *db = lz_station_get_db (self->station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_road_lines, error);
  g_autoptr (GError) failure = NULL;
  guint n_bad = 0;

  if (stmt == NULL)
    return FALSE;
  while (lz_db_step (db, stmt, "reading the lines of roads", &failure))
    {
      g_autoptr (LzLine) line = lz_stmt_dup_line (stmt, 1);

      if (line != NULL)
        continue;
      n_bad++;
      lz_doctor_add (
          self, LZ_FINDING_DAMAGE, "roads",
          _ ("The line of the road “%s” is damaged. Import the streets again, or restore "
             "a backup."),
          (const char *) sqlite3_column_text (stmt, 0));
    }
  if (!lz_stmt_ended (&failure, error))
    return FALSE;
  if (n_bad == 0)
    lz_doctor_add (self, LZ_FINDING_OK, "roads", _ ("The lines of all roads can be read."));
  return TRUE;
}

static const struct
{
  const char *check;
  gboolean (*run) (LzDoctor *self, GError **error);
} checks[] = {
  { "database", check_database },
  { "schema", check_schema },
  { "geopackage", check_geopackage },
  { "sequence", check_sequence },
  { "roads", check_roads },
  { "projection", lz_doctor_check_cases },
  { "categories", lz_doctor_check_categories },
  { "feeds", lz_doctor_check_feeds },
  { "search", lz_doctor_check_search },
  { "photos", lz_doctor_check_photos },
  { "orphans", lz_doctor_check_orphans },
  { "leftovers", lz_doctor_check_leftovers },
  { "space", check_space },
  { "clock", check_clock },
};

/* A check that the damage itself keeps from running is a finding, not a failure. */
static gboolean
run_checks (LzDoctor *self, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (checks); i++)
    {
      g_autoptr (GError) failure = NULL;

      if (checks[i].run (self, &failure))
        continue;
      if (!g_error_matches (failure, LZ_ERROR, LZ_ERROR_CORRUPT) &&
          !g_error_matches (failure, LZ_ERROR, LZ_ERROR_INVALID) &&
          !g_error_matches (failure, LZ_ERROR, LZ_ERROR_FAILED))
        {
          g_propagate_error (error, g_steal_pointer (&failure));
          return FALSE;
        }
      lz_doctor_add (self, LZ_FINDING_DAMAGE, checks[i].check,
                     _ ("This could not be checked, the station is damaged: %s"), failure->message);
    }
  return TRUE;
}

GPtrArray *
lz_doctor_run (LzStation *station, gboolean verify_photos, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GPtrArray) findings =
      g_ptr_array_new_with_free_func ((GDestroyNotify) lz_finding_free);
  LzDoctor self = { .station = station, .verify_photos = verify_photos, .findings = findings };
  gboolean ok;

  g_return_val_if_fail (!lz_db_in_transaction (db), NULL);

  /* One snapshot for all checks, without keeping writers out. */
  if (!lz_db_exec (db, "BEGIN", error))
    return NULL;
  ok = run_checks (&self, error);
  lz_db_exec (db, "COMMIT", NULL);
  return ok ? g_steal_pointer (&findings) : NULL;
}
