/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-campaign-pane.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "lz-template.h"
#include "lz-words.h"

struct _LzCampaignPane
{
  GtkWidget parent_instance;

  GtkLabel *title;
  GtkLabel *subtitle;
  GtkLabel *goal;
  GtkLabel *progress_label;
  GtkProgressBar *progress;
  GtkFlowBox *figures;
  AdwPreferencesGroup *scope;
  AdwPreferencesGroup *report_group;
  GtkLabel *report;
  AdwPreferencesGroup *cases;

  LzSession *session;
  LzCampaignFacts *facts;
  GPtrArray *scope_rows; /* lent, to be removed */
  GPtrArray *case_rows;
};

G_DEFINE_FINAL_TYPE (LzCampaignPane, lz_campaign_pane, GTK_TYPE_WIDGET)

enum
{
  CASE_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

char *
lz_campaign_dup_days (LzSession *session, const LzRecord *campaign)
{
  gint64 offset_s = lz_session_get_offset_min (session) * 60;
  g_autoptr (GDateTime) first =
      g_date_time_new_from_unix_utc (lz_record_get_int (campaign, "from", 0) / 1000 + offset_s);
  g_autoptr (GDateTime) last = g_date_time_new_from_unix_utc (
      (lz_record_get_int (campaign, "until", 0) - 1) / 1000 + offset_s);
  g_autofree char *begins = first != NULL ? g_date_time_format (first, "%Y-%m-%d") : NULL;
  g_autofree char *ends = last != NULL ? g_date_time_format (last, "%Y-%m-%d") : NULL;

  return g_strdup_printf ("%s — %s", begins != NULL ? begins : "?", ends != NULL ? ends : "?");
}

static void
add_figure (LzCampaignPane *self, const char *label, gint64 count, const char *css_class)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *name = gtk_label_new (label);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, count);
  GtkWidget *number = gtk_label_new (text);

  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "desk-card");
  gtk_widget_add_css_class (name, "caption-heading");
  gtk_widget_add_css_class (number, "title-2");
  if (css_class != NULL && count > 0)
    gtk_widget_add_css_class (number, css_class);
  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (number), 0);
  gtk_box_append (GTK_BOX (card), name);
  gtk_box_append (GTK_BOX (card), number);
  gtk_flow_box_append (self->figures, card);
}

static void
show_figures (LzCampaignPane *self)
{
  const LzCampaignTally *tally = &self->facts->tally;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->figures))) != NULL)
    gtk_flow_box_remove (self->figures, child);
  add_figure (self, _ ("Cases found"), tally->n_cases, NULL);
  add_figure (self, _ ("Closed"), tally->n_closed, NULL);
  add_figure (self, _ ("Closed in time"), tally->n_in_time, NULL);
  add_figure (self, _ ("Still open"), tally->n_open, NULL);
  add_figure (self, _ ("Overdue"), tally->n_overdue, "error");
}

/* Put right against the target; without one, against what was found. */
static void
show_progress (LzCampaignPane *self)
{
  gint64 target = lz_record_get_int (self->facts->record, "target", 0);
  gint64 done = self->facts->tally.n_closed;
  gint64 whole = target > 0 ? target : self->facts->tally.n_cases;
  g_autofree char *text = g_strdup_printf (target > 0 ? _ ("%u of the target of %u cases put right")
                                                      : _ ("%u of %u cases put right"),
                                           (guint) done, (guint) whole);

  gtk_label_set_label (self->progress_label, text);
  gtk_progress_bar_set_fraction (self->progress,
                                 whole > 0 ? CLAMP ((double) done / (double) whole, 0, 1) : 0);
}

static void
clear_rows (AdwPreferencesGroup *group, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, rows->pdata[i]);
  g_ptr_array_set_size (rows, 0);
}

static GtkWidget *
add_row (AdwPreferencesGroup *group, GPtrArray *rows, const char *title, const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 4);
  adw_preferences_group_add (group, row);
  g_ptr_array_add (rows, row);
  return row;
}

static char *
dup_names (LzCampaignPane *self, const char *key)
{
  JsonArray *list = lz_record_get_list (self->facts->record, key);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      const char *item = json_array_get_string_element (list, i);
      const LzRoad *road = NULL;
      LzId id;

      if (lz_id_parse (item, &id))
        road = lz_session_find_road (self->session, &id);
      g_string_append_printf (text, "%s%s", text->len > 0 ? _ (", ") : "",
                              road != NULL ? road->name
                                           : lz_session_get_category_name (self->session, item));
    }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static void
show_scope (LzCampaignPane *self)
{
  g_autofree char *categories = dup_names (self, "categories");
  g_autofree char *roads = dup_names (self, "roads");

  clear_rows (self->scope, self->scope_rows);
  add_row (self->scope, self->scope_rows, _ ("Which Problems"),
           categories != NULL ? categories : _ ("All categories"));
  add_row (self->scope, self->scope_rows, _ ("Which Roads"),
           roads != NULL ? roads : _ ("All roads"));
}

