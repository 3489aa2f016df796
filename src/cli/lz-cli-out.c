/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-cli"

#include "config.h"

#include "lz-cli-out.h"
#include "lz-error.h"
#include "lz-station.h"
#include "lz-wire.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define FLUSH_BYTES 65536

struct _LzOut
{
  GString *text;
  guint depth;
  gboolean begun;  /* the innermost object or array has a member */
  GPtrArray *rows; /* GStrv */
  int saved_errno;
};

LzOut *
lz_out_new (void)
{
  LzOut *self = g_new0 (LzOut, 1);

  self->text = g_string_new (NULL);
  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  return self;
}

void
lz_out_free (LzOut *self)
{
  g_string_free (self->text, TRUE);
  g_ptr_array_unref (self->rows);
  g_free (self);
}

static void
flush (LzOut *self)
{
  if (self->text->len > 0 &&
      fwrite (self->text->str, 1, self->text->len, stdout) != self->text->len &&
      self->saved_errno == 0)
    self->saved_errno = errno;
  g_string_truncate (self->text, 0);
}

gboolean
lz_out_finish (LzOut *self, GError **error)
{
  flush (self);
  if (fflush (stdout) != 0 && self->saved_errno == 0)
    self->saved_errno = errno;
  return self->saved_errno == 0 ||
         lz_error_set_errno (error, self->saved_errno, "writing", "standard output");
}

/* The comma before a member, and its key. */
static void
begin_member (LzOut *self, const char *key)
{
  if (self->depth > 0 && self->begun)
    g_string_append_c (self->text, ',');
  if (self->depth == 1 && key == NULL)
    g_string_append_c (self->text, '\n'); /* a line for each element of a list */
  self->begun = TRUE;
  if (key == NULL)
    return;
  lz_json_append_string (self->text, key);
  g_string_append_c (self->text, ':');
}

static void
end_value (LzOut *self)
{
  if (self->depth == 0)
    g_string_append_c (self->text, '\n');
  if (self->text->len > FLUSH_BYTES)
    flush (self);
}

static void
begin (LzOut *self, const char *key, char bracket)
{
  begin_member (self, key);
  g_string_append_c (self->text, bracket);
  self->depth++;
  self->begun = FALSE;
}

static void
end (LzOut *self, const char *bracket)
{
  self->depth--;
  self->begun = TRUE;
  g_string_append (self->text, bracket);
  end_value (self);
}

void
lz_out_begin_object (LzOut *self, const char *key)
{
  begin (self, key, '{');
}

void
lz_out_end_object (LzOut *self)
{
  end (self, "}");
}

void
lz_out_begin_array (LzOut *self, const char *key)
{
  begin (self, key, '[');
}

void
lz_out_end_array (LzOut *self)
{
  end (self, self->depth == 1 && self->begun ? "\n]" : "]");
}

void
lz_out_string (LzOut *self, const char *key, const char *value)
{
  if (value == NULL)
    {
      lz_out_null (self, key);
      return;
    }
  begin_member (self, key);
  lz_json_append_string (self->text, value);
  end_value (self);
}

void
lz_out_int (LzOut *self, const char *key, gint64 value)
{
  begin_member (self, key);
  g_string_append_printf (self->text, "%" G_GINT64_FORMAT, value);
  end_value (self);
}

void
lz_out_decimal (LzOut *self, const char *key, double value, guint digits)
{
  char format[8];
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_snprintf (format, sizeof format, "%%.%uf", MIN (digits, 9));
  begin_member (self, key);
  g_string_append (self->text, g_ascii_formatd (text, sizeof text, format, value));
  end_value (self);
}

void
lz_out_bool (LzOut *self, const char *key, gboolean value)
{
  begin_member (self, key);
  g_string_append (self->text, value ? "true" : "false");
  end_value (self);
}

void
lz_out_null (LzOut *self, const char *key)
{
  begin_member (self, key);
  g_string_append (self->text, "null");
  end_value (self);
}

void
lz_out_time (LzOut *self, const char *key, gint64 time_ms)
{
  g_autoptr (GDateTime) time = NULL;
  g_autofree char *seconds = NULL;
  g_autofree char *text = NULL;

  if (time_ms != 0)
    time = g_date_time_new_from_unix_utc (time_ms / 1000);
  if (time == NULL)
    {
      lz_out_null (self, key);
      return;
    }
  seconds = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");
  text = g_strdup_printf ("%s.%03dZ", seconds, (int) (time_ms % 1000));
  lz_out_string (self, key, text);
}

char *
lz_out_dup_time (gint64 time_ms)
{
  gint64 local_s = time_ms / 1000 + LZ_STATION_UTC_OFFSET_MIN * 60;
  g_autoptr (GDateTime) time = time_ms != 0 ? g_date_time_new_from_unix_utc (local_s) : NULL;

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d %H:%M") : g_strdup ("");
}

void
lz_out_line (LzOut *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (self->text, format, args);
  va_end (args);
  g_string_append_c (self->text, '\n');
  if (self->text->len > FLUSH_BYTES)
    flush (self);
}

void
lz_out_row (LzOut *self, const char *first, ...)
{
  g_autoptr (GStrvBuilder) cells = g_strv_builder_new ();
  va_list args;

  va_start (args, first);
  for (const char *cell = first; cell != NULL; cell = va_arg (args, const char *))
    g_strv_builder_add (cells, cell);
  va_end (args);
  g_ptr_array_add (self->rows, g_strv_builder_end (cells));
}

/* Columns that a text takes on a terminal: Chinese characters are two wide. */
static guint
measure (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

/* A cell is one line. */
static void
append_cell (GString *text, const char *cell)
{
  for (const char *p = cell; *p != '\0'; p++)
    g_string_append_c (text, (guchar) *p < ' ' ? ' ' : *p);
}

void
lz_out_end_table (LzOut *self)
{
  g_autoptr (GArray) widths = g_array_new (FALSE, TRUE, sizeof (guint));

  for (guint i = 0; i < self->rows->len; i++)
    {
      char **cells = g_ptr_array_index (self->rows, i);
      guint n = g_strv_length (cells);

      if (n > widths->len)
        g_array_set_size (widths, n);
      for (guint k = 0; k < n; k++)
        g_array_index (widths, guint, k) =
            MAX (g_array_index (widths, guint, k), measure (cells[k]));
    }
  for (guint i = 0; i < self->rows->len; i++)
    {
      char **cells = g_ptr_array_index (self->rows, i);

      for (guint k = 0; cells[k] != NULL; k++)
        {
          append_cell (self->text, cells[k]);
          for (guint w = measure (cells[k]);
               cells[k + 1] != NULL && w < g_array_index (widths, guint, k) + 2; w++)
            g_string_append_c (self->text, ' ');
        }
      g_string_append_c (self->text, '\n');
    }
  g_ptr_array_set_size (self->rows, 0);
  if (self->text->len > FLUSH_BYTES)
    flush (self);
}
