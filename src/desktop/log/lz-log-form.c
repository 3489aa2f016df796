/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-log-form-private.h"

#include <glib/gi18n.h>

#include "lz-source.h"
#include "lz-template.h"
#include "lz-words.h"

#define SAVE_DELAY_MS 600

G_DEFINE_FINAL_TYPE (LzLogForm, lz_log_form, GTK_TYPE_WIDGET)

enum
{
  PLACE_CHANGED,
  FINISHED,
  CLOSED,
  STEP,
  CASE_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Saving. */

static void
draft_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzLogForm) self = user_data;
  g_autoptr (GError) error = NULL;

  if (lz_draft_cell_save_finish (LZ_SESSION (source), result, &error))
    gtk_label_set_label (self->saved, self->save_id == 0 ? _ ("Draft saved") : "");
  else
    gtk_label_set_label (self->saved, lz_error_explain (error));
}

static void
draft_removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzLogForm) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!lz_draft_cell_remove_finish (LZ_SESSION (source), result, &error))
    gtk_label_set_label (self->saved, lz_error_explain (error));
}

/* A place alone is a click on the map: nothing that somebody would look for among the drafts. */
static gboolean
is_blank (LzLogForm *self)
{
  const LzBody *body = self->draft->body;

  return self->draft->id == 0 && body->category == NULL && body->text == NULL &&
         body->address == NULL && (body->photos == NULL || body->photos->len == 0) &&
         !lz_photo_strip_is_busy (self->before) && !lz_photo_strip_is_busy (self->after);
}

static void
save_now (LzLogForm *self)
{
  g_clear_handle_id (&self->save_id, g_source_remove);
  if (self->draft == NULL || !self->dirty)
    return;

  self->dirty = FALSE;
  lz_log_form_collect (self);
  if (is_blank (self))
    {
      /* What was saved before it was emptied again. */
      lz_draft_cell_remove_async (self->cell, self->session, draft_removed_cb, g_object_ref (self));
      return;
    }
  lz_draft_cell_save_async (self->cell, self->session, lz_draft_copy (self->draft), draft_saved_cb,
                            g_object_ref (self));
}

static gboolean
save_cb (gpointer user_data)
{
  LzLogForm *self = user_data;

  self->save_id = 0;
  save_now (self);
  return G_SOURCE_REMOVE;
}

/* Something was entered: the draft is saved when the person pauses. */
static void
touch (LzLogForm *self)
{
  if (self->showing || self->draft == NULL)
    return;

  self->dirty = TRUE;
  gtk_label_set_label (self->saved, "");
  g_clear_handle_id (&self->save_id, g_source_remove);
  self->save_id = g_timeout_add (SAVE_DELAY_MS, save_cb, self);
}

/* What is missing. */

static void
add_missing (GString *missing, const char *what)
{
  g_string_append_printf (missing, "%s%s", missing->len > 0 ? _ (", ") : "", what);
}

char *
lz_log_form_dup_missing (LzLogForm *self)
{
  g_autoptr (GString) missing = g_string_new (NULL);
  gboolean fixed = gtk_switch_get_active (self->fixed);

  if (lz_category_picker_get_category (self->category) == NULL)
    add_missing (missing, _ ("category"));
  if (!lz_point_is_valid (self->draft->body->place))
    add_missing (missing, _ ("place"));
  if (fixed && lz_photo_strip_get_photos (self->before)->len == 0)
    add_missing (missing, _ ("photo before"));
  if (fixed && lz_photo_strip_get_photos (self->after)->len == 0)
    add_missing (missing, _ ("photo after"));

  return g_string_free (g_steal_pointer (&missing), FALSE);
}

/* Who was there brings a photo (domain §2.2 row 1); a call or a letter comes without. */
static gboolean
lacks_photo (LzLogForm *self)
{
  return gtk_drop_down_get_selected (self->source) == LZ_SOURCE_OWN &&
         lz_photo_strip_get_photos (self->before)->len == 0 &&
         !lz_photo_strip_is_busy (self->before);
}

