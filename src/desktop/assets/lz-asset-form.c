/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-asset-form.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "lz-asset-fields.h"
#include "lz-jobs.h"
#include "lz-names.h"
#include "lz-photo-strip.h"
#include "lz-photo-thumb.h"
#include "lz-photo-window.h"
#include "lz-place-picker.h"
#include "lz-reason-dialog.h"
#include "lz-road-choice.h"
#include "lz-template.h"
#include "lz-words.h"

#define THUMB_HEIGHT 96

struct _LzAssetForm
{
  GtkWidget parent_instance;

  GtkScrolledWindow *scroller;
  GtkLabel *title;
  GtkLabel *subtitle;
  GtkWidget *kind_group;
  AdwComboRow *kind_row;
  LzAssetFields *fields;
  AdwComboRow *road_row;
  LzPlacePicker *picker;
  GtkFlowBox *photos;
  LzPhotoStrip *strip;
  AdwPreferencesGroup *case_group;
  GtkButton *save;
  GtkButton *retire;
  GtkButton *restore;

  LzSession *session;
  LzAssetKinds *kinds;
  const LzAssetKind *kind;
  LzAssetFacts *facts;  /* %NULL: a new one */
  LzId id;              /* of these */
  GPtrArray *case_rows; /* lent, to be removed */
  gboolean showing;
  gboolean dirty;
  gboolean saving;
};

G_DEFINE_FINAL_TYPE (LzAssetForm, lz_asset_form, GTK_TYPE_WIDGET)

enum
{
  CLOSED,
  SAVED,
  TOLD,
  CASE_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update_buttons (LzAssetForm *self)
{
  gboolean gone = self->facts != NULL && self->facts->record->state == LZ_RECORD_GONE;

  gtk_widget_set_sensitive (GTK_WIDGET (self->save),
                            !self->saving && !gone && (self->dirty || self->facts == NULL) &&
                                self->kind != NULL && !lz_photo_strip_is_busy (self->strip));
  gtk_widget_set_visible (GTK_WIDGET (self->save), !gone);
  gtk_widget_set_visible (GTK_WIDGET (self->retire), self->facts != NULL && !gone);
  gtk_widget_set_visible (GTK_WIDGET (self->restore), gone);
  gtk_button_set_label (self->save, self->facts != NULL ? _ ("_Save Changes") : _ ("_Put on File"));
}

static void
edited_cb (LzAssetForm *self)
{
  if (self->showing)
    return;
  self->dirty = TRUE;
  update_buttons (self);
}

/* Photos and cases. */

static void
photo_clicked_cb (LzAssetForm *self, GtkWidget *thumb)
{
  guint at = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (thumb), "at"));

  gtk_window_present (
      GTK_WINDOW (lz_photo_window_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                       self->session, self->facts->photos, at)));
}

static void
show_photos (LzAssetForm *self)
{
  g_autoptr (GArray) none = g_array_new (FALSE, TRUE, sizeof (LzPhotoRef));
  guint n = self->facts != NULL ? self->facts->photos->len : 0;
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->photos))) != NULL)
    gtk_flow_box_remove (self->photos, child);
  for (guint i = 0; i < n; i++)
    {
      const LzPhotoRef *photo = &g_array_index (self->facts->photos, LzPhotoRef, i);
      g_autofree char *caption = lz_photo_dup_caption (self->session, photo);
      GtkWidget *thumb = lz_photo_thumb_new ();

      lz_photo_thumb_set_height (LZ_PHOTO_THUMB (thumb), THUMB_HEIGHT);
      lz_photo_thumb_set_photo (LZ_PHOTO_THUMB (thumb), self->session, photo->sha256);
      lz_photo_thumb_set_caption (LZ_PHOTO_THUMB (thumb), caption);
      g_object_set_data (G_OBJECT (thumb), "at", GUINT_TO_POINTER (i));
      g_signal_connect_object (thumb, "clicked", G_CALLBACK (photo_clicked_cb), self,
                               G_CONNECT_SWAPPED);
      gtk_flow_box_append (self->photos, thumb);
      gtk_widget_set_focusable (gtk_widget_get_last_child (GTK_WIDGET (self->photos)), FALSE);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->photos), n > 0);
  lz_photo_strip_set_photos (self->strip, none);
}

static void
case_activated_cb (LzAssetForm *self, GtkWidget *row)
{
  guint at = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "at"));
  LzId id = ((const LzCaseRow *) self->facts->cases->pdata[at])->id;

  g_signal_emit (self, signals[CASE_WANTED], 0, &id);
}

