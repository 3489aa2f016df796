/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LzSource:
 * @LZ_SOURCE_OWN: the office's own people saw it, 巡查上报
 *
 * Where a case came from, domain §2.  The numbers are stored: append only.
 */
typedef enum
{
  LZ_SOURCE_OWN = 0,
  LZ_SOURCE_HOTLINE = 1,    /* 12319, 12345 */
  LZ_SOURCE_PUBLIC = 2,     /* 公众举报, 随手拍 */
  LZ_SOURCE_LEADER = 3,     /* 领导批示 */
  LZ_SOURCE_VIDEO = 4,      /* 视频上报 */
  LZ_SOURCE_DEPARTMENT = 5, /* 部门批转 */
  LZ_SOURCE_MEDIA = 6,      /* 媒体曝光 */
  LZ_SOURCE_OTHER = 7,
  LZ_N_SOURCES
} LzSource;

/* "own", "hotline", "public", "leader", "video", "department", "media", "other". */
const char *lz_source_to_string (LzSource source);
/* NULL and "" are %LZ_SOURCE_OWN, a word that we do not know is %LZ_SOURCE_OTHER. */
LzSource lz_source_from_string (const char *text);
/* Only the words above, for what people enter. */
gboolean lz_source_parse (const char *text, LzSource *source);
const char *lz_source_label (LzSource source);
/* As a body says it: %NULL for %LZ_SOURCE_OWN. */
char *lz_source_dup_word (LzSource source);

G_END_DECLS
