/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-station.h"

G_BEGIN_DECLS

/**
 * LzFindingLevel:
 * @LZ_FINDING_OK: this was looked at and is in order
 * @LZ_FINDING_NOTE: worth knowing, nothing to do
 * @LZ_FINDING_WARNING: nothing is lost, but somebody should look at it
 * @LZ_FINDING_DAMAGE: something is lost or wrong
 */
typedef enum
{
  LZ_FINDING_OK,
  LZ_FINDING_NOTE,
  LZ_FINDING_WARNING,
  LZ_FINDING_DAMAGE,
} LzFindingLevel;

/**
 * LzFinding:
 * @check: which check: "database", "schema", "geopackage", "projection", "feeds", "search",
 * "photos", "orphans", "leftovers", "sequence", "space" or "clock"; stable, for scripts
 * @text: what was found, a translated sentence
 *
 * One line of the doctor's report.
 */
typedef struct
{
  LzFindingLevel level;
  const char *check;
  char *text;
} LzFinding;

void lz_finding_free (LzFinding *self);

/* "ok", "note", "warning", "damage". */
const char *lz_finding_level_to_string (LzFindingLevel level);

/* Array of LzFinding.  Reads everything and changes nothing; also on a read-only connection and
 * while the app runs.  @verify_photos: read every photo and hash it again. */
GPtrArray *lz_doctor_run (LzStation *station, gboolean verify_photos, GError **error);

/* The worst level among findings of lz_doctor_run(). */
LzFindingLevel lz_doctor_worst (GPtrArray *findings);

/* Removes what interrupted work has left: temporary files, and photos older than @age_s seconds
 * that were stored but that no case, draft or list of photos knows.  Gives how many files. */
gboolean lz_doctor_clean (LzStation *station, guint age_s, guint *n_removed, GError **error);

G_END_DECLS
