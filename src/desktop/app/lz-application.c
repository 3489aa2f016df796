/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-application.h"

#include <glib/gi18n.h>

#include "lz-debug-info.h"
#include "lz-frames.h"
#include "lz-start.h"
#include "lz-window.h"

struct _LzApplication
{
  AdwApplication parent_instance;

  GSettings *settings;
  char *station; /* from the command line, nullable */
};

G_DEFINE_FINAL_TYPE (LzApplication, lz_application, ADW_TYPE_APPLICATION)

static const struct
{
  const char *action;
  const char *accels[4];
} shortcuts[] = {
  { "app.quit", { "<Control>q" } },
  { "window.close", { "<Control>w" } },
  { "win.log", { "<Control>n" } },
  { "win.import-photos", { "<Control>i" } },
  { "win.import-folder", { "<Control><Shift>i" } },
  { "win.drafts", { "<Control>d" } },
  { "win.find", { "<Control>f" } },
  { "win.undo", { "<Control>z" } },
  { "win.sidebar", { "F9" } },
  { "win.next-step", { "<Control>Return", "<Control>KP_Enter" } },
  { "win.leave", { "Escape" } },
  { "win.page('tasks')", { "<Alt>1" } },
  { "win.page('map')", { "<Alt>2" } },
  { "win.page('cases')", { "<Alt>3" } },
  { "win.page('patrol')", { "<Alt>4" } },
  { "win.page('roads')", { "<Alt>5" } },
  { "win.page('bulletin')", { "<Alt>6" } },
  { "win.zoom(1)", { "<Control>plus", "<Control>equal", "<Control>KP_Add" } },
  { "win.zoom(-1)", { "<Control>minus", "<Control>KP_Subtract" } },
  { "win.zoom(0)", { "<Control>0", "<Control>Home" } },
  { "win.preferences", { "<Control>comma" } },
  { "win.sections", { "F6" } },
  { "win.routing", { "<Control><Shift>u" } },
  { "win.assets", { "<Control><Shift>a" } },
  { "win.campaigns", { "<Control><Shift>c" } },
  { "win.machine", { "<Shift>F1" } },
  { "sync.run", { "F5" } },
  { "sync.deliveries", { "<Control><Shift>d" } },
  { "win.show-help-overlay", { "<Control>question", "F1" } },
};

static char *
dup_station_dir (LzApplication *self)
{
  g_autofree char *chosen = g_settings_get_string (self->settings, "station");

  if (self->station != NULL)
    return g_canonicalize_filename (self->station, NULL);
  if (*chosen != '\0')
    return g_steal_pointer (&chosen);

  return g_build_filename (g_get_user_data_dir (), "luzhang", "station", NULL);
}

static void
window_mapped_cb (GtkWidget *window)
{
  g_log (LZ_START_DOMAIN, G_LOG_LEVEL_DEBUG, "window mapped");
  lz_frames_watch (window);
}

static LzWindow *
ensure_window (LzApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));
  GList *windows = gtk_application_get_windows (GTK_APPLICATION (self));
  g_autofree char *dir = NULL;
  LzWindow *made;

  for (; windows != NULL; windows = windows->next)
    if (LZ_IS_WINDOW (windows->data))
      window = windows->data;
  if (LZ_IS_WINDOW (window))
    return LZ_WINDOW (window);

  dir = dup_station_dir (self);
  made = lz_window_new (ADW_APPLICATION (self), dir);
  g_signal_connect (made, "map", G_CALLBACK (window_mapped_cb), NULL);
  return made;
}

static void
lz_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (ensure_window (LZ_APPLICATION (application))));
}

static void
lz_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  LzWindow *window = ensure_window (LZ_APPLICATION (application));
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  gtk_window_present (GTK_WINDOW (window));
  for (int i = 0; i < n_files; i++)
    if (g_file_peek_path (files[i]) != NULL)
      g_strv_builder_add (paths, g_file_peek_path (files[i]));
  list = g_strv_builder_end (paths);
  lz_window_take_paths (window, (const char *const *) list);
}

