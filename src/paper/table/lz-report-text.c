/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reports as CSV and JSON. */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-atomic.h"
#include "lz-csv-field.h"
#include "lz-report-private.h"

#include <errno.h>
#include <json-glib/json-glib.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define FLUSH_BYTES     (256 * 1024)
#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* A text file on its way. */
typedef struct
{
  LzAtomic *atomic;
  FILE *file;
  GString *text;
  GCancellable *cancellable;
} Writer;

static gboolean
open_writer (Writer *self, const char *path, GCancellable *cancellable, GError **error)
{
  *self = (Writer){ .cancellable = cancellable };
  self->atomic = lz_atomic_new (path, error);
  if (self->atomic == NULL)
    return FALSE;
  self->text = g_string_sized_new (FLUSH_BYTES + 4096);
  self->file = fopen (lz_atomic_get_temp (self->atomic), "we");
  return self->file != NULL || lz_error_set_errno (error, errno, "opening", path);
}

static gboolean
flush (Writer *self, gsize above, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;
  if (self->text->len <= above)
    return TRUE;
  if (fwrite (self->text->str, 1, self->text->len, self->file) != self->text->len)
    return lz_error_set_errno (error, errno, "writing", lz_atomic_get_temp (self->atomic));
  g_string_truncate (self->text, 0);
  return TRUE;
}

static gboolean
close_writer (Writer *self, gboolean good, GError **error)
{
  if (good)
    good = flush (self, 0, error);
  if (self->file != NULL && fclose (self->file) != 0 && good)
    good = lz_error_set_errno (error, errno, "writing", lz_atomic_get_temp (self->atomic));
  if (good)
    good = lz_atomic_commit (self->atomic, error);
  if (self->text != NULL)
    g_string_free (self->text, TRUE);
  lz_atomic_free (self->atomic);
  return good;
}

/* A spreadsheet takes what begins like a formula for one, also when a citizen wrote it. */
static gboolean
looks_like_formula (const char *text)
{
  return text[0] == '=' || text[0] == '@' || text[0] == '\t' || text[0] == '\r' ||
         ((text[0] == '+' || text[0] == '-') && !g_ascii_isdigit (text[1]) && text[1] != '\0');
}

static void
append_field (GString *out, const char *text, gboolean words)
{
  g_autofree char *guarded =
      words && looks_like_formula (text) ? g_strconcat ("'", text, NULL) : NULL;

  if (guarded != NULL)
    lz_csv_append_quoted (out, guarded);
  else
    lz_csv_append_field (out, text);
}

static gboolean
write_csv_table (Writer *writer, const LzReportTable *table, GError **error)
{
  guint n_columns = lz_report_table_get_n_columns (table);

  for (guint c = 0; c < n_columns; c++)
    {
      const LzReportColumn *column = lz_report_table_get_column (table, c);
      g_autofree char *head = column->group != NULL
                                  ? g_strdup_printf ("%s %s", column->group, column->title)
                                  : g_strdup (column->title);

      append_field (writer->text, head, TRUE);
      g_string_append (writer->text, c + 1 < n_columns ? "," : "\r\n");
    }
  for (guint r = 0; r < lz_report_table_get_n_rows (table); r++)
    {
      for (guint c = 0; c < n_columns; c++)
        {
          g_autofree char *text = lz_report_table_dup_text (table, r, c);

          append_field (writer->text, text,
                        lz_report_table_get_cell (table, r, c)->kind == LZ_CELL_TEXT);
          g_string_append (writer->text, c + 1 < n_columns ? "," : "\r\n");
        }
      if (!flush (writer, FLUSH_BYTES, error))
        return FALSE;
    }
  return TRUE;
}

gboolean
lz_report_write_csv (const LzReport *self,
                     const char *path,
                     GCancellable *cancellable,
                     GError **error)
{
  guint n_tables = lz_report_get_n_tables (self);
  Writer writer;
  gboolean good = open_writer (&writer, path, cancellable, error);

  if (good)
    g_string_append (writer.text, BYTE_ORDER_MARK);
  for (guint t = 0; good && t < n_tables; t++)
    {
      const LzReportTable *table = lz_report_get_table (self, t);

      if (n_tables > 1)
        {
          g_string_append (writer.text, t > 0 ? "\r\n" : "");
          append_field (writer.text, lz_report_table_get_title (table), TRUE);
          g_string_append (writer.text, "\r\n");
        }
      good = write_csv_table (&writer, table, error);
    }
  return close_writer (&writer, good, error);
}

static void
append_json_string (GString *out, const char *text)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *json = NULL;

  if (text == NULL)
    {
      g_string_append (out, "null");
      return;
    }
  node = json_node_init_string (json_node_alloc (), text);
  json = json_to_string (node, FALSE);
  g_string_append (out, json);
}

static void
append_json_member (GString *out, const char *before, const char *key, const char *text)
{
  g_string_append_printf (out, "%s\"%s\":", before, key);
  append_json_string (out, text);
}

static void
append_json_number (GString *out, double number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (out,
                   isfinite (number) ? g_ascii_dtostr (buffer, sizeof buffer, number) : "null");
}

