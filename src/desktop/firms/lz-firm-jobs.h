/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-firm-cases.h"
#include "lz-session.h"

G_BEGIN_DECLS

/*
 * What the window of the hauling firms reads and writes, each in one job of the store.
 */

/**
 * LzFirmFile:
 * @firms: (element-type LzFirm): those on file, with their credit of the year
 * @rules: limits and points
 * @cases: (nullable) (element-type LzFirmCase): of the firm that is open
 * @charges: (nullable) (element-type LzFirmCase): of it in the year
 * @events: (nullable) (element-type LzEvent): all that happened to it, in order
 */
typedef struct
{
  GPtrArray *firms;
  LzCreditRules *rules;
  GPtrArray *cases;
  GPtrArray *charges;
  GPtrArray *events;
} LzFirmFile;

void lz_firm_file_free (LzFirmFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzFirmFile, lz_firm_file_free)

/* @open: (nullable): the firm whose cases are wanted */
void lz_firm_file_read_async (LzSession *session,
                              int year,
                              const LzId *open,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
LzFirmFile *lz_firm_file_read_finish (GAsyncResult *result, GError **error);

/* The firm of this id, NULL if it is not on file. */
const LzFirm *lz_firm_file_find (const LzFirmFile *self, const LzId *id);

/* What is done to a firm. */
typedef enum
{
  LZ_FIRM_SAVE,      /* @facts; a nil @firm is a new one */
  LZ_FIRM_CHARGE,    /* @kase, @text: the rule */
  LZ_FIRM_BLACKLIST, /* @text: why; also of the following */
  LZ_FIRM_SPARE,
  LZ_FIRM_CLEAR,
  LZ_FIRM_RETIRE,
  LZ_FIRM_NAME,   /* in @kase; @text: the plate; a nil @firm takes the name back */
  LZ_FIRM_IMPORT, /* @text: the file */
} LzFirmDeed;

/* @facts: (nullable) (transfer full) */
void lz_firm_do_async (LzSession *session,
                       LzFirmDeed deed,
                       const LzId *firm,
                       const LzId *kase,
                       const char *text,
                       JsonObject *facts,
                       GAsyncReadyCallback callback,
                       gpointer user_data);
/* @made: (out) (optional): the firm that was put on file */
gboolean lz_firm_do_finish (GAsyncResult *result, LzId *made, GError **error);

/* Writes the firms and their credit into a file, as its ending says. */
void lz_firm_write_async (LzSession *session,
                          int year,
                          const char *path,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
gboolean lz_firm_write_finish (GAsyncResult *result, GError **error);

G_END_DECLS