void
lz_log_form_update_actions (LzLogForm *self)
{
  g_autofree char *missing = NULL;
  g_autofree char *told = NULL;
  gboolean ready;

  if (self->draft == NULL)
    return;

  missing = lz_log_form_dup_missing (self);
  if (*missing != '\0')
    told = g_strdup_printf (_ ("Still missing: %s"), missing);
  else if (lacks_photo (self))
    told = g_strdup (_ ("No photo of the place yet"));
  ready = *missing == '\0' && !self->submitting && !lz_photo_strip_is_busy (self->before) &&
          !lz_photo_strip_is_busy (self->after);
  gtk_label_set_label (self->missing, told != NULL ? told : "");
  gtk_widget_set_visible (GTK_WIDGET (self->missing), told != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->after), gtk_switch_get_active (self->fixed));
  gtk_button_set_label (self->submit, gtk_switch_get_active (self->fixed)
                                          ? _ ("Report as Fixed on the Spot")
                                      : self->total > 1 ? _ ("Report and Next")
                                                        : _ ("Report"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.submit", ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.previous", self->at > 1);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "form.next", self->at < self->total);
}

/* Something was entered. */
void
lz_log_form_edited (LzLogForm *self)
{
  touch (self);
  lz_log_form_update_actions (self);
}

/* Category and place. */

static void
category_picked_cb (LzLogForm *self)
{
  if (self->draft == NULL || self->showing)
    return;

  self->draft->body->condition = 0;
  lz_log_form_show_conditions (self);
  lz_log_form_show_firm (self);
  lz_log_form_edited (self);
  lz_log_form_read_place (self);
  /* So that Enter confirms next. */
  if (lz_category_picker_get_category (self->category) != NULL)
    {
      g_autofree char *missing = lz_log_form_dup_missing (self);

      gtk_widget_grab_focus (*missing == '\0' ? GTK_WIDGET (self->submit)
                                              : GTK_WIDGET (self->text));
    }
}

/* Photos. */

static void
photos_changed_cb (LzLogForm *self)
{
  GArray *photos = lz_photo_strip_get_photos (self->before);

  if (self->draft == NULL || self->showing)
    return;

  for (guint i = 0; i < photos->len && !lz_point_is_valid (self->draft->body->place); i++)
    {
      LzPoint place = g_array_index (photos, LzPhotoRef, i).place;

      if (lz_point_is_valid (place))
        {
          lz_log_form_set_place (self, place);
          g_signal_emit (self, signals[PLACE_CHANGED], 0, &place);
        }
    }

  lz_log_form_edited (self);
}

void
lz_log_form_add_paths (LzLogForm *self, const char *const *paths)
{
  g_return_if_fail (LZ_IS_LOG_FORM (self));

  if (self->draft != NULL)
    lz_photo_strip_add_paths (self->before, paths);
}

/* Opening and leaving. */

static void
show_photos (LzLogForm *self)
{
  const GArray *photos = self->draft->body->photos;
  g_autoptr (GArray) before = g_array_new (FALSE, TRUE, sizeof (LzPhotoRef));
  g_autoptr (GArray) after = g_array_new (FALSE, TRUE, sizeof (LzPhotoRef));

  for (guint i = 0; photos != NULL && i < photos->len; i++)
    {
      const LzPhotoRef *photo = &g_array_index (photos, LzPhotoRef, i);

      g_array_append_vals (photo->role == LZ_PHOTO_AFTER ? after : before, photo, 1);
    }
  lz_photo_strip_set_photos (self->before, before);
  lz_photo_strip_set_photos (self->after, after);
}

void
lz_log_form_edit (LzLogForm *self, LzDraft *draft)
{
  g_return_if_fail (LZ_IS_LOG_FORM (self));
  g_return_if_fail (draft != NULL);

  lz_log_form_leave (self);
  self->draft = draft;
  self->cell = lz_draft_cell_new (draft->id);
  self->submitting = FALSE;
  self->showing = TRUE;
  lz_category_picker_set_code (self->category, draft->body->category);
  lz_log_form_show_conditions (self);
  lz_log_form_fill_firm (self);
  show_photos (self);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text),
                            draft->body->text != NULL ? draft->body->text : "", -1);
  gtk_editable_set_text (GTK_EDITABLE (self->address),
                         draft->body->address != NULL ? draft->body->address : "");
  gtk_drop_down_set_selected (self->source, lz_source_from_string (draft->body->source));
  gtk_switch_set_active (self->fixed, draft->fixed_on_spot);
  gtk_label_set_label (self->note, draft->note != NULL ? draft->note : "");
  gtk_widget_set_visible (GTK_WIDGET (self->note), draft->note != NULL && *draft->note != '\0');
  gtk_label_set_label (self->saved, "");
  self->showing = FALSE;

  lz_log_form_show_similar (self, NULL);
  lz_log_form_show_assets (self, NULL);
  lz_log_form_show_place (self);
  lz_log_form_read_place (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  lz_log_form_update_actions (self);
  lz_category_picker_focus (self->category);
}

