/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib/gi18n-lib.h>

/*
 * For the files of this folder that hold a table with a row for each value of an enum: the
 * functions that say what stands in a column.  The header declares them; rows have the members
 * `key`, and `label` marked by N_().
 */

#define LZ_DEFINE_COLUMN(Type, prefix, table, n, column, give) \
  const char *prefix##_##column (Type value)                   \
  {                                                            \
    g_return_val_if_fail ((guint) value < (n), NULL);          \
                                                               \
    return give;                                               \
  }

/* PREFIX_to_string(), PREFIX_from_string() and PREFIX_label(). */
#define LZ_DEFINE_NAMES(Type, prefix, table, n)                            \
  LZ_DEFINE_COLUMN (Type, prefix, table, n, to_string, (table)[value].key) \
  LZ_DEFINE_COLUMN (Type, prefix, table, n, label,                         \
                    g_dgettext (GETTEXT_PACKAGE, (table)[value].label))    \
  gboolean prefix##_from_string (const char *text, Type *value)            \
  {                                                                        \
    for (guint i = 0; i < (n); i++)                                        \
      if (g_strcmp0 ((table)[i].key, text) == 0)                           \
        {                                                                  \
          *value = (Type) i;                                               \
          return TRUE;                                                     \
        }                                                                  \
    return FALSE;                                                          \
  }

/* PREFIX_definition() and PREFIX_source(), of rows with `definition`, marked by N_(), and
 * `source`. */
#define LZ_DEFINE_DEFINITIONS(Type, prefix, table, n)                        \
  LZ_DEFINE_COLUMN (Type, prefix, table, n, definition,                      \
                    g_dgettext (GETTEXT_PACKAGE, (table)[value].definition)) \
  LZ_DEFINE_COLUMN (Type, prefix, table, n, source, (table)[value].source)
