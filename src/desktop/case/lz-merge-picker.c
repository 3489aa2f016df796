/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-merge-picker.h"

#include <glib/gi18n.h>

#include "lz-cases.h"
#include "lz-office.h"
#include "lz-photo-thumb.h"
#include "lz-template.h"
#include "lz-words.h"

struct _LzMergePicker
{
  GtkWidget parent_instance;

  GtkBox *this_card;
  GtkBox *other_card;
  GtkLabel *similar_label;
  GtkLabel *none;
  GtkListBox *similar;
  GtkEntry *number;

  LzSession *session;
  LzCase *item;
  GCancellable *cancellable;
  LzCaseRow *picked;
};

G_DEFINE_FINAL_TYPE (LzMergePicker, lz_merge_picker, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

typedef struct
{
  LzId id;
  char *number; /* %NULL: look for similar ones */
  char *category;
  LzPoint place;
} Question;

/* The case itself first, then the others; how far around they were looked for. */
typedef struct
{
  GPtrArray *rows; /* LzCaseRow */
  guint radius_m;
} Found;

static void
found_free (gpointer data)
{
  Found *found = data;

  g_ptr_array_unref (found->rows);
  g_free (found);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Found, found_free)

static void
question_free (gpointer data)
{
  Question *question = data;

  g_free (question->number);
  g_free (question->category);
  g_free (question);
}

static gboolean
add_row (LzStation *station, const LzId *id, GPtrArray *rows, GError **error)
{
  g_autoptr (GPtrArray) found = NULL;
  gint64 fid;

  if (!lz_cases_get_fid (station, id, &fid, error))
    return FALSE;
  found = lz_cases_load_rows (station, &fid, 1, error);
  if (found == NULL)
    return FALSE;
  if (found->len > 0)
    g_ptr_array_add (rows, lz_case_row_copy (found->pdata[0]));
  return TRUE;
}

static gboolean
add_numbered (LzStation *station, const char *number, GPtrArray *rows, GError **error)
{
  g_autoptr (LzCase) other = lz_cases_load_by_name (station, number, error);

  return other != NULL && add_row (station, &other->id, rows, error);
}

/* How near and how old a duplicate may be is the office's rule. */
static gboolean
add_similar_rows (LzStation *station, const Question *question, Found *found, GError **error)
{
  g_autoptr (LzRules) rules = lz_office_load_rules (station, error);
  g_autoptr (GPtrArray) similar = NULL;

  if (rules == NULL)
    return FALSE;
  found->radius_m = (guint) lz_rules_get (rules, LZ_RULE_SIMILAR_M);
  similar = lz_cases_find_similar (station, question->category, question->place, found->radius_m,
                                   (guint) lz_rules_get (rules, LZ_RULE_MERGE_DAYS) * 24, error);
  if (similar == NULL)
    return FALSE;
  for (guint i = 0; i < similar->len; i++)
    if (!lz_id_equal (&((const LzCaseRow *) similar->pdata[i])->id, &question->id))
      g_ptr_array_add (found->rows, lz_case_row_copy (similar->pdata[i]));
  return TRUE;
}

/* A job of the read thread. */
static gpointer
find_cases (LzStation *station, gpointer data, GError **error)
{
  const Question *question = data;
  g_autoptr (Found) found = g_new0 (Found, 1);

  found->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lz_case_row_free);
  if (!add_row (station, &question->id, found->rows, error) ||
      !(question->number != NULL ? add_numbered (station, question->number, found->rows, error)
                                 : add_similar_rows (station, question, found, error)))
    return NULL;
  return g_steal_pointer (&found);
}

static void
add_line (GtkBox *box, const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (box, label);
}

static gboolean
has_thumbnail (const LzCaseRow *row)
{
  for (guint i = 0; i < LZ_SHA256_SIZE; i++)
    if (row->thumbnail[i] != 0)
      return TRUE;

  return FALSE;
}

static void
show_card (LzMergePicker *self, GtkBox *card, const char *heading, const LzCaseRow *row)
{
  g_autofree char *place =
      lz_words_dup_place (row->road_name, row->chainage_cm, row->offset_cm, row->side);
  g_autofree char *time = lz_words_dup_time (row->reported_ms, lz_session_now (),
                                             lz_session_get_offset_min (self->session));
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (card))) != NULL)
    gtk_box_remove (card, child);

  add_line (card, heading, "heading");
  if (has_thumbnail (row))
    {
      GtkWidget *thumb = lz_photo_thumb_new ();

      lz_photo_thumb_set_height (LZ_PHOTO_THUMB (thumb), 96);
      lz_photo_thumb_set_photo (LZ_PHOTO_THUMB (thumb), self->session, row->thumbnail);
      gtk_box_append (card, thumb);
    }
  add_line (card, row->number, NULL);
  add_line (card, lz_session_get_category_name (self->session, row->category), NULL);
  add_line (card, place, "dim-label");
  add_line (card, time, "dim-label");
  add_line (card, lz_state_label (row->state), "dim-label");
  if (row->text != NULL)
    add_line (card, row->text, NULL);
}

