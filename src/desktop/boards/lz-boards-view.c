/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-boards-view.h"

#include <glib/gi18n.h>

#include "lz-board-jobs.h"
#include "lz-bulletin-view.h"
#include "lz-notice-dialog.h"
#include "lz-paper-print.h"
#include "lz-photo-thumb.h"
#include "lz-photo-window.h"
#include "lz-reason-dialog.h"
#include "lz-record-kinds.h"
#include "lz-template.h"
#include "lz-words.h"

#define THUMB_HEIGHT 110

static const char *const kinds[] = { "exposed", "praised", "focus" };

#define N_KINDS G_N_ELEMENTS (kinds)

struct _LzBoardsView
{
  GtkWidget parent_instance;

  GtkBox *choice;
  GtkStack *stack;
  GtkListBox *list;
  GtkToggleButton *buttons[N_KINDS];

  LzSession *session;
  guint shown; /* of @kinds */
  GPtrArray *entries;
  GCancellable *reading;
};

static void lz_boards_view_view_init (LzBulletinViewInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LzBoardsView,
                               lz_boards_view,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (LZ_TYPE_BULLETIN_VIEW,
                                                      lz_boards_view_view_init))

static void read_again (LzBoardsView *self);

/* One entry. */

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
thumb_clicked_cb (LzBoardsView *self, GtkWidget *thumb)
{
  const LzBoardEntry *entry = g_object_get_data (G_OBJECT (thumb), "entry");
  guint at = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (thumb), "at"));

  gtk_window_present (GTK_WINDOW (lz_photo_window_new (GTK_WINDOW (gtk_widget_get_root (thumb)),
                                                       self->session, entry->photos, at)));
}

static GtkWidget *
new_photos (LzBoardsView *self, const LzBoardEntry *entry)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  for (guint i = 0; i < entry->photos->len; i++)
    {
      const LzPhotoRef *photo = &g_array_index (entry->photos, LzPhotoRef, i);
      g_autofree char *caption = lz_photo_dup_caption (self->session, photo);
      GtkWidget *thumb = lz_photo_thumb_new ();

      lz_photo_thumb_set_height (LZ_PHOTO_THUMB (thumb), THUMB_HEIGHT);
      lz_photo_thumb_set_photo (LZ_PHOTO_THUMB (thumb), self->session, photo->sha256);
      lz_photo_thumb_set_caption (LZ_PHOTO_THUMB (thumb), caption);
      g_object_set_data (G_OBJECT (thumb), "entry", (gpointer) entry);
      g_object_set_data (G_OBJECT (thumb), "at", GUINT_TO_POINTER (i));
      g_signal_connect_swapped (thumb, "clicked", G_CALLBACK (thumb_clicked_cb), self);
      gtk_box_append (GTK_BOX (box), thumb);
    }
  return box;
}

static GtkWidget *
new_button (const char *label, const char *action, const char *target)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_add_css_class (button, "flat");
  return button;
}

static GtkWidget *
new_buttons (const LzBoardEntry *entry)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  const char *kase = lz_record_get_text (entry->record, "case");
  char id[LZ_ID_STRING_SIZE];

  lz_id_format (&entry->record->id, id);
  if (kase != NULL)
    gtk_box_append (GTK_BOX (box), new_button (_ ("Show the _Case"), "boards.show-case", kase));
  gtk_box_append (GTK_BOX (box), new_button (_ ("_Take Off…"), "boards.remove", id));
  return box;
}

static GtkWidget *
new_row (LzBoardsView *self, const LzBoardEntry *entry)
{
  const LzRecord *record = entry->record;
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  const char *title = lz_record_get_text (record, "title");
  const char *words = lz_record_get_text (record, "words");
  const char *person = lz_record_get_text (record, "person");
  g_autofree char *time =
      lz_words_dup_time (lz_record_get_int (record, "at", record->begun_ms), lz_session_now (),
                         lz_session_get_offset_min (self->session));
  g_autofree char *line =
      person != NULL ? g_strdup_printf ("%s · %s", time, person) : g_strdup (time);

  gtk_widget_set_margin_start (box, 12);
  gtk_widget_set_margin_end (box, 12);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_box_append (GTK_BOX (box), new_label (title != NULL ? title : "", "heading"));
  gtk_box_append (GTK_BOX (box), new_label (line, "dim-label"));
  if (words != NULL)
    gtk_box_append (GTK_BOX (box), new_label (words, "body"));
  if (entry->photos->len > 0)
    gtk_box_append (GTK_BOX (box), new_photos (self, entry));
  gtk_box_append (GTK_BOX (box), new_buttons (entry));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title != NULL ? title : "", -1);
  return row;
}

/* The board. */

