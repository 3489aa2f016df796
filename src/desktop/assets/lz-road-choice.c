/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-road-choice.h"

#include <glib/gi18n.h>

#define IDS "lz-road-ids"

/* Names and, in the same order, ids of the roads; the first choice has none. */
static GtkStringList *
make_list (LzSession *session, const char *first, GArray *ids)
{
  GPtrArray *roads = lz_session_get_roads (session);
  GtkStringList *names = gtk_string_list_new (NULL);
  LzId nil = { { 0 } };

  gtk_string_list_append (names, first);
  g_array_append_val (ids, nil);
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < roads->len; i++)
      {
        const LzRoad *road = roads->pdata[i];

        if ((road->level > 0) != (pass == 0))
          continue;
        gtk_string_list_append (names, road->name);
        g_array_append_val (ids, road->id);
      }
  return names;
}

static void
keep_ids (gpointer widget, GArray *ids)
{
  g_object_set_data_full (widget, IDS, ids, (GDestroyNotify) g_array_unref);
}

static LzId
get_id (gpointer widget, guint at)
{
  GArray *ids = g_object_get_data (widget, IDS);

  return ids != NULL && at < ids->len ? g_array_index (ids, LzId, at) : (LzId){ { 0 } };
}

void
lz_road_choice_set (AdwComboRow *row, LzSession *session, const LzId *road)
{
  GArray *ids = g_array_new (FALSE, TRUE, sizeof (LzId));
  g_autoptr (GtkStringList) names = make_list (session, _ ("The nearest road"), ids);

  adw_combo_row_set_model (row, G_LIST_MODEL (names));
  keep_ids (row, ids);
  adw_combo_row_set_selected (row, 0);
  for (guint i = 1; road != NULL && !lz_id_is_nil (road) && i < ids->len; i++)
    if (lz_id_equal (&g_array_index (ids, LzId, i), road))
      adw_combo_row_set_selected (row, i);
}

LzId
lz_road_choice_get (AdwComboRow *row)
{
  return get_id (row, adw_combo_row_get_selected (row));
}

void
lz_road_choice_fill (GtkDropDown *drop_down, LzSession *session, const char *all)
{
  GArray *ids = g_array_new (FALSE, TRUE, sizeof (LzId));
  g_autoptr (GtkStringList) names = make_list (session, all, ids);

  gtk_drop_down_set_model (drop_down, G_LIST_MODEL (names));
  keep_ids (drop_down, ids);
}

LzId
lz_road_choice_get_of (GtkDropDown *drop_down)
{
  return get_id (drop_down, gtk_drop_down_get_selected (drop_down));
}
