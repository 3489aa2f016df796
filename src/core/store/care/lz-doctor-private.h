/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-doctor.h"

G_BEGIN_DECLS

/**
 * LzDoctor: one visit.
 */
typedef struct
{
  LzStation *station;
  gboolean verify_photos;
  GPtrArray *findings; /* LzFinding */
} LzDoctor;

void
lz_doctor_add (LzDoctor *self, LzFindingLevel level, const char *check, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

/* At most so many findings of one kind are spelled out; the rest is counted. */
#define LZ_DOCTOR_MAX_NAMED 20

/* @wrong is set to "photos" if the rows of @sql, for ?1 = @fid, are not @photos (LzCasePhoto). */
gboolean lz_doctor_compare_photos (LzDoctor *self,
                                   const char *sql,
                                   gint64 fid,
                                   GArray *photos,
                                   const char **wrong,
                                   GError **error);
gboolean lz_doctor_compare_record (LzDoctor *self,
                                   const LzId *subject,
                                   GPtrArray *events,
                                   gboolean *is_record,
                                   const char **wrong,
                                   GError **error);

/* A check: FALSE with @error set if it could not be made. */
gboolean lz_doctor_check_cases (LzDoctor *self, GError **error);
gboolean lz_doctor_check_categories (LzDoctor *self, GError **error);
gboolean lz_doctor_check_feeds (LzDoctor *self, GError **error);
gboolean lz_doctor_check_search (LzDoctor *self, GError **error);
gboolean lz_doctor_check_photos (LzDoctor *self, GError **error);
gboolean lz_doctor_check_orphans (LzDoctor *self, GError **error);
gboolean lz_doctor_check_leftovers (LzDoctor *self, GError **error);

G_END_DECLS
