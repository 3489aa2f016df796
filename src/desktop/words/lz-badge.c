/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-badge.h"

#include "lz-words.h"

void
lz_badge_set_class (GtkWidget *widget, const char *prefix, const char *css_class)
{
  g_auto (GStrv) classes = gtk_widget_get_css_classes (widget);

  for (guint i = 0; classes[i] != NULL; i++)
    if (g_str_has_prefix (classes[i], prefix) && g_strcmp0 (classes[i], css_class) != 0)
      gtk_widget_remove_css_class (widget, classes[i]);

  if (css_class != NULL)
    gtk_widget_add_css_class (widget, css_class);
}

void
lz_badge_set_state (GtkLabel *label, LzState state)
{
  gtk_label_set_label (label, lz_state_label (state));
  lz_badge_set_class (GTK_WIDGET (label), "state-", lz_words_get_state_class (state));
}

void
lz_badge_set_lamp (GtkImage *image, LzLamp lamp)
{
  gtk_image_set_from_icon_name (image, lz_words_get_lamp_icon (lamp));
  lz_badge_set_class (GTK_WIDGET (image), "lamp-", lz_words_get_lamp_class (lamp));
  gtk_widget_set_tooltip_text (GTK_WIDGET (image), lz_lamp_label (lamp));
  gtk_accessible_update_property (GTK_ACCESSIBLE (image), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  lz_lamp_label (lamp), -1);
}
