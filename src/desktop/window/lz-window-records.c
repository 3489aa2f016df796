/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-window-private.h"

/* The windows beside the main one for what an office keeps besides cases; pages lead to them by
 * actions that name what is wanted. */

static void
case_wanted_cb (LzWindow *self, const LzId *id)
{
  lz_window_go_to_case (self, id);
  gtk_window_present (GTK_WINDOW (self));
}

static LzAssetsWindow *
open_assets (LzWindow *self)
{
  if (self->assets == NULL)
    {
      g_set_weak_pointer (&self->assets, lz_assets_window_new (GTK_WINDOW (self), self->session));
      g_signal_connect_object (self->assets, "case-wanted", G_CALLBACK (case_wanted_cb), self,
                               G_CONNECT_SWAPPED);
    }
  gtk_window_present (GTK_WINDOW (self->assets));
  return self->assets;
}

static void
assets_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  open_assets (LZ_WINDOW (widget));
}

static void
show_asset_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzId id;

  if (lz_id_parse (g_variant_get_string (parameter, NULL), &id))
    lz_assets_window_show_asset (open_assets (LZ_WINDOW (widget)), &id);
}

/* Kind and road; each may be "". */
static void
add_asset_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *kind, *road_id;
  LzId road;

  g_variant_get (parameter, "(&s&s)", &kind, &road_id);
  lz_assets_window_add (open_assets (LZ_WINDOW (widget)), *kind != '\0' ? kind : NULL,
                        lz_id_parse (road_id, &road) ? &road : NULL);
}

static void
campaigns_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  LzWindow *self = LZ_WINDOW (widget);

  if (self->campaigns == NULL)
    {
      g_set_weak_pointer (&self->campaigns,
                          lz_campaigns_window_new (GTK_WINDOW (self), self->session));
      g_signal_connect_object (self->campaigns, "case-wanted", G_CALLBACK (case_wanted_cb), self,
                               G_CONNECT_SWAPPED);
    }
  gtk_window_present (GTK_WINDOW (self->campaigns));
}

void
lz_window_class_install_record_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.assets", NULL, assets_cb);
  gtk_widget_class_install_action (widget_class, "win.campaigns", NULL, campaigns_cb);
  gtk_widget_class_install_action (widget_class, "win.show-asset", "s", show_asset_cb);
  gtk_widget_class_install_action (widget_class, "win.add-asset", "(ss)", add_asset_cb);
}

void
lz_window_close_records (LzWindow *self)
{
  if (self->assets != NULL)
    gtk_window_destroy (GTK_WINDOW (self->assets));
  if (self->campaigns != NULL)
    gtk_window_destroy (GTK_WINDOW (self->campaigns));
}
