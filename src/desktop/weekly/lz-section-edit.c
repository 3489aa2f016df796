/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-section-edit.h"

#include <glib/gi18n.h>

#include "lz-names.h"
#include "lz-template.h"

/* A paragraph with what belongs to it. */
typedef struct
{
  GtkWidget *box; /* owned by the list */
  LzParagraphEdit *edit;
  char *rule;
  char *proposed; /* as it was shown first, or proposed last */
  gboolean edited;
} Row;

struct _LzSectionEdit
{
  GtkWidget parent_instance;

  GtkEditable *heading;
  GtkBox *list;
  GtkWidget *add;
  GPtrArray *rows; /* Row, in order */

  const LzEdition *edition; /* lent */
  char *key;
};

G_DEFINE_FINAL_TYPE (LzSectionEdit, lz_section_edit, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  FIGURE_WANTED,
  FOCUSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
row_free (gpointer data)
{
  Row *row = data;

  g_free (row->rule);
  g_free (row->proposed);
  g_free (row);
}

static gboolean
is_sealed (LzSectionEdit *self)
{
  return self->edition->state == LZ_EDITION_SEALED;
}

static void
tell_changed (LzSectionEdit *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static Row *
find_row (LzSectionEdit *self, GtkWidget *inside, guint *index)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      Row *row = self->rows->pdata[i];

      if (inside == row->box || gtk_widget_is_ancestor (inside, row->box))
        {
          *index = i;
          return row;
        }
    }
  return NULL;
}

/* -- what is done with a paragraph --------------------------------------------------------------
 */

static void
figure_wanted_cb (LzParagraphEdit *edit,
                  const char *token,
                  const GdkRectangle *at,
                  LzSectionEdit *self)
{
  g_signal_emit (self, signals[FIGURE_WANTED], 0, edit, token, at);
}

static void
entered_cb (GtkEventController *controller, LzSectionEdit *self)
{
  g_signal_emit (self, signals[FOCUSED], 0, gtk_event_controller_get_widget (controller));
}

/* What does not apply any more stays as it is. */
static void
propose_cb (GtkButton *button, LzSectionEdit *self)
{
  guint index;
  Row *row = find_row (self, GTK_WIDGET (button), &index);
  g_autofree char *text =
      row != NULL ? lz_edition_compose_sentence (self->edition, row->rule) : NULL;

  if (text == NULL)
    return;
  lz_paragraph_edit_show (row->edit, self->edition, text);
  g_free (row->proposed);
  row->proposed = g_steal_pointer (&text);
  row->edited = FALSE;
  tell_changed (self);
}

static void
remove_cb (GtkButton *button, LzSectionEdit *self)
{
  guint index;
  Row *row = find_row (self, GTK_WIDGET (button), &index);
  GtkWidget *next;

  if (row == NULL)
    return;
  /* The focus stays in the section. */
  next = index + 1 < self->rows->len ? GTK_WIDGET (((Row *) self->rows->pdata[index + 1])->edit)
                                     : self->add;
  gtk_widget_child_focus (next, GTK_DIR_TAB_FORWARD);
  gtk_box_remove (self->list, row->box);
  g_ptr_array_remove_index (self->rows, index);
  tell_changed (self);
}

static void
up_cb (GtkButton *button, LzSectionEdit *self)
{
  guint index;
  Row *row = find_row (self, GTK_WIDGET (button), &index);
  gpointer above;

  if (row == NULL || index == 0)
    return;
  above = self->rows->pdata[index - 1];
  self->rows->pdata[index - 1] = row;
  self->rows->pdata[index] = above;
  gtk_box_reorder_child_after (self->list, ((Row *) above)->box, row->box);
  tell_changed (self);
}

static GtkWidget *
add_button (GtkBox *box, const char *icon, const char *what, GCallback callback, gpointer data)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, what);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  g_signal_connect (button, "clicked", callback, data);
  gtk_box_append (box, button);
  return button;
}