static void
append_json_time (GString *out, gint64 at_ms)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at_ms / 1000);
  g_autofree char *text = utc != NULL ? g_date_time_format (utc, "%Y-%m-%dT%H:%M:%SZ") : NULL;

  append_json_string (out, at_ms != 0 ? text : NULL);
}

static void
append_json_cell (GString *out, const LzReportTable *table, guint row, guint column)
{
  const LzCell *cell = lz_report_table_get_cell (table, row, column);

  switch (cell->kind)
    {
    case LZ_CELL_TEXT:
      append_json_string (out, cell->text);
      break;
    case LZ_CELL_COUNT:
      g_string_append_printf (out, "%" G_GINT64_FORMAT, cell->count);
      break;
    case LZ_CELL_RATE:
      g_string_append_printf (out, "{\"above\":%" G_GINT64_FORMAT ",\"below\":%" G_GINT64_FORMAT,
                              cell->count, cell->below);
      g_string_append (out, ",\"value\":");
      append_json_number (out, lz_report_table_get_value (table, row, column));
      g_string_append_c (out, '}');
      break;
    case LZ_CELL_TIME:
    case LZ_CELL_DATE:
      append_json_time (out, cell->count);
      break;
    case LZ_CELL_NUMBER:
    case LZ_CELL_HOURS:
      append_json_number (out, lz_report_table_get_value (table, row, column));
      break;
    case LZ_CELL_EMPTY:
    case LZ_CELL_MISSING:
    default:
      g_string_append (out, "null");
      break;
    }
}

static void
append_json_columns (GString *out, const LzReportTable *table)
{
  static const char *const kinds[] = { "empty", "missing", "text", "count", "number",
                                       "rate",  "time",    "date", "hours" };

  for (guint c = 0; c < lz_report_table_get_n_columns (table); c++)
    {
      const LzReportColumn *column = lz_report_table_get_column (table, c);

      append_json_member (out, c > 0 ? ",\n{" : "{", "key", column->key);
      append_json_member (out, ",", "title", column->title);
      if (column->group != NULL)
        append_json_member (out, ",", "group", column->group);
      append_json_member (out, ",", "kind", kinds[column->kind]);
      append_json_member (out, ",", "definition", column->definition);
      g_string_append_c (out, '}');
    }
}

static gboolean
write_json_table (Writer *writer, const LzReportTable *table, GError **error)
{
  static const char *const kinds[] = { "body", "heading", "total" };
  GString *out = writer->text;

  append_json_member (out, "{", "key", lz_report_table_get_key (table));
  append_json_member (out, ",", "title", lz_report_table_get_title (table));
  append_json_member (out, ",", "note", lz_report_table_get_note (table));
  g_string_append (out, ",\n\"columns\":[");
  append_json_columns (out, table);
  g_string_append (out, "],\n\"rows\":[");
  for (guint r = 0; r < lz_report_table_get_n_rows (table); r++)
    {
      append_json_member (out, r > 0 ? ",\n{" : "\n{", "kind",
                          kinds[lz_report_table_get_row_kind (table, r)]);
      append_json_member (out, ",", "key", lz_report_table_get_row_key (table, r));
      for (guint c = 0; c < lz_report_table_get_n_columns (table); c++)
        {
          g_string_append_printf (out, "%s\"%s\":", c > 0 ? "," : ",\"cells\":{",
                                  lz_report_table_get_column (table, c)->key);
          append_json_cell (out, table, r, c);
        }
      g_string_append (out, "}}");
      if (!flush (writer, FLUSH_BYTES, error))
        return FALSE;
    }
  g_string_append (out, "]}");
  return TRUE;
}

static void
append_json_head (GString *out, const LzReport *report)
{
  append_json_member (out, "{", "report", lz_report_get_key (report));
  append_json_member (out, ",", "title", lz_report_get_title (report));
  append_json_member (out, ",", "office", lz_report_get_office (report));
  append_json_member (out, ",", "period", lz_report_get_period_label (report));
  g_string_append (out, ",\"from\":");
  append_json_time (out, lz_report_get_from (report));
  g_string_append (out, ",\"to\":");
  append_json_time (out, lz_report_get_to (report));
  g_string_append (out, ",\"made_at\":");
  append_json_time (out, lz_report_get_made (report));
  g_string_append (out, ",\n\"tables\":[");
}

gboolean
lz_report_write_json (const LzReport *self,
                      const char *path,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (GPtrArray) definitions = lz_report_list_definitions (self);
  Writer writer;
  gboolean good = open_writer (&writer, path, cancellable, error);

  if (good)
    append_json_head (writer.text, self);
  for (guint t = 0; good && t < lz_report_get_n_tables (self); t++)
    {
      g_string_append (writer.text, t > 0 ? ",\n" : "\n");
      good = write_json_table (&writer, lz_report_get_table (self, t), error);
    }
  if (good)
    {
      g_string_append (writer.text, "],\n\"definitions\":[");
      for (guint i = 0; i < definitions->len; i += 2)
        {
          append_json_member (writer.text, i > 0 ? ",\n{" : "\n{", "term",
                              g_ptr_array_index (definitions, i));
          append_json_member (writer.text, ",", "text", g_ptr_array_index (definitions, i + 1));
          g_string_append_c (writer.text, '}');
        }
      g_string_append (writer.text, "]}\n");
    }
  return close_writer (&writer, good, error);
}
