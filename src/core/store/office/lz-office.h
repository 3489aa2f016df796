/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-event.h"
#include "lz-rules.h"
#include "lz-station.h"

G_BEGIN_DECLS

/* The office's own data where it has put some (lz_station_set_reference()), else the built-in.
 * Small tables: read anew at each call. */

/* "rules.tsv" and "stages.tsv". */
LzRules *lz_office_load_rules (LzStation *station, GError **error);
GBytes *lz_office_dup_table (LzStation *station, const char *name, GError **error);

/* What the office itself says first, then "phrases.tsv": utf8. */
GPtrArray *
lz_office_list_phrases (LzStation *station, const char *category, LzKind kind, GError **error);

/* The act's name in "phrases.tsv" and in the office's own: without "case.". */
const char *lz_office_phrase_action (LzKind kind);

G_END_DECLS
