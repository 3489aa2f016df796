/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-station.h"

G_BEGIN_DECLS

typedef enum
{
  LZ_FINDING_OK,
  LZ_FINDING_NOTE,
  LZ_FINDING_WARNING,
  LZ_FINDING_DAMAGE,
} LzFindingLevel;

/**
 * LzFinding: one line of the doctor's report, translated.
 */
typedef struct
{
  LzFindingLevel level;
  const char *check; /* stable key: "database", "projection", "photos", "orphans", "sequence" … */
  char *text;
} LzFinding;

void lz_finding_free (LzFinding *self);

/* Array of LzFinding.  Reads everything; any station, also while the app runs. */
GPtrArray *lz_doctor_run (LzStation *station, gboolean verify_photos, GError **error);

/* Makes every projection anew from the log. */
gboolean lz_rebuild (LzStation *station, GError **error);

/* A backup is one folder: a consistent copy of the database and the photos it names. */
gboolean lz_backup (LzStation *station, const char *to, GCancellable *cancellable, GError **error);
gboolean lz_restore (const char *from, const char *station_dir, GError **error);

G_END_DECLS
