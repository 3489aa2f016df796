/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-refusal-pane.h"

#include <glib/gi18n.h>

#include "lz-badge.h"
#include "lz-photo-thumb.h"
#include "lz-photo-window.h"
#include "lz-sync-words.h"
#include "lz-words.h"

struct _LzRefusalPane
{
  AdwBin parent_instance;

  AdwToastOverlay *toasts;
  GtkLabel *title;
  GtkLabel *did_when;
  GtkLabel *did_text;
  GtkFlowBox *photos;
  GtkLabel *why;
  GtkLabel *state_then;
  GtkLabel *state_now;
  GtkWidget *state_now_box;
  GtkWidget *case_button;
  GtkInfoBar *problem_bar;
  GtkLabel *problem;
  GtkToggleButton *drop;
  GtkRevealer *drop_revealer;
  GtkEntry *reason;

  LzSession *session;
  const LzRefusal *refusal;
  gboolean busy;
};

G_DEFINE_FINAL_TYPE (LzRefusalPane, lz_refusal_pane, ADW_TYPE_BIN)

enum
{
  DECIDED,
  CASE_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

const char *
lz_refusal_get_kind (const LzRefusal *refusal)
{
  const LzEvent *event = refusal->event;

  return event->kind == LZ_KIND_UNKNOWN ? event->kind_name : lz_kind_label (event->kind);
}

char *
lz_refusal_dup_title (const LzRefusal *refusal)
{
  const char *kind = lz_refusal_get_kind (refusal);

  return refusal->case_number != NULL ? g_strdup_printf ("%s · %s", kind, refusal->case_number)
                                      : g_strdup (kind);
}

static void
set_label (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static GArray *
get_photos (LzRefusalPane *self)
{
  const LzBody *body = self->refusal != NULL ? self->refusal->event->body : NULL;

  return body != NULL ? body->photos : NULL;
}

static void
photo_clicked_cb (LzRefusalPane *self, GtkWidget *thumb)
{
  guint at = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (thumb), "at"));
  GArray *photos = get_photos (self);
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));

  if (photos != NULL && at < photos->len)
    gtk_window_present (GTK_WINDOW (lz_photo_window_new (parent, self->session, photos, at)));
}

static void
show_photos (LzRefusalPane *self)
{
  GArray *photos = get_photos (self);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->photos))) != NULL)
    gtk_flow_box_remove (self->photos, child);

  for (guint i = 0; photos != NULL && i < photos->len; i++)
    {
      const LzPhotoRef *photo = &g_array_index (photos, LzPhotoRef, i);
      g_autofree char *caption = lz_photo_dup_caption (self->session, photo);
      GtkWidget *thumb = lz_photo_thumb_new ();

      lz_photo_thumb_set_height (LZ_PHOTO_THUMB (thumb), 90);
      lz_photo_thumb_set_photo (LZ_PHOTO_THUMB (thumb), self->session, photo->sha256);
      lz_photo_thumb_set_caption (LZ_PHOTO_THUMB (thumb), caption);
      g_object_set_data (G_OBJECT (thumb), "at", GUINT_TO_POINTER (i));
      g_signal_connect_swapped (thumb, "clicked", G_CALLBACK (photo_clicked_cb), self);
      gtk_flow_box_append (self->photos, thumb);
      gtk_widget_set_focusable (gtk_widget_get_last_child (GTK_WIDGET (self->photos)), FALSE);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->photos), photos != NULL && photos->len > 0);
}

static void
show_states (LzRefusalPane *self)
{
  LzState then;
  g_autofree char *text = NULL;

  if (self->refusal->state != NULL && lz_state_from_string (self->refusal->state, &then))
    text =
        g_strdup_printf (_ ("When it reached the server the case was: %s"), lz_state_label (then));
  set_label (self->state_then, text);

  gtk_widget_set_visible (self->state_now_box, self->refusal->case_state != LZ_STATE_NONE);
  gtk_widget_set_visible (self->case_button, self->refusal->case_state != LZ_STATE_NONE);
  if (self->refusal->case_state != LZ_STATE_NONE)
    lz_badge_set_state (self->state_now, self->refusal->case_state);
}

static void
update (LzRefusalPane *self)
{
  gboolean can = self->refusal != NULL && !self->busy;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "refusal.redo",
                                 can && self->refusal->event->body != NULL);
  /* Without its case there is nothing to put the note on. */
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "refusal.note",
                                 can && self->refusal->case_state != LZ_STATE_NONE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "refusal.drop",
                                 can &&
                                     *gtk_editable_get_text (GTK_EDITABLE (self->reason)) != '\0');
}

void
lz_refusal_pane_show (LzRefusalPane *self, const LzRefusal *refusal)
{
  const LzEvent *event;
  g_autofree char *title = NULL;
  g_autofree char *time = NULL;
  g_autofree char *when = NULL;

  g_return_if_fail (LZ_IS_REFUSAL_PANE (self));

  self->refusal = refusal;
  self->busy = FALSE;
  gtk_toggle_button_set_active (self->drop, FALSE);
  gtk_editable_set_text (GTK_EDITABLE (self->reason), "");
  lz_refusal_pane_set_problem (self, NULL);
  update (self);
  if (refusal == NULL)
    return;

  event = refusal->event;
  title = lz_refusal_dup_title (refusal);
  time = lz_words_dup_time (event->occurred_ms, lz_session_now (),
                            lz_session_get_offset_min (self->session));
  when =
      g_strdup_printf ("%s · %s", lz_session_get_person_name (self->session, event->actor), time);
  gtk_label_set_label (self->title, title);
  set_label (self->did_when, when);
  set_label (self->did_text, event->body != NULL ? event->body->text : NULL);
  set_label (self->why, lz_sync_words_get_refusal (refusal->code));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->why), refusal->message);
  show_photos (self);
  show_states (self);
}

