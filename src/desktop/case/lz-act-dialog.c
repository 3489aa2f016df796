/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-act-dialog.h"

#include <glib/gi18n.h>

#include "lz-act-phrases.h"
#include "lz-acts-many.h"
#include "lz-acts.h"
#include "lz-case-facts.h"
#include "lz-condition-list.h"
#include "lz-merge-picker.h"
#include "lz-names.h"
#include "lz-photo-strip.h"
#include "lz-phrase-button.h"
#include "lz-template-list.h"
#include "lz-unit-choice.h"
#include "lz-words.h"

#define MS_PER_MINUTE (60 * G_GINT64_CONSTANT (1000))
#define MS_PER_DAY    (24 * 60 * MS_PER_MINUTE)
/* LzBody.order in the order of the drop-down. */
static const char *const orders[] = { "overtime", "leader", "key" };

/* A suspension as it is asked for most; any day within a year can be picked. */
#define USUAL_DAYS 30
/* A reply to a supervision order, where one is wanted. */
#define REPLY_DAYS 3
/* What fits on the smallest screen below the header. */
#define MAX_HEIGHT 460

struct _LzActDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkButton *confirm;
  GtkInfoBar *problem_bar;
  GtkLabel *problem;
  GtkScrolledWindow *scroller;
  GtkLabel *hint;
  GtkWidget *photos_box;
  GtkLabel *photos_label;
  LzPhotoStrip *photos;
  GtkWidget *condition_box;
  LzConditionList *condition;
  LzUnitChoice *unit;
  GtkWidget *person_box;
  GtkComboBoxText *person;
  GtkWidget *until_box;
  GtkLabel *until_label;
  GtkCalendar *until;
  GtkLabel *until_words;
  GtkWidget *level_box;
  GtkDropDown *level;
  GtkDropDown *order;
  GtkCheckButton *reply;
  GtkWidget *other_box;
  LzMergePicker *other;
  GtkLabel *text_label;
  LzPhraseButton *phrases;
  GtkTextView *text;
  LzTemplateList *templates;

  LzSession *session;
  LzCase *item;
  GArray *fids; /* gint64: many cases; %NULL: @item alone */
  const LzTransition *row;
  GCancellable *cancellable;
  gboolean running;
};

G_DEFINE_FINAL_TYPE (LzActDialog, lz_act_dialog, ADW_TYPE_WINDOW)

static const LzCategory *
get_category (LzActDialog *self)
{
  return self->item->category != NULL
             ? lz_catalogue_find (lz_session_get_catalogue (self->session), self->item->category)
             : NULL;
}

static char *
dup_text (LzActDialog *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
  GtkTextIter start, end;
  char *text;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  return g_strstrip (text);
}

static char *
dup_chosen (GtkComboBoxText *combo)
{
  char *text = gtk_combo_box_text_get_active_text (combo);

  return text != NULL ? g_strstrip (text) : g_strdup ("");
}

/* The end of the day that the calendar shows, in the city's zone. */
static gint64
get_until (LzActDialog *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->until);
  g_autoptr (GDateTime) utc =
      g_date_time_new_utc (g_date_time_get_year (day), g_date_time_get_month (day),
                           g_date_time_get_day_of_month (day), 23, 59, 59);

  return g_date_time_to_unix (utc) * 1000 -
         lz_session_get_offset_min (self->session) * MS_PER_MINUTE;
}

static gint64
count_days (LzActDialog *self)
{
  return (get_until (self) - lz_session_now ()) / MS_PER_DAY;
}

static gboolean
is_complete (LzActDialog *self)
{
  guint needs = self->row->needs;
  guint n_photos = lz_photo_strip_get_photos (self->photos)->len;
  g_autofree char *text = dup_text (self);
  g_autofree char *unit = lz_unit_choice_dup_unit (self->unit);
  gboolean wants_photo = (needs & (LZ_NEEDS_AFTER | LZ_NEEDS_PHOTO)) != 0 ||
                         ((needs & LZ_NEEDS_BEFORE) != 0 && self->item->n_before == 0);

  if (wants_photo && n_photos == 0)
    return FALSE;
  if ((needs & LZ_NEEDS_TEXT) && *text == '\0')
    return FALSE;
  if ((needs & LZ_NEEDS_UNIT) && *unit == '\0' && self->fids == NULL)
    return FALSE;
  if ((needs & LZ_NEEDS_UNTIL) &&
      (get_until (self) <= lz_session_now () || count_days (self) > 365))
    return FALSE;
  if ((needs & LZ_NEEDS_OTHER) && lz_merge_picker_get_picked (self->other) == NULL)
    return FALSE;
  if (self->row->kind == LZ_KIND_NOTED && n_photos == 0 && *text == '\0')
    return FALSE;

  return !lz_photo_strip_is_busy (self->photos) && !self->running;
}

