/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-log-form-private.h"

#include <glib/gi18n.h>

#include "lz-words.h"

#define PLACE_DELAY_MS 120

/* The place of the problem: its words, and what is known of it. */

void
lz_log_form_show_place (LzLogForm *self)
{
  const LzBody *body = self->draft->body;
  g_autofree char *place = NULL;
  g_autofree char *coordinates = NULL;

  if (!lz_point_is_valid (body->place))
    {
      gtk_label_set_label (self->place, _ ("Click the map where the problem is."));
      gtk_label_set_label (self->coordinates, "");
      gtk_widget_set_visible (GTK_WIDGET (self->coordinates), FALSE);
      return;
    }

  place = lz_words_dup_place (body->road_name, body->chainage_cm, body->offset_cm, body->side);
  coordinates = lz_words_dup_coordinates (body->place);
  gtk_label_set_label (self->place, place);
  gtk_label_set_label (self->coordinates, coordinates);
  gtk_widget_set_visible (GTK_WIDGET (self->coordinates), TRUE);
}

static void
take_place (LzBody *body, const LzPlaceFacts *facts)
{
  g_clear_pointer (&body->road_name, g_free);
  body->road = facts->found ? facts->road : (LzId){ 0 };
  body->road_name = g_strdup (facts->road_name);
  body->chainage_cm = facts->chainage_cm;
  body->offset_cm = facts->offset_cm;
  body->side = facts->side;
}

static void
place_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzLogForm *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LzPlaceFacts) facts = lz_place_facts_read_finish (LZ_SESSION (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_LOG_FORM (self));
  if (facts == NULL || self->draft == NULL)
    {
      g_info ("Reading a place: %s", error != NULL ? error->message : "no draft any more");
      return;
    }

  take_place (self->draft->body, facts);
  lz_log_form_show_place (self);
  lz_log_form_show_similar (self, facts->similar);
  lz_log_form_show_assets (self, facts);
}

static gboolean
read_place_cb (gpointer user_data)
{
  LzLogForm *self = user_data;
  const LzCategory *category = lz_category_picker_get_category (self->category);

  self->place_id = 0;
  g_cancellable_cancel (self->place_cancellable);
  g_clear_object (&self->place_cancellable);
  self->place_cancellable = g_cancellable_new ();
  lz_place_facts_read_async (self->session, self->draft->body->place,
                             category != NULL ? category->code : NULL, self->place_cancellable,
                             place_read_cb, self);
  return G_SOURCE_REMOVE;
}

void
lz_log_form_read_place (LzLogForm *self)
{
  g_clear_handle_id (&self->place_id, g_source_remove);
  if (lz_point_is_valid (self->draft->body->place))
    self->place_id = g_timeout_add (PLACE_DELAY_MS, read_place_cb, self);
}

void
lz_log_form_set_place (LzLogForm *self, LzPoint place)
{
  g_return_if_fail (LZ_IS_LOG_FORM (self));

  if (self->draft == NULL)
    return;

  self->draft->body->place = place;
  g_clear_pointer (&self->draft->body->road_name, g_free);
  self->draft->body->road = (LzId){ 0 };
  lz_log_form_show_place (self);
  lz_log_form_read_place (self);
  lz_log_form_edited (self);
}
