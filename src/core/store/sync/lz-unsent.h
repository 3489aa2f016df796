/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-station.h"

G_BEGIN_DECLS

/**
 * SECTION: unsent
 *
 * Work that the server does not have yet, as one file for a USB stick: an SQLite database with the
 * acts as canonical JSON (`unsent_event`) and the photos that they name (`unsent_photo`).  Taking
 * it in twice, or also sending it over the line later, changes nothing: acts have ids.
 */

/**
 * LzUnsent:
 * @n_events: acts in the file, or new here
 * @n_photos: photos in the file, or new here
 * @n_missing: photos that the station has lost and that are not in the file
 */
typedef struct
{
  guint n_events;
  guint n_photos;
  guint n_missing;
} LzUnsent;

/**
 * lz_unsent_export:
 * @station: a station
 * @to: the file to make; one that is there already is replaced once the new one is whole
 * @counts: (out): what is in it
 * @error: (nullable): return location
 *
 * What is written cannot be taken back from then on, as if it had been sent.
 *
 * Returns: %TRUE once the file is durable
 */
gboolean lz_unsent_export (LzStation *station, const char *to, LzUnsent *counts, GError **error);

/**
 * lz_unsent_import:
 * @station: a station of the same office; its person is a dispatcher or an administrator
 * @from: a file of lz_unsent_export()
 * @counts: (out): what was new
 * @error: (nullable): %LZ_ERROR_INVALID for another file or a damaged one, %LZ_ERROR_REFUSED for
 *   another office's
 *
 * Takes the work in; the next sync hands it in for its authors.
 *
 * Returns: %TRUE once it is durable; %FALSE and no act was taken
 */
gboolean lz_unsent_import (LzStation *station, const char *from, LzUnsent *counts, GError **error);

/* Stations whose work came here in files. */
GStrv lz_unsent_list_devices (LzStation *station);

G_END_DECLS
