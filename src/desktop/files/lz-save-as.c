/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-save-as.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkFileChooserNative *chooser;
  const LzSaveKind *kinds;
  guint n_kinds;
  LzSaveChosen chosen;
  gpointer user_data;
  GDestroyNotify destroy;
} Asking;

static void
asking_free (Asking *self)
{
  g_object_unref (self->chooser);
  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_free (self);
}

static gboolean
has_ending (const Asking *self, const char *path)
{
  for (guint i = 0; i < self->n_kinds; i++)
    if (g_str_has_suffix (path, self->kinds[i].ending))
      return TRUE;
  return FALSE;
}

/* A name without one of our endings gets that of the kind that is chosen in the dialog. */
static char *
dup_path (const Asking *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  GtkFileFilter *filter = gtk_file_chooser_get_filter (GTK_FILE_CHOOSER (self->chooser));
  const char *path = file != NULL ? g_file_peek_path (file) : NULL;
  const char *ending = self->kinds[0].ending;

  if (path == NULL || has_ending (self, path))
    return g_strdup (path);
  for (guint i = 0; filter != NULL && i < self->n_kinds; i++)
    if (g_strcmp0 (gtk_file_filter_get_name (filter), _ (self->kinds[i].label)) == 0)
      ending = self->kinds[i].ending;
  return g_strconcat (path, ending, NULL);
}

static void
response_cb (GtkNativeDialog *dialog, int response, Asking *self)
{
  g_autofree char *path = response == GTK_RESPONSE_ACCEPT ? dup_path (self) : NULL;

  if (path != NULL)
    self->chosen (path, self->user_data);
  asking_free (self);
}

static void
add_kind (Asking *self, const LzSaveKind *kind)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, _ (kind->label));
  gtk_file_filter_add_suffix (filter, kind->ending + 1);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
}

void
lz_save_as (GtkWidget *widget,
            const char *title,
            const char *name,
            const LzSaveKind *kinds,
            guint n_kinds,
            LzSaveChosen chosen,
            gpointer user_data,
            GDestroyNotify destroy)
{
  Asking *self = g_new0 (Asking, 1);
  g_autofree char *proposed = g_strconcat (name, kinds[0].ending, NULL);

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (n_kinds > 0 && chosen != NULL);

  self->kinds = kinds;
  self->n_kinds = n_kinds;
  self->chosen = chosen;
  self->user_data = user_data;
  self->destroy = destroy;
  self->chooser =
      gtk_file_chooser_native_new (title, GTK_WINDOW (gtk_widget_get_root (widget)),
                                   GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), _ ("_Cancel"));
  for (guint i = 0; i < n_kinds; i++)
    add_kind (self, &kinds[i]);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), proposed);
  g_signal_connect (self->chooser, "response", G_CALLBACK (response_cb), self);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}
