/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-typical-cases.h"

#include <glib/gi18n.h>

#include "lz-names.h"
#include "lz-photo-thumb.h"
#include "lz-template.h"

#define PHOTO_HEIGHT 84

typedef struct
{
  GtkWidget *box; /* owned by the list */
  LzTypicalCase *of;
  GtkEditable *text;
  GtkEditable *outcome;
} Row;

struct _LzTypicalCases
{
  GtkWidget parent_instance;

  GtkBox *list;
  GtkWidget *none;

  LzSession *session;
  GPtrArray *rows;
};

G_DEFINE_FINAL_TYPE (LzTypicalCases, lz_typical_cases, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  CASE_WANTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
row_free (gpointer data)
{
  Row *row = data;

  lz_typical_case_free (row->of);
  g_free (row);
}

static void
tell_changed (LzTypicalCases *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
show_none (LzTypicalCases *self)
{
  gtk_widget_set_visible (self->none, self->rows->len == 0);
}

/* -- a row --------------------------------------------------------------------------------------
 */

static void
add_photo (GtkBox *box, LzSession *session, const char *hash, const char *caption)
{
  guint8 sha256[LZ_SHA256_SIZE];
  GtkWidget *thumb;

  if (hash == NULL || !lz_sha256_parse (hash, sha256))
    return;
  thumb = lz_photo_thumb_new ();
  lz_photo_thumb_set_height (LZ_PHOTO_THUMB (thumb), PHOTO_HEIGHT);
  lz_photo_thumb_set_photo (LZ_PHOTO_THUMB (thumb), session, sha256);
  lz_photo_thumb_set_caption (LZ_PHOTO_THUMB (thumb), caption);
  gtk_widget_set_size_request (thumb, PHOTO_HEIGHT * 4 / 3, -1);
  gtk_box_append (box, thumb);
}

GtkWidget *
lz_typical_case_make_photos (LzSession *session, const LzTypicalCase *of)
{
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));

  add_photo (box, session, of->before, _ ("Before"));
  add_photo (box, session, of->after, _ ("After"));
  gtk_widget_set_valign (GTK_WIDGET (box), GTK_ALIGN_START);
  return GTK_WIDGET (box);
}

static Row *
find_row (LzTypicalCases *self, GtkWidget *inside, guint *index)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = self->rows->pdata[i];

      if (gtk_widget_is_ancestor (inside, row->box))
        {
          *index = i;
          return row;
        }
    }
  return NULL;
}

static void
open_cb (GtkWidget *button, LzTypicalCases *self)
{
  guint index;
  const Row *row = find_row (self, button, &index);

  if (row != NULL)
    g_signal_emit (self, signals[CASE_WANTED], 0, &row->of->id);
}

static void
up_cb (GtkWidget *button, LzTypicalCases *self)
{
  guint index;
  Row *row = find_row (self, button, &index);
  Row *above;

  if (row == NULL || index == 0)
    return;
  above = self->rows->pdata[index - 1];
  self->rows->pdata[index - 1] = row;
  self->rows->pdata[index] = above;
  gtk_box_reorder_child_after (self->list, above->box, row->box);
  tell_changed (self);
}

static void
remove_cb (GtkWidget *button, LzTypicalCases *self)
{
  guint index;
  Row *row = find_row (self, button, &index);

  if (row == NULL)
    return;
  gtk_widget_child_focus (GTK_WIDGET (self), GTK_DIR_TAB_FORWARD);
  gtk_box_remove (self->list, row->box);
  g_ptr_array_remove_index (self->rows, index);
  show_none (self);
  tell_changed (self);
}

static void
add_button (GtkBox *box, const char *icon, const char *what, GCallback callback, gpointer data)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, what);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  g_signal_connect (button, "clicked", callback, data);
  gtk_box_append (box, button);
}

