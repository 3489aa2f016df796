/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-preferences.h"

#include <glib/gi18n.h>

#include "lz-chosen.h"
#include "lz-words.h"

struct _LzPreferences
{
  AdwPreferencesWindow parent_instance;

  AdwComboRow *color_scheme;
  AdwEntryRow *camera_zone;
  GtkSwitch *remind;
  GtkSpinButton *remind_minutes;
  AdwPreferencesGroup *phrases;
  AdwEntryRow *new_phrase;
  AdwComboRow *map_source;
  GtkWidget *mbtiles_group;
  AdwActionRow *mbtiles;
  GtkButton *choose_mbtiles;
  AdwComboRow *mbtiles_datum;
  GtkWidget *online_group;
  AdwEntryRow *online_url;
  AdwPasswordEntryRow *online_key;
  AdwEntryRow *online_attribution;
  AdwComboRow *online_datum;
  AdwPreferencesPage *station_page;
  AdwPreferencesGroup *station_group;

  GSettings *settings;
  GPtrArray *phrase_rows; /* AdwActionRow, lent by their group */
  GtkFileChooserNative *chooser;
};

G_DEFINE_FINAL_TYPE (LzPreferences, lz_preferences, ADW_TYPE_PREFERENCES_WINDOW)

/* A combo row shows an enum key whose values are @values in the order of its items. */
typedef struct
{
  GSettings *settings;
  const char *key;
  const int *values;
  guint n_values;
} EnumKey;

static const int scheme_values[] = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT,
                                     ADW_COLOR_SCHEME_FORCE_DARK };
static const int plain_values[] = { 0, 1, 2 };

static gboolean
enum_to_position (GValue *value, GVariant *variant, gpointer user_data)
{
  const EnumKey *key = user_data;
  int current = g_settings_get_enum (key->settings, key->key);

  for (guint i = 0; i < key->n_values; i++)
    if (key->values[i] == current)
      g_value_set_uint (value, i);

  return TRUE;
}

static GVariant *
position_to_enum (const GValue *value, const GVariantType *type, gpointer user_data)
{
  const EnumKey *key = user_data;
  guint position = MIN (g_value_get_uint (value), key->n_values - 1);
  g_autoptr (GSettingsSchema) schema = NULL;
  g_autoptr (GSettingsSchemaKey) schema_key = NULL;
  g_autoptr (GVariant) range = NULL;
  g_autoptr (GVariant) choices = NULL;

  /* An enum is stored as its nick, in the order of the schema; positions follow that order. */
  g_object_get (key->settings, "settings-schema", &schema, NULL);
  schema_key = g_settings_schema_get_key (schema, key->key);
  range = g_settings_schema_key_get_range (schema_key);
  g_variant_get (range, "(sv)", NULL, &choices);
  return g_variant_ref (g_variant_get_child_value (choices, position));
}

static void
bind_enum (LzPreferences *self, const char *key_name, AdwComboRow *row, const int *values)
{
  EnumKey *key = g_new0 (EnumKey, 1);

  key->settings = self->settings;
  key->key = key_name;
  key->values = values;
  key->n_values = 3;
  g_settings_bind_with_mapping (self->settings, key_name, row, "selected", G_SETTINGS_BIND_DEFAULT,
                                enum_to_position, position_to_enum, key, g_free);
}

/* Phrases. */

static void show_phrases (LzPreferences *self);

static void
remove_phrase_cb (LzPreferences *self, GtkWidget *button)
{
  const char *phrase = g_object_get_data (G_OBJECT (button), "phrase");
  g_auto (GStrv) phrases = g_settings_get_strv (self->settings, "phrases");
  g_autoptr (GStrvBuilder) left = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (guint i = 0; phrases[i] != NULL; i++)
    if (!g_str_equal (phrases[i], phrase))
      g_strv_builder_add (left, phrases[i]);
  list = g_strv_builder_end (left);
  g_settings_set_strv (self->settings, "phrases", (const char *const *) list);
}

static void
add_phrase_row (LzPreferences *self, const char *phrase)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), phrase);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, _ ("Remove the Phrase"));
  gtk_widget_add_css_class (button, "flat");
  g_object_set_data_full (G_OBJECT (button), "phrase", g_strdup (phrase), g_free);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (remove_phrase_cb), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_preferences_group_add (self->phrases, row);
  g_ptr_array_add (self->phrase_rows, row);
}

