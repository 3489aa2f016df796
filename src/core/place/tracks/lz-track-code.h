/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-track-clean.h"

G_BEGIN_DECLS

/** LZ_TRACK_CODE_MAX_BYTES: a track as text is no longer, so that it fits into an event. */
#define LZ_TRACK_CODE_MAX_BYTES (96 * 1024)

char *lz_track_code_write (const LzCleanTrack *track, gsize max_bytes);
LzCleanTrack *lz_track_code_read (const char *text);

G_END_DECLS
