/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-station.h"

G_BEGIN_DECLS

/**
 * SECTION: backup
 *
 * A backup is one file: a consistent copy of the station's database, which QGIS opens like any
 * GeoPackage, with the original photos in its table `backup_photo`.
 */

/* @done of @total bytes of photos; from the thread that runs the backup. */
typedef void (*LzBackupProgress) (gint64 done, gint64 total, gpointer data);

/**
 * lz_backup:
 * @station: a station; the app may go on working in it
 * @to: the file to make; one that is there already is replaced once the new one is whole
 * @n_missing: (out) (optional): photos that the station has lost and that are not in the backup
 * @progress: (nullable) (scope call): told how far it is
 * @progress_data: for @progress
 * @cancellable: (nullable): stops it, and leaves nothing
 * @error: (nullable): return location
 *
 * Every photo is hashed on its way.  Written to a temporary name beside @to, synced, renamed.
 *
 * Returns: %TRUE once the backup is durable
 */
gboolean lz_backup (LzStation *station,
                    const char *to,
                    guint *n_missing,
                    LzBackupProgress progress,
                    gpointer progress_data,
                    GCancellable *cancellable,
                    GError **error);

/**
 * lz_restore:
 * @from: a file of lz_backup()
 * @station_dir: the folder of the station to make
 * @replace: move a station that is there aside; without it, the folder must be missing or empty
 * @moved_to: (out) (optional) (transfer full) (nullable): where the old station is now
 * @cancellable: (nullable): stops it, and leaves nothing
 * @error: (nullable): %LZ_ERROR_INVALID if @from is damaged, cut off or no
 *   backup; %LZ_ERROR_CONSTRAINT if the folder is in the way; %LZ_ERROR_BUSY if the old station is
 *   open somewhere
 *
 * Checks the whole backup and builds the station under a temporary name first: nothing that was
 * there before is touched unless all went well.
 *
 * Returns: %TRUE once the station is durable
 */
gboolean lz_restore (const char *from,
                     const char *station_dir,
                     gboolean replace,
                     char **moved_to,
                     GCancellable *cancellable,
                     GError **error);

G_END_DECLS
