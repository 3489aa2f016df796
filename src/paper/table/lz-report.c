/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-report-private.h"

#include <string.h>

struct _LzReport
{
  char *key;
  char *title;
  char *office;
  char *period;
  char **signers;
  gint64 from_ms;
  gint64 to_ms;
  gint64 made_ms;
  GPtrArray *tables;
  GPtrArray *definitions; /* term, text, term, text … */
};

LzReport *
lz_report_new (const char *key, const char *title)
{
  LzReport *self = g_new0 (LzReport, 1);

  g_return_val_if_fail (key != NULL && title != NULL, NULL);

  self->key = g_strdup (key);
  self->title = g_strdup (title);
  self->tables = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_report_table_free);
  self->definitions = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
lz_report_free (LzReport *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->tables);
  g_ptr_array_unref (self->definitions);
  g_free (self->key);
  g_free (self->title);
  g_free (self->office);
  g_free (self->period);
  g_strfreev (self->signers);
  g_free (self);
}

void
lz_report_set_office (LzReport *self, const char *office)
{
  g_free (self->office);
  self->office = g_strdup (office);
}

void
lz_report_set_signers (LzReport *self, const char *const *labels)
{
  g_strfreev (self->signers);
  self->signers = g_strdupv ((char **) labels);
}

const char *const *
lz_report_get_signers (const LzReport *self)
{
  return (const char *const *) self->signers;
}

void
lz_report_set_period (LzReport *self, gint64 from_ms, gint64 to_ms, const char *label)
{
  self->from_ms = from_ms;
  self->to_ms = to_ms;
  g_free (self->period);
  self->period = g_strdup (label);
}

void
lz_report_set_made (LzReport *self, gint64 made_ms)
{
  self->made_ms = made_ms;
}

void
lz_report_add_table (LzReport *self, LzReportTable *table)
{
  g_return_if_fail (table != NULL);

  g_ptr_array_add (self->tables, table);
}

void
lz_report_add_definition (LzReport *self, const char *term, const char *text)
{
  g_ptr_array_add (self->definitions, g_strdup (term));
  g_ptr_array_add (self->definitions, g_strdup (text));
}

const char *
lz_report_get_key (const LzReport *self)
{
  return self->key;
}

const char *
lz_report_get_title (const LzReport *self)
{
  return self->title;
}

const char *
lz_report_get_office (const LzReport *self)
{
  return self->office;
}

const char *
lz_report_get_period_label (const LzReport *self)
{
  return self->period;
}

gint64
lz_report_get_from (const LzReport *self)
{
  return self->from_ms;
}

gint64
lz_report_get_to (const LzReport *self)
{
  return self->to_ms;
}

gint64
lz_report_get_made (const LzReport *self)
{
  return self->made_ms;
}

guint
lz_report_get_n_tables (const LzReport *self)
{
  return self->tables->len;
}

const LzReportTable *
lz_report_get_table (const LzReport *self, guint index)
{
  g_return_val_if_fail (index < self->tables->len, NULL);

  return g_ptr_array_index (self->tables, index);
}

/* The same figure is defined once, however many tables have it. */
static void
add_once (GPtrArray *list, const char *term, const char *text)
{
  for (guint i = 0; i < list->len; i += 2)
    if (g_str_equal (g_ptr_array_index (list, i), term) &&
        g_str_equal (g_ptr_array_index (list, i + 1), text))
      return;
  g_ptr_array_add (list, g_strdup (term));
  g_ptr_array_add (list, g_strdup (text));
}

GPtrArray *
lz_report_list_definitions (const LzReport *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);

  for (guint t = 0; t < self->tables->len; t++)
    {
      const LzReportTable *table = g_ptr_array_index (self->tables, t);

      for (guint c = 0; c < lz_report_table_get_n_columns (table); c++)
        {
          const LzReportColumn *column = lz_report_table_get_column (table, c);

          if (column->definition != NULL)
            add_once (list, column->title, column->definition);
        }
    }
  for (guint i = 0; i < self->definitions->len; i += 2)
    add_once (list, g_ptr_array_index (self->definitions, i),
              g_ptr_array_index (self->definitions, i + 1));
  return list;
}

gboolean
lz_report_format_from_path (const char *path, LzReportFormat *format)
{
  static const char *const endings[] = { ".pdf", ".xlsx", ".csv", ".json" };
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    if (g_str_has_suffix (lower, endings[i]))
      {
        *format = (LzReportFormat) i;
        return TRUE;
      }
  return FALSE;
}

gboolean
lz_report_write (const LzReport *self,
                 const char *path,
                 LzReportFormat format,
                 GCancellable *cancellable,
                 GError **error)
{
  g_return_val_if_fail (self != NULL && path != NULL, FALSE);

  switch (format)
    {
    case LZ_REPORT_PDF:
      return lz_report_write_pdf (self, path, cancellable, error);
    case LZ_REPORT_XLSX:
      return lz_report_write_xlsx (self, path, cancellable, error);
    case LZ_REPORT_CSV:
      return lz_report_write_csv (self, path, cancellable, error);
    case LZ_REPORT_JSON:
    default:
      return lz_report_write_json (self, path, cancellable, error);
    }
}
