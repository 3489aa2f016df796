/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-phrase-button.h"

#include <glib/gi18n.h>

#include "lz-template.h"

struct _LzPhraseButton
{
  GtkWidget parent_instance;

  GtkMenuButton *button;
  GtkPopover *popover;
  GtkListBox *list;

  GSettings *settings;
  GtkTextView *text_view;
  GPtrArray *own; /* of the category or the act */
};

G_DEFINE_FINAL_TYPE (LzPhraseButton, lz_phrase_button, GTK_TYPE_WIDGET)

/* What is often said of a problem, whatever its category. */
static const char *const descriptions[] = {
  N_ ("Blocks the footway."),
  N_ ("In the way of traffic."),
  N_ ("A danger to passers-by."),
  N_ ("Has been here for several days."),
  N_ ("The shop was told and asked to put it right."),
};

static void
insert_phrase (LzPhraseButton *self, const char *phrase)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);

  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (buffer, phrase, -1);
  gtk_popover_popdown (self->popover);
  gtk_widget_grab_focus (GTK_WIDGET (self->text_view));
}

static void
row_activated_cb (LzPhraseButton *self, GtkListBoxRow *row)
{
  insert_phrase (self, gtk_label_get_label (GTK_LABEL (gtk_list_box_row_get_child (row))));
}

static void
add_row (LzPhraseButton *self, const char *phrase)
{
  GtkWidget *label = gtk_label_new (phrase);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 32);
  gtk_list_box_append (self->list, label);
}

static void
fill (LzPhraseButton *self)
{
  g_auto (GStrv) phrases = g_settings_get_strv (self->settings, "phrases");
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, child);

  for (guint i = 0; i < self->own->len; i++)
    add_row (self, self->own->pdata[i]);
  for (guint i = 0; phrases[i] != NULL; i++)
    add_row (self, phrases[i]);

  gtk_widget_set_sensitive (GTK_WIDGET (self->button), self->own->len > 0 || *phrases != NULL);
}

void
lz_phrase_button_set_text_view (LzPhraseButton *self, GtkTextView *text_view)
{
  g_return_if_fail (LZ_IS_PHRASE_BUTTON (self));

  self->text_view = text_view;
}

void
lz_phrase_button_set_category (LzPhraseButton *self, const LzCategory *category)
{
  g_return_if_fail (LZ_IS_PHRASE_BUTTON (self));

  g_ptr_array_set_size (self->own, 0);
  for (guint i = 0; category != NULL && i < category->conditions->len; i++)
    {
      const LzCondition *condition = category->conditions->pdata[i];

      if (condition->text != NULL && *condition->text != '\0')
        g_ptr_array_add (self->own, g_strdup (condition->text));
    }
  for (guint i = 0; i < G_N_ELEMENTS (descriptions); i++)
    g_ptr_array_add (self->own, g_strdup (_ (descriptions[i])));
  fill (self);
}

static void
lz_phrase_button_dispose (GObject *object)
{
  LzPhraseButton *self = LZ_PHRASE_BUTTON (object);

  g_clear_object (&self->settings);
  g_clear_pointer (&self->own, g_ptr_array_unref);
  lz_template_dispose (GTK_WIDGET (self), LZ_TYPE_PHRASE_BUTTON);

  G_OBJECT_CLASS (lz_phrase_button_parent_class)->dispose (object);
}

static void
lz_phrase_button_class_init (LzPhraseButtonClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_phrase_button_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-phrase-button.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "phrasebutton");
  gtk_widget_class_bind_template_child (widget_class, LzPhraseButton, button);
  gtk_widget_class_bind_template_child (widget_class, LzPhraseButton, popover);
  gtk_widget_class_bind_template_child (widget_class, LzPhraseButton, list);
}

static void
lz_phrase_button_init (LzPhraseButton *self)
{
  self->settings = g_settings_new (LZ_APP_ID);
  self->own = g_ptr_array_new_with_free_func (g_free);
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (row_activated_cb), self);
  g_signal_connect_object (self->settings, "changed::phrases", G_CALLBACK (fill), self,
                           G_CONNECT_SWAPPED);
  fill (self);
}