static Row *
add_row (LzSectionEdit *self, const char *rule, const char *text, gboolean edited)
{
  Row *row = g_new0 (Row, 1);
  GtkBox *box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0));
  GtkEventController *focus = gtk_event_controller_focus_new ();

  row->box = GTK_WIDGET (box);
  row->edit = LZ_PARAGRAPH_EDIT (lz_paragraph_edit_new (_ ("Paragraph")));
  row->rule = g_strdup (rule);
  row->proposed = g_strdup (text);
  row->edited = edited;
  gtk_widget_set_hexpand (GTK_WIDGET (row->edit), TRUE);
  gtk_box_append (box, GTK_WIDGET (row->edit));
  if (rule != NULL && !is_sealed (self))
    add_button (box, "view-refresh-symbolic", _ ("Propose This Sentence Anew"),
                G_CALLBACK (propose_cb), self);
  if (!is_sealed (self))
    {
      add_button (box, "go-up-symbolic", _ ("Move Up"), G_CALLBACK (up_cb), self);
      add_button (box, "edit-delete-symbolic", _ ("Remove This Paragraph"), G_CALLBACK (remove_cb),
                  self);
    }
  lz_names_from_tooltips (GTK_WIDGET (box));
  lz_paragraph_edit_show (row->edit, self->edition, text);
  lz_paragraph_edit_set_editable (row->edit, !is_sealed (self));
  g_signal_connect_swapped (row->edit, "changed", G_CALLBACK (tell_changed), self);
  g_signal_connect (row->edit, "figure-wanted", G_CALLBACK (figure_wanted_cb), self);
  g_signal_connect (focus, "enter", G_CALLBACK (entered_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (row->edit), focus);
  gtk_box_append (self->list, row->box);
  g_ptr_array_add (self->rows, row);
  return row;
}

static void
add_cb (LzSectionEdit *self)
{
  Row *row = add_row (self, NULL, "", TRUE);

  lz_paragraph_edit_focus (row->edit);
  tell_changed (self);
}

/* -- the whole ----------------------------------------------------------------------------------
 */

void
lz_section_edit_update (LzSectionEdit *self, const LzEdition *edition)
{
  g_return_if_fail (LZ_IS_SECTION_EDIT (self));

  self->edition = edition;
  for (guint i = 0; i < self->rows->len; i++)
    lz_paragraph_edit_update (((Row *) self->rows->pdata[i])->edit, edition);
}

void
lz_section_edit_collect (LzSectionEdit *self, LzBulletinText *text)
{
  LzBulletinSection *section;

  g_return_if_fail (LZ_IS_SECTION_EDIT (self));

  section = lz_bulletin_text_add_section (text, self->key, gtk_editable_get_text (self->heading));
  for (guint i = 0; i < self->rows->len; i++)
    {
      const Row *row = self->rows->pdata[i];
      g_autofree char *words = lz_paragraph_edit_dup_text (row->edit);
      LzParagraph *paragraph = lz_bulletin_section_add (section, row->rule, words);

      paragraph->edited = row->edited || !g_str_equal (words, row->proposed);
    }
}

GtkWidget *
lz_section_edit_new (const LzEdition *edition, const LzBulletinSection *section)
{
  LzSectionEdit *self = g_object_new (LZ_TYPE_SECTION_EDIT, NULL);

  self->edition = edition;
  self->key = g_strdup (section->key);
  gtk_editable_set_text (self->heading, section->heading);
  gtk_editable_set_editable (self->heading, !is_sealed (self));
  gtk_widget_set_visible (self->add, !is_sealed (self));
  for (guint i = 0; i < section->paragraphs->len; i++)
    {
      const LzParagraph *paragraph = g_ptr_array_index (section->paragraphs, i);

      add_row (self, paragraph->rule, paragraph->text, paragraph->edited);
    }
  g_signal_connect_swapped (self->heading, "changed", G_CALLBACK (tell_changed), self);
  return GTK_WIDGET (self);
}

static void
lz_section_edit_dispose (GObject *object)
{
  LzSectionEdit *self = LZ_SECTION_EDIT (object);

  lz_template_dispose_children (GTK_WIDGET (self));
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->key, g_free);

  G_OBJECT_CLASS (lz_section_edit_parent_class)->dispose (object);
}

static void
lz_section_edit_class_init (LzSectionEditClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_section_edit_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[FIGURE_WANTED] = g_signal_new ("figure-wanted", G_TYPE_FROM_CLASS (klass),
                                         G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                         LZ_TYPE_PARAGRAPH_EDIT, G_TYPE_STRING, GDK_TYPE_RECTANGLE);
  signals[FOCUSED] = g_signal_new ("focused", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, LZ_TYPE_PARAGRAPH_EDIT);
}

static void
lz_section_edit_init (LzSectionEdit *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *heading = gtk_entry_new ();

  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->heading = GTK_EDITABLE (heading);
  self->list = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  self->add = gtk_button_new_with_mnemonic (_ ("Add a _Paragraph"));
  gtk_entry_set_has_frame (GTK_ENTRY (heading), FALSE);
  gtk_widget_add_css_class (heading, "heading");
  gtk_accessible_update_property (GTK_ACCESSIBLE (heading), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Heading"), -1);
  gtk_widget_add_css_class (self->add, "flat");
  gtk_widget_set_halign (self->add, GTK_ALIGN_START);
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (add_cb), self);
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), self->add);
  gtk_widget_set_parent (box, GTK_WIDGET (self));
}
