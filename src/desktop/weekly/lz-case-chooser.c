/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-case-chooser.h"

#include <glib/gi18n.h>

#include "lz-typical-cases.h"
#include "lz-weekly-data.h"

struct _LzCaseChooser
{
  AdwWindow parent_instance;

  GtkStack *stack;
  GtkListBox *list;
  AdwStatusPage *problem;

  LzSession *session;
  GPtrArray *offered; /* LzTypicalCase */
  GPtrArray *checks;  /* GtkCheckButton, one each */
  GPtrArray *chosen;  /* LzTypicalCase, those before */
  GCancellable *loading;
};

G_DEFINE_FINAL_TYPE (LzCaseChooser, lz_case_chooser, ADW_TYPE_WINDOW)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const LzTypicalCase *
find (const GPtrArray *cases, const LzId *id)
{
  for (guint i = 0; i < cases->len; i++)
    if (lz_id_equal (&((LzTypicalCase *) cases->pdata[i])->id, id))
      return cases->pdata[i];
  return NULL;
}

/* -- the list -----------------------------------------------------------------------------------
 */

static void
add_line (GtkBox *box, const char *text, const char *css_class)
{
  GtkWidget *label;

  if (text == NULL || text[0] == '\0')
    return;
  label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (box, label);
}

static void
add_row (LzCaseChooser *self, const LzTypicalCase *of)
{
  GtkBox *row = GTK_BOX (gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12));
  GtkBox *words = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 2));
  GtkWidget *check = gtk_check_button_new ();
  g_autofree char *name = g_strdup_printf ("%s, %s, %s", of->outcome != NULL ? of->outcome : "",
                                           of->category != NULL ? of->category : "",
                                           of->place != NULL ? of->place : "");

  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), find (self->chosen, &of->id) != NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_box_append (row, check);
  gtk_box_append (row, lz_typical_case_make_photos (self->session, of));
  add_line (words, of->outcome, "caption-heading");
  add_line (words, of->category, "heading");
  add_line (words, of->place, "body");
  add_line (words, of->unit, "dim-label");
  add_line (words, of->text, "body");
  gtk_widget_set_hexpand (GTK_WIDGET (words), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (words), GTK_ALIGN_CENTER);
  gtk_box_append (row, GTK_WIDGET (words));
  gtk_widget_set_margin_top (GTK_WIDGET (row), 6);
  gtk_widget_set_margin_bottom (GTK_WIDGET (row), 6);
  gtk_list_box_append (self->list, GTK_WIDGET (row));
  g_ptr_array_add (self->checks, check);
}

static void
row_activated_cb (GtkListBox *list, GtkListBoxRow *row, LzCaseChooser *self)
{
  GtkCheckButton *check = self->checks->pdata[gtk_list_box_row_get_index (row)];

  gtk_check_button_set_active (check, !gtk_check_button_get_active (check));
}

/* Those that were chosen by other means stay, in front. */
static void
take_offered (LzCaseChooser *self, const GPtrArray *found)
{
  for (guint i = 0; i < self->chosen->len; i++)
    g_ptr_array_add (self->offered, lz_typical_case_copy (self->chosen->pdata[i]));
  for (guint i = 0; i < found->len; i++)
    if (find (self->chosen, &((LzTypicalCase *) found->pdata[i])->id) == NULL)
      g_ptr_array_add (self->offered, lz_typical_case_copy (found->pdata[i]));
  for (guint i = 0; i < self->offered->len; i++)
    add_row (self, self->offered->pdata[i]);
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzCaseChooser *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) found = lz_weekly_data_list_cases_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_assert (LZ_IS_CASE_CHOOSER (self));
  if (found == NULL)
    {
      adw_status_page_set_description (self->problem, lz_error_explain (error));
      gtk_stack_set_visible_child_name (self->stack, "problem");
      return;
    }
  take_offered (self, found);
  gtk_stack_set_visible_child_name (self->stack, self->offered->len > 0 ? "list" : "problem");
}

/* -- the window ---------------------------------------------------------------------------------
 */

static void
take_cb (LzCaseChooser *self)
{
  g_autoptr (GPtrArray) cases = g_ptr_array_new ();

  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (self->checks->pdata[i]))
      g_ptr_array_add (cases, self->offered->pdata[i]);
  g_signal_emit (self, signals[CHOSEN], 0, cases);
  gtk_window_close (GTK_WINDOW (self));
}

GtkWindow *
lz_case_chooser_new (GtkWindow *parent,
                     LzSession *session,
                     const LzPeriod *period,
                     const GPtrArray *chosen)
{
  LzCaseChooser *self =
      g_object_new (LZ_TYPE_CASE_CHOOSER, "transient-for", parent, "modal", TRUE, NULL);

  self->session = g_object_ref (session);
  for (guint i = 0; i < chosen->len; i++)
    g_ptr_array_add (self->chosen, lz_typical_case_copy (chosen->pdata[i]));
  self->loading = g_cancellable_new ();
  lz_weekly_data_list_cases_async (session, period, self->loading, listed_cb, self);
  return GTK_WINDOW (self);
}

static void
lz_case_chooser_dispose (GObject *object)
{
  LzCaseChooser *self = LZ_CASE_CHOOSER (object);

  g_cancellable_cancel (self->loading);
  g_clear_object (&self->loading);
  g_clear_pointer (&self->offered, g_ptr_array_unref);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  g_clear_pointer (&self->chosen, g_ptr_array_unref);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (lz_case_chooser_parent_class)->dispose (object);
}

static void
lz_case_chooser_class_init (LzCaseChooserClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_case_chooser_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-case-chooser.ui");
  gtk_widget_class_bind_template_child (widget_class, LzCaseChooser, stack);
  gtk_widget_class_bind_template_child (widget_class, LzCaseChooser, list);
  gtk_widget_class_bind_template_child (widget_class, LzCaseChooser, problem);
  gtk_widget_class_bind_template_callback (widget_class, take_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_PTR_ARRAY);
}

static void
lz_case_chooser_init (LzCaseChooser *self)
{
  self->offered = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_typical_case_free);
  self->checks = g_ptr_array_new ();
  self->chosen = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_typical_case_free);
  gtk_widget_init_template (GTK_WIDGET (self));
}
