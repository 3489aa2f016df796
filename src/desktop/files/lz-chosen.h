/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What was chosen in a #GtkFileChooserNative that answered @response: (transfer full), %NULL if
 * nothing was that lies in a file system. */
char **lz_chosen_dup_paths (GtkNativeDialog *dialog, int response);
char *lz_chosen_dup_path (GtkNativeDialog *dialog, int response);

G_END_DECLS