static GtkEditable *
add_entry (LzTypicalCases *self, GtkBox *box, const char *name, const char *text, gboolean editable)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_editable_set_text (GTK_EDITABLE (entry), text != NULL ? text : "");
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), name);
  gtk_editable_set_editable (GTK_EDITABLE (entry), editable);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect_swapped (entry, "changed", G_CALLBACK (tell_changed), self);
  gtk_box_append (box, entry);
  return GTK_EDITABLE (entry);
}

static void
add_words (GtkBox *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (box, label);
}

static void
add_row (LzTypicalCases *self, const LzTypicalCase *of, gboolean editable)
{
  Row *row = g_new0 (Row, 1);
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12));
  GtkBox *words = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 4));
  GtkBox *buttons = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  g_autofree char *line = g_strjoin ("  ", of->number != NULL ? of->number : "",
                                     of->unit != NULL ? of->unit : "", NULL);

  row->box = GTK_WIDGET (box);
  row->of = lz_typical_case_copy (of);
  gtk_box_append (box, lz_typical_case_make_photos (self->session, of));
  gtk_widget_set_hexpand (GTK_WIDGET (words), TRUE);
  add_words (words, of->category, "heading");
  add_words (words, of->place, "body");
  add_words (words, line, "dim-label");
  row->text = add_entry (self, words, _ ("Description"), of->text, editable);
  row->outcome = add_entry (self, words, _ ("Outcome"), of->outcome, editable);
  gtk_box_append (box, GTK_WIDGET (words));
  add_button (buttons, "find-location-symbolic", _ ("Show the Case"), G_CALLBACK (open_cb), self);
  if (editable)
    {
      add_button (buttons, "go-up-symbolic", _ ("Move Up"), G_CALLBACK (up_cb), self);
      add_button (buttons, "edit-delete-symbolic", _ ("Remove This Case"), G_CALLBACK (remove_cb),
                  self);
    }
  lz_names_from_tooltips (GTK_WIDGET (buttons));
  gtk_box_append (box, GTK_WIDGET (buttons));
  gtk_box_append (self->list, row->box);
  g_ptr_array_add (self->rows, row);
}

/* -- the list -----------------------------------------------------------------------------------
 */

void
lz_typical_cases_show (LzTypicalCases *self, const GPtrArray *cases, gboolean editable)
{
  g_return_if_fail (LZ_IS_TYPICAL_CASES (self));

  for (guint i = 0; i < self->rows->len; i++)
    gtk_box_remove (self->list, ((Row *) self->rows->pdata[i])->box);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < cases->len; i++)
    add_row (self, cases->pdata[i], editable);
  show_none (self);
}

void
lz_typical_cases_collect (LzTypicalCases *self, LzBulletinText *text)
{
  g_return_if_fail (LZ_IS_TYPICAL_CASES (self));

  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = self->rows->pdata[i];
      LzTypicalCase *of = lz_typical_case_copy (row->of);

      g_free (of->text);
      of->text = g_strdup (gtk_editable_get_text (row->text));
      g_free (of->outcome);
      of->outcome = g_strdup (gtk_editable_get_text (row->outcome));
      g_ptr_array_add (text->cases, of);
    }
}

GtkWidget *
lz_typical_cases_new (LzSession *session)
{
  LzTypicalCases *self = g_object_new (LZ_TYPE_TYPICAL_CASES, NULL);

  self->session = g_object_ref (session);
  return GTK_WIDGET (self);
}

static void
lz_typical_cases_dispose (GObject *object)
{
  LzTypicalCases *self = LZ_TYPICAL_CASES (object);

  lz_template_dispose_children (GTK_WIDGET (self));
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (lz_typical_cases_parent_class)->dispose (object);
}

static void
lz_typical_cases_class_init (LzTypicalCasesClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_typical_cases_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[CASE_WANTED] = g_signal_new ("case-wanted", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST,
                                       0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
lz_typical_cases_init (LzTypicalCases *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->list = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  self->none = gtk_label_new (_ ("No typical case is chosen."));
  gtk_label_set_xalign (GTK_LABEL (self->none), 0);
  gtk_widget_add_css_class (self->none, "dim-label");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), self->none);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}
