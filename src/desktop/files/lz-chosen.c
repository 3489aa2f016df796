/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-chosen.h"

char **
lz_chosen_dup_paths (GtkNativeDialog *dialog, int response)
{
  g_autoptr (GStrvBuilder) paths = g_strv_builder_new ();
  g_autoptr (GListModel) files = NULL;
  g_auto (GStrv) list = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return NULL;
  files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      if (g_file_peek_path (file) != NULL)
        g_strv_builder_add (paths, g_file_peek_path (file));
    }
  list = g_strv_builder_end (paths);
  return *list != NULL ? g_steal_pointer (&list) : NULL;
}

char *
lz_chosen_dup_path (GtkNativeDialog *dialog, int response)
{
  g_auto (GStrv) paths = lz_chosen_dup_paths (dialog, response);

  return paths != NULL ? g_strdup (*paths) : NULL;
}
