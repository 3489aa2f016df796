/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A report as it is sealed: JSON from which the same report comes again. */
#define G_LOG_DOMAIN "lz-paper"

#include "config.h"

#include "lz-error.h"
#include "lz-report-table.h"
#include "lz-wire.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A cell that holds its value under the letter of its kind; texts, counts and rates go without. */
static const struct
{
  const char *key;
  LzCellKind kind;
} letters[] = { { "m", LZ_CELL_MISSING },
                { "t", LZ_CELL_TIME },
                { "d", LZ_CELL_DATE },
                { "h", LZ_CELL_HOURS } };

static void
put_text (JsonObject *json, const char *key, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (json, key, text);
}

/* -- writing ------------------------------------------------------------------------------------
 */

static void
write_lettered (JsonArray *row, const LzCell *cell)
{
  JsonObject *json = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    if (letters[i].kind == cell->kind)
      json_object_set_int_member (json, letters[i].key, cell->count);
  json_array_add_object_element (row, json);
}

static void
write_cell (JsonArray *row, const LzCell *cell)
{
  JsonArray *ratio;

  switch (cell->kind)
    {
    case LZ_CELL_TEXT:
      json_array_add_string_element (row, cell->text);
      break;
    case LZ_CELL_COUNT:
      json_array_add_int_element (row, cell->count);
      break;
    case LZ_CELL_NUMBER:
      {
        char buffer[G_ASCII_DTOSTR_BUF_SIZE];
        JsonObject *json = json_object_new ();

        put_text (json, "n", g_ascii_dtostr (buffer, sizeof buffer, cell->number));
        json_array_add_object_element (row, json);
        break;
      }
    case LZ_CELL_RATE:
      ratio = json_array_sized_new (2);
      json_array_add_int_element (ratio, cell->count);
      json_array_add_int_element (ratio, cell->below);
      json_array_add_array_element (row, ratio);
      break;
    case LZ_CELL_EMPTY:
      json_array_add_null_element (row);
      break;
    case LZ_CELL_MISSING:
    case LZ_CELL_TIME:
    case LZ_CELL_DATE:
    case LZ_CELL_HOURS:
    default:
      write_lettered (row, cell);
      break;
    }
}

static JsonObject *
write_column (const LzReportColumn *column)
{
  JsonObject *json = json_object_new ();

  put_text (json, "key", column->key);
  put_text (json, "title", column->title);
  put_text (json, "group", column->group);
  put_text (json, "definition", column->definition);
  put_text (json, "above", column->above);
  put_text (json, "below", column->below);
  put_text (json, "formula", column->formula);
  put_text (json, "made_of", column->made_of);
  json_object_set_int_member (json, "kind", column->kind);
  json_object_set_int_member (json, "decimals", column->decimals);
  json_object_set_int_member (json, "width", column->width);
  json_object_set_int_member (json, "summed", column->summed);
  return json;
}

static JsonArray *
write_row (const LzReportTable *table, guint row)
{
  guint n = lz_report_table_get_n_columns (table);
  JsonArray *json = json_array_sized_new (n + 2);
  const char *key = lz_report_table_get_row_key (table, row);

  json_array_add_int_element (json, lz_report_table_get_row_kind (table, row));
  if (key != NULL)
    json_array_add_string_element (json, key);
  else
    json_array_add_null_element (json);
  for (guint column = 0; column < n; column++)
    write_cell (json, lz_report_table_get_cell (table, row, column));
  return json;
}

static JsonObject *
write_table (const LzReportTable *table)
{
  JsonObject *json = json_object_new ();
  JsonArray *columns = json_array_new ();
  JsonArray *rows = json_array_new ();

  put_text (json, "key", lz_report_table_get_key (table));
  put_text (json, "title", lz_report_table_get_title (table));
  put_text (json, "note", lz_report_table_get_note (table));
  for (guint i = 0; i < lz_report_table_get_n_columns (table); i++)
    json_array_add_object_element (columns, write_column (lz_report_table_get_column (table, i)));
  for (guint i = 0; i < lz_report_table_get_n_rows (table); i++)
    json_array_add_array_element (rows, write_row (table, i));
  json_object_set_array_member (json, "columns", columns);
  json_object_set_array_member (json, "rows", rows);
  return json;
}

JsonObject *
lz_report_write_document (const LzReport *self)
{
  JsonObject *json = json_object_new ();
  JsonArray *tables = json_array_new ();

  put_text (json, "key", lz_report_get_key (self));
  put_text (json, "title", lz_report_get_title (self));
  put_text (json, "office", lz_report_get_office (self));
  put_text (json, "period", lz_report_get_period_label (self));
  json_object_set_int_member (json, "from", lz_report_get_from (self));
  json_object_set_int_member (json, "to", lz_report_get_to (self));
  json_object_set_int_member (json, "made", lz_report_get_made (self));
  for (guint i = 0; i < lz_report_get_n_tables (self); i++)
    json_array_add_object_element (tables, write_table (lz_report_get_table (self, i)));
  json_object_set_array_member (json, "tables", tables);
  return json;
}

/* -- reading ------------------------------------------------------------------------------------
 */

static gint64
get_int (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) ? json_node_get_int (node) : 0;
}

