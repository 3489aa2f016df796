/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fuzz.h"
#include "lz-wire.h"

/* What parses must come out again, and the second time as the same bytes: the canonical form is
 * what the chain hashes. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (LzEvent) event = lz_wire_parse_event ((const char *) data, (gssize) size, NULL);
  g_autoptr (LzEvent) again = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *line = NULL, *second = NULL;

  if (event == NULL)
    return 0;

  line = lz_wire_write_received_event (event);
  again = lz_wire_parse_event (line, -1, &error);
  g_assert_no_error (error);
  second = lz_wire_write_received_event (again);
  g_assert_cmpstr (line, ==, second);
  return 0;
}
