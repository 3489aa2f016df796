/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Dates of the Gregorian calendar as days since 1970-01-01, in integers only.  No zone: the caller
 * adds the offset first. */

/* Division and remainder that round down, also below zero. */
static inline gint64
lz_floor_div (gint64 a, gint64 b)
{
  return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

static inline gint64
lz_floor_mod (gint64 a, gint64 b)
{
  return a - lz_floor_div (a, b) * b;
}

/* Whether a date exists, in the years 1 to 9999. */
gboolean lz_civil_is_valid (int year, int month, int day);

/* Days from 1970-01-01 to a date; negative before it. */
gint64 lz_civil_to_days (int year, int month, int day);

/* The date that many days after 1970-01-01. */
void lz_civil_from_days (gint64 days, int *year, int *month, int *day);

/**
 * lz_civil_parse:
 * @text: "2026-02-14", exactly so
 *
 * Returns: whether @text is a date that exists; the out values are untouched otherwise
 */
gboolean lz_civil_parse (const char *text, int *year, int *month, int *day);

G_END_DECLS
