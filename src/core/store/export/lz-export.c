/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-atomic.h"
#include "lz-csv-field.h"
#include "lz-export-private.h"
#include "lz-stmt.h"
#include "lz-wire.h"

#include <errno.h>
#include <stdio.h>

#define FLUSH_BYTES (256 * 1024)
#define HOUR_MS     3600000.0

/* clang-format off */
static const char sql_case[] =
  "SELECT v.number, v.uuid, v.code, v.category, v.dimension, v.state, v.reported, v.deadline,"
  " v.closed, v.road, v.chainage_m, v.side, v.offset_m, v.address, v.description, v.unit, v.photos,"
  " c.lon7, c.lat7, v.geom"
  " FROM cases AS v JOIN case_row AS c ON c.fid = v.OGC_FID WHERE v.OGC_FID = ?1";
/* clang-format on */

/* A text file on its way. */
typedef struct
{
  FILE *file;
  const char *path;
  GString *text;
  GPtrArray *entries; /* (nullable): LzLedgerEntry of each case */
} Writer;

gboolean
lz_export_format_from_string (const char *text, LzExportFormat *format)
{
  static const char *const names[] = { "geojson", "csv", "gpkg" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (text, names[i]) == 0)
      {
        *format = (LzExportFormat) i;
        return TRUE;
      }
  return FALSE;
}

/* number, address, unit … are in both tables or made by the view: the view's are meant. */
LzStmt *
lz_export_borrow_case (LzDb *db, GError **error)
{
  return lz_db_borrow (db, sql_case, error);
}

static gboolean
flush (Writer *writer, gsize above, GError **error)
{
  if (writer->text->len <= above)
    return TRUE;
  if (fwrite (writer->text->str, 1, writer->text->len, writer->file) != writer->text->len)
    return lz_error_set_errno (error, errno, "writing", writer->path);
  g_string_truncate (writer->text, 0);
  return TRUE;
}

static void
append_degrees (GString *text, gint64 value7)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (text, g_ascii_formatd (number, sizeof number, "%.7f",
                                          (double) value7 / LZ_POINT_SCALE));
}

/* As the view `cases` writes moments; "" for none. */
static char *
dup_moment (gint64 at_ms)
{
  g_autoptr (GDateTime) at = at_ms != 0 ? g_date_time_new_from_unix_utc (at_ms / 1000) : NULL;
  g_autofree char *seconds = at != NULL ? g_date_time_format (at, "%Y-%m-%dT%H:%M:%S") : NULL;

  return seconds != NULL ? g_strdup_printf ("%s.%03dZ", seconds, (int) (at_ms % 1000))
                         : g_strdup ("");
}

/* -- CSV ----------------------------------------------------------------------------------------
 */

static void
append_csv_head (Writer *writer, LzStmt *stmt, gboolean byte_order_mark)
{
  if (byte_order_mark)
    g_string_append (writer->text, "\xef\xbb\xbf");
  for (int i = 0; i < LZ_EXPORT_N_COLUMNS; i++)
    g_string_append_printf (writer->text, "%s,", sqlite3_column_name (stmt, i));
  for (guint i = 0; writer->entries != NULL && i < LZ_LEDGER_N_COLUMNS; i++)
    g_string_append_printf (writer->text, "%s,", lz_ledger_column_to_string ((LzLedgerColumn) i));
  g_string_append (writer->text, "lat,lon\r\n");
}

static void
append_csv_entry (GString *text, const LzLedgerEntry *entry)
{
  g_auto (GStrv) cells = lz_export_dup_entry (entry);

  for (guint i = 0; i < LZ_LEDGER_N_COLUMNS; i++)
    {
      lz_csv_append_field (text, cells[i]);
      g_string_append_c (text, ',');
    }
}

static void
append_csv_case (Writer *writer, LzStmt *stmt, const LzLedgerEntry *entry)
{
  for (int i = 0; i < LZ_EXPORT_N_COLUMNS; i++)
    {
      lz_csv_append_field (writer->text, (const char *) sqlite3_column_text (stmt, i));
      g_string_append_c (writer->text, ',');
    }
  if (entry != NULL)
    append_csv_entry (writer->text, entry);
  append_degrees (writer->text, sqlite3_column_int64 (stmt, LZ_EXPORT_LAT7));
  g_string_append_c (writer->text, ',');
  append_degrees (writer->text, sqlite3_column_int64 (stmt, LZ_EXPORT_LON7));
  g_string_append (writer->text, "\r\n");
}