void
lz_refusal_pane_set_session (LzRefusalPane *self, LzSession *session)
{
  g_return_if_fail (LZ_IS_REFUSAL_PANE (self));

  g_set_object (&self->session, session);
}

void
lz_refusal_pane_set_busy (LzRefusalPane *self, gboolean busy)
{
  g_return_if_fail (LZ_IS_REFUSAL_PANE (self));

  self->busy = busy;
  update (self);
}

void
lz_refusal_pane_set_problem (LzRefusalPane *self, const GError *error)
{
  g_return_if_fail (LZ_IS_REFUSAL_PANE (self));

  if (error != NULL)
    {
      gtk_label_set_label (self->problem,
                           g_error_matches (error, LZ_ERROR, LZ_ERROR_REFUSED)
                               ? _ ("As the case stands now the rules still do not allow it. Keep "
                                    "it as a note, or drop it.")
                               : lz_error_explain (error));
      gtk_widget_set_tooltip_text (GTK_WIDGET (self->problem), error->message);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->problem_bar), error != NULL);
  gtk_info_bar_set_revealed (self->problem_bar, error != NULL);
}

void
lz_refusal_pane_tell (LzRefusalPane *self, const char *text)
{
  g_return_if_fail (LZ_IS_REFUSAL_PANE (self));

  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (text));
}

static void
redo_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[DECIDED], 0, (int) LZ_DECISION_REDO, NULL);
}

static void
note_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  g_signal_emit (widget, signals[DECIDED], 0, (int) LZ_DECISION_NOTE, NULL);
}

static void
drop_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzRefusalPane *self = LZ_REFUSAL_PANE (widget);
  g_autofree char *reason =
      g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->reason))));

  if (*reason != '\0')
    g_signal_emit (widget, signals[DECIDED], 0, (int) LZ_DECISION_DROP, reason);
}

static void
drop_toggled_cb (LzRefusalPane *self)
{
  gboolean open = gtk_toggle_button_get_active (self->drop);

  gtk_revealer_set_reveal_child (self->drop_revealer, open);
  gtk_widget_set_visible (GTK_WIDGET (self->drop_revealer), open);
  if (open)
    gtk_widget_grab_focus (GTK_WIDGET (self->reason));
}

static void
reason_activated_cb (LzRefusalPane *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "refusal.drop", NULL);
}

static void
case_cb (LzRefusalPane *self)
{
  g_signal_emit (self, signals[CASE_WANTED], 0);
}

static void
lz_refusal_pane_dispose (GObject *object)
{
  LzRefusalPane *self = LZ_REFUSAL_PANE (object);

  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (self), LZ_TYPE_REFUSAL_PANE);

  G_OBJECT_CLASS (lz_refusal_pane_parent_class)->dispose (object);
}

static void
lz_refusal_pane_class_init (LzRefusalPaneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_refusal_pane_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-refusal-pane.ui");
  gtk_widget_class_bind_template_child (widget_class, LzRefusalPane, toasts);
  gtk_widget_class_bind_template_child (widget_class, LzRefusalPane, title);
  gtk_widget_class_bind_template_child (widget_class, LzRefusalPane, did_when);
  gtk_widget_class_bind_template_child (widget_class, LzRefusalPane, did_text);
  gtk_widget_class_bind_template_child (widget_class, LzRefusalPane, photos);
  gtk_widget_class_bind_template_child (widget_class, LzRefusalPane, why);
  gtk_widget_class_bind_template_child (widget_class, LzRefusalPane, state_then);
  gtk_widget_class_bind_template_child (widget_class, LzRefusalPane, state_now);
  gtk_widget_class_bind_template_child (widget_class, LzRefusalPane, state_now_box);
  gtk_widget_class_bind_template_child (widget_class, LzRefusalPane, case_button);
  gtk_widget_class_bind_template_child (widget_class, LzRefusalPane, problem_bar);
  gtk_widget_class_bind_template_child (widget_class, LzRefusalPane, problem);
  gtk_widget_class_bind_template_child (widget_class, LzRefusalPane, drop);
  gtk_widget_class_bind_template_child (widget_class, LzRefusalPane, drop_revealer);
  gtk_widget_class_bind_template_child (widget_class, LzRefusalPane, reason);
  gtk_widget_class_bind_template_callback (widget_class, drop_toggled_cb);
  gtk_widget_class_bind_template_callback (widget_class, reason_activated_cb);
  gtk_widget_class_bind_template_callback (widget_class, case_cb);
  gtk_widget_class_bind_template_callback (widget_class, update);
  gtk_widget_class_install_action (widget_class, "refusal.redo", NULL, redo_cb);
  gtk_widget_class_install_action (widget_class, "refusal.note", NULL, note_cb);
  gtk_widget_class_install_action (widget_class, "refusal.drop", NULL, drop_cb);

  signals[DECIDED] = g_signal_new ("decided", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 2, G_TYPE_INT, G_TYPE_STRING);
  signals[CASE_WANTED] = g_signal_new ("case-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
lz_refusal_pane_init (LzRefusalPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
