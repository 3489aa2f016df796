/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The values of Exif tags as Exiv2 writes them out.  All of them are a camera's word: each function
 * takes any text.  Times are civil, as if they were UTC. */

gboolean lz_exif_parse_date (const char *text, gint64 *ms);
gboolean lz_exif_parse_time (const char *text, gint64 *ms);
/* Zeros, blanks or nothing between the separators: how a camera says that it does not know. */
gboolean lz_exif_is_blank_time (const char *text);
gboolean lz_exif_parse_offset (const char *text, int *minutes);
/* Milliseconds from the digits after the decimal point; 0 for anything else. */
gint64 lz_exif_parse_subsec (const char *text);
/* Up to @n rationals such as "30/1 27/1 169/10", not negative; those not given are 0. */
gboolean lz_exif_parse_rationals (const char *text, guint n, double *values);
gboolean lz_exif_is_wgs84 (const char *datum);

G_END_DECLS
