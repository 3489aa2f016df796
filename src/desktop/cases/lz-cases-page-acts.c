/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the page of cases does with the selected ones. */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-cases-page-private.h"

#include <glib/gi18n.h>

#include "lz-case-export.h"
#include "lz-paper-print.h"
#include "lz-reason-dialog.h"

/* Copying more to the clipboard than a spreadsheet takes helps nobody. */
#define MAX_COPY 20000
#define MAX_NOTE 5000

guint
_lz_cases_page_count_selected (LzCasesPage *self)
{
  g_autoptr (GtkBitset) selected =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));

  return (guint) gtk_bitset_get_size (selected);
}

GArray *
_lz_cases_page_dup_selected (LzCasesPage *self, guint max)
{
  g_autoptr (GtkBitset) selected =
      gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
  GArray *fids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GtkBitsetIter iter;
  guint position;

  for (gboolean more = gtk_bitset_iter_init_first (&iter, selected, &position);
       more && fids->len < max; more = gtk_bitset_iter_next (&iter, &position))
    {
      gint64 fid = lz_case_list_get_fid (self->list, position);

      g_array_append_val (fids, fid);
    }

  return fids;
}

static void
copied_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzCasesPage *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = lz_case_copy_finish (LZ_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_CASES_PAGE (self));
  if (text == NULL)
    {
      _lz_cases_page_tell (self, lz_error_explain (error));
      return;
    }

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  _lz_cases_page_tell (self, _ ("Copied; it can be pasted into a spreadsheet."));
}

static void
copy_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzCasesPage *self = LZ_CASES_PAGE (widget);
  g_autoptr (GArray) fids = _lz_cases_page_dup_selected (self, MAX_COPY);

  lz_case_copy_async (self->session, fids, self->cancellable, copied_cb, self);
}

static void
print_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  lz_paper_print_start (widget, LZ_CASES_PAGE (widget)->session,
                        g_variant_get_string (parameter, NULL), NULL, NULL);
}

/* (transfer full): gint64: every case of the list, or the selected ones. */
static GArray *
dup_fids (LzCasesPage *self, gboolean all)
{
  GArray *fids;

  if (!all)
    return _lz_cases_page_dup_selected (self, G_MAXUINT);
  fids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < lz_case_list_get_n (self->list); i++)
    {
      gint64 fid = lz_case_list_get_fid (self->list, i);

      g_array_append_val (fids, fid);
    }
  return fids;
}

static void
told_cb (const char *text, gpointer user_data)
{
  _lz_cases_page_tell (user_data, text);
}

static void
export_fids (LzCasesPage *self, gboolean all)
{
  g_autoptr (GArray) fids = dup_fids (self, all);

  lz_case_export_choose (GTK_WIDGET (self), self->session, fids,
                         self->in_ledger ? &self->ledger : NULL, told_cb);
}

static void
export_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  export_fids (LZ_CASES_PAGE (widget), FALSE);
}

static void
export_all_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  export_fids (LZ_CASES_PAGE (widget), TRUE);
}

static void
noted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LzCasesPage) self = user_data;
  g_autoptr (GError) error = NULL;

  /* The window offers to undo it. */
  if (!lz_case_note_each_finish (LZ_SESSION (source), result, &error))
    _lz_cases_page_tell (self, lz_error_explain (error));
}

static void
note_response_cb (LzCasesPage *self, const char *response, AdwMessageDialog *dialog)
{
  GtkWidget *entry = adw_message_dialog_get_extra_child (dialog);
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));
  g_autoptr (GArray) fids = NULL;

  if (!g_str_equal (response, "note") || *text == '\0')
    return;

  fids = _lz_cases_page_dup_selected (self, MAX_NOTE);
  lz_case_note_each_async (self->session, fids, text, noted_cb, g_object_ref (self));
}

static void
note_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzCasesPage *self = LZ_CASES_PAGE (widget);
  guint n = MIN (_lz_cases_page_count_selected (self), MAX_NOTE);
  g_autofree char *body = g_strdup_printf (ngettext ("The note goes on %u case.",
                                                     "The note goes on each of %u cases.", n),
                                           n);
  AdwMessageDialog *dialog =
      lz_question_new (GTK_WINDOW (gtk_widget_get_root (widget)), _ ("Add a Note"), body, "note",
                       _ ("_Add Note"), ADW_RESPONSE_SUGGESTED);
  GtkWidget *entry = gtk_entry_new ();

  adw_message_dialog_set_extra_child (dialog, entry);
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Note"),
                                  -1);
  g_signal_connect_object (dialog, "response", G_CALLBACK (note_response_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
_lz_cases_page_class_install_acts (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "cases.copy", NULL, copy_cb);
  gtk_widget_class_install_action (widget_class, "cases.print", "s", print_cb);
  gtk_widget_class_install_action (widget_class, "cases.export", NULL, export_cb);
  gtk_widget_class_install_action (widget_class, "cases.export-all", NULL, export_all_cb);
  gtk_widget_class_install_action (widget_class, "cases.note", NULL, note_cb);
}
