/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-asset-fields.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "lz-asset-data.h"

struct _LzAssetFields
{
  GtkWidget parent_instance;

  GtkWidget *group; /* nullable */
  GtkWidget *problem;
  GPtrArray *rows; /* GtkWidget of each field, lent */

  LzAssetKinds *kinds;
  const LzAssetKind *kind;
  JsonObject *facts;
  gboolean showing;
};

G_DEFINE_FINAL_TYPE (LzAssetFields, lz_asset_fields, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
get_text (const LzAssetField *field, GtkWidget *row)
{
  guint at;

  if (field->type != LZ_FIELD_CHOICE)
    return gtk_editable_get_text (GTK_EDITABLE (row));
  at = adw_combo_row_get_selected (ADW_COMBO_ROW (row));
  return at > 0 && at != GTK_INVALID_LIST_POSITION ? field->choices[at - 1] : "";
}

/* Reads a row as its field wants it; FALSE marks the row. */
static gboolean
read_row (LzAssetFields *self, guint i, JsonObject *facts, GError **error)
{
  const LzAssetField *field = self->kind->fields->pdata[i];
  GtkWidget *row = self->rows->pdata[i];
  gboolean right = lz_asset_field_set (field, self->kind, get_text (field, row), facts, error);

  if (right)
    gtk_widget_remove_css_class (row, "error");
  else
    gtk_widget_add_css_class (row, "error");
  return right;
}

static void
show_problem (LzAssetFields *self, const char *text)
{
  gtk_label_set_label (GTK_LABEL (self->problem), text != NULL ? text : "");
  gtk_widget_set_visible (self->problem, text != NULL);
}

static void
row_changed_cb (LzAssetFields *self)
{
  g_autoptr (JsonObject) facts = json_object_new ();
  g_autoptr (GError) first = NULL;

  if (self->showing)
    return;
  for (guint i = 0; i < self->rows->len; i++)
    {
      g_autoptr (GError) error = NULL;

      if (!read_row (self, i, facts, &error) && first == NULL)
        first = g_steal_pointer (&error);
    }
  show_problem (self, first != NULL ? first->message : NULL);
  g_signal_emit (self, signals[CHANGED], 0);
}

static GtkWidget *
new_choice (const LzAssetField *field, const char *text)
{
  GtkWidget *row = adw_combo_row_new ();
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  guint selected = 0;

  gtk_string_list_append (words, "—");
  for (guint i = 0; field->choices[i] != NULL; i++)
    {
      gtk_string_list_append (words, field->choices[i]);
      if (g_strcmp0 (field->choices[i], text) == 0)
        selected = i + 1;
    }
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (words));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), selected);
  return row;
}

static GtkInputPurpose
get_purpose (LzFieldType type)
{
  return type == LZ_FIELD_PHONE                            ? GTK_INPUT_PURPOSE_PHONE
         : type == LZ_FIELD_INT || type == LZ_FIELD_CODE16 ? GTK_INPUT_PURPOSE_DIGITS
                                                           : GTK_INPUT_PURPOSE_FREE_FORM;
}

static GtkWidget *
new_row (LzAssetFields *self, const LzAssetField *field)
{
  g_autofree char *text = self->facts != NULL ? lz_asset_field_dup_text (field, self->facts) : NULL;
  const char *label = lz_asset_field_get_label (field);
  const char *hint = field->type == LZ_FIELD_DATE     ? _ ("like 2026-03-05")
                     : field->type == LZ_FIELD_CODE16 ? _ ("16 digits")
                                                      : NULL;
  g_autofree char *needed = field->needed ? g_strconcat (label, " *", NULL) : g_strdup (label);
  g_autofree char *title =
      hint != NULL ? g_strdup_printf ("%s (%s)", needed, hint) : g_strdup (needed);
  GtkWidget *row;

  if (field->type == LZ_FIELD_CHOICE)
    {
      row = new_choice (field, text);
      g_signal_connect_object (row, "notify::selected", G_CALLBACK (row_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  else
    {
      row = adw_entry_row_new ();
      gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
      adw_entry_row_set_input_purpose (ADW_ENTRY_ROW (row), get_purpose (field->type));
      g_signal_connect_object (row, "changed", G_CALLBACK (row_changed_cb), self,
                               G_CONNECT_SWAPPED);
    }
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  if (field->note != NULL)
    gtk_widget_set_tooltip_text (row, field->note);
  return row;
}

void
lz_asset_fields_show (LzAssetFields *self,
                      LzAssetKinds *kinds,
                      const LzAssetKind *kind,
                      JsonObject *facts)
{
  g_return_if_fail (LZ_IS_ASSET_FIELDS (self));

  self->showing = TRUE;
  g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->group, gtk_widget_unparent);
  g_clear_pointer (&self->facts, json_object_unref);
  g_clear_pointer (&self->kinds, lz_asset_kinds_unref);
  self->kinds = kinds != NULL ? lz_asset_kinds_ref (kinds) : NULL;
  self->kind = kind;
  self->facts = facts != NULL ? json_object_ref (facts) : NULL;
  show_problem (self, NULL);
  if (kind != NULL)
    {
      self->group = adw_preferences_group_new ();
      for (guint i = 0; i < kind->fields->len; i++)
        {
          GtkWidget *row = new_row (self, kind->fields->pdata[i]);

          adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), row);
          g_ptr_array_add (self->rows, row);
        }
      gtk_widget_insert_after (self->group, GTK_WIDGET (self), NULL);
    }
  self->showing = FALSE;
}