/* A pane that slides in can take no focus before it is there. */
static void
mapped_cb (LzLogForm *self)
{
  if (self->draft != NULL)
    lz_category_picker_focus (self->category);
}

void
lz_log_form_set_queue (LzLogForm *self, guint at, guint total)
{
  g_autofree char *title = NULL;

  g_return_if_fail (LZ_IS_LOG_FORM (self));

  self->at = at;
  self->total = total;
  title = total > 0 ? g_strdup_printf (_ ("Draft %u of %u"), at, total)
                    : g_strdup (_ ("Report a Problem"));
  gtk_label_set_label (self->title, title);
  gtk_widget_set_visible (self->steps, total > 1);
  lz_log_form_update_actions (self);
}

void
lz_log_form_leave (LzLogForm *self)
{
  g_return_if_fail (LZ_IS_LOG_FORM (self));

  if (self->draft == NULL)
    return;

  save_now (self);
  g_clear_handle_id (&self->place_id, g_source_remove);
  g_cancellable_cancel (self->place_cancellable);
  g_clear_pointer (&self->draft, lz_draft_free);
  g_clear_pointer (&self->cell, lz_draft_cell_unref);
}

/* What the form tells. */

/* The draft has become a case, @subject, or is gone. */
void
lz_log_form_finish (LzLogForm *self, const LzId *subject)
{
  self->dirty = FALSE;
  lz_log_form_leave (self);
  g_signal_emit (self, signals[FINISHED], 0, subject);
}

void
lz_log_form_want_case (LzLogForm *self, const LzId *id)
{
  g_signal_emit (self, signals[CASE_WANTED], 0, id);
}

static void
submit_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lz_log_form_submit (LZ_LOG_FORM (widget));
}

static void
close_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[CLOSED], 0);
}

static void
discard_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzLogForm *self = LZ_LOG_FORM (widget);

  if (self->draft == NULL)
    return;

  lz_log_form_collect (self);
  lz_session_tell_discarded (self->session, self->draft);
  lz_draft_cell_remove_async (self->cell, self->session, draft_removed_cb, g_object_ref (self));
  lz_log_form_finish (self, NULL);
}

static void
step_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[STEP], 0, g_str_equal (action, "form.next") ? 1 : -1);
}

/* Before the text view and the scrolled window, which have uses of their own for these keys. */
static gboolean
key_pressed_cb (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                LzLogForm *self)
{
  gboolean control = (state & gtk_accelerator_get_default_mod_mask ()) == GDK_CONTROL_MASK;
  gboolean plain = (state & gtk_accelerator_get_default_mod_mask ()) == 0;
  const char *action = NULL;

  if (control && (keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter))
    action = "form.submit";
  else if (control && keyval == GDK_KEY_Delete)
    action = "form.discard";
  else if (plain && self->total > 1 && keyval == GDK_KEY_Page_Down)
    action = "form.next";
  else if (plain && self->total > 1 && keyval == GDK_KEY_Page_Up)
    action = "form.previous";
  else
    return FALSE;

  gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
  return TRUE;
}

void
lz_log_form_set_session (LzLogForm *self, LzSession *session)
{
  g_return_if_fail (LZ_IS_LOG_FORM (self));
  g_return_if_fail (LZ_IS_SESSION (session));

  g_set_object (&self->session, session);
  lz_category_picker_set_session (self->category, session);
  lz_photo_strip_set_session (self->before, session);
  lz_photo_strip_set_session (self->after, session);
  lz_firm_choice_set_session (self->firm, session);
}