static void
show_phrases (LzPreferences *self)
{
  g_auto (GStrv) phrases = g_settings_get_strv (self->settings, "phrases");

  for (guint i = 0; i < self->phrase_rows->len; i++)
    adw_preferences_group_remove (self->phrases, self->phrase_rows->pdata[i]);
  g_ptr_array_set_size (self->phrase_rows, 0);
  for (guint i = 0; phrases[i] != NULL; i++)
    add_phrase_row (self, phrases[i]);
}

static void
new_phrase_cb (LzPreferences *self)
{
  g_autofree char *text =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->new_phrase))));
  g_auto (GStrv) phrases = g_settings_get_strv (self->settings, "phrases");
  g_autoptr (GStrvBuilder) all = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  if (*text == '\0' || g_strv_contains ((const char *const *) phrases, text))
    return;

  g_strv_builder_addv (all, (const char **) phrases);
  g_strv_builder_add (all, text);
  list = g_strv_builder_end (all);
  g_settings_set_strv (self->settings, "phrases", (const char *const *) list);
  gtk_editable_set_text (GTK_EDITABLE (self->new_phrase), "");
}

/* Text keys: taken when the row's apply button or Enter is pressed. */

static void
entry_applied_cb (AdwEntryRow *row, LzPreferences *self)
{
  const char *key = g_object_get_data (G_OBJECT (row), "key");
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  g_settings_set_string (self->settings, key, text);
}

static void
bind_entry (LzPreferences *self, const char *key, GtkWidget *row)
{
  g_autofree char *text = g_settings_get_string (self->settings, key);

  gtk_editable_set_text (GTK_EDITABLE (row), text);
  g_object_set_data (G_OBJECT (row), "key", (gpointer) key);
  g_signal_connect (row, "apply", G_CALLBACK (entry_applied_cb), self);
}

static gboolean
zone_is_valid (const char *text)
{
  return g_regex_match_simple ("^[+-](0\\d|1[0-4]):[0-5]\\d$", text, 0, 0);
}

static void
zone_applied_cb (LzPreferences *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->camera_zone));

  if (zone_is_valid (text))
    {
      g_settings_set_string (self->settings, "photo-utc-offset", text);
      gtk_widget_remove_css_class (GTK_WIDGET (self->camera_zone), "error");
    }
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->camera_zone), "error");
}

/* The map. */

static void
show_source (LzPreferences *self)
{
  g_autofree char *path = g_settings_get_string (self->settings, "map-mbtiles");
  guint source = adw_combo_row_get_selected (self->map_source);

  gtk_widget_set_visible (self->mbtiles_group, source == 1);
  gtk_widget_set_visible (self->online_group, source == 2);
  adw_action_row_set_subtitle (self->mbtiles, *path != '\0' ? path : _ ("None chosen yet"));
}

static void
mbtiles_chosen_cb (GtkNativeDialog *dialog, int response, LzPreferences *self)
{
  g_autofree char *path = lz_chosen_dup_path (dialog, response);

  if (path != NULL)
    {
      g_settings_set_string (self->settings, "map-mbtiles", path);
      show_source (self);
    }
  g_clear_object (&self->chooser);
}

static void
choose_mbtiles_cb (LzPreferences *self)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  g_clear_object (&self->chooser);
  self->chooser =
      gtk_file_chooser_native_new (_ ("Choose a File of Tiles"), GTK_WINDOW (self),
                                   GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Choose"), _ ("_Cancel"));
  gtk_file_filter_set_name (filter, "MBTiles");
  gtk_file_filter_add_suffix (filter, "mbtiles");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (mbtiles_chosen_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* The station. */

static void
add_fact (LzPreferences *self, const char *title, const char *value)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), value != NULL && *value != '\0' ? value : "—");
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 3);
  adw_preferences_group_add (self->station_group, row);
}

static void
show_station (LzPreferences *self, LzSession *session)
{
  g_autofree char *roles = lz_words_dup_roles (lz_session_get_roles (session));
  g_autofree char *catalogue =
      g_strdup_printf (_ ("%u categories"),
                       lz_catalogue_get_n_categories (lz_session_get_catalogue (session)));
  g_autofree char *roads = g_strdup_printf ("%u", lz_session_get_roads (session)->len);

  add_fact (self, _ ("Folder"), lz_session_get_dir (session));
  add_fact (self, _ ("City or office"), lz_session_get_city (session));
  add_fact (self, _ ("Division code"), lz_session_get_feed (session));
  add_fact (self, _ ("Person"),
            lz_session_get_person_name (session, lz_session_get_actor (session)));
  add_fact (self, _ ("Roles"), roles);
  add_fact (self, _ ("This computer"), lz_session_get_device (session));
  add_fact (self, _ ("Roads"), roads);
  add_fact (self, _ ("Catalogue"), catalogue);
}

