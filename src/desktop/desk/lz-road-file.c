/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-road-file.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

#include "lz-asset-rows.h"
#include "lz-badge.h"
#include "lz-strip-map.h"
#include "lz-trend-plot.h"
#include "lz-words.h"

#define MAX_SPOTS 8

struct _LzRoadFile
{
  GtkWidget parent_instance;

  GtkWidget *scrolled;
  GtkWidget *box;
  LzSession *session;
};

G_DEFINE_FINAL_TYPE (LzRoadFile, lz_road_file, GTK_TYPE_WIDGET)

enum
{
  CASE_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

void
lz_road_file_set_grade (GtkImage *image, LzHealthGrade grade)
{
  static const LzLamp lamps[] = { LZ_LAMP_GREEN, LZ_LAMP_NONE, LZ_LAMP_YELLOW, LZ_LAMP_RED };

  lz_badge_set_lamp (image, lamps[grade]);
}

static const char *
get_label (const char *chinese, const char *english)
{
  return lz_words_is_chinese () || english == NULL ? chinese : english;
}

static GtkWidget *
add_label (GtkWidget *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static GtkWidget *
add_group (LzRoadFile *self, const char *title)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  gtk_box_append (GTK_BOX (self->box), group);
  return group;
}

static GtkWidget *
add_row (GtkWidget *group, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *more = subtitle != NULL ? g_markup_escape_text (subtitle, -1) : NULL;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped);
  if (more != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (row), more);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

/* Name, ends and length on the left, the health on the right. */
static void
add_head (LzRoadFile *self, const LzDeskFile *file)
{
  const LzRoad *road = file->summary->road;
  GtkWidget *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *names = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *health = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *image = gtk_image_new ();
  g_autofree char *length = lz_words_dup_length (road->length_m);
  g_autofree char *score = g_strdup_printf ("%d", file->summary->health);
  g_autofree char *ends =
      road->from_name != NULL && road->to_name != NULL
          ? g_strdup_printf ("%s — %s · %s", road->from_name, road->to_name, length)
          : g_strdup (length);

  gtk_widget_set_hexpand (names, TRUE);
  add_label (names, road->name, "title-1");
  add_label (names, ends, "dim-label");
  gtk_box_append (GTK_BOX (head), names);
  gtk_image_set_pixel_size (GTK_IMAGE (image), 16);
  lz_road_file_set_grade (GTK_IMAGE (image), file->summary->grade);
  gtk_box_append (GTK_BOX (line), image);
  gtk_widget_set_valign (image, GTK_ALIGN_CENTER);
  add_label (line, score, "title-1");
  gtk_widget_set_halign (line, GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (health), line);
  gtk_widget_set_halign (add_label (health, lz_health_grade_label (file->summary->grade),
                                    "dim-label"),
                         GTK_ALIGN_END);
  gtk_box_append (GTK_BOX (head), health);
  gtk_box_append (GTK_BOX (self->box), head);
}

static char *
dup_points (double points)
{
  return fabs (points - round (points)) < 0.05 ? g_strdup_printf ("%.0f", points)
                                               : g_strdup_printf ("%.1f", points);
}

/* How the score came about, line by line. */
static void
add_formula (LzRoadFile *self, const LzDeskFile *file)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *expander = adw_expander_row_new ();
  g_autoptr (GString) text = g_string_new ("100");

  for (guint i = 0; i < LZ_HEALTH_N_TERMS; i++)
    {
      const LzHealthTerm *term = &file->terms[i];
      const char *label = get_label (term->label, term->label_en);
      g_autofree char *points = dup_points (term->points);
      g_autofree char *weight = dup_points (term->weight);
      g_autofree char *count = g_strdup_printf (term->per_km ? _ ("%u × %s points, per kilometre")
                                                             : _ ("%u × %s points"),
                                                term->n, weight);
      g_autofree char *taken = g_strdup_printf ("−%s", points);
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), count);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_label_new (taken));
      adw_expander_row_add_row (ADW_EXPANDER_ROW (expander), row);
      if (term->points > 0)
        g_string_append_printf (text, " − %s", points);
    }
  g_string_append_printf (text, " = %d", file->summary->health);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (expander), _ ("How Health Is Reckoned"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (expander), text->str);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), expander);
  gtk_box_append (GTK_BOX (self->box), group);
}

static void
add_dimension (GtkWidget *flow, LzDimension dimension, const LzDeskRoad *road)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  g_autofree char *open = g_strdup_printf ("%u", road->open[dimension]);
  g_autofree char *overdue = g_strdup_printf (_ ("overdue %u"), road->overdue[dimension]);
  GtkWidget *badge;

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "desk-card");
  add_label (card, lz_dimension_label (dimension), "caption-heading");
  add_label (line, open, "title-2");
  badge = add_label (line, overdue, "badge");
  gtk_label_set_wrap (GTK_LABEL (badge), FALSE);
  gtk_widget_add_css_class (badge, road->overdue[dimension] > 0 ? "lamp-red" : "lamp-none");
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (card), line);
  gtk_flow_box_append (GTK_FLOW_BOX (flow), card);
}

