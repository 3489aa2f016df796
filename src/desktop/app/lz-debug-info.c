/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-debug-info.h"

#include <adwaita.h>
#include <shumate/shumate.h>

#include "lz-db.h"

static void
add_settings (GString *text, GSettings *settings)
{
  g_autoptr (GSettingsSchema) schema = NULL;
  g_auto (GStrv) keys = NULL;

  g_object_get (settings, "settings-schema", &schema, NULL);
  keys = g_settings_schema_list_keys (schema);
  for (guint i = 0; keys[i] != NULL; i++)
    {
      g_autoptr (GVariant) value = g_settings_get_user_value (settings, keys[i]);
      g_autofree char *printed = value != NULL ? g_variant_print (value, FALSE) : NULL;

      /* A key to an online map is a secret. */
      if (printed != NULL)
        g_string_append_printf (text, "  %s: %s\n", keys[i],
                                g_str_has_suffix (keys[i], "-key") ? "(set)" : printed);
    }
}

char *
lz_debug_info_dup (GSettings *settings, const char *station_dir)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *os = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);
  GdkDisplay *display = gdk_display_get_default ();

  g_string_append_printf (text, "Luzhang %s\n", LZ_VERSION);
  g_string_append_printf (text, "OS: %s\n", os != NULL ? os : "?");
  g_string_append_printf (text, "GLib %u.%u.%u (built with %d.%d.%d)\n", glib_major_version,
                          glib_minor_version, glib_micro_version, GLIB_MAJOR_VERSION,
                          GLIB_MINOR_VERSION, GLIB_MICRO_VERSION);
  g_string_append_printf (text, "GTK %u.%u.%u (built with %d.%d.%d)\n", gtk_get_major_version (),
                          gtk_get_minor_version (), gtk_get_micro_version (), GTK_MAJOR_VERSION,
                          GTK_MINOR_VERSION, GTK_MICRO_VERSION);
  g_string_append_printf (text, "libadwaita %u.%u.%u\n", adw_get_major_version (),
                          adw_get_minor_version (), adw_get_micro_version ());
  g_string_append_printf (text, "libshumate %d.%d.%d\n", SHUMATE_MAJOR_VERSION,
                          SHUMATE_MINOR_VERSION, SHUMATE_MICRO_VERSION);
  g_string_append_printf (text, "SQLite %s\n", lz_db_get_library_version ());
  g_string_append_printf (text, "Display: %s\n",
                          display != NULL ? G_OBJECT_TYPE_NAME (display) : "none");
  g_string_append_printf (text, "Languages: %s\n", g_get_language_names ()[0]);
  g_string_append_printf (text, "Station: %s\n", station_dir);
  g_string_append (text, "Settings that differ:\n");
  add_settings (text, settings);

  return g_string_free (g_steal_pointer (&text), FALSE);
}
