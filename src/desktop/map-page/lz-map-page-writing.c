/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "lz-desktop"
#include "config.h"

#include "lz-map-page-private.h"

#include <glib/gi18n.h>

/* Reports and drafts on the map page: the form beside the map, and the drafts one by one. */

static void
edit_draft (LzMapPage *self, LzDraft *draft)
{
  gboolean placed = lz_point_is_valid (draft->body->place);
  LzPoint place = draft->body->place;

  lz_map_set_selected (self->map, 0);
  lz_sidebar_select_case (self->sidebar, 0);
  lz_case_pane_clear (self->case_pane);
  lz_map_page_open_pane (self, "form");
  lz_log_form_edit (self->form, draft);
  lz_log_form_set_queue (self->form, self->queue != NULL ? self->queue_at + 1 : 0,
                         self->queue != NULL ? self->queue->len : 0);
  lz_map_set_draft (self->map, placed ? &place : NULL);
  if (placed)
    lz_map_reveal (self->map, place);
  lz_map_page_set_picking (self, TRUE);
}

static void
forget_queue (LzMapPage *self)
{
  g_clear_pointer (&self->queue, g_array_unref);
  self->queue_at = 0;
}

void
lz_map_page_log (LzMapPage *self, const char *const *paths)
{
  g_return_if_fail (LZ_IS_MAP_PAGE (self));

  lz_log_form_leave (self->form);
  forget_queue (self);
  edit_draft (self, lz_draft_new ());
  if (paths != NULL)
    lz_log_form_add_paths (self->form, paths);
}

void
lz_map_page_log_about (LzMapPage *self, LzPoint place, const LzId *asset)
{
  LzDraft *draft = lz_draft_new ();

  lz_log_form_leave (self->form);
  forget_queue (self);
  draft->body->place = place;
  draft->body->asset = *asset;
  edit_draft (self, draft);
}

static void
place_clicked_cb (LzMapPage *self, int lat7, int lon7)
{
  LzPoint place = { lat7, lon7 };

  if (!lz_map_page_form_is_open (self))
    lz_map_page_log (self, NULL);

  lz_map_set_draft (self->map, &place);
  lz_log_form_set_place (self->form, place);
}

static void
form_place_changed_cb (LzMapPage *self, const LzPoint *place)
{
  lz_map_set_draft (self->map, place);
  if (place != NULL)
    lz_map_reveal (self->map, *place);
}

static void open_queued (LzMapPage *self);

static void
draft_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LzMapPage *self = user_data;
  g_autoptr (GError) error = NULL;
  LzDraft *draft = lz_store_job_finish (LZ_STORE (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_assert (LZ_IS_MAP_PAGE (self));
  if (draft != NULL)
    edit_draft (self, draft);
  else if (self->queue != NULL && g_error_matches (error, LZ_ERROR, LZ_ERROR_NOT_FOUND))
    {
      /* Logged or thrown away meanwhile. */
      g_array_remove_index (self->queue, self->queue_at);
      open_queued (self);
    }
  else
    lz_map_page_tell (self, lz_error_explain (error));
}

static gpointer
read_draft (LzStation *station, gpointer data, GError **error)
{
  return lz_drafts_load (station, *(gint64 *) data, error);
}

static void
free_draft (gpointer data)
{
  lz_draft_free (data);
}

static void
open_draft (LzMapPage *self, gint64 id)
{
  /* By the writing thread, behind the saves that are on their way. */
  lz_store_write_async (lz_session_get_store (self->session), read_draft,
                        g_memdup2 (&id, sizeof id), g_free, free_draft, self->cancellable,
                        draft_read_cb, self);
}

static void
open_queued (LzMapPage *self)
{
  if (self->queue == NULL || self->queue->len == 0)
    {
      forget_queue (self);
      lz_map_page_close_pane (self);
      lz_map_page_tell (self, _ ("Every draft is done."));
      return;
    }

  self->queue_at = MIN (self->queue_at, self->queue->len - 1);
  open_draft (self, g_array_index (self->queue, gint64, self->queue_at));
}

void
lz_map_page_review (LzMapPage *self, GArray *ids)
{
  g_return_if_fail (LZ_IS_MAP_PAGE (self));
  g_return_if_fail (ids != NULL);

  if (ids->len == 0)
    return;

  lz_log_form_leave (self->form);
  forget_queue (self);
  self->queue = g_array_copy (ids);
  open_queued (self);
}

static void
draft_activated_cb (LzMapPage *self, gint64 id)
{
  GPtrArray *drafts = lz_session_get_drafts (self->session);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint at = 0;

  for (guint i = 0; i < drafts->len; i++)
    {
      const LzDraft *draft = drafts->pdata[i];

      if (draft->id == id)
        at = ids->len;
      g_array_append_val (ids, draft->id);
    }

  lz_log_form_leave (self->form);
  forget_queue (self);
  self->queue = g_steal_pointer (&ids);
  self->queue_at = at;
  open_queued (self);
}

static void
form_step_cb (LzMapPage *self, int by)
{
  if (self->queue == NULL)
    return;
  if ((by < 0 && self->queue_at == 0) || (by > 0 && self->queue_at + 1 >= self->queue->len))
    return;

  lz_log_form_leave (self->form);
  self->queue_at += (guint) by;
  open_queued (self);
}

/* The draft became a case, or was thrown away. */
static void
form_finished_cb (LzMapPage *self, const LzId *subject)
{
  if (self->queue != NULL)
    {
      g_array_remove_index (self->queue, self->queue_at);
      open_queued (self);
    }
  else if (subject != NULL)
    lz_map_page_show_case (self, subject);
  else
    lz_map_page_close_pane (self);
}

static void
form_closed_cb (LzMapPage *self)
{
  lz_log_form_leave (self->form);
  forget_queue (self);
  lz_map_page_close_pane (self);
}

static void
form_case_wanted_cb (LzMapPage *self, const LzId *id)
{
  lz_map_page_show_case (self, id);
}

gboolean
lz_map_page_leave (LzMapPage *self)
{
  g_return_val_if_fail (LZ_IS_MAP_PAGE (self), FALSE);

  if (!adw_flap_get_reveal_flap (self->pane_flap))
    return FALSE;

  if (lz_map_page_form_is_open (self))
    form_closed_cb (self);
  else
    {
      lz_case_pane_clear (self->case_pane);
      lz_map_page_close_pane (self);
    }

  return TRUE;
}

void
lz_map_page_connect_writing (LzMapPage *self)
{
  g_signal_connect_swapped (self->map, "place-clicked", G_CALLBACK (place_clicked_cb), self);
  g_signal_connect_swapped (self->sidebar, "draft-activated", G_CALLBACK (draft_activated_cb),
                            self);
  g_signal_connect_swapped (self->form, "place-changed", G_CALLBACK (form_place_changed_cb), self);
  g_signal_connect_swapped (self->form, "finished", G_CALLBACK (form_finished_cb), self);
  g_signal_connect_swapped (self->form, "closed", G_CALLBACK (form_closed_cb), self);
  g_signal_connect_swapped (self->form, "step", G_CALLBACK (form_step_cb), self);
  g_signal_connect_swapped (self->form, "case-wanted", G_CALLBACK (form_case_wanted_cb), self);
}
