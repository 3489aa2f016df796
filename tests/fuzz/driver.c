/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs the samples of a fuzz target as an ordinary test: driver FOLDER.  Each sample goes in as it
 * is, cut off at some places, and with single bytes changed, from a fixed seed. */

#include "config.h"

#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

static void
try_variants (const guint8 *data, gsize size)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32) size);
  g_autofree guint8 *copy = g_memdup2 (data, size);

  LLVMFuzzerTestOneInput (data, size);
  for (int i = 0; i < 64 && size > 0; i++)
    {
      gsize at = (gsize) g_rand_int_range (rand, 0, (gint32) MIN (size, G_MAXINT32));
      guint8 *cut = malloc (at); /* exact, so that a read past the end is seen; never NULL */

      memcpy (cut, data, at);
      LLVMFuzzerTestOneInput (cut, at);
      free (cut);

      copy[at] = (guint8) g_rand_int_range (rand, 0, 256);
      LLVMFuzzerTestOneInput (copy, size);
      copy[at] = data[at];
    }
}

int
main (int argc, char *argv[])
{
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GError) error = NULL;
  const char *name;
  int n = 0;

  g_assert (argc == 2);
  dir = g_dir_open (argv[1], 0, &error);
  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (argv[1], name, NULL);
      g_autofree char *contents = NULL;
      gsize length;

      g_file_get_contents (path, &contents, &length, &error);
      g_assert_no_error (error);
      try_variants ((const guint8 *) contents, length);
      g_print ("ok %d - %s\n", ++n, name);
    }
  g_assert_cmpint (n, >, 0);
  g_print ("1..%d\n", n);
  return 0;
}
