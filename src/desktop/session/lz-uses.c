/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-uses.h"

#define USES_KEY "category-uses"

/**
 * lz_uses_load:
 * @station: a station
 *
 * Returns: (transfer full) (element-type utf8 guint): code → times used
 */
GHashTable *
lz_uses_load (LzStation *station)
{
  g_autofree char *text = lz_station_dup_setting (station, USES_KEY, "");
  g_auto (GStrv) pairs = g_strsplit (text, ";", -1);
  GHashTable *uses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; pairs[i] != NULL; i++)
    {
      char *sign = strchr (pairs[i], '=');
      guint64 n;

      if (sign != NULL && g_ascii_string_to_unsigned (sign + 1, 10, 1, G_MAXUINT32, &n, NULL))
        g_hash_table_replace (uses, g_strndup (pairs[i], (gsize) (sign - pairs[i])),
                              GUINT_TO_POINTER ((guint) n));
    }

  return uses;
}

gboolean
lz_uses_add (LzStation *station, const char *category, GError **error)
{
  g_autoptr (GHashTable) uses = lz_uses_load (station);
  g_autoptr (GString) text = g_string_new (NULL);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (uses, category));
  GHashTableIter iter;
  gpointer code, count;

  g_hash_table_replace (uses, g_strdup (category), GUINT_TO_POINTER (n + 1));
  g_hash_table_iter_init (&iter, uses);
  while (g_hash_table_iter_next (&iter, &code, &count))
    g_string_append_printf (text, "%s%s=%u", text->len > 0 ? ";" : "", (const char *) code,
                            GPOINTER_TO_UINT (count));

  return lz_station_set_setting (station, USES_KEY, text->str, error);
}