static void
board_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzBoardsView *self = user_data;
  g_autoptr (GError) error = NULL;
  GPtrArray *entries = lz_board_read_finish (result, &error);
  GtkWidget *child;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_BOARDS_VIEW (self));
  if (entries == NULL)
    {
      lz_bulletin_view_tell (GTK_WIDGET (self), lz_error_explain (error));
      return;
    }
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  self->entries = entries;
  for (guint i = 0; i < entries->len; i++)
    gtk_list_box_append (self->list, new_row (self, entries->pdata[i]));
  gtk_stack_set_visible_child_name (self->stack, entries->len > 0 ? "board" : "empty");
}

static void
read_again (LzBoardsView *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  lz_board_read_async (self->session, kinds[self->shown], self->reading, board_read_cb, self);
}

static void
toggled_cb (LzBoardsView *self, GtkToggleButton *button)
{
  if (!gtk_toggle_button_get_active (button) || self->session == NULL)
    return;
  for (guint i = 0; i < N_KINDS; i++)
    if (self->buttons[i] == button)
      self->shown = i;
  read_again (self);
}

/* Acts. */

static void
new_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzBoardsView *self = LZ_BOARDS_VIEW (widget);

  lz_notice_dialog_open (GTK_WINDOW (gtk_widget_get_root (widget)), self->session,
                         kinds[self->shown], NULL);
}

static void
print_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzBoardsView *self = LZ_BOARDS_VIEW (widget);

  lz_paper_print_start (widget, self->session, g_variant_get_string (parameter, NULL), NULL,
                        kinds[self->shown]);
}

static void
show_case_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzId id;

  if (lz_id_parse (g_variant_get_string (parameter, NULL), &id))
    lz_bulletin_view_want_case (widget, &id);
}

static void
removed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzBoardsView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!lz_notice_done_finish (result, &error))
    lz_bulletin_view_tell (GTK_WIDGET (self), lz_error_explain (error));
}

static void
reason_cb (GtkWidget *asker, const char *reason, gpointer user_data)
{
  const LzId *id = user_data;

  lz_notice_remove_async (LZ_BOARDS_VIEW (asker)->session, id, reason, removed_cb,
                          g_object_ref (LZ_BOARDS_VIEW (asker)));
}

static void
remove_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const LzReasonWords words = { .heading = _ ("Take It Off the Board?"),
                                .body = _ ("Why it is taken off is kept."),
                                .yes = _ ("_Take Off"),
                                .destructive = TRUE };
  LzId id;

  if (lz_id_parse (g_variant_get_string (parameter, NULL), &id))
    lz_reason_ask (widget, &words, reason_cb, g_memdup2 (&id, sizeof id), g_free);
}

/* The view. */

static void
set_session (LzBulletinView *view, LzSession *session)
{
  LzBoardsView *self = LZ_BOARDS_VIEW (view);
  gboolean may =
      (lz_record_kind_find ("notice.listed")->roles & lz_session_get_roles (session)) != 0;

  self->session = g_object_ref (session);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "boards.new", may);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "boards.remove", may);
}

static void
refresh (LzBulletinView *view, const LzPeriod *period)
{
  read_again (LZ_BOARDS_VIEW (view));
}

static void
lz_boards_view_view_init (LzBulletinViewInterface *iface)
{
  iface->set_session = set_session;
  iface->refresh = refresh;
}

static void
lz_boards_view_dispose (GObject *object)
{
  LzBoardsView *self = LZ_BOARDS_VIEW (object);

  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_object (&self->session);
  lz_template_dispose (GTK_WIDGET (self), LZ_TYPE_BOARDS_VIEW);

  G_OBJECT_CLASS (lz_boards_view_parent_class)->dispose (object);
}

static void
lz_boards_view_class_init (LzBoardsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_boards_view_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-boards-view.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_bind_template_child (widget_class, LzBoardsView, choice);
  gtk_widget_class_bind_template_child (widget_class, LzBoardsView, stack);
  gtk_widget_class_bind_template_child (widget_class, LzBoardsView, list);
  gtk_widget_class_install_action (widget_class, "boards.new", NULL, new_cb);
  gtk_widget_class_install_action (widget_class, "boards.print", "s", print_cb);
  gtk_widget_class_install_action (widget_class, "boards.show-case", "s", show_case_cb);
  gtk_widget_class_install_action (widget_class, "boards.remove", "s", remove_cb);
}

static void
lz_boards_view_init (LzBoardsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < N_KINDS; i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (lz_notice_board_label (kinds[i]));

      self->buttons[i] = GTK_TOGGLE_BUTTON (button);
      if (i > 0)
        gtk_toggle_button_set_group (self->buttons[i], self->buttons[0]);
      g_signal_connect_swapped (button, "toggled", G_CALLBACK (toggled_cb), self);
      gtk_box_append (self->choice, button);
    }
  gtk_toggle_button_set_active (self->buttons[0], TRUE);
}
