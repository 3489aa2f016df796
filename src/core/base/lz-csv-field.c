/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "lz-csv-field.h"

#include <string.h>

void
lz_csv_append_quoted (GString *row, const char *value)
{
  g_string_append_c (row, '"');
  for (const char *p = value; *p != '\0'; p++)
    {
      if (*p == '"')
        g_string_append_c (row, '"');
      g_string_append_c (row, *p);
    }
  g_string_append_c (row, '"');
}

void
lz_csv_append_field (GString *row, const char *value)
{
  if (value == NULL)
    return;
  if (strpbrk (value, ",\"\r\n") == NULL && *value != ' ' && !g_str_has_suffix (value, " "))
    g_string_append (row, value);
  else
    lz_csv_append_quoted (row, value);
}
