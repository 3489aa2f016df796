/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-firm-form.h"

#include <glib/gi18n.h>

#include "lz-reason-dialog.h"

static const struct
{
  const char *key;
  const char *title;
} fields[] = {
  { "name", N_ ("Firm") },
  { "licence", N_ ("Licence") },
  { "keeper", N_ ("Person in charge") },
  { "phone", N_ ("Telephone") },
  { "plates", N_ ("Vehicles, blanks between") },
};

#define PLATES 4

typedef struct
{
  AdwEntryRow *rows[G_N_ELEMENTS (fields)];
  AdwMessageDialog *dialog;
  LzFirmFormDone done;
  gpointer user_data;
} Form;

static char *
dup_plates (const LzFirm *firm)
{
  JsonArray *plates = lz_record_get_list (firm->record, "plates");
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; plates != NULL && i < json_array_get_length (plates); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "",
                            json_array_get_string_element (plates, i));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
set_plates (JsonObject *facts, const char *text)
{
  g_auto (GStrv) plates = g_strsplit_set (text, " ;,、", -1);
  JsonArray *list = json_array_new ();

  for (guint i = 0; plates[i] != NULL; i++)
    if (*plates[i] != '\0')
      json_array_add_string_element (list, plates[i]);
  json_object_set_array_member (facts, "plates", list);
}

static void
form_response_cb (Form *form, const char *response)
{
  JsonObject *facts;

  if (!g_str_equal (response, "save"))
    return;
  facts = json_object_new ();
  for (guint i = 0; i < PLATES; i++)
    json_object_set_string_member (facts, fields[i].key,
                                   gtk_editable_get_text (GTK_EDITABLE (form->rows[i])));
  set_plates (facts, gtk_editable_get_text (GTK_EDITABLE (form->rows[PLATES])));
  form->done (facts, form->user_data);
}

static void
name_changed_cb (Form *form)
{
  adw_message_dialog_set_response_enabled (form->dialog, "save",
                                           *gtk_editable_get_text (GTK_EDITABLE (form->rows[0])) !=
                                               '\0');
}

void
lz_firm_form_ask (GtkWindow *parent, const LzFirm *firm, LzFirmFormDone done, gpointer user_data)
{
  Form *form = g_new0 (Form, 1);
  GtkWidget *group = adw_preferences_group_new ();

  form->done = done;
  form->user_data = user_data;
  form->dialog = lz_question_new (parent, firm != NULL ? _ ("Change the Entry") : _ ("A New Firm"),
                                  NULL, "save", _ ("_Save"), ADW_RESPONSE_SUGGESTED);
  gtk_widget_set_size_request (group, 380, -1);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      GtkWidget *row = adw_entry_row_new ();

      form->rows[i] = ADW_ENTRY_ROW (row);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (fields[i].title));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
      if (firm != NULL && i < PLATES)
        {
          const char *text = lz_record_get_text (firm->record, fields[i].key);

          gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
        }
    }
  if (firm != NULL)
    {
      g_autofree char *plates = dup_plates (firm);

      gtk_editable_set_text (GTK_EDITABLE (form->rows[PLATES]), plates);
    }
  adw_message_dialog_set_extra_child (form->dialog, group);
  g_signal_connect_swapped (form->rows[0], "changed", G_CALLBACK (name_changed_cb), form);
  name_changed_cb (form);
  g_signal_connect_data (form->dialog, "response", G_CALLBACK (form_response_cb), form,
                         (GClosureNotify) (void (*) (void)) g_free, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (form->dialog));
}
