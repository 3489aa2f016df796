/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"
#include "lz-streets.h"

/* What is read lies on the earth, and its roads hold what was read. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (LzImportReport) report = lz_import_report_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) streets = lz_streets_read_bytes (bytes, report, NULL, &error);
  g_autoptr (GPtrArray) shapes = NULL;

  g_assert_true ((streets == NULL) == (error != NULL));
  if (streets == NULL)
    return 0;

  for (guint i = 0; i < streets->len; i++)
    {
      const LzStreet *street = streets->pdata[i];

      g_assert_cmpuint (street->line->n, >, 0);
      g_assert_true (street->name == NULL || g_utf8_validate (street->name, -1, NULL));
      for (guint k = 0; k < street->line->n; k++)
        g_assert_true (lz_point_is_valid (street->line->points[k]));
    }

  shapes = lz_streets_join (streets, report);
  g_assert_cmpuint (report->n_roads, ==, shapes->len);
  for (guint i = 0; i < shapes->len; i++)
    {
      const LzRoadShape *shape = shapes->pdata[i];

      g_assert_cmpuint (shape->parts->len, >, 0);
      g_assert_cmpuint (shape->line->n, >=, 2);
      g_assert_cmpfloat (shape->length_m, >=, 0);
    }
  return 0;
}