static GtkWidget *
new_case_row (LzAssetForm *self, const LzCaseRow *row, guint at)
{
  GtkWidget *line = adw_action_row_new ();
  g_autofree char *when = lz_words_dup_time (row->reported_ms, lz_session_now (),
                                             lz_session_get_offset_min (self->session));
  g_autofree char *subtitle = g_strdup_printf ("%s · %s · %s", lz_state_label (row->state), when,
                                               row->number != NULL ? row->number : "—");

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line),
                                 lz_session_get_category_name (self->session, row->category));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (line), subtitle);
  adw_action_row_add_suffix (ADW_ACTION_ROW (line),
                             gtk_image_new_from_icon_name ("go-next-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (line), TRUE);
  g_object_set_data (G_OBJECT (line), "at", GUINT_TO_POINTER (at));
  g_signal_connect_object (line, "activated", G_CALLBACK (case_activated_cb), self,
                           G_CONNECT_SWAPPED);
  return line;
}

static void
show_cases (LzAssetForm *self)
{
  guint n = self->facts != NULL ? self->facts->n_cases : 0;
  g_autofree char *count = g_strdup_printf (ngettext ("%u case", "%u cases", n), n);

  for (guint i = 0; i < self->case_rows->len; i++)
    adw_preferences_group_remove (self->case_group, self->case_rows->pdata[i]);
  g_ptr_array_set_size (self->case_rows, 0);
  gtk_widget_set_visible (GTK_WIDGET (self->case_group), self->facts != NULL);
  adw_preferences_group_set_description (self->case_group, n > 0 ? count : _ ("No case names it."));
  for (guint i = 0; self->facts != NULL && i < self->facts->cases->len; i++)
    {
      GtkWidget *row = new_case_row (self, self->facts->cases->pdata[i], i);

      adw_preferences_group_add (self->case_group, row);
      g_ptr_array_add (self->case_rows, row);
    }
}

/* Beginning and showing. */

static void
show_fields (LzAssetForm *self)
{
  lz_asset_fields_show (self->fields, self->kinds, self->kind,
                        self->facts != NULL ? self->facts->record->facts : NULL);
  if (self->facts == NULL)
    gtk_label_set_label (self->title, _ ("New Entry"));
  gtk_label_set_label (self->subtitle, self->facts == NULL && self->kind != NULL &&
                                               self->kind->note != NULL && lz_words_is_chinese ()
                                           ? self->kind->note
                                           : "");
}

static void
kind_selected_cb (LzAssetForm *self)
{
  guint at = adw_combo_row_get_selected (self->kind_row);

  if (self->showing || self->facts != NULL)
    return;
  self->kind = at != GTK_INVALID_LIST_POSITION ? lz_asset_kinds_get (self->kinds, at) : NULL;
  show_fields (self);
  update_buttons (self);
}

static void
take_kinds (LzAssetForm *self, LzAssetKinds *kinds, const LzAssetKind *kind)
{
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);

  lz_asset_kinds_ref (kinds);
  g_clear_pointer (&self->kinds, lz_asset_kinds_unref);
  self->kinds = kinds;
  self->kind = kind;
  for (guint i = 0; i < lz_asset_kinds_get_n (kinds); i++)
    gtk_string_list_append (words, lz_asset_kind_get_label (lz_asset_kinds_get (kinds, i)));
  adw_combo_row_set_model (self->kind_row, G_LIST_MODEL (words));
  for (guint i = 0; i < lz_asset_kinds_get_n (kinds); i++)
    if (lz_asset_kinds_get (kinds, i) == kind)
      adw_combo_row_set_selected (self->kind_row, i);
}

