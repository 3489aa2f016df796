/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-campaign-form.h"

#include <glib/gi18n.h>

#include "lz-campaign-data.h"
#include "lz-choice-list.h"
#include "lz-civil.h"
#include "lz-jobs.h"

#define DAY_MS       (24 * 60 * 60 * G_GINT64_CONSTANT (1000))
#define DEFAULT_DAYS 30
#define MAX_TARGET   100000

struct _LzCampaignForm
{
  AdwWindow parent_instance;

  AdwEntryRow *name;
  AdwEntryRow *from;
  AdwEntryRow *until;
  AdwEntryRow *goal;
  GtkSpinButton *target;
  LzChoiceList *categories;
  LzChoiceList *roads;
  GtkLabel *problem;
  GtkButton *save;

  LzSession *session;
  LzId id; /* nil: a new one */
};

G_DEFINE_FINAL_TYPE (LzCampaignForm, lz_campaign_form, ADW_TYPE_WINDOW)

enum
{
  SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Days in the office's zone. */

static char *
dup_day (LzCampaignForm *self, gint64 at_ms)
{
  g_autoptr (GDateTime) time =
      g_date_time_new_from_unix_utc (at_ms / 1000 + lz_session_get_offset_min (self->session) * 60);

  return g_date_time_format (time, "%Y-%m-%d");
}

/* The beginning of the day that is written, or of the day after it. */
static gboolean
read_day (LzCampaignForm *self, AdwEntryRow *row, guint days_later, gint64 *at_ms)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
  g_autoptr (GDateTime) day = NULL;
  int year, month, date;

  if (lz_civil_parse (text, &year, &month, &date))
    day = g_date_time_new_utc (year, month, date, 0, 0, 0);
  if (day == NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (row), "error");
      return FALSE;
    }
  gtk_widget_remove_css_class (GTK_WIDGET (row), "error");
  *at_ms = (g_date_time_to_unix (day) - lz_session_get_offset_min (self->session) * 60) * 1000 +
           days_later * DAY_MS;
  return TRUE;
}

/* What can be chosen. */

static void
find_categories (const char *text, GPtrArray *keys, gpointer data)
{
  LzCampaignForm *self = data;
  g_autoptr (GPtrArray) found =
      lz_catalogue_search (lz_session_get_catalogue (self->session), text, NULL);

  for (guint i = 0; i < found->len; i++)
    g_ptr_array_add (keys, g_strdup (((const LzCategory *) found->pdata[i])->code));
}

static char *
dup_category (const char *key, gpointer data)
{
  LzCampaignForm *self = data;

  return g_strdup_printf ("%s  %s", key, lz_session_get_category_name (self->session, key));
}

static void
find_roads (const char *text, GPtrArray *keys, gpointer data)
{
  LzCampaignForm *self = data;
  GPtrArray *roads = lz_session_get_roads (self->session);
  g_autofree char *lower = g_utf8_strdown (text, -1);

  for (guint i = 0; i < roads->len; i++)
    {
      const LzRoad *road = roads->pdata[i];

      if (strstr (road->name, text) != NULL ||
          (road->initials != NULL && strstr (road->initials, lower) != NULL))
        g_ptr_array_add (keys, lz_id_dup_string (&road->id));
    }
}

static char *
dup_road (const char *key, gpointer data)
{
  LzCampaignForm *self = data;
  const LzRoad *road = NULL;
  LzId id;

  if (lz_id_parse (key, &id))
    road = lz_session_find_road (self->session, &id);
  return g_strdup (road != NULL ? road->name : key);
}

/* Saving. */

static void
tell (LzCampaignForm *self, const char *text)
{
  gtk_label_set_label (self->problem, text);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), *text != '\0');
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzCampaignForm) self = user_data;
  g_autoptr (GError) error = NULL;
  LzId id;

  gtk_widget_set_sensitive (GTK_WIDGET (self->save), TRUE);
  if (!lz_campaign_act_finish (result, &id, &error))
    {
      tell (self, lz_jobs_explain (error));
      return;
    }
  g_signal_emit (self, signals[SAVED], 0, &id);
  gtk_window_destroy (GTK_WINDOW (self));
}

static JsonArray *
make_list (LzChoiceList *list)
{
  GPtrArray *keys = lz_choice_list_get_keys (list);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < keys->len; i++)
    json_array_add_string_element (array, keys->pdata[i]);
  return array;
}

static void
set_text (JsonObject *facts, const char *key, AdwEntryRow *row)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));

  json_object_set_string_member (facts, key, text);
}

