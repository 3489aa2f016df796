/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-tally.h"

G_BEGIN_DECLS

/* Private to tally/: which groups a case is in, by each way to set figures out. */

#define LZ_TALLY_VALUE_SIZE                                                                      \
  512                          /* holds every name of a unit, lz-canonical.c, with the dimension \
                                */
#define LZ_TALLY_MAX_GROUPS 16 /* of one case in one way to set out: chiefs of a road */

/* Pointers are into the case, the maps or @buffer. */
typedef struct
{
  char buffer[LZ_TALLY_VALUE_SIZE];
  const char *values[LZ_TALLY_MAX_GROUPS];
  guint n;
} LzTallyMembership;

/* Groups that do not depend on what is counted. */
void lz_tally_find_groups (LzTallyBy by,
                           const LzFigures *figures,
                           const LzTallyMaps *maps,
                           LzTallyMembership *members);
/* Those that do: of what happened at @at_ms. */
void lz_tally_find_time (LzTallyBy by,
                         const LzFigures *figures,
                         gint64 at_ms,
                         int offset_min,
                         LzTallyMembership *members);

G_END_DECLS
