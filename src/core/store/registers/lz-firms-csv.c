/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hauling firms from CSV files. */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-csv.h"
#include "lz-firm-cases.h"
#include "lz-log.h"
#include "lz-stmt.h"

#include <glib/gi18n-lib.h>

/* The facts and the heads of their columns in the files that we write. */
static const struct
{
  const char *key;
  const char *title;
} texts[] = {
  { "name", N_ ("Firm") },
  { "licence", N_ ("Licence") },
  { "keeper", N_ ("Person in charge") },
  { "phone", N_ ("Telephone") },
};

static const char plates_title[] = N_ ("Vehicles");

static int
find_column (LzCsv *csv, const char *key, const char *title)
{
  int column = lz_csv_find_column (csv, key);

  return column >= 0 ? column : lz_csv_find_column (csv, _ (title));
}

static gboolean
has_plates (const LzRecord *record, char *const *plates)
{
  JsonArray *known = lz_record_get_list (record, "plates");
  guint n = known != NULL ? json_array_get_length (known) : 0;

  if (n != g_strv_length ((char **) plates))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (g_strcmp0 (json_array_get_string_element (known, i), plates[i]) != 0)
      return FALSE;
  return TRUE;
}

/* What the row says that the firm on file, if there is one, does not. */
static JsonObject *
read_row (LzCsv *csv, const LzFirm *known)
{
  JsonObject *facts = json_object_new ();
  int column = find_column (csv, "plates", plates_title);
  g_auto (GStrv) plates = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const char *text = lz_csv_get (csv, find_column (csv, texts[i].key, texts[i].title));

      if (*text != '\0' &&
          (known == NULL ||
           g_strcmp0 (lz_record_get_text (known->record, texts[i].key), text) != 0))
        json_object_set_string_member (facts, texts[i].key, text);
    }
  if (*lz_csv_get (csv, column) == '\0')
    return facts;
  plates = g_strsplit_set (lz_csv_get (csv, column), " ;、,", -1);
  if (known == NULL || !has_plates (known->record, plates))
    {
      JsonArray *list = json_array_new ();

      for (guint i = 0; plates[i] != NULL; i++)
        if (*plates[i] != '\0')
          json_array_add_string_element (list, plates[i]);
      json_object_set_array_member (facts, "plates", list);
    }
  return facts;
}

static gboolean
import_row (LzStation *station, LzCsv *csv, LzFirmImport *report, GError **error)
{
  const char *name = lz_csv_get (csv, find_column (csv, texts[0].key, texts[0].title));
  g_autoptr (GError) failure = NULL;
  g_autoptr (LzFirm) known = NULL;
  g_autoptr (JsonObject) facts = NULL;

  report->n_rows++;
  if (*name == '\0')
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("Row %u names no firm."),
                   lz_csv_get_row (csv));
      return FALSE;
    }
  known = lz_firms_find (station, name, lz_firms_get_year (station), &failure);
  if (known == NULL && !g_error_matches (failure, LZ_ERROR, LZ_ERROR_NOT_FOUND))
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  facts = read_row (csv, known);
  if (known != NULL && json_object_get_size (facts) == 0)
    {
      report->n_same++;
      return TRUE;
    }
  if (known != NULL)
    report->n_changed++;
  else
    report->n_new++;
  return lz_firms_save (station, known != NULL ? &known->record->id : NULL, facts, NULL, error);
}

static gboolean
import_rows (LzStation *station, LzCsv *csv, LzFirmImport *report, GError **error)
{
  g_autoptr (GError) failure = NULL;

  while (lz_csv_next (csv, &failure))
    if (!import_row (station, csv, report, error))
      return FALSE;
  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

gboolean
lz_firms_import (LzStation *station, const char *path, LzFirmImport *report, GError **error)
{
  LzDb *db = lz_station_get_db (station);
  g_autoptr (LzCsv) csv = lz_csv_open (path, error);

  *report = (LzFirmImport){ 0 };
  if (csv == NULL)
    return FALSE;
  if (find_column (csv, texts[0].key, texts[0].title) < 0)
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("The file has no column “name”."));
      return FALSE;
    }
  if (!lz_db_begin (db, error))
    return FALSE;
  if (import_rows (station, csv, report, error))
    return lz_db_commit (db, error);
  lz_db_rollback (db);
  return FALSE;
}
