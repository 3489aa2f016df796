/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-phrases-edit.h"
#include "lz-records-act.h"
#include "lz-records.h"

#include <glib/gi18n-lib.h>

/* The same words for the same act are one record on every station. */
static LzId
make_phrase_id (LzStation *station, const char *category, LzKind kind, const char *words)
{
  g_autofree char *key = g_strdup_printf ("%s\n%s\n%s", category != NULL ? category : "*",
                                          lz_office_phrase_action (kind), words);

  return lz_records_make_id (lz_station_get_feed (station), LZ_RECORD_PHRASE, key);
}

/**
 * lz_office_add_phrase:
 * @station: a station
 * @category: (nullable): "T01-06", "T01"; %NULL = for any category
 * @kind: the act that they are for
 * @words: what to say
 * @error: (nullable): %LZ_ERROR_REFUSED if the station's person may not; %LZ_ERROR_INVALID without
 *   words
 *
 * Returns: %TRUE once it is durable
 */
gboolean
lz_office_add_phrase (LzStation *station,
                      const char *category,
                      LzKind kind,
                      const char *words,
                      GError **error)
{
  g_autoptr (JsonObject) facts = json_object_new ();
  LzId id;

  if (words == NULL || *words == '\0')
    {
      g_set_error_literal (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("A template needs words."));
      return FALSE;
    }
  id = make_phrase_id (station, category, kind, words);
  json_object_set_string_member (facts, "kind", lz_office_phrase_action (kind));
  json_object_set_string_member (facts, "words", words);
  if (category != NULL)
    json_object_set_string_member (facts, "category", category);
  return lz_records_act (station, "phrase.set", &id, facts, NULL, NULL, error);
}

/* Takes one of the office's own back; the built-in ones stay. */
gboolean
lz_office_remove_phrase (LzStation *station,
                         const char *category,
                         LzKind kind,
                         const char *words,
                         GError **error)
{
  LzId id = make_phrase_id (station, category, kind, words);

  return lz_records_act (station, "phrase.removed", &id, NULL, NULL, NULL, error);
}