static void
save_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzCampaignForm *self = LZ_CAMPAIGN_FORM (widget);
  g_autoptr (JsonObject) facts = json_object_new ();
  gint64 from, until;
  gboolean right;

  if (!gtk_widget_get_sensitive (GTK_WIDGET (self->save)))
    return;
  right = read_day (self, self->from, 0, &from);
  if (!read_day (self, self->until, 1, &until) || !right)
    {
      tell (self, _ ("Write the days as 2026-03-05."));
      return;
    }
  set_text (facts, "name", self->name);
  set_text (facts, "goal", self->goal);
  json_object_set_int_member (facts, "from", from);
  json_object_set_int_member (facts, "until", until);
  json_object_set_int_member (facts, "target", gtk_spin_button_get_value_as_int (self->target));
  json_object_set_array_member (facts, "categories", make_list (self->categories));
  json_object_set_array_member (facts, "roads", make_list (self->roads));
  tell (self, "");
  gtk_widget_set_sensitive (GTK_WIDGET (self->save), FALSE);
  lz_campaign_save_async (self->session, &self->id, g_steal_pointer (&facts), saved_cb,
                          g_object_ref (self));
}

static void
show_list (LzChoiceList *list, JsonArray *keys)
{
  for (guint i = 0; keys != NULL && i < json_array_get_length (keys); i++)
    lz_choice_list_add (list, json_array_get_string_element (keys, i));
}

static void
show_campaign (LzCampaignForm *self, const LzRecord *campaign)
{
  gint64 now_ms = lz_session_now ();
  gint64 from = campaign != NULL ? lz_record_get_int (campaign, "from", now_ms) : now_ms;
  gint64 until = campaign != NULL ? lz_record_get_int (campaign, "until", now_ms)
                                  : now_ms + DEFAULT_DAYS * DAY_MS;
  g_autofree char *first = dup_day (self, from);
  g_autofree char *last = dup_day (self, until - 1); /* that day is in it */

  gtk_editable_set_text (GTK_EDITABLE (self->from), first);
  gtk_editable_set_text (GTK_EDITABLE (self->until), last);
  if (campaign == NULL)
    return;
  self->id = campaign->id;
  gtk_window_set_title (GTK_WINDOW (self), _ ("Edit Campaign"));
  gtk_editable_set_text (GTK_EDITABLE (self->name), lz_record_get_text (campaign, "name"));
  if (lz_record_get_text (campaign, "goal") != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->goal), lz_record_get_text (campaign, "goal"));
  gtk_spin_button_set_value (self->target, (double) lz_record_get_int (campaign, "target", 0));
  show_list (self->categories, lz_record_get_list (campaign, "categories"));
  show_list (self->roads, lz_record_get_list (campaign, "roads"));
}

LzCampaignForm *
lz_campaign_form_new (GtkWindow *parent, LzSession *session, const LzRecord *campaign)
{
  LzCampaignForm *self = NULL;

  g_return_val_if_fail (LZ_IS_SESSION (session), NULL);

  self = g_object_new (LZ_TYPE_CAMPAIGN_FORM, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  lz_choice_list_set_title (self->categories, _ ("Which Problems"),
                            _ ("Search a category to count only such cases"));
  lz_choice_list_set_source (self->categories, find_categories, dup_category, self);
  lz_choice_list_set_title (self->roads, _ ("Which Roads"),
                            _ ("Search a road to count only cases on it"));
  lz_choice_list_set_source (self->roads, find_roads, dup_road, self);
  show_campaign (self, campaign);
  return self;
}

static void
lz_campaign_form_dispose (GObject *object)
{
  LzCampaignForm *self = LZ_CAMPAIGN_FORM (object);

  g_clear_object (&self->session);

  G_OBJECT_CLASS (lz_campaign_form_parent_class)->dispose (object);
}

static void
lz_campaign_form_class_init (LzCampaignFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_campaign_form_dispose;
  g_type_ensure (LZ_TYPE_CHOICE_LIST);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-campaign-form.ui");
  gtk_widget_class_bind_template_child (widget_class, LzCampaignForm, name);
  gtk_widget_class_bind_template_child (widget_class, LzCampaignForm, from);
  gtk_widget_class_bind_template_child (widget_class, LzCampaignForm, until);
  gtk_widget_class_bind_template_child (widget_class, LzCampaignForm, goal);
  gtk_widget_class_bind_template_child (widget_class, LzCampaignForm, target);
  gtk_widget_class_bind_template_child (widget_class, LzCampaignForm, categories);
  gtk_widget_class_bind_template_child (widget_class, LzCampaignForm, roads);
  gtk_widget_class_bind_template_child (widget_class, LzCampaignForm, problem);
  gtk_widget_class_bind_template_child (widget_class, LzCampaignForm, save);
  gtk_widget_class_install_action (widget_class, "campaign.save", NULL, save_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "campaign.save", NULL);
  signals[SAVED] = g_signal_new ("saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
lz_campaign_form_init (LzCampaignForm *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_spin_button_set_range (self->target, 0, MAX_TARGET);
  gtk_spin_button_set_increments (self->target, 1, 10);
}