static void
pick (LzMergePicker *self, const LzCaseRow *row)
{
  g_clear_pointer (&self->picked, lz_case_row_free);
  self->picked = lz_case_row_copy (row);
  show_card (self, self->other_card, _ ("The case that stays"), row);
  gtk_widget_set_visible (GTK_WIDGET (self->other_card), TRUE);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
row_selected_cb (LzMergePicker *self, GtkListBoxRow *row)
{
  if (row != NULL)
    pick (self, g_object_get_data (G_OBJECT (row), "case"));
}

static void
free_row (gpointer data)
{
  lz_case_row_free (data);
}

static void
add_similar (LzMergePicker *self, const LzCaseRow *row)
{
  g_autofree char *time = lz_words_dup_time (row->reported_ms, lz_session_now (),
                                             lz_session_get_offset_min (self->session));
  g_autofree char *name =
      g_strdup_printf ("%s · %s · %s", row->number, time, lz_state_label (row->state));
  GtkWidget *line = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (name);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (line), label);
  g_object_set_data_full (G_OBJECT (line), "case", lz_case_row_copy (row), free_row);
  gtk_accessible_update_property (GTK_ACCESSIBLE (line), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_list_box_append (self->similar, line);
}

static void
show_radius (LzMergePicker *self, guint radius_m)
{
  g_autofree char *label = g_strdup_printf (_ ("Cases of the same category within %u m"), radius_m);

  gtk_label_set_label (self->similar_label, label);
}

static void
similar_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzMergePicker *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Found) found = lz_store_job_finish (LZ_STORE (source), result, &error);
  const GPtrArray *rows;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_MERGE_PICKER (self));
  if (found == NULL)
    {
      gtk_label_set_label (self->none, lz_error_explain (error));
      return;
    }

  rows = found->rows;
  show_radius (self, found->radius_m);
  if (rows->len > 0)
    show_card (self, self->this_card, _ ("This case"), rows->pdata[0]);
  for (guint i = 1; i < rows->len; i++)
    add_similar (self, rows->pdata[i]);
  gtk_widget_set_visible (GTK_WIDGET (self->none), rows->len < 2);
  gtk_widget_set_visible (GTK_WIDGET (self->similar), rows->len > 1);
  if (rows->len > 1)
    gtk_list_box_select_row (self->similar, gtk_list_box_get_row_at_index (self->similar, 0));
}

static void
numbered_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzMergePicker *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Found) found = lz_store_job_finish (LZ_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_MERGE_PICKER (self));
  if (found != NULL && found->rows->len > 1)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self->number), "error");
      gtk_list_box_unselect_all (self->similar);
      pick (self, found->rows->pdata[1]);
    }
  else
    gtk_widget_add_css_class (GTK_WIDGET (self->number), "error");
}

static void
ask (LzMergePicker *self, const char *number, GAsyncReadyCallback callback)
{
  Question *question = g_new0 (Question, 1);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  question->id = self->item->id;
  question->number = g_strdup (number);
  question->category = g_strdup (self->item->category);
  question->place = self->item->place;
  lz_store_read_async (lz_session_get_store (self->session), find_cases, question, question_free,
                       found_free, self->cancellable, callback, self);
}

static void
number_changed_cb (LzMergePicker *self)
{
  const char *number = gtk_editable_get_text (GTK_EDITABLE (self->number));

  if (*number != '\0' && self->session != NULL)
    ask (self, number, numbered_found_cb);
}

void
lz_merge_picker_set_case (LzMergePicker *self, LzSession *session, const LzCase *item)
{
  g_return_if_fail (LZ_IS_MERGE_PICKER (self));
  g_return_if_fail (LZ_IS_SESSION (session));
  g_return_if_fail (item != NULL);

  g_set_object (&self->session, session);
  g_clear_pointer (&self->item, lz_case_free);
  self->item = lz_case_copy (item);
  ask (self, NULL, similar_found_cb);
}

const LzId *
lz_merge_picker_get_picked (LzMergePicker *self)
{
  g_return_val_if_fail (LZ_IS_MERGE_PICKER (self), NULL);

  return self->picked != NULL ? &self->picked->id : NULL;
}

static void
lz_merge_picker_dispose (GObject *object)
{
  LzMergePicker *self = LZ_MERGE_PICKER (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_pointer (&self->item, lz_case_free);
  g_clear_pointer (&self->picked, lz_case_row_free);
  lz_template_dispose (GTK_WIDGET (self), LZ_TYPE_MERGE_PICKER);

  G_OBJECT_CLASS (lz_merge_picker_parent_class)->dispose (object);
}

static void
lz_merge_picker_class_init (LzMergePickerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lz_merge_picker_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/luzhang/Luzhang/lz-merge-picker.ui");
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "mergepicker");
  gtk_widget_class_bind_template_child (widget_class, LzMergePicker, this_card);
  gtk_widget_class_bind_template_child (widget_class, LzMergePicker, other_card);
  gtk_widget_class_bind_template_child (widget_class, LzMergePicker, similar_label);
  gtk_widget_class_bind_template_child (widget_class, LzMergePicker, none);
  gtk_widget_class_bind_template_child (widget_class, LzMergePicker, similar);
  gtk_widget_class_bind_template_child (widget_class, LzMergePicker, number);

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
lz_merge_picker_init (LzMergePicker *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (self->similar, "row-selected", G_CALLBACK (row_selected_cb), self);
  g_signal_connect_swapped (self->number, "changed", G_CALLBACK (number_changed_cb), self);
}
