/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lz_pinyin_initials:
 * @text: any text
 *
 * Gives the initial letter of each Chinese character's reading, and Latin letters and digits as
 * they are, in lower case; anything else is left out: "行道树" gives "xds".  Characters with
 * several readings follow a table of words (多音字); the table of characters is made with ICU at
 * build time.
 *
 * Returns: (transfer full): the initials
 */
char *lz_pinyin_initials (const char *text);

G_END_DECLS