static void
lz_log_form_dispose (GObject *object)
{
  LzLogForm *self = LZ_LOG_FORM (object);

  if (self->draft != NULL)
    lz_log_form_leave (self);
  g_clear_handle_id (&self->save_id, g_source_remove);
  g_clear_handle_id (&self->place_id, g_source_remove);
  g_cancellable_cancel (self->place_cancellable);
  g_clear_object (&self->place_cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->similar, g_ptr_array_unref);
  g_clear_pointer (&self->assets, g_array_unref);
  lz_template_dispose (GTK_WIDGET (self), LZ_TYPE_LOG_FORM);

  G_OBJECT_CLASS (lz_log_form_parent_class)->dispose (object);
}

static void
install_signals (LzLogFormClass *klass)
{
  GType type = G_TYPE_FROM_CLASS (klass);

  signals[PLACE_CHANGED] = g_signal_new ("place-changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                         NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[FINISHED] = g_signal_new ("finished", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[CLOSED] =
      g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[STEP] = g_signal_new ("step", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_INT);
  signals[CASE_WANTED] = g_signal_new ("case-wanted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, title);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, saved);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, steps);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, scroller);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, note);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, before);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, category);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, condition_box);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, conditions);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, only_condition);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, limit);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, due);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, place);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, coordinates);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, address);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, source);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, asset_box);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, asset);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, firm);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, similar_box);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, similar_title);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, similar_mine);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, similar_other);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, similar_facts);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, similar_note);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, similar_open);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, similar_next);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, phrases);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, text);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, fixed);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, after);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, missing);
  gtk_widget_class_bind_template_child (widget_class, LzLogForm, submit);
}

static void
lz_log_form_class_init (LzLogFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_log_form_dispose;

  g_type_ensure (LZ_TYPE_CATEGORY_PICKER);
  g_type_ensure (LZ_TYPE_FIRM_CHOICE);
  g_type_ensure (LZ_TYPE_PHOTO_STRIP);
  g_type_ensure (LZ_TYPE_PHOTO_THUMB);
  g_type_ensure (LZ_TYPE_PHRASE_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/luzhang/Luzhang/lz-log-form.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "logform");
  bind_children (widget_class);

  gtk_widget_class_install_action (widget_class, "form.submit", NULL, submit_cb);
  gtk_widget_class_install_action (widget_class, "form.close", NULL, close_cb);
  gtk_widget_class_install_action (widget_class, "form.discard", NULL, discard_cb);
  gtk_widget_class_install_action (widget_class, "form.next", NULL, step_cb);
  gtk_widget_class_install_action (widget_class, "form.previous", NULL, step_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "form.close", NULL);
  install_signals (klass);
}

/* In the order of LzSource. */
static void
fill_sources (LzLogForm *self)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < LZ_N_SOURCES; i++)
    gtk_string_list_append (labels, lz_source_label ((LzSource) i));
  gtk_drop_down_set_model (self->source, G_LIST_MODEL (labels));
}

static void
lz_log_form_init (LzLogForm *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  fill_sources (self);
  lz_photo_strip_set_role (self->before, LZ_PHOTO_BEFORE);
  lz_photo_strip_set_role (self->after, LZ_PHOTO_AFTER);
  lz_phrase_button_set_text_view (self->phrases, self->text);
  gtk_widget_set_visible (GTK_WIDGET (self->after), FALSE);

  g_signal_connect_swapped (self->category, "picked", G_CALLBACK (category_picked_cb), self);
  g_signal_connect_swapped (self->before, "changed", G_CALLBACK (photos_changed_cb), self);
  g_signal_connect_swapped (self->after, "changed", G_CALLBACK (lz_log_form_edited), self);
  g_signal_connect_swapped (self->address, "changed", G_CALLBACK (lz_log_form_edited), self);
  g_signal_connect_swapped (self->source, "notify::selected", G_CALLBACK (lz_log_form_edited),
                            self);
  g_signal_connect_swapped (self->fixed, "notify::active", G_CALLBACK (lz_log_form_edited), self);
  g_signal_connect_swapped (gtk_text_view_get_buffer (self->text), "changed",
                            G_CALLBACK (lz_log_form_edited), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
  lz_log_form_connect_similar (self);
  lz_log_form_connect_assets (self);
  lz_log_form_connect_firm (self);
}
