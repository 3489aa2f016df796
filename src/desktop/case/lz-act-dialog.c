/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-act-dialog.h"

#include <glib/gi18n.h>

#include "lz-acts.h"
#include "lz-names.h"
#include "lz-photo-strip.h"
#include "lz-phrase-button.h"

#define MS_PER_DAY (24 * 3600 * G_GINT64_CONSTANT (1000))

struct _LzActDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle *title;
  GtkButton *confirm;
  GtkInfoBar *problem_bar;
  GtkLabel *problem;
  GtkWidget *photos_box;
  GtkLabel *photos_label;
  LzPhotoStrip *photos;
  GtkWidget *condition_box;
  GtkDropDown *condition;
  GtkWidget *unit_box;
  GtkComboBoxText *unit;
  GtkWidget *until_box;
  GtkSpinButton *until;
  GtkWidget *other_box;
  GtkEntry *other;
  GtkLabel *text_label;
  LzPhraseButton *phrases;
  GtkTextView *text;

  LzSession *session;
  LzCase *item;
  const LzTransition *row;
  gboolean running;
};

G_DEFINE_FINAL_TYPE (LzActDialog, lz_act_dialog, ADW_TYPE_WINDOW)

static const LzCategory *
get_category (LzActDialog *self)
{
  return lz_catalogue_find (lz_session_get_catalogue (self->session), self->item->category);
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
dup_unit (LzActDialog *self)
{
  char *unit = gtk_combo_box_text_get_active_text (self->unit);

  return unit != NULL ? g_strstrip (unit) : g_strdup ("");
}

static gboolean
is_complete (LzActDialog *self)
{
  guint needs = self->row->needs;
  guint n_photos = lz_photo_strip_get_photos (self->photos)->len;
  g_autofree char *text = dup_text (self);
  g_autofree char *unit = dup_unit (self);
  gboolean wants_photo = (needs & LZ_NEEDS_AFTER) != 0 ||
                         ((needs & LZ_NEEDS_BEFORE) != 0 && self->item->n_before == 0);

  if (wants_photo && n_photos == 0)
    return FALSE;
  if ((needs & LZ_NEEDS_TEXT) && *text == '\0')
    return FALSE;
  if ((needs & LZ_NEEDS_UNIT) && *unit == '\0')
    return FALSE;
  if ((needs & LZ_NEEDS_OTHER) && *gtk_editable_get_text (GTK_EDITABLE (self->other)) == '\0')
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

static LzBody *
new_body (LzActDialog *self)
{
  g_autoptr (LzBody) body = lz_body_new ();
  GArray *photos = lz_photo_strip_get_photos (self->photos);
  g_autofree char *text = dup_text (self);
  const LzCategory *category = get_category (self);

  if (*text != '\0')
    body->text = g_steal_pointer (&text);
  if (self->row->needs & LZ_NEEDS_UNIT)
    body->unit = dup_unit (self);
  if (self->row->needs & LZ_NEEDS_UNTIL)
    body->until_ms =
        lz_session_now () + gtk_spin_button_get_value_as_int (self->until) * MS_PER_DAY;
  if ((self->row->needs & LZ_NEEDS_CONDITION) && category != NULL)
    {
      guint at = MIN (gtk_drop_down_get_selected (self->condition), category->conditions->len - 1);
      const LzCondition *condition = category->conditions->pdata[at];

      body->condition = condition->number;
      body->limit = condition->limit;
    }
  for (guint i = 0; i < photos->len; i++)
    lz_body_add_photo (body, &g_array_index (photos, LzPhotoRef, i));

  return g_steal_pointer (&body);
}

static void
run_act (LzActDialog *self, LzBody *body)
{
  lz_acts_run_async (self->session, self->row->kind, &self->item->id, body, NULL, NULL, act_done_cb,
                     g_object_ref (self));
}

/* A job of the read thread. */
static gpointer
find_case (LzStation *station, gpointer data, GError **error)
{
  g_autoptr (LzCase) item = lz_cases_load_by_name (station, data, error);

  return item != NULL ? g_memdup2 (&item->id, sizeof item->id) : NULL;
}

static void
other_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzActDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree LzId *id = lz_store_job_finish (LZ_STORE (source), result, &error);
  LzBody *body;

  if (id == NULL)
    {
      show_problem (self, error);
      return;
    }

  body = new_body (self);
  body->other = *id;
  run_act (self, body);
}

static void
confirm_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzActDialog *self = LZ_ACT_DIALOG (widget);

  self->running = TRUE;
  gtk_info_bar_set_revealed (self->problem_bar, FALSE);
  update_confirm (self);
  if (self->row->needs & LZ_NEEDS_OTHER)
    lz_store_read_async (lz_session_get_store (self->session), find_case,
                         g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->other))), g_free,
                         g_free, NULL, other_found_cb, g_object_ref (self));
  else
    run_act (self, new_body (self));
}

static void
fill_units (LzActDialog *self)
{
  const LzCategory *category = get_category (self);

  if (self->item->unit != NULL)
    gtk_combo_box_text_append_text (self->unit, self->item->unit);
  if (category != NULL && category->lead_unit != NULL && *category->lead_unit != '\0')
    gtk_combo_box_text_append_text (self->unit, category->lead_unit);
  for (guint i = 0; category != NULL && category->units != NULL && category->units[i] != NULL; i++)
    if (*category->units[i] != '\0')
      gtk_combo_box_text_append_text (self->unit, category->units[i]);
  gtk_combo_box_set_active (GTK_COMBO_BOX (self->unit), 0);
}

