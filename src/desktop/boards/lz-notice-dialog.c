/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-notice-dialog.h"

#include <glib/gi18n.h>

#include "lz-board-jobs.h"
#include "lz-photo-strip.h"

struct _LzNoticeDialog
{
  AdwWindow parent_instance;

  AdwWindowTitle *heading;
  GtkButton *put_up;
  GtkLabel *problem;
  AdwPreferencesGroup *about;
  GtkWidget *road_row;
  GtkDropDown *road;
  AdwEntryRow *title;
  AdwEntryRow *person;
  GtkTextView *words;
  LzPhotoStrip *photos;

  LzSession *session;
  char *kind;
  LzId kase;
  char *proposed_title; /* the last that was proposed: whoever changed it keeps it */
  char *proposed_person;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (LzNoticeDialog, lz_notice_dialog, ADW_TYPE_WINDOW)

static void
say (LzNoticeDialog *self, const char *text)
{
  gtk_label_set_label (self->problem, text);
  gtk_widget_set_visible (GTK_WIDGET (self->problem), TRUE);
}

static void
title_changed_cb (LzNoticeDialog *self)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->put_up),
                            *gtk_editable_get_text (GTK_EDITABLE (self->title)) != '\0');
}

/* What somebody wrote stays; what was proposed before gives way. */
static void
propose (AdwEntryRow *row, char **before, const char *text)
{
  const char *shown = gtk_editable_get_text (GTK_EDITABLE (row));

  if (*shown == '\0' || g_strcmp0 (shown, *before) == 0)
    gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  g_free (*before);
  *before = g_strdup (text);
}

static void
proposed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzNoticeDialog *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LzNoticeProposal) proposal = lz_notice_propose_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_NOTICE_DIALOG (self));
  if (proposal == NULL)
    {
      say (self, lz_error_explain (error));
      return;
    }
  propose (self->title, &self->proposed_title, proposal->draft.title);
  propose (self->person, &self->proposed_person, proposal->draft.person);
  if (proposal->draft.words != NULL)
    gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->words), proposal->draft.words, -1);
  if (proposal->photos != NULL)
    lz_photo_strip_set_photos (self->photos, proposal->photos);
}

static void
ask_proposal (LzNoticeDialog *self, const LzId *kase, const LzId *road)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  lz_notice_propose_async (self->session, self->kind, kase, road, self->cancellable, proposed_cb,
                           self);
}

/* The road that is chosen; %NULL = none.  The first line of the list is none. */
static const LzRoad *
get_road (LzNoticeDialog *self)
{
  GPtrArray *roads = lz_session_get_roads (self->session);
  guint i = gtk_drop_down_get_selected (self->road);

  return i > 0 && i <= roads->len ? roads->pdata[i - 1] : NULL;
}

static void
road_chosen_cb (LzNoticeDialog *self)
{
  const LzRoad *road = get_road (self);

  if (road != NULL)
    ask_proposal (self, NULL, &road->id);
}

/* About no case: the road is chosen here. */
static void
list_roads (LzNoticeDialog *self)
{
  GPtrArray *roads = lz_session_get_roads (self->session);
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GtkExpression) name =
      gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string");

  gtk_string_list_append (names, _ ("None"));
  for (guint i = 0; i < roads->len; i++)
    gtk_string_list_append (names, ((const LzRoad *) roads->pdata[i])->name);
  gtk_drop_down_set_expression (self->road, name);
  gtk_drop_down_set_model (self->road, G_LIST_MODEL (names));
  g_signal_connect_object (self->road, "notify::selected", G_CALLBACK (road_chosen_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzNoticeDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (lz_notice_done_finish (result, &error))
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  gtk_widget_set_sensitive (GTK_WIDGET (self->put_up), TRUE);
  say (self, lz_error_explain (error));
}

static void
put_up_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzNoticeDialog *self = LZ_NOTICE_DIALOG (widget);
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->words);
  g_autofree char *words = NULL;
  GtkTextIter start, end;
  LzNotice notice = { .kind = self->kind,
                      .title = gtk_editable_get_text (GTK_EDITABLE (self->title)),
                      .person = gtk_editable_get_text (GTK_EDITABLE (self->person)),
                      .kase = self->kase,
                      .photos = lz_photo_strip_get_photos (self->photos) };
  const LzRoad *road = get_road (self);

  if (*notice.title == '\0' || lz_photo_strip_is_busy (self->photos))
    return;
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  words = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  notice.words = words;
  if (road != NULL)
    notice.road = road->id;
  gtk_widget_set_sensitive (GTK_WIDGET (self->put_up), FALSE);
  lz_notice_list_async (self->session, &notice, listed_cb, g_object_ref (self));
}

static void
lz_notice_dialog_dispose (GObject *object)
{
  LzNoticeDialog *self = LZ_NOTICE_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->proposed_title, g_free);
  g_clear_pointer (&self->proposed_person, g_free);

  G_OBJECT_CLASS (lz_notice_dialog_parent_class)->dispose (object);
}

static void
lz_notice_dialog_class_init (LzNoticeDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_notice_dialog_dispose;
  g_type_ensure (LZ_TYPE_PHOTO_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-notice-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, LzNoticeDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, LzNoticeDialog, put_up);
  gtk_widget_class_bind_template_child (widget_class, LzNoticeDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, LzNoticeDialog, about);
  gtk_widget_class_bind_template_child (widget_class, LzNoticeDialog, road_row);
  gtk_widget_class_bind_template_child (widget_class, LzNoticeDialog, road);
  gtk_widget_class_bind_template_child (widget_class, LzNoticeDialog, title);
  gtk_widget_class_bind_template_child (widget_class, LzNoticeDialog, person);
  gtk_widget_class_bind_template_child (widget_class, LzNoticeDialog, words);
  gtk_widget_class_bind_template_child (widget_class, LzNoticeDialog, photos);
  gtk_widget_class_install_action (widget_class, "notice.put-up", NULL, put_up_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "notice.put-up", NULL);
}

static void
lz_notice_dialog_init (LzNoticeDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->title, "changed", G_CALLBACK (title_changed_cb), self);
  title_changed_cb (self);
}

void
lz_notice_dialog_open (GtkWindow *parent, LzSession *session, const char *kind, const LzId *kase)
{
  LzNoticeDialog *self = NULL;

  g_return_if_fail (LZ_IS_SESSION (session));

  self = g_object_new (LZ_TYPE_NOTICE_DIALOG, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  self->kind = g_strdup (kind);
  adw_window_title_set_title (self->heading, lz_notice_board_label (kind));
  gtk_window_set_title (GTK_WINDOW (self), lz_notice_board_label (kind));
  gtk_widget_set_visible (GTK_WIDGET (self->person), !g_str_equal (kind, "exposed"));
  if (g_str_equal (kind, "focus"))
    adw_preferences_group_set_description (
        self->about, _ ("The proposal names the road’s chief and nobody else.  Look at words and"
                        " photos once more: whoever passes can read them."));
  lz_photo_strip_set_session (self->photos, session);
  list_roads (self);
  gtk_widget_set_visible (self->road_row, kase == NULL);
  if (kase != NULL)
    {
      self->kase = *kase;
      ask_proposal (self, kase, NULL);
    }
  gtk_window_present (GTK_WINDOW (self));
}
