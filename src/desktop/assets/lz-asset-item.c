/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-asset-item.h"

#include "lz-names.h"

#define MAX_FACTS 4

struct _LzAssetItem
{
  GObject parent_instance;

  LzId id;
  char *title;
  char *facts;
  char *sign;
};

G_DEFINE_FINAL_TYPE (LzAssetItem, lz_asset_item, G_TYPE_OBJECT)

/* "冶金大道 · 污水 · 水务局": its road and the first fields that the title does not say. */
static char *
dup_facts (LzSession *session, const LzAssetKind *kind, const LzRecord *record, const char *title)
{
  const LzRoad *road =
      lz_id_is_nil (&record->road) ? NULL : lz_session_find_road (session, &record->road);
  g_autoptr (GString) text = g_string_new (road != NULL ? road->name : NULL);
  guint n = 0;

  for (guint i = 0; kind != NULL && i < kind->fields->len && n < MAX_FACTS; i++)
    {
      g_autofree char *fact = lz_asset_field_dup_text (kind->fields->pdata[i], record->facts);

      if (fact == NULL || strstr (title, fact) != NULL)
        continue;
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", fact);
      n++;
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
lz_asset_item_finalize (GObject *object)
{
  LzAssetItem *self = LZ_ASSET_ITEM (object);

  g_free (self->title);
  g_free (self->facts);
  g_free (self->sign);

  G_OBJECT_CLASS (lz_asset_item_parent_class)->finalize (object);
}

static void
lz_asset_item_class_init (LzAssetItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lz_asset_item_finalize;
}

static void
lz_asset_item_init (LzAssetItem *self)
{
}

LzAssetItem *
lz_asset_item_new (LzSession *session, const LzAssetKinds *kinds, const LzRecord *record)
{
  LzAssetItem *self = g_object_new (LZ_TYPE_ASSET_ITEM, NULL);
  const LzAssetKind *kind = lz_asset_find_kind (kinds, record);
  g_autofree char *title = lz_asset_dup_title (kinds, record);

  self->id = record->id;
  self->title = title != NULL ? g_steal_pointer (&title) : g_strdup ("—");
  self->facts = dup_facts (session, kind, record, self->title);
  self->sign = g_strdup (kind != NULL ? kind->sign : "?");
  return self;
}

const LzId *
lz_asset_item_get_id (LzAssetItem *self)
{
  g_return_val_if_fail (LZ_IS_ASSET_ITEM (self), NULL);

  return &self->id;
}

const char *
lz_asset_item_get_title (LzAssetItem *self)
{
  g_return_val_if_fail (LZ_IS_ASSET_ITEM (self), NULL);

  return self->title;
}

/* Rows. */

static GtkWidget *
add_label (GtkWidget *box, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
setup_cb (GtkSignalListItemFactory *factory, GtkListItem *row)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  GtkWidget *sign = add_label (line, "asset-sign");

  gtk_label_set_xalign (GTK_LABEL (sign), .5);
  gtk_widget_set_valign (sign, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_box_append (GTK_BOX (line), texts);
  g_object_set_data (G_OBJECT (line), "sign", sign);
  g_object_set_data (G_OBJECT (line), "title", add_label (texts, NULL));
  g_object_set_data (G_OBJECT (line), "facts", add_label (texts, "caption"));
  gtk_list_item_set_child (row, line);
}

static void
bind_cb (GtkSignalListItemFactory *factory, GtkListItem *row)
{
  LzAssetItem *item = gtk_list_item_get_item (row);
  GtkWidget *line = gtk_list_item_get_child (row);
  g_autofree char *name = g_strdup_printf ("%s, %s", item->title, item->facts);

  gtk_label_set_label (g_object_get_data (G_OBJECT (line), "sign"), item->sign);
  gtk_label_set_label (g_object_get_data (G_OBJECT (line), "title"), item->title);
  gtk_label_set_label (g_object_get_data (G_OBJECT (line), "facts"), item->facts);
  lz_names_set_row (line, name);
}

GtkListItemFactory *
lz_asset_item_new_factory (void)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();

  g_signal_connect (factory, "setup", G_CALLBACK (setup_cb), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (bind_cb), NULL);
  return factory;
}