static void
update_confirm (LzActDialog *self)
{
  if (self->row != NULL)
    gtk_widget_action_set_enabled (GTK_WIDGET (self), "act.confirm", is_complete (self));
}

static void
show_problem (LzActDialog *self, const GError *error)
{
  self->running = FALSE;
  gtk_label_set_label (self->problem, lz_error_explain (error));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->problem), error->message);
  gtk_info_bar_set_revealed (self->problem_bar, TRUE);
  update_confirm (self);
}

static void
act_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzActDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (lz_acts_run_finish (LZ_SESSION (source), result, NULL, &error))
    gtk_window_destroy (GTK_WINDOW (self));
  else
    show_problem (self, error);
}

static void
many_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzActDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (lz_acts_run_many_finish (LZ_SESSION (source), result, &error))
    gtk_window_destroy (GTK_WINDOW (self));
  else
    show_problem (self, error);
}

/* What was typed or picked, as text that can be left out. */
static void
take_text (char **member, char *text)
{
  g_free (*member);
  *member = *text != '\0' ? text : NULL;
  if (*member == NULL)
    g_free (text);
}

static LzBody *
new_body (LzActDialog *self)
{
  LzBody *body = lz_body_new ();
  GArray *photos = lz_photo_strip_get_photos (self->photos);
  const LzCondition *condition = lz_condition_list_get_picked (self->condition);
  guint needs = self->row->needs;

  take_text (&body->text, dup_text (self));
  if (needs & LZ_NEEDS_UNIT)
    {
      take_text (&body->unit, lz_unit_choice_dup_unit (self->unit));
      take_text (&body->assist, lz_unit_choice_dup_assist (self->unit));
    }
  if (self->row->kind == LZ_KIND_ACCEPTED)
    take_text (&body->person, dup_chosen (self->person));
  if (self->row->kind == LZ_KIND_SUPERVISED)
    {
      guint order = gtk_drop_down_get_selected (self->order);

      body->level = gtk_drop_down_get_selected (self->level) + 1;
      body->order = g_strdup (orders[MIN (order, G_N_ELEMENTS (orders) - 1)]);
      if (gtk_check_button_get_active (self->reply))
        body->until_ms = get_until (self);
    }
  if (needs & LZ_NEEDS_UNTIL)
    body->until_ms = get_until (self);
  if ((needs & LZ_NEEDS_OTHER) && lz_merge_picker_get_picked (self->other) != NULL)
    body->other = *lz_merge_picker_get_picked (self->other);
  if ((needs & LZ_NEEDS_CONDITION) && condition != NULL && self->fids == NULL)
    {
      body->condition = condition->number;
      body->limit = condition->limit;
    }
  for (guint i = 0; i < photos->len; i++)
    lz_body_add_photo (body, &g_array_index (photos, LzPhotoRef, i));

  return body;
}

static void
confirm_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzActDialog *self = LZ_ACT_DIALOG (widget);

  self->running = TRUE;
  gtk_info_bar_set_revealed (self->problem_bar, FALSE);
  update_confirm (self);
  if (self->fids != NULL)
    lz_acts_run_many_async (self->session, self->row->kind, g_array_ref (self->fids),
                            new_body (self), many_done_cb, g_object_ref (self));
  else
    lz_acts_run_async (self->session, self->row->kind, &self->item->id, new_body (self), NULL, NULL,
                       act_done_cb, g_object_ref (self));
}

/* What is asked for. */

static void
offer_units (LzActDialog *self)
{
  if (self->fids != NULL)
    lz_unit_choice_offer (self->unit, self->session);
  else
    lz_unit_choice_propose (self->unit, self->session, self->item);
}