static void
case_activated_cb (LzCampaignPane *self, GtkWidget *row)
{
  guint at = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "at"));
  LzId id = ((const LzCaseRow *) self->facts->cases->pdata[at])->id;

  g_signal_emit (self, signals[CASE_WANTED], 0, &id);
}

static void
show_cases (LzCampaignPane *self)
{
  guint n = self->facts->n_cases;
  g_autofree char *count =
      n > self->facts->cases->len
          ? g_strdup_printf (_ ("The last %u of %u"), self->facts->cases->len, n)
          : g_strdup_printf (ngettext ("%u case", "%u cases", n), n);

  clear_rows (self->cases, self->case_rows);
  adw_preferences_group_set_description (self->cases, count);
  for (guint i = 0; i < self->facts->cases->len; i++)
    {
      const LzCaseRow *item = self->facts->cases->pdata[i];
      g_autofree char *when = lz_words_dup_time (item->reported_ms, lz_session_now (),
                                                 lz_session_get_offset_min (self->session));
      g_autofree char *subtitle =
          g_strdup_printf ("%s · %s · %s", lz_state_label (item->state),
                           item->road_name != NULL ? item->road_name : "—", when);
      GtkWidget *row =
          add_row (self->cases, self->case_rows,
                   lz_session_get_category_name (self->session, item->category), subtitle);

      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data (G_OBJECT (row), "at", GUINT_TO_POINTER (i));
      g_signal_connect_object (row, "activated", G_CALLBACK (case_activated_cb), self,
                               G_CONNECT_SWAPPED);
    }
}

static void
set_label (GtkLabel *label, GtkWidget *around, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (around, text != NULL && *text != '\0');
}

void
lz_campaign_pane_show (LzCampaignPane *self, LzSession *session, LzCampaignFacts *facts)
{
  g_autofree char *days = NULL;
  g_autofree char *subtitle = NULL;

  g_return_if_fail (LZ_IS_CAMPAIGN_PANE (self));
  g_return_if_fail (facts != NULL);

  g_set_object (&self->session, session);
  g_clear_pointer (&self->facts, lz_campaign_facts_free);
  self->facts = facts;
  days = lz_campaign_dup_days (session, facts->record);
  subtitle = g_strdup_printf ("%s%s%s", days, facts->record->state == LZ_RECORD_DONE ? " · " : "",
                              facts->record->state == LZ_RECORD_DONE ? _ ("closed") : "");
  gtk_label_set_label (self->title, lz_record_get_text (facts->record, "name"));
  gtk_label_set_label (self->subtitle, subtitle);
  set_label (self->goal, GTK_WIDGET (self->goal), lz_record_get_text (facts->record, "goal"));
  set_label (self->report, GTK_WIDGET (self->report_group),
             lz_record_get_text (facts->record, "report"));
  show_progress (self);
  show_figures (self);
  show_scope (self);
  show_cases (self);
}

const LzRecord *
lz_campaign_pane_get_campaign (LzCampaignPane *self)
{
  g_return_val_if_fail (LZ_IS_CAMPAIGN_PANE (self), NULL);

  return self->facts != NULL ? self->facts->record : NULL;
}

static void
lz_campaign_pane_dispose (GObject *object)
{
  LzCampaignPane *self = LZ_CAMPAIGN_PANE (object);

  g_clear_pointer (&self->facts, lz_campaign_facts_free);
  g_clear_pointer (&self->scope_rows, g_ptr_array_unref);
  g_clear_pointer (&self->case_rows, g_ptr_array_unref);
  g_clear_object (&self->session);
  lz_template_dispose (GTK_WIDGET (self), LZ_TYPE_CAMPAIGN_PANE);

  G_OBJECT_CLASS (lz_campaign_pane_parent_class)->dispose (object);
}

static void
lz_campaign_pane_class_init (LzCampaignPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_campaign_pane_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-campaign-pane.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, LzCampaignPane, title);
  gtk_widget_class_bind_template_child (widget_class, LzCampaignPane, subtitle);
  gtk_widget_class_bind_template_child (widget_class, LzCampaignPane, goal);
  gtk_widget_class_bind_template_child (widget_class, LzCampaignPane, progress_label);
  gtk_widget_class_bind_template_child (widget_class, LzCampaignPane, progress);
  gtk_widget_class_bind_template_child (widget_class, LzCampaignPane, figures);
  gtk_widget_class_bind_template_child (widget_class, LzCampaignPane, scope);
  gtk_widget_class_bind_template_child (widget_class, LzCampaignPane, report_group);
  gtk_widget_class_bind_template_child (widget_class, LzCampaignPane, report);
  gtk_widget_class_bind_template_child (widget_class, LzCampaignPane, cases);
  signals[CASE_WANTED] = g_signal_new ("case-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
lz_campaign_pane_init (LzCampaignPane *self)
{
  self->scope_rows = g_ptr_array_new ();
  self->case_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