static void
fill_conditions (LzActDialog *self)
{
  const LzCategory *category = get_category (self);
  g_autoptr (GtkStringList) texts = gtk_string_list_new (NULL);

  for (guint i = 0; category != NULL && i < category->conditions->len; i++)
    {
      const LzCondition *condition = category->conditions->pdata[i];
      g_autofree char *limit = lz_limit_dup_label (condition->limit);
      g_autofree char *text = g_strdup_printf ("%s · %s", condition->text, limit);

      gtk_string_list_append (texts, text);
    }

  gtk_drop_down_set_model (self->condition, G_LIST_MODEL (texts));
  if (self->item->condition > 0)
    gtk_drop_down_set_selected (self->condition, self->item->condition - 1);
}

static void
set_up (LzActDialog *self)
{
  guint needs = self->row->needs;
  gboolean photos =
      (needs & (LZ_NEEDS_AFTER | LZ_NEEDS_BEFORE)) != 0 || self->row->kind == LZ_KIND_NOTED;

  adw_window_title_set_title (self->title, _ (self->row->label));
  adw_window_title_set_subtitle (self->title, lz_session_get_category_name (self->session,
                                                                            self->item->category));
  gtk_button_set_label (self->confirm, _ (self->row->label));
  gtk_window_set_title (GTK_WINDOW (self), _ (self->row->label));

  gtk_widget_set_visible (self->photos_box, photos);
  gtk_label_set_label (self->photos_label,
                       needs & LZ_NEEDS_AFTER ? _ ("Photos after") : _ ("Photos"));
  lz_photo_strip_set_session (self->photos, self->session);
  lz_photo_strip_set_role (self->photos, needs & LZ_NEEDS_AFTER    ? LZ_PHOTO_AFTER
                                         : needs & LZ_NEEDS_BEFORE ? LZ_PHOTO_BEFORE
                                                                   : LZ_PHOTO_OTHER);
  gtk_widget_set_visible (self->condition_box, (needs & LZ_NEEDS_CONDITION) != 0);
  gtk_widget_set_visible (self->unit_box, (needs & LZ_NEEDS_UNIT) != 0);
  gtk_widget_set_visible (self->until_box, (needs & LZ_NEEDS_UNTIL) != 0);
  gtk_widget_set_visible (self->other_box, (needs & LZ_NEEDS_OTHER) != 0);
  gtk_label_set_label (self->text_label, needs & LZ_NEEDS_TEXT ? _ ("Reason")
                                         : photos              ? _ ("Note")
                                                               : _ ("Opinion (optional)"));
  lz_phrase_button_set_text_view (self->phrases, self->text);
  lz_phrase_button_set_act (self->phrases, self->row->kind);
  if (needs & LZ_NEEDS_UNIT)
    fill_units (self);
  if (needs & LZ_NEEDS_CONDITION)
    fill_conditions (self);
  if (!photos)
    gtk_widget_grab_focus (GTK_WIDGET (self->text));
}

LzActDialog *
lz_act_dialog_new (GtkWindow *parent,
                   LzSession *session,
                   const LzCase *item,
                   const LzTransition *row)
{
  LzActDialog *self = NULL;

  g_return_val_if_fail (LZ_IS_SESSION (session), NULL);
  g_return_val_if_fail (item != NULL && row != NULL, NULL);

  self = g_object_new (LZ_TYPE_ACT_DIALOG, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->item = lz_case_copy (item);
  self->row = row;
  set_up (self);
  update_confirm (self);

  return self;
}

static void
lz_act_dialog_dispose (GObject *object)
{
  LzActDialog *self = LZ_ACT_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->item, lz_case_free);

  G_OBJECT_CLASS (lz_act_dialog_parent_class)->dispose (object);
}

static void
lz_act_dialog_class_init (LzActDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_act_dialog_dispose;

  g_type_ensure (LZ_TYPE_PHOTO_STRIP);
  g_type_ensure (LZ_TYPE_PHRASE_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-act-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, title);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, confirm);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, problem_bar);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, photos_box);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, photos_label);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, photos);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, condition_box);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, condition);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, unit_box);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, unit);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, until_box);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, until);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, other_box);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, other);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, text_label);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, phrases);
  gtk_widget_class_bind_template_child (widget_class, LzActDialog, text);

  gtk_widget_class_install_action (widget_class, "act.confirm", NULL, confirm_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "act.confirm", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
lz_act_dialog_init (LzActDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lz_names_from_tooltips (GTK_WIDGET (self));
  g_signal_connect_swapped (self->photos, "changed", G_CALLBACK (update_confirm), self);
  g_signal_connect_swapped (self->other, "changed", G_CALLBACK (update_confirm), self);
  g_signal_connect_swapped (self->unit, "changed", G_CALLBACK (update_confirm), self);
  g_signal_connect_swapped (gtk_text_view_get_buffer (self->text), "changed",
                            G_CALLBACK (update_confirm), self);
}