static void
fill_people (LzActDialog *self)
{
  GPtrArray *people = lz_session_get_people (self->session);

  for (guint i = 0; i < people->len; i++)
    {
      const LzPerson *person = people->pdata[i];

      if (person->roles & LZ_ROLE_UNIT)
        gtk_combo_box_text_append_text (self->person, person->name);
    }
}

/* The deadline that the act would set, by the same calendar that the log uses. */
static char *
dup_new_deadline (LzActDialog *self)
{
  const LzCalendar *calendar = lz_session_get_calendar (self->session);
  LzLimit limit = self->item->limit;
  gint64 now_ms = lz_session_now ();
  gint64 due_ms = 0;
  g_autofree char *label = NULL;
  g_autofree char *due = NULL;

  if (limit.count == 0 || self->fids != NULL || (self->row->needs & LZ_NEEDS_DUE) == 0)
    return NULL;
  if (self->row->effect == LZ_EFFECT_START)
    due_ms = lz_calendar_due (calendar, limit, now_ms);
  else if (self->row->effect == LZ_EFFECT_EXTEND)
    due_ms = lz_calendar_advance (calendar, limit.clock, self->item->due_ms,
                                  lz_calendar_limit_ms (calendar, limit));
  if (due_ms == 0)
    return NULL;

  label = lz_limit_dup_label (limit);
  due = lz_words_dup_due (due_ms, now_ms, lz_session_get_offset_min (self->session));
  return g_strdup_printf (self->row->effect == LZ_EFFECT_EXTEND ? _ ("One more limit of %s: %s")
                                                                : _ ("Limit %s: %s"),
                          label, due);
}

/* What is confirmed by an act that says the problem is gone, or that it is not. */
static char *
dup_closing (LzActDialog *self)
{
  const char *closing = lz_case_facts_get_closing (self->session, self->item);

  if (closing == NULL ||
      (self->row->kind != LZ_KIND_RECTIFIED && self->row->kind != LZ_KIND_CLOSED &&
       self->row->kind != LZ_KIND_SELF_ACCEPTED && self->row->kind != LZ_KIND_CHECK_FAILED))
    return NULL;
  return g_strdup_printf (_ ("To be closed when: %s"), closing);
}

static void
show_hint (LzActDialog *self)
{
  g_autofree char *deadline = dup_new_deadline (self);
  g_autofree char *closing = dup_closing (self);
  g_autofree char *many = NULL;

  if (self->fids != NULL)
    many = g_strdup_printf (
        ngettext ("Goes on %u case. One that does not allow it is left out, and you are told.",
                  "Goes on %u cases. Those that do not allow it are left out, and you are told.",
                  self->fids->len),
        self->fids->len);
  const char *hint = many != NULL ? many : deadline != NULL ? deadline : closing;

  gtk_label_set_label (self->hint, hint != NULL ? hint : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint), hint != NULL);
}

static void
show_until (LzActDialog *self)
{
  g_autoptr (GDateTime) day = gtk_calendar_get_date (self->until);
  g_autofree char *date = g_date_time_format (day, "%Y-%m-%d");
  int days = (int) count_days (self);
  g_autofree char *words =
      days > 365 ? g_strdup (_ ("A suspension ends within one year."))
      : get_until (self) <= lz_session_now ()
          ? g_strdup (_ ("This day is over already."))
          : g_strdup_printf (ngettext ("Until %s, %d day", "Until %s, %d days", days), date, days);

  gtk_label_set_label (self->until_words, words);
  update_confirm (self);
}

static void
reply_toggled_cb (LzActDialog *self)
{
  gtk_widget_set_visible (self->until_box, gtk_check_button_get_active (self->reply));
}

static void
set_up_photos (LzActDialog *self, gboolean wanted)
{
  guint needs = self->row->needs;

  gtk_widget_set_visible (self->photos_box, wanted);
  gtk_label_set_label (self->photos_label,
                       needs & LZ_NEEDS_AFTER ? _ ("Photos after") : _ ("Photos"));
  lz_photo_strip_set_session (self->photos, self->session);
  lz_photo_strip_set_role (self->photos, needs & LZ_NEEDS_AFTER    ? LZ_PHOTO_AFTER
                                         : needs & LZ_NEEDS_BEFORE ? LZ_PHOTO_BEFORE
                                                                   : LZ_PHOTO_OTHER);
}