LzPreferences *
lz_preferences_new (GtkWindow *parent, LzSession *session)
{
  LzPreferences *self = g_object_new (LZ_TYPE_PREFERENCES, "transient-for", parent, NULL);

  gtk_widget_set_visible (GTK_WIDGET (self->station_page), session != NULL);
  if (session != NULL)
    show_station (self, session);

  return self;
}

static void
lz_preferences_dispose (GObject *object)
{
  LzPreferences *self = LZ_PREFERENCES (object);

  g_clear_object (&self->chooser);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->phrase_rows, g_ptr_array_unref);

  G_OBJECT_CLASS (lz_preferences_parent_class)->dispose (object);
}

static void
lz_preferences_class_init (LzPreferencesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_preferences_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-preferences.ui");
  gtk_widget_class_bind_template_child (widget_class, LzPreferences, color_scheme);
  gtk_widget_class_bind_template_child (widget_class, LzPreferences, camera_zone);
  gtk_widget_class_bind_template_child (widget_class, LzPreferences, remind);
  gtk_widget_class_bind_template_child (widget_class, LzPreferences, remind_minutes);
  gtk_widget_class_bind_template_child (widget_class, LzPreferences, phrases);
  gtk_widget_class_bind_template_child (widget_class, LzPreferences, new_phrase);
  gtk_widget_class_bind_template_child (widget_class, LzPreferences, map_source);
  gtk_widget_class_bind_template_child (widget_class, LzPreferences, mbtiles_group);
  gtk_widget_class_bind_template_child (widget_class, LzPreferences, mbtiles);
  gtk_widget_class_bind_template_child (widget_class, LzPreferences, choose_mbtiles);
  gtk_widget_class_bind_template_child (widget_class, LzPreferences, mbtiles_datum);
  gtk_widget_class_bind_template_child (widget_class, LzPreferences, online_group);
  gtk_widget_class_bind_template_child (widget_class, LzPreferences, online_url);
  gtk_widget_class_bind_template_child (widget_class, LzPreferences, online_key);
  gtk_widget_class_bind_template_child (widget_class, LzPreferences, online_attribution);
  gtk_widget_class_bind_template_child (widget_class, LzPreferences, online_datum);
  gtk_widget_class_bind_template_child (widget_class, LzPreferences, station_page);
  gtk_widget_class_bind_template_child (widget_class, LzPreferences, station_group);
}

static void
lz_preferences_init (LzPreferences *self)
{
  g_autofree char *zone = NULL;

  self->settings = g_settings_new (LZ_APP_ID);
  self->phrase_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  bind_enum (self, "color-scheme", self->color_scheme, scheme_values);
  bind_enum (self, "map-source", self->map_source, plain_values);
  bind_enum (self, "map-mbtiles-datum", self->mbtiles_datum, plain_values);
  bind_enum (self, "map-online-datum", self->online_datum, plain_values);
  bind_entry (self, "map-online-url", GTK_WIDGET (self->online_url));
  bind_entry (self, "map-online-key", GTK_WIDGET (self->online_key));
  bind_entry (self, "map-online-attribution", GTK_WIDGET (self->online_attribution));

  g_settings_bind (self->settings, "remind", self->remind, "active", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "remind-minutes",
                   gtk_spin_button_get_adjustment (self->remind_minutes), "value",
                   G_SETTINGS_BIND_DEFAULT);
  zone = g_settings_get_string (self->settings, "photo-utc-offset");
  gtk_editable_set_text (GTK_EDITABLE (self->camera_zone), zone);
  g_signal_connect_swapped (self->camera_zone, "apply", G_CALLBACK (zone_applied_cb), self);
  g_signal_connect_swapped (self->new_phrase, "apply", G_CALLBACK (new_phrase_cb), self);
  g_signal_connect_swapped (self->map_source, "notify::selected", G_CALLBACK (show_source), self);
  g_signal_connect_swapped (self->choose_mbtiles, "clicked", G_CALLBACK (choose_mbtiles_cb), self);
  g_signal_connect_object (self->settings, "changed::phrases", G_CALLBACK (show_phrases), self,
                           G_CONNECT_SWAPPED);
  show_phrases (self);
  show_source (self);
}