static void
show_rest (LzAssetForm *self, LzPoint place, const LzId *road)
{
  gtk_widget_set_visible (self->kind_group, self->facts == NULL);
  show_fields (self);
  lz_road_choice_set (self->road_row, self->session, road);
  lz_place_picker_set_place (self->picker, place, road);
  show_photos (self);
  show_cases (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
  self->dirty = FALSE;
  self->showing = FALSE;
  update_buttons (self);
}

/* A pane that slides in can take no focus before it is there. */
static void
mapped_cb (LzAssetForm *self)
{
  if (self->facts == NULL)
    lz_asset_fields_focus (self->fields);
}

void
lz_asset_form_begin (LzAssetForm *self, LzAssetKinds *kinds, const char *kind, const LzId *road)
{
  const LzAssetKind *first;

  g_return_if_fail (LZ_IS_ASSET_FORM (self));
  g_return_if_fail (kinds != NULL);

  self->showing = TRUE;
  g_clear_pointer (&self->facts, lz_asset_facts_free);
  self->id = (LzId){ { 0 } };
  first = kind != NULL ? lz_asset_kinds_find (kinds, kind) : NULL;
  take_kinds (self, kinds, first != NULL ? first : lz_asset_kinds_get (kinds, 0));
  show_rest (self, (LzPoint){ 0, 0 }, road);
  mapped_cb (self);
}

static char *
dup_facts_line (LzAssetForm *self)
{
  const LzRecord *record = self->facts->record;
  g_autofree char *when = lz_words_dup_time (record->changed_ms, lz_session_now (),
                                             lz_session_get_offset_min (self->session));
  g_autofree char *changed = g_strdup_printf (_ ("changed %s"), when);

  return g_strdup_printf ("%s · %s%s%s",
                          self->kind != NULL ? lz_asset_kind_get_label (self->kind) : "—", changed,
                          record->state == LZ_RECORD_GONE ? " · " : "",
                          record->state == LZ_RECORD_GONE ? _ ("off file") : "");
}

void
lz_asset_form_show (LzAssetForm *self, LzAssetFacts *facts)
{
  g_autofree char *title = NULL;
  g_autofree char *line = NULL;

  g_return_if_fail (LZ_IS_ASSET_FORM (self));
  g_return_if_fail (facts != NULL);

  self->showing = TRUE;
  g_clear_pointer (&self->facts, lz_asset_facts_free);
  self->facts = facts;
  self->id = facts->record->id;
  take_kinds (self, facts->kinds, lz_asset_find_kind (facts->kinds, facts->record));
  show_rest (self, facts->record->place, &facts->record->road);
  title = lz_asset_dup_title (facts->kinds, facts->record);
  line = dup_facts_line (self);
  gtk_label_set_label (self->title, title != NULL ? title : "—");
  gtk_label_set_label (self->subtitle, line);
}

const LzId *
lz_asset_form_get_id (LzAssetForm *self)
{
  g_return_val_if_fail (LZ_IS_ASSET_FORM (self), NULL);

  return &self->id;
}

gboolean
lz_asset_form_is_dirty (LzAssetForm *self)
{
  g_return_val_if_fail (LZ_IS_ASSET_FORM (self), FALSE);

  return self->dirty || self->saving;
}

/* Acts. */

static void
done (LzAssetForm *self, GAsyncResult *result, const char *text)
{
  g_autoptr (GError) error = NULL;

  self->saving = FALSE;
  if (lz_asset_act_finish (result, &self->id, &error))
    {
      self->dirty = FALSE;
      g_signal_emit (self, signals[SAVED], 0, text);
    }
  else
    {
      g_signal_emit (self, signals[TOLD], 0, lz_jobs_explain (error));
    }
  update_buttons (self);
}

static void
saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzAssetForm) self = user_data;

  done (self, result, self->facts != NULL ? _ ("Entry changed") : _ ("Put on file"));
}

static void
retired_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzAssetForm) self = user_data;

  done (self, result, _ ("Taken off file"));
}

static void
restored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzAssetForm) self = user_data;

  done (self, result, _ ("Put on file again"));
}

static LzAssetAct *
new_act (LzAssetForm *self, LzAssetActKind what)
{
  LzAssetAct *act = g_new0 (LzAssetAct, 1);

  act->what = what;
  act->id = self->id;
  self->saving = TRUE;
  update_buttons (self);
  return act;
}

static void
save_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzAssetForm *self = LZ_ASSET_FORM (widget);
  const LzRecord *old = self->facts != NULL ? self->facts->record : NULL;
  g_autoptr (JsonObject) facts = NULL;
  LzAssetAct *act;
  LzPoint place;

  if (self->kind == NULL || !gtk_widget_get_sensitive (GTK_WIDGET (self->save)))
    return;
  if (!lz_place_picker_get_place (self->picker, &place))
    {
      g_signal_emit (self, signals[TOLD], 0, _ ("Write the place as 28.283300, 117.210300."));
      return;
    }
  facts = lz_asset_fields_dup_changes (self->fields, NULL);
  if (facts == NULL)
    return; /* said below the fields */

  act = new_act (self, old != NULL ? LZ_ASSET_ACT_CHANGE : LZ_ASSET_ACT_RECORD);
  act->kind = g_strdup (self->kind->key);
  act->facts = g_steal_pointer (&facts);
  act->road = lz_road_choice_get (self->road_row);
  if (old == NULL || place.lat7 != old->place.lat7 || place.lon7 != old->place.lon7)
    act->place = place;
  if (lz_photo_strip_get_photos (self->strip)->len > 0)
    act->photos = g_array_copy (lz_photo_strip_get_photos (self->strip));
  lz_asset_act_async (self->session, act, saved_cb, g_object_ref (self));
}

