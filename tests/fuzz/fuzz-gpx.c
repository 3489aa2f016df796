/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"
#include "lz-gpx.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GPtrArray) skipped = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) tracks = lz_gpx_read_bytes (bytes, skipped, NULL, &error);

  g_assert_true ((tracks == NULL) == (error != NULL));
  for (guint i = 0; tracks != NULL && i < tracks->len; i++)
    {
      const LzTrack *track = tracks->pdata[i];

      g_assert_cmpuint (track->n, >, 0);
      g_assert_cmpfloat (track->length_m, >=, 0);
      g_assert_true (track->name == NULL || g_utf8_validate (track->name, -1, NULL));
      for (guint k = 0; k < track->n; k++)
        g_assert_true (lz_point_is_valid (track->points[k].point));
    }
  return 0;
}
