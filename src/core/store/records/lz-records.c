/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-event-table.h"
#include "lz-record-projection.h"
#include "lz-records.h"
#include "lz-stmt.h"
#include "lz-wire.h"

#include <nettle/sha2.h>

/* clang-format off */
#define CONDITIONS                                                                                 \
  " WHERE (?1 = 0 OR type = ?1) AND (?2 = 0 OR (?2 >> state) & 1) AND (?3 IS NULL OR kind = ?3)"   \
  " AND (?4 IS NULL OR author = ?4) AND (?5 IS NULL OR road = ?5)"                                 \
  " AND (?6 = 0 OR until_at >= ?6) AND (?7 = 0 OR until_at < ?7)"                                  \
  " AND (?8 IS NULL OR (lat7 BETWEEN ?8 AND ?9 AND lon7 BETWEEN ?10 AND ?11))"                     \
  " AND (?13 IS NULL OR (instr (lower (facts), ?13) AND EXISTS (SELECT 1 FROM json_each (facts) AS f" \
  "  WHERE f.type = 'text' AND f.key <> 'kind' AND instr (lower (f.value), ?14))))"

static const char sql_list[] =
  "SELECT " LZ_RECORD_COLUMNS " FROM record" CONDITIONS " ORDER BY changed_at DESC, fid DESC LIMIT ?12 OFFSET ?15";

/* The same for one type: by its index. */
static const char sql_list_type[] =
  "SELECT " LZ_RECORD_COLUMNS " FROM record" CONDITIONS " AND type = ?1"
  " ORDER BY changed_at DESC, fid DESC LIMIT ?12 OFFSET ?15";

/* The same for one type on one road: by its index. */
static const char sql_list_on_road[] =
  "SELECT " LZ_RECORD_COLUMNS " FROM record INDEXED BY record_of_road" CONDITIONS
  " AND road = ?5 AND type = ?1 ORDER BY changed_at DESC, fid DESC LIMIT ?12";

static const char sql_count[] = "SELECT count(*) FROM record" CONDITIONS;

static const char sql_by_code[] =
  "SELECT " LZ_RECORD_COLUMNS " FROM record WHERE type = ?1 AND code = ?2 AND state <> 3 LIMIT 1";

static const char sql_photos[] =
  "SELECT p.event, p.sha256, p.role, p.size, p.taken_at, p.lat7, p.lon7 FROM record_photo AS p"
  " JOIN record AS r ON r.fid = p.record_fid WHERE r.id = ?1 ORDER BY p.position";
/* clang-format on */

/**
 * lz_records_load:
 * @station: a station
 * @id: of a record
 * @error: (nullable): %LZ_ERROR_NOT_FOUND if there is none
 *
 * Returns: (transfer full) (nullable): the record as it stands
 */
LzRecord *
lz_records_load (LzStation *station, const LzId *id, GError **error)
{
  g_autoptr (GError) failure = NULL;
  LzRecord *self = lz_record_projection_load (station, id, &failure);

  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));
  else if (self == NULL)
    g_set_error_literal (error, LZ_ERROR, LZ_ERROR_NOT_FOUND, "there is no such entry");
  return self;
}

/* ?13 as it would lie in JSON, to pass over most rows unread; ?14 as it is. */
static void
bind_text (LzStmt *stmt, const char *text)
{
  g_autofree char *lower = g_ascii_strdown (text, -1);
  g_autoptr (GString) quoted = g_string_new (NULL);

  lz_json_append_string (quoted, lower);
  g_string_truncate (quoted, quoted->len - 1);
  lz_stmt_bind_text (stmt, 13, quoted->str + 1);
  lz_stmt_bind_text (stmt, 14, lower);
}

static void
bind_query (LzStmt *stmt, const LzRecordQuery *query)
{
  sqlite3_bind_int (stmt, 1, query->type);
  sqlite3_bind_int64 (stmt, 2, query->states);
  lz_stmt_bind_text (stmt, 3, query->kind);
  lz_stmt_bind_text (stmt, 4, query->author);
  lz_stmt_bind_id (stmt, 5, &query->road);
  sqlite3_bind_int64 (stmt, 6, query->from_ms);
  sqlite3_bind_int64 (stmt, 7, query->until_ms);
  if (query->box != NULL)
    {
      sqlite3_bind_int (stmt, 8, query->box->south7);
      sqlite3_bind_int (stmt, 9, query->box->north7);
      sqlite3_bind_int (stmt, 10, query->box->west7);
      sqlite3_bind_int (stmt, 11, query->box->east7);
    }
  if (query->text != NULL && *query->text != '\0')
    bind_text (stmt, query->text);
}

static const char *
choose_list (const LzRecordQuery *query)
{
  if (query->type == LZ_RECORD_NONE)
    return sql_list;
  return lz_id_is_nil (&query->road) ? sql_list_type : sql_list_on_road;
}

