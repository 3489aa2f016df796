/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-csv-map.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *key;
  gboolean needed;
} column_keys[LZ_CSV_N_COLUMNS] = {
  [LZ_CSV_ID] = { "id", FALSE },           [LZ_CSV_TYPE] = { "type", TRUE },
  [LZ_CSV_OPENED] = { "opened", TRUE },    [LZ_CSV_DUE] = { "due", FALSE },
  [LZ_CSV_CLOSED] = { "closed", FALSE },   [LZ_CSV_LAT] = { "lat", FALSE },
  [LZ_CSV_LON] = { "lon", FALSE },         [LZ_CSV_TEXT] = { "text", FALSE },
  [LZ_CSV_ADDRESS] = { "address", FALSE }, [LZ_CSV_SOURCE] = { "source", FALSE },
};

void
lz_csv_map_free (LzCsvMap *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_free (self->fallback);
  g_free (self->format);
  g_clear_pointer (&self->types, g_hash_table_unref);
  g_clear_pointer (&self->sources, g_hash_table_unref);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_free (self);
}

static gboolean
set_invalid (GError **error, const char *group, const char *key, const char *problem)
{
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("The mapping is wrong: [%s] %s: %s"), group,
               key, problem);
  return FALSE;
}

char *
lz_csv_dup_type (const char *text)
{
  g_auto (GStrv) words = g_strsplit_set (text, " \t", -1);
  GString *joined = g_string_new (NULL);

  for (char **word = words; *word != NULL; word++)
    if (**word != '\0')
      g_string_append_printf (joined, "%s%s", joined->len > 0 ? " " : "", *word);
  return g_string_free (joined, FALSE);
}

static gboolean
read_columns (LzCsvMap *self, GKeyFile *file, const LzCsv *csv, GError **error)
{
  for (guint i = 0; i < LZ_CSV_N_COLUMNS; i++)
    {
      g_autofree char *name = g_key_file_get_string (file, "columns", column_keys[i].key, NULL);

      self->columns[i] = name != NULL ? lz_csv_find_column (csv, name) : -1;
      if (name == NULL && column_keys[i].needed)
        return set_invalid (error, "columns", column_keys[i].key, _ ("is missing"));
      if (name != NULL && self->columns[i] < 0)
        {
          g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("The file has no column “%s”."), name);
          return FALSE;
        }
    }
  return TRUE;
}

static gboolean
read_time (LzCsvMap *self, GKeyFile *file, GError **error)
{
  g_autofree char *zone = g_key_file_get_string (file, "time", "zone", NULL);

  self->format = g_key_file_get_string (file, "time", "format", NULL);
  if (self->format == NULL)
    self->format = g_strdup ("iso");
  self->zone = g_time_zone_new_identifier (zone != NULL ? zone : "Asia/Shanghai");
  return self->zone != NULL || set_invalid (error, "time", "zone", _ ("is no time zone"));
}

static gboolean
read_place (LzCsvMap *self, GKeyFile *file, GError **error)
{
  g_autofree char *mode = g_key_file_get_string (file, "place", "mode", NULL);

  if (mode != NULL && !g_str_equal (mode, "given") && !g_str_equal (mode, "streets"))
    return set_invalid (error, "place", "mode", _ ("must be “given” or “streets”"));
  self->on_streets = g_strcmp0 (mode, "streets") == 0;
  self->lat_shift = g_key_file_get_double (file, "place", "lat_shift", NULL);
  self->lon_shift = g_key_file_get_double (file, "place", "lon_shift", NULL);
  if (!self->on_streets && (self->columns[LZ_CSV_LAT] < 0 || self->columns[LZ_CSV_LON] < 0))
    return set_invalid (error, "columns", "lat, lon", _ ("is missing"));
  return TRUE;
}

static gboolean
add_type (LzCsvMap *self,
          const char *type,
          const char *code,
          const LzCatalogue *catalogue,
          GError **error)
{
  gboolean out = g_str_equal (code, "-");

  if (!out && lz_catalogue_find (catalogue, code) == NULL)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("There is no category “%s”."), code);
      return FALSE;
    }
  if (g_str_equal (type, "default"))
    self->fallback = g_strdup (out ? NULL : code);
  else
    g_hash_table_insert (self->types, lz_csv_dup_type (type), g_strdup (out ? "" : code));
  return TRUE;
}

