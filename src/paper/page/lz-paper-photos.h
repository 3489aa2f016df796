/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-paper.h"
#include "lz-station.h"

G_BEGIN_DECLS

/* The longer side of a photo in pixels: the widest frame that papers have, 84 mm, at 200 dpi. */
#define LZ_PAPER_PHOTO_PIXELS 660

/**
 * LzPaperPhotos:
 *
 * Photos on their way to a paper: each is scaled once to the size of print, in several threads, and
 * kept so.  One thread.
 */
typedef struct _LzPaperPhotos LzPaperPhotos;

LzPaperPhotos *lz_paper_photos_new (LzBlobs *blobs);
void lz_paper_photos_free (LzPaperPhotos *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzPaperPhotos, lz_paper_photos_free)

/* @hash: (nullable): in hexadecimal; %NULL = there is no photo here. */
void lz_paper_photos_add (LzPaperPhotos *self, const char *hash, const char *caption);

/* Makes the previews that are missing.  A photo that is not here or broken is no error: the paper
 * says so in its place.  FALSE: cancelled. */
gboolean lz_paper_photos_make (LzPaperPhotos *self, GCancellable *cancellable, GError **error);

/* As many as were added, in their order; lent. */
const LzPaperPhoto *lz_paper_photos_get (const LzPaperPhotos *self);

/* The preview of one photo, and in words why there is none.  Blocks; any thread.  FALSE: cancelled.
 */
gboolean lz_paper_ensure_photo (LzBlobs *blobs,
                                const guint8 sha256[32],
                                char **path,
                                char **missing,
                                GCancellable *cancellable,
                                GError **error);

G_END_DECLS
