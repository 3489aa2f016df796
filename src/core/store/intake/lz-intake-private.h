/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-drafts.h"
#include "lz-photos-private.h"

G_BEGIN_DECLS

/**
 * LzIntakeFile:
 * @path: of the file
 * @name: how the report names it: below the folder that was given; UTF-8
 *
 * A file to take in.
 */
typedef struct
{
  char *path;
  char *name;
} LzIntakeFile;

/* All files in @paths and in the folders among them, sorted.  What cannot be opened is named in
 * @skipped.  Array of LzIntakeFile. */
GPtrArray *
lz_intake_list_files (const char *const *paths, GPtrArray *skipped, GCancellable *cancellable);

LzIntakeReport *lz_intake_report_new (void);

/* SHA-256 (32 bytes, as GBytes) of every photo that a draft names. */
GHashTable *lz_intake_load_draft_photos (LzDb *db, GError **error);
/* Whether a draft or an event has it already. */
gboolean lz_intake_is_in_use (LzDb *db,
                              GHashTable *draft_photos,
                              const guint8 sha256[LZ_SHA256_SIZE],
                              gboolean *in_use,
                              GError **error);

/* Marks a photo that is here as waiting for its draft. */
gboolean
lz_intake_mark (LzDb *db, const guint8 sha256[LZ_SHA256_SIZE], gint64 batch, GError **error);

/* Puts the waiting photos of @batch into drafts, in one transaction.  Adds to @report. */
gboolean lz_intake_group (LzStation *station, gint64 batch, LzIntakeReport *report, GError **error);

/* Held while an intake runs, so that nobody takes its waiting photos for those of one that was cut
 * short.  -1: could not be had. */
int lz_intake_lock (LzStation *station, gboolean exclusive);
void lz_intake_unlock (int lock);

G_END_DECLS
