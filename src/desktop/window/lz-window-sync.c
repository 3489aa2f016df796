/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-window-private.h"

#include "lz-account-page.h"
#include "lz-preferences.h"
#include "lz-sync-front.h"

static void
case_wanted_cb (LzWindow *self, const LzId *id)
{
  adw_view_stack_set_visible_child_name (self->pages, "map");
  lz_map_page_show_case (self->map_page, id);
}

static void
account_wanted_cb (LzWindow *self)
{
  LzPreferences *preferences = lz_preferences_new (GTK_WINDOW (self), self->session);

  lz_window_add_account_page (self, ADW_PREFERENCES_WINDOW (preferences));
  adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (preferences), "account");
  gtk_window_present (GTK_WINDOW (preferences));
}

void
lz_window_add_account_page (LzWindow *self, AdwPreferencesWindow *preferences)
{
  if (self->sync != NULL)
    adw_preferences_window_add (preferences, lz_sync_front_new_account_page (self->sync));
}

void
lz_window_begin_sync (LzWindow *self)
{
  lz_window_end_sync (self);

  self->sync = lz_sync_front_new (GTK_WINDOW (self), self->session);
  g_signal_connect_object (self->sync, "case-wanted", G_CALLBACK (case_wanted_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sync, "account-wanted", G_CALLBACK (account_wanted_cb), self,
                           G_CONNECT_SWAPPED);
  adw_header_bar_pack_end (self->header_bar, lz_sync_front_get_button (self->sync));
  gtk_box_append (self->banners, lz_sync_front_get_banner (self->sync));
}

void
lz_window_end_sync (LzWindow *self)
{
  if (self->sync == NULL)
    return;

  /* While the window goes its children may be gone already. */
  if (self->header_bar != NULL)
    adw_header_bar_remove (self->header_bar, lz_sync_front_get_button (self->sync));
  if (self->banners != NULL)
    gtk_box_remove (self->banners, lz_sync_front_get_banner (self->sync));
  lz_sync_front_stop (self->sync);
  g_clear_object (&self->sync);
}
