/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-event-table.h"
#include "lz-roads.h"

G_BEGIN_DECLS

/* Farther from a road than this, a place is on none. */
#define LZ_ROADS_SNAP_M 60.0

gboolean lz_people_check (LzStation *station, const char *person, GError **error);
/* To be called in each transaction that changes roads or assignments, so that every process drops
 * what it keeps of them. */
gboolean lz_roads_bump_revision (LzStation *station, GError **error);

/* Steps of an import; within a transaction. */
gboolean lz_roads_save_shape (LzDb *db, const LzRoadShape *shape, const LzId *id, GError **error);
gboolean
lz_roads_replace_streets (LzDb *db, GPtrArray *streets, GCancellable *cancellable, GError **error);
gboolean lz_roads_update_contents (LzDb *db, GError **error);

/* NULL if the column holds no line. */
static inline LzLine *
lz_stmt_dup_line (LzStmt *stmt, int column)
{
  const void *data = sqlite3_column_blob (stmt, column);

  return lz_line_from_bytes (data, (gsize) sqlite3_column_bytes (stmt, column));
}

static inline void
lz_stmt_bind_line (LzStmt *stmt, int column, const LzLine *line)
{
  g_autoptr (GBytes) bytes = lz_line_to_bytes (line);
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  sqlite3_bind_blob (stmt, column, data, (int) size, SQLITE_TRANSIENT);
}

G_END_DECLS
