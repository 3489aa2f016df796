/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-patrol-rows.h"

#include <glib/gi18n.h>

#include "lz-badge.h"
#include "lz-words.h"

/* So many gaps are named one by one. */
#define MAX_GAPS 6

void
lz_patrol_rows_clear (GtkListBox *list)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, row);
}

static GtkWidget *
new_row (const char *title, const char *subtitle, gboolean activatable)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), activatable);
  gtk_list_box_row_set_selectable (GTK_LIST_BOX_ROW (row), FALSE);
  return row;
}

static void
add_badge (GtkWidget *row, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (label, "badge");
  gtk_widget_add_css_class (label, css_class);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
}

static const char *
get_duty_class (LzPatrolDutyState state)
{
  switch (state)
    {
    case LZ_PATROL_DONE:
      return "lamp-green";
    case LZ_PATROL_MISSED:
      return "lamp-red";
    case LZ_PATROL_DUE:
    default:
      return "lamp-yellow";
    }
}

GtkWidget *
lz_patrol_row_new_duty (LzSession *session, const LzPatrolDuty *duty)
{
  int offset_min = lz_session_get_offset_min (session);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *last =
      duty->last_ms != 0 ? lz_words_dup_time (duty->last_ms, lz_session_now (), offset_min) : NULL;
  g_autofree char *day = lz_words_dup_date_time (duty->period.from_ms, offset_min);
  GtkWidget *row;

  if (duty->state == LZ_PATROL_MISSED)
    g_string_append_printf (text, "%.10s · ", day);
  g_string_append (text, lz_patrol_rule_label (&duty->rule));
  g_string_append (text, " · ");
  g_string_append_printf (text, _ ("covered %u %%, wanted %u %%"), duty->percent,
                          duty->rule.percent);
  if (duty->state != LZ_PATROL_MISSED)
    {
      g_string_append_c (text, '\n');
      if (last != NULL)
        g_string_append_printf (text, _ ("last patrol %s"), last);
      else
        g_string_append (text, _ ("not patrolled yet"));
    }
  row = new_row (duty->road_name, text->str, TRUE);
  add_badge (row, lz_patrol_duty_state_label (duty->state), get_duty_class (duty->state));
  return row;
}

char *
lz_patrol_dup_span (const LzPatrol *patrol, int offset_min)
{
  g_autofree char *from = lz_words_dup_time (patrol->from_ms, lz_session_now (), offset_min);
  g_autofree char *until = lz_words_dup_date_time (patrol->until_ms, offset_min);

  if (patrol->until_ms == 0)
    return g_strdup (from);
  return g_strdup_printf ("%s–%.5s", from, strlen (until) > 11 ? until + 11 : until);
}

GtkWidget *
lz_patrol_row_new_patrol (LzSession *session, const LzPatrol *patrol)
{
  g_autofree char *span = lz_patrol_dup_span (patrol, lz_session_get_offset_min (session));
  g_autofree char *title =
      g_strdup_printf ("%s · %s", span, lz_session_get_person_name (session, patrol->person));
  g_autoptr (GString) text = g_string_new (NULL);
  GtkWidget *row, *seal;

  for (guint i = 0; i < patrol->covers->len; i++)
    {
      const LzRoadCover *cover = patrol->covers->pdata[i];

      g_string_append_printf (text, "%s%s %u %%", i > 0 ? ", " : "",
                              cover->name != NULL ? cover->name : "—",
                              lz_road_cover_get_percent (cover));
    }
  if (patrol->covers->len == 0 && patrol->state == LZ_RECORD_DONE)
    g_string_append (text, _ ("no road covered"));
  row = new_row (title, text->str, TRUE);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 2);
  if (patrol->state == LZ_RECORD_DONE)
    {
      seal = gtk_image_new_from_icon_name ("changes-prevent-symbolic");
      gtk_widget_set_tooltip_text (seal, lz_patrol_state_label (patrol));
      gtk_accessible_update_property (GTK_ACCESSIBLE (seal), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      lz_patrol_state_label (patrol), -1);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), seal);
    }
  else
    add_badge (row, lz_patrol_state_label (patrol),
               patrol->state == LZ_RECORD_OPEN ? "state-open" : "state-void");
  return row;
}

GtkWidget *
lz_patrol_row_new_cover (LzSession *session, const LzRoadCover *cover)
{
  g_autoptr (GArray) gaps = lz_spans_dup_gaps (cover->spans, cover->length_cm);
  g_autofree char *length = lz_words_dup_length ((double) cover->length_cm / 100);
  g_autofree char *percent = g_strdup_printf ("%u %%", lz_road_cover_get_percent (cover));
  g_autoptr (GString) text = g_string_new (length);
  GtkWidget *row, *label;

  (void) session;
  if (gaps->len == 0)
    g_string_append_printf (text, " · %s", _ ("all covered"));
  for (guint i = 0; i < MIN (gaps->len, MAX_GAPS); i++)
    {
      const LzSpan *gap = lz_spans_get (gaps, i);
      g_autofree char *from = lz_chainage_dup_label ((double) gap->from_cm / 100);
      g_autofree char *to = lz_chainage_dup_label ((double) gap->to_cm / 100);

      g_string_append_c (text, '\n');
      g_string_append_printf (text, _ ("not covered: %s–%s"), from, to);
    }
  if (gaps->len > MAX_GAPS)
    g_string_append_printf (text, "\n%s", "…");
  row = new_row (cover->name != NULL ? cover->name : "—", text->str, TRUE);
  label = gtk_label_new (percent);
  gtk_widget_add_css_class (label, "count");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), label);
  return row;
}

GtkWidget *
lz_patrol_row_new_case (LzSession *session, const LzCaseRow *row)
{
  g_autofree char *place =
      lz_words_dup_place (row->road_name, row->chainage_cm, row->offset_cm, row->side);
  GtkWidget *widget = new_row (lz_session_get_category_name (session, row->category), place, TRUE);

  add_badge (widget, lz_state_label (row->state), lz_words_get_state_class (row->state));
  return widget;
}

GtkWidget *
lz_patrol_row_new_note (LzSession *session, const LzEvent *event)
{
  g_autofree char *time = lz_words_dup_time (event->occurred_ms, lz_session_now (),
                                             lz_session_get_offset_min (session));
  g_autofree char *who = g_strdup_printf ("%s · %s · %s", lz_event_label (event),
                                          lz_session_get_person_name (session, event->actor), time);
  GtkWidget *row = new_row (event->body->text, who, FALSE);

  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
  return row;
}