static int
lz_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("luzhang %s\n", LZ_VERSION);
      return 0;
    }

  g_variant_dict_lookup (options, "station", "^ay", &LZ_APPLICATION (application)->station);
  return -1;
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkApplication *application = user_data;
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (application));

  /* Each window saves what is being written as it closes; the last one ends the program. */
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

/* Of a notification: to the case, or with none to the tasks. */
static void
show_case_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LzWindow *window = ensure_window (user_data);
  LzId id;

  gtk_window_present (GTK_WINDOW (window));
  if (parameter != NULL && lz_id_parse (g_variant_get_string (parameter, NULL), &id))
    lz_window_show_case (window, &id);
  else
    lz_window_show_case (window, NULL);
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  LzApplication *self = user_data;
  GtkWindow *parent = gtk_application_get_active_window (GTK_APPLICATION (self));
  g_autofree char *dir = dup_station_dir (self);
  g_autofree char *debug = lz_debug_info_dup (self->settings, dir);

  adw_show_about_window (
      parent, "application-name", _ ("Luzhang"), "application-icon", LZ_APP_ID, "version",
      LZ_VERSION, "developer-name", _ ("The Luzhang maintainers"), "license-type",
      GTK_LICENSE_GPL_3_0, "comments",
      _ ("For the people who keep a city's streets in order: assigned roads on a map, problems "
         "logged with photos, followed until they are put right."),
      "translator-credits", _ ("translator-credits"), "debug-info", debug, "debug-info-filename",
      "luzhang-debug-info.txt", NULL);
}

static void
color_scheme_cb (LzApplication *self)
{
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      (AdwColorScheme) g_settings_get_enum (self->settings,
                                                                            "color-scheme"));
}

static void
lz_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {
    { .name = "quit", .activate = quit_cb },
    { .name = "about", .activate = about_cb },
    { .name = "show-case", .activate = show_case_cb, .parameter_type = "s" },
    { .name = "show-tasks", .activate = show_case_cb },
  };
  LzApplication *self = LZ_APPLICATION (application);

  G_APPLICATION_CLASS (lz_application_parent_class)->startup (application);

  /* GTK 4.8's GL renderer keeps a hinted glyph by the extents of the unhinted one, which cuts the
   * lowest strokes off: 于 reads 干. */
  g_object_set (gtk_settings_get_default (), "gtk-hint-font-metrics", TRUE, NULL);

  self->settings = g_settings_new (LZ_APP_ID);
  gtk_window_set_default_icon_name (LZ_APP_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (guint i = 0; i < G_N_ELEMENTS (shortcuts); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), shortcuts[i].action,
                                           shortcuts[i].accels);
  g_signal_connect_object (self->settings, "changed::color-scheme", G_CALLBACK (color_scheme_cb),
                           self, G_CONNECT_SWAPPED);
  color_scheme_cb (self);
}

LzApplication *
lz_application_new (void)
{
  return g_object_new (LZ_TYPE_APPLICATION, "application-id", LZ_APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, "resource-base-path", "/org/luzhang/Luzhang",
                       NULL);
}

static void
lz_application_finalize (GObject *object)
{
  LzApplication *self = LZ_APPLICATION (object);

  g_clear_object (&self->settings);
  g_free (self->station);

  G_OBJECT_CLASS (lz_application_parent_class)->finalize (object);
}

static void
lz_application_class_init (LzApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lz_application_finalize;
  application_class->activate = lz_application_activate;
  application_class->open = lz_application_open;
  application_class->startup = lz_application_startup;
  application_class->handle_local_options = lz_application_handle_local_options;
}

static void
lz_application_init (LzApplication *self)
{
  g_application_add_main_option (G_APPLICATION (self), "station", 's', G_OPTION_FLAG_NONE,
                                 G_OPTION_ARG_FILENAME, _ ("Open the station in this folder"),
                                 _ ("DIR"));
  g_application_add_main_option (G_APPLICATION (self), "version", 0, G_OPTION_FLAG_NONE,
                                 G_OPTION_ARG_NONE, _ ("Show the version"), NULL);
}
