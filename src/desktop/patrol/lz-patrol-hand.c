/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-patrol-hand.h"

#include <glib/gi18n.h>

#include "lz-jobs.h"
#include "lz-names.h"
#include "lz-patrol-rows.h"
#include "lz-template.h"
#include "lz-words.h"

/* A click farther from every road means none. */
#define REACH_M 120.0

struct _LzPatrolHand
{
  GtkWidget parent_instance;

  GtkLabel *title;
  GtkDropDown *road;
  GtkSpinButton *from;
  GtkSpinButton *to;
  GtkToggleButton *pick;
  GtkListBox *list;
  GtkWidget *times;
  GtkEntry *start;
  GtkSpinButton *minutes;
  GtkEntry *text;
  GtkWidget *seal;

  LzSession *session;
  GPtrArray *roads;  /* LzRoad, as the drop-down has them; those of the person first */
  GPtrArray *covers; /* LzRoadCover */
  LzId patrol;       /* to be finished; nil = another one */
  gboolean has_from; /* the next click is the other end */
};

G_DEFINE_FINAL_TYPE (LzPatrolHand, lz_patrol_hand, GTK_TYPE_WIDGET)

enum
{
  LEFT,
  SEALED,
  CHANGED,
  PICKING,
  TOLD,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
tell (LzPatrolHand *self, const char *text)
{
  g_signal_emit (self, signals[TOLD], 0, text);
}

static const LzRoad *
get_road (LzPatrolHand *self)
{
  guint i = gtk_drop_down_get_selected (self->road);

  return i < self->roads->len ? self->roads->pdata[i] : NULL;
}

/* The stretches. */

static void show_list (LzPatrolHand *self);

static void
remove_clicked_cb (GtkButton *button, LzPatrolHand *self)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (button), GTK_TYPE_LIST_BOX_ROW);

  g_ptr_array_remove_index (self->covers,
                            (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)));
  show_list (self);
}

static void
show_list (LzPatrolHand *self)
{
  lz_patrol_rows_clear (self->list);
  for (guint i = 0; i < self->covers->len; i++)
    {
      GtkWidget *row = lz_patrol_row_new_cover (self->session, self->covers->pdata[i]);
      GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

      gtk_widget_set_tooltip_text (button, _ ("Take this road out"));
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      g_signal_connect (button, "clicked", G_CALLBACK (remove_clicked_cb), self);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
      gtk_list_box_append (self->list, row);
      lz_names_from_tooltips (row);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), self->covers->len > 0);
  gtk_widget_set_sensitive (self->seal, self->covers->len > 0);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
add_stretch (LzPatrolHand *self)
{
  const LzRoad *road = get_road (self);
  double from_m = gtk_spin_button_get_value (self->from),
         to_m = gtk_spin_button_get_value (self->to);
  LzRoadCover *cover;

  if (road == NULL)
    return;
  cover = lz_road_covers_find (self->covers, &road->id);
  if (cover == NULL)
    {
      cover = lz_road_cover_new (&road->id, (gint64) (road->length_m * 100), NULL);
      cover->name = g_strdup (road->name);
      g_ptr_array_add (self->covers, cover);
    }
  lz_spans_add (cover->spans, (gint64) (MIN (from_m, to_m) * 100),
                (gint64) (MAX (from_m, to_m) * 100));
  if (cover->spans->len == 0)
    g_ptr_array_remove (self->covers, cover);
  show_list (self);
}

static void
add_clicked_cb (LzPatrolHand *self)
{
  add_stretch (self);
}

static void
road_selected_cb (LzPatrolHand *self)
{
  const LzRoad *road = get_road (self);

  if (road == NULL)
    return;
  gtk_spin_button_set_range (self->from, 0, road->length_m);
  gtk_spin_button_set_range (self->to, 0, road->length_m);
  gtk_spin_button_set_value (self->from, 0);
  gtk_spin_button_set_value (self->to, road->length_m);
}

/* Picking on the map. */