/* A field that was empty and is: no change. */
static void
drop_same (const LzAssetField *field, JsonObject *old, JsonObject *facts)
{
  g_autofree char *before = old != NULL ? lz_asset_field_dup_text (field, old) : NULL;
  g_autofree char *now = lz_asset_field_dup_text (field, facts);

  if (g_strcmp0 (before, now) == 0)
    json_object_remove_member (facts, field->key);
}

static gboolean
check_needed (const LzAssetFields *self, guint i, JsonObject *facts, GError **error)
{
  const LzAssetField *field = self->kind->fields->pdata[i];
  g_autofree char *text = lz_asset_field_dup_text (field, facts);

  if (!field->needed || text != NULL)
    return TRUE;
  g_set_error (error, LZ_ERROR, LZ_ERROR_INVALID, _ ("“%s” is needed."),
               lz_asset_field_get_label (field));
  gtk_widget_add_css_class (self->rows->pdata[i], "error");
  return FALSE;
}

JsonObject *
lz_asset_fields_dup_changes (LzAssetFields *self, GError **error)
{
  g_autoptr (JsonObject) facts = json_object_new ();

  g_return_val_if_fail (LZ_IS_ASSET_FIELDS (self), NULL);
  g_return_val_if_fail (self->kind != NULL, NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      g_autoptr (GError) failure = NULL;

      if (read_row (self, i, facts, &failure) && check_needed (self, i, facts, &failure))
        continue;
      show_problem (self, failure->message);
      gtk_widget_grab_focus (self->rows->pdata[i]);
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  for (guint i = 0; i < self->rows->len; i++)
    drop_same (self->kind->fields->pdata[i], self->facts, facts);
  return g_steal_pointer (&facts);
}

gboolean
lz_asset_fields_focus (LzAssetFields *self)
{
  g_return_val_if_fail (LZ_IS_ASSET_FIELDS (self), FALSE);

  return self->rows->len > 0 && gtk_widget_grab_focus (self->rows->pdata[0]);
}

static void
lz_asset_fields_dispose (GObject *object)
{
  LzAssetFields *self = LZ_ASSET_FIELDS (object);

  if (self->rows != NULL)
    g_ptr_array_set_size (self->rows, 0);
  g_clear_pointer (&self->group, gtk_widget_unparent);
  g_clear_pointer (&self->problem, gtk_widget_unparent);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_pointer (&self->facts, json_object_unref);
  g_clear_pointer (&self->kinds, lz_asset_kinds_unref);

  G_OBJECT_CLASS (lz_asset_fields_parent_class)->dispose (object);
}

static void
lz_asset_fields_class_init (LzAssetFieldsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lz_asset_fields_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
lz_asset_fields_init (LzAssetFields *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_orientable_set_orientation (GTK_ORIENTABLE (layout), GTK_ORIENTATION_VERTICAL);
  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  self->rows = g_ptr_array_new ();
  self->problem = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
  gtk_widget_add_css_class (self->problem, "note");
  gtk_widget_set_visible (self->problem, FALSE);
  gtk_widget_set_parent (self->problem, GTK_WIDGET (self));
}

GtkWidget *
lz_asset_fields_new (void)
{
  return g_object_new (LZ_TYPE_ASSET_FIELDS, NULL);
}
