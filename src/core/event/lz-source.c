/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-event"

#include "config.h"

#include "lz-source.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const struct
{
  const char *key;
  const char *label;
} sources[LZ_N_SOURCES] = {
  [LZ_SOURCE_OWN] = { "own", N_ ("Own patrols") },
  [LZ_SOURCE_HOTLINE] = { "hotline", N_ ("Hotline") },
  [LZ_SOURCE_PUBLIC] = { "public", N_ ("Citizens") },
  [LZ_SOURCE_LEADER] = { "leader", N_ ("Leaders’ instructions") },
  [LZ_SOURCE_VIDEO] = { "video", N_ ("Video") },
  [LZ_SOURCE_DEPARTMENT] = { "department", N_ ("Passed on by a department") },
  [LZ_SOURCE_MEDIA] = { "media", N_ ("Media") },
  [LZ_SOURCE_OTHER] = { "other", N_ ("Another source") },
};

const char *
lz_source_to_string (LzSource source)
{
  g_return_val_if_fail ((guint) source < LZ_N_SOURCES, NULL);

  return sources[source].key;
}

LzSource
lz_source_from_string (const char *text)
{
  LzSource source;

  if (text == NULL || *text == '\0')
    return LZ_SOURCE_OWN;
  return lz_source_parse (text, &source) ? source : LZ_SOURCE_OTHER;
}

gboolean
lz_source_parse (const char *text, LzSource *source)
{
  g_return_val_if_fail (text != NULL && source != NULL, FALSE);

  for (guint i = 0; i < LZ_N_SOURCES; i++)
    if (strcmp (text, sources[i].key) == 0)
      {
        *source = (LzSource) i;
        return TRUE;
      }
  return FALSE;
}

const char *
lz_source_label (LzSource source)
{
  g_return_val_if_fail ((guint) source < LZ_N_SOURCES, NULL);

  return _ (sources[source].label);
}

char *
lz_source_dup_word (LzSource source)
{
  return source != LZ_SOURCE_OWN ? g_strdup (lz_source_to_string (source)) : NULL;
}