static gboolean
read_types (LzCsvMap *self, GKeyFile *file, const LzCatalogue *catalogue, GError **error)
{
  g_auto (GStrv) types = g_key_file_get_keys (file, "types", NULL, NULL);

  self->types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; types != NULL && types[i] != NULL; i++)
    {
      g_autofree char *code = g_key_file_get_string (file, "types", types[i], error);

      if (code == NULL || !add_type (self, types[i], g_strstrip (code), catalogue, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_sources (LzCsvMap *self, GKeyFile *file, GError **error)
{
  g_auto (GStrv) words = g_key_file_get_keys (file, "sources", NULL, NULL);

  self->sources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      g_autofree char *key = g_key_file_get_string (file, "sources", words[i], error);
      LzSource source;

      if (key == NULL)
        return FALSE;
      if (!lz_source_parse (g_strstrip (key), &source))
        return set_invalid (error, "sources", words[i], _ ("is no source of cases"));
      g_hash_table_insert (self->sources, lz_csv_dup_type (words[i]), GUINT_TO_POINTER (source));
    }
  return TRUE;
}

LzSource
lz_csv_map_find_source (const LzCsvMap *self, const char *word)
{
  g_autofree char *key = lz_csv_dup_type (word);
  gpointer source;

  if (g_hash_table_lookup_extended (self->sources, key, NULL, &source))
    return (LzSource) GPOINTER_TO_UINT (source);
  return lz_source_from_string (key);
}

LzCsvMap *
lz_csv_map_load (const char *path, const LzCsv *csv, const LzCatalogue *catalogue, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (LzCsvMap) self = g_new0 (LzCsvMap, 1);
  g_autoptr (GError) failure = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &failure))
    {
      if (failure->domain == G_KEY_FILE_ERROR)
        g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "%s: %s", path, failure->message);
      else
        g_propagate_prefixed_error (error, g_steal_pointer (&failure), "%s: ", path);
      return NULL;
    }
  self->name = g_key_file_get_string (file, "import", "name", NULL);
  if (!read_columns (self, file, csv, error) || !read_time (self, file, error) ||
      !read_place (self, file, error) || !read_types (self, file, catalogue, error) ||
      !read_sources (self, file, error))
    return NULL;
  return g_steal_pointer (&self);
}

/* Up to @max digits. */
static gboolean
take_number (const char **text, guint max, int *value)
{
  guint n = 0;

  *value = 0;
  for (; n < max && g_ascii_isdigit (**text); n++, (*text)++)
    *value = *value * 10 + (**text - '0');
  return n > 0;
}

typedef struct
{
  int year, month, day, hour, minute, second;
  gboolean twelve; /* the hour is one of twelve */
  gboolean after_noon;
} Moment;

static gboolean
take_half (const char **text, Moment *moment)
{
  if (g_ascii_strncasecmp (*text, "am", 2) != 0 && g_ascii_strncasecmp (*text, "pm", 2) != 0)
    return FALSE;
  moment->after_noon = g_ascii_tolower (**text) == 'p';
  *text += 2;
  return TRUE;
}

static gboolean
take_part (const char **text, char letter, Moment *moment)
{
  switch (letter)
    {
    case 'Y':
      return take_number (text, 4, &moment->year);
    case 'm':
      return take_number (text, 2, &moment->month);
    case 'd':
      return take_number (text, 2, &moment->day);
    case 'I':
      moment->twelve = TRUE;
      return take_number (text, 2, &moment->hour);
    case 'H':
      return take_number (text, 2, &moment->hour);
    case 'M':
      return take_number (text, 2, &moment->minute);
    case 'S':
      return take_number (text, 2, &moment->second);
    case 'p':
      return take_half (text, moment);
    case '%':
      return *(*text)++ == '%';
    default:
      return FALSE;
    }
}

static GDateTime *
parse_by_format (const char *text, const char *format, GTimeZone *zone)
{
  Moment moment = { .month = 1, .day = 1 };

  for (const char *p = format; *p != '\0'; p++)
    {
      if (*p == '%' && p[1] != '\0')
        {
          if (!take_part (&text, *++p, &moment))
            return NULL;
        }
      else if (*text++ != *p)
        return NULL;
    }
  if (*text != '\0' || (moment.twelve && (moment.hour < 1 || moment.hour > 12)))
    return NULL;
  if (moment.twelve)
    moment.hour = moment.hour % 12 + (moment.after_noon ? 12 : 0);
  return g_date_time_new (zone, moment.year, moment.month, moment.day, moment.hour, moment.minute,
                          moment.second);
}

gboolean
lz_csv_parse_time (const char *text, const char *format, GTimeZone *zone, gint64 *time_ms)
{
  g_autoptr (GDateTime) time = g_str_equal (format, "iso")
                                   ? g_date_time_new_from_iso8601 (text, zone)
                                   : parse_by_format (text, format, zone);

  if (time == NULL)
    return FALSE;
  *time_ms = g_date_time_to_unix (time) * 1000;
  return TRUE;
}
