/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-undo-toast.h"

#include <glib/gi18n.h>

#include "lz-acts.h"

#define SHOWN_S 8

void
lz_undo_toast_tell (AdwToastOverlay *toasts, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1); /* AdwToast reads markup */

  adw_toast_overlay_add_toast (toasts, adw_toast_new (escaped));
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AdwToastOverlay) toasts = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  LzUndone undone = { 0 };

  lz_acts_undo_finish (LZ_SESSION (source), result, &undone, &error);
  text = lz_acts_dup_undone_text (&undone, error);
  lz_undo_toast_tell (toasts, text);
}

static void
clicked_cb (AdwToastOverlay *toasts, AdwToast *toast)
{
  lz_acts_undo_async (g_object_get_data (G_OBJECT (toast), "session"), undone_cb,
                      g_object_ref (toasts));
}

static AdwToast *
new_toast (const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (escaped);

  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_timeout (toast, SHOWN_S);
  adw_toast_set_priority (toast, ADW_TOAST_PRIORITY_HIGH);
  return toast;
}

void
lz_undo_toast_show (AdwToastOverlay *toasts, LzSession *session, const char *text)
{
  AdwToast *toast = new_toast (text);

  g_object_set_data_full (G_OBJECT (toast), "session", g_object_ref (session), g_object_unref);
  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (clicked_cb), toasts,
                           G_CONNECT_SWAPPED);
  adw_toast_overlay_add_toast (toasts, toast);
}

void
lz_undo_toast_offer (AdwToastOverlay *toasts,
                     const char *text,
                     const char *name,
                     const char *target)
{
  AdwToast *toast = new_toast (text);

  adw_toast_set_action_name (toast, name);
  adw_toast_set_action_target (toast, "s", target);
  adw_toast_overlay_add_toast (toasts, toast);
}
