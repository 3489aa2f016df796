/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-firm-name.h"

#include <glib/gi18n.h>

#include "lz-firm-jobs.h"

struct _LzFirmChoice
{
  GtkWidget parent_instance;

  GtkWidget *group;
  AdwComboRow *firm;
  AdwEntryRow *plate;

  LzSession *session;
  LzFirmFile *file;
  LzId wanted;
  gboolean filling;
  GCancellable *reading;
};

G_DEFINE_FINAL_TYPE (LzFirmChoice, lz_firm_choice, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* The first row says that none is named. */
static const LzFirm *
get_chosen (LzFirmChoice *self)
{
  guint at = adw_combo_row_get_selected (self->firm);

  if (self->file == NULL || at == 0 || at == GTK_INVALID_LIST_POSITION ||
      at > self->file->firms->len)
    return NULL;
  return self->file->firms->pdata[at - 1];
}

static void
show_vehicles (LzFirmChoice *self)
{
  const LzFirm *firm = get_chosen (self);
  JsonArray *plates = firm != NULL ? lz_record_get_list (firm->record, "plates") : NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; plates != NULL && i < json_array_get_length (plates); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "  " : "",
                            json_array_get_string_element (plates, i));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->plate), text->len > 0 ? text->str : NULL);
  gtk_widget_set_sensitive (GTK_WIDGET (self->plate), firm != NULL);
  /* A firm with one vehicle leaves no choice. */
  if (plates != NULL && json_array_get_length (plates) == 1 &&
      *gtk_editable_get_text (GTK_EDITABLE (self->plate)) == '\0')
    gtk_editable_set_text (GTK_EDITABLE (self->plate), json_array_get_string_element (plates, 0));
}

static void
changed_cb (LzFirmChoice *self)
{
  const LzFirm *firm = get_chosen (self);

  show_vehicles (self);
  if (self->filling)
    return;
  self->wanted = firm != NULL ? firm->record->id : (LzId){ 0 };
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
fill (LzFirmChoice *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (names, _ ("Not known"));
  for (guint i = 0; i < self->file->firms->len; i++)
    {
      const LzFirm *firm = self->file->firms->pdata[i];
      const char *name = lz_record_get_text (firm->record, "name");

      gtk_string_list_append (names, name != NULL ? name : "");
      if (lz_id_equal (&firm->record->id, &self->wanted))
        selected = i + 1;
    }
  self->filling = TRUE;
  adw_combo_row_set_model (self->firm, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->firm, selected);
  show_vehicles (self);
  self->filling = FALSE;
}

static void
file_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzFirmChoice *self = user_data;
  g_autoptr (GError) error = NULL;
  LzFirmFile *file = lz_firm_file_read_finish (result, &error);

  if (file == NULL)
    return;

  g_assert (LZ_IS_FIRM_CHOICE (self));
  g_clear_pointer (&self->file, lz_firm_file_free);
  self->file = file;
  fill (self);
}

static void
read_again (LzFirmChoice *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  lz_firm_file_read_async (self->session, 0, NULL, self->reading, file_read_cb, self);
}

void
lz_firm_choice_set_session (LzFirmChoice *self, LzSession *session)
{
  g_return_if_fail (LZ_IS_FIRM_CHOICE (self));
  g_return_if_fail (LZ_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (session, "changed", G_CALLBACK (read_again), self, G_CONNECT_SWAPPED);
  read_again (self);
}

void
lz_firm_choice_set (LzFirmChoice *self, const LzId *firm, const char *plate)
{
  g_return_if_fail (LZ_IS_FIRM_CHOICE (self));

  self->wanted = firm != NULL ? *firm : (LzId){ 0 };
  self->filling = TRUE;
  gtk_editable_set_text (GTK_EDITABLE (self->plate), plate != NULL ? plate : "");
  self->filling = FALSE;
  if (self->file != NULL)
    fill (self);
}

gboolean
lz_firm_choice_is_for (LzFirmChoice *self, const char *category)
{
  g_return_val_if_fail (LZ_IS_FIRM_CHOICE (self), FALSE);

  return self->file != NULL && category != NULL &&
         lz_firms_is_hauling (self->file->rules, category);
}

gboolean
lz_firm_choice_get (LzFirmChoice *self, LzId *firm, char **plate)
{
  const LzFirm *chosen;

  g_return_val_if_fail (LZ_IS_FIRM_CHOICE (self), FALSE);

  chosen = get_chosen (self);
  if (chosen == NULL)
    return FALSE;
  *firm = chosen->record->id;
  *plate = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->plate)));
  g_strstrip (*plate);
  return TRUE;
}

static void
lz_firm_choice_dispose (GObject *object)
{
  LzFirmChoice *self = LZ_FIRM_CHOICE (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->session);
  g_clear_pointer (&self->file, lz_firm_file_free);
  g_clear_pointer (&self->group, gtk_widget_unparent);

  G_OBJECT_CLASS (lz_firm_choice_parent_class)->dispose (object);
}

static void
lz_firm_choice_class_init (LzFirmChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lz_firm_choice_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
lz_firm_choice_init (LzFirmChoice *self)
{
  self->group = adw_preferences_group_new ();
  self->firm = ADW_COMBO_ROW (adw_combo_row_new ());
  self->plate = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->firm), _ ("Hauling firm"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->plate), _ ("Number plate"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), GTK_WIDGET (self->firm));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), GTK_WIDGET (self->plate));
  gtk_widget_set_parent (self->group, GTK_WIDGET (self));
  g_signal_connect_swapped (self->firm, "notify::selected", G_CALLBACK (changed_cb), self);
  g_signal_connect_swapped (self->plate, "changed", G_CALLBACK (changed_cb), self);
}