/* -- GeoJSON ------------------------------------------------------------------------------------
 */

static void
append_json_value (GString *text, LzStmt *stmt, int column)
{
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  switch (sqlite3_column_type (stmt, column))
    {
    case SQLITE_NULL:
      g_string_append (text, "null");
      break;
    case SQLITE_INTEGER:
      g_string_append_printf (text, "%" G_GINT64_FORMAT,
                              (gint64) sqlite3_column_int64 (stmt, column));
      break;
    case SQLITE_FLOAT:
      g_string_append (text, g_ascii_formatd (number, sizeof number, "%.2f",
                                              sqlite3_column_double (stmt, column)));
      break;
    default:
      lz_json_append_string (text, (const char *) sqlite3_column_text (stmt, column));
    }
}

static void
append_json_entry (GString *text, const LzLedgerEntry *entry)
{
  g_auto (GStrv) cells = lz_export_dup_entry (entry);

  for (guint i = 0; i < LZ_LEDGER_N_COLUMNS; i++)
    {
      g_string_append_c (text, ',');
      lz_json_append_string (text, lz_ledger_column_to_string ((LzLedgerColumn) i));
      g_string_append_c (text, ':');
      if (*cells[i] == '\0')
        g_string_append (text, "null");
      else if (i == LZ_LEDGER_HOURS)
        g_string_append (text, cells[i]);
      else
        lz_json_append_string (text, cells[i]);
    }
}

static void
append_feature (Writer *writer, LzStmt *stmt, const LzLedgerEntry *entry, gboolean first)
{
  GString *text = writer->text;

  g_string_append (text, first ? "\n" : ",\n");
  g_string_append (text,
                   "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[");
  append_degrees (text, sqlite3_column_int64 (stmt, LZ_EXPORT_LON7));
  g_string_append_c (text, ',');
  append_degrees (text, sqlite3_column_int64 (stmt, LZ_EXPORT_LAT7));
  g_string_append (text, "]},\"properties\":{");
  for (int i = 0; i < LZ_EXPORT_N_COLUMNS; i++)
    {
      if (i > 0)
        g_string_append_c (text, ',');
      lz_json_append_string (text, sqlite3_column_name (stmt, i));
      g_string_append_c (text, ':');
      append_json_value (text, stmt, i);
    }
  if (entry != NULL)
    append_json_entry (text, entry);
  g_string_append (text, "}}");
}

/* -- both ---------------------------------------------------------------------------------------
 */