static void
read_lettered (LzReportTable *table, JsonObject *json)
{
  const char *number = lz_json_get_text (json, "n", NULL);

  if (number != NULL)
    {
      lz_report_table_put_number (table, g_ascii_strtod (number, NULL));
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (letters); i++)
    if (json_object_has_member (json, letters[i].key))
      {
        lz_report_table_put (table,
                             &(LzCell){ .kind = letters[i].kind,
                                        .count = lz_json_get_int (json, letters[i].key, 0) });
        return;
      }
  lz_report_table_put_missing (table);
}

static void
read_cell (LzReportTable *table, JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    read_lettered (table, json_node_get_object (node));
  else if (JSON_NODE_HOLDS_ARRAY (node) && json_array_get_length (json_node_get_array (node)) == 2)
    {
      JsonArray *ratio = json_node_get_array (node);

      lz_report_table_put_rate (table, get_int (json_array_get_element (ratio, 0)),
                                get_int (json_array_get_element (ratio, 1)));
    }
  else if (lz_json_node_get_text (node) != NULL)
    lz_report_table_put_text (table, lz_json_node_get_text (node));
  else if (JSON_NODE_HOLDS_VALUE (node))
    lz_report_table_put_count (table, json_node_get_int (node));
  else
    lz_report_table_put_empty (table);
}

static gboolean
read_column (LzReportTable *table, JsonNode *node)
{
  JsonObject *json = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  LzReportColumn column = { 0 };
  gint64 kind;

  if (json == NULL)
    return FALSE;
  kind = lz_json_get_int (json, "kind", -1);
  column.key = lz_json_get_text (json, "key", NULL);
  column.title = lz_json_get_text (json, "title", NULL);
  column.group = lz_json_get_text (json, "group", NULL);
  column.definition = lz_json_get_text (json, "definition", NULL);
  column.above = lz_json_get_text (json, "above", NULL);
  column.below = lz_json_get_text (json, "below", NULL);
  column.formula = lz_json_get_text (json, "formula", NULL);
  column.made_of = lz_json_get_text (json, "made_of", NULL);
  column.decimals = (guint) CLAMP (lz_json_get_int (json, "decimals", 0), 0, 6);
  column.width = (guint) CLAMP (lz_json_get_int (json, "width", 0), 0, 200);
  column.summed = lz_json_get_int (json, "summed", 0) != 0;
  if (column.key == NULL || column.title == NULL || kind < 0 || kind > LZ_CELL_HOURS)
    return FALSE;
  column.kind = (LzCellKind) kind;
  lz_report_table_add_column (table, &column);
  return TRUE;
}

static gboolean
read_row (LzReportTable *table, JsonNode *node)
{
  JsonArray *json = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  gint64 kind;

  if (json == NULL || json_array_get_length (json) != lz_report_table_get_n_columns (table) + 2)
    return FALSE;
  kind = get_int (json_array_get_element (json, 0));
  if (kind < LZ_ROW_BODY || kind > LZ_ROW_TOTAL)
    return FALSE;
  lz_report_table_add_row (table, (LzReportRowKind) kind,
                           lz_json_node_get_text (json_array_get_element (json, 1)));
  for (guint i = 2; i < json_array_get_length (json); i++)
    read_cell (table, json_array_get_element (json, i));
  return TRUE;
}

/* (nullable) */
static LzReportTable *
read_table (JsonNode *node)
{
  JsonObject *json = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonArray *columns = json != NULL ? lz_json_get_array (json, "columns") : NULL;
  JsonArray *rows = json != NULL ? lz_json_get_array (json, "rows") : NULL;
  g_autoptr (LzReportTable) table = NULL;

  if (columns == NULL || rows == NULL)
    return NULL;
  table = lz_report_table_new (lz_json_get_text (json, "key", ""),
                               lz_json_get_text (json, "title", ""));
  lz_report_table_set_note (table, lz_json_get_text (json, "note", NULL));
  for (guint i = 0; i < json_array_get_length (columns); i++)
    if (!read_column (table, json_array_get_element (columns, i)))
      return NULL;
  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (!read_row (table, json_array_get_element (rows, i)))
      return NULL;
  return g_steal_pointer (&table);
}

LzReport *
lz_report_read_document (JsonObject *json, GError **error)
{
  g_autoptr (LzReport) report =
      lz_report_new (lz_json_get_text (json, "key", ""), lz_json_get_text (json, "title", ""));
  JsonArray *tables = lz_json_get_array (json, "tables");

  lz_report_set_office (report, lz_json_get_text (json, "office", NULL));
  lz_report_set_period (report, lz_json_get_int (json, "from", 0), lz_json_get_int (json, "to", 0),
                        lz_json_get_text (json, "period", NULL));
  lz_report_set_made (report, lz_json_get_int (json, "made", 0));
  for (guint i = 0; tables != NULL && i < json_array_get_length (tables); i++)
    {
      LzReportTable *table = read_table (json_array_get_element (tables, i));

      if (table == NULL)
        {
          g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, "table %u cannot be read", i + 1);
          return NULL;
        }
      lz_report_add_table (report, table);
    }
  return g_steal_pointer (&report);
}
