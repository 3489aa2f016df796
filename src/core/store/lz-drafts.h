/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-event.h"
#include "lz-station.h"

G_BEGIN_DECLS

/**
 * LzDraft:
 * @id: 0 = not saved yet
 * @batch: number of the intake it came with; 0 = by hand
 * @body: what has been entered so far: category, place, road, text, photos …
 * @fixed_on_spot: to be logged as 即查即改 (case.self_handled)
 * @note: (nullable): what the user should look at, e.g. "placed by time between neighbours"
 *
 * A case being written.  Saved at each pause, so that closing the app loses none.
 */
typedef struct
{
  gint64 id;
  gint64 batch;
  gint64 created_ms;
  gint64 changed_ms;
  LzBody *body;
  gboolean fixed_on_spot;
  char *note;
} LzDraft;

LzDraft *lz_draft_new (void);
LzDraft *lz_draft_copy (const LzDraft *self);
void lz_draft_free (LzDraft *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzDraft, lz_draft_free)

gboolean lz_drafts_save (LzStation *station, LzDraft *draft, GError **error);
gboolean lz_drafts_remove (LzStation *station, gint64 id, GError **error);
GPtrArray *lz_drafts_list (LzStation *station, GError **error);
LzDraft *lz_drafts_load (LzStation *station, gint64 id, GError **error);

/* What was left out of an intake, one line for each file, translated. */
typedef struct
{
  guint n_files;
  guint n_photos;
  guint n_known; /* the same photo was here before */
  guint n_drafts;
  GPtrArray *skipped; /* "name: reason" */
  GArray *drafts;     /* gint64 ids */
} LzIntakeReport;

void lz_intake_report_free (LzIntakeReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzIntakeReport, lz_intake_report_free)

typedef void (*LzIntakeProgress) (guint done, guint total, gpointer data);

/* Takes in files and folders: originals stored, grouped into drafts, snapped to roads.  Files that
 * are no photos are named in the report; the rest goes through.  Each file is durable as it is
 * done, so that a crash loses nothing and a second run is idempotent. */
LzIntakeReport *lz_intake_run (LzStation *station,
                               const char *const *paths,
                               gint64 clock_shift_ms,
                               LzIntakeProgress progress,
                               gpointer progress_data,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS
