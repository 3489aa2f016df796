/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-paragraph-edit.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "lz-template.h"

#define TOKEN "lz-token"
#define SHOWN "lz-shown"

struct _LzParagraphEdit
{
  GtkWidget parent_instance;

  GtkTextView *view;
  GtkTextBuffer *buffer;

  const LzEdition *edition; /* lent */
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (LzParagraphEdit, lz_paragraph_edit, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  FIGURE_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* -- figures in the buffer ----------------------------------------------------------------------
 */

static const char *
get_token (GtkTextTag *tag)
{
  return g_object_get_data (G_OBJECT (tag), TOKEN);
}

/* The figure's tag at @at. */
static GtkTextTag *
find_tag (const GtkTextIter *at)
{
  g_autoptr (GSList) tags = gtk_text_iter_get_tags (at);

  for (GSList *link = tags; link != NULL; link = link->next)
    if (get_token (link->data) != NULL)
      return link->data;
  return NULL;
}

/* The colour of links in the theme that is in force. */
static void
colour (GtkTextTag *tag)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  const GdkRGBA light_ink = { 0.10f, 0.37f, 0.71f, 1 };
  const GdkRGBA dark_ink = { 0.47f, 0.68f, 0.93f, 1 };

  g_object_set (tag, "foreground-rgba", dark ? &dark_ink : &light_ink, "underline",
                PANGO_UNDERLINE_SINGLE, NULL);
}

static char *
dup_shown (LzParagraphEdit *self, const char *token)
{
  return lz_bulletin_text_dup_figure (self->edition->text, token,
                                      lz_edition_get_figures (self->edition));
}

static void
insert_figure (LzParagraphEdit *self, GtkTextIter *at, const char *token)
{
  GtkTextTag *tag = gtk_text_buffer_create_tag (self->buffer, NULL, NULL);
  char *shown = dup_shown (self, token);

  colour (tag);
  g_object_set_data_full (G_OBJECT (tag), TOKEN, g_strdup (token), g_free);
  g_object_set_data_full (G_OBJECT (tag), SHOWN, shown, g_free);
  gtk_text_buffer_insert_with_tags (self->buffer, at, shown, -1, tag, NULL);
}

static void
insert_text (LzParagraphEdit *self, GtkTextIter *at, const char *text)
{
  g_autoptr (GArray) runs = lz_bulletin_split (text);

  for (guint i = 0; i < runs->len; i++)
    {
      const LzTextRun *run = &g_array_index (runs, LzTextRun, i);

      if (run->is_figure)
        insert_figure (self, at, run->text);
      else
        gtk_text_buffer_insert (self->buffer, at, run->text, -1);
    }
}

/* A figure that reads as it was shown is one; what somebody wrote over is words. */
static void
append_run (GString *out, const GtkTextIter *from, const GtkTextIter *to)
{
  GtkTextTag *tag = find_tag (from);
  g_autofree char *words = gtk_text_iter_get_slice (from, to);
  g_autofree char *escaped = NULL;

  if (tag != NULL && g_strcmp0 (words, g_object_get_data (G_OBJECT (tag), SHOWN)) == 0)
    {
      g_string_append_printf (out, "{%s}", get_token (tag));
      return;
    }
  escaped = lz_bulletin_escape (words);
  g_string_append (out, escaped);
}

char *
lz_paragraph_edit_dup_text (LzParagraphEdit *self)
{
  GString *out = g_string_new (NULL);
  GtkTextIter from, to;

  g_return_val_if_fail (LZ_IS_PARAGRAPH_EDIT (self), NULL);

  gtk_text_buffer_get_start_iter (self->buffer, &from);
  while (!gtk_text_iter_is_end (&from))
    {
      to = from;
      gtk_text_iter_forward_to_tag_toggle (&to, NULL);
      append_run (out, &from, &to);
      from = to;
    }
  return g_string_free (out, FALSE);
}

void
lz_paragraph_edit_show (LzParagraphEdit *self, const LzEdition *edition, const char *text)
{
  GtkTextIter start;

  g_return_if_fail (LZ_IS_PARAGRAPH_EDIT (self));
  g_return_if_fail (edition != NULL && text != NULL);

  self->edition = edition;
  self->filling = TRUE;
  gtk_text_buffer_begin_irreversible_action (self->buffer);
  gtk_text_buffer_set_text (self->buffer, "", 0);
  gtk_text_buffer_get_start_iter (self->buffer, &start);
  insert_text (self, &start, text);
  gtk_text_buffer_end_irreversible_action (self->buffer);
  self->filling = FALSE;
}

void
lz_paragraph_edit_update (LzParagraphEdit *self, const LzEdition *edition)
{
  g_autofree char *text = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  GtkTextIter at, start, end;
  int offset;

  g_return_if_fail (LZ_IS_PARAGRAPH_EDIT (self));

  text = lz_paragraph_edit_dup_text (self);
  self->edition = edition;
  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  before = gtk_text_iter_get_slice (&start, &end);
  after = lz_bulletin_text_dup_words (edition->text, text, lz_edition_get_figures (edition));
  if (g_str_equal (before, after))
    return;
  gtk_text_buffer_get_iter_at_mark (self->buffer, &at, gtk_text_buffer_get_insert (self->buffer));
  offset = gtk_text_iter_get_offset (&at);
  lz_paragraph_edit_show (self, edition, text);
  gtk_text_buffer_get_iter_at_offset (self->buffer, &at, offset);
  gtk_text_buffer_place_cursor (self->buffer, &at);
}

void
lz_paragraph_edit_set_editable (LzParagraphEdit *self, gboolean editable)
{
  g_return_if_fail (LZ_IS_PARAGRAPH_EDIT (self));

  gtk_text_view_set_editable (self->view, editable);
  gtk_text_view_set_cursor_visible (self->view, editable);
}

void
lz_paragraph_edit_insert_figure (LzParagraphEdit *self, const char *token)
{
  GtkTextIter at;

  g_return_if_fail (LZ_IS_PARAGRAPH_EDIT (self) && self->edition != NULL);

  gtk_text_buffer_delete_selection (self->buffer, TRUE, TRUE);
  gtk_text_buffer_get_iter_at_mark (self->buffer, &at, gtk_text_buffer_get_insert (self->buffer));
  insert_figure (self, &at, token);
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

void
lz_paragraph_edit_focus (LzParagraphEdit *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->view));
}

/* -- what a figure means ------------------------------------------------------------------------
 */

static gboolean
want_figure (LzParagraphEdit *self, const GtkTextIter *at)
{
  GtkTextTag *tag = find_tag (at);
  GdkRectangle place;
  double x, y;

  if (tag == NULL)
    return FALSE;
  gtk_text_view_get_iter_location (self->view, at, &place);
  gtk_text_view_buffer_to_window_coords (self->view, GTK_TEXT_WINDOW_WIDGET, place.x, place.y,
                                         &place.x, &place.y);
  gtk_widget_translate_coordinates (GTK_WIDGET (self->view), GTK_WIDGET (self), place.x, place.y,
                                    &x, &y);
  place = (GdkRectangle){ (int) x, (int) y, MAX (place.width, 1), place.height };
  g_signal_emit (self, signals[FIGURE_WANTED], 0, get_token (tag), &place);
  return TRUE;
}

/* A click, not a drag that selects. */
static void
released_cb (GtkGestureClick *gesture, int n_press, double x, double y, LzParagraphEdit *self)
{
  GtkTextIter at;
  int bx, by;

  if (n_press != 1 || gtk_text_buffer_get_has_selection (self->buffer))
    return;
  gtk_text_view_window_to_buffer_coords (self->view, GTK_TEXT_WINDOW_WIDGET, (int) x, (int) y, &bx,
                                         &by);
  if (gtk_text_view_get_iter_at_location (self->view, &at, bx, by))
    want_figure (self, &at);
}

static gboolean
at_caret_cb (GtkWidget *view, GVariant *arguments, gpointer data)
{
  LzParagraphEdit *self = data;
  GtkTextIter at;

  gtk_text_buffer_get_iter_at_mark (self->buffer, &at, gtk_text_buffer_get_insert (self->buffer));
  if (want_figure (self, &at))
    return TRUE;
  return gtk_text_iter_backward_char (&at) && want_figure (self, &at);
}

static void
changed_cb (LzParagraphEdit *self)
{
  if (!self->filling)
    g_signal_emit (self, signals[CHANGED], 0);
}

static void
recolour_one (GtkTextTag *tag, gpointer data)
{
  if (get_token (tag) != NULL)
    colour (tag);
}

static void
recolour_cb (LzParagraphEdit *self)
{
  gtk_text_tag_table_foreach (gtk_text_buffer_get_tag_table (self->buffer), recolour_one, NULL);
}

/* -- the widget ---------------------------------------------------------------------------------
 */

GtkWidget *
lz_paragraph_edit_new (const char *name)
{
  LzParagraphEdit *self = g_object_new (LZ_TYPE_PARAGRAPH_EDIT, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  return GTK_WIDGET (self);
}

static void
lz_paragraph_edit_dispose (GObject *object)
{
  lz_template_dispose_children (GTK_WIDGET (object));

  G_OBJECT_CLASS (lz_paragraph_edit_parent_class)->dispose (object);
}

static void
lz_paragraph_edit_class_init (LzParagraphEditClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_paragraph_edit_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "paragraph");
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[FIGURE_WANTED] =
      g_signal_new ("figure-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                    NULL, G_TYPE_NONE, 2, G_TYPE_STRING, GDK_TYPE_RECTANGLE);
}

/* GtkTextView takes Alt+Enter for Enter: it must not see it. */
static void
add_key (LzParagraphEdit *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_shortcut_controller_add_shortcut (
      GTK_SHORTCUT_CONTROLLER (keys),
      gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_Return, GDK_ALT_MASK),
                        gtk_callback_action_new (at_caret_cb, self, NULL)));
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
}

static void
lz_paragraph_edit_init (LzParagraphEdit *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->view = GTK_TEXT_VIEW (gtk_text_view_new ());
  self->buffer = gtk_text_view_get_buffer (self->view);
  gtk_text_view_set_wrap_mode (self->view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (self->view, FALSE);
  gtk_widget_set_hexpand (GTK_WIDGET (self->view), TRUE);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->view),
                               _ ("Click a figure, or press Alt+Enter on it, for its cases."));
  gtk_widget_set_parent (GTK_WIDGET (self->view), GTK_WIDGET (self));
  g_signal_connect (click, "released", G_CALLBACK (released_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->view), GTK_EVENT_CONTROLLER (click));
  add_key (self);
  g_signal_connect_swapped (self->buffer, "changed", G_CALLBACK (changed_cb), self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (recolour_cb), self, G_CONNECT_SWAPPED);
}