/* The four 化 always; what else the catalogue has only where there is something. */
static void
add_dimensions (LzRoadFile *self, const LzDeskRoad *road)
{
  GtkWidget *flow = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (flow), TRUE);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (flow), 2);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 4);
  gtk_flow_box_set_column_spacing (GTK_FLOW_BOX (flow), 6);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow), 6);
  for (guint i = 1; i < LZ_N_DIMENSIONS; i++)
    if (i <= 4 || road->open[i] > 0)
      add_dimension (flow, (LzDimension) i, road);
  gtk_box_append (GTK_BOX (self->box), flow);
}

static void
case_wanted_cb (LzRoadFile *self, const LzId *id)
{
  g_signal_emit (self, signals[CASE_WANTED], 0, id);
}

static void
add_strip (LzRoadFile *self, const LzDeskFile *file)
{
  GtkWidget *group = add_group (self, _ ("Along the Road"));
  GtkWidget *strip = lz_strip_map_new ();

  adw_preferences_group_set_description (
      ADW_PREFERENCES_GROUP (group),
      file->cases->len > 0
          ? _ ("Open cases: left side above, right side below; bands are recurrence spots")
          : _ ("No open case."));
  lz_strip_map_set (LZ_STRIP_MAP (strip), file->summary->road, file->cases, file->spots);
  g_signal_connect_object (strip, "case-wanted", G_CALLBACK (case_wanted_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_css_class (strip, "card");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), strip);
}

static void
add_weeks (LzRoadFile *self, const LzDeskFile *file)
{
  GtkWidget *group = add_group (self, _ ("Last Twelve Weeks"));
  GtkWidget *plot = lz_trend_plot_new ();

  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                         _ ("Reported: filled; closed: outlined"));
  lz_trend_plot_set (LZ_TREND_PLOT (plot), file->weeks, lz_session_get_offset_min (self->session));
  gtk_widget_add_css_class (plot, "card");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), plot);
}

static void
add_spots (LzRoadFile *self, const LzDeskFile *file)
{
  LzCatalogue *catalogue = lz_session_get_catalogue (self->session);
  GtkWidget *group;

  if (file->spots->len == 0)
    return;
  group = add_group (self, _ ("Where Problems Come Back"));
  for (guint i = 0; i < MIN (file->spots->len, MAX_SPOTS); i++)
    {
      const LzDeskSpot *spot = file->spots->pdata[i];
      g_autofree char *place =
          lz_words_dup_place (file->summary->road->name, (spot->from_cm + spot->to_cm) / 2, 0,
                              spot->side);
      g_autofree char *last = lz_words_dup_time (spot->last_ms, lz_session_now (),
                                                 lz_session_get_offset_min (self->session));
      g_autofree char *subtitle = g_strdup_printf (ngettext ("%s · %u case, the last %s",
                                                             "%s · %u cases, the last %s", spot->n),
                                                   place, spot->n, last);

      add_row (group, lz_words_get_category (catalogue, spot->category), subtitle);
    }
}

static void
add_chiefs (LzRoadFile *self, const LzDeskFile *file)
{
  GtkWidget *group = add_group (self, _ ("Road Chiefs"));

  for (guint i = 0; i < file->chiefs->len; i++)
    {
      const LzDeskChief *chief = file->chiefs->pdata[i];
      g_autofree char *since = chief->since_ms > 0
                                   ? lz_words_dup_time (chief->since_ms, lz_session_now (),
                                                        lz_session_get_offset_min (self->session))
                                   : NULL;
      g_autofree char *subtitle =
          since != NULL
              ? g_strdup_printf (_ ("%s, since %s"), lz_road_level_label (chief->level), since)
              : g_strdup (lz_road_level_label (chief->level));
      GtkWidget *row = add_row (group, chief->name, subtitle);

      if (chief->phone != NULL)
        {
          GtkWidget *phone = gtk_label_new (chief->phone);

          gtk_label_set_selectable (GTK_LABEL (phone), TRUE);
          adw_action_row_add_suffix (ADW_ACTION_ROW (row), phone);
        }
    }
  if (file->chiefs->len == 0)
    add_row (group, _ ("Nobody answers for this road yet."), NULL);
}

static void
clear (LzRoadFile *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
}

void
lz_road_file_show (LzRoadFile *self, LzSession *session, const LzDeskFile *file)
{
  g_return_if_fail (LZ_IS_ROAD_FILE (self));

  g_set_object (&self->session, session);
  clear (self);
  add_head (self, file);
  add_formula (self, file);
  add_dimensions (self, file->summary);
  add_strip (self, file);
  add_weeks (self, file);
  add_spots (self, file);
  add_chiefs (self, file);
  lz_asset_rows_add (GTK_BOX (self->box), session, file);
}

static void
lz_road_file_dispose (GObject *object)
{
  LzRoadFile *self = LZ_ROAD_FILE (object);

  g_clear_pointer (&self->scrolled, gtk_widget_unparent);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (lz_road_file_parent_class)->dispose (object);
}

static void
lz_road_file_class_init (LzRoadFileClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_road_file_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[CASE_WANTED] = g_signal_new ("case-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
lz_road_file_init (LzRoadFile *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->scrolled = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  gtk_widget_add_css_class (self->box, "road-file");
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 860);
  adw_clamp_set_child (ADW_CLAMP (clamp), self->box);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scrolled), clamp);
  gtk_widget_set_parent (self->scrolled, GTK_WIDGET (self));
}

GtkWidget *
lz_road_file_new (void)
{
  return g_object_new (LZ_TYPE_ROAD_FILE, NULL);
}
