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

/**
 * LzIntakeReport:
 * @batch: the intake's number, for lz_intake_regroup()
 * @n_files: files looked at
 * @n_photos: photos put into drafts now
 * @n_known: photos that a draft or a case has already
 * @n_drafts: drafts made
 * @suggested_shift_ms: by how much the cameras' clocks are off the satellites'; 0 = they agree or
 *   cannot be compared
 * @skipped: (element-type utf8): "name: reason" of each file that is no photo, translated
 * @drafts: (element-type gint64): ids of the drafts made, in the order of time
 *
 * What became of the files of an intake.
 */
typedef struct
{
  gint64 batch;
  guint n_files;
  guint n_photos;
  guint n_known;
  guint n_drafts;
  gint64 suggested_shift_ms;
  GPtrArray *skipped;
  GArray *drafts;
} LzIntakeReport;

void lz_intake_report_free (LzIntakeReport *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzIntakeReport, lz_intake_report_free)

typedef void (*LzIntakeProgress) (guint done, guint total, gpointer data);

LzIntakeReport *lz_intake_run (LzStation *station,
                               const char *const *paths,
                               gint64 clock_shift_ms,
                               int offset_min,
                               LzIntakeProgress progress,
                               gpointer progress_data,
                               GCancellable *cancellable,
                               GError **error);

LzIntakeReport *
lz_intake_regroup (LzStation *station, gint64 batch, gint64 clock_shift_ms, GError **error);
gboolean lz_intake_recover (LzStation *station, GError **error);

G_END_DECLS
