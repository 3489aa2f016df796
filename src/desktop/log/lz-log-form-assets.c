/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-log-form-private.h"

#include <glib/gi18n.h>

#include "lz-asset-data.h"
#include "lz-line.h"

/* What on file the case is about: the first choice is none. */

static char *
dup_choice (const LzPlaceFacts *facts, const LzRecord *record)
{
  g_autofree char *title = lz_asset_dup_title (facts->kinds, record);

  return g_strdup_printf (_ ("%s, %.0f m away"), title != NULL ? title : "—",
                          lz_distance_m (record->place, facts->place));
}

/* @facts: (nullable): of no place yet */
void
lz_log_form_show_assets (LzLogForm *self, const LzPlaceFacts *facts)
{
  guint n = facts != NULL ? facts->assets->len : 0;
  g_autoptr (GtkStringList) words = gtk_string_list_new (NULL);
  LzId *chosen = &self->draft->body->asset;
  gboolean was_showing = self->showing;
  guint selected = 0;

  g_array_set_size (self->assets, 0);
  gtk_string_list_append (words, _ ("Nothing on file"));
  for (guint i = 0; i < n; i++)
    {
      const LzRecord *record = facts->assets->pdata[i];
      g_autofree char *choice = dup_choice (facts, record);

      gtk_string_list_append (words, choice);
      g_array_append_val (self->assets, record->id);
      if (lz_id_equal (&record->id, chosen))
        selected = i + 1;
    }
  /* Moved away from it: it is no longer about that. */
  if (facts != NULL && selected == 0)
    *chosen = (LzId){ { 0 } };
  self->showing = TRUE;
  gtk_drop_down_set_model (self->asset, G_LIST_MODEL (words));
  gtk_drop_down_set_selected (self->asset, selected);
  self->showing = was_showing;
  gtk_widget_set_visible (self->asset_box, n > 0);
}

static void
selected_cb (LzLogForm *self)
{
  guint at = gtk_drop_down_get_selected (self->asset);

  if (self->showing || self->draft == NULL || at == GTK_INVALID_LIST_POSITION)
    return;
  self->draft->body->asset = at > 0 && at <= self->assets->len
                                 ? g_array_index (self->assets, LzId, at - 1)
                                 : (LzId){ { 0 } };
  lz_log_form_edited (self);
}

void
lz_log_form_connect_assets (LzLogForm *self)
{
  self->assets = g_array_new (FALSE, TRUE, sizeof (LzId));
  g_signal_connect_swapped (self->asset, "notify::selected", G_CALLBACK (selected_cb), self);
}
