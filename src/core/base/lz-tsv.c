/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-base"

#include "config.h"

#include "lz-tsv.h"

#include "lz-error.h"

#include <string.h>

typedef struct
{
  guint line;    /* from 1 */
  char **fields; /* as in the file */
} Row;

struct _LzTsv
{
  const char *const *columns;
  guint *places;     /* of each column of ours among the file's */
  guint n_in_file;   /* columns in the file; 0 until the line that names them */
  GPtrArray *rows;   /* of Row */
  GHashTable *notes; /* key → text */
};

static void
row_free (gpointer data)
{
  Row *row = data;

  g_strfreev (row->fields);
  g_free (row);
}

void
lz_tsv_free (LzTsv *self)
{
  if (self == NULL)
    return;

  g_free (self->places);
  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->notes);
  g_free (self);
}

static void
take_note (LzTsv *self, const char *text)
{
  const char *colon = strchr (text, ':');

  if (colon != NULL)
    g_hash_table_replace (self->notes, g_strstrip (g_strndup (text, (gsize) (colon - text))),
                          g_strstrip (g_strdup (colon + 1)));
}

static gboolean
take_names (LzTsv *self, guint line, char **names, GError **error)
{
  self->n_in_file = g_strv_length (names);
  self->places = g_new (guint, g_strv_length ((char **) self->columns));

  for (guint i = 0; self->columns[i] != NULL; i++)
    {
      guint place = 0;

      while (place < self->n_in_file && !g_str_equal (names[place], self->columns[i]))
        place++;
      if (place == self->n_in_file)
        {
          g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "line %u: there is no column “%s”", line,
                       self->columns[i]);
          return FALSE;
        }
      self->places[i] = place;
    }

  return TRUE;
}

static gboolean
take_line (LzTsv *self, guint line, const char *text, GError **error)
{
  g_auto (GStrv) fields = NULL;
  Row *row;

  if (text[0] == '#')
    {
      take_note (self, text + 1);
      return TRUE;
    }
  if (text[0] == '\0')
    return TRUE;

  fields = g_strsplit (text, "\t", -1);
  if (self->n_in_file == 0)
    return take_names (self, line, fields, error);

  if (g_strv_length (fields) != self->n_in_file)
    {
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID,
                   "line %u: %u fields where there are %u columns", line, g_strv_length (fields),
                   self->n_in_file);
      return FALSE;
    }

  row = g_new (Row, 1);
  row->line = line;
  row->fields = g_steal_pointer (&fields);
  g_ptr_array_add (self->rows, row);
  return TRUE;
}

static gboolean
take_text (LzTsv *self, const char *text, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      gsize length = strlen (lines[i]);

      if (length > 0 && lines[i][length - 1] == '\r')
        lines[i][length - 1] = '\0';
      if (!take_line (self, i + 1, lines[i], error))
        return FALSE;
    }

  if (self->n_in_file > 0)
    return TRUE;

  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "no line names the columns");
  return FALSE;
}

LzTsv *
lz_tsv_parse (GBytes *bytes, const char *const *columns, GError **error)
{
  g_autoptr (LzTsv) self = NULL;
  g_autofree char *copy = NULL;
  const char *data, *end;
  gsize size;

  g_return_val_if_fail (bytes != NULL, NULL);
  g_return_val_if_fail (columns != NULL && columns[0] != NULL, NULL);

  data = g_bytes_get_data (bytes, &size);
  if (size > 0 && !g_utf8_validate_len (data, size, &end))
    {
      guint line = 1;

      for (const char *p = data; p < end; p++)
        line += *p == '\n';
      g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "line %u: not UTF-8 text", line);
      return NULL;
    }

  self = g_new0 (LzTsv, 1);
  self->columns = columns;
  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->notes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  copy = g_strndup (size > 0 ? data : "", size);
  if (!take_text (self, g_str_has_prefix (copy, "\xef\xbb\xbf") ? copy + 3 : copy, error))
    return NULL;

  return g_steal_pointer (&self);
}

guint
lz_tsv_get_n_rows (const LzTsv *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->rows->len;
}

const char *
lz_tsv_get (const LzTsv *self, guint row, guint column)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (row < self->rows->len, NULL);

  return ((const Row *) g_ptr_array_index (self->rows, row))->fields[self->places[column]];
}

char *
lz_tsv_dup (const LzTsv *self, guint row, guint column)
{
  char *text = g_strstrip (g_strdup (lz_tsv_get (self, row, column)));

  if (text != NULL && text[0] == '\0')
    g_clear_pointer (&text, g_free);

  return text;
}

const char *
lz_tsv_get_note (const LzTsv *self, const char *key)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  return g_hash_table_lookup (self->notes, key);
}

gboolean
lz_tsv_get_uint (const LzTsv *self,
                 guint row,
                 guint column,
                 guint min,
                 guint max,
                 guint *value,
                 GError **error)
{
  const char *text = lz_tsv_get (self, row, column);
  guint64 number;

  g_return_val_if_fail (value != NULL, FALSE);

  if (!g_ascii_string_to_unsigned (text, 10, min, max, &number, NULL))
    {
      g_autofree char *problem =
          g_strdup_printf ("“%s” is no whole number from %u to %u", text, min, max);

      return lz_tsv_set_error (self, row, column, problem, error);
    }

  *value = (guint) number;
  return TRUE;
}

gboolean
lz_tsv_set_error (const LzTsv *self, guint row, guint column, const char *problem, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (row < self->rows->len, FALSE);

  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "line %u, %s: %s",
               ((const Row *) g_ptr_array_index (self->rows, row))->line, self->columns[column],
               problem);
  return FALSE;
}