static void
reason_cb (GtkWidget *asker, const char *reason, gpointer user_data)
{
  LzAssetForm *self = LZ_ASSET_FORM (asker);
  LzAssetAct *act = new_act (self, LZ_ASSET_ACT_RETIRE);

  act->reason = g_strdup (reason);
  lz_asset_act_async (self->session, act, retired_cb, g_object_ref (self));
}

static void
retire_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const LzReasonWords words = {
    .heading = _ ("Take It off File?"),
    .body = _ ("Its history stays, and it can be put on file again."),
    .hint = _ ("Why, for example: removed, closed"),
    .yes = _ ("_Take off File"),
    .destructive = TRUE,
  };

  lz_reason_ask (widget, &words, reason_cb, NULL, NULL);
}

static void
restore_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzAssetForm *self = LZ_ASSET_FORM (widget);

  lz_asset_act_async (self->session, new_act (self, LZ_ASSET_ACT_RESTORE), restored_cb,
                      g_object_ref (self));
}

static void
close_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[CLOSED], 0);
}

void
lz_asset_form_set_session (LzAssetForm *self, LzSession *session)
{
  g_return_if_fail (LZ_IS_ASSET_FORM (self));

  g_set_object (&self->session, session);
  lz_place_picker_set_session (self->picker, session);
  lz_photo_strip_set_session (self->strip, session);
}

static void
lz_asset_form_dispose (GObject *object)
{
  LzAssetForm *self = LZ_ASSET_FORM (object);

  g_clear_pointer (&self->facts, lz_asset_facts_free);
  g_clear_pointer (&self->kinds, lz_asset_kinds_unref);
  g_clear_pointer (&self->case_rows, g_ptr_array_unref);
  g_clear_object (&self->session);
  lz_template_dispose (GTK_WIDGET (self), LZ_TYPE_ASSET_FORM);

  G_OBJECT_CLASS (lz_asset_form_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LzAssetForm, scroller);
  gtk_widget_class_bind_template_child (widget_class, LzAssetForm, title);
  gtk_widget_class_bind_template_child (widget_class, LzAssetForm, subtitle);
  gtk_widget_class_bind_template_child (widget_class, LzAssetForm, kind_group);
  gtk_widget_class_bind_template_child (widget_class, LzAssetForm, kind_row);
  gtk_widget_class_bind_template_child (widget_class, LzAssetForm, fields);
  gtk_widget_class_bind_template_child (widget_class, LzAssetForm, road_row);
  gtk_widget_class_bind_template_child (widget_class, LzAssetForm, picker);
  gtk_widget_class_bind_template_child (widget_class, LzAssetForm, photos);
  gtk_widget_class_bind_template_child (widget_class, LzAssetForm, strip);
  gtk_widget_class_bind_template_child (widget_class, LzAssetForm, case_group);
  gtk_widget_class_bind_template_child (widget_class, LzAssetForm, save);
  gtk_widget_class_bind_template_child (widget_class, LzAssetForm, retire);
  gtk_widget_class_bind_template_child (widget_class, LzAssetForm, restore);
}

static void
lz_asset_form_class_init (LzAssetFormClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GType type = LZ_TYPE_ASSET_FORM;

  G_OBJECT_CLASS (klass)->dispose = lz_asset_form_dispose;
  g_type_ensure (LZ_TYPE_ASSET_FIELDS);
  g_type_ensure (LZ_TYPE_PHOTO_STRIP);
  g_type_ensure (LZ_TYPE_PLACE_PICKER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-asset-form.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  bind_children (widget_class);
  gtk_widget_class_install_action (widget_class, "asset.save", NULL, save_cb);
  gtk_widget_class_install_action (widget_class, "asset.retire", NULL, retire_cb);
  gtk_widget_class_install_action (widget_class, "asset.restore", NULL, restore_cb);
  gtk_widget_class_install_action (widget_class, "asset.close", NULL, close_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "asset.close", NULL);

  signals[CLOSED] =
      g_signal_new ("closed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SAVED] = g_signal_new ("saved", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                 1, G_TYPE_STRING);
  signals[TOLD] = g_signal_new ("told", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                1, G_TYPE_STRING);
  signals[CASE_WANTED] = g_signal_new ("case-wanted", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                       G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
lz_asset_form_init (LzAssetForm *self)
{
  self->case_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  lz_photo_strip_set_role (self->strip, LZ_PHOTO_OTHER);
  g_signal_connect_object (self->kind_row, "notify::selected", G_CALLBACK (kind_selected_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->fields, "changed", G_CALLBACK (edited_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->road_row, "notify::selected", G_CALLBACK (edited_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->picker, "changed", G_CALLBACK (edited_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->strip, "changed", G_CALLBACK (edited_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect (self, "map", G_CALLBACK (mapped_cb), NULL);
  lz_names_from_tooltips (GTK_WIDGET (self));
}
