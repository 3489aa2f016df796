/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memfd_create */
#include "config.h"

#include "fuzz.h"
#include "lz-photo.h"

#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

/* A photo that comes by mail or by sync is anybody's bytes: it may be refused, with an error, and
 * nothing worse. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  int fd = memfd_create ("photo", MFD_CLOEXEC);
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autoptr (LzPhotoInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, data, size), ==, size);
  info = lz_photo_probe (path, 480, &error);
  g_assert_true ((info == NULL) == (error != NULL));
  if (info != NULL)
    {
      g_assert_cmpuint (info->orientation, >=, 1);
      g_assert_cmpuint (info->orientation, <=, 8);
      g_assert_cmpuint (info->width, >, 0);
      g_assert_cmpuint (info->height, >, 0);
      g_assert_true (info->place.lat7 == 0 || lz_point_is_valid (info->place));
      g_assert_cmpint (info->taken_ms, >=, 0);
      g_assert_true (info->camera == NULL || g_utf8_validate (info->camera, -1, NULL));
    }
  close (fd);
  return 0;
}