static void
pick_toggled_cb (LzPatrolHand *self)
{
  self->has_from = FALSE;
  g_signal_emit (self, signals[PICKING], 0, gtk_toggle_button_get_active (self->pick));
}

static gboolean
find_road (LzPatrolHand *self, LzPoint place, guint *index, double *chainage_m)
{
  double best_m = REACH_M;
  gboolean found = FALSE;

  for (guint i = 0; i < self->roads->len; i++)
    {
      const LzRoad *road = self->roads->pdata[i];
      LzProjection projection;

      lz_line_project (road->line, place, &projection);
      if (projection.offset_m >= best_m)
        continue;
      best_m = projection.offset_m;
      *index = i;
      *chainage_m = projection.chainage_m;
      found = TRUE;
    }
  return found;
}

void
lz_patrol_hand_take_place (LzPatrolHand *self, LzPoint place)
{
  LzProjection projection;
  double chainage_m;
  guint index;

  g_return_if_fail (LZ_IS_PATROL_HAND (self));

  if (!self->has_from)
    {
      if (!find_road (self, place, &index, &chainage_m))
        {
          tell (self, _ ("There is no road of this office there."));
          return;
        }
      gtk_drop_down_set_selected (self->road, index);
      road_selected_cb (self);
      gtk_spin_button_set_value (self->from, chainage_m);
      self->has_from = TRUE;
      tell (self, _ ("And to where? Click the other end."));
      return;
    }

  lz_line_project (get_road (self)->line, place, &projection);
  gtk_spin_button_set_value (self->to, projection.chainage_m);
  self->has_from = FALSE;
  add_stretch (self);
}

/* Sealing. */

/* "2026-11-23 09:00" in the city's zone. */
static gboolean
parse_start (LzPatrolHand *self, gint64 *at_ms)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->start));
  g_autoptr (GTimeZone) zone =
      g_time_zone_new_offset (lz_session_get_offset_min (self->session) * 60);
  int year, month, day, hour, minute;
  g_autoptr (GDateTime) time = NULL;

  if (sscanf (text, "%d-%d-%d %d:%d", &year, &month, &day, &hour, &minute) != 5)
    return FALSE;
  time = g_date_time_new (zone, year, month, day, hour, minute, 0);
  if (time == NULL)
    return FALSE;
  *at_ms = g_date_time_to_unix (time) * 1000;
  return TRUE;
}

static void
sealed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzPatrolHand) self = user_data;
  g_autoptr (GError) error = NULL;
  LzId patrol;

  gtk_widget_set_sensitive (self->seal, TRUE);
  if (!lz_patrol_act_finish (result, &patrol, &error))
    tell (self, lz_jobs_explain (error));
  else
    g_signal_emit (self, signals[SEALED], 0, &patrol);
}

static void
seal_clicked_cb (LzPatrolHand *self)
{
  gboolean finishing = !lz_id_is_nil (&self->patrol);
  LzPatrolAct *act;
  gint64 start_ms = 0;

  if (!finishing && !parse_start (self, &start_ms))
    {
      tell (self, _ ("Write the beginning as 2026-11-23 09:00."));
      gtk_widget_grab_focus (GTK_WIDGET (self->start));
      return;
    }
  act = lz_patrol_act_new (finishing ? LZ_PATROL_ACT_FINISH : LZ_PATROL_ACT_ENTER, &self->patrol);
  act->covers = lz_road_covers_new ();
  for (guint i = 0; i < self->covers->len; i++)
    g_ptr_array_add (act->covers, lz_road_cover_copy (self->covers->pdata[i]));
  act->text = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->text)));
  act->from_ms = start_ms;
  act->until_ms =
      start_ms + gtk_spin_button_get_value_as_int (self->minutes) * G_GINT64_CONSTANT (60000);
  gtk_widget_set_sensitive (self->seal, FALSE);
  lz_patrol_act_async (self->session, act, sealed_cb, g_object_ref (self));
}