static void
phrases_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzActDialog *self = user_data;
  g_autoptr (GPtrArray) phrases = lz_act_phrases_read_finish (result, NULL);
  int height;

  if (phrases == NULL)
    return; /* cancelled, or there are none to read: the text can be typed */

  g_assert (LZ_IS_ACT_DIALOG (self));
  lz_template_list_set_phrases (self->templates, phrases);
  gtk_widget_measure (gtk_scrolled_window_get_child (self->scroller), GTK_ORIENTATION_VERTICAL,
                      gtk_widget_get_width (GTK_WIDGET (self->scroller)), NULL, &height, NULL,
                      NULL);
  gtk_scrolled_window_set_min_content_height (self->scroller, MIN (height, MAX_HEIGHT));
}

static void
set_up_words (LzActDialog *self, gboolean with_photos)
{
  gtk_label_set_label (self->text_label, self->row->needs & LZ_NEEDS_TEXT ? _ ("Reason")
                                         : with_photos                    ? _ ("Note")
                                                       : _ ("Opinion (optional)"));
  lz_phrase_button_set_text_view (self->phrases, self->text);
  lz_template_list_set_text_view (self->templates, self->text);
  lz_act_phrases_read_async (self->session, self->row->kind, self->item->category,
                             self->cancellable, phrases_read_cb, self);
}

