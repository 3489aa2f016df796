/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lz-csv.h"
#include "lz-point.h"
#include "lz-source.h"
#include "lz-station.h"

G_BEGIN_DECLS

typedef enum
{
  LZ_CSV_ID,
  LZ_CSV_TYPE,
  LZ_CSV_OPENED,
  LZ_CSV_DUE,
  LZ_CSV_CLOSED,
  LZ_CSV_LAT,
  LZ_CSV_LON,
  LZ_CSV_TEXT,
  LZ_CSV_ADDRESS,
  LZ_CSV_SOURCE,
  LZ_CSV_N_COLUMNS
} LzCsvColumn;

/**
 * LzCsvMap:
 * @name: of the source
 * @columns: where each is in the file, -1 = not there
 * @types: type → category code; "" = leave such rows out
 * @sources: word of the file → #LzSource
 * @fallback: (nullable): code for types that are not listed
 * @format: of times, as lz_csv_parse_time() takes it
 * @on_streets: put the cases on the station's own roads, each always at the same place
 * @lat_shift: degrees to add
 * @lon_shift: degrees to add
 *
 * A mapping, read.
 */
typedef struct
{
  char *name;
  int columns[LZ_CSV_N_COLUMNS];
  GHashTable *types;
  GHashTable *sources;
  char *fallback;
  char *format;
  GTimeZone *zone;
  gboolean on_streets;
  double lat_shift;
  double lon_shift;
} LzCsvMap;

LzCsvMap *
lz_csv_map_load (const char *path, const LzCsv *csv, const LzCatalogue *catalogue, GError **error);
void lz_csv_map_free (LzCsvMap *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LzCsvMap, lz_csv_map_free)

/* A type as it is looked up: how many spaces there are between words does not count. */
char *lz_csv_dup_type (const char *text);

/* Who found the problem, of a word of the file: as the mapping says, else one of our own words,
 * else %LZ_SOURCE_OTHER; of no word our own people. */
LzSource lz_csv_map_find_source (const LzCsvMap *self, const char *word);

/* Takes %Y %m %d %H %I %M %S %p %% and literal characters, or "iso" for ISO 8601; the same in every
 * locale. */
gboolean lz_csv_parse_time (const char *text, const char *format, GTimeZone *zone, gint64 *time_ms);

G_END_DECLS