/**
 * lz_records_list:
 * @station: a station
 * @query: which
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (element-type LzRecord) (nullable): the records, the last changed first
 */
GPtrArray *
lz_records_list (LzStation *station, const LzRecordQuery *query, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_record_free);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, choose_list (query), error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;
  bind_query (stmt, query);
  sqlite3_bind_int64 (stmt, 12, query->limit != 0 ? (gint64) query->limit : -1);
  sqlite3_bind_int64 (stmt, 15, query->skip);
  while (failure == NULL && lz_db_step (db, stmt, "reading entries", &failure))
    {
      LzRecord *record = lz_record_read (stmt, &failure);

      if (record != NULL)
        g_ptr_array_add (records, record);
    }
  return lz_stmt_ended (&failure, error) ? g_steal_pointer (&records) : NULL;
}

/**
 * lz_records_count:
 * @station: a station
 * @query: which; its limit and what it skips are not looked at
 * @n: (out): how many there are
 * @error: (nullable): return location
 *
 * Returns: %TRUE on success
 */
gboolean
lz_records_count (LzStation *station, const LzRecordQuery *query, gint64 *n, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_count, error);

  if (stmt == NULL)
    return FALSE;
  bind_query (stmt, query);
  if (!lz_db_step (db, stmt, "counting entries", error))
    return FALSE;
  *n = sqlite3_column_int64 (stmt, 0);
  return TRUE;
}

/**
 * lz_records_find_by_code:
 * @station: a station
 * @type: of the record
 * @code: its fact "code"
 * @error: (nullable): return location; unset if there is none
 *
 * Returns: (transfer full) (nullable): one that is not gone
 */
LzRecord *
lz_records_find_by_code (LzStation *station, LzRecordType type, const char *code, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_by_code, error);

  if (stmt == NULL)
    return NULL;
  sqlite3_bind_int (stmt, 1, type);
  lz_stmt_bind_text (stmt, 2, code);
  return lz_db_step (db, stmt, "looking for an entry", error) ? lz_record_read (stmt, error) : NULL;
}

/**
 * lz_records_list_photos:
 * @station: a station
 * @id: of a record
 * @error: (nullable): return location
 *
 * Returns: (transfer full) (element-type LzCasePhoto) (nullable): its photos in the order of its
 *   events
 */
GArray *
lz_records_list_photos (LzStation *station, const LzId *id, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (GArray) photos = g_array_new (FALSE, TRUE, sizeof (LzCasePhoto));
  g_autoptr (LzStmt) stmt = lz_db_borrow (db, sql_photos, error);
  g_autoptr (GError) failure = NULL;

  if (stmt == NULL)
    return NULL;
  lz_stmt_bind_id (stmt, 1, id);
  while (lz_db_step (db, stmt, "reading the photos of an entry", &failure))
    {
      LzCasePhoto photo = { .event = lz_stmt_column_id (stmt, 0) };

      if (sqlite3_column_bytes (stmt, 1) == LZ_SHA256_SIZE)
        memcpy (photo.photo.sha256, sqlite3_column_blob (stmt, 1), LZ_SHA256_SIZE);
      photo.photo.role = (LzPhotoRole) sqlite3_column_int (stmt, 2);
      photo.photo.size_bytes = sqlite3_column_int64 (stmt, 3);
      photo.photo.taken_ms = sqlite3_column_int64 (stmt, 4);
      photo.photo.place.lat7 = sqlite3_column_int (stmt, 5);
      photo.photo.place.lon7 = sqlite3_column_int (stmt, 6);
      g_array_append_val (photos, photo);
    }
  return lz_stmt_ended (&failure, error) ? g_steal_pointer (&photos) : NULL;
}

/**
 * lz_records_make_id:
 * @feed: the office's
 * @type: of the record
 * @key: what there is one of in each office, such as a category
 *
 * Names a record that every station of an office must name alike without asking: a UUID of version
 * 8 (RFC 9562, section 5.8) from the SHA-256 of the three.
 *
 * Returns: the id
 */
LzId
lz_records_make_id (const char *feed, LzRecordType type, const char *key)
{
  g_autofree char *text =
      g_strdup_printf ("%s\n%s\n%s", feed, lz_record_type_to_string (type), key);
  guint8 digest[SHA256_DIGEST_SIZE];
  struct sha256_ctx ctx;
  LzId id;

  sha256_init (&ctx);
  sha256_update (&ctx, strlen (text), (const guint8 *) text);
  sha256_digest (&ctx, sizeof digest, digest);
  memcpy (id.bytes, digest, sizeof id.bytes);
  id.bytes[6] = (guint8) (0x80 | (id.bytes[6] & 0x0f));
  id.bytes[8] = (guint8) (0x80 | (id.bytes[8] & 0x3f));
  return id;
}
