/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-draft-row.h"

#include <glib/gi18n.h>

#include "lz-photo-thumb.h"
#include "lz-words.h"

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);

  return label;
}

GtkWidget *
lz_draft_row_new (LzSession *session, const LzDraft *draft)
{
  const LzBody *body = draft->body;
  const char *title = body->category != NULL
                          ? lz_session_get_category_name (session, body->category)
                          : _ ("Category missing");
  g_autofree char *place =
      lz_point_is_valid (body->place)
          ? lz_words_dup_place (body->road_name, body->chainage_cm, body->offset_cm, body->side)
          : g_strdup (_ ("Place missing"));
  g_autofree char *time =
      lz_words_dup_time (body->found_ms != 0 ? body->found_ms : draft->changed_ms,
                         lz_session_now (), lz_session_get_offset_min (session));
  g_autofree char *told = g_strdup_printf ("%s, %s, %s", title, place, time);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);

  if (body->photos != NULL && body->photos->len > 0)
    {
      GtkWidget *thumb = lz_photo_thumb_new ();

      gtk_widget_set_size_request (thumb, 64, 48);
      lz_photo_thumb_set_height (LZ_PHOTO_THUMB (thumb), 48);
      lz_photo_thumb_set_photo (LZ_PHOTO_THUMB (thumb), session,
                                g_array_index (body->photos, LzPhotoRef, 0).sha256);
      gtk_widget_set_can_target (thumb, FALSE);
      gtk_widget_set_can_focus (thumb, FALSE);
      gtk_box_append (GTK_BOX (line), thumb);
    }

  gtk_box_append (GTK_BOX (words), new_label (title, NULL));
  gtk_box_append (GTK_BOX (words), new_label (place, "dim-label"));
  gtk_box_append (GTK_BOX (words), new_label (time, "dim-label"));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (line), words);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), line);
  g_object_set_data_full (G_OBJECT (row), "draft", g_memdup2 (&draft->id, sizeof draft->id),
                          g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, told, -1);

  return row;
}
