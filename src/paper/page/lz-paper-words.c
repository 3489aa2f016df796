/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-actor.h"
#include "lz-divisions.h"
#include "lz-office.h"
#include "lz-paper-words.h"
#include "lz-roads.h"
#include "lz-tsv.h"

#include <glib/gi18n-lib.h>
#include <stdarg.h>
#include <string.h>

#define TABLE "papers.tsv"

enum
{
  KEY,
  CHINESE,
  ENGLISH,
};

static const char *const columns[] = { "key", "zh_CN", "en", NULL };

struct _LzPaperWords
{
  GHashTable *sentences;
  GHashTable *people;
  char *office;
  char *division;
  char *feed;
};

void
lz_paper_words_free (LzPaperWords *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->sentences, g_hash_table_unref);
  g_clear_pointer (&self->people, g_hash_table_unref);
  g_free (self->office);
  g_free (self->division);
  g_free (self->feed);
  g_free (self);
}

/* The language in which gettext speaks, so that a paper is not in two. */
static guint
choose_language (void)
{
  const char *const *names = g_get_language_names ();

  return g_str_has_prefix (names[0], "zh") ? CHINESE : ENGLISH;
}

static gboolean
load_sentences (LzPaperWords *self, LzStation *station, GError **error)
{
  g_autoptr (GBytes) bytes = lz_office_dup_table (station, TABLE, error);
  g_autoptr (LzTsv) table = bytes != NULL ? lz_tsv_parse (bytes, columns, error) : NULL;
  guint language = choose_language ();

  if (table == NULL)
    {
      g_prefix_error (error, TABLE ": ");
      return FALSE;
    }
  self->sentences = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint row = 0; row < lz_tsv_get_n_rows (table); row++)
    {
      GString *text = g_string_new (lz_tsv_get (table, row, language));

      g_string_replace (text, "\\n", "\n", 0);
      g_hash_table_insert (self->sentences, lz_tsv_dup (table, row, KEY),
                           g_string_free (text, FALSE));
    }
  return TRUE;
}

static gboolean
load_people (LzPaperWords *self, LzStation *station, GError **error)
{
  g_autoptr (GPtrArray) people = lz_people_list (station, error);

  if (people == NULL)
    return FALSE;
  self->people = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint i = 0; i < people->len; i++)
    {
      const LzPerson *person = g_ptr_array_index (people, i);

      g_hash_table_insert (self->people, g_strdup (person->id), g_strdup (person->name));
    }
  return TRUE;
}

/* A feed that is in no table of divisions goes by its number. */
static gboolean
name_office (LzPaperWords *self, LzStation *station, GError **error)
{
  const char *feed = lz_station_get_feed (station);
  g_autoptr (GBytes) bytes = lz_station_dup_reference (station, "divisions.tsv", error);
  g_autoptr (LzDivisions) divisions = bytes != NULL ? lz_divisions_parse (bytes, error) : NULL;
  const LzDivision *division;
  const LzDivision *city;

  if (divisions == NULL)
    return FALSE;
  division = lz_divisions_find (divisions, feed);
  city = division != NULL && division->parent != NULL
             ? lz_divisions_find (divisions, division->parent)
             : NULL;
  self->feed = g_strdup (feed);
  self->division = g_strdup (division != NULL ? division->name : feed);
  self->office =
      lz_paper_words_dup (self,
                          g_str_has_suffix (self->division, "镇") ||
                                  g_str_has_suffix (self->division, "乡")
                              ? "office.town"
                              : "office",
                          "division", self->division, "city",
                          city != NULL ? city->name : lz_station_get_city (station), NULL);
  return TRUE;
}

LzPaperWords *
lz_paper_words_load (LzStation *station, GError **error)
{
  g_autoptr (LzPaperWords) self = g_new0 (LzPaperWords, 1);

  if (!load_sentences (self, station, error) || !load_people (self, station, error) ||
      !name_office (self, station, error))
    return NULL;
  return g_steal_pointer (&self);
}

char *
lz_paper_words_dup (const LzPaperWords *self, const char *key, ...)
{
  const char *sentence = g_hash_table_lookup (self->sentences, key);
  GString *out = g_string_new (NULL);
  va_list names;

  /* One pass, so that a value with braces in it stays what it is. */
  for (const char *p = sentence != NULL ? sentence : ""; *p != '\0';)
    {
      const char *name;
      gboolean found = FALSE;

      va_start (names, key);
      while (*p == '{' && !found && (name = va_arg (names, const char *)) != NULL)
        {
          const char *value = va_arg (names, const char *);
          gsize length = strlen (name);

          found = strncmp (p + 1, name, length) == 0 && p[length + 1] == '}';
          if (found)
            {
              g_string_append (out, value != NULL ? value : "");
              p += length + 2;
            }
        }
      va_end (names);
      if (!found)
        g_string_append_c (out, *p++);
    }
  return g_string_free (out, FALSE);
}

const char *
lz_paper_words_get_of_place (const LzPaperWords *self, const char *key)
{
  const char *sentence = NULL;

  /* Codes of divisions are longer the smaller the division. */
  for (gsize length = strlen (self->feed); length > 0 && sentence == NULL; length--)
    {
      g_autofree char *own = g_strdup_printf ("%s.%.*s", key, (int) length, self->feed);

      sentence = g_hash_table_lookup (self->sentences, own);
    }
  if (sentence == NULL)
    sentence = g_hash_table_lookup (self->sentences, key);
  return sentence != NULL ? sentence : "";
}

const char *
lz_paper_words_get_office (const LzPaperWords *self)
{
  return self->office;
}

const char *
lz_paper_words_get_division (const LzPaperWords *self)
{
  return self->division;
}

const char *
lz_paper_words_get_person (const LzPaperWords *self, const char *id)
{
  const char *name = id != NULL ? g_hash_table_lookup (self->people, id) : NULL;

  if (g_strcmp0 (id, LZ_RULE_ACTOR) == 0)
    return _ ("by the office's rules");
  return name != NULL ? name : id != NULL ? id : "";
}

char *
lz_paper_words_dup_time (const LzPaperWords *self, const char *key, gint64 at_ms)
{
  const char *format = g_hash_table_lookup (self->sentences, key);
  g_autoptr (GTimeZone) zone = g_time_zone_new_offset (LZ_STATION_UTC_OFFSET_MIN * 60);
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at_ms / 1000);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  if (at_ms == 0 || local == NULL || format == NULL)
    return g_strdup ("");
  return g_date_time_format (local, format);
}