static void
back_clicked_cb (LzPatrolHand *self)
{
  g_signal_emit (self, signals[LEFT], 0);
}

static void
free_road (gpointer data)
{
  lz_road_free (data);
}

/* The person's own first. */
static void
take_roads (LzPatrolHand *self)
{
  GPtrArray *all = lz_session_get_roads (self->session);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);

  g_ptr_array_set_size (self->roads, 0);
  for (guint pass = 0; pass < 2; pass++)
    for (guint i = 0; i < all->len; i++)
      {
        const LzRoad *road = all->pdata[i];

        if ((road->level > 0) != (pass == 0))
          continue;
        g_ptr_array_add (self->roads, lz_road_copy (road));
        gtk_string_list_append (names, road->name);
      }
  gtk_drop_down_set_model (self->road, G_LIST_MODEL (names));
}

void
lz_patrol_hand_begin (LzPatrolHand *self, const LzId *patrol)
{
  g_autofree char *start = NULL;

  g_return_if_fail (LZ_IS_PATROL_HAND (self));

  self->patrol = patrol != NULL ? *patrol : (LzId){ { 0 } };
  gtk_label_set_label (self->title, patrol != NULL ? _ ("What Was Walked?") : _ ("Patrol by Hand"));
  gtk_widget_set_visible (self->times, patrol == NULL);
  start = lz_words_dup_date_time (lz_session_now () - 60 * 60 * 1000,
                                  lz_session_get_offset_min (self->session));
  start[MIN (strlen (start), 16)] = '\0';
  gtk_editable_set_text (GTK_EDITABLE (self->start), start);
  gtk_spin_button_set_value (self->minutes, 60);
  gtk_editable_set_text (GTK_EDITABLE (self->text), "");
  gtk_toggle_button_set_active (self->pick, FALSE);
  take_roads (self);
  road_selected_cb (self);
  g_ptr_array_set_size (self->covers, 0);
  show_list (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->road));
}

GPtrArray *
lz_patrol_hand_get_covers (LzPatrolHand *self)
{
  g_return_val_if_fail (LZ_IS_PATROL_HAND (self), NULL);

  return self->covers;
}

void
lz_patrol_hand_set_session (LzPatrolHand *self, LzSession *session)
{
  g_return_if_fail (LZ_IS_PATROL_HAND (self));

  g_set_object (&self->session, session);
}

static void
lz_patrol_hand_dispose (GObject *object)
{
  LzPatrolHand *self = LZ_PATROL_HAND (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->roads, g_ptr_array_unref);
  g_clear_pointer (&self->covers, g_ptr_array_unref);
  lz_template_dispose (GTK_WIDGET (self), LZ_TYPE_PATROL_HAND);

  G_OBJECT_CLASS (lz_patrol_hand_parent_class)->dispose (object);
}

static void
lz_patrol_hand_class_init (LzPatrolHandClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = LZ_TYPE_PATROL_HAND;

  G_OBJECT_CLASS (klass)->dispose = lz_patrol_hand_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-patrol-hand.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolHand, title);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolHand, road);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolHand, from);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolHand, to);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolHand, pick);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolHand, list);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolHand, times);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolHand, start);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolHand, minutes);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolHand, text);
  gtk_widget_class_bind_template_child (widget_class, LzPatrolHand, seal);
  gtk_widget_class_bind_template_callback (widget_class, back_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, road_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, pick_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, add_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, seal_clicked_cb);

  signals[LEFT] =
      g_signal_new ("left", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SEALED] = g_signal_new ("sealed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[CHANGED] =
      g_signal_new ("changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[PICKING] = g_signal_new ("picking", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[TOLD] = g_signal_new ("told", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_STRING);
}

static void
lz_patrol_hand_init (LzPatrolHand *self)
{
  self->roads = g_ptr_array_new_with_free_func (free_road);
  self->covers = lz_road_covers_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  lz_names_from_tooltips (GTK_WIDGET (self));
}