/* The case at @index of @fids; -1: the head alone. */
static gboolean
write_case (Writer *writer, LzDb *db, GArray *fids, int index, const LzExport *how, GError **error)
{
  gboolean first = index <= 0;
  const LzLedgerEntry *entry = NULL;
  g_autoptr (LzStmt) stmt = lz_export_borrow_case (db, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return FALSE;
  if (first && how->format == LZ_EXPORT_CSV)
    append_csv_head (writer, stmt, how->byte_order_mark);
  if (index < 0)
    return TRUE;

  if (writer->entries != NULL)
    entry = g_ptr_array_index (writer->entries, index);
  sqlite3_bind_int64 (stmt, 1, g_array_index (fids, gint64, index));
  if (lz_db_step (db, stmt, "reading a case", &failure))
    {
      if (how->format == LZ_EXPORT_CSV)
        append_csv_case (writer, stmt, entry);
      else
        append_feature (writer, stmt, entry, first);
    }
  if (!lz_stmt_ended (&failure, error))
    return FALSE;
  return flush (writer, FLUSH_BYTES, error);
}

static gboolean
write_cases (Writer *writer,
             LzDb *db,
             GArray *fids,
             const LzExport *how,
             GCancellable *cancellable,
             GError **error)
{
  if (how->format == LZ_EXPORT_GEOJSON)
    g_string_append (writer->text, "{\"type\":\"FeatureCollection\",\"features\":[");
  if (fids->len == 0 && how->format == LZ_EXPORT_CSV &&
      !write_case (writer, db, fids, -1, how, error))
    return FALSE;
  for (guint i = 0; i < fids->len; i++)
    if (g_cancellable_set_error_if_cancelled (cancellable, error) ||
        !write_case (writer, db, fids, (int) i, how, error))
      return FALSE;
  if (how->format == LZ_EXPORT_GEOJSON)
    g_string_append (writer->text, "\n]}\n");
  return flush (writer, 0, error);
}

char **
lz_export_dup_entry (const LzLedgerEntry *entry)
{
  char **cells = g_new0 (char *, LZ_LEDGER_N_COLUMNS + 1);
  char number[G_ASCII_DTOSTR_BUF_SIZE] = "";

  if (entry->length_ms >= 0)
    g_ascii_formatd (number, sizeof number, "%.2f", (double) entry->length_ms / HOUR_MS);
  cells[LZ_LEDGER_SINCE] = dup_moment (entry->since_ms);
  cells[LZ_LEDGER_UNTIL] = dup_moment (entry->until_ms);
  cells[LZ_LEDGER_HOURS] = g_strdup (number);
  cells[LZ_LEDGER_ABOUT] = g_strdup (entry->about != NULL ? entry->about : "");
  cells[LZ_LEDGER_WORDS] = g_strdup (entry->words != NULL ? entry->words : "");
  return cells;
}

static gboolean
write_text (LzStation *station,
            GArray *fids,
            GPtrArray *entries,
            const LzExport *how,
            const char *path,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GString) text = g_string_sized_new (FLUSH_BYTES + 4096);
  Writer writer = { .file = fopen (path, "we"), .path = path, .text = text, .entries = entries };
  gboolean ok;

  if (writer.file == NULL)
    return lz_error_set_errno (error, errno, "writing", path);
  ok = write_cases (&writer, lz_station_get_db (station), fids, how, cancellable, error);
  if (fclose (writer.file) != 0 && ok)
    return lz_error_set_errno (error, errno, "writing", path);
  return ok;
}

/* In a transaction that the caller ends. */
static gboolean
write_fids (LzStation *station,
            GArray *fids,
            const LzExport *how,
            const char *path,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;

  if (how->ledger != NULL)
    {
      entries = lz_ledgers_load (station, how->ledger, (const gint64 *) (gpointer) fids->data,
                                 fids->len, error);
      if (entries == NULL)
        return FALSE;
    }
  if (how->format == LZ_EXPORT_GPKG)
    return lz_export_write_gpkg (station, fids, entries, how->history, path, cancellable, error);
  return write_text (station, fids, entries, how, path, cancellable, error);
}

/* @fids: (nullable): else those of @query, which are put into @fids. */
static gboolean
write_file (LzStation *station,
            GArray **fids,
            const LzCaseQuery *query,
            const LzExport *how,
            const char *path,
            GCancellable *cancellable,
            GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzAtomic) file = lz_atomic_new (path, error);
  gboolean ok;

  g_return_val_if_fail (!lz_db_in_transaction (db), FALSE);

  if (file == NULL || !lz_db_exec (db, "BEGIN", error))
    return FALSE;
  if (query != NULL)
    *fids = lz_cases_list (station, query, 0, error);
  ok = *fids != NULL &&
       write_fids (station, *fids, how, lz_atomic_get_temp (file), cancellable, error);
  lz_db_exec (db, "COMMIT", NULL);
  return ok && lz_atomic_commit (file, error);
}

gboolean
lz_export_rows (LzStation *station,
                GArray *fids,
                const LzExport *how,
                const char *path,
                GCancellable *cancellable,
                GError **error)
{
  return write_file (station, &fids, NULL, how, path, cancellable, error);
}

gboolean
lz_export_cases (LzStation *station,
                 const LzCaseQuery *query,
                 const LzExport *how,
                 const char *path,
                 gint64 *n_cases,
                 GCancellable *cancellable,
                 GError **error)
{
  g_autoptr (GArray) fids = NULL;

  if (!write_file (station, &fids, query, how, path, cancellable, error))
    return FALSE;
  if (n_cases != NULL)
    *n_cases = fids->len;
  return TRUE;
}
