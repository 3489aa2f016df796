/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * LzSaveKind:
 * @ending: with its dot, ".xlsx"
 * @label: marked for translation
 *
 * A kind of file that can be written.
 */
typedef struct
{
  const char *ending;
  const char *label;
} LzSaveKind;

typedef void (*LzSaveChosen) (const char *path, gpointer user_data);

/**
 * lz_save_as:
 * @widget: on whose window
 * @title: of the dialog, translated
 * @name: proposed name without ending
 * @kinds: (array length=n_kinds): what can be written, the usual one first; static
 * @n_kinds: how many
 * @chosen: called with the file's path, which ends with one of the endings; not if it is cancelled
 * @user_data: for @chosen
 * @destroy: (nullable): frees it, in any case
 *
 * Asks for a file to write into.
 */
void lz_save_as (GtkWidget *widget,
                 const char *title,
                 const char *name,
                 const LzSaveKind *kinds,
                 guint n_kinds,
                 LzSaveChosen chosen,
                 gpointer user_data,
                 GDestroyNotify destroy);

G_END_DECLS
