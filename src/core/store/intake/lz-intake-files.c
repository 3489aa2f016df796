/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-store"

#include "config.h"

#include "lz-intake-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

/* Folders within folders deeper than this are a mistake, or a trap. */
#define MAX_DEPTH 40

typedef struct
{
  GPtrArray *files;
  GPtrArray *skipped;
  GCancellable *cancellable;
} Walk;

static void
file_free (gpointer data)
{
  LzIntakeFile *file = data;

  g_free (file->path);
  g_free (file->name);
  g_free (file);
}

static void
add_file (Walk *walk, const char *path, const char *name)
{
  LzIntakeFile *file = g_new0 (LzIntakeFile, 1);

  file->path = g_strdup (path);
  file->name = g_filename_display_name (name);
  g_ptr_array_add (walk->files, file);
}

static void
skip (Walk *walk, const char *name, const char *reason)
{
  g_autofree char *shown = g_filename_display_name (name);

  g_ptr_array_add (walk->skipped, g_strdup_printf ("%s: %s", shown, reason));
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

/* Names of a folder, sorted, without the hidden ones. */
static GPtrArray *
list_names (const char *path, GError **error)
{
  GPtrArray *names;
  const char *name;
  GDir *dir = g_dir_open (path, 0, error);

  if (dir == NULL)
    return NULL;
  names = g_ptr_array_new_with_free_func (g_free);
  while ((name = g_dir_read_name (dir)) != NULL)
    if (name[0] != '.')
      g_ptr_array_add (names, g_strdup (name));
  g_dir_close (dir);
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
walk_folder (Walk *walk, const char *path, const char *name, guint depth)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (GPtrArray) names = list_names (path, &failure);

  if (names == NULL)
    {
      skip (walk, name, lz_error_explain (failure));
      return;
    }
  for (guint i = 0; i < names->len && !g_cancellable_is_cancelled (walk->cancellable); i++)
    {
      const char *child_name = g_ptr_array_index (names, i);
      g_autofree char *child = g_build_filename (path, child_name, NULL);
      g_autofree char *shown = g_build_filename (name, child_name, NULL);
      GStatBuf info;

      /* A link to a folder is not followed: it may lead back here. */
      if (g_lstat (child, &info) != 0 || !S_ISDIR (info.st_mode))
        add_file (walk, child, shown);
      else if (depth == MAX_DEPTH)
        skip (walk, shown, _ ("too many folders within folders"));
      else
        walk_folder (walk, child, shown, depth + 1);
    }
}

GPtrArray *
lz_intake_list_files (const char *const *paths, GPtrArray *skipped, GCancellable *cancellable)
{
  Walk walk = { g_ptr_array_new_with_free_func (file_free), skipped, cancellable };

  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *name = g_path_get_basename (paths[i]);

      if (g_file_test (paths[i], G_FILE_TEST_IS_DIR))
        walk_folder (&walk, paths[i], name, 0);
      else
        add_file (&walk, paths[i], name);
    }
  return walk.files;
}
