/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-cli"

#include "config.h"

#include "lz-cli-case.h"
#include "lz-line.h"

#define ROWS_AT_ONCE 500

static int opt_limit;

/* clang-format off */
static const GOptionEntry list_entries[] = {
  { "limit", 0, 0, G_OPTION_ARG_INT, &opt_limit, N_("at most so many; 0 = all"), N_("N") },
  { NULL }
};
/* clang-format on */

char *
lz_cli_dup_chainage (gint64 chainage_cm, LzSide side, gint64 offset_cm)
{
  g_autofree char *label = lz_chainage_dup_label ((double) chainage_cm / 100);
  const char *side_text = side == LZ_SIDE_LEFT    ? _ ("left")
                          : side == LZ_SIDE_RIGHT ? _ ("right")
                                                  : "";

  return g_strdup_printf ("%s %s %d m", label, side_text, (int) ((ABS (offset_cm) + 50) / 100));
}

void
lz_cli_print_row_members (LzOut *out, const LzCaseRow *row, gint64 now_ms)
{
  g_autofree char *id = lz_id_dup_string (&row->id);

  lz_out_string (out, "id", id);
  lz_out_string (out, "number", row->number);
  lz_out_string (out, "state", lz_state_to_string (row->state));
  lz_out_string (out, "state_label", lz_state_label (row->state));
  lz_out_string (out, "category", row->category);
  lz_out_string (out, "category_name", row->category_name);
  lz_out_string (out, "dimension", lz_dimension_to_string ((LzDimension) row->dimension));
  lz_out_decimal (out, "lat", lz_point_latitude (row->place), 7);
  lz_out_decimal (out, "lon", lz_point_longitude (row->place), 7);
  lz_out_string (out, "road", row->road_name);
  if (row->road_name != NULL)
    {
      lz_out_decimal (out, "chainage_m", (double) row->chainage_cm / 100, 2);
      lz_out_string (out, "side", lz_side_to_string (row->side));
      lz_out_decimal (out, "offset_m", (double) row->offset_cm / 100, 2);
    }
  lz_out_string (out, "text", row->text);
  lz_out_string (out, "unit", row->unit);
  lz_out_time (out, "reported", row->reported_ms);
  lz_out_time (out, "changed", row->changed_ms);
  lz_out_time (out, "deadline", row->due_ms);
  lz_out_string (out, "lamp", lz_lamp_to_string (lz_case_row_lamp_at (row, now_ms)));
  lz_out_int (out, "n_photos", row->n_photos);
  lz_out_bool (out, "delivered", row->delivered);
}

static void
print_row (LzCli *self, const LzCaseRow *row, gint64 now_ms)
{
  g_autofree char *reported = NULL;
  g_autofree char *due = NULL;
  g_autofree char *place = NULL;

  if (self->json)
    {
      lz_out_begin_object (self->out, NULL);
      lz_cli_print_row_members (self->out, row, now_ms);
      lz_out_end_object (self->out);
      return;
    }
  reported = lz_out_dup_time (row->reported_ms);
  due = lz_out_dup_time (row->due_ms);
  if (row->road_name != NULL)
    {
      g_autofree char *chainage = lz_cli_dup_chainage (row->chainage_cm, row->side, row->offset_cm);

      place = g_strdup_printf ("%s %s", row->road_name, chainage);
    }
  else
    place = g_strdup_printf ("%.5f,%.5f", lz_point_latitude (row->place),
                             lz_point_longitude (row->place));
  lz_out_row (self->out, row->number != NULL ? row->number : "-", reported,
              lz_state_label (row->state), lz_lamp_label (lz_case_row_lamp_at (row, now_ms)), due,
              row->category, row->category_name != NULL ? row->category_name : "", place,
              row->text != NULL ? row->text : "", NULL);
}

gboolean
lz_cli_print_cases (LzCli *self,
                    LzStation *station,
                    const GArray *fids,
                    gint64 now_ms,
                    GError **error)
{
  lz_cli_begin_list (self);
  for (guint at = 0; at < fids->len; at += ROWS_AT_ONCE)
    {
      g_autoptr (GPtrArray) rows = lz_cases_load_rows (station, &g_array_index (fids, gint64, at),
                                                       MIN (ROWS_AT_ONCE, fids->len - at), error);

      if (rows == NULL)
        return FALSE;
      for (guint i = 0; i < rows->len; i++)
        print_row (self, g_ptr_array_index (rows, i), now_ms);
      lz_out_end_table (self->out);
    }
  lz_cli_end_list (self);
  return TRUE;
}

gboolean
lz_cli_list_cases (LzCli *self, LzStation *station, LzCaseQuery *query, guint limit, GError **error)
{
  g_autoptr (GArray) fids = lz_cases_list (station, query, limit, error);

  return fids != NULL && lz_cli_print_cases (self, station, fids, query->now_ms, error);
}

static gboolean
list (LzCli *self, const char *text, GError **error)
{
  g_autoptr (LzStation) station = NULL;
  LzCaseQuery query;

  if (opt_limit < 0)
    return lz_cli_set_usage (error, _ ("--limit must not be below 0."));
  station = lz_cli_open (self, LZ_STATION_READ_ONLY, error);
  return station != NULL && lz_cli_make_query (station, text, &query, error) &&
         lz_cli_list_cases (self, station, &query, (guint) opt_limit, error);
}

static gboolean
run_list (LzCli *self, GError **error)
{
  return list (self, NULL, error);
}

static gboolean
run_search (LzCli *self, GError **error)
{
  g_autofree char *text = g_strjoinv (" ", self->args);

  return list (self, text, error);
}

/* clang-format off */
const LzVerb lz_cli_case_verbs[] = {
  { "case", "list", "", 0, 0, list_entries, TRUE, run_list, N_("lists cases, newest first") },
  { "case", "show", N_("ID"), 1, 1, NULL, FALSE, lz_cli_run_show, N_("shows a case with its photos and events") },
  { NULL, "search", N_("TEXT"), 1, -1, list_entries, TRUE, run_search, N_("finds cases by words, Chinese characters, pinyin initials or number") },
  { NULL }
};
/* clang-format on */