static void
set_up (LzActDialog *self)
{
  guint needs = self->row->needs;
  gboolean many = self->fids != NULL;
  gboolean photos = !many && ((needs & (LZ_NEEDS_AFTER | LZ_NEEDS_BEFORE)) != 0 ||
                              self->row->kind == LZ_KIND_NOTED || (needs & LZ_NEEDS_PHOTO) != 0 ||
                              self->row->kind == LZ_KIND_CHECK_FAILED);

  adw_window_title_set_title (self->title, _ (self->row->label));
  adw_window_title_set_subtitle (self->title,
                                 self->item->category != NULL
                                     ? lz_session_get_category_name (self->session,
                                                                     self->item->category)
                                     : "");
  gtk_button_set_label (self->confirm, _ (self->row->label));
  gtk_window_set_title (GTK_WINDOW (self), _ (self->row->label));

  set_up_photos (self, photos);
  gtk_widget_set_visible (self->condition_box, (needs & LZ_NEEDS_CONDITION) != 0 && !many);
  gtk_widget_set_visible (GTK_WIDGET (self->unit), (needs & LZ_NEEDS_UNIT) != 0);
  gtk_widget_set_visible (self->person_box, self->row->kind == LZ_KIND_ACCEPTED);
  gtk_widget_set_visible (self->until_box, (needs & LZ_NEEDS_UNTIL) != 0);
  gtk_widget_set_visible (self->level_box, self->row->kind == LZ_KIND_SUPERVISED);
  gtk_widget_set_visible (self->other_box, (needs & LZ_NEEDS_OTHER) != 0 && !many);
  set_up_words (self, photos);
  if (needs & LZ_NEEDS_UNIT)
    offer_units (self);
  if (self->row->kind == LZ_KIND_ACCEPTED)
    fill_people (self);
  if (needs & LZ_NEEDS_CONDITION)
    lz_condition_list_set_category (self->condition, get_category (self), self->item->condition);
  if ((needs & LZ_NEEDS_OTHER) && !many)
    lz_merge_picker_set_case (self->other, self->session, self->item);
  if (needs & LZ_NEEDS_UNTIL)
    lz_act_dialog_set_until (self, lz_session_now () + USUAL_DAYS * MS_PER_DAY);
  if (self->row->kind == LZ_KIND_SUPERVISED)
    {
      gtk_label_set_label (self->until_label, _ ("Reply wanted by"));
      lz_act_dialog_set_until (self, lz_session_now () + REPLY_DAYS * MS_PER_DAY);
      gtk_drop_down_set_selected (self->order,
                                  lz_case_is_overdue_at (self->item, lz_session_now ()) ? 0 : 2);
    }
  show_hint (self);
  if (!photos)
    gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

void
lz_act_dialog_set_until (LzActDialog *self, gint64 until_ms)
{
  g_autoptr (GDateTime) day = NULL;

  g_return_if_fail (LZ_IS_ACT_DIALOG (self));

  day = g_date_time_new_from_unix_utc (until_ms / 1000 +
                                       lz_session_get_offset_min (self->session) * 60);
  if (day != NULL)
    gtk_calendar_select_day (self->until, day);
  show_until (self);
}

LzActDialog *
lz_act_dialog_new_many (GtkWindow *parent,
                        LzSession *session,
                        const LzCase *common,
                        const LzTransition *row,
                        GArray *fids)
{
  LzActDialog *self = NULL;

  g_return_val_if_fail (LZ_IS_SESSION (session), NULL);
  g_return_val_if_fail (common != NULL && row != NULL, NULL);

  self = g_object_new (LZ_TYPE_ACT_DIALOG, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->item = lz_case_copy (common);
  self->fids = fids != NULL ? g_array_ref (fids) : NULL;
  self->row = row;
  set_up (self);
  update_confirm (self);

  return self;
}

LzActDialog *
lz_act_dialog_new (GtkWindow *parent,
                   LzSession *session,
                   const LzCase *item,
                   const LzTransition *row)
{
  return lz_act_dialog_new_many (parent, session, item, row, NULL);
}

static void
lz_act_dialog_dispose (GObject *object)
{
  LzActDialog *self = LZ_ACT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->item, lz_case_free);
  g_clear_pointer (&self->fids, g_array_unref);

  G_OBJECT_CLASS (lz_act_dialog_parent_class)->dispose (object);
}

static void
lz_act_dialog_class_init (LzActDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_act_dialog_dispose;

  g_type_ensure (LZ_TYPE_CONDITION_LIST);
  g_type_ensure (LZ_TYPE_MERGE_PICKER);
  g_type_ensure (LZ_TYPE_PHOTO_STRIP);
  g_type_ensure (LZ_TYPE_PHRASE_BUTTON);
  g_type_ensure (LZ_TYPE_TEMPLATE_LIST);
  g_type_ensure (LZ_TYPE_UNIT_CHOICE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-act-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, title);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, confirm);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, problem_bar);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, hint);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, scroller);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, photos_box);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, photos_label);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, photos);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, condition_box);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, condition);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, unit);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, person_box);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, person);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, until_box);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, until);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, until_words);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, level_box);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, level);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, order);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, reply);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, until_label);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, other_box);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, other);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, text_label);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, phrases);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, text);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, templates);

  gtk_widget_class_install_action (widget_class, "act.confirm", NULL, confirm_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

/* Before the text gets the key: it would begin a new line. */
static void
add_confirm_keys (LzActDialog *self)
{
  static const guint keys[] = { GDK_KEY_Return, GDK_KEY_KP_Enter };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    gtk_shortcut_controller_add_shortcut (
        GTK_SHORTCUT_CONTROLLER (controller),
        gtk_shortcut_new (gtk_keyval_trigger_new (keys[i], GDK_CONTROL_MASK),
                          gtk_named_action_new ("act.confirm")));
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (GTK_WIDGET (self), controller);
}

static void
lz_act_dialog_init (LzActDialog *self)
{
  /* A calendar that turns to another month picks another day, and says so by these alone. */
  static const char *const date_signals[] = { "day-selected", "prev-month", "next-month",
                                              "prev-year", "next-year" };

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  lz_names_from_tooltips (GTK_WIDGET (self));
  add_confirm_keys (self);
  g_signal_connect_swapped (self->photos, "changed", G_CALLBACK (update_confirm), self);
  g_signal_connect_swapped (self->other, "changed", G_CALLBACK (update_confirm), self);
  g_signal_connect_swapped (self->unit, "changed", G_CALLBACK (update_confirm), self);
  g_signal_connect_swapped (self->reply, "toggled", G_CALLBACK (reply_toggled_cb), self);
  for (guint i = 0; i < G_N_ELEMENTS (date_signals); i++)
    g_signal_connect_swapped (self->until, date_signals[i], G_CALLBACK (show_until), self);
  g_signal_connect_swapped (gtk_text_view_get_buffer (self->text), "changed",
                            G_CALLBACK (update_confirm), self);
}
