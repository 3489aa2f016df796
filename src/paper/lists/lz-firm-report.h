/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-firms.h"

G_BEGIN_DECLS

/**
 * lz_firm_report_write:
 * @station: a station
 * @year: whose credit
 * @path: the file; its ending says how: .xlsx, .csv, .json or .pdf
 * @cancellable: (nullable): stops it, and leaves nothing
 * @error: (nullable): %LZ_ERROR_INVALID for another ending
 *
 * Writes the hauling firms with their vehicles and their credit, and the charges of the year; into
 * CSV the firms alone, as lz_firms_import() reads them back.  Blocks.
 *
 * Returns: %TRUE once the file is durable
 */
gboolean lz_firm_report_write (LzStation *station,
                               int year,
                               const char *path,
                               GCancellable *cancellable,
                               GError **error);

G_END_DECLS
