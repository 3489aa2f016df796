/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"
#include "lz-wire.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (LzBody) body = lz_wire_parse_body (text, NULL);
  g_autoptr (LzBody) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL, *second = NULL;

  if (body == NULL)
    return 0;

  json = lz_wire_write_body (body);
  again = lz_wire_parse_body (json, &error);
  g_assert_no_error (error);
  second = lz_wire_write_body (again);
  g_assert_cmpstr (json, ==, second);
  return 0;
}
