/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-cli"

#include "config.h"

#include "lz-cli-case.h"
#include "lz-roads.h"

static char *opt_state;
static char *opt_road;
static char *opt_search;
static char *opt_dimension;
static char *opt_lamp;
static char *opt_sort;
static gboolean opt_mine;
static gboolean opt_ascending;

/* clang-format off */
const GOptionEntry lz_cli_query_entries[] = {
  { "state", 0, 0, G_OPTION_ARG_STRING, &opt_state, N_("only these states: “open”, “final” or names with commas between"), N_("STATES") },
  { "road", 0, 0, G_OPTION_ARG_STRING, &opt_road, N_("only on this road, by name or id"), N_("ROAD") },
  { "mine", 0, 0, G_OPTION_ARG_NONE, &opt_mine, N_("only on the roads of the station's person"), NULL },
  { "dimension", 0, 0, G_OPTION_ARG_STRING, &opt_dimension, N_("only of this dimension: 序化, 洁化, 绿化, 亮化, 素质 or 专项"), N_("NAME") },
  { "lamp", 0, 0, G_OPTION_ARG_STRING, &opt_lamp, N_("only with this lamp: green, yellow, red or none"), N_("LAMP") },
  { "search", 0, 0, G_OPTION_ARG_STRING, &opt_search, N_("only with these words, characters or pinyin initials"), N_("TEXT") },
  { "sort", 0, 0, G_OPTION_ARG_STRING, &opt_sort, N_("reported (as it is), changed, due, number, category, state or road"), N_("ORDER") },
  { "ascending", 0, 0, G_OPTION_ARG_NONE, &opt_ascending, N_("smallest, oldest, nearest first"), NULL },
  { NULL }
};
/* clang-format on */

static gboolean
parse_states (const char *text, guint32 *states, GError **error)
{
  g_auto (GStrv) names = g_strsplit (text, ",", -1);

  for (char **name = names; *name != NULL; name++)
    {
      LzState state;

      if (g_str_equal (g_strstrip (*name), "open"))
        *states |= LZ_STATES_OPEN;
      else if (g_str_equal (*name, "final"))
        *states |= LZ_STATES_FINAL;
      else if (lz_state_from_string (*name, &state))
        *states |= LZ_STATE_BIT (state);
      else
        return lz_cli_set_usage (error, _ ("There is no state “%s”."), *name);
    }
  return TRUE;
}

static gboolean
parse_lamp (const char *text, guint32 *lamps, GError **error)
{
  for (guint lamp = LZ_LAMP_NONE; lamp <= LZ_LAMP_RED; lamp++)
    if (g_str_equal (text, lz_lamp_to_string ((LzLamp) lamp)))
      {
        *lamps |= 1u << lamp;
        return TRUE;
      }
  return lz_cli_set_usage (error, _ ("There is no lamp “%s”."), text);
}

static gboolean
parse_dimension (const char *text, guint32 *dimensions, GError **error)
{
  /* The plan's own words, as in the layer `cases`, in every language. */
  static const char *const words[LZ_N_DIMENSIONS] = { "",     "序化", "洁化", "绿化",
                                                      "亮化", "素质", "专项" };

  for (guint i = 1; i < LZ_N_DIMENSIONS; i++)
    if (g_str_equal (text, words[i]) ||
        g_str_equal (text, lz_dimension_to_string ((LzDimension) i)) ||
        g_str_equal (text, lz_dimension_label ((LzDimension) i)))
      {
        *dimensions |= 1u << i;
        return TRUE;
      }
  return lz_cli_set_usage (error, _ ("There is no dimension “%s”."), text);
}

static gboolean
parse_sort (const char *text, LzSort *sort, GError **error)
{
  static const char *const names[LZ_N_SORTS] = { "reported", "changed", "due", "number",
                                                 "category", "state",   "road" };

  for (guint i = 0; i < LZ_N_SORTS; i++)
    if (g_str_equal (text, names[i]))
      {
        *sort = (LzSort) i;
        return TRUE;
      }
  return lz_cli_set_usage (error, _ ("There is no order “%s”."), text);
}

gboolean
lz_cli_find_road (LzStation *station, const char *name, LzId *id, GError **error)
{
  g_autoptr (LzRoad) road = NULL;

  if (lz_id_parse (name, id))
    road = lz_roads_load (station, id, error);
  else
    road = lz_roads_find_by_name (station, name, error);
  if (road == NULL)
    return FALSE;
  *id = road->id;
  return TRUE;
}

gboolean
lz_cli_make_query (LzStation *station, const char *text, LzCaseQuery *query, GError **error)
{
  *query = (LzCaseQuery){ .now_ms = lz_station_now (station),
                          .text = text != NULL ? text : opt_search,
                          .my_roads = opt_mine,
                          .sort = LZ_SORT_REPORTED,
                          .descending = !opt_ascending };

  return (opt_state == NULL || parse_states (opt_state, &query->states, error)) &&
         (opt_lamp == NULL || parse_lamp (opt_lamp, &query->lamps, error)) &&
         (opt_dimension == NULL || parse_dimension (opt_dimension, &query->dimensions, error)) &&
         (opt_sort == NULL || parse_sort (opt_sort, &query->sort, error)) &&
         (opt_road == NULL || lz_cli_find_road (station, opt_road, &query->road, error));
}
